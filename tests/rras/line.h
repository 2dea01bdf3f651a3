/*
 * line - the connection to one client, and how it ends.
 *
 * Everything blocks: a line belongs to one thread. The raw calls go to the socket; line_read() and
 * line_write() go through TLS once there is TLS. All of them return false when nothing more can
 * come of this line: the client has left, or a knob has said that this is the end. Only reads may
 * also fail because PATIENCE has run out, and then be tried again.
 */
#ifndef RRAS_LINE_H
#define RRAS_LINE_H

#include <openssl/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "member.h"

enum line_end {
	LINE_FIN,     /* say goodbye, send FIN, wait for the client's */
	LINE_RST,     /* reset the connection */
	LINE_SILENCE, /* say nothing more until the client leaves */
};

struct line {
	int descriptor;
	unsigned number;              /* of this connection since the start */
	char local[INET6_ADDRSTRLEN]; /* the address the client came to */
	const struct member *member;
	SSL *ssl;         /* NULL before TLS and without it */
	bool shaking;     /* the TLS handshake is on; see tls.c */
	char sni[256];    /* the name the client asked for, or "" */
	bool alpn;        /* it offered ALPN */
	bool our_turn;    /* the client has spoken last: delay= is due before we answer */
	size_t sent;      /* raw bytes */
	int64_t patience; /* reads give up then (base/deadline.h); at first they never do */
	bool late;        /* that is why the last read has failed */
	bool finished;    /* line_finish() was called */
	bool breached;    /* see breach.h */
	enum line_end end;
};

/* The line on an accepted DESCRIPTOR, for free(). NULL when that cannot be, or the client has left
 * already. */
struct line *line_open(int descriptor, const struct members *members, unsigned number);

/* Decide how the line ends; returns false, for return line_over(..). */
bool line_over(struct line *line, enum line_end end);

/* Say goodbye and send FIN; the client may go on. Once only, whoever calls it again. */
void line_finish(struct line *line);

/* A round trip is over when we answer, not before: wait for delay= if the client has spoken last.
 * All that is written waits so. */
void line_take_turn(struct line *line);

/* End it in the way decided, LINE_FIN if nothing was, and close the socket. */
void line_close(struct line *line);

/* At least one byte, at most ROOM. */
bool line_raw_read(struct line *line, void *bytes, size_t room, size_t *taken);
bool line_raw_write(struct line *line, const void *bytes, size_t length);

/* Exactly one byte. */
bool line_read(struct line *line, char *byte);
bool line_write(struct line *line, const void *bytes, size_t length);

/* Each byte in a write of its own, SECONDS apart. WRITE is one of the two above. */
typedef bool line_writer(struct line *line, const void *bytes, size_t length);
bool line_drip(
    struct line *line, const void *bytes, size_t length, double seconds, line_writer *write);

/* Random bytes, the same for the same seed=. */
bool line_write_garbage(struct line *line);

void line_sleep(double seconds);

/* The point SECONDS from now, as line->patience has it. */
int64_t line_deadline(double seconds);

#endif
