#include "config.h"

#include "probe/revocation.h"

#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "cert/path.h"
#include "net/memory.h"
#include "probe/lookup.h"
#include "probe/tools.h"

struct target {
	struct target *next;
	struct facts *facts; /* NULL: nobody wants to know any more */
	struct path path;
	struct lookup *lookups[PATH_LINKS_MAX];
	size_t count;
	bool stapled;
	struct facts_source staple;
};

struct revocation {
	struct tools *tools;
	enum facts_revocation_mode mode;
	bool leaf_alone;
	size_t max;
	size_t places;          /* free */
	struct lookup *lookups; /* the newest first */
	struct target *targets;
	bool asking;
};

struct revocation *
revocation_create(struct tools *tools, const struct plan_run *run)
{
	struct revocation *revocation = calloc(1, sizeof *revocation);

	if (revocation == NULL)
		return NULL;
	revocation->tools = tools;
	revocation->mode = run->revocation;
	revocation->leaf_alone = run->revocation_of_leaf;
	revocation->max = run->crl_max;
	revocation->places = REVOCATION_PLACES;
	return revocation;
}

void
revocation_destroy(struct revocation *revocation)
{
	if (revocation == NULL)
		return;
	while (revocation->lookups != NULL) {
		struct lookup *lookup = revocation->lookups;

		revocation->lookups = lookup->next;
		lookup_free(lookup);
	}
	while (revocation->targets != NULL) {
		struct target *target = revocation->targets;

		revocation->targets = target->next;
		path_free(&target->path);
		free(target);
	}
	free(revocation);
}

/* ---- asking ---- */

static void ask_more(struct revocation *revocation);

static void
on_answered(void *owner)
{
	struct revocation *revocation = owner;

	revocation->places++;
	ask_more(revocation);
}

/* What may be asked at once gets all the time there is; where sources wait for a place those before
 * them must leave them their share of it, or a few that hang would silence all others. */
static int64_t
share_of_time(const struct revocation *revocation, const struct lookup *lookup)
{
	int64_t now = loop_now(revocation->tools->loop);
	int64_t left = deadline_left(lookup->deadline, now);
	size_t waiting = 0, rounds;

	for (const struct lookup *at = revocation->lookups; at != NULL; at = at->next)
		waiting += lookup_waiting(at);
	waiting = waiting > revocation->places ? waiting - revocation->places : 0;
	rounds = 1 + (waiting + REVOCATION_PLACES - 1) / REVOCATION_PLACES;
	return deadline_after(now, left / (int64_t)rounds);
}

static void
ask_more(struct revocation *revocation)
{
	struct lookup *lookup = revocation->lookups;

	if (revocation->asking)
		return; /* one that could not be asked: the loop below goes on */
	revocation->asking = true;
	while (lookup != NULL && revocation->places > 0) {
		int64_t deadline;

		if (lookup_waiting(lookup) == 0) {
			lookup = lookup->next;
			continue;
		}
		deadline = share_of_time(revocation, lookup);
		revocation->places--;
		lookup_ask(lookup, deadline);
	}
	revocation->asking = false;
}

/* ---- certificates ---- */

/* One address may send an issuer that another leaves out: what can be verified for the one cannot
 * for the other. */
static bool
is_for(const struct lookup *lookup, const struct path_link *link)
{
	const X509 *issuer = lookup->about.link->issuer;

	if (memcmp(lookup->facts.sha256, link->sha256, sizeof link->sha256) != 0)
		return false;
	if (issuer == NULL || link->issuer == NULL)
		return issuer == link->issuer;
	return X509_cmp(issuer, link->issuer) == 0;
}

static struct lookup *
find_lookup(const struct revocation *revocation, const struct path_link *link)
{
	struct lookup *lookup = revocation->lookups;

	while (lookup != NULL && !is_for(lookup, link))
		lookup = lookup->next;
	return lookup;
}

/* The lookup of a certificate of TARGET, begun when it is a new one; NULL when memory ran out. */
static struct lookup *
look_up(struct revocation *revocation, const struct target *target, size_t depth, int64_t deadline)
{
	const struct path_link *link = &target->path.links[depth];
	struct source_about about = {&target->path, link, target->facts->date};
	struct lookup *lookup = find_lookup(revocation, link);

	if (lookup != NULL)
		return lookup;
	lookup = lookup_create(revocation->tools, revocation->mode, &about, depth, revocation->max,
	    deadline, on_answered, revocation);
	if (lookup == NULL)
		return NULL;
	lookup->next = revocation->lookups;
	revocation->lookups = lookup;
	return lookup;
}

/* ---- targets ---- */

