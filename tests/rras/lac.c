#include <errno.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/deadline.h"
#include "carry.h"
#include "datagram.h"
#include "journal.h"
#include "l2tp.h"
#include "lac.h"

enum { TRIES = 5, REPLY_SECONDS = 5, GOODBYE_SECONDS = 2, PORT = 1701, DATAGRAM_MAX = 65536 };

/* What our attributes say. */
enum {
	PROTOCOL_VERSION = 0x0100,
	FRAMING_ANY = 3,
	FRAMING_SYNC = 1,
	SPEED = 100000000,
	RESULT_GENERAL = 1,
	RESULT_ADMINISTRATIVE = 3,
};

/* How long a message may go without being received, before it is sent again (RFC 2661, 5.8). */
#define REPEAT 0.5

#define MILLISECOND (DEADLINE_SECOND / 1000)

struct lac {
	struct sstp *sstp;
	int descriptor;
	uint16_t tunnel; /* what they call us by */
	uint16_t session;
	uint16_t their_tunnel; /* what we call them by; 0 before they have said it */
	uint16_t their_session;

	uint16_t wanted;     /* the number of their next message */
	uint16_t next;       /* the number of ours */
	struct text message; /* our last one; empty when it was received */
	int tries;           /* that are left for it */
	int64_t repeat;      /* when it is due again */

	bool gone;    /* they do not answer */
	bool ended;   /* they have ended the session */
	bool stopped; /* and the tunnel */
	uint8_t *bytes;
};

/* --- messages that arrive, in order --- */

static void
put(const struct lac *lac, const struct text *packet)
{
	if (!text_failed(packet))
		send(lac->descriptor, text_chars(packet), packet->length, 0);
}

/* For an attribute list; the message before must have been received. */
static void
begin(struct lac *lac, enum l2tp_type type)
{
	bool of_session = type == L2TP_ICCN || type == L2TP_CDN;
	l2tp_begin(&lac->message, type, lac->their_tunnel, of_session ? lac->their_session : 0);
}

/* They are not there any more. */
static void
end(struct lac *lac, const char *why)
{
	journal_add(lac->sstp->line, "%s", why);
	lac->gone = true;
	text_cut(&lac->message, 0);
}

/* When there is something to be repeated. */
static int64_t
due(const struct lac *lac)
{
	return lac->message.length > 0 ? lac->repeat : DEADLINE_NEVER;
}

static void
repeat(struct lac *lac)
{
	if (deadline_left(due(lac), deadline_now()) > 0)
		return;
	if (lac->tries-- == 0) {
		end(lac, "l2tp not answered");
		return;
	}
	l2tp_stamp(&lac->message, (uint16_t)(lac->next - 1), lac->wanted);
	put(lac, &lac->message);
	lac->repeat = line_deadline(REPEAT);
}

/* Begun before. It is sent until it is received, and until then no other may be. */
static void
say(struct lac *lac)
{
	lac->tries = TRIES;
	lac->repeat = line_deadline(0);
	lac->next++;
	repeat(lac);
}

static void
acknowledge(const struct lac *lac)
{
	struct text nothing = TEXT_EMPTY;
	l2tp_begin(&nothing, L2TP_NOTHING, lac->their_tunnel, 0);
	l2tp_stamp(&nothing, lac->next, lac->wanted);
	put(lac, &nothing);
	text_free(&nothing);
}

/* Either ends the session. */
static void
take_end(struct lac *lac, const struct l2tp_packet *packet)
{
	struct cursor result = l2tp_find(packet, L2TP_RESULT);
	unsigned code = cursor_u16(&result);
	unsigned error = cursor_u16(&result);
	lac->ended = true;
	lac->stopped = lac->stopped || packet->type == L2TP_STOPCCN;
	journal_add(lac->sstp->line, "l2tp %s ended result=%u error=%u",
	    packet->type == L2TP_CDN ? "session" : "tunnel", code, error);
}

/* Whether a message is news. */
static bool
take_message(struct lac *lac, const struct l2tp_packet *packet)
{
	if (packet->received == lac->next)
		text_cut(&lac->message, 0);
	if (packet->type == L2TP_NOTHING)
		return false;
	bool news = packet->sent == lac->wanted;
	if (packet->type == L2TP_SCCRP && news) {
		struct cursor tunnel = l2tp_find(packet, L2TP_TUNNEL);
		lac->their_tunnel = cursor_u16(&tunnel);
	}
	lac->wanted += news;
	acknowledge(lac);
	if (news && (packet->type == L2TP_CDN || packet->type == L2TP_STOPCCN))
		take_end(lac, packet);
	return news;
}

/* The next datagram, if there is one now. */
static bool
read_datagram(struct lac *lac, struct l2tp_packet *packet, bool *good)
{
	ssize_t got = datagram_take(lac->descriptor, lac->bytes, DATAGRAM_MAX);
	if (got == -1 && errno == ECONNREFUSED)
		end(lac, "l2tp refused");
	*good = got > 0 && l2tp_read(cursor_over(lac->bytes, (size_t)got), packet) &&
	        packet->tunnel == lac->tunnel;
	return got >= 0;
}

/* What there is now: data, or a message that is news. */
static bool
take(struct lac *lac, struct l2tp_packet *packet)
{
	bool good;
	repeat(lac);
	while (!lac->gone && read_datagram(lac, packet, &good))
		if (good &&
		    (packet->control ? take_message(lac, packet) : packet->session == lac->session))
			return true;
	return false;
}

