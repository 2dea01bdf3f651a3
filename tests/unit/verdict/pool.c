#include "verdict/pool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/deadline.h"
#include "facts/persistence.h"
#include "unit/unit.h"

#define MEMBERS_MAX 16

static struct facts facts[MEMBERS_MAX + 1];
static struct pool_member members[MEMBERS_MAX];
static struct pool pool;
static struct policy policy;
static struct pool_policy wants;
static struct verdict verdict;

static void
set_up(void)
{
	memset(members, 0, sizeof members);
	memset(&wants, 0, sizeof wants);
	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
	pool = (struct pool){.name = "vpn.example.com", .members = members};
	wants.metrics_max = MEMBERS_MAX;
	for (size_t i = 0; i <= MEMBERS_MAX; i++)
		facts_begin(&facts[i]);
}

static void
tear_down(void)
{
	verdict_free(&verdict);
	for (size_t i = 0; i <= MEMBERS_MAX; i++)
		facts_free(&facts[i]);
}

/* One that answers 401 without TLS, which leaves nothing else to judge. */
static void
answer(struct facts *target, const char *label)
{
	target->target = strdup(label);
	target->name = strdup("vpn.example.com");
	target->host = strdup("192.0.2.1");
	target->port = 80;
	target->plain = true;
	target->level = FACTS_HTTP;
	target->timeout = 10 * DEADLINE_SECOND;
	target->total = 20000000;
	for (int stage = 0; stage <= FACTS_HTTP; stage++)
		if (stage != FACTS_TLS) {
			target->steps[stage].begun = target->steps[stage].ended = true;
			target->steps[stage].nanoseconds = 5000000;
		}
	target->http.answered = true;
	target->http.version_minor = 1;
	target->http.status = 401;
	snprintf(target->http.server, sizeof target->http.server, "Microsoft-HTTPAPI/2.0");
}

static struct facts *
add(const char *label)
{
	struct facts *target = &facts[pool.count];

	answer(target, label);
	members[pool.count++].facts = target;
	return target;
}

static void
take_down(struct facts *target, enum facts_symptom symptom)
{
	target->steps[FACTS_CONNECT].symptom = symptom;
	target->steps[FACTS_HTTP].begun = target->steps[FACTS_HTTP].ended = false;
	target->http.answered = false;
}

/* GOOD members that answer, BAD that refuse, UNKNOWN for which there is no descriptor. */
static void
add_pool(size_t good, size_t bad, size_t unknown)
{
	char label[32];

	for (size_t i = 0; i < good + bad + unknown; i++) {
		snprintf(label, sizeof label, "rras%zu", i + 1);
		add(label);
		if (i >= good)
			take_down(&facts[i], i < good + bad ? FACTS_REFUSED : FACTS_NO_DESCRIPTORS);
	}
}

static bool
has(enum cause cause)
{
	for (size_t i = 0; i < verdict.findings_count; i++)
		if (verdict.findings[i].cause == cause)
			return true;
	return false;
}

static void
judge(enum state state)
{
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert(!verdict.failed);
	ck_assert_msg(verdict.state == state, "%s: %s", state_name(verdict.state),
	    verdict.findings_count > 0 ? verdict.findings[0].summary : verdict.good);
}

static const struct {
	size_t good, bad, unknown;
	enum state state;
} by_default[] = {
    {1, 0, 0, STATE_OK},
    {3, 0, 0, STATE_OK},
    {2, 1, 0, STATE_WARNING},
    {2, 2, 0, STATE_WARNING}, /* half is not fewer than half */
    {1, 2, 0, STATE_CRITICAL},
    {2, 3, 0, STATE_CRITICAL},
    {0, 1, 0, STATE_CRITICAL},
    {0, 0, 3, STATE_UNKNOWN},
    {1, 0, 5, STATE_UNKNOWN}, /* the five may all be well */
    {1, 1, 5, STATE_WARNING}, /* whatever they are, one is down */
    {1, 6, 1, STATE_CRITICAL},
};

START_TEST(without_thresholds)
{
	add_pool(by_default[_i].good, by_default[_i].bad, by_default[_i].unknown);
	judge(by_default[_i].state);
}
END_TEST

