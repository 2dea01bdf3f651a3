/*
 * peer - the far end of a session under test: it says what a table tells it, and hears what the
 * session says, without sockets.
 *
 * Bytes are written in hexadecimal and put together by hand, so that our codecs are not their own
 * witness. Blanks do not count; 'text' stands for its bytes; [..] is an SSTP data packet with a PPP
 * frame, FF03 and the packet's length being put in; # in it is the length of the packet of LCP and
 * its kind, which begins two bytes before; .. is any byte, in what is heard.
 */
#ifndef UNIT_PROBE_PEER_H
#define UNIT_PROBE_PEER_H

#include "probe/session.h"

#define PEER_REQUEST "1001000E000100010001000600 01"
#define PEER_NONCE   "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435"
#define PEER_ACK(bits)                 \
	"1001003000020001000400280000" \
	"00" bits PEER_NONCE
#define PEER_GOOD_BYE      "100100140006000100 02000C0000000000000000"
#define PEER_BYE_ACK       "1001000800070000"
#define PEER_TERMINATE(id) "[C021 05" id "#]"
#define PEER_OURS          "[C021 0101# 050601020304]" /* our Configure-Request of LCP */
#define PEER_OURS_AGREED   "[C021 0201# 050601020304]"

extern struct session peer_session;
extern struct facts peer_facts;

/* Begin a session; its Call Connect Request is heard. LOGON may be NULL. */
void peer_begin(enum facts_stage level, const struct plan_logon *logon);
void peer_end(void);

void peer_say(const char *digits, int64_t now);

/* The same byte by byte. */
void peer_drip(const char *digits, int64_t now);

/* How many bytes DIGITS are, and the first COUNT of them. */
size_t peer_length(const char *digits);
void peer_say_first(const char *digits, size_t count, int64_t now);

/* What the session has said since the last time must be DIGITS. */
void peer_hear(const char *digits);

#endif
