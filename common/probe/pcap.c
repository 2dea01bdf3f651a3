#include "config.h"

#include "probe/pcap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cursor.h"
#include "base/secret.h"

#define MAGIC        0xa1b2c3d4u /* microseconds, in this host's byte order */
#define FRAME_MAX    65535
#define PPP_WITH_DIR 204

struct pcap {
	FILE *file;
	char buffer[4096]; /* of FILE's; what is not written yet may be a password */
};

struct file_head {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, accuracy, longest, type;
};

struct record_head {
	uint32_t seconds, microseconds, kept, length;
};

/* PATH to write in, empty, a plain file of this user's that nobody else may open from now on; -1
 * when it is another's, or no file, and then untouched. */
static int
open_private(const char *path)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	struct stat status;

	if (descriptor < 0)
		return -1;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_uid == geteuid() && fchmod(descriptor, 0600) == 0 &&
	    ftruncate(descriptor, 0) == 0)
		return descriptor;
	close(descriptor);
	return -1;
}

struct pcap *
pcap_create(const char *path)
{
	const struct file_head head = {
	    .magic = MAGIC,
	    .major = 2,
	    .minor = 4,
	    .longest = FRAME_MAX,
	    .type = PPP_WITH_DIR,
	};
	int descriptor = open_private(path);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
	struct pcap *pcap = file == NULL ? NULL : calloc(1, sizeof *pcap);

	if (pcap == NULL) {
		int saved = errno;

		if (file != NULL)
			fclose(file);
		else if (descriptor >= 0)
			close(descriptor);
		errno = saved;
		return NULL;
	}
	pcap->file = file;
	setvbuf(file, pcap->buffer, _IOFBF, sizeof pcap->buffer);
	fwrite(&head, sizeof head, 1, pcap->file);
	if (fflush(pcap->file) == 0)
		return pcap;
	pcap_destroy(pcap);
	return NULL;
}

void
pcap_add_frame(struct pcap *pcap, bool sent, const void *frame, size_t length)
{
	struct timespec now;
	struct record_head head;
	uint8_t direction = sent ? 1 : 0;

	if (pcap == NULL)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	head.seconds = (uint32_t)now.tv_sec;
	head.microseconds = (uint32_t)(now.tv_nsec / 1000);
	head.kept = head.length = (uint32_t)length + 1;
	fwrite(&head, sizeof head, 1, pcap->file);
	fwrite(&direction, 1, 1, pcap->file);
	fwrite(frame, 1, length, pcap->file);
}

void
pcap_add(struct pcap *pcap, bool sent, const void *bytes, size_t length)
{
	struct cursor cursor = cursor_over(bytes, length);

	while (pcap != NULL && cursor.left >= 4) {
		uint16_t kind = cursor_u16(&cursor), size = cursor_u16(&cursor) & 0x0fff;
		const uint8_t *payload = cursor_bytes(&cursor, size >= 4 ? size - 4u : 0);

		if (payload == NULL)
			return;
		if ((kind & 1) == 0)
			pcap_add_frame(pcap, sent, payload, size - 4u);
	}
}

bool
pcap_destroy(struct pcap *pcap)
{
	bool whole;

	if (pcap == NULL)
		return true;
	whole = ferror(pcap->file) == 0;
	whole = fclose(pcap->file) == 0 && whole;
	secret_wipe(pcap->buffer, sizeof pcap->buffer);
	free(pcap);
	return whole;
}
