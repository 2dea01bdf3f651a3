/*
 * knob - a row of the table of knobs, and how its value is read.
 */
#ifndef RRAS_KNOB_H
#define RRAS_KNOB_H

#include <stdbool.h>
#include <stddef.h>

#include "member.h"

enum knob_kind {
	HEADING,
	CHOICE,  /* int: the place of the value in VALUES; a value "word:N" also sets a long */
	COUNT,   /* long */
	DECIMAL, /* double */
	TEXT,    /* const char *, not decoded yet */
	LIST,    /* const char *[MEMBER_HEADERS_MAX + 1], likewise */
	CHOICES, /* struct methods: several of VALUES, joined by '+' */
	IPV4,    /* struct in_addr; 0.0.0.0 is "none" */
	HEX,     /* const char *: bytes, two digits each, or another of VALUES */
};

struct knob {
	enum knob_kind kind;
	const char *name;
	const char *values;
	const char *meaning;
	size_t field;  /* where in a struct member */
	size_t number; /* where the N of "word:N" goes */
};

/* Set what KNOB is for in MEMBER. VALUE may be taken apart, and is kept. False: it is no such. */
bool knob_set(struct member *member, const struct knob *knob, char *value);

#endif
