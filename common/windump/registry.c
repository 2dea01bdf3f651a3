#include "config.h"

#include "windump/registry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "windump/shape.h"

#define NAME_MAX_KEPT 64
#define GUID_BYTES    16
#define DWORD_DIGITS  8

/* A line "NAME TYPE DATA" in its parts. */
struct value {
	char name[NAME_MAX_KEPT];
	bool exported; /* by regedit, so a number has all its digits */
	bool is_bytes;
	const char *data; /* digits or text; '"' may close it */
	struct dump_number number;
};

void
registry_begin(struct registry *registry)
{
	memset(registry, 0, sizeof *registry);
}

/* Whether all that counts of an entry is there. */
static bool
is_complete(const struct registry *registry)
{
	const struct dump_binding *binding = &registry->binding;

	return binding->port != 0 && binding->owner[0] != '\0' &&
	       (binding->hash.present || binding->kind == DUMP_STORE);
}

void
registry_close(struct registry *registry, bool at_end, struct dump *dump)
{
	if (registry->key == REGISTRY_BINDING && at_end && !is_complete(registry))
		dump->cut = true;
	else if (registry->key == REGISTRY_BINDING && registry->binding.port != 0)
		dump_add_binding(dump, &registry->binding);
	registry_begin(registry);
}

bool
registry_goes_on(const char *line)
{
	size_t length = strlen(line);

	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	return length > 0 && line[length - 1] == '\\' && line[0] == '"' &&
	       strstr(line, "=hex") != NULL;
}

/* What stands behind TAIL, which is a part of a path, in PATH; NULL when it is not there. */
static const char *
behind(const char *path, const char *tail)
{
	size_t length = strlen(tail);

	for (; *path != '\0'; path++)
		if (strncasecmp(path, tail, length) == 0)
			return path + length;
	return NULL;
}

static void
open_binding(struct registry *registry, const char *path)
{
	struct dump_binding *binding = &registry->binding;
	const char *name;

	if ((name = behind(path, "\\SslBindingInfo\\")) != NULL)
		(void)shape_is_address(name, binding);
	else if ((name = behind(path, "\\SslSniBindingInfo\\")) != NULL)
		(void)shape_is_name(name, binding);
	else if ((name = behind(path, "\\SslCcsBindingInfo\\")) != NULL) {
		binding->kind = DUMP_STORE;
		(void)shape_is_port(name, &binding->port);
	} else
		return;
	registry->key = REGISTRY_BINDING;
}

static void
open_key(struct registry *registry, const char *path, struct dump *dump)
{
	static const char sni[] = "SslSniBindingInfo";
	const char *rest;

	registry_close(registry, false, dump);
	registry->key = REGISTRY_OTHER;
	if ((rest = behind(path, "\\SstpSvc\\Parameters")) != NULL) {
		if (*rest == '\0')
			registry->key = REGISTRY_SSTP;
		else if (strcasecmp(rest, "\\ConfigStore") == 0)
			registry->key = REGISTRY_APPLIED;
	} else if ((rest = behind(path, "\\HTTP\\Parameters\\")) != NULL) {
		/* The key above the entries is named even when there are none. */
		dump->listed |= strcasecmp(rest, "SslBindingInfo") == 0;
		dump->named |= strncasecmp(rest, sni, strlen(sni)) == 0;
		open_binding(registry, path);
	}
}

/* The path of a line that names a key, with or without brackets, in PATH. */
static bool
read_key(const char *line, char *path, size_t room)
{
	size_t length = strlen(line);
	bool brackets = line[0] == '[';

	while (length > 0 && line[length - 1] == ' ')
		length--;
	if (brackets) {
		if (length < 2 || line[length - 1] != ']')
			return false;
		line++;
		length -= 2;
	}
	if (strncasecmp(line, "HKEY_", 5) != 0 && strncasecmp(line, "HKLM\\", 5) != 0)
		return false;
	if (length >= room)
		length = room - 1;
	memcpy(path, line, length);
	path[length] = '\0';
	return true;
}

