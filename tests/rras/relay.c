#include "relay.h"
#include "authenticator.h"
#include "base/deadline.h"
#include "breach.h"
#include "journal.h"

enum eap_code { EAP_REQUEST = 1, EAP_RESPONSE, EAP_SUCCESS, EAP_FAILURE };

enum { EAP_IDENTITY = 1 };

void
relay_ask(struct logon *logon)
{
	static const uint8_t identity[] = {EAP_IDENTITY};
	frame_send(logon->lcp->sstp, FRAME_EAP,
	    &(struct frame_packet){EAP_REQUEST, 0, identity, sizeof identity});
}

/* A new request, or the end of it all. */
static void
hand_on(struct logon *logon, const struct frame_packet *packet, const struct text *eap)
{
	struct cursor bytes = cursor_over(text_chars(eap), eap->length);
	uint8_t code = cursor_u8(&bytes);
	uint8_t identifier = cursor_u8(&bytes);
	size_t length = cursor_u16(&bytes);
	if (bytes.failed || length != eap->length) {
		journal_add(logon->lcp->sstp->line, "radius has no word for the client");
		return;
	}
	if (code == EAP_REQUEST) {
		logon->identifier = identifier;
		frame_send(logon->lcp->sstp, FRAME_EAP,
		    &(struct frame_packet){code, identifier, bytes.at, bytes.left});
	} else {
		struct text data = TEXT_EMPTY;
		text_add_bytes(&data, bytes.at, bytes.left);
		logon_answer(logon, packet, code, &data);
		text_free(&data);
	}
}

/* The name is given once, and goes with all that follows. */
static void
take_name(struct text *name, const struct frame_packet *packet)
{
	struct cursor data = cursor_over(packet->data, packet->length);
	if (cursor_u8(&data) != EAP_IDENTITY)
		return;
	text_cut(name, 0);
	text_add_bytes(name, data.at, data.left);
}

bool
relay_is_answer(const struct logon *logon, const struct frame_packet *packet)
{
	struct line *line = logon->lcp->sstp->line;
	if (packet->code != EAP_RESPONSE)
		return breach(line, "EAP code %u is not to be sent", packet->code);
	if (packet->identifier != logon->identifier)
		return breach(
		    line, "EAP response %u to request %u", packet->identifier, logon->identifier);
	return true;
}

/* True while the client may still be let in. */
static bool
take_response(struct logon *logon, struct authenticator_claim *claim,
    const struct frame_packet *packet, bool *accepted)
{
	struct authenticator_verdict verdict;
	logon_judge(logon, claim, &verdict);
	enum authenticator_outcome outcome = verdict.outcome;
	if (outcome != AUTHENTICATOR_IS_SILENT)
		hand_on(logon, packet, &verdict.text);
	if (outcome == AUTHENTICATOR_GOES_ON) {
		text_cut(&logon->state, 0);
		text_add_bytes(&logon->state, verdict.state.bytes, verdict.state.length);
	}
	*accepted = outcome == AUTHENTICATOR_ACCEPTS;
	if (*accepted)
		logon_accepted(logon, &verdict);
	authenticator_free(&verdict);
	return outcome != AUTHENTICATOR_REFUSES || logon_refused(logon);
}

static struct cursor
cursor_of(const struct text *text)
{
	return cursor_over(text_chars(text), text->length);
}

bool
relay_serve(struct logon *logon)
{
	struct text name = TEXT_EMPTY;
	struct frame frame;
	struct frame_packet packet;
	bool accepted = false;
	bool going = true;
	relay_ask(logon);
	while (going && !accepted) {
		going = lcp_receive(logon->lcp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE &&
		        frame_open(logon->lcp->sstp, &frame, &packet) &&
		        relay_is_answer(logon, &packet);
		if (!going)
			break;
		take_name(&name, &packet);
		struct authenticator_claim claim = {.method = METHOD_EAP,
		    .name = cursor_of(&name),
		    .response = frame.information,
		    .state = cursor_of(&logon->state)};
		going = take_response(logon, &claim, &packet, &accepted);
	}
	text_free(&name);
	return accepted;
}
