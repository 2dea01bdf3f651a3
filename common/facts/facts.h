/*
 * facts - what a probe found out about one target.
 *
 * Plain values only: no X509, no SSL, no descriptor, no pointer into another room. The probe fills
 * them, the verdict judges them, the report shows them. Here are symptoms ("the connection was
 * reset during the TLS handshake"), never causes ("no certificate is bound").
 *
 * Strings that came from the network are sanitised before they get here. Times are nanoseconds on
 * the monotonic clock unless they are dates; dates are seconds since 1970-01-01 UTC.
 */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The rungs of the ladder, in the order they are climbed. A level is the last stage wanted; only
 * the word for FACTS_CONNECT differs: the level is called "tcp". */
enum facts_stage {
	FACTS_RESOLVE,
	FACTS_CONNECT,
	FACTS_TLS,
	FACTS_HTTP,   /* a HEAD; from level sstp on the duplex POST instead, up to its 200 */
	FACTS_SSTP,   /* Call Connect Request up to its Ack */
	FACTS_PPP,    /* LCP up to its opening */
	FACTS_AUTH,   /* the logon, up to the server's verdict on it */
	FACTS_TUNNEL, /* Call Connected, its acceptance, and an address from IPCP */
	FACTS_PING,   /* echoes across the tunnel */
	FACTS_STAGES,
};

/* How a stage ended, as seen from outside. */
enum facts_symptom {
	FACTS_WELL, /* the stage did what it is for; what it brought is in the other facts */
	/* name resolution */
	FACTS_NO_SUCH_NAME, /* the resolver says: no such name, or no address of the family */
	FACTS_NO_RESOLVER,  /* the resolver gave no answer */
	/* any stage */
	FACTS_REFUSED,     /* RST in answer to our SYN */
	FACTS_UNREACHABLE, /* a router or the host said so */
	FACTS_TIMEOUT,     /* nothing came until the time was up */
	FACTS_RESET,       /* RST on an established connection */
	FACTS_CLOSED,      /* the end of the stream */
	/* TLS */
	FACTS_ALERT,       /* a fatal alert from the server: facts_tls.alert */
	FACTS_PLAINTEXT,   /* the server speaks HTTP where TLS was expected */
	FACTS_NOT_TLS,     /* the server speaks something else */
	FACTS_TLS_REFUSED, /* our own TLS library refused what the server sent: facts_tls.reason */
	/* HTTP */
	FACTS_GARBAGE,  /* bytes that are no HTTP head */
	FACTS_TOO_LONG, /* a head without end */
	/* SSTP and PPP */
	FACTS_NAK,              /* Call Connect Nak: facts_sstp.refusal */
	FACTS_ABORT,            /* Call Abort: likewise */
	FACTS_DISCONNECTED,     /* Call Disconnect: likewise */
	FACTS_NOT_SSTP,         /* what follows the 200 is no SSTP */
	FACTS_NO_HASH,          /* the Ack offers no hash for the crypto binding */
	FACTS_TERMINATED,       /* PPP Terminate-Request: facts_ppp.words */
	FACTS_LOOPED,           /* our own frames come back */
	FACTS_DISAGREED,        /* the two sides cannot agree on LCP */
	FACTS_NO_COMMON_METHOD, /* the server offers no method of authentication that we may use */
	/* logon, tunnel and ping */
	FACTS_INSECURE,       /* no credential may be sent to this server: facts_auth.insecurity */
	FACTS_LOGON_REFUSED,  /* facts_auth.code, facts_auth.words */
	FACTS_EAP_UNTRUSTED,  /* the server inside EAP is not the one it should be: facts_eap.tls */
	FACTS_EAP_ALERT,      /* it ended the TLS inside EAP: facts_eap.tls.alert */
	FACTS_EAP_TLS_FAILED, /* our library refused that TLS: facts_eap.tls.reason */
	FACTS_SERVER_UNPROVEN, /* accepted, without a proof that it knows the password */
	FACTS_NO_PROTOCOL,     /* the server rejects IPCP */
	FACTS_NO_ADDRESS,      /* IPCP ended without an address: facts_tunnel.words */
	FACTS_LOST,            /* no echo came back */
	/* on our side */
	FACTS_NO_ROUTE,       /* this poller has no route to the address or its family */
	FACTS_NO_DESCRIPTORS, /* this process may open no more of them */
	FACTS_NO_MEMORY,
	FACTS_NO_PROVIDER,  /* a cryptographic algorithm or setting is missing on this platform */
	FACTS_INTERRUPTED,  /* a signal asked us to stop */
	FACTS_SOCKET_ERROR, /* any other errno: facts_step.error */
	FACTS_SYMPTOMS
};

