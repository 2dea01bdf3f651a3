#include "probe/session.h"

#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "base/secret.h"
#include "probe/binding.h"
#include "probe/tracing.h"
#include "wire/chap.h"
#include "wire/pap.h"

#define UNDISTURBED DEADLINE_SECOND       /* without a Call Abort: the binding is accepted */
#define AT_ONCE     (3 * DEADLINE_SECOND) /* sooner than a server gives up waiting for RADIUS */

static void
fail(struct session *session, enum facts_symptom symptom)
{
	session->state = SESSION_FAILED;
	session->symptom = symptom;
}

/* What has been reached or has failed stays so: an end that comes in one read with it says no more
 * than it would in the next, while we leave. */
void
session_fail(struct session *session, enum facts_symptom symptom)
{
	if (session->state == SESSION_LEAVING)
		session->state = SESSION_OVER;
	if (session->state < SESSION_REACHED)
		fail(session, symptom);
}

/* "Call Abort: value not supported (4), attribute 3"; no attribute, 0, is not worth a word. */
static void
record_refusal(struct session *session, const struct sstp_packet *packet)
{
	struct facts_sstp *facts = &session->facts->sstp;
	const char *message = sstp_message_name(packet->type);
	const char *status = sstp_status_name(packet->status);
	char about[20] = "";

	facts->refusal_has_status = packet->has_status;
	facts->refusal_attribute = packet->status_attribute;
	facts->refusal_status = packet->status;
	if (packet->status_attribute != SSTP_NO_ATTRIBUTE)
		snprintf(about, sizeof about, ", attribute %u", packet->status_attribute);
	if (!packet->has_status)
		snprintf(facts->refusal, sizeof facts->refusal, "%s", message);
	else
		snprintf(facts->refusal, sizeof facts->refusal, "%s: %s (%lu)%s", message,
		    status == NULL ? "unknown status" : status, (unsigned long)packet->status,
		    about);
}

/* The Abort that refuses the crypto binding, once the tunnel has been taken for accepted or for
 * lost by something else: RRAS may judge the binding later than PPP answers an echo. Nothing but an
 * answer to a ping shows that it has been judged. */
static bool
is_late_refusal(const struct session *session, const struct sstp_packet *packet)
{
	enum { VALUE_NOT_SUPPORTED = 4 }; /* MS-SSTP 2.2.8 */
	bool is_taken = session->stage == FACTS_TUNNEL && session->state >= SESSION_REACHED;
	bool is_pinged = session->stage == FACTS_PING && session->facts->ping.received == 0;

	return (is_taken || is_pinged) && session->facts->tunnel.connected &&
	       packet->type == SSTP_CALL_ABORT && packet->has_status &&
	       packet->status_attribute == SSTP_CRYPTO_BINDING &&
	       packet->status == VALUE_NOT_SUPPORTED;
}

/* The server ends the call. Our answer is all that is left to be said (MS-SSTP 3.2.5.3); to an
 * Abort that crosses our good-bye there is none. */
static void
take_end(struct session *session, const struct sstp_packet *packet)
{
	bool abort = packet->type == SSTP_CALL_ABORT;
	bool late = is_late_refusal(session, packet);
	bool told = session->state == SESSION_LEAVING || session->stage == FACTS_PING;

	session->recanted = late && told;
	if (late)
		session->facts->tunnel.acceptance = FACTS_NOT_ACCEPTED;
	if (late || session->state < SESSION_REACHED)
		record_refusal(session, packet);
	if (!abort)
		sstp_add_message(&session->out, SSTP_CALL_DISCONNECT_ACK);
	else if (session->state != SESSION_LEAVING)
		sstp_add_message(&session->out, SSTP_CALL_ABORT);
	session->gone = true;
	session->facts->sstp.left = true;
	/* Where nobody has been told of another end this is the end, whatever came before it. */
	if (late && !told)
		fail(session, FACTS_ABORT);
	else
		session_fail(session, abort ? FACTS_ABORT : FACTS_DISCONNECTED);
}

