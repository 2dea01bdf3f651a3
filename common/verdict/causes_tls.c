/* Causes of the TLS handshake. */
#include "verdict/causes_rows.h"

const struct cause_row causes_tls_rows[] = {
    {
        .cause = CAUSE_TLS_RESET,
        .name = "tls.reset",
        .state = STATE_CRITICAL,
        .summary = "TLS reset after ClientHello, likely no certificate bound on {port}",
        .remedy = "reassign it in RRAS",
        .explanation = CAUSES_MANUAL(
            "The connection is reset in answer to the ClientHello, and again when every TLS version and cipher is offered. HTTP.sys does this when no certificate is bound to the port, or the bound one is gone from LocalMachine\\My or has no private key, or netsh shows Reject Connections enabled for the entry. A balancer or firewall can do it too. Where --binding tells that a certificate is bound, or that TLS is offloaded, it says so. That the entry rejects, the registry and the collector tell; that the bound one is gone, the JSON of the collector alone."),
        .client = "0x80072746",
        .event = "HttpEvent 15021 (unusable certificate), 15300 (binding deleted)",
    },
    {
        .cause = CAUSE_TLS_CLOSED,
        .name = "tls.closed",
        .state = STATE_CRITICAL,
        .summary = "connection closed during the TLS handshake",
        .remedy = "check the binding, the members of the balancer, the SNI it routes on",
        .explanation = CAUSES_MANUAL(
            "The far end waited for our ClientHello and then closed without an alert: a proxy that knows no backend for the name, an inspection device, or a server without a usable certificate."),
    },
    {
        .cause = CAUSE_TLS_INTERMITTENT,
        .name = "tls.intermittent",
        .state = STATE_CRITICAL,
        .summary = "one TLS handshake {how}, the next one served, likely a dead balancer member",
        .remedy = "check its members",
        .explanation = CAUSES_MANUAL(
            "The first connection was closed, reset or refused during the handshake; a second one completed it with a version and cipher that the first had offered too. A balancer that does not notice that a member is dead does this, to every other connection when there are two. A server that sheds load can do it too. Clients get in by chance."),
    },
    {
        .cause = CAUSE_TLS_TIMEOUT,
        .name = "tls.timeout",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "TLS handshake stalls, nothing usable in {seconds} s",
        .remedy = "check load, path MTU and inspection devices",
        .explanation = CAUSES_MANUAL(
            "TCP is up but the handshake does not complete: an overloaded server, lost large packets (path MTU discovery), or a device in between."),
    },
    {
        .cause = CAUSE_TLS_PLAINTEXT,
        .name = "tls.plaintext",
        .state = STATE_CRITICAL,
        .summary =
            "plain HTTP on {port} where TLS is expected, likely TLS offload mode (UseHttps=0)",
        .remedy = "set UseHttps=1, or use --plain",
        .explanation = CAUSES_MANUAL(
            "The answer to the ClientHello is HTTP: RRAS is in TLS offload mode, or a balancer sends TLS to a port without TLS."),
    },
    {
        .cause = CAUSE_TLS_NOT_TLS,
        .name = "tls.not-tls",
        .state = STATE_CRITICAL,
        .summary = "port {port} does not speak TLS, it says: {first}",
        .remedy = "find out what listens there",
        .explanation = CAUSES_MANUAL("What answers is neither TLS nor HTTP."),
    },
    {
        .cause = CAUSE_TLS_VERSION,
        .name = "tls.version",
        .state = STATE_CRITICAL,
        .summary = "no common TLS version, offered {offered}{found}",
        .remedy = "enable TLS 1.2 on the server, or use --tls-min, --tls-max",
        .explanation = CAUSES_MANUAL(
            "The server refuses every TLS version that was offered: an alert says so, or a second connection that offered more succeeded with another version."),
        .client = "0x80090331",
    },
    {
        .cause = CAUSE_TLS_CIPHER,
        .name = "tls.cipher",
        .state = STATE_CRITICAL,
        .summary = "no common cipher{found}",
        .remedy = "compare suites and key type, or lower --security-level",
        .explanation = CAUSES_MANUAL(
            "The handshake fails with what this poller offers and succeeds when every cipher is offered at security level 0."),
        .client = "0x80090331",
    },
    {
        .cause = CAUSE_TLS_RENEGOTIATION,
        .name = "tls.renegotiation",
        .state = STATE_CRITICAL,
        .summary = "the server does not know secure renegotiation (RFC 5746)",
        .remedy = "update it, or use --legacy-renegotiation",
        .explanation = CAUSES_MANUAL(
            "OpenSSL 3 refuses servers without secure renegotiation, as Windows 2008 and old routers are. With the option the check goes on."),
    },
    {
        .cause = CAUSE_TLS_UNRECOGNIZED_NAME,
        .name = "tls.unrecognized-name",
        .state = STATE_CRITICAL,
        .summary = "the server knows no site {sni} (TLS alert 112)",
        .remedy = "check the name, the routing of the proxy",
        .explanation = CAUSES_MANUAL(
            "The far end picks its certificate or backend by the name that clients send (SNI) and has none for this one."),
    },
    {
        .cause = CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED,
        .name = "tls.client-certificate-required",
        .state = STATE_CRITICAL,
        .summary = "client certificate demanded{by}, SSTP sends none",
        .remedy = "set clientcertnegotiation=disable, or stop a proxy from asking",
        .explanation = CAUSES_MANUAL(
            "The handshake, or in TLS 1.3 the first read after it, fails because no client certificate was sent; or one was asked for and the answer is 400, 403 or 500, as nginx says it, or the connection ends without one, as HTTP.sys of Windows Server 2022 does it under TLS 1.3. Somebody enabled negotiation of client certificates on the HTTP.sys binding, or a proxy asks for them."),
    },
    {
        .cause = CAUSE_TLS_ALERT,
        .name = "tls.alert",
        .state = STATE_CRITICAL,
        .summary = "TLS handshake refused: {reason}",
        .remedy = "check Schannel events 36874 and 36888, and the TLS profile of the balancer",
        .explanation = CAUSES_MANUAL(
            "A fatal TLS alert, or a handshake that breaks the protocol, for which there is no cause of its own."),
    },
};

const size_t causes_tls_count = sizeof causes_tls_rows / sizeof causes_tls_rows[0];
