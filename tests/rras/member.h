/*
 * member - a server that rras-sim plays, and the knobs that make it sick.
 *
 * A member is written ADDRESS[,knob=value]..; without the address the knobs hold for every address
 * that does not say otherwise. All knobs stand in one table in knobs.c, which also makes the
 * --help: their names, values and meanings are told there and not repeated here.
 *
 * A TEXT value may hold any byte as %XX, and must write ',' and '%' that way.
 */
#ifndef RRAS_MEMBER_H
#define RRAS_MEMBER_H

#include <netinet/in.h>
#include <openssl/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/text.h"

/* What a knob with named values can be, in the order of its row in the table. */
enum {
	TCP_ANSWERS,
	TCP_REFUSES,
	TCP_IS_BLACKHOLE,
	TCP_CLOSES,
	TCP_RESETS,
	TCP_ALTERNATES,
	TCP_ALTERNATES_LATE
};
enum {
	TLS_WORKS,
	TLS_RESETS,
	TLS_CLOSES,
	TLS_HANGS,
	TLS_SPEAKS_HTTP,
	TLS_SHOWS_BANNER,
	TLS_SENDS_GARBAGE,
	TLS_SENDS_ALERT,
	TLS_STALLS,
	TLS_DRIPS,
	TLS_RESETS_LATE,
};
enum { MISMATCH_ALERTS, MISMATCH_RESETS };
enum { CLIENT_CERT_NONE, CLIENT_CERT_REQUESTED, CLIENT_CERT_REQUIRED };
enum { SESSIONS_KEPT, SESSIONS_REFUSED, SESSIONS_ALTERNATE };
enum { SNI_ANY, SNI_STRICT, SNI_REQUIRED, SNI_STRANGER };
enum {
	CERT_GOOD,
	CERT_EXPIRED,
	CERT_NOT_YET,
	CERT_SELF_SIGNED,
	CERT_UNTRUSTED,
	CERT_NO_INTERMEDIATE,
	CERT_ROOT_SENT,
	CERT_BAD_SIGNATURE,
	CERT_RENEWED,
};
enum { KEY_EC, KEY_RSA2048, KEY_RSA1024, KEY_ED25519, KEY_P521, KEYS };
enum { MD_SHA256, MD_SHA1 };
enum { EKU_SERVER, EKU_CLIENT, EKU_ANY, EKU_NONE };
enum {
	HTTP_ANSWERS,
	HTTP_HANGS,
	HTTP_CLOSES,
	HTTP_RESETS,
	HTTP_SENDS_GARBAGE,
	HTTP_FLOODS,
	HTTP_DRIPS,
	HTTP_CUTS,
	HTTP_CLOSES_EARLY,
};

enum { DUPLEX_AS_STATUS, DUPLEX_WORKS, DUPLEX_REFUSED, DUPLEX_HANGS, DUPLEX_CLOSES };
enum {
	SSTP_WORKS,
	SSTP_HANGS,
	SSTP_NAKS,
	SSTP_NAKS_TRAILING,
	SSTP_ABORTS,
	SSTP_ABORTS_BARE,
	SSTP_ABORTS_SHORT,
	SSTP_DISCONNECTS,
	SSTP_DISCONNECTS_BARE,
	SSTP_DISCONNECTS_SHORT,
	SSTP_ACKS_BARE,
	SSTP_SENDS_GARBAGE,
	SSTP_IS_OTHER_VERSION,
	SSTP_CLOSES,
	SSTP_RESETS,
};
enum {
	AFTER_ACK_PPP,
	AFTER_ACK_ABORTS,
	AFTER_ACK_DISCONNECTS,
	AFTER_ACK_CLOSES,
	AFTER_ACK_RESETS,
};
enum { SPLIT_NOT, SPLIT_BYTES, SPLIT_JOINS, SPLIT_DRIPS };
enum {
	PPP_WORKS,
	PPP_IS_SILENT,
	PPP_IS_LATE,
	PPP_LOSES_FIRST,
	PPP_LOOPS,
	PPP_INSISTS,
	PPP_TERMINATES,
	PPP_ECHOES_FIRST,
	PPP_IDENTIFIES,
	PPP_REJECTS_MAGIC,
	PPP_NAKS_MRU,
	PPP_PADS,
	PPP_COMPRESSES,
	PPP_REJECTS_CODE,
	PPP_HAS_UNKNOWN_CODE,
	PPP_HURRIES,
	PPP_HURRIES_WITH_DATA,
	PPP_MIRRORS,
	PPP_FLOODS,
};
enum { LOGON_WORKS, LOGON_IS_MUTE, LOGON_IS_UNASKED, LOGON_ASKS_TWICE, LOGON_IS_SILENT };
enum {
	EAP_ASKS_ONCE,
	EAP_ASKS_FOR_EVER,
	EAP_TRIES_METHODS,
	EAP_HAS_ANOTHER,
	EAP_CHANGES,
	EAP_CLAIMS,
	EAP_CRUMBLES,
};
enum {
	PROOF_RIGHT,
	PROOF_BARE,
	PROOF_LOWER_CASE,
	PROOF_WRONG,
	PROOF_SHORT,
	PROOF_MISSING,
	PROOF_HIDDEN,
};
enum { BINDING_CHECKED, BINDING_UNCHECKED, BINDING_AS_ACCEL, BINDING_REFUSED, BINDING_MISSED };
enum {
	IPCP_WORKS,
	IPCP_IS_SILENT,
	IPCP_IS_REJECTED,
	IPCP_TERMINATES,
	IPCP_ABORTS,
	IPCP_ACKS_AND_ABORTS,
	IPCP_LOOPS,
	IPCP_ACKS_ZERO,
	IPCP_IS_SECOND,
	IPCP_WANTS_VJ,
	IPCP_IS_EMPTY,
};
enum { NCP_NONE, NCP_CCP, NCP_IPV6CP, NCP_BOTH };
enum {
	PING_WORKS,
	PING_LOSES_FIRST,
	PING_LOSES_ALL,
	PING_LOSES_EVERY_SECOND,
	PING_HAS_PAYLOAD,
	PING_HAS_IDENTIFIER,
	PING_HAS_SEQUENCE,
	PING_HAS_SOURCE,
	PING_HAS_CHECKSUM,
	PING_COMES_TWICE,
	PING_IS_UNREACHABLE,
};
enum { NOISE_NONE, NOISE_FROM_OTHERS, NOISE_BROKEN };
enum {
	END_AT_NO_POINT,
	END_AT_CHALLENGE,
	END_AT_RESPONSE,
	END_AT_VERDICT,
	END_AT_CONNECTED,
	END_AT_ADDRESS,
	END_AT_PING,
};
enum {
	END_BY_FIN,
	END_BY_RST,
	END_BY_SILENCE,
	END_BY_ABORT,
	END_BY_BARE_ABORT,
	END_BY_DISCONNECT,
	END_BY_BARE_DISCONNECT,
	END_BY_TERMINATE,
};
enum method {
	METHOD_PAP,
	METHOD_CHAP_MD5,
	METHOD_MSCHAP,
	METHOD_MSCHAPV2,
	METHOD_EAP,
	METHOD_NONE,
	METHODS,
};

