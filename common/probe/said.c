#include "probe/said.h"

#include <stdio.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/text.h"
#include "facts/ras.h"

/* What is shown, at most 128 bytes, comes of no more: a character has four bytes at most, and of
 * each one is shown at least. */
#define MASKED_MAX 512

/* The length of the password when it stands at BYTES, else 0. */
static size_t
secret_at(const char *bytes, size_t length, const struct plan_logon *logon)
{
	const char *secret = logon == NULL ? NULL : logon->password;
	size_t size = secret == NULL ? 0 : strlen(secret);

	return size > 0 && size <= length && memcmp(bytes, secret, size) == 0 ? size : 0;
}

void
said_keep(
    char *words, size_t size, const void *bytes, size_t length, const struct plan_logon *logon)
{
	const char *chars = bytes;
	char room[MASKED_MAX + 1];
	struct text masked = TEXT_IN(room, sizeof room), clean = TEXT_IN(words, size);

	for (size_t i = 0; i < length && !text_failed(&masked);) {
		size_t secret = secret_at(chars + i, length - i, logon);

		if (secret > 0)
			text_add(&masked, "***");
		else
			text_add_char(&masked, chars[i]);
		i += secret > 0 ? secret : 1;
	}
	words[0] = '\0';
	sanitize_add(&clean, room, masked.length, size - 1);
}

uint32_t
said_keep_reason(
    char *words, size_t size, const struct ppp_packet *packet, const struct plan_logon *logon)
{
	uint32_t error = 0;
	const char *name;

	if (!ppp_read_ras_error(packet, &error)) {
		said_keep(words, size, packet->data, packet->length, logon);
		return 0;
	}
	name = ras_name(error);
	if (error == 0)
		words[0] = '\0';
	else if (name == NULL)
		snprintf(words, size, "error %lu", (unsigned long)error);
	else
		snprintf(words, size, "%s (%lu)", name, (unsigned long)error);
	return error;
}
