/*
 * options - lists of configuration options: those of LCP (RFC 1661 section 6) and IPCP (RFC 1332,
 * RFC 1877).
 *
 *   0      1                 2..
 *   type   length with both  value
 */
#ifndef RRAS_OPTIONS_H
#define RRAS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"

enum option_type {
	OPTION_MRU = 1,
	OPTION_ASYNC_MAP = 2,
	OPTION_AUTHENTICATION = 3,
	OPTION_QUALITY = 4,
	OPTION_MAGIC = 5,
	OPTION_PFC = 7,
	OPTION_ACFC = 8,
	OPTION_CALLBACK = 13,
	OPTION_MRRU = 17,
	OPTION_SHORT_SEQUENCE = 18,
	OPTION_ENDPOINT = 19,
};

enum option_type_ipcp {
	OPTION_COMPRESSION = 2,
	OPTION_ADDRESS = 3,
	OPTION_DNS = 129,
	OPTION_WINS = 130,
	OPTION_SECOND_DNS = 131,
	OPTION_SECOND_WINS = 132,
};

struct option {
	uint8_t type;
	const uint8_t *bytes; /* all of it */
	size_t length;
	struct cursor value;
};

/* The next option of a LIST; false at its end, or where it is broken: then LIST has failed. */
bool options_next(struct cursor *list, struct option *option);

/* What is wrong with a LIST whoever sends it and whatever for, or NULL: its form, the length of an
 * option, one that is there twice. */
const char *options_problem(struct cursor list);
const char *options_problem_ipcp(struct cursor list);

void options_add(struct text *list, const struct option *option);

/* Append an option with a value of SIZE bytes: 0, 1, 2 or 4. */
void options_add_number(struct text *list, unsigned type, uint32_t value, size_t size);

#endif
