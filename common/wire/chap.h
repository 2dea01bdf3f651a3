/*
 * chap - packets of CHAP (RFC 1994) and what MS-CHAPv2 puts into them (RFC 2759).
 *
 * All functions that read take the data of a struct ppp_packet of protocol PPP_CHAP, or the same
 * behind the head of EAP-MSCHAPv2. What they hand out is borrowed, not ended by a NUL, and foreign.
 */
#ifndef WIRE_CHAP_H
#define WIRE_CHAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define CHAP_MSCHAP_CHALLENGE 16
#define CHAP_MSCHAP_RESPONSE  24
#define CHAP_PROOF            20
#define CHAP_VALUE_MAX        255

enum chap_code {
	CHAP_CHALLENGE = 1,
	CHAP_RESPONSE = 2,
	CHAP_SUCCESS = 3,
	CHAP_FAILURE = 4,
};

struct chap_words {
	const char *chars; /* NULL for none */
	size_t length;
};

/* Challenge or Response. */
struct chap_value {
	const uint8_t *value;
	size_t length;
	struct chap_words name;
};

/* False when the value is missing, empty or cut. MS-CHAPv2 asks for CHAP_MSCHAP_CHALLENGE bytes,
 * which is the caller's to see. */
bool chap_read_value(const void *data, size_t length, struct chap_value *value);

/* The text of a Success of MS-CHAPv2: S= and 40 digits first, then M= or nothing. */
struct chap_success {
	bool has_proof;
	uint8_t proof[CHAP_PROOF];
	struct chap_words message; /* of M=; without S= the whole text; may be empty */
};

void chap_read_success(const void *data, size_t length, struct chap_success *success);

/* The text of a Failure of MS-CHAPv2: E= R= C= V= in any order, each of them optional, and M=,
 * which reaches to the end, as does anything that is no such field. Of a field that comes twice the
 * first counts; one that cannot be read is as good as none. */
struct chap_failure {
	bool has_error;
	uint32_t error; /* E=: 646, 647, 648, 649, 691, 709 or a number nobody knows */
	bool has_retry;
	uint32_t retry; /* R=: 1 invites another try */
	bool has_challenge;
	uint8_t challenge[CHAP_MSCHAP_CHALLENGE]; /* C= */
	bool has_version;
	uint32_t version;          /* V= */
	struct chap_words message; /* of M=; the whole text of other methods; may be empty */
};

void chap_read_failure(const void *data, size_t length, struct chap_failure *failure);

/* The body of a Response: VALUE and NAME. Nothing when the value is longer than CHAP_VALUE_MAX. */
void chap_add_value(struct text *text, const void *value, size_t length, const char *name);

/* The body of a Response of MS-CHAPv2 (RFC 2759 section 4). */
void chap_add_mschap(struct text *text, const uint8_t peer[CHAP_MSCHAP_CHALLENGE],
    const uint8_t response[CHAP_MSCHAP_RESPONSE], const char *name);

/* A whole frame, head and all. */
void chap_add_response(
    struct text *text, uint8_t identifier, const void *value, size_t length, const char *name);
void chap_add_mschap_response(struct text *text, uint8_t identifier,
    const uint8_t peer[CHAP_MSCHAP_CHALLENGE], const uint8_t response[CHAP_MSCHAP_RESPONSE],
    const char *name);

#endif
