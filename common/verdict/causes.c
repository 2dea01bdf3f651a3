#include "verdict/causes.h"

#include <string.h>

/* clang-format off: it would indent the table anew with each row */
static const struct cause_row
    rows
        [CAUSES] =
            {
                [CAUSE_LOCAL_NO_MEMORY] =
                    {
                        .name = "local.no-memory",
                        .state = STATE_UNKNOWN,
                        .summary = "this poller ran out of memory",
                        .remedy = "free memory or raise the limit of the plugin",
                        .explanation =
                            "Memory ran out on the polling host. Nothing is said about the server.",
                    },
                [CAUSE_LOCAL_NO_DESCRIPTORS] =
                    {
                        .name = "local.no-descriptors",
                        .state = STATE_UNKNOWN,
                        .summary = "this poller has no file descriptors left",
                        .remedy = "raise ulimit -n for the monitoring user",
                        .explanation =
                            "A socket or file could not be opened because the process or the system has reached its limit. Nothing is said about the server.",
                    },
                [CAUSE_LOCAL_NO_PROVIDER] =
                    {
                        .name = "local.no-provider",
                        .state = STATE_UNKNOWN,
                        .summary = "OpenSSL on this poller refuses: {reason}",
                        .remedy = "check openssl.cnf and the TLS options",
                        .explanation =
                            "The cryptographic library of the polling host refuses a version, cipher or algorithm that the check needs. Nothing is said about the server.",
                    },
                [CAUSE_LOCAL_INTERRUPTED] =
                    {
                        .name = "local.interrupted",
                        .state = STATE_UNKNOWN,
                        .summary = "stopped by a signal in stage {stage}",
                        .remedy = "give the plugin more time than its -t",
                        .explanation =
                            "SIGTERM, SIGINT or SIGHUP ended the check before it had an answer, usually because the monitoring system's own limit is shorter than -t.",
                    },
                [CAUSE_LOCAL_SOCKET] =
                    {
                        .name = "local.socket",
                        .state = STATE_UNKNOWN,
                        .summary = "the network of this poller fails in stage {stage}: {reason}",
                        .remedy = "check the poller and --source",
                        .explanation =
                            "The polling host's own system refused a socket operation for a reason that has no cause of its own.",
                    },
                [CAUSE_LOCAL_NOT_REACHED] =
                    {
                        .name = "local.not-reached",
                        .state = STATE_UNKNOWN,
                        .summary = "the check ended before stage {stage}",
                        .remedy = "give it more time with -t",
                        .explanation =
                            "Time ran out before this target had its turn. Nothing is said about the server.",
                    },
                [CAUSE_LOCAL_NO_ROUTE] =
                    {
                        .name = "local.no-route",
                        .state = STATE_UNKNOWN,
                        .summary = "this poller has no route to {address}",
                        .remedy = "check its network, -4, -6 and --source",
                        .explanation =
                            "No packet left the polling host: it has no route to the address, or no network of its family. Where a name has addresses of both families and the poller only one of them, the others are used and this is not raised.",
                    },
                [CAUSE_LOCAL_NO_TRUST_STORE] =
                    {
                        .name = "local.no-trust-store",
                        .state = STATE_UNKNOWN,
                        .summary = "no trust anchors on this poller to verify with",
                        .remedy = "install ca-certificates or give --ca-file",
                        .explanation =
                            "Neither the system's folder of trusted certificates nor its bundle could be read.",
                    },
                [CAUSE_DNS_NOT_FOUND] =
                    {
                        .name = "dns.not-found",
                        .state = STATE_CRITICAL,
                        .summary = "{host} does not resolve",
                        .remedy = "publish the record, or re-enable the Traffic Manager profile",
                        .explanation =
                            "The resolver answered that the name does not exist or has no address of the wanted family.",
                        .client = "error 868",
                    },
                [CAUSE_DNS_NO_ANSWER] =
                    {
                        .name = "dns.no-answer",
                        .state = STATE_UNKNOWN,
                        .summary = "no answer from the resolver for {host} ({reason})",
                        .remedy = "check DNS on this poller",
                        .explanation =
                            "The resolver of the polling host did not answer in time or failed.",
                    },
                [CAUSE_TCP_REFUSED] =
                    {
                        .name = "tcp.refused",
                        .state = STATE_CRITICAL,
                        .summary = "{address} refuses port {port}",
                        .remedy = "start RemoteAccess, enable SSTP ports, check the NAT rule",
                        .explanation =
                            "Nothing listens: RemoteAccess is stopped, its restart hangs, SSTP ports are disabled, or the port was moved by ListenerPort.",
                        .client = "0x8007274D",
                    },
                [CAUSE_TCP_TIMEOUT] =
                    {
                        .name = "tcp.timeout",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "{address} port {port} connect timeout after {seconds} s",
                        .remedy = "host down, or check firewall, NAT and security groups",
                        .explanation = "No answer came to the connection request.",
                        .client = "0x8007274C, 809",
                    },
                [CAUSE_TCP_UNREACHABLE] =
                    {
                        .name = "tcp.unreachable",
                        .state = STATE_CRITICAL,
                        .summary = "a router or the network says that {address} is unreachable",
                        .remedy = "check routing, the host and firewall rules",
                        .explanation =
                            "An ICMP error came back: no route behind some router, the host is down, or traffic is administratively prohibited.",
                    },
                [CAUSE_TCP_CLOSED_AT_ONCE] =
                    {
                        .name = "tcp.closed-at-once",
                        .state = STATE_CRITICAL,
                        .summary =
                            "{address} accepts and closes at once, likely a balancer with no healthy RRAS server",
                        .remedy = "check its members",
                        .explanation =
                            "The connection is accepted and closed by the far end although nothing was sent to it yet; proved by a second connection that kept silent. Load balancers in TCP mode do this when no member is up.",
                    },
                [CAUSE_TLS_RESET] =
                    {
                        .name = "tls.reset",
                        .state = STATE_CRITICAL,
                        .summary =
                            "TLS reset after ClientHello, likely no certificate bound on {port}",
                        .remedy = "reassign it in RRAS",
                        .explanation =
                            "The connection is reset in answer to the ClientHello, and again when every TLS version and cipher is offered. HTTP.sys does this when no certificate is bound to the port, or the bound one is gone from LocalMachine\\My or has no private key. A balancer or firewall can do it too.",
                        .client = "0x80072746",
                        .event = "HttpEvent 15021 (unusable certificate), 15300 (binding deleted)",
                    },
                [CAUSE_TLS_CLOSED] =
                    {
                        .name = "tls.closed",
                        .state = STATE_CRITICAL,
                        .summary = "connection closed during the TLS handshake",
                        .remedy =
                            "check the binding, the members of the balancer, the SNI it routes on",
                        .explanation =
                            "The far end waited for our ClientHello and then closed without an alert: a proxy that knows no backend for the name, an inspection device, or a server without a usable certificate.",
                    },
                [CAUSE_TLS_INTERMITTENT] =
                    {
                        .name = "tls.intermittent",
                        .state = STATE_CRITICAL,
                        .summary =
                            "one TLS handshake {how}, the next one served, likely a dead balancer member",
                        .remedy = "check its members",
                        .explanation =
                            "The first connection was closed or reset during the handshake; a second one completed it with a version and cipher that the first had offered too. A balancer that does not notice that a member is dead does this, to every other connection when there are two. A server that sheds load can do it too. Clients get in by chance.",
                    },
                [CAUSE_TLS_TIMEOUT] =
                    {
                        .name = "tls.timeout",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "TLS handshake stalls, nothing usable in {seconds} s",
                        .remedy = "check load, path MTU and inspection devices",
                        .explanation =
                            "TCP is up but the handshake does not complete: an overloaded server, lost large packets (path MTU discovery), or a device in between.",
                    },
                [CAUSE_TLS_PLAINTEXT] =
                    {
                        .name = "tls.plaintext",
                        .state = STATE_CRITICAL,
                        .summary =
                            "plain HTTP on {port} where TLS is expected, likely TLS offload mode (UseHttps=0)",
                        .remedy = "set UseHttps=1, or use --plain",
                        .explanation =
                            "The answer to the ClientHello is HTTP: RRAS is in TLS offload mode, or a balancer sends TLS to a port without TLS.",
                    },
                [CAUSE_TLS_NOT_TLS] =
                    {
                        .name = "tls.not-tls",
                        .state = STATE_CRITICAL,
                        .summary = "port {port} does not speak TLS, it says: {first}",
                        .remedy = "find out what listens there",
                        .explanation = "What answers is neither TLS nor HTTP.",
                    },
                [CAUSE_TLS_VERSION] =
                    {
                        .name = "tls.version",
                        .state = STATE_CRITICAL,
                        .summary = "no common TLS version, offered {offered}{found}",
                        .remedy = "enable TLS 1.2 on the server, or use --tls-min, --tls-max",
                        .explanation =
                            "The server refuses every TLS version that was offered: an alert says so, or a second connection that offered more succeeded with another version.",
                        .client = "0x80090331",
                    },
                [CAUSE_TLS_CIPHER] =
                    {
                        .name = "tls.cipher",
                        .state = STATE_CRITICAL,
                        .summary = "no common cipher{found}",
                        .remedy = "compare suites and key type, or lower --security-level",
                        .explanation =
                            "The handshake fails with what this poller offers and succeeds when every cipher is offered at security level 0.",
                        .client = "0x80090331",
                    },
                [CAUSE_TLS_RENEGOTIATION] =
                    {
                        .name = "tls.renegotiation",
                        .state = STATE_CRITICAL,
                        .summary = "the server does not know secure renegotiation (RFC 5746)",
                        .remedy = "update it, or use --legacy-renegotiation",
                        .explanation =
                            "OpenSSL 3 refuses servers without secure renegotiation, as Windows 2008 and old routers are. With the option the check goes on.",
                    },
                [CAUSE_TLS_UNRECOGNIZED_NAME] =
                    {
                        .name = "tls.unrecognized-name",
                        .state = STATE_CRITICAL,
                        .summary = "the server knows no site {sni} (TLS alert 112)",
                        .remedy = "check the name and the routing of the proxy",
                        .explanation =
                            "The far end picks its certificate or backend by the name that clients send (SNI) and has none for this one.",
                    },
                [CAUSE_TLS_CLIENT_CERTIFICATE_REQUIRED] =
                    {
                        .name = "tls.client-certificate-required",
                        .state = STATE_CRITICAL,
                        .summary = "client certificate demanded{by}, SSTP clients send none",
                        .remedy = "set clientcertnegotiation=disable, or stop a proxy from asking",
                        .explanation =
                            "The handshake, or in TLS 1.3 the first read after it, fails because no client certificate was sent; or one was asked for and the answer is 400, 403 or 500, as nginx says it. Somebody enabled negotiation of client certificates on the HTTP.sys binding, or a proxy asks for them.",
                    },
                [CAUSE_TLS_ALERT] =
                    {
                        .name = "tls.alert",
                        .state = STATE_CRITICAL,
                        .summary = "TLS handshake refused: {reason}",
                        .remedy =
                            "check Schannel events 36874 and 36888, and the TLS profile of the balancer",
                        .explanation =
                            "A fatal TLS alert, or a handshake that breaks the protocol, for which there is no cause of its own.",
                    },
                [CAUSE_CERT_MISSING] =
                    {
                        .name = "cert.missing",
                        .state = STATE_CRITICAL,
                        .summary = "TLS completes without a certificate",
                        .remedy = "bind a certificate, forbid anonymous ciphers",
                        .explanation =
                            "The handshake used an anonymous cipher, which only a relaxed openssl.cnf on this poller offers. Nobody knows who answered; Windows clients refuse it.",
                    },
                [CAUSE_CERT_EXPIRED] =
                    {
                        .name = "cert.expired",
                        .state = STATE_CRITICAL,
                        .summary = "{which} expired {ago} ago",
                        .remedy = "renew it, assign it in RRAS, restart RemoteAccess",
                        .explanation =
                            "The server's certificate, or one that its chain needs, is past its date. TLS still completes, so a port check stays green.",
                        .client = "0x800B0101",
                        .event = "RasClient 20227 on the client",
                    },
                [CAUSE_CERT_NOT_YET_VALID] =
                    {
                        .name = "cert.not-yet-valid",
                        .state = STATE_CRITICAL,
                        .summary = "{which} is valid only in {ahead}",
                        .remedy = "compare the clocks of this poller and of the CA",
                        .explanation =
                            "The certificate's first day is in the future: issued ahead of time, or a clock is wrong.",
                        .client = "0x800B0101",
                    },
                [CAUSE_CERT_NAME_MISMATCH] =
                    {
                        .name = "cert.name-mismatch",
                        .state = STATE_CRITICAL,
                        .summary = "certificate is for {names}, clients dial {name}",
                        .remedy = "bind one that bears the name",
                        .explanation =
                            "Neither the alternative names nor, where there are none, the common name of the certificate is the name that clients dial. A wildcard stands for one label.",
                        .client = "0x800B010F",
                    },
                [CAUSE_CERT_EKU] =
                    {
                        .name = "cert.eku",
                        .state = STATE_CRITICAL,
                        .summary = "{which} is not meant for TLS servers",
                        .remedy = "issue one with Server Authentication",
                        .explanation = "The extended key usage extension lacks serverAuth (1.3.6.1.5.5.7.3.1) and anyExtendedKeyUsage. RRAS does not select such a certificate by itself and Windows clients refuse it.",
                        .client = "0x80070040",
                    },
                [CAUSE_CERT_INVALID] =
                    {
                        .name = "cert.invalid",
                        .state = STATE_CRITICAL,
                        .summary = "the certificate chain does not verify: {reason}",
                        .remedy = "look at the chain with -v",
                        .explanation =
                            "Verification failed for a reason that has no cause of its own, such as a bad signature or an issuer that is no CA.",
                        .client = "0x800B010A",
                    },
                [CAUSE_CERT_WEAK_SIGNATURE] =
                    {
                        .name = "cert.weak-signature",
                        .state = STATE_CRITICAL,
                        .summary = "{which} is signed with {algorithm}",
                        .remedy = "issue it with SHA-256 or better",
                        .explanation =
                            "A certificate below the root is signed with MD5 or SHA-1, which clients and load balancers refuse.",
                        .client = "0x80090331",
                    },
                [CAUSE_CERT_WEAK_KEY] =
                    {
                        .name = "cert.weak-key",
                        .state = STATE_CRITICAL,
                        .summary = "{which} has a weak key ({key})",
                        .remedy = "issue it with RSA 2048 or better, or ECDSA P-256",
                        .explanation =
                            "RSA or DSA keys under 2048 bits and elliptic curves under 224 bits count as broken.",
                        .client = "0x80090331",
                    },
                [CAUSE_CERT_SELF_SIGNED] =
                    {
                        .name = "cert.self-signed",
                        .state = STATE_WARNING,
                        .summary = "certificate is self-signed and not trusted by this poller",
                        .remedy = "use one from a CA, or give it as --ca-file",
                        .explanation =
                            "The server's certificate is its own issuer. Clients accept it only when it is installed as a trusted root.",
                        .client = "0x800B0109",
                    },
                [CAUSE_CERT_UNTRUSTED_ROOT] =
                    {
                        .name = "cert.untrusted-root",
                        .state = STATE_WARNING,
                        .summary = "certificate leads to {issuer}, not trusted by this poller",
                        .remedy = "give a private CA as --ca-file, or suspect TLS inspection",
                        .explanation =
                            "The chain is complete up to a root that is no trust anchor here. Right for a private CA that clients know; with a public certificate expected, something on the path re-signs.",
                        .client = "0x800B0109",
                    },
                [CAUSE_CERT_CHAIN_INCOMPLETE] =
                    {
                        .name = "cert.chain-incomplete",
                        .state = STATE_WARNING,
                        .summary = "issuer {issuer} neither sent nor known on this poller",
                        .remedy = "install the intermediate, or --ca-file for a private root",
                        .explanation =
                            "The server sends its own certificate without the issuer's. Windows may fetch it by itself, other clients and clients behind a filter fail.",
                        .client = "0x800B010A",
                    },
                [CAUSE_HTTP_SSTP_NOT_REGISTERED] =
                    {
                        .name = "http.sstp-not-registered",
                        .state = STATE_CRITICAL,
                        .summary = "HTTP.sys answers but SSTP is not registered ({status})",
                        .remedy = "start RemoteAccess, enable SSTP ports",
                        .explanation =
                            "HTTP.sys listens for somebody else (WinRM, IP-HTTPS, IIS) and knows no SSTP address: RemoteAccess is stopped or has no SSTP ports.",
                    },
                [CAUSE_HTTP_IIS_ANSWERS] =
                    {
                        .name = "http.iis-answers",
                        .state = STATE_CRITICAL,
                        .summary = "IIS answers ({status}), the SSTP listener does not",
                        .remedy = "start RemoteAccess, keep IIS off this port",
                        .explanation =
                            "The answer comes from IIS, so nothing is registered for the SSTP address.",
                    },
                [CAUSE_HTTP_NOT_RRAS] =
                    {
                        .name = "http.not-rras",
                        .state = STATE_CRITICAL,
                        .summary = "{server} answers {status}, this is not RRAS",
                        .remedy = "check DNS, NAT and the balancer, or use --expect",
                        .explanation =
                            "The answer is not one that HTTP.sys gives. accel-ppp says 501 to HEAD: for it give --expect.",
                    },
                [CAUSE_HTTP_OPEN] =
                    {
                        .name = "http.open",
                        .state = STATE_CRITICAL,
                        .summary = "{status} from {server} where RRAS refuses HEAD with 401",
                        .remedy = "something else answers, check DNS, NAT and the balancer",
                        .explanation =
                            "A default page, a captive portal or a catch-all site answers with success. Monitors that accept 2xx stay green.",
                    },
                [CAUSE_HTTP_REDIRECT] =
                    {
                        .name = "http.redirect",
                        .state = STATE_CRITICAL,
                        .summary = "{status} from {server} redirects to {location}",
                        .remedy = "remove the redirect for this address",
                        .explanation =
                            "A balancer or web server redirects the SSTP address. Monitors that accept 3xx stay green.",
                    },
                [CAUSE_HTTP_UNAVAILABLE] =
                    {
                        .name = "http.unavailable",
                        .state = STATE_CRITICAL,
                        .summary = "HTTP.sys has no service behind the SSTP address (503)",
                        .remedy = "start or restart RemoteAccess",
                        .explanation =
                            "The address is reserved in HTTP.sys but nobody serves it: RemoteAccess or SstpSvc is stopped while another user of HTTP.sys keeps the port open.",
                    },
                [CAUSE_HTTP_GATEWAY] =
                    {
                        .name = "http.gateway",
                        .state = STATE_CRITICAL,
                        .summary =
                            "{status} from {server}, a balancer or proxy without a healthy RRAS server",
                        .remedy = "check its members",
                        .explanation = "A 502, 503 or 504 that does not come from HTTP.sys.",
                    },
                [CAUSE_HTTP_INVALID_HOST] =
                    {
                        .name = "http.invalid-host",
                        .state = STATE_CRITICAL,
                        .summary = "HTTP.sys refuses the request (400), likely its Host header",
                        .remedy = "check -H and --host-header",
                        .explanation =
                            "HTTP.sys found the request itself malformed. With the default options this points at a device that rewrites it.",
                    },
                [CAUSE_HTTP_FORBIDDEN] =
                    {
                        .name = "http.forbidden",
                        .state = STATE_CRITICAL,
                        .summary = "{server} forbids the SSTP address ({status})",
                        .remedy = "exempt it in the firewall or proxy",
                        .explanation =
                            "A web application firewall, an intrusion prevention system or a proxy dislikes the braces in the address, the method or this poller. A web server that wants a client certificate for the address, and in TLS 1.3 cannot ask for it any more, answers so too.",
                    },
                [CAUSE_HTTP_PROXY_AUTH] =
                    {
                        .name = "http.proxy-auth",
                        .state = STATE_CRITICAL,
                        .summary = "an explicit proxy wants a logon (407)",
                        .remedy = "let this traffic bypass it",
                        .explanation = "The answer comes from a forward proxy on the path.",
                        .event = "RasSstp 23 on the client",
                    },
                [CAUSE_HTTP_NO_ANSWER] =
                    {
                        .name = "http.no-answer",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "no HTTP answer in {seconds} s, the connection is up",
                        .remedy = "restart RemoteAccess, check proxies and inspection",
                        .explanation =
                            "The request was sent and no complete answer came before the time was up. A Windows client waits 60 s.",
                    },
                [CAUSE_HTTP_CLOSED] =
                    {
                        .name = "http.closed",
                        .state = STATE_CRITICAL,
                        .summary = "connection {how} without a complete HTTP answer",
                        .remedy = "check RemoteAccess, Host and SNI",
                        .explanation =
                            "The far end ended the connection instead of answering. Servers with a fixed host name do this when another name is asked for; some SSTP servers other than RRAS do it to every HEAD.",
                    },
                [CAUSE_HTTP_GARBAGE] =
                    {
                        .name = "http.garbage",
                        .state = STATE_CRITICAL,
                        .summary = "the answer is not HTTP{first}",
                        .remedy = "find out what listens on {port}",
                        .explanation =
                            "What came back is no HTTP/1.x response head, or one without end.",
                    },
                [CAUSE_HTTP_OTHER_STATUS] =
                    {
                        .name = "http.other-status",
                        .state = STATE_CRITICAL,
                        .summary = "{status} from {server}, expected {expected}",
                        .remedy = "check what answers, or use --expect",
                        .explanation =
                            "A status that is neither expected nor has a cause of its own. A 404 without a Server header comes from SoftEther, for which give --expect, or from HTTP.sys when it is told to send none.",
                    },
                [CAUSE_HTTP_DUPLEX_REFUSED] =
                    {
                        .name = "http.duplex-refused",
                        .state = STATE_CRITICAL,
                        .summary =
                            "RRAS refuses new tunnels ({status}), likely no SSTP port is free",
                        .remedy = "add SSTP ports, clear stale sessions",
                        .explanation =
                            "A HEAD gets its 401 but HTTP.sys answers SSTP_DUPLEX_POST with an error: all SSTP ports are in use, or RemoteAccess is paused. Which status RRAS uses for that is not documented.",
                        .client = "0x800704C9",
                    },
                [CAUSE_HTTP_PROXY_REFUSES_DUPLEX] =
                    {
                        .name = "http.proxy-refuses-duplex",
                        .state = STATE_CRITICAL,
                        .summary =
                            "HEAD gets {head} but {server} refuses SSTP_DUPLEX_POST ({status})",
                        .remedy = "use TCP mode on the balancer",
                        .explanation =
                            "The false green of monitors that stop at 401: a proxy in HTTP mode relays HEAD and refuses the method, or the Content-Length of 2^64-1, that opens a tunnel. No client can connect.",
                    },
                [CAUSE_HTTP_VERSION] =
                    {
                        .name = "http.version",
                        .state = STATE_WARNING,
                        .summary = "{status} comes as HTTP/1.0, so a proxy downgrades",
                        .remedy = "use TCP mode on it",
                        .explanation =
                            "The answer is HTTP/1.0. Windows clients insist on HTTP/1.1.",
                        .event = "RasSstp 3 on the client",
                    },
                [CAUSE_HTTP_IMPOSTOR] =
                    {
                        .name = "http.impostor",
                        .state = STATE_WARNING,
                        .summary = "401 comes from {server}, not from HTTP.sys",
                        .remedy = "a proxy may refuse tunnels, --level sstp shows it",
                        .explanation =
                            "The status is right but the Server header is foreign: another application that protects everything, or a proxy that rewrites the header. A missing header proves nothing and is accepted.",
                    },
                [CAUSE_SSTP_NAK] =
                    {
                        .name = "sstp.nak",
                        .state = STATE_CRITICAL,
                        .summary = "the server says {refusal}",
                        .remedy = "check SstpSvc and any proxy",
                        .explanation =
                            "Call Connect Nak in answer to Call Connect Request. A Windows server declines only what is not PPP.",
                    },
                [CAUSE_SSTP_ABORT] =
                    {
                        .name = "sstp.abort",
                        .state = STATE_CRITICAL,
                        .summary = "the server says {refusal}",
                        .remedy = "check RemoteAccess and its System log",
                        .explanation =
                            "Call Abort or Call Disconnect before the level was reached, with the status in the words of MS-SSTP.",
                    },
                [CAUSE_SSTP_NO_ACK] =
                    {
                        .name = "sstp.no-ack",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "200 but no Call Connect Ack, {how}",
                        .remedy =
                            "look for a proxy that holds back the request body, restart RemoteAccess",
                        .explanation =
                            "The tunnel request is accepted by HTTP and then nothing usable comes: a proxy buffers what the client sends behind its request, or SstpSvc hangs. A Windows client waits 60 s.",
                    },
                [CAUSE_SSTP_GARBAGE] =
                    {
                        .name = "sstp.garbage",
                        .state = STATE_CRITICAL,
                        .summary = "what follows the 200 is not SSTP",
                        .remedy = "check what answers on {port}",
                        .explanation =
                            "The bytes behind the response head do not have the form of MS-SSTP 2.2.1.",
                    },
                [CAUSE_SSTP_NO_HASH] =
                    {
                        .name = "sstp.no-hash",
                        .state = STATE_CRITICAL,
                        .summary = "the server offers no hash for the crypto binding",
                        .remedy = "set SHA256CertificateHash, or reassign the certificate in RRAS",
                        .explanation =
                            "The Call Connect Ack offers neither SHA-256 nor SHA-1, so no client can bind its tunnel to the certificate.",
                    },
                [CAUSE_SSTP_NO_SHA256] =
                    {
                        .name = "sstp.no-sha256",
                        .state = STATE_WARNING,
                        .summary = "the server offers SHA-1 alone for the crypto binding",
                        .remedy = "set SHA256CertificateHash",
                        .explanation = "The Call Connect Ack offers SHA-1 and not SHA-256.",
                    },
                [CAUSE_PPP_SILENT] =
                    {
                        .name = "ppp.silent",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "the call is accepted but PPP stays silent, {how}",
                        .remedy = "restart RemoteAccess, RasMan may hang",
                        .explanation = "Call Connect Ack came, and then no LCP packet.",
                        .client = "619, 651",
                    },
                [CAUSE_PPP_NOT_OPENED] =
                    {
                        .name = "ppp.not-opened",
                        .state = STATE_CRITICAL,
                        .timeout = true,
                        .summary = "LCP does not open: {how}",
                        .remedy = "check the PPP settings of RRAS",
                        .explanation =
                            "LCP packets came, but the two sides did not agree: the server ended PPP, asked for ever, or echoed.",
                    },
                [CAUSE_PPP_NO_COMMON_AUTH] =
                    {
                        .name = "ppp.no-common-auth",
                        .state = STATE_CRITICAL,
                        .summary = "the server asks for no logon method that we know",
                        .remedy = "check the authentication methods of RRAS",
                        .explanation =
                            "All that the server demands in LCP is unknown to this plugin.",
                        .client = "812",
                    },
                [CAUSE_PPP_WEAK_AUTH] =
                    {
                        .name = "ppp.weak-auth",
                        .state = STATE_WARNING,
                        .summary = "the server accepts {methods} for a logon",
                        .remedy = "disable it in RRAS and NPS",
                        .explanation =
                            "PAP sends the password, CHAP-MD5 and MS-CHAP v1 are broken, and a server that asks for nothing lets everybody in.",
                    },
                [CAUSE_PPP_POLICY] =
                    {
                        .name = "ppp.policy",
                        .state = STATE_WARNING,
                        .summary = "the server offers {methods}, policy expects {expected}",
                        .remedy = "set the authentication methods of RRAS and NPS",
                        .explanation = "What the server offers is not what --expect-auth lists.",
                    },
                [CAUSE_TIME_SLOW] =
                    {
                        .name = "time.slow",
                        .state = STATE_WARNING,
                        .summary = "{stage} took {seconds} s, the threshold is {range}",
                        .remedy = "",
                        .explanation =
                            "A time is outside the range of -w, -c, --warning-STAGE or --critical-STAGE. WARNING or CRITICAL by the threshold.",
                    },
};
/* clang-format on */

