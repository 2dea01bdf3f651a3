#include "probe/link.h"

#include <string.h>

#include "base/deadline.h"
#include "probe/frames.h"
#include "probe/said.h"

#define RESTART      (3 * DEADLINE_SECOND) /* RFC 1661 4.6 */
#define REQUESTS_MAX 20                    /* of ours; a server that never agrees is broken off */
#define REJECTS_MAX  5                     /* of codes, and of protocols, that nobody knows */
#define UNHEEDED_MAX 5                     /* refusals for what we do not have */
#define REJECTED_MAX 64                    /* bytes of them that are sent back */

/* ---- writing ---- */

static void
send_packet(
    struct link *link, enum ppp_code code, uint8_t identifier, const void *data, size_t length)
{
	frames_add_packet(link->out, PPP_LCP, code, identifier, data, length);
}

static void
put_magic(const struct link *link, uint8_t bytes[4])
{
	uint32_t magic = link->without_magic ? 0 : link->magic;

	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(magic >> (24 - 8 * i));
}

static void
send_request(struct link *link, int64_t now)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, PPP_LCP, PPP_CONFIGURE_REQUEST, link->identifier);
	uint8_t magic[4];

	put_magic(link, magic);
	if (link->mru != 0)
		ppp_add_option(
		    &frame, PPP_MRU, (const uint8_t[]){link->mru >> 8, (uint8_t)link->mru}, 2);
	if (!link->without_magic)
		ppp_add_option(&frame, PPP_MAGIC, magic, sizeof magic);
	ppp_end_packet(&frame, begun);
	frames_add(link->out, &frame);
	link->requests++;
	link->timer = deadline_after(now, RESTART);
}

static void
over(struct link *link, enum facts_symptom symptom)
{
	link->state = LINK_OVER;
	link->symptom = symptom;
	link->timer = DEADLINE_NEVER;
}

static void
open_if_agreed(struct link *link)
{
	if (!link->acknowledged_ours || !link->acknowledged_theirs || link->state != LINK_GOING)
		return;
	link->state = LINK_OPEN;
	link->facts->opened = true;
	link->timer = DEADLINE_NEVER;
}

/* ---- reading ---- */

static bool
is_acceptable(uint8_t option)
{
	switch (option) {
	case PPP_MRU:
	case PPP_ASYNC_MAP:
	case PPP_AUTHENTICATION:
	case PPP_MAGIC:
	case PPP_PROTOCOL_COMPRESSION:
	case PPP_ADDRESS_COMPRESSION:
		return true;
	default:
		return false;
	}
}

/* Our own request comes back: somebody echoes. */
static bool
is_our_magic(const struct link *link, const struct ppp_option *option)
{
	uint8_t magic[4];

	put_magic(link, magic);
	return option->type == PPP_MAGIC && option->length == 4 && !link->without_magic &&
	       memcmp(option->value, magic, 4) == 0;
}

/* What a Configure-Request holds that needs another answer than an Ack. */
struct wishes {
	struct text rejected; /* options that we do not know or want */
	enum facts_method method;
	bool looped;
	bool broken; /* the options do not fit their lengths */
};

static void
read_wishes(const struct link *link, const struct ppp_packet *packet, struct wishes *wishes)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;

	while (ppp_next_option(&cursor, &option)) {
		if (!is_acceptable(option.type))
			ppp_add_option(&wishes->rejected, option.type, option.value, option.length);
		else if (option.type == PPP_AUTHENTICATION)
			wishes->method = demand_fact(ppp_option_method(&option));
		else if (is_our_magic(link, &option))
			wishes->looped = true;
	}
	wishes->broken = cursor.failed;
}

/* Whether the server heeds our last Nak and has not answered the request that went before it: then
 * the request is lost, as what comes before pppd has set its terminal up. */
static bool
is_request_lost(const struct link *link, const struct ppp_packet *packet)
{
	return link->requests == 1 && !link->acknowledged_ours && link->demand.naks > 0 &&
	       packet->identifier != link->demand.declined;
}

static void
suggest(struct link *link, uint8_t identifier, enum ppp_method method)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, PPP_LCP, PPP_CONFIGURE_NAK, identifier);

	ppp_add_method(&frame, method);
	ppp_end_packet(&frame, begun);
	frames_add(link->out, &frame);
}

