/*
 * causes - the one table that turns a failure into words; its rows stand in causes_LAYER.c.
 *
 * Each cause has a name that stays for ever (`layer.reason`: scripts and templates route on it), a
 * default state, a summary, a remedy, and what Windows shows for it where that is known. The same
 * table makes the CAUSES section of the manual pages.
 */
#ifndef VERDICT_CAUSES_H
#define VERDICT_CAUSES_H

#include <stdbool.h>
#include <stddef.h>

#include "verdict/state.h"

/* In the order in which causes of the same state are told: our own side first, then up the ladder;
 * what a server says of its own faults before what is seen of them from the handshake on. */
enum cause {
	CAUSE_LOCAL_NO_MEMORY,
	CAUSE_LOCAL_NO_DESCRIPTORS,
	CAUSE_LOCAL_NO_PROVIDER,
	CAUSE_LOCAL_INTERRUPTED,
	CAUSE_LOCAL_SOCKET,
	CAUSE_LOCAL_NOT_REACHED,
	CAUSE_LOCAL_NO_ROUTE,
	CAUSE_LOCAL_NO_TRUST_STORE,
	CAUSE_LOCAL_NOT_JUDGED,
	CAUSE_POOL_VIP_DOWN_MEMBERS_UP,
	CAUSE_POOL_BELOW_MINIMUM,
	CAUSE_POOL_VIP_UP_MEMBERS_DOWN,
	CAUSE_POOL_VIP_CERTIFICATE_DIFFERS,
	CAUSE_POOL_MEMBERS_DOWN,
	CAUSE_POOL_CERTIFICATES_DIFFER,
	CAUSE_POOL_SAME_SERVER,
	CAUSE_POOL_DRIFT,
	CAUSE_POOL_NOT_PERSISTENT,
	CAUSE_POOL_VIP_INTERMITTENT,
	CAUSE_POOL_SINGLE,
	CAUSE_DNS_NOT_FOUND,
	CAUSE_DNS_NO_ANSWER,
	CAUSE_TCP_REFUSED,
	CAUSE_TCP_TIMEOUT,
	CAUSE_TCP_UNREACHABLE,
	CAUSE_TCP_CLOSED_AT_ONCE,
	CAUSE_WINDOWS_SHA256_MISSING,
	CAUSE_WINDOWS_HALF_REVERTED,
	CAUSE_WINDOWS_OFFLOAD_HASH_STALE,
	CAUSE_WINDOWS_NO_BINDING,
	CAUSE_WINDOWS_HASH_MISMATCH,
	CAUSE_WINDOWS_FAMILIES_DIFFER,
	CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES,
	CAUSE_WINDOWS_HOSTNAME_OVERRIDES,
	CAUSE_WINDOWS_WIRE_DIFFERS,
	CAUSE_TLS_RESET,
	CAUSE_TLS_CLOSED,
	CAUSE_TLS_INTERMITTENT,
	CAUSE_TLS_TIMEOUT,
	CAUSE_TLS_PLAINTEXT,
	CAUSE_TLS_NOT_TLS,
	CAUSE_TLS_VERSION,
	CAUSE_TLS_CIPHER,
	CAUSE_TLS_RENEGOTIATION,
	CAUSE_TLS_UNRECOGNIZED_NAME,
	CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED,
	CAUSE_TLS_ALERT,
	CAUSE_CERT_MISSING,
	CAUSE_CERT_UNEXPECTED_THUMBPRINT,
	CAUSE_CERT_UNEXPECTED_ISSUER,
	CAUSE_CERT_EXPIRED,
	CAUSE_CERT_NOT_YET_VALID,
	CAUSE_CERT_NAME_MISMATCH,
	CAUSE_CERT_EKU,
	CAUSE_CERT_INVALID,
	CAUSE_CERT_REVOKED,
	CAUSE_CERT_CRL_UNREACHABLE,
	CAUSE_CERT_CRL_STALE,
	CAUSE_CERT_CRL_INVALID,
	CAUSE_CERT_WEAK_SIGNATURE,
	CAUSE_CERT_WEAK_KEY,
	CAUSE_CERT_KEY_TYPE,
	CAUSE_CERT_SELF_SIGNED,
	CAUSE_CERT_UNTRUSTED_ROOT,
	CAUSE_CERT_CHAIN_INCOMPLETE,
	CAUSE_CERT_CRL_EXPIRING,
	CAUSE_CERT_NO_REVOCATION_INFO,
	CAUSE_CERT_EXPIRING,
	CAUSE_CERT_LIFETIME,
	CAUSE_CERT_FAMILIES_DIFFER,
	CAUSE_CERT_ADDRESSES_DIFFER,
	CAUSE_CERT_SNI_DIFFERS,
	CAUSE_HTTP_SSTP_NOT_REGISTERED,
	CAUSE_HTTP_IIS_ANSWERS,
	CAUSE_HTTP_NOT_RRAS,
	CAUSE_HTTP_OPEN,
	CAUSE_HTTP_REDIRECT,
	CAUSE_HTTP_UNAVAILABLE,
	CAUSE_HTTP_GATEWAY,
	CAUSE_HTTP_INVALID_HOST,
	CAUSE_HTTP_FORBIDDEN,
	CAUSE_HTTP_PROXY_AUTH,
	CAUSE_HTTP_NO_ANSWER,
	CAUSE_HTTP_CLOSED,
	CAUSE_HTTP_GARBAGE,
	CAUSE_HTTP_OTHER_STATUS,
	CAUSE_HTTP_DUPLEX_REFUSED,
	CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
	CAUSE_HTTP_VERSION,
	CAUSE_HTTP_IMPOSTOR,
	CAUSE_SSTP_NAK,
	CAUSE_SSTP_ABORT,
	CAUSE_SSTP_NO_ACK,
	CAUSE_SSTP_GARBAGE,
	CAUSE_SSTP_NO_HASH,
	CAUSE_SSTP_NO_SHA256,
	CAUSE_PPP_SILENT,
	CAUSE_PPP_NOT_OPENED,
	CAUSE_PPP_NO_COMMON_AUTH,
	CAUSE_PPP_WEAK_AUTH,
	CAUSE_PPP_POLICY,
	CAUSE_AUTH_REFUSED_INSECURE,
	CAUSE_AUTH_REJECTED,
	CAUSE_AUTH_HOURS,
	CAUSE_AUTH_DISABLED,
	CAUSE_AUTH_EXPIRED,
	CAUSE_AUTH_NO_DIAL_IN,
	CAUSE_AUTH_SILENT,
	CAUSE_AUTH_SERVER_UNPROVEN,
	CAUSE_AUTH_EAP_SERVER_UNTRUSTED,
	CAUSE_AUTH_EAP_SERVER_EXPIRING,
	CAUSE_AUTH_EAP_CLIENT_CERTIFICATE,
	CAUSE_AUTH_EAP_NO_METHOD,
	CAUSE_AUTH_EAP_FAILURE,
	CAUSE_AUTH_NOT_REQUIRED,
	CAUSE_AUTH_NOT_REJECTED,
	CAUSE_BINDING_HASH_REJECTED,
	CAUSE_BINDING_ABORTED,
	CAUSE_IP_NO_ADDRESS,
	CAUSE_IP_NO_PROTOCOL,
	CAUSE_IP_LINK_LOCAL,
	CAUSE_IP_UNEXPECTED_SUBNET,
	CAUSE_PING_LOST,
	CAUSE_WINDOWS_UNREADABLE,
	CAUSE_WINDOWS_STALE,
	CAUSE_WINDOWS_NOT_COMPARABLE,
	CAUSE_WINDOWS_RESTART_PENDING,
	CAUSE_WINDOWS_IIS_OWNER,
	CAUSE_WINDOWS_FAMILY_MISSING,
	CAUSE_WINDOWS_FOREIGN_OWNER,
	CAUSE_WINDOWS_SHA1_STALE,
	CAUSE_WINDOWS_OFFLOAD_NOT_ADMIN,
	CAUSE_TIME_SLOW,
	CAUSES
};

