/* What is made of a logon by EAP that failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts/facts.h"
#include "unit/unit.h"
#include "verdict/sstp.h"

static struct facts facts;
static struct policy policy;
static struct verdict verdict;

/* A climb that came to the logon, by METHOD. */
static void
begin(enum facts_eap_method method)
{
	facts_begin(&facts);
	facts.target = strdup("vpn.example.com");
	facts.name = strdup("vpn.example.com");
	facts.host = strdup("vpn.example.com");
	facts.level = FACTS_AUTH;
	facts.date = 1000000000;
	for (int stage = 0; stage < FACTS_AUTH; stage++)
		facts.steps[stage] = (struct facts_step){.begun = true, .ended = true};
	facts.http = (struct facts_http){.duplex = true, .answered = true, .status = 200};
	facts.auth.method = FACTS_EAP;
	facts.auth.eap_expected = true;
	facts_eap_begin(&facts.auth)->method = method;
	policy_begin(&policy);
	memset(&verdict, 0, sizeof verdict);
}

static void
judge(enum facts_symptom symptom)
{
	facts.steps[FACTS_AUTH] =
	    (struct facts_step){.begun = true, .ended = true, .symptom = symptom};
	sstp_judge(&facts, 1, &policy, &verdict);
}

static const struct finding *
find(enum cause cause)
{
	for (size_t i = 0; i < verdict.findings_count; i++)
		if (verdict.findings[i].cause == cause)
			return &verdict.findings[i];
	ck_abort_msg("no %s", causes_row(cause)->name);
	return NULL;
}

static void
end(void)
{
	verdict_free(&verdict);
	facts_free(&facts);
}

static const struct {
	enum facts_chain_problem problem;
	const char *summary;
} doubts[] = {
    {FACTS_CHAIN_EXPIRED, "the certificate of the server inside EAP (NPS) expired 2 d ago"},
    {FACTS_CHAIN_NOT_YET_VALID, "the certificate of the server inside EAP (NPS) is not valid yet"},
    {FACTS_CHAIN_NO_ISSUER,
        "the certificate of the server inside EAP (NPS) does not lead to --eap-ca-file"},
    {FACTS_CHAIN_UNTRUSTED_ROOT,
        "the certificate of the server inside EAP (NPS) does not lead to --eap-ca-file"},
};

START_TEST(a_stranger_inside_eap)
{
	struct facts_tls *tls;

	begin(FACTS_EAP_TLS);
	tls = &facts.auth.eap->tls;
	tls->trust.checked = true;
	tls->trust.errors_count = 1;
	tls->trust.errors[0].problem = doubts[_i].problem;
	tls->trust.errors[0].words = "words";
	tls->trust.errors[0].not_after = facts.date - 172800;
	judge(FACTS_EAP_UNTRUSTED);
	ck_assert_str_eq(find(CAUSE_AUTH_EAP_SERVER_UNTRUSTED)->summary, doubts[_i].summary);
	end();
}
END_TEST

/* The tunnel is sound; the method inside it met the stranger. */
START_TEST(a_stranger_inside_peap)
{
	begin(FACTS_PEAP_TLS);
	facts.auth.eap->inner_tls.name_match = FACTS_NAME_DIFFERS;
	snprintf(facts.auth.eap->inner_tls.reason, 20, "%s", "verify failed");
	judge(FACTS_EAP_UNTRUSTED);
	ck_assert_str_eq(find(CAUSE_AUTH_EAP_SERVER_UNTRUSTED)->summary,
	    "the certificate of the server inside EAP (NPS) does not bear the name of --eap-server-name");
	end();
}
END_TEST

static const struct {
	int alert;
	bool requested;
	enum cause cause;
} alerts[] = {
    {45, true, CAUSE_AUTH_EAP_CLIENT_CERTIFICATE},
    {48, true, CAUSE_AUTH_EAP_CLIENT_CERTIFICATE},
    {116, true, CAUSE_AUTH_EAP_CLIENT_CERTIFICATE},
    {45, false, CAUSE_AUTH_EAP_FAILURE},
    {70, true, CAUSE_AUTH_EAP_FAILURE},
};

