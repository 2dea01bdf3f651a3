/*
 * journal - what clients did, for tests that assert it: one line per event.
 *
 *   127.0.0.2 #7 tcp accepted
 *   127.0.0.2 #7 tls sni=vpn.example.com alpn=none TLSv1.3
 *   127.0.0.2 #7 http HEAD /sra_{..}/ HTTP/1.1 host=vpn.example.com
 *   127.0.0.2 #7 end
 *
 * The address is the one the client came to, the number counts connections since the start. Instead
 * of TLSv1.3 may stand "failed: reason"; "tls hello" is a ClientHello that a knob had swallowed,
 * "http incomplete after N bytes" a request that ended too soon.
 *
 * There is one journal, or none, for the whole program: it is the only global. Each line is one
 * write(), so threads do not mix them. Control characters of clients become '?'.
 */
#ifndef RRAS_JOURNAL_H
#define RRAS_JOURNAL_H

#include <stdbool.h>

#include "line.h"

/* Append to FILE from now on; false with errno when that cannot be. */
bool journal_open(const char *file);

void journal_add(const struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