static void
read_number(const char *chars, int base, struct dump_number *number)
{
	char *end;
	unsigned long long value = strtoull(chars, &end, base);

	number->known = end != chars && value <= UINT32_MAX && end[strspn(end, " \t")] == '\0';
	number->value = number->known ? (uint32_t)value : 0;
}

static bool
set_name(struct value *value, const char *from, const char *to)
{
	size_t length = (size_t)(to - from);

	if (length == 0 || length >= sizeof value->name)
		return false;
	memcpy(value->name, from, length);
	value->name[length] = '\0';
	return true;
}

/* "    Name    REG_TYPE    data", also with tabs. */
static bool
read_listed(const char *line, struct value *value)
{
	static const char blanks[] = " \t";
	const char *name = line + strspn(line, blanks), *type = name, *end;

	while ((type = strstr(type, "REG_")) != NULL &&
	       (type == name || strchr(blanks, type[-1]) == NULL))
		type++;
	if (name == line || type == NULL)
		return false;
	for (end = type; end > name && strchr(blanks, end[-1]) != NULL; end--)
		;
	if (!set_name(value, name, end))
		return false;
	value->data = type + strcspn(type, blanks);
	value->data += strspn(value->data, blanks);
	value->is_bytes = strncmp(type, "REG_BINARY", 10) == 0;
	if (strncmp(type, "REG_DWORD", 9) == 0 && strncmp(value->data, "0x", 2) == 0)
		read_number(value->data, 0, &value->number);
	return true;
}

/* "Name"=dword:00000001, "Name"=hex:22,22, "Name"="text". */
static bool
read_exported(const char *line, struct value *value)
{
	const char *end = line[0] == '"' ? strstr(line + 1, "\"=") : NULL;

	if (end == NULL || !set_name(value, line + 1, end))
		return false;
	value->exported = true;
	value->data = end + 2;
	if (strncasecmp(value->data, "hex:", 4) == 0) {
		value->is_bytes = true;
		value->data += 4;
	} else if (strncasecmp(value->data, "dword:", 6) == 0 &&
	           strspn(value->data + 6, "0123456789abcdefABCDEF") == DWORD_DIGITS)
		read_number(value->data + 6, 16, &value->number);
	else if (value->data[0] == '"')
		value->data++;
	return true;
}

/* A copy of DATA up to a closing quote and without blanks around it. */
static void
copy_text(const char *data, char *text, size_t room)
{
	size_t length = strcspn(data, "\"");

	while (length > 0 && (data[length - 1] == ' ' || data[length - 1] == '\t'))
		length--;
	if (length >= room)
		length = room - 1;
	memcpy(text, data, length);
	text[length] = '\0';
}

static void
take_binding_value(
    struct dump_binding *binding, const struct value *value, const struct dump_hash *hash)
{
	char text[DUMP_HOST_MAX + 8], owner[DUMP_OWNER_MAX];

	if (strcasecmp(value->name, "DefaultFlags") == 0) {
		binding->rejects = (value->number.value & DUMP_FLAG_REJECT) != 0;
	} else if (strcasecmp(value->name, "SslCertHash") == 0) {
		binding->hash = *hash;
	} else if (strcasecmp(value->name, "AppId") == 0 && hash->is_bytes &&
	           hash->length == GUID_BYTES) {
		shape_guid_of_bytes(hash->bytes, binding->owner);
	} else if (!value->is_bytes) {
		copy_text(value->data, text, sizeof text);
		if (binding->port == 0)
			(void)shape_is_name(text, binding);
		if (shape_is_guid(text, owner) && strcasecmp(value->name, "AppId") == 0)
			memcpy(binding->owner, owner, sizeof owner);
	}
}

