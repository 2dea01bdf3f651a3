#include "verdict/causes.h"

#include <ctype.h>
#include <string.h>

#include "unit/unit.h"

static bool
is_word(const char *chars, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!islower((unsigned char)chars[i]) && !isdigit((unsigned char)chars[i]) &&
		    chars[i] != '-')
			return false;
	return length > 0;
}

START_TEST(names_are_layer_and_reason)
{
	for (int cause = 0; cause < CAUSES; cause++) {
		const char *name = causes_row(cause)->name;
		const char *point;

		ck_assert_msg(name != NULL, "cause %d has no row", cause);
		point = strchr(name, '.');
		ck_assert_msg(point != NULL, "%s", name);
		ck_assert_msg(is_word(name, (size_t)(point - name)), "%s", name);
		ck_assert_msg(is_word(point + 1, strlen(point + 1)), "%s", name);
		for (int other = 0; other < cause; other++)
			ck_assert_str_ne(name, causes_row(other)->name);
		ck_assert_int_eq(causes_find(name), cause);
	}
}
END_TEST

/* UNKNOWN is for our own side alone, and for what was not collected well. */
START_TEST(states)
{
	for (int cause = 0; cause < CAUSES; cause++) {
		const struct cause_row *row = causes_row(cause);
		bool ours = causes_in_layer(cause, "local") ||
		            strcmp(row->name, "dns.no-answer") == 0 ||
		            cause == CAUSE_WINDOWS_UNREADABLE || cause == CAUSE_WINDOWS_STALE ||
		            cause == CAUSE_WINDOWS_NOT_COMPARABLE;

		ck_assert_int_ne(row->state, STATE_OK);
		ck_assert_msg((row->state == STATE_UNKNOWN) == ours, "%s", row->name);
	}
}
END_TEST

/* Nagios strips these from macros; braces are the words that a judge fills in. */
START_TEST(texts_can_be_printed)
{
	for (int cause = 0; cause < CAUSES; cause++) {
		const struct cause_row *row = causes_row(cause);

		ck_assert_msg(row->summary[0] != '\0', "%s", row->name);
		ck_assert_msg(row->explanation[0] != '\0', "%s", row->name);
		ck_assert_msg(strpbrk(row->summary, "`~$&|\"<>") == NULL, "%s", row->name);
		ck_assert_msg(strpbrk(row->remedy, "`~$&|\"<>") == NULL, "%s", row->name);
		ck_assert_msg(row->above == NULL || strpbrk(row->above, "`~$&|\"<>'") == NULL, "%s",
		    row->name);
		ck_assert_msg(strchr(row->summary, '\'') == NULL, "%s", row->name);
		ck_assert_msg(strchr(row->remedy, '\'') == NULL, "%s", row->name);
	}
}
END_TEST

/* Of an issuer another remedy may be right than of the server's own certificate. */
START_TEST(remedies)
{
	struct cause_row own = causes_row_at(CAUSE_CERT_EXPIRED, 0);
	struct cause_row above = causes_row_at(CAUSE_CERT_EXPIRED, 1);

	ck_assert_str_eq(own.remedy, causes_row(CAUSE_CERT_EXPIRED)->remedy);
	ck_assert_str_eq(above.remedy, causes_row(CAUSE_CERT_EXPIRED)->above);
	ck_assert_str_eq(above.name, own.name);
	above = causes_row_at(CAUSE_CERT_WEAK_KEY, 1);
	ck_assert_str_eq(above.remedy, causes_row(CAUSE_CERT_WEAK_KEY)->remedy);
}
END_TEST

START_TEST(layers)
{
	ck_assert(causes_is_layer("cert"));
	ck_assert(causes_is_layer("http"));
	ck_assert(!causes_is_layer(""));
	ck_assert(!causes_is_layer("cer"));
	ck_assert(!causes_is_layer("cert."));
	ck_assert(!causes_is_layer("cert.expired"));
	ck_assert(causes_in_layer(CAUSE_CERT_EXPIRED, "cert"));
	ck_assert(!causes_in_layer(CAUSE_CERT_EXPIRED, "tls"));
	ck_assert_int_eq(causes_find("cert"), CAUSES);
	ck_assert_int_eq(causes_find(""), CAUSES);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, names_are_layer_and_reason);
	tcase_add_test(tests, states);
	tcase_add_test(tests, texts_can_be_printed);
	tcase_add_test(tests, remedies);
	tcase_add_test(tests, layers);
}

int
main(void)
{
	return unit_run("verdict/causes", list);
}
