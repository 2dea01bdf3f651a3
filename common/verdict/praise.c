#include "verdict/praise.h"

#include "base/deadline.h"
#include "base/ipv4.h"
#include "base/number.h"
#include "verdict/judge_auth.h"
#include "verdict/words.h"

static void
add_milliseconds(struct text *text, int64_t nanoseconds)
{
	number_add(text, deadline_to_seconds(nanoseconds) * 1000, nanoseconds < 10000000 ? 1 : 0);
	text_add(text, " ms");
}

/* What is well, and how fast it came. */
static void
praise_speed(struct text *text, const struct facts *facts)
{
	char address[IPV4_MAX];

	switch (facts->level) {
	case FACTS_PING:
		text_format(text, "ping of %s in ", ipv4_write(facts->ping.address, address));
		add_milliseconds(
		    text, facts->ping.received == 0 ? 0 : facts->ping.total / facts->ping.received);
		text_add(text, ", all in ");
		break;
	case FACTS_TUNNEL:
		text_format(
		    text, "tunnel up with %s in ", ipv4_write(facts->tunnel.address, address));
		break;
	case FACTS_AUTH:
		text_format(
		    text, "logon accepted by %s in ", facts_method_name(facts->auth.method));
		break;
	case FACTS_PPP:
		text_add(text, "PPP answers in ");
		break;
	case FACTS_SSTP:
		text_add(text, "SSTP call accepted in ");
		break;
	case FACTS_HTTP:
		text_format(text, "%d in ", facts->http.status);
		break;
	case FACTS_TLS:
		text_add(text, "TLS in ");
		break;
	default:
		text_format(text, "port %u connects in ", facts->port);
	}
	add_milliseconds(text, facts->total);
	text_format(text, " from %s", facts->address);
	if (facts->addresses_count > 1)
		text_format(text, " (1 of %zu addresses)", facts->addresses_count);
}

static void
praise_methods(struct text *text, const struct facts_ppp *ppp)
{
	text_add(text, "; asks for ");
	for (size_t i = 0; i < ppp->offered_count; i++)
		text_format(text, i == 0 ? "%s" : ", %s", facts_method_name(ppp->offered[i]));
}

/* What to say when nothing is wrong, and what that leaves unproven. */
static void
praise_one(struct text *text, const struct facts *facts)
{
	char left[24];

	praise_speed(text, facts);
	if (facts->plain)
		text_add(text, ", plain HTTP");
	else if (facts->level >= FACTS_TLS)
		text_format(text, ", %s", words_version_name(facts->tls.version));
	if (facts->tls.chain_count > 0) {
		words_duration(left, sizeof left, facts->tls.chain[0].not_after - facts->date);
		text_format(text, ", certificate %s left", left);
	}
	if (facts->name_is_address && facts->tls.done)
		text_format(text, "; name not checked, use -H NAME -I %s", facts->address);
	else if (facts->addresses_no_route > 0)
		text_format(text, "; %zu address%s skipped, no route from here",
		    facts->addresses_no_route, facts->addresses_no_route == 1 ? "" : "es");
	else if (facts->backoff.unkept)
		text_add(text, "; no back-off: --state-dir does not serve");
	else if (facts->backoff.lasting)
		text_add(text, "; a kept refusal may stay: see --state-dir");
	else if (facts->level == FACTS_TUNNEL)
		text_add(text, "; --ping proves that it carries traffic");
	else if (facts->level == FACTS_AUTH)
		text_add(text, "; --level tunnel proves the crypto binding");
	else if (facts->level == FACTS_PING)
		return;
	else if (facts->level == FACTS_PPP)
		praise_methods(text, &facts->ppp);
	else if (facts->level == FACTS_SSTP)
		text_add(text, "; --level ppp proves PPP");
	else if (facts->level == FACTS_HTTP && facts->http.status != 401)
		text_add(text, "; as it was expected to be");
	else if (facts->level == FACTS_HTTP)
		text_add(text, "; listener only, --level sstp proves tunnels");
	else
		text_add(text, "; --level http proves the SSTP listener");
}

/* The same for several addresses of one server. */
static void
praise_all(struct text *text, const struct facts *facts, size_t count)
{
	const struct facts *slowest = &facts[0];

	for (size_t i = 1; i < count; i++)
		if (facts[i].total > slowest->total)
			slowest = &facts[i];
	text_format(text, "all %zu addresses answer, slowest ", count);
	praise_one(text, slowest);
}

/* A logon that was refused as it should be. */
static void
praise_refusal(struct text *text, const struct facts *facts)
{
	text_format(
	    text, "logon refused as expected by %s in ", facts_method_name(facts->auth.method));
	add_milliseconds(text, facts->total);
	text_format(text, " from %s; the path to the directory works", facts->address);
}

const char *
praise_taker(const struct policy *policy, const struct facts *facts)
{
	bool by_time = policy->timeout_result_set && policy->timeout_result == STATE_OK;

	return by_time && words_timed_out(facts) ? "--timeout-result" : "--state";
}

/* What is taken as OK is nothing to praise. */
static void
say_taken(struct text *text, const struct facts *facts, enum facts_stage failed,
    const struct policy *policy)
{
	bool ended = failed != FACTS_STAGES;

	if (facts->backoff.held) {
		text_add(text, "a refused logon is not retried yet, which --state takes as OK");
		return;
	}
	text_format(text, "stage %s ended with %s, which %s takes as OK",
	    facts_stage_name(ended ? failed : facts->level),
	    ended ? facts_symptom_name(facts->steps[failed].symptom) : "nothing",
	    praise_taker(policy, facts));
}

void
praise_add(struct text *text, const struct facts *facts, size_t count, const struct policy *policy)
{
	for (size_t i = 0; i < count; i++) {
		enum facts_stage failed = facts_failed_stage(&facts[i]);

		if (failed == FACTS_AUTH && judge_auth_is_expected(policy, &facts[i])) {
			praise_refusal(text, &facts[i]);
			return;
		}
		if (failed != FACTS_STAGES || !facts[i].steps[facts[i].level].ended) {
			say_taken(text, &facts[i], failed, policy);
			return;
		}
	}
	if (count == 1)
		praise_one(text, facts);
	else
		praise_all(text, facts, count);
}