static const struct {
	size_t good, bad, unknown;
	double warning, critical; /* the fewest, or 0 for no threshold */
	double minimum;
	bool percent;
	enum state state;
} thresholds[] = {
    {1, 2, 0, 0, 1, 0, false, STATE_OK},
    {1, 2, 0, 2, 1, 0, false, STATE_WARNING},
    {1, 2, 0, 3, 2, 0, false, STATE_CRITICAL},
    {1, 1, 1, 0, 2, 0, false, STATE_UNKNOWN},
    {2, 1, 0, 0, 0, 2, false, STATE_OK},
    {1, 2, 0, 0, 0, 2, false, STATE_CRITICAL},
    {2, 2, 0, 0, 0, 50, true, STATE_OK},
    {2, 2, 0, 0, 0, 51, true, STATE_CRITICAL},
    {2, 1, 0, 0, 0, 67, true, STATE_CRITICAL},
    {0, 3, 0, 0, 0, 1, false, STATE_CRITICAL},
};

static void
set_least(struct range *range, double least)
{
	if (least > 0)
		*range = (struct range){.set = true, .low = least, .high = INFINITY};
}

START_TEST(with_thresholds)
{
	set_least(&wants.warning, thresholds[_i].warning);
	set_least(&wants.critical, thresholds[_i].critical);
	wants.has_minimum = thresholds[_i].minimum > 0;
	wants.minimum = thresholds[_i].minimum;
	wants.percent = thresholds[_i].percent;
	add_pool(thresholds[_i].good, thresholds[_i].bad, thresholds[_i].unknown);
	judge(thresholds[_i].state);
}
END_TEST

/* A member whose facts are not all there may have no name either. */
START_TEST(without_memory)
{
	answer(&facts[0], "rras1");
	answer(&facts[1], "rras2");
	members[0].facts = &facts[0];
	members[1].facts = &facts[1];
	pool.count = 2;
	facts[1].no_memory = true;
	free(facts[1].target);
	facts[1].target = NULL;
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert(verdict.failed);
}
END_TEST

START_TEST(expected_down_does_not_count)
{
	add_pool(1, 2, 0);
	members[1].expect_down = members[2].expect_down = true;
	judge(STATE_OK);
	ck_assert_uint_eq(pool.expected_down, 2);
	ck_assert_ptr_nonnull(strstr(verdict.good, "1 of 1 healthy"));
	ck_assert_ptr_nonnull(strstr(verdict.good, "2 down as expected"));
	/* Nor is it an alarm for who looks at them alone; why they are down is told. */
	ck_assert_uint_eq(verdict.details_count, 2);
	for (size_t i = 0; i < verdict.details_count; i++) {
		ck_assert_int_eq(verdict.details[i].state, STATE_OK);
		ck_assert_int_eq(verdict.details[i].cause, CAUSE_TCP_REFUSED);
	}
}
END_TEST

START_TEST(expected_down_but_up_is_said)
{
	add_pool(2, 0, 0);
	members[1].expect_down = true;
	judge(STATE_OK);
	ck_assert_ptr_nonnull(strstr(verdict.good, "rras2 is up, though expected down"));
}
END_TEST

START_TEST(all_expected_down_is_not_green)
{
	add_pool(0, 2, 0);
	members[0].expect_down = members[1].expect_down = true;
	judge(STATE_CRITICAL);
	ck_assert(has(CAUSE_POOL_BELOW_MINIMUM));
}
END_TEST

START_TEST(a_vip_that_is_down)
{
	add_pool(2, 0, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_CRITICAL);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_VIP_DOWN_MEMBERS_UP);
	ck_assert_uint_eq(verdict.findings_count, 1);
}
END_TEST

START_TEST(a_vip_that_is_up_without_members)
{
	add_pool(0, 2, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_CRITICAL);
	ck_assert(has(CAUSE_POOL_VIP_UP_MEMBERS_DOWN));
}
END_TEST

START_TEST(a_vip_that_is_up_while_nothing_is_known_of_the_members)
{
	add_pool(0, 1, 1);
	answer(&facts[MEMBERS_MAX], "VIP");
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_WARNING);
	ck_assert(!has(CAUSE_POOL_VIP_UP_MEMBERS_DOWN));
}
END_TEST

