#include "report/texttarget.h"

#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "base/ipv4.h"
#include "facts/trace.h"
#include "report/textline.h"
#include "report/textrevocation.h"
#include "report/values.h"

#define NAMES_SHOWN 4 /* alternative names on one line, the rest only from verbosity 2 on */

static void __attribute__((format(printf, 2, 3)))
add_line(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	textline_vadd(text, format, arguments);
	va_end(arguments);
}

static const char *
or_unknown(const char *value)
{
	return value != NULL ? value : "?";
}

/* A line of those that are left out when there is nothing to say. */
static void
add_known(struct text *text, const char *key, const char *value)
{
	if (value != NULL && *value != '\0')
		add_line(text, "%s: %s", key, value);
}

static void
add_digest(
    struct text *text, const char *before, const uint8_t *bytes, size_t length, const char *after)
{
	struct text digits = TEXT_EMPTY;

	hex_add(&digits, bytes, length);
	add_line(text, "%s%s%s", before, text_chars(&digits), after);
	if (text_failed(&digits))
		text->failed = true;
	text_free(&digits);
}

static void
add_date(struct text *text, const char *key, int64_t date)
{
	char chars[VALUES_MAX];

	add_line(text, "%s: %s", key, or_unknown(values_date(date, chars)));
}

/* The first SHOWN of COUNT strings; none, no line. */
static void
add_list(struct text *text, const char *key, char *const *strings, size_t count, size_t shown)
{
	struct text list = TEXT_EMPTY;

	for (size_t i = 0; i < count && i < shown; i++)
		text_format(&list, "%s%s", i > 0 ? ", " : "", or_unknown(strings[i]));
	if (count > shown)
		text_format(&list, ", +%zu more", count - shown);
	add_known(text, key, text_chars(&list));
	if (text_failed(&list))
		text->failed = true;
	text_free(&list);
}

/* Symptoms that several errors of the system lead to. */
static bool
has_reasons(enum facts_symptom symptom)
{
	return symptom == FACTS_SOCKET_ERROR || symptom == FACTS_UNREACHABLE ||
	       symptom == FACTS_NO_ROUTE;
}

static void
add_stage(struct text *text, const struct facts *facts, enum facts_stage stage)
{
	const struct facts_step *step = &facts->steps[stage];
	const char *name = facts_stage_name(stage);
	double seconds = deadline_to_seconds(step->nanoseconds);

	if (!step->begun)
		add_line(text, "%s not reached", name);
	else if (!step->ended)
		add_line(text, "%s %.3f s not ended", name, seconds);
	else if (step->symptom == FACTS_WELL)
		add_line(text, "%s %.3f s", name, seconds);
	else if (step->error != 0 && has_reasons(step->symptom))
		add_line(text, "%s %.3f s failed: %s (%s)", name, seconds,
		    facts_symptom_name(step->symptom), strerror(step->error));
	else
		add_line(
		    text, "%s %.3f s failed: %s", name, seconds, facts_symptom_name(step->symptom));
}

static void
add_addresses(struct text *text, const struct facts *facts, int verbosity)
{
	size_t count = facts->attempts_count;

	if (facts->host != NULL && facts->target != NULL && strcmp(facts->host, facts->target) != 0)
		add_line(text, "host: %s", facts->host);
	add_known(text, "resolver", facts->resolver_reason);
	if (*facts->address != '\0')
		add_line(text, "address: %s, port %u", facts->address, facts->port);
	for (size_t i = 0; i < count && i < FACTS_ATTEMPTS_MAX; i++)
		add_line(text, "failed address: %s, %s after %.3f s", facts->attempts[i].address,
		    facts_symptom_name(facts->attempts[i].symptom),
		    deadline_to_seconds(facts->attempts[i].nanoseconds));
	if (count > FACTS_ATTEMPTS_MAX)
		add_line(text, "failed addresses: +%zu more", count - FACTS_ATTEMPTS_MAX);
	if (verbosity >= 2 && facts->addresses_no_route > 0)
		add_line(
		    text, "skipped addresses, no route from here: %zu", facts->addresses_no_route);
}

static void
add_tls(struct text *text, const char *key, const struct facts_tls *tls)
{
	if (*tls->version != '\0')
		add_line(text, "%s: %s%s%s", key, tls->version, *tls->cipher != '\0' ? ", " : "",
		    tls->cipher);
	if (tls->alert >= 0)
		add_line(text, "%s alert: %d", key, tls->alert);
	if (*tls->reason != '\0')
		add_line(text, "%s library: %s", key, tls->reason);
	if (*tls->first_bytes != '\0')
		add_line(text, "%s, first bytes instead: %s", key, tls->first_bytes);
	if (tls->certificate_requested)
		add_line(text, "%s client certificate: requested", key);
}

