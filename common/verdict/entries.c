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

const char *
entries_how_to_unbind(const struct dump_binding *binding)
{
	if (binding == NULL)
		return "look for its entry in netsh";
	if (dump_is_stored(binding))
		return "take its file out of the store";
	if (entries_owner(binding) == ENTRIES_DIRECTACCESS)
		return "give both one certificate";
	return entries_owner(binding) == ENTRIES_IIS ? "unbind in IIS" : "delete that entry";
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
	if (dump_is_stored(binding))
		text_add(steps,
		    "take the file of that name out of the central store; where no site needs the store: ");
	if (binding->kind == DUMP_STORE)
		text_format(steps, "%s ccs=%u\n", command, binding->port);
	else if (binding->kind == DUMP_NAME)
		text_format(steps, "%s %s=%s\n", command,
		    dump_is_stored(binding) ? "scopedccs" : "hostnameport", endpoint);
	else
		text_format(steps, "%s ipport=%s\n", command, endpoint);
}

void
entries_add_iis_removal(struct text *steps, const struct dump_binding *binding)
{
	/* As IIS writes it: address, port and name. */
	const char *name = binding->kind == DUMP_NAME ? binding->host : "";
	char endpoint[ENTRIES_ENDPOINT_MAX];

	if (binding->any || binding->kind == DUMP_NAME)
		snprintf(endpoint, sizeof endpoint, "*:%u", binding->port);
	else
		entries_endpoint(binding, endpoint, sizeof endpoint);
	text_format(steps,
	    "in IIS remove the https binding %s:%s, powershell.exe Get-Website shows its site\n",
	    endpoint, name);
}

void
entries_add_iis_restart(struct text *steps)
{
	text_add(steps, "iisreset.exe\n");
}

void
entries_add_assignment(struct text *steps)
{
	text_add(steps, "assign the certificate in the Routing and Remote Access console only\n");
}

void
entries_add_restart(struct text *steps)
{
	text_add(
	    steps, "powershell.exe Restart-Service RemoteAccess -Force # every tunnel drops\n");
}