START_TEST(an_alert_inside_eap)
{
	struct facts_tls *tls;

	begin(FACTS_EAP_TLS);
	tls = &facts.auth.eap->tls;
	tls->alert = alerts[_i].alert;
	tls->certificate_requested = alerts[_i].requested;
	snprintf(tls->reason, sizeof tls->reason, "alert %d", tls->alert);
	judge(FACTS_EAP_ALERT);
	ck_assert_ptr_nonnull(strstr(find(alerts[_i].cause)->summary, tls->reason));
	end();
}
END_TEST

/* The cause is that of a Failure, which it has again while the back-off holds. */
static const struct {
	enum facts_eap_method method;
	enum facts_proof proof;
	enum cause cause;
	const char *summary;
} cut_off[] = {
    {FACTS_EAP_MSCHAPV2, FACTS_PROOF_NONE, CAUSE_AUTH_REJECTED,
        "logon rejected (the server ends PPP), likely the password"},
    {FACTS_PEAP_MSCHAPV2, FACTS_PROOF_VERIFIED, CAUSE_AUTH_EAP_FAILURE,
        "logon by peap-mschapv2 fails, the server refuses the logon though the password is right"},
    {FACTS_EAP_TLS, FACTS_PROOF_NONE, CAUSE_AUTH_EAP_FAILURE,
        "logon by eap-tls fails, the server refuses what was shown"},
};

START_TEST(an_end_in_place_of_a_verdict)
{
	for (int refused = 1; refused >= 0; refused--) {
		begin(cut_off[_i].method);
		facts.auth.sent = true;
		facts.auth.refused = facts.auth.unsaid = refused;
		facts.auth.proof = cut_off[_i].proof;
		judge(FACTS_TERMINATED);
		ck_assert_str_eq(find(refused ? cut_off[_i].cause : CAUSE_AUTH_SILENT)->summary,
		    refused ? cut_off[_i].summary : "no verdict on the logon, the server ends PPP");
		end();
	}
}
END_TEST

START_TEST(no_method_in_common)
{
	begin(FACTS_EAP_NONE);
	facts.auth.eap->offered[0] = 13;
	facts.auth.eap->offered[1] = 77;
	facts.auth.eap->offered_count = 2;
	judge(FACTS_NO_COMMON_METHOD);
	ck_assert_str_eq(find(CAUSE_AUTH_EAP_NO_METHOD)->summary,
	    "the server asks for EAP-TLS, type 77, and none of that is wished here");
	end();
}
END_TEST

START_TEST(no_method_in_common_inside)
{
	begin(FACTS_PEAP_MSCHAPV2);
	facts.auth.eap->offered[0] = 25;
	facts.auth.eap->offered_count = 1;
	facts.auth.eap->inner_declined = 13;
	judge(FACTS_NO_COMMON_METHOD);
	ck_assert_str_eq(find(CAUSE_AUTH_EAP_NO_METHOD)->summary,
	    "the server asks for EAP-TLS inside PEAP, and none of that is wished here");
	end();
}
END_TEST

/* A password is what is doubted where one was shown. */
static const struct {
	enum facts_eap_method method;
	bool sent;
	int code;
	enum cause cause;
} refusals[] = {
    {FACTS_EAP_MSCHAPV2, true, 691, CAUSE_AUTH_REJECTED},
    {FACTS_EAP_MSCHAPV2, true, 647, CAUSE_AUTH_DISABLED},
    {FACTS_EAP_MSCHAPV2, true, 0, CAUSE_AUTH_REJECTED},
    {FACTS_PEAP_MSCHAPV2, true, 0, CAUSE_AUTH_REJECTED},
    {FACTS_PEAP_MSCHAPV2, false, 0, CAUSE_AUTH_EAP_FAILURE},
    {FACTS_EAP_TLS, true, 0, CAUSE_AUTH_EAP_FAILURE},
    {FACTS_EAP_NONE, false, 0, CAUSE_AUTH_EAP_FAILURE},
};

