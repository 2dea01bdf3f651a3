/* Each way in which the bindings of a server may be wrong, told in every shape, language and
 * encoding. */
#include "verdict/windows.h"

#include <string.h>

#include "unit/unit.h"
#include "unit/verdict/server.h"

#define X1 SERVER_X1
#define Y1 SERVER_Y1
#define X2 SERVER_X2
#define Y2 SERVER_Y2

#define SSTP         DUMP_OWNER_SSTP
#define IIS          DUMP_OWNER_IIS
#define DIRECTACCESS DUMP_OWNER_IPHTTPS
#define SCRIPT       SERVER_SCRIPT

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

static void
expect_words(size_t row)
{
	const struct finding *first = server.verdict.findings;

	if (rows[row].summary != NULL)
		ck_assert_str_eq(first->summary, rows[row].summary);
	if (rows[row].remedy != NULL)
		ck_assert_str_eq(first->remedy, rows[row].remedy);
	if (rows[row].steps != NULL)
		ck_assert_str_eq(first->steps != NULL ? first->steps : "", rows[row].steps);
}

/* A sickness has the same verdict however it is told: labels, language and encoding are nothing. */
START_TEST(every_sickness_in_every_shape)
{
	for (int shape = 0; shape < DUMPS_SHAPES; shape++)
		for (int language = 0; language < DUMPS_LANGUAGES; language++)
			for (int encoding = 0; encoding < DUMPS_UTF16_OTHER; encoding++) {
				server_begin(rows[_i].shown);
				server_tell_whole(&rows[_i].scene, shape, language, encoding);
				server_judge();
				server_expect(rows[_i].causes, rows[_i].name);
				if (server.verdict.findings_count > 0)
					expect_words((size_t)_i);
				server_end();
			}
}
END_TEST

/* A cause that --state takes as OK leaves no steps on another. */
START_TEST(steps_belong_to_their_finding)
{
	struct dumps_scene scene;

	dumps_healthy(&scene, X1, X2);
	scene.applied_https = 0;
	scene.entries[0].owner = scene.entries[1].owner = IIS;
	server_begin('x');
	ck_assert_ptr_null(policy_override(&server.policy, "windows.iis-owner=ok"));
	server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF16_BARE);
	server_judge();
	server_expect("windows.half-reverted", "");
	ck_assert_ptr_nonnull(strstr(server.verdict.findings[0].steps, "Restart-Service"));
	ck_assert_ptr_null(strstr(server.verdict.findings[0].steps, "iisreset"));
	server_end();
}
END_TEST

static void
list(TCase *tests)
{
	unit_add_rows(tests, every_sickness_in_every_shape, rows);
	tcase_add_test(tests, steps_belong_to_their_finding);
}

int
main(void)
{
	return unit_run("verdict/windows", list);
}
