#include <string.h>

#include "auth.h"
#include "base/deadline.h"
#include "breach.h"
#include "chap.h"
#include "journal.h"
#include "logon.h"
#include "pap.h"

enum { EAP_REQUEST = 1, EAP_IDENTITY = 1 };

void
logon_begin(struct logon *logon, struct lcp *lcp)
{
	memset(logon, 0, sizeof *logon);
	logon->lcp = lcp;
}

void
logon_free(struct logon *logon)
{
	text_free(&logon->challenge);
	text_free(&logon->claim);
	text_free(&logon->answer);
}

/* The first word, and then the client's turn. */
static bool
serve_eap(struct logon *logon)
{
	static const uint8_t identity[] = {EAP_IDENTITY};
	struct lcp *lcp = logon->lcp;
	struct frame frame;
	frame_send(lcp->sstp, FRAME_EAP,
	    &(struct frame_packet){EAP_REQUEST, 0, identity, sizeof identity});
	while (lcp_receive(lcp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE)
		journal_add(lcp->sstp->line, "frame of protocol %04X", frame.protocol);
	return false;
}

static bool
serve_method(struct logon *logon)
{
	static const uint8_t no_keys[SSTP_HLAK] = {0};
	switch (auth_protocol(lcp_method(logon->lcp))) {
	case FRAME_PAP:
		return pap_serve(logon);
	case FRAME_CHAP:
		return chap_serve(logon);
	case FRAME_EAP:
		return serve_eap(logon);
	}
	sstp_authenticated(logon->lcp->sstp, no_keys);
	return true;
}

bool
logon_serve(struct logon *logon)
{
	if (!serve_method(logon))
		return false;
	lcp_authenticated(logon->lcp);
	return true;
}

static void
send_answer(struct logon *logon, uint8_t identifier)
{
	frame_send(logon->lcp->sstp, auth_protocol(lcp_method(logon->lcp)),
	    &(struct frame_packet){logon->code, identifier,
	        (const uint8_t *)text_chars(&logon->answer), logon->answer.length});
}

void
logon_answer(
    struct logon *logon, const struct frame_packet *packet, uint8_t code, const struct text *data)
{
	text_cut(&logon->claim, 0);
	text_add_bytes(&logon->claim, packet->data, packet->length);
	logon->identifier = packet->identifier;
	logon->code = code;
	text_cut(&logon->answer, 0);
	text_add_bytes(&logon->answer, data->bytes, data->length);
	send_answer(logon, packet->identifier);
}

bool
logon_repeat(struct logon *logon, const struct frame *frame)
{
	struct frame_packet packet;
	struct line *line = logon->lcp->sstp->line;
	if (logon->code == 0)
		return breach(line, "protocol %04X without authentication", frame->protocol);
	if (!frame_open(logon->lcp->sstp, frame, &packet))
		return false;
	if (packet.identifier != logon->identifier || packet.length != logon->claim.length ||
	    memcmp(packet.data, text_chars(&logon->claim), packet.length) != 0)
		return breach(line, "protocol %04X after authentication", frame->protocol);
	journal_add(line, "logon repeated");
	send_answer(logon, packet.identifier);
	return true;
}
