/*
 * mschapv2 - what the server calculates of a logon by MS-CHAPv2 (RFC 2759 section 8), and the keys
 * that come of it (RFC 3079 section 3).
 *
 * A server knows the password, so it works out what the client ought to have sent.
 */
#ifndef RRAS_MSCHAPV2_H
#define RRAS_MSCHAPV2_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum {
	MSCHAPV2_CHALLENGE = 16,
	MSCHAPV2_HASH = 16,
	MSCHAPV2_DIGEST = 8,
	MSCHAPV2_RESPONSE = 24,
	MSCHAPV2_KEYS = 32,
};

struct mschapv2 {
	uint8_t hash[MSCHAPV2_HASH];         /* of the password */
	uint8_t digest[MSCHAPV2_DIGEST];     /* of both challenges and the name: ChallengeHash */
	uint8_t response[MSCHAPV2_RESPONSE]; /* the NT-Response */
};

/* What a user of this NAME, as the client writes it, ought to answer to CHALLENGE when PEER is his
 * own. PASSWORD is UTF-8. False: it is not, or OpenSSL has no DES. */
bool mschapv2_calculate(struct mschapv2 *logon, const char *password, struct cursor name,
    struct cursor challenge, const uint8_t peer[MSCHAPV2_CHALLENGE]);

/* What proves to the client that the server knows the password: "S=" and 40 digits. */
void mschapv2_add_proof(const struct mschapv2 *logon, struct text *text);

/* The server's MasterReceiveKey and behind it its MasterSendKey. */
void mschapv2_keys(const struct mschapv2 *logon, uint8_t keys[MSCHAPV2_KEYS]);

/* A NAME without the domain before it; a UPN is whole as it is. */
struct cursor mschapv2_user(struct cursor name);

#endif
