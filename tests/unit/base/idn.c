#include <string.h>

#include "base/idn.h"
#include "unit/unit.h"

/* RFC 3492 section 7.1, lower-cased as every label is here. (H) is too long for a label, (S) is not
 * international. */
static const struct {
	const char *name;
	const char *punycode;
} vectors[] = {
    {"ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"},
    {"他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"},
    {"他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"},
    {"Pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"},
    {"למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"},
    {"यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"},
    {"なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
    {"почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"},
    {"PorquénopuedensimplementehablarenEspañol", "porqunopuedensimplementehablarenespaol-fmd56a"},
    {"TạisaohọkhôngthểchỉnóitiếngViệt", "tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"},
    {"3年B組金八先生", "3b-ww4c5e180e575a65lsy2b"},
    {"安室奈美恵-with-SUPER-MONKEYS", "-with-super-monkeys-pc58ag80a8qai00g7n9n"},
    {"Hello-Another-Way-それぞれの場所", "hello-another-way--fc4qua05auwb3674vfr0b"},
    {"ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"},
    {"MajiでKoiする5秒前", "majikoi5-783gue6qz075azm5e"},
    {"パフィーdeルンバ", "de-jg4avhby1noc0d"},
    {"そのスピードで", "d9juau41awczczp"},
};

START_TEST(encodes_the_vectors)
{
	struct text text = TEXT_EMPTY;
	ck_assert(idn_to_ascii(vectors[_i].name, &text));
	ck_assert_int_eq(strncmp(text_chars(&text), "xn--", 4), 0);
	ck_assert_str_eq(text_chars(&text) + 4, vectors[_i].punycode);
	text_free(&text);
}
END_TEST

static const struct {
	const char *name;
	const char *ascii;
} names[] = {
    {"", ""},
    {".", "."},
    {"vpn.example.com", "vpn.example.com"},
    {"VPN.Example.COM.", "VPN.Example.COM."},
    {"xn--bcher-kva.example", "xn--bcher-kva.example"},
    {"bücher.example", "xn--bcher-kva.example"},
    {"VPN.bücher.Example", "VPN.xn--bcher-kva.Example"},
    {"faß.de", "xn--fa-hia.de"},
    {"bücher.faß.", "xn--bcher-kva.xn--fa-hia."},
    {"ü", "xn--tda"},
    {"aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff-ggg.ü",
        "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff-ggg.xn--tda"},
    {"AZü", "xn--az-yka"},
    /* Deltas at the borders of the bias adaptation. */
    {"жøéaβγ本", "xn--a-9fa8b88pfa59e8784c"},
    {"本αaøщb", "xn--ab-lka00z1vav354b"},
    {"🔒語", "xn--i42an152e"},
    {"жщåøåcγ", "xn--c-1faa9eu7plwa8d"},
    {"\xF0\x9F\x98\x80.example", "xn--e28h.example"},
    {"\xF4\x8F\xBF\xBF", "xn--dn32g"},
};

START_TEST(encodes_names)
{
	struct text text = TEXT_EMPTY;
	text_add(&text, "=");
	ck_assert(idn_to_ascii(names[_i].name, &text));
	ck_assert_int_eq(text_chars(&text)[0], '=');
	ck_assert_str_eq(text_chars(&text) + 1, names[_i].ascii);
	text_free(&text);
}
END_TEST

/* Where the platform can tell: elsewhere a capital stays one. */
START_TEST(lower_cases)
{
	struct text text = TEXT_EMPTY;
	ck_assert(idn_to_ascii("BÜCHER.example", &text));
	if (strcmp(text_chars(&text), "xn--bcher-2pa.example") != 0)
		ck_assert_str_eq(text_chars(&text), "xn--bcher-kva.example");
#ifdef __GLIBC__
	ck_assert_str_eq(text_chars(&text), "xn--bcher-kva.example");
	text_cut(&text, 0);
	ck_assert(idn_to_ascii("ПРИМЕР.Example", &text));
	ck_assert_str_eq(text_chars(&text), "xn--e1afmkfd.Example");
#endif
	text_free(&text);
}
END_TEST

static const char *const refused[] = {
    "b\374cher.example",
    "\xC3",
    "ok.\xC3.example",
    "\xED\xA0\x80",
    "\xC0\xAE",
    "세계의모든사람들이한국어를이해한다면얼마나좋을까",
};

START_TEST(refuses)
{
	struct text text = TEXT_EMPTY;
	ck_assert(!idn_to_ascii(refused[_i], &text));
	text_free(&text);
}
END_TEST

/* The longest label that fits, and one more; and far too many characters. */
START_TEST(label_has_63_bytes)
{
	for (size_t letters = 50; letters < 400; letters++) {
		char name[512];
		struct text text = TEXT_EMPTY;
		memset(name, 'a', letters);
		memcpy(name + letters, "ü", sizeof "ü");
		bool good = idn_to_ascii(name, &text);
		ck_assert_int_eq(good, letters <= 55);
		if (letters == 55)
			ck_assert_uint_eq(text.length, 63);
		text_free(&text);
	}
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, encodes_the_vectors, vectors);
	unit_add_rows(tests, encodes_names, names);
	tcase_add_test(tests, lower_cases);
	unit_add_rows(tests, refuses, refused);
	tcase_add_test(tests, label_has_63_bytes);
}

int
main(void)
{
	return unit_run("base/idn", list);
}
