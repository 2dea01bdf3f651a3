#include "terms.h"
#include "options.h"

enum { MRU = 4091, MRU_MIN = 128, MRU_SMALL = 1400, MAX_FAILURE = 5 };

/* What a client is told by a server that wants small packets, or never has enough. */
static enum answer
judge_mru(const struct member *member, unsigned mru, unsigned naks, struct text *wishes)
{
	unsigned wish = MRU;
	bool good = mru >= MRU_MIN && mru <= MRU;
	if (member->ppp == PPP_NAKS_MRU) {
		wish = MRU_SMALL;
		good = mru <= MRU_SMALL;
	} else if (member->ppp == PPP_LOOPS) {
		wish = MRU_SMALL + naks % 2;
		good = false;
	}
	if (good)
		return ANSWER_ACK;
	options_add_number(wishes, OPTION_MRU, wish, 2);
	return ANSWER_NAK;
}

struct terms {
	const struct member *member;
	uint32_t magic;
	unsigned naks;
	bool has_mru;
};

static enum answer
judge(void *context, const struct option *option, struct text *wishes)
{
	struct terms *terms = context;
	struct cursor value = option->value;
	uint32_t theirs;
	switch (option->type) {
	case OPTION_ASYNC_MAP:
	case OPTION_PFC:
	case OPTION_ACFC:
	case OPTION_ENDPOINT:
		return ANSWER_ACK;
	case OPTION_MRU:
		terms->has_mru = true;
		return judge_mru(terms->member, cursor_u16(&value), terms->naks, wishes);
	case OPTION_MAGIC:
		theirs = cursor_u32(&value);
		if (terms->member->ppp == PPP_REJECTS_MAGIC)
			return ANSWER_REJECT;
		if (theirs != 0 && theirs != terms->magic)
			return ANSWER_ACK;
		options_add_number(wishes, OPTION_MAGIC, ~terms->magic, 4);
		return ANSWER_NAK;
	}
	return ANSWER_REJECT;
}

/* An option that is not there can be wished for too. */
static void
wish_for_more(const struct terms *terms, struct text *wishes)
{
	int ppp = terms->member->ppp;
	if (!terms->has_mru && (ppp == PPP_LOOPS || (ppp == PPP_NAKS_MRU && terms->naks < MAX_FAILURE)))
		judge_mru(terms->member, MRU, terms->naks, wishes);
}

/* After too many Naks there are Rejects in their place (RFC 1661 section 4.6). */
enum answer
terms_answer(const struct member *member, uint32_t magic, unsigned naks, struct cursor list,
    struct text *options)
{
	struct terms terms = {member, magic, naks, false};
	struct answer_parts parts = {0};
	answer_collect(&parts, list, judge, &terms);
	wish_for_more(&terms, &parts.wishes);
	if (naks >= MAX_FAILURE && member->ppp != PPP_LOOPS) {
		text_add_bytes(&parts.rejected, parts.refused.bytes, parts.refused.length);
		text_cut(&parts.wishes, 0);
	}
	enum answer answer = answer_choose(&parts, list, options);
	answer_free(&parts);
	return answer;
}
