#include "probe/said.h"

#include <string.h>

#include "unit/shortage.h"
#include "unit/unit.h"

#define PASSWORD "clientPass"

static const struct {
	const char *bytes, *words;
} rows[] = {
    {"", ""},
    {"wrong password", "wrong password"},
    {PASSWORD, "***"},
    {"bad " PASSWORD, "bad ***"},
    {PASSWORD PASSWORD "s", "******s"},
    {"it was '" PASSWORD "'!", "it was '***'!"},
    {"client clientPas clientpass", "client clientPas clientpass"},
    {"cliclientPass", "cli***"},
    {"\033[1m" PASSWORD, "?[1m***"},
    /* Masked first, cut then: no beginning of it stands at the end. */
    {"0123456789 0123456789 012345 " PASSWORD, "0123456789 0123456789 012345 ***"},
    {"0123456789 0123456789 0123456 " PASSWORD, "0123456789 0123456789 0123456 .."},
};

START_TEST(a_word)
{
	const struct plan_logon logon = {.password = PASSWORD};
	char words[33];

	said_keep(words, sizeof words, rows[_i].bytes, strlen(rows[_i].bytes), &logon);
	ck_assert_str_eq(words, rows[_i].words);
}
END_TEST

/* Below level auth there is no logon, with a certificate no password, and a password may be empty.
 */
START_TEST(nothing_to_mask)
{
	const struct plan_logon without = {.user = "User"}, empty = {.password = ""};
	const struct plan_logon *const logons[] = {NULL, &without, &empty};
	char words[33];

	for (size_t i = 0; i < UNIT_COUNT(logons); i++) {
		said_keep(words, sizeof words, PASSWORD, strlen(PASSWORD), logons[i]);
		ck_assert_str_eq(words, PASSWORD);
		said_keep(words, sizeof words, NULL, 0, logons[i]);
		ck_assert_str_eq(words, "");
	}
}
END_TEST

/* Behind what was said nothing is read. */
START_TEST(cut_within_the_password)
{
	const struct plan_logon logon = {.password = PASSWORD};
	char words[33];

	said_keep(words, sizeof words, PASSWORD, 3, &logon);
	ck_assert_uint_eq(strlen(words), 3);
	ck_assert(strncmp(words, PASSWORD, 3) == 0);
}
END_TEST

/* A rejected password is told with what the server says of it, whatever else is missing. */
START_TEST(without_memory)
{
	const struct plan_logon logon = {.password = PASSWORD};
	char words[33];

	shortage_begin(0, false);
	said_keep(words, sizeof words, "no " PASSWORD, strlen("no " PASSWORD), &logon);
	ck_assert(!shortage_end());
	ck_assert_str_eq(words, "no ***");
}
END_TEST

/* The longest, of characters that are shown as one byte each; and one of those at the end. */
START_TEST(much_is_said)
{
	static const char hidden[] = "\xF3\xA0\x81\x81";
	const struct plan_logon logon = {.password = PASSWORD};
	char said[4096], words[128], wanted[128];

	for (size_t i = 0; i < sizeof said; i++)
		said[i] = hidden[i % 4];
	said_keep(words, sizeof words, said, sizeof said, &logon);
	memset(wanted, '?', sizeof wanted);
	memcpy(wanted + 125, "..", 3);
	ck_assert_str_eq(words, wanted);
	said_keep(words, sizeof words, said, 127 * strlen(hidden), &logon);
	memset(wanted, '?', 127);
	ck_assert_str_eq(words, wanted);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, a_word, rows);
	tcase_add_test(tests, nothing_to_mask);
	tcase_add_test(tests, cut_within_the_password);
	tcase_add_test(tests, without_memory);
	tcase_add_test(tests, much_is_said);
}

int
main(void)
{
	return unit_run("probe/said", list);
}
