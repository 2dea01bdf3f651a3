#include <arpa/inet.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "knobs.h"
#include "member.h"

static const struct member healthy = {
    .name = "*",
    .tls_cut = MEMBER_NOT_GIVEN,
    .tls_min = 2,
    .tls_max = 3,
    .days_left = MEMBER_DAYS_AS_USUAL,
    .issuer_days = MEMBER_DAYS_AS_USUAL,
    .names = "vpn.example.com+127.0.0.1",
    .status = 401,
    .server = "httpapi",
    .body = MEMBER_NOT_GIVEN,
    .duplex_length = "18446744073709551615",
    .hash = 2,
    .negotiation = 60,
    .auth = {2, {METHOD_EAP, METHOD_MSCHAPV2}},
    .restart = 3,
    .user = "User",
    .password = "clientPass",
    .greeting = "Welcome",
    .challenge = "random",
    .nonce = "random",
    .stored = "own",
    .hello = 60,
    .drip = 1,
    .seed = 1,
};

void
member_decode(const char *value, struct text *text)
{
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '%') {
			text_add_char(text, (char)(hex_digit(c[1]) * 16 + hex_digit(c[2])));
			c += 2;
		} else
			text_add_char(text, *c);
	}
}

void
member_decode_hex(const char *value, size_t size, struct text *text)
{
	uint8_t bytes[UINT8_MAX];
	if (strcmp(value, "random") == 0)
		RAND_bytes(bytes, (int)size);
	else {
		size = strlen(value) / 2;
		hex_read(value, bytes, size);
	}
	text_add_bytes(text, bytes, size);
}

static bool
read_address(const char *chars, struct in6_addr *address)
{
	char mapped[sizeof "::ffff:" + INET_ADDRSTRLEN];
	if (inet_pton(AF_INET6, chars, address) == 1)
		return true;
	int length = snprintf(mapped, sizeof mapped, "::ffff:%s", chars);
	return (size_t)length < sizeof mapped && inet_pton(AF_INET6, mapped, address) == 1;
}

static struct member *
find(const struct members *members, const struct in6_addr *address)
{
	for (size_t i = 0; i < members->count; i++)
		if (IN6_ARE_ADDR_EQUAL(&members->named[i].address, address))
			return &members->named[i];
	return NULL;
}

static bool
read_named(struct members *members, char *argument)
{
	char *settings = argument + strcspn(argument, ",");
	if (*settings == ',')
		*settings++ = '\0';
	struct in6_addr address;
	if (!read_address(argument, &address)) {
		fprintf(stderr, "rras-sim: '%s' is neither an address nor knob=value\n", argument);
		return false;
	}
	struct member *member = find(members, &address);
	if (member == NULL) {
		member = &members->named[members->count++];
		*member = members->others;
		member->address = address;
		snprintf(member->name, sizeof member->name, "%s", argument);
	}
	return knobs_set(member, settings);
}

static bool
has_address(const char *argument)
{
	return argument[strcspn(argument, "=,")] != '=';
}

static void
set_addresses(struct member *member)
{
	inet_pton(AF_INET, "192.168.77.2", &member->pool);
	inet_pton(AF_INET, "192.168.77.1", &member->server_address);
	inet_pton(AF_INET, "192.168.77.53", &member->dns);
}

/* First what holds for all, so that the order of the arguments does not matter. */
bool
members_read(struct members *members, char **arguments, size_t count)
{
	members->others = healthy;
	set_addresses(&members->others);
	members->count = 0;
	members->named = calloc(count + 1, sizeof *members->named);
	if (members->named == NULL) {
		fprintf(stderr, "rras-sim: out of memory\n");
		return false;
	}
	size_t named = 0;
	for (size_t i = 0; i < count; i++) {
		if (has_address(arguments[i]))
			arguments[named++] = arguments[i];
		else if (!knobs_set(&members->others, arguments[i]))
			return false;
	}
	for (size_t i = 0; i < named; i++)
		if (!read_named(members, arguments[i]))
			return false;
	return true;
}

const struct member *
members_at(const struct members *members, const struct in6_addr *address)
{
	const struct member *member = find(members, address);
	return member != NULL ? member : &members->others;
}

struct in6_addr
member_address(const struct sockaddr_storage *address)
{
	if (address->ss_family == AF_INET6)
		return ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
	struct in6_addr mapped = {{{0}}};
	mapped.s6_addr[10] = mapped.s6_addr[11] = 0xff;
	memcpy(
	    &mapped.s6_addr[12], &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
	return mapped;
}
