#include "verdict/judge_ppp.h"

#include <stdio.h>

static void
add_name(struct text *text, enum facts_method method)
{
	if (text->length > 0)
		text_add(text, ", ");
	text_add(text, method == FACTS_NO_METHOD ? "no authentication" : facts_method_name(method));
}

/* The server wants methods that we do not know, or may not use. */
static void
judge_no_common_method(const struct words *words, const enum facts_method *wanted, size_t count)
{
	const struct facts_ppp *ppp = &words->facts->ppp;
	struct cause_row row = *causes_row(CAUSE_PPP_NO_COMMON_AUTH);
	struct text asked = TEXT_EMPTY, usable = TEXT_EMPTY;
	bool asks_eap = false, by_eap = false;

	for (size_t i = 0; i < ppp->offered_count; i++) {
		add_name(&asked, ppp->offered[i]);
		asks_eap |= ppp->offered[i] == FACTS_EAP;
		/* It was allowed, so the server is not to blame that asks for it. */
		if (ppp->offered[i] == FACTS_PAP && words->facts->auth.pap_withheld)
			row.remedy = "PAP needs a verified certificate, --insecure is not enough";
	}
	for (size_t i = 0; i < count; i++) {
		add_name(&usable, wanted[i]);
		by_eap |= wanted[i] == FACTS_EAP;
	}
	if (asks_eap && !by_eap && count > 0)
		row.remedy = "give --eap-cert or --eap-ca-file";
	words_find_as(words, CAUSE_PPP_NO_COMMON_AUTH, &row, "methods", text_chars(&asked),
	    "wanted", count == 0 ? "those known here" : text_chars(&usable), NULL);
	text_free(&asked);
	text_free(&usable);
}

void
judge_ppp_failure(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char how[200];

	if (symptom == FACTS_NO_COMMON_METHOD)
		judge_no_common_method(words, facts->auth.wanted, facts->auth.wanted_count);
	else if (symptom == FACTS_TIMEOUT && facts->ppp.heard) {
		snprintf(how, sizeof how, "no end after %s s", words->seconds);
		words_find(words, CAUSE_PPP_NOT_OPENED, "how", how, NULL);
	} else {
		words_ending(words, symptom, how, sizeof how);
		words_find(words, facts->ppp.heard ? CAUSE_PPP_NOT_OPENED : CAUSE_PPP_SILENT, "how",
		    how, NULL);
	}
}

static bool
is_weak(enum facts_method method)
{
	return method == FACTS_PAP || method == FACTS_CHAP_MD5 || method == FACTS_MSCHAP_V1 ||
	       method == FACTS_NO_METHOD;
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
	if (ppp->offered_count == 1 && ppp->offered[0] == FACTS_OTHER_METHOD &&
	    words->facts->steps[FACTS_PPP].symptom == FACTS_WELL)
		judge_no_common_method(words, NULL, 0);
	if (words->policy->methods_expected)
		judge_policy(words);
	else
		judge_weakness(words);
}
