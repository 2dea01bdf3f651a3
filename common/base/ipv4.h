/*
 * ipv4 - IPv4 addresses and subnets in figures.
 *
 * An address is a number in the order of this host: 192.0.2.1 is 0xC0000201.
 */
#ifndef BASE_IPV4_H
#define BASE_IPV4_H

#include <stdbool.h>
#include <stdint.h>

#define IPV4_MAX 16 /* "255.255.255.255" and its NUL */

struct ipv4_subnet {
	uint32_t address; /* its bits behind the prefix are zero */
	int bits;         /* of the prefix, 0 to 32 */
};

/* Read "192.0.2.1": four whole numbers up to 255, without leading zeros, nothing behind them. */
bool ipv4_read(const char *chars, uint32_t *address);

/* Read "192.0.2.0/24"; an address alone is a subnet of 32 bits. Bits behind the prefix do not
 * count. */
bool ipv4_read_subnet(const char *chars, struct ipv4_subnet *subnet);

bool ipv4_is_within(uint32_t address, const struct ipv4_subnet *subnet);

/* ADDRESS in figures; returns CHARS. */
const char *ipv4_write(uint32_t address, char chars[IPV4_MAX]);

#endif
