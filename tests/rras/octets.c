#include "octets.h"

void
octets_add_u8(struct text *text, unsigned value)
{
	text_add_char(text, (char)(unsigned char)value);
}

void
octets_add_u16(struct text *text, unsigned value)
{
	octets_add_u8(text, value >> 8);
	octets_add_u8(text, value);
}

void
octets_add_u32(struct text *text, uint32_t value)
{
	octets_add_u16(text, value >> 16);
	octets_add_u16(text, value);
}

void
octets_set_u16(struct text *text, size_t at, unsigned value)
{
	if (at + 2 > text->length)
		return;
	text->bytes[at] = (char)(unsigned char)(value >> 8);
	text->bytes[at + 1] = (char)(unsigned char)value;
}
