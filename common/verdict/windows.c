#include "verdict/windows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "verdict/bound.h"
#include "verdict/entries.h"
#include "verdict/judge_binding.h"

#define HTTPS_PORT 443
#define HTTP_PORT  80
#define AHEAD_MAX  3600 /* seconds that a server's clock may be ahead of ours */
#define SHORT_HASH 9    /* four bytes in digits, and the NUL */

#define SSTP_KEY "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"

bool
windows_is_port_told(const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;

	return sstp->port.known || sstp->whole;
}

uint16_t
windows_port(const struct windows *windows)
{
	const struct dump_number *port = &windows->seen.dump->sstp.port;

	if (port->known && port->value > 0 && port->value <= UINT16_MAX)
		return (uint16_t)port->value;
	return windows_is_port_told(windows) ? HTTPS_PORT : windows->port;
}

void
windows_find(const struct words *words, struct text *steps, enum cause cause, ...)
{
	size_t before = words->verdict->findings_count;
	va_list pairs;

	va_start(pairs, cause);
	words_find_pairs(words, cause, pairs);
	va_end(pairs);
	if (steps != NULL)
		windows_add_steps(words, before, steps);
}

void
windows_add_steps(const struct words *words, size_t before, struct text *steps)
{
	if (words->verdict->findings_count > before)
		verdict_add_steps(words->verdict, steps);
	else
		text_free(steps);
}

const struct facts_certificate *
windows_shown(const struct windows *windows)
{
	const struct facts_certificate *shown = NULL;

	for (size_t i = 0; i < windows->seen.count && shown == NULL; i++)
		shown = digests_shown(&windows->seen, i);
	return shown;
}

static void
judge_unreadable(const struct words *words, const struct windows *windows, const char *why)
{
	windows_find(
	    words, NULL, CAUSE_WINDOWS_UNREADABLE, "file", windows->file, "why", why, NULL);
}

/* The first entry on the port that should hold a digest and does not. */
static const struct dump_binding *
first_broken(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->port == windows_port(windows) && !dump_is_stored(binding) &&
		    !dump_is_digest(&binding->hash))
			return binding;
	}
	return NULL;
}

/* Whether a value of SSTP lost a digit on its way: Windows has none of half a byte. */
static bool
is_damaged(const struct dump_hash *hash)
{
	return hash->present && !hash->is_bytes && hash->length > 0;
}

/* The name of what should hold a digest and does not, "" when there is none. */
static void
name_broken(const struct windows *windows, char *chars, size_t size)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	const struct dump_binding *broken = first_broken(windows);

	*chars = '\0';
	if (is_damaged(&sstp->sha256))
		snprintf(chars, size, "SHA256CertificateHash");
	else if (is_damaged(&sstp->sha1))
		snprintf(chars, size, "SHA1CertificateHash");
	else if (broken != NULL)
		entries_endpoint(broken, chars, size);
}

/* What is there but not whole. The rest is judged all the same. */
static void
judge_gaps(const struct words *words, const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	char broken[ENTRIES_ENDPOINT_MAX], why[ENTRIES_ENDPOINT_MAX + 32];

	name_broken(windows, broken, sizeof broken);
	words->verdict->failed |= dump->no_memory;
	if (dump->cut) {
		judge_unreadable(words, windows, "is cut short");
	} else if (dump->contradicts) {
		judge_unreadable(words, windows, "gives two values for one thing");
	} else if (dump->crowded) {
		judge_unreadable(words, windows, "holds more entries than can be kept");
	} else if (broken[0] != '\0') {
		snprintf(why, sizeof why, "has no whole hash for %s", broken);
		judge_unreadable(words, windows, why);
	}
}

/* Whether there is nothing to judge at all. */
static bool
is_nothing(const struct words *words, const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;

	if (dump->trouble[0] != '\0')
		judge_unreadable(words, windows, dump->trouble);
	else if (dump->bytes == 0)
		judge_unreadable(words, windows, "is empty");
	else if (!dump_is_understood(dump) && dump->cut)
		judge_unreadable(words, windows, "is cut short");
	else if (!dump_is_understood(dump))
		judge_unreadable(words, windows, "holds neither bindings nor values of SSTP");
	else
		return false;
	return true;
}

