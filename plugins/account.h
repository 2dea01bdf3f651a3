/*
 * account - who logs on: user name, password, and what a refusal of them entails.
 */
#ifndef PLUGINS_ACCOUNT_H
#define PLUGINS_ACCOUNT_H

#include "base/text.h"
#include "cli/credentials.h"
#include "cli/options.h"
#include "logon_options.h"
#include "probe/plan.h"

struct account {
	struct logon_options
	    logon; /* first: the other rows store in it, and in what it begins with */
	struct credentials credentials;
	struct plan_backoff backoff;
};

extern const struct options_group account_group;

/* Zero it first, and call this before anything is read: no core dump shall hold a secret. */
void account_begin(struct account *account);

/* After the last option: settle the logon's options, find the password where one is needed, and put
 * all of it into the plan. False when something is missing or wrong: TEXT then says what. */
bool account_settle(struct account *account, struct text *text);

/* Wipe what is secret. */
void account_end(struct account *account);

#endif
