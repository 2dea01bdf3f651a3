#include "verdict/causes.h"

#include <string.h>

#include "verdict/causes_rows.h"

static const struct {
	const struct cause_row *rows;
	const size_t *count;
} parts[] = {
    {causes_net_rows, &causes_net_count},
    {causes_pool_rows, &causes_pool_count},
    {causes_tls_rows, &causes_tls_count},
    {causes_cert_rows, &causes_cert_count},
    {causes_http_rows, &causes_http_count},
    {causes_call_rows, &causes_call_count},
    {causes_logon_rows, &causes_logon_count},
    {causes_tunnel_rows, &causes_tunnel_count},
    {causes_windows_rows, &causes_windows_count},
};

const struct cause_row causes_dead_member = {
    .name = "",
    .state = STATE_WARNING,
    .summary = "{address} {symptom}, {dead} of {count} addresses dead, {other} answers",
    .remedy = "repair it or drop it from DNS",
};

const struct cause_row causes_ldap_only = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "{which} names its CRL by ldap only, of no use outside the domain",
    .remedy = "add one over http",
};

const struct cause_row causes_no_issuer = {
    .name = "",
    .state = STATE_UNKNOWN,
    .summary = "revocation of {which} not looked up: its issuer is neither sent nor known here",
    .remedy = "have the server send it, or --ca-file",
};

const struct cause_row causes_path_cut = {
    .name = "",
    .state = STATE_UNKNOWN,
    .summary = "revocation above {which} not looked up, which is number {count} of its chain",
    .remedy = "look at it by other means",
};

const struct cause_row causes_no_next_update = {
    .name = "",
    .state = STATE_WARNING,
    .summary = "{source} is {age} old and names no next update",
    .remedy = "publish a new one, look at the CA service",
};

const struct cause_row causes_key_off = {
    .name = "",
    .state = STATE_WARNING,
    .summary = "certificate key {key} that Windows has off ({kind})",
    .remedy = "issue it with RSA 2048 or ECDSA P-256",
};

const struct cause_row causes_key_usage = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "key usage of the certificate forbids TLS servers",
    .remedy = "issue it with digitalSignature and without nsCertType",
};

const struct cause_row causes_file_differs = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "the file holds certificate {shown}.., Windows has another on {port}",
    .remedy = "assign it in RRAS, or give the file of the one in use",
};

const struct cause_row causes_other_port = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "SSTP is on port {port}, the wire shows {endpoint} (owner {owner})",
    .remedy = "lead clients to that port, or look there with -p {port}",
};

const struct cause_row causes_none_but_shown = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "HTTP.sys has no certificate for {port}, but the wire shows {shown}..",
    .remedy = "find what answers there, or collect anew on that very server",
};

const struct cause_row causes_reset_though_bound = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "TLS reset, though a certificate is bound on {port}",
    .remedy =
        "see whether the store has it with its key, HttpEvent 15021, and Reject Connections in netsh",
};

const struct cause_row causes_reset_unstocked = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "TLS reset, the certificate bound on {port} is gone from its store",
    .remedy = "assign another in RRAS, or import that one with its key",
};

const struct cause_row causes_reset_rejected = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "TLS reset, the entry for {port} is set to reject connections",
    .remedy = "netsh http update sslcert with reject=disable",
};

const struct cause_row causes_reset_offloaded = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "TLS reset, but that server has TLS offloaded",
    .remedy = "ask the balancer and not the server, see what is bound there",
};

const struct cause_row causes_plain_though_https = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "plain HTTP on {port} where TLS is expected, though UseHttps is 1",
    .remedy = "find what answers there, HTTP.sys or something before it",
};

const struct cause_row causes_refused_elsewhere = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "{address} refuses port {port}, SSTP listens on {listener}",
    .remedy = "lead clients and balancer there, or set ListenerPort back",
};

const struct cause_row causes_refused_offloaded = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "{address} refuses port {port}, that server has TLS offloaded",
    .remedy = "ask the balancer or see that it listens",
};

const struct cause_row causes_no_policy = {
    .name = "",
    .state = STATE_CRITICAL,
    .summary = "logon rejected ({code}), no network policy allows it{until}",
    .remedy = "allow the method in an NPS policy",
};

const struct cause_row causes_some_lost = {
    .name = "",
    .state = STATE_WARNING,
    .summary = "{lost} of {sent} echoes to {pinged} lost in the tunnel",
    .remedy = "check the path behind the server",
};

#define PARTS (sizeof parts / sizeof parts[0])

/* Every cause has its row, which a unit test sees to. */
const struct cause_row *
causes_row(enum cause cause)
{
	static const struct cause_row none = {
	    .cause = CAUSES, .name = "", .summary = "", .remedy = "", .explanation = ""};

	for (size_t i = 0; i < PARTS; i++)
		for (size_t j = 0; j < *parts[i].count; j++)
			if (parts[i].rows[j].cause == cause)
				return &parts[i].rows[j];
	return &none;
}

struct cause_row
causes_row_at(enum cause cause, size_t depth)
{
	struct cause_row row = *causes_row(cause);

	if (depth > 0 && row.above != NULL)
		row.remedy = row.above;
	return row;
}

enum cause
causes_find(const char *name)
{
	for (int cause = 0; cause < CAUSES; cause++)
		if (strcmp(causes_row(cause)->name, name) == 0)
			return cause;
	return CAUSES;
}

bool
causes_in_layer(enum cause cause, const char *layer)
{
	const char *name = causes_row(cause)->name;
	size_t length = strlen(layer);

	return strncmp(name, layer, length) == 0 && name[length] == '.';
}

bool
causes_is_layer(const char *layer)
{
	for (int cause = 0; cause < CAUSES; cause++)
		if (causes_in_layer(cause, layer))
			return true;
	return false;
}