const struct cause_row causes_dead_member = {
    .name = "",
    .state = STATE_WARNING,
    .summary = "{address} {symptom}, {dead} of {count} addresses dead, {other} answers",
    .remedy = "repair it or drop it from DNS",
};

const struct cause_row *
causes_row(enum cause cause)
{
	return &rows[cause];
}

enum cause
causes_find(const char *name)
{
	for (int cause = 0; cause < CAUSES; cause++)
		if (strcmp(rows[cause].name, name) == 0)
			return cause;
	return CAUSES;
}

bool
causes_in_layer(enum cause cause, const char *layer)
{
	size_t length = strlen(layer);

	return strncmp(rows[cause].name, layer, length) == 0 && rows[cause].name[length] == '.';
}

bool
causes_is_layer(const char *layer)
{
	for (int cause = 0; cause < CAUSES; cause++)
		if (causes_in_layer(cause, layer))
			return true;
	return false;
}

static const char *
value_of(const char *word, size_t length, const struct cause_word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(words[i].word, word, length) == 0 && words[i].word[length] == '\0')
			return words[i].value;
	return "";
}

void
causes_fill(struct text *text, const char *template, const struct cause_word *words, size_t count)
{
	const char *open, *shut;

	while ((open = strchr(template, '{')) != NULL && (shut = strchr(open, '}')) != NULL) {
		text_add_bytes(text, template, (size_t)(open - template));
		text_add(text, value_of(open + 1, (size_t)(shut - open - 1), words, count));
		template = shut + 1;
	}
	text_add(text, template);
}
