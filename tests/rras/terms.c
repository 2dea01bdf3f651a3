#include "terms.h"
#include "options.h"

enum { MRU = 4091, MRU_MIN = 128, MRU_SMALL = 1400, MAX_FAILURE = 5 };

/* What a client is told by a server that wants small packets, or never has enough. */
static enum terms_answer
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
		return TERMS_ACK;
	options_add_number(wishes, OPTION_MRU, wish, 2);
	return TERMS_NAK;
}

/* Judge one option. What it should be instead goes to WISHES. */
static enum terms_answer
judge(const struct member *member, uint32_t magic, unsigned naks, const struct option *option,
    struct text *wishes)
{
	struct cursor value = option->value;
	uint32_t theirs;
	switch (option->type) {
	case OPTION_ASYNC_MAP:
	case OPTION_PFC:
	case OPTION_ACFC:
	case OPTION_ENDPOINT:
		return TERMS_ACK;
	case OPTION_MRU:
		return judge_mru(member, cursor_u16(&value), naks, wishes);
	case OPTION_MAGIC:
		theirs = cursor_u32(&value);
		if (member->ppp == PPP_REJECTS_MAGIC)
			return TERMS_REJECT;
		if (theirs != 0 && theirs != magic)
			return TERMS_ACK;
		options_add_number(wishes, OPTION_MAGIC, ~magic, 4);
		return TERMS_NAK;
	}
	return TERMS_REJECT;
}

/* An option that is not there can be wished for too. */
static void
wish_for_more(const struct member *member, unsigned naks, bool has_mru, struct text *wishes)
{
	if (!has_mru && (member->ppp == PPP_LOOPS || (member->ppp == PPP_NAKS_MRU && naks == 0)))
		judge_mru(member, MRU, naks, wishes);
}

/* Rejects come before Naks, and after too many Naks in their place (RFC 1661, 4.6 and 5.4). */
enum terms_answer
terms_answer(const struct member *member, uint32_t magic, unsigned naks, struct cursor list,
    struct text *options)
{
	const struct cursor all = list;
	struct text rejected = TEXT_EMPTY;
	struct text refused = TEXT_EMPTY;
	struct text wishes = TEXT_EMPTY;
	struct option option;
	bool has_mru = false;
	while (options_next(&list, &option)) {
		enum terms_answer one = judge(member, magic, naks, &option, &wishes);
		has_mru = has_mru || option.type == OPTION_MRU;
		if (one == TERMS_NAK)
			options_add(&refused, &option);
		else if (one == TERMS_REJECT)
			options_add(&rejected, &option);
	}
	wish_for_more(member, naks, has_mru, &wishes);
	if (naks >= MAX_FAILURE && member->ppp != PPP_LOOPS) {
		text_add_bytes(&rejected, refused.bytes, refused.length);
		text_cut(&wishes, 0);
	}
	enum terms_answer answer = TERMS_ACK;
	if (rejected.length > 0) {
		answer = TERMS_REJECT;
		text_add_bytes(options, rejected.bytes, rejected.length);
	} else if (wishes.length > 0) {
		answer = TERMS_NAK;
		text_add_bytes(options, wishes.bytes, wishes.length);
	} else
		text_add_bytes(options, all.at, all.left);
	text_free(&rejected);
	text_free(&refused);
	text_free(&wishes);
	return answer;
}
