/*
 * peapkeys - the keys of PEAPv0 with crypto binding (MS-PEAP 3.1.5.5.2.2 and 3.1.5.7).
 *
 * They tie the tunnel to the logon inside it: whoever relays a logon between two tunnels knows the
 * keys of one of both alone.
 */
#ifndef KEYS_PEAPKEYS_H
#define KEYS_PEAPKEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "keys/keys.h"

#define PEAPKEYS_TUNNEL  40 /* bytes of the tunnel's key that count */
#define PEAPKEYS_INNER   32 /* of the inner method's; one that makes no keys has zeros */
#define PEAPKEYS_IPMK    40
#define PEAPKEYS_CMK     20
#define PEAPKEYS_TLV     60 /* the crypto-binding TLV, type and length included */
#define PEAPKEYS_MAC     20
#define PEAPKEYS_MAC_AT  40 /* where it stands in the TLV, up to its end */
#define PEAPKEYS_SESSION 128

struct peapkeys {
	uint8_t ipmk[PEAPKEYS_IPMK]; /* intermediate PEAP MAC key */
	uint8_t cmk[PEAPKEYS_CMK];   /* compound MAC key */
};

/* From the tunnel's key, by TLS's exporter, and the inner session key. */
enum keys_result peapkeys_derive(const uint8_t tunnel[PEAPKEYS_TUNNEL],
    const uint8_t inner[PEAPKEYS_INNER], struct peapkeys *keys);

/* The compound MAC of TLV, whatever its MAC field holds. */
enum keys_result peapkeys_mac(
    const struct peapkeys *keys, const uint8_t tlv[PEAPKEYS_TLV], uint8_t mac[PEAPKEYS_MAC]);

/* Whether TLV holds the MAC that it should. The time this takes says nothing. */
bool peapkeys_is_bound(const struct peapkeys *keys, const uint8_t tlv[PEAPKEYS_TLV]);

/* The compound session key: the MSK, then the EMSK. */
enum keys_result peapkeys_session(const struct peapkeys *keys, uint8_t session[PEAPKEYS_SESSION]);

#endif