/* Too old, or dated in the future. */
static bool
is_too_old(const struct windows *windows)
{
	int64_t collected = windows->seen.dump->collected, age = windows->date - collected;

	return collected != 0 && (age > windows->age_max || age < -AHEAD_MAX);
}

static bool
is_stale(const struct words *words, const struct windows *windows)
{
	int64_t age = windows->date - windows->seen.dump->collected;
	char time[24], limit[24], words_of_age[40];

	if (!is_too_old(windows))
		return false;
	words_duration(time, sizeof time, age < 0 ? -age : age);
	words_duration(limit, sizeof limit, windows->age_max);
	snprintf(words_of_age, sizeof words_of_age, age < 0 ? "%s in the future" : "%s ago", time);
	windows_find(words, NULL, CAUSE_WINDOWS_STALE, "file", windows->file, "age", words_of_age,
	    "limit", limit, NULL);
	return true;
}

static bool
is_offloaded(const struct dump_sstp *sstp)
{
	return sstp->use_https.known && sstp->use_https.value == 0;
}

static void
add_applied(struct text *steps, const char *value, uint32_t wanted)
{
	text_format(steps,
	    "where that does not help: reg.exe add " SSTP_KEY
	    "\\ConfigStore /v %s /t REG_DWORD /d %u /f\n",
	    value, wanted);
}

/* PORT: the one to be applied with it, 0 for none. */
static void
tell_disagreement(
    const struct words *words, const char *value, uint32_t wanted, uint32_t applied, uint32_t port)
{
	struct text steps = TEXT_EMPTY;
	char is[16], was[16];

	snprintf(is, sizeof is, "%u", wanted);
	snprintf(was, sizeof was, "%u", applied);
	entries_add_restart(&steps);
	add_applied(&steps, value, wanted);
	if (port != 0)
		add_applied(&steps, "ListenerPort", port);
	text_add(&steps, "and again: ");
	entries_add_restart(&steps);
	windows_find(words, &steps, CAUSE_WINDOWS_HALF_REVERTED, "value", value, "wanted", is,
	    "applied", was, NULL);
}

/* The port that a value stands for: 0, and none in a key that is listed, is the usual one of its
 * mode (HTTPS: UseHttps). 0 when that cannot be told. */
static uint32_t
meant_port(const struct dump_number *port, const struct dump_number *https, bool listed)
{
	if (port->known && port->value != 0)
		return port->value;
	if ((!port->known && !listed) || !https->known)
		return 0;
	return https->value != 0 ? HTTPS_PORT : HTTP_PORT;
}

/* What is configured, and what SSTP last made of it. */
static void
judge_applied(const struct words *words, const struct dump_sstp *sstp)
{
	uint32_t wanted = meant_port(&sstp->port, &sstp->use_https, sstp->whole);
	uint32_t applied = meant_port(&sstp->applied_port, &sstp->applied_https, false);
	bool other_port = wanted != 0 && applied != 0 && wanted != applied;
	bool other_mode = sstp->use_https.known && sstp->applied_https.known &&
	                  sstp->use_https.value != sstp->applied_https.value;
	/* The usual ports of two modes differ by themselves. */
	bool with_it = other_port && other_mode && sstp->port.value == 0;

	if (other_mode)
		tell_disagreement(words, "UseHttps", sstp->use_https.value,
		    sstp->applied_https.value, with_it ? wanted : 0);
	if (other_port && !with_it)
		tell_disagreement(words, "ListenerPort", wanted, applied, 0);
}

