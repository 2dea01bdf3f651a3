/*
 * rows - what the plugins must say to each fault: one row a fault, one file rows_TOPIC.c a topic.
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
	 * Arguments of the plugin. {vpn} stands for the usual way to reach the sim's member
	 * 127.0.0.2 (name, address, port, trusted CA, limit of 5 s), {pool} for the same without
	 * the address, {port} for the sim's port,
	 * {ca} for its root's file, {refused} for a port of 127.0.0.1 on which nothing listens,
	 * {dump=NAME} for what was collected on a server (scenes.h), {shown} for the SHA-256 of
	 * the certificate of 127.0.0.2, {empty} for an empty folder and {scratch} for the test's
	 * own folder.
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

struct rows_table {
	const char *plugin; /* "check_sstp" */
	const struct row *rows;
	size_t count;
};

extern const struct rows_table rows_logon;
extern const struct rows_table rows_eap;
extern const struct rows_table rows_sstp;
extern const struct rows_table rows_cert;
extern const struct rows_table rows_windows;
extern const struct rows_table rows_pool;

/* The row NUMBER of all tables together, and whose plugin it is for; NULL behind the last. */
const struct row *rows_at(size_t number, const char **plugin);

/* What the tables are written with. */
#define OK       0
#define WARNING  1
#define CRITICAL 2
#define UNKNOWN  3

/* See fakenet.c. */
#define FAKE(settings) "LD_PRELOAD={fakenet} ASAN_OPTIONS=verify_asan_link_order=0 " settings
#define DNS(names)     FAKE("FAKE_DNS=" names)

#endif
