#include "verdict/judge_ppp.h"

#include <stdio.h>

/* Why LCP did not open, in words. */
static void
describe(const struct words *words, enum facts_symptom symptom, char *how, size_t size)
{
	const struct facts *facts = words->facts;

	switch (symptom) {
	case FACTS_TIMEOUT:
		snprintf(how, size, "no end after %s s", words->seconds);
		break;
	case FACTS_TERMINATED:
		snprintf(how, size, "the server ends PPP%s%s",
		    facts->ppp.words[0] == '\0' ? "" : ": ", facts->ppp.words);
		break;
	case FACTS_LOOPED:
		snprintf(how, size, "our own frames come back");
		break;
	case FACTS_DISAGREED:
		snprintf(how, size, "the server refuses every proposal");
		break;
	case FACTS_ABORT:
	case FACTS_DISCONNECTED:
		snprintf(how, size, "%s", facts->sstp.refusal);
		break;
	case FACTS_NOT_SSTP:
		snprintf(how, size, "what comes is not SSTP");
		break;
	default:
		snprintf(how, size, "connection lost");
	}
}

void
judge_ppp_failure(const struct words *words, enum facts_symptom symptom)
{
	char how[200];

	if (words->facts->ppp.heard) {
		describe(words, symptom, how, sizeof how);
		words_find(words, CAUSE_PPP_NOT_OPENED, "how", how, NULL);
		return;
	}
	if (symptom == FACTS_TIMEOUT)
		snprintf(how, sizeof how, "nothing in %s s", words->seconds);
	else
		describe(words, symptom, how, sizeof how);
	words_find(words, CAUSE_PPP_SILENT, "how", how, NULL);
}

static bool
is_weak(enum facts_method method)
{
	return method == FACTS_PAP || method == FACTS_CHAP_MD5 || method == FACTS_MSCHAP_V1 ||
	       method == FACTS_NO_METHOD;
}

static void
add_name(struct text *text, enum facts_method method)
{
	if (text->length > 0)
		text_add(text, ", ");
	text_add(text, method == FACTS_NO_METHOD ? "no authentication" : facts_method_name(method));
}

static void
judge_weakness(const struct words *words)
{
	const struct facts_ppp *ppp = &words->facts->ppp;
	struct text methods = TEXT_EMPTY;

	for (size_t i = 0; i < ppp->offered_count; i++)
		if (is_weak(ppp->offered[i]))
			add_name(&methods, ppp->offered[i]);
	if (methods.length > 0)
		words_find(words, CAUSE_PPP_WEAK_AUTH, "methods", text_chars(&methods), NULL);
	text_free(&methods);
}

/* Each method that is offered must be expected, and each that is expected must be offered. */
static void
judge_policy(const struct words *words)
{
	const struct facts_ppp *ppp = &words->facts->ppp;
	struct text methods = TEXT_EMPTY, expected = TEXT_EMPTY;
	bool same = true;

	for (int method = 0; method < FACTS_METHODS; method++) {
		bool offered = false;

		for (size_t i = 0; i < ppp->offered_count; i++)
			offered |= ppp->offered[i] == (enum facts_method)method;
		same &= offered == words->policy->methods[method];
		if (offered)
			add_name(&methods, method);
		if (words->policy->methods[method])
			add_name(&expected, method);
	}
	if (!same)
		words_find(words, CAUSE_PPP_POLICY, "methods", text_chars(&methods), "expected",
		    text_chars(&expected), NULL);
	text_free(&methods);
	text_free(&expected);
}

void
judge_ppp_offer(const struct words *words)
{
	const struct facts_ppp *ppp = &words->facts->ppp;

	if (ppp->offered_count == 0)
		return;
	if (ppp->offered_count == 1 && ppp->offered[0] == FACTS_OTHER_METHOD)
		words_find(words, CAUSE_PPP_NO_COMMON_AUTH, NULL);
	if (words->policy->methods_expected)
		judge_policy(words);
	else
		judge_weakness(words);
}
