#include "probe/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cert/crl.h"
#include "cert/ocsp.h"
#include "probe/symptom.h"

bool
source_prepare(struct source *source, const char *url, struct facts_source *facts)
{
	source->facts = facts;
	switch (url_scheme(url)) {
	case URL_LDAP:
		facts->said = FACTS_SAID_LDAP;
		return false;
	case URL_HTTPS:
		facts->said = FACTS_SAID_HTTPS;
		return false;
	case URL_HTTP:
	case URL_OTHER:
		break;
	}
	if (url_read(url, &source->url))
		return true;
	if (errno == ENOMEM)
		source_lose(source, FACTS_NO_MEMORY);
	else
		facts->said = FACTS_SAID_NO_URL;
	return false;
}

void
source_lose(struct source *source, enum facts_symptom symptom)
{
	source->facts->said = FACTS_SAID_UNREACHABLE;
	source->facts->symptom = symptom;
}

static void on_fetched(void *owner, const struct fetch_answer *answer);

static void
fail(struct source *source, enum facts_symptom symptom)
{
	source_lose(source, symptom);
	source->done(source->owner);
}

static void
begin_fetch(struct source *source, const struct url *url, const struct text *post)
{
	source->posted = post != NULL;
	source->fetch = fetch_begin(source->tools, url, post, OCSP_REQUEST_TYPE, source->max,
	    source->deadline, on_fetched, source);
	if (source->fetch == NULL)
		fail(source, symptom_of_shortage(errno));
}

/* The URL of a GET; false when it is too long for one. */
static bool
add_request(const struct source *source, struct url *url)
{
	const char *path = source->url.path;
	size_t length = strlen(path);
	struct text text = TEXT_EMPTY;
	bool fits;

	text_add_bytes(&text, path, length - (path[length - 1] == '/'));
	text_add_char(&text, '/');
	ocsp_add_path(&text, &source->request);
	fits = !text_failed(&text) &&
	       strlen("http://") + strlen(source->url.authority) + text.length <= SOURCE_GET_MAX;
	if (fits) {
		*url = source->url;
		snprintf(url->path, sizeof url->path, "%s", text_chars(&text));
	}
	text_free(&text);
	return fits;
}

static void
ask_responder(struct source *source)
{
	struct url url;

	ocsp_add_request(&source->request, source->about->link->x509, source->about->link->issuer);
	if (text_failed(&source->request))
		fail(source, FACTS_NO_MEMORY);
	else if (add_request(source, &url))
		begin_fetch(source, &url, NULL);
	else
		begin_fetch(source, &source->url, &source->request);
}

void
source_read_ocsp(
    const struct source_about *about, const void *bytes, size_t length, struct facts_source *facts)
{
	ocsp_read(bytes, length, about->link->x509, about->link->issuer, about->path->chain,
	    about->date, facts);
}

static void
read_list(struct source *source, const struct text *body)
{
	struct facts_source *facts = source->facts;

	crl_read(body->bytes, body->length, source->about->link->x509, source->about->link->issuer,
	    facts);
	if (facts->names_a_delta &&
	    !crl_read_freshest(body->bytes, body->length, &source->freshest))
		source_lose(source, FACTS_NO_MEMORY);
}

static void
read_answer(struct source *source, const struct text *body)
{
	if (facts_revocation_is_list(source->facts->kind))
		read_list(source, body);
	else
		source_read_ocsp(source->about, body->bytes, body->length, source->facts);
}

static void
on_fetched(void *owner, const struct fetch_answer *answer)
{
	struct source *source = owner;
	struct facts_source *facts = source->facts;
	bool refused = answer->said == FACTS_SAID_STATUS;

	facts->said = answer->said;
	facts->symptom = answer->symptom;
	facts->status = answer->status;
	facts->nanoseconds += answer->nanoseconds;
	facts->bytes = answer->body->length;
	if (facts->said == FACTS_SAID_NOTHING)
		read_answer(source, answer->body);
	fetch_end(source->fetch);
	source->fetch = NULL;
	if (refused && facts->kind == FACTS_SOURCE_OCSP && !source->posted)
		begin_fetch(source, &source->url, &source->request);
	else
		source->done(source->owner);
}

void
source_ask(struct source *source, struct tools *tools, const struct source_about *about, size_t max,
    int64_t deadline, source_done *done, void *owner)
{
	source->tools = tools;
	source->about = about;
	source->max = max;
	source->deadline = deadline;
	source->done = done;
	source->owner = owner;
	if (loop_interrupted())
		fail(source, FACTS_INTERRUPTED);
	else if (facts_revocation_is_list(source->facts->kind))
		begin_fetch(source, &source->url, NULL);
	else
		ask_responder(source);
}

void
source_give_up(struct source *source)
{
	if (source->fetch != NULL)
		fetch_give_up(source->fetch);
}

void
source_end(struct source *source)
{
	fetch_end(source->fetch);
	source->fetch = NULL;
	text_free(&source->request);
	points_list_free(&source->freshest);
}
