#include "net/stream.h"

#include <errno.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

static enum tls_result
result_of(ssize_t returned, enum tls_result again)
{
	if (returned == 0)
		return TLS_EOF;
	switch (errno) {
	case EAGAIN:
	case EINTR:
		return again;
	case ECONNRESET:
	case EPIPE:
		return TLS_RESET;
	default:
		return TLS_SYSTEM;
	}
}

enum tls_result
stream_read(struct stream *stream, void *bytes, size_t room, size_t *taken)
{
	ssize_t returned;

	if (stream->tls != NULL)
		return tls_read(stream->tls, bytes, room, taken);
	returned = recv(stream->descriptor, bytes, room, 0);
	if (returned <= 0)
		return result_of(returned, TLS_WANT_READ);
	*taken = (size_t)returned;
	return TLS_DONE;
}

enum tls_result
stream_write(struct stream *stream, const void *bytes, size_t length, size_t *taken)
{
	ssize_t returned;

	if (stream->tls != NULL)
		return tls_write(stream->tls, bytes, length, taken);
	returned = send(stream->descriptor, bytes, length, MSG_NOSIGNAL);
	if (returned < 0)
		return result_of(returned, TLS_WANT_WRITE);
	*taken = (size_t)returned;
	return TLS_DONE;
}

bool
stream_holds(const struct stream *stream)
{
	return stream->tls != NULL && SSL_pending(tls_ssl(stream->tls)) > 0;
}

void
stream_end(struct stream *stream)
{
	if (stream->tls != NULL) {
		tls_close(stream->tls);
		tls_destroy(stream->tls);
		stream->tls = NULL;
	}
	if (stream->descriptor >= 0)
		close(stream->descriptor);
	stream->descriptor = -1;
}
