#include "config.h"

#include "scenes.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hex.h"
#include "support/dumps.h"

/* Stand-ins for digests: of the certificate that is shown, and of another. */
#define SHOWN1 "shown, SHA-1"
#define SHOWN2 "shown, SHA-256"
#define OF_SIM "sim" /* stands for the port of rras-sim */
#define OTHER1 "5566778899aabbccddeeff00112233445566778f"
#define OTHER2 "5ce8a11111111111222222222222333333333333444444444444555555555555"

#define SSTP   "{ba195980-cd49-458b-9e23-c84ee0adcd75}"
#define IIS    "{4dc3e181-e14b-4a21-b022-59fc669b0914}"
#define SCRIPT "{11112222-3333-4444-5555-666677778888}"

#define BOTH(sha1, owner)               \
	{"0.0.0.0:443", sha1, owner},   \
	{                               \
		"[::]:443", sha1, owner \
	}
#define TLS .has_sstp = true, .use_https = 1, .applied_https = 1, .applied_port = 443
#define OFFLOADED \
	.has_sstp = true, .use_https = 0, .applied_https = 0, .applied_port = 80, .by_admin = 1

/* Each in another shape, language and encoding. Where a shape does not tell SSTP's values reg query
 * follows it. */
static const struct {
	const char *name;
	enum dumps_shape shape;
	enum dumps_language language;
	enum dumps_encoding encoding;
	struct dumps_scene scene;
} scenes[] = {
    {"healthy", DUMPS_NETSH_2022, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = SHOWN2}},
    {"healthy-collected", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = SHOWN2, .sha1 = SHOWN1}},
    {"healthy-export", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = SHOWN2}},
    {"healthy-json", DUMPS_NETSH_JSON, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, SSTP), {"0.0.0.0:5986", OTHER1, SCRIPT}}, 3, TLS, .sha256 = SHOWN2}},
    {"offload", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF16_BARE,
        {{{0}}, 0, OFFLOADED, .sha256 = SHOWN2}},
    {"iis", DUMPS_NETSH_2016, DUMPS_GERMAN, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, IIS)}, 2, TLS, .sha256 = OTHER2, .sha1 = OTHER1}},
    {"families", DUMPS_NETSH_2022, DUMPS_CHINESE, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:443", SHOWN1, SSTP}, {"[::]:443", OTHER1, IIS}}, 2, TLS, .sha256 = SHOWN2}},
    {"address", DUMPS_NETSH_2008, DUMPS_PORTUGUESE, DUMPS_UTF8,
        {{BOTH(OTHER1, SSTP), {"192.0.2.21:443", SHOWN1, IIS}}, 3, TLS, .sha256 = OTHER2,
            .sha1 = OTHER1}},
    {"name", DUMPS_NETSH_2016, DUMPS_RUSSIAN, DUMPS_UTF16,
        {{BOTH(OTHER1, SSTP), {"vpn.example.com:443", SHOWN1, IIS}}, 3, TLS, .sha256 = OTHER2,
            .sha1 = OTHER1}},
    {"address-aside", DUMPS_NETSH_2022, DUMPS_CHINESE, DUMPS_UTF16,
        {{BOTH(SHOWN1, SSTP), {"[2001:db8::1]:443", OTHER1, IIS}}, 3, TLS, .sha256 = SHOWN2}},
    {"name-aside", DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, SSTP), {"vpn.example.com:443", OTHER1, IIS}}, 3, TLS, .sha256 = SHOWN2}},
    {"address-other", DUMPS_NETSH_2016, DUMPS_RUSSIAN, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP), {"192.0.2.21:443", OTHER1, IIS}}, 3, TLS, .sha256 = SHOWN2}},
    {"address-looked-at", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP), {"127.0.0.2:443", OTHER1, IIS}}, 3, TLS, .sha256 = SHOWN2}},
    {"address-and-name", DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_UTF16,
        {{BOTH(SHOWN1, SSTP), {"127.0.0.2:443", SHOWN1, SSTP},
             {"vpn.example.com:443", OTHER1, IIS}},
            4, TLS, .sha256 = SHOWN2}},
    {"not-applied", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16_BARE,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = OTHER2}},
    {"site", DUMPS_NETSH_2016, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(OTHER1, SSTP), {"www.example.com:443", SHOWN1, IIS}}, 3, TLS, .sha256 = OTHER2,
            .sha1 = OTHER1}},
    {"name-besides", DUMPS_NETSH_2008, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP), {"vpn2.example.com:443", OTHER1, IIS}}, 3, TLS, .sha256 = SHOWN2}},
    {"wire", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16,
        {{BOTH(OTHER1, SSTP)}, 2, TLS, .sha256 = OTHER2, .sha1 = OTHER1}},
    {"unbound", DUMPS_NETSH_2022, DUMPS_RUSSIAN, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:5986", OTHER1, SCRIPT}}, 1, TLS, .sha256 = SHOWN2}},
    {"byte", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = "32"}},
    {"half", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, SSTP)}, 2, .has_sstp = true, .use_https = 1, .applied_https = 0,
            .applied_port = 80, .sha256 = SHOWN2}},
    {"offload-stale", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{{0}}, 0, OFFLOADED, .sha256 = OTHER2}},
    {"offload-bound", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:" OF_SIM, SHOWN1, IIS}}, 1, OFFLOADED, .sha256 = OTHER2}},
    {"offload-not-restarted", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{{0}}, 0, OFFLOADED, .sha256 = SHOWN2, .started = "2001-02-03T04:05:06Z"}},
    {"offload-forced", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF8,
        {{{0}}, 0, .has_sstp = true, .use_https = 0, .applied_https = 0, .applied_port = 80,
            .by_admin = 0, .sha256 = SHOWN2}},
    {"iis-right", DUMPS_NETSH_2022, DUMPS_RANDOM_FAR, DUMPS_CODE_PAGE,
        {{BOTH(SHOWN1, IIS)}, 2, TLS, .sha256 = SHOWN2}},
    {"script", DUMPS_NETSH_2016, DUMPS_RANDOM_LATIN, DUMPS_UTF16_OTHER,
        {{BOTH(SHOWN1, SCRIPT)}, 2, TLS, .sha256 = SHOWN2}},
    {"one-family", DUMPS_NETSH_2008, DUMPS_GERMAN, DUMPS_UTF16_BARE,
        {{{"0.0.0.0:443", SHOWN1, SSTP}}, 1, TLS, .sha256 = SHOWN2}},
    {"old-sha1", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = SHOWN2, .sha1 = OTHER1}},
    {"netsh-alone", DUMPS_NETSH_2022, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:" OF_SIM, SHOWN1, SSTP}, {"[::]:" OF_SIM, SHOWN1, SSTP},
             {"0.0.0.0:443", OTHER1, IIS}},
            3, .has_sstp = false}},
    {"netsh-alone-wire", DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:" OF_SIM, OTHER1, SSTP}, {"[::]:" OF_SIM, OTHER1, SSTP},
             {"0.0.0.0:443", SHOWN1, IIS}},
            3, .has_sstp = false}},
    {"netsh-alone-elsewhere", DUMPS_NETSH_2022, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(OTHER1, SSTP)}, 2, .has_sstp = false}},
    {"netsh-alone-bound", DUMPS_NETSH_2022, DUMPS_CHINESE, DUMPS_CODE_PAGE,
        {{{"0.0.0.0:" OF_SIM, OTHER1, SSTP}, {"[::]:" OF_SIM, OTHER1, SSTP}}, 2,
            .has_sstp = false}},
    {"rejecting", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16,
        {{{"0.0.0.0:" OF_SIM, OTHER1, SSTP, true}, {"[::]:" OF_SIM, OTHER1, SSTP}}, 2,
            .has_sstp = false}},
    {"unstocked", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{{"0.0.0.0:" OF_SIM, OTHER1, SSTP}, {"[::]:" OF_SIM, OTHER1, SSTP}}, 2,
            .has_sstp = false}},
    {"moved", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8,
        {{{"0.0.0.0:8443", OTHER1, SSTP}, {"[::]:8443", OTHER1, SSTP},
             {"0.0.0.0:" OF_SIM, SHOWN1, IIS}},
            3, .has_sstp = true, .use_https = 1, .port = 8443, .applied_https = 1,
            .applied_port = 8443, .sha256 = OTHER2, .sha1 = OTHER1}},
    {"not-moved", DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16,
        {{{"0.0.0.0:8443", SHOWN1, SSTP}, {"[::]:8443", SHOWN1, SSTP}}, 2, .has_sstp = true,
            .use_https = 1, .port = 8443, .applied_https = 1, .applied_port = 443,
            .sha256 = SHOWN2}},
    {"iis-address", DUMPS_NETSH_2022, DUMPS_CHINESE, DUMPS_UTF16,
        {{BOTH(SHOWN1, IIS), {"192.0.2.21:443", SHOWN1, IIS}}, 3, TLS, .sha256 = OTHER2,
            .sha1 = OTHER1}},
    {"left-over", DUMPS_NETSH_2016, DUMPS_GERMAN, DUMPS_CODE_PAGE,
        {{BOTH(OTHER1, SSTP)}, 2, TLS, .sha256 = OTHER2, .sha1 = SHOWN1}},
    {"left-over-alone", DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE,
        {{BOTH(OTHER1, SSTP)}, 2, TLS, .sha256 = OTHER2,
            .sha1 = "0011223344556677889900112233445566778899"}},
    {"odd", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = "c3ab8ff1372"}},
    {"long-ago", DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8,
        {{BOTH(SHOWN1, SSTP)}, 2, TLS, .sha256 = SHOWN2, .collected = "2001-02-03T04:05:06Z"}},
};
#define SCENES (sizeof scenes / sizeof scenes[0])

