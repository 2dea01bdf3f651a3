/*
 * A whole call, from the bytes behind the 200 to the good-bye, with a server that the input plays:
 *
 *   00..7F N  the next N + 1 bytes arrive
 *   80..BF N  an LCP packet arrives, whose code, identifier and data are the next N - 7F bytes; its
 *             lengths are made to fit
 *   C0..FF N  time passes, N - BF tenths of a second
 *
 * The first byte says to which level: even, sstp; odd, ppp. However its bytes are cut, the call
 * goes the same way; what we send is whole SSTP packets that hold LCP and nothing else, and not
 * much more than we were sent; and it comes to an end.
 */
#include "probe/session.h"
#include "base/deadline.h"
#include "fuzz/fuzz.h"

static const struct session_random chosen = {.magic = 0x01020304};

#define TENTH (DEADLINE_SECOND / 10)

/* What we may send: to a packet of few bytes one of some more. */
#define OUT_FIXED    512
#define OUT_PER_BYTE 4
#define OUT_PER_TICK 32

struct call {
	struct session session;
	struct facts facts;
	size_t received, ticks;
	int64_t now;
	bool in_bytes; /* what arrives is handed over byte by byte */
};

static void
claim_printable(const char *chars)
{
	for (; *chars != '\0'; chars++)
		FUZZ_CLAIM((unsigned char)*chars >= ' ' && *chars != 0x7f);
}

static void
claim_offers(const struct facts_ppp *ppp)
{
	FUZZ_CLAIM(ppp->offered_count <= FACTS_METHODS);
	for (size_t i = 0; i < ppp->offered_count; i++)
		for (size_t j = 0; j < i; j++)
			FUZZ_CLAIM(ppp->offered[i] != ppp->offered[j]);
}

/* What must hold after every step; BEFORE is the state before it. */
static void
claim_sound(const struct call *call, enum session_state before)
{
	const struct session *session = &call->session;
	const struct facts *facts = &call->facts;
	enum session_state state = session->state;

	FUZZ_CLAIM(state >= before);
	if (state == SESSION_LINKING || state == SESSION_REACHED)
		FUZZ_CLAIM(facts->sstp.acknowledged && facts->sstp.hash_bits != 0);
	if (state == SESSION_REACHED && facts->level == FACTS_PPP)
		FUZZ_CLAIM(facts->ppp.opened || facts->ppp.offered_count > 0);
	if (state == SESSION_REACHED && facts->level == FACTS_SSTP)
		FUZZ_CLAIM(session->stage == FACTS_SSTP);
	if (state == SESSION_FAILED)
		FUZZ_CLAIM(session->symptom != FACTS_WELL);
	if (state != SESSION_LINKING)
		FUZZ_CLAIM(session_timer(session) == DEADLINE_NEVER);
	claim_offers(&facts->ppp);
	claim_printable(facts->sstp.refusal);
	claim_printable(facts->ppp.words);
	FUZZ_CLAIM(session->out.length <=
	           OUT_FIXED + OUT_PER_BYTE * call->received + OUT_PER_TICK * call->ticks);
}

static void
receive(struct call *call, const uint8_t *bytes, size_t length)
{
	size_t step = call->in_bytes ? 1 : length;

	for (size_t at = 0; at < length; at += step) {
		enum session_state before = call->session.state;
		uint8_t *exact = malloc(step);

		FUZZ_CLAIM(exact != NULL);
		memcpy(exact, bytes + at, step);
		session_receive(&call->session, exact, step, call->now);
		free(exact);
		call->received += step;
		claim_sound(call, before);
	}
}

/* The packet that BYTES are the code, the identifier and the data of. */
static void
receive_lcp(struct call *call, const uint8_t *bytes, size_t length)
{
	uint8_t packet[128] = {0x10, 0x00, 0x00, 0x00, 0xFF, 0x03, 0xC0, 0x21};

	if (length < 2)
		return;
	packet[3] = (uint8_t)(length + 10);
	packet[8] = bytes[0];
	packet[9] = bytes[1];
	packet[11] = (uint8_t)(length + 2);
	memcpy(packet + 12, bytes + 2, length - 2);
	receive(call, packet, length + 10);
}

static void
pass_time(struct call *call, int64_t nanoseconds)
{
	enum session_state before = call->session.state;

	call->now += nanoseconds;
	call->ticks++;
	session_tick(&call->session, call->now);
	claim_sound(call, before);
}

