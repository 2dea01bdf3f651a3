/*
 * wire - what the tests of the codecs share.
 */
#ifndef UNIT_WIRE_WIRE_H
#define UNIT_WIRE_WIRE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes written as hexadecimal digits and blanks, in a block of their own size, so that a read
 * behind them is seen. The caller frees it. */
uint8_t *wire_bytes(const char *digits, size_t *length);

#endif
