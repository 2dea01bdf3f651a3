/*
 * authenticator - whoever can say whether a client is who it claims to be.
 *
 * The protocols of authentication collect a claim, and say the verdict in their own words. Who
 * reaches it is decided here: a RADIUS server, see nas.h, or else the account of the knobs, see
 * account.h.
 */
#ifndef RRAS_AUTHENTICATOR_H
#define RRAS_AUTHENTICATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "line.h"
#include "member.h"
#include "sstp.h"

struct authenticator_claim {
	enum method method;
	uint8_t identifier;      /* of the packets of CHAP */
	struct cursor name;      /* as the client writes it */
	struct cursor challenge; /* empty with PAP */
	struct cursor response;  /* PAP: the password; CHAP: the value; EAP: the packet */
	struct cursor state;     /* EAP: the one of the verdict before */
};

enum authenticator_outcome {
	AUTHENTICATOR_ACCEPTS,
	AUTHENTICATOR_REFUSES,
	AUTHENTICATOR_GOES_ON,   /* with EAP: there is more to be said */
	AUTHENTICATOR_IS_SILENT, /* there is no verdict, and will be none */
};

struct authenticator_verdict {
	enum authenticator_outcome outcome;
	long error;              /* with REFUSES: the E= of MS-CHAPv2 */
	struct text text;        /* MS-CHAPv2: "S=.." with ACCEPTS, and perhaps all of a Failure;
	                            EAP: the packet for the client */
	struct text state;       /* with GOES_ON */
	uint8_t hlak[SSTP_HLAK]; /* with ACCEPTS: for the crypto binding */
};

/* The verdict is to be freed, whatever it is. */
void authenticator_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict);
void authenticator_free(struct authenticator_verdict *verdict);

#endif
