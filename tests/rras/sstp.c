#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "binding.h"
#include "breach.h"
#include "ending.h"
#include "journal.h"
#include "message.h"
#include "octets.h"
#include "refusal.h"
#include "sstp.h"

/* How long the client may take to answer our goodbye (MS-SSTP 3.1.2). */
enum { ABORT_SECONDS = 3, DISCONNECT_SECONDS = 5 };

void
sstp_begin(struct sstp *sstp, struct line *line)
{
	memset(sstp, 0, sizeof *sstp);
	sstp->line = line;
	sstp->negotiation = sstp->hello = sstp->curfew = DEADLINE_NEVER;
	packets_begin(&sstp->packets, line);
}

/* --- goodbyes --- */

static bool
take_abort(struct sstp *sstp)
{
	struct message_status info;
	if (!message_read_status(&sstp->packets, &info) ||
	    (info.given && (info.status < STATUS_VALUE_NOT_SUPPORTED ||
	                       info.status > STATUS_ATTRIBUTE_NOT_SUPPORTED)))
		return breach(sstp->line, "a malformed Call Abort");
	if (info.given)
		journal_add(
		    sstp->line, "abort attribute=%u status=%lu", info.attribute, info.status);
	else
		journal_add(sstp->line, "abort");
	return true;
}

static void
take_disconnect(struct sstp *sstp)
{
	struct message_status info;
	if (!message_read_status(&sstp->packets, &info) || info.status != STATUS_OK) {
		breach(sstp->line, "a malformed Call Disconnect");
		return;
	}
	journal_add(sstp->line, "disconnect");
	sstp->farewell = SSTP_POLITE;
	message_send_bare(&sstp->packets, CALL_DISCONNECT_ACK);
}

static void
take_disconnect_ack(struct sstp *sstp)
{
	struct message_status info;
	if (!message_read_status(&sstp->packets, &info) || info.given) {
		breach(sstp->line, "a malformed Call Disconnect Ack");
		return;
	}
	journal_add(sstp->line, "disconnect ack");
	sstp->farewell = SSTP_POLITE;
}

/* Our Abort may cross the client's Call Disconnect, which is then as good as unsaid (MS-SSTP
 * 3.1.2.1). */
static void
ignore_disconnect(struct sstp *sstp)
{
	journal_add(sstp->line, "disconnect ignored");
	sstp->crossed = true;
}

void
sstp_await_farewell(struct sstp *sstp, enum message answer)
{
	struct packets *packets = &sstp->packets;
	int64_t deadline = line_deadline(answer == CALL_ABORT ? ABORT_SECONDS : DISCONNECT_SECONDS);
	while (
	    sstp->farewell == SSTP_NO_FAREWELL && packets_read(packets, deadline) == ARRIVAL_HERE) {
		if (message_is(packets, CALL_DISCONNECT) && answer == CALL_ABORT)
			ignore_disconnect(sstp);
		else if (message_is(packets, CALL_DISCONNECT))
			take_disconnect(sstp);
		else if (message_is(packets, CALL_ABORT) && take_abort(sstp))
			sstp->farewell = answer == CALL_ABORT ? SSTP_POLITE : SSTP_BY_ABORT;
		else if (message_is(packets, CALL_DISCONNECT_ACK) && answer == CALL_DISCONNECT_ACK)
			take_disconnect_ack(sstp);
	}
}

void
sstp_abort(struct sstp *sstp, enum message_attribute attribute, unsigned long status)
{
	message_send_status(&sstp->packets, CALL_ABORT, attribute, status);
	sstp_await_farewell(sstp, CALL_ABORT);
}

void
sstp_abort_bare(struct sstp *sstp)
{
	message_send_bare(&sstp->packets, CALL_ABORT);
	sstp_await_farewell(sstp, CALL_ABORT);
}

void
sstp_disconnect_bare(struct sstp *sstp)
{
	message_send_bare(&sstp->packets, CALL_DISCONNECT);
	sstp_await_farewell(sstp, CALL_DISCONNECT_ACK);
}

void
sstp_disconnect(struct sstp *sstp)
{
	message_send_status(&sstp->packets, CALL_DISCONNECT, ATTRIBUTE_NONE, STATUS_OK);
	sstp_await_farewell(sstp, CALL_DISCONNECT_ACK);
}

/* --- timers --- */

/* The client has to take the next step while it runs. */
static void
restart_negotiation_timer(struct sstp *sstp)
{
	sstp->negotiation = line_deadline(sstp->line->member->negotiation);
}

