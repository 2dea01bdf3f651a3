#include "pap.h"
#include "authenticator.h"
#include "base/deadline.h"
#include "breach.h"
#include "octets.h"
#include "words.h"

enum pap_code { PAP_REQUEST = 1, PAP_ACK, PAP_NAK };

static bool
read_request(
    struct line *line, const struct frame_packet *packet, struct authenticator_claim *claim)
{
	struct cursor data = cursor_over(packet->data, packet->length);
	if (packet->code != PAP_REQUEST)
		return breach(line, "PAP code %u is not to be sent", packet->code);
	claim->method = METHOD_PAP;
	claim->identifier = packet->identifier;
	claim->name = cursor_part(&data, cursor_u8(&data));
	claim->response = cursor_part(&data, cursor_u8(&data));
	if (data.failed || data.left > 0)
		return breach(line, "a malformed PAP request");
	return true;
}

static void
answer(struct logon *logon, const struct frame_packet *packet,
    const struct authenticator_verdict *verdict)
{
	const struct member *member = logon->lcp->sstp->line->member;
	struct text data = TEXT_EMPTY;
	struct text message = TEXT_EMPTY;
	bool accepted = verdict->outcome == AUTHENTICATOR_ACCEPTS;
	if (accepted)
		words_add_greeting(member, &message);
	else
		words_add_failure(member, verdict, NULL, false, &message);
	octets_add_u8(&data, (unsigned)message.length);
	text_add_bytes(&data, message.bytes, message.length);
	logon_answer(logon, packet, accepted ? PAP_ACK : PAP_NAK, &data);
	text_free(&message);
	text_free(&data);
}

/* True while the client may still be let in. */
static bool
take_request(struct logon *logon, const struct frame_packet *packet, bool *accepted)
{
	struct authenticator_claim claim = {0};
	struct authenticator_verdict verdict;
	if (!read_request(logon->lcp->sstp->line, packet, &claim))
		return false;
	logon_judge(logon, &claim, &verdict);
	enum authenticator_outcome outcome = verdict.outcome;
	if (outcome != AUTHENTICATOR_IS_SILENT)
		answer(logon, packet, &verdict);
	*accepted = outcome == AUTHENTICATOR_ACCEPTS;
	if (*accepted)
		logon_accepted(logon, &verdict);
	authenticator_free(&verdict);
	return outcome != AUTHENTICATOR_REFUSES || logon_refused(logon);
}

bool
pap_serve(struct logon *logon)
{
	struct frame frame;
	struct frame_packet packet;
	bool accepted = false;
	if (logon->lcp->sstp->line->member->logon == LOGON_IS_UNASKED) {
		answer(logon, &(struct frame_packet){0}, &(struct authenticator_verdict){0});
		logon_unasked(logon);
		return true;
	}
	while (!accepted)
		if (lcp_receive(logon->lcp, DEADLINE_NEVER, &frame) != ARRIVAL_HERE ||
		    !frame_open(logon->lcp->sstp, &frame, &packet) ||
		    !take_request(logon, &packet, &accepted))
			return false;
	return true;
}
