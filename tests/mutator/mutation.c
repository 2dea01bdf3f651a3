#include "config.h"

#include "mutation.h"

#define MILLISECOND INT64_C(1000000)

enum { PIECE_MAX = 8, LENGTH_MAX = 64, DELAY_MAX = 40 };

/* splitmix64: neighbouring seeds give numbers that have nothing in common. */
static uint64_t
draw(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
	return mixed ^ mixed >> 31;
}

static size_t
draw_below(uint64_t *state, size_t limit)
{
	return (size_t)(draw(state) % limit);
}

/* The same share of another limit: signatures, and so flights, differ by a byte or two from run to
 * run, and their places shall not. */
static size_t
draw_share(uint64_t *state, size_t limit)
{
	return (size_t)((draw(state) >> 32) * limit >> 32);
}

bool
mutation_note(struct mutation_exchange *exchange, enum mutation_side side, size_t length)
{
	size_t count = exchange->count;

	if (length > 0 && (count == 0 || exchange->flights[count - 1].side != side)) {
		if (count == MUTATION_FLIGHTS_MAX)
			return false;
		exchange->flights[count] = (struct mutation_flight){
		    side, {exchange->totals[MUTATION_CLIENT], exchange->totals[MUTATION_SERVER]}};
		exchange->count++;
	}
	exchange->totals[side] += length;
	return true;
}

/* Where the flight's own bytes end: where that side's next one begins. */
static size_t
end_of(const struct mutation_exchange *exchange, size_t flight)
{
	enum mutation_side side = exchange->flights[flight].side;

	return flight + 1 < exchange->count ? exchange->flights[flight + 1].begins[side]
	                                    : exchange->totals[side];
}

void
mutation_choose(struct mutation *mutation, uint64_t seed, const struct mutation_exchange *exchange)
{
	uint64_t state = seed;
	size_t flight = draw_below(&state, exchange->count);
	enum mutation_side side = exchange->flights[flight].side;
	size_t begin = exchange->flights[flight].begins[side];

	mutation->kind = MUTATION_NONE + 1 + draw_below(&state, MUTATION_KINDS - 1);
	mutation->side = side;
	mutation->offset = begin + draw_share(&state, end_of(exchange, flight) - begin);
	mutation->length = 1 + draw_below(&state, LENGTH_MAX);
	mutation->piece = 1 + draw_below(&state, PIECE_MAX);
	mutation->mask = (unsigned char)(1U << draw_below(&state, 8));
	mutation->delay = (int64_t)(1 + draw_below(&state, DELAY_MAX)) * MILLISECOND;
}

/* From another place of the row of numbers than those that are drawn above. */
bool
mutation_spares(uint64_t seed)
{
	uint64_t state = ~seed;

	return draw_below(&state, 2) == 0;
}

bool
mutation_is_harmless(const struct mutation *mutation)
{
	return mutation->kind <= MUTATION_DELAY;
}

size_t
mutation_begins(const struct mutation *mutation)
{
	return mutation->offset + (mutation->kind == MUTATION_DUPLICATE ? mutation->length : 0);
}

static void
apply_to_byte(const struct mutation *mutation, size_t at, unsigned char byte, struct text *kept,
    struct text *out)
{
	bool inside = at >= mutation->offset && at - mutation->offset < mutation->length;

	if (mutation->kind == MUTATION_FLIP && at == mutation->offset)
		byte ^= mutation->mask;
	if ((mutation->kind == MUTATION_DROP && inside) ||
	    (mutation->kind >= MUTATION_CUT && at >= mutation->offset))
		return;
	text_add_char(out, (char)byte);
	if (mutation->kind != MUTATION_DUPLICATE || !inside)
		return;
	text_add_char(kept, (char)byte);
	if (kept->length == mutation->length)
		text_add_bytes(out, text_chars(kept), kept->length);
}

void
mutation_apply(const struct mutation *mutation, size_t at, const unsigned char *bytes,
    size_t length, struct text *kept, struct text *out)
{
	for (size_t i = 0; i < length; i++)
		apply_to_byte(mutation, at + i, bytes[i], kept, out);
}

void
mutation_tell(const struct mutation *mutation, struct text *text)
{
	static const char *const kinds[MUTATION_KINDS] = {
	    "none", "split", "delay", "flip", "duplicate", "drop", "cut", "reset", "silence"};
	static const char *const sides[MUTATION_SIDES] = {"client", "server"};

	text_format(text, "%s of the %s's byte %zu (length %zu, pieces of %zu, mask %02x)",
	    kinds[mutation->kind], sides[mutation->side], mutation->offset, mutation->length,
	    mutation->piece, mutation->mask);
}
