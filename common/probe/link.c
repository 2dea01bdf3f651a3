#include "probe/link.h"

#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "base/sanitize.h"
#include "wire/sstp.h"

#define RESTART      (3 * DEADLINE_SECOND) /* RFC 1661 4.6 */
#define REQUESTS_MAX 20                    /* of ours; a server that never agrees is broken off */
#define NAKS_MAX     10                    /* more than there are methods */
#define CODE_REJECTS 5                     /* answers to codes nobody knows */

/* ---- writing ---- */

/* FRAME, a whole PPP frame, leaves as an SSTP data packet. */
static void
send_frame(struct link *link, struct text *frame)
{
	if (text_failed(frame))
		link->out.failed = true;
	else
		sstp_add_data(&link->out, text_chars(frame), frame->length);
	text_free(frame);
}

static void
send_packet(
    struct link *link, enum ppp_code code, uint8_t identifier, const void *data, size_t length)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, PPP_LCP, code, identifier);

	text_add_bytes(&frame, data, length);
	ppp_end_packet(&frame, begun);
	send_frame(link, &frame);
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
	if (!link->without_magic)
		ppp_add_option(&frame, PPP_MAGIC, magic, sizeof magic);
	ppp_end_packet(&frame, begun);
	send_frame(link, &frame);
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

/* ---- methods of authentication ---- */

static enum facts_method
fact_of(enum ppp_method method)
{
	switch (method) {
	case PPP_METHOD_PAP:
		return FACTS_PAP;
	case PPP_METHOD_CHAP_MD5:
		return FACTS_CHAP_MD5;
	case PPP_METHOD_MSCHAP_V1:
		return FACTS_MSCHAP_V1;
	case PPP_METHOD_MSCHAP_V2:
		return FACTS_MSCHAP_V2;
	case PPP_METHOD_EAP:
		return FACTS_EAP;
	default:
		return FACTS_OTHER_METHOD;
	}
}

static bool
is_offered(const struct link *link, enum facts_method method)
{
	for (size_t i = 0; i < link->facts->offered_count; i++)
		if (link->facts->offered[i] == method)
			return true;
	return false;
}

static void
record_offer(struct link *link, enum facts_method method)
{
	if (!is_offered(link, method))
		link->facts->offered[link->facts->offered_count++] = method;
}

/* Best first: a server that steps down by itself is then followed, not led. */
static const struct {
	enum facts_method fact;
	enum ppp_method method;
} steps[] = {
    {FACTS_EAP, PPP_METHOD_EAP},
    {FACTS_MSCHAP_V2, PPP_METHOD_MSCHAP_V2},
    {FACTS_MSCHAP_V1, PPP_METHOD_MSCHAP_V1},
    {FACTS_CHAP_MD5, PPP_METHOD_CHAP_MD5},
    {FACTS_PAP, PPP_METHOD_PAP},
};
#define STEPS (sizeof steps / sizeof steps[0])

static void
suggest(struct link *link, uint8_t identifier, size_t at)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, PPP_LCP, PPP_CONFIGURE_NAK, identifier);

	ppp_add_method(&frame, steps[at].method);
	ppp_end_packet(&frame, begun);
	send_frame(link, &frame);
	link->suggested = steps[at].fact;
	link->declined = identifier;
	link->naks++;
}

/* The server asks for METHOD. Decline it as long as there is one that it has not been asked for;
 * true when its request was answered with that. */
static bool
step(struct link *link, uint8_t identifier, enum facts_method method)
{
	size_t i = 0;

	/* It had the choice and took something else. To the same request it gets the same answer.
	 */
	if (link->naks > 0 && method != link->suggested && identifier != link->declined)
		link->refused[link->suggested] = true;
	/* What is left when all it asked for was declined is no offer: pppd then asks for nothing,
	 * and ends PPP for want of a logon once LCP is open. */
	if (method != FACTS_NO_METHOD || link->naks == 0)
		record_offer(link, method);
	while (i < STEPS && (is_offered(link, steps[i].fact) || link->refused[steps[i].fact]))
		i++;
	if (i == STEPS || method == FACTS_NO_METHOD || link->naks >= NAKS_MAX)
		link->steps_done = true;
	if (link->steps_done)
		return false;
	suggest(link, identifier, i);
	return true;
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
			wishes->method = fact_of(ppp_option_method(&option));
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
	return link->requests == 1 && !link->acknowledged_ours && link->naks > 0 &&
	       packet->identifier != link->declined;
}

