/*
 * chap - the Challenge Handshake Authentication Protocol with each of its algorithms (RFC 1994
 * section 4, RFC 2759 sections 3 to 6).
 *
 *   0            1..      1+size..
 *   size         value    name                            challenge and response
 */
#ifndef RRAS_CHAP_H
#define RRAS_CHAP_H

#include <stdbool.h>

#include "logon.h"

bool chap_serve(struct logon *logon);

#endif
