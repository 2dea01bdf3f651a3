#include "verdict/judge_http.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "verdict/judge_tls.h"

static bool
server_is(const struct facts *facts, const char *product)
{
	return strncasecmp(facts->http.server, product, strlen(product)) == 0;
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
	if (status == 503 && httpapi)
		return CAUSE_HTTP_UNAVAILABLE;
	if (status >= 502 && status <= 504)
		return CAUSE_HTTP_GATEWAY;
	if (server_is(facts, "Microsoft-IIS/"))
		return CAUSE_HTTP_IIS_ANSWERS;
	if (status == 403)
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

void
judge_http_answer(const struct words *words)
{
	const struct facts *facts = words->facts;
	const struct facts_http *http = &facts->http;
	struct text expected = TEXT_EMPTY;
	enum cause cause = CAUSES;

	if (!policy_expects(words->policy, http->status))
		cause = status_cause(facts);
	else if (http->status == 401 && http->server[0] != '\0' &&
	         !server_is(facts, "Microsoft-HTTPAPI/"))
		cause = CAUSE_HTTP_IMPOSTOR;
	if (cause != CAUSES) {
		for (size_t i = 0; i < words->policy->statuses_count; i++)
			text_format(
			    &expected, i == 0 ? "%d" : " or %d", words->policy->statuses[i]);
		words_find(words, cause, "expected", text_chars(&expected), "location",
		    http->location[0] != '\0' ? http->location : "nowhere", NULL);
		text_free(&expected);
	}
	if (http->version_minor == 0)
		words_find(words, CAUSE_HTTP_VERSION, NULL);
}

void
judge_http_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char first[64] = "";

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
	case FACTS_ALERT:
	case FACTS_TLS_REFUSED:
		words_find(words,
		    judge_tls_wants_client_certificate(&facts->tls)
		        ? CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED
		        : CAUSE_TLS_ALERT,
		    NULL);
		break;
	default:
		/* A server that negotiates client certificates after the handshake just resets. */
		if (facts->tls.certificate_requested && !facts->http.any_bytes)
			words_find(words, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED, NULL);
		else
			words_find(words, CAUSE_HTTP_CLOSED, "how",
			    symptom == FACTS_RESET ? "reset" : "closed", NULL);
	}
}
