#include "config.h"

#include "probe/secure.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "net/tls.h"
#include "probe/handshake.h"
#include "probe/revocation.h"
#include "probe/tracing.h"

#define SETTLE DEADLINE_SECOND /* for a late alert, at the longest */

static void
over(struct secure *secure)
{
	loop_remove(secure->tools->loop, &secure->watch);
	secure->done(secure->owner);
}

static void
await(struct secure *secure, loop_handler *handler, short events, int64_t deadline)
{
	secure->watch.handler = handler;
	secure->watch.events = events;
	secure->watch.deadline = deadline_sooner(deadline, secure->deadline);
	if (loop_add(secure->tools->loop, &secure->watch))
		return;
	secure->facts->no_memory = true;
	over(secure);
}

/* A ticket: the server is content. */
static bool
has_ticket(const struct secure *secure)
{
	struct tls_session *session = tls_session_take(secure->stream->tls);
	bool found = session != NULL;

	tls_session_free(session);
	return found;
}

/* The refusal may arrive in pieces. */
static void
settle(struct loop_watch *watch, enum loop_event event)
{
	struct secure *secure = watch->owner;
	struct tls *tls = secure->stream->tls;
	enum tls_result result = TLS_DONE;
	char byte;
	size_t taken;

	if (event == LOOP_INTERRUPTED)
		secure->staged(secure->owner, FACTS_INTERRUPTED, 0);
	else if (event == LOOP_READY)
		result = stream_read(secure->stream, &byte, 1, &taken);
	if (result == TLS_WANT_READ && !has_ticket(secure))
		return;
	if (result == TLS_ALERT || result == TLS_RESET || result == TLS_EOF) {
		handshake_record(tls, &secure->facts->tls, true);
		secure->staged(secure->owner, handshake_symptom(tls, result), 0);
	}
	over(secure);
}

static void
failed(struct secure *secure, enum facts_symptom symptom, int error)
{
	struct tls *tls = secure->stream->tls;

	handshake_record(tls, &secure->facts->tls, false);
	handshake_read_chain(tls, secure->tools->trust, secure->plan, secure->facts);
	secure->staged(secure->owner, symptom, error);
	over(secure);
}

static void
completed(struct secure *secure)
{
	struct tls *tls = secure->stream->tls;
	struct facts *facts = secure->facts;

	secure->staged(secure->owner, FACTS_WELL, 0);
	handshake_record(tls, &facts->tls, true);
	handshake_read_chain(tls, secure->tools->trust, secure->plan, facts);
	revocation_see(secure->tools->revocation, tls, secure->plan, facts);
	if (secure->plan->level == FACTS_TLS && facts->tls.certificate_requested &&
	    strcmp(facts->tls.version, "TLSv1.3") == 0)
		await(secure, settle, POLLIN, deadline_after(deadline_now(), SETTLE));
	else
		over(secure);
}

static void
shake(struct loop_watch *watch, enum loop_event event)
{
	struct secure *secure = watch->owner;
	struct tls *tls = secure->stream->tls;
	enum tls_result result;

	if (event != LOOP_READY) {
		failed(secure, event == LOOP_TIMEOUT ? FACTS_TIMEOUT : FACTS_INTERRUPTED, 0);
		return;
	}
	result = tls_handshake(tls);
	if (result == TLS_DONE)
		completed(secure);
	else if (result == TLS_WANT_READ || result == TLS_WANT_WRITE)
		await(secure, shake, handshake_events(result), DEADLINE_NEVER);
	else
		failed(secure, handshake_symptom(tls, result), tls_errno(tls));
}

/* False when memory ran out. */
static bool
create_tls(struct secure *secure, SSL_CTX *context)
{
	const struct plan_resumption *resumption = secure->plan->resumption;
	struct tls *tls = tls_create(context, secure->stream->descriptor, secure->plan->sni);

	secure->stream->tls = tls;
	tracing_tls(secure->facts->trace, tls);
	return tls != NULL && (resumption == NULL || resumption->session == NULL ||
	                          tls_offer(tls, resumption->session));
}

/* CONTEXT is NULL where OpenSSL refused what it was to offer. */
static enum facts_symptom
offer(struct secure *secure, SSL_CTX *context)
{
	struct facts_tls *facts = &secure->facts->tls;

	if (context == NULL) {
		snprintf(facts->reason, sizeof facts->reason, "%s", secure->tools->tls_reason);
		return FACTS_NO_PROVIDER;
	}
	tlsoffer_range(context, &facts->offered_min, &facts->offered_max);
	if (secure->plan->sni != NULL)
		snprintf(facts->sni, sizeof facts->sni, "%s", secure->plan->sni);
	return create_tls(secure, context) ? FACTS_WELL : FACTS_NO_MEMORY;
}

void
secure_begin(struct secure *secure, struct tools *tools, const struct plan *plan,
    struct facts *facts, struct stream *stream, int64_t deadline, secure_staged *staged,
    secure_done *done, void *owner)
{
	enum facts_symptom symptom;

	secure->tools = tools;
	secure->plan = plan;
	secure->facts = facts;
	secure->stream = stream;
	secure->deadline = deadline;
	secure->watch.descriptor = stream->descriptor;
	secure->watch.owner = secure;
	secure->staged = staged;
	secure->done = done;
	secure->owner = owner;
	symptom = offer(secure,
	    plan->resumption != NULL ? tools_resuming(tools, plan->resumption->offer) : tools->tls);
	if (symptom == FACTS_WELL) {
		shake(&secure->watch, LOOP_READY);
		return;
	}
	staged(owner, symptom, 0);
	over(secure);
}
