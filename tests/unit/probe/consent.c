#include "probe/consent.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

enum pin { NO_PIN, PIN_SHA1, PIN_SHA256, OTHER_SHA1, OTHER_SHA256 };

/* What is known of the server, what the operator says, and what may then be used. */
static const struct {
	const char *name;
	enum facts_name_match match;
	bool plain, no_certificate, unchecked, untrusted, no_anchors, no_descriptors;
	bool insecure, allow_pap;
	enum pin pin;
	enum facts_insecurity insecurity;
	size_t wanted; /* of mschapv2, chap-md5 and pap */
} rows[] = {
    {"verified", FACTS_NAME_MATCHES, .wanted = 2},
    {"by the common name", FACTS_NAME_BY_COMMON_NAME, .wanted = 2},
    {"PAP", FACTS_NAME_MATCHES, .allow_pap = true, .wanted = 3},
    {"another name", FACTS_NAME_DIFFERS, .insecurity = FACTS_INSECURE_NAME},
    {"a name nobody knows", FACTS_NAME_NOT_CHECKED, .insecurity = FACTS_INSECURE_NAME},
    {"untrusted", FACTS_NAME_MATCHES, .untrusted = true, .insecurity = FACTS_INSECURE_CHAIN},
    {"unchecked", FACTS_NAME_MATCHES, .unchecked = true, .insecurity = FACTS_INSECURE_CHAIN},
    {"no anchors", FACTS_NAME_MATCHES, .no_anchors = true, .insecurity = FACTS_INSECURE_CHAIN},
    {"no descriptors", FACTS_NAME_MATCHES, .no_descriptors = true,
        .insecurity = FACTS_INSECURE_CHAIN},
    {"no certificate", FACTS_NAME_MATCHES, .no_certificate = true,
        .insecurity = FACTS_INSECURE_CHAIN},
    {"no TLS", .plain = true, .no_certificate = true, .insecurity = FACTS_INSECURE_PLAIN},
    {"no TLS, whatever is pinned", .plain = true, .no_certificate = true, .pin = PIN_SHA256,
        .insecurity = FACTS_INSECURE_PLAIN},
    {"untrusted on purpose", FACTS_NAME_DIFFERS, .untrusted = true, .insecure = true, .wanted = 2},
    {"no TLS on purpose", .plain = true, .no_certificate = true, .insecure = true, .wanted = 2},
    {"PAP on purpose", FACTS_NAME_MATCHES, .untrusted = true, .insecure = true, .allow_pap = true,
        .wanted = 2},
    {"PAP and another name", FACTS_NAME_DIFFERS, .insecure = true, .allow_pap = true, .wanted = 2},
    {"PAP without TLS", .plain = true, .no_certificate = true, .insecure = true, .allow_pap = true,
        .pin = PIN_SHA256, .wanted = 2},
    {"insecure where it need not be", FACTS_NAME_MATCHES, .insecure = true, .allow_pap = true,
        .wanted = 3},
    {"pinned", FACTS_NAME_DIFFERS, .untrusted = true, .pin = PIN_SHA256, .wanted = 2},
    {"pinned by SHA-1", FACTS_NAME_DIFFERS, .untrusted = true, .pin = PIN_SHA1, .wanted = 2},
    {"pinned, PAP", FACTS_NAME_DIFFERS, .untrusted = true, .pin = PIN_SHA256, .allow_pap = true,
        .wanted = 3},
    {"another one pinned", FACTS_NAME_MATCHES, .pin = OTHER_SHA256,
        .insecurity = FACTS_INSECURE_PIN},
    {"another one pinned by SHA-1", FACTS_NAME_MATCHES, .pin = OTHER_SHA1,
        .insecurity = FACTS_INSECURE_PIN},
    {"another one pinned, and insecure", FACTS_NAME_MATCHES, .pin = OTHER_SHA256, .insecure = true,
        .allow_pap = true, .insecurity = FACTS_INSECURE_PIN},
    {"another one pinned by SHA-1, and insecure", FACTS_NAME_MATCHES, .pin = OTHER_SHA1,
        .insecure = true, .insecurity = FACTS_INSECURE_PIN},
    {"pinned without a certificate, and insecure", FACTS_NAME_MATCHES, .no_certificate = true,
        .pin = PIN_SHA256, .insecure = true, .insecurity = FACTS_INSECURE_PIN},
};

static void
show_server(struct facts *facts, size_t i)
{
	facts_begin(facts);
	facts->tls.name_match = rows[i].match;
	facts->tls.trust.checked = !rows[i].unchecked;
	facts->tls.trust.errors_count = rows[i].untrusted;
	facts->tls.trust.no_anchors = rows[i].no_anchors;
	facts->tls.trust.no_descriptors = rows[i].no_descriptors;
	if (rows[i].no_certificate)
		return;
	facts->tls.chain = calloc(1, sizeof *facts->tls.chain);
	facts->tls.chain_count = 1;
	memset(facts->tls.chain[0].sha1, 1, sizeof facts->tls.chain[0].sha1);
	memset(facts->tls.chain[0].sha256, 2, sizeof facts->tls.chain[0].sha256);
}

static void
set_pin(struct plan_logon *logon, enum pin pin)
{
	logon->pinned_sha1 = pin == PIN_SHA1 || pin == OTHER_SHA1;
	logon->pinned_sha256 = pin == PIN_SHA256 || pin == OTHER_SHA256;
	memset(logon->sha1, pin == OTHER_SHA1 ? 9 : 1, sizeof logon->sha1);
	memset(logon->sha256, pin == OTHER_SHA256 ? 9 : 2, sizeof logon->sha256);
}

START_TEST(a_consent)
{
	struct plan_logon logon = {
	    .methods = {FACTS_MSCHAP_V2, FACTS_CHAP_MD5, FACTS_PAP},
	    .methods_count = 3,
	    .allow_pap = rows[_i].allow_pap,
	    .insecure = rows[_i].insecure,
	};
	const struct plan plan = {.plain = rows[_i].plain, .logon = &logon};
	struct facts facts;

	set_pin(&logon, rows[_i].pin);
	show_server(&facts, (size_t)_i);
	ck_assert_msg(consent_ask(&plan, &facts) == (rows[_i].wanted > 0), "%s", rows[_i].name);
	ck_assert_int_eq(facts.auth.insecurity, rows[_i].insecurity);
	ck_assert_uint_eq(facts.auth.wanted_count, rows[_i].wanted);
	for (size_t i = 0; i < facts.auth.wanted_count; i++)
		ck_assert_int_eq(facts.auth.wanted[i], logon.methods[i]);
	facts_free(&facts);
}
END_TEST

/* PAP alone, where it may not be used, is no consent. */
START_TEST(pap_alone)
{
	struct plan_logon logon = {.methods = {FACTS_PAP}, .methods_count = 1, .insecure = true};
	const struct plan plan = {.logon = &logon};

	for (int allowed = 0; allowed < 2; allowed++) {
		struct facts facts;

		logon.allow_pap = allowed == 1;
		show_server(&facts, 3);
		ck_assert(!consent_ask(&plan, &facts));
		ck_assert_int_eq(facts.auth.insecurity, FACTS_INSECURE_PAP);
		facts_free(&facts);
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, a_consent, rows);
	tcase_add_test(tests, pap_alone);
}

int
main(void)
{
	return unit_run("probe/consent", list);
}
