#include "config.h"

#include "net/resolve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/deadline.h"

/* A question for the threads. Asker and thread each hold a reference: either may go first. */
struct job {
	struct job *next;
	char *host;
	int family;
	int error, system;
	struct addrinfo *found;
	struct resolve
	    *asker;     /* NULL once nobody waits for the answer; touched by the loop alone */
	bool finished;  /* likewise */
	int references; /* under the lock */
};

struct resolve {
	struct loop *loop;
	struct loop_watch watch; /* the deadline, or for a numeric host the turn to answer */
	struct job *job;         /* NULL for a numeric host */
	uint16_t port;
	bool answered;
	struct resolve_answer answer;
	resolve_done *done;
	void *owner;
};

/* The threads and what they share with the loop. */
static struct {
	pthread_mutex_t lock;
	struct job *first, **last; /* waiting for a thread */
	int threads;               /* running */
	int pipe[2];               /* carries finished jobs to the loop */
	bool open;
	size_t pending; /* jobs whose answer the loop still expects */
	struct loop *loop;
	struct loop_watch watch;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .last = &pool.first};

static void
release(struct job *job)
{
	bool gone;

	pthread_mutex_lock(&pool.lock);
	gone = --job->references == 0;
	pthread_mutex_unlock(&pool.lock);
	if (!gone)
		return;
	if (job->found != NULL)
		freeaddrinfo(job->found);
	free(job->host);
	free(job);
}

static struct job *
next_job(void)
{
	struct job *job;

	pthread_mutex_lock(&pool.lock);
	job = pool.first;
	if (job == NULL)
		pool.threads--;
	else if ((pool.first = job->next) == NULL)
		pool.last = &pool.first;
	pthread_mutex_unlock(&pool.lock);
	return job;
}

/* It cannot block: a pipe holds 512 pointers at the least, and there are few threads. */
static bool
hand_over(struct job *job)
{
	ssize_t written;

	do
		written = write(pool.pipe[1], &job, sizeof job);
	while (written < 0 && errno == EINTR);
	return written == (ssize_t)sizeof job;
}

bool
resolve_is_absence(int error)
{
	switch (error) {
	case EAI_NONAME:
#ifdef EAI_NODATA
	case EAI_NODATA:
#endif
#ifdef EAI_ADDRFAMILY
	case EAI_ADDRFAMILY:
#endif
		return true;
	default:
		return false;
	}
}

static void
ask_for(struct job *job, int family)
{
	struct addrinfo hints = {
	    .ai_family = family,
	    .ai_socktype = SOCK_STREAM,
	};

	job->error = getaddrinfo(job->host, NULL, &hints, &job->found);
	job->system = job->error == EAI_SYSTEM ? errno : 0;
}

/* Where one family has no address and the server fails for the other (SERVFAIL), glibc says of both
 * together that there is none. Whoever took time for that answer is not asked again. */
static void
look_up(struct job *job)
{
	static const int families[] = {AF_INET, AF_INET6};
	int64_t begun = deadline_now();

	ask_for(job, job->family);
	if (job->family != AF_UNSPEC || deadline_now() - begun > DEADLINE_SECOND)
		return;
	for (size_t i = 0; i < 2 && resolve_is_absence(job->error); i++)
		ask_for(job, families[i]);
}

/* A thread: works until nothing is waiting. */
static void *
work(void *unused)
{
	struct job *job;

	(void)unused;
	while ((job = next_job()) != NULL) {
		look_up(job);
		if (!hand_over(job))
			release(job);
	}
	return NULL;
}

static bool
same_address(const struct resolve_address *one, const struct resolve_address *other)
{
	return one->length == other->length &&
	       memcmp(&one->address, &other->address, one->length) == 0;
}

/* Addresses that are none (RFC 1122 3.2.1.3, RFC 4291 2.5.2), in figures, or NULL. What filters
 * names answers with them. */
static const char *
nowhere(const struct addrinfo *info)
{
	if (info->ai_family == AF_INET &&
	    ((const struct sockaddr_in *)info->ai_addr)->sin_addr.s_addr == htonl(INADDR_ANY))
		return "0.0.0.0";
	if (info->ai_family == AF_INET6 &&
	    IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)info->ai_addr)->sin6_addr))
		return "::";
	return NULL;
}

