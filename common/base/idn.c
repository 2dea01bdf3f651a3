#include "config.h"

#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <wctype.h>

#include "base/idn.h"
#include "base/utf8.h"

#define LABEL_MAX 63
#define PREFIX    "xn--"

/* Parameters of Punycode, RFC 3492 section 5. */
enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700, INITIAL_BIAS = 72, INITIAL_N = 128 };

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	delta /= first ? DAMP : 2;
	delta += delta / points;
	uint32_t k = 0;
	while (delta > (BASE - TMIN) * TMAX / 2) {
		delta /= BASE - TMIN;
		k += BASE;
	}
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static void
add_digit(struct text *text, uint32_t digit)
{
	text_add_char(text, "abcdefghijklmnopqrstuvwxyz0123456789"[digit]);
}

/* DELTA as a variable-length integer, RFC 3492 section 3.3. */
static void
add_delta(struct text *text, uint32_t delta, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
		if (delta < t)
			break;
		add_digit(text, t + (delta - t) % (BASE - t));
		delta = (delta - t) / (BASE - t);
	}
	add_digit(text, delta);
}

/* The smallest of CODES that is at least N; there is one. */
static uint32_t
next_code(const uint32_t *codes, size_t count, uint32_t n)
{
	uint32_t next = UINT32_MAX;
	for (size_t i = 0; i < count; i++)
		if (codes[i] >= n && codes[i] < next)
			next = codes[i];
	return next;
}

/* RFC 3492 section 6.3. COUNT is at most LABEL_MAX, so no 32-bit sum can overflow. */
static void
add_punycode(struct text *text, const uint32_t *codes, size_t count)
{
	uint32_t handled = 0;
	for (size_t i = 0; i < count; i++) {
		if (codes[i] < INITIAL_N) {
			text_add_char(text, (char)codes[i]);
			handled++;
		}
	}
	const uint32_t basic = handled;
	if (basic > 0)
		text_add_char(text, '-');
	uint32_t n = INITIAL_N, delta = 0, bias = INITIAL_BIAS;
	while (handled < count) {
		uint32_t next = next_code(codes, count, n);
		delta += (next - n) * (handled + 1);
		n = next;
		for (size_t i = 0; i < count; i++) {
			if (codes[i] < n)
				delta++;
			if (codes[i] != n)
				continue;
			add_delta(text, delta, bias);
			bias = adapt(delta, handled + 1, handled == basic);
			delta = 0;
			handled++;
		}
		delta++;
		n++;
	}
}

static bool
is_ascii(const char *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)chars[i] >= 0x80)
			return false;
	return true;
}

/* WIDE is a locale whose wide characters are Unicode, or 0: then only ASCII is lower-cased. */
static uint32_t
lower(uint32_t code, locale_t wide)
{
	if (code >= 'A' && code <= 'Z')
		return code - 'A' + 'a';
	if (code < 0x80 || wide == (locale_t)0)
		return code;
	return (uint32_t)towlower_l((wint_t)code, wide);
}

static bool
add_label(struct text *text, const char *label, size_t length, locale_t wide)
{
	if (is_ascii(label, length)) {
		text_add_bytes(text, label, length);
		return true;
	}
	uint32_t codes[LABEL_MAX];
	size_t count = 0;
	for (size_t i = 0; i < length; count++) {
		uint32_t code;
		size_t size = utf8_read(label + i, length - i, &code);
		if (size == 0 || count == LABEL_MAX)
			return false;
		codes[count] = lower(code, wide);
		i += size;
	}
	size_t start = text->length;
	text_add(text, PREFIX);
	add_punycode(text, codes, count);
	return text->length - start <= LABEL_MAX;
}

bool
idn_to_ascii(const char *name, struct text *text)
{
	locale_t wide = (locale_t)0;
	if (!is_ascii(name, strlen(name)))
		wide = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	bool good = true;
	while (good) {
		size_t length = strcspn(name, ".");
		good = add_label(text, name, length, wide);
		if (name[length] == '\0')
			break;
		text_add_char(text, '.');
		name += length + 1;
	}
	if (wide != (locale_t)0)
		freelocale(wide);
	return good;
}
