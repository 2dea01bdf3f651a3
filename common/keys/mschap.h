/*
 * mschap - MS-CHAPv2 (RFC 2759): the response, the proof that the server must give in return, and
 * the keys both sides hold afterwards.
 *
 * mschap_respond() is all that a client needs, in CHAP and in EAP; its steps are here for the
 * vectors of RFC 2759 section 9.2.
 */
#ifndef KEYS_MSCHAP_H
#define KEYS_MSCHAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keys/keys.h"

#define MSCHAP_CHALLENGE      16 /* the authenticator's, and the peer's */
#define MSCHAP_CHALLENGE_HASH 8
#define MSCHAP_HASH           16
#define MSCHAP_RESPONSE       24
#define MSCHAP_PROOF          20

struct mschap_answer {
	uint8_t response[MSCHAP_RESPONSE]; /* NT-Response */
	uint8_t proof[MSCHAP_PROOF];       /* what the 40 digits behind S= must say */
	uint8_t hlak[KEYS_HLAK];           /* for the crypto binding, a client's */
};

/*
 * Answer CHALLENGE as USER, the name that goes into the Response packet byte for byte. PEER is 16
 * random bytes of the caller's, sent along. PASSWORD is UTF-8.
 */
enum keys_result mschap_respond(const char *user, const char *password,
    const uint8_t challenge[MSCHAP_CHALLENGE], const uint8_t peer[MSCHAP_CHALLENGE],
    struct mschap_answer *answer);

/* Whether the server knows the password: PROOF, from its Success packet, is the one awaited. The
 * time this takes says nothing. */
bool mschap_is_proven(const struct mschap_answer *answer, const uint8_t proof[MSCHAP_PROOF]);

/* ChallengeHash, section 8.2. Of USER everything up to the last backslash is left out; a name of
 * the form user@domain is taken whole. */
enum keys_result mschap_challenge_hash(const uint8_t peer[MSCHAP_CHALLENGE],
    const uint8_t challenge[MSCHAP_CHALLENGE], const char *user,
    uint8_t hash[MSCHAP_CHALLENGE_HASH]);

/* NtPasswordHash, section 8.3, of the password in UTF-16LE. */
enum keys_result mschap_password_hash(const char *password, uint8_t hash[MSCHAP_HASH]);

/* HashNtPasswordHash, section 8.4. */
void mschap_hash_hash(const uint8_t password_hash[MSCHAP_HASH], uint8_t hash[MSCHAP_HASH]);

/* ChallengeResponse, section 8.5. */
enum keys_result mschap_response(const uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH],
    const uint8_t password_hash[MSCHAP_HASH], uint8_t response[MSCHAP_RESPONSE]);

/* GenerateAuthenticatorResponse, section 8.7, as bytes. */
enum keys_result mschap_proof(const uint8_t hash_hash[MSCHAP_HASH],
    const uint8_t response[MSCHAP_RESPONSE], const uint8_t challenge_hash[MSCHAP_CHALLENGE_HASH],
    uint8_t proof[MSCHAP_PROOF]);

#endif
