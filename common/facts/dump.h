/*
 * dump - what a Windows server says of its own certificate bindings, as somebody collected it
 * there.
 *
 * Two kinds of digests are in play and are never compared with each other: HTTP.sys is bound by the
 * SHA-1 of a certificate, SSTP trusts a certificate by its SHA-256 (MS-SSTP 2.2.7). The length of a
 * digest tells its kind. windump fills a dump from text, verdict/windows judges it.
 */
#ifndef FACTS_DUMP_H
#define FACTS_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DUMP_SHA1     20
#define DUMP_SHA256   32
#define DUMP_HOST_MAX 253

#define DUMP_BINDINGS_MAX     1024  /* more of them are not kept: dump.crowded */
#define DUMP_CERTIFICATES_MAX 64    /* likewise */
#define DUMP_DER_MAX          65536 /* bytes of a certificate */

/* Application ids, as HTTP.sys shows them. */
#define DUMP_OWNER_SSTP    "{ba195980-cd49-458b-9e23-c84ee0adcd75}"
#define DUMP_OWNER_IIS     "{4dc3e181-e14b-4a21-b022-59fc669b0914}"
#define DUMP_OWNER_IPHTTPS "{5d8e2743-ef20-4d38-8751-7e400f200e65}" /* DirectAccess */
#define DUMP_OWNER_MAX     39

/* In DefaultFlags of an entry: netsh http add sslcert reject=enable. */
#define DUMP_FLAG_REJECT 8

/* A digest, or what stands in its place. */
struct dump_hash {
	bool present;               /* there is such a value */
	bool is_bytes;              /* and it is bytes, not text or a number */
	size_t length;              /* how many; DUMP_SHA1 or DUMP_SHA256 when all is well */
	uint8_t bytes[DUMP_SHA256]; /* the first of them */
};

struct dump_number {
	bool known;
	uint32_t value;
};

enum dump_kind {
	DUMP_IPV4,
	DUMP_IPV6,
	DUMP_NAME,  /* by SNI; without a hash: out of the central store */
	DUMP_STORE, /* the central certificate store of a port: by SNI, from files */
};

/* One entry of HTTP.sys. */
struct dump_binding {
	enum dump_kind kind;
	bool any;                     /* 0.0.0.0 or [::] */
	char host[DUMP_HOST_MAX + 1]; /* an address without brackets, a name in lower case, or "" */
	uint16_t port;
	struct dump_hash hash;
	char owner[DUMP_OWNER_MAX]; /* application id in lower case, "" when it is not known */
	bool rejects;               /* it is there to turn connections away */
};

/* HKLM\SYSTEM\CurrentControlSet\Services\SstpSvc\Parameters */
struct dump_sstp {
	bool seen;                        /* at least one value of those below */
	bool whole;                       /* the key is listed: what is not there does not exist */
	struct dump_number use_https;     /* 0: TLS is offloaded */
	struct dump_number hash_by_admin; /* isHashConfiguredByAdmin */
	struct dump_number port;          /* ListenerPort; 0 stands for the usual one */
	struct dump_hash sha256;          /* SHA256CertificateHash */
	struct dump_hash sha1;            /* SHA1CertificateHash */
	struct dump_number applied_https; /* ConfigStore: what SSTP last applied */
	struct dump_number applied_port;
};

/* A certificate that is in the dump itself. */
struct dump_certificate {
	uint8_t *der; /* owned */
	size_t length;
	bool digested; /* the digests below are there: cert's work, not windump's */
	uint8_t sha1[DUMP_SHA1];
	uint8_t sha256[DUMP_SHA256];
};

struct dump {
	struct dump_binding *bindings; /* owned; each endpoint once */
	size_t bindings_count;
	bool listed; /* the list of bindings is there as a whole, though it may be empty */
	bool named;  /* it holds those for names too, which the registry keeps apart */
	struct dump_sstp sstp;
	struct dump_certificate *certificates; /* owned */
	size_t certificates_count;
	bool stocked;      /* as far as the stores have them, those of all entries */
	char computer[64]; /* on which it was collected, "": not known */
	int64_t collected; /* date, 0: not known */
	int64_t started;   /* date since when RemoteAccess runs, 0: not known */
	uint64_t bytes;    /* of the input */
	char trouble[80];  /* why nothing of the input can be judged, or "" */
	bool cut;          /* it ends too early */
	bool contradicts;  /* it gives two values for one thing */
	bool crowded;      /* there is more than is kept */
	bool no_memory;
};

void dump_begin(struct dump *dump);
void dump_free(struct dump *dump);

/* Take BINDING. One of the same endpoint is completed by it. */
void dump_add_binding(struct dump *dump, const struct dump_binding *binding);

/* Take a copy of a certificate. */
void dump_add_certificate(struct dump *dump, const void *der, size_t length);

/* Set a number or a digest; another value than before is a contradiction. */
void dump_set_number(struct dump *dump, struct dump_number *number, uint32_t value);
void dump_set_hash(struct dump *dump, struct dump_hash *hash, const struct dump_hash *value);

/* Whether a digest is whole. */
bool dump_is_digest(const struct dump_hash *hash);

/* Whether the certificate of an entry comes out of the central store, so that it has no digest. */
bool dump_is_stored(const struct dump_binding *binding);

/* Whether there is anything in it to judge. */
bool dump_is_understood(const struct dump *dump);

#endif
