/*
 * A whole call, from the bytes behind the 200 to the good-bye, with a server that the input plays:
 *
 *   00..7F N    the next N + 1 bytes arrive
 *   80..BF N    an LCP packet arrives, whose code, identifier and data are the next N - 7F bytes;
 *               its lengths are made to fit
 *   C0..DF N    time passes, N - BF tenths of a second
 *   E0..E7 N M  the same as with LCP for another protocol, with M bytes
 *   E8          the server proves that it knows the password
 *   E9          our last LCP echo comes back
 *   EA          the answer to our last ping arrives
 *
 * The first byte says to which level. However its bytes are cut, the call goes the same way; what
 * we send is whole SSTP packets, those of a level alone, one credential at the most, Call Connected
 * behind an accepted logon alone, and not much more than we were sent; and it comes to an end.
 */
#include "probe/session.h"
#include "base/deadline.h"
#include "base/hex.h"
#include "facts/trace.h"
#include "fuzz/fuzz.h"
#include "wire/ip.h"

static const struct session_random chosen = {.magic = 0x01020304, .ping = 0x0506};
static const struct plan_logon logon = {
    .user = "User",
    .password = "clientPass",
    .methods = {FACTS_MSCHAP_V2, FACTS_CHAP_MD5, FACTS_PAP},
    .methods_count = 3,
};
static const enum facts_stage levels[] = {
    FACTS_SSTP, FACTS_PPP, FACTS_AUTH, FACTS_TUNNEL, FACTS_PING};
#define LEVELS (sizeof levels / sizeof levels[0])

#define TENTH (DEADLINE_SECOND / 10)

/* What we may send: to a packet of few bytes one of some more. */
#define OUT_FIXED    2048
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
	if (state == SESSION_REACHED && facts->level >= FACTS_AUTH)
		FUZZ_CLAIM(facts->auth.accepted);
	if (state == SESSION_REACHED && facts->level >= FACTS_TUNNEL)
		FUZZ_CLAIM(
		    facts->tunnel.acceptance != FACTS_NOT_ACCEPTED && facts->tunnel.address != 0);
	if (state == SESSION_REACHED && facts->level == FACTS_PING)
		FUZZ_CLAIM(facts->ping.received > 0 && facts->ping.sent >= facts->ping.received);
	if (facts->auth.accepted && facts->auth.method == FACTS_MSCHAP_V2)
		FUZZ_CLAIM(facts->auth.proof == FACTS_PROOF_VERIFIED);
	if (facts->tunnel.connected)
		FUZZ_CLAIM(facts->auth.accepted && facts->level >= FACTS_TUNNEL);
	if (state == SESSION_REACHED && facts->level == FACTS_SSTP)
		FUZZ_CLAIM(session->stage == FACTS_SSTP);
	if (state == SESSION_FAILED)
		FUZZ_CLAIM(session->symptom != FACTS_WELL);
	if (state != SESSION_LINKING && state != SESSION_BINDING && state != SESSION_PINGING)
		FUZZ_CLAIM(session_timer(session) == DEADLINE_NEVER);
	claim_offers(&facts->ppp);
	claim_printable(facts->sstp.refusal);
	claim_printable(facts->ppp.words);
	claim_printable(facts->auth.words);
	claim_printable(facts->tunnel.words);
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

/* The packet of PROTOCOL that BYTES are the code, the identifier and the data of. */
static void
receive_packet(struct call *call, uint16_t protocol, const uint8_t *bytes, size_t length)
{
	uint8_t packet[300] = {0x10, 0x00, 0x00, 0x00, 0xFF, 0x03};
	size_t size = length + 10;

	if (length < 2)
		return;
	packet[2] = (uint8_t)(size >> 8);
	packet[3] = (uint8_t)size;
	packet[6] = (uint8_t)(protocol >> 8);
	packet[7] = (uint8_t)protocol;
	packet[8] = bytes[0];
	packet[9] = bytes[1];
	packet[10] = (uint8_t)((length + 2) >> 8);
	packet[11] = (uint8_t)(length + 2);
	memcpy(packet + 12, bytes + 2, length - 2);
	receive(call, packet, size);
}

