#include "config.h"

#include "cli/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/utf8.h"

#define FILE_MAX 65536 /* bytes; more is no file of two lines */
#define THE_FILE "the file of --credentials"

static const char user_takes[] =
    "a user name of 1 to 256 bytes of UTF-8 without control characters";
static const char password_takes[] =
    "a password of 1 to 256 characters of UTF-8 without control characters";

void
credentials_guard(void)
{
	const struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	/* A limit of 0 does not hold where dumps are piped to a program. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* Valid UTF-8 without control characters: the units of UTF-16 it takes; 0 for anything else. */
static size_t
count_units(const char *chars)
{
	size_t left = strlen(chars), units = 0, size;
	uint32_t code = 0;

	for (; left > 0; chars += size, left -= size) {
		size = utf8_read(chars, left, &code);
		if (size == 0 || code < 0x20 || (code >= 0x7F && code < 0xA0))
			return 0;
		units += code > 0xFFFF ? 2 : 1;
	}
	return units;
}

const char *
credentials_user(struct credentials *credentials, const char *value)
{
	size_t length = strlen(value);

	if (length > CREDENTIALS_USER || count_units(value) == 0)
		return user_takes;
	memcpy(credentials->user, value, length + 1);
	credentials->has_user = true;
	return NULL;
}

const char *
credentials_password(struct credentials *credentials, const char *value)
{
	size_t units = count_units(value);

	if (units == 0 || units > CREDENTIALS_PASSWORD)
		return password_takes;
	memcpy(credentials->password, value, strlen(value) + 1);
	credentials->has_password = true;
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* CHARS without blanks around them, cut in place. */
static char *
trim(char *chars)
{
	size_t length;

	while (is_blank(*chars))
		chars++;
	length = strlen(chars);
	while (length > 0 && is_blank(chars[length - 1]))
		length--;
	chars[length] = '\0';
	return chars;
}

/* What the file gives, before it is known what of it is wanted. */
struct content {
	const char *user;
	const char *password;
};

/* Take LINE, which is cut up. NULL, or what is wrong with it. */
static const char *
take_line(char *line, struct content *content)
{
	char *value = strchr(line, '=');
	const char **which;

	line = trim(line);
	if (*line == '\0' || *line == '#' || *line == ';')
		return NULL;
	if (value == NULL)
		return "username= or password= is expected";
	*value = '\0';
	line = trim(line);
	which = strcmp(line, "username") == 0   ? &content->user
	        : strcmp(line, "password") == 0 ? &content->password
	                                        : NULL;
	if (which == NULL)
		return "username= or password= is expected";
	if (*which != NULL)
		return "the same was given before";
	*which = trim(value + 1);
	return NULL;
}

static bool
complain(struct text *text, size_t line, const char *problem)
{
	text_format(text, THE_FILE ", line %zu: %s", line, problem);
	return false;
}

/* Cut the lines out of CHARS. */
static bool
take_lines(char *chars, struct content *content, struct text *text)
{
	char *line = chars, *end;
	size_t number = 1;

	line += utf8_mark(line, strlen(line));
	for (; line != NULL; line = end, number++) {
		const char *problem;

		end = strchr(line, '\n');
		if (end != NULL)
			*end++ = '\0';
		problem = take_line(line, content);
		if (problem != NULL)
			return complain(text, number, problem);
	}
	if (content->user == NULL && content->password == NULL) {
		text_add(text, THE_FILE " holds neither username= nor password=");
		return false;
	}
	return true;
}

/* Take from the file what no option gave. */
static bool
take_content(struct credentials *credentials, const struct content *content, struct text *text)
{
	const char *takes = NULL, *key = "username=";

	if (content->user != NULL && !credentials->has_user)
		takes = credentials_user(credentials, content->user);
	if (takes == NULL && content->password != NULL && !credentials->has_password) {
		takes = credentials_password(credentials, content->password);
		key = "password=";
	}
	if (takes != NULL)
		text_format(text, "%s in " THE_FILE " takes %s", key, takes);
	return takes == NULL;
}

/* What is wrong with the file itself, or NULL. */
static const char *
refuse(int descriptor)
{
	struct stat status;

	if (fstat(descriptor, &status) != 0)
		return strerror(errno);
	if (!S_ISREG(status.st_mode))
		return "it is no regular file";
	if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0)
		return "others may read or change it; chmod o= makes it private";
	return NULL;
}

static bool
read_content(int descriptor, struct credentials *credentials, struct text *text)
{
	struct text chars = {.secret = true};
	struct content content = {0};
	const char *problem = refuse(descriptor);
	bool good = false;

	if (problem == NULL && !file_read(descriptor, FILE_MAX, &chars)) {
		text->failed |= errno == ENOMEM;
		problem = errno == EFBIG ? "it is too long" : strerror(errno);
	}
	if (problem == NULL && chars.length == 0)
		problem = "it is empty";
	if (problem == NULL && strlen(chars.bytes) != chars.length)
		problem = "it is no text in UTF-8";
	if (problem != NULL)
		text_format(text, THE_FILE " is refused: %s", problem);
	else
		good = take_lines(chars.bytes, &content, text) &&
		       take_content(credentials, &content, text);
	text_free(&chars);
	return good;
}

static bool
take_file(struct credentials *credentials, struct text *text)
{
	/* O_NONBLOCK: a FIFO must not make us wait. */
	int descriptor = open(credentials->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool good;

	if (descriptor < 0) {
		text->failed |= errno == ENOMEM;
		text_format(text, THE_FILE " cannot be opened: %s", strerror(errno));
		return false;
	}
	good = read_content(descriptor, credentials, text);
	close(descriptor);
	return good;
}

void
credentials_hide(struct credentials *credentials)
{
	char *value = getenv(CREDENTIALS_VARIABLE);

	if (value == NULL)
		return;
	credentials->has_variable = true;
	snprintf(credentials->variable, sizeof credentials->variable, "%s", value);
	secret_wipe_chars(value);
}

static bool
take_variable(struct credentials *credentials, struct text *text)
{
	const char *takes = NULL;

	if (credentials->has_variable && !credentials->has_password)
		takes = credentials_password(credentials, credentials->variable);
	secret_wipe(credentials->variable, sizeof credentials->variable);
	credentials->has_variable = false;
	if (takes != NULL)
		text_format(
		    text, "the environment variable " CREDENTIALS_VARIABLE " takes %s", takes);
	return takes == NULL;
}

bool
credentials_complete(struct credentials *credentials, bool with_password, struct text *text)
{
	if (credentials->file != NULL && !take_file(credentials, text))
		return false;
	if (!take_variable(credentials, text))
		return false;
	if (!credentials->has_user) {
		text_add(text, "--logname is needed to log on, or username= in " THE_FILE);
		return false;
	}
	if (with_password && !credentials->has_password) {
		text_add(text, "a password is needed to log on: password= in " THE_FILE
		               ", or " CREDENTIALS_VARIABLE " in the environment");
		return false;
	}
	return true;
}

void
credentials_wipe(struct credentials *credentials)
{
	secret_wipe(credentials->password, sizeof credentials->password);
	secret_wipe(credentials->variable, sizeof credentials->variable);
	credentials->has_variable = false;
	credentials->has_password = false;
}
