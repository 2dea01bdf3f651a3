#include "config.h"

#include "process.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/text.h"
#include "wrapper.h"

/* LINE is cut in place; '' makes an empty word. */
static void
cut(char *line, char **words)
{
	size_t count = 0;

	for (char *word = strtok(line, " "); word != NULL; word = strtok(NULL, " ")) {
		ck_assert_uint_lt(count, PROCESS_WORDS_MAX - 1);
		words[count++] = strcmp(word, "''") == 0 ? word + 2 : word;
	}
	words[count] = NULL;
}

static void
set_environment(const char *environment)
{
	char *copy = environment == NULL ? NULL : strdup(environment);

	for (char *word = copy == NULL ? NULL : strtok(copy, " "); word != NULL;
	     word = strtok(NULL, " ")) {
		char *equals = strchr(word, '=');

		if (equals == NULL)
			_exit(127);
		*equals = '\0';
		setenv(word, equals + 1, 1);
	}
	free(copy);
}

/* Start the program that LINE begins with. Its standard input, output and error are the descriptors
 * given. */
static pid_t
start(const char *line, const char *environment, void (*prepare)(void), int in, int out, int err)
{
	char *words[PROCESS_WORDS_MAX];
	char *copy = strdup(line);
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		set_environment(environment);
		cut(copy, words);
		dup2(in, 0);
		dup2(out, 1);
		dup2(err, 2);
		if (prepare != NULL)
			prepare();
		if (words[0] != NULL)
			execvp(words[0], words);
		_exit(127);
	}
	free(copy);
	return pid;
}

static void
make_pipe(int ends[2])
{
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
}

/* Append what can be read; false at the end of the stream. */
static bool
collect(int descriptor, char *bytes, size_t *length)
{
	char rest[4096];
	bool room = *length < PROCESS_OUTPUT_MAX - 1;
	ssize_t count = read(descriptor, room ? bytes + *length : rest,
	    room ? PROCESS_OUTPUT_MAX - 1 - *length : sizeof rest);

	if (count > 0 && room)
		*length += (size_t)count;
	return count > 0 || (count < 0 && errno == EINTR);
}

/* Read both streams until they end; false when the limit was passed. */
static bool
collect_all(int out, int err, int64_t deadline, struct process_result *result)
{
	struct pollfd polls[2] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
	size_t lengths[2] = {0, 0};
	char *bytes[2] = {result->out, result->err};

	while (polls[0].fd >= 0 || polls[1].fd >= 0) {
		int64_t left = deadline_left(deadline, deadline_now());

		if (left == 0)
			return false;
		poll(polls, 2, (int)(left / 1000000) + 1);
		for (int i = 0; i < 2; i++)
			if (polls[i].fd >= 0 && polls[i].revents != 0 &&
			    !collect(polls[i].fd, bytes[i], &lengths[i]))
				polls[i].fd = -1;
	}
	return true;
}

void
process_begin(struct process *process, const char *program, const char *line,
    const char *environment, void (*prepare)(void))
{
	struct text command = TEXT_EMPTY;
	int out[2], err[2], null;

	wrapper_add(&command, program, line);
	process->begun = deadline_now();
	make_pipe(out);
	make_pipe(err);
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	process->pid = start(text_chars(&command), environment, prepare, null, out[1], err[1]);
	text_free(&command);
	close(null);
	close(out[1]);
	close(err[1]);
	process->out = out[0];
	process->err = err[0];
}

static double
seconds_of(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

void
process_end(struct process *process, double limit, struct process_result *result)
{
	int64_t deadline =
	    deadline_after(process->begun, deadline_from_seconds(limit * wrapper_slowness()));
	struct rusage usage;
	int status;

	memset(result, 0, sizeof *result);
	if (!collect_all(process->out, process->err, deadline, result))
		kill(process->pid, SIGKILL);
	ck_assert_int_eq(wait4(process->pid, &status, 0, &usage), process->pid);
	result->busy = seconds_of(&usage.ru_utime) + seconds_of(&usage.ru_stime);
	result->switches = usage.ru_nvcsw;
	result->peak = usage.ru_maxrss;
	result->seconds = deadline_to_seconds(deadline_now() - process->begun);
	result->exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	close(process->out);
	close(process->err);
}

void
process_run(const char *program, const char *line, const char *environment, double limit,
    struct process_result *result)
{
	struct process process;

	process_begin(&process, program, line, environment, NULL);
	process_end(&process, limit, result);
}

void
process_start_sim(const char *program, const char *line, struct process_sim *sim)
{
	struct text command = TEXT_EMPTY;
	int in[2], out[2];
	char said[64];
	size_t length = 0;

	text_format(&command, "%s %s", program, line);
	make_pipe(in);
	make_pipe(out);
	sim->pid = start(text_chars(&command), NULL, NULL, in[0], out[1], 2);
	text_free(&command);
	close(in[0]);
	close(out[1]);
	sim->input = in[1];
	while (length < sizeof said - 1 && (length == 0 || said[length - 1] != '\n')) {
		ssize_t count = read(out[0], said + length, sizeof said - 1 - length);

		ck_assert_msg(count > 0, "rras-sim %s does not start", line);
		length += (size_t)count;
	}
	said[length] = '\0';
	close(out[0]);
	ck_assert_int_eq(sscanf(said, "port %d\n", &sim->port), 1);
}

void
process_stop_sim(struct process_sim *sim)
{
	int status;

	close(sim->input);
	ck_assert_int_eq(waitpid(sim->pid, &status, 0), sim->pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "rras-sim ended badly");
}

int
process_refused_port(int *descriptor)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t length = sizeof address;

	*descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(*descriptor, (struct sockaddr *)&address, sizeof address), 0);
	ck_assert_int_eq(getsockname(*descriptor, (struct sockaddr *)&address, &length), 0);
	return ntohs(address.sin_port);
}
