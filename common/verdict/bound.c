#include "verdict/bound.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "verdict/entries.h"

const struct dump_binding *
bound_next(const struct bound *bound, size_t *place)
{
	const struct dump *dump = bound->dump;

	while (*place < dump->bindings_count) {
		const struct dump_binding *binding = &dump->bindings[(*place)++];

		if (binding->port == windows_port(bound->windows))
			return binding;
	}
	return NULL;
}

enum digests_answer
bound_compare(const struct bound *bound, const struct dump_binding *binding)
{
	return binding == NULL ? DIGESTS_UNKNOWN
	                       : digests_compare(&bound->windows->seen, &binding->hash);
}

bool
bound_is_wrong(const struct bound *bound, const struct dump_binding *binding)
{
	enum digests_answer answer = bound_compare(bound, binding);

	/* IIS is known to replace certificates behind SSTP's back: it makes a fault of a doubt. */
	return answer == DIGESTS_DIFFERENT ||
	       (answer == DIGESTS_DOUBTED && entries_owner(binding) == ENTRIES_IIS);
}

static bool
has_own(const struct bound *bound, const char *name)
{
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL)
		if (binding->kind == DUMP_NAME && strcasecmp(name, binding->host) == 0)
			return true;
	return false;
}

/* Whether an entry is for NAME, which may be NULL. One of its own wins over a wildcard. */
static bool
is_for(const struct bound *bound, const struct dump_binding *binding, const char *name)
{
	const char *rest;

	if (name == NULL || binding->kind != DUMP_NAME)
		return false;
	rest = strchr(name, '.');
	if (strncmp(binding->host, "*.", 2) == 0)
		return rest != NULL && strcasecmp(rest, binding->host + 1) == 0 &&
		       !has_own(bound, name);
	return strcasecmp(name, binding->host) == 0;
}

bool
bound_is_dialled(const struct bound *bound, const struct dump_binding *binding)
{
	const struct windows *windows = bound->windows;
	bool dialled = is_for(bound, binding, windows->name);

	for (size_t i = 0; i < windows->names_count && !dialled; i++)
		dialled = is_for(bound, binding, windows->names[i]);
	return dialled;
}

/* Whether clients dial NAME, as far as that was told. */
static bool
is_dialled(const struct windows *windows, const char *name)
{
	if (windows->name != NULL && strcasecmp(name, windows->name) == 0)
		return true;
	for (size_t i = 0; i < windows->names_count; i++)
		if (strcasecmp(name, windows->names[i]) == 0)
			return true;
	return false;
}

bool
bound_is_aside(const struct bound *bound, const struct facts *facts)
{
	const struct dump_binding *binding;
	size_t place = 0;

	if (facts->from_file || facts->tls.sni[0] == '\0' ||
	    is_dialled(bound->windows, facts->tls.sni))
		return false;
	while ((binding = bound_next(bound, &place)) != NULL)
		if (binding->kind == DUMP_STORE ||
		    (is_for(bound, binding, facts->tls.sni) && !bound_is_dialled(bound, binding)))
			return true;
	return false;
}

/* Whether SSTP's callers may come to an entry: not to one for a name that they do not dial. */
static bool
may_serve(const struct bound *bound, const struct dump_binding *binding)
{
	const struct windows *windows = bound->windows;

	return binding->kind != DUMP_NAME || bound_is_dialled(bound, binding) ||
	       (windows->name == NULL && windows->names_count == 0);
}

/* Whether every name that clients dial and that BINDING is for was asked for by FACTS. */
static bool
is_asked_for(
    const struct bound *bound, const struct dump_binding *binding, const struct facts *facts)
{
	const struct windows *windows = bound->windows;
	const char *asked = facts->tls.sni;

	if (is_for(bound, binding, windows->name) && strcasecmp(asked, windows->name) != 0)
		return false;
	for (size_t i = 0; i < windows->names_count; i++)
		if (is_for(bound, binding, windows->names[i]) &&
		    strcasecmp(asked, windows->names[i]) != 0)
			return false;
	return true;
}

bool
bound_may_answer(
    const struct bound *bound, const struct dump_binding *binding, const struct facts *facts)
{
	if (binding->kind == DUMP_NAME)
		return is_for(bound, binding, facts->tls.sni);
	return binding->kind != DUMP_IPV6 || strchr(facts->address, ':') != NULL;
}

/* Whether BINDING is known to win over OTHER for FACTS, in the order of HTTP.sys: the very address,
 * the very name, the central store, all addresses. Behind NAT the address that was looked at is not
 * the one that the server has. */
static bool
wins_over(
    const struct dump_binding *binding, const struct dump_binding *other, const struct facts *facts)
{
	if (binding->kind == DUMP_NAME)
		return other->any && strcasecmp(facts->tls.sni, binding->host) == 0;
	return strcmp(facts->address, binding->host) == 0;
}

/* Whether something on the port over which BINDING does not win explains what is seen, or what
 * there is was not told. */
static bool
is_explained(const struct bound *bound, const struct dump_binding *binding,
    const struct facts *facts, const struct facts_certificate *shown)
{
	const struct dump_binding *other = bound_store(bound, facts);
	size_t place = 0;

	if (!bound->dump->listed || (other != NULL && !wins_over(binding, other, facts)))
		return true;
	while ((other = bound_next(bound, &place)) != NULL)
		if (bound_may_answer(bound, other, facts) &&
		    digests_is_bound(&other->hash, shown) && !wins_over(binding, other, facts))
			return true;
	return false;
}

