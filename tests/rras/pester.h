/*
 * pester - servers of EAP that never come to a logon: they ask for ever, change their mind, or
 * break the rules of fragments.
 */
#ifndef RRAS_PESTER_H
#define RRAS_PESTER_H

#include <stdbool.h>

#include "logon.h"

/* Ask as the knob has it, until the client has had enough. False: the call is over. */
bool pester_serve(struct logon *logon);

#endif
