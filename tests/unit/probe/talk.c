#include "unit/probe/talk.h"

#include <stdlib.h>

#include "base/hex.h"
#include "unit/unit.h"

struct plan_logon talk_logon;

void
talk_set_up(void)
{
	talk_logon = (struct plan_logon){
	    .user = "User",
	    .password = TALK_PASSWORD,
	    .methods = {FACTS_MSCHAP_V2, FACTS_CHAP_MD5, FACTS_PAP},
	    .methods_count = 3,
	};
}

void
talk_show_certificate(void)
{
	peer_facts.tls.chain = calloc(1, sizeof *peer_facts.tls.chain);
	peer_facts.tls.chain_count = 1;
	ck_assert(hex_read(TALK_CERTIFICATE, peer_facts.tls.chain[0].sha256, 32));
}

void
talk_log_on(enum facts_stage level)
{
	peer_begin(level, &talk_logon);
	talk_show_certificate();
	peer_say(PEER_ACK("02"), 0);
	peer_say(TALK_DEMANDS(TALK_MSCHAPV2), 0);
	peer_hear(PEER_OURS TALK_AGREED(TALK_MSCHAPV2));
	peer_say(PEER_OURS_AGREED, 0);
	peer_hear("");
	ck_assert_int_eq(peer_session.state, SESSION_LOGGING_ON);
	peer_say(TALK_CHALLENGE, 0);
	peer_hear(TALK_RESPONSE);
}

void
talk_bind(enum facts_stage level)
{
	talk_log_on(level);
	peer_say(TALK_SUCCESS, 0);
	peer_hear(TALK_BOUND);
	ck_assert_int_eq(peer_session.state, SESSION_BINDING);
}

void
talk_expect_failure(enum facts_symptom symptom)
{
	ck_assert_int_eq(peer_session.state, SESSION_FAILED);
	ck_assert_str_eq(facts_symptom_name(peer_session.symptom), facts_symptom_name(symptom));
	peer_end();
}
