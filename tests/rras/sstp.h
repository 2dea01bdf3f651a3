/*
 * sstp - the server's side of an SSTP call, from the 200 to the last goodbye (MS-SSTP 3.3).
 *
 * A client leaves politely when its Call Disconnect comes before its FIN, or it answers our
 * goodbye.
 */
#ifndef RRAS_SSTP_H
#define RRAS_SSTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "message.h"
#include "packet.h"

enum { SSTP_NONCE = 32, SSTP_HLAK = 32 };

/* What is known of the keys that authentication leaves behind; until then a client may not be
 * connected. */
enum sstp_keys { SSTP_NO_KEYS, SSTP_KEYS, SSTP_KEYS_UNKNOWN };

/* How the client has taken its leave so far. */
enum sstp_farewell { SSTP_NO_FAREWELL, SSTP_POLITE, SSTP_BY_ABORT };

struct sstp {
	struct line *line;
	struct packets packets;
	uint8_t nonce[SSTP_NONCE]; /* of the Call Connect Ack */
	enum sstp_keys keys;
	uint8_t hlak[SSTP_HLAK];
	bool unproven;       /* a client has reason not to trust us */
	bool connected;      /* the Call Connected was accepted */
	unsigned echoes;     /* Echo Requests of ours that are not answered */
	bool short_protocol; /* what the client may do with its PPP frames, see frame.h */
	bool short_header;
	int64_t negotiation; /* when the negotiation timer runs out */
	int64_t hello;       /* and when the hello timer does */
	int64_t curfew;      /* when the call ends, see ending.h */
	bool ended;          /* it did */
	bool crossed;        /* a Call Disconnect came where only an Abort is heard */
	enum sstp_farewell farewell;
};

/* A call over a LINE on which the 200 has been sent. */
void sstp_begin(struct sstp *sstp, struct line *line);

/* Wait for the Call Connect Request and acknowledge it. False: it did not come to that. */
bool sstp_connect(struct sstp *sstp);

/* The client is who it says. HLAK is what its authentication has left for the crypto binding; NULL
 * when that is not known here. */
void sstp_authenticated(struct sstp *sstp, const uint8_t hlak[SSTP_HLAK]);

/* The next PPP frame, until DEADLINE (base/deadline.h). It is valid until the next call. */
enum arrival sstp_receive(struct sstp *sstp, int64_t deadline, struct cursor *frame);

void sstp_send(struct sstp *sstp, const struct text *frame);

/* Ask whether the client is still there. */
void sstp_echo(struct sstp *sstp);

/* When the next of the timers runs out: there is something to do then though nothing came. */
int64_t sstp_timer(const struct sstp *sstp);

/* Say goodbye, and wait for the client's; bare is without a Status Info. */
void sstp_disconnect(struct sstp *sstp);
void sstp_disconnect_bare(struct sstp *sstp);
void sstp_abort(struct sstp *sstp, enum message_attribute attribute, unsigned long status);
void sstp_abort_bare(struct sstp *sstp);

/* Our goodbye is out: wait for the ANSWER to it, or whatever else ends the call. Since the client
 * may not have heard it yet, anything may still come before that. */
void sstp_await_farewell(struct sstp *sstp, enum message answer);

/* Close our side, unless the line is to end otherwise, and see how the client leaves. */
void sstp_end(struct sstp *sstp);

#endif
