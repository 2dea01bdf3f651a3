/*
 * rows - what check_sstp must say to each fault: one row a fault.
 */
#ifndef SYSTEM_ROWS_H
#define SYSTEM_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct row {
	const char *name;
	/* Arguments for rras-sim: its members and their knobs; NULL: none is started. */
	const char *sim;
	/*
	 * Arguments of check_sstp. {vpn} stands for the usual way to reach the sim's member
	 * 127.0.0.2 (name, address, port, trusted CA, limit of 5 s), {port} for the sim's port,
	 * {ca} for its root's file, {refused} for a port of 127.0.0.1 on which nothing listens,
	 * {empty} for an empty folder and {scratch} for the test's own folder.
	 */
	const char *arguments;
	int exit;
	const char *cause;       /* of the worst finding; NULL: none */
	const char *line;        /* the first line up to the perfdata; '*' stands for anything */
	const char *environment; /* variables to add, "A=b C=d" */
	const char *also;        /* a further cause that must be among the findings */
	const char *below;       /* something that -v must show */
	bool varies;  /* what is seen differs from run to run: who is faster, how many bytes came,
	                 two days that are 47 hours a moment later */
	bool in_turn; /* the sim's answers depend on who comes first: no two runs at a time */
};

extern const struct row rows[];
extern const size_t rows_count;

#endif
