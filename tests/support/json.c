#include "support/json.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 32

struct reader {
	const char *start, *at, *end;
	int depth;
};

static struct json *read_value(struct reader *reader);

static void *
allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL)
		abort();
	return memory;
}

static bool
take(struct reader *reader, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

static void
skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end && *reader->at != '\0' &&
	       strchr(" \t\r\n", *reader->at) != NULL)
		reader->at++;
}

static size_t
skip_digits(struct reader *reader)
{
	const char *start = reader->at;

	while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
		reader->at++;
	return (size_t)(reader->at - start);
}

static bool
read_number(struct reader *reader, double *number)
{
	const char *start = reader->at;
	char chars[64];
	size_t length;

	(void)take(reader, "-");
	if (!take(reader, "0") && skip_digits(reader) == 0)
		return false;
	if (take(reader, ".") && skip_digits(reader) == 0)
		return false;
	if (take(reader, "e") || take(reader, "E")) {
		if (!take(reader, "+"))
			(void)take(reader, "-");
		if (skip_digits(reader) == 0)
			return false;
	}
	length = (size_t)(reader->at - start);
	if (length >= sizeof chars)
		return false;
	memcpy(chars, start, length);
	chars[length] = '\0';
	*number = strtod(chars, NULL);
	return true;
}

/* Four hexadecimal digits, or -1. */
static long
read_unit(struct reader *reader)
{
	char digits[5] = "";

	if (reader->end - reader->at < 4)
		return -1;
	memcpy(digits, reader->at, 4);
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	reader->at += 4;
	return strtol(digits, NULL, 16);
}

static char *
put_utf8(char *to, long code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xC0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3F));
	} else if (code < 0x10000) {
		*to++ = (char)(0xE0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3F));
		*to++ = (char)(0x80 | (code & 0x3F));
	} else {
		*to++ = (char)(0xF0 | code >> 18);
		*to++ = (char)(0x80 | (code >> 12 & 0x3F));
		*to++ = (char)(0x80 | (code >> 6 & 0x3F));
		*to++ = (char)(0x80 | (code & 0x3F));
	}
	return to;
}

/* Behind "\u". */
static bool
read_escaped_code(struct reader *reader, char **to)
{
	long code = read_unit(reader);

	if (code >= 0xD800 && code <= 0xDBFF) {
		long low = take(reader, "\\u") ? read_unit(reader) : -1;

		if (low < 0xDC00 || low > 0xDFFF)
			return false;
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
	} else if (code <= 0 || (code >= 0xDC00 && code <= 0xDFFF)) {
		return false;
	}
	*to = put_utf8(*to, code);
	return true;
}

/* Behind a backslash. */
static bool
read_escape(struct reader *reader, char **to)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (reader->at == reader->end || *reader->at == '\0')
		return false;
	if (take(reader, "u"))
		return read_escaped_code(reader, to);
	letter = strchr(letters, *reader->at);
	if (letter == NULL)
		return false;
	*(*to)++ = meanings[letter - letters];
	reader->at++;
	return true;
}

/* The bytes of the character at the reader, by the table of RFC 3629, section 4; 0 when it is
 * not valid. */
static size_t
character_length(const struct reader *reader)
{
	static const struct {
		unsigned char first_low, first_high, second_low, second_high;
		size_t length;
	} forms[] = {
	    {0x20, 0x7F, 0, 0, 1},
	    {0xC2, 0xDF, 0x80, 0xBF, 2},
	    {0xE0, 0xE0, 0xA0, 0xBF, 3},
	    {0xE1, 0xEC, 0x80, 0xBF, 3},
	    {0xED, 0xED, 0x80, 0x9F, 3},
	    {0xEE, 0xEF, 0x80, 0xBF, 3},
	    {0xF0, 0xF0, 0x90, 0xBF, 4},
	    {0xF1, 0xF3, 0x80, 0xBF, 4},
	    {0xF4, 0xF4, 0x80, 0x8F, 4},
	};
	const unsigned char *at = (const unsigned char *)reader->at;
	size_t left = (size_t)(reader->end - reader->at);

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (left < forms[i].length || at[0] < forms[i].first_low ||
		    at[0] > forms[i].first_high)
			continue;
		if (forms[i].length > 1 &&
		    (at[1] < forms[i].second_low || at[1] > forms[i].second_high))
			return 0;
		for (size_t j = 2; j < forms[i].length; j++)
			if (at[j] < 0x80 || at[j] > 0xBF)
				return 0;
		return forms[i].length;
	}
	return 0;
}