START_TEST(both_are_down)
{
	add_pool(0, 2, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_CRITICAL);
	ck_assert(!has(CAUSE_POOL_VIP_DOWN_MEMBERS_UP));
}
END_TEST

/* Nobody minds that no member is there; that clients meet nobody is another matter. */
START_TEST(both_are_down_and_no_member_is_wanted)
{
	add_pool(0, 2, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	wants.warning = (struct range){.set = true, .low = 0, .high = INFINITY};
	judge(STATE_CRITICAL);
	ck_assert_uint_eq(verdict.findings_count, 1);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_TCP_REFUSED);
	ck_assert_int_eq(strncmp(verdict.findings[0].summary, "VIP: ", 5), 0);
}
END_TEST

static void
show_certificate(struct facts *target, int byte)
{
	struct facts_certificate *certificate = calloc(1, sizeof *certificate);

	ck_assert_ptr_nonnull(certificate);
	memset(certificate->sha256, byte, sizeof certificate->sha256);
	certificate->subject = strdup("CN=vpn.example.com");
	certificate->issuer = strdup("CN=Issuing CA");
	certificate->common_name = strdup("vpn.example.com");
	certificate->signature = strdup("ecdsa-with-SHA256");
	target->plain = false;
	target->tls.chain = certificate;
	target->tls.chain_count = 1;
}

/* Neither a number that is a mere warning nor members of which nothing is known hide the VIP. */
static const struct {
	size_t bad, unknown;
	double warning; /* the fewest, or 0 for no threshold */
} without_alarm[] = {
    {0, 3, 0},
    {1, 2, 0},
    {3, 0, 1},
};

START_TEST(a_vip_that_is_down_while_nobody_is_healthy)
{
	add_pool(0, without_alarm[_i].bad, without_alarm[_i].unknown);
	set_least(&wants.warning, without_alarm[_i].warning);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_CRITICAL);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_TCP_REFUSED);
	ck_assert_int_eq(strncmp(verdict.findings[0].summary, "VIP: ", 5), 0);
}
END_TEST

/* The warnings about it come first among the causes, and do not stand for what makes it fail. */
START_TEST(all_that_is_wrong_with_a_vip_is_told)
{
	struct facts *vip = &facts[MEMBERS_MAX];

	add_pool(0, 1, 0);
	answer(vip, "VIP");
	show_certificate(vip, 0xAB);
	vip->tls.name_match = FACTS_NAME_DIFFERS;
	vip->http.status = 404;
	pool.vip.facts = vip;
	wants.warning = (struct range){.set = true, .low = 0, .high = INFINITY};
	ck_assert_ptr_null(policy_override(&policy, "cert=warning"));
	judge(STATE_CRITICAL);
	ck_assert(has(CAUSE_CERT_NAME_MISMATCH));
	ck_assert(has(CAUSE_HTTP_SSTP_NOT_REGISTERED));
}
END_TEST

START_TEST(both_are_down_is_said_beside_the_number)
{
	add_pool(0, 2, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	judge(STATE_CRITICAL);
	ck_assert_uint_eq(verdict.findings_count, 1);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_BELOW_MINIMUM);
	ck_assert_ptr_nonnull(strstr(verdict.findings[0].summary, "0 of 2 healthy, VIP down; "));
}
END_TEST

/* Of members with TLS all of which show another certificate than was meant. */
START_TEST(a_thumbprint_without_plain_members)
{
	struct facts *vip = &facts[MEMBERS_MAX];
	struct facts *both[2];

	both[0] = add("rras1");
	answer(vip, "VIP");
	both[1] = vip;
	for (size_t i = 0; i < 2; i++)
		show_certificate(both[i], 0xAB);
	pool.vip.facts = vip;
	wants.has_thumbprint = true;
	wants.thumbprint.length = THUMBPRINT_SHA256;
	memset(wants.thumbprint.bytes, 0xCD, 32);
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert(has(CAUSE_CERT_UNEXPECTED_THUMBPRINT));
	ck_assert(!has(CAUSE_POOL_VIP_CERTIFICATE_DIFFERS));
	verdict_free(&verdict);
	memset(wants.thumbprint.bytes, 0xAB, 32);
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert(!has(CAUSE_CERT_UNEXPECTED_THUMBPRINT));
}
END_TEST

