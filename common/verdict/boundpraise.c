#include "verdict/boundpraise.h"

#include <string.h>

#include "verdict/bound.h"
#include "verdict/entries.h"
#include "verdict/judge_offload.h"

/* Whether the certificate that is shown is the one of every entry for all addresses. */
static bool
is_bound_everywhere(const struct windows *windows)
{
	const struct dump *dump = windows->seen.dump;
	size_t count = 0;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->port != windows_port(windows) || !binding->any)
			continue;
		if (digests_compare(&windows->seen, &binding->hash) != DIGESTS_SAME)
			return false;
		count++;
	}
	return count > 0;
}

/* Whether an entry for an address of KIND has another certificate. */
static bool
is_other_at(const struct windows *windows, enum dump_kind kind)
{
	const struct dump *dump = windows->seen.dump;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (binding->port == windows_port(windows) && binding->kind == kind &&
		    !binding->any && entries_owner(binding) != ENTRIES_DIRECTACCESS &&
		    digests_compare(&windows->seen, &binding->hash) != DIGESTS_SAME)
			return true;
	}
	return false;
}

/* Whether an entry for the very name that clients dial has another certificate: one for the address
 * that was looked at wins over it. */
static bool
is_other_by_name(const struct windows *windows)
{
	const struct dump_binding *binding;
	struct bound bound;
	size_t place = 0;

	bound_look(&bound, windows);
	while ((binding = bound_next(&bound, &place)) != NULL)
		if (bound_is_dialled(&bound, binding) && binding->host[0] != '*' &&
		    bound_is_wrong(&bound, binding))
			return true;
	return false;
}

/* The certificate is bound for all addresses. Those that were not looked at may have entries of
 * their own. */
static const char *
praise_binding(const struct windows *windows)
{
	bool over_ipv6 = strchr(windows->seen.facts[0].address, ':') != NULL;

	if (is_other_at(windows, over_ipv6 ? DUMP_IPV6 : DUMP_IPV4) || is_other_by_name(windows))
		return ", bound in HTTP.sys for this address and trusted by SSTP";
	if (!is_other_at(windows, over_ipv6 ? DUMP_IPV4 : DUMP_IPV6))
		return ", bound in HTTP.sys and trusted by SSTP";
	return over_ipv6 ? ", bound in HTTP.sys for IPv6 and trusted by SSTP"
	                 : ", bound in HTTP.sys for IPv4 and trusted by SSTP";
}

const char *
boundpraise_say(const struct windows *windows)
{
	bool offloaded = judge_offload_is_on(&windows->seen.dump->sstp);
	const struct facts_certificate *shown =
	    offloaded ? judge_offload_shown(windows) : windows_shown(windows);

	if (shown == NULL || windows_is_void(windows) || !digests_is_trust_known(&windows->seen) ||
	    !digests_is_trusted(&windows->seen, shown))
		return "";
	if (offloaded)
		return ", the one of the offload hash";
	return is_bound_everywhere(windows) ? praise_binding(windows) : ", trusted by SSTP";
}
