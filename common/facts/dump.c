#include "facts/dump.h"

#include <stdlib.h>
#include <string.h>

void
dump_begin(struct dump *dump)
{
	memset(dump, 0, sizeof *dump);
}

void
dump_free(struct dump *dump)
{
	for (size_t i = 0; i < dump->certificates_count; i++)
		free(dump->certificates[i].der);
	free(dump->certificates);
	free(dump->bindings);
	dump_begin(dump);
}

/* Room for one element more, taken in powers of two; NULL, and what is missing noted, when there is
 * none. */
static void *
room_for_one(struct dump *dump, void *elements, size_t count, size_t size, size_t most)
{
	void *grown;

	if (count == most) {
		dump->crowded = true;
		return NULL;
	}
	if (count > 0 && (count & (count - 1)) != 0)
		return elements;
	grown = realloc(elements, (count > 0 ? 2 * count : 1) * size);
	if (grown == NULL)
		dump->no_memory = true;
	return grown;
}

static bool
is_same_endpoint(const struct dump_binding *one, const struct dump_binding *other)
{
	return one->kind == other->kind && one->port == other->port && one->any == other->any &&
	       strcmp(one->host, other->host) == 0;
}

static void
complete(struct dump *dump, struct dump_binding *known, const struct dump_binding *binding)
{
	known->rejects |= binding->rejects;
	if (binding->hash.present)
		dump_set_hash(dump, &known->hash, &binding->hash);
	if (known->owner[0] == '\0')
		memcpy(known->owner, binding->owner, sizeof known->owner);
	else if (binding->owner[0] != '\0' && strcmp(known->owner, binding->owner) != 0)
		dump->contradicts = true;
}

void
dump_add_binding(struct dump *dump, const struct dump_binding *binding)
{
	struct dump_binding *bindings;

	dump->listed = true;
	for (size_t i = 0; i < dump->bindings_count; i++)
		if (is_same_endpoint(&dump->bindings[i], binding)) {
			complete(dump, &dump->bindings[i], binding);
			return;
		}
	bindings = room_for_one(
	    dump, dump->bindings, dump->bindings_count, sizeof *bindings, DUMP_BINDINGS_MAX);
	if (bindings == NULL)
		return;
	dump->bindings = bindings;
	bindings[dump->bindings_count++] = *binding;
}

static bool
is_known(const struct dump *dump, const void *der, size_t length)
{
	for (size_t i = 0; i < dump->certificates_count; i++)
		if (dump->certificates[i].length == length &&
		    memcmp(dump->certificates[i].der, der, length) == 0)
			return true;
	return false;
}

void
dump_add_certificate(struct dump *dump, const void *der, size_t length)
{
	struct dump_certificate *certificates;
	uint8_t *copy;

	if (length == 0 || length > DUMP_DER_MAX || is_known(dump, der, length))
		return;
	certificates = room_for_one(dump, dump->certificates, dump->certificates_count,
	    sizeof *certificates, DUMP_CERTIFICATES_MAX);
	if (certificates == NULL)
		return;
	dump->certificates = certificates;
	copy = malloc(length);
	if (copy == NULL) {
		dump->no_memory = true;
		return;
	}
	memcpy(copy, der, length);
	certificates[dump->certificates_count++] =
	    (struct dump_certificate){.der = copy, .length = length};
}

void
dump_set_number(struct dump *dump, struct dump_number *number, uint32_t value)
{
	if (number->known && number->value != value)
		dump->contradicts = true;
	number->known = true;
	number->value = value;
}

void
dump_set_hash(struct dump *dump, struct dump_hash *hash, const struct dump_hash *value)
{
	bool same = hash->is_bytes == value->is_bytes && hash->length == value->length &&
	            memcmp(hash->bytes, value->bytes, sizeof hash->bytes) == 0;

	if (hash->present && !same)
		dump->contradicts = true;
	*hash = *value;
	hash->present = true;
}

bool
dump_is_digest(const struct dump_hash *hash)
{
	return hash->present && hash->is_bytes &&
	       (hash->length == DUMP_SHA1 || hash->length == DUMP_SHA256);
}

bool
dump_is_stored(const struct dump_binding *binding)
{
	return binding->kind == DUMP_STORE ||
	       (binding->kind == DUMP_NAME && !binding->hash.present);
}

bool
dump_is_understood(const struct dump *dump)
{
	return dump->listed || dump->bindings_count > 0 || dump->sstp.seen || dump->sstp.whole;
}
