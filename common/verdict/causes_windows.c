/* Causes that only the server itself can tell: its certificate bindings, from --binding. */
#include "verdict/causes_rows.h"

#define DROPS "connects, then drops at once; RasSstp 6 names both hashes"

const struct cause_row causes_windows_rows[] = {
    {
        .cause = CAUSE_WINDOWS_UNREADABLE,
        .name = "windows.unreadable",
        .state = STATE_UNKNOWN,
        .summary = "{file} {why}",
        .remedy = "collect it again, the manual says how",
        .explanation = CAUSES_MANUAL(
            "What --binding got is empty, cut short, contradicts itself, is of two servers, has a digest that lost a digit, or holds neither bindings of HTTP.sys nor values of SSTP. Nothing is proven then, so it is never green."),
    },
    {
        .cause = CAUSE_WINDOWS_STALE,
        .name = "windows.stale",
        .state = STATE_UNKNOWN,
        .summary = "{file} was collected {age}, the limit is {limit}",
        .remedy = "collect it again, see why the job on the server does not run",
        .explanation = CAUSES_MANUAL(
            "What --binding got is older than --binding-age, or dated in the future. It is not judged: a renewed certificate would look like a fault."),
    },
    {
        .cause = CAUSE_WINDOWS_NOT_COMPARABLE,
        .name = "windows.not-comparable",
        .state = STATE_UNKNOWN,
        .summary = "not comparable: {what}",
        .remedy = "add {lacking}",
        .explanation = CAUSES_MANUAL(
            "HTTP.sys names a certificate by its SHA-1, SSTP by its SHA-256, and the two are never compared with each other. It takes a certificate of which both are known: from the wire of that very server, from --cert-file, or from the collector; and the values of SSTP themselves. SSTP's own SHA1CertificateHash tells that both are the same; that they differ it tells only where the entries of SSTP itself hold it, for scripts leave an old one behind. Entries for names win over those for all addresses: where they were not collected, only what the wire shows to those who ask by the name that clients dial proves anything."),
    },
    {
        .cause = CAUSE_WINDOWS_SHA256_MISSING,
        .name = "windows.sha256-missing",
        .state = STATE_CRITICAL,
        .summary = "SHA256CertificateHash {how}: SSTP refuses everybody",
        .remedy = "assign in RRAS again, or set the offload hash",
        .explanation = CAUSES_MANUAL(
            "The hash that SSTP checks callers against must be REG_BINARY of exactly 32 bytes. Advice that reads as setting the value to 32 makes it one byte, which is this fault."),
        .event = "RasSstp 18",
    },
    {
        .cause = CAUSE_WINDOWS_HALF_REVERTED,
        .name = "windows.half-reverted",
        .state = STATE_CRITICAL,
        .summary = "{value} is {wanted} but SSTP last applied {applied}",
        .remedy = "restart RemoteAccess, else set both alike",
        .explanation = CAUSES_MANUAL(
            "The value under SstpSvc\\Parameters and the one in its ConfigStore, where SSTP keeps what it last applied, disagree: TLS offload was begun or reverted by half, or a restart of RemoteAccess is due."),
    },
    {
        .cause = CAUSE_WINDOWS_OFFLOAD_HASH_STALE,
        .name = "windows.offload-hash-stale",
        .state = STATE_CRITICAL,
        .summary = "offload hash {trusted}.. is stale, the certificate is {shown}..",
        .remedy = "set it on every member, restart RemoteAccess",
        .explanation = CAUSES_MANUAL(
            "TLS is offloaded (UseHttps is 0) and SSTP was told the SHA-256 of the certificate on the balancer. That one was renewed, the hash was not."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_NO_BINDING,
        .name = "windows.no-binding",
        .state = STATE_CRITICAL,
        .summary = "HTTP.sys has no certificate for port {port}{others}",
        .remedy = "assign it in RRAS, restart RemoteAccess",
        .explanation = CAUSES_MANUAL(
            "The list of bindings is there and none is for the port of SSTP, which terminates TLS itself. From outside HTTP.sys resets the TLS handshake. Where a certificate is seen all the same, something else ends TLS, on the server or before it, or what was collected is of another server or of another hour. An entry for a name that clients do not dial is none for them. The port is ListenerPort, or that of --port where the values of SSTP were not collected."),
        .client = "0x80072746",
        .event = "HttpEvent 15300 when a binding is deleted",
    },
    {
        .cause = CAUSE_WINDOWS_HASH_MISMATCH,
        .name = "windows.hash-mismatch",
        .state = STATE_CRITICAL,
        .summary = "certificate on {port} (owner {owner}) is not the one SSTP trusts",
        .remedy = "{unbind}, assign in RRAS",
        .explanation = CAUSES_MANUAL(
            "HTTP.sys presents one certificate, SSTP binds its callers to another. TLS is fine and HEAD gets its 401, so everything but a logon stays green. Usually somebody bound the certificate in IIS, or an entry of netsh was left behind. Of entries that SSTP made itself none is to be deleted: a restart of RemoteAccess is due, or the hash is that of an older certificate. The Routing and Remote Access console says: the thumbprint of the SSTP certificate is different than the certificate bound to the Web listener (HTTP.sys)."),
        .client = DROPS,
        .event = "a RasSstp event about the certificate, such as 24 or 32",
    },
    {
        .cause = CAUSE_WINDOWS_FAMILIES_DIFFER,
        .name = "windows.families-differ",
        .state = STATE_CRITICAL,
        .summary = "0.0.0.0:{port} and [::]:{port} differ{wrong}",
        .remedy = "delete the wrong one, assign in RRAS",
        .explanation = CAUSES_MANUAL(
            "The entries for IPv4 and for IPv6 hold different certificates, and SSTP trusts one: callers of the other family connect and drop."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES,
        .name = "windows.specific-ip-overrides",
        .state = STATE_CRITICAL,
        .summary = "{endpoint} (owner {owner}) wins, with a certificate SSTP does not trust",
        .remedy = "{unbind}",
        .explanation = CAUSES_MANUAL(
            "An entry for one address wins over all others. When the wire shows the certificate that SSTP trusts, and another entry holds it, such an entry is for another address, unless that is the one that was looked at, and is left alone, which a file cannot tell; when 0.0.0.0 or [::] has the same wrong certificate it is told with them, as windows.hash-mismatch."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_HOSTNAME_OVERRIDES,
        .name = "windows.hostname-overrides",
        .state = STATE_CRITICAL,
        .summary = "{endpoint} (owner {owner}) wins by SNI, with a certificate SSTP does not trust",
        .remedy = "{unbind}",
        .explanation = CAUSES_MANUAL(
            "An entry for the name that clients dial, or a central certificate store on the port, wins over the entries for all addresses, because the Windows client sends SNI. One for the very name is told even where the wire shows what SSTP trusts out of an entry for all addresses, for HTTP.sys would not: the list is of another hour, or something in front terminates TLS. What the wire shows tells nothing of a name that was not asked for: one of --name, or that of -H with --sni or --no-sni."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_WIRE_DIFFERS,
        .name = "windows.wire-differs",
        .state = STATE_CRITICAL,
        .summary = "the wire shows certificate {shown}.., Windows has another on {port}",
        .remedy = "find what terminates TLS before it, let it pass TCP",
        .explanation = CAUSES_MANUAL(
            "No entry of HTTP.sys on the port holds the certificate that the wire shows: a balancer or an inspection terminates TLS between here and there, or this is another server. SSTP accepts no caller through it. A certificate that was issued after the list was collected may be bound by now: collect anew. Where ListenerPort is another port than the one that was looked at, and an entry there holds it, that is told instead. With --cert-file: the certificate in the file is not the one in use."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_RESTART_PENDING,
        .name = "windows.restart-pending",
        .state = STATE_WARNING,
        .summary = "RemoteAccess started before {shown}.. was issued",
        .remedy = "restart RemoteAccess, till then callers may drop",
        .explanation = CAUSES_MANUAL(
            "SSTP is told to trust the certificate that is shown, but a change of that takes a restart of RemoteAccess, which has run since before the certificate was issued: SSTP may still bind its callers to an older one. Scripts that set the hash, such as that of the offload, leave the restart out unless asked for it. Only sstp-collect.ps1 tells since when RemoteAccess runs, and only where Windows gives it a process of its own."),
        .client = DROPS,
    },
    {
        .cause = CAUSE_WINDOWS_IIS_OWNER,
        .name = "windows.iis-owner",
        .state = STATE_WARNING,
        .summary = "{endpoint} belongs to IIS",
        .remedy = "remove the https binding in IIS, assign in RRAS only",
        .explanation = CAUSES_MANUAL(
            "The certificate is right today. The next one that is renewed or assigned in IIS will not be the one that SSTP trusts."),
    },
    {
        .cause = CAUSE_WINDOWS_FAMILY_MISSING,
        .name = "windows.family-missing",
        .state = STATE_WARNING,
        .summary = "{missing} is not bound, only {endpoint}",
        .remedy = "restart RemoteAccess, else assign the certificate in RRAS again",
        .explanation = CAUSES_MANUAL(
            "SSTP binds its certificate for IPv4 and for IPv6; one of them failed or was deleted. Where a server has only one family, --state windows.family-missing=ok."),
        .event = "RasSstp 12 (IPv4), 13 (IPv6)",
    },
    {
        .cause = CAUSE_WINDOWS_FOREIGN_OWNER,
        .name = "windows.foreign-owner",
        .state = STATE_WARNING,
        .summary = "{endpoint} belongs to {owner}, not to SSTP",
        .remedy = "assign in RRAS, so that SSTP looks after it",
        .explanation = CAUSES_MANUAL(
            "The application id is none of SSTP, IIS or DirectAccess: the entry was made by hand or by a script, and SSTP may neither renew nor remove it."),
    },
    {
        .cause = CAUSE_WINDOWS_SHA1_STALE,
        .name = "windows.sha1-stale",
        .state = STATE_WARNING,
        .summary = "SHA1CertificateHash is of another certificate than SHA256CertificateHash",
        .remedy = "assign in RRAS again, or delete the SHA-1",
        .explanation = CAUSES_MANUAL(
            "The older value was left behind when the other was set, as scripts do. Clients that ask for SHA-1 drop."),
    },
    {
        .cause = CAUSE_WINDOWS_OFFLOAD_NOT_ADMIN,
        .name = "windows.offload-not-admin",
        .state = STATE_WARNING,
        .summary = "TLS is offloaded but isHashConfiguredByAdmin is not 1",
        .remedy = "set it to 1, else SSTP may replace the hash",
        .explanation = CAUSES_MANUAL(
            "With UseHttps 0 the hash is that of a certificate which the server need not have. SSTP keeps such a hash only when this value says that an administrator set it."),
    },
};

const size_t causes_windows_count = sizeof causes_windows_rows / sizeof causes_windows_rows[0];