/* Until something comes, or it is time to repeat something. False: it is late. */
static bool
await(const struct lac *lac, int64_t deadline)
{
	struct pollfd wait = {lac->descriptor, POLLIN, 0};
	int64_t left = deadline_left(deadline_sooner(deadline, due(lac)), deadline_now());
	if (lac->gone || deadline_left(deadline, deadline_now()) == 0)
		return false;
	poll(&wait, 1, (int)((left + MILLISECOND - 1) / MILLISECOND));
	return true;
}

/* Until our message is received. False: it will not be. */
static bool
settle(struct lac *lac)
{
	struct l2tp_packet packet;
	do
		while (take(lac, &packet))
			continue;
	while (lac->message.length > 0 && await(lac, DEADLINE_NEVER));
	return !lac->gone;
}

/* The REPLY of this type to what was said. False: it does not come. */
static bool
await_reply(struct lac *lac, enum l2tp_type type, struct l2tp_packet *reply)
{
	int64_t deadline = line_deadline(REPLY_SECONDS);
	while (!lac->ended && await(lac, deadline))
		while (take(lac, reply))
			if (reply->control && reply->type == type)
				return settle(lac);
	return false;
}

/* --- the tunnel and the session in it --- */

static bool
open_tunnel(struct lac *lac)
{
	struct l2tp_packet reply;
	begin(lac, L2TP_SCCRQ);
	l2tp_add_u16(&lac->message, L2TP_VERSION, PROTOCOL_VERSION);
	l2tp_add_u32(&lac->message, L2TP_FRAMING, FRAMING_ANY);
	l2tp_add_chars(&lac->message, L2TP_HOST_NAME, "rras-sim");
	l2tp_add_u16(&lac->message, L2TP_TUNNEL, lac->tunnel);
	say(lac);
	if (!await_reply(lac, L2TP_SCCRP, &reply))
		return false;
	begin(lac, L2TP_SCCCN);
	say(lac);
	return settle(lac);
}

static bool
open_session(struct lac *lac)
{
	struct l2tp_packet reply;
	begin(lac, L2TP_ICRQ);
	l2tp_add_u16(&lac->message, L2TP_SESSION, lac->session);
	l2tp_add_u32(&lac->message, L2TP_SERIAL, 1);
	say(lac);
	if (!await_reply(lac, L2TP_ICRP, &reply))
		return false;
	struct cursor session = l2tp_find(&reply, L2TP_SESSION);
	lac->their_session = cursor_u16(&session);
	begin(lac, L2TP_ICCN);
	l2tp_add_u32(&lac->message, L2TP_SPEED, SPEED);
	l2tp_add_u32(&lac->message, L2TP_FRAMING_TYPE, FRAMING_SYNC);
	say(lac);
	return true;
}

static void
close_session(struct lac *lac)
{
	begin(lac, L2TP_CDN);
	l2tp_add_u16(&lac->message, L2TP_RESULT, RESULT_ADMINISTRATIVE);
	l2tp_add_u16(&lac->message, L2TP_SESSION, lac->session);
	say(lac);
	settle(lac);
}

static void
close_tunnel(struct lac *lac)
{
	begin(lac, L2TP_STOPCCN);
	l2tp_add_u16(&lac->message, L2TP_TUNNEL, lac->tunnel);
	l2tp_add_u16(&lac->message, L2TP_RESULT, RESULT_GENERAL);
	say(lac);
	settle(lac);
}

/* In order; then what they have to say to that is heard. */
static void
close_all(struct lac *lac)
{
	struct l2tp_packet packet;
	int64_t deadline = line_deadline(GOODBYE_SECONDS);
	if (settle(lac) && lac->their_session != 0 && !lac->ended)
		close_session(lac);
	if (!lac->gone && lac->their_tunnel != 0 && !lac->stopped)
		close_tunnel(lac);
	while (!lac->stopped && await(lac, deadline))
		while (take(lac, &packet))
			continue;
}

/* --- the frames --- */

static void
tell_server(void *context, struct cursor frame)
{
	const struct lac *lac = context;
	struct text data = TEXT_EMPTY;
	l2tp_begin_data(&data, lac->their_tunnel, lac->their_session);
	text_add_bytes(&data, frame.at, frame.left);
	put(lac, &data);
	text_free(&data);
}

static bool
hear_server(void *context, int64_t *wake)
{
	struct lac *lac = context;
	struct l2tp_packet packet;
	while (take(lac, &packet)) {
		if (packet.control)
			continue;
		struct text frame = TEXT_EMPTY;
		text_add_bytes(&frame, packet.body.at, packet.body.left);
		sstp_send(lac->sstp, &frame);
		text_free(&frame);
	}
	*wake = due(lac);
	return !lac->gone && !lac->ended;
}

/* --- the way there --- */

static uint16_t
choose_number(void)
{
	uint8_t bytes[2] = {0};
	RAND_bytes(bytes, sizeof bytes);
	return (uint16_t)(bytes[0] << 8 | bytes[1] | 1);
}

void
lac_serve(struct sstp *sstp)
{
	struct lac lac = {.sstp = sstp,
	    .descriptor = datagram_connect(sstp->line->member->l2tp, PORT),
	    .tunnel = choose_number(),
	    .session = choose_number(),
	    .bytes = malloc(DATAGRAM_MAX)};
	bool left = true;
	if (lac.descriptor != -1 && lac.bytes != NULL && open_tunnel(&lac) && open_session(&lac))
		left = carry_serve(
		    sstp, &(struct carry){&lac, lac.descriptor, tell_server, hear_server});
	else
		journal_add(sstp->line, "l2tp not connected");
	if (left)
		sstp_disconnect(sstp);
	if (lac.descriptor != -1) {
		close_all(&lac);
		close(lac.descriptor);
	}
	text_free(&lac.message);
	free(lac.bytes);
}
