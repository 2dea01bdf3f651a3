#include "verdict/judge_http.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "verdict/judge_tls.h"

static bool
server_is(const struct facts *facts, const char *product)
{
	/* One product and nothing behind it. */
	return strncasecmp(facts->http.server, product, strlen(product)) == 0 &&
	       strchr(facts->http.server, ' ') == NULL;
}

/* The handshake goes on without the certificate it asked for, and only the answer shows that it was
 * needed: nginx says 400, others 403, HTTP.sys under TLS 1.3 can say 500. */
static bool
wants_client_certificate(const struct facts *facts)
{
	int status = facts->http.status;

	return facts->tls.certificate_requested &&
	       (status == 403 || status == 500 ||
	           (status == 400 && !server_is(facts, "Microsoft-HTTPAPI/")));
}

/* Whose answer an unexpected status is. */
static enum cause
status_cause(const struct facts *facts)
{
	int status = facts->http.status;
	bool nameless = facts->http.server[0] == '\0';
	bool httpapi = server_is(facts, "Microsoft-HTTPAPI/");

	if (status < 300)
		return CAUSE_HTTP_OPEN;
	if (status < 400)
		return CAUSE_HTTP_REDIRECT;
	if (status == 407)
		return CAUSE_HTTP_PROXY_AUTH;
	if (wants_client_certificate(facts))
		return CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED;
	if (status == 503 && httpapi)
		return CAUSE_HTTP_UNAVAILABLE;
	if (server_is(facts, "Microsoft-IIS/"))
		return CAUSE_HTTP_IIS_ANSWERS;
	if (status >= 502 && status <= 504 && !httpapi)
		return CAUSE_HTTP_GATEWAY;
	if (status == 403 && !httpapi)
		return CAUSE_HTTP_FORBIDDEN;
	if (httpapi && status == 400)
		return CAUSE_HTTP_INVALID_HOST;
	if (httpapi && status == 404)
		return CAUSE_HTTP_SSTP_NOT_REGISTERED;
	/* HTTP.sys hands any method to the owner of the address: it says neither of these. */
	if (status == 405 || status == 501)
		return CAUSE_HTTP_NOT_RRAS;
	/* HTTP.sys can be told to leave the Server header out, so a missing one proves nothing. */
	if (nameless || httpapi || status == 401)
		return CAUSE_HTTP_OTHER_STATUS;
	return CAUSE_HTTP_NOT_RRAS;
}

/* No tunnel comes through a proxy that speaks HTTP/1.0; to a HEAD it may do no harm. */
static void
judge_version(const struct words *words)
{
	struct cause_row row = *causes_row(CAUSE_HTTP_VERSION);

	if (words->facts->http.version_minor != 0)
		return;
	if (words->facts->http.duplex)
		row.state = STATE_CRITICAL;
	words_find_as(words, CAUSE_HTTP_VERSION, &row, NULL);
}

/* Whether SERVER, a Server header, is not HTTP.sys's. A missing one proves nothing. */
static bool
is_foreign(const char *server)
{
	return server[0] != '\0' && strncasecmp(server, "Microsoft-", 10) != 0;
}

/* The duplex POST was answered with something else than 200, or not at all, and a HEAD was sent
 * after it. */
static void
judge_refusal(const struct words *words)
{
	const struct facts *facts = words->facts;
	const struct facts_http *head = &facts->look.http;
	const char *server = is_foreign(facts->http.server) ? facts->http.server : head->server;
	char code[16], status[16];

	snprintf(code, sizeof code, "%d", head->status);
	snprintf(status, sizeof status, facts->http.answered ? "%d" : "closed", facts->http.status);
	if (is_foreign(server))
		words_find(words, CAUSE_HTTP_PROXY_REFUSES_DUPLEX, "head", code, "server", server,
		    "status", status, NULL);
	else if (facts->http.answered)
		words_find(words, CAUSE_HTTP_DUPLEX_REFUSED, NULL);
	else
		words_find(words, CAUSE_HTTP_CLOSED, "how", "closed", NULL);
}

/* The listener is there: a HEAD gets what it should. */
static bool
head_is_well(const struct words *words)
{
	const struct facts_http *head = &words->facts->look.http;

	return head->answered && policy_expects(words->policy, head->status);
}

static void
find_answer(const struct words *words, enum cause cause)
{
	const struct facts_http *http = &words->facts->http;
	struct text expected = TEXT_EMPTY, by = TEXT_EMPTY;

	for (size_t i = 0; i < words->policy->statuses_count; i++)
		text_format(&expected, i == 0 ? "%d" : " or %d", words->policy->statuses[i]);
	if (is_foreign(http->server))
		text_format(&by, " by %s (%d)", http->server, http->status);
	words_find(words, cause, "expected", text_chars(&expected), "location",
	    http->location[0] != '\0' ? http->location : "an unnamed place", "by", text_chars(&by),
	    NULL);
	text_free(&expected);
	text_free(&by);
}

void
judge_http_answer(const struct words *words)
{
	const struct facts *facts = words->facts;
	const struct facts_http *http = &facts->http;
	enum cause cause = CAUSES;

	if (http->duplex && http->status == 200)
		cause = CAUSES;
	else if (http->duplex && head_is_well(words)) {
		judge_refusal(words);
		return;
	} else if (http->duplex || !policy_expects(words->policy, http->status))
		cause = status_cause(facts);
	else if (http->status == 401 && http->server[0] != '\0' &&
	         !server_is(facts, "Microsoft-HTTPAPI/"))
		cause = CAUSE_HTTP_IMPOSTOR;
	if (cause != CAUSES)
		find_answer(words, cause);
	judge_version(words);
}

void
judge_http_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char first[160] = "";

	switch (symptom) {
	case FACTS_TIMEOUT:
		words_find(words, CAUSE_HTTP_NO_ANSWER, NULL);
		break;
	case FACTS_GARBAGE:
		snprintf(first, sizeof first, ": %s", facts->http.first_bytes);
		words_find(words, CAUSE_HTTP_GARBAGE, "first", first, NULL);
		break;
	case FACTS_TOO_LONG:
		words_find(words, CAUSE_HTTP_GARBAGE, "first", " but a head without end", NULL);
		break;
	case FACTS_TLS_REFUSED:
		snprintf(first, sizeof first, ", and TLS breaks: %s", facts->tls.reason);
		words_find(words, CAUSE_HTTP_GARBAGE, "first", first, NULL);
		break;
	case FACTS_ALERT:
		words_find(words,
		    judge_tls_wants_client_certificate(&facts->tls)
		        ? CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED
		        : CAUSE_TLS_ALERT,
		    NULL);
		break;
	default:
		if (facts->http.duplex && head_is_well(words)) {
			judge_refusal(words);
			return;
		}
		words_find(words, CAUSE_HTTP_CLOSED, "how",
		    symptom == FACTS_RESET ? "reset" : "closed", NULL);
	}
}
