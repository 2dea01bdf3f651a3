#include "config.h"

#include "runs.h"

#include <arpa/inet.h>
#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/deadline.h"
#include "support/scratch.h"

#define PLUGIN "plugins/check_sstp"
#define SIM    "tests/rras/rras-sim"
#define LIMIT  60

enum { PLACES_MAX = 24, POLLS_PER_PLACE = 2 + 2 * RUNS_PROXIES_MAX };

static char root[64], fifo[64];
static struct process_sim sim;
static int journal = -1;
static struct text journal_rest;
static struct runs_one places[PLACES_MAX];
static size_t places_count;
static struct pollfd polls[1 + PLACES_MAX * POLLS_PER_PLACE];

const char *
runs_root(void)
{
	return root;
}

/* The journal is a fifo: what is written there can be waited for. */
void
runs_begin(const char *knobs)
{
	char line[512];

	scratch_make();
	strcpy(root, scratch_path("ca.pem"));
	strcpy(fifo, scratch_path("journal"));
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	journal = open(fifo, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	ck_assert_int_ge(journal, 0);
	snprintf(line, sizeof line, "--ca-out %s --log %s %s", root, fifo, knobs);
	process_start_sim(SIM, line, &sim);
}

void
runs_end(void)
{
	process_stop_sim(&sim);
	close(journal);
	text_free(&journal_rest);
	scratch_remove();
}

static void
listen_for(struct runs_one *one)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;

	one->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(one->listener, (struct sockaddr *)&address, sizeof address), 0);
	ck_assert_int_eq(listen(one->listener, RUNS_PROXIES_MAX), 0);
	ck_assert_int_eq(getsockname(one->listener, (struct sockaddr *)&address, &length), 0);
	one->port = ntohs(address.sin_port);
}

static void
start(struct runs_one *one, size_t place)
{
	char line[512];

	snprintf(one->address, sizeof one->address, "127.0.1.%zu", place + 1);
	listen_for(one);
	snprintf(line, sizeof line, "-H vpn.example.com -I 127.0.0.1 -p %d --ca-file %s %s%s",
	    one->port, root, one->options, one->json ? " -o json" : "");
	process_begin(&one->process, PLUGIN, line, "SSTP_PASSWORD=clientPass", NULL);
	one->running = true;
}

/* A new client of ONE. */
static void
admit(struct runs_one *one)
{
	static const struct mutation none = {.kind = MUTATION_NONE};
	struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)sim.port)};

	ck_assert_uint_lt(one->count, RUNS_PROXIES_MAX);
	inet_pton(AF_INET, one->address, &server.sin_addr);
	ck_assert(proxy_open(&one->proxies[one->count], one->listener, &server,
	    one->count == 0 ? &one->mutation : &none));
	one->count++;
}

static struct runs_one *
find(const char *address, size_t length)
{
	for (size_t i = 0; i < places_count; i++)
		if (strlen(places[i].address) == length &&
		    strncmp(places[i].address, address, length) == 0)
			return &places[i];
	return NULL;
}

/* "127.0.1.2 #7 what was seen" */
static void
note_event(const char *line, size_t length)
{
	size_t address = strcspn(line, " ");
	const char *event = memchr(line + address + 1, ' ', length - address - 1);
	struct runs_one *one = find(line, address);

	ck_assert(one != NULL && event != NULL);
	event++;
	text_add_bytes(&one->events, event, length - (size_t)(event - line));
	text_add_char(&one->events, '\n');
	one->ended += length == (size_t)(event - line) + 3 && strncmp(event, "end", 3) == 0;
}

static void
read_journal(void)
{
	char bytes[16384];
	ssize_t count = read(journal, bytes, sizeof bytes);
	struct text all = journal_rest;
	const char *at, *end;

	if (count <= 0)
		return;
	text_add_bytes(&all, bytes, (size_t)count);
	journal_rest = (struct text)TEXT_EMPTY;
	at = text_chars(&all);
	for (; (end = strchr(at, '\n')) != NULL; at = end + 1)
		note_event(at, (size_t)(end - at));
	text_add(&journal_rest, at);
	text_free(&all);
}

/* Fill the polls of one place; until when to wait at the most. */
static int64_t
prepare(const struct runs_one *one, struct pollfd *poll)
{
	int64_t until = DEADLINE_NEVER;

	poll[0] = (struct pollfd){one->running ? one->process.out : -1, POLLIN, 0};
	poll[1] = (struct pollfd){one->running ? one->listener : -1, POLLIN, 0};
	for (size_t i = 0; i < RUNS_PROXIES_MAX; i++) {
		struct pollfd *pair = poll + 2 + 2 * i;

		pair[0].fd = pair[1].fd = -1;
		if (i < one->count && !proxy_is_over(&one->proxies[i]))
			until = deadline_sooner(until, proxy_prepare(&one->proxies[i], pair));
	}
	return until;
}

static void
go_on(struct runs_one *one, const struct pollfd *poll)
{
	for (size_t i = 0; i < one->count; i++)
		if (!proxy_is_over(&one->proxies[i]))
			proxy_go_on(&one->proxies[i], poll + 2 + 2 * i);
	if (poll[1].revents != 0)
		admit(one);
	/* It speaks once, at its end. */
	if (one->running && poll[0].revents != 0) {
		process_end(&one->process, LIMIT, one->result);
		close(one->listener);
		one->running = false;
	}
}

static bool
is_done(const struct runs_one *one)
{
	for (size_t i = 0; i < one->count; i++)
		if (!proxy_is_over(&one->proxies[i]))
			return false;
	return !one->running && one->ended == one->count;
}

static void
clear(struct runs_one *one)
{
	struct process_result *result = one->result;

	for (size_t i = 0; i < one->count; i++)
		proxy_free(&one->proxies[i]);
	text_free(&one->events);
	memset(one, 0, sizeof *one);
	one->result = result;
}

/* Wait for whatever comes first, and let all go on. */
static void
run_round(const bool *busy)
{
	int64_t until = deadline_after(deadline_now(), LIMIT * DEADLINE_SECOND);

	polls[0] = (struct pollfd){journal, POLLIN, 0};
	for (size_t i = 0; i < places_count; i++) {
		struct pollfd *poll = polls + 1 + i * POLLS_PER_PLACE;

		for (size_t j = 0; j < POLLS_PER_PLACE; j++)
			poll[j].fd = -1;
		if (busy[i])
			until = deadline_sooner(until, prepare(&places[i], poll));
	}
	poll(polls, 1 + places_count * POLLS_PER_PLACE,
	    (int)(deadline_left(until, deadline_now()) / 1000000) + 1);
	read_journal();
	for (size_t i = 0; i < places_count; i++)
		if (busy[i])
			go_on(&places[i], polls + 1 + i * POLLS_PER_PLACE);
}

void
runs_all(size_t count, runs_next *next, runs_judge *judge)
{
	bool busy[PLACES_MAX] = {false};
	size_t running = 0;

	ck_assert_uint_le(count, PLACES_MAX);
	places_count = count;
	for (size_t i = 0; i < count; i++)
		places[i].result = malloc(sizeof *places[i].result);
	do {
		for (size_t i = 0; i < count; i++) {
			if (busy[i] && is_done(&places[i])) {
				judge(&places[i]);
				clear(&places[i]);
				busy[i] = false;
				running--;
			}
			if (!busy[i] && next(&places[i])) {
				start(&places[i], i);
				busy[i] = true;
				running++;
			}
		}
		if (running > 0)
			run_round(busy);
	} while (running > 0);
	for (size_t i = 0; i < count; i++)
		free(places[i].result);
}
