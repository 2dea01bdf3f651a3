#include "verdict/judge_proof.h"

#include <stdio.h>

/* Whether the comparison of an entry that SSTP's callers may come to gives ANSWER. */
static bool
is_any(const struct bound *bound, enum digests_answer answer)
{
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL)
		if ((binding->any || bound_concerns(bound, binding)) && !dump_is_stored(binding) &&
		    bound_compare(bound, binding) == answer)
			return true;
	return false;
}

/* Whether an entry for a name may be in the way, and nobody told which name clients dial. */
static bool
is_any_open(const struct bound *bound)
{
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL)
		if (bound_is_open(bound, binding) && bound_compare(bound, binding) != DIGESTS_SAME)
			return true;
	return false;
}

void
judge_proof_entries(const struct words *words, const struct bound *bound)
{
	static const char key[] = "reg query of the key of SstpSvc";
	const struct digests *seen = &bound->windows->seen;
	const struct dump_sstp *sstp = &bound->dump->sstp;
	const char *lacking = "-I of that server, or --cert-file";
	bool known = digests_is_trust_known(seen);
	char what[80] = "";

	/* Then that is what is told. */
	if (!known && (sstp->sha256.present || sstp->whole))
		return;
	if (bound->dump->listed && bound->count == 0) {
		lacking = key;
		snprintf(
		    what, sizeof what, "no entry for port %s, that of SSTP not told", bound->port);
	} else if (!known) {
		lacking = key;
		snprintf(what, sizeof what, "the hash SSTP trusts was not collected");
	} else if (windows_shown(bound->windows) == NULL && bound->ipv4 == NULL &&
	           bound->ipv6 == NULL) {
		snprintf(what, sizeof what, "nothing to compare the hash that SSTP trusts with");
	} else if (is_any(bound, DIGESTS_DOUBTED)) {
		snprintf(what, sizeof what, "SHA1CertificateHash differs, but may be left over");
	} else if (is_any(bound, DIGESTS_UNKNOWN)) {
		snprintf(what, sizeof what, "no certificate to compare SHA-1 with SHA-256");
	} else if (is_any_open(bound)) {
		lacking = "--name, that which clients dial";
		snprintf(what, sizeof what, "entries are by name, and -H gives none");
	} else if (bound_names_are_open(bound)) {
		lacking = "netsh http show sslcert";
		snprintf(what, sizeof what, "entries by name, which win, were not collected");
	} else if (bound_store_is_open(bound)) {
		lacking = "-I of that server with -H of each name clients dial";
		snprintf(what, sizeof what, "a central store may win by SNI");
	}
	if (what[0] != '\0')
		windows_find(words, NULL, CAUSE_WINDOWS_NOT_COMPARABLE, "what", what, "lacking",
		    lacking, NULL);
}
