/*
 * ip - IPv4 packets (RFC 791) with an ICMP echo in them (RFC 792): what a ping needs.
 *
 * Addresses are numbers, 192.0.2.1 being 0xC0000201.
 */
#ifndef WIRE_IP_H
#define WIRE_IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define IP_ADDRESS_MAX 16 /* "255.255.255.255" and its NUL */

enum ip_protocol {
	IP_ICMP = 1,
	IP_TCP = 6,
	IP_UDP = 17,
};

struct ip_packet {
	uint8_t protocol;
	uint32_t source;
	uint32_t destination;
	bool fragment;          /* not the whole: PAYLOAD is a part of something longer */
	const uint8_t *payload; /* up to the packet's own length; borrowed */
	size_t length;
};

/* False when it is not IPv4, is cut, or its header's checksum is wrong. Bytes behind the packet's
 * own length are padding. */
bool ip_read(const void *bytes, size_t length, struct ip_packet *packet);

struct ip_echo {
	bool reply; /* else a request */
	uint16_t identifier;
	uint16_t sequence;
	const uint8_t *data; /* borrowed */
	size_t length;
};

/* False when PACKET is a fragment, no echo, or its checksum is wrong. */
bool ip_read_echo(const struct ip_packet *packet, struct ip_echo *echo);

/* Append an IPv4 packet with an echo. One that would be longer than 65535 bytes is left out. */
void ip_add_echo(
    struct text *text, uint32_t source, uint32_t destination, const struct ip_echo *echo);

/* The internet checksum (RFC 1071): 0 over what holds a right one. */
uint16_t ip_checksum(const void *bytes, size_t length);

/* "192.0.2.1" */
const char *ip_address(uint32_t address, char chars[IP_ADDRESS_MAX]);

#endif
