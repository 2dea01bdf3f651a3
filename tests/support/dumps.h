/*
 * dumps - writes what Windows tools say of bindings: every shape, language and encoding, for tests.
 *
 * Nothing here is a capture; a scene is what is true on the server, and the rest is how it is told.
 */
#ifndef SUPPORT_DUMPS_H
#define SUPPORT_DUMPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum dumps_shape {
	DUMPS_NETSH_2008,  /* narrow labels, empty fields */
	DUMPS_NETSH_2016,  /* wide labels, (null), more of them */
	DUMPS_NETSH_2022,  /* with sub-blocks */
	DUMPS_NETSH_BLANK, /* the same, every line followed by a blank one, as some transports do */
	DUMPS_NETSH_JSON,
	DUMPS_REG_QUERY,
	DUMPS_REG_EXPORT,
	DUMPS_COLLECTOR,
	DUMPS_SHAPES
};

enum dumps_language {
	DUMPS_ENGLISH,
	DUMPS_GERMAN,
	DUMPS_CHINESE,
	DUMPS_PORTUGUESE,
	DUMPS_RUSSIAN,
	DUMPS_RANDOM_LATIN, /* random letters in the place of every label */
	DUMPS_RANDOM_FAR,   /* random characters of a far script */
	DUMPS_LANGUAGES
};

enum dumps_encoding {
	DUMPS_CODE_PAGE,   /* one byte a letter, two a character of a far script */
	DUMPS_UTF8,        /* with a byte order mark */
	DUMPS_UTF16,       /* likewise */
	DUMPS_UTF16_BARE,  /* without one */
	DUMPS_UTF16_OTHER, /* big-endian, with one */
	DUMPS_ENCODINGS
};

#define DUMPS_ENTRIES_MAX 8
#define DUMPS_NONE        (-1)

struct dumps_entry {
	const char *endpoint; /* "0.0.0.0:443", "vpn.example.com:443"; "443": a central store */
	const char *hash;     /* hexadecimal digits, NULL: none */
	const char *owner;    /* application id */
	bool rejects;         /* told by the registry and the collector */
};

struct dumps_scene {
	struct dumps_entry entries[DUMPS_ENTRIES_MAX];
	size_t entries_count;
	/* Values of SSTP: DUMPS_NONE or NULL for one that does not exist. */
	bool has_sstp;
	int use_https, by_admin, port, applied_https, applied_port;
	const char *sha256, *sha1; /* hexadecimal digits */
	bool hash_is_text;         /* SHA256CertificateHash is a string */
	const char *der;           /* base64 of a certificate, for the collector; NULL: none */
	const char *collected;     /* date, likewise */
	const char *started;       /* date since when RemoteAccess runs, likewise */
};

/* A healthy server: SSTP owns 0.0.0.0:443 and [::]:443, both digests are there. */
void dumps_healthy(struct dumps_scene *scene, const char *sha1, const char *sha256);

/* Whether a shape can say something of bindings, of SSTP's values. */
bool dumps_tells_bindings(enum dumps_shape shape);
bool dumps_tells_sstp(enum dumps_shape shape);

/* Append the scene, as far as the shape tells it. */
void dumps_add(struct text *text, const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding);

#endif
