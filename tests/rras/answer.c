#include "answer.h"

void
answer_collect(struct answer_parts *parts, struct cursor list, answer_judge *judge, void *context)
{
	struct option option;
	while (options_next(&list, &option)) {
		enum answer one = judge(context, &option, &parts->wishes);
		if (one == ANSWER_NAK)
			options_add(&parts->refused, &option);
		else if (one == ANSWER_REJECT)
			options_add(&parts->rejected, &option);
	}
}

/* Rejects come before Naks (RFC 1661 section 5.4). */
enum answer
answer_choose(const struct answer_parts *parts, struct cursor list, struct text *options)
{
	if (parts->rejected.length > 0) {
		text_add_bytes(options, parts->rejected.bytes, parts->rejected.length);
		return ANSWER_REJECT;
	}
	if (parts->wishes.length > 0) {
		text_add_bytes(options, parts->wishes.bytes, parts->wishes.length);
		return ANSWER_NAK;
	}
	text_add_bytes(options, list.at, list.left);
	return ANSWER_ACK;
}

void
answer_free(struct answer_parts *parts)
{
	text_free(&parts->rejected);
	text_free(&parts->refused);
	text_free(&parts->wishes);
}
