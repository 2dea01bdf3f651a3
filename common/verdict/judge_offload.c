#include "verdict/judge_offload.h"

#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "verdict/entries.h"

bool
judge_offload_is_on(const struct dump_sstp *sstp)
{
	return sstp->use_https.known && sstp->use_https.value == 0;
}

void
judge_offload_add_steps(struct text *steps, const struct facts_certificate *shown)
{
	if (shown == NULL)
		return;
	text_add(steps, ".\\Enable-SSTPOffload.ps1 -CertificateHash '");
	hex_add(steps, shown->sha256, DUMP_SHA256);
	text_add(steps, "' -Restart\n"
	                "where that script is not at hand: reg.exe add " WINDOWS_SSTP_KEY
	                " /v SHA256CertificateHash /t REG_BINARY /d ");
	hex_add(steps, shown->sha256, DUMP_SHA256);
	text_add(steps, " /f\nand then: ");
	entries_add_restart(steps);
	text_add(steps, "the same on every member of the pool\n");
}

/* Whether target AT, which -I names, is the server itself, by an entry of its own: then it tells
 * nothing of what ends TLS for callers. */
static bool
is_own(const struct windows *windows, size_t at)
{
	const struct facts_certificate *shown = digests_shown(&windows->seen, at);
	const struct facts *facts = &windows->seen.facts[at];
	const struct dump *dump = windows->seen.dump;

	if (shown == NULL || facts->from_file || facts->address_found ||
	    strcasecmp(facts->host, facts->name) == 0)
		return false;
	for (size_t i = 0; i < dump->bindings_count; i++)
		if (dump->bindings[i].port == windows->port &&
		    digests_is_bound(&dump->bindings[i].hash, shown))
			return true;
	return false;
}

const struct facts_certificate *
judge_offload_shown(const struct windows *windows)
{
	const struct facts_certificate *shown = NULL;

	for (size_t i = 0; i < windows->seen.count && shown == NULL; i++)
		if (!is_own(windows, i))
			shown = digests_shown(&windows->seen, i);
	return shown;
}

static void
tell_stale_offload(
    const struct words *words, const struct windows *windows, const struct facts_certificate *shown)
{
	struct text steps = TEXT_EMPTY;
	char old[DIGESTS_SHORT], new[DIGESTS_SHORT];

	digests_shorten(windows->seen.dump->sstp.sha256.bytes, old);
	digests_shorten(shown->sha256, new);
	judge_offload_add_steps(&steps, shown);
	windows_find(
	    words, &steps, CAUSE_WINDOWS_OFFLOAD_HASH_STALE, "trusted", old, "shown", new, NULL);
}

static void
judge_hash(const struct words *words, const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	const struct dump_number *by_admin = &sstp->hash_by_admin;
	struct text steps = TEXT_EMPTY;

	if (by_admin->known ? by_admin->value != 1 : sstp->whole) {
		text_add(&steps, "reg.exe add " WINDOWS_SSTP_KEY
		                 " /v isHashConfiguredByAdmin /t REG_DWORD /d 1 /f\n");
		windows_find(words, &steps, CAUSE_WINDOWS_OFFLOAD_NOT_ADMIN, NULL);
	}
	if (!digests_is_trust_known(&windows->seen))
		return;
	for (size_t i = 0; i < windows->seen.count; i++) {
		const struct facts_certificate *shown = digests_shown(&windows->seen, i);

		if (shown != NULL && !is_own(windows, i) &&
		    !digests_is_trusted(&windows->seen, shown)) {
			tell_stale_offload(words, windows, shown);
			return;
		}
	}
}

/* Whether it was compared with anything. */
static void
judge_proof(const struct words *words, const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	const char *what, *lacking = "the name of the balancer with -H, or --cert-file";

	if (!sstp->sha256.present && !sstp->whole) {
		what = "the hash SSTP trusts was not collected";
		lacking = "reg query of the key of SstpSvc";
	} else if (windows_shown(windows) == NULL) {
		what = "no certificate is at hand for the offload hash";
	} else if (judge_offload_shown(windows) == NULL) {
		what = "TLS is offloaded, and the server itself was asked";
	} else {
		return;
	}
	windows_find(
	    words, NULL, CAUSE_WINDOWS_NOT_COMPARABLE, "what", what, "lacking", lacking, NULL);
}

void
judge_offload_hash(const struct words *words, const struct windows *windows)
{
	judge_hash(words, windows);
	judge_proof(words, windows);
}
