/*
 * runs - a plugin against rras-sim through mutating proxies, many at a time.
 *
 * Each run has its own members of rras-sim, and its own addresses that lead there: lane N begins at
 * 127.0.0.1 + N, all of them at one port.
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
#define RUNS_LANES_MAX   4
/* Who connects to rras-sim without a proxy does it here. */
#define RUNS_ASIDE "127.0.0.2"

enum runs_format { RUNS_TEXT, RUNS_JSON, RUNS_METRICS, RUNS_FORMATS };

/* The way to one server. */
struct runs_lane {
	struct mutation mutation; /* of its first connection; others are left alone */
	/* Filled in. */
	struct proxy proxies[RUNS_PROXIES_MAX];
	size_t count;       /* connections */
	struct text events; /* what rras-sim says of them, a line each */
	/* Its own. */
	char address[16]; /* at which it finds rras-sim */
	int listener;
	size_t ended;
};

/* One of them. */
struct runs_one {
	uint64_t seed;
	enum runs_format format;
	size_t tries; /* before it, for which there was too little time */
	bool hasty;   /* so it may be with this one */
	const char *plugin, *options;
	struct runs_lane lanes[RUNS_LANES_MAX];
	size_t lanes_count;
	/* Filled in. */
	struct process_result *result;
	/* Its own. */
	int port;
	struct process process;
	bool running;
};

/* Start rras-sim with KNOBS, at runs_port(); its root goes to runs_root(). */
void runs_begin(const char *knobs);
const char *runs_root(void);
int runs_port(void);

/* The next one that is to run, described in ONE down to its lanes' mutations; false when there is
 * none. */
typedef bool runs_next(struct runs_one *one);

/* What came of it. */
typedef void runs_judge(struct runs_one *one);

/* Run all that NEXT gives, PLACES at a time. */
void runs_all(size_t places, runs_next *next, runs_judge *judge);

/* "seed 7, json, a: flip of ..", valid until the next call. */
const char *runs_tell(const struct runs_one *one);

void runs_end(void);

#endif
