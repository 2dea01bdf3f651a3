#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"

#define PIECE 4096

bool
file_read(int descriptor, size_t limit, struct text *text)
{
	char piece[PIECE];
	ssize_t count = 1;
	bool good = true;
	size_t read_before = text->length;

	while (good && count != 0) {
		count = read(descriptor, piece, sizeof piece);
		if (count > 0)
			text_add_bytes(text, piece, (size_t)count);
		good = count >= 0 || errno == EINTR;
		if (good && (text_failed(text) || text->length - read_before > limit)) {
			errno = text_failed(text) ? ENOMEM : EFBIG;
			good = false;
		}
	}
	int saved = errno;
	secret_wipe(piece, sizeof piece); /* it may have been a file of passwords */
	errno = saved;
	return good;
}

bool
file_read_path(const char *path, size_t limit, struct text *text)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC), saved;
	bool good;

	if (descriptor < 0)
		return false;
	good = file_read(descriptor, limit, text);
	saved = errno;
	close(descriptor);
	errno = saved;
	return good;
}
