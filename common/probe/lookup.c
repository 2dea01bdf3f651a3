#include "config.h"

#include "probe/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"

#define URL_SHOWN_MAX 300 /* bytes kept of a URL */

static char *
shown(const char *url)
{
	struct text text = TEXT_EMPTY;

	sanitize_add(&text, url, strlen(url), URL_SHOWN_MAX);
	return text_take(&text);
}

/* Mirrors of a CRL all name the same delta. */
static bool
is_known(const struct facts_revocation *facts, enum facts_source_kind kind, const char *url)
{
	for (size_t i = 0; i < facts->sources_count; i++)
		if (facts->sources[i].kind == kind && strcmp(facts->sources[i].url, url) == 0)
			return true;
	return false;
}

static bool
add_sources(struct lookup *lookup, enum facts_source_kind kind, const struct points_list *list)
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
		    !facts->no_issuer && facts_revocation_wants(lookup->mode, kind);
	}
	return true;
}

static bool
add_deltas(struct lookup *lookup, struct points_list *list)
{
	struct facts_revocation *facts = &lookup->facts;
	bool complete = true;

	for (size_t i = 0; i < list->count && complete; i++) {
		struct points_list one = {.urls = {list->urls[i]}, .count = 1};
		char *url = shown(list->urls[i]);

		complete = url != NULL;
		if (complete && facts->sources_count == LOOKUP_SOURCES_MAX)
			facts->sources_left_out++;
		else if (complete && !is_known(facts, FACTS_SOURCE_DELTA, url))
			complete = add_sources(lookup, FACTS_SOURCE_DELTA, &one);
		free(url);
	}
	points_list_free(list);
	return complete;
}

static bool
read_points(struct lookup *lookup)
{
	struct points points;
	bool complete = points_read(lookup->about.link->x509, &points);

	lookup->facts.sources = calloc(LOOKUP_SOURCES_MAX, sizeof *lookup->facts.sources);
	complete = complete && lookup->facts.sources != NULL &&
	           add_sources(lookup, FACTS_SOURCE_OCSP, &points.ocsp) &&
	           add_sources(lookup, FACTS_SOURCE_CRL, &points.crl);
	points_free(&points);
	return complete;
}

static bool
fill(struct lookup *lookup)
{
	const struct path_link *link = lookup->about.link;

	memcpy(lookup->facts.sha256, link->sha256, sizeof link->sha256);
	lookup->facts.no_issuer = link->issuer == NULL;
	lookup->facts.about = strdup(link->about);
	return lookup->facts.about != NULL && read_points(lookup);
}

struct lookup *
lookup_create(struct tools *tools, enum facts_revocation_mode mode,
    const struct source_about *about, size_t depth, size_t max, int64_t deadline,
    lookup_answered *answered, void *owner)
{
	struct lookup *lookup = calloc(1, sizeof *lookup);

	if (lookup == NULL)
		return NULL;
	lookup->tools = tools;
	lookup->about = *about;
	lookup->facts.depth = depth;
	lookup->mode = mode;
	lookup->max = max;
	lookup->deadline = deadline;
	lookup->answered = answered;
	lookup->owner = owner;
	if (fill(lookup))
		return lookup;
	lookup_free(lookup);
	return NULL;
}

void
lookup_free(struct lookup *lookup)
{
	loop_remove(lookup->tools->loop, &lookup->patience);
	for (size_t i = 0; i < LOOKUP_SOURCES_MAX; i++)
		source_end(&lookup->sources[i]);
	for (size_t i = 0; i < lookup->facts.sources_count; i++)
		free(lookup->facts.sources[i].url);
	free(lookup->facts.sources);
	free(lookup->facts.about);
	free(lookup);
}

size_t
lookup_waiting(const struct lookup *lookup)
{
	size_t waiting = 0;

	for (size_t i = lookup->begun; i < lookup->facts.sources_count; i++)
		waiting += lookup->askable[i];
	return waiting;
}

/* Whether no client would ask on after such an answer. */
static bool
is_enough(const struct lookup *lookup, const struct facts_source *source)
{
	return source->said == FACTS_SAID_REVOKED ||
	       (source->said == FACTS_SAID_GOOD && source->kind != FACTS_SOURCE_DELTA &&
	           (source->next_update == 0 || lookup->about.date < source->next_update));
}

/* Those that have not answered by now need not, nor those that have not been asked. */
static void
lose_patience(struct loop_watch *watch, enum loop_event event)
{
	struct lookup *lookup = watch->owner;

	loop_remove(lookup->tools->loop, watch);
	if (event != LOOP_TIMEOUT)
		return; /* the sources know of the signal themselves */
	lookup->begun = lookup->facts.sources_count;
	for (size_t i = 0; i < lookup->begun; i++)
		source_give_up(&lookup->sources[i]);
}

/* Without memory for it the others have all the time there is. */
static void
begin_patience(struct lookup *lookup)
{
	int64_t now = loop_now(lookup->tools->loop);
	int64_t half = deadline_left(lookup->deadline, now) / 2;

	lookup->patience = (struct loop_watch){
	    .descriptor = -1,
	    .deadline = deadline_after(now, half < LOOKUP_PATIENCE ? half : LOOKUP_PATIENCE),
	    .handler = lose_patience,
	    .owner = lookup,
	};
	loop_add(lookup->tools->loop, &lookup->patience);
}

/* Once there is enough, patience lasts as long as somebody is waited for. */
static void
mind_patience(struct lookup *lookup)
{
	if (lookup->under_way == 0)
		loop_remove(lookup->tools->loop, &lookup->patience);
	else if (lookup->enough && !lookup->patience.added)
		begin_patience(lookup);
}

void
lookup_hear(struct lookup *lookup, const struct facts_source *source)
{
	lookup->enough |= is_enough(lookup, source);
	mind_patience(lookup);
}

static void
on_answered(void *owner)
{
	struct lookup *lookup = owner;
	size_t count = lookup->begun;

	lookup->under_way--;
	for (size_t i = 0; i < count; i++) {
		struct source *source = &lookup->sources[i];

		if (!add_deltas(lookup, &source->freshest))
			source_lose(source, FACTS_NO_MEMORY);
		lookup->enough |= is_enough(lookup, source->facts);
	}
	mind_patience(lookup);
	lookup->answered(lookup->owner);
}

void
lookup_ask(struct lookup *lookup, int64_t deadline)
{
	while (!lookup->askable[lookup->begun])
		lookup->begun++;
	lookup->under_way++;
	mind_patience(lookup);
	source_ask(&lookup->sources[lookup->begun++], lookup->tools, &lookup->about, lookup->max,
	    deadline, on_answered, lookup);
}
