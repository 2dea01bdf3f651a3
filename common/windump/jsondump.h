/*
 * jsondump - JSON of bindings and of SSTP's values, read character by character (RFC 8259).
 *
 * "netsh http show sslcert json=enable", ConvertTo-Json of registry values, and what the collector
 * of contrib/windows writes. No name of a member is relied upon but the registry's own and the
 * collector's: an object that holds an endpoint is an entry, and the digest and the GUID in it, or
 * in objects within it that hold no endpoint, are its own. Digests may be hexadecimal, base64 or a
 * list of numbers. A string that is the base64 of a certificate is one, wherever it stands.
 */
#ifndef WINDUMP_JSONDUMP_H
#define WINDUMP_JSONDUMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "facts/dump.h"

#define JSONDUMP_DEPTH    16
#define JSONDUMP_NAME_MAX 64

enum jsondump_state {
	JSONDUMP_WANTS_VALUE,
	JSONDUMP_WANTS_FIRST, /* a member, an element, or the end */
	JSONDUMP_WANTS_NAME,
	JSONDUMP_WANTS_COLON,
	JSONDUMP_WANTS_COMMA, /* or the end */
	JSONDUMP_STRING,
	JSONDUMP_ESCAPE,
	JSONDUMP_CODE, /* four digits of a character */
	JSONDUMP_WORD, /* a number, true, false, null */
	JSONDUMP_DONE,
	JSONDUMP_BROKEN,
};

/* An object or a list that is open. */
struct jsondump_frame {
	bool is_list;
	bool applied;                 /* SSTP's ConfigStore */
	char name[JSONDUMP_NAME_MAX]; /* of the member that is read, or under which a list stands */
	struct dump_binding binding;  /* what an object holds of an entry */
	struct dump_hash numbers;     /* what a list holds of bytes */
};

struct jsondump {
	enum jsondump_state state;
	bool begun;       /* a string was: it is no mere brace in some text */
	bool is_name;     /* the string that is read is a name */
	bool too_long;    /* and is not kept */
	unsigned code;    /* of the character that is escaped, */
	int code_digits;  /* so many of it read */
	struct text text; /* of the string or word; owned */
	struct jsondump_frame frames[JSONDUMP_DEPTH];
	size_t depth;
};

void jsondump_begin(struct jsondump *json);

/* Take a character, the first of which is '{' or '['; true until the value is whole or broken. What
 * it tells is added to DUMP on the way. */
bool jsondump_take(struct jsondump *json, char character, struct dump *dump);

void jsondump_free(struct jsondump *json);

#endif