void
registry_set_sstp(bool applied, const char *name, const struct dump_hash *hash,
    const struct dump_number *number, struct dump *dump)
{
	struct dump_sstp *sstp = &dump->sstp;
	const struct {
		const char *name;
		struct dump_number *number, *applied;
		struct dump_hash *hash;
	} places[] = {
	    {"UseHttps", &sstp->use_https, &sstp->applied_https, NULL},
	    {"ListenerPort", &sstp->port, &sstp->applied_port, NULL},
	    {"isHashConfiguredByAdmin", &sstp->hash_by_admin, NULL, NULL},
	    {"SHA256CertificateHash", NULL, NULL, &sstp->sha256},
	    {"SHA1CertificateHash", NULL, NULL, &sstp->sha1},
	};

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct dump_number *place = applied ? places[i].applied : places[i].number;

		if (strcasecmp(name, places[i].name) != 0)
			continue;
		sstp->seen = true;
		if (place != NULL && number->known)
			dump_set_number(dump, place, number->value);
		else if (places[i].hash != NULL && !applied)
			dump_set_hash(dump, places[i].hash, hash);
	}
}

/* The bytes of a value; of one that is none, only that it is there. */
static void
read_bytes(const struct value *value, struct dump_hash *hash)
{
	char digits[3 * 64 + 1];
	size_t length = 0;

	memset(hash, 0, sizeof *hash);
	hash->present = true;
	hash->is_bytes = value->is_bytes;
	for (const char *at = value->data; value->is_bytes && *at != '\0'; at++)
		if (strchr(" \t", *at) == NULL && length < sizeof digits - 1)
			digits[length++] = *at;
	while (length > 0 && digits[length - 1] == ',')
		length--;
	digits[length] = '\0';
	if (length > 0 && !shape_is_hex(digits, hash))
		hash->is_bytes = false;
	hash->present = true;
}

/* Whether a port is whole, though it stands at the end: all eight digits are there, or it is one of
 * those that are to be expected. */
static bool
is_usual_port(const struct value *value)
{
	return value->exported || value->number.value == 0 || value->number.value == 443 ||
	       value->number.value == 80;
}

/* Whether a value in which the input ends may be whole all the same: transports strip the last line
 * breaks. */
static bool
may_be_whole(const struct value *value, const struct dump_hash *hash)
{
	if (!value->is_bytes)
		return value->number.known &&
		       (strcasecmp(value->name, "ListenerPort") != 0 || is_usual_port(value));
	return hash->is_bytes &&
	       hash->length ==
	           (strcasecmp(value->name, "SHA1CertificateHash") == 0 ? DUMP_SHA1 : DUMP_SHA256);
}

/* Whether LINE, in which the input ends, is the beginning of a value. */
static bool
is_begun(const char *line)
{
	size_t blanks = strspn(line, " \t");

	return line[0] == '"' || (blanks > 0 && line[blanks] != '\0');
}

static void
take_of_sstp(struct registry *registry, const struct value *value, const struct dump_hash *hash,
    bool whole, struct dump *dump)
{
	if (!whole && !may_be_whole(value, hash)) {
		dump->cut = true;
		return;
	}
	/* One value alone is what somebody asked for with reg query /v. */
	dump->sstp.whole |= registry->key == REGISTRY_SSTP && ++registry->values > 1;
	registry_set_sstp(
	    registry->key == REGISTRY_APPLIED, value->name, hash, &value->number, dump);
}

bool
registry_line(struct registry *registry, const char *line, bool whole, struct dump *dump)
{
	struct value value = {0};
	struct dump_hash hash;
	char path[512];

	if (read_key(line, path, sizeof path)) {
		open_key(registry, path, dump);
		return true;
	}
	if (registry->key == REGISTRY_NO_KEY)
		return false;
	if (!read_exported(line, &value) && !read_listed(line, &value)) {
		dump->cut |= !whole && is_begun(line);
		return false;
	}
	read_bytes(&value, &hash);
	/* Where the input ends in a value that counts, the entry stays incomplete without it. */
	if (registry->key == REGISTRY_BINDING && (whole || strcasecmp(value.name, "AppId") == 0))
		take_binding_value(&registry->binding, &value, &hash);
	else if (registry->key == REGISTRY_SSTP || registry->key == REGISTRY_APPLIED)
		take_of_sstp(registry, &value, &hash, whole, dump);
	return true;
}