static void
leave_out(struct resolve_answer *answer, const char *figures)
{
	if (answer->left_out == 0)
		answer->nowhere = figures;
	answer->left_out++;
}

static void
add_address(struct resolve_answer *answer, const struct addrinfo *info, uint16_t port)
{
	struct resolve_address *address = &answer->addresses[answer->count];

	memset(address, 0, sizeof *address);
	if (info->ai_addrlen > sizeof address->address)
		return;
	memcpy(&address->address, info->ai_addr, info->ai_addrlen);
	address->length = info->ai_addrlen;
	if (info->ai_family == AF_INET)
		((struct sockaddr_in *)&address->address)->sin_port = htons(port);
	else if (info->ai_family == AF_INET6)
		((struct sockaddr_in6 *)&address->address)->sin6_port = htons(port);
	else
		return;
	for (size_t i = 0; i < answer->count; i++)
		if (same_address(&answer->addresses[i], address))
			return;
	answer->count++;
}

static void
take_addresses(struct resolve *resolve, int error, int system, const struct addrinfo *found)
{
	struct resolve_answer *answer = &resolve->answer;
	size_t count = 0;

	answer->error = error;
	answer->system = system;
	if (error != 0)
		return;
	for (const struct addrinfo *info = found; info != NULL; info = info->ai_next)
		count++;
	if (count == 0)
		return;
	answer->addresses = calloc(count, sizeof *answer->addresses);
	if (answer->addresses == NULL) {
		answer->error = EAI_MEMORY;
		return;
	}
	for (const struct addrinfo *info = found; info != NULL; info = info->ai_next)
		/* Whoever gives figures means this host. */
		if (resolve->job != NULL && nowhere(info) != NULL)
			leave_out(answer, nowhere(info));
		else
			add_address(answer, info, resolve->port);
}

static void
finish(struct resolve *resolve)
{
	loop_remove(resolve->loop, &resolve->watch);
	resolve->answered = true;
	resolve->done(resolve->owner, &resolve->answer);
}

/* The loop expects one job less; without any, the pipe must not keep it running. */
static void
forget_pending(void)
{
	if (--pool.pending == 0)
		loop_remove(pool.loop, &pool.watch);
}

static void
on_pipe(struct loop_watch *watch, enum loop_event event)
{
	struct job *job;

	if (event != LOOP_READY)
		return; /* each asker hears of it by its own watch */
	while (read(watch->descriptor, &job, sizeof job) == (ssize_t)sizeof job) {
		struct resolve *asker = job->asker;

		job->finished = true;
		if (asker != NULL) {
			forget_pending();
			take_addresses(asker, job->error, job->system, job->found);
			finish(asker);
		}
		release(job);
	}
}

static void
on_time(struct loop_watch *watch, enum loop_event event)
{
	struct resolve *resolve = watch->owner;

	if (resolve->job != NULL && !resolve->job->finished) {
		resolve->job->asker = NULL;
		forget_pending();
		resolve->answer.timed_out = event == LOOP_TIMEOUT;
	}
	resolve->answer.interrupted = event == LOOP_INTERRUPTED;
	finish(resolve);
}

static bool
open_pipe(void)
{
	if (pool.open)
		return true;
	if (pipe2(pool.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	pool.open = true;
	return true;
}

/* Let the loop listen to the pipe while answers are outstanding. */
static bool
expect_answer(struct loop *loop)
{
	if (pool.pending == 0) {
		pool.loop = loop;
		pool.watch = (struct loop_watch){
		    .descriptor = pool.pipe[0],
		    .events = POLLIN,
		    .deadline = DEADLINE_NEVER,
		    .handler = on_pipe,
		};
		if (!loop_add(loop, &pool.watch))
			return false;
	}
	pool.pending++;
	return true;
}

static bool
start_thread(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attributes, work, NULL);
	pthread_attr_destroy(&attributes);
	return error == 0;
}

static int
threads_max(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > (rlim_t)8 * RESOLVE_THREADS)
		return RESOLVE_THREADS;
	return 1 + (int)limit.rlim_cur / 8;
}

