/*
 * offer - the options that RRAS asks for in its LCP Configure-Request, and how it gives way.
 *
 * Of the methods in auth= one is offered at a time. Whoever wants another says so in a
 * Configure-Nak, and gets that if it is in the list, else the next that was not offered yet. When
 * there is none, or authentication as such is rejected, RRAS gives up.
 */
#ifndef RRAS_OFFER_H
#define RRAS_OFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/text.h"
#include "line.h"
#include "member.h"

enum { OFFER_ENDPOINT = 20 };

struct offer {
	struct line *line;
	struct text options; /* as they go into the request */
	uint32_t magic;      /* 0 once that was rejected */
	uint16_t mru;
	uint8_t endpoint[OFFER_ENDPOINT];
	uint32_t dropped; /* a bit for each type of option */
	size_t place;     /* among the methods of auth= */
	unsigned offered; /* a bit for each place */
};

enum offer_outcome {
	OFFER_CHANGED, /* there is something new to be asked for */
	OFFER_REFUSED, /* no method is left */
	OFFER_BREACH,
};

void offer_begin(struct offer *offer, struct line *line);
void offer_free(struct offer *offer);

enum method offer_method(const struct offer *offer);

/* The client wants other values, or has none for these options at all. */
enum offer_outcome offer_take_nak(struct offer *offer, struct cursor list);
enum offer_outcome offer_take_reject(struct offer *offer, struct cursor list);

#endif
