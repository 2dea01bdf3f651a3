/*
 * A file of credentials that was taken is written so that it reads as the same ones; whatever is
 * wrong with it is told without a word of it, and in the end the password is gone.
 */
#include "config.h"

#include "cli/credentials.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "fuzz/fuzz.h"

#define SECRET "clientPass" /* what the seeds have for a password */

static bool
take(const void *bytes, size_t length, struct credentials *credentials, struct text *text)
{
	static int descriptor = -1;
	static char path[32];

	if (descriptor < 0) {
		descriptor = memfd_create("credentials", MFD_CLOEXEC);
		FUZZ_CLAIM(descriptor >= 0 && fchmod(descriptor, 0600) == 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
	}
	FUZZ_CLAIM(ftruncate(descriptor, 0) == 0);
	FUZZ_CLAIM(pwrite(descriptor, bytes, length, 0) == (ssize_t)length);
	memset(credentials, 0, sizeof *credentials);
	credentials->file = path;
	return credentials_complete(credentials, true, text);
}

static void
claim_taken(const char *chars)
{
	size_t length = strlen(chars);

	FUZZ_CLAIM(length > 0);
	FUZZ_CLAIM(strchr(" \t\r", chars[0]) == NULL && strchr(" \t\r", chars[length - 1]) == NULL);
	for (size_t i = 0; i < length; i++)
		FUZZ_CLAIM((unsigned char)chars[i] >= ' ' && chars[i] != 0x7F);
}

static void
claim_same(const struct credentials *one)
{
	struct text file = TEXT_EMPTY, text = TEXT_EMPTY;
	struct credentials other;

	text_format(&file, "password=%s\nusername=%s", one->password, one->user);
	FUZZ_CLAIM(take(file.bytes, file.length, &other, &text));
	FUZZ_CLAIM(strcmp(one->user, other.user) == 0);
	FUZZ_CLAIM(strcmp(one->password, other.password) == 0);
	text_free(&file);
	text_free(&text);
}

static void
claim_wiped(const struct credentials *credentials)
{
	FUZZ_CLAIM(!credentials->has_password && !credentials->has_variable);
	for (size_t i = 0; i < sizeof credentials->password; i++)
		FUZZ_CLAIM(credentials->password[i] == '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct credentials credentials;
	struct text text = TEXT_EMPTY;
	bool good = take(bytes, length, &credentials, &text);

	FUZZ_CLAIM(good == (text.length == 0));
	FUZZ_CLAIM(strstr(text_chars(&text), SECRET) == NULL);
	for (size_t i = 0; i < text.length; i++)
		FUZZ_CLAIM(text.bytes[i] >= ' ' && text.bytes[i] < 0x7F);
	if (good) {
		claim_taken(credentials.user);
		claim_taken(credentials.password);
		claim_same(&credentials);
	}
	credentials_wipe(&credentials);
	claim_wiped(&credentials);
	text_free(&text);
	return 0;
}
