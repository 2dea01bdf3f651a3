/*
 * cert_options - the options that check_sstp_cert has beside the shared ones.
 */
#ifndef PLUGINS_CERT_OPTIONS_H
#define PLUGINS_CERT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/endpoint.h"
#include "binding.h"
#include "cli/options.h"
#include "shared.h"

#define CERT_OPTIONS_NAMES_MAX 64

/* Strings are borrowed from the command line. */
struct cert_options {
	struct shared shared; /* first: the shared rows store in it */
	struct endpoint names[CERT_OPTIONS_NAMES_MAX];
	const char *names_list[CERT_OPTIONS_NAMES_MAX];
	size_t names_count;
	const char *thumbprint_file;
	const char *cert_file;
	const char *passphrase_file;
	struct binding binding;
	bool first_address;
	bool compare_sni;
};

/* The rows; they store in a struct cert_options. */
extern const struct options_group cert_options_place;
extern const struct options_group cert_options_wants;
extern const struct options_group cert_options_server;

/* What is wrong with the options together, or NULL; valid until the next call. */
const char *cert_options_problem(const struct cert_options *options);

/* The defaults. */
void cert_options_begin(struct cert_options *options);

#endif