struct facts_step {
	bool begun;                 /* false: this stage was not reached */
	bool ended;                 /* false while it is under way */
	enum facts_symptom symptom; /* meaningful once ended */
	int error;                  /* errno behind FACTS_SOCKET_ERROR and the like, else 0 */
	int64_t nanoseconds;        /* how long it took, also when it failed */
};

#define FACTS_ADDRESS_MAX 64 /* longest numeric address with a zone, and its NUL */

/* One address that was tried and did not answer, before the one that was used. */
struct facts_attempt {
	char address[FACTS_ADDRESS_MAX];
	enum facts_symptom symptom;
	int64_t nanoseconds;
};

#define FACTS_ATTEMPTS_MAX 16 /* more failed addresses than this are counted, not listed */

/* What X.509 verification found wrong with a chain, sorted into what can be told apart. */
enum facts_chain_problem {
	FACTS_CHAIN_OTHER,
	FACTS_CHAIN_EXPIRED,
	FACTS_CHAIN_NOT_YET_VALID,
	FACTS_CHAIN_SELF_SIGNED, /* the server's own certificate is its own issuer, not an anchor */
	FACTS_CHAIN_UNTRUSTED_ROOT, /* a root was sent that is no anchor */
	FACTS_CHAIN_NO_ISSUER,      /* an issuer was neither sent nor known */
	FACTS_CHAIN_PURPOSE,        /* an extended key usage forbids TLS servers */
	FACTS_CHAIN_KEY_USAGE,      /* the key usage, or Netscape's old extension, does */
};

struct facts_chain_error {
	enum facts_chain_problem problem;
	int code;          /* X509_V_ERR_.. */
	int depth;         /* in the path that was built; 0 is the server's own certificate */
	const char *words; /* OpenSSL's for CODE; never freed */
	char about[101];   /* the common name (or whole subject) of the certificate in question */
	char issuer[101];  /* and of its issuer */
	int64_t not_before, not_after;
};

#define FACTS_CHAIN_ERRORS_MAX 16

enum facts_key {
	FACTS_KEY_OTHER,
	FACTS_KEY_RSA,
	FACTS_KEY_RSA_PSS, /* for signatures of that scheme alone (RFC 4055 1.2) */
	FACTS_KEY_DSA,
	FACTS_KEY_EC,
	FACTS_KEY_EDWARDS,
	FACTS_KEYS,
};

/* One certificate of a chain. */
struct facts_certificate {
	uint8_t sha1[20];   /* of the DER: the thumbprint Windows tools show */
	uint8_t sha256[32]; /* of the DER: the hash SSTP is bound to (MS-SSTP 2.2.7) */
	char *subject;      /* RFC 2253 text */
	char *issuer;
	char *common_name; /* the last CN of the subject, "" without one */
	char *serial;      /* upper-case hexadecimal, "-" first when negative */
	char **names; /* alternative names: DNS names as they are, addresses as text, "?" for none
	                 of these */
	size_t names_count;
	int64_t not_before;
	int64_t not_after;
	enum facts_key key;
	int key_bits;     /* 0 where OpenSSL cannot read it */
	char kind[32];    /* "RSA", "RSA-PSS", "DSA"; the curve of an EC or Edwards key as OpenSSL
	                     names it, "?" when it has no name; else the algorithm */
	char *signature;  /* algorithm as OpenSSL names it, such as "ecdsa-with-SHA256" */
	char **eku;       /* extended key usages as dotted numbers */
	size_t eku_count; /* 0 with HAS_EKU false: no restriction */
	bool has_eku;
	bool self_issued; /* issuer and subject are the same */
};

