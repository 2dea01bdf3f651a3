#include "config.h"

#include "probe/muster.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "net/resolve.h"
#include "probe/crowd.h"
#include "probe/reconnect.h"

/* A member that climbs, or a name that is being looked up for its members. */
struct member {
	struct crowd_place place;
	struct facts facts;
	char address[FACTS_ADDRESS_MAX]; /* "" while it is a name */
	char *label;                     /* owned; NULL: the wish's own */
	struct member *members;          /* one for each address of a name; owned */
	size_t count;
	struct reconnect *reconnect; /* owned, or NULL */
};

struct muster_run {
	const struct muster_wish *wishes;
	struct member *roots; /* one for each wish */
	size_t count;
	size_t total; /* of members so far */
	bool no_memory;
};

static int
compare_addresses(const void *one, const void *other)
{
	struct resolve_address a, b;

	/* With a zone that has gone they are not read back; then their figures decide. */
	if (!resolve_figures(one, &a) || !resolve_figures(other, &b))
		return strcmp(one, other);
	if (a.address.ss_family != b.address.ss_family)
		return a.address.ss_family == AF_INET ? -1 : 1;
	if (a.address.ss_family == AF_INET)
		return memcmp(&((struct sockaddr_in *)&a.address)->sin_addr,
		    &((struct sockaddr_in *)&b.address)->sin_addr, sizeof(struct in_addr));
	return memcmp(&((struct sockaddr_in6 *)&a.address)->sin6_addr,
	    &((struct sockaddr_in6 *)&b.address)->sin6_addr, sizeof(struct in6_addr));
}

/* LABEL/NUMBER where there are several. False when memory ran out. */
static bool
set_label(struct member *member, const char *label, size_t number, size_t count)
{
	size_t size = strlen(label) + sizeof "/18446744073709551615";

	if (count == 1)
		return true;
	member->label = malloc(size);
	if (member->label == NULL)
		return false;
	snprintf(member->label, size, "%s/%zu", label, number);
	member->place.plan.label = member->label;
	return true;
}

/* A name is looked up: its members climb. */
static void
spread(struct crowd_place *place)
{
	struct member *root = (struct member *)place;
	struct muster_run *run = place->owner;
	const struct plan *plan = &run->wishes[root - run->roots].plan;
	size_t count = root->facts.addresses_count;

	root->facts.level = plan->level;
	if (facts_failed_stage(&root->facts) != FACTS_STAGES || root->facts.addresses == NULL)
		return;
	run->total += count - 1;
	root->members =
	    run->total > MUSTER_MEMBERS_MAX ? NULL : calloc(count, sizeof *root->members);
	if (root->members == NULL) {
		run->no_memory |= run->total <= MUSTER_MEMBERS_MAX;
		return;
	}
	root->count = count;
	qsort(root->facts.addresses, count, sizeof *root->facts.addresses, compare_addresses);
	for (size_t i = 0; i < count; i++) {
		struct member *member = &root->members[i];

		member->place.plan = *plan;
		memcpy(member->address, root->facts.addresses[i], sizeof member->address);
		member->place.plan.address = member->address;
		member->place.facts = &member->facts;
		facts_begin(&member->facts);
		if (set_label(member, plan->label, i + 1, count))
			crowd_add(place->crowd, &member->place);
		else
			run->no_memory = true;
	}
}

static void
come_back(struct crowd_place *place)
{
	struct member *root = (struct member *)place;
	const struct muster_run *run = place->owner;
	const struct muster_wish *wish = &run->wishes[root - run->roots];

	if (facts_failed_stage(&root->facts) == FACTS_STAGES && root->facts.http.answered)
		root->reconnect =
		    reconnect_begin(place->crowd, &wish->plan, wish->reconnects, &root->facts);
}

static void
add_wish(struct muster_run *run, struct crowd *crowd, size_t at)
{
	struct member *root = &run->roots[at];

	root->place.plan = run->wishes[at].plan;
	root->place.facts = &root->facts;
	root->place.owner = run;
	if (run->wishes[at].spread) {
		root->place.plan.level = FACTS_RESOLVE;
		root->place.done = spread;
	} else if (run->wishes[at].reconnects > 0)
		root->place.done = come_back;
	crowd_add(crowd, &root->place);
}

