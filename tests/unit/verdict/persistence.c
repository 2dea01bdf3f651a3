/* Whether a balancer brings clients back: what is proved by which returns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"
#include "verdict/judge_persistence.h"

#define WANTED 4

static struct facts member, vip;
static struct pool_member members[1];
static struct pool pool;
static struct text why;

static void
show_certificate(struct facts *facts, int byte)
{
	facts->tls.chain = calloc(1, sizeof *facts->tls.chain);
	ck_assert_ptr_nonnull(facts->tls.chain);
	facts->tls.chain_count = 1;
	memset(facts->tls.chain[0].sha256, byte, sizeof facts->tls.chain[0].sha256);
}

static void
set_up(void)
{
	facts_begin(&member);
	facts_begin(&vip);
	member.target = strdup("rras1");
	show_certificate(&member, 1);
	vip.persistence = facts_persistence_create(WANTED);
	ck_assert_ptr_nonnull(vip.persistence);
	members[0] = (struct pool_member){.facts = &member};
	pool = (struct pool){.members = members, .count = 1, .vip = {.facts = &vip}};
	why = (struct text)TEXT_EMPTY;
}

static void
tear_down(void)
{
	text_free(&why);
	facts_free(&member);
	facts_free(&vip);
}

/* LETTERS: what came of each return, in order: R resumed, F full, X failed. The first connection
 * was well, and showed the member's certificate. */
static struct facts_returns *
come_back(const char *letters)
{
	struct facts_returns *returns = &vip.persistence->by[FACTS_OFFER_ID];

	returns->tried = returns->given = true;
	memset(returns->first, 1, sizeof returns->first);
	for (; *letters != '\0'; letters++)
		returns->list[returns->count++] = *letters == 'R'   ? FACTS_RETURN_RESUMED
		                                  : *letters == 'F' ? FACTS_RETURN_FULL
		                                                    : FACTS_RETURN_FAILED;
	return returns;
}

static void
expect(enum judge_persistence proved, const char *words)
{
	ck_assert_int_eq(judge_persistence_of(&pool, FACTS_OFFER_ID, &why), proved);
	ck_assert_str_eq(text_chars(&why), words);
}

static const struct {
	const char *letters;
	enum judge_persistence proved;
	const char *why;
} rows[] = {
    {"RRRR", JUDGE_PERSISTENCE_HELD, "resumed 4 of 4"},
    {"FRFR", JUDGE_PERSISTENCE_BROKEN, "refused, then resumed"},
    {"RRFR", JUDGE_PERSISTENCE_BROKEN, "refused, then resumed"},
    {"FXXR", JUDGE_PERSISTENCE_BROKEN, "refused, then resumed"},
    /* There may be many members, or one that keeps no sessions. */
    {"FFFF", JUDGE_PERSISTENCE_UNKNOWN, "resumed 0 of 4"},
    /* The member may have dropped it: a ticket that may be used once, or a full cache. */
    {"RFFF", JUDGE_PERSISTENCE_UNKNOWN, "resumed 1 of 4"},
    {"RXRR", JUDGE_PERSISTENCE_UNKNOWN, "resumed 3 of 4, 1 failed"},
    {"RR", JUDGE_PERSISTENCE_UNKNOWN, "resumed 2 of 4, no time left for more"},
    {"", JUDGE_PERSISTENCE_UNKNOWN, "resumed 0 of 4, no time left for more"},
};

START_TEST(by_returns)
{
	come_back(rows[_i].letters);
	expect(rows[_i].proved, rows[_i].why);
}
END_TEST

START_TEST(certificates_that_differ)
{
	come_back("FFFF")->others = true;
	expect(JUDGE_PERSISTENCE_BROKEN, "certificates differ");
}
END_TEST

/* Then TLS ends at the balancer, and whatever its sessions do says nothing of members. */
START_TEST(a_certificate_of_no_member)
{
	come_back("FRFR")->others = true;
	memset(vip.persistence->by[FACTS_OFFER_ID].first, 2, 32);
	expect(JUDGE_PERSISTENCE_UNKNOWN,
	    "the certificate is no TLS member's, so TLS may end at the balancer");
}
END_TEST

START_TEST(a_member_that_is_out_of_service_does_not_count)
{
	come_back("FRFR");
	members[0].health = POOL_EXPECTED_DOWN;
	expect(JUDGE_PERSISTENCE_UNKNOWN,
	    "the certificate is no TLS member's, so TLS may end at the balancer");
}
END_TEST

START_TEST(no_session)
{
	come_back("")->given = false;
	expect(JUDGE_PERSISTENCE_UNKNOWN, "no such session was given");
}
END_TEST

START_TEST(a_first_connection_that_failed)
{
	struct facts_returns *returns = come_back("");

	returns->given = false;
	returns->symptom = FACTS_RESET;
	expect(JUDGE_PERSISTENCE_UNKNOWN, "the first connection failed");
}
END_TEST

START_TEST(not_tried)
{
	expect(JUDGE_PERSISTENCE_UNKNOWN, "there was no time left");
}
END_TEST

START_TEST(excluded)
{
	vip.persistence->by[FACTS_OFFER_ID].excluded = true;
	expect(JUDGE_PERSISTENCE_UNKNOWN, "the limits to TLS exclude it");
}
END_TEST

START_TEST(not_come_back_to)
{
	facts_persistence_free(vip.persistence);
	vip.persistence = NULL;
	expect(JUDGE_PERSISTENCE_UNKNOWN, "VIP fails");
}
END_TEST

/* What the line says of those together. */
static void
praised(const char *words)
{
	judge_persistence_praise(&pool, &why);
	ck_assert_str_eq(text_chars(&why), words);
}

START_TEST(praise)
{
	come_back("RRRR");
	vip.persistence->by[FACTS_OFFER_TICKET].excluded = true;
	vip.persistence->by[FACTS_OFFER_TLS13].excluded = true;
	praised(" and persistent");
}
END_TEST

START_TEST(praise_with_reserve)
{
	come_back("RRRR");
	praised(", persistent by session id");
}
END_TEST

START_TEST(no_praise)
{
	come_back("RRFF");
	praised(", cannot tell whether it is persistent");
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	unit_add_rows(tests, by_returns, rows);
	tcase_add_test(tests, certificates_that_differ);
	tcase_add_test(tests, a_certificate_of_no_member);
	tcase_add_test(tests, a_member_that_is_out_of_service_does_not_count);
	tcase_add_test(tests, no_session);
	tcase_add_test(tests, a_first_connection_that_failed);
	tcase_add_test(tests, not_tried);
	tcase_add_test(tests, excluded);
	tcase_add_test(tests, not_come_back_to);
	tcase_add_test(tests, praise);
	tcase_add_test(tests, praise_with_reserve);
	tcase_add_test(tests, no_praise);
}

int
main(void)
{
	return unit_run("verdict/persistence", list);
}
