#include "verdict/judge_binding.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "verdict/bound.h"
#include "verdict/entries.h"
#include "verdict/judge_proof.h"
#include "verdict/mending.h"

/* What is made out on the way. */
struct judgement {
	const struct words *words;
	const struct windows *windows;
	struct bound bound;
	bool blamed; /* a certificate was found wrong */
};

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

/* The list is there and nothing in it is for the port. Where nobody told that the port is the right
 * one and something answers there, that is no fault, and judge_proof tells it. */
static bool
is_none(const struct judgement *judgement)
{
	return judgement->bound.dump->listed && judgement->bound.count == 0 &&
	       (windows_is_port_told(judgement->windows) ||
	           windows_shown(judgement->windows) == NULL);
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
	char hash[DIGESTS_SHORT];

	digests_shorten(shown->sha256, hash);
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

static void
blame(struct judgement *judgement, const struct dump_binding *wrong, struct text *steps)
{
	struct cause_row row = *causes_row(CAUSE_WINDOWS_HASH_MISMATCH);
	size_t before = judgement->words->verdict->findings_count;
	char owner[DUMP_OWNER_MAX];

	entries_owner_name(wrong, owner, sizeof owner);
	if (mending_is_renewed(wrong))
		row.remedy = mending_renewal;
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
		mending_add_all(&steps, &judgement->bound, wrong);
		snprintf(words, sizeof words, ", %s (owner %s) is wrong", endpoint, owner);
	}
	if (wrong != NULL && entries_owner(wrong) == ENTRIES_DIRECTACCESS)
		row.remedy = "give both one certificate, assign in RRAS";
	else if (mending_is_renewed(wrong))
		row.remedy = mending_renewal;
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

		mending_add_all(&steps, &judgement->bound, wrong);
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
	mending_add_removal(&steps, binding);
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
	char hash[DIGESTS_SHORT];

	if (!from_file && elsewhere != NULL) {
		tell_other_port(judgement, elsewhere);
		return;
	}
	if (!from_file && collected != 0 && collected < shown->not_before)
		row.remedy = "collect anew, it was issued after that, or find what terminates TLS";
	digests_shorten(shown->sha256, hash);
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
	mending_add_renewal(&steps);
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
		judge_proof_entries(words, &judgement.bound);
}