/* How the name that clients dial relates to the server's certificate. */
enum facts_name_match {
	FACTS_NAME_NOT_CHECKED, /* an address was dialled, or there is no certificate */
	FACTS_NAME_MATCHES,
	FACTS_NAME_BY_COMMON_NAME, /* only the CN matches: there are no alternative names */
	FACTS_NAME_DIFFERS,
};

struct facts_trust {
	bool checked;        /* false: there was nothing to check, or nothing to check it with */
	bool no_anchors;     /* this poller has no trust anchors at all */
	bool no_descriptors; /* trust anchors could not be opened for want of a descriptor */
	struct facts_chain_error errors[FACTS_CHAIN_ERRORS_MAX]; /* in the order they were found */
	size_t errors_count; /* 0: the chain leads to a trust anchor and is in order */
	/* The path that was built to a trust anchor, the server's own certificate first, as places
	 * in facts_tls.chain and, counted on behind them, in KNOWN. None when it leads to none. */
	size_t *path; /* owned */
	size_t path_count;
	struct facts_certificate *known; /* of the path, not sent but known here; owned */
	size_t known_count;
};

/* A further name that clients dial. */
struct facts_name {
	char *name;
	enum facts_name_match match;
};

/* What server name was sent, to see what it changes. */
enum facts_sni {
	FACTS_SNI_USUAL, /* as the other options say */
	FACTS_SNI_NONE,
	FACTS_SNI_FOREIGN, /* one that the server cannot know */
};

struct facts_tls {
	bool done;        /* the handshake completed */
	char version[16]; /* "TLSv1.3" */
	char cipher[64];
	bool heard;                      /* at least one byte came back */
	int alert;                       /* description of the fatal alert received, -1 for none */
	char reason[120];                /* the TLS library's own word for a failure, or "" */
	int offered_min, offered_max;    /* protocol versions as on the wire: 0x0303 is TLS 1.2 */
	char first_bytes[17];            /* sanitised start of an answer that was no TLS, or "" */
	bool certificate_requested;      /* the server asked for a client certificate */
	bool resumed;                    /* it took up a session, and showed no chain */
	char sni[256];                   /* the server name that was sent, or "" */
	struct facts_certificate *chain; /* as sent, the server's own first; owned */
	size_t chain_count;
	enum facts_name_match name_match;
	struct facts_name *names; /* owned */
	size_t names_count;
	struct facts_trust trust;
};

struct facts_http {
	bool duplex;   /* the answer is to SSTP_DUPLEX_POST */
	bool answered; /* a complete response head came */
	int version_minor;
	int status;
	char reason[201];
	char server[201]; /* "" when there was no such header, which proves nothing */
	char via[201];
	char location[201];
	char www_authenticate[201];
	bool any_bytes;       /* at least one byte came back */
	char first_bytes[41]; /* sanitised start of an answer that was no HTTP, or "" */
};

#define FACTS_CORRELATION_MAX 39 /* "{GUID}" and its NUL */

struct facts_sstp {
	char correlation[FACTS_CORRELATION_MAX]; /* SSTPCORRELATIONID, "" when none was sent */
	bool acknowledged;
	uint8_t hash_bits; /* of the Ack: 1 SHA-1, 2 SHA-256 */
	uint8_t hash;      /* the one of them that a client must take; 0: none */
	char refusal[120]; /* the message that ended the call, in the words of MS-SSTP, or "" */
	bool refusal_has_status;
	uint8_t refusal_attribute; /* of its Status Info: the attribute it complains of */
	uint32_t refusal_status;   /* MS-SSTP 2.2.8 */
	bool left; /* the server acknowledged our good-bye, or ended the call itself */
};

