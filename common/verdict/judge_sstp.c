#include "verdict/judge_sstp.h"

#include <stdio.h>

#include "verdict/judge_http.h"

void
judge_sstp_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char how[64], by[sizeof facts->http.server + 8] = "";

	/* A 200 of somebody else's is the likelier reason for what follows. */
	if (judge_http_is_foreign(facts->http.server))
		snprintf(by, sizeof by, " from %s", facts->http.server);
	switch (symptom) {
	case FACTS_NAK:
		words_find(words, CAUSE_SSTP_NAK, "refusal", facts->sstp.refusal, NULL);
		break;
	case FACTS_ABORT:
	case FACTS_DISCONNECTED:
		words_find(words, CAUSE_SSTP_ABORT, "refusal", facts->sstp.refusal, NULL);
		break;
	case FACTS_NOT_SSTP:
		words_find(words, CAUSE_SSTP_GARBAGE, "by", by, NULL);
		break;
	case FACTS_NO_HASH:
		words_find(words, CAUSE_SSTP_NO_HASH, NULL);
		break;
	default:
		snprintf(how, sizeof how,
		    symptom == FACTS_TIMEOUT ? "nothing in %s s" : "connection lost",
		    words->seconds);
		words_find(words, CAUSE_SSTP_NO_ACK, "by", by, "how", how, NULL);
	}
}

void
judge_sstp_offer(const struct words *words)
{
	enum { SHA1 = 1, SHA256 = 2 };
	const struct facts_sstp *sstp = &words->facts->sstp;

	if (sstp->acknowledged && (sstp->hash_bits & (SHA1 | SHA256)) == SHA1)
		words_find(words, CAUSE_SSTP_NO_SHA256, NULL);
}
