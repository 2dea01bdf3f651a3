#include <openssl/rand.h>
#include <string.h>

#include "auth.h"
#include "breach.h"
#include "journal.h"
#include "octets.h"
#include "offer.h"
#include "options.h"

enum { MRU = 4091, MRU_MIN = 128, MRRU = 1614, CALLBACK_CBCP = 6, ENDPOINT_LOCAL = 1 };

enum method
offer_method(const struct offer *offer)
{
	return offer->line->member->auth.list[offer->place];
}

static bool
wants(const struct offer *offer, enum option_type type)
{
	return (offer->dropped >> type & 1) == 0;
}

static void
drop(struct offer *offer, uint8_t type)
{
	if (type < 32)
		offer->dropped |= UINT32_C(1) << type;
	if (type == OPTION_MAGIC)
		offer->magic = 0;
}

static void
add(struct offer *offer, enum option_type type, uint32_t value, size_t size)
{
	if (wants(offer, type))
		options_add_number(&offer->options, type, value, size);
}

static void
add_authentication(struct offer *offer)
{
	struct text value = TEXT_EMPTY;
	auth_add_value(&value, offer_method(offer));
	if (value.length > 0) {
		octets_add_u8(&offer->options, OPTION_AUTHENTICATION);
		octets_add_u8(&offer->options, (unsigned)(2 + value.length));
		text_add_bytes(&offer->options, text_chars(&value), value.length);
	}
	text_free(&value);
}

static void
add_endpoint(struct offer *offer)
{
	if (!wants(offer, OPTION_ENDPOINT))
		return;
	octets_add_u8(&offer->options, OPTION_ENDPOINT);
	octets_add_u8(&offer->options, 3 + sizeof offer->endpoint);
	octets_add_u8(&offer->options, ENDPOINT_LOCAL);
	text_add_bytes(&offer->options, offer->endpoint, sizeof offer->endpoint);
}

/* In the order of RRAS. */
static void
write_options(struct offer *offer)
{
	text_cut(&offer->options, 0);
	add(offer, OPTION_MRU, offer->mru, 2);
	add_authentication(offer);
	add(offer, OPTION_MAGIC, offer->magic, 4);
	add(offer, OPTION_PFC, 0, 0);
	add(offer, OPTION_ACFC, 0, 0);
	add(offer, OPTION_CALLBACK, CALLBACK_CBCP, 1);
	add(offer, OPTION_MRRU, MRRU, 2);
	add_endpoint(offer);
}

static void
choose_magic(struct offer *offer)
{
	do
		RAND_bytes((unsigned char *)&offer->magic, sizeof offer->magic);
	while (offer->magic == 0);
}

static void
choose_method(struct offer *offer, size_t place)
{
	offer->place = place;
	offer->offered |= 1U << place;
	journal_add(offer->line, "lcp offers %s", auth_name(offer_method(offer)));
}

void
offer_begin(struct offer *offer, struct line *line)
{
	memset(offer, 0, sizeof *offer);
	offer->line = line;
	offer->mru = MRU;
	RAND_bytes(offer->endpoint, sizeof offer->endpoint);
	choose_magic(offer);
	choose_method(offer, 0);
	write_options(offer);
}

void
offer_free(struct offer *offer)
{
	text_free(&offer->options);
}

/* Offer WANTED, or what was not offered yet. */
static enum offer_outcome
change_method(struct offer *offer, enum method wanted)
{
	const struct methods *auth = &offer->line->member->auth;
	journal_add(offer->line, "lcp wants %s", wanted != METHOD_NONE ? auth_name(wanted) : "?");
	if (offer->line->member->ppp == PPP_INSISTS)
		return OFFER_CHANGED;
	for (size_t i = 0; i < auth->count && wanted != METHOD_NONE; i++) {
		if (auth->list[i] == wanted) {
			choose_method(offer, i);
			return OFFER_CHANGED;
		}
	}
	for (size_t i = 0; i < auth->count; i++) {
		if ((offer->offered >> i & 1) == 0) {
			choose_method(offer, i);
			return OFFER_CHANGED;
		}
	}
	return OFFER_REFUSED;
}

static enum offer_outcome
take_nak_of_method(struct offer *offer, struct cursor value)
{
	enum method wanted = auth_from_value(value);
	if (wanted == METHOD_NONE || wanted != offer_method(offer))
		return change_method(offer, wanted);
	breach(offer->line, "Configure-Nak wants %s, which was asked for", auth_name(wanted));
	return OFFER_BREACH;
}

static enum offer_outcome
take_nak_of_option(struct offer *offer, const struct option *option)
{
	struct cursor value = option->value;
	switch (option->type) {
	case OPTION_AUTHENTICATION:
		return take_nak_of_method(offer, value);
	case OPTION_MRU:
		offer->mru = cursor_u16(&value);
		if (offer->mru < MRU_MIN)
			offer->mru = MRU;
		break;
	case OPTION_MAGIC:
		choose_magic(offer);
		break;
	default:
		drop(offer, option->type);
	}
	return OFFER_CHANGED;
}

/* Move on in LIST, to behind the option of TYPE. */
static bool
find(struct cursor *list, uint8_t type, struct option *option)
{
	while (options_next(list, option))
		if (option->type == type)
			return true;
	return false;
}

static bool
check_list(struct offer *offer, struct cursor list, const char *what)
{
	const char *problem = list.left == 0 ? "nothing" : options_problem(list);
	if (problem == NULL)
		return true;
	return breach(offer->line, "a Configure-%s with %s", what, problem);
}

/* Options that were not asked for may be wished for too: that is not our business. */
enum offer_outcome
offer_take_nak(struct offer *offer, struct cursor list)
{
	struct text asked = offer->options;
	struct cursor ours = cursor_over(asked.bytes, asked.length);
	enum offer_outcome outcome = OFFER_CHANGED;
	struct option option;
	struct option match;
	if (!check_list(offer, list, "Nak"))
		return OFFER_BREACH;
	while (outcome == OFFER_CHANGED && options_next(&list, &option)) {
		struct cursor all = cursor_over(asked.bytes, asked.length);
		if (!find(&all, option.type, &match))
			continue;
		if (!find(&ours, option.type, &match)) {
			breach(offer->line, "a Configure-Nak in another order");
			return OFFER_BREACH;
		}
		outcome = take_nak_of_option(offer, &option);
	}
	write_options(offer);
	return outcome;
}

enum offer_outcome
offer_take_reject(struct offer *offer, struct cursor list)
{
	struct cursor ours = cursor_over(offer->options.bytes, offer->options.length);
	struct option option;
	struct option match;
	if (!check_list(offer, list, "Reject"))
		return OFFER_BREACH;
	while (options_next(&list, &option)) {
		if (!find(&ours, option.type, &match) || match.length != option.length ||
		    memcmp(match.bytes, option.bytes, option.length) != 0) {
			breach(offer->line, "Configure-Reject of option %u, which was not there",
			    option.type);
			return OFFER_BREACH;
		}
		if (option.type == OPTION_AUTHENTICATION) {
			journal_add(offer->line, "lcp authentication rejected");
			return OFFER_REFUSED;
		}
		drop(offer, option.type);
	}
	write_options(offer);
	return OFFER_CHANGED;
}
