/*
 * session - the client's side of an SSTP call (MS-SSTP 3.2), from the bytes behind the 200 on.
 *
 * A state machine without sockets, clock or randomness: bytes and points in time go in, bytes to be
 * sent come out in OUT. It asks for the call, lets the machines of PPP have their turns (link.h,
 * logon.h, ipcp.h, ping.h), binds the call to the certificate as soon as the logon is accepted,
 * answers echoes, and leaves politely whatever happened: PPP's Terminate-Request and Call
 * Disconnect go out together, then the server's Ack is awaited for a while.
 *
 * Nothing answers a Call Connected. The crypto binding counts as accepted once an LCP echo that was
 * sent behind it has come back, or anything else sent behind it was answered and a second has
 * passed; in either case without a Call Abort. One that refuses the binding counts even while we
 * leave after level tunnel, or wait for the first answer to a ping: then RECANTED says that stage
 * tunnel has failed after all.
 *
 * A server that ends PPP or the call within three seconds of the credential, without an answer to
 * it, has refused the logon: FACTS->auth says so beside the symptom of that end.
 */
#ifndef PROBE_SESSION_H
#define PROBE_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "facts/facts.h"
#include "probe/ipcp.h"
#include "probe/link.h"
#include "probe/logon.h"
#include "probe/pcap.h"
#include "probe/ping.h"
#include "wire/sstp.h"

enum session_state {
	SESSION_CALLING,    /* Call Connect Request is sent */
	SESSION_LINKING,    /* acknowledged; LCP is under way */
	SESSION_LOGGING_ON, /* LCP is open */
	SESSION_BINDING,    /* the logon is accepted, Call Connected is sent; IPCP is under way */
	SESSION_PINGING,    /* the binding is accepted, and there is an address */
	SESSION_REACHED,    /* the level that was wanted */
	SESSION_FAILED,     /* SYMPTOM says why */
	SESSION_LEAVING,    /* Call Disconnect is sent */
	SESSION_OVER,       /* nothing more to send or to wait for */
};

/* What only the caller can make: it must be unpredictable. */
struct session_random {
	uint32_t magic; /* LCP's; not 0 */
	uint16_t ping;  /* identifier of the echoes */
	uint8_t peer[MSCHAP_CHALLENGE];
};

struct session {
	struct facts *facts;
	const struct plan_logon *plan; /* NULL below level auth */
	enum facts_stage level;
	enum facts_stage stage; /* under way, or the last */
	enum session_state state;
	enum facts_symptom symptom;
	struct text out;
	struct text frames; /* of PPP, not in OUT yet */
	struct sstp_reader reader;
	uint8_t nonce[SSTP_NONCE]; /* of the Call Connect Ack */
	struct link link;
	struct logon logon;
	struct ipcp ipcp;
	struct ping ping;
	int64_t shown_until; /* an end before then answers the credential; 0: none was sent */
	int64_t bound_at;    /* when a second without a Call Abort has passed */
	bool recanted;       /* the crypto binding was refused when the tunnel had been told of, or
	                        the logon when we had given it up */
	bool gone;           /* the server ended the call: nobody to say good-bye to */
	struct session_random random;
	struct tlspeer_context *eap; /* for a logon by EAP, or NULL; set after session_begin() */
	struct pcap *pcap; /* where PPP frames are put down, or NULL; set after session_begin() */
};

/* Begin, up to FACTS->level. From level auth on FACTS->auth says which methods are wanted, LOGON
 * with which credentials; it is borrowed. At level ping FACTS->ping says which address. */
void session_begin(struct session *session, struct facts *facts, const struct plan_logon *logon,
    const struct session_random *random);

/* Take LENGTH bytes from the server. */
void session_receive(struct session *session, const void *bytes, size_t length, int64_t now);

/* When session_tick() is due; DEADLINE_NEVER: not at all. */
int64_t session_timer(const struct session *session);
void session_tick(struct session *session, int64_t now);

/* Fail with SYMPTOM, unless the session has come to its end by itself. */
void session_fail(struct session *session, enum facts_symptom symptom);

/* Say good-bye, unless the server has ended the call; SESSION_LEAVING or SESSION_OVER. */
void session_leave(struct session *session);

/* Wipe the secrets, free the rest. */
void session_end(struct session *session);

#endif
