/*
 * sstp - packets of the Secure Socket Tunneling Protocol (MS-SSTP revision 21.0, section 2.2).
 *
 * Strict in what is written, lenient in what is read: servers send Abort and Disconnect without
 * Status Info, with one that is too short (a bare four-byte status), or with an attribute of
 * unknown kind; the message type is what counts. Reserved bits are ignored. Integers are
 * big-endian.
 */
#ifndef WIRE_SSTP_H
#define WIRE_SSTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define SSTP_HEADER     4    /* bytes before a data packet's payload */
#define SSTP_PACKET_MAX 4095 /* MS-SSTP 3.1.5.2 */
#define SSTP_NONCE      32
#define SSTP_HASH_MAX   32
#define SSTP_CONNECTED  112 /* bytes of Call Connected */
#define SSTP_MAC_AT     80  /* where its compound MAC stands, up to its end */

/* MS-SSTP 2.2.2 */
enum sstp_message {
	SSTP_CALL_CONNECT_REQUEST = 1,
	SSTP_CALL_CONNECT_ACK = 2,
	SSTP_CALL_CONNECT_NAK = 3,
	SSTP_CALL_CONNECTED = 4,
	SSTP_CALL_ABORT = 5,
	SSTP_CALL_DISCONNECT = 6,
	SSTP_CALL_DISCONNECT_ACK = 7,
	SSTP_ECHO_REQUEST = 8,
	SSTP_ECHO_RESPONSE = 9,
};

/* MS-SSTP 2.2.4 */
enum sstp_attribute {
	SSTP_NO_ATTRIBUTE = 0,
	SSTP_ENCAPSULATED_PROTOCOL = 1,
	SSTP_STATUS_INFO = 2,
	SSTP_CRYPTO_BINDING = 3,
	SSTP_CRYPTO_BINDING_REQUEST = 4,
};

/* Bits of the hash protocol bitmask (MS-SSTP 2.2.6), and the values of the hash protocol (2.2.7).
 */
enum sstp_hash {
	SSTP_SHA1 = 1,
	SSTP_SHA256 = 2,
};

/* One received packet. Pointers lead into the reader and hold until its next sstp_feed(). */
struct sstp_packet {
	bool control;
	/* data */
	const uint8_t *payload;
	size_t payload_length;
	/* control */
	uint16_t type;       /* enum sstp_message, or a number nobody knows */
	uint16_t attributes; /* as announced */
	/* An attribute is cut, too short for its kind, or missing; what fits counts. Bytes behind
	 * the last attribute do no harm. */
	bool malformed;
	bool has_status; /* a Status Info was there, well formed or not; the first counts */
	uint8_t status_attribute; /* the attribute it complains of */
	uint32_t status;          /* MS-SSTP 2.2.8; 0 when there was none to read */
	bool has_binding_request;
	uint8_t hash_bits; /* enum sstp_hash, or-ed, and no other bits */
	uint8_t nonce[SSTP_NONCE];
};

/* Cuts a stream into packets, however it arrives. Zero it to begin; nothing to free. It holds one
 * packet at most. */
struct sstp_reader {
	size_t length; /* of BYTES, what has arrived */
	bool complete; /* the packet was handed out and is to be dropped */
	uint8_t bytes[SSTP_PACKET_MAX];
};

enum sstp_progress {
	SSTP_MORE,   /* all bytes are taken, no packet is complete */
	SSTP_PACKET, /* *PACKET holds one; feed the rest of the bytes again */
	SSTP_BROKEN, /* this is not SSTP: wrong version, a length under 4, or under 8 for control;
	                final, all bytes are taken, the first few stay in the reader */
};

/* Take up to LENGTH bytes; *USED says how many. */
enum sstp_progress sstp_feed(struct sstp_reader *reader, const void *bytes, size_t length,
    size_t *used, struct sstp_packet *packet);

/* Append one packet. */
void sstp_add_connect_request(struct text *text);                 /* for PPP */
void sstp_add_message(struct text *text, enum sstp_message type); /* without attributes */
/* Call Abort or Call Disconnect with Status Info, as Windows always sends it. */
void sstp_add_status(
    struct text *text, enum sstp_message type, enum sstp_attribute attribute, uint32_t status);
/* Call Connected into PACKET (MS-SSTP 2.2.11), with a MAC of zeros at SSTP_MAC_AT; the caller puts
 * the MAC in and appends the packet. CERTIFICATE_HASH has zeros behind the 20 bytes of SHA-1. */
void sstp_write_connected(uint8_t packet[SSTP_CONNECTED], enum sstp_hash hash,
    const uint8_t nonce[SSTP_NONCE], const uint8_t certificate_hash[SSTP_HASH_MAX]);
/* FRAME is at most SSTP_PACKET_MAX - SSTP_HEADER bytes; a longer one is left out. */
void sstp_add_data(struct text *text, const void *frame, size_t length);

/* The hash a client must take of those in BITS: SHA-256 where it is among them (MS-SSTP 2.2.6); 0
 * for none. */
uint8_t sstp_choose_hash(uint8_t bits);

/* "Call Abort" and so on, "message 17" is not among them: NULL for a number nobody knows. */
const char *sstp_message_name(uint16_t type);

/* The words of MS-SSTP 2.2.8 for a status, such as "value not supported"; NULL for an unknown one.
 */
const char *sstp_status_name(uint32_t status);

#endif
