#include "config.h"

#include "judge.h"

#include <check.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "told.h"

enum {
	RECORD_HEADER = 5,
	RECORD_APPLICATION = 23,
	RECORD_MORE = 17 /* bytes that TLS 1.3 adds: type and tag */
};

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

/* The flight in which the client, who has all it wants, says or begins its good-bye; one behind the
 * last when it says it by its FIN alone. */
static size_t
farewell_of(const struct mutation_exchange *exchange, enum judge_goodbye goodbye)
{
	bool answered = goodbye == JUDGE_ANSWERED;
	size_t at = exchange->count;

	if (goodbye == JUDGE_AT_ONCE) {
		ck_assert_uint_gt(at, 2);
		ck_assert(exchange->flights[2].side == MUTATION_CLIENT);
		return 2;
	}
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
    const struct judge *judge, const struct runs_lane *lane, enum mutation_side side, size_t offset)
{
	const struct text *stream = &lane->proxies[0].ways[side].said;
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

static void
learn_lane(struct judge *judge, const struct runs_lane *lane, enum judge_goodbye goodbye,
    const char *until)
{
	const struct mutation_exchange *exchange = &lane->proxies[0].exchange;
	size_t farewell = farewell_of(exchange, goodbye);

	lower(&judge->needed[MUTATION_SERVER],
	    depth_of(judge, lane, MUTATION_SERVER,
	        farewell < exchange->count ? exchange->flights[farewell].begins[MUTATION_SERVER]
	                                   : exchange->totals[MUTATION_SERVER]));
	lower(&judge->needed[MUTATION_CLIENT],
	    depth_of(judge, lane, MUTATION_CLIENT,
	        exchange->flights[farewell - 1].begins[MUTATION_CLIENT]));
	/* Of the same words some come in one flight now and in two then. */
	if (exchange->count > judge->exchange.count)
		judge->exchange = *exchange;
	text_cut(&judge->events, 0);
	take_events(&judge->events, text_chars(&lane->events), until);
	ck_assert_uint_gt(judge->events.length, 0);
}

void
judge_learn(
    struct judge *judge, const struct runs_one *one, enum judge_goodbye goodbye, const char *until)
{
	ck_assert_msg(one->result->exit == 0, "%s", runs_tell(one));
	for (size_t i = 0; i < one->lanes_count; i++) {
		ck_assert_msg(one->lanes[i].count == 1, "%s", runs_tell(one));
		learn_lane(judge, &one->lanes[i], goodbye, until);
	}
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

/* Whether it may be well though something happened on the way. */
static bool
may_be_well(const struct judge *judge, const struct runs_lane *lane)
{
	const struct mutation *mutation = &lane->mutation;
	const struct text *stream = &lane->proxies[0].ways[mutation->side].said;
	size_t first = mutation_begins(mutation);
	bool needed = depth_of(judge, lane, mutation->side, first) < judge->needed[mutation->side];

	/* It came too late to do anything. */
	if (lane->count == 0 || stream->length <= first)
		return true;
	if (!has_all(text_chars(&judge->events), text_chars(&lane->events)))
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

/* Where nothing is said of who was well alone, the whole may be well when each of them may. */
static void
decide_lane(struct judge *judge, const struct runs_one *one, size_t number, const struct told *told)
{
	const struct runs_lane *lane = &one->lanes[number];
	const char *shown = told->shown[number];
	bool well = told->healthy[number] && !told->warned[number];

	ck_assert_msg(!told->healthy[number] || *shown == '\0' || *judge->shown == '\0' ||
	                  strcasecmp(shown, judge->shown) == 0,
	    "%s is not the certificate that was shown, %s", shown, runs_tell(one));
	judge->lanes++;
	if (mutation_is_harmless(&lane->mutation))
		return;
	judge->mutated++;
	judge->well += well;
	ck_assert_msg(
	    !well || may_be_well(judge, lane), "lane %zu is well, %s", number, runs_tell(one));
}

/* Whether the bytes of LANE came as they were. */
static bool
is_clean(const struct judge *judge, const struct runs_lane *lane)
{
	return mutation_is_harmless(&lane->mutation) &&
	       has_all(text_chars(&judge->events), text_chars(&lane->events));
}

bool
judge_decide(struct judge *judge, const struct runs_one *one)
{
	bool harmless = true, pool = told_is_pool(one);
	struct told told;

	if (one->hasty && told_is_late(one))
		return false;
	told_read(one, &told);
	for (size_t i = 0; i < one->lanes_count; i++)
		harmless &= mutation_is_harmless(&one->lanes[i].mutation);
	for (size_t i = 0; i < one->lanes_count; i++)
		if ((pool || harmless) && mutation_is_harmless(&one->lanes[i].mutation)) {
			bool spotless = told.spotless[i] && is_clean(judge, &one->lanes[i]);

			if (!spotless && one->hasty)
				return false;
			ck_assert_msg(spotless, "lane %zu is not well, %s", i, runs_tell(one));
		}
	ck_assert_msg(!harmless || one->result->exit == 0, "%s", runs_tell(one));
	for (size_t i = 0; i < one->lanes_count; i++)
		decide_lane(judge, one, i, &told);
	judge->runs++;
	return true;
}

void
judge_free(struct judge *judge)
{
	text_free(&judge->events);
}
