#include "config.h"

#include "probe/ladder.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/deadline.h"
#include "facts/trace.h"
#include "net/resolve.h"
#include "net/stream.h"
#include "net/tls.h"
#include "probe/call.h"
#include "probe/consent.h"
#include "probe/correlation.h"
#include "probe/handshake.h"
#include "probe/look.h"
#include "probe/reach.h"
#include "probe/request.h"
#include "probe/secure.h"
#include "probe/symptom.h"

struct ladder {
	struct tools *tools;
	const struct plan *plan;
	struct facts *facts;
	ladder_done *done;
	void *owner;

	int64_t begun;       /* the climb */
	int64_t stage_begun; /* the stage under way */
	int64_t deadline;    /* of the stages */
	int64_t patience;    /* for good-byes after it */
	struct resolve *resolve;
	struct reach reach;
	struct stream stream;
	struct secure secure;
	struct look *look;
	struct request request;
	struct call call;
};

/* Give everything back and hand the facts over. The ladder is gone afterwards. */
static void
finish(struct ladder *ladder)
{
	ladder_done *done = ladder->done;
	void *owner = ladder->owner;
	struct facts *facts = ladder->facts;

	call_end(&ladder->call);
	stream_end(&ladder->stream);
	reach_end(&ladder->reach);
	resolve_end(ladder->resolve);
	request_end(&ladder->request);
	look_end(ladder->look);
	free(ladder);
	done(owner, facts);
}

/* The last thing that was asked for is over. */
static void
on_over(void *owner)
{
	finish(owner);
}

static void
begin_stage(struct ladder *ladder, enum facts_stage stage)
{
	ladder->stage_begun = deadline_now();
	ladder->facts->steps[stage].begun = true;
}

static void
end_stage(struct ladder *ladder, enum facts_stage stage, enum facts_symptom symptom, int error)
{
	struct facts_step *step = &ladder->facts->steps[stage];
	int64_t now = deadline_now();

	step->ended = true;
	step->symptom = symptom;
	step->error = error;
	step->nanoseconds = now - ladder->stage_begun;
	ladder->facts->total = now - ladder->begun;
	trace_add(ladder->facts->trace, TRACE_NOTE, "%s: %s%s%s", facts_stage_name(stage),
	    facts_symptom_name(symptom), error != 0 ? ", " : "", error != 0 ? strerror(error) : "");
}

static void
fail(struct ladder *ladder, enum facts_stage stage, enum facts_symptom symptom, int error)
{
	end_stage(ladder, stage, symptom, error);
	finish(ladder);
}

/* ---- from sstp on ---- */

/* The tunnel fails after all, in the midst of its pings: there were none. */
static void
take_pings_back(struct ladder *ladder)
{
	struct facts_step *steps = ladder->facts->steps;

	if (!steps[FACTS_PING].begun)
		return;
	ladder->stage_begun -= steps[FACTS_TUNNEL].nanoseconds;
	steps[FACTS_PING] = (struct facts_step){.begun = false};
	ladder->facts->ping.sent = 0;
}

static void
on_staged(void *owner, enum facts_stage stage, enum facts_symptom symptom, int error)
{
	struct ladder *ladder = owner;

	if (stage == FACTS_TUNNEL)
		take_pings_back(ladder);
	end_stage(ladder, stage, symptom, error);
	if (symptom == FACTS_WELL && stage < ladder->plan->level)
		begin_stage(ladder, stage + 1);
}

static void
begin_call(struct ladder *ladder)
{
	begin_stage(ladder, FACTS_SSTP);
	call_begin(&ladder->call, ladder->tools, &ladder->stream, ladder->facts,
	    ladder->plan->logon, ladder->request.rest, ladder->request.rest_length,
	    ladder->deadline, ladder->patience, on_staged, on_over, ladder);
}

/* ---- http ---- */

static void
look_again(struct ladder *ladder, enum look_kind kind)
{
	stream_end(&ladder->stream);
	ladder->look = look_begin(
	    ladder->tools, ladder->plan, ladder->reach.used, ladder->facts, kind, on_over, ladder);
	if (ladder->look == NULL)
		finish(ladder);
}