/* The server asks for METHOD. False: its request is to be acknowledged. */
static bool
decline(struct link *link, uint8_t identifier, enum facts_method method)
{
	enum ppp_method suggestion;

	switch (demand_meet(&link->demand, identifier, method, &suggestion)) {
	case DEMAND_SUGGEST:
		suggest(link, identifier, suggestion);
		return true;
	case DEMAND_HOPELESS:
		over(link, FACTS_NO_COMMON_METHOD);
		return true;
	default:
		return false;
	}
}

/* An open LCP that is begun again cannot change the logon any more. */
static bool
changes_logon(const struct link *link, const struct wishes *wishes)
{
	const struct facts_auth *auth = link->demand.auth;

	return link->state == LINK_OPEN && auth->wanted_count > 0 && wishes->method != auth->method;
}

/* The server's side of an open LCP starts again, and wants ours to (RFC 1661 4.3). Our options
 * stay as they were agreed on. As long as our new request is not acknowledged there is no other: it
 * may be that which made the server start once more, and so they would go on for ever. */
static void
begin_anew(struct link *link, int64_t now)
{
	if (++link->renewals > REQUESTS_MAX) {
		over(link, FACTS_DISAGREED);
		return;
	}
	if (!link->acknowledged_ours)
		return;
	link->acknowledged_ours = false;
	link->identifier++;
	send_request(link, now);
	link->timer = DEADLINE_NEVER;
}

static void
acknowledge(struct link *link, const struct ppp_packet *packet, bool repeated, int64_t now)
{
	bool anew = link->state == LINK_OPEN;

	send_packet(link, PPP_CONFIGURE_ACK, packet->identifier, packet->data, packet->length);
	link->acknowledged_theirs = true;
	open_if_agreed(link);
	if (anew)
		begin_anew(link, now);
	else if (repeated && !link->acknowledged_ours)
		/* It did not hear our Ack, so perhaps it did not hear our request either. */
		send_request(link, now);
}

static void
receive_request(struct link *link, const struct ppp_packet *packet, int64_t now)
{
	struct wishes wishes = {.method = FACTS_NO_METHOD};
	bool repeated = link->acknowledged_theirs;

	if (is_request_lost(link, packet))
		send_request(link, now);
	read_wishes(link, packet, &wishes);
	link->acknowledged_theirs = false;
	if (wishes.looped)
		over(link, FACTS_LOOPED);
	else if (changes_logon(link, &wishes))
		over(link, FACTS_DISAGREED);
	else if (wishes.rejected.length > 0)
		send_packet(link, PPP_CONFIGURE_REJECT, packet->identifier,
		    text_chars(&wishes.rejected), wishes.rejected.length);
	else if (!wishes.broken && !decline(link, packet->identifier, wishes.method))
		acknowledge(link, packet, repeated, now);
	link->out->failed |= text_failed(&wishes.rejected);
	text_free(&wishes.rejected);
}

static bool
is_whole(const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;

	while (ppp_next_option(&cursor, &option))
		continue;
	return !cursor.failed;
}

/* What the server does not like in our request, or misses there (RFC 1661 5.3): we receive packets
 * of any size, and have nothing else to name. False when it does not like what it has asked for, or
 * insists. */
static bool
heed_wishes(struct link *link, const struct ppp_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	struct ppp_option option;
	bool again = false, heeded = false;

	while (ppp_next_option(&cursor, &option))
		if (option.type == PPP_MAGIC) {
			again |= link->without_magic;
			link->without_magic = heeded = true;
		} else if (option.type == PPP_MRU && option.length == 2) {
			again |= link->mru_named;
			link->mru_named = heeded = true;
			link->mru = packet->code == PPP_CONFIGURE_NAK
			                ? (uint16_t)(option.value[0] << 8 | option.value[1])
			                : 0;
		}
	return !again && (heeded || ++link->unheeded <= UNHEEDED_MAX);
}

static void
receive_answer(struct link *link, const struct ppp_packet *packet, int64_t now)
{
	if (packet->identifier != link->identifier || link->acknowledged_ours)
		return;
	if (packet->code == PPP_CONFIGURE_ACK) {
		link->acknowledged_ours = true;
		link->timer = DEADLINE_NEVER;
		open_if_agreed(link);
		return;
	}
	if (!is_whole(packet))
		return;
	if (!heed_wishes(link, packet) || link->requests >= REQUESTS_MAX) {
		over(link, FACTS_DISAGREED);
		return;
	}
	link->identifier++;
	send_request(link, now);
}

