#include "cert/points.h"

#include <string.h>

#include "base/text.h"
#include "scene.h"
#include "unit/unit.h"

static void
read_of(const char *extensions, struct points *points)
{
	struct pki_party party;

	scene_add(&party, "leaf", "05", extensions, NULL);
	ck_assert(points_read(party.x509, points));
	pki_free(&party);
}

START_TEST(all_of_them)
{
	struct points points;

	read_of(SCENE_POINTS, &points);
	ck_assert_uint_eq(points.crl.count, 2);
	ck_assert_str_eq(points.crl.urls[0], SCENE_URL);
	ck_assert_str_eq(points.crl.urls[1], "ldap:///CN=CA?certificateRevocationList");
	ck_assert_uint_eq(points.crl.left_out, 0);
	ck_assert_uint_eq(points.ocsp.count, 2);
	ck_assert_str_eq(points.ocsp.urls[0], "http://ocsp.example.com");
	ck_assert_str_eq(points.ocsp.urls[1], "http://ocsp2.example.com/");
	points_free(&points);
}
END_TEST

static const char *const without[] = {
    NULL,
    "authorityInfoAccess = caIssuers;URI:http://crl.example.com/ca.crt\n",
    "authorityInfoAccess = OCSP;DNS:ocsp.example.com\n",
    "crlDistributionPoints = a\n[a]\nrelativename = r\nCRLissuer = dirName:r\n[r]\nCN = CA\n",
    "crlDistributionPoints = a\n[a]\nCRLissuer = dirName:r\n[r]\nCN = CA\n",
    "crlDistributionPoints = dirName:r\n[r]\nCN = CA\n",
    "crlDistributionPoints = DER:0500\n",
    "authorityInfoAccess = DER:3081\n",
};

START_TEST(none)
{
	struct points points;

	read_of(without[_i], &points);
	ck_assert_uint_eq(points.crl.count, 0);
	ck_assert_uint_eq(points.ocsp.count, 0);
	points_free(&points);
}
END_TEST

START_TEST(several_extensions_of_several_names)
{
	struct points points;

	read_of("crlDistributionPoints = a,b\n"
	        "[a]\nfullname = URI:http://a.example/1,URI:http://a.example/2\n"
	        "[b]\nfullname = URI:http://b.example/1\nreasons = keyCompromise\n",
	    &points);
	ck_assert_uint_eq(points.crl.count, 3);
	ck_assert_str_eq(points.crl.urls[2], "http://b.example/1");
	points_free(&points);
}
END_TEST

START_TEST(too_many)
{
	struct text text = TEXT_EMPTY;
	struct points points;

	text_add(&text, "crlDistributionPoints = URI:http://a.example/0");
	for (int i = 1; i < POINTS_MAX + 5; i++)
		text_format(&text, ",URI:http://a.example/%d", i);
	text_add(&text, "\n");
	read_of(text_chars(&text), &points);
	ck_assert_uint_eq(points.crl.count, POINTS_MAX);
	ck_assert_uint_eq(points.crl.left_out, 5);
	points_free(&points);
	text_free(&text);
}
END_TEST

/* "http://a.example" NUL "b.example": neither part is to be asked. */
START_TEST(a_nul)
{
	struct points points;

	read_of("crlDistributionPoints = DER:301F301DA01BA0198617687474703A2F2F61"
	        "2E6578616D706C6500622E6578616D\n",
	    &points);
	ck_assert_uint_eq(points.crl.count, 1);
	ck_assert_str_eq(points.crl.urls[0], "");
	points_free(&points);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, all_of_them);
	unit_add_rows(tests, none, without);
	tcase_add_test(tests, several_extensions_of_several_names);
	tcase_add_test(tests, too_many);
	tcase_add_test(tests, a_nul);
}

int
main(void)
{
	return unit_run("cert/points", list);
}