/* What is wrong has its place beside the names. */
START_TEST(long_labels)
{
	static const char label[] = "a-server-with-a-label-as-long-as-they-can-be-in-the-end-";
	char labels[3][64];

	for (int i = 0; i < 3; i++) {
		snprintf(labels[i], sizeof labels[i], "%s%d", label, i);
		take_down(add(labels[i]), FACTS_REFUSED);
	}
	judge(STATE_CRITICAL);
	ck_assert_ptr_nonnull(strstr(verdict.findings[0].summary, "-end-0, +2 more: "));
	ck_assert_uint_lt(strlen(verdict.findings[0].summary), 130);
}
END_TEST

START_TEST(servers_that_differ)
{
	add_pool(3, 0, 0);
	snprintf(facts[1].http.server, sizeof facts[1].http.server, "%s", "");
	judge(STATE_WARNING);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_DRIFT);
	ck_assert_str_eq(verdict.findings[0].summary,
	    "members differ in Server header: Microsoft-HTTPAPI/2.0 on rras1, rras3; no Server header on rras2");
}
END_TEST

START_TEST(those_that_fail_do_not_differ)
{
	add_pool(3, 0, 0);
	facts[1].http.server[0] = '\0';
	facts[1].http.status = 404;
	judge(STATE_WARNING);
	ck_assert(!has(CAUSE_POOL_DRIFT));
}
END_TEST

START_TEST(a_warning_of_members_is_told_once)
{
	add_pool(5, 0, 0);
	for (size_t i = 0; i < pool.count; i++)
		snprintf(facts[i].http.server, sizeof facts[i].http.server, "nginx");
	judge(STATE_WARNING);
	ck_assert_uint_eq(verdict.findings_count, 1);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_HTTP_IMPOSTOR);
	ck_assert_ptr_nonnull(
	    strstr(verdict.findings[0].summary, "rras1, rras2, rras3, +2 more: "));
	ck_assert_uint_eq(pool.healthy, 5);
}
END_TEST

START_TEST(one_address_in_dns)
{
	wants.source = POOL_OF_NAME;
	wants.asked = "vpn.example.com";
	add_pool(1, 0, 0);
	judge(STATE_WARNING);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_SINGLE);
	ck_assert_ptr_nonnull(strstr(verdict.findings[0].summary, "DNS has a single address "));
}
END_TEST

/* One that fails is alarm enough. */
START_TEST(one_address_that_fails)
{
	wants.source = POOL_OF_NAME;
	wants.asked = "vpn.example.com";
	add_pool(0, 1, 0);
	judge(STATE_CRITICAL);
	ck_assert(!has(CAUSE_POOL_SINGLE));
}
END_TEST

/* DNS was not asked. */
START_TEST(one_address_for_the_name)
{
	wants.source = POOL_OF_ADDRESS;
	wants.asked = "192.0.2.1";
	add_pool(1, 0, 0);
	judge(STATE_WARNING);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_SINGLE);
	ck_assert_ptr_null(strstr(verdict.findings[0].summary, "DNS"));
}
END_TEST

/* A timeout after a glimpse says nothing about the server; anything else does. */
START_TEST(a_hurried_member)
{
	add_pool(1, 2, 0);
	for (size_t i = 1; i < 3; i++)
		facts[i].hurried = true;
	take_down(&facts[1], FACTS_TIMEOUT);
	judge(STATE_WARNING);
	ck_assert_uint_eq(pool.unknown, 1);
	ck_assert_uint_eq(pool.failed, 1);
	ck_assert(has(CAUSE_LOCAL_NOT_REACHED));
}
END_TEST

