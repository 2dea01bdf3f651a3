/*
 * bound - the entries of HTTP.sys on the port of SSTP: which there are, and which of them are
 * wrong.
 */
#ifndef VERDICT_BOUND_H
#define VERDICT_BOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "verdict/windows.h"

struct bound {
	const struct windows *windows;
	const struct dump *dump;
	char port[8];
	const struct dump_binding *ipv4, *ipv6; /* 0.0.0.0 and [::], or NULL */
	size_t count; /* of entries on the port that SSTP's callers may come to */
};

/* Find them in the dump of WINDOWS, which is borrowed. */
void bound_look(struct bound *bound, const struct windows *windows);

/* The next entry on the port behind PLACE, which begins at 0 and moves; NULL behind the last. */
const struct dump_binding *bound_next(const struct bound *bound, size_t *place);

/* Whether the certificate of an entry is the one that SSTP trusts. BINDING may be NULL. */
enum digests_answer bound_compare(const struct bound *bound, const struct dump_binding *binding);

/* Whether it is known not to be. */
bool bound_is_wrong(const struct bound *bound, const struct dump_binding *binding);

/* Whether an entry that is not for all addresses may concern SSTP's callers: a site of another name
 * does not, and DirectAccess has an address of its own. */
bool bound_concerns(const struct bound *bound, const struct dump_binding *binding);

/* Whether an entry is for a name that clients dial. */
bool bound_is_dialled(const struct bound *bound, const struct dump_binding *binding);

/* Whether an entry can be what FACTS came to: those who come over IPv4 are shown none for IPv6, and
 * none for a name that they did not ask for. */
bool bound_may_answer(
    const struct bound *bound, const struct dump_binding *binding, const struct facts *facts);

/* Whether what was seen tells which entry wins, BINDING or another: a file does not, a
 * handshake tells of the name only that it asked for, and of nothing when no entry over which
 * BINDING does not win has what it shows. */
bool bound_is_witnessed(const struct bound *bound, const struct dump_binding *binding);

/* Whether an entry is for a name of which nobody told whether clients dial it. */
bool bound_is_open(const struct bound *bound, const struct dump_binding *binding);

/* Whether an entry goes when the wrong ones for all addresses go: it is one of them, or would win
 * over them with the same certificate. */
bool bound_goes(const struct bound *bound, const struct dump_binding *binding);

/* Whether FACTS asked for a name that clients do not dial and that an entry is for: what that shows
 * tells nothing of SSTP. */
bool bound_is_aside(const struct bound *bound, const struct facts *facts);

/* The entry that holds SHOWN and that callers may come to, NULL when none does. */
const struct dump_binding *bound_holder(
    const struct bound *bound, const struct facts_certificate *shown);

/* The central store out of which came what FACTS saw, if no entry holds that, for the name that was
 * asked for: the dump does not tell the certificates of a store. NULL: none can have it. */
const struct dump_binding *bound_store(const struct bound *bound, const struct facts *facts);

/* Whether an entry for a name that clients dial, and that was not asked for on the wire, may be in
 * the way without being told: those for names were not collected. */
bool bound_names_are_open(const struct bound *bound);

/* Whether a certificate out of the central store may win for a name that clients dial and that was
 * not asked for on the wire; for any, where nobody told which they dial. */
bool bound_store_is_open(const struct bound *bound);

#endif
