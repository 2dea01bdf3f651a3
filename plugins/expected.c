#include "config.h"

#include "expected.h"

#include <string.h>

#include "base/endpoint.h"
#include "base/number.h"
#include "probe/muster.h"

/* Whether LABEL is one of the addresses that BACKEND, a name, may have: LABEL/2. */
static bool
is_numbered(const struct backend *backend, const char *label)
{
	size_t length = strlen(backend->label);
	long number;

	return backend->endpoint.kind == ENDPOINT_NAME &&
	       strncmp(label, backend->label, length) == 0 && label[length] == '/' &&
	       number_whole(label + length + 1, 1, MUSTER_MEMBERS_MAX, &number);
}

/* Which addresses a name has is not known yet. */
static bool
may_have_address(const struct backend *backend, const char *label)
{
	struct endpoint address;

	if (endpoint_read_host(label, &address) != ENDPOINT_OK || address.kind == ENDPOINT_NAME)
		return false;
	return backend->endpoint.kind == ENDPOINT_NAME ||
	       endpoint_is_same_host(backend->endpoint.host, address.host);
}

bool
expected_mark(struct backends *backends, const char *label)
{
	bool means_one = false;

	for (size_t i = 0; i < backends->count; i++) {
		struct backend *backend = &backends->list[i];

		if (strcmp(backend->label, label) == 0) {
			backend->expect_down = true;
			return true;
		}
		means_one |= is_numbered(backend, label) || may_have_address(backend, label);
	}
	return means_one;
}

bool
expected_is(const char *const *labels, size_t count, const struct facts *facts)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(labels[i], facts->target) == 0 ||
		    endpoint_is_same_host(labels[i], facts->host))
			return true;
	return false;
}
