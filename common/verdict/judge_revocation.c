#include "verdict/judge_revocation.h"

#include <stdio.h>
#include <string.h>

#include "verdict/answers.h"

/* One certificate under judgement. */
struct subject {
	const struct words *words;
	const struct facts_revocation *revocation;
	int64_t date;
	char which[128];
};

/* "CRL" and where it is: the whole URL stands in the long output. */
static const char *
name_source(char *chars, size_t size, const struct facts_source *source)
{
	const char *host = strstr(source->url, "://");
	int length;

	host = host == NULL ? "" : host + strlen("://");
	length = (int)strcspn(host, "/?");
	switch (source->kind) {
	case FACTS_SOURCE_STAPLE:
		snprintf(chars, size, "stapled OCSP answer");
		break;
	case FACTS_SOURCE_OCSP:
		snprintf(chars, size, "OCSP responder %.*s", length, host);
		break;
	case FACTS_SOURCE_DELTA:
		snprintf(chars, size, "delta CRL%s%.*s", length > 0 ? " at " : "", length, host);
		break;
	default:
		snprintf(chars, size, "CRL at %.*s", length, host);
	}
	return chars;
}

static const char *
why_unreachable(char *chars, size_t size, const struct facts_source *source)
{
	switch (source->said) {
	case FACTS_SAID_STATUS:
		snprintf(chars, size, "HTTP %d", source->status);
		break;
	case FACTS_SAID_REDIRECT:
		snprintf(chars, size, "redirected in vain");
		break;
	case FACTS_SAID_HTTPS:
		snprintf(chars, size, "https, which is not followed");
		break;
	case FACTS_SAID_NO_URL:
		snprintf(chars, size, "no http URL");
		break;
	case FACTS_SAID_LDAP:
		snprintf(chars, size, "ldap only");
		break;
	case FACTS_SAID_NOTHING:
		snprintf(chars, size, "no time left");
		break;
	default:
		snprintf(chars, size, "%s", facts_symptom_name(source->symptom));
	}
	return chars;
}

static const char *
why_useless(char *chars, size_t size, const struct facts_source *source)
{
	const char *words = source->words;

	switch (source->said) {
	case FACTS_SAID_ERROR:
		snprintf(chars, size, "gives %s", words);
		break;
	case FACTS_SAID_UNKNOWN:
		snprintf(chars, size, "does not know the certificate");
		break;
	case FACTS_SAID_BAD_SIGNER:
		snprintf(chars, size, "is %s", words != NULL ? words : "not signed by the issuer");
		break;
	case FACTS_SAID_OTHER:
		snprintf(chars, size, "is about other certificates");
		break;
	default:
		snprintf(chars, size, "%s",
		    facts_revocation_is_list(source->kind) ? "is no CRL" : "gives no OCSP answer");
	}
	return chars;
}

/* A stapled answer is what the server, or who ends TLS before it, was given: it cannot be fetched,
 * and the authority has nothing to publish. What a missing delta does depends on what a client has
 * in its cache; IIS refuses the + that the CA of Windows marks its name with. */
static struct cause_row
row_for(enum cause cause, const struct facts_source *source)
{
	struct cause_row row = *causes_row(cause);

	if (source->kind == FACTS_SOURCE_STAPLE)
		row.remedy = "let what ends TLS reach the OCSP responder";
	else if (source->said == FACTS_SAID_BAD_SIGNER && source->words != NULL)
		row.remedy = "renew the certificate that the responder signs with";
	if (source->kind != FACTS_SOURCE_DELTA)
		return row;
	row.state = STATE_WARNING;
	if (source->said == FACTS_SAID_STATUS && strchr(source->url, '+') != NULL)
		row.remedy = "let IIS allow double escaping, for the + in its name";
	return row;
}

static void
find_revoked(const struct subject *subject, const struct facts_source *source)
{
	struct cause_row row = causes_row_at(CAUSE_CERT_REVOKED, subject->revocation->depth);
	char ago[24];

	if (source->reason == FACTS_REASON_ON_HOLD && subject->revocation->depth == 0)
		row.remedy = "let the CA release it, or issue another";
	words_duration(ago, sizeof ago, subject->date - source->revoked_on);
	words_find_as(subject->words, CAUSE_CERT_REVOKED, &row, "which", subject->which, "ago", ago,
	    "why", facts_revocation_reason_name(source->reason), NULL);
}

static void
find_aged(const struct subject *subject, const struct facts_source *source)
{
	char name[200], age[24];

	words_duration(age, sizeof age, subject->date - source->this_update);
	words_find_as(subject->words, CAUSE_CERT_CRL_STALE, &causes_no_next_update, "source",
	    name_source(name, sizeof name, source), "age", age, NULL);
}

