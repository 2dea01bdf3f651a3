/*
 * frame - PPP frames inside SSTP, and the packets of PPP's protocols inside them.
 *
 *   0..1     2..3       4      5            6..7     8..
 *   FF 03    protocol   code   identifier   length   data
 *
 * The length counts from the code on; LCP, the NCPs, PAP, CHAP and EAP all share that form. FF 03
 * and both bytes of the protocol are sent in full, and are wanted so, until LCP has allowed the
 * client to leave out FF 03, or the first byte of a protocol when that is 00 (RFC 1661
 * sections 6.5, 6.6). In LCP neither may be left out.
 */
#ifndef RRAS_FRAME_H
#define RRAS_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "sstp.h"

enum {
	FRAME_IPV4 = 0x0021,
	FRAME_IPCP = 0x8021,
	FRAME_IPV6CP = 0x8057,
	FRAME_CCP = 0x80fd,
	FRAME_LCP = 0xc021,
	FRAME_PAP = 0xc023,
	FRAME_CHAP = 0xc223,
	FRAME_EAP = 0xc227,
};

struct frame {
	uint16_t protocol;
	struct cursor information;
};

struct frame_packet {
	uint8_t code;
	uint8_t identifier;
	const uint8_t *data;
	size_t length; /* of the data */
};

/* The next one, until DEADLINE. What SSTP->short_protocol and SSTP->short_header allow may be left
 * out. */
enum arrival frame_receive(struct sstp *sstp, int64_t deadline, struct frame *frame);

/* The packet in a FRAME, which must fill it. False: a breach. */
bool frame_open(struct sstp *sstp, const struct frame *frame, struct frame_packet *packet);

void frame_send(struct sstp *sstp, uint16_t protocol, const struct frame_packet *packet);

/* A frame whose information is not such a packet. */
void frame_send_bytes(struct sstp *sstp, uint16_t protocol, const struct text *information);

#endif