static void
add_wishes(struct muster_run *run, struct crowd *crowd, bool first)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->wishes[i].first == first)
			add_wish(run, crowd, i);
}

static bool
wants_tls(const struct muster_wish *wishes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!wishes[i].plan.plain && wishes[i].plan.level >= FACTS_TLS)
			return true;
	return false;
}

/* Hand over what MEMBER found, and with it what its memory holds. */
static void
take(struct muster *muster, struct member *member, size_t wish)
{
	muster->facts[muster->count] = member->facts;
	muster->wishes[muster->count++] = wish;
	facts_begin(&member->facts);
}

static bool
has_no_route(const struct facts *facts)
{
	return facts_failed_stage(facts) == FACTS_CONNECT &&
	       facts->steps[FACTS_CONNECT].symptom == FACTS_NO_ROUTE;
}

/* How many of a name's addresses are left out: those without a route, as long as others have. */
static size_t
count_skipped(const struct member *root)
{
	size_t count = 0;

	for (size_t i = 0; i < root->count; i++)
		count += has_no_route(&root->members[i].facts);
	return count < root->count ? count : 0;
}

/* The time that the name took counts for each of its members. */
static void
take_members(struct muster *muster, struct member *root, size_t wish)
{
	int64_t taken = root->facts.steps[FACTS_RESOLVE].nanoseconds;
	size_t skipped = count_skipped(root);

	muster->no_route += skipped;
	for (size_t i = 0; i < root->count; i++) {
		struct facts *facts = &root->members[i].facts;

		if (skipped > 0 && has_no_route(facts))
			continue;
		facts->addresses_no_route += skipped;
		facts->steps[FACTS_RESOLVE].nanoseconds += taken;
		facts->total += taken;
		take(muster, &root->members[i], wish);
	}
}

static bool
gather(struct muster *muster, struct muster_run *run)
{
	muster->too_many = run->total > MUSTER_MEMBERS_MAX;
	if (muster->too_many)
		return true;
	muster->facts = calloc(run->total, sizeof *muster->facts);
	muster->wishes = calloc(run->total, sizeof *muster->wishes);
	if (muster->facts == NULL || muster->wishes == NULL || run->no_memory)
		return false;
	for (size_t i = 0; i < run->count; i++) {
		if (run->roots[i].count > 0)
			take_members(muster, &run->roots[i], i);
		else
			take(muster, &run->roots[i], i);
	}
	return true;
}

static void
free_members(struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free_members(members[i].members, members[i].count);
		reconnect_free(members[i].reconnect);
		facts_free(&members[i].facts);
		free(members[i].label);
	}
	free(members);
}

const char *
muster_run(const struct plan_run *run, const struct muster_wish *wishes, size_t count,
    size_t concurrency, struct muster *muster)
{
	struct muster_run state = {.wishes = wishes, .count = count, .total = count};
	struct crowd crowd;
	const char *problem, *late;

	memset(muster, 0, sizeof *muster);
	state.roots = calloc(count, sizeof *state.roots);
	if (state.roots == NULL)
		return text_no_memory;
	problem = crowd_begin(&crowd, run, wants_tls(wishes, count), concurrency);
	for (size_t i = 0; i < count; i++)
		facts_begin(&state.roots[i].facts);
	if (problem == NULL) {
		add_wishes(&state, &crowd, true);
		add_wishes(&state, &crowd, false);
		crowd_climb(&crowd);
	}
	late = crowd_end(&crowd);
	if (problem == NULL && (problem = late) == NULL && !gather(muster, &state))
		problem = text_no_memory;
	free_members(state.roots, count);
	return problem;
}

void
muster_free(struct muster *muster)
{
	for (size_t i = 0; i < muster->count; i++)
		facts_free(&muster->facts[i]);
	free(muster->facts);
	free(muster->wishes);
	memset(muster, 0, sizeof *muster);
}
