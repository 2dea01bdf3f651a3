/*
 * backends - the members of a pool as operators list them.
 *
 *   vpn1.example.com                    a host; it is called as it is written
 *   192.0.2.21:8443                     with a port
 *   rras1=vpn.example.com:50001         with a label
 *
 * In a file each has a line of its own. Empty lines, and what follows a '#' that begins a line or
 * has a blank before it, do not count. Words may follow it:
 *
 *   rras3=192.0.2.23 plain expect-down
 *
 * A label holds letters, digits and ". _ - : % [ ]", at most 63; no two are the same.
 */
#ifndef BASE_BACKENDS_H
#define BASE_BACKENDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/endpoint.h"
#include "base/text.h"

#define BACKENDS_MAX       4096
#define BACKENDS_LABEL_MAX 63

struct backend {
	char label[BACKENDS_LABEL_MAX + 1];
	struct endpoint endpoint;
	bool plain;       /* TLS is offloaded from it */
	bool expect_down; /* out of service on purpose */
	size_t line;      /* of the file that it is from, or 0 */
};

struct backends {
	struct backend *list; /* owned */
	size_t count, room;
};

#define BACKENDS_EMPTY \
	{              \
		0      \
	}

/* Add one, as on a command line. NULL, or what it takes. */
const char *backends_add(struct backends *backends, const char *chars);

/* Add those in the LENGTH bytes of a file. False when a line is wrong, PROBLEM then tells which and
 * why, or has failed. */
bool backends_read(
    struct backends *backends, const char *bytes, size_t length, struct text *problem);

/* One whose label another before it has; NULL when there is none. */
const struct backend *backends_twin(const struct backends *backends);

void backends_free(struct backends *backends);

#endif
