/*
 * ppp - frames and control packets of PPP as SSTP carries them (RFC 1661; MS-SSTP 2.2.3).
 *
 * No flags, no escapes, no checksum: a frame is FF 03, a protocol number and a body. Frames are
 * written with FF 03 and two bytes of protocol (SoftEther takes no others) and read with or without
 * either.
 */
#ifndef WIRE_PPP_H
#define WIRE_PPP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum ppp_protocol {
	PPP_IPV4 = 0x0021,
	PPP_IPV6 = 0x0057,
	PPP_IPCP = 0x8021,
	PPP_IPV6CP = 0x8057,
	PPP_CCP = 0x80FD,
	PPP_LCP = 0xC021,
	PPP_PAP = 0xC023,
	PPP_CBCP = 0xC029,
	PPP_CHAP = 0xC223,
	PPP_EAP = 0xC227,
};

/* Codes of LCP and, up to 7, of the network control protocols (RFC 1661 5, RFC 1570). */
enum ppp_code {
	PPP_CONFIGURE_REQUEST = 1,
	PPP_CONFIGURE_ACK = 2,
	PPP_CONFIGURE_NAK = 3,
	PPP_CONFIGURE_REJECT = 4,
	PPP_TERMINATE_REQUEST = 5,
	PPP_TERMINATE_ACK = 6,
	PPP_CODE_REJECT = 7,
	PPP_PROTOCOL_REJECT = 8,
	PPP_ECHO_REQUEST = 9,
	PPP_ECHO_REPLY = 10,
	PPP_DISCARD_REQUEST = 11,
	PPP_IDENTIFICATION = 12,
	PPP_TIME_REMAINING = 13,
};

/* Options of LCP. */
enum ppp_lcp_option {
	PPP_MRU = 1,
	PPP_ASYNC_MAP = 2,
	PPP_AUTHENTICATION = 3,
	PPP_MAGIC = 5,
	PPP_PROTOCOL_COMPRESSION = 7,
	PPP_ADDRESS_COMPRESSION = 8,
	PPP_CALLBACK = 13,
	PPP_MRRU = 17,
	PPP_SHORT_SEQUENCE = 18,
	PPP_ENDPOINT = 19,
};

/* Options of IPCP (RFC 1332, RFC 1877). */
enum ppp_ipcp_option {
	PPP_IP_COMPRESSION = 2,
	PPP_IP_ADDRESS = 3,
	PPP_DNS1 = 129,
	PPP_WINS1 = 130,
	PPP_DNS2 = 131,
	PPP_WINS2 = 132,
};

/* Ways to log on, as option 3 of LCP names them. */
enum ppp_method {
	PPP_METHOD_PAP,
	PPP_METHOD_CHAP_MD5,
	PPP_METHOD_MSCHAP_V1,
	PPP_METHOD_MSCHAP_V2,
	PPP_METHOD_EAP,
	PPP_METHODS,
	PPP_METHOD_OTHER = PPP_METHODS, /* one we do not know */
};

struct ppp_frame {
	uint16_t protocol;
	const uint8_t *body; /* borrowed */
	size_t length;
};

/* False when there is no protocol number. */
bool ppp_read_frame(const void *bytes, size_t length, struct ppp_frame *frame);

/* A packet of LCP, an NCP, PAP, CHAP or EAP: they share this head. */
struct ppp_packet {
	uint8_t code;
	uint8_t identifier;
	const uint8_t *data; /* behind the head, up to the packet's own length; borrowed */
	size_t length;
	const uint8_t *padding; /* what the frame holds beyond that length */
	size_t padding_length;
};

/* False when the head is cut or its length is under 4 or beyond the frame. */
bool ppp_read_packet(const struct ppp_frame *frame, struct ppp_packet *packet);

/* What Windows puts into its Terminate-Requests, of LCP as of the NCPs: a magic number, bytes that
 * are always the same, and an error of RAS (raserror.h), 0 where there is none to tell. False for
 * what others put there. */
bool ppp_read_ras_error(const struct ppp_packet *packet, uint32_t *error);

struct ppp_option {
	uint8_t type;
	const uint8_t *value; /* borrowed */
	size_t length;        /* of the value, without type and length */
};

/* The next of the options in a Configure packet's data; false at the end, with CURSOR->failed set
 * when they do not fit their lengths. */
bool ppp_next_option(struct cursor *cursor, struct ppp_option *option);

/* The method an authentication option (PPP_AUTHENTICATION) asks for. */
enum ppp_method ppp_option_method(const struct ppp_option *option);

/* The address in an option of IPCP, 192.0.2.1 being 0xC0000201; false when it is none. */
bool ppp_option_address(const struct ppp_option *option, uint32_t *address);

/* "PAP", "CHAP-MD5", "MS-CHAP v1", "MS-CHAPv2", "EAP", "unknown". */
const char *ppp_method_name(enum ppp_method method);

/* "LCP", "CHAP"; NULL for one that is not in the list above. */
const char *ppp_protocol_name(uint16_t protocol);

/* "Configure-Request", as the protocol calls its CODE: RFC 1661 5 and 1570 for those of control,
 * RFC 1334 2.2, RFC 1994 4, RFC 3748 4; NULL for another. */
const char *ppp_code_name(uint16_t protocol, uint8_t code);

/* The method called by the word of the command line: pap, chap-md5, mschap, mschapv2, eap; false
 * for another word. */
bool ppp_read_method(const char *chars, size_t length, enum ppp_method *method);

/* The head of a frame whose body the caller appends. */
void ppp_add_head(struct text *text, uint16_t protocol);

/*
 * Write a frame with one packet: ppp_begin_packet(), then options or data, then ppp_end_packet()
 * with what the first returned, which puts the length in. A packet of more than 65535 bytes and an
 * option whose value is longer than 253 are left out.
 */
size_t ppp_begin_packet(
    struct text *text, uint16_t protocol, enum ppp_code code, uint8_t identifier);
void ppp_end_packet(struct text *text, size_t begun);

void ppp_add_option(struct text *text, uint8_t type, const void *value, size_t length);

void ppp_add_address(struct text *text, uint8_t type, uint32_t address);

/* The authentication option that asks for METHOD; nothing for one we do not know. */
void ppp_add_method(struct text *text, enum ppp_method method);

#endif