/* Neither the one nor the other has answered, whatever that is taken as. */
START_TEST(failures_that_are_taken_as_ok)
{
	add_pool(1, 1, 0);
	answer(&facts[MEMBERS_MAX], "VIP");
	take_down(&facts[MEMBERS_MAX], FACTS_REFUSED);
	pool.vip.facts = &facts[MEMBERS_MAX];
	ck_assert_ptr_null(policy_override(&policy, "tcp=ok"));
	judge(STATE_OK);
	ck_assert_ptr_null(strstr(verdict.good, "VIP is up"));
	ck_assert_ptr_null(strstr(verdict.good, " to "));
	ck_assert_ptr_nonnull(
	    strstr(verdict.good, "; failures taken as OK by --state: rras2, VIP"));
}
END_TEST

/* Each by its own remedy; that of a balancer is no server's. */
static const struct {
	bool differs;
	enum facts_symptom symptom;
	const char *remedy;
} vip_failures[] = {
    {true, FACTS_WELL, "give it one of a member"},
    {false, FACTS_REFUSED, "check the balancer, its monitor"},
    {false, FACTS_NO_SUCH_NAME, "correct its name in DNS, or --vip"},
};

START_TEST(what_to_do_about_a_vip)
{
	struct facts *vip = &facts[MEMBERS_MAX];

	add_pool(2, 0, 0);
	answer(vip, "VIP");
	if (vip_failures[_i].differs) {
		show_certificate(vip, 0xAB);
		vip->tls.name_match = FACTS_NAME_DIFFERS;
	} else if (vip_failures[_i].symptom == FACTS_NO_SUCH_NAME) {
		take_down(vip, FACTS_WELL);
		vip->steps[FACTS_CONNECT].begun = vip->steps[FACTS_CONNECT].ended = false;
		vip->steps[FACTS_RESOLVE].symptom = FACTS_NO_SUCH_NAME;
	} else
		take_down(vip, vip_failures[_i].symptom);
	pool.vip.facts = vip;
	judge(STATE_CRITICAL);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_VIP_DOWN_MEMBERS_UP);
	ck_assert_str_eq(verdict.findings[0].remedy, vip_failures[_i].remedy);
}
END_TEST

/* The address of one is not said of both. */
START_TEST(several_fail_alike)
{
	add_pool(0, 2, 0);
	for (size_t i = 0; i < 2; i++)
		snprintf(facts[i].address, sizeof facts[i].address, "192.0.2.%zu", i + 1);
	judge(STATE_CRITICAL);
	ck_assert_ptr_nonnull(
	    strstr(verdict.findings[0].summary, "; rras1, rras2: refuses port 80"));
	/* No VIP was looked at. */
	ck_assert_ptr_null(strstr(verdict.findings[0].remedy, "VIP"));
}
END_TEST

/* By address and port, however they are called. */
START_TEST(labels_that_stand_for_one_server)
{
	static const char *const addresses[] = {
	    "192.0.2.3", "192.0.2.2", "192.0.2.1", "192.0.2.2", "192.0.2.1", "", ""};

	add_pool(UNIT_COUNT(addresses), 0, 0);
	for (size_t i = 0; i < UNIT_COUNT(addresses); i++)
		snprintf(facts[i].address, sizeof facts[i].address, "%s", addresses[i]);
	judge(STATE_WARNING);
	ck_assert_uint_eq(verdict.findings_count, 1);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_POOL_SAME_SERVER);
	ck_assert_str_eq(verdict.findings[0].summary,
	    "rras4 has the address of rras2 (1 more alike): one server counts twice");
}
END_TEST

/* Another port is another server, and who is down as expected does not count. */
START_TEST(labels_that_count_once)
{
	add_pool(2, 1, 0);
	for (size_t i = 0; i < 3; i++)
		snprintf(facts[i].address, sizeof facts[i].address, "192.0.2.1");
	facts[1].port = 8080;
	members[2].expect_down = true;
	judge(STATE_OK);
	ck_assert(!has(CAUSE_POOL_SAME_SERVER));
}
END_TEST

