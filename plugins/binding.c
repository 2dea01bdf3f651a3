#include "config.h"

#include "binding.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define AGE_DEFAULT (26 * 3600.0) /* a day, and room for a job that is late */
#define AGE_MAX     (3660 * 86400.0)
#define AGE_TAKES   "a time such as 90m, 26h or 2d"

void
binding_begin(struct binding *binding)
{
	memset(binding, 0, sizeof *binding);
	binding->age_max = AGE_DEFAULT;
}

static struct binding *
at(void *config, int detail)
{
	return (struct binding *)((char *)config + detail);
}

const char *
binding_store_path(void *config, const char *value, int detail)
{
	struct binding *binding = at(config, detail);
	const char *slash = strrchr(value, '/');

	if (*value == '\0')
		return "a file, or - for standard input";
	binding->path = value;
	if (strcmp(value, "-") == 0)
		snprintf(binding->name, sizeof binding->name, "standard input");
	else
		snprintf(
		    binding->name, sizeof binding->name, "%s", slash != NULL ? slash + 1 : value);
	return NULL;
}

const char *
binding_store_age(void *config, const char *value, int detail)
{
	static const char units[] = "mhd";
	static const double seconds[] = {60, 3600, 86400};
	size_t length = strlen(value);
	const char *unit = length == 0 ? NULL : strchr(units, value[length - 1]);
	char number[16];
	double age;

	if (unit == NULL || length > sizeof number)
		return AGE_TAKES;
	memcpy(number, value, length - 1);
	number[length - 1] = '\0';
	if (!number_decimal(number, &age) || !(age > 0))
		return AGE_TAKES;
	age *= seconds[unit - units];
	if (age > AGE_MAX)
		return AGE_TAKES ", ten years at the most";
	at(config, detail)->age_max = age;
	at(config, detail)->age_given = true;
	return NULL;
}

/* The name that clients dial: of an address, what was asked for there. */
static const char *
dialled(const struct facts *facts)
{
	if (!facts->name_is_address)
		return facts->name;
	return facts->tls.sni[0] != '\0' ? facts->tls.sni : NULL;
}

struct windows
binding_compare(const struct binding *binding, const struct dump *dump, const struct facts *facts,
    size_t count, uint16_t port)
{
	return (struct windows){
	    .file = binding->name,
	    .age_max = (int64_t)binding->age_max,
	    .date = facts[0].date,
	    .name = dialled(&facts[0]),
	    .port = port,
	    .seen = {.dump = dump, .facts = facts, .count = count},
	};
}
