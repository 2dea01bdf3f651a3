#include "verdict/judge_auth.h"

#include <stdio.h>
#include <time.h>

#include "base/calendar.h"
#include "facts/ras.h"
#include "verdict/judge_eap.h"
#include "verdict/template.h"

/* Why no credential was sent, and what to do about it. */
static const struct {
	const char *why, *how;
} insecurities[] = {
    [FACTS_SECURE] = {"", ""},
    [FACTS_INSECURE_PLAIN] = {"without TLS all could read it",
        "give --insecure if the path can be trusted"},
    [FACTS_INSECURE_CHAIN] = {"certificate not verified",
        "repair it, or give --ca-file or --thumbprint"},
    [FACTS_INSECURE_NAME] = {"the certificate is not known to be for {name}",
        "dial a name that it bears, or give --thumbprint"},
    [FACTS_INSECURE_PIN] = {"the certificate is not that of --thumbprint",
        "find out why, then change the option"},
    [FACTS_INSECURE_PAP] = {"PAP needs a verified certificate",
        "--insecure is not enough, give --ca-file or --thumbprint"},
};

static void
judge_insecurity(const struct words *words)
{
	enum facts_insecurity insecurity = words->facts->auth.insecurity;
	const struct template_word name = {"name", words->facts->name};
	struct text why = TEXT_EMPTY;

	template_fill(&why, insecurities[insecurity].why, &name, 1);
	words_find(words, CAUSE_AUTH_REFUSED_INSECURE, "why", text_chars(&why), "how",
	    insecurities[insecurity].how, NULL);
	text_free(&why);
}

/* What is behind E= in RFC 2759 section 6, and more that RAS has. */
static enum cause
cause_of(int code)
{
	switch (code) {
	case RAS_LOGON_HOURS:
		return CAUSE_AUTH_HOURS;
	case RAS_ACCOUNT_DISABLED:
		return CAUSE_AUTH_DISABLED;
	case RAS_PASSWORD_EXPIRED:
		return CAUSE_AUTH_EXPIRED;
	case RAS_NO_DIAL_IN:
	case RAS_POLICY:
		return CAUSE_AUTH_NO_DIAL_IN;
	default:
		return CAUSE_AUTH_REJECTED;
	}
}

/* Until when it is not tried again, for it counts towards the lockout of the account, unless
 * nothing was sent. The clock of the world is said: neither this host's zone nor the reader's is
 * known here. */
void
judge_auth_describe_backoff(const struct facts *facts, char *chars, size_t size)
{
	const struct facts_backoff *backoff = &facts->backoff;
	const char *tried = backoff->elsewhere ? " at another address, not tried" : ", no retry";
	bool is_far = backoff->until - facts->date >= 86400;
	struct tm tm = {0};
	char date[24];

	chars[0] = '\0';
	if (backoff->elsewhere && backoff->until == 0)
		snprintf(chars, size, "%s here", tried);
	else if (backoff->unkept && facts->auth.sent)
		snprintf(chars, size, ", no back-off (see --state-dir)");
	else if (backoff->until != 0 && calendar_read(backoff->until, &tm)) {
		strftime(date, sizeof date, is_far ? "%m-%d %H:%M" : "%H:%M", &tm);
		snprintf(chars, size, "%s until %s UTC", tried, date);
	}
}

/* "E=691", or by what else it was refused: an answer, or, as SYMPTOM has it, an end in its place,
 * of which a refusal that is kept knows no more than the number. */
static void
describe_refusal(const struct words *words, enum facts_symptom symptom, char *what, size_t size)
{
	const struct facts_auth *auth = &words->facts->auth;

	if (auth->unsaid && !words->facts->backoff.held)
		words_ending(words, symptom, what, size);
	else if (auth->code != 0)
		snprintf(what, size, "%s%d", auth->ras ? "error " : "E=", auth->code);
	else if (auth->unsaid)
		snprintf(what, size, "without a word");
	else
		snprintf(what, size, "by %s", facts_method_name(auth->method));
}

