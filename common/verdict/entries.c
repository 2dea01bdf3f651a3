#include "verdict/entries.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *id, *name;
	enum entries_owner owner;
} owners[] = {
    {DUMP_OWNER_SSTP, "SSTP", ENTRIES_SSTP},
    {DUMP_OWNER_IIS, "IIS", ENTRIES_IIS},
    {DUMP_OWNER_IPHTTPS, "DirectAccess", ENTRIES_DIRECTACCESS},
    {"", "unknown", ENTRIES_UNKNOWN},
};
#define OWNERS (sizeof owners / sizeof owners[0])

/* Which of them it is; OWNERS for any other. */
static size_t
find_owner(const struct dump_binding *binding)
{
	const char *id = binding == NULL ? "" : binding->owner;
	size_t i = 0;

	while (i < OWNERS && strcmp(owners[i].id, id) != 0)
		i++;
	return i;
}

enum entries_owner
entries_owner(const struct dump_binding *binding)
{
	size_t found = find_owner(binding);

	return found < OWNERS ? owners[found].owner : ENTRIES_FOREIGN;
}

void
entries_owner_name(const struct dump_binding *binding, char *chars, size_t size)
{
	size_t found = find_owner(binding);

	if (found < OWNERS)
		snprintf(chars, size, "%s", owners[found].name);
	else
		snprintf(chars, size, "%.*s", DUMP_OWNER_MAX - 3, binding->owner + 1);
}

void
entries_endpoint(const struct dump_binding *binding, char *chars, size_t size)
{
	switch (binding->kind) {
	case DUMP_IPV6:
		snprintf(chars, size, "[%s]:%u", binding->host, binding->port);
		break;
	case DUMP_STORE:
		snprintf(chars, size, "central store:%u", binding->port);
		break;
	case DUMP_IPV4:
	case DUMP_NAME:
		snprintf(chars, size, "%s:%u", binding->host, binding->port);
		break;
	}
}

void
entries_add_deletion(struct text *steps, const struct dump_binding *binding)
{
	static const char command[] = "netsh.exe http delete sslcert";
	char endpoint[ENTRIES_ENDPOINT_MAX];

	entries_endpoint(binding, endpoint, sizeof endpoint);
	if (entries_owner(binding) == ENTRIES_DIRECTACCESS) {
		text_format(
		    steps, "%s belongs to DirectAccess, which needs it: keep it\n", endpoint);
		return;
	}
	if (binding->kind == DUMP_STORE)
		text_format(steps,
		    "take the file of that name out of the central store; where no site needs the store: %s ccs=%u\n",
		    command, binding->port);
	else
		text_format(steps, "%s %s=%s\n", command,
		    binding->kind == DUMP_NAME ? "hostnameport" : "ipport", endpoint);
}

void
entries_add_assignment(struct text *steps, const struct dump_binding *const *wrong, size_t count)
{
	bool of_iis = false;

	for (size_t i = 0; i < count; i++)
		of_iis |= entries_owner(wrong[i]) == ENTRIES_IIS;
	if (of_iis)
		text_add(steps, "iisreset.exe\n");
	text_add(steps, "assign the certificate in the Routing and Remote Access console only\n");
}
