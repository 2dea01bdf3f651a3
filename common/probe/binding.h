/*
 * binding - the crypto binding of a call: Call Connected, and to which certificate it binds
 * (MS-SSTP 3.2.5.2).
 */
#ifndef PROBE_BINDING_H
#define PROBE_BINDING_H

#include <stdint.h>

#include "facts/facts.h"
#include "keys/keys.h"
#include "probe/plan.h"
#include "wire/sstp.h"

/*
 * Make PACKET for NONCE, signed by HLAK, with the hash in FACTS->sstp. It binds to the certificate
 * that the server showed; where there was no TLS, to the one that LOGON pins. FACTS->tunnel tells
 * which. FACTS_WELL, FACTS_NO_HASH when that hash of the pinned certificate is not known, or
 * FACTS_NO_PROVIDER.
 */
enum facts_symptom binding_make(struct facts *facts, const struct plan_logon *logon,
    const uint8_t nonce[SSTP_NONCE], const uint8_t hlak[KEYS_HLAK], uint8_t packet[SSTP_CONNECTED]);

#endif
