#include "refusal.h"
#include "message.h"
#include "octets.h"

enum { RETRIES = 3 };

static void
send_bytes(struct sstp *sstp, const uint8_t *bytes, size_t length)
{
	struct text message = TEXT_EMPTY;
	text_add_bytes(&message, bytes, length);
	packets_send(&sstp->packets, true, &message);
	text_free(&message);
}

/* The attribute of the request is to blame, and its value is sent back. */
static void
send_nak(struct sstp *sstp, unsigned long status)
{
	struct text info = TEXT_EMPTY;
	octets_add_u32(&info, ATTRIBUTE_PROTOCOL);
	octets_add_u32(&info, (uint32_t)status);
	octets_add_u16(&info, 1);
	message_send(&sstp->packets, CALL_CONNECT_NAK, ATTRIBUTE_STATUS, &info);
	text_free(&info);
}

/* As accel-ppp sends it: the value stands behind the attribute, not in it. */
static void
send_trailing_nak(struct sstp *sstp)
{
	static const uint8_t nak[] = {0, CALL_CONNECT_NAK, 0, 1, 0, ATTRIBUTE_STATUS, 0, 12, 0, 0,
	    0, ATTRIBUTE_PROTOCOL, 0, 0, 0, STATUS_VALUE_NOT_SUPPORTED, 0, 1};
	send_bytes(sstp, nak, sizeof nak);
}

static enum refusal
await_next_request(struct sstp *sstp, int tries)
{
	if (tries <= RETRIES)
		return REFUSAL_AGAIN;
	sstp_abort(sstp, ATTRIBUTE_NONE, STATUS_RETRIES_EXCEEDED);
	return REFUSAL_FINAL;
}

/* As sorz's server sends them: a Status Info of eight bytes with nothing but the status, and for a
 * Call Disconnect an attribute of no kind. */
static void
send_short_abort(struct sstp *sstp)
{
	static const uint8_t abort[] = {
	    0, CALL_ABORT, 0, 1, 0, ATTRIBUTE_STATUS, 0, 8, 0, 0, 0, STATUS_INVALID_FRAME};
	send_bytes(sstp, abort, sizeof abort);
	sstp_await_farewell(sstp, CALL_ABORT);
}

static void
send_short_disconnect(struct sstp *sstp)
{
	static const uint8_t disconnect[] = {
	    0, CALL_DISCONNECT, 0, 1, 0, ATTRIBUTE_NONE, 0, 8, 0, 0, 0, STATUS_OK};
	send_bytes(sstp, disconnect, sizeof disconnect);
	sstp_await_farewell(sstp, CALL_DISCONNECT_ACK);
}

/* An Ack in all but its first byte. */
static void
send_other_version(struct sstp *sstp)
{
	static const uint8_t ack[] = {0x20, 1, 0, 8, 0, CALL_CONNECT_ACK, 0, 0};
	line_write(sstp->line, ack, sizeof ack);
}

enum refusal
refusal_of_request(struct sstp *sstp, int tries)
{
	const struct member *member = sstp->line->member;
	switch (member->sstp) {
	case SSTP_WORKS:
		return REFUSAL_NONE;
	case SSTP_HANGS:
		line_over(sstp->line, LINE_SILENCE);
		break;
	case SSTP_NAKS:
		send_nak(sstp, (unsigned long)member->sstp_status);
		return await_next_request(sstp, tries);
	case SSTP_NAKS_TRAILING:
		send_trailing_nak(sstp);
		return await_next_request(sstp, tries);
	case SSTP_ABORTS:
		sstp_abort(sstp, ATTRIBUTE_NONE, (unsigned long)member->sstp_status);
		break;
	case SSTP_ABORTS_BARE:
		sstp_abort_bare(sstp);
		break;
	case SSTP_ABORTS_SHORT:
		send_short_abort(sstp);
		break;
	case SSTP_DISCONNECTS:
		sstp_disconnect(sstp);
		break;
	case SSTP_DISCONNECTS_BARE:
		sstp_disconnect_bare(sstp);
		break;
	case SSTP_DISCONNECTS_SHORT:
		send_short_disconnect(sstp);
		break;
	case SSTP_ACKS_BARE:
		message_send_bare(&sstp->packets, CALL_CONNECT_ACK);
		line_over(sstp->line, LINE_SILENCE);
		break;
	case SSTP_SENDS_GARBAGE:
		line_write_garbage(sstp->line);
		line_over(sstp->line, LINE_SILENCE);
		break;
	case SSTP_IS_OTHER_VERSION:
		send_other_version(sstp);
		line_over(sstp->line, LINE_SILENCE);
		break;
	case SSTP_CLOSES:
		line_over(sstp->line, LINE_FIN);
		break;
	case SSTP_RESETS:
		line_over(sstp->line, LINE_RST);
		break;
	}
	return REFUSAL_FINAL;
}

enum refusal
refusal_after_ack(struct sstp *sstp)
{
	const struct member *member = sstp->line->member;
	switch (member->after_ack) {
	case AFTER_ACK_PPP:
		return REFUSAL_NONE;
	case AFTER_ACK_ABORTS:
		sstp_abort(sstp, ATTRIBUTE_NONE, (unsigned long)member->after_ack_status);
		break;
	case AFTER_ACK_DISCONNECTS:
		sstp_disconnect(sstp);
		break;
	case AFTER_ACK_CLOSES:
		line_over(sstp->line, LINE_FIN);
		break;
	case AFTER_ACK_RESETS:
		line_over(sstp->line, LINE_RST);
		break;
	}
	return REFUSAL_FINAL;
}
