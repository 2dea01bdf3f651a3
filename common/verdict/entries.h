/*
 * entries - the words for an entry of HTTP.sys, and the commands that mend it.
 */
#ifndef VERDICT_ENTRIES_H
#define VERDICT_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "facts/dump.h"

#define ENTRIES_ENDPOINT_MAX (DUMP_HOST_MAX + 32)

enum entries_owner {
	ENTRIES_UNKNOWN, /* the dump does not say */
	ENTRIES_SSTP,
	ENTRIES_IIS,
	ENTRIES_DIRECTACCESS,
	ENTRIES_FOREIGN,
};

enum entries_owner entries_owner(const struct dump_binding *binding);

/* "IIS", "SSTP", "unknown", or the application id without its braces. BINDING may be NULL. */
void entries_owner_name(const struct dump_binding *binding, char *chars, size_t size);

/* "0.0.0.0:443", "[::]:443", "vpn.example.com:443", "central store:443". */
void entries_endpoint(const struct dump_binding *binding, char *chars, size_t size);

/* In a few words how it ceases to be in the way. BINDING may be NULL. */
const char *entries_how_to_unbind(const struct dump_binding *binding);

/* Lines to be done on the server: */

/* Delete it; that of DirectAccess is to be kept. */
void entries_add_deletion(struct text *steps, const struct dump_binding *binding);

/* Remove it where IIS keeps it, which may make it again. To be done before it is deleted. */
void entries_add_iis_removal(struct text *steps, const struct dump_binding *binding);

/* Restart IIS, whose own entry was deleted. */
void entries_add_iis_restart(struct text *steps);

/* Choose the certificate where SSTP hears of it. */
void entries_add_assignment(struct text *steps);

/* Restart SSTP's service. */
void entries_add_restart(struct text *steps);

#endif
