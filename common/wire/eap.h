/*
 * eap - packets of EAP (RFC 3748), and what its methods put in them.
 *
 * EAP-MSCHAPv2 (MS-CHAP 2.2, draft-kamath-pppext-eap-mschapv2) packs MS-CHAPv2 behind an operation
 * code; PEAP ends with type-length-values (MS-PEAP 2.2.8). The fragments of EAP-TLS and PEAP are in
 * eaptls.h.
 */
#ifndef WIRE_EAP_H
#define WIRE_EAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum eap_code {
	EAP_REQUEST = 1,
	EAP_RESPONSE = 2,
	EAP_SUCCESS = 3,
	EAP_FAILURE = 4,
};

enum eap_type {
	EAP_NO_TYPE = 0, /* Success and Failure have none */
	EAP_IDENTITY = 1,
	EAP_NOTIFICATION = 2,
	EAP_NAK = 3,
	EAP_MD5_CHALLENGE = 4,
	EAP_TLS = 13,
	EAP_PEAP = 25,
	EAP_MSCHAPV2 = 26,
	EAP_EXTENSIONS = 33, /* PEAP's type-length-values */
	EAP_EXPANDED = 254,
};

struct eap_packet {
	uint8_t code;
	uint8_t identifier;
	uint8_t type;        /* EAP_NO_TYPE where the code has none */
	const uint8_t *data; /* behind the type; borrowed */
	size_t length;       /* of DATA: what goes beyond the packet's own length is left out */
};

#define EAP_HEAD 4 /* code, identifier, length */

/* False when it is cut, its length is wrong, or a Request or Response has no type. */
bool eap_read(const void *bytes, size_t length, struct eap_packet *packet);

/* Write a packet: eap_begin(), then its data, then eap_end() with what the first returned, which
 * puts the length in. What is longer than 65535 bytes is left out. */
size_t eap_begin(struct text *text, enum eap_code code, uint8_t identifier, enum eap_type type);
void eap_end(struct text *text, size_t begun);

/* "identity", "EAP-TLS", "PEAP" and so on; NULL for a type that has no name here. */
const char *eap_type_name(uint8_t type);

/* ---- EAP-MSCHAPv2 ---- */

enum eap_mschapv2_code {
	EAP_MSCHAPV2_CHALLENGE = 1,
	EAP_MSCHAPV2_RESPONSE = 2,
	EAP_MSCHAPV2_SUCCESS = 3,
	EAP_MSCHAPV2_FAILURE = 4,
	EAP_MSCHAPV2_CHANGE_PASSWORD = 7,
};

struct eap_mschapv2 {
	uint8_t code;
	uint8_t identifier;  /* of MS-CHAPv2, not of EAP */
	const uint8_t *body; /* as in a CHAP packet; borrowed */
	size_t length;
};

/* False when there is no operation code, or the length does not fit. */
bool eap_read_mschapv2(const struct eap_packet *packet, struct eap_mschapv2 *mschapv2);

/* The data of an EAP packet with a body: code, identifier, length, body. */
void eap_add_mschapv2(struct text *text, enum eap_mschapv2_code code, uint8_t identifier,
    const void *body, size_t length);

/* ---- type-length-values ---- */

enum eap_tlv_type {
	EAP_TLV_RESULT = 3,          /* two bytes: 1 success, 2 failure */
	EAP_TLV_NAK = 4,             /* vendor id and type of what was not understood */
	EAP_TLV_CRYPTO_BINDING = 12, /* EAP_CRYPTO_BINDING bytes */
};

#define EAP_CRYPTO_BINDING     56 /* reserved, version, received version, subtype, nonce 32, MAC 20 */
#define EAP_CRYPTO_BINDING_TLV 60 /* with type and length: what the MAC is made over */
#define EAP_CRYPTO_BINDING_MAC 40 /* where the MAC begins in those */
#define EAP_RESULT_SUCCESS     1
#define EAP_RESULT_FAILURE     2

struct eap_tlv {
	bool mandatory;
	uint16_t type;
	const uint8_t *value; /* borrowed */
	size_t length;
};

/* The next of the values in the data of an EAP_EXTENSIONS packet; false at the end, with
 * CURSOR->failed set when they do not fit their lengths. */
bool eap_next_tlv(struct cursor *cursor, struct eap_tlv *tlv);

/* Append one. */
void eap_add_tlv(
    struct text *text, bool mandatory, enum eap_tlv_type type, const void *value, size_t length);

#endif