static void
receive_request(struct link *link, const struct ppp_packet *packet, int64_t now)
{
	struct wishes wishes = {.method = FACTS_NO_METHOD};
	bool repeated = link->acknowledged_theirs && !link->acknowledged_ours;

	if (is_request_lost(link, packet))
		send_request(link, now);
	read_wishes(link, packet, &wishes);
	link->acknowledged_theirs = false;
	if (wishes.looped)
		over(link, FACTS_LOOPED);
	else if (wishes.rejected.length > 0)
		send_packet(link, PPP_CONFIGURE_REJECT, packet->identifier,
		    text_chars(&wishes.rejected), wishes.rejected.length);
	else if (!wishes.broken && !step(link, packet->identifier, wishes.method)) {
		send_packet(
		    link, PPP_CONFIGURE_ACK, packet->identifier, packet->data, packet->length);
		link->acknowledged_theirs = true;
		open_if_agreed(link);
		/* It did not hear our Ack, so perhaps it did not hear our request either. */
		if (repeated && link->state == LINK_GOING)
			send_request(link, now);
	}
	link->out.failed |= text_failed(&wishes.rejected);
	text_free(&wishes.rejected);
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
	/* Our one option is the magic number: without it, rejected or disliked, all is said. */
	if (link->requests >= REQUESTS_MAX || link->without_magic) {
		over(link, FACTS_DISAGREED);
		return;
	}
	link->without_magic = true;
	link->identifier++;
	send_request(link, now);
}

/* The server ends PPP. While we decline its methods that is its answer to the last of them. */
static void
receive_terminate(struct link *link, const struct ppp_packet *packet)
{
	struct text words = TEXT_EMPTY;

	send_packet(link, PPP_TERMINATE_ACK, packet->identifier, NULL, 0);
	sanitize_add(&words, packet->data, packet->length, sizeof link->facts->words - 1);
	snprintf(link->facts->words, sizeof link->facts->words, "%s", text_chars(&words));
	text_free(&words);
	if (link->state == LINK_GOING && link->naks > 0 && !link->steps_done)
		over(link, FACTS_WELL);
	else
		over(link, FACTS_TERMINATED);
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
reject_code(struct link *link, const struct ppp_frame *frame)
{
	size_t length = frame->length < 64 ? frame->length : 64;

	if (link->code_rejects++ < CODE_REJECTS)
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
	case PPP_TERMINATE_ACK:
	case PPP_CODE_REJECT:
	case PPP_PROTOCOL_REJECT:
	case PPP_ECHO_REPLY:
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
link_begin(struct link *link, struct facts_ppp *facts, uint32_t magic, int64_t now)
{
	memset(link, 0, sizeof *link);
	link->facts = facts;
	link->magic = magic;
	link->identifier = 1;
	send_request(link, now);
}

void
link_receive(struct link *link, const uint8_t *bytes, size_t length, int64_t now)
{
	struct ppp_frame frame;
	struct ppp_packet packet;

	/* What is not LCP belongs to a later stage. To reject its protocol now would break off a
	 * server that takes a Protocol-Reject before its network phase for a fatal error. */
	if (link->state == LINK_OVER || !ppp_read_frame(bytes, length, &frame) ||
	    frame.protocol != PPP_LCP || !ppp_read_packet(&frame, &packet))
		return;
	link->facts->heard = true;
	receive_packet(link, &frame, &packet, now);
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
link_leave(struct link *link)
{
	send_packet(link, PPP_TERMINATE_REQUEST, (uint8_t)(link->identifier + 1), NULL, 0);
}

void
link_end(struct link *link)
{
	text_free(&link->out);
}
