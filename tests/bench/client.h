/*
 * client - what naive and frugal share: a blocking TLS client as OpenSSL's manual pages have it.
 */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

/*
 * ARGUMENTS after the program's name: ADDRESS PORT NAME [CAFILE [COUNT]]. Connects, verifies the
 * chain and the name against CAFILE or else the system's trust store, asks for the head of SSTP's
 * address and prints the status line. EXIT_SUCCESS when there was one. With COUNT it does so many
 * handshakes one after the other, and asks for nothing.
 */
int client_run(int count, char *arguments[]);

#endif