/* Only now is a session of TLS 1.3 there. */
static void
keep_session(const struct ladder *ladder, enum facts_symptom symptom)
{
	struct plan_resumption *resumption = ladder->plan->resumption;

	if (resumption != NULL && resumption->session == NULL && symptom == FACTS_WELL)
		resumption->session = tls_session_take(ladder->stream.tls);
}

static void
on_answer(void *owner, enum facts_symptom symptom, int error)
{
	struct ladder *ladder = owner;
	struct facts_http *http = &ladder->facts->http;

	if (ladder->stream.tls != NULL)
		handshake_record(ladder->stream.tls, &ladder->facts->tls, true);
	keep_session(ladder, symptom);
	request_record(&ladder->request, symptom, http);
	end_stage(ladder, FACTS_HTTP, symptom, error);
	if (!http->duplex)
		finish(ladder);
	else if (symptom == FACTS_WELL && http->status == 200)
		begin_call(ladder);
	else if (symptom == FACTS_WELL || symptom == FACTS_CLOSED || symptom == FACTS_RESET)
		look_again(ladder, LOOK_HEAD);
	else
		finish(ladder);
}

/* A server that may get no credential is not troubled with a call either. */
static bool
may_log_on(struct ladder *ladder)
{
	if (ladder->plan->level < FACTS_AUTH || consent_ask(ladder->plan, ladder->facts))
		return true;
	begin_stage(ladder, FACTS_AUTH);
	fail(ladder, FACTS_AUTH, FACTS_INSECURE, 0);
	return false;
}

static void
begin_http(struct ladder *ladder)
{
	const struct plan *plan = ladder->plan;
	struct facts *facts = ladder->facts;

	if (!may_log_on(ladder))
		return;
	begin_stage(ladder, FACTS_HTTP);
	facts->http.duplex = plan->level > FACTS_HTTP;
	if (facts->http.duplex) {
		correlation_make(facts->sstp.correlation);
		http_add_duplex_request(
		    &ladder->request.bytes, plan->uri, plan->host, facts->sstp.correlation);
	} else
		http_add_request(&ladder->request.bytes, plan->method, plan->uri, plan->host);
	ladder->request.trace = facts->trace;
	request_begin(&ladder->request, ladder->tools->loop, &ladder->stream, ladder->deadline,
	    on_answer, ladder);
}

/* ---- tls ---- */

static void
on_shaken(void *owner, enum facts_symptom symptom, int error)
{
	end_stage(owner, FACTS_TLS, symptom, error);
}

static void
on_secured(void *owner)
{
	struct ladder *ladder = owner;
	bool up = ladder->facts->tls.done;

	if (up && ladder->plan->level > FACTS_TLS)
		begin_http(ladder);
	/* One that comes back is one of many: a look of its own would disturb their order. */
	else if (up || ladder->plan->resumption != NULL)
		finish(ladder);
	else
		look_again(ladder, LOOK_WIDE_OPEN);
}

static void
begin_tls(struct ladder *ladder)
{
	begin_stage(ladder, FACTS_TLS);
	secure_begin(&ladder->secure, ladder->tools, ladder->plan, ladder->facts, &ladder->stream,
	    ladder->deadline, on_shaken, on_secured, ladder);
}

/* ---- connect ---- */

static void
on_reached(void *owner, enum facts_symptom symptom, int error)
{
	struct ladder *ladder = owner;

	end_stage(ladder, FACTS_CONNECT, symptom, error);
	if (symptom != FACTS_WELL || ladder->plan->level == FACTS_CONNECT)
		finish(ladder);
	else if (ladder->plan->plain)
		begin_http(ladder);
	else
		begin_tls(ladder);
}

static void
begin_connect(struct ladder *ladder, const struct resolve_answer *answer)
{
	begin_stage(ladder, FACTS_CONNECT);
	if (!reach_begin(&ladder->reach, ladder->tools, answer, ladder->facts, &ladder->stream,
	        ladder->deadline, on_reached, ladder))
		fail(ladder, FACTS_CONNECT, FACTS_NO_MEMORY, 0);
}

/* ---- resolve ---- */