/* What a server shows, in digits. */
struct shown {
	char sha1[41], sha256[65];
};

/* An endpoint with its port in figures. */
struct endpoint {
	char chars[80];
};

static void
digest(const X509 *certificate, const EVP_MD *md, char *digits)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	struct text text = TEXT_EMPTY;
	unsigned length;

	ck_assert_int_eq(X509_digest(certificate, md, bytes, &length), 1);
	hex_add(&text, bytes, length);
	for (size_t i = 0; i <= text.length; i++)
		digits[i] = (char)(text_chars(&text)[i] | 0x20);
	digits[text.length] = '\0';
	text_free(&text);
}

static void
look(int port, struct shown *shown)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int descriptor = socket(AF_INET, SOCK_STREAM, 0);
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *ssl = SSL_new(context);
	X509 *certificate;

	inet_pton(AF_INET, "127.0.0.2", &address.sin_addr);
	ck_assert_int_eq(connect(descriptor, (struct sockaddr *)&address, sizeof address), 0);
	SSL_set_fd(ssl, descriptor);
	/* One that resets shows nothing, and no scene of it may need that. */
	if (SSL_connect(ssl) == 1) {
		certificate = SSL_get1_peer_certificate(ssl);
		ck_assert_ptr_nonnull(certificate);
		digest(certificate, EVP_sha1(), shown->sha1);
		digest(certificate, EVP_sha256(), shown->sha256);
		X509_free(certificate);
		SSL_shutdown(ssl);
	}
	SSL_free(ssl);
	SSL_CTX_free(context);
	close(descriptor);
}