/* What to think of the refusal. A number leaves nothing to guess. */
static const char *
suspect(const struct facts *facts)
{
	const struct facts_auth *auth = &facts->auth;

	if (facts->backoff.elsewhere || (auth->code != 0 && auth->code != RAS_AUTHENTICATION))
		return "";
	return auth->unsaid ? ", likely the password" : ", wrong user name or password";
}

static void
judge_refusal(const struct words *words, enum facts_symptom symptom)
{
	int code = words->facts->auth.code;
	enum cause cause = cause_of(code);
	const struct cause_row *row = code == RAS_POLICY ? &causes_no_policy : causes_row(cause);
	char what[200], until[80];

	describe_refusal(words, symptom, what, sizeof what);
	judge_auth_describe_backoff(words->facts, until, sizeof until);
	words_find_as(
	    words, cause, row, "code", what, "why", suspect(words->facts), "until", until, NULL);
}

bool
judge_auth_backoff(const struct words *words)
{
	if (words->facts->backoff.held && !judge_eap_failure(words, FACTS_LOGON_REFUSED))
		judge_refusal(words, FACTS_LOGON_REFUSED);
	return words->facts->backoff.held;
}

static void
judge_unproven(const struct words *words)
{
	static const char *const proofs[] = {
	    [FACTS_PROOF_NONE] = "before it has seen a credential",
	    [FACTS_PROOF_MISSING] = "without proof that it knows the password",
	    [FACTS_PROOF_WRONG] = "with a wrong proof of the password",
	    [FACTS_PROOF_VERIFIED] = "",
	};

	words_find(
	    words, CAUSE_AUTH_SERVER_UNPROVEN, "how", proofs[words->facts->auth.proof], NULL);
}

static void
judge_silence(const struct words *words, enum facts_symptom symptom)
{
	const struct facts *facts = words->facts;
	char how[200];

	if (symptom == FACTS_TIMEOUT)
		snprintf(how, sizeof how, "%s in %s s",
		    facts->auth.sent ? "nothing" : "no challenge", words->seconds);
	else if (symptom == FACTS_TERMINATED && facts->ppp.ras_error != 0)
		snprintf(how, sizeof how, "%s", facts->ppp.words);
	else
		words_ending(words, symptom, how, sizeof how);
	words_find(words, CAUSE_AUTH_SILENT, "how", how, NULL);
}

void
judge_auth_failure(const struct words *words, enum facts_symptom symptom)
{
	bool refused = words->facts->auth.refused || symptom == FACTS_LOGON_REFUSED;

	if (judge_auth_is_expected(words->policy, words->facts))
		return;
	if (judge_eap_failure(words, refused ? FACTS_LOGON_REFUSED : symptom))
		return;
	if (refused) {
		judge_refusal(words, symptom);
		return;
	}
	switch (symptom) {
	case FACTS_INSECURE:
		judge_insecurity(words);
		break;
	case FACTS_SERVER_UNPROVEN:
		judge_unproven(words);
		break;
	default:
		judge_silence(words, symptom);
	}
}

void
judge_auth_acceptance(const struct words *words)
{
	const struct facts_auth *auth = &words->facts->auth;

	if (auth->accepted && auth->method == FACTS_NO_METHOD)
		words_find(words, CAUSE_AUTH_NOT_REQUIRED, NULL);
	else if (auth->accepted && words->policy->expect_reject)
		words_find(words, CAUSE_AUTH_NOT_REJECTED, NULL);
}

bool
judge_auth_is_expected(const struct policy *policy, const struct facts *facts)
{
	const struct facts_auth *auth = &facts->auth;
	bool speaks_codes = auth->method != FACTS_PAP && auth->method != FACTS_CHAP_MD5;
	bool answered = facts->steps[FACTS_AUTH].symptom == FACTS_LOGON_REFUSED;

	/* Who finds the password right refuses the logon for something else. */
	if (!policy->expect_reject || !answered || !auth->refused || !auth->sent ||
	    auth->proof == FACTS_PROOF_VERIFIED)
		return false;
	return auth->code == RAS_AUTHENTICATION || (auth->code == 0 && !speaks_codes);
}
