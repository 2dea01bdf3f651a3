#include "wire/url.h"

#include <string.h>

#include "unit/unit.h"

static const struct {
	const char *chars, *host;
	unsigned port;
	const char *authority, *path;
} good[] = {
    {"http://crl.example.com/ca.crl", "crl.example.com", 80, "crl.example.com", "/ca.crl"},
    {"HTTP://CRL.Example.com", "crl.example.com", 80, "crl.example.com", "/"},
    {"http://crl.example.com:80/", "crl.example.com", 80, "crl.example.com", "/"},
    {"http://crl.example.com:8080/a/b?c=d&e", "crl.example.com", 8080, "crl.example.com:8080",
        "/a/b?c=d&e"},
    {"http://ocsp.example.com?x", "ocsp.example.com", 80, "ocsp.example.com", "/?x"},
    {"http://192.0.2.1:81/x#y", "192.0.2.1", 81, "192.0.2.1:81", "/x"},
    {"http://[2001:db8::1]/x", "2001:db8::1", 80, "[2001:db8::1]", "/x"},
    {"http://[2001:db8::1]:88", "2001:db8::1", 88, "[2001:db8::1]:88", "/"},
    /* As certificates of Windows authorities have it. */
    {"http://pki.corp.local/CertEnroll/Corp Issuing CA(1).crl", "pki.corp.local", 80,
        "pki.corp.local", "/CertEnroll/Corp%20Issuing%20CA(1).crl"},
    {"http://a.example/%20x+", "a.example", 80, "a.example", "/%20x+"},
    /* Nothing gets into the request line or behind it. */
    {"http://a.example/x HTTP/1.1\r\nHost: b", "a.example", 80, "a.example",
        "/x%20HTTP/1.1%0D%0AHost:%20b"},
    {"http://a.example/\xc3\xbc{}", "a.example", 80, "a.example", "/%C3%BC%7B%7D"},
};

START_TEST(reads)
{
	struct url url;

	ck_assert(url_read(good[_i].chars, &url));
	ck_assert_str_eq(url.host.host, good[_i].host);
	ck_assert_uint_eq(url.host.port, good[_i].port);
	ck_assert_str_eq(url.authority, good[_i].authority);
	ck_assert_str_eq(url.path, good[_i].path);
}
END_TEST

static const char *const bad[] = {
    "",
    "http:",
    "http://",
    "http:///ca.crl",
    "http://:80/",
    "https://crl.example.com/ca.crl",
    "ldap://dc.corp.local/CN=CA",
    "ftp://crl.example.com/",
    "/ca.crl",
    "crl.example.com/ca.crl",
    "http://user@crl.example.com/",
    "http://user:secret@crl.example.com/",
    "http://crl.example.com:0/",
    "http://crl.example.com:65536/",
    "http://crl.example.com:x/",
    "http://crl example.com/",
    "http://crl.example.com\r\n/",
    "http://[2001:db8::1/",
    "http://2001:db8::1]/",
};

START_TEST(refuses)
{
	struct url url;

	ck_assert(!url_read(bad[_i], &url));
}
END_TEST

START_TEST(long_ones)
{
	struct text text = TEXT_EMPTY;
	struct url url;

	text_add(&text, "http://a.example/");
	while (text.length < URL_MAX)
		text_add_char(&text, 'x');
	ck_assert(url_read(text_chars(&text), &url));
	ck_assert_uint_eq(strlen(url.path), URL_MAX - strlen("http://a.example"));
	text_add_char(&text, 'x');
	ck_assert(!url_read(text_chars(&text), &url));
	/* Escapes make it longer: it is refused rather than cut. */
	text_cut(&text, strlen("http://a.example/"));
	while (text.length < URL_MAX)
		text_add_char(&text, ' ');
	ck_assert(!url_read(text_chars(&text), &url));
	/* And a host that no buffer holds. */
	text_cut(&text, strlen("http://"));
	while (text.length < 300)
		text_add_char(&text, 'a');
	ck_assert(!url_read(text_chars(&text), &url));
	text_free(&text);
}
END_TEST

static const struct {
	const char *chars;
	enum url_scheme scheme;
} schemes[] = {
    {"http://a", URL_HTTP},
    {"HTTP://a", URL_HTTP},
    {"https://a", URL_HTTPS},
    {"ldap:///CN=CA,CN=CDP,DC=corp,DC=local?certificateRevocationList?base", URL_LDAP},
    {"LDAP://dc", URL_LDAP},
    {"ldaps://dc", URL_LDAP},
    {"file://\\\\server\\share", URL_OTHER},
    {"http:/a", URL_OTHER},
    {"", URL_OTHER},
};

START_TEST(knows_schemes)
{
	ck_assert_int_eq(url_scheme(schemes[_i].chars), schemes[_i].scheme);
}
END_TEST

static const struct {
	const char *location, *authority, *path; /* NULL: not followed */
} redirects[] = {
    {"http://b.example/y", "b.example", "/y"},
    {"/y?z", "a.example:81", "/y?z"},
    {"/", "a.example:81", "/"},
    {"https://b.example/y", NULL, NULL},
    {"//b.example/y", NULL, NULL},
    {"y", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(follows)
{
	struct url url, to;

	ck_assert(url_read("http://a.example:81/x", &url));
	if (redirects[_i].authority == NULL) {
		ck_assert(!url_follow(&url, redirects[_i].location, &to));
		return;
	}
	ck_assert(url_follow(&url, redirects[_i].location, &to));
	ck_assert_str_eq(to.authority, redirects[_i].authority);
	ck_assert_str_eq(to.path, redirects[_i].path);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, reads, good);
	unit_add_rows(tests, refuses, bad);
	tcase_add_test(tests, long_ones);
	unit_add_rows(tests, knows_schemes, schemes);
	unit_add_rows(tests, follows, redirects);
}

int
main(void)
{
	return unit_run("wire/url", list);
}
