/*
 * eap_options - the options of a logon by EAP.
 */
#ifndef PLUGINS_EAP_OPTIONS_H
#define PLUGINS_EAP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "probe/plan.h"
#include "probe/tlspeer.h"

struct eap_options {
	struct tlspeer_settings tls;
	char *passphrase; /* what the file of --eap-passphrase-file holds; owned */
	bool given;       /* any of the options that methods with TLS need */
	bool expiry_given;
};

/* The rows; they store in a struct logon_options, which holds the struct above. */
extern const struct options_group eap_options_group;

/* Take WORD, LENGTH bytes of --auth-method, for a method of EAP; false when it is none. */
bool eap_options_method(struct plan_logon *plan, const char *word, size_t length);

/* After the last option: choose the methods where none were, and hand the settings to RUN. NULL, or
 * what is wrong with the options together. */
const char *eap_options_settle(
    struct eap_options *options, struct plan_logon *plan, struct plan_run *run, bool chosen);

/* Whether every method that is wished goes without a password. */
bool eap_options_need_no_password(const struct plan_logon *plan);

void eap_options_end(struct eap_options *options);

#endif
