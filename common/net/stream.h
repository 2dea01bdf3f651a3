/*
 * stream - a connected socket, with TLS or without.
 *
 * What is above speaks to both in the same way; the results are those of tls.h.
 */
#ifndef NET_STREAM_H
#define NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "net/tls.h"

struct stream {
	int descriptor;  /* -1: none */
	struct tls *tls; /* NULL: plain */
};

#define STREAM_NONE              \
	{                        \
		.descriptor = -1 \
	}

/* TLS_DONE with *TAKEN bytes, at least one. */
enum tls_result stream_read(struct stream *stream, void *bytes, size_t room, size_t *taken);
enum tls_result stream_write(
    struct stream *stream, const void *bytes, size_t length, size_t *taken);

/* Whether there is more of a TLS record that was read in part: bytes that poll() does not see. */
bool stream_holds(const struct stream *stream);

/* Say good-bye as far as that needs no waiting, close the socket and free the TLS connection.
 * Harmless on STREAM_NONE, which it leaves behind. */
void stream_end(struct stream *stream);

#endif
