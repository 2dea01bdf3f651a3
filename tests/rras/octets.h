/*
 * octets - big-endian integers into a text of bytes.
 */
#ifndef RRAS_OCTETS_H
#define RRAS_OCTETS_H

#include <stdint.h>

#include "base/text.h"

void octets_add_u8(struct text *text, unsigned value);
void octets_add_u16(struct text *text, unsigned value);
void octets_add_u32(struct text *text, uint32_t value);

/* Write over the two bytes AT an offset that is there. */
void octets_set_u16(struct text *text, size_t at, unsigned value);

#endif