/* Lines that set the offload hash to the certificate that is presented; none without it. */
static void
add_offload(struct text *steps, const struct facts_certificate *shown)
{
	if (shown == NULL)
		return;
	text_add(steps, ".\\Enable-SSTPOffload.ps1 -CertificateHash '");
	hex_add(steps, shown->sha256, DUMP_SHA256);
	text_add(steps, "' -Restart\n"
	                "where that script is not at hand: reg.exe add " SSTP_KEY
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

/* The first certificate of those behind which TLS is offloaded; NULL. */
static const struct facts_certificate *
shown_before(const struct windows *windows)
{
	const struct facts_certificate *shown = NULL;

	for (size_t i = 0; i < windows->seen.count && shown == NULL; i++)
		if (!is_own(windows, i))
			shown = digests_shown(&windows->seen, i);
	return shown;
}

/* The hash that callers are checked against is not there. */
static void
judge_sha256(const struct words *words, const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	struct text steps = TEXT_EMPTY;
	char how[48];

	if (digests_is_trust_known(&windows->seen) || is_damaged(&sstp->sha256) ||
	    (!sstp->sha256.present && !sstp->whole))
		return;
	if (!sstp->sha256.present)
		snprintf(how, sizeof how, "is missing");
	else if (!sstp->sha256.is_bytes)
		snprintf(how, sizeof how, "is not binary");
	else
		snprintf(how, sizeof how, "has %zu byte%s, not 32", sstp->sha256.length,
		    sstp->sha256.length == 1 ? "" : "s");
	if (is_offloaded(sstp))
		add_offload(&steps, shown_before(windows));
	else
		entries_add_assignment(&steps);
	windows_find(words, &steps, CAUSE_WINDOWS_SHA256_MISSING, "how", how, NULL);
}

static void
judge_sha1(const struct words *words, const struct windows *windows)
{
	struct text steps = TEXT_EMPTY;

	if (digests_compare_own(&windows->seen) != DIGESTS_DIFFERENT)
		return;
	if (is_offloaded(&windows->seen.dump->sstp))
		text_add(&steps, "reg.exe delete " SSTP_KEY " /v SHA1CertificateHash /f\n");
	else
		entries_add_assignment(&steps);
	entries_add_restart(&steps);
	windows_find(words, &steps, CAUSE_WINDOWS_SHA1_STALE, NULL);
}

static void
tell_stale_offload(
    const struct words *words, const struct windows *windows, const struct facts_certificate *shown)
{
	const uint8_t *trusted = windows->seen.dump->sstp.sha256.bytes;
	struct text steps = TEXT_EMPTY;
	char old[SHORT_HASH], new[SHORT_HASH];

	snprintf(
	    old, sizeof old, "%02X%02X%02X%02X", trusted[0], trusted[1], trusted[2], trusted[3]);
	snprintf(new, sizeof new, "%02X%02X%02X%02X", shown->sha256[0], shown->sha256[1],
	    shown->sha256[2], shown->sha256[3]);
	add_offload(&steps, shown);
	windows_find(
	    words, &steps, CAUSE_WINDOWS_OFFLOAD_HASH_STALE, "trusted", old, "shown", new, NULL);
}

/* TLS ends before the server, so what HTTP.sys is bound to does not matter. */
static void
judge_offload(const struct words *words, const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	const struct dump_number *by_admin = &sstp->hash_by_admin;
	struct text steps = TEXT_EMPTY;

	if (by_admin->known ? by_admin->value != 1 : sstp->whole) {
		text_add(&steps,
		    "reg.exe add " SSTP_KEY " /v isHashConfiguredByAdmin /t REG_DWORD /d 1 /f\n");
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

/* Whether the offload hash was compared with anything. */
static void
judge_offload_proof(const struct words *words, const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	const char *what, *lacking = "the name of the balancer with -H, or --cert-file";

	if (!sstp->sha256.present && !sstp->whole) {
		what = "the hash SSTP trusts was not collected";
		lacking = "reg query of the key of SstpSvc";
	} else if (windows_shown(windows) == NULL) {
		what = "no certificate is at hand for the offload hash";
	} else if (shown_before(windows) == NULL) {
		what = "TLS is offloaded, and the server itself was asked";
	} else {
		return;
	}
	windows_find(
	    words, NULL, CAUSE_WINDOWS_NOT_COMPARABLE, "what", what, "lacking", lacking, NULL);
}

void
windows_judge(const struct words *words, const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;

	if (is_nothing(words, windows) || is_stale(words, windows))
		return;
	judge_gaps(words, windows);
	/* Which of two values holds nobody knows: no command may rest on one of them. */
	if (dump->contradicts)
		return;
	judge_applied(words, &dump->sstp);
	judge_sha256(words, windows);
	judge_sha1(words, windows);
	if (is_offloaded(&dump->sstp)) {
		judge_offload(words, windows);
		judge_offload_proof(words, windows);
	} else {
		judge_binding_entries(words, windows);
	}
}

/* The entry for all addresses of the family in use, on the port that is looked at; NULL. */
static const struct dump_binding *
find_server(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	bool over_ipv6 = strchr(windows->seen.facts[0].address, ':') != NULL;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->any && binding->port == windows->port &&
		    binding->kind == (over_ipv6 ? DUMP_IPV6 : DUMP_IPV4) &&
		    dump_is_digest(&binding->hash))
			return binding;
	}
	return NULL;
}

/* Whether the certificate of an entry was looked for on the server and not found. */
static bool
is_gone(const struct dump *dump, const struct dump_binding *binding)
{
	const uint8_t *hash = binding->hash.bytes;

	for (size_t i = 0; i < dump->certificates_count; i++) {
		const struct dump_certificate *certificate = &dump->certificates[i];

		if (!certificate->digested || memcmp(certificate->sha1, hash, DUMP_SHA1) == 0)
			return false;
	}
	return dump->stocked && !dump->no_memory && binding->hash.length == DUMP_SHA1;
}

/* Whether nothing in the dump is judged. */
static bool
is_void(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;

	return is_too_old(windows) || dump->trouble[0] != '\0' || dump->contradicts;
}

const struct cause_row *
windows_plaintext(const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	bool applied = !sstp->applied_https.known || sstp->applied_https.value != 0;

	if (is_void(windows) || !sstp->use_https.known || sstp->use_https.value == 0 || !applied)
		return NULL;
	return &causes_plain_though_https;
}

const struct cause_row *
windows_reset(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	const struct dump_binding *server = find_server(windows);

	if (is_void(windows))
		return NULL;
	if (is_offloaded(&dump->sstp))
		return &causes_reset_offloaded;
	if (server == NULL)
		return NULL;
	if (server->rejects)
		return &causes_reset_rejected;
	return is_gone(dump, server) ? &causes_reset_unstocked : &causes_reset_though_bound;
}

/* Whether the certificate that is shown is the one of every entry for all addresses. */
static bool
is_bound_everywhere(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	size_t count = 0;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->port != windows_port(windows) || !binding->any)
			continue;
		if (digests_compare(&windows->seen, &binding->hash) != DIGESTS_SAME)
			return false;
		count++;
	}
	return count > 0;
}

