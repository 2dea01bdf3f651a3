#include "verdict/windows.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "support/dumps.h"
#include "unit/unit.h"
#include "verdict/boundpraise.h"
#include "windump/windump.h"

/* Digests of two certificates, x and y. No digest begins as the other kind does. */
#define X1 "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
#define Y1 "5566778899aabbccddeeff00112233445566778f"
#define X2 "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
#define Y2 "5ce8a11111111111222222222222333333333333444444444444555555555555"

#define SSTP         DUMP_OWNER_SSTP
#define IIS          DUMP_OWNER_IIS
#define DIRECTACCESS DUMP_OWNER_IPHTTPS
#define SCRIPT       "{11112222-3333-4444-5555-666677778888}"

#define VPN   "vpn.example.com"
#define OTHER "vpn2.example.com"

#define DATE INT64_C(1800000000)

#define ASSIGN  "assign the certificate in the Routing and Remote Access console only\n"
#define RESTART "powershell.exe Restart-Service RemoteAccess -Force # every tunnel drops\n"
#define DELETE  "netsh.exe http delete sslcert "
#define RENEW   RESTART "where that does not help: " ASSIGN
#define RENEWAL "restart RemoteAccess, else assign in RRAS"
#define APPLIED(value, data)                                                                    \
	"where that does not help: reg.exe add "                                                \
	"HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\\ConfigStore /v " value \
	" /t REG_DWORD /d " data " /f\n"
#define X2_UPPER "C3AB8FF13720E8AD9047DD39466B3C8974E592C2FA383D4A3960714CAEF0C4F2"
#define OFFLOADED                                                                                                            \
	".\\Enable-SSTPOffload.ps1 -CertificateHash '" X2_UPPER "' -Restart\n"                                               \
	"where that script is not at hand: reg.exe add "                                                                     \
	"HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters /v SHA256CertificateHash /t REG_BINARY /d " X2_UPPER \
	" /f\nand then: " RESTART "the same on every member of the pool\n"
#define OF_IIS(binding) \
	"in IIS remove the https binding " binding ", powershell.exe Get-Website shows its site\n"

#define STRANGER                                                                                                 \
	"powershell.exe Get-NetTCPConnection -State Listen -LocalPort 443 # OwningProcess 4 is HTTP.sys\nwhere " \
	"HTTP.sys is to answer there: " ASSIGN RESTART

/* SSTP's values on a server that terminates TLS, and on one that does not. */
#define TLS(...)                                                                        \
	.has_sstp = true, .use_https = 1, .by_admin = 0, .port = 0, .applied_https = 1, \
	.applied_port = 443, __VA_ARGS__
#define OFFLOAD(...)                                                                    \
	.has_sstp = true, .use_https = 0, .by_admin = 1, .port = 0, .applied_https = 0, \
	.applied_port = 80, __VA_ARGS__

