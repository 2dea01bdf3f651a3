/* Causes of a pool as a whole. */
#include "verdict/causes_rows.h"

#define POOL "check_sstp_pool"

const struct cause_row causes_pool_rows[] = {
    {
        .cause = CAUSE_POOL_VIP_DOWN_MEMBERS_UP,
        .name = "pool.vip-down-members-up",
        .state = STATE_CRITICAL,
        .program = POOL,
        .summary = "VIP {vip} fails ({trouble}), {healthy} of {total} members are healthy",
        .remedy = "check the balancer, its monitor",
        .explanation = CAUSES_MANUAL(
            "Members answer this poller, the balancer in front of them does not serve. Its service is down, its monitor holds good members for dead, the way to it is blocked, its name is gone, or it shows a certificate that clients refuse. What is wrong with it stands in parentheses; -v tells more."),
    },
    {
        .cause = CAUSE_POOL_BELOW_MINIMUM,
        .name = "pool.below-minimum",
        .state = STATE_CRITICAL,
        .program = POOL,
        .summary = "{healthy} of {total} healthy{wanted}{vip}; {who}",
        .remedy = "{remedy}",
        .explanation = CAUSES_MANUAL(
            "Fewer members are healthy than --critical or --min-ok wants, or without any of -w, -c and --min-ok fewer than half. What is wrong with the members, and what to do, follows in the line."),
    },
    {
        .cause = CAUSE_POOL_VIP_UP_MEMBERS_DOWN,
        .name = "pool.vip-up-members-down",
        .state = STATE_CRITICAL,
        .program = POOL,
        .summary = "VIP {vip} answers, but none of {total} members does",
        .remedy = "find out who answers there, or why the poller cannot reach the members",
        .explanation = CAUSES_MANUAL(
            "Something answers at the VIP as RRAS does, while every member fails: the list of members is out of date, the members are closed to this poller, or a server answers that nobody thinks of."),
    },
    {
        .cause = CAUSE_POOL_VIP_CERTIFICATE_DIFFERS,
        .name = "pool.vip-certificate-differs",
        .state = STATE_CRITICAL,
        .program = POOL,
        .summary = "VIP shows {seen}, members {bound}; SSTP connects and drops",
        .remedy = "put the same certificate on both, or set the offload hash",
        .explanation = CAUSES_MANUAL(
            "SSTP binds the tunnel to the certificate that the client saw. Where the balancer passes TCP through or encrypts again, it must show a member's certificate; where it offloads TLS (--plain members), each member must have the SHA-256 of the VIP's certificate stored, which is compared with --thumbprint."),
        .client = "connects, then disconnects",
        .event = "RasSstp 6 on the client",
    },
    {
        .cause = CAUSE_POOL_MEMBERS_DOWN,
        .name = "pool.members-down",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "{healthy} of {total} healthy{vip}; {who}",
        .remedy = "{remedy}",
        .explanation = CAUSES_MANUAL(
            "Members fail, or fewer are healthy than --warning wants. What is wrong with them, and what to do, follows in the line; -v tells it of each. A member that is out of service on purpose belongs in --expect-down."),
    },
    {
        .cause = CAUSE_POOL_CERTIFICATES_DIFFER,
        .name = "pool.certificates-differ",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "{count} different certificates: {list}",
        .remedy = "assign one on all, restart RemoteAccess",
        .explanation = CAUSES_MANUAL(
            "With --same-cert: members show different certificates, as after a renewal that missed one of them."),
    },
    {
        .cause = CAUSE_POOL_SAME_SERVER,
        .name = "pool.same-server",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "{who} has the address of {other}{alike}: {so}",
        .remedy = "list each server once",
        .explanation = CAUSES_MANUAL(
            "Two labels stand for one address and port, by a slip in the list or because one name now leads to the server of another. The number of healthy members then promises more than there is: one server that fails takes several of them along. Or the name of the VIP leads straight to a member, and the balancer is not looked at."),
    },
    {
        .cause = CAUSE_POOL_DRIFT,
        .name = "pool.drift",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "members differ in {what}: {list}",
        .remedy = "configure them alike",
        .explanation = CAUSES_MANUAL(
            "Healthy members do not agree on what a client meets: the TLS version, the Server header, from level sstp on the hash algorithms of the crypto binding, at level ppp the logon methods. Clients then fare differently from call to call."),
    },
    {
        .cause = CAUSE_POOL_NOT_PERSISTENT,
        .name = "pool.not-persistent",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "VIP is not persistent by {ways}: {why}",
        .remedy = "{remedy}",
        .explanation = CAUSES_MANUAL(
            "With --persistence: a client that came back with the TLS session of its first connection met another member. That is told only where it is proved: a session was refused and then taken up after all, or full handshakes showed different certificates. A tunnel is one connection, so this concerns clients that reconnect. Session ids are no help with TLS 1.3 and with tickets, for which a balancer needs persistence by source address."),
    },
    {
        .cause = CAUSE_POOL_VIP_INTERMITTENT,
        .name = "pool.vip-intermittent",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "VIP drops {dropped} of {count} connections that come back, others are served",
        .remedy = "look for a dead member behind it, check its monitor",
        .explanation = CAUSES_MANUAL(
            "With --persistence: the balancer served a first connection, and later ones were refused, reset or closed before their TLS handshake was complete. A balancer that does not notice that a member is dead does this; so does a server that sheds load, or takes a session badly that is offered again. Clients get in by chance."),
    },
    {
        .cause = CAUSE_POOL_SINGLE,
        .name = "pool.single",
        .state = STATE_WARNING,
        .program = POOL,
        .summary = "{what} {name}: one server, or a balancer, is all that is seen",
        .remedy = "list the members with -B",
        .explanation = CAUSES_MANUAL(
            "Without -B and --backends-file the members are the addresses of the name, and there is but one; or an address was given for the name. Behind a balancer the members must be listed."),
    },
};

const size_t causes_pool_count = sizeof causes_pool_rows / sizeof causes_pool_rows[0];
