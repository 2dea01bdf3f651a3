/*
 * faults - what the test and the library it preloads tell each other, in a file that both map.
 */
#ifndef FAULTS_FAULTS_H
#define FAULTS_FAULTS_H

#include <stdbool.h>

/* Kinds of calls, counted each on its own from 1. */
enum faults_kind {
	FAULTS_MEMORY,  /* malloc, calloc, realloc, aligned; OpenSSL's and the C library's too */
	FAULTS_SOCKET,  /* socket, pipe and what sets them up */
	FAULTS_CONNECT, /* connect, bind */
	FAULTS_READ,    /* read, recv and those of stdio */
	FAULTS_WRITE,
	FAULTS_POLL,
	FAULTS_RESOLVE, /* getaddrinfo; the error is one of its own */
	FAULTS_OPEN,    /* open, fopen, opendir, mkstemp, mkdir, access */
	FAULTS_STAT,    /* stat, and what changes an open file: fchmod, ftruncate */
	FAULTS_CLOSE,   /* it is closed, and fails all the same */
	FAULTS_RENAME,
	FAULTS_RANDOM,
	FAULTS_THREAD,
	FAULTS_KINDS
};

struct faults {
	/* The test's: which call fails, with which errno; AT 0: none. */
	enum faults_kind kind;
	unsigned long at;
	int error;    /* 0: a read that finds the end */
	bool lasting; /* all from there on */
	/* The library's: */
	unsigned long seen[FAULTS_KINDS];
	unsigned long failed;
	bool failed_stdout; /* among them a write there */
	int left_open;      /* descriptors, when the plugin had ended; -1: nobody looked */
};

#endif
