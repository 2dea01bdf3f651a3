/*
 * revocation - what the sources that a certificate names say of its revocation.
 *
 * A source is a stapled OCSP response, an OCSP responder or a CRL distribution point; and, where a
 * CRL names one, that of a delta CRL. What it said is put down as it came: whether that is in date
 * is judged later, against facts.date.
 */
#ifndef FACTS_REVOCATION_H
#define FACTS_REVOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"

enum facts_source_kind {
	FACTS_SOURCE_STAPLE,
	FACTS_SOURCE_OCSP,
	FACTS_SOURCE_CRL,
	FACTS_SOURCE_DELTA, /* a CRL that a CRL names for what has changed since (RFC 5280 5.2.4) */
	FACTS_SOURCE_KINDS,
};

enum facts_said {
	FACTS_SAID_NOTHING, /* it was not asked, for the mode or for want of an issuer */
	/* signed as it should be, and about this certificate */
	FACTS_SAID_GOOD,
	FACTS_SAID_REVOKED,
	FACTS_SAID_UNKNOWN, /* the responder does not know the certificate */
	/* it cannot be asked over HTTP */
	FACTS_SAID_LDAP,
	FACTS_SAID_HTTPS,  /* for which clients would need a certificate that is checked first */
	FACTS_SAID_NO_URL, /* another scheme, or no URL at all */
	/* nothing to read came back */
	FACTS_SAID_UNREACHABLE, /* SYMPTOM says why */
	FACTS_SAID_STATUS,      /* an HTTP status that is neither 200 nor a redirect: STATUS */
	FACTS_SAID_REDIRECT,    /* a second redirect, or one that leads away from http */
	FACTS_SAID_TOO_LONG,    /* more bytes than --max-crl allows */
	/* what came back is of no use */
	FACTS_SAID_GARBAGE,    /* no CRL, no OCSP response */
	FACTS_SAID_ERROR,      /* the responder said so: WORDS */
	FACTS_SAID_BAD_SIGNER, /* not signed by the issuer, nor by whom it authorised */
	FACTS_SAID_OTHER,      /* it is about other certificates */
	FACTS_SAID_NOT_JUDGED, /* of a kind that is not understood here: WORDS */
	FACTS_SAIDS,
};

/* Of the reasons that RFC 5280 5.3.1 numbers. */
#define FACTS_REASON_ON_HOLD 6 /* certificateHold */
#define FACTS_REASON_REMOVED 8 /* removeFromCRL */

struct facts_source {
	enum facts_source_kind kind;
	char *url; /* sanitised, "" for a stapled response; owned */
	enum facts_said said;
	enum facts_symptom symptom; /* behind FACTS_SAID_UNREACHABLE */
	int status;                 /* of the last HTTP answer, 0 without one */
	const char *words;          /* to complete "it is ..", or NULL; never freed */
	int64_t nanoseconds;        /* how long fetching took */
	size_t bytes;               /* fetched */
	int64_t this_update;        /* dates; 0: none */
	int64_t next_update;
	int64_t revoked_on;
	int reason; /* of the revocation, as RFC 5280 5.3.1 numbers them; -1: not given; for
	               FACTS_SAID_GOOD of a delta CRL FACTS_REASON_REMOVED: it was taken off */
	bool names_a_delta;
	int64_t number; /* of a CRL; of a delta that of the oldest CRL which it adds to; -1: none,
	                   or beyond what fits here */
};

/* One certificate of a path. */
struct facts_revocation {
	uint8_t sha256[32]; /* of the certificate */
	char *about;        /* its common name, or its whole subject; owned */
	size_t depth;       /* 0: the server's own */
	bool no_issuer;     /* its issuer was neither sent nor known: nothing can be verified */
	struct facts_source *sources; /* in the order in which clients ask; owned */
	size_t sources_count;
	size_t sources_left_out; /* more than anybody would ask */
};

void facts_revocation_free(struct facts_revocation *revocations, size_t count);

/* A deep copy; NULL when memory ran out, or COUNT is 0. */
struct facts_revocation *facts_revocation_copy(
    const struct facts_revocation *revocations, size_t count);

/* Whether sources of that kind are lists: CRLs, and delta CRLs. The others answer OCSP. */
bool facts_revocation_is_list(enum facts_source_kind kind);

/* Whether sources of that kind are asked, or listened to, in that mode. */
bool facts_revocation_wants(enum facts_revocation_mode mode, enum facts_source_kind kind);

/* "off", "crl", "ocsp", "any". */
const char *facts_revocation_mode_name(enum facts_revocation_mode mode);

/* "staple", "ocsp", "crl", "delta". */
const char *facts_revocation_kind_name(enum facts_source_kind kind);

/* Stable words: "good", "revoked", "unreachable" and so on. */
const char *facts_revocation_said_name(enum facts_said said);

/* "key compromise" and so on; "no reason given" for -1 and what RFC 5280 does not know. */
const char *facts_revocation_reason_name(int reason);

#endif
