/*
 * pap - packets of the Password Authentication Protocol (RFC 1334 section 2).
 */
#ifndef WIRE_PAP_H
#define WIRE_PAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "wire/ppp.h"

#define PAP_MAX 255 /* bytes of a name, and of a password */

enum pap_code {
	PAP_REQUEST = 1,
	PAP_ACK = 2,
	PAP_NAK = 3,
};

/* A whole frame. False, and nothing written, when name or password is longer than PAP_MAX. The text
 * holds the password afterwards. */
bool pap_add_request(struct text *text, uint8_t identifier, const char *name, const char *password);

/* The message of an Ack or Nak, borrowed and foreign; what is there of it, where lengths lie.
 * MikroTik counts the head alone and lets the message stand behind the packet. */
const char *pap_message(const struct ppp_packet *packet, size_t *length);

#endif
