/* Causes of the server's certificate. */
#include "verdict/causes_rows.h"

/* It would indent the table anew with each row. */
/* clang-format off */
const struct cause_row causes_cert_rows[] = {
    {
        .cause = CAUSE_CERT_MISSING,
        .name = "cert.missing",
        .state = STATE_CRITICAL,
        .summary = "TLS completes without a certificate",
        .remedy = "bind a certificate, forbid anonymous ciphers",
        .explanation = CAUSES_MANUAL(
            "The handshake used an anonymous cipher, which only a relaxed openssl.cnf on this poller offers. Nobody knows who answered; Windows clients refuse it."),
    },
    {
        .cause = CAUSE_CERT_UNEXPECTED_THUMBPRINT,
        .name = "cert.unexpected-thumbprint",
        .state = STATE_CRITICAL,
        .summary = "certificate {seen} is not {pin}{renewed}",
        .remedy = "find out who replaced it, or update --thumbprint",
        .explanation = CAUSES_MANUAL(
            "The digest of the server's certificate is none of those given by --thumbprint. SHA-1 is compared with SHA-1, SHA-256 with SHA-256. After a renewal, update the pin and, behind a TLS offloader, the hash that SSTP is bound to. A new certificate also comes from a binding taken over by IIS, and from TLS inspection on the path."),
        .event = "RasSstp 6 on the client, where the crypto binding notices",
    },
    {
        .cause = CAUSE_CERT_UNEXPECTED_ISSUER,
        .name = "cert.unexpected-issuer",
        .state = STATE_CRITICAL,
        .summary = "certificate issued by {issuer}, expected {expected}",
        .remedy = "suspect TLS inspection",
        .explanation = CAUSES_MANUAL(
            "The name of the issuer does not hold what --expect-issuer says. A device that inspects TLS signs anew with a CA of its own, and breaks the crypto binding of SSTP."),
        .program = "check_sstp_cert",
    },
    {
        .cause = CAUSE_CERT_EXPIRED,
        .name = "cert.expired",
        .state = STATE_CRITICAL,
        .summary = "{which} expired {ago} ago",
        .remedy = "renew it, assign it in RRAS, restart RemoteAccess",
        .above = "install the new one of that CA on the server, a root on clients",
        .explanation = CAUSES_MANUAL(
            "The server's certificate, or one that its chain needs, is past its date. TLS still completes, so a port check stays green."),
        .client = "0x800B0101",
        .event = "RasClient 20227 on the client",
    },
    {
        .cause = CAUSE_CERT_NOT_YET_VALID,
        .name = "cert.not-yet-valid",
        .state = STATE_CRITICAL,
        .summary = "{which} is valid only in {ahead}",
        .remedy = "compare the clocks of this poller and of the CA",
        .explanation = CAUSES_MANUAL(
            "The certificate's first day is in the future: issued ahead of time, or a clock is wrong."),
        .client = "0x800B0101",
    },
    {
        .cause = CAUSE_CERT_NAME_MISMATCH,
        .name = "cert.name-mismatch",
        .state = STATE_CRITICAL,
        .summary = "certificate is for {names}, not {name}",
        .remedy = "bind one that bears the name",
        .explanation = CAUSES_MANUAL(
            "Neither the alternative names nor, where there are none, the common name of the certificate is the name that clients dial. A wildcard stands for one label."),
        .client = "0x800B010F",
    },
    {
        .cause = CAUSE_CERT_EKU,
        .name = "cert.eku",
        .state = STATE_CRITICAL,
        .summary = "{which} is not meant for TLS servers",
        .remedy = "issue one with Server Authentication",
        .above = "use a CA that may issue for TLS servers",
        .explanation = CAUSES_MANUAL(
            "The extended key usage extension lacks serverAuth (1.3.6.1.5.5.7.3.1) and anyExtendedKeyUsage. RRAS does not select such a certificate by itself and Windows clients refuse it."),
        .client = "0x80070040",
    },
    {
        .cause = CAUSE_CERT_INVALID,
        .name = "cert.invalid",
        .state = STATE_CRITICAL,
        .summary = "the certificate chain does not verify: {reason}",
        .remedy = "look at the chain with -v",
        .explanation = CAUSES_MANUAL(
            "Verification failed for a reason that has no cause of its own, such as a bad signature or an issuer that is no CA."),
        .client = "0x800B010A",
    },
    {
        .cause = CAUSE_CERT_REVOKED,
        .name = "cert.revoked",
        .state = STATE_CRITICAL,
        .summary = "{which} was revoked {ago} ago ({why})",
        .remedy = "issue another, assign it in RRAS, restart RemoteAccess",
        .above = "have another CA issue the certificate",
        .explanation = CAUSES_MANUAL(
            "A CRL or an OCSP answer, signed by the issuer or by whom it authorised, lists the certificate. This counts also when the list is out of date. A certificate on hold is revoked as long as that lasts; an answer with a hold that is out of date does not count beside a newer one without."),
        .client = "0x80092010",
    },
    {
        .cause = CAUSE_CERT_CRL_UNREACHABLE,
        .name = "cert.crl-unreachable",
        .state = STATE_CRITICAL,
        .summary = "{source} unreachable from here ({why})",
        .remedy = "publish it over http",
        .explanation = CAUSES_MANUAL(
            "No source that the certificate names for its revocation could be fetched over plain HTTP, directly and without a proxy. Typical for an internal CA whose distribution point is not public, or that names a directory (ldap) alone, which clients cannot ask before the tunnel is up; the latter is told also without --revocation. A delta CRL that a CRL names is a WARNING; IIS refuses the + in its name until double escaping is allowed. Clients may see what this poller does not, and the other way round: check from outside."),
        .client = "0x80092013",
    },
    {
        .cause = CAUSE_CERT_CRL_STALE,
        .name = "cert.crl-stale",
        .state = STATE_CRITICAL,
        .summary = "{source} {text}",
        .remedy = "publish a new one, look at the CA service",
        .explanation = CAUSES_MANUAL(
            "The time between thisUpdate and nextUpdate of the CRL or OCSP answer does not hold today, and no other source has one that does. Often the CA has stopped, or its new CRL is not copied to where clients fetch it. Without a nextUpdate, which some clients refuse and others take for ever, it counts for 10 days from thisUpdate, or for 366 where it is about an issuer; beyond that it is a WARNING."),
        .client = "0x80092013",
    },
    {
        .cause = CAUSE_CERT_CRL_INVALID,
        .name = "cert.crl-invalid",
        .state = STATE_CRITICAL,
        .summary = "{source} {why}",
        .remedy = "fetch it by hand and look",
        .explanation = CAUSES_MANUAL(
            "What was fetched is no answer: no CRL or OCSP response at all, such as the page of a captive portal; not signed by the issuer nor by whom it authorised; about other certificates; or the responder does not know the certificate. A WARNING is a delta CRL that adds to a newer CRL than the one published: what was revoked between the two is on neither."),
        .client = "0x80092013",
    },
    {
        .cause = CAUSE_CERT_WEAK_SIGNATURE,
        .name = "cert.weak-signature",
        .state = STATE_CRITICAL,
        .summary = "{which} is signed with {algorithm}",
        .remedy = "issue it with SHA-256 or better",
        .explanation = CAUSES_MANUAL(
            "A certificate below the root is signed with MD5 or SHA-1, which clients and load balancers refuse."),
        .client = "0x80090331",
    },
    {
        .cause = CAUSE_CERT_WEAK_KEY,
        .name = "cert.weak-key",
        .state = STATE_CRITICAL,
        .summary = "{which} has a weak key ({key})",
        .remedy = "issue it with RSA 2048 or better, or ECDSA P-256",
        .explanation = CAUSES_MANUAL(
            "RSA or DSA keys under 2048 bits and elliptic curves under 224 bits count as broken."),
        .client = "0x80090331",
    },
    {
        .cause = CAUSE_CERT_KEY_TYPE,
        .name = "cert.key-type",
        .state = STATE_CRITICAL,
        .summary = "{which} has a key unknown to Windows ({key})",
        .remedy = "issue it with RSA 2048 or ECDSA P-256",
        .explanation = CAUSES_MANUAL(
            "Windows knows neither Ed25519 nor Ed448, wherever in the chain. For the key of a server it knows no other kinds than RSA, EC and DSA, and of RSA none that is for RSASSA-PSS alone. It has P-256 and P-384 switched on; another curve, such as P-521, or DSA is a WARNING, as administrators can switch it on. Other clients may well connect."),
        .client = "0x80090331",
    },
    {
        .cause = CAUSE_CERT_SELF_SIGNED,
        .name = "cert.self-signed",
        .state = STATE_WARNING,
        .summary = "certificate is self-signed and not trusted by this poller",
        .remedy = "use one from a CA, or give it as --ca-file",
        .explanation = CAUSES_MANUAL(
            "The server's certificate is its own issuer. Clients accept it only when it is installed as a trusted root."),
        .client = "0x800B0109",
    },
    {
        .cause = CAUSE_CERT_UNTRUSTED_ROOT,
        .name = "cert.untrusted-root",
        .state = STATE_WARNING,
        .summary = "certificate leads to {issuer}, not trusted by this poller",
        .remedy = "give a private CA as --ca-file, or suspect TLS inspection",
        .explanation = CAUSES_MANUAL(
            "The server sends a root along that is no trust anchor here. Right for a private CA that clients know; with a public certificate expected, something on the path re-signs. Of a root that is not sent cert.chain-incomplete is told."),
        .client = "0x800B0109",
    },
    {
        .cause = CAUSE_CERT_CHAIN_INCOMPLETE,
        .name = "cert.chain-incomplete",
        .state = STATE_WARNING,
        .summary = "issuer {issuer} neither sent nor known here",
        .remedy = "install the issuer, or --ca-file for a private root",
        .explanation = CAUSES_MANUAL(
            "The chain ends at an issuer that is not sent and no trust anchor here. An intermediate is to be installed on the server: Windows may fetch it by itself, other clients and clients behind a filter fail. The root of a private CA that clients know is to be given as --ca-file. With a public certificate expected, something on the path re-signs."),
        .client = "0x800B010A",
    },
    {
        .cause = CAUSE_CERT_CRL_EXPIRING,
        .name = "cert.crl-expiring",
        .state = STATE_WARNING,
        .summary = "{source} ends in {left} and has not been renewed",
        .remedy = "publish a new one, look at the CA service",
        .explanation = CAUSES_MANUAL(
            "Less than a twentieth of the time between thisUpdate and nextUpdate is left. Authorities publish the next CRL before that: Windows lets them overlap by a tenth, at most 12 hours."),
    },
    {
        .cause = CAUSE_CERT_NO_REVOCATION_INFO,
        .name = "cert.no-revocation-info",
        .state = STATE_WARNING,
        .summary = "{which} names {what}",
        .remedy = "issue it with a CRL over http",
        .explanation = CAUSES_MANUAL(
            "Told with --revocation only: the certificate names no source of the kind that was asked for. Where it names none at all, clients that insist on a revocation check refuse it."),
        .client = "0x80092012",
    },
    {
        .cause = CAUSE_CERT_EXPIRING,
        .name = "cert.expiring",
        .state = STATE_WARNING,
        .summary = "{which} expires in {left}, less than {limit}",
        .remedy = "renew it, assign it in RRAS, restart RemoteAccess",
        .above = "install the new one of that CA on the server, a root on clients",
        .explanation = CAUSES_MANUAL(
            "Less time is left than --warning or --critical says; the second makes it CRITICAL. A renewed certificate that lies in the store unused expires all the same: it must be assigned, and RemoteAccess restarted."),
        .program = "check_sstp_cert",
    },
    {
        .cause = CAUSE_CERT_LIFETIME,
        .name = "cert.lifetime",
        .state = STATE_WARNING,
        .summary = "certificate is valid for {days} d in all, more than {limit} d",
        .remedy = "issue it for a shorter time",
        .explanation = CAUSES_MANUAL("From its first day to its last it lives longer than --max-lifetime says."),
        .program = "check_sstp_cert",
    },
    {
        .cause = CAUSE_CERT_FAMILIES_DIFFER,
        .name = "cert.families-differ",
        .state = STATE_WARNING,
        .summary = "IPv4 shows {four}, IPv6 shows {six}",
        .remedy = "assign the certificate in the RRAS console, which binds both",
        .explanation = CAUSES_MANUAL(
            "The addresses of one family show other certificates than those of the other: HTTP.sys binds 0.0.0.0:443 and [::]:443 apart, and one of them was changed alone."),
        .program = "check_sstp_cert",
    },
    {
        .cause = CAUSE_CERT_ADDRESSES_DIFFER,
        .name = "cert.addresses-differ",
        .state = STATE_WARNING,
        .summary = "{count} certificates on {addresses} addresses: {list}",
        .remedy = "bind one everywhere",
        .explanation = CAUSES_MANUAL(
            "With --same-cert: the addresses show different certificates. Without that option it is only mentioned, for one certificate per server is legal."),
        .program = "check_sstp_cert",
    },
    {
        .cause = CAUSE_CERT_SNI_DIFFERS,
        .name = "cert.sni-differs",
        .state = STATE_WARNING,
        .summary = "{how} {shows}, clients get {usual}",
        .remedy = "bind one for all names, or let monitors send SNI",
        .explanation = CAUSES_MANUAL(
            "With --compare-sni: without a server name, or with a foreign one, the handshake ends differently. Windows clients send the name, many balancers' monitors do not, so the two look at different certificates: a binding by host name stands before the one by address."),
        .program = "check_sstp_cert",
    },
};
/* clang-format on */

const size_t causes_cert_count = sizeof causes_cert_rows / sizeof causes_cert_rows[0];
