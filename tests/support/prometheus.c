#include "support/prometheus.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

/* Where the reader stands. */
struct reader {
	const char *at;
	struct prometheus *read;
	char family[PROMETHEUS_NAME_MAX];
	enum { NO_FAMILY, HELP_READ, TYPE_READ, SAMPLES_READ } state;
	char families[PROMETHEUS_SAMPLES_MAX][PROMETHEUS_NAME_MAX]; /* that are complete */
	size_t families_count;
};

static bool
take(struct reader *reader, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(reader->at, word, length) != 0)
		return false;
	reader->at += length;
	return true;
}

/* Lower case letters, digits and underscores, a letter first. */
static bool
take_name(struct reader *reader, char name[PROMETHEUS_NAME_MAX])
{
	size_t length = strspn(reader->at, LETTERS DIGITS "_");

	if (length == 0 || length >= PROMETHEUS_NAME_MAX ||
	    memchr(LETTERS, *reader->at, sizeof LETTERS - 1) == NULL)
		return false;
	memcpy(name, reader->at, length);
	name[length] = '\0';
	reader->at += length;
	return true;
}

static bool
ends_with(const char *chars, const char *end)
{
	size_t length = strlen(chars), end_length = strlen(end);

	return length >= end_length && strcmp(chars + length - end_length, end) == 0;
}

/* What the linter of Prometheus dislikes in the name of a gauge, and then some. */
static const char *
judge_family(const struct reader *reader, const char *name)
{
	static const char *const ends[] = {"_total", "_count", "_sum", "_bucket", "_gauge"};
	static const char *const units[] = {
	    "_ms", "_milliseconds", "_minutes", "_hours", "_days", "_sec", "_percent"};

	if (strncmp(name, "sstp_", 5) != 0)
		return "a name does not begin with sstp_";
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (ends_with(name, ends[i]))
			return "a name ends as no gauge may";
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (ends_with(name, units[i]))
			return "a unit is no base unit";
	for (size_t i = 0; i < reader->families_count; i++)
		if (strcmp(reader->families[i], name) == 0)
			return "a family is in two places";
	return NULL;
}

/* Close the family whose samples were read. */
static const char *
end_family(struct reader *reader)
{
	if (reader->state == NO_FAMILY)
		return NULL;
	if (reader->state != SAMPLES_READ)
		return "the family before has no sample";
	if (reader->families_count == PROMETHEUS_SAMPLES_MAX)
		return "too many families";
	memcpy(reader->families[reader->families_count++], reader->family, PROMETHEUS_NAME_MAX);
	return NULL;
}

/* Behind "# HELP ". */
static const char *
read_help(struct reader *reader)
{
	const char *problem = end_family(reader);

	if (problem != NULL)
		return problem;
	if (!take_name(reader, reader->family))
		return "HELP has no name";
	reader->state = HELP_READ;
	if (!take(reader, " ") || strchr(" \n", *reader->at) != NULL)
		return "HELP has no text";
	while (*reader->at != '\n' && *reader->at != '\0')
		if (*reader->at++ == '\\')
			return "HELP has an escape";
	return judge_family(reader, reader->family);
}

/* Behind "# TYPE ". */
static const char *
read_type(struct reader *reader)
{
	char name[PROMETHEUS_NAME_MAX];

	if (!take_name(reader, name))
		return "TYPE has no name";
	if (reader->state != HELP_READ || strcmp(name, reader->family) != 0)
		return "TYPE does not follow the HELP of its family";
	reader->state = TYPE_READ;
	return take(reader, " gauge") ? NULL : "the type is not gauge";
}

/* Behind the opening quote, up to the closing one, which is taken too. */
static const char *
read_label_value(struct reader *reader, char value[PROMETHEUS_VALUE_MAX])
{
	size_t length = 0;

	while (!take(reader, "\"")) {
		char c = *reader->at++;

		if (c == '\n' || c == '\0')
			return "a label does not end";
		if ((unsigned char)c < ' ' || c == 0x7F)
			return "a label holds a control character";
		if (c == '\\') {
			c = *reader->at++;
			if (c == 'n')
				c = '\n';
			else if (c != '\\' && c != '"')
				return "an escape is unknown";
		}
		if (length == PROMETHEUS_VALUE_MAX - 1)
			return "a label is too long";
		value[length++] = c;
	}
	value[length] = '\0';
	return length > 0 ? NULL : "a label is empty";
}

static const char *
read_label(struct reader *reader, struct prometheus_sample *sample)
{
	struct prometheus_label *label = &sample->labels[sample->labels_count];

	if (sample->labels_count == PROMETHEUS_LABELS_MAX)
		return "too many labels";
	if (!take_name(reader, label->name) || !take(reader, "=\""))
		return "a label is not written as name=\"value\"";
	if (prometheus_label(sample, label->name) != NULL)
		return "a label is there twice";
	if ((sample->labels_count == 0) != (strcmp(label->name, "target") == 0))
		return "the first label is not target";
	sample->labels_count++;
	return read_label_value(reader, label->value);
}

