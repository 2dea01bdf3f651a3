#include "verdict/judge_binding.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "verdict/entries.h"

#define SHORT_HASH 9 /* four bytes in digits, and the NUL */

/* What is made out on the way. */
struct judgement {
	const struct words *words;
	const struct windows *windows;
	const struct dump *dump;
	char port[8];
	const struct dump_binding *ipv4, *ipv6; /* 0.0.0.0 and [::], or NULL */
	size_t on_port;                         /* entries on the port of SSTP */
	bool blamed;                            /* a certificate was found wrong */
};

static bool
is_on_port(const struct judgement *judgement, const struct dump_binding *binding)
{
	return binding->port == windows_port(judgement->dump);
}

static enum digests_answer
compare(const struct judgement *judgement, const struct dump_binding *binding)
{
	return binding == NULL ? DIGESTS_UNKNOWN
	                       : digests_compare(&judgement->windows->seen, &binding->hash);
}

static bool
is_wrong(const struct judgement *judgement, const struct dump_binding *binding)
{
	return compare(judgement, binding) == DIGESTS_DIFFERENT;
}

static void
shorten(const uint8_t *hash, char chars[SHORT_HASH])
{
	snprintf(chars, SHORT_HASH, "%02X%02X%02X%02X", hash[0], hash[1], hash[2], hash[3]);
}

/* The certificate that the wire shows and that SSTP does not trust, NULL when there is none. */
static const struct facts_certificate *
wrong_shown(const struct judgement *judgement)
{
	const struct digests *seen = &judgement->windows->seen;

	for (size_t i = 0; i < seen->count; i++) {
		const struct facts_certificate *shown = digests_shown(seen, i);

		if (shown != NULL && digests_is_trust_known(seen) &&
		    !digests_is_trusted(seen, shown))
			return shown;
	}
	return NULL;
}

static bool
is_any_shown(const struct judgement *judgement)
{
	const struct digests *seen = &judgement->windows->seen;

	for (size_t i = 0; i < seen->count; i++)
		if (digests_shown(seen, i) != NULL)
			return true;
	return false;
}

/* The entry on the port that holds SHOWN, NULL when none does. */
static const struct dump_binding *
holder_of(const struct judgement *judgement, const struct facts_certificate *shown)
{
	const struct dump *dump = judgement->dump;

	for (size_t i = 0; i < dump->bindings_count; i++)
		if (is_on_port(judgement, &dump->bindings[i]) &&
		    digests_is_bound(&dump->bindings[i].hash, shown))
			return &dump->bindings[i];
	return NULL;
}

/* The central store of the port, whose certificates the dump does not tell. */
static const struct dump_binding *
store_of(const struct judgement *judgement)
{
	const struct dump *dump = judgement->dump;

	for (size_t i = 0; i < dump->bindings_count; i++)
		if (is_on_port(judgement, &dump->bindings[i]) &&
		    dump->bindings[i].kind == DUMP_STORE)
			return &dump->bindings[i];
	return NULL;
}

static const char *
how_to_unbind(const struct dump_binding *binding)
{
	if (binding == NULL)
		return "look for its entry in netsh";
	if (entries_owner(binding) == ENTRIES_DIRECTACCESS)
		return "give both one certificate";
	return entries_owner(binding) == ENTRIES_IIS ? "unbind in IIS" : "delete that entry";
}

static void
blame(struct judgement *judgement, const struct dump_binding *const *wrong, size_t count)
{
	const struct dump_binding *first = count > 0 ? wrong[0] : NULL;
	struct text steps = TEXT_EMPTY;
	char owner[DUMP_OWNER_MAX];

	for (size_t i = 0; i < count; i++) {
		entries_add_deletion(&steps, wrong[i]);
		/* Of two owners the one that SSTP does not know of is the trouble. */
		if (entries_owner(first) == ENTRIES_SSTP)
			first = wrong[i];
	}
	entries_add_assignment(&steps, wrong, count);
	entries_owner_name(first, owner, sizeof owner);
	windows_find(judgement->words, &steps, CAUSE_WINDOWS_HASH_MISMATCH, "port", judgement->port,
	    "owner", owner, "unbind", how_to_unbind(first), NULL);
	judgement->blamed = true;
}

/* Whether both are digests of one kind, and not the same. */
static bool
do_differ(const struct dump_hash *one, const struct dump_hash *other)
{
	return dump_is_digest(one) && dump_is_digest(other) && one->length == other->length &&
	       memcmp(one->bytes, other->bytes, one->length) != 0;
}

