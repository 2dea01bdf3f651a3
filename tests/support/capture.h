/*
 * capture - a strict reader of the capture files that --pcap writes, with nothing of the plugins'
 * own in it.
 */
#ifndef SUPPORT_CAPTURE_H
#define SUPPORT_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

/* What a file holds. */
struct capture {
	size_t sent, received;
	size_t logon; /* frames of them of PAP, CHAP or EAP */
	size_t data;  /* likewise of IPv4 */
};

/*
 * Read the LENGTH bytes of a file: a head of link type 204, then whole records of one PPP frame
 * each, whose packet and options fill their lengths. Frames that were sent have FF 03, two bytes of
 * protocol and no padding, as this software writes them. NULL, or what is wrong.
 */
const char *capture_read(const uint8_t *bytes, size_t length, struct capture *capture);

#endif