/* What a server may demand in LCP before it lets a client in. */
enum facts_method {
	FACTS_PAP,
	FACTS_CHAP_MD5,
	FACTS_MSCHAP_V1,
	FACTS_MSCHAP_V2,
	FACTS_EAP,
	FACTS_OTHER_METHOD,
	FACTS_NO_METHOD, /* nothing at all */
	FACTS_METHODS,
};

struct facts_ppp {
	bool heard;                               /* at least one LCP packet came */
	bool opened;                              /* LCP is open */
	enum facts_method offered[FACTS_METHODS]; /* in the order of the offers, each once */
	size_t offered_count;
	char words[80];     /* what the server gave as its reason to terminate, or "" */
	uint32_t ras_error; /* the same as Windows numbers it (raserror.h), 0: no number */
};

/* Why a credential may not leave for a server. */
enum facts_insecurity {
	FACTS_SECURE,
	FACTS_INSECURE_PLAIN, /* no TLS */
	FACTS_INSECURE_CHAIN, /* the certificate does not lead to a trust anchor */
	FACTS_INSECURE_NAME,  /* its name does not match, or was not checked */
	FACTS_INSECURE_PIN,   /* it is not the one that was pinned */
	FACTS_INSECURE_PAP,   /* PAP alone is wished, which takes more than was given */
};

/* What the server said to prove that it knows the password too (RFC 2759 8.7). */
enum facts_proof {
	FACTS_PROOF_NONE, /* the method knows none, or it did not come to that */
	FACTS_PROOF_MISSING,
	FACTS_PROOF_WRONG,
	FACTS_PROOF_VERIFIED,
};

/* What a client can log on with by EAP. */
enum facts_eap_method {
	FACTS_EAP_NONE,
	FACTS_EAP_TLS,
	FACTS_PEAP_TLS, /* EAP-TLS inside PEAP */
	FACTS_PEAP_MSCHAPV2,
	FACTS_EAP_MSCHAPV2,
	FACTS_EAP_METHODS,
};

#define FACTS_EAP_OFFERS_MAX 8

struct facts_eap {
	enum facts_eap_method method;          /* FACTS_EAP_NONE: it did not come to one */
	uint8_t offered[FACTS_EAP_OFFERS_MAX]; /* types that the server asked for, each once */
	size_t offered_count;
	uint8_t inner_declined;     /* type that the server asked for inside PEAP in vain, or 0 */
	bool binding_asked;         /* PEAP's server sent a crypto-binding */
	bool bound;                 /* and it was right */
	struct facts_tls tls;       /* of EAP-TLS or PEAP: the authentication server's (NPS) */
	struct facts_tls inner_tls; /* of EAP-TLS inside PEAP */
};

struct facts_auth {
	enum facts_insecurity insecurity;
	enum facts_method wanted[FACTS_METHODS]; /* that might be used, best first */
	size_t wanted_count;
	bool pap_withheld;        /* it is not among them, as the certificate is not verified */
	enum facts_method method; /* agreed on; FACTS_NO_METHOD: the server wants no logon */
	bool challenged;          /* the server had the first word, and said it */
	bool sent;                /* a credential left, in whatever form */
	bool accepted;            /* and proven, where the method proves anything */
	bool refused;
	bool unsaid; /* by an end of PPP or of the call, which is all the answer there was */
	int code;    /* E= of the refusal (RFC 2759 6), or an error of RAS; 0: there was none */
	bool ras;    /* it is an error of RAS, with which PPP was ended */
	bool retry;  /* R=1: the server would allow another attempt; it never gets one */
	enum facts_proof proof;
	bool eap_expected;     /* a method of EAP with TLS is wished */
	struct facts_eap *eap; /* once a logon by EAP has begun, else NULL; owned */
	char words[80];        /* the server's, of acceptance or refusal, or "" */
};

