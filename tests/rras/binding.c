#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

#include "base/hex.h"
#include "binding.h"
#include "breach.h"
#include "compound.h"
#include "journal.h"
#include "message.h"

/* --- the certificate --- */

static void
hash_own_certificate(const struct sstp *sstp, enum compound_hash hash, uint8_t *digest)
{
	const EVP_MD *md = hash == COMPOUND_SHA1 ? EVP_sha1() : EVP_sha256();
	if (sstp->line->ssl != NULL)
		X509_digest(SSL_get_certificate(sstp->line->ssl), md, digest, NULL);
}

/* The hash in the registry of the server: that of the certificate it shows, of another one, or the
 * one that was given. A server knows its certificate by both hashes, one that was told by one. */
static void
stored_hash(const struct sstp *sstp, enum compound_hash hash, uint8_t digest[COMPOUND_FIELD])
{
	const char *stored = sstp->line->member->stored;
	memset(digest, 0, COMPOUND_FIELD);
	if (strcmp(stored, "own") == 0)
		hash_own_certificate(sstp, hash, digest);
	else if (strcmp(stored, "other") == 0)
		memset(digest, 0x0f, compound_size(hash));
	else
		hex_read(stored, digest, compound_size(hash));
}

/* --- what the client says --- */

/* Length, number of attributes, and the one that there is. */
static bool
has_form(const struct packets *packets)
{
	static const uint8_t right[] = {0x10, 0x01, 0, COMPOUND_PACKET, 0, CALL_CONNECTED, 0, 1, 0,
	    ATTRIBUTE_BINDING, 0, 0x68, 0, 0, 0};
	return packets->size == COMPOUND_PACKET && memcmp(packets->bytes, right, sizeof right) == 0;
}

static bool
is_zero(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static bool
is_padded(const uint8_t *packet, size_t size)
{
	return is_zero(packet + COMPOUND_CERTIFICATE_AT + size, COMPOUND_FIELD - size) &&
	       is_zero(packet + COMPOUND_MAC_AT + size, COMPOUND_FIELD - size);
}

/* What is wrong with a Call Connected of the right form, or NULL. */
static const char *
find_fault(const struct sstp *sstp)
{
	const uint8_t *packet = sstp->packets.bytes;
	unsigned hash = packet[COMPOUND_HASH_AT];
	size_t size = compound_size(hash);
	uint8_t right[COMPOUND_FIELD];
	if (size == 0 || (hash & (unsigned)sstp->line->member->hash) == 0)
		return "a hash that was not offered";
	if (memcmp(packet + COMPOUND_NONCE_AT, sstp->nonce, sizeof sstp->nonce) != 0)
		return "nonce differs";
	if (!is_padded(packet, size))
		return "padding is not zero";
	stored_hash(sstp, (enum compound_hash)hash, right);
	if (memcmp(packet + COMPOUND_CERTIFICATE_AT, right, size) != 0)
		return "certificate hash differs";
	if (sstp->keys == SSTP_KEYS_UNKNOWN)
		return NULL;
	compound_mac(packet, sstp->hlak, right);
	if (memcmp(packet + COMPOUND_MAC_AT, right, size) != 0)
		return "MAC wrong";
	return NULL;
}

/* What RRAS, or another server, answers. */
static bool
refuse(struct sstp *sstp, enum message_attribute attribute, unsigned long status)
{
	sstp_abort(sstp, attribute, status);
	return false;
}

bool
binding_judge(struct sstp *sstp)
{
	struct line *line = sstp->line;
	int binding = line->member->binding;
	journal_add(line, "call connected");
	if (!has_form(&sstp->packets)) {
		breach(line, "a malformed Call Connected");
		return refuse(sstp, ATTRIBUTE_STATUS, STATUS_ATTRIBUTE_NOT_SUPPORTED);
	}
	const char *fault = find_fault(sstp);
	if (fault != NULL)
		journal_add(line, "binding: %s", fault);
	else
		journal_add(line, "binding verified%s",
		    sstp->keys == SSTP_KEYS_UNKNOWN ? " but for the MAC" : "");
	if (binding == BINDING_MISSED)
		return refuse(sstp, ATTRIBUTE_STATUS, STATUS_ATTRIBUTE_NOT_SUPPORTED);
	if (binding == BINDING_REFUSED || (binding == BINDING_CHECKED && fault != NULL))
		return refuse(sstp, ATTRIBUTE_BINDING, STATUS_VALUE_NOT_SUPPORTED);
	if (binding == BINDING_AS_ACCEL && fault != NULL)
		return refuse(sstp, ATTRIBUTE_STATUS, STATUS_INVALID_FRAME);
	return true;
}