/* A string in quotes, or NULL. No form in the text is shorter than what it stands for. */
static char *
read_string(struct reader *reader)
{
	char *string, *to;

	if (!take(reader, "\""))
		return NULL;
	string = to = allocate((size_t)(reader->end - reader->at) + 1);
	while (!take(reader, "\"")) {
		bool escape = take(reader, "\\");
		size_t length = escape ? 0 : character_length(reader);

		if (escape ? !read_escape(reader, &to) : length == 0) {
			free(string);
			return NULL;
		}
		memcpy(to, reader->at, length);
		to += length;
		reader->at += length;
	}
	*to = '\0';
	return string;
}

static bool
has_key(const struct json *object, const char *key)
{
	for (const struct json *member = object->first; member != NULL; member = member->next)
		if (strcmp(member->key, key) == 0)
			return true;
	return false;
}

/* One element, or one member with its key. */
static struct json *
read_element(struct reader *reader, const struct json *parent)
{
	char *key = NULL;
	struct json *value;

	skip_blanks(reader);
	if (parent->type == JSON_OBJECT) {
		key = read_string(reader);
		skip_blanks(reader);
		if (key == NULL || has_key(parent, key) || !take(reader, ":")) {
			free(key);
			return NULL;
		}
	}
	value = read_value(reader);
	if (value == NULL)
		free(key);
	else
		value->key = key;
	return value;
}

/* Behind the opening bracket. */
static bool
read_elements(struct reader *reader, struct json *parent)
{
	const char *bracket = parent->type == JSON_OBJECT ? "}" : "]";
	struct json **to = &parent->first;

	if (reader->depth == DEPTH_MAX)
		return false;
	skip_blanks(reader);
	if (take(reader, bracket))
		return true;
	reader->depth++;
	do {
		*to = read_element(reader, parent);
		if (*to == NULL)
			return false;
		to = &(*to)->next;
		skip_blanks(reader);
	} while (take(reader, ","));
	reader->depth--;
	return take(reader, bracket);
}

static bool
read_into(struct reader *reader, struct json *json)
{
	if (take(reader, "null"))
		return true;
	json->truth = take(reader, "true");
	if (json->truth || take(reader, "false")) {
		json->type = JSON_BOOL;
		return true;
	}
	if (take(reader, "{") || take(reader, "[")) {
		json->type = reader->at[-1] == '{' ? JSON_OBJECT : JSON_ARRAY;
		return read_elements(reader, json);
	}
	if (reader->at < reader->end && *reader->at == '"') {
		json->type = JSON_STRING;
		json->string = read_string(reader);
		return json->string != NULL;
	}
	json->type = JSON_NUMBER;
	return read_number(reader, &json->number);
}

static struct json *
read_value(struct reader *reader)
{
	struct json *json = allocate(sizeof *json);

	skip_blanks(reader);
	if (!read_into(reader, json)) {
		json_free(json);
		return NULL;
	}
	return json;
}

struct json *
json_parse(const char *bytes, size_t length, size_t *where)
{
	struct reader reader = {.start = bytes, .at = bytes, .end = bytes + length};
	struct json *json = read_value(&reader);

	skip_blanks(&reader);
	*where = (size_t)(reader.at - reader.start);
	if (json != NULL && reader.at != reader.end) {
		json_free(json);
		return NULL;
	}
	return json;
}

void
json_free(struct json *json)
{
	while (json != NULL) {
		struct json *next = json->next;

		json_free(json->first);
		free(json->string);
		free(json->key);
		free(json);
		json = next;
	}
}

static const struct json *
child(const struct json *parent, const char *name, size_t length)
{
	const struct json *at = parent->first;

	if (parent->type == JSON_ARRAY) {
		for (size_t i = strtoul(name, NULL, 10); i > 0 && at != NULL; i--)
			at = at->next;
		return at;
	}
	while (at != NULL && (strncmp(at->key, name, length) != 0 || at->key[length] != '\0'))
		at = at->next;
	return at;
}

const struct json *
json_at(const struct json *json, const char *path)
{
	while (json != NULL && *path != '\0') {
		size_t length = strcspn(path, ".");

		json = child(json, path, length);
		path += length;
		path += *path == '.';
	}
	return json;
}

size_t
json_count(const struct json *json)
{
	size_t count = 0;

	if (json == NULL)
		return 0;
	for (const struct json *at = json->first; at != NULL; at = at->next)
		count++;
	return count;
}

const char *
json_string(const struct json *json, const char *path)
{
	const struct json *at = json_at(json, path);

	return at != NULL && at->type == JSON_STRING ? at->string : NULL;
}

bool
json_is_null(const struct json *json, const char *path)
{
	const struct json *at = json_at(json, path);

	return at != NULL && at->type == JSON_NULL;
}

bool
json_is_number(const struct json *json, const char *path, double number)
{
	const struct json *at = json_at(json, path);

	return at != NULL && at->type == JSON_NUMBER && at->number == number;
}

bool
json_is_bool(const struct json *json, const char *path, bool truth)
{
	const struct json *at = json_at(json, path);

	return at != NULL && at->type == JSON_BOOL && at->truth == truth;
}