/* What is true on a server, what it shows, and what must be said of it. */
static const struct {
	const char *name;
	struct dumps_scene scene;
	char shown;                           /* 'x', 'y', or 0: nothing */
	const char *causes;                   /* in the order in which they are told */
	const char *summary, *remedy, *steps; /* of the first; NULL: any, "": none */
} rows[] = {
    {"healthy",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2, .sha1 = X1)},
        'x', "", NULL, NULL, NULL},
    {"healthy, without SSTP's SHA-1",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 'x', "", NULL,
        NULL, NULL},
    {"healthy, bound by SHA-256",
        {{{"0.0.0.0:443", X2, SSTP}, {"[::]:443", X2, SSTP}}, 2, TLS(.sha256 = X2)}, 0, "", NULL,
        NULL, NULL},
    {"healthy by SSTP's own digests",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2, .sha1 = X1)}, 0,
        "", NULL, NULL, NULL},
    {"healthy, other ports beside it",
        {{{"0.0.0.0:5986", Y1, SCRIPT}, {"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP},
             {"0.0.0.0:8443", Y1, IIS}, {"[::1]:44300", Y1, IIS}, {"8443", NULL, IIS},
             {"vpn.example.com:8443", Y1, IIS}},
            7, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"healthy, DirectAccess has the same certificate",
        {{{"0.0.0.0:443", X1, DIRECTACCESS}, {"[::]:443", X1, DIRECTACCESS}}, 2, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"healthy, DirectAccess on an address of its own",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.9:443", Y1, DIRECTACCESS}},
            3, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"healthy, sites of IIS for other names",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"www.example.com:443", Y1, IIS},
             {"example.com:443", Y1, IIS}, {"*.vpn.example.com:443", Y1, IIS}},
            5, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"healthy, an address and the name have the right one too",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", X1, SSTP},
             {"vpn.example.com:443", X1, SSTP}},
            4, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"healthy on another port",
        {{{"0.0.0.0:8443", X1, SSTP}, {"[::]:8443", X1, SSTP}, {"0.0.0.0:443", Y1, IIS}}, 3,
            .has_sstp = true, .use_https = 1, .port = 8443, .applied_port = 8443,
            .applied_https = 1, .by_admin = DUMPS_NONE, .sha256 = X2},
        'x', "", NULL, NULL, NULL},
    {"healthy, offloaded", {{{0}}, 0, OFFLOAD(.sha256 = X2)}, 'x', "", NULL, NULL, NULL},
    {"healthy, offloaded, whatever is bound",
        {{{"0.0.0.0:443", Y1, IIS}}, 1, OFFLOAD(.sha256 = X2)}, 'x', "", NULL, NULL, NULL},

    {"bound in IIS",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = X2, .sha1 = X1)}, 'y',
        "windows.hash-mismatch", "certificate on 443 (owner IIS) is not the one SSTP trusts",
        "unbind in IIS, assign in RRAS",
        OF_IIS("*:443:") DELETE "ipport=0.0.0.0:443\n" DELETE
                                "ipport=[::]:443\niisreset.exe\n" ASSIGN},
    {"bound in IIS, SSTP's SHA-1 went with it",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = X2, .sha1 = Y1)}, 'y',
        "windows.hash-mismatch windows.sha1-stale", NULL, NULL, NULL},
    {"bound in IIS, something in front shows the right one",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.hash-mismatch", NULL, NULL, NULL},
    {"bound in IIS, told by SSTP's SHA-1 alone",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = X2, .sha1 = X1)}, 0,
        "windows.hash-mismatch", NULL, NULL, NULL},
    {"an entry of netsh left behind",
        {{{"0.0.0.0:443", Y1, SCRIPT}, {"[::]:443", Y1, SCRIPT}}, 2, TLS(.sha256 = X2)}, 'y',
        "windows.hash-mismatch",
        "certificate on 443 (owner 11112222-3333-4444-5555-666677778888) is not the one SSTP "
        "trusts",
        "delete that entry, assign in RRAS",
        DELETE "ipport=0.0.0.0:443\n" DELETE "ipport=[::]:443\n" ASSIGN},
    {"SSTP's own entry, not applied",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", Y1, SSTP}}, 2, TLS(.sha256 = X2)}, 'y',
        "windows.hash-mismatch", "certificate on 443 (owner SSTP) is not the one SSTP trusts",
        RENEWAL, RENEW},
    {"SSTP's own entry, not applied, and one address bound in IIS",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", Y1, SSTP}, {"192.0.2.21:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hash-mismatch", NULL, RENEWAL,
        OF_IIS("192.0.2.21:443:") DELETE "ipport=192.0.2.21:443\niisreset.exe\n" RENEW},
    {"SSTP's own entry, not applied, and a script's for the other family",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", Y1, SCRIPT}}, 2, TLS(.sha256 = X2)}, 'y',
        "windows.hash-mismatch",
        "certificate on 443 (owner 11112222-3333-4444-5555-666677778888) is not the one SSTP "
        "trusts",
        "delete that entry, assign in RRAS", DELETE "ipport=[::]:443\n" ASSIGN},
    {"a script's entry for one address, under the application id of SSTP",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, SSTP}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.specific-ip-overrides", NULL, "delete that entry",
        DELETE "ipport=192.0.2.21:443\n"},
    {"IPv6 bound in IIS",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.families-differ", "0.0.0.0:443 and [::]:443 differ, [::]:443 (owner IIS) is wrong",
        NULL, OF_IIS("*:443:") DELETE "ipport=[::]:443\niisreset.exe\n" ASSIGN},
    {"IPv6 bound by DirectAccess, which keeps it",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", Y1, DIRECTACCESS}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.families-differ",
        "0.0.0.0:443 and [::]:443 differ, [::]:443 (owner DirectAccess) is wrong",
        "give both one certificate, assign in RRAS",
        "[::]:443 belongs to DirectAccess, which needs it: keep it\n" ASSIGN},
    {"IPv4 bound in IIS",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 'y',
        "windows.families-differ", NULL, NULL,
        OF_IIS("*:443:") DELETE "ipport=0.0.0.0:443\niisreset.exe\n" ASSIGN},
    {"IPv6 alone bound, in IIS", {{{"[::]:443", Y1, IIS}}, 1, TLS(.sha256 = X2)}, 'y',
        "windows.hash-mismatch windows.family-missing", NULL, "unbind in IIS, assign in RRAS",
        NULL},
    {"one address bound in IIS",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, IIS},
             {"192.0.2.22:443", X1, IIS}},
            4, TLS(.sha256 = X2)},
        'y', "windows.specific-ip-overrides",
        "192.0.2.21:443 (owner IIS) wins, with a certificate SSTP does not trust", "unbind in IIS",
        OF_IIS("192.0.2.21:443:") DELETE "ipport=192.0.2.21:443\niisreset.exe\n"},
    {"one address bound by a script",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, SCRIPT}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.specific-ip-overrides", NULL, "delete that entry",
        DELETE "ipport=192.0.2.21:443\n"},
    {"DirectAccess on the address of SSTP",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.9:443", Y1, DIRECTACCESS}},
            3, TLS(.sha256 = X2)},
        'y', "windows.specific-ip-overrides", NULL, "give both one certificate",
        "192.0.2.9:443 belongs to DirectAccess, which needs it: keep it\n"},
    {"bound in IIS for all addresses and for one",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}, {"192.0.2.21:443", Y1, IIS},
             {"[2001:db8::1]:443", Y1, IIS}},
            4, TLS(.sha256 = X2)},
        'y', "windows.hash-mismatch", NULL, "unbind in IIS, assign in RRAS",
        OF_IIS("*:443:") OF_IIS("192.0.2.21:443:") OF_IIS("[2001:db8::1]:443:") DELETE
        "ipport=0.0.0.0:443\n" DELETE "ipport=[::]:443\n" DELETE "ipport=192.0.2.21:443\n" DELETE
        "ipport=[2001:db8::1]:443\niisreset.exe\n" ASSIGN},
    {"bound in IIS for all addresses and for the name",
        {{{"0.0.0.0:443", Y1, IIS}, {"vpn.example.com:443", Y1, IIS},
             {"www.example.com:443", Y1, IIS}, {"[::]:443", Y1, IIS}},
            4, TLS(.sha256 = X2)},
        'y', "windows.hash-mismatch", NULL, NULL,
        OF_IIS("*:443:") OF_IIS("*:443:vpn.example.com") DELETE
        "ipport=0.0.0.0:443\n" DELETE "hostnameport=vpn.example.com:443\n" DELETE
        "ipport=[::]:443\niisreset.exe\n" ASSIGN},
    {"bound in IIS for all addresses, another certificate for one",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}, {"192.0.2.21:443", X1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hash-mismatch", NULL, NULL,
        OF_IIS("*:443:") DELETE "ipport=0.0.0.0:443\n" DELETE
                                "ipport=[::]:443\niisreset.exe\n" ASSIGN},
    {"IPv4 bound in IIS, for all addresses and for one",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.families-differ", NULL, NULL,
        OF_IIS("*:443:") OF_IIS("192.0.2.21:443:") DELETE
        "ipport=0.0.0.0:443\n" DELETE "ipport=192.0.2.21:443\niisreset.exe\n" ASSIGN},
    {"one address bound in IIS, the wire not seen",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"[2001:db8::1]:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2, .sha1 = X1)},
        0, "windows.specific-ip-overrides", NULL, NULL,
        OF_IIS("[2001:db8::1]:443:") DELETE "ipport=[2001:db8::1]:443\niisreset.exe\n"},
    {"one address bound by a script, the wire not seen",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, SCRIPT}}, 3,
            TLS(.sha256 = X2, .sha1 = X1)},
        0, "windows.specific-ip-overrides", NULL, NULL, NULL},
    {"SSTP's SHA-1 was left behind, and the wire shows its certificate",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", Y1, SSTP}}, 2, TLS(.sha256 = Y2, .sha1 = X1)},
        'x', "windows.wire-differs windows.sha1-stale", NULL, NULL, NULL},
    {"SSTP's SHA-1 was left behind, and the wire shows its certificate, not that of IIS",
        {{{"0.0.0.0:443", Y1, IIS}, {"[::]:443", Y1, IIS}}, 2, TLS(.sha256 = Y2, .sha1 = X1)}, 'x',
        "windows.wire-differs windows.iis-owner windows.iis-owner windows.sha1-stale", NULL, NULL,
        NULL},
    {"SSTP's SHA-1 was left behind, and the wire shows its certificate on one family",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = Y2, .sha1 = X1)},
        'x', "windows.families-differ windows.sha1-stale",
        "0.0.0.0:443 and [::]:443 differ, [::]:443 (owner SSTP) is wrong", RENEWAL, RENEW},
    {"SSTP's SHA-1 alone differs, from SSTP's own entries",
        {{{"0.0.0.0:443", Y1, SSTP}, {"[::]:443", Y1, SSTP}}, 2, TLS(.sha256 = Y2, .sha1 = X1)}, 0,
        "windows.not-comparable",
        "not comparable: SHA1CertificateHash differs, but may be left over",
        "add -I of that server, or --cert-file", ""},
    {"SSTP's SHA-1 alone differs, from those of a script",
        {{{"0.0.0.0:443", Y1, SCRIPT}, {"[::]:443", Y1, SCRIPT}}, 2, TLS(.sha256 = Y2, .sha1 = X1)},
        0, "windows.foreign-owner windows.foreign-owner windows.not-comparable", NULL, NULL,
        ASSIGN},
    {"SSTP's SHA-1 alone differs, from one address's",
        {{{"0.0.0.0:443", X1, DIRECTACCESS}, {"[::]:443", X1, DIRECTACCESS},
             {"192.0.2.21:443", Y1, SCRIPT}},
            3, TLS(.sha256 = Y2, .sha1 = X1)},
        0, "windows.not-comparable", NULL, NULL, NULL},
    {"SSTP's SHA-1 alone differs, from one family's",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", Y1, SSTP}}, 2, TLS(.sha256 = Y2, .sha1 = X1)}, 0,
        "windows.families-differ", "0.0.0.0:443 and [::]:443 differ", NULL, ""},
    {"SSTP's SHA-1 is that of its own entry, and a script's differs",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", Y1, SCRIPT}}, 2, TLS(.sha256 = X2, .sha1 = X1)},
        0, "windows.families-differ",
        "0.0.0.0:443 and [::]:443 differ, [::]:443 (owner 11112222-3333-4444-5555-666677778888) is "
        "wrong",
        NULL, DELETE "ipport=[::]:443\n" ASSIGN},
    {"the name bound in IIS",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"VPN.example.com:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hostname-overrides",
        "vpn.example.com:443 (owner IIS) wins by SNI, with a certificate SSTP does not trust",
        "unbind in IIS",
        OF_IIS("*:443:vpn.example.com") DELETE "hostnameport=vpn.example.com:443\niisreset.exe\n"},
    {"a wildcard bound in IIS",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"*.example.com:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hostname-overrides", NULL, NULL,
        OF_IIS("*:443:*.example.com") DELETE "hostnameport=*.example.com:443\niisreset.exe\n"},
    {"a central store",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"443", NULL, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hostname-overrides", NULL, "take its file out of the store",
        "take the file of that name out of the central store; where no site needs the store: " DELETE
        "ccs=443\n"},
    {"a central store for the name",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"vpn.example.com:443", NULL, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.hostname-overrides", NULL, "take its file out of the store",
        "take the file of that name out of the central store; where no site needs the store: " DELETE
        "scopedccs=vpn.example.com:443\n"},
    {"a central store, and the name has an entry of its own",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"vpn.example.com:443", X1, SSTP},
             {"443", NULL, IIS}},
            4, TLS(.sha256 = X2)},
        'y', "windows.wire-differs", NULL, NULL, NULL},
    {"a central store for another name",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"www.example.com:443", NULL, IIS}}, 3,
            TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"a central store that has the right one",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"443", NULL, IIS}}, 3,
            TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"what IIS has for another name is shown",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"www.example.com:443", Y1, IIS}}, 3,
            TLS(.sha256 = X2)},
        'y', "windows.wire-differs",
        "the wire shows certificate 5CE8A111.., Windows has another on 443", NULL, ""},
    {"what IIS has for another name is shown, beside a central store",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"www.example.com:443", Y1, IIS},
             {"443", NULL, IIS}},
            4, TLS(.sha256 = X2)},
        'y', "windows.hostname-overrides", NULL, "take its file out of the store", NULL},
    {"something terminates TLS in front",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2, .sha1 = X1)},
        'y', "windows.wire-differs",
        "the wire shows certificate 5CE8A111.., Windows has another on 443", NULL, NULL},
    {"nothing is bound", {{{"0.0.0.0:5986", Y1, SCRIPT}}, 1, TLS(.sha256 = X2)}, 0,
        "windows.no-binding", "HTTP.sys has no certificate for port 443", NULL, ASSIGN RESTART},
    {"nothing is bound for the name, nor for all",
        {{{"www.example.com:443", Y1, IIS}}, 1, TLS(.sha256 = X2)}, 0, "windows.no-binding",
        "HTTP.sys has no certificate for port 443, but for other names", NULL, ASSIGN RESTART},
    {"nothing is bound, and the wire shows what SSTP trusts",
        {{{"0.0.0.0:5986", Y1, SCRIPT}}, 1, TLS(.sha256 = X2)}, 'x', "windows.no-binding",
        "HTTP.sys has no certificate for 443, but the wire shows C3AB8FF1..",
        "find what answers there, or collect anew on that very server", STRANGER},
    {"nothing is bound but another name, and the wire shows what SSTP trusts",
        {{{"www.example.com:443", Y1, IIS}}, 1, TLS(.sha256 = X2)}, 'x', "windows.no-binding",
        "HTTP.sys has no certificate for 443, but the wire shows C3AB8FF1..", NULL, STRANGER},
    {"the name alone is bound, and something in front shows what SSTP trusts",
        {{{"vpn.example.com:443", Y1, IIS}}, 1, TLS(.sha256 = X2)}, 'x',
        "windows.hostname-overrides", NULL, NULL, NULL},
    {"an address alone is bound, and something in front shows what SSTP trusts",
        {{{"192.0.2.21:443", Y1, IIS}}, 1, TLS(.sha256 = X2)}, 'x', "windows.specific-ip-overrides",
        NULL, NULL, NULL},
    {"an address is bound, IPv6 besides, and something in front shows what SSTP trusts over IPv4",
        {{{"192.0.2.21:443", Y1, IIS}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.specific-ip-overrides", NULL, NULL, NULL},
    {"an address is bound, and a central store shows what SSTP trusts",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}, {"192.0.2.21:443", Y1, IIS},
             {"443", NULL, IIS}},
            4, TLS(.sha256 = X2)},
        'x', "", NULL, NULL, NULL},
    {"no list of bindings is empty, but this one is", {{{0}}, 0, TLS(.sha256 = X2)}, 0,
        "windows.no-binding", NULL, NULL, NULL},
    {"IIS owns what is right",
        {{{"0.0.0.0:443", X1, IIS}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.iis-owner", "0.0.0.0:443 belongs to IIS", NULL, OF_IIS("*:443:") ASSIGN},
    {"a script owns what is right",
        {{{"0.0.0.0:443", X1, SCRIPT}, {"[::]:443", X1, SCRIPT}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.foreign-owner windows.foreign-owner",
        "0.0.0.0:443 belongs to 11112222-3333-4444-5555-666677778888, not to SSTP", NULL, ASSIGN},
    {"IPv6 is not bound", {{{"0.0.0.0:443", X1, SSTP}}, 1, TLS(.sha256 = X2)}, 'x',
        "windows.family-missing", "[::]:443 is not bound, only 0.0.0.0:443", NULL, RENEW},
    {"IPv4 is not bound", {{{"[::]:443", X1, SSTP}}, 1, TLS(.sha256 = X2)}, 'x',
        "windows.family-missing", "0.0.0.0:443 is not bound, only [::]:443", NULL, NULL},
    {"IIS owns what is right, for one address alone",
        {{{"192.0.2.21:443", X1, IIS}}, 1, TLS(.sha256 = X2)}, 'x', "windows.iis-owner",
        "192.0.2.21:443 belongs to IIS", NULL, OF_IIS("192.0.2.21:443:") ASSIGN},
    {"a script owns what is right, for one address of the other family",
        {{{"0.0.0.0:443", X1, SSTP}, {"[2001:db8::1]:443", X1, SCRIPT}}, 2, TLS(.sha256 = X2)}, 'x',
        "windows.foreign-owner", NULL, NULL, ASSIGN},
    {"IPv6 is bound by address",
        {{{"0.0.0.0:443", X1, SSTP}, {"[2001:db8::1]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 'x',
        "", NULL, NULL, NULL},

    {"the value was set to 32",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = "32")}, 'x',
        "windows.sha256-missing",
        "SHA256CertificateHash has 1 byte, not 32: SSTP refuses everybody",
        "assign in RRAS again, or set the offload hash", ASSIGN},
    {"a SHA-1 in its place",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X1)}, 'x',
        "windows.sha256-missing",
        "SHA256CertificateHash has 20 bytes, not 32: SSTP refuses everybody", NULL, NULL},
    {"no value", {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = NULL)}, 'x',
        "windows.sha256-missing", "SHA256CertificateHash is missing: SSTP refuses everybody", NULL,
        NULL},
    {"text in its place",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2,
            TLS(.sha256 = X2, .hash_is_text = true)},
        'x', "windows.sha256-missing",
        "SHA256CertificateHash is not binary: SSTP refuses everybody", NULL, NULL},
    {"SSTP's SHA-1 is of another certificate",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2, .sha1 = Y1)},
        'x', "windows.sha1-stale", NULL, "assign in RRAS again, or delete the SHA-1", NULL},
    {"offload half reverted",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, .has_sstp = true, .use_https = 1,
            .applied_https = 0, .port = 0, .applied_port = 80, .by_admin = 0, .sha256 = X2},
        'x', "windows.half-reverted", "UseHttps is 1 but SSTP last applied 0", NULL,
        RESTART APPLIED("UseHttps", "1") APPLIED("ListenerPort", "443") "and again: " RESTART},
    {"the usual port, not applied",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, .has_sstp = true, .use_https = 1,
            .applied_https = 1, .port = 0, .applied_port = 80, .by_admin = 0, .sha256 = X2},
        'x', "windows.half-reverted", "ListenerPort is 443 but SSTP last applied 80", NULL,
        RESTART APPLIED("ListenerPort", "443") "and again: " RESTART},
    {"the usual port, not told and not applied",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, .has_sstp = true, .use_https = 1,
            .applied_https = 1, .port = DUMPS_NONE, .applied_port = 8443, .by_admin = 0,
            .sha256 = X2},
        'x', "windows.half-reverted", "ListenerPort is 443 but SSTP last applied 8443", NULL, NULL},
    {"the usual port told, and applied as such",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, .has_sstp = true, .use_https = 1,
            .applied_https = 1, .port = 443, .applied_port = 0, .by_admin = 0, .sha256 = X2},
        'x', "", NULL, NULL, NULL},
    {"offloaded, the port of TLS applied",
        {{{0}}, 0, .has_sstp = true, .use_https = 0, .applied_https = 0, .by_admin = 1, .port = 0,
            .applied_port = 443, .sha256 = X2},
        'x', "windows.half-reverted", "ListenerPort is 80 but SSTP last applied 443", NULL, NULL},
    {"another port, not applied",
        {{{"0.0.0.0:8443", X1, SSTP}, {"[::]:8443", X1, SSTP}}, 2, .has_sstp = true, .use_https = 1,
            .applied_https = 1, .port = 8443, .applied_port = 443, .by_admin = 0, .sha256 = X2},
        'x', "windows.half-reverted", "ListenerPort is 8443 but SSTP last applied 443", NULL, NULL},
    {"the balancer's certificate was renewed", {{{0}}, 0, OFFLOAD(.sha256 = Y2)}, 'x',
        "windows.offload-hash-stale",
        "offload hash 5CE8A111.. is stale, the certificate is C3AB8FF1..",
        "set it on every member, restart RemoteAccess", OFFLOADED},
    {"offloaded, the hash is not an administrator's",
        {{{0}}, 0, .has_sstp = true, .use_https = 0, .applied_https = 0, .by_admin = 0, .port = 0,
            .applied_port = 80, .sha256 = X2},
        'x', "windows.offload-not-admin", NULL, NULL, NULL},
    {"offloaded, nothing says whose the hash is",
        {{{0}}, 0, .has_sstp = true, .use_https = 0, .applied_https = 0, .by_admin = DUMPS_NONE,
            .port = 0, .applied_port = 80, .sha256 = X2},
        'x', "windows.offload-not-admin", NULL, NULL, NULL},
    {"offloaded, no hash", {{{0}}, 0, OFFLOAD(.sha256 = NULL)}, 'x', "windows.sha256-missing", NULL,
        NULL, OFFLOADED},
    {"offloaded, the old SHA-1 was left", {{{0}}, 0, OFFLOAD(.sha256 = X2, .sha1 = Y1)}, 'x',
        "windows.sha1-stale", NULL, NULL,
        "reg.exe delete HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters /v "
        "SHA1CertificateHash /f\n" RESTART},
    {"offloaded, nothing to compare with", {{{0}}, 0, OFFLOAD(.sha256 = X2)}, 0,
        "windows.not-comparable", "not comparable: no certificate is at hand for the offload hash",
        NULL, NULL},
    {"two kinds of digests and no certificate",
        {{{"0.0.0.0:443", X1, SSTP}, {"[::]:443", X1, SSTP}}, 2, TLS(.sha256 = X2)}, 0,
        "windows.not-comparable", "not comparable: no certificate to compare SHA-1 with SHA-256",
        NULL, NULL},
    {"nothing right at all",
        {{{"0.0.0.0:443", Y1, IIS}}, 1, .has_sstp = true, .use_https = 1, .applied_https = 0,
            .by_admin = 0, .port = 0, .applied_port = 80, .sha256 = X2, .sha1 = Y1},
        'x',
        "windows.half-reverted windows.hash-mismatch windows.family-missing windows.sha1-stale",
        NULL, NULL, NULL},
};

