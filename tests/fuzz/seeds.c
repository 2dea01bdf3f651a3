/*
 * seeds DIRECTORY - writes what the fuzz target windump begins with: every shape, language and
 * encoding of a server's bindings.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/dumps.h"

#define SHA1   "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
#define SHA256 "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
#define IIS    "{4dc3e181-e14b-4a21-b022-59fc669b0914}"

static int
write_seed(const char *directory, const struct dumps_scene *scene, int number)
{
	int shape = number % DUMPS_SHAPES, rest = number / DUMPS_SHAPES;
	struct text text = TEXT_EMPTY, path = TEXT_EMPTY;
	FILE *file;
	int result = 1;

	dumps_add(
	    &text, scene, shape, rest % DUMPS_LANGUAGES, rest / DUMPS_LANGUAGES % DUMPS_ENCODINGS);
	text_format(&path, "%s/%d", directory, number);
	file = fopen(text_chars(&path), "w");
	if (file != NULL) {
		result = fwrite(text_chars(&text), 1, text.length, file) != text.length;
		result |= fclose(file) != 0;
	}
	text_free(&text);
	text_free(&path);
	return result;
}

int
main(int count, char *arguments[])
{
	struct dumps_scene scene;
	int result = 0;

	if (count != 2 || (mkdir(arguments[1], 0700) != 0 && errno != EEXIST))
		return 1;
	dumps_healthy(&scene, SHA1, SHA256);
	scene.entries[2] = (struct dumps_entry){"vpn.example.com:443", SHA1, IIS};
	scene.entries[3] = (struct dumps_entry){"443", NULL, IIS};
	scene.entries[4] = (struct dumps_entry){"[2001:db8::1]:5986", SHA256, IIS};
	scene.entries_count = 5;
	scene.collected = "2026-11-25T18:50:41Z";
	for (int number = 0; number < DUMPS_SHAPES * DUMPS_LANGUAGES * DUMPS_ENCODINGS; number++)
		result |= write_seed(arguments[1], &scene, number);
	return result;
}
