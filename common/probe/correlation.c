#include "config.h"

#include "probe/correlation.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/deadline.h"

void
correlation_make(char chars[39])
{
	uint8_t bytes[10];
	int64_t now;

	if (getentropy(bytes, sizeof bytes) != 0) {
		now = deadline_now();
		memset(bytes, 0, sizeof bytes);
		memcpy(bytes, &now, sizeof now);
	}
	/* Version 4, variant 1 (RFC 9562). */
	snprintf(chars, 39, "{%02X%02X%02X%02X-%02X%02X-4%X%02X-8%X%02X-" CORRELATION_TAIL "}",
	    bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6] & 15U, bytes[7],
	    bytes[8] & 15U, bytes[9]);
}
