/*
 * pool_options - the options that check_sstp_pool has beside the shared ones.
 */
#ifndef PLUGINS_POOL_OPTIONS_H
#define PLUGINS_POOL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/backends.h"
#include "base/endpoint.h"
#include "cli/options.h"
#include "shared.h"
#include "verdict/pool.h"

#define POOL_OPTIONS_EXPECT_DOWN_MAX 256

/* Strings are borrowed from the command line. */
struct pool_options {
	struct shared shared;      /* first: the shared rows store in it */
	struct backends *backends; /* of the options, to which those of the file are added */
	const char *file;          /* of backends, or NULL */
	const char *expect_down[POOL_OPTIONS_EXPECT_DOWN_MAX];
	size_t expect_down_count;
	bool has_vip;
	struct endpoint vip;
	struct pool_policy wants;
	size_t concurrency;
};

/* The rows; they store in a struct pool_options. */
extern const struct options_group pool_options_members;
extern const struct options_group pool_options_wants;

/* What is wrong with the options together, or NULL. */
const char *pool_options_problem(const struct pool_options *options);

/* The defaults. BACKENDS, which receives those of the options, is borrowed. */
void pool_options_begin(struct pool_options *options, struct backends *backends);

#endif