START_TEST(a_refusal)
{
	begin(refusals[_i].method);
	facts.auth.refused = true;
	facts.auth.sent = refusals[_i].sent;
	facts.auth.code = refusals[_i].code;
	judge(FACTS_LOGON_REFUSED);
	find(refusals[_i].cause);
	end();
}
END_TEST

/* The server has proved that it knows the password, and refuses the logon with a reason of Windows:
 * what that says of the password is not so, and is not what --expect-reject is there to see. */
static const struct {
	int code;
	enum cause cause;
	const char *summary;
} refused_though_right[] = {
    {691, CAUSE_AUTH_EAP_FAILURE,
        "logon by eap-mschapv2 fails, the server refuses the logon though the password is right"},
    {649, CAUSE_AUTH_NO_DIAL_IN, "logon rejected (error 649), no permission to dial in"},
};

START_TEST(a_refusal_of_the_right_password)
{
	for (int wanted = 0; wanted <= 1; wanted++) {
		begin(FACTS_EAP_MSCHAPV2);
		policy.expect_reject = wanted == 1;
		facts.auth.ras = true;
		facts.auth.refused = true;
		facts.auth.sent = true;
		facts.auth.proof = FACTS_PROOF_VERIFIED;
		facts.auth.code = refused_though_right[_i].code;
		judge(FACTS_LOGON_REFUSED);
		ck_assert_str_eq(find(refused_though_right[_i].cause)->summary,
		    refused_though_right[_i].summary);
		end();
	}
}
END_TEST

/* While the back-off holds, what it was for is told as before. */
static const struct {
	enum facts_eap_method method;
	enum facts_proof proof;
	int code;
	const char *summary;
} kept[] = {
    {FACTS_EAP_MSCHAPV2, FACTS_PROOF_VERIFIED, 691,
        "logon by eap-mschapv2 fails, the server refuses the logon though the password is right, no retry until 01:56 UTC"},
    {FACTS_EAP_TLS, FACTS_PROOF_NONE, 0,
        "logon by eap-tls fails, the server refuses what was shown, no retry until 01:56 UTC"},
};

START_TEST(a_refusal_that_holds)
{
	begin(kept[_i].method);
	facts.backoff.held = true;
	facts.backoff.until = facts.date + 600;
	facts.auth.refused = true;
	facts.auth.proof = kept[_i].proof;
	facts.auth.code = kept[_i].code;
	memset(facts.steps, 0, sizeof facts.steps);
	sstp_judge(&facts, 1, &policy, &verdict);
	ck_assert_str_eq(find(CAUSE_AUTH_EAP_FAILURE)->summary, kept[_i].summary);
	end();
}
END_TEST

/* What it is silent in the midst of. */
static const struct {
	enum facts_eap_method method;
	bool done;
	const char *how;
} silences[] = {
    {FACTS_EAP_TLS, false, "TLS of EAP stalls, nothing in "},
    {FACTS_PEAP_TLS, false, "TLS of EAP stalls, nothing in "},
    {FACTS_PEAP_TLS, true, "no verdict on the logon, no challenge in "},
    {FACTS_EAP_MSCHAPV2, false, "no verdict on the logon, no challenge in "},
    {FACTS_EAP_NONE, false, "no verdict on the logon, no challenge in "},
};

START_TEST(silence_in_its_midst)
{
	begin(silences[_i].method);
	facts.auth.eap->tls.done = silences[_i].done;
	judge(FACTS_TIMEOUT);
	ck_assert_ptr_nonnull(strstr(find(CAUSE_AUTH_SILENT)->summary, silences[_i].how));
	end();
}
END_TEST

/* One that was right is not called wrong, nor one that was not asked for. */
START_TEST(a_wrong_binding_of_peap)
{
	for (int bound = 0; bound <= 1; bound++)
		for (int asked = bound; asked <= 1; asked++) {
			begin(FACTS_PEAP_MSCHAPV2);
			facts.auth.proof = FACTS_PROOF_VERIFIED;
			facts.auth.eap->binding_asked = asked == 1;
			facts.auth.eap->bound = bound == 1;
			judge(FACTS_SERVER_UNPROVEN);
			ck_assert_str_eq(find(CAUSE_AUTH_SERVER_UNPROVEN)->summary,
			    asked == 1 && bound == 0
			        ? "the server accepts the logon with a wrong crypto binding of PEAP"
			        : "the server accepts the logon before it has proved itself");
			end();
		}
}
END_TEST

