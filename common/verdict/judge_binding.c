#include "verdict/judge_binding.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "verdict/bound.h"
#include "verdict/entries.h"

#define SHORT_HASH 9 /* four bytes in digits, and the NUL */

/* What is made out on the way. */
struct judgement {
	const struct words *words;
	const struct windows *windows;
	struct bound bound;
	bool blamed; /* a certificate was found wrong */
};

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
	return windows_shown(judgement->windows) != NULL;
}

/* The list is there and nothing in it is for the port. Where nobody told that the port is the right
 * one and something answers there, that is no fault, and judge_proof() tells it. */
static bool
is_none(const struct judgement *judgement)
{
	return judgement->bound.dump->listed && judgement->bound.count == 0 &&
	       (windows_is_port_told(judgement->windows) || !is_any_shown(judgement));
}

/* What the wire shows and no entry explains: the port that is looked at, where that is another one,
 * has none either. NULL: nothing. */
static const struct facts_certificate *
shown_by_none(const struct judgement *judgement)
{
	const struct windows *windows = judgement->windows;
	const struct dump *dump = windows->seen.dump;
	const struct facts_certificate *shown = NULL;

	for (size_t i = 0; i < dump->bindings_count; i++)
		if (dump->bindings[i].port == windows->port &&
		    windows->port != windows_port(windows))
			return NULL;
	for (size_t i = 0; i < windows->seen.count && shown == NULL; i++)
		if (!windows->seen.facts[i].from_file &&
		    !bound_is_aside(&judgement->bound, &windows->seen.facts[i]))
			shown = digests_shown(&windows->seen, i);
	return shown;
}

/* Nothing is bound, yet SHOWN came over the wire: who presents it is to be looked for first. */
static void
tell_stranger(struct judgement *judgement, const struct facts_certificate *shown)
{
	size_t before = judgement->words->verdict->findings_count;
	struct text steps = TEXT_EMPTY;
	char hash[SHORT_HASH];

	shorten(shown->sha256, hash);
	text_format(&steps,
	    "powershell.exe Get-NetTCPConnection -State Listen -LocalPort %s # OwningProcess 4 is "
	    "HTTP.sys\n",
	    judgement->bound.port);
	text_add(&steps, "where HTTP.sys is to answer there: ");
	entries_add_assignment(&steps);
	entries_add_restart(&steps);
	words_find_as(judgement->words, CAUSE_WINDOWS_NO_BINDING, &causes_none_but_shown, "shown",
	    hash, "port", judgement->bound.port, NULL);
	windows_add_steps(judgement->words, before, &steps);
}

static void
judge_none(struct judgement *judgement)
{
	const struct facts_certificate *shown = shown_by_none(judgement);
	struct text steps = TEXT_EMPTY;
	size_t place = 0;
	bool others;

	if (!is_none(judgement))
		return;
	judgement->blamed = true;
	if (shown != NULL) {
		tell_stranger(judgement, shown);
		return;
	}
	others = bound_next(&judgement->bound, &place) != NULL;
	entries_add_assignment(&steps);
	entries_add_restart(&steps);
	windows_find(judgement->words, &steps, CAUSE_WINDOWS_NO_BINDING, "port",
	    judgement->bound.port, "others", others ? ", but for other names" : "", NULL);
}

/* Whether SSTP made BINDING, which may be NULL, for all addresses, and so makes it anew by itself.
 * Which of the two is right, it or the hash, nobody knows: a renewed certificate may be bound while
 * the hash is that of the old one. */
static bool
is_renewed(const struct dump_binding *binding)
{
	return binding != NULL && binding->any && entries_owner(binding) == ENTRIES_SSTP;
}

static const char renewal[] = "restart RemoteAccess, else assign in RRAS";

/* The lines for it: nothing is deleted. */
static void
add_renewal(struct text *steps)
{
	entries_add_restart(steps);
	text_add(steps, "where that does not help: ");
	entries_add_assignment(steps);
}

/* The lines that mend all that goes, of which WRONG is told. */
static void
add_mending(const struct judgement *judgement, const struct dump_binding *wrong, struct text *steps)
{
	const struct bound *bound = &judgement->bound;
	const struct dump_binding *binding;
	size_t place = 0;
	bool of_iis = false, of_any = false;

	while ((binding = bound_next(bound, &place)) != NULL) {
		if (!bound_goes(bound, binding) || entries_owner(binding) != ENTRIES_IIS)
			continue;
		/* Those of both families are one to IIS. */
		if (!binding->any || !of_any)
			entries_add_iis_removal(steps, binding);
		of_any |= binding->any;
		of_iis = true;
	}
	for (place = 0; (binding = bound_next(bound, &place)) != NULL;)
		if (bound_goes(bound, binding) && !is_renewed(binding))
			entries_add_deletion(steps, binding);
	if (of_iis)
		entries_add_iis_restart(steps);
	if (is_renewed(wrong))
		add_renewal(steps);
	else
		entries_add_assignment(steps);
}

