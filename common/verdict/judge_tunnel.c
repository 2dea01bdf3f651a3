#include "verdict/judge_tunnel.h"

#include <stdio.h>
#include <string.h>

#include "base/ipv4.h"
#include "base/thumbprint.h"

/* ---- crypto binding ---- */

/* MS-SSTP 3.3.5.2.3: wrong nonce, hash, MAC or certificate. */
static bool
is_hash_rejected(const struct facts_sstp *sstp, enum facts_symptom symptom)
{
	enum { CRYPTO_BINDING = 3, VALUE_NOT_SUPPORTED = 4 };

	return symptom == FACTS_ABORT && sstp->refusal_has_status &&
	       sstp->refusal_attribute == CRYPTO_BINDING &&
	       sstp->refusal_status == VALUE_NOT_SUPPORTED;
}

/* Where the keys cannot be wrong, the certificate alone is left: without keys, and where the server
 * has proved that it holds the same. */
static bool
keys_are_certain(const struct facts_auth *auth)
{
	switch (auth->method) {
	case FACTS_PAP:
	case FACTS_CHAP_MD5:
	case FACTS_NO_METHOD:
		return true;
	case FACTS_MSCHAP_V2:
		return auth->proof == FACTS_PROOF_VERIFIED;
	default:
		return false;
	}
}

/* The digest that the server ought to hold. */
static void
judge_hash(const struct words *words)
{
	const struct facts_tunnel *tunnel = &words->facts->tunnel;
	struct cause_row row = *causes_row(CAUSE_BINDING_HASH_REJECTED);
	struct text digits = TEXT_EMPTY;

	/* Without TLS none was seen, and what was given may be wrong. */
	if (words->facts->plain)
		row.remedy = "RRAS stored hash is not that of --thumbprint, {digest}";
	thumbprint_add_short(&digits, tunnel->has_sha256 ? tunnel->sha256 : tunnel->sha1);
	words_find_as(words, CAUSE_BINDING_HASH_REJECTED, &row, "or",
	    keys_are_certain(&words->facts->auth) ? "" : ", or it derives other keys", "digest",
	    text_chars(&digits), NULL);
	words->verdict->failed |= text_failed(&digits);
	text_free(&digits);
}

/* ---- addresses ---- */

/* What Windows ends PPP for may be another thing than an address: 720 to 739 are about protocols
 * and addresses. */
static bool
has_another_reason(const struct facts_ppp *ppp, enum facts_symptom symptom)
{
	return symptom == FACTS_TERMINATED && ppp->ras_error != 0 &&
	       (ppp->ras_error < 720 || ppp->ras_error > 739);
}

static void
judge_no_address(const struct words *words, enum facts_symptom symptom)
{
	const struct facts_tunnel *tunnel = &words->facts->tunnel;
	struct cause_row row = *causes_row(CAUSE_IP_NO_ADDRESS);
	char how[200];

	if (symptom == FACTS_TIMEOUT)
		snprintf(how, sizeof how,
		    tunnel->ipcp_heard ? "no end of IPCP in %s s" : "IPCP stays silent for %s s",
		    words->seconds);
	/* The end of IPCP says more than that of LCP behind it. */
	else if (symptom == FACTS_NO_ADDRESS ||
	         (symptom == FACTS_TERMINATED && tunnel->words[0] != '\0'))
		snprintf(how, sizeof how, "%s", tunnel->words);
	else
		words_ending(words, symptom, how, sizeof how);
	row.remedy = "see its RemoteAccess events";
	if (has_another_reason(&words->facts->ppp, symptom))
		words_find_as(words, CAUSE_IP_NO_ADDRESS, &row, "how", how, NULL);
	else
		words_find(words, CAUSE_IP_NO_ADDRESS, "how", how, NULL);
}

void
judge_tunnel_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char how[200];

	if (symptom == FACTS_NO_HASH)
		words_find(words, CAUSE_SSTP_NO_HASH, "hash", "SHA-256 ", NULL);
	else if (is_hash_rejected(&facts->sstp, symptom))
		judge_hash(words);
	else if (symptom == FACTS_NO_PROTOCOL)
		words_find(words, CAUSE_IP_NO_PROTOCOL, NULL);
	/* Who ends PPP, rather than the call, has no quarrel with its binding; nor has one with the
	 * address who has given it. */
	else if ((facts->tunnel.acceptance != FACTS_NOT_ACCEPTED || symptom == FACTS_TERMINATED) &&
	         !facts->tunnel.ipcp_open)
		judge_no_address(words, symptom);
	else {
		words_ending(words, symptom, how, sizeof how);
		words_find(words, CAUSE_BINDING_ABORTED, "how", how, NULL);
	}
}

void
judge_tunnel_address(const struct words *words)
{
	static const struct ipv4_subnet link_local = {0xA9FE0000, 16};
	const struct policy *policy = words->policy;
	uint32_t address = words->facts->tunnel.address;
	char assigned[IPV4_MAX], base[IPV4_MAX], subnet[IPV4_MAX + 4];

	if (address == 0)
		return;
	ipv4_write(address, assigned);
	if (ipv4_is_within(address, &link_local))
		words_find(words, CAUSE_IP_LINK_LOCAL, "assigned", assigned, NULL);
	else if (policy->subnet_expected && !ipv4_is_within(address, &policy->subnet)) {
		snprintf(subnet, sizeof subnet, "%s/%d", ipv4_write(policy->subnet.address, base),
		    policy->subnet.bits);
		words_find(words, CAUSE_IP_UNEXPECTED_SUBNET, "assigned", assigned, "subnet",
		    subnet, NULL);
	}
}

/* ---- ping ---- */

void
judge_tunnel_ping_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts_ping *ping = &words->facts->ping;
	char pinged[IPV4_MAX], received[16] = "none", sent[16], how[200] = "", ending[150];

	snprintf(sent, sizeof sent, "%u", ping->sent);
	if (ping->received > 0)
		snprintf(received, sizeof received, "%u", ping->received);
	if (symptom == FACTS_TIMEOUT && ping->received > 0)
		snprintf(how, sizeof how, ", then the time is up");
	else if (symptom != FACTS_LOST && symptom != FACTS_TIMEOUT) {
		words_ending(words, symptom, ending, sizeof ending);
		snprintf(how, sizeof how, ", %s%s", ping->received > 0 ? "then " : "", ending);
	}
	words_find(words, CAUSE_PING_LOST, "pinged", ipv4_write(ping->address, pinged), "received",
	    received, "sent", sent, "how", how, NULL);
}

void
judge_tunnel_ping(const struct words *words)
{
	const struct facts_ping *ping = &words->facts->ping;
	unsigned lost_count = ping->sent - ping->received;
	char pinged[IPV4_MAX], lost[16], sent[16];

	if (ping->received == 0 || lost_count <= 1)
		return;
	snprintf(lost, sizeof lost, "%u", lost_count);
	snprintf(sent, sizeof sent, "%u", ping->sent);
	words_find_as(words, CAUSE_PING_LOST, &causes_some_lost, "pinged",
	    ipv4_write(ping->address, pinged), "sent", sent, "lost", lost, NULL);
}