/* Put JOB in the queue and see to it that a thread comes for it. */
static bool
enqueue(struct job *job)
{
	bool start, alone;

	pthread_mutex_lock(&pool.lock);
	*pool.last = job;
	pool.last = &job->next;
	alone = pool.threads == 0;
	start = pool.threads < threads_max();
	if (start)
		pool.threads++;
	pthread_mutex_unlock(&pool.lock);
	if (!start || start_thread())
		return true;

	pthread_mutex_lock(&pool.lock);
	pool.threads--;
	if (alone) {
		pool.first = NULL;
		pool.last = &pool.first;
	}
	pthread_mutex_unlock(&pool.lock);
	return !alone;
}

static bool
ask(struct resolve *resolve, const char *host, int family)
{
	struct job *job = calloc(1, sizeof *job);

	if (job == NULL)
		return false;
	job->references = 2;
	job->family = family;
	job->asker = resolve;
	job->host = strdup(host);
	if (job->host != NULL && open_pipe() && expect_answer(resolve->loop)) {
		if (enqueue(job)) {
			resolve->job = job;
			return true;
		}
		forget_pending();
		errno = EAGAIN;
	}
	free(job->host);
	free(job);
	return false;
}

/* True when HOST is an address in figures; the answer is then already known. */
static bool
take_numeric(struct resolve *resolve, const char *host, int family)
{
	struct addrinfo hints = {
	    .ai_family = AF_UNSPEC,
	    .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_NUMERICHOST,
	};
	struct addrinfo *found;

	if (getaddrinfo(host, NULL, &hints, &found) != 0)
		return false;
	if (family != AF_UNSPEC && found->ai_family != family)
		resolve->answer.error = EAI_NONAME;
	else
		take_addresses(resolve, 0, 0, found);
	freeaddrinfo(found);
	return true;
}

struct resolve *
resolve_begin(struct loop *loop, const char *host, uint16_t port, int family, int64_t deadline,
    resolve_done *done, void *owner)
{
	struct resolve *resolve = calloc(1, sizeof *resolve);
	bool numeric;

	if (resolve == NULL)
		return NULL;
	resolve->loop = loop;
	resolve->port = port;
	resolve->done = done;
	resolve->owner = owner;
	numeric = take_numeric(resolve, host, family);
	resolve->watch = (struct loop_watch){
	    .descriptor = -1,
	    .deadline = numeric ? 0 : deadline,
	    .handler = on_time,
	    .owner = resolve,
	};
	if (loop_add(loop, &resolve->watch) && (numeric || ask(resolve, host, family)))
		return resolve;
	loop_remove(loop, &resolve->watch);
	free(resolve->answer.addresses);
	free(resolve);
	return NULL;
}

void
resolve_end(struct resolve *resolve)
{
	if (resolve == NULL)
		return;
	loop_remove(resolve->loop, &resolve->watch);
	if (resolve->job != NULL) {
		if (!resolve->answered) {
			resolve->job->asker = NULL;
			forget_pending();
		}
		release(resolve->job);
	}
	free(resolve->answer.addresses);
	free(resolve);
}

bool
resolve_stuck(void)
{
	bool stuck;

	pthread_mutex_lock(&pool.lock);
	stuck = pool.threads > 0;
	pthread_mutex_unlock(&pool.lock);
	return stuck;
}

bool
resolve_figures(const char *chars, struct resolve_address *address)
{
	struct addrinfo hints = {
	    .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_NUMERICHOST,
	};
	struct addrinfo *found;

	memset(address, 0, sizeof *address);
	if (getaddrinfo(chars, NULL, &hints, &found) != 0)
		return false;
	address->length = found->ai_addrlen;
	memcpy(&address->address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return true;
}

void
resolve_numeric(const struct sockaddr *address, socklen_t length, char *chars, size_t size)
{
	if (getnameinfo(address, length, chars, (socklen_t)size, NULL, 0, NI_NUMERICHOST) != 0)
		snprintf(chars, size, "?");
}