/* Once connected it has to be heard of now and then (MS-SSTP 3.3.2.2). */
static void
restart_hello_timer(struct sstp *sstp)
{
	if (sstp->connected)
		sstp->hello = line_deadline(sstp->line->member->hello);
}

int64_t
sstp_timer(const struct sstp *sstp)
{
	return deadline_sooner(sstp->curfew, deadline_sooner(sstp->negotiation, sstp->hello));
}

void
sstp_echo(struct sstp *sstp)
{
	message_send_bare(&sstp->packets, ECHO_REQUEST);
	sstp->echoes++;
}

/* Nothing came. False: that ends the call. */
static bool
watch_timers(struct sstp *sstp)
{
	int64_t now = deadline_now();
	if (deadline_left(sstp->negotiation, now) == 0) {
		journal_add(sstp->line, "negotiation timeout");
		sstp_abort(sstp, ATTRIBUTE_NONE, STATUS_NEGOTIATION_TIMEOUT);
		return false;
	}
	if (deadline_left(sstp->hello, now) > 0)
		return true;
	if (sstp->echoes > 0) {
		journal_add(sstp->line, "hello timeout");
		return line_over(sstp->line, LINE_FIN);
	}
	sstp_echo(sstp);
	restart_hello_timer(sstp);
	return true;
}

/* --- the call --- */

/* The packet that was read last may end the call. */
static enum arrival
take_goodbye(struct sstp *sstp)
{
	struct packets *packets = &sstp->packets;
	if (message_is(packets, CALL_ABORT)) {
		if (take_abort(sstp)) {
			sstp->farewell = SSTP_BY_ABORT;
			message_send_bare(packets, CALL_ABORT);
		}
		return ARRIVAL_OVER;
	}
	if (message_is(packets, CALL_DISCONNECT)) {
		take_disconnect(sstp);
		return ARRIVAL_OVER;
	}
	return ARRIVAL_HERE;
}

/* The next packet that leaves the call as it is. */
static enum arrival
next_packet(struct sstp *sstp, int64_t deadline)
{
	for (;;) {
		if (ending_is_due(sstp)) {
			ending_perform(sstp);
			return ARRIVAL_OVER;
		}
		enum arrival arrival =
		    packets_read(&sstp->packets, deadline_sooner(deadline, sstp_timer(sstp)));
		if (arrival == ARRIVAL_HERE) {
			restart_hello_timer(sstp);
			return take_goodbye(sstp);
		}
		if (arrival == ARRIVAL_OVER || !watch_timers(sstp))
			return ARRIVAL_OVER;
		if (deadline_left(deadline, deadline_now()) == 0)
			return ARRIVAL_LATE;
	}
}

/* What must not be said in this state is answered by an Abort. */
static void
refuse_packet(struct sstp *sstp)
{
	if (sstp->keys == SSTP_NO_KEYS && message_is(&sstp->packets, CALL_CONNECTED))
		breach(sstp->line, "Call Connected before authentication");
	else if (sstp->unproven && message_is(&sstp->packets, CALL_CONNECTED))
		breach(sstp->line, "Call Connected to a server that has not proved itself");
	else if (sstp->packets.control)
		breach(
		    sstp->line, "message %u is not to be sent now", message_type(&sstp->packets));
	else
		breach(sstp->line, "data before the Call Connect Request");
	message_send_status(&sstp->packets, CALL_ABORT, ATTRIBUTE_NONE, STATUS_UNACCEPTED_FRAME);
}

/* The one that there is: for PPP, of 14 bytes with its packet's header. */
static bool
check_connect_request(struct sstp *sstp)
{
	static const uint8_t right[] = {
	    0, CALL_CONNECT_REQUEST, 0, 1, 0, ATTRIBUTE_PROTOCOL, 0, 6, 0, 1};
	struct cursor message = packets_payload(&sstp->packets);
	if (message.left == sizeof right && memcmp(message.at, right, sizeof right) == 0)
		return true;
	struct text hex = TEXT_EMPTY;
	hex_add(&hex, message.at, message.left);
	breach(sstp->line, "Call Connect Request is %s", text_chars(&hex));
	text_free(&hex);
	return false;
}

static bool
await_connect_request(struct sstp *sstp)
{
	restart_negotiation_timer(sstp);
	if (next_packet(sstp, DEADLINE_NEVER) != ARRIVAL_HERE)
		return false;
	if (!message_is(&sstp->packets, CALL_CONNECT_REQUEST)) {
		refuse_packet(sstp);
		return false;
	}
	if (!check_connect_request(sstp))
		return false;
	journal_add(sstp->line, "connect request");
	return true;
}

