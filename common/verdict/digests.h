/*
 * digests - whether a certificate that HTTP.sys is bound to is the one SSTP trusts.
 *
 * The first is known by its SHA-1, the second by its SHA-256, and the two are never compared with
 * each other: what compares them is a certificate of which both are known, from the wire, from a
 * file or out of the dump itself, or SSTP's own SHA-1. That one scripts leave behind when they set
 * the SHA-256: it is not asked when it is known to be of another certificate, and what differs from
 * it is in doubt unless all entries that SSTP made hold it.
 */
#ifndef VERDICT_DIGESTS_H
#define VERDICT_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/dump.h"
#include "facts/facts.h"

#define DIGESTS_SHORT 9 /* four bytes in digits, and the NUL */

enum digests_answer {
	DIGESTS_UNKNOWN,
	DIGESTS_SAME,
	DIGESTS_DIFFERENT,
	DIGESTS_DOUBTED, /* SSTP's own SHA-1 alone tells of another one, and may be left over */
};

/* What is at hand: the dump, and the certificates that COUNT targets showed. Borrowed. */
struct digests {
	const struct dump *dump;
	const struct facts *facts;
	size_t count;
};

/* The certificate that target AT showed to clients, NULL when it showed none. */
const struct facts_certificate *digests_shown(const struct digests *digests, size_t at);

/* Whether SSTP's SHA-256 is there and whole. */
bool digests_is_trust_known(const struct digests *digests);

/* Whether SHOWN is the certificate that SSTP trusts, which is known. */
bool digests_is_trusted(const struct digests *digests, const struct facts_certificate *shown);

/* Whether SHOWN is the certificate that a hash of HTTP.sys stands for. */
bool digests_is_bound(const struct dump_hash *bound, const struct facts_certificate *shown);

/* Whether the certificate of a hash of HTTP.sys is the one that SSTP trusts. */
enum digests_answer digests_compare(const struct digests *digests, const struct dump_hash *bound);

/* Whether SSTP's SHA-1 is that of the certificate that its SHA-256 stands for. */
enum digests_answer digests_compare_own(const struct digests *digests);

/* The first four bytes of a digest, by which people know it: "C3AB8FF1". */
void digests_shorten(const uint8_t *digest, char chars[DIGESTS_SHORT]);

#endif
