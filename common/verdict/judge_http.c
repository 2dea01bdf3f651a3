#include "verdict/judge_http.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "verdict/judge_tls.h"

#define HTTP_SYS "Microsoft-HTTPAPI/"

/* Whether SERVER, a Server header, names PRODUCT and nothing behind it. */
static bool
names(const char *server, const char *product)
{
	return strncasecmp(server, product, strlen(product)) == 0 && strchr(server, ' ') == NULL;
}

static bool
server_is(const struct facts *facts, const char *product)
{
	return names(facts->http.server, product);
}

/* HTTP.sys hands any method to the owner of the address, and has no server behind it: it says none
 * of these. */
static bool
is_of_proxies(int status)
{
	return status == 405 || status == 407 || status == 501 || status == 502 || status == 504;
}

/* The handshake goes on without the certificate it asked for, and only the answer shows that it was
 * needed: nginx says 400, others 403, HTTP.sys under TLS 1.3 can say 500. */
static bool
wants_client_certificate(const struct facts *facts)
{
	int status = facts->http.status;

	return facts->tls.certificate_requested &&
	       (status == 403 || status == 500 || (status == 400 && !server_is(facts, HTTP_SYS)));
}

/* HTTP.sys under TLS 1.3 can reset the first request instead, as another server may close it. */
static bool
ends_for_client_certificate(const struct facts *facts)
{
	return facts->tls.certificate_requested && !facts->http.any_bytes;
}

