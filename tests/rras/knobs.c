#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "knob.h"
#include "knobs.h"

#define AT(field) offsetof(struct member, field)

static const struct knob knobs[] = {
    {HEADING, "TCP"},
    {CHOICE, "tcp", "ok|refuse|blackhole|close|reset|alternate|alternate-late",
        "refuse: nothing listens there; blackhole: SYNs are not answered (with one of these two\n"
        "only named addresses and 127.0.0.1 exist); close: FIN at once; reset: RST at once;\n"
        "alternate: close and ok in turn, as a balancer does that has a dead member;\n"
        "alternate-late: ok and close",
        AT(tcp)},

    {HEADING, "TLS"},
    {CHOICE, "plain", "no|yes", "yes: HTTP without TLS", AT(plain)},
    {CHOICE, "tls", "ok|reset|close|hang|http|banner|garbage|alert:N|stall|drip|reset-late",
        "after the ClientHello: reset: RST, as HTTP.sys does without a certificate; close: FIN;\n"
        "hang: silence; http: HTTP.sys's plain 400; banner: an SSH banner, before the\n"
        "ClientHello; garbage: random bytes; alert:N: this fatal alert. In a real handshake:\n"
        "stall: half of the first flight, then silence; drip: a byte every drip= seconds;\n"
        "reset-late: RST at the client's second flight",
        AT(tls), AT(tls_alert)},
    {COUNT, "tls-cut", "N",
        "FIN after N bytes of the server's part of the handshake; RST with tls=reset-late",
        AT(tls_cut)},
    {CHOICE, "tls-min", "1.0|1.1|1.2|1.3", "oldest version (1.2)", AT(tls_min)},
    {CHOICE, "tls-max", "1.0|1.1|1.2|1.3", "newest version (1.3); tls-min follows it down",
        AT(tls_max)},
    {TEXT, "ciphers", "LIST",
        "OpenSSL cipher list, separated by ':'; names with TLS_ are those of TLS 1.3", AT(ciphers)},
    {CHOICE, "tls-reset-on", "none|mismatch",
        "mismatch: RST instead of an alert when version or cipher do not fit, like Schannel",
        AT(mismatch)},
    {CHOICE, "client-cert", "none|request|require", "whether clients shall have a certificate",
        AT(client_cert)},
    {CHOICE, "sni", "any|strict|required|stranger",
        "strict: alert 112 unless SNI is a name of the certificate; required: RST without SNI;\n"
        "stranger: unless it is, a certificate for stranger.example",
        AT(sni)},
    {CHOICE, "sessions", "kept|refused|alternate",
        "TLS sessions that clients offer again. refused: each handshake is a full one; alternate:\n"
        "two servers in turn, neither of which knows the sessions of the other, as behind a\n"
        "balancer without persistence",
        AT(sessions)},
    {CHOICE, "tickets", "yes|no", "no: up to TLS 1.2 a session is known by its id alone",
        AT(no_tickets)},
    {CHOICE, "close-notify", "yes|no", "no: FIN without TLS's goodbye", AT(no_close_notify)},

    {HEADING, "Certificate"},
    {CHOICE, "cert",
        "good|expired|not-yet|self-signed|untrusted|no-intermediate|root-sent|bad-signature|renewed",
        "expired: 3 days ago; not-yet: valid in 2 days; untrusted: under another root, which\n"
        "is sent, see --untrusted-ca-out; no-intermediate: only the leaf is sent; root-sent: the\n"
        "root as well;\n"
        "bad-signature: signed by another key than its issuer's; renewed: 2.4 hours ago",
        AT(cert)},
    {DECIMAL, "days-left", "DAYS", "when it expires (60), negative for the past", AT(days_left)},
    {DECIMAL, "issuer-days", "DAYS", "when its issuer expires (3650)", AT(issuer_days)},
    {CHOICE, "key", "ec|rsa2048|rsa1024|ed25519|p521", "its key", AT(key)},
    {CHOICE, "md", "sha256|sha1", "the digest it is signed with", AT(md)},
    {CHOICE, "eku", "server|client|any|none", "its extended key usage", AT(eku)},
    {TEXT, "names", "A+B+C|none", "its names and addresses (vpn.example.com+127.0.0.1)", AT(names)},
    {TEXT, "cn", "TEXT", "its common name (the first of names)", AT(cn)},
    {TEXT, "subject", "TEXT", "bytes for the O= of its subject", AT(subject)},

    {HEADING, "HTTP"},
    {CHOICE, "http", "ok|hang|close|reset|garbage|flood|drip|cut:N|close-early",
        "after the request: hang: silence; close: FIN; reset: RST; garbage: random bytes; flood:\n"
        "header lines without end; drip: a byte every drip= seconds; cut:N: FIN after N bytes of\n"
        "the answer; close-early: FIN before the request is read",
        AT(http), AT(http_cut)},
    {COUNT, "status", "NNN", "answer to the SSTP URI (401)", AT(status)},
    {TEXT, "reason", "TEXT|empty", "reason phrase (the usual one)", AT(reason)},
    {TEXT, "server", "httpapi|iis|none|TEXT", "Server header (httpapi)", AT(server)},
    {LIST, "header", "TEXT", "a further header line; may be repeated", AT(headers)},
    {CHOICE, "http-version", "1.1|1.0", "version of the answer", AT(http_1_0)},
    {TEXT, "http-line", "TEXT", "the whole first line of the answer", AT(http_line)},
    {CHOICE, "eol", "crlf|lf", "end of line", AT(lf)},
    {COUNT, "interim", "N", "heads with 100 Continue that come first", AT(interim)},
    {COUNT, "body", "N", "length of a body that is sent even after HEAD", AT(body)},
    {CHOICE, "keep-open", "no|yes", "yes: do not close after the answer", AT(keep_open)},
    {CHOICE, "split", "no|yes", "yes: each byte of the answer in a TLS record of its own",
        AT(split)},

    {CHOICE, "duplex", "auto|ok|refuse:N|hang|close",
        "answer to SSTP_DUPLEX_POST. auto: ok where status=401, else as all requests; ok: 200, and\n"
        "SSTP begins; refuse:N: this status, by duplex-server; hang: silence; close: FIN",
        AT(duplex), AT(duplex_status)},
    {TEXT, "duplex-server", "httpapi|iis|none|TEXT", "Server header of duplex=refuse (server=)",
        AT(duplex_server)},
    {TEXT, "duplex-length", "TEXT|none", "Content-Length of the 200 (18446744073709551615)",
        AT(duplex_length)},

    {HEADING, "SSTP"},
    {CHOICE, "sstp",
        "ok|hang|nak:N|nak-trailing|abort:N|abort-bare|short-status|disconnect|disconnect-bare|"
        "disconnect-short|ack-bare|garbage|bad-version|close|reset",
        "instead of the Call Connect Ack: hang: silence, even to a Call Disconnect; nak:N,\n"
        "abort:N: with this status; nak-trailing: with the value behind the attribute, as\n"
        "accel-ppp; abort-bare, disconnect-bare: without Status Info, as SoftEther; short-status,\n"
        "disconnect-short: Abort and Disconnect with the short one of sorz; ack-bare: an Ack\n"
        "without its attribute; garbage: random bytes; bad-version: an Ack of version 2.0 (these\n"
        "three, then silence); close: FIN; reset: RST",
        AT(sstp), AT(sstp_status)},
    {CHOICE, "ack-then", "ppp|abort:N|disconnect|close|reset", "what follows the Ack",
        AT(after_ack), AT(after_ack_status)},
    {CHOICE, "sstp-split", "no|bytes|join|drip",
        "bytes: each byte of SSTP in a TLS record of its own; join: what is said before it is the\n"
        "client's turn in one, as Ack and first LCP request; drip: a byte every drip= seconds",
        AT(sstp_split)},
    {COUNT, "sstp-cut", "N", "FIN after N bytes of what the server says in SSTP", AT(sstp_cut)},
    {CHOICE, "nibble", "no|yes", "yes: the reserved bits of SSTP headers are set", AT(nibble)},
    {COUNT, "hash", "N", "bitmask of hashes in the Call Connect Ack: 1 SHA-1, 2 SHA-256 (2)",
        AT(hash)},
    {DECIMAL, "negotiation", "SECONDS",
        "negotiation timer: until Call Connect Request, then until Call Connected (60)",
        AT(negotiation)},

    {HEADING, "PPP"},
    {CHOICE, "ppp",
        "ok|silent|late|loses-first|loop|insists|terminate|echo-first|ident|reject-magic|nak-mru|"
        "padding|no-acfc|code-reject|unknown-code|early-ncp|early-data|mirror|flood",
        "silent: no frame at all; late: none before the client's first, as SoftEther; loses-first:\n"
        "the client's first frame is ignored, as by sorz; loop: Configure-Naks for ever; insists:\n"
        "the first method of auth= again and again; terminate: Terminate-Request as answer to the\n"
        "client's Configure-Request; echo-first: Echo-Request before LCP is open, as SoftEther;\n"
        "ident: Identification and Time-Remaining; reject-magic: Configure-Reject of the magic\n"
        "number; nak-mru: 1400 is wanted; padding: bytes behind the packet of each frame; no-acfc:\n"
        "frames without FF03; code-reject: Code-Reject of Configure-Request; unknown-code: LCP\n"
        "code 14; early-ncp: CCP and IPCP requests before authentication; early-data: an IPv4\n"
        "broadcast then; mirror: the client gets its own frames; flood: Identification without\n"
        "end. ident, unknown-code and the early ones come before LCP is open and again after",
        AT(ppp)},
    {CHOICES, "auth", "pap|chap-md5|mschap|mschapv2|eap|none",
        "methods in the order of offering, joined by '+' (eap+mschapv2); a client that wants\n"
        "none of them gets a Terminate-Request. none: no authentication",
        AT(auth)},
    {DECIMAL, "restart", "SECONDS", "restart timer of LCP (3)", AT(restart)},
    {TEXT, "ppp-program", "PATH",
        "a program that is run on a terminal for each call, as the PPP server instead of\n"
        "rras-sim, such as a script that starts pppd",
        AT(ppp_program)},
    {TEXT, "l2tp", "ADDRESS[:PORT]",
        "an L2TP server, as the PPP server instead of rras-sim, such as SoftEther (1701)",
        AT(l2tp)},

    {HEADING, "Logon"},
    {TEXT, "radius", "ADDRESS[:PORT]",
        "a RADIUS server that judges logons instead of rras-sim (1812)", AT(radius)},
    {TEXT, "secret", "TEXT", "the secret shared with it (testing123)", AT(secret)},
    {TEXT, "user", "NAME",
        "the one account (User). Clients may put a domain before it, unless there is one here;\n"
        "user@domain is another name. Upper and lower case are the same",
        AT(user)},
    {TEXT, "password", "TEXT", "its password (clientPass)", AT(password)},
    {COUNT, "refuse", "E",
        "it is refused for this reason though the password is right: 646 hours, 647 disabled,\n"
        "648 expired, 649 no dial-in permission, 691 as if the password was wrong",
        AT(refuse)},
    {COUNT, "retry", "N",
        "how often a refused client may try again (0): R=1 and a challenge in C=", AT(retry)},
    {CHOICE, "logon", "ok|mute|unasked|twice|silent",
        "mute: no challenge, no answer; unasked: Success instead of the challenge; twice: each\n"
        "challenge comes twice; silent: no answer to the response, as RRAS that cannot reach NPS",
        AT(logon)},
    {DECIMAL, "logon-delay", "SECONDS", "until the answer to the response (0)", AT(logon_delay)},
    {CHOICE, "eap", "identity|identities|methods|other|changes|claims|crumbs",
        "what auth=eap asks for without radius=. identity: that, then nothing; identities: that, for\n"
        "ever; methods: behind it one that nobody has after the other; other: EAP-TTLS, and Failure\n"
        "when that is declined; changes: PEAP, and when that has begun EAP-TLS; claims: a fragment\n"
        "of PEAP that announces 4 GB; crumbs: fragments of one byte without end",
        AT(eap)},
    {HEX, "challenge", "random|HEX", "challenge of CHAP, of any length; random: as it should be",
        AT(challenge)},
    {CHOICE, "proof", "right|bare|lower-case|wrong|short|missing|hidden",
        "the S= of mschapv2. bare: without M=, as SoftEther; lower-case: its digits; wrong: of\n"
        "another password; short: a digit too few; missing: M= alone; hidden: only within M=",
        AT(proof)},
    {CHOICE, "trailing", "no|yes",
        "yes: the answer of pap says that its length is 4, and has the text behind that, as\n"
        "MikroTik's",
        AT(trailing)},
    {TEXT, "greeting", "TEXT", "message of a Success or Ack, with mschapv2 its M= (Welcome)",
        AT(greeting)},
    {TEXT, "failure", "TEXT",
        "message of a Failure or Nak, as a whole; else with mschapv2 the usual E=691 R=0 C=.. V=3",
        AT(failure)},

    {HEADING, "Crypto binding"},
    {HEX, "nonce", "random|HEX", "nonce of the Call Connect Ack, 32 bytes", AT(nonce)},
    {HEX, "stored", "own|other|HEX",
        "certificate hash that SSTP trusts. own: of the certificate it shows; other: of another\n"
        "one, the fault that makes all clients drop; HEX: this one, of SHA-256 or SHA-1",
        AT(stored)},

    {CHOICE, "binding", "checked|unchecked|accel|refused|missing",
        "what becomes of the Call Connected. checked: Abort with attribute 3, status 4 when it is\n"
        "wrong; unchecked: it is always accepted, as by SoftEther; accel: Abort with attribute 2,\n"
        "status 7, as accel-ppp; refused, missing: it is always refused, as wrong, or with\n"
        "attribute 2, status 9 as if it had no attribute",
        AT(binding)},
    {DECIMAL, "hello", "SECONDS",
        "hello timer: until an SSTP echo request to a client that is not heard of, then until the\n"
        "connection is closed (60)",
        AT(hello)},

    {HEADING, "End in mid-session"},
    {CHOICE, "end-at", "never|challenge|response|verdict|connected|address|ping",
        "challenge: instead of the first word of authentication; response: instead of the answer\n"
        "to the client's; verdict: after that answer, be it good or bad; connected: after the Call\n"
        "Connected; address: after IPCP has opened; ping: after the first reply",
        AT(end_at)},
    {CHOICE, "end-by",
        "close|reset|silence|abort:N|abort-bare|disconnect|disconnect-bare|terminate",
        "close: FIN; silence: even to a Call Disconnect; abort:N: with this status, and attribute\n"
        "3 where it is 4; terminate: Terminate-Request. SoftEther refuses a logon by\n"
        "end-at=verdict,end-by=disconnect-bare,end-after=0.3",
        AT(end_by), AT(end_status)},
    {DECIMAL, "end-after", "SECONDS", "how long all goes on until then (0)", AT(end_after)},
    {COUNT, "ras-error", "N",
        "the reason in Terminate-Requests, as Windows numbers it: 691, 812, 930; instead of\n"
        "EAP-Failure there is nothing but that then, as from RRAS (0: none)",
        AT(ras_error)},

    {HEADING, "IP"},
    {IPV4, "pool", "ADDRESS|none",
        "what clients get; none: their request for an address is rejected (192.168.77.2)",
        AT(pool)},
    {IPV4, "server-address", "ADDRESS", "the server's own inside the tunnel (192.168.77.1)",
        AT(server_address)},
    {IPV4, "dns", "ADDRESS|none",
        "name server; none: clients' requests for one are rejected (192.168.77.53)", AT(dns)},
    {IPV4, "dns2", "ADDRESS|none", "second name server (none)", AT(dns2)},
    {CHOICE, "ipcp", "ok|silent|reject|terminate|abort|ack-abort|loop|ack-zero|second|vj|empty",
        "silent: no word of IPCP; reject: Protocol-Reject. As answer to the client's request,\n"
        "terminate: Terminate-Request; abort: Call Abort without Status Info; ack-abort: an Ack\n"
        "before that, as sorz without an address left; loop: Naks for ever; ack-zero: 0.0.0.0 is\n"
        "good. second: request after the client's, whose Ack waits for that of ours, as SoftEther;\n"
        "vj: Van Jacobson's compression is asked for; empty: no address is",
        AT(ipcp)},
    {CHOICE, "ncp", "none|ccp|ipv6cp|both", "further protocols that the server has requests for",
        AT(ncp)},

    {HEADING, "Ping"},
    {IPV4, "ping-address", "ADDRESS|none", "an address that answers beside server-address= (none)",
        AT(ping_address)},
    {CHOICE, "ping",
        "ok|loses-first|loses-all|loses-every-second|payload|identifier|sequence|source|checksum|"
        "twice|unreachable",
        "payload, identifier, sequence, source, checksum: that of the reply is wrong; twice: two\n"
        "replies to each; unreachable: an ICMP host unreachable instead",
        AT(ping)},
    {DECIMAL, "ping-delay", "SECONDS", "until the reply (0)", AT(ping_delay)},
    {CHOICE, "noise", "none|others|broken",
        "before each reply. others: a broadcast, a reply to somebody else, an SSTP and an LCP echo\n"
        "request; broken: IPv4 packets that are none",
        AT(noise)},

    {HEADING, "Pace"},
    {DECIMAL, "delay", "SECONDS",
        "before the server's turn: after the accept, then before each flight of the handshake\n"
        "and before the answer; that is the time of a round trip",
        AT(delay)},
    {DECIMAL, "drip", "SECONDS", "between two dripped bytes (1)", AT(drip)},
    {COUNT, "seed", "N", "what random bytes are made from (1)", AT(seed)},
};

