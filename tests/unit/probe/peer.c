#include "unit/probe/peer.h"

#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"

#define NONE ((size_t)-1)

struct session peer_session;
struct facts peer_facts;

/* RFC 2759 section 9.2 */
static const struct session_random chosen = {
    .magic = 0x01020304,
    .ping = 0x0506,
    .peer = {0x21, 0x40, 0x23, 0x24, 0x25, 0x5E, 0x26, 0x2A, 0x28, 0x29, 0x5F, 0x2B, 0x3A, 0x33,
        0x7C, 0x7E},
};

struct bytes {
	uint8_t bytes[8192];
	bool any[8192]; /* whatever stands there */
	size_t length;
	size_t packet, counted; /* where the SSTP packet and its PPP length stand, or NONE */
};

static void
add(struct bytes *read, uint8_t byte)
{
	ck_assert_uint_lt(read->length, sizeof read->bytes);
	read->any[read->length] = false;
	read->bytes[read->length++] = byte;
}

static void
put_length(struct bytes *read, size_t at, size_t length)
{
	read->bytes[at] |= (uint8_t)(length >> 8);
	read->bytes[at + 1] = (uint8_t)length;
}

static void
open_packet(struct bytes *read)
{
	static const uint8_t head[] = {0x10, 0, 0, 0, 0xFF, 0x03};

	read->packet = read->length;
	read->counted = NONE;
	for (size_t i = 0; i < sizeof head; i++)
		add(read, head[i]);
}

static void
close_packet(struct bytes *read)
{
	put_length(read, read->packet + 2, read->length - read->packet);
	if (read->counted != NONE)
		put_length(read, read->counted, read->length - (read->counted - 2));
}

static const char *
read_text(struct bytes *read, const char *chars)
{
	for (chars++; *chars != '\''; chars++)
		add(read, (uint8_t)*chars);
	return chars + 1;
}

static const char *
read_byte(struct bytes *read, const char *digits)
{
	if (digits[0] == '.') {
		add(read, 0);
		read->any[read->length - 1] = true;
	} else
		add(read, (uint8_t)(hex_digit(digits[0]) << 4 | hex_digit(digits[1])));
	return digits + 2;
}

static void
read_digits(struct bytes *read, const char *digits)
{
	read->length = 0;
	read->packet = read->counted = NONE;
	while (*digits != '\0')
		switch (*digits) {
		case ' ':
			digits++;
			break;
		case '[':
			open_packet(read);
			digits++;
			break;
		case ']':
			close_packet(read);
			digits++;
			break;
		case '#':
			read->counted = read->length;
			add(read, 0);
			add(read, 0);
			digits++;
			break;
		case '\'':
			digits = read_text(read, digits);
			break;
		default:
			digits = read_byte(read, digits);
		}
}

void
peer_begin(enum facts_stage level, const struct plan_logon *logon)
{
	facts_begin(&peer_facts);
	peer_facts.level = level;
	for (size_t i = 0; logon != NULL && i < logon->methods_count; i++)
		peer_facts.auth.wanted[peer_facts.auth.wanted_count++] = logon->methods[i];
	session_begin(&peer_session, &peer_facts, logon, &chosen);
	peer_hear(PEER_REQUEST);
}

void
peer_end(void)
{
	session_end(&peer_session);
	facts_free(&peer_facts);
}

void
peer_say(const char *digits, int64_t now)
{
	static struct bytes said;

	read_digits(&said, digits);
	session_receive(&peer_session, said.bytes, said.length, now);
}

void
peer_drip(const char *digits, int64_t now)
{
	static struct bytes said;

	read_digits(&said, digits);
	for (size_t i = 0; i < said.length; i++)
		session_receive(&peer_session, &said.bytes[i], 1, now);
}

size_t
peer_length(const char *digits)
{
	static struct bytes read;

	read_digits(&read, digits);
	return read.length;
}

void
peer_say_first(const char *digits, size_t count, int64_t now)
{
	static struct bytes said;

	read_digits(&said, digits);
	session_receive(&peer_session, said.bytes, count, now);
}

void
peer_hear(const char *digits)
{
	static struct bytes wanted;
	struct text *out = &peer_session.out;
	struct text said = TEXT_EMPTY, due = TEXT_EMPTY;
	bool same;

	read_digits(&wanted, digits);
	same = out->length == wanted.length;
	for (size_t i = 0; i < wanted.length && same; i++)
		same = wanted.any[i] || (uint8_t)out->bytes[i] == wanted.bytes[i];
	if (!same) {
		hex_add(&said, (const uint8_t *)out->bytes, out->length);
		hex_add(&due, wanted.bytes, wanted.length);
		ck_abort_msg("said   %s\nwanted %s", text_chars(&said), text_chars(&due));
	}
	text_cut(out, 0);
}