struct cause_row {
	enum cause cause;
	const char *name; /* "tls.reset" */
	enum state state;
	bool timeout;        /* the time ran out: --timeout-result replaces STATE */
	const char *summary; /* with {words} that the judge fills in */
	bool whole;          /* it is not cut for the remedy: its end is the time of the next try */
	const char *remedy;  /* "" where none can be named */
	const char *above;   /* the remedy where it is about an issuer, or NULL: no other */
	const char *explanation; /* for the manual page: what it means and how it is told apart;
	                          * NULL unless CAUSES_EXPLAINED is defined */
	const char *client;      /* what the Windows client shows, or NULL */
	const char *event;       /* what the server logs, or NULL */
	const char *program;     /* the only one that tells it, for its manual page; NULL: all */
};

/* The row of CAUSE; it lasts for ever. */
const struct cause_row *causes_row(enum cause cause);

/* The row of CAUSE with the remedy for the certificate at DEPTH of a chain: 0 is the server's own.
 */
struct cause_row causes_row_at(enum cause cause, size_t depth);

/* The cause called NAME; CAUSES when there is none. */
enum cause causes_find(const char *name);

/* Whether CAUSE belongs to LAYER: "cert" holds "cert.expired". */
bool causes_in_layer(enum cause cause, const char *layer);