static void
add_http(struct text *text, const struct facts_http *http)
{
	add_known(text, "HTTP, first bytes instead", http->first_bytes);
	if (!http->answered)
		return;
	add_line(text, "HTTP/1.%d: %d%s%s", http->version_minor, http->status,
	    *http->reason != '\0' ? " " : "", http->reason);
	add_line(text, "Server: %s", *http->server != '\0' ? http->server : "no such header");
	add_known(text, "Via", http->via);
	add_known(text, "Location", http->location);
	add_known(text, "WWW-Authenticate", http->www_authenticate);
}

static void
add_certificate(struct text *text, const struct facts_certificate *certificate, int verbosity)
{
	char chars[VALUES_MAX];
	size_t names = certificate->names_count;

	add_known(text, "certificate subject", certificate->subject);
	add_known(text, "certificate issuer", certificate->issuer);
	add_list(text, "certificate names", certificate->names, names, NAMES_SHOWN);
	/* More of them only ever add lines. */
	if (verbosity >= 2 && names > NAMES_SHOWN)
		add_list(text, "certificate names, the rest", certificate->names + NAMES_SHOWN,
		    names - NAMES_SHOWN, names);
	add_date(text, "certificate valid from", certificate->not_before);
	add_date(text, "certificate valid until", certificate->not_after);
	add_digest(text, "certificate SHA-1: ", certificate->sha1, sizeof certificate->sha1, "");
	add_digest(
	    text, "certificate SHA-256: ", certificate->sha256, sizeof certificate->sha256, "");
	if (verbosity < 2)
		return;
	add_known(text, "certificate serial", certificate->serial);
	add_known(text, "certificate key", values_key(certificate, chars));
	add_known(text, "certificate signature", certificate->signature);
	add_list(text, "certificate extended key usage", certificate->eku, certificate->eku_count,
	    certificate->eku_count);
}

static void
add_trust(struct text *text, const struct facts_tls *tls)
{
	const struct facts_trust *trust = &tls->trust;

	add_known(text, "name check", values_name_match(tls->name_match));
	if (trust->no_anchors)
		add_line(text, "verification: not done, no trust anchors here");
	else if (trust->no_descriptors)
		add_line(text, "verification: not done, no descriptors");
	else if (!trust->checked)
		add_line(text, "verification: not done");
	else if (trust->errors_count == 0)
		add_line(text, "verification: ok");
	for (size_t i = 0; i < trust->errors_count; i++)
		add_line(text, "verification error: %s (code %d) at depth %d, %s",
		    or_unknown(trust->errors[i].words), trust->errors[i].code,
		    trust->errors[i].depth, trust->errors[i].about);
}

static void
add_chain(struct text *text, const struct facts_tls *tls, int verbosity)
{
	if (tls->chain_count == 0)
		return;
	add_certificate(text, &tls->chain[0], verbosity);
	for (size_t i = 1; i < tls->chain_count; i++) {
		const struct facts_certificate *certificate = &tls->chain[i];
		char chars[VALUES_MAX];

		add_line(text, "chain %zu: %s, issued by %s, valid until %s", i,
		    or_unknown(certificate->subject), or_unknown(certificate->issuer),
		    or_unknown(values_date(certificate->not_after, chars)));
	}
	add_trust(text, tls);
}

/* What the server ought to hold, and what to do there. */
static void
add_hash_to_hold(struct text *text, const struct facts *facts)
{
	const struct facts_tls *tls = &facts->tls;
	const struct facts_tunnel *tunnel = &facts->tunnel;
	bool refused = tunnel->connected && tunnel->acceptance == FACTS_NOT_ACCEPTED;
	const uint8_t *sha256 = tls->chain_count > 0 ? tls->chain[0].sha256 : NULL;

	if (tunnel->connected && tunnel->has_sha256)
		sha256 = tunnel->sha256;
	if (sha256 == NULL)
		return;
	if (refused)
		add_line(text, "to bind SSTP to this certificate where RRAS itself speaks TLS: "
		               "assign it in the RRAS console, Security, and restart RemoteAccess");
	add_digest(text,
	    "to bind SSTP to this certificate behind a TLS offloader, on the server: "
	    ".\\Enable-SSTPOffload.ps1 -CertificateHash '",
	    sha256, sizeof tls->chain[0].sha256, "' -Restart");
}

