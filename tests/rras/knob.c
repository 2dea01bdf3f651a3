#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "base/number.h"
#include "knob.h"

static bool
can_be_decoded(const char *value)
{
	for (const char *c = value; *c != '\0'; c++)
		if (*c == '%' && (hex_digit(c[1]) < 0 || hex_digit(c[2]) < 0))
			return false;
	return true;
}

static void *
field_of(struct member *member, size_t offset)
{
	return (char *)member + offset;
}

/* Whether VALUE is the word that begins at VALUES and ends at a '|' or the end; a word "x:N" wants
 * a number for its N. */
static bool
is_choice(const char *values, const char *value, long *number)
{
	size_t length = strcspn(values, "|");
	bool wants_number = length > 2 && memcmp(values + length - 2, ":N", 2) == 0;
	if (wants_number)
		length--;
	if (strncmp(values, value, length) != 0)
		return false;
	return wants_number ? number_whole(value + length, 0, INT32_MAX, number)
	                    : value[length] == '\0';
}

/* Where among VALUES it stands, or -1. */
static int
place_of(const char *values, const char *value, long *number)
{
	for (int place = 0;; place++) {
		if (is_choice(values, value, number))
			return place;
		values += strcspn(values, "|");
		if (*values++ == '\0')
			return -1;
	}
}

static bool
set_choice(struct member *member, const struct knob *knob, const char *value)
{
	int *choice = field_of(member, knob->field);
	long number = MEMBER_NOT_GIVEN;
	int place = place_of(knob->values, value, &number);
	if (place == -1)
		return false;
	*choice = place;
	if (number != MEMBER_NOT_GIVEN)
		*(long *)field_of(member, knob->number) = number;
	return true;
}

static bool
set_choices(struct member *member, const struct knob *knob, char *value)
{
	struct methods *methods = field_of(member, knob->field);
	char *rest = NULL;
	methods->count = 0;
	for (char *one = strtok_r(value, "+", &rest); one != NULL;
	     one = strtok_r(NULL, "+", &rest)) {
		int place = place_of(knob->values, one, NULL);
		if (place == -1 || methods->count == METHODS)
			return false;
		methods->list[methods->count++] = (enum method)place;
	}
	return methods->count > 0;
}

static bool
is_hex(const char *value)
{
	size_t length = strspn(value, "0123456789abcdefABCDEF");
	return length > 0 && length % 2 == 0 && length <= 2 * (size_t)UINT8_MAX &&
	       value[length] == '\0';
}

static bool
set_hex(const char **field, const char *values, const char *value)
{
	bool is_word = strcmp(value, "HEX") != 0 && place_of(values, value, NULL) != -1;
	*field = value;
	return is_word || is_hex(value);
}

static bool
set_list(struct member *member, const struct knob *knob, const char *value)
{
	const char **list = field_of(member, knob->field);
	size_t count = 0;
	while (list[count] != NULL)
		count++;
	if (count == MEMBER_HEADERS_MAX)
		return false;
	list[count] = value;
	return true;
}

static bool
set_ipv4(struct in_addr *address, const char *value)
{
	address->s_addr = INADDR_ANY;
	return strcmp(value, "none") == 0 || inet_pton(AF_INET, value, address) == 1;
}

bool
knob_set(struct member *member, const struct knob *knob, char *value)
{
	switch (knob->kind) {
	case HEADING:
		return false;
	case CHOICE:
		return set_choice(member, knob, value);
	case COUNT:
		return number_whole(value, 0, INT32_MAX, field_of(member, knob->field));
	case DECIMAL:
		return number_decimal(value, field_of(member, knob->field));
	case TEXT:
		*(const char **)field_of(member, knob->field) = value;
		return can_be_decoded(value);
	case IPV4:
		return set_ipv4(field_of(member, knob->field), value);
	case HEX:
		return set_hex(field_of(member, knob->field), knob->values, value);
	case CHOICES:
		return set_choices(member, knob, value);
	case LIST:
		return can_be_decoded(value) && set_list(member, knob, value);
	}
	return false;
}