static void
send_ack(struct sstp *sstp)
{
	struct text request = TEXT_EMPTY;
	octets_add_u32(&request, (uint8_t)sstp->line->member->hash);
	member_decode_hex(sstp->line->member->nonce, SSTP_NONCE, &request);
	struct cursor sent = cursor_over(request.bytes, request.length);
	cursor_u32(&sent);
	memcpy(sstp->nonce, sent.at, sent.left < SSTP_NONCE ? sent.left : SSTP_NONCE);
	message_send(&sstp->packets, CALL_CONNECT_ACK, ATTRIBUTE_BINDING_REQUEST, &request);
	text_free(&request);
}

bool
sstp_connect(struct sstp *sstp)
{
	enum refusal refusal;
	int tries = 0;
	do {
		if (!await_connect_request(sstp))
			return false;
		refusal = refusal_of_request(sstp, ++tries);
	} while (refusal == REFUSAL_AGAIN);
	if (refusal != REFUSAL_NONE)
		return false;
	send_ack(sstp);
	restart_negotiation_timer(sstp);
	return refusal_after_ack(sstp) == REFUSAL_NONE;
}

void
sstp_authenticated(struct sstp *sstp, const uint8_t hlak[SSTP_HLAK])
{
	sstp->keys = hlak != NULL ? SSTP_KEYS : SSTP_KEYS_UNKNOWN;
	if (hlak != NULL)
		memcpy(sstp->hlak, hlak, sizeof sstp->hlak);
}

static bool
take_connected(struct sstp *sstp)
{
	if (!binding_judge(sstp))
		return false;
	sstp->connected = true;
	sstp->negotiation = DEADLINE_NEVER;
	restart_hello_timer(sstp);
	ending_reach(sstp, END_AT_CONNECTED);
	return true;
}

static bool
is_bare(const struct sstp *sstp)
{
	struct message_status info;
	return message_read_status(&sstp->packets, &info) && !info.given;
}

/* A message in the middle of the call. False: the call is over. */
static bool
take_message(struct sstp *sstp)
{
	const struct packets *packets = &sstp->packets;
	if (message_is(packets, CALL_CONNECTED) && sstp->keys != SSTP_NO_KEYS && !sstp->connected &&
	    !sstp->unproven)
		return take_connected(sstp);
	if (message_is(packets, ECHO_REQUEST) && sstp->connected && is_bare(sstp)) {
		message_send_bare(&sstp->packets, ECHO_RESPONSE);
		return true;
	}
	if (message_is(packets, ECHO_RESPONSE) && sstp->echoes > 0 && is_bare(sstp)) {
		journal_add(sstp->line, "sstp echo response");
		sstp->echoes--;
		return true;
	}
	refuse_packet(sstp);
	return false;
}

enum arrival
sstp_receive(struct sstp *sstp, int64_t deadline, struct cursor *frame)
{
	enum arrival arrival;
	while ((arrival = next_packet(sstp, deadline)) == ARRIVAL_HERE && sstp->packets.control)
		if (!take_message(sstp))
			return ARRIVAL_OVER;
	*frame = packets_payload(&sstp->packets);
	return arrival;
}

void
sstp_send(struct sstp *sstp, const struct text *frame)
{
	packets_send(&sstp->packets, false, frame);
}

/* --- the end --- */

/* Whoever was cut off by us may still say goodbye; but only once, and then nothing more. */
static void
read_to_the_end(struct sstp *sstp)
{
	while (
	    !sstp->line->breached && packets_read(&sstp->packets, DEADLINE_NEVER) == ARRIVAL_HERE) {
		if (sstp->farewell != SSTP_NO_FAREWELL)
			breach(sstp->line, "a packet after its goodbye");
		else if (message_is(&sstp->packets, CALL_DISCONNECT))
			take_disconnect(sstp);
		else if (message_is(&sstp->packets, CALL_ABORT) && take_abort(sstp))
			sstp->farewell = SSTP_BY_ABORT;
	}
}

void
sstp_end(struct sstp *sstp)
{
	struct line *line = sstp->line;
	packets_flush(&sstp->packets);
	if (!sstp->packets.ended && line->end != LINE_RST) {
		if (line->end == LINE_FIN)
			line_finish(line);
		read_to_the_end(sstp);
	}
	switch (sstp->farewell) {
	case SSTP_NO_FAREWELL:
		journal_add(line, "left %s",
		    !sstp->packets.ended || line->finished ? "when cut off"
		    : sstp->crossed                        ? "across an abort"
		                                           : "rudely");
		break;
	case SSTP_POLITE:
		journal_add(line, "left politely");
		break;
	case SSTP_BY_ABORT:
		journal_add(line, "left by abort");
		break;
	}
	packets_free(&sstp->packets);
}
