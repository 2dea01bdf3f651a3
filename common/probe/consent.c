#include "probe/consent.h"

#include <string.h>

static bool
is_pinned(const struct plan_logon *logon)
{
	return logon->pinned_sha1 || logon->pinned_sha256;
}

static bool
matches_pin(const struct plan_logon *logon, const struct facts_certificate *certificate)
{
	return (logon->pinned_sha256 &&
	           memcmp(logon->sha256, certificate->sha256, sizeof logon->sha256) == 0) ||
	       (logon->pinned_sha1 &&
	           memcmp(logon->sha1, certificate->sha1, sizeof logon->sha1) == 0);
}

static bool
bears_name(enum facts_name_match match)
{
	return match == FACTS_NAME_MATCHES || match == FACTS_NAME_BY_COMMON_NAME;
}

/* Why the server may be another than the one that is meant. */
static enum facts_insecurity
doubt(const struct plan *plan, const struct facts_tls *tls)
{
	if (plan->plain)
		return FACTS_INSECURE_PLAIN;
	if (is_pinned(plan->logon))
		return tls->chain_count > 0 && matches_pin(plan->logon, &tls->chain[0])
		           ? FACTS_SECURE
		           : FACTS_INSECURE_PIN;
	if (tls->chain_count == 0 || !tls->trust.checked || tls->trust.errors_count > 0 ||
	    tls->trust.no_anchors || tls->trust.no_descriptors)
		return FACTS_INSECURE_CHAIN;
	return bears_name(tls->name_match) ? FACTS_SECURE : FACTS_INSECURE_NAME;
}

static void
choose_methods(const struct plan_logon *logon, bool pap, struct facts_auth *auth)
{
	for (size_t i = 0; i < logon->methods_count; i++)
		if (pap || logon->methods[i] != FACTS_PAP)
			auth->wanted[auth->wanted_count++] = logon->methods[i];
		else
			auth->pap_withheld = logon->allow_pap;
}

bool
consent_ask(const struct plan *plan, struct facts *facts)
{
	const struct plan_logon *logon = plan->logon;
	enum facts_insecurity insecurity = doubt(plan, &facts->tls);
	struct facts_auth *auth = &facts->auth;

	/* A pin is the operator's own word: whoever gives it wants no other server. */
	if (insecurity == FACTS_INSECURE_PIN || (insecurity != FACTS_SECURE && !logon->insecure)) {
		auth->insecurity = insecurity;
		return false;
	}
	choose_methods(logon, logon->allow_pap && insecurity == FACTS_SECURE, auth);
	if (auth->wanted_count == 0)
		auth->insecurity = FACTS_INSECURE_PAP;
	return auth->wanted_count > 0;
}