static void
list_addresses(struct facts *facts, const struct resolve_answer *answer)
{
	facts->addresses = calloc(answer->count, sizeof *facts->addresses);
	facts->no_memory |= facts->addresses == NULL;
	for (size_t i = 0; facts->addresses != NULL && i < answer->count; i++)
		resolve_numeric((const struct sockaddr *)&answer->addresses[i].address,
		    answer->addresses[i].length, facts->addresses[i], sizeof facts->addresses[i]);
}

static void
on_resolved(void *owner, const struct resolve_answer *answer)
{
	struct ladder *ladder = owner;
	struct facts *facts = ladder->facts;
	enum facts_symptom symptom = symptom_of_answer(answer);

	facts->addresses_count = answer->count;
	facts->addresses_no_route = answer->left_out;
	if (symptom == FACTS_WELL) {
		end_stage(ladder, FACTS_RESOLVE, symptom, 0);
		if (ladder->plan->level > FACTS_RESOLVE) {
			begin_connect(ladder, answer);
			return;
		}
		list_addresses(facts, answer);
		finish(ladder);
		return;
	}
	facts->nowhere = answer->nowhere != NULL;
	snprintf(facts->resolver_reason, sizeof facts->resolver_reason, "%s",
	    facts->nowhere      ? answer->nowhere
	    : answer->timed_out ? "no answer in time"
	                        : gai_strerror(answer->error));
	fail(ladder, FACTS_RESOLVE, symptom, answer->system);
}

/* ---- the whole ---- */

void
ladder_skip(const struct plan *plan, struct facts *facts)
{
	facts->target = strdup(plan->label);
	facts->name = strdup(plan->name);
	facts->host = strdup(plan->address != NULL ? plan->address : plan->name);
	facts->port = plan->port;
	facts->family = plan->family == PLAN_IPV4 ? 4 : plan->family == PLAN_IPV6 ? 6 : 0;
	facts->plain = plan->plain;
	facts->other_uri = plan->other_uri;
	facts->name_is_address = plan->name_is_address;
	facts->address_found = plan->address_found;
	facts->sni = plan->sni_kind;
	facts->level = plan->level;
	facts->ping.address = plan->ping;
	facts->date = (int64_t)time(NULL);
	facts->timeout = plan->timeout;
	facts->auth.eap_expected = plan->logon != NULL && plan->logon->eap_with_tls;
	facts->no_memory = facts->target == NULL || facts->name == NULL || facts->host == NULL;
}

static int
family_of(const struct plan *plan)
{
	switch (plan->family) {
	case PLAN_IPV4:
		return AF_INET;
	case PLAN_IPV6:
		return AF_INET6;
	default:
		return AF_UNSPEC;
	}
}

/* What is kept of the time for leaving: a second, or a fifth of it all when that is less. LEFT is
 * less than the whole run's time where a crowd shares it. */
static int64_t
patience_of(const struct plan *plan, int64_t left)
{
	int64_t fifth = (left < plan->timeout ? left : plan->timeout) / 5;

	if (plan->level <= FACTS_HTTP)
		return 0;
	return fifth < DEADLINE_SECOND ? fifth : DEADLINE_SECOND;
}

bool
ladder_begin(struct tools *tools, const struct plan *plan, struct facts *facts, ladder_done *done,
    void *owner)
{
	struct ladder *ladder = calloc(1, sizeof *ladder);
	int error;

	ladder_skip(plan, facts);
	if (ladder == NULL || facts->no_memory) {
		facts->no_memory = true;
		free(ladder);
		return false;
	}
	ladder->tools = tools;
	ladder->plan = plan;
	ladder->facts = facts;
	ladder->done = done;
	ladder->owner = owner;
	ladder->stream.descriptor = -1;
	ladder->begun = deadline_now();
	if (plan->trace && (facts->trace = trace_create(ladder->begun)) == NULL)
		facts->no_memory = true;
	ladder->patience = patience_of(plan, deadline_left(plan->deadline, ladder->begun));
	ladder->deadline = plan->deadline - ladder->patience;
	begin_stage(ladder, FACTS_RESOLVE);
	ladder->resolve = resolve_begin(tools->loop, facts->host, plan->port, family_of(plan),
	    ladder->deadline, on_resolved, ladder);
	if (ladder->resolve != NULL)
		return true;
	error = errno;
	end_stage(ladder, FACTS_RESOLVE, symptom_of_shortage(error), error);
	free(ladder);
	return false;
}
