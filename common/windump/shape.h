/*
 * shape - what a value is, told by its looks alone.
 *
 * Windows translates the labels of netsh, and cuts or pads them as it likes; it never translates an
 * endpoint, a digest or a GUID.
 */
#ifndef WINDUMP_SHAPE_H
#define WINDUMP_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/dump.h"

/* 0.0.0.0:443, [::]:443, ::1:443: fill kind, any, host and port. */
bool shape_is_address(const char *chars, struct dump_binding *binding);

/* vpn.example.com:443, *.example.com:443: likewise. */
bool shape_is_name(const char *chars, struct dump_binding *binding);

/* A whole number from 1 to 65535. */
bool shape_is_port(const char *chars, uint16_t *port);

/* {ba195980-cd49-458b-9e23-c84ee0adcd75}, with or without the braces: in lower case, with them. */
bool shape_is_guid(const char *chars, char guid[DUMP_OWNER_MAX]);

/* The GUID in the 16 bytes that the registry keeps of it. */
void shape_guid_of_bytes(const uint8_t bytes[16], char guid[DUMP_OWNER_MAX]);

/*
 * Bytes as hexadecimal digits, all joined or all pairs parted by the same '-', ':' or ','. True for
 * anything that consists of such digits alone; HASH.is_bytes is false when they are an odd number.
 */
bool shape_is_hex(const char *chars, struct dump_hash *hash);

/* The bytes of base64 (RFC 4648), of which at most ROOM are kept; 0 when it is none. */
size_t shape_base64(const char *chars, uint8_t *bytes, size_t room);

/* Whether it is DER of the size of a certificate: a SEQUENCE that ends where the bytes end. */
bool shape_is_certificate(const uint8_t *der, size_t length);

/* 2026-11-25T18:50:41Z. */
bool shape_is_date(const char *chars, int64_t *date);

#endif