#define KNOBS (sizeof knobs / sizeof knobs[0])

void
knobs_help(void)
{
	for (const struct knob *knob = knobs; knob < knobs + KNOBS; knob++) {
		if (knob->kind == HEADING) {
			printf("\n%s\n", knob->name);
			continue;
		}
		printf("  %s=%s\n      ", knob->name, knob->values);
		for (const char *c = knob->meaning; *c != '\0'; c++)
			printf(*c == '\n' ? "\n      " : "%c", *c);
		printf("\n");
	}
}

static bool
set(struct member *member, char *setting)
{
	char *value = strchr(setting, '=');
	if (value == NULL) {
		fprintf(stderr, "rras-sim: '%s' is no knob=value\n", setting);
		return false;
	}
	*value++ = '\0';
	for (const struct knob *knob = knobs; knob < knobs + KNOBS; knob++) {
		if (knob->kind == HEADING || strcmp(knob->name, setting) != 0)
			continue;
		if (knob_set(member, knob, value))
			return true;
		fprintf(stderr, "rras-sim: %s takes %s, not '%s'\n", setting, knob->values, value);
		return false;
	}
	fprintf(stderr, "rras-sim: there is no knob '%s', see --help\n", setting);
	return false;
}

bool
knobs_set(struct member *member, char *settings)
{
	char *rest = NULL;
	for (char *one = strtok_r(settings, ",", &rest); one != NULL;
	     one = strtok_r(NULL, ",", &rest))
		if (!set(member, one))
			return false;
	if (member->tls_min > member->tls_max)
		member->tls_min = member->tls_max;
	return true;
}
