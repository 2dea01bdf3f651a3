/*
 * words - the message in the answer to a logon, as the knobs want it.
 */
#ifndef RRAS_WORDS_H
#define RRAS_WORDS_H

#include "authenticator.h"
#include "base/text.h"
#include "member.h"

/* What PAP and CHAP-MD5 say to a client that is let in. */
void words_add_greeting(const struct member *member, struct text *text);

/* What MS-CHAPv2 says: "S=.. M=..". */
void words_add_success(
    const struct member *member, const struct authenticator_verdict *verdict, struct text *text);

/* What a client is told that is refused: with MS-CHAP "E=.. R=.. C=.. V=3", and CHALLENGE is the
 * next one, for a client that may try AGAIN; with PAP and CHAP-MD5 it is NULL. */
void words_add_failure(const struct member *member, const struct authenticator_verdict *verdict,
    const struct text *challenge, bool again, struct text *text);

#endif
