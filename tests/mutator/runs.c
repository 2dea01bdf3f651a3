#include "config.h"

#include "runs.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
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

#define SIM   "tests/rras/rras-sim"
#define LIMIT 60

/* Of a lane: its listener and its proxies. Of a place: its process and its lanes. */
enum {
	PLACES_MAX = 24,
	POLLS_PER_LANE = 1 + 2 * RUNS_PROXIES_MAX,
	POLLS_PER_PLACE = 1 + RUNS_LANES_MAX * POLLS_PER_LANE
};

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

int
runs_port(void)
{
	return sim.port;
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

/* Listen for lane NUMBER at *PORT, or at any, which goes there, when that is 0. -1: *PORT is taken
 * there. */
static int
listen_at(size_t number, int *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)number),
	    .sin_port = htons((uint16_t)*port)};
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(listener, RUNS_PROXIES_MAX) != 0) {
		ck_assert_int_eq(errno, EADDRINUSE);
		close(listener);
		return -1;
	}
	ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
	*port = ntohs(address.sin_port);
	return listener;
}

/* At one port that is free for all lanes. */
static void
listen_for(struct runs_one *one)
{
	size_t open = 0;

	while (open < one->lanes_count) {
		if (open == 0)
			one->port = 0;
		one->lanes[open].listener = listen_at(open, &one->port);
		if (one->lanes[open].listener >= 0)
			open++;
		else
			while (open > 0)
				close(one->lanes[--open].listener);
	}
}

static void
start(struct runs_one *one, size_t place)
{
	static const char *const formats[RUNS_FORMATS] = {"", " -o json", " -o prometheus"};
	char line[1024];

	for (size_t i = 0; i < one->lanes_count; i++) {
		struct in_addr address = {
		    htonl(INADDR_LOOPBACK + (uint32_t)place + ((uint32_t)(i + 1) << 8))};

		inet_ntop(AF_INET, &address, one->lanes[i].address, sizeof one->lanes[i].address);
	}
	listen_for(one);
	snprintf(line, sizeof line, "-H vpn.example.com -p %d --ca-file %s %s%s", one->port, root,
	    one->options, formats[one->format]);
	process_begin(&one->process, one->plugin, line, "SSTP_PASSWORD=clientPass", NULL);
	one->running = true;
}

/* A new client of LANE. */
static void
admit(struct runs_lane *lane)
{
	static const struct mutation none = {.kind = MUTATION_NONE};
	struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)sim.port)};

	ck_assert_uint_lt(lane->count, RUNS_PROXIES_MAX);
	inet_pton(AF_INET, lane->address, &server.sin_addr);
	ck_assert(proxy_open(&lane->proxies[lane->count], lane->listener, &server,
	    lane->count == 0 ? &lane->mutation : &none));
	lane->count++;
}

static struct runs_lane *
find(const char *address, size_t length)
{
	for (size_t i = 0; i < places_count; i++)
		for (size_t j = 0; j < places[i].lanes_count; j++) {
			struct runs_lane *lane = &places[i].lanes[j];

			if (strlen(lane->address) == length &&
			    strncmp(lane->address, address, length) == 0)
				return lane;
		}
	return NULL;
}

/* "127.0.1.2 #7 what was seen" */
static void
note_event(const char *line, size_t length)
{
	size_t address = strcspn(line, " ");
	const char *event = memchr(line + address + 1, ' ', length - address - 1);
	struct runs_lane *lane = find(line, address);

	if (address == strlen(RUNS_ASIDE) && strncmp(line, RUNS_ASIDE, address) == 0)
		return;
	ck_assert(lane != NULL && event != NULL);
	event++;
	text_add_bytes(&lane->events, event, length - (size_t)(event - line));
	text_add_char(&lane->events, '\n');
	lane->ended += length == (size_t)(event - line) + 3 && strncmp(event, "end", 3) == 0;
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

/* Fill the polls of one lane; until when to wait at the most. */
static int64_t
prepare_lane(const struct runs_lane *lane, bool running, struct pollfd *poll)
{
	int64_t until = DEADLINE_NEVER;

	poll[0] = (struct pollfd){running ? lane->listener : -1, POLLIN, 0};
	for (size_t i = 0; i < lane->count; i++)
		if (!proxy_is_over(&lane->proxies[i]))
			until = deadline_sooner(
			    until, proxy_prepare(&lane->proxies[i], poll + 1 + 2 * i));
	return until;
}

/* The same of one place. */
static int64_t
prepare(const struct runs_one *one, struct pollfd *poll)
{
	int64_t until = DEADLINE_NEVER;

	poll[0] = (struct pollfd){one->running ? one->process.out : -1, POLLIN, 0};
	for (size_t i = 0; i < one->lanes_count; i++)
		until = deadline_sooner(until,
		    prepare_lane(&one->lanes[i], one->running, poll + 1 + i * POLLS_PER_LANE));
	return until;
}

static void
go_on_lane(struct runs_lane *lane, const struct pollfd *poll)
{
	for (size_t i = 0; i < lane->count; i++)
		if (!proxy_is_over(&lane->proxies[i]))
			proxy_go_on(&lane->proxies[i], poll + 1 + 2 * i);
	if (poll[0].revents != 0)
		admit(lane);
}

static void
go_on(struct runs_one *one, const struct pollfd *poll)
{
	for (size_t i = 0; i < one->lanes_count; i++)
		go_on_lane(&one->lanes[i], poll + 1 + i * POLLS_PER_LANE);
	/* It speaks once, at its end. */
	if (one->running && poll[0].revents != 0) {
		process_end(&one->process, LIMIT, one->result);
		for (size_t i = 0; i < one->lanes_count; i++)
			close(one->lanes[i].listener);
		one->running = false;
	}
}

static bool
is_done(const struct runs_one *one)
{
	for (size_t i = 0; i < one->lanes_count; i++) {
		const struct runs_lane *lane = &one->lanes[i];

		for (size_t j = 0; j < lane->count; j++)
			if (!proxy_is_over(&lane->proxies[j]))
				return false;
		if (lane->ended < lane->count)
			return false;
	}
	return !one->running;
}

static void
clear(struct runs_one *one)
{
	struct process_result *result = one->result;

	for (size_t i = 0; i < one->lanes_count; i++) {
		for (size_t j = 0; j < one->lanes[i].count; j++)
			proxy_free(&one->lanes[i].proxies[j]);
		text_free(&one->lanes[i].events);
	}
	memset(one, 0, sizeof *one);
	one->result = result;
}

/* libcheck takes 4 KiB in all. */
const char *
runs_tell(const struct runs_one *one)
{
	static const char *const formats[RUNS_FORMATS] = {"text", "json", "prometheus"};
	static struct text text;

	text_cut(&text, 0);
	text_format(&text, "seed %llu, %s", (unsigned long long)one->seed, formats[one->format]);
	for (size_t i = 0; i < one->lanes_count; i++) {
		text_format(&text, "; lane %zu: ", i);
		mutation_tell(&one->lanes[i].mutation, &text);
	}
	text_format(&text, ": exit %d, %.1600s\n", one->result->exit, one->result->out);
	for (size_t i = 0; i < one->lanes_count; i++)
		text_format(
		    &text, "seen on lane %zu:\n%.400s\n", i, text_chars(&one->lanes[i].events));
	return text_chars(&text);
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