static bool
look_up_all(
    struct revocation *revocation, struct target *target, STACK_OF(X509) * chain, int64_t deadline)
{
	bool off = revocation->mode == FACTS_REVOCATION_OFF;

	if (!path_build(&target->path, off ? NULL : revocation->tools->trust, chain,
	        &target->facts->tls.trust, revocation->leaf_alone))
		return false;
	for (size_t i = 0; i < target->path.count; i++) {
		target->lookups[i] = look_up(revocation, target, i, deadline);
		if (target->lookups[i] == NULL)
			return false;
		target->count++;
	}
	return true;
}

static void
read_staple(struct revocation *revocation, struct target *target, const struct tls *tls)
{
	struct source_about about = {&target->path, &target->path.links[0], target->facts->date};
	size_t length;
	const unsigned char *bytes = tls_stapled(tls, &length);

	if (bytes == NULL || target->count == 0 ||
	    !facts_revocation_wants(revocation->mode, FACTS_SOURCE_STAPLE))
		return;
	target->stapled = true;
	target->staple = (struct facts_source){
	    .kind = FACTS_SOURCE_STAPLE,
	    .bytes = length,
	    .reason = -1,
	};
	if (about.link->issuer != NULL)
		source_read_ocsp(&about, bytes, length, &target->staple);
	lookup_hear(target->lookups[0], &target->staple);
}

/* The target, or NULL when there is nothing to look at. */
static struct target *
take(struct revocation *revocation, STACK_OF(X509) * chain, int64_t deadline, struct facts *facts)
{
	struct target *target;

	if (revocation == NULL || chain == NULL || sk_X509_num(chain) == 0)
		return NULL;
	target = calloc(1, sizeof *target);
	if (target == NULL) {
		facts->no_memory = true;
		return NULL;
	}
	target->facts = facts;
	target->next = revocation->targets;
	revocation->targets = target;
	facts->no_memory |= !look_up_all(revocation, target, chain, deadline);
	return target;
}

void
revocation_take(
    struct revocation *revocation, STACK_OF(X509) * chain, int64_t deadline, struct facts *facts)
{
	if (take(revocation, chain, deadline, facts) != NULL)
		ask_more(revocation);
}

void
revocation_see(struct revocation *revocation, const struct tls *tls, const struct plan *plan,
    struct facts *facts)
{
	struct target *target = take(revocation, tls_chain(tls), plan->deadline, facts);

	if (target == NULL)
		return;
	read_staple(revocation, target, tls);
	ask_more(revocation);
}

/* The target stays: others may share what is looked up for it. */
void
revocation_forget(struct revocation *revocation, const struct facts *facts)
{
	if (revocation == NULL)
		return;
	for (struct target *target = revocation->targets; target != NULL; target = target->next)
		if (target->facts == facts)
			target->facts = NULL;
}

/* The stapled response goes before what the certificate names. */
static bool
add_staple(const struct target *target, struct facts_revocation *leaf)
{
	struct facts_source *sources =
	    realloc(leaf->sources, (leaf->sources_count + 1) * sizeof *sources);

	if (sources == NULL)
		return false;
	memmove(sources + 1, sources, leaf->sources_count * sizeof *sources);
	leaf->sources = sources;
	leaf->sources[0] = target->staple;
	leaf->sources[0].url = strdup("");
	leaf->sources_count++;
	return leaf->sources[0].url != NULL;
}

/* A source that could not be read for want of memory might have said that it is revoked. */
static bool
lacked_memory(const struct facts_revocation *found)
{
	for (size_t i = 0; i < found->sources_count; i++)
		if (found->sources[i].said == FACTS_SAID_UNREACHABLE &&
		    found->sources[i].symptom == FACTS_NO_MEMORY)
			return true;
	return false;
}

static bool
share(const struct target *target)
{
	struct facts_revocation found[PATH_LINKS_MAX];
	struct facts *facts = target->facts;

	facts->revocations_cut = target->path.cut;
	for (size_t i = 0; i < target->count; i++) {
		found[i] = target->lookups[i]->facts;
		facts->no_memory |= lacked_memory(&found[i]);
	}
	facts->revocations = facts_revocation_copy(found, target->count);
	if (facts->revocations == NULL)
		return target->count == 0;
	facts->revocations_count = target->count;
	return !target->stapled || add_staple(target, &facts->revocations[0]);
}

void
revocation_share(struct revocation *revocation)
{
	const struct target *target;

	if (revocation == NULL)
		return;
	for (target = revocation->targets; target != NULL; target = target->next) {
		if (target->facts == NULL)
			continue;
		target->facts->revocation_mode = revocation->mode;
		target->facts->no_memory |= !share(target) || memory_ran_out();
	}
}
