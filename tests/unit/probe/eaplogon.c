/* The logon of a session by EAP. */
#include "base/deadline.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"

/* The same logon in EAP: # is the length of the EAP packet, the inner one is written out. */
#define EAP_IDENTITY_ASKED "[C227 0101# 01]"
#define EAP_IDENTITY       "[C227 0201# 01 'User']"
#define EAP_CHALLENGE      "[C227 0102# 1A 01070019 10 5B5D7C7D7B3F2F3E3C2C602132262628 'RRAS']"
#define EAP_RESPONSE                                                                   \
	"[C227 0202# 1A 0207003A 31 21402324255E262A28295F2B3A337C7E 0000000000000000" \
	"82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 'User']"
#define EAP_PROOF       "[C227 0103# 1A 0307002E " TALK_PROOF "]"
#define EAP_PROOF_TAKEN "[C227 0203# 1A 03]"
#define EAP_DONE        "[C227 0303#]"

static void
log_on_by_eap(enum facts_stage level)
{
	talk_logon.methods[0] = FACTS_EAP;
	talk_logon.methods_count = 1;
	talk_logon.eap[0] = FACTS_EAP_MSCHAPV2;
	talk_logon.eap_count = 1;
	peer_begin(level, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") TALK_DEMANDS(TALK_EAP) PEER_OURS_AGREED, 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_EAP));
	peer_say(EAP_IDENTITY_ASKED, 0);
	peer_hear(EAP_IDENTITY);
	ck_assert(!peer_facts.auth.sent);
	peer_say(EAP_CHALLENGE, 0);
	peer_hear(EAP_RESPONSE);
	peer_say(EAP_PROOF, 0);
	peer_hear(EAP_PROOF_TAKEN);
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
}

/* MS-SSTP 3.2.5.2.2: the first 32 bytes of the method's key. */
START_TEST(eap_mschapv2)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(EAP_DONE, 0);
	peer_hear(TALK_BOUND);
	ck_assert(peer_facts.auth.accepted);
	ck_assert_int_eq(peer_facts.auth.eap->method, FACTS_EAP_MSCHAPV2);
	peer_end();
}
END_TEST

START_TEST(eap_mschapv2_bound_without_keys)
{
	talk_logon.eap_mschapv2_zero = true;
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(EAP_DONE, 0);
	peer_hear(TALK_BOUND_WITHOUT_KEYS);
	peer_end();
}
END_TEST

/* RRAS ends PPP instead of sending EAP-Failure; others may do the same without a reason. */
static const struct {
	const char *asks; /* behind the identity */
	const char *says;
	bool refused;
	int code;
	enum facts_symptom symptom;
} eap_ends[] = {
    {"", TALK_ENDS_WITH("02B3"), true, 0, FACTS_LOGON_REFUSED}, /* an unknown user */
    {"", TALK_ENDS_WITH("0287"), true, 647, FACTS_LOGON_REFUSED},
    {"", TALK_ENDS_WITH("032C"), true, 812, FACTS_LOGON_REFUSED},
    {"", TALK_ENDS_WITH("03A2"), false, 0, FACTS_TERMINATED},
    {EAP_CHALLENGE, TALK_ENDS_WITH("02B3"), true, 691, FACTS_LOGON_REFUSED},
    {EAP_CHALLENGE EAP_PROOF, TALK_ENDS_WITH("02B3"), true, 691, FACTS_LOGON_REFUSED},
    /* EAP-TLS, then PEAP, which are declined */
    {"[C227 0102# 0D 20]", TALK_ENDS_WITH("02B3"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", TALK_ENDS_WITH("032C"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", TALK_ENDS_WITH("03A2"), false, 0, FACTS_TERMINATED},
    /* without a reason, or with another protocol instead, as SoftEther */
    {"[C227 0102# 19 20]", PEER_TERMINATE("09"), false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 19 20]", "10010008 00060000", false, 0, FACTS_NO_COMMON_METHOD},
    {"[C227 0102# 0D 20]", TALK_DEMANDS(TALK_MSCHAPV2), false, 0, FACTS_NO_COMMON_METHOD},
    {"", PEER_TERMINATE("09"), false, 0, FACTS_TERMINATED},
    {"", TALK_DEMANDS(TALK_MSCHAPV2), false, 0, FACTS_DISAGREED},
};

START_TEST(eap_that_ends_without_failure)
{
	talk_logon.methods[0] = FACTS_EAP;
	talk_logon.methods_count = 1;
	talk_logon.eap[0] = FACTS_EAP_MSCHAPV2;
	talk_logon.eap_count = 1;
	peer_begin(FACTS_AUTH, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") TALK_DEMANDS(TALK_EAP) PEER_OURS_AGREED EAP_IDENTITY_ASKED, 0);
	peer_say(eap_ends[_i].asks, 0);
	text_cut(&peer_session.out, 0);
	peer_say(eap_ends[_i].says, 10 * DEADLINE_SECOND);
	ck_assert(peer_facts.auth.refused == eap_ends[_i].refused);
	ck_assert_int_eq(peer_facts.auth.code, eap_ends[_i].code);
	talk_expect_failure(eap_ends[_i].symptom);
}
END_TEST

/* pppd sends no EAP-Success: it goes on, and what it goes on with is answered. */
START_TEST(eap_that_ends_without_a_word)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_say(TALK_ITS_OWN, 0);
	peer_hear(TALK_BOUND TALK_TO_ITS_OWN);
	ck_assert(peer_facts.auth.accepted);
	peer_end();
}
END_TEST

START_TEST(eap_success_before_the_proof)
{
	log_on_by_eap(FACTS_TUNNEL);
	peer_end();
	peer_begin(FACTS_TUNNEL, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02") TALK_DEMANDS(TALK_EAP)
	             PEER_OURS_AGREED EAP_IDENTITY_ASKED EAP_CHALLENGE,
	    0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_EAP) EAP_IDENTITY EAP_RESPONSE);
	/* Neither a frame of the network phase nor a Success will do. */
	peer_say(TALK_ITS_OWN, 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say("[C227 0302#]", 0);
	peer_hear("");
	talk_expect_failure(FACTS_SERVER_UNPROVEN);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, eap_mschapv2);
	tcase_add_test(tests, eap_mschapv2_bound_without_keys);
	unit_add_rows(tests, eap_that_ends_without_failure, eap_ends);
	tcase_add_test(tests, eap_that_ends_without_a_word);
	tcase_add_test(tests, eap_success_before_the_proof);
}

int
main(void)
{
	return unit_run("probe/eaplogon", list);
}