static void
add_sstp(struct text *text, const struct facts *facts)
{
	static const char *const hashes[] = {"none", "SHA-1", "SHA-256", "SHA-1, SHA-256"};
	const struct facts_sstp *sstp = &facts->sstp;

	add_known(text, "SSTPCORRELATIONID", sstp->correlation);
	add_known(text, "ended by the server", sstp->refusal);
	if (!sstp->acknowledged)
		return;
	add_line(text, "hash algorithms: %s; clients take %s", hashes[sstp->hash_bits & 3],
	    hashes[sstp->hash & 3]);
	add_line(text, "left: %s", sstp->left ? "politely" : "without an answer to our good-bye");
}

static void
add_ppp(struct text *text, const struct facts_ppp *ppp)
{
	struct text methods = TEXT_EMPTY;

	if (!ppp->heard)
		return;
	for (size_t i = 0; i < ppp->offered_count; i++)
		text_format(&methods, i == 0 ? "%s" : ", %s", facts_method_name(ppp->offered[i]));
	add_known(text, "logon methods offered", text_chars(&methods));
	if (ppp->opened)
		add_line(text, "LCP: open");
	else if (ppp->offered_count > 0)
		add_line(text, "LCP: ended with the last method, not opened");
	else
		add_line(text, "LCP: not open");
	add_known(text, "PPP ended by the server", ppp->words);
	text_free(&methods);
}

static void
add_eap(struct text *text, const struct facts_eap *eap)
{
	char date[VALUES_MAX];
	const char *until;

	add_known(text, "EAP method", facts_eap_name(eap->method));
	if (eap->tls.version[0] != '\0')
		add_line(text, "TLS inside EAP: %s, %s", eap->tls.version, eap->tls.cipher);
	add_known(text, "TLS inside EAP ended", eap->tls.reason);
	if (eap->binding_asked)
		add_line(text, "crypto binding of PEAP: %s", eap->bound ? "verified" : "wrong");
	if (eap->tls.chain_count == 0)
		return;
	add_line(text, "EAP server: %s", eap->tls.chain[0].subject);
	until = values_date(eap->tls.chain[0].not_after, date);
	add_known(text, "EAP server certificate valid until", until);
}

static void
add_auth(struct text *text, const struct facts *facts)
{
	const struct facts_auth *auth = &facts->auth;
	char date[VALUES_MAX];

	if (facts->backoff.unkept && !facts->backoff.held)
		add_line(text, "back-off: none, for --state-dir does not serve: %s",
		    strerror(facts->backoff.error));
	else if (facts->backoff.lasting)
		add_line(text, "back-off: a kept refusal may stay in --state-dir: %s",
		    strerror(facts->backoff.error));
	else if (facts->backoff.until != 0)
		add_known(text, "back-off until", values_date(facts->backoff.until, date));
	if (!facts->steps[FACTS_AUTH].begun && !facts->backoff.held)
		return;
	add_line(text, "logon method: %s", facts_method_name(auth->method));
	if (auth->eap != NULL)
		add_eap(text, auth->eap);
	add_line(text, "credential: %s", auth->sent ? "sent" : "not sent");
	if (facts->backoff.held)
		add_line(text, "logon not tried: one was refused %s",
		    facts->backoff.elsewhere ? "at another address"
		                             : "before; --backoff 0 tries at once");
	else if (auth->code != 0 && auth->ras)
		add_line(text, "logon refused: error %d", auth->code);
	else if (auth->code != 0)
		add_line(text, "logon refused: E=%d R=%d", auth->code, auth->retry);
	else if (auth->refused)
		add_line(text, "logon refused");
	else if (auth->accepted)
		add_line(text, "logon accepted");
	add_known(text, "server's proof of the password", facts_proof_name(auth->proof));
	add_known(text, "words about the logon", auth->words);
}

static void
add_address(struct text *text, const char *key, uint32_t address)
{
	char chars[IPV4_MAX];

	if (address != 0)
		add_line(text, "%s: %s", key, ipv4_write(address, chars));
}

