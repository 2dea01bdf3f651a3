/* Causes of the SSTP call and of LCP, the first layer of PPP. */
#include "verdict/causes_rows.h"

const struct cause_row causes_call_rows[] = {
    {
        .cause = CAUSE_SSTP_NAK,
        .name = "sstp.nak",
        .state = STATE_CRITICAL,
        .summary = "the server says {refusal}",
        .remedy = "check SstpSvc and any proxy",
        .explanation = CAUSES_MANUAL(
            "Call Connect Nak in answer to Call Connect Request. A Windows server declines only what is not PPP."),
    },
    {
        .cause = CAUSE_SSTP_ABORT,
        .name = "sstp.abort",
        .state = STATE_CRITICAL,
        .summary = "the server says {refusal}",
        .remedy = "check RemoteAccess and its System log",
        .explanation = CAUSES_MANUAL(
            "Call Abort or Call Disconnect before the level was reached, with the status in the words of MS-SSTP."),
    },
    {
        .cause = CAUSE_SSTP_NO_ACK,
        .name = "sstp.no-ack",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "200{by} but no Call Connect Ack, {how}",
        .remedy = "look for a proxy that buffers requests, restart RemoteAccess",
        .explanation = CAUSES_MANUAL(
            "The tunnel request is accepted by HTTP and then nothing usable comes: a proxy buffers what the client sends behind its request, or SstpSvc hangs. A 200 from another server than HTTP.sys, which is named then, is likely that of a site that says so to everything. A Windows client waits 60 s."),
    },
    {
        .cause = CAUSE_SSTP_GARBAGE,
        .name = "sstp.garbage",
        .state = STATE_CRITICAL,
        .summary = "what follows the 200{by} is not SSTP",
        .remedy = "check what answers on {port}",
        .explanation = CAUSES_MANUAL("The bytes behind the response head do not have the form of MS-SSTP 2.2.1."),
    },
    {
        .cause = CAUSE_SSTP_NO_HASH,
        .name = "sstp.no-hash",
        .state = STATE_CRITICAL,
        .summary = "the server offers no {hash}hash for the crypto binding",
        .remedy = "set SHA256CertificateHash, or reassign the certificate in RRAS",
        .explanation = CAUSES_MANUAL(
            "The Call Connect Ack offers neither SHA-256 nor SHA-1, so no client can bind its tunnel to the certificate. Or it offers SHA-1 alone where with --plain only the SHA-256 of the certificate is known."),
    },
    {
        .cause = CAUSE_SSTP_NO_SHA256,
        .name = "sstp.no-sha256",
        .state = STATE_WARNING,
        .summary = "the server offers SHA-1 alone for the crypto binding",
        .remedy = "set SHA256CertificateHash",
        .explanation = CAUSES_MANUAL("The Call Connect Ack offers SHA-1 and not SHA-256."),
    },
    {
        .cause = CAUSE_PPP_SILENT,
        .name = "ppp.silent",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "the call is accepted but PPP stays silent, {how}",
        .remedy = "restart RemoteAccess, RasMan may hang",
        .explanation = CAUSES_MANUAL("Call Connect Ack came, and then no LCP packet."),
        .client = "619, 651",
    },
    {
        .cause = CAUSE_PPP_NOT_OPENED,
        .name = "ppp.not-opened",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "LCP does not open: {how}",
        .remedy = "check the PPP settings of RRAS",
        .explanation = CAUSES_MANUAL(
            "LCP packets came, but the two sides did not agree: the server ended PPP, asked for ever, or echoed."),
    },
    {
        .cause = CAUSE_PPP_NO_COMMON_AUTH,
        .name = "ppp.no-common-auth",
        .state = STATE_CRITICAL,
        .summary = "the server asks for {methods}, none of {wanted}",
        .remedy = "enable one of these in RRAS, or change --auth-method",
        .explanation = CAUSES_MANUAL(
            "The server demands logon methods in LCP that this check does not know, or may not use: PAP only with --allow-pap."),
        .client = "812",
    },
    {
        .cause = CAUSE_PPP_WEAK_AUTH,
        .name = "ppp.weak-auth",
        .state = STATE_WARNING,
        .summary = "the server accepts {methods} for a logon",
        .remedy = "disable it in RRAS and NPS",
        .explanation = CAUSES_MANUAL(
            "PAP sends the password, CHAP-MD5 and MS-CHAP v1 are broken, and a server that asks for nothing lets everybody in."),
    },
    {
        .cause = CAUSE_PPP_POLICY,
        .name = "ppp.policy",
        .state = STATE_WARNING,
        .summary = "the server offers {methods}, policy expects {expected}",
        .remedy = "set the authentication methods of RRAS and NPS",
        .explanation = CAUSES_MANUAL("What the server offers is not what --expect-auth lists."),
    },
};

const size_t causes_call_count = sizeof causes_call_rows / sizeof causes_call_rows[0];