static struct dump dump;
static struct facts facts;
static struct policy policy;
static struct verdict verdict;

static void
set_up(char shown)
{
	facts_begin(&facts);
	facts.target = strdup("rras1");
	facts.name = strdup("vpn.example.com");
	facts.host = strdup("rras1");
	facts.port = 443;
	facts.date = DATE;
	policy_begin(&policy);
	verdict = (struct verdict)VERDICT_EMPTY;
	dump_begin(&dump);
	if (shown == 0)
		return;
	facts.tls.chain = calloc(1, sizeof *facts.tls.chain);
	facts.tls.chain_count = 1;
	strcpy(facts.tls.sni, facts.name);
	ck_assert(hex_read(shown == 'x' ? X1 : Y1, facts.tls.chain->sha1, 20));
	ck_assert(hex_read(shown == 'x' ? X2 : Y2, facts.tls.chain->sha256, 32));
}

static void
tear_down(void)
{
	verdict_free(&verdict);
	facts_free(&facts);
	dump_free(&dump);
}

static void
read_text(const struct text *text)
{
	struct windump windump;

	windump_begin(&windump, &dump);
	windump_feed(&windump, text_chars(text), text->length);
	windump_end(&windump);
}

static struct windows
judge_with(const char *const *names, size_t names_count)
{
	const struct windows windows = {
	    .file = "rras1.txt",
	    .age_max = 26 * INT64_C(3600),
	    .date = DATE,
	    .name = facts.name,
	    .names = names,
	    .names_count = names_count,
	    .port = facts.port,
	    .seen = {.dump = &dump, .facts = &facts, .count = 1},
	};
	struct words words;

	words_begin(&words, &facts, &policy, &verdict);
	windows_judge(&words, &windows);
	verdict_close(&verdict);
	ck_assert(!verdict.failed);
	return windows;
}

