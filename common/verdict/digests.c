#include "verdict/digests.h"

#include <stdio.h>
#include <string.h>

/* Both digests of one certificate. */
struct pair {
	const uint8_t *sha1, *sha256;
};

const struct facts_certificate *
digests_shown(const struct digests *digests, size_t at)
{
	const struct facts *facts = &digests->facts[at];

	return facts->sni == FACTS_SNI_USUAL && facts->tls.chain_count > 0 ? &facts->tls.chain[0]
	                                                                   : NULL;
}

/* Certificate AT of all that are known whole: those shown, then those of the dump. False behind the
 * last; a place without one has no digests. */
static bool
pair_at(const struct digests *digests, size_t at, struct pair *pair)
{
	const struct dump *dump = digests->dump;

	*pair = (struct pair){NULL, NULL};
	if (at < digests->count) {
		const struct facts_certificate *shown = digests_shown(digests, at);

		if (shown != NULL)
			*pair = (struct pair){shown->sha1, shown->sha256};
		return true;
	}
	at -= digests->count;
	if (at >= dump->certificates_count)
		return false;
	if (dump->certificates[at].digested)
		*pair = (struct pair){dump->certificates[at].sha1, dump->certificates[at].sha256};
	return true;
}

static bool
is_sha1(const struct dump_hash *hash)
{
	return dump_is_digest(hash) && hash->length == DUMP_SHA1;
}

static bool
is_sha256(const struct dump_hash *hash)
{
	return dump_is_digest(hash) && hash->length == DUMP_SHA256;
}

bool
digests_is_trust_known(const struct digests *digests)
{
	return is_sha256(&digests->dump->sstp.sha256);
}

bool
digests_is_trusted(const struct digests *digests, const struct facts_certificate *shown)
{
	return memcmp(shown->sha256, digests->dump->sstp.sha256.bytes, DUMP_SHA256) == 0;
}

bool
digests_is_bound(const struct dump_hash *bound, const struct facts_certificate *shown)
{
	if (is_sha1(bound))
		return memcmp(bound->bytes, shown->sha1, DUMP_SHA1) == 0;
	return is_sha256(bound) && memcmp(bound->bytes, shown->sha256, DUMP_SHA256) == 0;
}

static enum digests_answer
answer(bool same)
{
	return same ? DIGESTS_SAME : DIGESTS_DIFFERENT;
}

/* Compare by a certificate whose digests are both known. One that SSTP trusts and that has another
 * SHA-1 tells as much as one that has the SHA-1 and that SSTP does not trust. */
static enum digests_answer
compare_by_pairs(const struct digests *digests, const uint8_t *sha1)
{
	const uint8_t *trusted = digests->dump->sstp.sha256.bytes;
	struct pair pair;

	for (size_t i = 0; pair_at(digests, i, &pair); i++) {
		bool has_sha1, has_sha256;

		if (pair.sha1 == NULL)
			continue;
		has_sha1 = memcmp(pair.sha1, sha1, DUMP_SHA1) == 0;
		has_sha256 = memcmp(pair.sha256, trusted, DUMP_SHA256) == 0;
		if (has_sha1 || has_sha256)
			return answer(has_sha1 && has_sha256);
	}
	return DIGESTS_UNKNOWN;
}

/* Whether SSTP's SHA-1 is that of every entry which SSTP made itself: then it is not left over. */
static bool
is_in_use(const struct digests *digests)
{
	const struct dump *dump = digests->dump;
	bool used = false;

	for (size_t i = 0; i < dump->bindings_count; i++) {
		const struct dump_binding *binding = &dump->bindings[i];

		if (strcmp(binding->owner, DUMP_OWNER_SSTP) != 0 || !is_sha1(&binding->hash))
			continue;
		if (memcmp(binding->hash.bytes, dump->sstp.sha1.bytes, DUMP_SHA1) != 0)
			return false;
		used = true;
	}
	return used;
}

/* Compare by SSTP's own SHA-1. */
static enum digests_answer
compare_by_sha1(const struct digests *digests, const uint8_t *sha1)
{
	const struct dump_hash *own = &digests->dump->sstp.sha1;

	if (!is_sha1(own) || digests_compare_own(digests) == DIGESTS_DIFFERENT)
		return DIGESTS_UNKNOWN;
	if (memcmp(sha1, own->bytes, DUMP_SHA1) == 0)
		return DIGESTS_SAME;
	return is_in_use(digests) ? DIGESTS_DIFFERENT : DIGESTS_DOUBTED;
}

enum digests_answer
digests_compare(const struct digests *digests, const struct dump_hash *bound)
{
	const struct dump_sstp *sstp = &digests->dump->sstp;
	enum digests_answer by_pairs;

	if (!dump_is_digest(bound) || !digests_is_trust_known(digests))
		return DIGESTS_UNKNOWN;
	if (is_sha256(bound))
		return answer(memcmp(bound->bytes, sstp->sha256.bytes, DUMP_SHA256) == 0);
	by_pairs = compare_by_pairs(digests, bound->bytes);
	return by_pairs != DIGESTS_UNKNOWN ? by_pairs : compare_by_sha1(digests, bound->bytes);
}

enum digests_answer
digests_compare_own(const struct digests *digests)
{
	const struct dump_sstp *sstp = &digests->dump->sstp;

	if (!digests_is_trust_known(digests) || !is_sha1(&sstp->sha1))
		return DIGESTS_UNKNOWN;
	return compare_by_pairs(digests, sstp->sha1.bytes);
}

void
digests_shorten(const uint8_t *digest, char chars[DIGESTS_SHORT])
{
	snprintf(
	    chars, DIGESTS_SHORT, "%02X%02X%02X%02X", digest[0], digest[1], digest[2], digest[3]);
}
