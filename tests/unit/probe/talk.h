/*
 * talk - what a client and a server say to each other in a logon and in a tunnel, in the language
 * of peer.h, and sessions that have come so far.
 *
 * The logon is that of RFC 2759 section 9.2, the server certificate that of MS-SSTP 4.7: with its
 * nonce the compound MACs are known.
 */
#ifndef UNIT_PROBE_TALK_H
#define UNIT_PROBE_TALK_H

#include "unit/probe/peer.h"

/* Authentication, as an option of LCP: the server asks for it, and is answered. */
#define TALK_MSCHAPV2       "0305C22381"
#define TALK_CHAP_MD5       "0305C22305"
#define TALK_PAP            "0304C023"
#define TALK_EAP            "0304C227"
#define TALK_DEMANDS(value) "[C021 0111#" value "]"
#define TALK_AGREED(value)  "[C021 0211#" value "]"

/* MS-CHAPv2 */
#define TALK_PASSWORD  "clientPass"
#define TALK_CHALLENGE "[C223 0107# 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']"
#define TALK_RESPONSE                                                      \
	"[C223 0207# 31 21402324255E262A28295F2B3A337C7E 0000000000000000" \
	"82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']"
#define TALK_PROOF   "'S=407A5589115FD0D6209F510FE9C04566932CDA56'"
#define TALK_SUCCESS "[C223 0307#" TALK_PROOF "]"

/* Call Connected, an echo of LCP and the request of IPCP, which we say in one. */
#define TALK_CERTIFICATE    "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"
#define TALK_CONNECTED(mac) "10010070 00040001 00030068 000000 02" PEER_NONCE TALK_CERTIFICATE mac
#define TALK_ECHO           "[C021 0901# 01020304]"
#define TALK_ASKS           "[8021 0101# 030600000000 810600000000 830600000000]"
#define TALK_BOUND                                                                         \
	TALK_CONNECTED("FC0F8E272DD23C80526C2A271158A12195EB2DF59780B17E6EF641BA0FE699D0") \
	TALK_ECHO TALK_ASKS
#define TALK_BOUND_WITHOUT_KEYS                                                            \
	TALK_CONNECTED("37350A9168E4697495F2F535721AF42BE80A185D6DC4C4DC929F8F87E304A616") \
	TALK_ECHO TALK_ASKS

/* What becomes of both. */
#define TALK_ECHO_BACK  "[C021 0A01# 0A0B0C0D]"
#define TALK_NAKS       "[8021 0301# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"
#define TALK_ASKS_AGAIN "[8021 0102# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"
#define TALK_AGREES     "[8021 0202# 0306C0A84D02 8106C0A84D35 8306C0A84D36]"

/* The server's own request of IPCP, and our answer. */
#define TALK_ITS_OWN    "[8021 0109# 0306C0A84D01]"
#define TALK_TO_ITS_OWN "[8021 0209# 0306C0A84D01]"

/* The reason of Windows for ending PPP, behind magic number and signature. */
#define TALK_ENDS_WITH(error) "[C021 0509# AABBCCDD 003CCD74 0000" error "]"

/* Whose logon it is; by MS-CHAPv2, CHAP-MD5 and PAP, in that order. */
extern struct plan_logon talk_logon;

/* What each test begins with: a logon that none before it has changed. */
void talk_set_up(void);

/* The server is seen to show the certificate. */
void talk_show_certificate(void);

/* Begin a session that has answered the challenge of MS-CHAPv2. */
void talk_log_on(enum facts_stage level);

/* The same, whose crypto binding has been sent. */
void talk_bind(enum facts_stage level);

/* The session must have failed with SYMPTOM; it is ended. */
void talk_expect_failure(enum facts_symptom symptom);

#endif
