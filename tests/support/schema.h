/*
 * schema - what the JSON of our plugins must look like, for tests.
 *
 * Every object has exactly its keys, in their order, and every value its type and its form: a
 * digest its digits, a date its letters. Null stands only where something can be unknown.
 */
#ifndef SUPPORT_SCHEMA_H
#define SUPPORT_SCHEMA_H

#include "base/text.h"
#include "support/json.h"

/* NULL, or what is wrong with the value at PATH, to which its keys and places are appended. */
const char *schema_check(const struct json *json, struct text *path);

#endif