/* The lines that remove one entry. */
static void
add_removal(struct text *steps, const struct dump_binding *binding)
{
	bool of_iis = entries_owner(binding) == ENTRIES_IIS && !dump_is_stored(binding);

	if (of_iis)
		entries_add_iis_removal(steps, binding);
	entries_add_deletion(steps, binding);
	if (of_iis)
		entries_add_iis_restart(steps);
}

static void
blame(struct judgement *judgement, const struct dump_binding *wrong, struct text *steps)
{
	struct cause_row row = *causes_row(CAUSE_WINDOWS_HASH_MISMATCH);
	size_t before = judgement->words->verdict->findings_count;
	char owner[DUMP_OWNER_MAX];

	entries_owner_name(wrong, owner, sizeof owner);
	if (is_renewed(wrong))
		row.remedy = renewal;
	words_find_as(judgement->words, CAUSE_WINDOWS_HASH_MISMATCH, &row, "port",
	    judgement->bound.port, "owner", owner, "unbind", entries_how_to_unbind(wrong), NULL);
	windows_add_steps(judgement->words, before, steps);
	judgement->blamed = true;
}

/* The wire shows what SSTP does not trust, and what HTTP.sys is bound to was not collected. */
static void
blame_nobody(struct judgement *judgement)
{
	struct text steps = TEXT_EMPTY;

	entries_add_assignment(&steps);
	blame(judgement, NULL, &steps);
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
	size_t before = judgement->words->verdict->findings_count;
	struct cause_row row = *causes_row(CAUSE_WINDOWS_FAMILIES_DIFFER);

	if (wrong != NULL) {
		entries_endpoint(wrong, endpoint, sizeof endpoint);
		entries_owner_name(wrong, owner, sizeof owner);
		add_mending(judgement, wrong, &steps);
		snprintf(words, sizeof words, ", %s (owner %s) is wrong", endpoint, owner);
	}
	if (wrong != NULL && entries_owner(wrong) == ENTRIES_DIRECTACCESS)
		row.remedy = "give both one certificate, assign in RRAS";
	else if (is_renewed(wrong))
		row.remedy = renewal;
	row.state = policy_state(judgement->words->policy, CAUSE_WINDOWS_FAMILIES_DIFFER);
	words_find_as(judgement->words, CAUSE_WINDOWS_FAMILIES_DIFFER, &row, "port",
	    judgement->bound.port, "wrong", words, NULL);
	windows_add_steps(judgement->words, before, &steps);
	judgement->blamed = true;
}

/* The entries for all addresses of a family. */
static void
judge_any(struct judgement *judgement)
{
	const struct bound *bound = &judgement->bound;
	const struct dump_binding *ipv4 = bound->ipv4, *ipv6 = bound->ipv6;
	bool wrong4 = bound_is_wrong(bound, ipv4), wrong6 = bound_is_wrong(bound, ipv6);
	struct text steps = TEXT_EMPTY;

	if (ipv4 != NULL && ipv6 != NULL && !(wrong4 && wrong6) &&
	    do_differ(&ipv4->hash, &ipv6->hash)) {
		tell_families(judgement, wrong4 ? ipv4 : wrong6 ? ipv6 : NULL);
	} else if (wrong4 || wrong6) {
		/* Of two owners the one that SSTP does not know of is the trouble. */
		const struct dump_binding *wrong =
		    wrong4 && (!wrong6 || entries_owner(ipv4) != ENTRIES_SSTP) ? ipv4 : ipv6;

		add_mending(judgement, wrong, &steps);
		blame(judgement, wrong, &steps);
	}
}

static void
tell_override(struct judgement *judgement, enum cause cause, const struct dump_binding *binding)
{
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];
	struct text steps = TEXT_EMPTY;

	entries_endpoint(binding, endpoint, sizeof endpoint);
	entries_owner_name(binding, owner, sizeof owner);
	add_removal(&steps, binding);
	windows_find(judgement->words, &steps, cause, "endpoint", endpoint, "owner", owner,
	    "unbind", entries_how_to_unbind(binding), NULL);
	judgement->blamed = true;
}

/*
 * Entries for one address or name win over those for all. Where the wire tells which one holds it
 * has the last word: with the right certificate on it they are for others, else the one that holds
 * it is meant.
 */
