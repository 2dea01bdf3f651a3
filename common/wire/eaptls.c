#include "wire/eaptls.h"

#include "base/cursor.h"

#define LENGTH_INCLUDED 0x80
#define MORE_FRAGMENTS  0x40
#define START           0x20

#define EMPTY_MAX 4 /* fragments without a byte, each with more to come */

uint8_t
eaptls_version(const struct eap_packet *packet)
{
	return packet->length > 0 ? packet->data[0] & EAPTLS_VERSION_MASK : 0;
}

/* A message, or a fragment of one, of LENGTH bytes. */
static enum eaptls_event
take_fragment(struct eaptls *eaptls, const uint8_t *bytes, size_t length, bool more)
{
	if (eaptls->in.length + length > EAPTLS_MESSAGE_MAX)
		return EAPTLS_BROKEN;
	text_add_bytes(&eaptls->in, bytes, length);
	if (!more) {
		eaptls->empty = 0;
		return EAPTLS_WHOLE;
	}
	eaptls->empty = length > 0 ? 0 : eaptls->empty + 1;
	return eaptls->empty > EMPTY_MAX ? EAPTLS_BROKEN : EAPTLS_FRAGMENT;
}

enum eaptls_event
eaptls_receive(struct eaptls *eaptls, const struct eap_packet *packet)
{
	struct cursor cursor = cursor_over(packet->data, packet->length);
	uint8_t flags = cursor_u8(&cursor);
	uint32_t claimed = 0;

	/* An EAP-TLS packet without flags stands for one whose flags are all zero. */
	if (cursor.failed)
		cursor = cursor_over(NULL, 0);
	if (flags & LENGTH_INCLUDED)
		claimed = cursor_u32(&cursor);
	if (cursor.failed || claimed > EAPTLS_MESSAGE_MAX)
		return EAPTLS_BROKEN;
	if (flags & START)
		return EAPTLS_START;
	/* What is claimed with a later fragment is the length of the whole, too. */
	if ((flags & LENGTH_INCLUDED) && eaptls->in.length + cursor.left > claimed)
		return EAPTLS_BROKEN;
	if (eaptls_has_more(eaptls))
		return cursor.left == 0 && !(flags & MORE_FRAGMENTS) ? EAPTLS_GO_ON : EAPTLS_BROKEN;
	return take_fragment(eaptls, cursor.at, cursor.left, (flags & MORE_FRAGMENTS) != 0);
}

void
eaptls_put(struct eaptls *eaptls, const void *message, size_t length)
{
	text_cut(&eaptls->out, 0);
	text_add_bytes(&eaptls->out, message, length);
	eaptls->sent = 0;
}

bool
eaptls_has_more(const struct eaptls *eaptls)
{
	return eaptls->sent < eaptls->out.length;
}

void
eaptls_add(struct eaptls *eaptls, struct text *text)
{
	size_t whole = eaptls->out.length, left = whole - eaptls->sent;
	size_t limit = eaptls->limit > 0 ? eaptls->limit : EAPTLS_FRAGMENT_MAX;
	size_t length = left < limit ? left : limit;
	uint8_t flags = eaptls->version;

	text->failed |= text_failed(&eaptls->out);
	if (length < left)
		flags |= MORE_FRAGMENTS;
	if (eaptls->sent == 0 && (length < left || (eaptls->measured && length > 0)))
		flags |= LENGTH_INCLUDED;
	text_add_char(text, (char)flags);
	if (flags & LENGTH_INCLUDED) {
		const uint8_t total[] = {(uint8_t)(whole >> 24), (uint8_t)(whole >> 16),
		    (uint8_t)(whole >> 8), (uint8_t)whole};

		text_add_bytes(text, total, sizeof total);
	}
	if (length > 0)
		text_add_bytes(text, eaptls->out.bytes + eaptls->sent, length);
	eaptls->sent += length;
}

void
eaptls_free(struct eaptls *eaptls)
{
	text_free(&eaptls->in);
	text_free(&eaptls->out);
}
