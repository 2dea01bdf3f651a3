/*
 * ini - one section of an ini file.
 *
 *   # a comment; so is what follows a semicolon that begins a line
 *   [check_sstp]
 *   hostname = vpn.example.com
 *   plain
 *
 * Blanks around names, keys and values do not count. A value goes to the end of its line, whatever
 * it holds: quotes belong to it, and nothing behind it is a comment. Keys may be repeated, and so
 * may sections: their lines add up. Lines of other sections are skipped unread.
 */
#ifndef CLI_INI_H
#define CLI_INI_H

#include <stddef.h>

struct ini_line {
	const char *key;   /* not empty */
	const char *value; /* "" for none behind the '='; NULL: there is no '=' */
	size_t number;     /* of the line, from 1 */
};

struct ini {
	struct ini_line *lines; /* owned; what they point to is not */
	size_t count;
};

enum ini_result {
	INI_OK,
	INI_NO_SECTION,
	INI_BAD_SECTION, /* a line that begins as a section and does not end as one */
	INI_STRAY,       /* a line before the first section */
	INI_NO_KEY,      /* nothing before the '=' */
	INI_NO_MEMORY,
};

/*
 * Read the lines of SECTION out of CHARS, which are cut up in place and must outlive *INI. *NUMBER
 * is set to the line in question when there is one. *INI is to be freed by ini_free() in any case.
 */
enum ini_result ini_read(char *chars, const char *section, struct ini *ini, size_t *number);

void ini_free(struct ini *ini);

#endif
