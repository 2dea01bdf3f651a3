/*
 * pcap - the PPP frames of a call in a capture file, for tshark and its kind.
 *
 * TLS hides them from a capture on the wire. Link type 204, PPP with a direction octet: 1 for what
 * we sent, 0 for what came.
 */
#ifndef PROBE_PCAP_H
#define PROBE_PCAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pcap;

/* Begin the file PATH, which is overwritten; readable by its owner alone, for it may hold a logon,
 * whatever its mode was. NULL, and errno is set, when it cannot be written, when it is a link, no
 * file or another user's, or when memory ran out. */
struct pcap *pcap_create(const char *path);

/* Put down the frames of SSTP data packets: BYTES is any number of whole SSTP packets, others among
 * them are left out. NULL PCAP: nothing is done. */
void pcap_add(struct pcap *pcap, bool sent, const void *bytes, size_t length);

/* Put down one PPP frame. NULL PCAP: nothing is done. */
void pcap_add_frame(struct pcap *pcap, bool sent, const void *frame, size_t length);

/* Close the file; false when something could not be written. NULL is allowed. */
bool pcap_destroy(struct pcap *pcap);

#endif
