/* Causes of the HTTP request. */
#include "verdict/causes_rows.h"

const struct cause_row causes_http_rows[] = {
    {
        .cause = CAUSE_HTTP_SSTP_NOT_REGISTERED,
        .name = "http.sstp-not-registered",
        .state = STATE_CRITICAL,
        .summary = "HTTP.sys answers but SSTP is not registered ({status})",
        .remedy = "start RemoteAccess, enable SSTP ports",
        .explanation = CAUSES_MANUAL(
            "HTTP.sys listens for somebody else (WinRM, IP-HTTPS, IIS) and knows no SSTP address: RemoteAccess is stopped or has no SSTP ports."),
    },
    {
        .cause = CAUSE_HTTP_IIS_ANSWERS,
        .name = "http.iis-answers",
        .state = STATE_CRITICAL,
        .summary = "IIS answers ({status}), the SSTP listener does not",
        .remedy = "start RemoteAccess, keep IIS off this port",
        .explanation = CAUSES_MANUAL("The answer comes from IIS, so nothing is registered for the SSTP address."),
    },
    {
        .cause = CAUSE_HTTP_NOT_RRAS,
        .name = "http.not-rras",
        .state = STATE_CRITICAL,
        .summary = "{server} answers {status}, this is not RRAS",
        .remedy = "check DNS, NAT and the balancer, or use --expect",
        .explanation = CAUSES_MANUAL(
            "The answer is not one that HTTP.sys gives. accel-ppp says 501 to HEAD: for it give --expect."),
    },
    {
        .cause = CAUSE_HTTP_OPEN,
        .name = "http.open",
        .state = STATE_CRITICAL,
        .summary = "{status} from {server} where RRAS refuses HEAD with 401",
        .remedy = "something else answers, check DNS, NAT and the balancer",
        .explanation = CAUSES_MANUAL(
            "A default page, a captive portal or a catch-all site answers with success. Monitors that accept 2xx stay green."),
    },
    {
        .cause = CAUSE_HTTP_REDIRECT,
        .name = "http.redirect",
        .state = STATE_CRITICAL,
        .summary = "{status} from {server} redirects to {location}",
        .remedy = "remove the redirect for this address",
        .explanation = CAUSES_MANUAL(
            "A balancer or web server redirects the SSTP address. Monitors that accept 3xx stay green."),
    },
    {
        .cause = CAUSE_HTTP_UNAVAILABLE,
        .name = "http.unavailable",
        .state = STATE_CRITICAL,
        .summary = "HTTP.sys has no service behind the SSTP address (503)",
        .remedy = "start or restart RemoteAccess",
        .explanation = CAUSES_MANUAL(
            "The address is reserved in HTTP.sys but nobody serves it: RemoteAccess or SstpSvc is stopped while another user of HTTP.sys keeps the port open."),
    },
    {
        .cause = CAUSE_HTTP_GATEWAY,
        .name = "http.gateway",
        .state = STATE_CRITICAL,
        .summary = "{status} from {server}, a balancer or proxy without a healthy RRAS server",
        .remedy = "check its members",
        .explanation = CAUSES_MANUAL("A 502, 503 or 504 that does not come from HTTP.sys."),
    },
    {
        .cause = CAUSE_HTTP_INVALID_HOST,
        .name = "http.invalid-host",
        .state = STATE_CRITICAL,
        .summary = "HTTP.sys refuses the request (400), likely its Host header",
        .remedy = "check -H and --host-header",
        .explanation = CAUSES_MANUAL(
            "HTTP.sys found the request itself malformed. With the default options this points at a device that rewrites it."),
    },
    {
        .cause = CAUSE_HTTP_FORBIDDEN,
        .name = "http.forbidden",
        .state = STATE_CRITICAL,
        .summary = "{server} forbids the SSTP address ({status})",
        .remedy = "exempt it in the firewall or proxy",
        .explanation = CAUSES_MANUAL(
            "A web application firewall, an intrusion prevention system or a proxy dislikes the braces in the address, the method or this poller. A web server that wants a client certificate for the address, and in TLS 1.3 cannot ask for it any more, answers so too."),
    },
    {
        .cause = CAUSE_HTTP_PROXY_AUTH,
        .name = "http.proxy-auth",
        .state = STATE_CRITICAL,
        .summary = "an explicit proxy wants a logon (407)",
        .remedy = "let this traffic bypass it",
        .explanation = CAUSES_MANUAL("The answer comes from a forward proxy on the path."),
        .event = "RasSstp 23 on the client",
    },
    {
        .cause = CAUSE_HTTP_NO_ANSWER,
        .name = "http.no-answer",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "no HTTP answer in {seconds} s, the connection is up",
        .remedy = "restart RemoteAccess, check proxies and inspection",
        .explanation = CAUSES_MANUAL(
            "The request was sent and no complete answer came before the time was up. A Windows client waits 60 s."),
    },
    {
        .cause = CAUSE_HTTP_CLOSED,
        .name = "http.closed",
        .state = STATE_CRITICAL,
        .summary = "connection {how} without a complete HTTP answer",
        .remedy = "check RemoteAccess, Host and SNI",
        .explanation = CAUSES_MANUAL(
            "The far end ended the connection instead of answering. Servers with a fixed host name do this when another name is asked for; some SSTP servers other than RRAS do it to every HEAD. Where a HEAD gets its answer and SSTP_DUPLEX_POST none, a firewall that inspects or a proxy dislikes the method."),
    },
    {
        .cause = CAUSE_HTTP_GARBAGE,
        .name = "http.garbage",
        .state = STATE_CRITICAL,
        .summary = "the answer is not HTTP{first}",
        .remedy = "find out what listens on {port}",
        .explanation = CAUSES_MANUAL("What came back is no HTTP/1.x response head, or one without end."),
    },
    {
        .cause = CAUSE_HTTP_OTHER_STATUS,
        .name = "http.other-status",
        .state = STATE_CRITICAL,
        .summary = "{status} from {server}, expected {expected}",
        .remedy = "check what answers, or use --expect",
        .explanation = CAUSES_MANUAL(
            "A status that is neither expected nor has a cause of its own. A 404 without a Server header comes from SoftEther, for which give --expect, or from HTTP.sys when it is told to send none. What HTTP.sys refuses by itself it logs in the folder HTTPERR below System32, LogFiles."),
    },
    {
        .cause = CAUSE_HTTP_DUPLEX_REFUSED,
        .name = "http.duplex-refused",
        .state = STATE_CRITICAL,
        .summary = "RRAS refuses new tunnels ({status}), likely no SSTP port is free",
        .remedy = "add SSTP ports, clear stale sessions",
        .explanation = CAUSES_MANUAL(
            "A HEAD gets its 401 but HTTP.sys answers SSTP_DUPLEX_POST with an error: all SSTP ports are in use, or RemoteAccess is paused. Which status RRAS uses for that is not documented."),
        .client = "0x800704C9",
    },
    {
        .cause = CAUSE_HTTP_PROXY_REFUSES_DUPLEX,
        .name = "http.proxy-refuses-duplex",
        .state = STATE_CRITICAL,
        .summary = "HEAD gets {head} but {server} refuses SSTP_DUPLEX_POST ({status})",
        .remedy = "use TCP mode on the balancer",
        .explanation = CAUSES_MANUAL(
            "The false green of monitors that stop at 401: a proxy in HTTP mode relays HEAD and refuses the method, or the Content-Length of 2^64-1, that opens a tunnel. No client can connect. It is taken for unnamed where the refusal bears no Server header but HEAD's answer does, or is one that RRAS does not give."),
    },
    {
        .cause = CAUSE_HTTP_VERSION,
        .name = "http.version",
        .state = STATE_WARNING,
        .summary = "{status} comes as HTTP/1.0, so a proxy downgrades",
        .remedy = "use TCP mode on it",
        .explanation = CAUSES_MANUAL("The answer is HTTP/1.0. Windows clients insist on HTTP/1.1."),
        .event = "RasSstp 3 on the client",
    },
    {
        .cause = CAUSE_HTTP_IMPOSTOR,
        .name = "http.impostor",
        .state = STATE_WARNING,
        .summary = "401 comes from {server}, not from HTTP.sys",
        .remedy = "a proxy may refuse tunnels, --level sstp shows it",
        .explanation = CAUSES_MANUAL(
            "The status is right but the Server header is foreign: another application that protects everything, or a proxy that rewrites the header. A missing header proves nothing and is accepted."),
    },
};

const size_t causes_http_count = sizeof causes_http_rows / sizeof causes_http_rows[0];
