/*
 * idn - international names to the form that DNS, SNI and certificates carry.
 *
 * Each label with letters beyond ASCII becomes "xn--" and its Punycode (RFC 3492, RFC 5891).
 * Letters are lower-cased first where the platform has a UTF-8 locale to say how; no other mapping
 * is done, so a name is expected as people write it (Unicode normal form C).
 */
#ifndef BASE_IDN_H
#define BASE_IDN_H

#include <stdbool.h>

#include "base/text.h"

/* Append the A-label form of NAME, ASCII labels unchanged. False when NAME is not valid UTF-8 or a
 * label grows beyond 63 bytes. */
bool idn_to_ascii(const char *name, struct text *text);

#endif
