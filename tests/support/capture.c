#include "support/capture.h"

#include <stdbool.h>
#include <string.h>

#define HEAD        24
#define RECORD_HEAD 16
#define LONGEST     65535u

/* In this host's byte order, as the magic says. */
static uint32_t
word(const uint8_t *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof number);
	return number;
}

/* In that of the network. */
static unsigned
pair(const uint8_t *bytes)
{
	return (unsigned)bytes[0] << 8 | bytes[1];
}

static const char *
read_head(const uint8_t *bytes, size_t length)
{
	static const uint16_t version[2] = {2, 4};

	if (length < HEAD)
		return "the head is cut";
	if (word(bytes) != 0xa1b2c3d4u)
		return "another magic";
	if (memcmp(bytes + 4, version, sizeof version) != 0)
		return "another version than 2.4";
	if (word(bytes + 8) != 0 || word(bytes + 12) != 0)
		return "a time zone";
	if (word(bytes + 16) != LONGEST)
		return "another limit of a record";
	return word(bytes + 20) == 204 ? NULL : "another link type than 204";
}

static const char *
read_options(const uint8_t *bytes, size_t length)
{
	while (length > 0) {
		if (length < 2 || bytes[1] < 2 || bytes[1] > length)
			return "an option that does not fit";
		length -= bytes[1];
		bytes += bytes[1];
	}
	return NULL;
}

/* All protocols but IP's own have this head. Code 1 to 4 of LCP and the NCPs hold options. */
static const char *
read_packet(unsigned protocol, const uint8_t *bytes, size_t length, bool exact)
{
	bool has_options = protocol == 0xc021 || (protocol & 0xc000) == 0x8000;
	size_t own;

	if (length < 4)
		return "a packet without a head";
	own = pair(bytes + 2);
	if (own < 4 || own > length || (exact && own != length))
		return "a packet whose length is not its own";
	if (has_options && bytes[0] >= 1 && bytes[0] <= 4)
		return read_options(bytes + 4, own - 4);
	return NULL;
}

static const char *
read_ipv4(const uint8_t *bytes, size_t length, bool exact)
{
	size_t head, own;
	unsigned sum = 0;

	if (length < 20 || bytes[0] >> 4 != 4)
		return "no IPv4";
	head = (size_t)(bytes[0] & 15) * 4;
	own = pair(bytes + 2);
	if (head < 20 || head > own || own > length || (exact && own != length))
		return "an IPv4 packet whose length is not its own";
	for (size_t i = 0; i < head; i += 2)
		sum += pair(bytes + i);
	return (sum & 0xffff) + (sum >> 16) == 0xffff ? NULL : "an IPv4 packet whose sum is wrong";
}

/* Where its protocol stands; behind FF 03, which only a server may leave out. */
static const char *
read_frame(const uint8_t *bytes, size_t length, bool sent, struct capture *capture)
{
	bool framed = length >= 2 && bytes[0] == 0xff && bytes[1] == 0x03;
	size_t at = framed ? 2 : 0, wide;
	unsigned protocol;

	if (length <= at)
		return "a frame without a protocol";
	wide = (bytes[at] & 1) != 0 ? 1 : 2;
	if (sent && (!framed || wide == 1))
		return "a frame that is sent in short";
	if (length < at + wide)
		return "a protocol that is cut";
	protocol = wide == 1 ? bytes[at] : pair(bytes + at);
	if (protocol % 2 == 0)
		return "a protocol that is even";
	at += wide;
	capture->logon += protocol == 0xc023 || protocol == 0xc223 || protocol == 0xc227;
	capture->data += protocol == 0x0021;
	if (protocol == 0x0021)
		return read_ipv4(bytes + at, length - at, sent);
	return protocol < 0x8000 ? NULL : read_packet(protocol, bytes + at, length - at, sent);
}

const char *
capture_read(const uint8_t *bytes, size_t length, struct capture *capture)
{
	const char *problem = read_head(bytes, length);
	size_t at = HEAD;

	memset(capture, 0, sizeof *capture);
	while (problem == NULL && at < length) {
		const uint8_t *head = bytes + at;
		uint32_t kept;

		if (length - at < RECORD_HEAD)
			return "a record whose head is cut";
		kept = word(head + 8);
		at += RECORD_HEAD;
		if (word(head + 4) >= 1000000)
			return "a second of more than a million parts";
		if (kept != word(head + 12) || kept < 1 || kept > LONGEST || kept > length - at)
			return "a record that is not whole";
		if (bytes[at] > 1)
			return "a direction that is none";
		capture->sent += bytes[at] == 1;
		capture->received += bytes[at] == 0;
		problem = read_frame(bytes + at + 1, kept - 1, bytes[at] == 1, capture);
		at += kept;
	}
	return problem;
}
