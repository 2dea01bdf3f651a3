/*
 * terms - what RRAS makes of the options of LCP that a client asks for.
 */
#ifndef RRAS_TERMS_H
#define RRAS_TERMS_H

#include <stdint.h>

#include "answer.h"
#include "base/cursor.h"
#include "base/text.h"
#include "member.h"

/* The answer to a Configure-Request with LIST, its options appended to OPTIONS. MAGIC is our own
 * magic number, NAKS how often the answer was ANSWER_NAK so far. */
enum answer terms_answer(const struct member *member, uint32_t magic, unsigned naks,
    struct cursor list, struct text *options);

#endif
