/*
 * pty - a program on a terminal is the PPP server behind the call: pppd, for one.
 *
 * Its frames are carried both ways as they are and are not judged: only SSTP is rras-sim's. The
 * program has the terminal as its standard input and output and as its controlling terminal, and
 * it ends with the call; when it ends first, the call is disconnected.
 */
#ifndef RRAS_PTY_H
#define RRAS_PTY_H

#include "sstp.h"

/* Run the ppp-program= of the member until the call or the program is over. */
void pty_serve(struct sstp *sstp);

#endif
