/* Rows for logons by EAP: servers that never come to one, and options that cannot be used. Logons
 * that are judged have real servers in tests/peers. */
#include <stddef.h>

#include "rows.h"

#define SECRET "SSTP_PASSWORD=clientPass MP_STATE_PATH={scratch}/state"
#define ME     "{vpn} -l User --backoff 0 --level auth "
#define MSCHAP ME "--auth-method eap-mschapv2"
#define SERVER "--eap-ca-file {scratch}/nps-ca.pem --eap-server-name nps.example.com"
#define PEAP   ME "--auth-method peap-mschapv2 " SERVER
#define TLS    "-H vpn.example.com -l User --level auth --auth-method eap-tls " SERVER " --eap-cert "

#define NO_SENSE "the server sends makes no sense here*[auth.eap-failure]"

/* clang-format off */
static const struct row rows[] = {
            /* ---- servers that know no end ---- */
            {"auth.eap-failure, the identity for ever", "auth=eap,eap=identities", MSCHAP, CRITICAL,
                "auth.eap-failure",
                "SSTP CRITICAL - vpn.example.com: logon by * fails, what " NO_SENSE, SECRET},
            {"auth.eap-failure, method after method", "auth=eap,eap=methods", MSCHAP, CRITICAL,
                "auth.eap-failure",
                "SSTP CRITICAL - vpn.example.com: logon by * fails, what " NO_SENSE, SECRET},
            {"auth.eap-failure, another method in its midst", "auth=eap,eap=changes", PEAP,
                CRITICAL, "auth.eap-failure",
                "SSTP CRITICAL - vpn.example.com: logon by * fails, what " NO_SENSE, SECRET},
            {"auth.eap-failure, 4 GB to come", "auth=eap,eap=claims", PEAP, CRITICAL,
                "auth.eap-failure",
                "SSTP CRITICAL - vpn.example.com: logon by * fails, what " NO_SENSE, SECRET},
            {"auth.eap-failure, fragments of a byte", "auth=eap,eap=crumbs", PEAP, CRITICAL,
                "auth.eap-failure",
                "SSTP CRITICAL - vpn.example.com: logon by * fails, what " NO_SENSE, SECRET},
            {"auth.eap-no-method", "auth=eap,eap=other", MSCHAP, CRITICAL, "auth.eap-no-method",
                "SSTP CRITICAL - vpn.example.com: *EAP-TTLS*[auth.eap-no-method]", SECRET},
            {"auth.eap-no-method, PPP ended instead, as Windows", "auth=eap,eap=other,ras-error=812",
                MSCHAP, CRITICAL, "auth.eap-no-method",
                "SSTP CRITICAL - vpn.example.com: *EAP-TTLS*[auth.eap-no-method]", SECRET},
            {"auth.silent, behind the identity", "auth=eap", MSCHAP " -t 2", CRITICAL,
                "auth.silent", "SSTP CRITICAL - *", SECRET},

            /* ---- usage ---- */
            {"usage: no authority of the server inside EAP", NULL,
                "-H vpn.example.com -l User --level auth --auth-method peap-mschapv2 --eap-server-name nps.example.com",
                UNKNOWN, NULL, "SSTP UNKNOWN - EAP-TLS and PEAP take --eap-ca-file and --eap-server-name: *",
                SECRET},
            {"usage: no name of the server inside EAP", NULL,
                "-H vpn.example.com -l User --level auth --auth-method peap-mschapv2 --eap-ca-file {scratch}/nps-ca.pem",
                UNKNOWN, NULL, "SSTP UNKNOWN - EAP-TLS and PEAP take --eap-ca-file and --eap-server-name: *",
                SECRET},
            {"usage: an authority that is none", NULL,
                "-H vpn.example.com -l User --level auth --auth-method peap-mschapv2 --eap-server-name nps.example.com --eap-ca-file {scratch}/none",
                UNKNOWN, NULL, "SSTP UNKNOWN - --eap-ca-file takes a PEM file with certificates",
                SECRET},
            {"usage: the lifetime of a certificate that is not looked at", NULL,
                "-H vpn.example.com --eap-expiry 30d " SERVER, UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-expiry takes --level auth, tunnel or ping", SECRET},
            {"usage: the lifetime of a certificate that is not shown", NULL,
                "-H vpn.example.com -l User --level auth --eap-expiry 30d", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-expiry takes a logon by EAP-TLS or PEAP, with --eap-ca-file",
                SECRET},
            {"usage: EAP-TLS without a certificate", NULL,
                "-H vpn.example.com -l User --level auth --auth-method eap-tls " SERVER, UNKNOWN,
                NULL, "SSTP UNKNOWN - --auth-method eap-tls and peap-tls take --eap-cert"},
            {"usage: a key without a certificate", NULL,
                "-H vpn.example.com -l User --level auth --auth-method peap-mschapv2 " SERVER
                " --eap-key {scratch}/client.key",
                UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-key and --eap-passphrase-file take --eap-cert beside them",
                SECRET},
            {"usage: no such certificate", NULL, TLS "{scratch}/nothing", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes a file with a certificate, PEM or PKCS#12"},
            {"usage: a certificate that is none", NULL, TLS "{scratch}/none", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes a file with a certificate, PEM or PKCS#12"},
            {"usage: a certificate without its key", NULL, TLS "{scratch}/client.crt", UNKNOWN,
                NULL, "SSTP UNKNOWN - --eap-cert holds no private key that can be read: *"},
            {"usage: no such key", NULL, TLS "{scratch}/client.crt --eap-key {scratch}/nothing",
                UNKNOWN, NULL, "SSTP UNKNOWN - --eap-key takes a file with the private key *"},
            {"usage: a key that is none", NULL,
                TLS "{scratch}/client.crt --eap-key {scratch}/none", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-key takes a file with the private key *"},
            {"usage: the key of another", NULL,
                TLS "{scratch}/client.crt --eap-key {scratch}/other.key", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-key takes the private key of --eap-cert, and this one belongs to another"},
            {"usage: no passphrase", NULL,
                TLS "{scratch}/client.crt --eap-key {scratch}/locked.key", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-key takes a file with the private key *"},
            {"usage: a wrong passphrase", NULL,
                TLS "{scratch}/client.crt --eap-key {scratch}/locked.key --eap-passphrase-file {scratch}/pins",
                UNKNOWN, NULL, "SSTP UNKNOWN - --eap-key takes a file with the private key *"},
            {"usage: a wrong passphrase of PKCS 12", NULL,
                TLS "{scratch}/locked.p12 --eap-passphrase-file {scratch}/pins", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert: the PKCS#12 file does not open with this passphrase"},
            {"usage: PKCS 12 without a MAC", NULL,
                TLS "{scratch}/no-mac.p12 --eap-passphrase-file {scratch}/passphrase", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes PKCS#12 with a MAC: export it anew, without -nomac"},
            {"usage: no file with the passphrase", NULL,
                TLS "{scratch}/locked.p12 --eap-passphrase-file {scratch}/nothing", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-passphrase-file takes a file whose first line is the passphrase"},
            {"usage: a file without a passphrase", NULL,
                TLS "{scratch}/locked.p12 --eap-passphrase-file {scratch}/none", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-passphrase-file takes a file whose first line is the passphrase"},
            {"usage: a certificate of the past", NULL, TLS "{scratch}/past.pem", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes a certificate that is valid, and this one has expired"},
            {"usage: a certificate of the future", NULL, TLS "{scratch}/future.pem", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes a certificate that is valid, and this one is not yet"},
            {"usage: a certificate for servers", NULL, TLS "{scratch}/server.pem", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-cert takes a certificate for clients (extended key usage clientAuth)"},
            {"usage: a version of TLS that is none", NULL,
                TLS "{scratch}/client.pem --eap-tls-max 1.4", UNKNOWN, NULL,
                "SSTP UNKNOWN - --eap-tls-max takes 1.2 or 1.3"},
            {"usage: keys of EAP-MSCHAPv2 that are none", NULL,
                "-H vpn.example.com -l User --level auth --auth-method eap-mschapv2 --eap-mschapv2-hlak half",
                UNKNOWN, NULL, "SSTP UNKNOWN - --eap-mschapv2-hlak takes msk or zero", SECRET},
            {"a certificate that a passphrase opens", "auth=eap,eap=other",
                "{vpn} -l User --backoff 0 --level auth --auth-method eap-tls " SERVER
                " --eap-cert {scratch}/locked.p12 --eap-passphrase-file {scratch}/passphrase",
                CRITICAL, "auth.eap-no-method",
                "SSTP CRITICAL - vpn.example.com: *EAP-TTLS*[auth.eap-no-method]", SECRET},
            {"a certificate that a passphrase of Notepad opens", "auth=eap,eap=other",
                "{vpn} -l User --backoff 0 --level auth --auth-method eap-tls " SERVER
                " --eap-cert {scratch}/locked.p12 --eap-passphrase-file {scratch}/notepad",
                CRITICAL, "auth.eap-no-method",
                "SSTP CRITICAL - vpn.example.com: *EAP-TTLS*[auth.eap-no-method]", SECRET},
};
/* clang-format on */

const struct rows_table rows_eap = {"check_sstp", rows, sizeof rows / sizeof rows[0]};
