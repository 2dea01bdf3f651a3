#include "config.h"

#include "probe/dumpfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/deadline.h"
#include "cert/digest.h"
#include "windump/windump.h"

#define PIECE       65536
#define LATE_MAX    (1 << 20) /* bytes that a pipe may still hold when the time is up */
#define MILLISECOND (DEADLINE_SECOND / 1000)

static void
note_trouble(struct dump *dump, int error)
{
	snprintf(dump->trouble, sizeof dump->trouble, "cannot be read: %s", strerror(error));
}

static void
note_delay(struct dump *dump)
{
	snprintf(dump->trouble, sizeof dump->trouble, "did not end within -t");
}

/* Wait until there is something to read; false, and the trouble noted, when nothing came in time.
 */
static bool
wait_for(int descriptor, int64_t deadline, struct dump *dump)
{
	struct pollfd pollfd = {.fd = descriptor, .events = POLLIN};
	int64_t left = deadline_left(deadline, deadline_now()) / MILLISECOND;
	int ready = poll(&pollfd, 1, left < INT32_MAX ? (int)left : INT32_MAX);

	if (ready < 0 && errno != EINTR)
		note_trouble(dump, errno);
	else if (ready == 0)
		note_delay(dump);
	return dump->trouble[0] == '\0';
}

struct reader {
	struct windump windump;
	char bytes[PIECE];
};

/* What is there is read even when the time is up; only what flows without end is not a file. */
static void
read_all(int descriptor, bool is_file, int64_t deadline, struct dump *dump)
{
	struct reader *reader = malloc(sizeof *reader);
	ssize_t length = 1;
	size_t late = 0;

	if (reader == NULL) {
		dump->no_memory = true;
		return;
	}
	windump_begin(&reader->windump, dump);
	while (length != 0 && wait_for(descriptor, deadline, dump)) {
		length = read(descriptor, reader->bytes, sizeof reader->bytes);
		if (length > 0)
			windump_feed(&reader->windump, reader->bytes, (size_t)length);
		else if (length < 0 && errno != EAGAIN && errno != EINTR) {
			note_trouble(dump, errno);
			break;
		}
		if (length > 0 && !is_file && deadline_left(deadline, deadline_now()) == 0)
			late += (size_t)length;
		if (late > LATE_MAX) {
			note_delay(dump);
			break;
		}
	}
	windump_end(&reader->windump);
	free(reader);
}

static void
digest_certificates(struct dump *dump)
{
	for (size_t i = 0; i < dump->certificates_count; i++) {
		struct dump_certificate *certificate = &dump->certificates[i];

		certificate->digested = digest_both(
		    certificate->der, certificate->length, certificate->sha1, certificate->sha256);
	}
}

void
dumpfile_read(const char *path, int64_t deadline, struct dump *dump)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct stat status = {0};
	int descriptor;
	bool is_file;

	dump_begin(dump);
	/* Nobody may be at the other end of a named pipe, which open() would wait for. */
	descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (descriptor < 0) {
		note_trouble(dump, errno);
		return;
	}
	is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
	read_all(descriptor, is_file, deadline, dump);
	if (dump->collected == 0 && is_file)
		dump->collected = (int64_t)status.st_mtime;
	if (!is_stdin)
		close(descriptor);
	digest_certificates(dump);
}