static void
enter(struct session *session, enum session_state state, enum facts_stage stage)
{
	session->state = state;
	session->stage = stage;
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
	memcpy(session->nonce, packet->nonce, sizeof session->nonce);
	if (facts->hash == 0)
		session_fail(session, FACTS_NO_HASH);
	else if (session->level == FACTS_SSTP)
		session->state = SESSION_REACHED;
	else {
		enter(session, SESSION_LINKING, FACTS_PPP);
		link_begin(
		    &session->link, session->facts, &session->frames, session->random.magic, now);
		session->link.logon = session->plan;
	}
}

static void
take_nak(struct session *session, const struct sstp_packet *packet)
{
	if (session->state != SESSION_CALLING)
		return;
	record_refusal(session, packet);
	session_fail(session, FACTS_NAK);
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
		session_fail(session, FACTS_DISCONNECTED);
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

/* What the machines of PPP have to say leaves in the order in which they said it. */
static void
send_frames(struct session *session)
{
	struct text *frames = &session->frames;

	pcap_add(session->pcap, true, frames->bytes, frames->length);
	text_add_bytes(&session->out, frames->bytes, frames->length);
	session->out.failed |= text_failed(frames);
	if (frames->bytes != NULL)
		secret_wipe(frames->bytes, frames->length);
	text_cut(frames, 0);
}

/* Tell of what is to be sent, from BEFORE on. */
static void
trace_sent(struct session *session, size_t before)
{
	tracing_packets(session->facts, TRACE_SENT, text_chars(&session->out) + before,
	    session->out.length - before);
}

/* ---- logon and crypto binding ---- */

static void
begin_logon(struct session *session)
{
	enter(session, SESSION_LOGGING_ON, FACTS_AUTH);
	logon_begin(&session->logon, session->facts, session->plan, &session->frames,
	    session->random.peer, session->eap);
}

/* At once: some servers forget the keys of a logon that is not bound before its addresses are
 * negotiated. */
static void
begin_binding(struct session *session, int64_t now)
{
	struct facts_tunnel *tunnel = &session->facts->tunnel;
	uint8_t packet[SSTP_CONNECTED];
	enum facts_symptom symptom;

	enter(session, SESSION_BINDING, FACTS_TUNNEL);
	symptom = binding_make(
	    session->facts, session->plan, session->nonce, session->logon.hlak, packet);
	if (symptom != FACTS_WELL) {
		session_fail(session, symptom);
		return;
	}
	send_frames(session);
	text_add_bytes(&session->out, packet, sizeof packet);
	tunnel->connected = true;
	session->bound_at = deadline_after(now, UNDISTURBED);
	link_echo(&session->link);
	ipcp_begin(&session->ipcp, tunnel, session->plan, &session->frames, now);
}

static void
see_acceptance(struct session *session, int64_t now)
{
	struct facts_tunnel *tunnel = &session->facts->tunnel;

	if (session->link.echoed)
		tunnel->acceptance = FACTS_ACCEPTED_BY_ECHO;
	else if (session->ipcp.answered && now >= session->bound_at)
		tunnel->acceptance = FACTS_ACCEPTED_BY_TIME;
}

/* ---- from one state to the next ---- */

static void
heed_link(struct session *session)
{
	struct link *link = &session->link;

	if (link->state == LINK_GOING)
		return;
	if (link->state == LINK_OVER && link->symptom != FACTS_WELL)
		session_fail(session, link->symptom);
	else if (session->level == FACTS_PPP)
		session->state = SESSION_REACHED;
	else
		begin_logon(session);
}

static void
heed_logon(struct session *session, int64_t now)
{
	struct logon *logon = &session->logon;

	if (session->facts->auth.sent && session->shown_until == 0)
		session->shown_until = deadline_after(now, AT_ONCE);
	if (logon->state == LOGON_OVER)
		session_fail(session, logon->symptom);
	else if (logon->state == LOGON_ACCEPTED && session->level == FACTS_AUTH)
		session->state = SESSION_REACHED;
	else if (logon->state == LOGON_ACCEPTED)
		begin_binding(session, now);
}

/* Whether the binding is accepted is seen first: the end of IPCP may be the end of all. */
static void
heed_tunnel(struct session *session, int64_t now)
{
	struct facts *facts = session->facts;

	if (session->link.rejected == PPP_IPCP)
		ipcp_reject(&session->ipcp);
	if (facts->tunnel.acceptance == FACTS_NOT_ACCEPTED)
		see_acceptance(session, now);
	if (facts->tunnel.acceptance == FACTS_NOT_ACCEPTED || session->ipcp.state == IPCP_GOING)
		return;
	if (session->ipcp.state == IPCP_OVER)
		session_fail(session, session->ipcp.symptom);
	else if (session->level == FACTS_TUNNEL)
		session->state = SESSION_REACHED;
	else {
		enter(session, SESSION_PINGING, FACTS_PING);
		ping_begin(&session->ping, &facts->ping, &session->frames, facts->tunnel.address,
		    session->random.ping, now);
	}
}

static void
heed_ping(struct session *session)
{
	struct facts *facts = session->facts;

	if (facts->ping.received > 0)
		facts->tunnel.acceptance = FACTS_ACCEPTED_BY_PING;
	if (session->ping.over && facts->ping.received > 0)
		session->state = SESSION_REACHED;
	else if (session->ping.over)
		session_fail(session, FACTS_LOST);
	else if (session->ipcp.state == IPCP_OVER)
		session_fail(session, session->ipcp.symptom);
}

/* LCP is over, and with it what it carries. */
static void
heed_link_end(struct session *session)
{
	if (session->state == SESSION_LOGGING_ON)
		logon_see_end(&session->logon, session->facts->ppp.ras_error);
	if (session->state == SESSION_LOGGING_ON && session->logon.state == LOGON_OVER)
		session_fail(session, session->logon.symptom);
	else
		session_fail(session, session->link.symptom);
}

/* To end PPP or the call as soon as the credential is there is to refuse it: SoftEther has no other
 * word for a wrong password of PAP. It counts towards a lockout as any refusal. To end them, or to
 * come to terms anew, once its methods of EAP were declined is the answer to that. */
static void
heed_end(struct session *session, int64_t now)
{
	struct facts_auth *auth = &session->facts->auth;
	bool ended = session->symptom == FACTS_TERMINATED || session->symptom == FACTS_DISCONNECTED;
	bool anew = session->symptom == FACTS_DISAGREED && session->link.state == LINK_OVER;

	if (session->state != SESSION_FAILED || session->stage != FACTS_AUTH || auth->accepted ||
	    logon_is_undecided(&session->logon))
		return;
	if ((ended || anew) && logon_lacks_method(&session->logon))
		session->symptom = FACTS_NO_COMMON_METHOD;
	else if (ended && auth->sent && now < session->shown_until)
		logon_take_end(&session->logon);
}

/* Go on as far as the machines have come. */
static void
advance(struct session *session, int64_t now)
{
	if (session->state == SESSION_LINKING)
		heed_link(session);
	else if (session->state > SESSION_LINKING && session->state < SESSION_REACHED &&
	         session->link.state == LINK_OVER)
		heed_link_end(session);
	if (session->state == SESSION_LOGGING_ON)
		heed_logon(session, now);
	if (session->state == SESSION_BINDING)
		heed_tunnel(session, now);
	if (session->state == SESSION_PINGING)
		heed_ping(session);
	heed_end(session, now);
	send_frames(session);
}

/* ---- frames ---- */

/* What belongs to a later stage is not answered yet: to reject its protocol before the logon would
 * break off a server that takes this for a fatal error. */
static void
take_network_frame(struct session *session, const struct ppp_frame *frame, int64_t now)
{
	switch (frame->protocol) {
	case PPP_IPCP:
		ipcp_receive(&session->ipcp, frame, now);
		break;
	case PPP_IPV4:
		if (session->state == SESSION_PINGING)
			ping_receive(&session->ping, frame, now);
		break;
	case PPP_PAP:
	case PPP_CHAP:
	case PPP_EAP:
	case PPP_IPV6:
		break;
	default:
		link_reject_protocol(&session->link, frame);
	}
}

/* RFC 1661 2: with the high bits 10, of a network control protocol. */
static bool
is_of_network(uint16_t protocol)
{
	return (protocol & 0xC000) == 0x8000;
}

/* The refusal of a logon that comes while we leave, since there was no more time to wait for it:
 * it counts towards a lockout like any other. It needs no answer; what does is not heard. */
static void
take_late_refusal(struct session *session, const struct ppp_frame *frame)
{
	const struct facts_auth *auth = &session->facts->auth;
	struct ppp_packet packet;

	if (session->state != SESSION_LEAVING || session->stage != FACTS_AUTH || !auth->sent ||
	    auth->refused || !ppp_read_packet(frame, &packet) ||
	    (int)packet.code != (frame->protocol == PPP_PAP ? PAP_NAK : CHAP_FAILURE))
		return;
	logon_receive(&session->logon, frame);
	session->recanted = auth->refused;
}

/* After our Call Disconnect nothing may follow but the answer to the server's own: what was on its
 * way is not answered any more. */
static void
take_frame(struct session *session, const struct sstp_packet *packet, int64_t now)
{
	struct ppp_frame frame;

	pcap_add_frame(session->pcap, false, packet->payload, packet->payload_length);
	if (session->state == SESSION_CALLING ||
	    !ppp_read_frame(packet->payload, packet->payload_length, &frame))
		return;
	if (session->state >= SESSION_REACHED) {
		take_late_refusal(session, &frame);
		return;
	}
	if (frame.protocol == PPP_LCP) {
		link_receive(&session->link, &frame, now);
		return;
	}
	if (session->state == SESSION_LOGGING_ON && !is_of_network(frame.protocol)) {
		logon_receive(&session->logon, &frame);
		return;
	}
	if (session->state == SESSION_LOGGING_ON) {
		logon_see_network(&session->logon);
		advance(session, now);
	}
	if (session->state > SESSION_LOGGING_ON && session->state < SESSION_REACHED)
		take_network_frame(session, &frame, now);
}

static void
take(struct session *session, const struct sstp_packet *packet, int64_t now)
{
	size_t before = session->out.length;

	tracing_packet(session->facts, TRACE_RECEIVED, packet);
	if (packet->control)
		take_control(session, packet, now);
	else
		take_frame(session, packet, now);
	advance(session, now);
	trace_sent(session, before);
}

void
session_begin(struct session *session, struct facts *facts, const struct plan_logon *logon,
    const struct session_random *random)
{
	memset(session, 0, sizeof *session);
	session->facts = facts;
	session->plan = logon;
	session->level = facts->level;
	session->stage = FACTS_SSTP;
	session->random = *random;
	/* What is said may hold a password, and grows while it waits to be sent. */
	session->out.secret = true;
	session->frames.secret = true;
	sstp_add_connect_request(&session->out);
	trace_sent(session, 0);
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
			session_fail(session, FACTS_NOT_SSTP);
			return;
		}
	}
}

