/*
 * feed - feeds windump, for its tests, and has a scene with every kind of entry to feed it with.
 */
#ifndef UNIT_WINDUMP_FEED_H
#define UNIT_WINDUMP_FEED_H

#include "facts/dump.h"
#include "support/dumps.h"

#define FEED_SHA1   "0123456789abcdef0123456789abcdef01234567"
#define FEED_OTHER  "fedcba9876543210fedcba9876543210fedcba98"
#define FEED_SHA256 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FEED_IIS    "{4dc3e181-e14b-4a21-b022-59fc669b0914}"

/* What was read the last time; to be freed before the next. */
extern struct dump feed_dump;

/* Read LENGTH bytes in pieces of PIECE, and to their end. */
void feed_bytes(const void *bytes, size_t length, size_t piece);
void feed_chars(const char *chars);

/* Whether a hash is there and is DIGITS. */
bool feed_is_hash(const struct dump_hash *hash, const char *digits);

/* Every kind of entry, and SSTP's values. */
struct dumps_scene feed_full_scene(void);

/* What its entries are read as. */
extern const struct feed_kind {
	enum dump_kind kind;
	const char *host;
	unsigned port;
} feed_kinds[];

#endif
