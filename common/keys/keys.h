/*
 * keys - what the functions of this room come to.
 *
 * Each of them is pure: no randomness, no clock, nothing kept between calls. What they write is
 * whole after KEYS_OK and all zero after anything else. Intermediate values are wiped; what is
 * handed out is a secret of the caller's, who wipes it with secret_wipe().
 */
#ifndef KEYS_KEYS_H
#define KEYS_KEYS_H

enum keys_result {
	KEYS_OK,
	KEYS_NO_PROVIDER, /* this platform has, or allows, no such algorithm: MD4, MD5 and DES where
	                     FIPS is enforced, or an openssl.cnf that leaves a provider out */
	KEYS_NOT_UTF8,    /* the password is no valid UTF-8 (RFC 3629) */
	KEYS_TOO_LONG,    /* the password has more UTF-16 units than KEYS_PASSWORD_UNITS */
	KEYS_NO_MEMORY,
};

#define KEYS_PASSWORD_UNITS 256 /* RFC 2759 section 4: a password has up to 256 of them */
#define KEYS_HLAK           32  /* higher-layer authentication key (MS-SSTP 3.2.5.2.2) */

#endif