/* An outage that nobody sees coming: how long NPS's certificate has. */
START_TEST(its_certificate_is_measured)
{
	const struct metric *metric = NULL;

	begin(FACTS_EAP_TLS);
	facts.auth.eap->tls.chain = calloc(1, sizeof *facts.auth.eap->tls.chain);
	facts.auth.eap->tls.chain_count = 1;
	facts.auth.eap->tls.chain[0].not_after = facts.date + 3600;
	facts.auth.accepted = true;
	judge(FACTS_WELL);
	for (size_t i = 0; i < verdict.metrics_count; i++)
		if (strcmp(verdict.metrics[i].label, "eap_certificate") == 0)
			metric = &verdict.metrics[i];
	ck_assert_ptr_nonnull(metric);
	ck_assert(metric->measured);
	ck_assert_double_eq(metric->value, 3600);
	ck_assert_double_eq(metric->warning.low, 30 * 86400);
	end();
}
END_TEST

/* Of 398 days and of 10 there must be 30 left, or 36 hours; one that is refused has its own cause.
 */
static const struct {
	int64_t whole, left;
	const char *option; /* or NULL */
	size_t errors;
	const char *summary; /* NULL: nothing is said */
} expiries[] = {
    {398, 31, NULL, 0, NULL},
    {398, 29, NULL, 0, "the certificate of NPS inside EAP expires in 29 d, less than 30 d"},
    {10, 2, NULL, 0, NULL},
    {10, 1, NULL, 0, "the certificate of NPS inside EAP expires in 24 h, less than 36 h"},
    {398, 29, "never", 0, NULL},
    {398, 29, "20", 0, NULL},
    {398, 100, "120", 0, "the certificate of NPS inside EAP expires in 100 d, less than 120 d"},
    {398, 29, NULL, 1, NULL},
};

START_TEST(its_time_is_short)
{
	struct facts_tls *tls;
	bool found = false;

	begin(FACTS_PEAP_MSCHAPV2);
	if (expiries[_i].option != NULL)
		ck_assert(lifetime_read(expiries[_i].option, &policy.certificate.warning));
	tls = &facts.auth.eap->tls;
	tls->chain = calloc(1, sizeof *tls->chain);
	tls->chain_count = 1;
	tls->chain[0].not_after = facts.date + expiries[_i].left * 86400;
	tls->chain[0].not_before = tls->chain[0].not_after - expiries[_i].whole * 86400;
	tls->trust.errors_count = expiries[_i].errors;
	facts.auth.accepted = true;
	judge(FACTS_WELL);
	for (size_t i = 0; i < verdict.findings_count; i++)
		found |= verdict.findings[i].cause == CAUSE_AUTH_EAP_SERVER_EXPIRING;
	ck_assert(found == (expiries[_i].summary != NULL));
	if (found)
		ck_assert_str_eq(
		    find(CAUSE_AUTH_EAP_SERVER_EXPIRING)->summary, expiries[_i].summary);
	end();
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, a_stranger_inside_eap, doubts);
	tcase_add_test(tests, a_stranger_inside_peap);
	unit_add_rows(tests, an_alert_inside_eap, alerts);
	unit_add_rows(tests, an_end_in_place_of_a_verdict, cut_off);
	tcase_add_test(tests, no_method_in_common);
	tcase_add_test(tests, no_method_in_common_inside);
	unit_add_rows(tests, a_refusal, refusals);
	unit_add_rows(tests, a_refusal_of_the_right_password, refused_though_right);
	unit_add_rows(tests, a_refusal_that_holds, kept);
	unit_add_rows(tests, silence_in_its_midst, silences);
	tcase_add_test(tests, a_wrong_binding_of_peap);
	tcase_add_test(tests, its_certificate_is_measured);
	unit_add_rows(tests, its_time_is_short, expiries);
}

int
main(void)
{
	return unit_run("verdict/eap", list);
}
