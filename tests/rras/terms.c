#include "terms.h"
#include "options.h"

enum { MRU = 4091, MRU_MIN = 128, MAX_FAILURE = 5 };

/* Judge one option. What it should be instead goes to WISHES. */
static enum terms_answer
judge(const struct option *option, uint32_t magic, struct text *wishes)
{
	struct cursor value = option->value;
	switch (option->type) {
	case OPTION_ASYNC_MAP:
	case OPTION_PFC:
	case OPTION_ACFC:
	case OPTION_ENDPOINT:
		return TERMS_ACK;
	case OPTION_MRU: {
		unsigned mru = cursor_u16(&value);
		if (mru >= MRU_MIN && mru <= MRU)
			return TERMS_ACK;
		options_add_number(wishes, OPTION_MRU, MRU, 2);
		return TERMS_NAK;
	}
	case OPTION_MAGIC: {
		uint32_t theirs = cursor_u32(&value);
		if (theirs != 0 && theirs != magic)
			return TERMS_ACK;
		options_add_number(wishes, OPTION_MAGIC, ~magic, 4);
		return TERMS_NAK;
	}
	}
	return TERMS_REJECT;
}

/* Rejects come before Naks, and after too many Naks in their place (RFC 1661, 4.6 and 5.4). */
enum terms_answer
terms_answer(uint32_t magic, unsigned naks, struct cursor list, struct text *options)
{
	const struct cursor all = list;
	struct text rejected = TEXT_EMPTY;
	struct text refused = TEXT_EMPTY;
	struct text wishes = TEXT_EMPTY;
	struct option option;
	while (options_next(&list, &option)) {
		switch (judge(&option, magic, &wishes)) {
		case TERMS_ACK:
			break;
		case TERMS_NAK:
			options_add(&refused, &option);
			break;
		case TERMS_REJECT:
			options_add(&rejected, &option);
			break;
		}
	}
	enum terms_answer answer = TERMS_ACK;
	if (rejected.length > 0 || (refused.length > 0 && naks >= MAX_FAILURE)) {
		const struct text *bad = rejected.length > 0 ? &rejected : &refused;
		answer = TERMS_REJECT;
		text_add_bytes(options, bad->bytes, bad->length);
	} else if (refused.length > 0) {
		answer = TERMS_NAK;
		text_add_bytes(options, wishes.bytes, wishes.length);
	} else
		text_add_bytes(options, all.at, all.left);
	text_free(&rejected);
	text_free(&refused);
	text_free(&wishes);
	return answer;
}