/* What shows best that the crypto binding was accepted. */
enum facts_acceptance {
	FACTS_NOT_ACCEPTED,
	FACTS_ACCEPTED_BY_TIME, /* an answer came, and no Call Abort within a second */
	FACTS_ACCEPTED_BY_ECHO, /* an LCP echo that followed Call Connected came back */
	FACTS_ACCEPTED_BY_PING,
};

#define FACTS_DNS_MAX 2

/* IPv4 addresses are numbers in the order of this host; 0: none. */
struct facts_tunnel {
	bool connected;            /* Call Connected was sent */
	uint8_t hash;              /* it was made with: 1 SHA-1, 2 SHA-256 */
	bool has_sha1, has_sha256; /* with --plain but one of them is known */
	uint8_t sha1[20];          /* of the certificate to which it binds */
	uint8_t sha256[32];
	enum facts_acceptance acceptance;
	bool ipcp_heard; /* the server negotiates IPCP */
	bool ipcp_open;
	uint32_t address; /* ours */
	uint32_t peer;    /* the server's */
	uint32_t dns[FACTS_DNS_MAX];
	char words[80]; /* why IPCP came to nothing, or "" */
};

struct facts_ping {
	uint32_t address;
	unsigned sent, received;
	int64_t min, max, total; /* of the round trips that were received, nanoseconds */
};

/*
 * The one further connection that a failed stage may spend to tell causes apart. After a failed TLS
 * handshake it first keeps silent for a while, to see whether the far end closes by itself, and
 * then offers every TLS version and cipher. After a refused duplex POST it sends a HEAD.
 */
struct facts_look {
	bool tried;
	bool connected;
	bool closed_at_once;    /* the far end closed or reset before we sent anything */
	struct facts_tls tls;   /* what the wide-open handshake brought; no chain is kept */
	struct facts_http http; /* what the HEAD brought */
	bool within_offer;      /* what the wide-open handshake agreed on had been offered before */
};

/* What was wanted to be known of revocation: revocation.h. */
enum facts_revocation_mode {
	FACTS_REVOCATION_UNREAD, /* not even which sources a certificate names */
	FACTS_REVOCATION_OFF,    /* that, and no more */
	FACTS_REVOCATION_CRL,
	FACTS_REVOCATION_OCSP, /* stapled too */
	FACTS_REVOCATION_ANY,
	FACTS_REVOCATION_MODES,
};

struct facts_revocation;
struct facts_persistence;
struct trace;

/* What is remembered of refused logons from one run to the next. */
struct facts_backoff {
	bool held;      /* nothing was tried: facts_auth bears a refusal that is not long ago */
	bool elsewhere; /* and that came from another target of the run */
	int64_t until;  /* the date from which a refused logon is tried again; 0: there was none */
	bool unkept;    /* the folder for it does not serve */
	bool lasting;   /* nor lets it an earlier refusal be forgotten, if there is one */
	int error;      /* errno behind either */
};

struct facts {
	char *target; /* what it is called in the output */
	char *name;   /* the name that clients dial */
	char *host;   /* the name or address that was resolved and dialled */
	uint16_t port;
	int family;             /* 4 or 6: addresses of IPv4 or IPv6 alone were wanted; 0: any */
	bool plain;             /* no TLS was spoken */
	bool other_uri;         /* another path was asked for than SSTP's */
	bool name_is_address;   /* then no SNI is sent and no certificate name checked */
	enum facts_sni sni;     /* not FACTS_SNI_USUAL: a target beside one of the same address */
	bool address_found;     /* the address is one of NAME's, it was not given */
	bool from_file;         /* the certificate is out of a file, and no stage was begun */
	enum facts_stage level; /* how far the ladder was to be climbed */
	int64_t date;           /* wall clock when the probe began */
	int64_t timeout;        /* the whole run's, in nanoseconds */

