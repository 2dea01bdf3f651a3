/*
 * process - starts the programs under test and what they are tested against.
 */
#ifndef SYSTEM_PROCESS_H
#define SYSTEM_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "support/slowness.h"

#define PROCESS_OUTPUT_MAX 65536
#define PROCESS_WORDS_MAX  64

/* What a program printed and how it ended. */
struct process_result {
	int exit; /* -1: not by itself; SIGNAL says by what */
	int signal;
	double seconds;
	double busy;   /* seconds of processor time */
	long switches; /* times it waited */
	long peak;     /* KiB that were resident at the most */
	char out[PROCESS_OUTPUT_MAX];
	char err[PROCESS_OUTPUT_MAX];
};

/* A running program whose output is collected. */
struct process {
	pid_t pid;
	int out, err;
	int64_t begun;
};

/*
 * Start PROGRAM, under the wrapper if there is one (wrapper.h), with arguments from LINE, cut at
 * blanks ('' stands for an empty one), and with the variables of ENVIRONMENT ("A=b C=d", or NULL)
 * added. PREPARE, or NULL, is called in the new process before the program.
 */
void process_begin(struct process *process, const char *program, const char *line,
    const char *environment, void (*prepare)(void));

/* Wait for its end; it is killed LIMIT seconds after its begin, or later under a wrapper. */
void process_end(struct process *process, double limit, struct process_result *result);

/* Both. */
void process_run(const char *program, const char *line, const char *environment, double limit,
    struct process_result *result);

/* A running rras-sim. */
struct process_sim {
	pid_t pid;
	int input; /* its standard input: closing it ends it */
	int port;
};

/* Start it with arguments from LINE and wait until it listens; a test fails if it does not. */
void process_start_sim(const char *program, const char *line, struct process_sim *sim);
void process_stop_sim(struct process_sim *sim);

/* A port of 127.0.0.1 on which nothing listens for as long as *DESCRIPTOR, bound to it, is open. */
int process_refused_port(int *descriptor);

#endif
