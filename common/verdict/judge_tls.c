#include "verdict/judge_tls.h"

#include <stdio.h>
#include <string.h>

/* What the wide-open handshake proved: nothing, a version, or a cipher; or that the offer was not
 * to blame, since what is taken now was offered before as well. */
static enum cause
look_cause(const struct facts *facts, enum cause otherwise)
{
	int version = words_version_number(facts->look.tls.version);

	if (!facts->look.tls.done)
		return otherwise;
	if (facts->look.within_offer)
		return CAUSE_TLS_INTERMITTENT;
	if (version < facts->tls.offered_min || version > facts->tls.offered_max)
		return CAUSE_TLS_VERSION;
	return CAUSE_TLS_CIPHER;
}

bool
judge_tls_wants_client_certificate(const struct facts_tls *tls)
{
	enum { HANDSHAKE_FAILURE = 40, BAD_CERTIFICATE = 42, CERTIFICATE_REQUIRED = 116 };

	return tls->alert == CERTIFICATE_REQUIRED ||
	       (tls->certificate_requested &&
	           (tls->alert == HANDSHAKE_FAILURE || tls->alert == BAD_CERTIFICATE));
}

static enum cause
alert_cause(const struct facts *facts)
{
	enum {
		HANDSHAKE_FAILURE = 40,
		PROTOCOL_VERSION = 70,
		INSUFFICIENT_SECURITY = 71,
		UNRECOGNIZED_NAME = 112
	};

	if (judge_tls_wants_client_certificate(&facts->tls))
		return CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED;
	if (facts->look.within_offer)
		return CAUSE_TLS_INTERMITTENT;
	switch (facts->tls.alert) {
	case PROTOCOL_VERSION:
		return CAUSE_TLS_VERSION;
	case UNRECOGNIZED_NAME:
		return CAUSE_TLS_UNRECOGNIZED_NAME;
	case HANDSHAKE_FAILURE:
	case INSUFFICIENT_SECURITY:
		return look_cause(facts, CAUSE_TLS_ALERT);
	default:
		return CAUSE_TLS_ALERT;
	}
}

/* The far end has ended the connection without a word. */
static enum cause
dropped_cause(const struct facts *facts, enum cause otherwise)
{
	/* A second handshake that completes, with no certificate either, shows it was not that. */
	if (facts->tls.certificate_requested && !facts->look.tls.done)
		return CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED;
	if (facts->look.closed_at_once)
		return CAUSE_TCP_CLOSED_AT_ONCE;
	return look_cause(facts, otherwise);
}

static enum cause
tls_cause(const struct facts *facts, enum facts_symptom symptom)
{
	switch (symptom) {
	case FACTS_TIMEOUT:
		return CAUSE_TLS_TIMEOUT;
	case FACTS_PLAINTEXT:
		return CAUSE_TLS_PLAINTEXT;
	case FACTS_NOT_TLS:
		return CAUSE_TLS_NOT_TLS;
	case FACTS_ALERT:
		return alert_cause(facts);
	case FACTS_TLS_REFUSED:
		if (strstr(facts->tls.reason, "legacy renegotiation") != NULL)
			return CAUSE_TLS_RENEGOTIATION;
		return look_cause(facts, CAUSE_TLS_ALERT);
	case FACTS_CLOSED:
		return dropped_cause(facts, CAUSE_TLS_CLOSED);
	case FACTS_RESET:
	default:
		return dropped_cause(facts, CAUSE_TLS_RESET);
	}
}

/* What a server may do because no server name was sent. */
static bool
wants_name(enum cause cause)
{
	return cause == CAUSE_TLS_RESET || cause == CAUSE_TLS_CLOSED || cause == CAUSE_TLS_ALERT ||
	       cause == CAUSE_TLS_UNRECOGNIZED_NAME;
}

/* How to send one. A target that is not called by the address that clients dial, as the member of a
 * pool, is given beside it already. */
static const char *
name_remedy(const struct facts *facts)
{
	if (!facts->name_is_address)
		return "try without --no-sni, no server name was sent";
	return strcmp(facts->target, facts->name) == 0
	           ? "try -H NAME -I {address}, no server name was sent"
	           : "try -H NAME, no server name was sent";
}

/* What lets the one version in that the server takes. Those before 1.2 have SHA-1 signatures, which
 * OpenSSL takes at security level 0 alone. */
static const char *
version_remedy(const struct facts *facts)
{
	enum { TLS_1_2 = 0x0303 };
	int version = words_version_number(facts->look.tls.version);

	if (version > facts->tls.offered_max)
		return "raise --tls-max or MaxProtocol in openssl.cnf";
	if (version < TLS_1_2)
		return "enable 1.2, or --tls-min 1.0 --security-level 0";
	return "lower --tls-min or MinProtocol in openssl.cnf";
}

/* What became of a handshake that another one like it shows to be no fault of the offer. */
static const char *
how(enum facts_symptom symptom)
{
	switch (symptom) {
	case FACTS_RESET:
		return "reset";
	case FACTS_CLOSED:
		return "closed";
	default:
		return "refused";
	}
}

void
judge_tls_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	enum cause cause = tls_cause(facts, symptom);
	char offered[32], found[120] = "";
	struct cause_row row;

	words_versions(offered, sizeof offered, facts->tls.offered_min, facts->tls.offered_max);
	if (facts->look.tls.done && cause == CAUSE_TLS_VERSION)
		snprintf(found, sizeof found, ", it takes %s",
		    words_version_name(facts->look.tls.version));
	else if (facts->look.tls.done)
		snprintf(found, sizeof found, ", it takes %s", facts->look.tls.cipher);
	row = *causes_row(cause);
	if (facts->tls.sni[0] == '\0' && wants_name(cause))
		row.remedy = name_remedy(facts);
	if (facts->look.tls.done && cause == CAUSE_TLS_VERSION)
		row.remedy = version_remedy(facts);
	/* One is bound, then. */
	if (cause == CAUSE_TLS_RESET && facts->tls.heard) {
		row.summary = facts->tls.chain_count > 0
		                  ? "TLS reset after the certificate was shown"
		                  : "TLS reset while the server was answering";
		row.remedy = "look for inspection on the path, and at Schannel events";
	} else if (cause == CAUSE_TLS_RESET && words->reset != NULL) {
		row.summary = words->reset->summary;
		row.remedy = words->reset->remedy;
	}
	/* Where a certificate is looked for there is no doing without TLS. */
	if (cause == CAUSE_TLS_PLAINTEXT && facts->level == FACTS_TLS)
		row.remedy = "ask the balancer instead, or set UseHttps=1";
	if (cause == CAUSE_TLS_PLAINTEXT && words->plaintext != NULL) {
		row.summary = words->plaintext->summary;
		row.remedy = words->plaintext->remedy;
	}
	row.state = policy_state(words->policy, cause);
	words_find_as(words, cause, &row, "offered", offered, "found", found, "sni",
	    facts->tls.sni[0] != '\0' ? facts->tls.sni : "without a name", "first",
	    facts->tls.first_bytes, "how", how(symptom), NULL);
}
