/*
 * plan - what to climb, and how: plain values from the command line.
 *
 * Strings are borrowed and must outlive the probe.
 */
#ifndef PROBE_PLAN_H
#define PROBE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "facts/persistence.h"
#include "probe/tlspeer.h"

enum plan_family {
	PLAN_ANY_FAMILY,
	PLAN_IPV4,
	PLAN_IPV6,
};

/* The same for all targets of a run. */
struct plan_run {
	const char *source; /* local address in figures to connect from, or NULL */
	const char *pcap;   /* file to put PPP frames in, or NULL */
	int version_min;    /* as on the wire, 0x0303 is TLS 1.2; 0: OpenSSL's own limit */
	int version_max;
	int security_level; /* -1: OpenSSL's own */
	bool legacy_renegotiation;
	const char *ca_file; /* trust anchors instead of the system's, or NULL */
	const char *ca_path;
	enum facts_revocation_mode revocation; /* FACTS_REVOCATION_UNREAD costs nothing */
	bool revocation_of_leaf;               /* of the server's own certificate alone */
	size_t crl_max;                        /* bytes that are fetched from a source at most */
	const struct tlspeer_settings *eap;    /* for a logon by EAP-TLS or PEAP, else NULL */
};

/* How long a refused logon is not tried again, and where that is kept. */
struct plan_backoff {
	const char *folder;
	int64_t seconds; /* 0: it is tried each time; what is kept goes once it is accepted */
};

/* How to log on, the same for all targets of a run. */
struct plan_logon {
	const char *user;                         /* as typed, UTF-8; NULL: none was given */
	const char *password;                     /* UTF-8 */
	enum facts_method methods[FACTS_METHODS]; /* that may be used, best first */
	size_t methods_count;
	const struct plan_backoff *backoff;           /* NULL: neither heeded nor kept */
	enum facts_eap_method eap[FACTS_EAP_METHODS]; /* likewise inside EAP */
	size_t eap_count;
	bool eap_with_tls;      /* one of them needs plan_run.eap */
	bool eap_mschapv2_zero; /* bind a logon by EAP-MSCHAPv2 without its keys */
	bool allow_pap;         /* PAP may be used, once the certificate is verified or pinned */
	bool insecure;          /* log on though the certificate is not verified */
	/* The certificate that the server must show, by the digest of its DER; with PLAIN the hash
	 * to bind to. */
	bool pinned_sha1, pinned_sha256;
	uint8_t sha1[20];
	uint8_t sha256[32];
};

struct tls_session;

/* A TLS session to be used from one connection to the next. */
struct plan_resumption {
	enum facts_offer offer;      /* what kind of session */
	struct tls_session *session; /* to offer; NULL: the connection's own is to be kept here */
};

/* One target. */
struct plan {
	const char *label;   /* what it is called in the output */
	const char *name;    /* what clients dial: looked up, and borne by the certificate */
	const char *address; /* a name or address to connect to instead, or NULL */
	uint16_t port;
	enum plan_family family;
	bool name_is_address; /* then no certificate name is checked */
	bool address_found;   /* ADDRESS is one of NAME's, it was not given */
	enum facts_sni sni_kind;
	const char *const *names; /* further names that the certificate shall bear */
	size_t names_count;
	bool plain;       /* HTTP without TLS */
	const char *sni;  /* server name to send, or NULL for none */
	const char *host; /* Host header; "" for none */
	bool other_uri;   /* it is not the one of SSTP */
	const char *uri;
	const char *method;
	enum facts_stage level;
	bool trace;                         /* put down what is said and heard */
	const struct plan_logon *logon;     /* from level auth on, else NULL */
	struct plan_resumption *resumption; /* NULL: a session is neither offered nor kept */
	uint32_t ping;    /* at level ping, the IPv4 address as a number in this host's order */
	int64_t deadline; /* monotonic */
	int64_t timeout;  /* nanoseconds that DEADLINE was made from, for the record */
};

#endif