static void
tell_families(struct judgement *judgement, const struct dump_binding *wrong)
{
	struct text steps = TEXT_EMPTY;
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];
	char words[ENTRIES_ENDPOINT_MAX + DUMP_OWNER_MAX + 32] = "";

	if (wrong != NULL) {
		entries_endpoint(wrong, endpoint, sizeof endpoint);
		entries_owner_name(wrong, owner, sizeof owner);
		entries_add_deletion(&steps, wrong);
		entries_add_assignment(&steps, &wrong, 1);
		snprintf(words, sizeof words, ", %s (owner %s) is wrong", endpoint, owner);
	}
	windows_find(judgement->words, &steps, CAUSE_WINDOWS_FAMILIES_DIFFER, "port",
	    judgement->port, "wrong", words, NULL);
	judgement->blamed = true;
}

/* The entries for all addresses of a family. */
static void
judge_any(struct judgement *judgement)
{
	const struct dump_binding *wrong[2];
	bool differ = judgement->ipv4 != NULL && judgement->ipv6 != NULL &&
	              do_differ(&judgement->ipv4->hash, &judgement->ipv6->hash);
	size_t count = 0;

	if (is_wrong(judgement, judgement->ipv4))
		wrong[count++] = judgement->ipv4;
	if (is_wrong(judgement, judgement->ipv6))
		wrong[count++] = judgement->ipv6;
	if (differ && count < 2)
		tell_families(judgement, count == 1 ? wrong[0] : NULL);
	else if (count > 0)
		blame(judgement, wrong, count);
}

/* Whether an entry is for the name that clients dial. */
static bool
is_dialled(const struct judgement *judgement, const struct dump_binding *binding)
{
	const char *name = judgement->windows->name, *rest;

	if (name == NULL || binding->kind != DUMP_NAME)
		return false;
	rest = strchr(name, '.');
	if (strncmp(binding->host, "*.", 2) == 0)
		return rest != NULL && strcasecmp(rest, binding->host + 1) == 0;
	return strcasecmp(name, binding->host) == 0;
}

static void
tell_override(struct judgement *judgement, enum cause cause, const struct dump_binding *binding)
{
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];
	struct text steps = TEXT_EMPTY;

	entries_endpoint(binding, endpoint, sizeof endpoint);
	entries_owner_name(binding, owner, sizeof owner);
	entries_add_deletion(&steps, binding);
	windows_find(judgement->words, &steps, cause, "endpoint", endpoint, "owner", owner, NULL);
	judgement->blamed = true;
}

/*
 * Entries for one address or name win over those for all. The wire has the last word on which one
 * holds: with the right certificate on it they are for others, else the one that holds it is meant.
 */
static void
judge_overrides(struct judgement *judgement)
{
	const struct facts_certificate *shown = wrong_shown(judgement);
	const struct dump *dump = judgement->dump;

	if (shown == NULL && is_any_shown(judgement))
		return;
	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (!is_on_port(judgement, binding) || binding->any ||
		    !is_wrong(judgement, binding) ||
		    (shown != NULL && !digests_is_bound(&binding->hash, shown)))
			continue;
		if (is_dialled(judgement, binding))
			tell_override(judgement, CAUSE_WINDOWS_HOSTNAME_OVERRIDES, binding);
		else if (binding->kind != DUMP_NAME)
			tell_override(judgement, CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES, binding);
	}
}

/* What the wire shows and SSTP does not trust, whoever presents it; false when it is well. */
static bool
judge_shown(struct judgement *judgement, const struct facts_certificate *shown)
{
	const struct dump_binding *holder = holder_of(judgement, shown);
	const struct dump_binding *store = store_of(judgement);
	bool trusted = digests_is_trust_known(&judgement->windows->seen) &&
	               digests_is_trusted(&judgement->windows->seen, shown);
	char hash[SHORT_HASH];

	if (trusted || (holder != NULL && judgement->blamed))
		return !trusted;
	shorten(shown->sha256, hash);
	if (holder == NULL && store != NULL) {
		if (digests_is_trust_known(&judgement->windows->seen))
			tell_override(judgement, CAUSE_WINDOWS_HOSTNAME_OVERRIDES, store);
	} else if (holder == NULL && judgement->on_port > 0) {
		windows_find(judgement->words, NULL, CAUSE_WINDOWS_WIRE_DIFFERS, "shown", hash,
		    "port", judgement->port, NULL);
		judgement->blamed = true;
	} else if (digests_is_trust_known(&judgement->windows->seen) && !judgement->blamed) {
		blame(judgement, &holder, holder == NULL ? 0 : 1);
	}
	return true;
}

