/*
 * json - a strict reader of JSON for tests (RFC 8259).
 *
 * Strict means: nothing but one value and blanks, valid UTF-8, no key twice in an object, no lone
 * surrogate, no NUL in a string, no number that JSON does not know. What our plugins write must be
 * read by every reader there is.
 */
#ifndef SUPPORT_JSON_H
#define SUPPORT_JSON_H

#include <stdbool.h>
#include <stddef.h>

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json {
	enum json_type type;
	bool truth;
	double number;
	char *string;
	char *key;          /* inside an object, else NULL */
	struct json *first; /* of the elements or members */
	struct json *next;
};

/* The value in LENGTH bytes, to be freed by json_free(). NULL when it is no JSON; *WHERE is then
 * the offset of the trouble. Running out of memory ends the program: this is for tests. */
struct json *json_parse(const char *bytes, size_t length, size_t *where);
void json_free(struct json *json);

/* The value at PATH below JSON, keys and places joined by points: "targets.0.tls.version"; "" is
 * JSON itself. NULL when there is none; a null that is there is a value of type JSON_NULL. */
const struct json *json_at(const struct json *json, const char *path);

/* How many elements or members JSON has; 0 for other types and for NULL. */
size_t json_count(const struct json *json);

/* The string at PATH, or NULL when there is no string. */
const char *json_string(const struct json *json, const char *path);

/* Whether the value at PATH is there and is null, this number, this truth. */
bool json_is_null(const struct json *json, const char *path);
bool json_is_number(const struct json *json, const char *path, double number);
bool json_is_bool(const struct json *json, const char *path, bool truth);

#endif
