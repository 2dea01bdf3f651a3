/* Causes of the logon. */
#include "verdict/causes_rows.h"

#define REFUSAL_EVENT "RemoteAccess 20271, NPS 6273, Security 4625"

const struct cause_row causes_logon_rows[] = {
    {
        .cause = CAUSE_AUTH_REFUSED_INSECURE,
        .name = "auth.refused-insecure",
        .state = STATE_CRITICAL,
        .summary = "no credential sent, {why}",
        .remedy = "{how}",
        .explanation = CAUSES_MANUAL(
            "From level auth on this plugin logs on only to a server whose certificate is verified and bears the name, or is the one of --thumbprint; --insecure takes any but where one is pinned, though not with PAP. The call was not begun; neither a user name nor a password has left this host."),
    },
    {
        .cause = CAUSE_AUTH_REJECTED,
        .name = "auth.rejected",
        .state = STATE_CRITICAL,
        .summary = "logon rejected ({code}){why}{until}",
        .whole = true,
        .remedy = "check the account and NPS",
        .explanation = CAUSES_MANUAL(
            "The path to the directory works, and it does not take the credentials. NPS says the same when no network policy matches. E=691 is also what a locked account gets: see badPwdCount before trying again. A server that ends PPP or the call within three seconds of the credential, without a word about it, has refused it too. Windows may also end PPP with its error 691 and nothing else."),
        .client = "691",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_HOURS,
        .name = "auth.hours",
        .state = STATE_CRITICAL,
        .summary = "logon rejected ({code}), outside the logon hours{until}",
        .whole = true,
        .remedy = "widen the hours of the account, or check at other times",
        .explanation = CAUSES_MANUAL("The account may not log on at this time of the day or week."),
        .client = "646",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_DISABLED,
        .name = "auth.disabled",
        .state = STATE_CRITICAL,
        .summary = "logon rejected ({code}), the account is disabled{until}",
        .whole = true,
        .remedy = "enable the account",
        .explanation = CAUSES_MANUAL("The account of this check is disabled in the directory."),
        .client = "647",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_EXPIRED,
        .name = "auth.expired",
        .state = STATE_CRITICAL,
        .summary = "logon rejected ({code}), the password has expired{until}",
        .whole = true,
        .remedy = "set a new password, here too",
        .explanation = CAUSES_MANUAL(
            "The password is right but too old. This plugin never changes it; a service account wants a password that does not expire."),
        .client = "648",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_NO_DIAL_IN,
        .name = "auth.no-dial-in",
        .state = STATE_CRITICAL,
        .summary = "logon rejected ({code}), no permission to dial in{until}",
        .whole = true,
        .remedy = "allow it in AD or NPS",
        .explanation = CAUSES_MANUAL(
            "The password is right, and the account or the matching network policy denies access. With error 812 no network policy allows a logon of this kind: by this method, at this time, for this group."),
        .client = "649, 812",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_SILENT,
        .name = "auth.silent",
        .state = STATE_CRITICAL,
        .timeout = true,
        .summary = "no verdict on the logon, {how}",
        .remedy = "check that RRAS reaches NPS, a domain controller",
        .explanation = CAUSES_MANUAL(
            "LCP is open, and the logon gets no answer, or an end of the call after a while: RRAS cannot reach NPS or RADIUS, or those no domain controller. Windows says so itself where it ends PPP with its error 930. All levels below stay green meanwhile. When TLS of EAP stalls, as the certificates are exchanged, it is mostly fragments of UDP that are lost between RRAS and NPS: a Framed-MTU of 1344 in the NPS policy avoids them."),
        .client = "718, 619, 930",
    },
    {
        .cause = CAUSE_AUTH_SERVER_UNPROVEN,
        .name = "auth.server-unproven",
        .state = STATE_CRITICAL,
        .summary = "the server accepts the logon {how}",
        .remedy = "suspect an impostor, or RADIUS without MS-CHAP2-Success",
        .explanation = CAUSES_MANUAL(
            "In MS-CHAPv2 the server proves that it knows the password too (S= of RFC 2759). This one did not, so it is not the one it seems to be, or something between RRAS and NPS drops the proof. Nothing more was sent to it."),
        .client = "the identity of the server could not be verified",
    },
    {
        .cause = CAUSE_AUTH_EAP_SERVER_UNTRUSTED,
        .name = "auth.eap-server-untrusted",
        .state = STATE_CRITICAL,
        .summary = "the certificate of the server inside EAP (NPS) {why}",
        .remedy = "renew it on NPS, or suspect an impostor",
        .explanation = CAUSES_MANUAL(
            "EAP-TLS and PEAP speak TLS with the server that judges the logon, usually NPS, whose certificate is another one than that of SSTP. It must lead to --eap-ca-file and bear the name of --eap-server-name. This one does not, so no credential was sent. Clients that check it are kept out in the same way."),
        .client = "858 (expired), 864 (root not found)",
    },
    {
        .cause = CAUSE_AUTH_EAP_SERVER_EXPIRING,
        .name = "auth.eap-server-expiring",
        .state = STATE_WARNING,
        .summary = "the certificate of NPS inside EAP expires in {left}, less than {limit}",
        .remedy = "renew it, choose it in NPS",
        .explanation = CAUSES_MANUAL(
            "Less time is left than --eap-expiry says. From outside nobody sees this certificate, and when it expires every logon by EAP-TLS or PEAP fails at once. A renewed one that the network policy does not name expires all the same."),
        .client = "858, once it has expired",
    },
    {
        .cause = CAUSE_AUTH_EAP_CLIENT_CERTIFICATE,
        .name = "auth.eap-client-certificate",
        .state = STATE_CRITICAL,
        .summary = "the server refuses the certificate of --eap-cert ({reason})",
        .remedy = "renew it, see NPS event 6273 for the reason",
        .explanation = CAUSES_MANUAL(
            "TLS inside EAP was ended by the server when it saw the client's certificate: it is expired, revoked, by an authority that NPS does not trust, or of no known user."),
        .client = "853 to 856",
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_EAP_NO_METHOD,
        .name = "auth.eap-no-method",
        .state = STATE_CRITICAL,
        .summary = "the server asks for {offers}, and none of that is wished here",
        .remedy = "give --auth-method, or set the EAP types in NPS",
        .explanation = CAUSES_MANUAL(
            "EAP was agreed on, and of its methods the server offers none that this check may use. It was told which ones those are."),
        .client = "812",
    },
    {
        .cause = CAUSE_AUTH_EAP_FAILURE,
        .name = "auth.eap-failure",
        .state = STATE_CRITICAL,
        .summary = "logon by {method} fails, {how}{until}",
        .remedy = "see NPS event 6273 for the reason",
        .explanation = CAUSES_MANUAL(
            "EAP ended without a code that tells why, or with 691 though the password is right: the account or its certificate is refused, a second factor fails, no network policy matches, or the two sides do not understand each other."),
        .event = REFUSAL_EVENT,
    },
    {
        .cause = CAUSE_AUTH_NOT_REQUIRED,
        .name = "auth.not-required",
        .state = STATE_CRITICAL,
        .summary = "the server lets callers in without a logon",
        .remedy = "require authentication in RRAS",
        .explanation = CAUSES_MANUAL(
            "LCP opened and the server demanded no authentication. No credential was sent."),
    },
    {
        .cause = CAUSE_AUTH_NOT_REJECTED,
        .name = "auth.not-rejected",
        .state = STATE_CRITICAL,
        .summary = "the logon is accepted that --expect-reject wants rejected",
        .remedy = "look for a policy in NPS that lets everybody in",
        .explanation = CAUSES_MANUAL("The credentials given are meant to be wrong, and they open the door."),
    },
};

const size_t causes_logon_count = sizeof causes_logon_rows / sizeof causes_logon_rows[0];
