#include "config.h"

#include "scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATHS  4
#define PARENT "/tmp"

static char folder[64];
/* What its name begins with; in tests the program's number stands behind that. */
static char mark[32] = "sstp-test-";
static size_t mark_length;

static void
die(const char *what)
{
	perror(what);
	abort();
}

const char *
scratch_make(void)
{
	snprintf(folder, sizeof folder, PARENT "/%sXXXXXX", mark);
	if (mkdtemp(folder) == NULL)
		die(folder);
	return folder;
}

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

void
scratch_remove(void)
{
	if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		die(folder);
}

void
scratch_begin_tests(void)
{
	mark_length = strlen(mark);
	snprintf(mark + mark_length, sizeof mark - mark_length, "%ld-", (long)getpid());
}

void
scratch_end_tests(void)
{
	DIR *parent = opendir(PARENT);

	if (parent == NULL)
		die(PARENT);
	for (struct dirent *entry; (entry = readdir(parent)) != NULL;) {
		char path[sizeof PARENT + sizeof entry->d_name];

		snprintf(path, sizeof path, PARENT "/%s", entry->d_name);
		if (strncmp(entry->d_name, mark, strlen(mark)) == 0)
			nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	}
	closedir(parent);
	mark[mark_length] = '\0';
}

const char *
scratch_path(const char *name)
{
	static char paths[PATHS][256];
	static size_t next;
	char *path = paths[next++ % PATHS];

	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

const char *
scratch_write(const char *name, const void *bytes, size_t length)
{
	const char *path = scratch_path(name);
	FILE *file = fopen(path, "w");

	if (file == NULL || fchmod(fileno(file), 0600) != 0 ||
	    fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
		die(path);
	return path;
}
