/*
 * sources - a server whose certificate names where to ask of its revocation, and what is there.
 */
#ifndef SYSTEM_SOURCES_H
#define SYSTEM_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "facts/revocation.h"
#include "issuer.h"
#include "support/pki.h"
#include "verdict/causes.h"

#define SOURCES_NAME    "vpn.example.com"
#define SOURCES_SERIAL  "FEDC"
#define SOURCES_MAX     ((size_t)1 << 20) /* bytes of an answer */
#define SOURCES_TARGETS 2

/* What a source gives. */
enum sources_gives {
	SOURCES_NONE, /* the certificate does not name it */
	SOURCES_GOOD,
	SOURCES_REVOKED,
	SOURCES_STALE,
	SOURCES_NEAR,
	SOURCES_ENDLESS, /* of yesterday, without a next update */
	SOURCES_AGED,    /* the same, of ten days ago */
	SOURCES_FORGED,  /* by another key */
	SOURCES_OTHER,   /* about another certificate */
	SOURCES_GARBAGE, /* none of it */
	SOURCES_UNKNOWN,
	SOURCES_DELTA,
	SOURCES_AHEAD, /* a delta that adds to a newer CRL */
};

struct sources_row {
	const char *name;
	enum facts_revocation_mode mode;
	enum sources_gives crl, delta, ocsp, staple;
	enum issuer_way crl_way, delta_way, ocsp_way;
	const char *points;  /* instead of http on the server: "URI:ldap:///CN=x", "{refused}" */
	enum cause cause;    /* CAUSES: none */
	const char *summary; /* its beginning, "{port}" stands for the server's */
	enum state state;    /* where it is not the cause's own; STATE_OK: it is */
	const char *to;      /* of a redirect */
	bool waits;          /* until the time is up */
};

/* What there is while a test runs. */
struct sources_scene {
	const char *ca_file; /* of the root, in the scratch folder */
	struct issuer issuer;
	struct pki_party root, impostor, stranger;
	int refused, refused_port; /* where nobody listens */
	struct facts facts[SOURCES_TARGETS];
};

extern struct sources_scene sources_scene;

/* TEMPLATE with the ports of the scene. */
void sources_fill(char *chars, size_t size, const char *template);

/* A certificate that is valid now. */
void sources_make(struct pki_party *party, const char *cn, const char *serial,
    const char *extensions, const struct pki_party *by);

/* The server's own, with what ROW says that it names. */
void sources_make_own(const struct sources_row *row, const struct pki_party *by);

/* The dates of an answer. */
int64_t sources_begin(enum sources_gives gives);
int64_t sources_end(enum sources_gives gives);

unsigned char *sources_make_crl(
    enum sources_gives gives, const struct pki_party *by, size_t *length);

/* Give BYTES, which are taken over, to who asks for PATH. */
void sources_add_page(
    const char *path, enum issuer_way way, const char *to, unsigned char *bytes, size_t length);

/* The root as the file of anchors. */
void sources_write_root(void);

/* All of that as ROW says; what was made by the steps above is struck like it. PATH and COUNT are
 * those of issuer_close(). */
void sources_set(const struct sources_row *row);
void sources_strike(const char *path, size_t *count);

/* Look at COUNT targets, at those PORTS, WIDTH at a time, into the facts of the scene. */
void sources_look_at(enum facts_revocation_mode mode, const unsigned *ports, size_t count,
    size_t width, int seconds);

/* The same, all of them the one server. */
void sources_look(enum facts_revocation_mode mode, size_t count, int seconds);

#endif
