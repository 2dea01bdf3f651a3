#include "config.h"

#include "probe/revocation.h"

#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "cert/path.h"
#include "cert/points.h"
#include "probe/source.h"
#include "probe/tools.h"

#define URL_SHOWN_MAX 300 /* bytes kept of a URL */
#define SOURCES_MAX   ((size_t)(2 * POINTS_MAX))

/* A certificate and what is found out about it. */
struct lookup {
	struct lookup *next;
	struct source_about about; /* in the target that showed it first */
	int64_t deadline;
	struct facts_revocation facts;
	struct source sources[SOURCES_MAX]; /* beside FACTS.sources */
	bool askable[SOURCES_MAX];
	size_t begun; /* of the sources */
};

struct target {
	struct target *next;
	struct facts *facts;
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

static void
free_lookup(struct lookup *lookup)
{
	for (size_t i = 0; i < SOURCES_MAX; i++)
		source_end(&lookup->sources[i]);
	for (size_t i = 0; i < lookup->facts.sources_count; i++)
		free(lookup->facts.sources[i].url);
	free(lookup->facts.sources);
	free(lookup->facts.about);
	free(lookup);
}

void
revocation_destroy(struct revocation *revocation)
{
	if (revocation == NULL)
		return;
	while (revocation->lookups != NULL) {
		struct lookup *lookup = revocation->lookups;

		revocation->lookups = lookup->next;
		free_lookup(lookup);
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

/* The next source of LOOKUP that wants to be asked, or NULL. */
static struct source *
next_source(struct lookup *lookup)
{
	while (lookup->begun < lookup->facts.sources_count)
		if (lookup->askable[lookup->begun++])
			return &lookup->sources[lookup->begun - 1];
	return NULL;
}

static void
ask_more(struct revocation *revocation)
{
	struct lookup *lookup = revocation->lookups;

	if (revocation->asking)
		return; /* one that could not be asked: the loop below goes on */
	revocation->asking = true;
	while (lookup != NULL && revocation->places > 0) {
		struct source *source = next_source(lookup);

		if (source == NULL) {
			lookup = lookup->next;
			continue;
		}
		revocation->places--;
		source_ask(source, revocation->tools, &lookup->about, revocation->max,
		    lookup->deadline, on_answered, revocation);
	}
	revocation->asking = false;
}

/* ---- certificates ---- */

static bool
is_wanted(enum facts_revocation_mode mode, enum facts_source_kind kind)
{
	return mode == FACTS_REVOCATION_ANY ||
	       mode == (kind == FACTS_SOURCE_CRL ? FACTS_REVOCATION_CRL : FACTS_REVOCATION_OCSP);
}

static char *
shown(const char *url)
{
	struct text text = TEXT_EMPTY;

	sanitize_add(&text, url, strlen(url), URL_SHOWN_MAX);
	return text_take(&text);
}

static bool
add_sources(struct revocation *revocation, struct lookup *lookup, enum facts_source_kind kind,
    const struct points_list *list)
{
	struct facts_revocation *facts = &lookup->facts;

	facts->sources_left_out += list->left_out;
	for (size_t i = 0; i < list->count; i++) {
		size_t index = facts->sources_count;
		struct facts_source *source = &facts->sources[index];

		source->kind = kind;
		source->reason = -1;
		source->url = shown(list->urls[i]);
		if (source->url == NULL)
			return false;
		facts->sources_count++;
		lookup->askable[index] =
		    source_prepare(&lookup->sources[index], list->urls[i], source) &&
		    !facts->no_issuer && is_wanted(revocation->mode, kind);
	}
	return true;
}

/* Put down what the certificate names, in the order in which Windows clients ask. */
static bool
read_points(struct revocation *revocation, struct lookup *lookup)
{
	struct points points;
	bool complete = points_read(lookup->about.link->x509, &points);

	lookup->facts.sources = calloc(SOURCES_MAX, sizeof *lookup->facts.sources);
	complete = complete && lookup->facts.sources != NULL &&
	           add_sources(revocation, lookup, FACTS_SOURCE_OCSP, &points.ocsp) &&
	           add_sources(revocation, lookup, FACTS_SOURCE_CRL, &points.crl);
	points_free(&points);
	return complete;
}

static bool
fill_lookup(struct revocation *revocation, struct lookup *lookup)
{
	const struct path_link *link = lookup->about.link;

	memcpy(lookup->facts.sha256, link->sha256, sizeof link->sha256);
	lookup->facts.no_issuer = link->issuer == NULL;
	lookup->facts.about = strdup(link->about);
	return lookup->facts.about != NULL && read_points(revocation, lookup);
}

static struct lookup *
find_lookup(const struct revocation *revocation, const struct path_link *link)
{
	struct lookup *lookup = revocation->lookups;

	while (
	    lookup != NULL && memcmp(lookup->facts.sha256, link->sha256, sizeof link->sha256) != 0)
		lookup = lookup->next;
	return lookup;
}

/* The lookup of a certificate of TARGET, begun when it is a new one; NULL when memory ran out. */
static struct lookup *
look_up(struct revocation *revocation, const struct target *target, size_t depth, int64_t deadline)
{
	const struct path_link *link = &target->path.links[depth];
	struct lookup *lookup = find_lookup(revocation, link);

	if (lookup != NULL)
		return lookup;
	lookup = calloc(1, sizeof *lookup);
	if (lookup == NULL)
		return NULL;
	lookup->about = (struct source_about){&target->path, link, target->facts->date};
	lookup->deadline = deadline;
	lookup->facts.depth = depth;
	if (!fill_lookup(revocation, lookup)) {
		free_lookup(lookup);
		return NULL;
	}
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
	        revocation->leaf_alone))
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
	    !is_wanted(revocation->mode, FACTS_SOURCE_STAPLE))
		return;
	target->stapled = true;
	target->staple = (struct facts_source){
	    .kind = FACTS_SOURCE_STAPLE,
	    .bytes = length,
	    .reason = -1,
	};
	if (about.link->issuer != NULL)
		source_read_ocsp(&about, bytes, length, &target->staple);
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

static bool
share(const struct target *target)
{
	struct facts_revocation found[PATH_LINKS_MAX];
	struct facts *facts = target->facts;

	for (size_t i = 0; i < target->count; i++)
		found[i] = target->lookups[i]->facts;
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
		target->facts->revocation_mode = revocation->mode;
		target->facts->no_memory |= !share(target);
	}
}
