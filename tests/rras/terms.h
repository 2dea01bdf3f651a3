/*
 * terms - what RRAS makes of the options that a client asks for.
 */
#ifndef RRAS_TERMS_H
#define RRAS_TERMS_H

#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "member.h"

/* As the codes of LCP. */
enum terms_answer { TERMS_ACK = 2, TERMS_NAK = 3, TERMS_REJECT = 4 };

/* The answer to a Configure-Request with LIST, its options appended to OPTIONS. MAGIC is our own
 * magic number, NAKS how often the answer was TERMS_NAK so far. */
enum terms_answer terms_answer(const struct member *member, uint32_t magic, unsigned naks,
    struct cursor list, struct text *options);

#endif
