#include <openssl/rand.h>
#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "breach.h"
#include "journal.h"
#include "octets.h"
#include "sstp.h"

enum message {
	CALL_CONNECT_REQUEST = 1,
	CALL_CONNECT_ACK,
	CALL_CONNECT_NAK,
	CALL_CONNECTED,
	CALL_ABORT,
	CALL_DISCONNECT,
	CALL_DISCONNECT_ACK,
	ECHO_REQUEST,
	ECHO_RESPONSE,
};

enum { ATTRIBUTE_HEADER = 4, ATTRIBUTE_STATUS = 2, ATTRIBUTE_BINDING_REQUEST = 4 };

enum { STATUS_INFO = 12, STATUS_INFO_WITH_HEADER = 4 + STATUS_INFO };

enum {
	STATUS_OK = 0,
	STATUS_VALUE_NOT_SUPPORTED = 4,
	STATUS_UNACCEPTED_FRAME = 5,
	STATUS_NEGOTIATION_TIMEOUT = 8,
	STATUS_ATTRIBUTE_NOT_SUPPORTED = 9,
};

/* How long the client may take to answer our goodbye. */
enum { ABORT_SECONDS = 3, DISCONNECT_SECONDS = 5 };

/* --- messages --- */

/* A message with one attribute, or with none when VALUE is empty. */
static void
send_message(struct sstp *sstp, enum message type, unsigned attribute, const struct text *value)
{
	struct text message = TEXT_EMPTY;
	octets_add_u16(&message, type);
	octets_add_u16(&message, value->length > 0);
	if (value->length > 0) {
		octets_add_u16(&message, attribute);
		octets_add_u16(&message, (unsigned)(ATTRIBUTE_HEADER + value->length));
		text_add_bytes(&message, text_chars(value), value->length);
	}
	packets_send(&sstp->packets, true, &message);
	text_free(&message);
}

static void
send_bare(struct sstp *sstp, enum message type)
{
	static const struct text nothing = TEXT_EMPTY;
	send_message(sstp, type, 0, &nothing);
}

static void
send_status(struct sstp *sstp, enum message type, unsigned attribute, unsigned status)
{
	struct text info = TEXT_EMPTY;
	octets_add_u32(&info, attribute);
	octets_add_u32(&info, status);
	send_message(sstp, type, ATTRIBUTE_STATUS, &info);
	text_free(&info);
}

static void
send_ack(struct sstp *sstp)
{
	struct text request = TEXT_EMPTY;
	RAND_bytes(sstp->nonce, sizeof sstp->nonce);
	octets_add_u32(&request, (uint8_t)sstp->line->member->hash);
	text_add_bytes(&request, sstp->nonce, sizeof sstp->nonce);
	send_message(sstp, CALL_CONNECT_ACK, ATTRIBUTE_BINDING_REQUEST, &request);
	text_free(&request);
}

static unsigned
message_type(const struct sstp *sstp)
{
	struct cursor payload = packets_payload(&sstp->packets);
	return cursor_u16(&payload);
}

static bool
is_message(const struct sstp *sstp, enum message type)
{
	return sstp->packets.control && message_type(sstp) == type;
}

/* Whether nothing is in the message but perhaps one Status Info, which is read. */
static bool
read_status(const struct sstp *sstp, bool *given, unsigned *attribute, unsigned long *status)
{
	struct cursor message = packets_payload(&sstp->packets);
	cursor_u16(&message);
	unsigned attributes = cursor_u16(&message);
	*given = attributes == 1;
	if (attributes == 0)
		return message.left == 0;
	bool right =
	    cursor_u16(&message) == ATTRIBUTE_STATUS && cursor_u16(&message) == STATUS_INFO;
	*attribute = cursor_u32(&message);
	*status = cursor_u32(&message);
	return *given && right && *attribute <= UINT8_MAX && !message.failed && message.left == 0;
}

/* --- goodbyes --- */

static bool
take_abort(struct sstp *sstp)
{
	bool given;
	unsigned attribute;
	unsigned long status;
	if (!read_status(sstp, &given, &attribute, &status) ||
	    (given &&
	        (status < STATUS_VALUE_NOT_SUPPORTED || status > STATUS_ATTRIBUTE_NOT_SUPPORTED)))
		return breach(sstp->line, "a malformed Call Abort");
	if (given)
		journal_add(sstp->line, "abort attribute=%u status=%lu", attribute, status);
	else
		journal_add(sstp->line, "abort");
	return true;
}

static void
take_disconnect(struct sstp *sstp)
{
	bool given;
	unsigned attribute;
	unsigned long status;
	if (!read_status(sstp, &given, &attribute, &status) || (given && status != STATUS_OK)) {
		breach(sstp->line, "a malformed Call Disconnect");
		return;
	}
	journal_add(sstp->line, "disconnect");
	sstp->farewell = SSTP_POLITE;
	send_bare(sstp, CALL_DISCONNECT_ACK);
}

static void
take_disconnect_ack(struct sstp *sstp)
{
	struct cursor message = packets_payload(&sstp->packets);
	if (message.left > 4 || cursor_u32(&message) != CALL_DISCONNECT_ACK << 16) {
		breach(sstp->line, "a malformed Call Disconnect Ack");
		return;
	}
	journal_add(sstp->line, "disconnect ack");
	sstp->farewell = SSTP_POLITE;
}