/* Whether an entry for an address of KIND has another certificate. */
static bool
is_other_at(const struct windows *windows, enum dump_kind kind)
{
	const struct dump *dump = windows->seen.dump;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->port == windows_port(windows) && binding->kind == kind &&
		    !binding->any && entries_owner(binding) != ENTRIES_DIRECTACCESS &&
		    digests_compare(&windows->seen, &binding->hash) != DIGESTS_SAME)
			return true;
	}
	return false;
}

/* Whether an entry for the very name that clients dial has another certificate: one for the address
 * that was looked at wins over it. */
static bool
is_other_by_name(const struct windows *windows)
{
	const struct dump_binding *binding;
	struct bound bound;
	size_t place = 0;

	bound_look(&bound, windows);
	while ((binding = bound_next(&bound, &place)) != NULL)
		if (bound_is_dialled(&bound, binding) && binding->host[0] != '*' &&
		    bound_is_wrong(&bound, binding))
			return true;
	return false;
}

/* The certificate is bound for all addresses. Those that were not looked at may have entries of
 * their own. */
static const char *
praise_binding(const struct windows *windows)
{
	bool over_ipv6 = strchr(windows->seen.facts[0].address, ':') != NULL;

	if (is_other_at(windows, over_ipv6 ? DUMP_IPV6 : DUMP_IPV4) || is_other_by_name(windows))
		return ", bound in HTTP.sys for this address and trusted by SSTP";
	if (!is_other_at(windows, over_ipv6 ? DUMP_IPV4 : DUMP_IPV6))
		return ", bound in HTTP.sys and trusted by SSTP";
	return over_ipv6 ? ", bound in HTTP.sys for IPv6 and trusted by SSTP"
	                 : ", bound in HTTP.sys for IPv4 and trusted by SSTP";
}

const char *
windows_praise(const struct windows *windows)
{
	bool offloaded = is_offloaded(&windows->seen.dump->sstp);
	const struct facts_certificate *shown =
	    offloaded ? shown_before(windows) : windows_shown(windows);

	if (shown == NULL || is_void(windows) || !digests_is_trust_known(&windows->seen) ||
	    !digests_is_trusted(&windows->seen, shown))
		return "";
	if (offloaded)
		return ", the one of the offload hash";
	return is_bound_everywhere(windows) ? praise_binding(windows) : ", trusted by SSTP";
}
