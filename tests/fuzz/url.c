/*
 * What a certificate or a redirect names to be fetched makes a request of its own words: the head
 * of it has the lines that it always has, and is asked of the host that is named.
 *
 * Up to the first line feed it is a URL, behind it a Location.
 */
#include "wire/url.h"

#include "fuzz/fuzz.h"
#include "wire/http.h"

/* The same URL, written anew. */
static void
claim_stable(const struct url *url)
{
	struct text text = TEXT_EMPTY;
	struct url again;

	text_format(&text, "http://%s%s", url->authority, url->path);
	/* What was escaped has grown. */
	if (text.length <= URL_MAX) {
		FUZZ_CLAIM(url_read(text_chars(&text), &again));
		FUZZ_CLAIM(strcmp(again.authority, url->authority) == 0);
		FUZZ_CLAIM(strcmp(again.host.host, url->host.host) == 0);
		FUZZ_CLAIM(again.host.kind == url->host.kind && again.host.port == url->host.port);
		FUZZ_CLAIM(strcmp(again.path, url->path) == 0);
	}
	text_free(&text);
}

/* Visible characters alone, but for those that end a line. */
static size_t
count_lines(const struct text *text)
{
	size_t lines = 0;

	for (size_t i = 0; i < text->length; i++) {
		FUZZ_CLAIM((unsigned char)text->bytes[i] < 0x7F);
		FUZZ_CLAIM(
		    text->bytes[i] >= ' ' || text->bytes[i] == '\r' || text->bytes[i] == '\n');
		FUZZ_CLAIM((text->bytes[i] == '\n') == (i > 0 && text->bytes[i - 1] == '\r'));
		lines += text->bytes[i] == '\n';
	}
	return lines;
}

static void
claim_request(const struct url *url)
{
	struct text text = TEXT_EMPTY;
	size_t path = strlen(url->path);

	http_add_request(&text, "GET", url->path, url->authority);
	FUZZ_CLAIM(count_lines(&text) == 5);
	FUZZ_CLAIM(memcmp(text.bytes, "GET /", 5) == 0);
	FUZZ_CLAIM(memcmp(text.bytes + 4, url->path, path) == 0);
	FUZZ_CLAIM(memcmp(text.bytes + 4 + path, " HTTP/1.1\r\nHost: ", 17) == 0);
	FUZZ_CLAIM(strpbrk(url->path, " #") == NULL && strpbrk(url->authority, " /?#@") == NULL);
	text_free(&text);
}

static void
claim_sound(const struct url *url)
{
	struct endpoint endpoint;

	FUZZ_CLAIM(url->path[0] == '/' && strlen(url->path) < sizeof url->path);
	FUZZ_CLAIM(url->host.port != 0);
	FUZZ_CLAIM(endpoint_read(url->authority, &endpoint) == ENDPOINT_OK);
	FUZZ_CLAIM(strcmp(endpoint.host, url->host.host) == 0);
	FUZZ_CLAIM(endpoint.port == (url->host.port == 80 ? 0 : url->host.port));
	claim_request(url);
	claim_stable(url);
}

static void
claim_followed(const struct url *url, const char *location)
{
	struct url to;

	if (!url_follow(url, location, &to))
		return;
	claim_sound(&to);
	/* A path stays with its host; whatever else is a URL of http. */
	if (location[0] == '/')
		FUZZ_CLAIM(strcmp(to.authority, url->authority) == 0);
	else
		FUZZ_CLAIM(url_scheme(location) == URL_HTTP);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *chars = fuzz_chars(bytes, length), *location = strchr(chars, '\n');
	struct url url;

	if (location != NULL)
		*location++ = '\0';
	if (url_read(chars, &url)) {
		claim_sound(&url);
		if (location != NULL)
			claim_followed(&url, location);
	}
	free(chars);
	return 0;
}
