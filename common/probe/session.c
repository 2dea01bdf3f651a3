#include "probe/session.h"

#include <stdio.h>
#include <string.h>

#include "base/deadline.h"

static void
fail(struct session *session, enum facts_symptom symptom)
{
	if (session->state == SESSION_LEAVING)
		session->state = SESSION_OVER;
	if (session->state == SESSION_OVER)
		return;
	session->state = SESSION_FAILED;
	session->symptom = symptom;
}

/* "Call Abort: value not supported (4), attribute 3" */
static void
record_refusal(struct session *session, const struct sstp_packet *packet)
{
	struct facts_sstp *facts = &session->facts->sstp;
	const char *message = sstp_message_name(packet->type);
	const char *status = sstp_status_name(packet->status);

	if (!packet->has_status)
		snprintf(facts->refusal, sizeof facts->refusal, "%s", message);
	else
		snprintf(facts->refusal, sizeof facts->refusal, "%s: %s (%lu), attribute %u",
		    message, status == NULL ? "unknown status" : status,
		    (unsigned long)packet->status, packet->status_attribute);
}

/* The server ends the call. Our answer is all that is left to be said (MS-SSTP 3.2.5.3). */
static void
take_end(struct session *session, const struct sstp_packet *packet)
{
	bool abort = packet->type == SSTP_CALL_ABORT;

	if (session->state != SESSION_LEAVING)
		record_refusal(session, packet);
	if (abort)
		sstp_add_message(&session->out, SSTP_CALL_ABORT);
	else
		sstp_add_message(&session->out, SSTP_CALL_DISCONNECT_ACK);
	session->gone = true;
	session->facts->sstp.left = true;
	fail(session, abort ? FACTS_ABORT : FACTS_DISCONNECTED);
}

static void
take_ack(struct session *session, const struct sstp_packet *packet, int64_t now)
{
	struct facts_sstp *facts = &session->facts->sstp;

	if (session->state != SESSION_CALLING)
		return;
	facts->acknowledged = true;
	facts->hash_bits = packet->hash_bits;
	facts->hash = sstp_choose_hash(packet->hash_bits);
	if (facts->hash == 0)
		fail(session, FACTS_NO_HASH);
	else if (session->level == FACTS_SSTP)
		session->state = SESSION_REACHED;
	else {
		session->state = SESSION_LINKING;
		session->linked = true;
		link_begin(&session->link, &session->facts->ppp, session->magic, now);
	}
}

static void
take_nak(struct session *session, const struct sstp_packet *packet)
{
	if (session->state != SESSION_CALLING)
		return;
	record_refusal(session, packet);
	fail(session, FACTS_NAK);
}

static void
take_control(struct session *session, const struct sstp_packet *packet, int64_t now)
{
	switch (packet->type) {
	case SSTP_CALL_CONNECT_ACK:
		take_ack(session, packet, now);
		break;
	case SSTP_CALL_CONNECT_NAK:
		take_nak(session, packet);
		break;
	case SSTP_CALL_ABORT:
	case SSTP_CALL_DISCONNECT:
		take_end(session, packet);
		break;
	case SSTP_CALL_DISCONNECT_ACK:
		session->facts->sstp.left = true;
		session->gone = true;
		fail(session, FACTS_DISCONNECTED);
		break;
	case SSTP_ECHO_REQUEST:
		if (session->state == SESSION_LEAVING)
			break;
		sstp_add_message(&session->out, SSTP_ECHO_RESPONSE);
		break;
	default:
		break; /* what servers do not send, and what nobody knows */
	}
}

/* What the link has to say, and what became of it. */
static void
heed_link(struct session *session)
{
	struct link *link = &session->link;

	pcap_add(session->pcap, true, link->out.bytes, link->out.length);
	text_add_bytes(&session->out, link->out.bytes, link->out.length);
	session->out.failed |= text_failed(&link->out);
	text_cut(&link->out, 0);
	if (session->state != SESSION_LINKING || link->state == LINK_GOING)
		return;
	if (link->state == LINK_OPEN || link->symptom == FACTS_WELL)
		session->state = SESSION_REACHED;
	else
		fail(session, link->symptom);
}

/* After our Call Disconnect nothing may follow but the answer to the server's own: what
 * was on its way is not answered any more. */
static void
take(struct session *session, const struct sstp_packet *packet, int64_t now)
{
	if (!packet->control)
		pcap_add_frame(session->pcap, false, packet->payload, packet->payload_length);
	if (packet->control)
		take_control(session, packet, now);
	else if (session->linked && session->state != SESSION_LEAVING)
		link_receive(&session->link, packet->payload, packet->payload_length, now);
	if (session->linked)
		heed_link(session);
}

void
session_begin(struct session *session, struct facts *facts, uint32_t magic)
{
	memset(session, 0, sizeof *session);
	session->facts = facts;
	session->level = facts->level;
	session->magic = magic;
	sstp_add_connect_request(&session->out);
}

void
session_receive(struct session *session, const void *bytes, size_t length, int64_t now)
{
	const uint8_t *at = bytes;
	struct sstp_packet packet;
	size_t used;

	while (length > 0 && session->state != SESSION_OVER) {
		enum sstp_progress progress =
		    sstp_feed(&session->reader, at, length, &used, &packet);

		at += used;
		length -= used;
		if (progress == SSTP_PACKET)
			take(session, &packet, now);
		else if (progress == SSTP_BROKEN) {
			session->gone = true; /* MS-SSTP 3.1.5.1: drop it without a word */
			fail(session, FACTS_NOT_SSTP);
			return;
		}
	}
}

int64_t
session_timer(const struct session *session)
{
	return session->state == SESSION_LINKING ? session->link.timer : DEADLINE_NEVER;
}

void
session_tick(struct session *session, int64_t now)
{
	if (session->state != SESSION_LINKING)
		return;
	link_tick(&session->link, now);
	heed_link(session);
}

void
session_leave(struct session *session)
{
	if (session->state == SESSION_LEAVING || session->state == SESSION_OVER)
		return;
	session->state = SESSION_OVER;
	if (session->gone)
		return;
	if (session->linked && session->link.facts->heard && session->link.state != LINK_OVER) {
		link_leave(&session->link);
		heed_link(session);
	}
	sstp_add_status(&session->out, SSTP_CALL_DISCONNECT, SSTP_NO_ATTRIBUTE, 0);
	session->state = SESSION_LEAVING;
}

void
session_end(struct session *session)
{
	if (session->linked)
		link_end(&session->link);
	text_free(&session->out);
}
