#include "verdict/cert.h"

#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "unit/unit.h"

#define DAY     INT64_C(86400)
#define TARGETS 3

static struct facts facts[TARGETS];
static struct policy policy;
static struct verdict verdict;

/* Valid for 1000 days, of which some are LEFT. */
static void
show(struct facts_certificate *certificate, const char *name, const char *issuer, int64_t left)
{
	certificate->subject = strdup(name);
	certificate->issuer = strdup(issuer);
	certificate->common_name = strdup(name);
	certificate->signature = strdup("sha256WithRSAEncryption");
	certificate->key = FACTS_KEY_RSA;
	certificate->key_bits = 2048;
	certificate->not_after = facts[0].date + left * DAY;
	certificate->not_before = certificate->not_after - 1000 * DAY;
}

static void
set_up(void)
{
	static const int64_t milliseconds[TARGETS] = {200, 300, 100};

	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
	for (size_t i = 0; i < TARGETS; i++) {
		facts_begin(&facts[i]);
		facts[i].target = strdup("vpn.example.com");
		facts[i].name = strdup("vpn.example.com");
		facts[i].host = strdup("vpn.example.com");
		facts[i].port = 443;
		facts[i].level = FACTS_TLS;
		facts[i].date = 1800000000;
		facts[i].timeout = 10 * DEADLINE_SECOND;
		facts[i].total = milliseconds[i] * 1000000;
	}
}

static void
tear_down(void)
{
	verdict_free(&verdict);
	for (size_t i = 0; i < TARGETS; i++)
		facts_free(&facts[i]);
}

/* Target AT shows a certificate that has LEAF days left, and its issuer with as many as ISSUER. */
static void
answer(size_t at, int64_t leaf, int64_t issuer)
{
	struct facts_tls *tls = &facts[at].tls;

	for (int stage = 0; stage <= FACTS_TLS; stage++)
		facts[at].steps[stage].begun = facts[at].steps[stage].ended = true;
	tls->done = true;
	strcpy(tls->version, "TLSv1.3");
	tls->chain = calloc(2, sizeof *tls->chain);
	ck_assert_ptr_nonnull(tls->chain);
	tls->chain_count = 2;
	tls->chain[0].sha256[0] = (uint8_t)at;
	show(&tls->chain[0], "vpn.example.com", "Issuing CA", leaf);
	show(&tls->chain[1], "Issuing CA", "Root", issuer);
}

static void
has_metric(size_t at, const char *label, double value)
{
	ck_assert_str_eq(verdict.metrics[at].label, label);
	ck_assert(verdict.metrics[at].measured);
	ck_assert_double_eq(verdict.metrics[at].value, value);
}

static void
has_limits(size_t at)
{
	ck_assert(verdict.metrics[at].warning.set && verdict.metrics[at].critical.set);
	ck_assert_double_eq(verdict.metrics[at].warning.low, 30.0 * DAY);
	ck_assert_double_eq(verdict.metrics[at].critical.low, 14.0 * DAY);
}

/* What ends first, and the slowest, whichever target that is. */
START_TEST(metrics_of_several)
{
	answer(0, 60, 400);
	answer(1, 50, 500);
	answer(2, 70, 45);
	cert_judge(facts, TARGETS, &policy, NULL, &verdict);
	ck_assert(!verdict.failed);
	ck_assert_uint_eq(verdict.metrics_count, 3);
	has_metric(0, "leaf", 50.0 * DAY);
	has_limits(0);
	has_metric(1, "chain", 45.0 * DAY);
	has_limits(1);
	has_metric(2, "total", 0.3);
	ck_assert(verdict.metrics[2].has_high);
	ck_assert_double_eq(verdict.metrics[2].high, 10);
}
END_TEST

START_TEST(metrics_of_nothing)
{
	cert_judge(facts, 1, &policy, NULL, &verdict);
	ck_assert(verdict.state != STATE_OK);
	ck_assert_uint_eq(verdict.metrics_count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert(!verdict.metrics[i].measured);
}
END_TEST

static const struct {
	int64_t left;
	enum cause cause;
	enum state state;
} expiries[] = {
    {31, CAUSES, STATE_OK},
    {29, CAUSE_CERT_EXPIRING, STATE_WARNING},
    {13, CAUSE_CERT_EXPIRING, STATE_CRITICAL},
    /* Though nobody verified it. */
    {-3, CAUSE_CERT_EXPIRED, STATE_CRITICAL},
};

/* The server's own, and that of its issuer. */
START_TEST(an_expiry)
{
	for (int whose = 0; whose <= 1; whose++) {
		bool found = false;

		tear_down();
		set_up();
		answer(
		    0, whose == 0 ? expiries[_i].left : 500, whose == 0 ? 500 : expiries[_i].left);
		cert_judge(facts, 1, &policy, NULL, &verdict);
		ck_assert_int_eq(verdict.state, expiries[_i].state);
		for (size_t i = 0; i < verdict.findings_count; i++)
			found |= verdict.findings[i].cause == expiries[_i].cause;
		ck_assert(found == (expiries[_i].cause != CAUSES));
	}
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, metrics_of_several);
	tcase_add_test(tests, metrics_of_nothing);
	unit_add_rows(tests, an_expiry, expiries);
}

int
main(void)
{
	return unit_run("verdict/cert", list);
}