static void
judge_family(const struct judgement *judgement)
{
	const struct dump_binding *one =
	    judgement->ipv4 != NULL ? judgement->ipv4 : judgement->ipv6;
	const struct dump *dump = judgement->dump;
	char endpoint[ENTRIES_ENDPOINT_MAX], missing[ENTRIES_ENDPOINT_MAX];

	if (one == NULL || (judgement->ipv4 != NULL && judgement->ipv6 != NULL))
		return;
	/* One for an address of the other family will do. */
	for (size_t i = 0; i < dump->bindings_count; i++)
		if (is_on_port(judgement, &dump->bindings[i]) &&
		    dump->bindings[i].kind == (one->kind == DUMP_IPV4 ? DUMP_IPV6 : DUMP_IPV4))
			return;
	entries_endpoint(one, endpoint, sizeof endpoint);
	snprintf(
	    missing, sizeof missing, one->kind == DUMP_IPV4 ? "[::]:%u" : "0.0.0.0:%u", one->port);
	windows_find(judgement->words, NULL, CAUSE_WINDOWS_FAMILY_MISSING, "missing", missing,
	    "endpoint", endpoint, NULL);
}

/* Who will replace the certificate of an entry that is right, or may be. */
static void
judge_owner(const struct judgement *judgement, const struct dump_binding *binding)
{
	enum entries_owner kind = entries_owner(binding);
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];
	struct text steps = TEXT_EMPTY;

	if ((!binding->any && !is_dialled(judgement, binding)) || is_wrong(judgement, binding) ||
	    (kind != ENTRIES_IIS && kind != ENTRIES_FOREIGN))
		return;
	entries_endpoint(binding, endpoint, sizeof endpoint);
	entries_owner_name(binding, owner, sizeof owner);
	entries_add_assignment(&steps, &binding, 1);
	windows_find(judgement->words, &steps,
	    kind == ENTRIES_IIS ? CAUSE_WINDOWS_IIS_OWNER : CAUSE_WINDOWS_FOREIGN_OWNER, "endpoint",
	    endpoint, "owner", owner, NULL);
}

/* Nothing is wrong, but is anything proven? */
static void
judge_proof(const struct judgement *judgement)
{
	const struct digests *seen = &judgement->windows->seen;
	const struct dump_sstp *sstp = &judgement->dump->sstp;
	const char *what = NULL, *lacking = "-I of that server, or --cert-file";
	bool shown = is_any_shown(judgement);

	/* Then that is what is told. */
	if (!digests_is_trust_known(seen) && (sstp->sha256.present || sstp->whole))
		return;
	if (!digests_is_trust_known(seen)) {
		what = "the hash SSTP trusts was not collected";
		lacking = "reg query of the key of SstpSvc";
	} else if (!shown && judgement->ipv4 == NULL && judgement->ipv6 == NULL) {
		what = "nothing to compare the hash that SSTP trusts with";
	} else if ((judgement->ipv4 != NULL &&
	               compare(judgement, judgement->ipv4) == DIGESTS_UNKNOWN) ||
	           (judgement->ipv6 != NULL &&
	               compare(judgement, judgement->ipv6) == DIGESTS_UNKNOWN)) {
		what = "no certificate to compare SHA-1 with SHA-256";
	}
	if (what != NULL)
		windows_find(judgement->words, NULL, CAUSE_WINDOWS_NOT_COMPARABLE, "what", what,
		    "lacking", lacking, NULL);
}

static void
look_through(struct judgement *judgement)
{
	const struct dump *dump = judgement->dump;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (!is_on_port(judgement, binding))
			continue;
		judgement->on_port++;
		if (binding->any && binding->kind == DUMP_IPV4)
			judgement->ipv4 = binding;
		else if (binding->any)
			judgement->ipv6 = binding;
	}
}

void
judge_binding_entries(const struct words *words, const struct windows *windows)
{
	struct judgement judgement = {
	    .words = words, .windows = windows, .dump = windows->seen.dump};
	const struct dump *dump = judgement.dump;

	snprintf(judgement.port, sizeof judgement.port, "%u", windows_port(dump));
	look_through(&judgement);
	if (dump->listed && judgement.on_port == 0) {
		windows_find(words, NULL, CAUSE_WINDOWS_NO_BINDING, "port", judgement.port, NULL);
		judgement.blamed = true;
	}
	judge_any(&judgement);
	judge_overrides(&judgement);
	for (size_t i = 0; i < windows->seen.count; i++)
		if (digests_shown(&windows->seen, i) != NULL &&
		    judge_shown(&judgement, digests_shown(&windows->seen, i)))
			break;
	judge_family(&judgement);
	for (size_t i = 0; i < dump->bindings_count; i++)
		if (is_on_port(&judgement, &dump->bindings[i]))
			judge_owner(&judgement, &dump->bindings[i]);
	if (!judgement.blamed)
		judge_proof(&judgement);
}
