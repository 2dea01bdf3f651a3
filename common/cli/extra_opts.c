#include "config.h"

#include "cli/extra_opts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"

#define FILE_MAX 1048576 /* bytes; no file of options is that long */

/* The Monitoring Plugins look there in this order, the last seven for the sake of old times. */
static const char *const places[] = {
    "/usr/local/etc/monitoring-plugins/monitoring-plugins.ini",
    "/usr/local/etc/monitoring-plugins.ini",
    "/etc/monitoring-plugins/monitoring-plugins.ini",
    "/etc/monitoring-plugins.ini",
    "/etc/nagios/plugins.ini",
    "/usr/local/nagios/etc/plugins.ini",
    "/usr/local/etc/nagios/plugins.ini",
    "/etc/opt/nagios/plugins.ini",
    "/etc/nagios-plugins.ini",
    "/usr/local/etc/nagios-plugins.ini",
    "/etc/opt/nagios-plugins.ini",
};
static const char *const names[] = {
    "monitoring-plugins.ini",
    "plugins.ini",
    "nagios-plugins.ini",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Make PATH that of a file in the first of DIRECTORIES that has one; empty when none has. */
static void
find_in(const char *directories, struct text *path)
{
	while (*directories != '\0') {
		size_t length = strcspn(directories, ":");

		for (size_t i = 0; length > 0 && i < COUNT(names); i++) {
			text_cut(path, 0);
			text_add_bytes(path, directories, length);
			text_format(path, "/%s", names[i]);
			if (access(text_chars(path), F_OK) == 0)
				return;
		}
		directories += length;
		directories += *directories == ':';
	}
	text_cut(path, 0);
}

static void
find_file(struct text *path)
{
	const char *file = getenv("MP_CONFIG_FILE");
	const char *directories = getenv("NAGIOS_CONFIG_PATH");

	if (file != NULL) {
		text_add(path, file);
		return;
	}
	if (directories != NULL)
		find_in(directories, path);
	for (size_t i = 0; path->length == 0 && i < COUNT(places); i++)
		if (access(places[i], F_OK) == 0)
			text_add(path, places[i]);
}

/* Append the file at PATH; false when that does not go well, with errno set. */
static bool
read_file(const char *path, struct text *chars)
{
	return strcmp(path, "-") == 0 ? file_read(STDIN_FILENO, FILE_MAX, chars)
	                              : file_read_path(path, FILE_MAX, chars);
}

static void
say_wrong(const struct extra_opts *extra, enum ini_result result, size_t number,
    const char *section, struct text *text)
{
	static const char *const problems[] = {
	    [INI_BAD_SECTION] = "a section is written as [NAME]",
	    [INI_STRAY] = "options stand below a [SECTION]",
	    [INI_NO_KEY] = "an option has a name before the =",
	};

	if (result == INI_NO_MEMORY)
		text->failed = true;
	else if (result == INI_NO_SECTION)
		text_format(text, "no section [%s] in %s", section, extra->path);
	else
		text_format(text, "%s line %zu: %s", extra->path, number, problems[result]);
}

/* Fill EXTRA, whose path is set; false when something is wrong. */
static bool
load(struct extra_opts *extra, const char *section, struct text *text)
{
	struct text chars = {.secret = true}; /* there may be a password among the options */
	bool good = read_file(extra->path, &chars);
	size_t number;
	enum ini_result result;

	if (!good)
		text_format(text, "cannot read %s: %s", extra->path, strerror(errno));
	extra->length = chars.length;
	extra->chars = text_take(&chars);
	if (extra->chars == NULL)
		text->failed = true;
	if (!good || extra->chars == NULL)
		return false;
	if (strlen(extra->chars) != extra->length) {
		text_format(text, "%s is no text file", extra->path);
		return false;
	}
	result = ini_read(extra->chars, section, &extra->ini, &number);
	if (result != INI_OK)
		say_wrong(extra, result, number, section, text);
	return result == INI_OK;
}

/* The two parts of LOCATOR. */
static void
locate(const char *locator, const char *program, struct text *section, struct text *path)
{
	size_t length = strcspn(locator, "@");

	if (length > 0)
		text_add_bytes(section, locator, length);
	else
		text_add(section, program);
	if (locator[length] == '@')
		text_add(path, locator + length + 1);
	else
		find_file(path);
}

struct extra_opts *
extra_opts_load(const char *locator, const char *program, struct text *text)
{
	struct extra_opts *extra = calloc(1, sizeof *extra);
	struct text section = TEXT_EMPTY, path = TEXT_EMPTY;
	bool good = false;

	locate(locator != NULL ? locator : "", program, &section, &path);
	if (extra != NULL)
		extra->path = text_take(&path);
	if (extra == NULL || extra->path == NULL || text_failed(&section))
		text->failed = true;
	else if (*extra->path == '\0')
		text_add(text, "--extra-opts finds no file of options; name one as SECTION@FILE");
	else
		good = load(extra, text_chars(&section), text);
	text_free(&section);
	text_free(&path);
	if (good)
		return extra;
	extra_opts_free(extra);
	return NULL;
}

void
extra_opts_free(struct extra_opts *list)
{
	while (list != NULL) {
		struct extra_opts *next = list->next;

		ini_free(&list->ini);
		if (list->chars != NULL)
			secret_wipe(list->chars, list->length);
		free(list->chars);
		free(list->path);
		free(list);
		list = next;
	}
}
