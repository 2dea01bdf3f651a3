/*
 * ipv4 - IPv4 packets inside the tunnel (RFC 791).
 */
#ifndef RRAS_IPV4_H
#define RRAS_IPV4_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "sstp.h"

enum ipv4_protocol { IPV4_ICMP = 1, IPV4_UDP = 17 };

struct ipv4 {
	uint8_t protocol;
	uint32_t source;
	uint32_t destination;
	struct cursor header;
	struct cursor payload;
};

/* RFC 1071. Over bytes that have a right checksum among them it is 0. */
uint16_t ipv4_checksum(struct cursor bytes);

/* Take a client's packet apart. False: a breach. */
bool ipv4_read(struct line *line, struct cursor bytes, struct ipv4 *packet);

void ipv4_send(struct sstp *sstp, enum ipv4_protocol protocol, uint32_t source,
    uint32_t destination, const struct text *payload);

#endif
