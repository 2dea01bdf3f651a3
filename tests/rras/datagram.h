/*
 * datagram - sockets for UDP, to one server each.
 */
#ifndef RRAS_DATAGRAM_H
#define RRAS_DATAGRAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A socket that hears only the server at "ADDRESS" or "ADDRESS:PORT", of IPv4; -1 when that is none
 * or cannot be. */
int datagram_connect(const char *server, uint16_t usual_port);

/* What has come, without waiting for it: its length. -1 with errno when there is nothing. */
ssize_t datagram_take(int descriptor, void *bytes, size_t room);

#endif
