/*
 * runs - check_sstp against rras-sim through mutating proxies, many at a time.
 */
#ifndef MUTATOR_RUNS_H
#define MUTATOR_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "mutation.h"
#include "proxy.h"
#include "system/process.h"

#define RUNS_PROXIES_MAX 4

/* One of them. */
struct runs_one {
	uint64_t seed;
	bool json;
	struct mutation mutation; /* of its first connection; others are left alone */
	const char *options;
	/* Filled in. */
	struct proxy proxies[RUNS_PROXIES_MAX];
	size_t count;       /* connections */
	struct text events; /* what rras-sim says of them, a line each */
	struct process_result *result;
	/* Its own. */
	char address[16]; /* at which it finds rras-sim */
	int listener, port;
	struct process process;
	bool running;
	size_t ended;
};

/* Start rras-sim with KNOBS; its root goes to runs_root(). */
void runs_begin(const char *knobs);
const char *runs_root(void);

/* The next of SEEDS.. that is to run, described in ONE, whose MUTATION, OPTIONS and JSON are to be
 * set; false when there is none. */
typedef bool runs_next(struct runs_one *one);

/* What came of it. */
typedef void runs_judge(struct runs_one *one);

/* Run all that NEXT gives, PLACES at a time. */
void runs_all(size_t places, runs_next *next, runs_judge *judge);

void runs_end(void);

#endif
