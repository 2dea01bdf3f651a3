/*
 * session - the client's side of an SSTP call (MS-SSTP 3.2), from the bytes behind the 200 on.
 *
 * A state machine without sockets or clock: bytes and points in time go in, bytes to be sent come
 * out in OUT. It asks for the call, hands PPP frames to the link, answers echoes, and leaves
 * politely whatever happened: PPP's Terminate-Request and Call Disconnect go out together, then the
 * server's Ack is awaited for a while.
 */
#ifndef PROBE_SESSION_H
#define PROBE_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/link.h"
#include "probe/pcap.h"
#include "wire/sstp.h"

enum session_state {
	SESSION_CALLING, /* Call Connect Request is sent */
	SESSION_LINKING, /* acknowledged; LCP is under way */
	SESSION_REACHED, /* the level that was wanted */
	SESSION_FAILED,  /* SYMPTOM says why */
	SESSION_LEAVING, /* Call Disconnect is sent */
	SESSION_OVER,    /* nothing more to send or to wait for */
};

struct session {
	struct facts *facts;
	enum facts_stage level;
	enum session_state state;
	enum facts_symptom symptom;
	struct text out;
	struct sstp_reader reader;
	struct link link;
	bool linked; /* link_begin() was called */
	bool gone;   /* the server ended the call: nobody to say good-bye to */
	uint32_t magic;
	struct pcap *pcap; /* where PPP frames are put down, or NULL; set after session_begin() */
};

/* Begin at NOW. MAGIC is a random number for LCP. */
void session_begin(struct session *session, struct facts *facts, uint32_t magic);

/* Take LENGTH bytes from the server. */
void session_receive(struct session *session, const void *bytes, size_t length, int64_t now);

/* When session_tick() is due; DEADLINE_NEVER: not at all. */
int64_t session_timer(const struct session *session);
void session_tick(struct session *session, int64_t now);

/* Say good-bye, unless the server has ended the call; SESSION_LEAVING or SESSION_OVER. */
void session_leave(struct session *session);

void session_end(struct session *session);

#endif
