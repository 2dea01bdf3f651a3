#include "base/backends.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define LABEL_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:%[]"
#define BLANKS           " \t"
#define ITEM_MAX \
	(BACKENDS_LABEL_MAX + 1 + 4 * ENDPOINT_HOST_MAX) /* longer than any that is right */

static const char *
set_label(struct backend *backend, const char *chars, size_t length)
{
	if (length == 0 || length > BACKENDS_LABEL_MAX || strspn(chars, LABEL_CHARACTERS) < length)
		return "a label of 1 to 63 letters, digits and . _ - before the =";
	memcpy(backend->label, chars, length);
	backend->label[length] = '\0';
	return NULL;
}

/* A host without a label is called as it is written, as far as that can be a label. */
static void
name_after_host(struct backend *backend, const char *host)
{
	if (set_label(backend, host, strlen(host)) == NULL)
		return;
	host = backend->endpoint.host;
	set_label(backend, host, strnlen(host, BACKENDS_LABEL_MAX));
}

static const char *
read_item(const char *chars, struct backend *backend)
{
	const char *equals = strchr(chars, '=');
	const char *host = equals != NULL ? equals + 1 : chars;
	enum endpoint_result result = endpoint_read(host, &backend->endpoint);
	const char *problem = endpoint_refusal(
	    result, result == ENDPOINT_BAD_PORT ? "a port from 1 to 65535 behind the host"
	                                        : "[LABEL=]HOST[:PORT], a host name or an address");

	if (problem != NULL)
		return problem;
	if (equals != NULL)
		problem = set_label(backend, chars, (size_t)(equals - chars));
	else
		name_after_host(backend, host);
	return problem;
}

static bool
make_room(struct backends *backends)
{
	size_t room = backends->room == 0 ? 8 : backends->room * 2;
	struct backend *list;

	if (backends->count < backends->room)
		return true;
	list = realloc(backends->list, room * sizeof *list);
	if (list == NULL)
		return false;
	backends->list = list;
	backends->room = room;
	return true;
}

const char *
backends_add(struct backends *backends, const char *chars)
{
	struct backend *backend;
	const char *problem;

	if (backends->count == BACKENDS_MAX)
		return "no more than 4096 backends in all";
	if (!make_room(backends))
		return text_no_memory;
	backend = &backends->list[backends->count];
	memset(backend, 0, sizeof *backend);
	problem = read_item(chars, backend);
	if (problem == NULL)
		backends->count++;
	return problem;
}

/* One of the words behind a backend. */
static bool
take_word(struct backend *backend, const char *word, size_t length)
{
	static const char plain[] = "plain", expect_down[] = "expect-down";

	if (length == strlen(plain) && memcmp(word, plain, length) == 0)
		backend->plain = true;
	else if (length == strlen(expect_down) && memcmp(word, expect_down, length) == 0)
		backend->expect_down = true;
	else
		return false;
	return true;
}

/* The length of what counts in a line. */
static size_t
without_comment(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] == '#' && (i == 0 || strchr(BLANKS, line[i - 1]) != NULL))
			return i;
	return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
}

/* The word at *AT, whose length is returned; 0 behind the last. */
static size_t
next_word(const char *line, size_t length, size_t *at)
{
	size_t end;

	while (*at < length && strchr(BLANKS, line[*at]) != NULL)
		++*at;
	for (end = *at; end < length && strchr(BLANKS, line[end]) == NULL; end++)
		;
	return end - *at;
}

static const char *
read_line(struct backends *backends, const char *line, size_t length, size_t number)
{
	char item[ITEM_MAX + 1];
	size_t at = 0, size = next_word(line, length, &at);
	const char *problem;

	if (size == 0)
		return NULL;
	if (size > ITEM_MAX)
		return "[LABEL=]HOST[:PORT], a host name or an address";
	memcpy(item, line + at, size);
	item[size] = '\0';
	problem = backends_add(backends, item);
	if (problem == NULL)
		backends->list[backends->count - 1].line = number;
	for (at += size; problem == NULL && (size = next_word(line, length, &at)) > 0; at += size)
		if (!take_word(&backends->list[backends->count - 1], line + at, size))
			problem = "plain and expect-down behind the backend, nothing else";
	return problem;
}

bool
backends_read(struct backends *backends, const char *bytes, size_t length, struct text *problem)
{
	for (size_t at = utf8_mark(bytes, length), number = 1; at < length; number++) {
		const char *line = bytes + at;
		const char *feed = memchr(line, '\n', length - at);
		size_t size = feed != NULL ? (size_t)(feed - line) : length - at;
		const char *takes = "no NUL byte";

		if (memchr(line, '\0', size) == NULL)
			takes = read_line(backends, line, without_comment(line, size), number);
		if (takes != NULL) {
			text_format(problem, "line %zu takes %s", number, takes);
			problem->failed |= takes == text_no_memory;
			return false;
		}
		at += size + 1;
	}
	return true;
}

/* Those of one label in the order in which they were listed. */
static int
compare_labels(const void *one, const void *other)
{
	const struct backend *a = *(const struct backend *const *)one;
	const struct backend *b = *(const struct backend *const *)other;
	int order = strcmp(a->label, b->label);

	return order != 0 ? order : (a > b) - (a < b);
}

const struct backend *
backends_twin(const struct backends *backends)
{
	const struct backend **sorted = calloc(backends->count + 1, sizeof *sorted);
	const struct backend *twin = NULL;

	if (sorted == NULL)
		return NULL;
	for (size_t i = 0; i < backends->count; i++)
		sorted[i] = &backends->list[i];
	qsort(sorted, backends->count, sizeof *sorted, compare_labels);
	for (size_t i = 1; i < backends->count && twin == NULL; i++)
		if (strcmp(sorted[i - 1]->label, sorted[i]->label) == 0)
			twin = sorted[i];
	free(sorted);
	return twin;
}

void
backends_free(struct backends *backends)
{
	free(backends->list);
	memset(backends, 0, sizeof *backends);
}