static void
find_stale(const struct subject *subject, const struct facts_source *source)
{
	struct cause_row row = row_for(CAUSE_CERT_CRL_STALE, source);
	char name[200], text[64], time[24];
	bool early = source->this_update > subject->date;

	if (!early && source->next_update == 0) {
		find_aged(subject, source);
		return;
	}
	words_duration(time, sizeof time,
	    early ? source->this_update - subject->date : subject->date - source->next_update);
	snprintf(text, sizeof text, "is %s %s", early ? "valid only in" : "out of date for", time);
	words_find_as(subject->words, CAUSE_CERT_CRL_STALE, &row, "source",
	    name_source(name, sizeof name, source), "text", text, NULL);
}

static void
find_near(const struct subject *subject, const struct facts_source *source)
{
	double whole = (double)(source->next_update - source->this_update);
	char name[200], left[24];

	if (source->next_update == 0 || source->kind == FACTS_SOURCE_STAPLE ||
	    (double)(source->next_update - subject->date) >= JUDGE_REVOCATION_NEAR * whole)
		return;
	words_duration(left, sizeof left, source->next_update - subject->date);
	words_find(subject->words, CAUSE_CERT_CRL_EXPIRING, "source",
	    name_source(name, sizeof name, source), "left", left, NULL);
}

/* A shortage of ours is not the source's fault. */
static bool
find_own(const struct subject *subject, const struct facts_source *source)
{
	switch (source->symptom) {
	case FACTS_NO_MEMORY:
		words_find(subject->words, CAUSE_LOCAL_NO_MEMORY, NULL);
		return true;
	case FACTS_NO_DESCRIPTORS:
		words_find(subject->words, CAUSE_LOCAL_NO_DESCRIPTORS, NULL);
		return true;
	case FACTS_INTERRUPTED:
		words_find(subject->words, CAUSE_LOCAL_INTERRUPTED, "stage", "revocation", NULL);
		return true;
	default:
		return false;
	}
}

/* No source has a sound answer: the most telling failure is told. */
static void
find_failure(const struct subject *subject, const struct facts_source *source)
{
	struct cause_row row = row_for(CAUSE_CERT_CRL_INVALID, source);
	char name[200], why[80];

	name_source(name, sizeof name, source);
	switch (source->said) {
	case FACTS_SAID_UNREACHABLE:
		if (find_own(subject, source))
			return;
		break;
	case FACTS_SAID_LDAP:
		if (source->kind == FACTS_SOURCE_DELTA)
			break;
		words_find_as(subject->words, CAUSE_CERT_CRL_UNREACHABLE, &causes_ldap_only,
		    "which", subject->which, NULL);
		return;
	case FACTS_SAID_NOT_JUDGED:
		snprintf(why, sizeof why, "is %s", source->words);
		words_find(
		    subject->words, CAUSE_LOCAL_NOT_JUDGED, "source", name, "why", why, NULL);
		return;
	case FACTS_SAID_TOO_LONG:
		words_find(subject->words, CAUSE_LOCAL_NOT_JUDGED, "source", name, "why",
		    "is longer than --max-crl", NULL);
		return;
	case FACTS_SAID_ERROR:
	case FACTS_SAID_UNKNOWN:
	case FACTS_SAID_GARBAGE:
	case FACTS_SAID_BAD_SIGNER:
	case FACTS_SAID_OTHER:
		words_find_as(subject->words, CAUSE_CERT_CRL_INVALID, &row, "source", name, "why",
		    why_useless(why, sizeof why, source), NULL);
		return;
	default:
		break;
	}
	row = row_for(CAUSE_CERT_CRL_UNREACHABLE, source);
	words_find_as(subject->words, CAUSE_CERT_CRL_UNREACHABLE, &row, "source", name, "why",
	    why_unreachable(why, sizeof why, source), NULL);
}

/* The higher, the more it tells. */
static int
weight_of(const struct facts_source *source)
{
	static const int weights[FACTS_SAIDS] = {
	    [FACTS_SAID_LDAP] = 1,
	    [FACTS_SAID_HTTPS] = 2,
	    [FACTS_SAID_NO_URL] = 2,
	    [FACTS_SAID_UNREACHABLE] = 3,
	    [FACTS_SAID_REDIRECT] = 3,
	    [FACTS_SAID_STATUS] = 3,
	    [FACTS_SAID_TOO_LONG] = 4,
	    [FACTS_SAID_NOT_JUDGED] = 4,
	    [FACTS_SAID_ERROR] = 5,
	    [FACTS_SAID_GARBAGE] = 5,
	    [FACTS_SAID_OTHER] = 6,
	    [FACTS_SAID_BAD_SIGNER] = 6,
	    [FACTS_SAID_UNKNOWN] = 7,
	    [FACTS_SAID_GOOD] = 8, /* out of date */
	};

	return weights[source->said];
}

/* Whether clients can ask the directory alone. */
static bool
is_ldap_only(const struct facts_revocation *revocation)
{
	for (size_t i = 0; i < revocation->sources_count; i++)
		if (revocation->sources[i].said != FACTS_SAID_LDAP)
			return false;
	return revocation->sources_count > 0;
}