/* Whose answer an unexpected status is. */
static enum cause
status_cause(const struct facts *facts)
{
	int status = facts->http.status;
	bool nameless = facts->http.server[0] == '\0';
	bool httpapi = server_is(facts, HTTP_SYS);

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

bool
judge_http_is_foreign(const char *server)
{
	return server[0] != '\0' && !names(server, HTTP_SYS);
}

/* Who between us and RRAS refused the duplex POST, after which a HEAD was well: of a Server header
 * the first product, which counts most (RFC 9110 10.2.4). False where RRAS may have done it itself.
 */
static bool
name_refuser(const struct facts *facts, char *name, size_t size)
{
	const struct facts_http *http = &facts->http, *head = &facts->look.http;
	const char *server = judge_http_is_foreign(http->server) ? http->server : head->server;

	if (judge_http_is_foreign(server))
		snprintf(name, size, "%.*s", (int)strcspn(server, " "), server);
	/* Somebody without a name, where RRAS tells its own or would not say this. */
	else if (http->answered && http->server[0] == '\0' &&
	         (head->server[0] != '\0' || is_of_proxies(http->status)))
		snprintf(name, size, "an unnamed proxy");
	else
		return false;
	return true;
}

/* The duplex POST was closed or reset without an answer, though a HEAD gets one: neither the Host
 * header nor the server name is to blame. */
static void
find_dropped_duplex(const struct words *words, const char *head, const char *how)
{
	struct cause_row row = *causes_row(CAUSE_HTTP_CLOSED);

	row.summary = "HEAD gets {head} but SSTP_DUPLEX_POST no answer, connection {how}";
	row.remedy = "look for inspection or a proxy in between, restart RemoteAccess";
	words_find_as(words, CAUSE_HTTP_CLOSED, &row, "head", head, "how", how, NULL);
}

/* The duplex POST was answered with something else than 200, or not at all and HOW says what came
 * instead; and a HEAD was sent after it. */
static void
judge_refusal(const struct words *words, const char *how)
{
	const struct facts *facts = words->facts;
	char head[16], status[16], server[sizeof facts->http.server];

	snprintf(head, sizeof head, "%d", facts->look.http.status);
	snprintf(status, sizeof status, "%d", facts->http.status);
	if (name_refuser(facts, server, sizeof server))
		words_find(words, CAUSE_HTTP_PROXY_REFUSES_DUPLEX, "head", head, "server", server,
		    "status", facts->http.answered ? status : how, NULL);
	else if (facts->http.answered)
		words_find(words, CAUSE_HTTP_DUPLEX_REFUSED, NULL);
	else
		find_dropped_duplex(words, head, how);
}

/* The listener is there: a HEAD gets what it should. */
static bool
head_is_well(const struct words *words)
{
	const struct facts_http *head = &words->facts->look.http;

	return head->answered && policy_expects(words->policy, head->status);
}

/* That HTTP.sys does not know another path than SSTP's says nothing of SSTP. */
static void
set_words_of_path(struct cause_row *row)
{
	row->summary = "HTTP.sys has nothing at the path of --uri ({status})";
	row->remedy = "omit --uri, else start RemoteAccess";
}

/* Whoever takes the remedy at night shall not make a dead server green by --expect. Nor does that
 * say anything of a duplex POST. */
static void
set_remedy(const struct facts *facts, enum cause cause, struct cause_row *row)
{
	/* It is not the binding of HTTP.sys that asks. */
	if (cause == CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED &&
	    judge_http_is_foreign(facts->http.server))
		row->remedy = "stop it from asking";
	if (facts->http.duplex && cause == CAUSE_HTTP_NOT_RRAS)
		row->remedy = "check DNS, NAT and the balancer";
	if (facts->http.duplex && cause == CAUSE_HTTP_OTHER_STATUS)
		row->remedy = "check what answers";
	if (cause != CAUSE_HTTP_OTHER_STATUS || facts->http.status == 401)
		return;
	if (server_is(facts, HTTP_SYS))
		row->remedy = "look at HTTPERR on the server, restart RemoteAccess";
	else if (facts->http.status == 404)
		row->remedy =
		    facts->http.duplex
		        ? "if it is RRAS, start RemoteAccess"
		        : "if it is RRAS, start RemoteAccess; SoftEther takes --expect 404";
}

static void
find_answer(const struct words *words, enum cause cause)
{
	const struct facts_http *http = &words->facts->http;
	struct text expected = TEXT_EMPTY, by = TEXT_EMPTY;
	struct cause_row row = *causes_row(cause);

	row.state = policy_state(words->policy, cause);
	set_remedy(words->facts, cause, &row);
	if (cause == CAUSE_HTTP_SSTP_NOT_REGISTERED && words->facts->other_uri)
		set_words_of_path(&row);
	/* A duplex POST has one good answer, whatever --expect says of HEAD. */
	if (http->duplex)
		text_add(&expected, "200");
	for (size_t i = 0; i < words->policy->statuses_count && !http->duplex; i++)
		text_format(&expected, i == 0 ? "%d" : " or %d", words->policy->statuses[i]);
	if (judge_http_is_foreign(http->server))
		text_format(&by, " by %s (%d)", http->server, http->status);
	words_find_as(words, cause, &row, "expected", text_chars(&expected), "location",
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
		judge_refusal(words, "");
		return;
	} else if (http->duplex || !policy_expects(words->policy, http->status))
		cause = status_cause(facts);
	else if (http->status == 401 && http->server[0] != '\0' && !server_is(facts, HTTP_SYS))
		cause = CAUSE_HTTP_IMPOSTOR;
	if (cause != CAUSES)
		find_answer(words, cause);
	judge_version(words);
}

/* No server name is sent without TLS; and who speaks TLS hangs up on whoever does not. */
static void
find_closed(const struct words *words, const char *how)
{
	struct cause_row row = *causes_row(CAUSE_HTTP_CLOSED);

	if (words->facts->plain)
		row.remedy = "check RemoteAccess and Host, or omit --plain where {port} speaks TLS";
	words_find_as(words, CAUSE_HTTP_CLOSED, &row, "how", how, NULL);
}

/* The handshake was well, whatever the alert is about. */
static void
find_alert(const struct words *words)
{
	struct cause_row row = *causes_row(CAUSE_TLS_ALERT);

	row.summary = "TLS ends instead of an HTTP answer: {reason}";
	if (judge_tls_wants_client_certificate(&words->facts->tls))
		words_find(words, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED, NULL);
	else
		words_find_as(words, CAUSE_TLS_ALERT, &row, NULL);
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
		find_alert(words);
		break;
	default:
		if (facts->http.duplex && head_is_well(words)) {
			judge_refusal(words, symptom == FACTS_RESET ? "reset" : "closed");
			return;
		}
		if (ends_for_client_certificate(facts))
			words_find(words, CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED, NULL);
		else
			find_closed(words, symptom == FACTS_RESET ? "reset" : "closed");
	}
}