/* Our goodbye is out. The client may not have heard it yet, and so anything may still come. */
static void
await_farewell(struct sstp *sstp, enum message answer, int seconds)
{
	int64_t deadline = line_deadline(seconds);
	while (sstp->farewell == SSTP_NO_FAREWELL && !sstp->line->breached &&
	       packets_read(&sstp->packets, deadline) == ARRIVAL_HERE) {
		if (is_message(sstp, CALL_DISCONNECT))
			take_disconnect(sstp);
		else if (is_message(sstp, CALL_ABORT) && take_abort(sstp))
			sstp->farewell = answer == CALL_ABORT ? SSTP_POLITE : SSTP_BY_ABORT;
		else if (is_message(sstp, CALL_DISCONNECT_ACK) && answer == CALL_DISCONNECT_ACK)
			take_disconnect_ack(sstp);
	}
}

static void
abort_call(struct sstp *sstp, unsigned attribute, unsigned status)
{
	send_status(sstp, CALL_ABORT, attribute, status);
	await_farewell(sstp, CALL_ABORT, ABORT_SECONDS);
}

void
sstp_disconnect(struct sstp *sstp)
{
	send_status(sstp, CALL_DISCONNECT, 0, STATUS_OK);
	await_farewell(sstp, CALL_DISCONNECT_ACK, DISCONNECT_SECONDS);
}

/* --- the call --- */

void
sstp_begin(struct sstp *sstp, struct line *line)
{
	memset(sstp, 0, sizeof *sstp);
	sstp->line = line;
	packets_begin(&sstp->packets, line);
}

/* The client has to take the next step while it runs. */
static void
restart_negotiation_timer(struct sstp *sstp)
{
	sstp->negotiation = line_deadline(sstp->line->member->negotiation);
}

/* The next packet that leaves the call as it is. */
static enum arrival
next_packet(struct sstp *sstp, int64_t deadline)
{
	int64_t sooner = deadline_sooner(deadline, sstp->negotiation);
	enum arrival arrival = packets_read(&sstp->packets, sooner);
	if (arrival == ARRIVAL_LATE && deadline_left(sstp->negotiation, deadline_now()) == 0) {
		journal_add(sstp->line, "negotiation timeout");
		abort_call(sstp, 0, STATUS_NEGOTIATION_TIMEOUT);
		return ARRIVAL_OVER;
	}
	if (arrival != ARRIVAL_HERE)
		return arrival;
	if (is_message(sstp, CALL_ABORT)) {
		if (take_abort(sstp)) {
			sstp->farewell = SSTP_BY_ABORT;
			send_bare(sstp, CALL_ABORT);
		}
		return ARRIVAL_OVER;
	}
	if (is_message(sstp, CALL_DISCONNECT)) {
		take_disconnect(sstp);
		return ARRIVAL_OVER;
	}
	return ARRIVAL_HERE;
}

/* What must not be said in this state is answered by an Abort. */
static enum arrival
refuse_packet(struct sstp *sstp)
{
	if (sstp->packets.control)
		breach(sstp->line, "message %u is not to be sent now", message_type(sstp));
	else
		breach(sstp->line, "data before the Call Connect Request");
	send_status(sstp, CALL_ABORT, 0, STATUS_UNACCEPTED_FRAME);
	return ARRIVAL_OVER;
}

/* The one that there is: for PPP, of 14 bytes with its packet's header. */
static bool
read_connect_request(struct sstp *sstp)
{
	static const uint8_t right[] = {0, CALL_CONNECT_REQUEST, 0, 1, 0, 1, 0, 6, 0, 1};
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
	if (!is_message(sstp, CALL_CONNECT_REQUEST)) {
		refuse_packet(sstp);
		return false;
	}
	if (!read_connect_request(sstp))
		return false;
	journal_add(sstp->line, "connect request");
	return true;
}

bool
sstp_connect(struct sstp *sstp)
{
	if (!await_connect_request(sstp))
		return false;
	send_ack(sstp);
	restart_negotiation_timer(sstp);
	return true;
}

enum arrival
sstp_receive(struct sstp *sstp, int64_t deadline, struct cursor *frame)
{
	enum arrival arrival = next_packet(sstp, deadline);
	if (arrival != ARRIVAL_HERE)
		return arrival;
	if (sstp->packets.control)
		return refuse_packet(sstp);
	*frame = packets_payload(&sstp->packets);
	return ARRIVAL_HERE;
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
		else if (is_message(sstp, CALL_DISCONNECT))
			take_disconnect(sstp);
	}
}

void
sstp_end(struct sstp *sstp)
{
	bool left_first = sstp->packets.ended;
	if (!left_first && sstp->line->end == LINE_FIN) {
		line_finish(sstp->line);
		read_to_the_end(sstp);
	}
	switch (sstp->farewell) {
	case SSTP_NO_FAREWELL:
		journal_add(sstp->line, left_first ? "left rudely" : "left when cut off");
		break;
	case SSTP_POLITE:
		journal_add(sstp->line, "left politely");
		break;
	case SSTP_BY_ABORT:
		journal_add(sstp->line, "left by abort");
		break;
	}
	packets_free(&sstp->packets);
}
