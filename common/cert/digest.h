/*
 * digest - both digests by which Windows knows a certificate.
 */
#ifndef CERT_DIGEST_H
#define CERT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SHA-1 and SHA-256 of the LENGTH bytes of a certificate's DER. False when this platform does not
 * give them. */
bool digest_both(const void *der, size_t length, uint8_t sha1[20], uint8_t sha256[32]);

#endif
