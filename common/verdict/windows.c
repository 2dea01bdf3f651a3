#include "verdict/windows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "verdict/entries.h"
#include "verdict/judge_binding.h"
#include "verdict/judge_offload.h"
#include "verdict/judge_restart.h"

#define HTTPS_PORT 443
#define HTTP_PORT  80
#define AHEAD_MAX  3600 /* seconds that a server's clock may be ahead of ours */

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

static void
add_applied(struct text *steps, const char *value, uint32_t wanted)
{
	text_format(steps,
	    "where that does not help: reg.exe add " WINDOWS_SSTP_KEY
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
	if (judge_offload_is_on(sstp))
		judge_offload_add_steps(&steps, judge_offload_shown(windows));
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
	if (judge_offload_is_on(&windows->seen.dump->sstp))
		text_add(&steps, "reg.exe delete " WINDOWS_SSTP_KEY " /v SHA1CertificateHash /f\n");
	else
		entries_add_assignment(&steps);
	entries_add_restart(&steps);
	windows_find(words, &steps, CAUSE_WINDOWS_SHA1_STALE, NULL);
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
	judge_restart_pending(words, windows);
	if (judge_offload_is_on(&dump->sstp)) {
		judge_offload_hash(words, windows);
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

bool
windows_is_void(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;

	return is_too_old(windows) || dump->trouble[0] != '\0' || dump->contradicts;
}

const struct cause_row *
windows_plaintext(const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	bool applied = !sstp->applied_https.known || sstp->applied_https.value != 0;

	if (windows_is_void(windows) || !sstp->use_https.known || sstp->use_https.value == 0 ||
	    !applied)
		return NULL;
	return &causes_plain_though_https;
}

const struct cause_row *
windows_refused(const struct windows *windows)
{
	const struct dump_sstp *sstp = &windows->seen.dump->sstp;
	uint32_t wanted = meant_port(&sstp->port, &sstp->use_https, sstp->whole);
	uint32_t applied = meant_port(&sstp->applied_port, &sstp->applied_https, false);

	/* One that was not applied yet is told as such. */
	if (windows_is_void(windows) || wanted == 0 || wanted > UINT16_MAX ||
	    wanted == windows->port || (applied != 0 && applied != wanted))
		return NULL;
	return judge_offload_is_on(sstp) ? &causes_refused_offloaded : &causes_refused_elsewhere;
}

const struct cause_row *
windows_reset(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	const struct dump_binding *server = find_server(windows);

	if (windows_is_void(windows))
		return NULL;
	if (judge_offload_is_on(&dump->sstp))
		return &causes_reset_offloaded;
	if (server == NULL)
		return NULL;
	if (server->rejects)
		return &causes_reset_rejected;
	return is_gone(dump, server) ? &causes_reset_unstocked : &causes_reset_though_bound;
}