/* The server ends PPP. While we decline its methods that is its answer to the last of them. */
static void
receive_terminate(struct link *link, const struct ppp_packet *packet)
{
	const struct demand *demand = &link->demand;

	send_packet(link, PPP_TERMINATE_ACK, packet->identifier, NULL, 0);
	link->facts->ras_error =
	    said_keep_reason(link->facts->words, sizeof link->facts->words, packet, link->logon);
	if (link->state != LINK_GOING || demand->naks == 0 || demand->done)
		over(link, FACTS_TERMINATED);
	else
		over(link, demand->auth->wanted_count > 0 ? FACTS_NO_COMMON_METHOD : FACTS_WELL);
}

static void
receive_echo(struct link *link, const struct ppp_packet *packet)
{
	uint8_t data[256];
	size_t length = packet->length < sizeof data ? packet->length : sizeof data;

	if (length < 4)
		return;
	memcpy(data, packet->data, length);
	put_magic(link, data);
	send_packet(link, PPP_ECHO_REPLY, packet->identifier, data, length);
}

static void
receive_protocol_reject(struct link *link, const struct ppp_packet *packet)
{
	if (packet->length >= 2)
		link->rejected = (uint16_t)(packet->data[0] << 8 | packet->data[1]);
}

static void
reject_code(struct link *link, const struct ppp_frame *frame)
{
	size_t length = frame->length < REJECTED_MAX ? frame->length : REJECTED_MAX;

	if (link->code_rejects++ < REJECTS_MAX)
		send_packet(
		    link, PPP_CODE_REJECT, (uint8_t)link->code_rejects, frame->body, length);
}

static void
receive_packet(
    struct link *link, const struct ppp_frame *frame, const struct ppp_packet *packet, int64_t now)
{
	switch (packet->code) {
	case PPP_CONFIGURE_REQUEST:
		receive_request(link, packet, now);
		break;
	case PPP_CONFIGURE_ACK:
	case PPP_CONFIGURE_NAK:
	case PPP_CONFIGURE_REJECT:
		receive_answer(link, packet, now);
		break;
	case PPP_TERMINATE_REQUEST:
		receive_terminate(link, packet);
		break;
	case PPP_ECHO_REQUEST:
		receive_echo(link, packet);
		break;
	case PPP_ECHO_REPLY:
		link->echoed |= packet->identifier == link->echo;
		break;
	case PPP_PROTOCOL_REJECT:
		receive_protocol_reject(link, packet);
		break;
	case PPP_TERMINATE_ACK:
	case PPP_CODE_REJECT:
	case PPP_DISCARD_REQUEST:
	case PPP_IDENTIFICATION:
	case PPP_TIME_REMAINING:
		break;
	default:
		reject_code(link, frame);
	}
}

/* ---- the whole ---- */

void
link_begin(struct link *link, struct facts *facts, struct text *out, uint32_t magic, int64_t now)
{
	memset(link, 0, sizeof *link);
	link->out = out;
	link->facts = &facts->ppp;
	demand_begin(&link->demand, facts);
	link->magic = magic;
	link->identifier = 1;
	send_request(link, now);
}

void
link_receive(struct link *link, const struct ppp_frame *frame, int64_t now)
{
	struct ppp_packet packet;

	if (link->state == LINK_OVER || frame->protocol != PPP_LCP ||
	    !ppp_read_packet(frame, &packet))
		return;
	link->facts->heard = true;
	receive_packet(link, frame, &packet, now);
}

void
link_tick(struct link *link, int64_t now)
{
	if (link->state != LINK_GOING || link->timer > now)
		return;
	if (link->requests >= REQUESTS_MAX)
		link->timer = DEADLINE_NEVER;
	else
		send_request(link, now);
}

void
link_echo(struct link *link)
{
	uint8_t magic[4];

	put_magic(link, magic);
	link->echo++;
	link->echoed = false;
	send_packet(link, PPP_ECHO_REQUEST, link->echo, magic, sizeof magic);
}

void
link_reject_protocol(struct link *link, const struct ppp_frame *frame)
{
	uint8_t data[2 + REJECTED_MAX] = {
	    (uint8_t)(frame->protocol >> 8), (uint8_t)frame->protocol};
	size_t length = frame->length < REJECTED_MAX ? frame->length : REJECTED_MAX;

	if (link->protocol_rejects++ >= REJECTS_MAX)
		return;
	memcpy(data + 2, frame->body, length);
	send_packet(link, PPP_PROTOCOL_REJECT, (uint8_t)link->protocol_rejects, data, 2 + length);
}

void
link_leave(struct link *link)
{
	send_packet(link, PPP_TERMINATE_REQUEST, (uint8_t)(link->identifier + 1), NULL, 0);
}