/* Where it names a source of the other kind the certificate is not to blame for what was asked. */
static void
find_none(const struct subject *subject, enum facts_revocation_mode mode)
{
	struct cause_row row = *causes_row(CAUSE_CERT_NO_REVOCATION_INFO);
	const char *what = "neither a CRL nor an OCSP responder";

	if (subject->revocation->sources_count > 0) {
		what = mode == FACTS_REVOCATION_OCSP ? "no OCSP responder, but a CRL"
		                                     : "no CRL, but an OCSP responder";
		row.remedy = "use --revocation any";
	}
	words_find_as(subject->words, CAUSE_CERT_NO_REVOCATION_INFO, &row, "which", subject->which,
	    "what", what, NULL);
}

static void
judge_failures(const struct subject *subject)
{
	const struct facts_revocation *revocation = subject->revocation;
	enum facts_revocation_mode mode = subject->words->facts->revocation_mode;
	const struct facts_source *telling = NULL;

	for (size_t i = 0; i < revocation->sources_count; i++) {
		const struct facts_source *source = &revocation->sources[i];

		if (source->kind != FACTS_SOURCE_DELTA &&
		    facts_revocation_wants(mode, source->kind) &&
		    (telling == NULL || weight_of(source) > weight_of(telling)))
			telling = source;
	}
	if (telling == NULL)
		find_none(subject, mode);
	else if (telling->said == FACTS_SAID_GOOD)
		find_stale(subject, telling);
	else
		find_failure(subject, telling);
}

static void
find_ahead(const struct subject *subject, const struct facts_source *delta)
{
	struct cause_row row = row_for(CAUSE_CERT_CRL_INVALID, delta);
	char name[200];

	row.remedy = "publish the newest CRL of the CA";
	words_find_as(subject->words, CAUSE_CERT_CRL_INVALID, &row, "source",
	    name_source(name, sizeof name, delta), "why",
	    "adds to a newer CRL than is published", NULL);
}

/* A client that takes the CRL asks for the delta that it names as well. */
static void
judge_clear(const struct subject *subject, const struct facts_source *clear)
{
	const struct facts_revocation *revocation = subject->revocation;
	const struct facts_source *telling = NULL;

	find_near(subject, clear);
	for (size_t i = 0; i < revocation->sources_count; i++) {
		const struct facts_source *source = &revocation->sources[i];

		if (source->kind != FACTS_SOURCE_DELTA || clear->kind != FACTS_SOURCE_CRL)
			continue;
		if (answers_is_sound(source) &&
		    answers_is_current(revocation, source, subject->date) &&
		    answers_adds_to(source, clear))
			return;
		if (telling == NULL || weight_of(source) > weight_of(telling))
			telling = source;
	}
	if (telling == NULL)
		return;
	if (!answers_is_sound(telling))
		find_failure(subject, telling);
	else if (answers_is_current(revocation, telling, subject->date))
		find_ahead(subject, telling);
	else
		find_stale(subject, telling);
}

static void
judge_one(const struct subject *subject)
{
	const struct facts_revocation *revocation = subject->revocation;
	const struct facts_source *revoked = answers_revoking(revocation, subject->date);
	const struct facts_source *clear = answers_clearing(revocation, subject->date);

	if (revoked != NULL)
		find_revoked(subject, revoked);
	else if (clear != NULL)
		judge_clear(subject, clear);
	else if (is_ldap_only(revocation))
		find_failure(subject, &revocation->sources[0]);
	else if (subject->words->facts->revocation_mode <= FACTS_REVOCATION_OFF)
		return;
	else if (revocation->no_issuer)
		words_find_as(subject->words, CAUSE_LOCAL_NOT_JUDGED, &causes_no_issuer, "which",
		    subject->which, NULL);
	else
		judge_failures(subject);
}

static void
find_cut(const struct subject *last)
{
	char count[24];

	snprintf(count, sizeof count, "%zu", last->revocation->depth + 1);
	words_find_as(last->words, CAUSE_LOCAL_NOT_JUDGED, &causes_path_cut, "which", last->which,
	    "count", count, NULL);
}

void
judge_revocation_sources(const struct words *words)
{
	const struct facts *facts = words->facts;

	for (size_t i = 0; i < facts->revocations_count; i++) {
		struct subject subject = {
		    .words = words,
		    .revocation = &facts->revocations[i],
		    .date = facts->date,
		};

		if (subject.revocation->depth == 0)
			snprintf(subject.which, sizeof subject.which, "certificate");
		else
			words_issuer(
			    subject.which, sizeof subject.which, subject.revocation->about);
		judge_one(&subject);
		if (facts->revocations_cut && i + 1 == facts->revocations_count &&
		    facts->revocation_mode > FACTS_REVOCATION_OFF)
			find_cut(&subject);
	}
}