static void
play(struct call *call, const uint8_t *bytes, size_t length)
{
	while (length > 0) {
		uint8_t what = *bytes++;
		size_t count = what < 0x80 ? what + 1U : what < 0xC0 ? what - 0x7FU : 0;

		length--;
		if (count > length)
			count = length;
		if (what < 0x80)
			receive(call, bytes, count);
		else if (what < 0xC0)
			receive_lcp(call, bytes, count);
		else
			pass_time(call, (what - 0xBF) * TENTH);
		bytes += count;
		length -= count;
	}
}

/* A server that falls silent: our requests come to an end by themselves. */
static void
fall_silent(struct call *call)
{
	int rounds = 0;

	while (session_timer(&call->session) != DEADLINE_NEVER) {
		int64_t due = session_timer(&call->session);

		FUZZ_CLAIM(++rounds < 100);
		pass_time(call, due > call->now ? due - call->now : 0);
	}
}

static void
leave(struct call *call)
{
	static const uint8_t good_bye[] = {0x10, 0x01, 0x00, 0x08, 0x00, 0x07, 0x00, 0x00};
	struct session *session = &call->session;
	bool gone = session->gone;
	size_t said;

	session_leave(session);
	FUZZ_CLAIM(session->state == (gone ? SESSION_OVER : SESSION_LEAVING));
	said = session->out.length;
	session_leave(session);
	FUZZ_CLAIM(session->out.length == said);
	/* Where the last packet was whole, its Ack is understood, and the last that is. */
	if (session->reader.length == 0 || session->reader.complete) {
		receive(call, good_bye, sizeof good_bye);
		FUZZ_CLAIM(session->state == SESSION_OVER);
	}
}

/* Everything that was said: SSTP packets, the first a Call Connect Request, data of LCP alone. */
static void
claim_said(const struct text *said)
{
	const uint8_t *at = (const uint8_t *)said->bytes;
	static struct sstp_reader reader;
	struct sstp_packet packet;
	size_t left = said->length, used, number = 0;

	memset(&reader, 0, sizeof reader);
	while (left > 0) {
		struct ppp_frame frame;
		struct ppp_packet lcp;

		FUZZ_CLAIM(sstp_feed(&reader, at, left, &used, &packet) == SSTP_PACKET);
		at += used;
		left -= used;
		if (packet.control) {
			FUZZ_CLAIM(!packet.malformed);
			FUZZ_CLAIM((packet.type == SSTP_CALL_CONNECT_REQUEST) == (number == 0));
			FUZZ_CLAIM(packet.type != SSTP_CALL_CONNECTED);
		} else {
			FUZZ_CLAIM(ppp_read_frame(packet.payload, packet.payload_length, &frame));
			FUZZ_CLAIM(frame.protocol == PPP_LCP);
			FUZZ_CLAIM(ppp_read_packet(&frame, &lcp) && lcp.padding_length == 0);
		}
		number++;
	}
}

static void
run(struct call *call, bool in_bytes, const uint8_t *bytes, size_t length)
{
	memset(call, 0, sizeof *call);
	facts_begin(&call->facts);
	call->facts.level = bytes[0] % 2 == 0 ? FACTS_SSTP : FACTS_PPP;
	call->in_bytes = in_bytes;
	session_begin(&call->session, &call->facts, NULL, &chosen);
	play(call, bytes + 1, length - 1);
	fall_silent(call);
	leave(call);
	FUZZ_CLAIM(!text_failed(&call->session.out));
	claim_said(&call->session.out);
}

static void
end(struct call *call)
{
	session_end(&call->session);
	facts_free(&call->facts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct call whole, parts;

	if (length == 0)
		return 0;
	run(&whole, false, bytes, length);
	run(&parts, true, bytes, length);
	FUZZ_CLAIM(whole.session.state == parts.session.state);
	FUZZ_CLAIM(whole.session.symptom == parts.session.symptom);
	FUZZ_CLAIM(whole.session.out.length == parts.session.out.length);
	FUZZ_CLAIM(memcmp(whole.session.out.bytes, parts.session.out.bytes,
	               whole.session.out.length) == 0);
	FUZZ_CLAIM(memcmp(&whole.facts.sstp, &parts.facts.sstp, sizeof whole.facts.sstp) == 0);
	FUZZ_CLAIM(whole.facts.ppp.heard == parts.facts.ppp.heard);
	FUZZ_CLAIM(whole.facts.ppp.opened == parts.facts.ppp.opened);
	FUZZ_CLAIM(whole.facts.ppp.offered_count == parts.facts.ppp.offered_count);
	for (size_t i = 0; i < whole.facts.ppp.offered_count; i++)
		FUZZ_CLAIM(whole.facts.ppp.offered[i] == parts.facts.ppp.offered[i]);
	end(&whole);
	end(&parts);
	return 0;
}
