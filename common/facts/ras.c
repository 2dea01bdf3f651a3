#include "facts/ras.h"

#include <stddef.h>

static const struct row {
	uint32_t error;
	enum ras_verdict verdict;
	const char *name;
} rows[] = {
    {RAS_LOGON_HOURS, RAS_REFUSED, "outside the logon hours"},
    {RAS_ACCOUNT_DISABLED, RAS_REFUSED, "account disabled"},
    {RAS_PASSWORD_EXPIRED, RAS_REFUSED, "password expired"},
    {RAS_NO_DIAL_IN, RAS_REFUSED, "no permission to dial in"},
    {RAS_AUTHENTICATION, RAS_REFUSED, "logon refused"},
    {RAS_TIMEOUT, RAS_UNDECIDED, "PPP timed out"},
    {720, RAS_UNKNOWN, "no network protocol in common"},
    {732, RAS_UNKNOWN, "PPP does not converge"},
    {738, RAS_UNKNOWN, "no address to assign"},
    {741, RAS_UNKNOWN, "encryption demanded"},
    {742, RAS_UNKNOWN, "encryption demanded"},
    {RAS_POLICY, RAS_REFUSED, "not allowed by policy"},
    {RAS_RADIUS_TIMEOUT, RAS_UNDECIDED, "NPS or RADIUS does not answer"},
};

static const struct row *
find(uint32_t error)
{
	static const struct row none = {0, RAS_UNKNOWN, NULL};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].error == error)
			return &rows[i];
	return &none;
}

enum ras_verdict
ras_verdict(uint32_t error)
{
	return find(error)->verdict;
}

const char *
ras_name(uint32_t error)
{
	return find(error)->name;
}
