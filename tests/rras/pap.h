/*
 * pap - the Password Authentication Protocol (RFC 1334 section 2).
 *
 *   0          1..         n+1         n+2..
 *   length n   name        length      password           the client's request; the answer:
 *   length     message
 */
#ifndef RRAS_PAP_H
#define RRAS_PAP_H

#include <stdbool.h>

#include "logon.h"

bool pap_serve(struct logon *logon);

#endif
