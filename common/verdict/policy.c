#include "verdict/policy.h"

#include <string.h>

#include "base/number.h"

#define WORD_MAX 64 /* longer than any cause or layer */

void
policy_begin(struct policy *policy)
{
	memset(policy, 0, sizeof *policy);
	policy->statuses[0] = 401;
	policy->statuses_count = 1;
	policy->certificate.key_min = 2048;
	lifetime_read("30d,15%", &policy->certificate.warning);
	lifetime_read("14d,10%", &policy->certificate.critical);
}

const char *
policy_override(struct policy *policy, const char *chars)
{
	static const char takes[] =
	    "CAUSE=STATE or LAYER=STATE, such as cert.untrusted-root=critical";
	const char *equals = strchr(chars, '=');
	char word[WORD_MAX];
	enum state state;
	enum cause cause;

	if (equals == NULL || (size_t)(equals - chars) >= sizeof word)
		return takes;
	memcpy(word, chars, (size_t)(equals - chars));
	word[equals - chars] = '\0';
	if (!state_read(equals + 1, &state))
		return "a state of ok, warning, critical or unknown behind the =";

	cause = causes_find(word);
	if (cause == CAUSES && !causes_is_layer(word))
		return "a cause or layer that the manual page lists under CAUSES";
	for (int i = 0; i < CAUSES; i++)
		if (cause == (enum cause)i || (cause == CAUSES && causes_in_layer(i, word))) {
			policy->overridden[i] = true;
			policy->states[i] = state;
		}
	return NULL;
}

const char *
policy_statuses(struct policy *policy, const char *chars)
{
	static const char takes[] = "HTTP statuses from 100 to 599, joined by commas";
	int statuses[POLICY_STATUSES_MAX];
	size_t count = 0;
	char digits[4];
	long status;

	do {
		if (strcspn(chars, ",") != 3 || count == POLICY_STATUSES_MAX)
			return takes;
		memcpy(digits, chars, 3);
		digits[3] = '\0';
		if (!number_whole(digits, 100, 599, &status))
			return takes;
		statuses[count++] = (int)status;
		chars += 3;
	} while (*chars++ == ',');
	memcpy(policy->statuses, statuses, count * sizeof statuses[0]);
	policy->statuses_count = count;
	return NULL;
}

static enum facts_method
find_method(const char *chars, size_t length)
{
	for (int method = 0; method < FACTS_METHODS; method++) {
		const char *name = facts_method_name(method);

		if (strlen(name) == length && strncmp(name, chars, length) == 0)
			return method;
	}
	return FACTS_METHODS;
}

const char *
policy_methods(struct policy *policy, const char *chars)
{
	bool methods[FACTS_METHODS] = {false};

	do {
		size_t length = strcspn(chars, ",");
		enum facts_method method = find_method(chars, length);

		if (method == FACTS_METHODS || method == FACTS_OTHER_METHOD)
			return "eap, mschapv2, mschap, chap-md5, pap or none, joined by commas";
		methods[method] = true;
		chars += length;
	} while (*chars++ == ',');
	memcpy(policy->methods, methods, sizeof methods);
	policy->methods_expected = true;
	return NULL;
}

const char *
policy_thumbprint(struct policy *policy, const char *chars, size_t length)
{
	struct policy_certificate *certificate = &policy->certificate;
	struct thumbprint thumbprint;

	if (!thumbprint_read(chars, length, &thumbprint))
		return thumbprint_takes;
	if (certificate->thumbprints_count == POLICY_THUMBPRINTS_MAX)
		return "at most 64 digests in all";
	certificate->thumbprints[certificate->thumbprints_count++] = thumbprint;
	return NULL;
}

bool
policy_expects(const struct policy *policy, int status)
{
	for (size_t i = 0; i < policy->statuses_count; i++)
		if (policy->statuses[i] == status)
			return true;
	return false;
}

enum state
policy_state(const struct policy *policy, enum cause cause)
{
	if (policy->overridden[cause])
		return policy->states[cause];
	if (policy->timeout_result_set && causes_row(cause)->timeout)
		return policy->timeout_result;
	return causes_row(cause)->state;
}
