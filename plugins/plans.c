#include "config.h"

#include "plans.h"

#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/text.h"

/* "vpn.example.com", "[2001:db8::1]:8443": brackets for IPv6, the port where it is not HTTPS's.
 * Behind an offloading balancer the header still is what clients send: the name alone. */
static char *
make_host_header(const struct shared *shared, uint16_t port)
{
	struct text text = TEXT_EMPTY;
	bool brackets = shared->host.kind == ENDPOINT_IPV6;

	if (shared->host_header != NULL)
		text_add(&text, shared->host_header);
	else {
		/* The zone is this host's own affair (RFC 6874). */
		text_format(&text, brackets ? "[%.*s]" : "%.*s",
		    (int)strcspn(shared->host.host, "%"), shared->host.host);
		if (port != 443 && !shared->plain)
			text_format(&text, ":%u", port);
	}
	return text_take(&text);
}

/* With SEVERAL addresses each needs a name of its own in the output. */
static char *
make_label(const struct shared *shared, const char *address, bool several)
{
	struct text text = TEXT_EMPTY;

	if (shared->label_address && shared->addresses_count > 0) {
		text_add(&text, address);
		return text_take(&text);
	}
	text_add(&text, shared->host.host);
	if (several)
		text_format(&text, " at %s", address);
	return text_take(&text);
}

bool
plans_fill(const struct shared *shared, const char *address, bool several, struct plan *plan)
{
	bool name_is_address = shared->host.kind != ENDPOINT_NAME;

	plan->name = shared->host.host;
	plan->address = address;
	plan->port = shared->port;
	if (plan->port == 0)
		plan->port = shared->plain ? 80 : 443;
	plan->family = shared->family;
	plan->name_is_address = name_is_address;
	plan->plain = shared->plain;
	plan->sni = shared->sni;
	if (plan->sni == NULL && !name_is_address)
		plan->sni = shared->host.host;
	if (shared->no_sni)
		plan->sni = NULL;
	plan->uri = shared->uri;
	plan->other_uri = strcmp(shared->uri, SHARED_URI) != 0;
	plan->method = shared->method;
	plan->level = shared->level;
	plan->trace = shared->verbosity >= 3;
	plan->timeout = deadline_from_seconds(shared_timeout(shared));
	plan->deadline = deadline_after(deadline_now(), plan->timeout);
	plan->label = make_label(shared, address, several);
	plan->host = make_host_header(shared, plan->port);
	return plan->label != NULL && plan->host != NULL;
}

/* An address that is given again is numbered: no two targets shall be called the same. */
static bool
number_label(struct plan *plans, size_t at)
{
	size_t number = 1;
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < at; i++)
		number += strcmp(plans[i].address, plans[at].address) == 0;
	if (number == 1)
		return true;
	text_format(&text, "%s (%zu)", plans[at].label, number);
	free((char *)(uintptr_t)plans[at].label);
	plans[at].label = text_take(&text);
	return plans[at].label != NULL;
}

const char *
plans_make(const struct shared *shared, struct plan **plans, size_t *count)
{
	const char *problem = shared_problem(shared);
	size_t wanted = shared->addresses_count > 0 ? shared->addresses_count : 1;

	if (problem != NULL)
		return problem;
	*plans = calloc(wanted, sizeof **plans);
	if (*plans == NULL)
		return text_no_memory;
	for (*count = 0; *count < wanted; ++*count)
		if (!plans_fill(shared,
		        shared->addresses_count > 0 ? shared->addresses[*count].host : NULL,
		        wanted > 1, &(*plans)[*count]) ||
		    !number_label(*plans, *count)) {
			plans_free(*plans, *count + 1);
			*plans = NULL;
			*count = 0;
			return text_no_memory;
		}
	return NULL;
}

struct plan *
plans_found(const struct shared *shared, const struct plan *plan, const struct facts *lookup)
{
	size_t count = lookup->addresses_count;
	struct plan *plans = calloc(count, sizeof *plans);

	for (size_t i = 0; plans != NULL && i < count; i++) {
		bool filled = plans_fill(shared, lookup->addresses[i], count > 1, &plans[i]);

		plans[i].address_found = true;
		plans[i].deadline = plan->deadline;
		if (!filled) {
			plans_free(plans, i + 1);
			return NULL;
		}
	}
	return plans;
}

void
plans_free(struct plan *plans, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((char *)(uintptr_t)plans[i].label);
		free((char *)(uintptr_t)plans[i].host);
	}
	free(plans);
}
