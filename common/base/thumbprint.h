/*
 * thumbprint - the digest of a certificate, as people paste it.
 *
 * Windows shows SHA-1 thumbprints in lower case with blanks, OpenSSL colons, registry exports 0x,
 * and the certificate dialog puts an invisible U+200E before the first digit. All of it is read;
 * the length tells SHA-1 from SHA-256, and one is never compared with the other.
 */
#ifndef BASE_THUMBPRINT_H
#define BASE_THUMBPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define THUMBPRINT_SHA1   20 /* bytes */
#define THUMBPRINT_SHA256 32

struct thumbprint {
	uint8_t bytes[THUMBPRINT_SHA256];
	size_t length; /* THUMBPRINT_SHA1 or THUMBPRINT_SHA256 */
};

/* What is read, for error messages. */
extern const char thumbprint_takes[];

/*
 * Read the LENGTH bytes at CHARS: 40 or 64 hexadecimal digits of either case behind an optional 0x,
 * between which blanks, colons and U+200E, U+200F, U+00A0 and U+FEFF do not count. False, and
 * *THUMBPRINT untouched, for anything else.
 */
bool thumbprint_read(const char *chars, size_t length, struct thumbprint *thumbprint);

/* Whether it is one of these two, that of its own kind. */
bool thumbprint_is(const struct thumbprint *thumbprint, const uint8_t sha1[THUMBPRINT_SHA1],
    const uint8_t sha256[THUMBPRINT_SHA256]);

/* Append how a line names a digest that is too long for it: "C3AB8FF1..". */
void thumbprint_add_short(struct text *text, const uint8_t *bytes);

#endif
