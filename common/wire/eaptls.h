/*
 * eaptls - TLS messages in the fragments of EAP-TLS and PEAP (RFC 5216 3.1, MS-PEAP 2.2.2).
 *
 * The data of such a packet is a byte of flags, the length of the whole message where the flags say
 * so, and a fragment. Both sides wait for an empty packet before they send their next fragment.
 *
 *   server                        client
 *   start
 *                                 ClientHello, in fragments
 *   flight, in fragments          an empty packet for each but the last
 */
#ifndef WIRE_EAPTLS_H
#define WIRE_EAPTLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "wire/eap.h"

#define EAPTLS_MESSAGE_MAX  65536 /* a longer message is refused, whatever length it claims */
#define EAPTLS_FRAGMENT_MAX 1024  /* of ours; it fits a RADIUS packet and any PPP link */
#define EAPTLS_INNER_MAX    924   /* and inside PEAP: with a record around it, it fits the former */
#define EAPTLS_VERSION_MASK 0x07

struct eaptls {
	struct text in;  /* fragments so far; the caller cuts it once a message is whole */
	struct text out; /* the message that is being sent */
	size_t sent;     /* of OUT */
	size_t limit;    /* of a fragment of OUT; 0: EAPTLS_FRAGMENT_MAX */
	bool measured;   /* a message in one piece is sent with its length, too */
	unsigned empty;  /* fragments in a row that brought nothing */
	uint8_t version; /* of PEAP, 0; put in the flags of what is sent */
};

enum eaptls_event {
	EAPTLS_START,    /* the server wants the first message */
	EAPTLS_FRAGMENT, /* more is to come: answer with an empty packet */
	EAPTLS_WHOLE,    /* IN holds a message, perhaps an empty one */
	EAPTLS_GO_ON,    /* the server awaits our next fragment */
	EAPTLS_BROKEN,   /* flags or lengths contradict each other, or there is no end */
};

/* Take the data of a Request of type EAP_TLS or EAP_PEAP. */
enum eaptls_event eaptls_receive(struct eaptls *eaptls, const struct eap_packet *packet);

/* The version in the flags of a packet, 0 for EAP-TLS and PEAPv0. */
uint8_t eaptls_version(const struct eap_packet *packet);

/* Put MESSAGE in the place of what was sent. */
void eaptls_put(struct eaptls *eaptls, const void *message, size_t length);

/* Whether a fragment of OUT is still to be sent. */
bool eaptls_has_more(const struct eaptls *eaptls);

/* Append the data of a Response: the next fragment of OUT, or an empty packet when there is none.
 */
void eaptls_add(struct eaptls *eaptls, struct text *text);

void eaptls_free(struct eaptls *eaptls);

#endif