START_TEST(metrics_have_labels_of_their_own)
{
	static const char *const labels[] = {"total", "healthy", "failed", "expected_down",
	    "slowest", "median", "rras1_vpn_example_c", "rras1_vpn_example_2",
	    "rras1_vpn_example_3", "healthy_2", "rras_1", "rras_1_2", "rras_1_3"};

	add("rras1.vpn.example.com");
	add("rras1.vpn.example.co");
	add("RRAS1-VPN-example-c");
	add("healthy");
	add("rras-1");
	add("rras{1");
	add("rras:1");
	judge(STATE_OK);
	ck_assert_uint_eq(verdict.metrics_count, UNIT_COUNT(labels));
	for (size_t i = 0; i < UNIT_COUNT(labels); i++)
		ck_assert_str_eq(verdict.metrics[i].label, labels[i]);
	/* More than all are not healthy, which a graph may end with. */
	ck_assert(verdict.metrics[1].has_high);
	ck_assert_double_eq(verdict.metrics[1].high, 7);
}
END_TEST

/* Of a way that was not given nothing is known, which is not 0. */
START_TEST(metrics_of_returns)
{
	struct facts_returns *returns;

	add_pool(2, 0, 0);
	pool.vip.facts = &facts[MEMBERS_MAX];
	answer(&facts[MEMBERS_MAX], "VIP");
	wants.reconnects = 4;
	facts[MEMBERS_MAX].persistence = facts_persistence_create(4);
	ck_assert_ptr_nonnull(facts[MEMBERS_MAX].persistence);
	returns = &facts[MEMBERS_MAX].persistence->by[FACTS_OFFER_TICKET];
	returns->tried = returns->given = true;
	returns->count = 4;
	for (size_t i = 0; i < 4; i++)
		returns->list[i] = i == 1 ? FACTS_RETURN_FULL : FACTS_RETURN_RESUMED;
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert_str_eq(verdict.metrics[6].label, "vip");
	ck_assert(verdict.metrics[6].measured);
	ck_assert_double_eq(verdict.metrics[6].value, 0.02);
	for (size_t i = 7; i < 10; i++) {
		const struct metric *metric = &verdict.metrics[i];

		ck_assert(strncmp(metric->label, "resumed_", 8) == 0);
		ck_assert(metric->has_high && metric->high == 4);
		ck_assert(metric->measured == (i == 8));
		ck_assert(!metric->measured || metric->value == 3);
	}
}
END_TEST

/* To number them takes no time that would be told of. */
START_TEST(thousands_whose_labels_begin_alike)
{
	enum { COUNT = 4096 };
	struct pool_member *many = calloc(COUNT, sizeof *many);
	clock_t begun = clock();

	ck_assert_ptr_nonnull(many);
	answer(&facts[0], "datacentre-frankfurt-rras1");
	for (size_t i = 0; i < COUNT; i++)
		many[i].facts = &facts[0];
	pool.members = many;
	pool.count = wants.metrics_max = COUNT;
	judge(STATE_OK);
	ck_assert_uint_eq(verdict.metrics_count, COUNT + 6);
	ck_assert_str_eq(verdict.metrics[6].label, "datacentre_frankfur");
	ck_assert_str_eq(verdict.metrics[7].label, "datacentre_frankf_2");
	ck_assert_str_eq(verdict.metrics[COUNT + 5].label, "datacentre_fra_4096");
	ck_assert_msg(clock() - begun < CLOCKS_PER_SEC * 10, "it took %g s",
	    (double)(clock() - begun) / CLOCKS_PER_SEC);
	free(many);
}
END_TEST

START_TEST(metrics_of_the_first_alone)
{
	wants.metrics_max = 2;
	add_pool(4, 0, 0);
	judge(STATE_OK);
	ck_assert_uint_eq(verdict.metrics_count, 8);
	ck_assert_str_eq(verdict.metrics[7].label, "rras2");
}
END_TEST

START_TEST(the_healthy_are_of_all)
{
	const struct metric *healthy;

	add_pool(2, 1, 0);
	judge(STATE_WARNING);
	healthy = &verdict.metrics[1];
	ck_assert_double_eq(healthy->value, 2);
	ck_assert(healthy->has_high);
	ck_assert_double_eq(healthy->high, 3);
}
END_TEST

START_TEST(no_time_of_nobody)
{
	add_pool(0, 2, 0);
	judge(STATE_CRITICAL);
	ck_assert(!verdict.metrics[4].measured && !verdict.metrics[5].measured);
}
END_TEST