/* A decimal number and nothing else. */
static const char *
read_value(struct reader *reader, double *value)
{
	const char *start = reader->at;
	size_t whole, fraction;

	(void)take(reader, "-");
	whole = strspn(reader->at, DIGITS);
	if (whole == 0 || (whole > 1 && *reader->at == '0'))
		return "a value is no decimal number";
	reader->at += whole;
	if (take(reader, ".")) {
		fraction = strspn(reader->at, DIGITS);
		reader->at += fraction;
		if (fraction == 0 || reader->at[-1] == '0')
			return "a fraction is not written as short as it can be";
	}
	*value = strtod(start, NULL);
	return NULL;
}

static bool
is_same_series(const struct prometheus_sample *one, const struct prometheus_sample *other)
{
	if (strcmp(one->name, other->name) != 0 || one->labels_count != other->labels_count)
		return false;
	for (size_t i = 0; i < one->labels_count; i++) {
		const char *value = prometheus_label(other, one->labels[i].name);

		if (value == NULL || strcmp(one->labels[i].value, value) != 0)
			return false;
	}
	return true;
}

static const char *
judge_sample(const struct reader *reader, const struct prometheus_sample *sample)
{
	if (strcmp(sample->name, reader->family) != 0 || reader->state < TYPE_READ)
		return "a sample does not follow the TYPE of its family";
	for (const struct prometheus_sample *other = reader->read->samples; other < sample; other++)
		if (is_same_series(other, sample))
			return "a series is there twice";
	if (ends_with(sample->name, "_info") && sample->value != 1)
		return "an info is not 1";
	return NULL;
}

static const char *
read_sample(struct reader *reader)
{
	struct prometheus_sample *sample = &reader->read->samples[reader->read->count];
	const char *problem = NULL;

	if (reader->read->count == PROMETHEUS_SAMPLES_MAX)
		return "too many samples";
	sample->labels_count = 0;
	if (!take_name(reader, sample->name) || !take(reader, "{"))
		return "a sample does not begin with name{";
	do
		problem = read_label(reader, sample);
	while (problem == NULL && take(reader, ","));
	if (problem != NULL)
		return problem;
	if (!take(reader, "} "))
		return "the labels do not end with } and a blank";
	problem = read_value(reader, &sample->value);
	if (problem == NULL)
		problem = judge_sample(reader, sample);
	reader->state = SAMPLES_READ;
	reader->read->count++;
	return problem;
}

static const char *
read_line(struct reader *reader)
{
	const char *problem;

	if (take(reader, "# HELP "))
		problem = read_help(reader);
	else if (take(reader, "# TYPE "))
		problem = read_type(reader);
	else if (strchr("#\n", *reader->at) != NULL)
		problem = "neither HELP nor TYPE nor a sample";
	else
		problem = read_sample(reader);
	if (problem == NULL && *reader->at == '\0')
		problem = "the last line does not end";
	if (problem == NULL && !take(reader, "\n"))
		problem = "something behind the end";
	return problem;
}

static bool
is_utf8(const char *chars)
{
	size_t left = strlen(chars);
	uint32_t code;

	while (left > 0) {
		size_t length = utf8_read(chars, left, &code);

		if (length == 0)
			return false;
		chars += length;
		left -= length;
	}
	return true;
}

const char *
prometheus_parse(const char *chars, struct prometheus *read, size_t *line)
{
	static struct reader reader; /* large */
	const char *problem = NULL;

	memset(&reader, 0, sizeof reader);
	reader.at = chars;
	reader.read = read;
	read->count = 0;
	*line = 1;
	if (*chars == '\0')
		return "nothing at all";
	if (!is_utf8(chars))
		return "no UTF-8";
	while (problem == NULL && *reader.at != '\0') {
		problem = read_line(&reader);
		if (problem == NULL)
			++*line;
	}
	return problem != NULL ? problem : end_family(&reader);
}

const char *
prometheus_label(const struct prometheus_sample *sample, const char *name)
{
	for (size_t i = 0; i < sample->labels_count; i++)
		if (strcmp(sample->labels[i].name, name) == 0)
			return sample->labels[i].value;
	return NULL;
}

const struct prometheus_sample *
prometheus_find(const struct prometheus *read, const char *name, const char *target,
    const char *label, const char *value)
{
	for (size_t i = 0; i < read->count; i++) {
		const struct prometheus_sample *sample = &read->samples[i];
		const char *found = label == NULL ? NULL : prometheus_label(sample, label);
		const char *of = prometheus_label(sample, "target");

		if (strcmp(sample->name, name) == 0 && of != NULL && strcmp(of, target) == 0 &&
		    (label == NULL || (found != NULL && strcmp(found, value) == 0)))
			return sample;
	}
	return NULL;
}
