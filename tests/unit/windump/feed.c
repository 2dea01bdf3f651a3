#include "unit/windump/feed.h"

#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "windump/windump.h"

struct dump feed_dump;

const struct feed_kind feed_kinds[] = {
    {DUMP_IPV4, "0.0.0.0", 443},
    {DUMP_IPV6, "::", 443},
    {DUMP_NAME, "vpn.example.com", 443},
    {DUMP_NAME, "*.example.org", 8443},
    {DUMP_STORE, "", 443},
    {DUMP_IPV4, "192.0.2.21", 443},
    {DUMP_IPV6, "2001:db8::1", 5986},
};

void
feed_bytes(const void *bytes, size_t length, size_t piece)
{
	struct windump windump;

	dump_begin(&feed_dump);
	windump_begin(&windump, &feed_dump);
	for (size_t at = 0; at < length; at += piece)
		windump_feed(
		    &windump, (const char *)bytes + at, length - at < piece ? length - at : piece);
	windump_end(&windump);
}

void
feed_chars(const char *chars)
{
	feed_bytes(chars, strlen(chars), strlen(chars) + 1);
}

bool
feed_is_hash(const struct dump_hash *hash, const char *digits)
{
	uint8_t bytes[DUMP_SHA256] = {0};
	size_t length = strlen(digits) / 2;

	ck_assert(hex_read(digits, bytes, length));
	return hash->present && hash->is_bytes && hash->length == length &&
	       memcmp(hash->bytes, bytes, length) == 0;
}

struct dumps_scene
feed_full_scene(void)
{
	struct dumps_scene scene;

	dumps_healthy(&scene, FEED_SHA1, FEED_SHA256);
	scene.entries[1].owner = FEED_IIS;
	scene.entries[1].hash = FEED_OTHER;
	scene.entries[2] = (struct dumps_entry){"vpn.example.com:443", FEED_OTHER, FEED_IIS};
	scene.entries[3] = (struct dumps_entry){"*.example.org:8443", FEED_OTHER, FEED_IIS};
	scene.entries[4] = (struct dumps_entry){"443", NULL, FEED_IIS};
	scene.entries[5] = (struct dumps_entry){"192.0.2.21:443", FEED_SHA1, FEED_IIS, true};
	scene.entries[6] = (struct dumps_entry){"[2001:db8::1]:5986", FEED_SHA256, FEED_IIS};
	scene.entries_count = 7;
	scene.collected = "2026-11-25T18:50:41Z";
	return scene;
}
