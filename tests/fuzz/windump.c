/* What Windows says is read the same in one piece and in pieces, and what was read is in order. */
#include "windump/windump.h"
#include "fuzz/fuzz.h"

static void
feed(struct dump *dump, const uint8_t *bytes, size_t length, bool in_pieces)
{
	static struct windump windump;
	uint32_t state = (uint32_t)length;
	size_t piece;

	dump_begin(dump);
	windump_begin(&windump, dump);
	for (size_t at = 0; at < length; at += piece) {
		piece = in_pieces ? fuzz_piece(&state, length - at) : length;
		uint8_t *exact = fuzz_copy(bytes + at, piece);
		windump_feed(&windump, exact, piece);
		free(exact);
	}
	windump_end(&windump);
}

static void
claim_hash(const struct dump_hash *hash)
{
	FUZZ_CLAIM(hash->present || (hash->length == 0 && !hash->is_bytes));
	FUZZ_CLAIM(!dump_is_digest(hash) ||
	           ((hash->length == DUMP_SHA1 || hash->length == DUMP_SHA256) && hash->is_bytes));
}

/* What comes into commands and lines: printable, and of the characters of its kind. */
static void
claim_binding(const struct dump_binding *binding)
{
	static const char hosts[] = "0123456789abcdefghijklmnopqrstuvwxyz.:-_*%";
	static const char owners[] = "{}-0123456789abcdef";

	FUZZ_CLAIM(memchr(binding->host, '\0', sizeof binding->host) != NULL);
	FUZZ_CLAIM(memchr(binding->owner, '\0', sizeof binding->owner) != NULL);
	FUZZ_CLAIM(binding->owner[strspn(binding->owner, owners)] == '\0');
	FUZZ_CLAIM(strlen(binding->owner) == 0 || strlen(binding->owner) == 38);
	FUZZ_CLAIM(binding->port != 0);
	FUZZ_CLAIM(binding->host[strspn(binding->host, hosts)] == '\0');
	claim_hash(&binding->hash);
}

static void
claim_same(const struct dump *one, const struct dump *other)
{
	FUZZ_CLAIM(one->bindings_count == other->bindings_count);
	for (size_t i = 0; i < one->bindings_count; i++) {
		FUZZ_CLAIM(strcmp(one->bindings[i].host, other->bindings[i].host) == 0);
		FUZZ_CLAIM(strcmp(one->bindings[i].owner, other->bindings[i].owner) == 0);
		FUZZ_CLAIM(one->bindings[i].port == other->bindings[i].port);
		FUZZ_CLAIM(memcmp(one->bindings[i].hash.bytes, other->bindings[i].hash.bytes,
		               DUMP_SHA256) == 0);
	}
	FUZZ_CLAIM(one->certificates_count == other->certificates_count);
	FUZZ_CLAIM(one->listed == other->listed && one->cut == other->cut);
	FUZZ_CLAIM(one->contradicts == other->contradicts);
	FUZZ_CLAIM(one->sstp.seen == other->sstp.seen && one->sstp.whole == other->sstp.whole);
	FUZZ_CLAIM(memcmp(one->sstp.sha256.bytes, other->sstp.sha256.bytes, DUMP_SHA256) == 0);
	FUZZ_CLAIM(one->collected == other->collected && one->bytes == other->bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct dump whole, pieces;

	feed(&whole, bytes, length, false);
	feed(&pieces, bytes, length, true);
	claim_same(&whole, &pieces);
	for (size_t i = 0; i < whole.bindings_count; i++)
		claim_binding(&whole.bindings[i]);
	claim_hash(&whole.sstp.sha256);
	claim_hash(&whole.sstp.sha1);
	dump_free(&whole);
	dump_free(&pieces);
	return 0;
}