static void
add_tunnel(struct text *text, const struct facts_tunnel *tunnel)
{
	static const char *const acceptances[] = {
	    [FACTS_NOT_ACCEPTED] = "not accepted",
	    [FACTS_ACCEPTED_BY_TIME] = "accepted: answers came and no Call Abort",
	    [FACTS_ACCEPTED_BY_ECHO] = "accepted: an LCP echo sent behind it came back",
	    [FACTS_ACCEPTED_BY_PING] = "accepted: an echo crossed the tunnel",
	};
	static const char *const hashes[] = {"none", "SHA-1", "SHA-256"};

	if (!tunnel->connected)
		return;
	add_line(text, "crypto binding: %s, %s", hashes[tunnel->hash % 3],
	    acceptances[tunnel->acceptance]);
	if (tunnel->acceptance != FACTS_NOT_ACCEPTED)
		add_line(
		    text, "crypto binding checked: not to be seen from here, SoftEther never does");
	if (tunnel->hash == 2)
		add_digest(text, "bound to certificate SHA-256: ", tunnel->sha256,
		    sizeof tunnel->sha256, "");
	if (tunnel->has_sha1)
		add_digest(
		    text, "bound to certificate SHA-1: ", tunnel->sha1, sizeof tunnel->sha1, "");
	add_address(text, "tunnel address", tunnel->address);
	add_address(text, "tunnel peer", tunnel->peer);
	for (size_t i = 0; i < FACTS_DNS_MAX; i++)
		add_address(text, "tunnel DNS", tunnel->dns[i]);
	add_known(text, "IPCP", tunnel->words);
}

static void
add_ping(struct text *text, const struct facts *facts)
{
	const struct facts_ping *ping = &facts->ping;
	char address[IPV4_MAX];

	if (!facts->steps[FACTS_PING].begun)
		return;
	add_line(text, "ping %s: %u sent, %u received", ipv4_write(ping->address, address),
	    ping->sent, ping->received);
	if (ping->received > 0)
		add_line(text, "ping round trip: min %.3f s, avg %.3f s, max %.3f s",
		    deadline_to_seconds(ping->min),
		    deadline_to_seconds(ping->total / ping->received),
		    deadline_to_seconds(ping->max));
}

static void
add_look(struct text *text, const struct facts *facts)
{
	const struct facts_look *look = &facts->look;

	if (!look->tried)
		return;
	if (!look->connected)
		add_line(text, "second look: not connected");
	else if (look->closed_at_once)
		add_line(text, "second look: closed before a byte was sent");
	else if (facts->http.duplex && look->http.answered)
		add_line(text, "second look: HEAD gets %d, Server: %s", look->http.status,
		    *look->http.server != '\0' ? look->http.server : "no such header");
	else if (facts->http.duplex)
		add_line(text, "second look: HEAD gets no answer");
	else if (look->within_offer)
		add_line(text, "second look: completes, with what was offered at first too");
	else if (look->tls.done)
		add_line(text, "second look: every TLS version and cipher offered, it completes");
	else
		add_line(text, "second look: every TLS version and cipher offered, it fails");
	add_tls(text, "second look, TLS", &look->tls);
}

/* It is kept where it is wanted. "trace 0.012 s sent: SSTP Call Connect Request, 1 attributes". */
static void
add_trace(struct text *text, const struct trace *trace)
{
	static const char *const ways[] = {
	    [TRACE_NOTE] = "", [TRACE_SENT] = " sent", [TRACE_RECEIVED] = " received"};

	for (size_t i = 0; trace != NULL && i < trace->count; i++)
		add_line(text, "trace %.3f s%s: %s", deadline_to_seconds(trace->lines[i].at),
		    ways[trace->lines[i].way], trace->lines[i].words);
	if (trace != NULL && trace->left_out > 0)
		add_line(text, "trace: +%zu more", trace->left_out);
}

void
texttarget_add(struct text *text, const struct facts *facts, int verbosity, bool offload)
{
	for (int stage = 0; stage < FACTS_STAGES; stage++)
		if (values_has_stage(facts, stage))
			add_stage(text, facts, stage);
	add_addresses(text, facts, verbosity);
	add_tls(text, "TLS", &facts->tls);
	add_http(text, &facts->http);
	add_sstp(text, facts);
	add_ppp(text, &facts->ppp);
	add_auth(text, facts);
	add_tunnel(text, &facts->tunnel);
	add_ping(text, facts);
	add_chain(text, &facts->tls, verbosity);
	if (offload)
		add_hash_to_hold(text, facts);
	textrevocation_add(text, facts);
	if (verbosity >= 2)
		add_look(text, facts);
	add_trace(text, facts->trace);
}
