/*
 * windump - what was collected on a Windows server, in any mix and order, to plain values.
 *
 * netsh's list in every language, its JSON, "reg query" and "reg export", and the JSON of the
 * collector of contrib/windows; in UTF-16, UTF-8 or any code page. What is none of these is passed
 * over. Memory is bounded whatever comes, and however much of it.
 */
#ifndef WINDUMP_WINDUMP_H
#define WINDUMP_WINDUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/dump.h"
#include "windump/decode.h"
#include "windump/jsondump.h"
#include "windump/netsh.h"
#include "windump/registry.h"

#define WINDUMP_LINE_MAX 4096 /* what is longer is no line of these tools */

struct windump {
	struct dump *dump; /* borrowed */
	struct decode decode;
	struct netsh netsh;
	struct registry registry;
	struct jsondump json;
	bool in_json;
	bool skipping; /* the rest of a line behind JSON */
	bool plain;    /* the line is no JSON, whatever it begins with */
	bool ended;    /* the line is there, and nothing behind it yet */
	bool blanks;   /* those at the start of a continued line are dropped */
	char line[WINDUMP_LINE_MAX + 1];
	size_t length;
	bool too_long;
	bool collecting; /* sstp-collect.cmd has begun, and not said that it came to its end */
};

/* Everything is added to DUMP, which dump_begin() has made. */
void windump_begin(struct windump *windump, struct dump *dump);

/* Take LENGTH further bytes: where they are cut does not matter. */
void windump_feed(struct windump *windump, const void *bytes, size_t length);

/* Nothing follows. */
void windump_end(struct windump *windump);

#endif