/* The order in which they are offered. */
struct methods {
	size_t count;
	enum method list[METHODS];
};

#define MEMBER_HEADERS_MAX   16
#define MEMBER_NOT_GIVEN     (-1L)
#define MEMBER_DAYS_AS_USUAL 1e9

struct member {
	char name[INET6_ADDRSTRLEN]; /* its address; "*" for those that are not named */
	struct in6_addr address;     /* an IPv4 address as ::ffff:a.b.c.d */

	int tcp;

	int plain; /* 0 or 1, as all that is no or yes */
	int tls;
	long tls_alert;
	long tls_cut; /* or MEMBER_NOT_GIVEN */
	int tls_min;  /* 0 to 3: TLS 1.0 to 1.3 */
	int tls_max;
	const char *ciphers; /* or NULL */
	int mismatch;
	int client_cert;
	int sni;
	int sessions;
	int no_tickets;
	int no_close_notify;

	int cert;
	double days_left;   /* or MEMBER_DAYS_AS_USUAL */
	double issuer_days; /* likewise, of its issuer */
	int key;
	int md;
	int eku;
	const char *names;
	const char *cn;      /* NULL: the first of NAMES */
	const char *subject; /* or NULL */

	int http;
	long http_cut;
	long status;
	const char *reason; /* NULL: the usual one */
	const char *server;
	const char *headers[MEMBER_HEADERS_MAX + 1]; /* ends with a NULL */
	int http_1_0;
	const char *http_line; /* or NULL */
	int lf;
	long interim;
	long body; /* or MEMBER_NOT_GIVEN */
	int keep_open;
	int split;

	int duplex;
	long duplex_status;
	const char *duplex_server; /* NULL: as SERVER */
	const char *duplex_length;

	int sstp;
	long sstp_status;
	int after_ack;
	long after_ack_status;
	long hash;
	int sstp_split;
	long sstp_cut; /* or MEMBER_NOT_GIVEN */
	int nibble;
	double negotiation;

	int ppp;
	struct methods auth;
	double restart;
	const char *ppp_program; /* or NULL */
	const char *l2tp;        /* or NULL */

	const char *radius; /* or NULL */
	const char *secret; /* shared with it */
	const char *user;
	const char *password;
	long refuse; /* or 0 */
	long retry;
	int logon;
	double logon_delay;
	int eap;
	const char *challenge;
	int proof;
	int trailing;
	const char *greeting;
	const char *failure; /* NULL: the usual one */

	const char *nonce;
	const char *stored;
	int binding;
	double hello;

	int end_at;
	int end_by;
	long end_status;
	double end_after;
	long ras_error; /* 0: none */

	struct in_addr pool; /* 0.0.0.0, here as below: none */
	struct in_addr server_address;
	struct in_addr dns;
	struct in_addr dns2;

	int ipcp;
	int ncp;

	struct in_addr ping_address;
	int ping;
	double ping_delay;
	int noise;

	double delay;
	double drip;
	long seed;

	X509 *stranger;   /* what sni=stranger shows, or NULL */
	SSL_CTX *context; /* what TLS needs, made at the start; NULL with plain=yes */
	SSL_CTX *other;   /* of the other server that sessions=alternate plays, or NULL */
};

struct members {
	struct member others; /* all addresses that are not named */
	struct member *named;
	size_t count;
};

/* Read COUNT arguments, which are taken apart and whose parts are kept. False when one is wrong; a
 * line on stderr then says what. */
bool members_read(struct members *members, char **arguments, size_t count);

/* The member that lives at ADDRESS. */
const struct member *members_at(const struct members *members, const struct in6_addr *address);

/* The address in a socket address of either family. */
struct in6_addr member_address(const struct sockaddr_storage *address);

/* Append a TEXT value with its %XX decoded. */
void member_decode(const char *value, struct text *text);

/* Append SIZE random bytes, or those that a HEX value says, if it does not say "random". */
void member_decode_hex(const char *value, size_t size, struct text *text);

#endif