/* Of the certificates that members show. */
START_TEST(the_first_to_expire_is_told)
{
	static const int64_t days[] = {20, 10, 30};

	add_pool(3, 0, 0);
	for (size_t i = 0; i < UNIT_COUNT(days); i++) {
		struct facts_certificate *shown = calloc(1, sizeof *shown);

		ck_assert_ptr_nonnull(shown);
		shown->subject = strdup("CN=vpn.example.com");
		shown->issuer = strdup("CN=Issuing CA");
		shown->common_name = strdup("vpn.example.com");
		shown->signature = strdup("sha256WithRSAEncryption");
		shown->key_bits = 2048;
		shown->key = FACTS_KEY_RSA;
		shown->not_after = facts[i].date + days[i] * 86400;
		facts[i].tls.chain = shown;
		facts[i].tls.chain_count = 1;
	}
	pool_judge(&pool, &policy, &wants, &verdict);
	ck_assert_msg(strstr(verdict.good, "certificate 10 d left") != NULL, "%s", verdict.good);
}
END_TEST

START_TEST(the_median_of_the_healthy)
{
	static const int64_t milliseconds[] = {3, 1, 4, 2, 5};

	add_pool(4, 1, 0);
	for (size_t i = 0; i < pool.count; i++)
		facts[i].total = milliseconds[i] * 1000000;
	judge(STATE_WARNING);
	ck_assert(verdict.metrics[4].measured && verdict.metrics[5].measured);
	ck_assert(fabs(verdict.metrics[4].value - 0.004) < 1e-9);
	ck_assert(fabs(verdict.metrics[5].value - 0.0025) < 1e-9);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	unit_add_rows(tests, without_thresholds, by_default);
	tcase_add_test(tests, without_memory);
	unit_add_rows(tests, with_thresholds, thresholds);
	tcase_add_test(tests, expected_down_does_not_count);
	tcase_add_test(tests, expected_down_but_up_is_said);
	tcase_add_test(tests, all_expected_down_is_not_green);
	tcase_add_test(tests, a_vip_that_is_down);
	tcase_add_test(tests, a_vip_that_is_up_without_members);
	tcase_add_test(tests, a_vip_that_is_up_while_nothing_is_known_of_the_members);
	tcase_add_test(tests, both_are_down);
	tcase_add_test(tests, both_are_down_and_no_member_is_wanted);
	unit_add_rows(tests, a_vip_that_is_down_while_nobody_is_healthy, without_alarm);
	tcase_add_test(tests, all_that_is_wrong_with_a_vip_is_told);
	tcase_add_test(tests, both_are_down_is_said_beside_the_number);
	tcase_add_test(tests, a_thumbprint_without_plain_members);
	tcase_add_test(tests, long_labels);
	tcase_add_test(tests, servers_that_differ);
	tcase_add_test(tests, those_that_fail_do_not_differ);
	tcase_add_test(tests, a_warning_of_members_is_told_once);
	tcase_add_test(tests, one_address_in_dns);
	tcase_add_test(tests, one_address_that_fails);
	tcase_add_test(tests, one_address_for_the_name);
	tcase_add_test(tests, a_hurried_member);
	tcase_add_test(tests, failures_that_are_taken_as_ok);
	tcase_add_loop_test(tests, what_to_do_about_a_vip, 0, UNIT_COUNT(vip_failures));
	tcase_add_test(tests, several_fail_alike);
	tcase_add_test(tests, labels_that_stand_for_one_server);
	tcase_add_test(tests, labels_that_count_once);
	tcase_add_test(tests, metrics_have_labels_of_their_own);
	tcase_add_test(tests, thousands_whose_labels_begin_alike);
	tcase_add_test(tests, metrics_of_returns);
	tcase_add_test(tests, metrics_of_the_first_alone);
	tcase_add_test(tests, the_healthy_are_of_all);
	tcase_add_test(tests, no_time_of_nobody);
	tcase_add_test(tests, the_first_to_expire_is_told);
	tcase_add_test(tests, the_median_of_the_healthy);
}

int
main(void)
{
	return unit_run("verdict/pool", list);
}
