#include "config.h"

#include "witness.h"

#include <check.h>
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* The name that clients dial, up to LENGTH bytes: that of the last -H. */
static const char *
name_of(const struct row *row, size_t *length)
{
	const char *name = "vpn.example.com";

	for (const char *at = row->arguments; (at = strstr(at, "-H ")) != NULL; name = at)
		at += strlen("-H ");
	*length = strcspn(name, " ");
	return name;
}

static bool
has_any(const char *chars, const char *const words[])
{
	while (*words != NULL && strstr(chars, *words) == NULL)
		words++;
	return *words != NULL;
}

/* Whether it is sent as it is given. The scenes look for what is shown there without a name. */
static bool
is_sent_as_given(const struct row *row, const char *name, size_t length)
{
	static const char *const otherwise[] = {
	    "--sni ", "--no-sni", "--compare-sni", "--host-header ", "{shown}", "{dump=", NULL};

	while (length > 0 && isascii((unsigned char)name[length - 1]))
		length--;
	return length == 0 && !has_any(row->arguments, otherwise);
}

static bool
begins(const char *chars, const char *name, size_t length, const char *ends)
{
	return strncmp(chars, name, length) == 0 && strchr(ends, chars[length]) != NULL;
}

/* A line of a handshake that was completed, or of a request. */
static void
check_names(const struct row *row, const char *line, size_t size)
{
	size_t length;
	const char *name = name_of(row, &length);
	const char *sni = memmem(line, size, " tls sni=", strlen(" tls sni="));
	const char *host = memmem(line, size, " host=", strlen(" host="));

	if (!is_sent_as_given(row, name, length))
		return;
	if (sni != NULL && memmem(line, size, " TLSv1", strlen(" TLSv1")) != NULL)
		ck_assert_msg(begins(sni + strlen(" tls sni="), name,
		                  isdigit((unsigned char)*name) ? 0 : length, " "),
		    "%.*s", (int)size, line);
	if (host != NULL && memmem(line, size, " HTTP/1.", strlen(" HTTP/1.")) != NULL)
		ck_assert_msg(
		    begins(host + strlen(" host="), name, length, ":\n"), "%.*s", (int)size, line);
}

/* "{C5D745F1-E49A-4C82-8F75-535354504D4F}" */
static void
check_correlations(const char *said)
{
	static const char before[] = " duplex correlation=",
	                  form[] = "{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}\n";

	for (const char *at = said; (at = strstr(at, before)) != NULL;) {
		const char *other;

		at += strlen(before);
		for (size_t i = 0; form[i] != '\0'; i++)
			ck_assert_msg(
			    form[i] == 'X' ? isxdigit((unsigned char)at[i]) != 0 : at[i] == form[i],
			    "%.60s", at);
		for (other = at; (other = strstr(other, before)) != NULL;) {
			other += strlen(before);
			ck_assert_msg(strncmp(other, at, strlen(form)) != 0, "twice: %.60s", at);
		}
	}
}

void
witness_hear(const struct row *row, const char *said)
{
	/* Here an Abort comes when the client may be about to leave. */
	static const char *const crossing[] = {"end-at=", "ipcp=ack-abort", NULL};

	ck_assert_msg(strstr(said, " breach: ") == NULL, "%.2000s", said);
	/* What is no SSTP is dropped without a word (MS-SSTP 3.1.5.1). */
	ck_assert_msg(strstr(said, " left rudely") == NULL ||
	                  (row->cause != NULL && strcmp(row->cause, "sstp.garbage") == 0),
	    "%.2000s", said);
	ck_assert_msg(strstr(said, " left across an abort") == NULL || has_any(row->sim, crossing),
	    "%.2000s", said);
	ck_assert_msg(strstr(said, " alpn=offered") == NULL, "%.2000s", said);
	for (const char *line = said; *line != '\0';) {
		size_t size = strcspn(line, "\n") + 1;

		check_names(row, line, size);
		line += size;
	}
	check_correlations(said);
}
