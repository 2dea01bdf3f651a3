/*
 * binding - the Call Connected: what the client claims to have seen, held against what the server
 * knows (MS-SSTP 3.3.5.2.3).
 *
 * The journal says what is wrong with it, or that nothing is.
 */
#ifndef RRAS_BINDING_H
#define RRAS_BINDING_H

#include <stdbool.h>

#include "sstp.h"

/* Judge the Call Connected that was read last. False: the call is over. */
bool binding_judge(struct sstp *sstp);

#endif
