#include "report/textpool.h"

#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "base/sanitize.h"
#include "report/texttarget.h"
#include "verdict/judge_persistence.h"

#define OUTPUT_MAX 8000 /* bytes of -v, a little less than 8 KiB */
#define NAMES_MAX  1500 /* bytes of them for the names of healthy members */
#define CAUSES_MAX 600  /* and for what is counted by cause */

static void
add_clean(struct text *text, const char *chars)
{
	sanitize_add(text, chars, strlen(chars), strlen(chars));
}

static const struct finding *
worst_of(const struct report *report, const struct pool_member *member)
{
	return member->details_count > 0 ? &report->verdict->details[member->details] : NULL;
}

static void
add_where(struct text *text, const struct facts *facts)
{
	const char *address = facts->address[0] != '\0' ? facts->address : facts->host;

	add_clean(text, facts->target);
	text_add(text, strchr(address, ':') != NULL ? " ([" : " (");
	add_clean(text, address);
	text_format(text, strchr(address, ':') != NULL ? "]:%u)" : ":%u)", facts->port);
}

/* "failed: rras3 (192.0.2.23:443): TLS reset ..; what to do [tls.reset]". */
static void
add_member(struct text *text, const struct report *report, const struct pool_member *member)
{
	const struct finding *worst = worst_of(report, member);

	text_format(text, "%s: ", pool_health_name(member->health));
	add_where(text, member->facts);
	text_format(text, " %.3f s", deadline_to_seconds(member->facts->total));
	if (worst != NULL) {
		text_add(text, ": ");
		add_clean(text, worst->summary);
		if (*worst->remedy != '\0') {
			text_add(text, "; ");
			add_clean(text, worst->remedy);
		}
		text_format(text, " [%s]", causes_row(worst->cause)->name);
	}
	if (member->expect_down && member->health == POOL_HEALTHY)
		text_add(text, ", though it was expected down");
	text_add_char(text, '\n');
}

/* Members for which there was no room, from FROM on. */
static void
add_rest(struct text *text, const struct report *report, enum pool_health health, size_t from)
{
	const struct pool *pool = report->pool;
	size_t counts[CAUSES] = {0}, begin = text->length, left = 0, told = 0;

	for (size_t i = from; i < pool->count; i++) {
		const struct finding *worst = worst_of(report, &pool->members[i]);

		if (pool->members[i].health != health)
			continue;
		left++;
		if (worst != NULL)
			counts[worst->cause]++;
	}
	if (left == 0)
		return;
	text_format(text, "%s: %zu more members", pool_health_name(health), left);
	for (int cause = 0; cause < CAUSES && text->length - begin < CAUSES_MAX; cause++)
		if (counts[cause] > 0)
			text_format(text, "%s%zu %s", told++ == 0 ? ": " : ", ", counts[cause],
			    causes_row((enum cause)cause)->name);
	text_add_char(text, '\n');
}

/* Members of a HEALTH that is told one by one, while the text is below MOST bytes. */
static void
add_each(struct text *text, const struct report *report, enum pool_health health, size_t most)
{
	const struct pool *pool = report->pool;

	for (size_t i = 0; i < pool->count; i++) {
		if (pool->members[i].health != health)
			continue;
		if (text->length > most) {
			add_rest(text, report, health, i);
			return;
		}
		add_member(text, report, &pool->members[i]);
	}
}

static void
add_healthy(struct text *text, const struct report *report)
{
	const struct pool *pool = report->pool;
	size_t begin = text->length, told = 0;

	for (size_t i = 0; i < pool->count && text->length - begin < NAMES_MAX; i++) {
		if (pool->members[i].health != POOL_HEALTHY)
			continue;
		text_add(text, told++ == 0 ? "healthy: " : ", ");
		add_clean(text, pool->members[i].facts->target);
		text_format(text, " %.3f s", deadline_to_seconds(pool->members[i].facts->total));
		if (pool->members[i].expect_down)
			text_add(text, " (expected down)");
	}
	if (told < pool->healthy)
		text_format(text, ", +%zu more", pool->healthy - told);
	if (told > 0)
		text_add_char(text, '\n');
}

/* What members without TLS must have stored, in full: it is to be copied from here. */
static void
add_offload_hash(struct text *text, const struct pool *pool)
{
	const struct facts *vip = pool->vip.facts;
	bool plain = false;

	for (size_t i = 0; i < pool->count; i++)
		plain |= pool->members[i].facts->plain;
	if (vip == NULL || vip->tls.chain_count == 0 || !plain)
		return;
	text_add(
	    text, "SHA-256 of the VIP's certificate, which each plain member must have stored: ");
	hex_add(text, vip->tls.chain[0].sha256, sizeof vip->tls.chain[0].sha256);
	text_add_char(text, '\n');
}

static void
add_persistence(struct text *text, const struct pool *pool)
{
	static const char *const words[] = {
	    [JUDGE_PERSISTENCE_UNKNOWN] = "cannot tell",
	    [JUDGE_PERSISTENCE_HELD] = "held",
	    [JUDGE_PERSISTENCE_BROKEN] = "not held",
	};

	if (pool->vip.facts == NULL || pool->vip.facts->persistence == NULL)
		return;
	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		struct text why = TEXT_EMPTY;
		enum judge_persistence proved = judge_persistence_of(pool, offer, &why);

		text_format(text, "persistence by %s: %s: %s\n", judge_persistence_name(offer),
		    words[proved], text_chars(&why));
		text->failed |= text_failed(&why);
		text_free(&why);
	}
}

static void
add_facts(struct text *text, const struct report *report, const struct facts *facts)
{
	text_add(text, "target: ");
	add_clean(text, facts->target);
	text_add_char(text, '\n');
	texttarget_add(text, facts, report->verbosity - 1, true);
}

void
textpool_add(struct text *text, const struct report *report)
{
	const struct pool *pool = report->pool;

	if (pool->vip.facts != NULL) {
		text_add(text, "VIP ");
		add_member(text, report, &pool->vip);
	}
	add_persistence(text, pool);
	add_offload_hash(text, pool);
	add_each(text, report, POOL_FAILED, OUTPUT_MAX - NAMES_MAX - 4 * CAUSES_MAX);
	add_each(text, report, POOL_UNKNOWN, OUTPUT_MAX - NAMES_MAX - 3 * CAUSES_MAX);
	add_each(text, report, POOL_EXPECTED_DOWN, OUTPUT_MAX - NAMES_MAX - 2 * CAUSES_MAX);
	add_healthy(text, report);
	if (report->verbosity < 2)
		return;
	for (size_t i = 0; i < pool->count; i++)
		add_facts(text, report, pool->members[i].facts);
	if (pool->vip.facts != NULL)
		add_facts(text, report, pool->vip.facts);
}
