#include "pester.h"
#include "base/deadline.h"
#include "frame.h"
#include "relay.h"
#include "terminate.h"

enum { EAP_REQUEST = 1, EAP_FAILURE = 4 };

enum { IDENTITY = 1, EAP_TLS = 13, EAP_TTLS = 21, PEAP = 25 };

#define LENGTH_INCLUDED 0x80
#define MORE            0x40
#define START           0x20
#define HANDSHAKE       22 /* the first byte of a record */

/* Methods that nobody has. */
static const uint8_t others[] = {4, EAP_TTLS, 43, 47, 50, 55};

/* The type and the data of the request NUMBER after the first, which asks for the identity. */
static void
add_request(struct text *text, int kind, unsigned number)
{
	static const uint8_t start[] = {PEAP, START},
	                     claim[] = {PEAP, LENGTH_INCLUDED | MORE, 255, 255, 255, 255,
	                         HANDSHAKE},
	                     crumb[] = {PEAP, MORE, HANDSHAKE}, change[] = {EAP_TLS, START};

	if (kind == EAP_ASKS_FOR_EVER)
		text_add_char(text, IDENTITY);
	else if (kind == EAP_TRIES_METHODS)
		text_add_char(text, (char)others[number % sizeof others]);
	else if (kind == EAP_HAS_ANOTHER)
		text_add_char(text, EAP_TTLS);
	else if (number == 0)
		text_add_bytes(text, start, sizeof start);
	else if (kind == EAP_CHANGES)
		text_add_bytes(text, change, sizeof change);
	else if (kind == EAP_CLAIMS)
		text_add_bytes(text, claim, sizeof claim);
	else
		text_add_bytes(text, crumb, sizeof crumb);
}

static void
ask(struct logon *logon, unsigned number)
{
	struct sstp *sstp = logon->lcp->sstp;
	struct text text = TEXT_EMPTY;

	add_request(&text, sstp->line->member->eap, number);
	logon->identifier++;
	frame_send(sstp, FRAME_EAP,
	    &(struct frame_packet){
	        EAP_REQUEST, logon->identifier, (const uint8_t *)text_chars(&text), text.length});
	text_free(&text);
}

static bool
refuse(struct logon *logon)
{
	if (logon->lcp->sstp->line->member->ras_error == 0)
		frame_send(logon->lcp->sstp, FRAME_EAP,
		    &(struct frame_packet){EAP_FAILURE, logon->identifier, NULL, 0});
	terminate(logon->lcp);
	return false;
}

bool
pester_serve(struct logon *logon)
{
	struct frame frame;
	struct frame_packet packet;
	relay_ask(logon);
	for (unsigned number = 0;
	     lcp_receive(logon->lcp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE &&
	     frame_open(logon->lcp->sstp, &frame, &packet) && relay_is_answer(logon, &packet);
	     number++) {
		if (logon->lcp->sstp->line->member->eap == EAP_HAS_ANOTHER && number > 0)
			return refuse(logon);
		ask(logon, number);
	}
	return false;
}
