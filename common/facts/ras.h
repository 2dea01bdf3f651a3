/*
 * ras - the errors of RAS with which Windows ends PPP (raserror.h, mprerror.h).
 *
 * What MS-CHAPv2 says behind E= are some of the same numbers (RFC 2759 6).
 */
#ifndef FACTS_RAS_H
#define FACTS_RAS_H

#include <stdint.h>

enum ras_error {
	RAS_LOGON_HOURS = 646,
	RAS_ACCOUNT_DISABLED = 647,
	RAS_PASSWORD_EXPIRED = 648,
	RAS_NO_DIAL_IN = 649,
	RAS_AUTHENTICATION = 691,
	RAS_TIMEOUT = 718,
	RAS_POLICY = 812,
	RAS_RADIUS_TIMEOUT = 930,
};

/* What an error says about the logon that ends with it. */
enum ras_verdict {
	RAS_UNKNOWN, /* nothing that is known: it is as an end without a reason */
	RAS_REFUSED,
	RAS_UNDECIDED, /* nobody has judged it */
};

enum ras_verdict ras_verdict(uint32_t error);

/* "PPP timed out" and so on; NULL for one that has no name here. */
const char *ras_name(uint32_t error);

#endif