	struct facts_step steps[FACTS_STAGES];
	int64_t total; /* from begin to end of the probe, without LOOK */

	char resolver_reason[80];  /* getaddrinfo's words, or "" */
	bool nowhere;              /* it gave 0.0.0.0 or :: alone; RESOLVER_REASON says which */
	size_t addresses_count;    /* addresses of HOST that this poller could use */
	size_t addresses_no_route; /* addresses left out: no route to them from this poller */
	char (*addresses)[FACTS_ADDRESS_MAX]; /* all of them, where LEVEL is FACTS_RESOLVE; owned */
	char address[FACTS_ADDRESS_MAX]; /* the address in use, or the last one tried; "" before */
	struct facts_attempt attempts[FACTS_ATTEMPTS_MAX]; /* addresses that failed before it */
	size_t attempts_count;                             /* may exceed FACTS_ATTEMPTS_MAX */

	struct facts_tls tls;
	struct facts_http http;
	struct facts_sstp sstp;
	struct facts_ppp ppp;
	struct facts_auth auth;
	struct facts_backoff backoff;
	struct facts_tunnel tunnel;
	struct facts_ping ping;
	struct facts_look look;

	enum facts_revocation_mode revocation_mode;
	struct facts_revocation *revocations; /* of the path from the server's own certificate up to
	                                         below the root; owned */
	size_t revocations_count;
	bool revocations_cut; /* the path goes on above them, unseen */

	struct facts_persistence *persistence; /* persistence.h; NULL: not looked at; owned */

	struct trace *trace; /* trace.h; NULL: not wanted; owned */

	bool hurried;   /* others left it so little time that a timeout says nothing */
	bool no_memory; /* something above is missing because memory ran out */
};

/* All zero but for what zero does not say (no alert). */
void facts_begin(struct facts *facts);

/* Whether memory ran out for one of them: then even a name may be missing, and none is to be
 * judged. */
bool facts_lack_memory(const struct facts *facts, size_t count);

/* Make room for what a logon by EAP finds; NULL when memory ran out. */
struct facts_eap *facts_eap_begin(struct facts_auth *auth);

/* Free what FACTS owns and leave it as facts_begin() does. */
void facts_free(struct facts *facts);

/* Forget the chain and what was made of it: none is better than half of one. */
void facts_chain_free(struct facts_tls *tls);

/* Forget the verified path alone. */
void facts_path_free(struct facts_trust *trust);

/* The certificate at DEPTH of the verified path, below its path_count. */
const struct facts_certificate *facts_path_at(const struct facts_tls *tls, size_t depth);

void facts_certificate_free(struct facts_certificate *certificate);

/* The first stage that failed, or FACTS_STAGES when all that was reached is well. */
enum facts_stage facts_failed_stage(const struct facts *facts);

/* "pap", "chap-md5", "mschap", "mschapv2", "eap", "other", "none". */
const char *facts_method_name(enum facts_method method);

/* "eap-tls", "peap-tls", "peap-mschapv2", "eap-mschapv2"; NULL for FACTS_EAP_NONE. */
const char *facts_eap_name(enum facts_eap_method method);

/* "verified" and so on; NULL for FACTS_PROOF_NONE. */
const char *facts_proof_name(enum facts_proof proof);

/* "echo", "time", "ping"; NULL for FACTS_NOT_ACCEPTED. */
const char *facts_acceptance_name(enum facts_acceptance acceptance);

/* Stable words: "resolve connect tls http", and for symptoms "refused", "timeout" and so on. */
const char *facts_stage_name(enum facts_stage stage);
const char *facts_symptom_name(enum facts_symptom symptom);

/* The word for a level: as the stage, but "tcp" for FACTS_CONNECT. */
const char *facts_level_name(enum facts_stage level);

#endif