static void
judge_overrides(struct judgement *judgement)
{
	const struct facts_certificate *shown = wrong_shown(judgement);
	const struct bound *bound = &judgement->bound;
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL) {
		/* What goes has been told. */
		if (binding->any || !bound_is_wrong(bound, binding) || bound_goes(bound, binding) ||
		    (bound_is_witnessed(bound, binding) &&
		        (shown == NULL || !digests_is_bound(&binding->hash, shown))))
			continue;
		if (bound_is_dialled(bound, binding))
			tell_override(judgement, CAUSE_WINDOWS_HOSTNAME_OVERRIDES, binding);
		else if (binding->kind != DUMP_NAME)
			tell_override(judgement, CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES, binding);
	}
}

/* The entry that holds SHOWN on the port that was looked at, where SSTP is on another; NULL. */
static const struct dump_binding *
holder_elsewhere(const struct judgement *judgement, const struct facts_certificate *shown)
{
	const struct windows *windows = judgement->windows;
	const struct dump *dump = windows->seen.dump;

	for (size_t i = 0; i < dump->bindings_count; i++)
		if (dump->bindings[i].port == windows->port &&
		    windows->port != windows_port(windows) &&
		    digests_is_bound(&dump->bindings[i].hash, shown))
			return &dump->bindings[i];
	return NULL;
}

static void
tell_other_port(struct judgement *judgement, const struct dump_binding *holder)
{
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];

	entries_endpoint(holder, endpoint, sizeof endpoint);
	entries_owner_name(holder, owner, sizeof owner);
	words_find_as(judgement->words, CAUSE_WINDOWS_WIRE_DIFFERS, &causes_other_port, "port",
	    judgement->bound.port, "endpoint", endpoint, "owner", owner, NULL);
	judgement->blamed = true;
}

/* No entry holds what is shown. One that was issued after the list was collected may be bound by
 * now.
 */
static void
tell_difference(struct judgement *judgement, const struct facts_certificate *shown)
{
	bool from_file = judgement->words->facts->from_file;
	const struct dump_binding *elsewhere = holder_elsewhere(judgement, shown);
	struct cause_row row =
	    from_file ? causes_file_differs : *causes_row(CAUSE_WINDOWS_WIRE_DIFFERS);
	int64_t collected = judgement->bound.dump->collected;
	char hash[SHORT_HASH];

	if (!from_file && elsewhere != NULL) {
		tell_other_port(judgement, elsewhere);
		return;
	}
	if (!from_file && collected != 0 && collected < shown->not_before)
		row.remedy = "collect anew, it was issued after that, or find what terminates TLS";
	shorten(shown->sha256, hash);
	words_find_as(judgement->words, CAUSE_WINDOWS_WIRE_DIFFERS, &row, "shown", hash, "port",
	    judgement->bound.port, NULL);
	judgement->blamed = true;
}

/* What the wire shows and SSTP does not trust, whoever presents it; false when it is well. */
static bool
judge_shown(
    struct judgement *judgement, const struct facts *facts, const struct facts_certificate *shown)
{
	const struct dump_binding *holder = bound_holder(&judgement->bound, shown);
	const struct dump_binding *store = bound_store(&judgement->bound, facts);
	bool known = digests_is_trust_known(&judgement->windows->seen);
	bool trusted = known && digests_is_trusted(&judgement->windows->seen, shown);

	if (trusted)
		return false;
	/* One that FACTS cannot have come to may be right for those who can. */
	if (holder != NULL && !judgement->blamed &&
	    !bound_may_answer(&judgement->bound, holder, facts))
		holder = NULL;
	if (holder == NULL && store != NULL) {
		if (known)
			tell_override(judgement, CAUSE_WINDOWS_HOSTNAME_OVERRIDES, store);
	} else if (holder == NULL &&
	           (judgement->bound.count > 0 || (known && judgement->words->facts->from_file))) {
		tell_difference(judgement, shown);
	} else if (known && !judgement->blamed) {
		blame_nobody(judgement);
	}
	return true;
}