int64_t
session_timer(const struct session *session)
{
	bool accepted = session->facts->tunnel.acceptance != FACTS_NOT_ACCEPTED;

	switch (session->state) {
	case SESSION_LINKING:
		return session->link.timer;
	case SESSION_BINDING:
		return deadline_sooner(session->ipcp.timer,
		    !accepted && session->ipcp.answered ? session->bound_at : DEADLINE_NEVER);
	case SESSION_PINGING:
		return session->ping.timer;
	default:
		return DEADLINE_NEVER;
	}
}

void
session_tick(struct session *session, int64_t now)
{
	size_t before = session->out.length;

	if (session->state == SESSION_LINKING)
		link_tick(&session->link, now);
	else if (session->state == SESSION_BINDING)
		ipcp_tick(&session->ipcp, now);
	else if (session->state == SESSION_PINGING)
		ping_tick(&session->ping, now);
	advance(session, now);
	trace_sent(session, before);
}

void
session_leave(struct session *session)
{
	bool linked = session->stage >= FACTS_PPP && session->facts->ppp.heard &&
	              session->link.state != LINK_OVER;
	size_t before = session->out.length;

	if (session->state == SESSION_LEAVING || session->state == SESSION_OVER)
		return;
	session->state = SESSION_OVER;
	if (session->gone)
		return;
	if (linked)
		link_leave(&session->link);
	send_frames(session);
	sstp_add_status(&session->out, SSTP_CALL_DISCONNECT, SSTP_NO_ATTRIBUTE, 0);
	session->state = SESSION_LEAVING;
	trace_sent(session, before);
}

void
session_end(struct session *session)
{
	logon_end(&session->logon);
	secret_wipe(&session->reader, sizeof session->reader);
	text_free(&session->frames);
	text_free(&session->out);
}
