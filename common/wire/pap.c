#include <string.h>

#include "base/cursor.h"
#include "wire/pap.h"

static void
add_counted(struct text *text, const char *chars, size_t length)
{
	text_add_char(text, (char)(uint8_t)length);
	text_add_bytes(text, chars, length);
}

bool
pap_add_request(struct text *text, uint8_t identifier, const char *name, const char *password)
{
	size_t name_length = strlen(name), password_length = strlen(password);
	if (name_length > PAP_MAX || password_length > PAP_MAX)
		return false;
	/* The codes of PAP are none of LCP's, but they stand in the same place. */
	size_t begun = ppp_begin_packet(text, PPP_PAP, (enum ppp_code)PAP_REQUEST, identifier);
	add_counted(text, name, name_length);
	add_counted(text, password, password_length);
	ppp_end_packet(text, begun);
	return true;
}

const char *
pap_message(const struct ppp_packet *packet, size_t *length)
{
	/* The packet's data and what the frame holds beyond it stand in a row. */
	struct cursor cursor = cursor_over(packet->data, packet->length + packet->padding_length);
	size_t announced = cursor_u8(&cursor);
	*length = announced < cursor.left ? announced : cursor.left;
	return (const char *)cursor.at;
}
