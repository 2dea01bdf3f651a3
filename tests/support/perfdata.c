#include "support/perfdata.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_UNIQUE 19 /* what a round-robin database keeps of a label */
#define DIGITS       "0123456789"
#define LABEL_CHARS  "abcdefghijklmnopqrstuvwxyz" DIGITS "_"

/* The length of the decimal number that CHARS begin with; 0 when there is none. */
static size_t
number_length(const char *chars)
{
	const char *at = chars + (*chars == '-');
	size_t whole = strspn(at, DIGITS);
	size_t fraction;

	at += whole;
	if (whole == 0 || (whole > 1 && at[-(ptrdiff_t)whole] == '0'))
		return 0;
	if (*at != '.')
		return (size_t)(at - chars);
	fraction = strspn(at + 1, DIGITS);
	return fraction > 0 && at[fraction] != '0' ? (size_t)(at - chars) + 1 + fraction : 0;
}

static bool
is_number(const char *chars)
{
	return *chars == '\0' || number_length(chars) == strlen(chars);
}

/* 10, 10:, 10:20, ~:10, ~:, each perhaps with "@" before it. */
static bool
is_range(const char *chars)
{
	size_t low;

	if (*chars == '\0')
		return true;
	chars += *chars == '@';
	low = *chars == '~' ? 1 : number_length(chars);
	if (low == 0)
		return false;
	if (chars[low] == '\0')
		return *chars != '~';
	return chars[low] == ':' && is_number(chars + low + 1);
}

/* Copy the next field, which ends with one of ENDS or the end. */
static bool
take_field(const char **chars, const char *ends, char field[PERFDATA_FIELD_MAX])
{
	size_t length = strcspn(*chars, ends);

	if (length >= PERFDATA_FIELD_MAX)
		return false;
	memcpy(field, *chars, length);
	field[length] = '\0';
	*chars += length;
	return true;
}

static const char *
read_value(const char *chars, struct perfdata_item *item)
{
	size_t length = number_length(chars);

	item->measured = strcmp(chars, "U") != 0;
	if (!item->measured)
		return NULL;
	if (length == 0)
		return "a value is no decimal number";
	item->value = strtod(chars, NULL);
	if (strcmp(chars + length, "") != 0 && strcmp(chars + length, "s") != 0 &&
	    strcmp(chars + length, "%") != 0)
		return "a unit is unknown";
	memcpy(item->unit, chars + length, strlen(chars + length) + 1);
	return NULL;
}

static const char *
read_item(const char **chars, struct perfdata_item *item)
{
	char *const fields[] = {item->warning, item->critical, item->low, item->high};
	char value[PERFDATA_FIELD_MAX];
	const char *problem;

	if (!take_field(chars, "= ;", item->label) || *item->label == '\0' ||
	    item->label[strspn(item->label, LABEL_CHARS)] != '\0')
		return "a label is not made of a-z, 0-9 and _";
	if (**chars != '=')
		return "a label is not followed by =";
	(*chars)++;
	if (!take_field(chars, "; ", value))
		return "a value is too long";
	problem = read_value(value, item);
	for (size_t i = 0; i < 4 && problem == NULL && **chars == ';'; i++) {
		(*chars)++;
		if (!take_field(chars, "; ", fields[i]))
			problem = "a field is too long";
		else if (!(i < 2 ? is_range(fields[i]) : is_number(fields[i])))
			problem = i < 2 ? "a threshold is no range" : "a limit is no number";
		else if (*fields[i] == '\0' && **chars != ';')
			problem = "an empty field at the end";
	}
	if (problem == NULL && **chars != ' ' && **chars != '\0')
		problem = "too many fields";
	return problem;
}

const char *
perfdata_parse(const char *chars, struct perfdata_item *items, size_t max, size_t *count)
{
	*count = 0;
	while (*chars != '\0') {
		struct perfdata_item *item = &items[*count];
		const char *problem;

		if (*count == max)
			return "too many items";
		memset(item, 0, sizeof *item);
		problem = read_item(&chars, item);
		if (problem != NULL)
			return problem;
		for (size_t i = 0; i < *count; i++)
			if (strncmp(items[i].label, item->label, LABEL_UNIQUE) == 0)
				return "two labels are the same";
		(*count)++;
		if (*chars == ' ' && *++chars == '\0')
			return "a blank at the end";
	}
	return NULL;
}

const struct perfdata_item *
perfdata_find(const struct perfdata_item *items, size_t count, const char *label)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i].label, label) == 0)
			return &items[i];
	return NULL;
}