static void
judge_family(const struct judgement *judgement)
{
	const struct bound *bound = &judgement->bound;
	const struct dump_binding *one = bound->ipv4 != NULL ? bound->ipv4 : bound->ipv6, *binding;
	char endpoint[ENTRIES_ENDPOINT_MAX], missing[ENTRIES_ENDPOINT_MAX];
	struct text steps = TEXT_EMPTY;
	size_t place = 0;

	if (one == NULL || (bound->ipv4 != NULL && bound->ipv6 != NULL) || !bound->dump->listed)
		return;
	/* One for an address of the other family will do. */
	while ((binding = bound_next(bound, &place)) != NULL)
		if (binding->kind == (one->kind == DUMP_IPV4 ? DUMP_IPV6 : DUMP_IPV4))
			return;
	entries_endpoint(one, endpoint, sizeof endpoint);
	snprintf(
	    missing, sizeof missing, one->kind == DUMP_IPV4 ? "[::]:%u" : "0.0.0.0:%u", one->port);
	entries_add_restart(&steps);
	text_add(&steps, "where that does not help: ");
	entries_add_assignment(&steps);
	windows_find(judgement->words, &steps, CAUSE_WINDOWS_FAMILY_MISSING, "missing", missing,
	    "endpoint", endpoint, NULL);
}

/* Whether callers of its family have no entry but those for single addresses, of which it is one.
 */
static bool
is_instead(const struct bound *bound, const struct dump_binding *binding)
{
	return (binding->kind == DUMP_IPV4 && bound->ipv4 == NULL) ||
	       (binding->kind == DUMP_IPV6 && bound->ipv6 == NULL);
}

/* Who will replace the certificate of an entry that is right, or may be. */
static void
judge_owner(const struct judgement *judgement, const struct dump_binding *binding)
{
	const struct bound *bound = &judgement->bound;
	enum entries_owner kind = entries_owner(binding);
	char endpoint[ENTRIES_ENDPOINT_MAX], owner[DUMP_OWNER_MAX];
	struct text steps = TEXT_EMPTY;

	if ((!binding->any && !bound_is_dialled(bound, binding) && !is_instead(bound, binding)) ||
	    dump_is_stored(binding) || bound_goes(bound, binding) ||
	    bound_is_wrong(bound, binding) || (kind != ENTRIES_IIS && kind != ENTRIES_FOREIGN))
		return;
	entries_endpoint(binding, endpoint, sizeof endpoint);
	entries_owner_name(binding, owner, sizeof owner);
	if (kind == ENTRIES_IIS)
		entries_add_iis_removal(&steps, binding);
	entries_add_assignment(&steps);
	windows_find(judgement->words, &steps,
	    kind == ENTRIES_IIS ? CAUSE_WINDOWS_IIS_OWNER : CAUSE_WINDOWS_FOREIGN_OWNER, "endpoint",
	    endpoint, "owner", owner, NULL);
}

/* Whether the comparison of an entry that SSTP's callers may come to gives ANSWER. */
static bool
is_any(const struct judgement *judgement, enum digests_answer answer)
{
	const struct bound *bound = &judgement->bound;
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
is_any_open(const struct judgement *judgement)
{
	const struct bound *bound = &judgement->bound;
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL)
		if (bound_is_open(bound, binding) && bound_compare(bound, binding) != DIGESTS_SAME)
			return true;
	return false;
}

/* Nothing is wrong, but is anything proven? */
static void
judge_proof(const struct judgement *judgement)
{
	static const char key[] = "reg query of the key of SstpSvc";
	const struct digests *seen = &judgement->windows->seen;
	const struct bound *bound = &judgement->bound;
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
	} else if (!is_any_shown(judgement) && bound->ipv4 == NULL && bound->ipv6 == NULL) {
		snprintf(what, sizeof what, "nothing to compare the hash that SSTP trusts with");
	} else if (is_any(judgement, DIGESTS_DOUBTED)) {
		snprintf(what, sizeof what, "SHA1CertificateHash differs, but may be left over");
	} else if (is_any(judgement, DIGESTS_UNKNOWN)) {
		snprintf(what, sizeof what, "no certificate to compare SHA-1 with SHA-256");
	} else if (is_any_open(judgement)) {
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
		windows_find(judgement->words, NULL, CAUSE_WINDOWS_NOT_COMPARABLE, "what", what,
		    "lacking", lacking, NULL);
}

void
judge_binding_entries(const struct words *words, const struct windows *windows)
{
	struct judgement judgement = {.words = words, .windows = windows};
	const struct dump_binding *binding;
	size_t place = 0;

	bound_look(&judgement.bound, windows);
	judge_none(&judgement);
	judge_any(&judgement);
	judge_overrides(&judgement);
	for (size_t i = 0; i < windows->seen.count; i++)
		if (digests_shown(&windows->seen, i) != NULL &&
		    !bound_is_aside(&judgement.bound, &windows->seen.facts[i]) &&
		    judge_shown(
		        &judgement, &windows->seen.facts[i], digests_shown(&windows->seen, i)))
			break;
	judge_family(&judgement);
	while ((binding = bound_next(&judgement.bound, &place)) != NULL)
		judge_owner(&judgement, binding);
	if (!judgement.blamed)
		judge_proof(&judgement);
}
