#include "probe/binding.h"

#include <string.h>

#include "keys/cryptobind.h"

static void
choose_certificate(struct facts *facts, const struct plan_logon *logon)
{
	struct facts_tunnel *tunnel = &facts->tunnel;
	bool seen = facts->tls.chain_count > 0;
	const uint8_t *sha1 = seen ? facts->tls.chain[0].sha1 : logon->sha1;
	const uint8_t *sha256 = seen ? facts->tls.chain[0].sha256 : logon->sha256;

	tunnel->has_sha1 = seen || logon->pinned_sha1;
	tunnel->has_sha256 = seen || logon->pinned_sha256;
	memcpy(tunnel->sha1, sha1, sizeof tunnel->sha1);
	memcpy(tunnel->sha256, sha256, sizeof tunnel->sha256);
}

enum facts_symptom
binding_make(struct facts *facts, const struct plan_logon *logon, const uint8_t nonce[SSTP_NONCE],
    const uint8_t hlak[KEYS_HLAK], uint8_t packet[SSTP_CONNECTED])
{
	struct facts_tunnel *tunnel = &facts->tunnel;
	uint8_t hash[SSTP_HASH_MAX] = {0};
	uint8_t mac[CRYPTOBIND_MAC];

	choose_certificate(facts, logon);
	tunnel->hash = facts->sstp.hash;
	if (tunnel->hash == SSTP_SHA256 && tunnel->has_sha256)
		memcpy(hash, tunnel->sha256, sizeof tunnel->sha256);
	else if (tunnel->hash == SSTP_SHA1 && tunnel->has_sha1)
		memcpy(hash, tunnel->sha1, sizeof tunnel->sha1);
	else
		return FACTS_NO_HASH;
	sstp_write_connected(packet, tunnel->hash, nonce, hash);
	if (cryptobind_mac((enum cryptobind_hash)tunnel->hash, hlak, packet, mac) != KEYS_OK)
		return FACTS_NO_PROVIDER;
	memcpy(packet + SSTP_MAC_AT, mac, sizeof mac);
	return FACTS_WELL;
}