static const char *
real(const char *digits, const struct shown *shown)
{
	bool is_sha1 = digits != NULL && strcmp(digits, SHOWN1) == 0;
	bool is_sha256 = digits != NULL && strcmp(digits, SHOWN2) == 0;

	ck_assert((!is_sha1 && !is_sha256) || shown->sha1[0] != '\0');
	if (is_sha1)
		return shown->sha1;
	return is_sha256 ? shown->sha256 : digits;
}

static void
put_port(const char *chars, int port, struct endpoint *endpoint)
{
	size_t length = strlen(chars), word = strlen(OF_SIM);

	if (length > word && strcmp(chars + length - word, OF_SIM) == 0)
		snprintf(endpoint->chars, sizeof endpoint->chars, "%.*s%d", (int)(length - word),
		    chars, port);
	else
		snprintf(endpoint->chars, sizeof endpoint->chars, "%s", chars);
}

/* The bytes of scene NUMBER. */
static void
compose(struct text *text, size_t number, const struct shown *shown, int port)
{
	struct endpoint endpoints[DUMPS_ENTRIES_MAX];
	struct dumps_scene scene = scenes[number].scene;
	enum dumps_shape shape = scenes[number].shape;

	for (size_t i = 0; i < scene.entries_count; i++) {
		put_port(scene.entries[i].endpoint, port, &endpoints[i]);
		scene.entries[i].endpoint = endpoints[i].chars;
		scene.entries[i].hash = real(scene.entries[i].hash, shown);
	}
	scene.sha256 = real(scene.sha256, shown);
	scene.sha1 = real(scene.sha1, shown);
	dumps_add(text, &scene, shape, scenes[number].language, scenes[number].encoding);
	scene.entries_count = 0;
	if (scene.has_sstp && !dumps_tells_sstp(shape))
		dumps_add(text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
}

void
scenes_add_shown(struct text *text, int port)
{
	struct shown shown = {"", ""};

	look(port, &shown);
	text_add(text, shown.sha256);
}

void
scenes_add_path(struct text *text, const char *name, size_t length, int port, const char *folder)
{
	struct text bytes = TEXT_EMPTY, new = TEXT_EMPTY;
	struct shown shown = {"", ""};
	size_t number = 0, start = text->length;
	FILE *file;

	while (number < SCENES && (strncmp(scenes[number].name, name, length) != 0 ||
	                              scenes[number].name[length] != '\0'))
		number++;
	ck_assert_msg(number < SCENES, "no scene %s", name);
	if (port != 0)
		look(port, &shown);
	compose(&bytes, number, &shown, port);
	text_format(text, "%s/%s.dump", folder, scenes[number].name);
	/* Plugins side by side read it: it is there as a whole, or as a whole again. */
	text_format(&new, "%s.new", text_chars(text) + start);
	file = fopen(text_chars(&new), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text_chars(&bytes), 1, bytes.length, file), bytes.length);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(rename(text_chars(&new), text_chars(text) + start), 0);
	text_free(&bytes);
	text_free(&new);
}
