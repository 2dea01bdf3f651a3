/*
 * source - one source that a certificate names, asked over HTTP.
 *
 * A responder is asked as Windows does: by GET where that is short enough (RFC 5019 5), else by
 * POST, and by POST where GET was refused. A CRL is asked for by GET.
 */
#ifndef PROBE_SOURCE_H
#define PROBE_SOURCE_H

#include <stdbool.h>

#include "cert/path.h"
#include "cert/points.h"
#include "facts/revocation.h"
#include "probe/fetch.h"
#include "probe/tools.h"
#include "wire/url.h"

#define SOURCE_GET_MAX 255 /* bytes of a URL that a responder is asked with by GET */

/* Whose revocation is looked up: borrowed, and alive as long as the source. */
struct source_about {
	const struct path *path;
	const struct path_link *link; /* with an issuer */
	int64_t date;
};

typedef void source_done(void *owner);

/* A member of its owner's struct, zero before source_prepare(). */
struct source {
	struct tools *tools;
	const struct source_about *about;
	struct facts_source *facts;
	struct url url;
	struct text request; /* OCSP, in DER */
	bool posted;
	size_t max;
	int64_t deadline;
	struct fetch *fetch;         /* NULL: not under way */
	struct points_list freshest; /* where the CRL that came says that its delta is; owned */
	source_done *done;
	void *owner;
};

/* Whether URL can be asked: FACTS->said is FACTS_SAID_NOTHING then, else it says why not. */
bool source_prepare(struct source *source, const char *url, struct facts_source *facts);

/* Ask, and put the answer down in the facts. DONE is called once, perhaps before this returns. */
void source_ask(struct source *source, struct tools *tools, const struct source_about *about,
    size_t max, int64_t deadline, source_done *done, void *owner);

/* Wait no longer for an answer that is under way: DONE is called then. */
void source_give_up(struct source *source);

/* Put down that it is out of reach for SYMPTOM, whatever it said. */
void source_lose(struct source *source, enum facts_symptom symptom);

/* Put down what an OCSP response says that came by another way: stapled. */
void source_read_ocsp(
    const struct source_about *about, const void *bytes, size_t length, struct facts_source *facts);

/* Stop and free what the source owns; it may be all zero. */
void source_end(struct source *source);

#endif
