/* Causes of our own side, names, connections and times. */
#include "verdict/causes_rows.h"

const struct cause_row causes_net_rows[] = {
    {
        .cause = CAUSE_LOCAL_NO_MEMORY,
        .name = "local.no-memory",
        .state = STATE_UNKNOWN,
        .summary = "this poller ran out of memory",
        .remedy = "free memory or raise the limit of the plugin",
        .explanation = CAUSES_MANUAL("Memory ran out on the polling host. Nothing is said about the server."),
    },
    {
        .cause = CAUSE_LOCAL_NO_DESCRIPTORS,
        .name = "local.no-descriptors",
        .state = STATE_UNKNOWN,
        .summary = "this poller has no file descriptors left",
        .remedy = "raise ulimit -n for the monitoring user",
        .explanation = CAUSES_MANUAL(
            "A socket or file could not be opened because the process or the system has reached its limit. Nothing is said about the server."),
    },
    {
        .cause = CAUSE_LOCAL_NO_PROVIDER,
        .name = "local.no-provider",
        .state = STATE_UNKNOWN,
        .summary = "OpenSSL on this poller refuses: {reason}",
        .remedy = "check openssl.cnf and the TLS options",
        .explanation = CAUSES_MANUAL(
            "The cryptographic library of the polling host refuses a version, cipher or algorithm that the check needs. Nothing is said about the server."),
    },
    {
        .cause = CAUSE_LOCAL_INTERRUPTED,
        .name = "local.interrupted",
        .state = STATE_UNKNOWN,
        .summary = "stopped by a signal in stage {stage}",
        .remedy = "give the plugin more time than its -t",
        .explanation = CAUSES_MANUAL(
            "SIGTERM, SIGINT or SIGHUP ended the check before it had an answer, usually because the monitoring system's own limit is shorter than -t."),
    },
    {
        .cause = CAUSE_LOCAL_SOCKET,
        .name = "local.socket",
        .state = STATE_UNKNOWN,
        .summary = "the network of this poller fails in stage {stage}: {reason}",
        .remedy = "check the poller and --source",
        .explanation = CAUSES_MANUAL(
            "The polling host's own system refused a socket operation for a reason that has no cause of its own."),
    },
    {
        .cause = CAUSE_LOCAL_NOT_REACHED,
        .name = "local.not-reached",
        .state = STATE_UNKNOWN,
        .summary = "the check ended before stage {stage}",
        .remedy = "give it more time with -t",
        .explanation = CAUSES_MANUAL(
            "Time ran out before this target had its turn, or others had taken so much of it that this one had less than half a second. Nothing is said about the server."),
    },
    {
        .cause = CAUSE_LOCAL_NO_ROUTE,
        .name = "local.no-route",
        .state = STATE_UNKNOWN,
        .summary = "this poller has no route to {address}",
        .remedy = "check its network, -4, -6 and --source",
        .explanation = CAUSES_MANUAL(
            "No packet left the polling host: it has no route to the address, or no network of its family. Where a name has addresses of both families and the poller only one of them, the others are used and this is not raised."),
    },
    {
        .cause = CAUSE_LOCAL_NO_TRUST_STORE,
        .name = "local.no-trust-store",
        .state = STATE_UNKNOWN,
        .summary = "no trust anchors on this poller to verify with",
        .remedy = "install ca-certificates or give --ca-file",
        .explanation = CAUSES_MANUAL(
            "Neither the system's folder of trusted certificates nor its bundle could be read."),
    },
    {
        .cause = CAUSE_LOCAL_NOT_JUDGED,
        .name = "local.not-judged",
        .state = STATE_UNKNOWN,
        .summary = "{source} {why}: not judged here",
        .remedy = "look at it by other means",
        .explanation = CAUSES_MANUAL(
            "The only revocation data at hand is of a kind that clients may understand and this plugin does not: a delta or indirect CRL, one for some reasons only, one with a critical extension that is unknown here, or one longer than --max-crl. Or none was asked for: the issuer of a certificate is neither sent nor known on this poller, so that no answer could be verified, or the chain is longer than any that is looked at."),
    },
    {
        .cause = CAUSE_DNS_NOT_FOUND,
        .name = "dns.not-found",
        .state = STATE_CRITICAL,
        .summary = "{host} does not resolve",
        .remedy = "publish the record, or re-enable the Traffic Manager profile",
        .explanation = CAUSES_MANUAL(
            "The resolver answered that the name does not exist or has no address of the wanted family, or none but 0.0.0.0 or ::, as filters of DNS do. Those would lead to the polling host itself and are not dialled."),
        .client = "error 868",
    },
    {
        .cause = CAUSE_DNS_NO_ANSWER,
        .name = "dns.no-answer",
        .state = STATE_UNKNOWN,
        .summary = "no answer from the resolver for {host} ({reason})",
        .remedy = "check DNS on this poller",
        .explanation = CAUSES_MANUAL("The resolver of the polling host did not answer in time or failed."),
    },
    {
        .cause = CAUSE_TCP_REFUSED,
        .name = "tcp.refused",
        .state = STATE_CRITICAL,
        .summary = "{address} refuses port {port}",
        .remedy = "start RemoteAccess, enable SSTP ports, check the NAT rule",
        .explanation = CAUSES_MANUAL(
            "Nothing listens: RemoteAccess is stopped, its restart hangs, SSTP ports are disabled, or the port was moved by ListenerPort, which check_sstp_cert --binding tells."),
        .client = "0x8007274D",
    },
    {
        .cause = CAUSE_TCP_TIMEOUT,
        .name = "tcp.timeout",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "{address} port {port} connect timeout after {seconds} s",
        .remedy = "host down, or check firewall, NAT and security groups",
        .explanation = CAUSES_MANUAL("No answer came to the connection request."),
        .client = "0x8007274C, 809",
    },
    {
        .cause = CAUSE_TCP_UNREACHABLE,
        .name = "tcp.unreachable",
        .state = STATE_CRITICAL,
        .summary = "a router or the network says that {address} is unreachable",
        .remedy = "check routing, the host and firewall rules",
        .explanation = CAUSES_MANUAL(
            "An ICMP error came back: no route behind some router, the host is down, or traffic is administratively prohibited."),
    },
    {
        .cause = CAUSE_TCP_CLOSED_AT_ONCE,
        .name = "tcp.closed-at-once",
        .state = STATE_CRITICAL,
        .summary =
            "{address} accepts and closes at once, likely a balancer with no healthy RRAS server",
        .remedy = "check its members",
        .explanation = CAUSES_MANUAL(
            "The connection is accepted and closed by the far end although nothing was sent to it yet; proved by a second connection that kept silent. Load balancers in TCP mode do this when no member is up."),
    },
    {
        .cause = CAUSE_TIME_SLOW,
        .name = "time.slow",
        .state = STATE_WARNING,
        .summary = "{stage} took {seconds} s, the threshold is {range}",
        .remedy = "",
        .explanation = CAUSES_MANUAL(
            "A time is outside the range of -w, -c, --warning-STAGE or --critical-STAGE. WARNING or CRITICAL by the threshold."),
    },
};

const size_t causes_net_count = sizeof causes_net_rows / sizeof causes_net_rows[0];