/* Success, with the proof that a server could give which knows the password. */
static void
receive_proof(struct call *call)
{
	const struct logon *machine = &call->session.logon;
	uint8_t success[44] = {3, machine->identifier, 'S', '='};
	struct text digits = TEXT_EMPTY;

	hex_add(&digits, machine->answer.proof, sizeof machine->answer.proof);
	memcpy(success + 4, digits.bytes, 40);
	text_free(&digits);
	receive_packet(call, PPP_CHAP, success, sizeof success);
}

static void
receive_echo(struct call *call)
{
	const uint8_t echo[6] = {PPP_ECHO_REPLY, call->session.link.echo};

	receive_packet(call, PPP_LCP, echo, sizeof echo);
}

static void
receive_ping(struct call *call)
{
	static const uint8_t data[32] = "check_sstp looks for this echo.";
	const struct facts *facts = &call->facts;
	const struct ip_echo echo = {
	    .reply = true,
	    .identifier = chosen.ping,
	    .sequence = (uint16_t)facts->ping.sent,
	    .data = data,
	    .length = sizeof data,
	};
	struct text frame = TEXT_EMPTY, packet = TEXT_EMPTY;

	ppp_add_head(&frame, PPP_IPV4);
	ip_add_echo(&frame, facts->ping.address, facts->tunnel.address, &echo);
	sstp_add_data(&packet, frame.bytes, frame.length);
	receive(call, (const uint8_t *)packet.bytes, packet.length);
	text_free(&frame);
	text_free(&packet);
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
play_event(struct call *call, uint8_t what)
{
	switch (what) {
	case 0xE8:
		receive_proof(call);
		break;
	case 0xE9:
		receive_echo(call);
		break;
	case 0xEA:
		receive_ping(call);
		break;
	default:
		break;
	}
}

static void
play(struct call *call, const uint8_t *bytes, size_t length)
{
	static const uint16_t protocols[] = {
	    PPP_PAP, PPP_CHAP, PPP_IPCP, PPP_CCP, PPP_IPV6CP, PPP_EAP, PPP_IPV4, PPP_LCP};

	while (length > 0) {
		uint8_t what = *bytes++;
		size_t count = what < 0x80 ? what + 1U : what < 0xC0 ? what - 0x7FU : 0;

		length--;
		if (what >= 0xE0 && what < 0xE8 && length > 0) {
			count = *bytes++;
			length--;
		}
		if (count > length)
			count = length;
		if (what < 0x80)
			receive(call, bytes, count);
		else if (what < 0xC0)
			receive_packet(call, PPP_LCP, bytes, count);
		else if (what < 0xE0)
			pass_time(call, (what - 0xBF) * TENTH);
		else if (what < 0xE8)
			receive_packet(call, protocols[what - 0xE0], bytes, count);
		else
			play_event(call, what);
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

/* What was said so far. */
struct said {
	size_t packets;
	size_t connected; /* Call Connected */
	size_t requests;  /* of PAP */
	struct text response;
};

static void
claim_control(const struct sstp_packet *packet, struct said *said)
{
	FUZZ_CLAIM(!packet->malformed || packet->type == SSTP_CALL_CONNECTED);
	FUZZ_CLAIM((packet->type == SSTP_CALL_CONNECT_REQUEST) == (said->packets == 0));
	said->connected += packet->type == SSTP_CALL_CONNECTED;
	FUZZ_CLAIM(said->connected <= 1);
}

/* One credential: a Response that is said again is the same. */
static void
claim_one_response(const struct ppp_frame *frame, struct said *said)
{
	if (said->response.length == 0)
		text_add_bytes(&said->response, frame->body, frame->length);
	FUZZ_CLAIM(said->response.length == frame->length &&
	           memcmp(said->response.bytes, frame->body, frame->length) == 0);
}

static void
claim_frame(const struct sstp_packet *packet, enum facts_stage level, struct said *said)
{
	struct ppp_frame frame;
	struct ppp_packet inner;

	FUZZ_CLAIM(ppp_read_frame(packet->payload, packet->payload_length, &frame));
	if (frame.protocol == PPP_IPV4) {
		FUZZ_CLAIM(level == FACTS_PING && said->connected == 1);
		return;
	}
	FUZZ_CLAIM(ppp_read_packet(&frame, &inner) && inner.padding_length == 0);
	switch (frame.protocol) {
	case PPP_LCP:
		break;
	case PPP_PAP:
		FUZZ_CLAIM(level >= FACTS_AUTH && ++said->requests == 1);
		break;
	case PPP_CHAP:
		FUZZ_CLAIM(level >= FACTS_AUTH);
		claim_one_response(&frame, said);
		break;
	default:
		FUZZ_CLAIM(frame.protocol == PPP_IPCP && said->connected == 1);
	}
	FUZZ_CLAIM(said->requests == 0 || said->response.length == 0);
}

/* Everything that was said: SSTP packets, the first a Call Connect Request. */
static void
claim_said(const struct text *out, enum facts_stage level)
{
	const uint8_t *at = (const uint8_t *)out->bytes;
	static struct sstp_reader reader;
	struct said said = {0};
	struct sstp_packet packet;
	size_t left = out->length, used;

	memset(&reader, 0, sizeof reader);
	for (; left > 0; said.packets++) {
		FUZZ_CLAIM(sstp_feed(&reader, at, left, &used, &packet) == SSTP_PACKET);
		at += used;
		left -= used;
		if (packet.control)
			claim_control(&packet, &said);
		else
			claim_frame(&packet, level, &said);
	}
	text_free(&said.response);
}

static void
run(struct call *call, bool in_bytes, const uint8_t *bytes, size_t length)
{
	static struct facts_certificate certificate;

	memset(call, 0, sizeof *call);
	facts_begin(&call->facts);
	call->facts.trace = trace_create(0);
	FUZZ_CLAIM(call->facts.trace != NULL);
	call->facts.level = levels[bytes[0] % LEVELS];
	call->facts.ping.address = 0x0A01000A;
	call->facts.tls.chain = &certificate;
	call->facts.tls.chain_count = 1;
	for (size_t i = 0; i < logon.methods_count && call->facts.level >= FACTS_AUTH; i++)
		call->facts.auth.wanted[call->facts.auth.wanted_count++] = logon.methods[i];
	call->in_bytes = in_bytes;
	session_begin(&call->session, &call->facts, &logon, &chosen);
	play(call, bytes + 1, length - 1);
	fall_silent(call);
	leave(call);
	FUZZ_CLAIM(!text_failed(&call->session.out));
	claim_said(&call->session.out, call->facts.level);
}

static void
end(struct call *call)
{
	session_end(&call->session);
	call->facts.tls.chain = NULL;
	call->facts.tls.chain_count = 0;
	facts_free(&call->facts);
}

/* What -vvv tells of the call: the same lines however it came, and never the password. */
static void
claim_told(const struct trace *one, const struct trace *other)
{
	FUZZ_CLAIM(one->count == other->count && one->left_out == other->left_out);
	for (size_t i = 0; i < one->count; i++) {
		const char *words = one->lines[i].words;

		claim_printable(words);
		FUZZ_CLAIM(strstr(words, logon.password) == NULL);
		FUZZ_CLAIM(one->lines[i].way == other->lines[i].way);
		FUZZ_CLAIM(strcmp(words, other->lines[i].words) == 0);
	}
}

/* Facts are all zero at first, so that what lies between their members is the same too. */
static void
claim_same(const void *one, const void *other, size_t size)
{
	FUZZ_CLAIM(memcmp(one, other, size) == 0);
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
	claim_same(&whole.facts.sstp, &parts.facts.sstp, sizeof whole.facts.sstp);
	FUZZ_CLAIM(whole.facts.ppp.heard == parts.facts.ppp.heard);
	FUZZ_CLAIM(whole.facts.ppp.opened == parts.facts.ppp.opened);
	FUZZ_CLAIM(whole.facts.ppp.offered_count == parts.facts.ppp.offered_count);
	for (size_t i = 0; i < whole.facts.ppp.offered_count; i++)
		FUZZ_CLAIM(whole.facts.ppp.offered[i] == parts.facts.ppp.offered[i]);
	claim_same(&whole.facts.auth, &parts.facts.auth, sizeof whole.facts.auth);
	claim_same(&whole.facts.tunnel, &parts.facts.tunnel, sizeof whole.facts.tunnel);
	claim_told(whole.facts.trace, parts.facts.trace);
	end(&whole);
	end(&parts);
	return 0;
}
