#include "config.h"

#include "judge.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/json.h"
#include "support/perfdata.h"
#include "support/schema.h"

enum {
	ITEMS_MAX = 32,
	RECORD_HEADER = 5,
	RECORD_APPLICATION = 23,
	RECORD_MORE = 17 /* bytes that TLS 1.3 adds: type and tag */
};

static const char *const states[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

/* "seed 7: flip of ..", valid until the next call. */
static const char *
tell(const struct runs_one *one)
{
	static struct text text;

	text_cut(&text, 0);
	text_format(&text, "seed %llu: ", (unsigned long long)one->seed);
	mutation_tell(&one->mutation, &text);
	text_format(&text, ": exit %d, %.600s\n%s", one->result->exit, one->result->out,
	    text_chars(&one->events));
	return text_chars(&text);
}

/* ---- what rras-sim saw ---- */

/* Where the client takes its leave. */
static bool
is_farewell(const char *event)
{
	static const char *const words[] = {
	    "end", "left ", "disconnect", "terminate request", "http incomplete"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strncmp(event, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* How much of an event is the same in each run. Of what a client may wish only that it wished: what
 * rras-sim overlooks in a request, or refuses in any case, no client can know. */
static size_t
length_of(const char *event)
{
	static const char *const wishes[] = {"http ", "lcp wants "};

	for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++)
		if (strncmp(event, wishes[i], strlen(wishes[i])) == 0)
			return strlen(wishes[i]);
	return strcspn(event, "={\n");
}

/* Whether all events of WANTED are in SEEN in their order. */
static bool
has_all(const char *wanted, const char *seen)
{
	while (*wanted != '\0') {
		size_t length = length_of(wanted);

		while (*seen != '\0' &&
		       (length_of(seen) != length || strncmp(seen, wanted, length) != 0))
			seen += strcspn(seen, "\n") + 1;
		if (*seen == '\0')
			return false;
		seen += strcspn(seen, "\n") + 1;
		wanted += strcspn(wanted, "\n") + 1;
	}
	return true;
}

/* ---- a clean run ---- */

/* The flight of the client's good-bye; one behind the last when it says it by its FIN alone. */
static size_t
farewell_of(const struct mutation_exchange *exchange, bool answered)
{
	size_t at = exchange->count;

	if (!answered && exchange->flights[at - 1].side == MUTATION_SERVER)
		return at;
	do
		at--;
	while (exchange->flights[at].side != MUTATION_CLIENT ||
	       (answered && at + 1 == exchange->count));
	ck_assert_uint_gt(at, 1);
	return at;
}

/*
 * How much SIDE has said before what stands at OFFSET. Below TLS that is counted in what its
 * records carry, up to the one that holds OFFSET: how many records there are differs from run to
 * run.
 */
static size_t
depth_of(
    const struct judge *judge, const struct runs_one *one, enum mutation_side side, size_t offset)
{
	const struct text *stream = &one->proxies[0].ways[side].said;
	const unsigned char *bytes = (const unsigned char *)text_chars(stream);
	size_t at = 0, depth = 0;

	if (judge->above_tls)
		return offset;
	while (at + RECORD_HEADER <= stream->length) {
		size_t length = (size_t)(bytes[at + 3] << 8 | bytes[at + 4]);

		if (offset < at + RECORD_HEADER + length)
			break;
		depth += bytes[at] == RECORD_APPLICATION ? length - RECORD_MORE : length;
		at += RECORD_HEADER + length;
	}
	return depth;
}

static void
lower(size_t *number, size_t to)
{
	if (*number == 0 || *number > to)
		*number = to;
}

/* Append the events up to the good-bye, or to the one that begins with UNTIL. */
static void
take_events(struct text *events, const char *seen, const char *until)
{
	while (*seen != '\0' && !is_farewell(seen) &&
	       (until == NULL || strncmp(seen, until, strlen(until)) != 0)) {
		size_t length = strcspn(seen, "\n") + 1;

		text_add_bytes(events, seen, length);
		seen += length;
	}
}

void
judge_learn(struct judge *judge, const struct runs_one *one, bool answered, const char *until)
{
	const struct mutation_exchange *exchange = &one->proxies[0].exchange;
	size_t farewell = farewell_of(exchange, answered);

	ck_assert_msg(one->result->exit == 0 && one->count == 1, "%s", tell(one));
	lower(&judge->needed[MUTATION_SERVER],
	    depth_of(judge, one, MUTATION_SERVER,
	        farewell < exchange->count ? exchange->flights[farewell].begins[MUTATION_SERVER]
	                                   : exchange->totals[MUTATION_SERVER]));
	lower(&judge->needed[MUTATION_CLIENT],
	    depth_of(judge, one, MUTATION_CLIENT,
	        exchange->flights[farewell - 1].begins[MUTATION_CLIENT]));
	judge->exchange = *exchange;
	text_cut(&judge->events, 0);
	take_events(&judge->events, text_chars(&one->events), until);
	ck_assert_uint_gt(judge->events.length, 0);
}

/* ---- what was hit ---- */

/* A byte that TLS leaves to anybody. */
static bool
is_unprotected(const struct text *stream, size_t offset)
{
	const unsigned char *bytes = (const unsigned char *)text_chars(stream);
	size_t at = 0;

	while (at + RECORD_HEADER <= stream->length && bytes[at] != RECORD_APPLICATION) {
		if (offset == at + 1 || offset == at + 2)
			return true;
		at += RECORD_HEADER + (size_t)(bytes[at + 3] << 8 | bytes[at + 4]);
	}
	return false;
}

/* The bits of the byte at OFFSET of what a server says that tell its answer. */
static unsigned
vital_bits(const struct text *stream, size_t offset)
{
	static const unsigned char status[] = {
	    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
	/* Version, C, length, type; that there is an attribute, its kind and its length. Reserved
	 * bits are not read, and of more attributes than there are those count that fit. */
	static const unsigned char ack[] = {
	    0xFF, 0x01, 0x0F, 0xFF, 0xFF, 0xFF, 0, 0x01, 0, 0xFF, 0x0F, 0xFF};
	const char *chars = text_chars(stream);
	const char *head = strstr(chars, "\r\n\r\n");
	const char *proof = memmem(chars, stream->length, "S=", 2);

	if (offset < sizeof status)
		return status[offset];
	if (head != NULL && offset >= (size_t)(head - chars) + 4 &&
	    offset - (size_t)(head - chars) - 4 < sizeof ack)
		return ack[offset - (size_t)(head - chars) - 4];
	if (proof != NULL && offset >= (size_t)(proof - chars) &&
	    offset < (size_t)(proof - chars) + 42)
		/* Small letters are as good. */
		return isalpha((unsigned char)chars[offset]) ? 0xDF : 0xFF;
	return 0;
}

static bool
may_be_green(const struct judge *judge, const struct runs_one *one)
{
	const struct mutation *mutation = &one->mutation;
	const struct text *stream = &one->proxies[0].ways[mutation->side].said;
	size_t first = mutation_begins(mutation);
	bool needed = depth_of(judge, one, mutation->side, first) < judge->needed[mutation->side];

	/* It came too late to do anything. */
	if (one->count == 0 || stream->length <= first)
		return true;
	if (!has_all(text_chars(&judge->events), text_chars(&one->events)))
		return false;
	if (!judge->above_tls)
		return !needed || (mutation->kind == MUTATION_FLIP &&
		                      is_unprotected(stream, mutation->offset));
	if (mutation->kind >= MUTATION_CUT)
		return !needed;
	return mutation->kind != MUTATION_FLIP || mutation->side != MUTATION_SERVER ||
	       (vital_bits(stream, mutation->offset) & mutation->mask) == 0;
}

/* ---- what was said ---- */

static void
check_text(const struct runs_one *one)
{
	struct perfdata_item items[ITEMS_MAX];
	const char *out = one->result->out, *bar = strstr(out, " | "), *problem;
	char wanted[32], *perfdata;
	size_t count;

	snprintf(wanted, sizeof wanted, "SSTP %s - ", states[one->result->exit]);
	ck_assert_msg(strncmp(out, wanted, strlen(wanted)) == 0, "%s", tell(one));
	ck_assert_msg(bar != NULL && strchr(out, '\n') == out + strlen(out) - 1, "%s", tell(one));
	/* A cause in brackets wherever something is wrong, and only there. */
	ck_assert_msg((bar[-1] == ']') == (one->result->exit != 0), "%s", tell(one));
	for (const char *c = out; *c != '\n'; c++)
		ck_assert_msg((unsigned char)*c >= ' ' && *c != 0x7F && *c != '<' && *c != '>' &&
		                  (*c != '|' || c == bar + 1),
		    "%s", tell(one));
	perfdata = strdup(bar + 3);
	perfdata[strlen(perfdata) - 1] = '\0';
	problem = perfdata_parse(perfdata, items, ITEMS_MAX, &count);
	ck_assert_msg(problem == NULL, "%s: %s", problem, tell(one));
	free(perfdata);
}

static void
check_json(const struct runs_one *one)
{
	const char *out = one->result->out, *problem;
	size_t where;
	struct json *json = json_parse(out, strlen(out), &where);
	struct text path = TEXT_EMPTY;
	int exit = one->result->exit;

	ck_assert_msg(json != NULL, "no JSON at %zu, %s", where, tell(one));
	problem = schema_check(json, &path);
	ck_assert_msg(problem == NULL, "%s: %s: %s", text_chars(&path), problem, tell(one));
	ck_assert_msg(json_is_number(json, "exit", exit), "%s", tell(one));
	ck_assert_msg(strcmp(json_string(json, "state"), states[exit]) == 0, "%s", tell(one));
	ck_assert_msg(json_is_null(json, "cause") == (exit == 0), "%s", tell(one));
	ck_assert_msg((json_count(json_at(json, "findings")) == 0) == (exit == 0), "%s", tell(one));
	ck_assert_msg(
	    strcmp(json_string(json, "targets.0.state"), states[exit]) == 0, "%s", tell(one));
	text_free(&path);
	json_free(json);
}

void
judge_decide(struct judge *judge, const struct runs_one *one)
{
	bool green = one->result->exit == 0;

	ck_assert_msg(one->result->signal == 0 && one->result->exit >= 0 && one->result->exit <= 3,
	    "signal %d, %s: %s", one->result->signal, one->result->err, tell(one));
	ck_assert_msg(*one->result->err == '\0', "%s: %s", one->result->err, tell(one));
	ck_assert_msg(one->result->exit != 3, "this host is blamed, %s", tell(one));
	if (one->json)
		check_json(one);
	else
		check_text(one);
	judge->runs++;
	if (mutation_is_harmless(&one->mutation)) {
		ck_assert_msg(
		    green && has_all(text_chars(&judge->events), text_chars(&one->events)), "%s",
		    tell(one));
		return;
	}
	judge->mutated++;
	judge->green += green;
	ck_assert_msg(!green || may_be_green(judge, one), "green, %s", tell(one));
}

void
judge_free(struct judge *judge)
{
	text_free(&judge->events);
}