bool
bound_is_witnessed(const struct bound *bound, const struct dump_binding *binding)
{
	const struct digests *seen = &bound->windows->seen;

	for (size_t i = 0; i < seen->count; i++) {
		const struct facts_certificate *shown = digests_shown(seen, i);

		if (shown != NULL && !seen->facts[i].from_file &&
		    is_asked_for(bound, binding, &seen->facts[i]) &&
		    is_explained(bound, binding, &seen->facts[i], shown))
			return true;
	}
	return false;
}

bool
bound_is_open(const struct bound *bound, const struct dump_binding *binding)
{
	return bound->windows->name == NULL && bound->windows->names_count == 0 &&
	       binding->kind == DUMP_NAME && !dump_is_stored(binding);
}

void
bound_look(struct bound *bound, const struct windows *windows)
{
	const struct dump_binding *binding;
	size_t place = 0;

	*bound = (struct bound){.windows = windows, .dump = windows->seen.dump};
	snprintf(bound->port, sizeof bound->port, "%u", windows_port(windows));
	while ((binding = bound_next(bound, &place)) != NULL) {
		bound->count += may_serve(bound, binding);
		if (binding->any && binding->kind == DUMP_IPV4)
			bound->ipv4 = binding;
		else if (binding->any)
			bound->ipv6 = binding;
	}
}

bool
bound_concerns(const struct bound *bound, const struct dump_binding *binding)
{
	if (binding->kind == DUMP_NAME)
		return bound_is_dialled(bound, binding);
	return binding->kind != DUMP_STORE && entries_owner(binding) != ENTRIES_DIRECTACCESS;
}

/* Whether the entry ANY for all addresses is wrong and BINDING holds the same certificate. */
static bool
shares(
    const struct bound *bound, const struct dump_binding *any, const struct dump_binding *binding)
{
	return bound_is_wrong(bound, any) && binding->hash.length == any->hash.length &&
	       memcmp(binding->hash.bytes, any->hash.bytes, any->hash.length) == 0;
}

bool
bound_goes(const struct bound *bound, const struct dump_binding *binding)
{
	if (binding->any)
		return bound_is_wrong(bound, binding);
	return bound_concerns(bound, binding) &&
	       (shares(bound, bound->ipv4, binding) || shares(bound, bound->ipv6, binding));
}

const struct dump_binding *
bound_holder(const struct bound *bound, const struct facts_certificate *shown)
{
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL)
		if (may_serve(bound, binding) && digests_is_bound(&binding->hash, shown))
			break;
	return binding;
}

/* Whether the central store has what is shown to those who ask for NAME. */
static bool
is_stored_for(const struct bound *bound, const struct dump_binding *binding, const char *name)
{
	if (!dump_is_stored(binding))
		return false;
	return binding->kind == DUMP_STORE ? !has_own(bound, name) : is_for(bound, binding, name);
}

const struct dump_binding *
bound_store(const struct bound *bound, const struct facts *facts)
{
	const struct dump_binding *binding;
	size_t place = 0;

	if (facts->from_file || facts->tls.sni[0] == '\0')
		return NULL;
	while ((binding = bound_next(bound, &place)) != NULL)
		if (is_stored_for(bound, binding, facts->tls.sni))
			break;
	return binding;
}

/* Whether clients that dial NAME may come to the central store, and FACTS did not ask for it. */
static bool
is_unseen(const struct bound *bound, const struct dump_binding *binding, const char *name,
    const struct facts *facts)
{
	return is_stored_for(bound, binding, name) &&
	       (facts == NULL || strcasecmp(facts->tls.sni, name) != 0);
}

/* The target that showed a certificate on the wire; NULL. */
static const struct facts *
witness(const struct digests *seen)
{
	for (size_t i = 0; i < seen->count; i++)
		if (digests_shown(seen, i) != NULL && !seen->facts[i].from_file)
			return &seen->facts[i];
	return NULL;
}

/* Whether clients dial NAME, and FACTS, which may be NULL, did not ask for it. */
static bool
is_unasked(const char *name, const struct facts *facts)
{
	return name != NULL && (facts == NULL || strcasecmp(facts->tls.sni, name) != 0);
}

bool
bound_names_are_open(const struct bound *bound)
{
	const struct windows *windows = bound->windows;
	const struct facts *facts = witness(&windows->seen);
	bool open = windows->name == NULL && windows->names_count == 0;

	if (bound->dump->named || !bound->dump->listed)
		return false;
	open |= is_unasked(windows->name, facts);
	for (size_t i = 0; i < windows->names_count; i++)
		open |= is_unasked(windows->names[i], facts);
	return open;
}

bool
bound_store_is_open(const struct bound *bound)
{
	const struct windows *windows = bound->windows;
	const struct facts *facts = witness(&windows->seen);
	const struct dump_binding *binding;
	size_t place = 0;

	while ((binding = bound_next(bound, &place)) != NULL) {
		if (!dump_is_stored(binding))
			continue;
		if ((windows->name == NULL && windows->names_count == 0) ||
		    (windows->name != NULL && is_unseen(bound, binding, windows->name, facts)))
			return true;
		for (size_t i = 0; i < windows->names_count; i++)
			if (is_unseen(bound, binding, windows->names[i], facts))
				return true;
	}
	return false;
}
