/*
 * answer - the answer to a Configure-Request, put together from what is thought of each of its
 * options (RFC 1661 section 5).
 */
#ifndef RRAS_ANSWER_H
#define RRAS_ANSWER_H

#include "base/cursor.h"
#include "base/text.h"
#include "options.h"

/* As the codes of PPP. */
enum answer { ANSWER_ACK = 2, ANSWER_NAK = 3, ANSWER_REJECT = 4 };

/* Judge one option. What it should be instead goes to WISHES. */
typedef enum answer answer_judge(void *context, const struct option *option, struct text *wishes);

struct answer_parts {
	struct text rejected;
	struct text refused; /* what the wishes are instead of */
	struct text wishes;
};

/* Judge all of LIST. PARTS are empty before, and to be freed. */
void answer_collect(
    struct answer_parts *parts, struct cursor list, answer_judge *judge, void *context);

/* The answer to LIST that is due: its options are appended to OPTIONS. */
enum answer answer_choose(
    const struct answer_parts *parts, struct cursor list, struct text *options);

void answer_free(struct answer_parts *parts);

#endif
