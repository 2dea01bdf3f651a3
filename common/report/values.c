#include "report/values.h"

#include <stdio.h>
#include <time.h>

#include "base/calendar.h"

const char *
values_date(int64_t date, char chars[VALUES_MAX])
{
	struct tm tm;

	if (!calendar_read(date, &tm))
		return NULL;
	/* strftime() would not fill a short year up. */
	int length = snprintf(chars, VALUES_MAX, "%04d", tm.tm_year + 1900);
	strftime(chars + length, VALUES_MAX - (size_t)length, "-%m-%dT%H:%M:%SZ", &tm);
	return chars;
}

const char *
values_key(const struct facts_certificate *certificate, char chars[VALUES_MAX])
{
	static const char *const kinds[] = {
	    [FACTS_KEY_OTHER] = NULL,
	    [FACTS_KEY_RSA] = "RSA",
	    [FACTS_KEY_RSA_PSS] = "RSA-PSS",
	    [FACTS_KEY_DSA] = "DSA",
	    [FACTS_KEY_EC] = "EC",
	    [FACTS_KEY_EDWARDS] = "EdDSA",
	};

	if (kinds[certificate->key] == NULL)
		return NULL;
	snprintf(chars, VALUES_MAX, "%s %d", kinds[certificate->key], certificate->key_bits);
	return chars;
}

const char *
values_name_match(enum facts_name_match match)
{
	static const char *const matches[] = {
	    [FACTS_NAME_NOT_CHECKED] = NULL,
	    [FACTS_NAME_MATCHES] = "matches",
	    [FACTS_NAME_BY_COMMON_NAME] = "common-name",
	    [FACTS_NAME_DIFFERS] = "differs",
	};

	return matches[match];
}

const char *
values_outcome(const struct facts_step *step)
{
	return step->begun && step->ended ? facts_symptom_name(step->symptom) : NULL;
}

bool
values_has_stage(const struct facts *facts, enum facts_stage stage)
{
	return stage <= facts->level && !(stage == FACTS_TLS && facts->plain);
}