/* Whether any cause belongs to LAYER. */
bool causes_is_layer(const char *layer);

/* What is said instead when an address failed but another of the same name answered: the cause
 * is that of the failed address, the words and the state are these. */
extern const struct cause_row causes_dead_member;

/* The words of cert.crl-unreachable where a directory is all that a certificate names. */
extern const struct cause_row causes_ldap_only;

/* What is said of local.not-judged where nothing was asked: no answer could be verified, or no
 * more certificates of a chain are looked at. */
extern const struct cause_row causes_no_issuer;
extern const struct cause_row causes_path_cut;

/* What is said of cert.crl-stale where no next update tells how long the answer holds. */
extern const struct cause_row causes_no_next_update;

/* The words and the state of cert.key-type for a curve or a kind that is not switched on. */
extern const struct cause_row causes_key_off;

/* The words of cert.invalid where another extension than the extended key usage forbids it. */
extern const struct cause_row causes_key_usage;

/* The words of windows.wire-differs where the certificate came out of a file. */
extern const struct cause_row causes_file_differs;

/* The same where another port than SSTP's was looked at, and HTTP.sys itself shows it there. */
extern const struct cause_row causes_other_port;

/* The words of windows.no-binding where the wire shows a certificate all the same. */
extern const struct cause_row causes_none_but_shown;

/* What is said of tls.reset where the server says that a certificate is bound, that it is bound but
 * in no store, that the entry rejects, or that TLS is offloaded. */
extern const struct cause_row causes_reset_though_bound;
extern const struct cause_row causes_reset_unstocked;
extern const struct cause_row causes_reset_rejected;
extern const struct cause_row causes_reset_offloaded;

/* What is said of tls.plaintext where the server says that TLS is not offloaded. */
extern const struct cause_row causes_plain_though_https;

/* What is said of tcp.refused where the server says that SSTP listens on another port, or that TLS
 * is offloaded. */
extern const struct cause_row causes_refused_elsewhere;
extern const struct cause_row causes_refused_offloaded;

/* What is said of auth.no-dial-in where it is a network policy that is missing. */
extern const struct cause_row causes_no_policy;

/* What is said of ping.lost when some echoes came back. */
extern const struct cause_row causes_some_lost;

#endif
