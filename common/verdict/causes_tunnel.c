/* Causes of what comes after the logon: crypto binding, addresses, ping. */
#include "verdict/causes_rows.h"

const struct cause_row causes_tunnel_rows[] = {
    {
        .cause = CAUSE_BINDING_HASH_REJECTED,
        .name = "binding.hash-rejected",
        .state = STATE_CRITICAL,
        .summary = "logon ok, crypto binding refused{or}",
        .remedy = "RRAS stored hash is not the certificate seen, {digest}",
        .explanation = CAUSES_MANUAL(
            "Call Abort with attribute 3, status 4 in answer to Call Connected: the certificate hash that SSTP trusts is not that of the certificate on the wire. Clients connect and drop at once. Somebody bound another certificate in IIS or by netsh, a balancer took TLS off with a certificate that RRAS was not told of, or something on the path inspects TLS. With -v the output has the SHA-256 that the server ought to hold and the line to run there. Where the keys of the logon are beyond doubt (PAP, CHAP-MD5, MS-CHAPv2) only the certificate is left as the cause."),
        .client = "connects, then drops; RasSstp 6 in the client's log",
        .event = "RasSstp 32",
    },
    {
        .cause = CAUSE_BINDING_ABORTED,
        .name = "binding.aborted",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "logon ok, then no tunnel: {how}",
        .remedy = "check the SSTP certificate in RRAS, and TLS inspection on the path",
        .explanation = CAUSES_MANUAL(
            "After Call Connected the server ended the call, or fell silent, without saying that the certificate hash is at fault. Servers other than RRAS do so on a wrong hash too."),
        .client = "connects, then drops",
    },
    {
        .cause = CAUSE_IP_NO_ADDRESS,
        .name = "ip.no-address",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "no address in the tunnel, {how}",
        .remedy = "check the pool or DHCP of RRAS",
        .explanation = CAUSES_MANUAL(
            "The logon and the crypto binding are well, and IPCP gives no address: the static pool is used up, of which RRAS itself takes one, or DHCP has no lease."),
        .client = "720",
    },
    {
        .cause = CAUSE_IP_NO_PROTOCOL,
        .name = "ip.no-protocol",
        .state = STATE_CRITICAL,
        .summary = "the server rejects IPCP, so tunnels carry no IPv4",
        .remedy = "enable IPv4 in RRAS, check its pool and DHCP",
        .explanation = CAUSES_MANUAL(
            "LCP Protocol-Reject in answer to our IPCP request: IPv4 remote access is not enabled, or RRAS has no address at all to give, as when it got no lease from DHCP (Microsoft Q168720)."),
        .client = "720, 733",
    },
    {
        .cause = CAUSE_IP_LINK_LOCAL,
        .name = "ip.link-local",
        .state = STATE_CRITICAL,
        .summary = "the tunnel gets {assigned}, a link-local address",
        .remedy = "repair DHCP for RRAS, or give it a static pool",
        .explanation = CAUSES_MANUAL(
            "RRAS found no DHCP server when it started and gives out addresses of 169.254/16, from which nothing is reached. After the repair restart RemoteAccess."),
    },
    {
        .cause = CAUSE_IP_UNEXPECTED_SUBNET,
        .name = "ip.unexpected-subnet",
        .state = STATE_CRITICAL,
        .summary = "the tunnel gets {assigned}, outside {subnet}",
        .remedy = "check the address pool of RRAS, or --expect-subnet",
        .explanation = CAUSES_MANUAL("The address assigned is not in the subnet of --expect-subnet."),
    },
    {
        .cause = CAUSE_PING_LOST,
        .name = "ping.lost",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "tunnel up, {pinged} answers {received} of {sent} echoes{how}",
        .remedy = "check routes and firewalls behind the server",
        .explanation = CAUSES_MANUAL(
            "The tunnel stands and nothing comes back through it: no route back to the address pool, a firewall, or an address that answers no pings, such as that of RRAS itself behind the Windows firewall. Or the call ends, or the time, before all echoes are back. When some echoes come back, and more than the first is lost, it is a WARNING."),
    },
};

const size_t causes_tunnel_count = sizeof causes_tunnel_rows / sizeof causes_tunnel_rows[0];