static struct windows
judge(void)
{
	return judge_with(NULL, 0);
}

static void
expect_causes(const char *causes, const char *about)
{
	struct text got = TEXT_EMPTY;

	for (size_t i = 0; i < verdict.findings_count; i++)
		text_format(
		    &got, "%s%s", i > 0 ? " " : "", causes_row(verdict.findings[i].cause)->name);
	ck_assert_msg(strcmp(text_chars(&got), causes) == 0, "%s: got '%s', wanted '%s'", about,
	    text_chars(&got), causes);
	text_free(&got);
}

static void
expect_words(size_t row)
{
	const struct finding *first = verdict.findings;

	if (rows[row].summary != NULL)
		ck_assert_str_eq(first->summary, rows[row].summary);
	if (rows[row].remedy != NULL)
		ck_assert_str_eq(first->remedy, rows[row].remedy);
	if (rows[row].steps != NULL)
		ck_assert_str_eq(first->steps != NULL ? first->steps : "", rows[row].steps);
}

/* The scene in one shape; what that does not tell of SSTP comes from reg query. */
static void
add_scene(struct text *text, const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding)
{
	struct dumps_scene rest = *scene;

	dumps_add(text, scene, shape, language, encoding);
	if (dumps_tells_sstp(shape))
		return;
	rest.entries_count = 0;
	dumps_add(text, &rest, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
}

/* A sickness has the same verdict however it is told: labels, language and encoding are nothing. */
START_TEST(every_sickness_in_every_shape)
{
	for (int shape = 0; shape < DUMPS_SHAPES; shape++)
		for (int language = 0; language < DUMPS_LANGUAGES; language++)
			for (int encoding = 0; encoding < DUMPS_UTF16_OTHER; encoding++) {
				struct text text = TEXT_EMPTY;

				set_up(rows[_i].shown);
				add_scene(&text, &rows[_i].scene, shape, language, encoding);
				read_text(&text);
				judge();
				expect_causes(rows[_i].causes, rows[_i].name);
				if (verdict.findings_count > 0)
					expect_words((size_t)_i);
				tear_down();
				text_free(&text);
			}
}
END_TEST

/* The certificate in the dump compares where the wire was not seen. */
START_TEST(a_certificate_of_the_dump_compares)
{
	for (int wrong = 0; wrong < 2; wrong++) {
		struct dumps_scene scene;
		struct text text = TEXT_EMPTY;

		set_up(0);
		dumps_healthy(&scene, X1, wrong ? Y2 : X2);
		scene.sha1 = NULL;
		dumps_add(&text, &scene, DUMPS_COLLECTOR, DUMPS_ENGLISH, DUMPS_UTF8);
		read_text(&text);
		dump_add_certificate(&dump, "x", 1);
		ck_assert(hex_read(X1, dump.certificates[0].sha1, 20));
		ck_assert(hex_read(X2, dump.certificates[0].sha256, 32));
		dump.certificates[0].digested = true;
		judge();
		expect_causes(wrong ? "windows.hash-mismatch" : "", "");
		tear_down();
		text_free(&text);
	}
}
END_TEST

/* The right certificate is seen, and an entry for an address or a name has another: the wire clears
 * it only where it would have shown it, and where it did not because another one wins over it. */
START_TEST(what_the_wire_clears)
{
	static const struct {
		const char *endpoint,
		    *other; /* an entry with another certificate, one with the right */
		const char *name, *further; /* -H, NULL: an address; --name, or NULL */
		const char *asked;          /* SNI, NULL: a file */
		const char *causes;
		const char *address; /* that was looked at, NULL: whichever */
	} table[] = {
	    {"*.example.com:443", NULL, VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, "", ""},
	    {"www.example.com:443", NULL, VPN, NULL, "", ""},
	    {"www.example.com:443", NULL, VPN, NULL, NULL, ""},
	    /* The very name or address that was looked at wins over all addresses. */
	    {"vpn.example.com:443", NULL, VPN, NULL, VPN, "windows.hostname-overrides"},
	    {"vpn2.example.com:443", NULL, VPN, OTHER, OTHER, "windows.hostname-overrides"},
	    {"vpn.example.com:443", "192.0.2.21:443", VPN, NULL, VPN, ""},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, "windows.specific-ip-overrides", "192.0.2.21"},
	    {"192.0.2.21:443", VPN ":443", VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "192.0.2.21"},
	    {"192.0.2.21:443", "443", VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "192.0.2.21"},
	    {"192.0.2.21:443", "443", VPN, NULL, VPN, "", "192.0.2.22"},
	    {"192.0.2.21:443", NULL, VPN, NULL, VPN, "", "192.0.2.22"},
	    {"[2001:db8::1]:443", NULL, VPN, NULL, VPN, "windows.specific-ip-overrides",
	        "2001:db8::1"},
	    /* A file. */
	    {"vpn.example.com:443", NULL, VPN, NULL, NULL, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, NULL, NULL, "windows.hostname-overrides"},
	    {"192.0.2.21:443", NULL, VPN, NULL, NULL, "windows.specific-ip-overrides"},
	    /* Another name was asked for, or none. */
	    {"vpn.example.com:443", NULL, VPN, NULL, "", "windows.hostname-overrides"},
	    {"vpn.example.com:443", NULL, VPN, NULL, OTHER, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, NULL, "", "windows.hostname-overrides"},
	    {"*.example.com:443", VPN ":443", VPN, NULL, "", ""},
	    /* A further name that clients dial. */
	    {"vpn2.example.com:443", NULL, VPN, OTHER, VPN, "windows.hostname-overrides"},
	    {"*.example.com:443", VPN ":443", VPN, OTHER, VPN, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, OTHER, OTHER, "windows.hostname-overrides"},
	    {"*.example.com:443", NULL, VPN, "rras1", NULL, "windows.hostname-overrides"},
	    {"vpn2.example.com:443", NULL, NULL, OTHER, "", "windows.hostname-overrides"},
	    {"www.example.com:443", NULL, NULL, OTHER, "", ""},
	    {"*.example.com:443", NULL, NULL, "rras1", "", ""},
	    /* Nobody told which. */
	    {"vpn.example.com:443", NULL, NULL, NULL, "", "windows.not-comparable"},
	    {"vpn.example.com:443", NULL, NULL, NULL, NULL, "windows.not-comparable"},
	    {"192.0.2.21:443", NULL, NULL, NULL, "", ""},
	    /* A central store, whose certificates the dump does not tell. */
	    {"443", NULL, VPN, NULL, VPN, ""},
	    {"443", NULL, VPN, NULL, NULL, "windows.not-comparable"},
	    {"443", NULL, VPN, NULL, "", "windows.not-comparable"},
	    {"443", NULL, VPN, OTHER, VPN, "windows.not-comparable"},
	    {"443", VPN ":443", VPN, NULL, NULL, ""},
	    {"443", NULL, NULL, NULL, "", "windows.not-comparable"},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){
	    table[_i].endpoint, strcmp(table[_i].endpoint, "443") == 0 ? NULL : Y1, IIS};
	scene.entries[3] = (struct dumps_entry){table[_i].other, X1, SSTP};
	if (table[_i].other != NULL && strcmp(table[_i].other, "443") == 0)
		scene.entries[3].hash = NULL;
	scene.entries_count = table[_i].other != NULL ? 4 : 3;
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	set_up('x');
	free(facts.name);
	facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	facts.from_file = table[_i].asked == NULL;
	strcpy(facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	strcpy(facts.address, table[_i].address != NULL ? table[_i].address : "");
	read_text(&text);
	judge_with(&table[_i].further, table[_i].further != NULL ? 1 : 0);
	expect_causes(table[_i].causes, table[_i].endpoint);
	tear_down();
	text_free(&text);
}
END_TEST

/* The entries for addresses alone were collected: one for a name may be in the way of all who dial
 * a name that was not asked for. */
START_TEST(names_were_not_collected)
{
	static const struct {
		const char *name, *further, *asked; /* -H; --name; SNI, NULL: a file */
		bool listed;
		const char *causes;
	} table[] = {
	    {VPN, NULL, VPN, true, ""},
	    {VPN, NULL, "", true, "windows.not-comparable"},
	    {VPN, NULL, NULL, true, "windows.not-comparable"},
	    {VPN, OTHER, VPN, true, "windows.not-comparable"},
	    {NULL, VPN, VPN, true, ""},
	    {NULL, VPN, "", true, "windows.not-comparable"},
	    {NULL, NULL, "", true, "windows.not-comparable"},
	    /* Nor was anything else of HTTP.sys. */
	    {VPN, NULL, NULL, false, ""},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF16);
	set_up('x');
	free(facts.name);
	facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	facts.from_file = table[_i].asked == NULL;
	strcpy(facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	read_text(&text);
	dump.named = false;
	dump.listed = table[_i].listed;
	judge_with(&table[_i].further, table[_i].further != NULL ? 1 : 0);
	expect_causes(table[_i].causes, "names");
	if (verdict.findings_count > 0)
		ck_assert_str_eq(verdict.findings[0].remedy, "add netsh http show sslcert");
	tear_down();
	text_free(&text);
}
END_TEST

/* The right certificate is seen and an entry for the name holds it: that explains what is seen only
 * to those who asked for the name. */
START_TEST(what_explains)
{
	static const struct {
		const char *asked, *causes;
	} table[] = {{VPN, ""}, {"", "windows.specific-ip-overrides"}};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0] = (struct dumps_entry){"192.0.2.21:443", Y1, IIS};
	scene.entries[1] = (struct dumps_entry){VPN ":443", X1, SSTP};
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	set_up('x');
	strcpy(facts.tls.sni, table[_i].asked);
	read_text(&text);
	judge();
	expect_causes(table[_i].causes, table[_i].asked);
	tear_down();
	text_free(&text);
}
END_TEST

/* What is shown for a site of another name, which was asked for by --sni, is the site's own. */
START_TEST(what_a_site_shows)
{
	static const struct {
		const char *endpoint, *hash; /* an entry beside the healthy ones */
		const char *asked, *further; /* SNI, NULL: a file; --name, or NULL */
		const char *causes;
	} table[] = {
	    {"www.example.com:443", Y1, "www.example.com", NULL, ""},
	    {"443", NULL, "www.example.com", NULL, "windows.not-comparable"},
	    {"www.example.com:443", Y1, "www.example.com", "www.example.com",
	        "windows.hostname-overrides"},
	    {"*.example.com:443", Y1, "www.example.com", NULL, "windows.hostname-overrides"},
	    {"www.example.com:443", Y1, "mail.example.com", NULL, "windows.wire-differs"},
	    {"www.example.com:443", Y1, VPN, NULL, "windows.wire-differs"},
	    /* Out of a central store comes only what was asked for by name. */
	    {"443", NULL, VPN, NULL, "windows.hostname-overrides"},
	    {"443", NULL, "", NULL, "windows.wire-differs"},
	    {"443", NULL, NULL, NULL, "windows.wire-differs"},
	};
	const char *further = table[_i].further;
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){table[_i].endpoint, table[_i].hash, IIS};
	scene.entries_count = 3;
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	set_up('y');
	facts.from_file = table[_i].asked == NULL;
	strcpy(facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	read_text(&text);
	judge_with(&further, further != NULL ? 1 : 0);
	expect_causes(table[_i].causes, facts.tls.sni);
	tear_down();
	text_free(&text);
}
END_TEST

/* A wrong certificate is seen, and an entry for a name that was not asked for holds it: that entry
 * did not show it, may be right for a site, and is not to be deleted. */
START_TEST(what_cannot_have_answered)
{
	static const struct {
		const char *name, *asked; /* -H, NULL: an address; SNI, NULL: a file */
		const char *causes, *summary;
	} table[] = {
	    {NULL, "", "windows.wire-differs",
	        "the wire shows certificate 5CE8A111.., Windows has another on 443"},
	    {NULL, NULL, "windows.wire-differs",
	        "the file holds certificate 5CE8A111.., Windows has another on 443"},
	    /* It wins over the others for those who dial it, and that is told. */
	    {"www.example.com", "", "windows.hostname-overrides", NULL},
	    {"www.example.com", NULL, "windows.hostname-overrides", NULL},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[2] = (struct dumps_entry){"www.example.com:443", Y1, IIS};
	scene.entries_count = 3;
	add_scene(&text, &scene, DUMPS_NETSH_2016, DUMPS_PORTUGUESE, DUMPS_UTF8);
	set_up('y');
	free(facts.name);
	facts.name = table[_i].name != NULL ? strdup(table[_i].name) : NULL;
	facts.from_file = table[_i].asked == NULL;
	strcpy(facts.tls.sni, table[_i].asked != NULL ? table[_i].asked : "");
	read_text(&text);
	judge();
	expect_causes(table[_i].causes, table[_i].asked);
	if (table[_i].summary != NULL) {
		ck_assert_str_eq(verdict.findings[0].summary, table[_i].summary);
		ck_assert_ptr_null(verdict.findings[0].steps);
	}
	tear_down();
	text_free(&text);
}
END_TEST

/* SSTP's values alone, and the list of netsh alone. */
START_TEST(parts)
{
	static const struct {
		bool bindings;
		char shown;
		const char *causes;
	} table[] = {
	    {false, 'x', ""},
	    {false, 'y', "windows.hash-mismatch"},
	    {false, 0, "windows.not-comparable"},
	    {true, 'x', "windows.not-comparable"},
	    {true, 'y', "windows.wire-differs"},
	    {true, 0, "windows.not-comparable"},
	};

	for (size_t i = 0; i < UNIT_COUNT(table); i++) {
		struct text text = TEXT_EMPTY;
		struct dumps_scene scene;

		set_up(table[i].shown);
		dumps_healthy(&scene, X1, X2);
		dumps_add(&text, &scene, table[i].bindings ? DUMPS_NETSH_2022 : DUMPS_REG_QUERY,
		    DUMPS_GERMAN, DUMPS_CODE_PAGE);
		read_text(&text);
		if (!table[i].bindings) {
			dump.bindings_count = 0;
			dump.listed = false;
		}
		judge();
		expect_causes(table[i].causes, "parts");
		tear_down();
		text_free(&text);
	}
}
END_TEST

/* A file is compared with what was collected only: no entry and no hash is no other certificate. */
START_TEST(a_file_and_nothing_to_compare)
{
	struct text text = TEXT_EMPTY;

	set_up('x');
	facts.from_file = true;
	text_add(&text, "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	                "    UseHttps    REG_DWORD    0x1\n\n");
	read_text(&text);
	judge();
	expect_causes("windows.not-comparable", "a file");
	tear_down();
	text_free(&text);
}
END_TEST

/* Where SSTP's values do not tell its port the one that is looked at is meant. */
START_TEST(the_port)
{
	static const struct {
		uint16_t looked_at;
		int port; /* ListenerPort; DUMPS_NONE: SSTP's values were not collected */
		const char *endpoint;
		char shown;
		const char *causes, *summary;
	} table[] = {
	    {443, DUMPS_NONE, "0.0.0.0:443", 'y', "windows.wire-differs windows.family-missing",
	        "the wire shows certificate 5CE8A111.., Windows has another on 443"},
	    {8443, DUMPS_NONE, "0.0.0.0:8443", 'y', "windows.wire-differs windows.family-missing",
	        "the wire shows certificate 5CE8A111.., Windows has another on 8443"},
	    {8443, DUMPS_NONE, "0.0.0.0:443", 'y', "windows.not-comparable",
	        "not comparable: no entry for port 8443, that of SSTP not told"},
	    {8443, DUMPS_NONE, "0.0.0.0:443", 0, "windows.no-binding",
	        "HTTP.sys has no certificate for port 8443"},
	    {8443, 0, "0.0.0.0:443", 'x', "windows.family-missing", NULL},
	    {8443, 0, "0.0.0.0:8443", 'x', "windows.no-binding",
	        "HTTP.sys has no certificate for port 443"},
	    {443, 8443, "0.0.0.0:8443", 'x', "windows.family-missing", NULL},
	    {8443, 0x10050, "0.0.0.0:443", 'x', "windows.family-missing", NULL}, /* no port */
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = table[_i].endpoint;
	scene.entries_count = 1;
	scene.port = scene.applied_port = table[_i].port;
	set_up(table[_i].shown);
	facts.port = table[_i].looked_at;
	if (table[_i].port == DUMPS_NONE)
		dumps_add(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	else
		add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	read_text(&text);
	judge();
	expect_causes(table[_i].causes, "the port");
	if (table[_i].summary != NULL)
		ck_assert_str_eq(verdict.findings[0].summary, table[_i].summary);
	tear_down();
	text_free(&text);
}
END_TEST

/* Another port than SSTP's is looked at, and HTTP.sys itself shows another certificate there. */
START_TEST(the_port_of_another)
{
	static const struct {
		const char *beside; /* an entry beside those of SSTP on 8443 */
		const char *summary, *remedy;
	} table[] = {
	    {"0.0.0.0:443", "SSTP is on port 8443, the wire shows 0.0.0.0:443 (owner IIS)",
	        "lead clients to that port, or look there with -p 8443"},
	    {"0.0.0.0:444", "the wire shows certificate 5CE8A111.., Windows has another on 8443",
	        "find what terminates TLS before it, let it pass TCP"},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = "0.0.0.0:8443";
	scene.entries[1].endpoint = "[::]:8443";
	scene.entries[2] = (struct dumps_entry){table[_i].beside, Y1, IIS};
	scene.entries_count = 3;
	scene.port = scene.applied_port = 8443;
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	set_up('y');
	read_text(&text);
	judge();
	expect_causes("windows.wire-differs", table[_i].beside);
	ck_assert_str_eq(verdict.findings[0].summary, table[_i].summary);
	ck_assert_str_eq(verdict.findings[0].remedy, table[_i].remedy);
	tear_down();
	text_free(&text);
}
END_TEST

/* What was issued after the list was collected may be bound by now. */
START_TEST(issued_since)
{
	static const struct {
		int64_t issued; /* after it was collected */
		bool from_file;
		const char *remedy;
	} table[] = {
	    {1, false, "collect anew, it was issued after that, or find what terminates TLS"},
	    {0, false, "find what terminates TLS before it, let it pass TCP"},
	    {1, true, "assign it in RRAS, or give the file of the one in use"},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	set_up('y');
	read_text(&text);
	dump.collected = DATE - 3600;
	facts.from_file = table[_i].from_file;
	facts.tls.chain->not_before = dump.collected + table[_i].issued;
	judge();
	expect_causes("windows.wire-differs", "");
	ck_assert_str_eq(verdict.findings[0].remedy, table[_i].remedy);
	tear_down();
	text_free(&text);
}
END_TEST

/* Behind where it is cut anything may follow: what is missing is no fault. */
START_TEST(what_was_cut_off_is_not_missing)
{
#define KEY "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters\n"
	static const char *const table[] = {
	    "a : 0.0.0.0:5986\nb : " Y1 "\nc : " SCRIPT "\na : 0.0.0.0:443\n",
	    "a : 0.0.0.0:443\nb : " X1 "\nc : " SSTP "\na : [::]:443\nb : a1b2c3d4e5",
	    KEY "    UseHttps    REG_DWORD    0x1\n    ListenerPort    REG_DWORD    0x0\n"
	        "    SHA256CertificateHash    REG_BINARY    C3AB",
	    KEY "    UseHttps    REG_DWORD    0x0\n    ListenerPort    REG_DWORD    0x0\n"
	        "    isHashConfi",
	    "{\"bindings\": [{\"endpoint\": \"0.0.0.0:5986\", \"hash\": \"" Y1 "\"}], \"sstp\": {",
	};
#undef KEY
	struct text text = TEXT_EMPTY;

	set_up('x');
	text_add(&text, table[_i]);
	read_text(&text);
	judge();
	ck_assert_int_eq(verdict.state, STATE_UNKNOWN);
	ck_assert_int_eq(verdict.findings[0].cause, CAUSE_WINDOWS_UNREADABLE);
	ck_assert_str_eq(verdict.findings[0].summary, "rras1.txt is cut short");
	tear_down();
	text_free(&text);
}
END_TEST

static bool
is_told(enum cause cause)
{
	for (size_t i = 0; i < verdict.findings_count; i++)
		if (verdict.findings[i].cause == cause)
			return true;
	return false;
}

/* What is seen, and no entry explains, may come from one that is not listed. */
START_TEST(an_entry_that_is_not_listed)
{
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0] = (struct dumps_entry){"192.0.2.21:443", Y1, IIS};
	scene.entries_count = 1;
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	for (int listed = 0; listed <= 1; listed++) {
		set_up('x');
		read_text(&text);
		ck_assert(dump.listed);
		dump.listed = listed == 1;
		judge();
		ck_assert(is_told(CAUSE_WINDOWS_SPECIFIC_IP_OVERRIDES) == (listed == 1));
		tear_down();
	}
	text_free(&text);
}
END_TEST

/* A port that is not listed may be any, not the usual one; in a whole key it is that. */
START_TEST(a_port_that_is_not_listed)
{
	static const char chars[] =
	    "HKLM\\SYSTEM\\SstpSvc\\Parameters\\ConfigStore\n"
	    "    ListenerPort    REG_DWORD    0x20fb\n    UseHttps    REG_DWORD    0x1\n\n"
	    "HKLM\\SYSTEM\\SstpSvc\\Parameters\n    UseHttps    REG_DWORD    0x1\n\n";
	struct text text = TEXT_EMPTY;

	for (int whole = 0; whole <= 1; whole++) {
		set_up(0);
		text_add(&text, chars);
		read_text(&text);
		ck_assert(!dump.sstp.whole);
		dump.sstp.whole = whole == 1;
		judge();
		ck_assert(is_told(CAUSE_WINDOWS_HALF_REVERTED) == (whole == 1));
		tear_down();
		text_free(&text);
	}
}
END_TEST

/* What these tests have read, of one target on 443. */
static const struct windows just_read = {
    .age_max = 93600,
    .date = DATE,
    .port = 443,
    .seen = {.dump = &dump, .facts = &facts, .count = 1},
};

/* That nothing is bound is not the reason of a reset where something is, or where TLS is offloaded.
 */
START_TEST(a_reset)
{
	static const struct {
		const char *address, *endpoint; /* the only entry */
		int use_https;
		int64_t age;
		bool contradicts;
		const struct cause_row *row;
	} table[] = {
	    {"192.0.2.21", "0.0.0.0:443", 1, 0, false, &causes_reset_though_bound},
	    {"2001:db8::1", "[::]:443", 1, 0, false, &causes_reset_though_bound},
	    {"192.0.2.21", "0.0.0.0:443", 0, 0, false, &causes_reset_offloaded},
	    {"192.0.2.21", "[::]:443", 1, 0, false, NULL},
	    {"192.0.2.21", "0.0.0.0:8443", 1, 0, false, NULL},
	    {"192.0.2.21", "192.0.2.22:443", 1, 0, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 1, 93601, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 0, 93601, false, NULL},
	    {"192.0.2.21", "0.0.0.0:443", 1, 0, true, NULL},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[0].endpoint = table[_i].endpoint;
	scene.entries_count = 1;
	scene.use_https = table[_i].use_https;
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	set_up(0);
	strcpy(facts.address, table[_i].address);
	read_text(&text);
	dump.collected = DATE - table[_i].age;
	dump.contradicts = table[_i].contradicts;
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	tear_down();
	text_free(&text);
}
END_TEST

/* The entry turns away whoever comes, with a certificate in the store or without. */
START_TEST(a_reset_that_is_meant)
{
	static const struct {
		enum dumps_shape shape;
		size_t which; /* entry that rejects */
		const struct cause_row *row;
	} table[] = {
	    {DUMPS_COLLECTOR, 0, &causes_reset_rejected},
	    {DUMPS_REG_QUERY, 0, &causes_reset_rejected},
	    {DUMPS_REG_EXPORT, 0, &causes_reset_rejected},
	    {DUMPS_REG_QUERY, 1, &causes_reset_though_bound},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.entries[table[_i].which].rejects = true;
	dumps_add(&text, &scene, table[_i].shape, DUMPS_ENGLISH, DUMPS_UTF16);
	set_up(0);
	strcpy(facts.address, "192.0.2.21");
	read_text(&text);
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	tear_down();
	text_free(&text);
}
END_TEST

/* The certificate of an entry is in no store of the server: only who looked there knows. */
START_TEST(a_reset_without_the_certificate)
{
	static const struct {
		enum dumps_shape shape;
		const char *hash; /* of the entry */
		bool has_other, has_bound, undigested;
		const struct cause_row *row;
	} table[] = {
	    {DUMPS_COLLECTOR, X1, false, false, false, &causes_reset_unstocked},
	    {DUMPS_COLLECTOR, X1, true, false, false, &causes_reset_unstocked},
	    {DUMPS_COLLECTOR, X1, true, true, false, &causes_reset_though_bound},
	    {DUMPS_COLLECTOR, X1, true, false, true, &causes_reset_though_bound},
	    {DUMPS_COLLECTOR, X2, false, false, false, &causes_reset_though_bound},
	    {DUMPS_REG_QUERY, X1, false, false, false, &causes_reset_though_bound},
	    {DUMPS_NETSH_JSON, X1, false, false, false, &causes_reset_though_bound},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, table[_i].hash, X2);
	dumps_add(&text, &scene, table[_i].shape, DUMPS_ENGLISH, DUMPS_UTF8);
	set_up(0);
	strcpy(facts.address, "192.0.2.21");
	read_text(&text);
	for (int own = 0; own < 2; own++)
		if (own == 0 ? table[_i].has_other : table[_i].has_bound) {
			struct dump_certificate *certificate;

			dump_add_certificate(&dump, own == 0 ? "x" : "y", 1);
			certificate = &dump.certificates[dump.certificates_count - 1];
			ck_assert(hex_read(own == 0 ? Y1 : X1, certificate->sha1, 20));
			certificate->digested = !table[_i].undigested;
		}
	ck_assert_ptr_eq(windows_reset(&just_read), table[_i].row);
	tear_down();
	text_free(&text);
}
END_TEST

/* That TLS is offloaded is not the reason of plain HTTP where it is not. */
START_TEST(plain_http)
{
	static const struct {
		int use_https, applied; /* DUMPS_NONE: not told */
		int64_t age;
		const struct cause_row *row;
	} table[] = {
	    {1, 1, 0, &causes_plain_though_https},
	    {1, DUMPS_NONE, 0, &causes_plain_though_https},
	    {1, 0, 0, NULL},
	    {0, 0, 0, NULL},
	    {DUMPS_NONE, 1, 0, NULL},
	    {1, 1, 93601, NULL},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.use_https = table[_i].use_https;
	scene.applied_https = table[_i].applied;
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	set_up(0);
	read_text(&text);
	dump.collected = DATE - table[_i].age;
	ck_assert_ptr_eq(windows_plaintext(&just_read), table[_i].row);
	tear_down();
	text_free(&text);
}
END_TEST

/* With TLS offloaded the certificate on the server's own port 443 tells nothing of the balancer's,
 * and is nothing to set the hash to. */
START_TEST(offloaded_but_asked_itself)
{
	static const struct {
		const char *host;
		const char *bound, *sha256; /* SHA-1 of an entry; the offload hash */
		bool found;                 /* the address is one of the name's */
		const char *causes, *praise;
	} table[] = {
	    {"rras1", X1, Y2, false, "windows.not-comparable", ""},
	    {"rras1", X1, X2, false, "windows.not-comparable", ""},
	    {"rras1", X1, NULL, false, "windows.sha256-missing windows.not-comparable", ""},
	    {"rras1", Y1, Y2, false, "windows.offload-hash-stale", ""},
	    {"rras1", Y1, X2, false, "", ", the one of the offload hash"},
	    {VPN, X1, Y2, false, "windows.offload-hash-stale", ""},
	    {VPN, X1, X2, false, "", ", the one of the offload hash"},
	    {"203.0.113.10", X1, Y2, true, "windows.offload-hash-stale", ""},
	};
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;
	struct windows windows;

	dumps_healthy(&scene, table[_i].bound, table[_i].sha256);
	scene.sha1 = NULL;
	scene.use_https = scene.applied_https = 0;
	scene.applied_port = 80;
	scene.by_admin = 1;
	add_scene(&text, &scene, DUMPS_NETSH_2022, DUMPS_GERMAN, DUMPS_CODE_PAGE);
	set_up('x');
	free(facts.host);
	facts.host = strdup(table[_i].host);
	facts.address_found = table[_i].found;
	read_text(&text);
	windows = judge();
	expect_causes(table[_i].causes, table[_i].host);
	for (size_t i = 0; i < verdict.findings_count; i++)
		ck_assert(verdict.findings[i].steps == NULL ||
		          strcmp(table[_i].host, "rras1") != 0 || strcmp(table[_i].bound, X1) != 0);
	ck_assert_str_eq(boundpraise_say(&windows), table[_i].praise);
	tear_down();
	text_free(&text);

	/* With a list that may lack the hash nothing is compared. */
	set_up('x');
	text_add(&text, "HKLM\\SYSTEM\\SstpSvc\\Parameters\n    UseHttps    REG_DWORD    0x0\n\n");
	read_text(&text);
	ck_assert(!dump.sstp.whole);
	judge();
	expect_causes("windows.not-comparable", "a part");
	ck_assert_str_eq(
	    verdict.findings[0].summary, "not comparable: the hash SSTP trusts was not collected");
	ck_assert_str_eq(verdict.findings[0].remedy, "add reg query of the key of SstpSvc");
	tear_down();
	text_free(&text);
}
END_TEST

/* What cannot be judged, or contradicts itself, is not judged, and not praised either. */
START_TEST(what_is_not_judged_is_not_praised)
{
	struct text text = TEXT_EMPTY;
	struct dumps_scene scene;
	struct windows windows;

	dumps_healthy(&scene, X1, X2);
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
	set_up('x');
	read_text(&text);
	windows = judge();
	ck_assert_str_eq(boundpraise_say(&windows), ", bound in HTTP.sys and trusted by SSTP");
	dump.contradicts = true;
	ck_assert_str_eq(boundpraise_say(&windows), "");
	dump.contradicts = false;
	strcpy(dump.trouble, "is of two servers");
	ck_assert_str_eq(boundpraise_say(&windows), "");
	tear_down();
	text_free(&text);
}
END_TEST

/* What cannot be read is never green, and says why. */
START_TEST(unreadable)
{
	static const struct {
		const char *chars, *summary;
	} table[] = {
	    {"", "rras1.txt is empty"},
	    {"nothing of the kind\n", "rras1.txt holds neither bindings nor values of SSTP"},
	    {"\x01\x02\xFF\xFE\x03", "rras1.txt holds neither bindings nor values of SSTP"},
	    {"a : 0.0.0.0:443\n", "rras1.txt is cut short"},
	    {"a : 0.0.0.0:443\nb : " X1 "\na : 0.0.0.0:443\nb : " Y1 "\nc : " IIS "\n",
	        "rras1.txt gives two values for one thing"},
	    {"a : 0.0.0.0:443\nb : a1b2c3d4e5f60718293a4b5c6d7e8f900112233\nc : " IIS "\n",
	        "rras1.txt has no whole hash for 0.0.0.0:443"},
	    {"a : [::]:443\nb : a1b2c3d4e5f60718293a4b5c6d7e8f9001122334aa\nc : " IIS "\n",
	        "rras1.txt has no whole hash for [::]:443"},
	    {"{\"computer\": \"RRAS1\", \"bindings\": [{\"endpoint\": \"0.0.0.0:443\", \"hash\": \"" X1
	     "\"}]}\n{\"computer\": \"RRAS2\", \"bindings\": []}\n",
	        "rras1.txt is of two servers"},
	    {"HKLM\\SYSTEM\\SstpSvc\\Parameters\n    SHA256CertificateHash    REG_BINARY    " X1
	     "0\n\n",
	        "rras1.txt has no whole hash for SHA256CertificateHash"},
	    {"{\"sstp\": {\"SHA256CertificateHash\": \"" X2 "\", \"SHA1CertificateHash\": "
	     "\"a1b2c3d\"}}",
	        "rras1.txt has no whole hash for SHA1CertificateHash"},
	};
	struct text text = TEXT_EMPTY;

	set_up('x');
	text_add(&text, table[_i].chars);
	read_text(&text);
	judge();
	ck_assert_uint_ge(verdict.findings_count, 1);
	ck_assert(verdict.state != STATE_OK);
	for (size_t i = 0; i < verdict.findings_count; i++)
		if (verdict.findings[i].cause == CAUSE_WINDOWS_UNREADABLE) {
			ck_assert_str_eq(verdict.findings[i].summary, table[_i].summary);
			tear_down();
			text_free(&text);
			return;
		}
	ck_abort_msg("%s", verdict.findings[0].summary);
}
END_TEST

START_TEST(trouble)
{
	struct text text = TEXT_EMPTY;

	set_up('x');
	add_scene(&text, &rows[0].scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
	read_text(&text);
	dump.crowded = true;
	judge();
	expect_causes("windows.unreadable", "");
	ck_assert_str_eq(
	    verdict.findings[0].summary, "rras1.txt holds more entries than can be kept");
	tear_down();
	text_free(&text);

	set_up('x');
	strcpy(dump.trouble, "cannot be read: No such file or directory");
	judge();
	expect_causes("windows.unreadable", "");
	ck_assert_str_eq(
	    verdict.findings[0].summary, "rras1.txt cannot be read: No such file or directory");
	tear_down();
}
END_TEST

/* Old or from the future: not judged at all. */
START_TEST(stale)
{
	static const struct {
		int64_t age;
		const char *summary;
	} table[] = {
	    {0, NULL},
	    {93600, NULL},
	    {-3600, NULL},
	    {93601, "rras1.txt was collected 26 h ago, the limit is 26 h"},
	    {2592000, "rras1.txt was collected 30 d ago, the limit is 26 h"},
	    {-3601, "rras1.txt was collected 60 min in the future, the limit is 26 h"},
	};
	struct dumps_scene scene;
	struct text text = TEXT_EMPTY;

	dumps_healthy(&scene, Y1, X2);
	scene.sha1 = NULL;
	dumps_add(&text, &scene, DUMPS_REG_EXPORT, DUMPS_ENGLISH, DUMPS_UTF16);
	set_up('y');
	read_text(&text);
	dump.collected = DATE - table[_i].age;
	judge();
	expect_causes(table[_i].summary != NULL ? "windows.stale" : "windows.hash-mismatch", "");
	if (table[_i].summary != NULL)
		ck_assert_str_eq(verdict.findings[0].summary, table[_i].summary);
	tear_down();
	text_free(&text);
}
END_TEST

/* A cause that --state takes as OK leaves no steps on another. */
START_TEST(steps_belong_to_their_finding)
{
	struct dumps_scene scene;
	struct text text = TEXT_EMPTY;

	dumps_healthy(&scene, X1, X2);
	scene.applied_https = 0;
	scene.entries[0].owner = scene.entries[1].owner = IIS;
	dumps_add(&text, &scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF16_BARE);
	set_up('x');
	ck_assert_ptr_null(policy_override(&policy, "windows.iis-owner=ok"));
	read_text(&text);
	judge();
	expect_causes("windows.half-reverted", "");
	ck_assert_ptr_nonnull(strstr(verdict.findings[0].steps, "Restart-Service"));
	ck_assert_ptr_null(strstr(verdict.findings[0].steps, "iisreset"));
	tear_down();
	text_free(&text);
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, every_sickness_in_every_shape, rows);
	tcase_add_test(tests, a_certificate_of_the_dump_compares);
	tcase_add_loop_test(tests, what_the_wire_clears, 0, 37);
	tcase_add_loop_test(tests, names_were_not_collected, 0, 8);
	tcase_add_loop_test(tests, what_explains, 0, 2);
	tcase_add_loop_test(tests, what_a_site_shows, 0, 9);
	tcase_add_loop_test(tests, what_cannot_have_answered, 0, 4);
	tcase_add_test(tests, parts);
	tcase_add_test(tests, a_file_and_nothing_to_compare);
	tcase_add_loop_test(tests, the_port, 0, 8);
	tcase_add_loop_test(tests, the_port_of_another, 0, 2);
	tcase_add_loop_test(tests, issued_since, 0, 3);
	tcase_add_loop_test(tests, what_was_cut_off_is_not_missing, 0, 5);
	tcase_add_test(tests, an_entry_that_is_not_listed);
	tcase_add_test(tests, a_port_that_is_not_listed);
	tcase_add_loop_test(tests, unreadable, 0, 10);
	tcase_add_loop_test(tests, a_reset, 0, 9);
	tcase_add_loop_test(tests, a_reset_that_is_meant, 0, 4);
	tcase_add_loop_test(tests, a_reset_without_the_certificate, 0, 7);
	tcase_add_loop_test(tests, plain_http, 0, 6);
	tcase_add_loop_test(tests, offloaded_but_asked_itself, 0, 8);
	tcase_add_test(tests, what_is_not_judged_is_not_praised);
	tcase_add_test(tests, trouble);
	tcase_add_loop_test(tests, stale, 0, 6);
	tcase_add_test(tests, steps_belong_to_their_finding);
}

int
main(void)
{
	return unit_run("verdict/windows", list);
}
