#include "shared_options.h"

#include <string.h>

#include "base/number.h"
#include "shared.h"

#define TIMEOUT_MAX 86400 /* seconds */

static const char *
store_hostname(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	const char *problem = endpoint_refusal(
	    endpoint_read_host(value, &shared->host), "a host name or an address, without a port");

	(void)detail;
	shared->has_host = problem == NULL;
	return problem;
}

static const char *
store_address(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	const char *problem;

	(void)detail;
	if (shared->addresses_count == SHARED_ADDRESSES_MAX)
		return "at most 64 addresses in all";
	problem =
	    endpoint_refusal(endpoint_read_host(value, &shared->addresses[shared->addresses_count]),
	        "an address or a host name, without a port");
	if (problem == NULL)
		shared->addresses_count++;
	return problem;
}

static const char *
store_port(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	long port;

	(void)detail;
	if (!number_whole(value, 1, 65535, &port))
		return "a number from 1 to 65535";
	shared->port = (uint16_t)port;
	return NULL;
}

static const char *
store_family(void *config, const char *value, int detail)
{
	struct shared *shared = config;

	(void)value;
	if (shared->family_given && shared->family != (enum plan_family)detail)
		return "one family: --ipv4 and --ipv6 exclude each other";
	shared->family = (enum plan_family)detail;
	shared->family_given = true;
	return NULL;
}

static const char *
store_source(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	static const char takes[] = "an address of this host in figures";
	struct endpoint endpoint;
	const char *problem = endpoint_refusal(endpoint_read_host(value, &endpoint), takes);

	(void)detail;
	if (problem != NULL || endpoint.kind == ENDPOINT_NAME)
		return problem != NULL ? problem : takes;
	shared->run.source = value;
	return NULL;
}

static const char *
store_timeout(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	double seconds;

	(void)detail;
	if (!number_decimal(value, &seconds) || !(seconds > 0) || seconds > TIMEOUT_MAX)
		return "seconds above 0, decimals allowed, at most 86400";
	shared->timeout = seconds;
	return NULL;
}

static const char *
store_timeout_result(void *config, const char *value, int detail)
{
	struct shared *shared = config;

	(void)detail;
	if (!state_read(value, &shared->policy.timeout_result))
		return "ok, warning, critical or unknown";
	shared->policy.timeout_result_set = true;
	return NULL;
}

static const char *
store_state(void *config, const char *value, int detail)
{
	(void)detail;
	return policy_override(&((struct shared *)config)->policy, value);
}

static const char *
store_plain(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct shared *)config)->plain = true;
	return NULL;
}

static const char *
store_sni(void *config, const char *value, int detail)
{
	struct shared *shared = config;
	static const char takes[] = "a host name; for none give --no-sni";
	struct endpoint endpoint;
	const char *problem = endpoint_refusal(endpoint_read_host(value, &endpoint), takes);

	(void)detail;
	if (problem != NULL || endpoint.kind != ENDPOINT_NAME)
		return problem != NULL ? problem : takes;
	shared->sni = value;
	shared->no_sni = false;
	return NULL;
}

static const char *
store_no_sni(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct shared *)config)->no_sni = true;
	return NULL;
}

/* Visible ASCII alone: nothing may end a line of the request or be cut from it. */
static bool
is_visible(const char *chars)
{
	for (; *chars != '\0'; chars++)
		if (*chars <= ' ' || *chars > '~')
			return false;
	return true;
}

static const char *
store_host_header(void *config, const char *value, int detail)
{
	(void)detail;
	if (!is_visible(value))
		return "a host name or nothing, without blanks";
	((struct shared *)config)->host_header = value;
	return NULL;
}

static const char *
store_uri(void *config, const char *value, int detail)
{
	(void)detail;
	if (value[0] != '/' || !is_visible(value))
		return "a path that begins with / and holds no blanks";
	((struct shared *)config)->uri = value;
	return NULL;
}

static const char *
store_method(void *config, const char *value, int detail)
{
	(void)detail;
	if (strcmp(value, "HEAD") != 0 && strcmp(value, "GET") != 0)
		return "HEAD or GET";
	((struct shared *)config)->method = value;
	return NULL;
}

static const char *
store_ca_file(void *config, const char *value, int detail)
{
	(void)detail;
	((struct shared *)config)->run.ca_file = value;
	return NULL;
}

static const char *
store_ca_path(void *config, const char *value, int detail)
{
	(void)detail;
	((struct shared *)config)->run.ca_path = value;
	return NULL;
}

/* DETAIL: 0 for the lowest version, 1 for the highest. */
static const char *
store_tls_version(void *config, const char *value, int detail)
{
	struct plan_run *run = &((struct shared *)config)->run;
	long minor;

	if (strlen(value) != 3 || strncmp(value, "1.", 2) != 0 ||
	    !number_whole(value + 2, 0, 3, &minor))
		return "1.0, 1.1, 1.2 or 1.3";
	*(detail == 0 ? &run->version_min : &run->version_max) = 0x0301 + (int)minor;
	return NULL;
}

static const char *
store_security_level(void *config, const char *value, int detail)
{
	long level;

	(void)detail;
	if (!number_whole(value, 0, 5, &level))
		return "a number from 0 to 5";
	((struct shared *)config)->run.security_level = (int)level;
	return NULL;
}

static const char *
store_legacy_renegotiation(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct shared *)config)->run.legacy_renegotiation = true;
	return NULL;
}

static const char *
store_output(void *config, const char *value, int detail)
{
	(void)detail;
	return report_read_format(value, &((struct shared *)config)->format) ? NULL
	                                                                     : report_formats;
}

static const char *
store_verbose(void *config, const char *value, int detail)
{
	struct shared *shared = config;

	(void)value;
	(void)detail;
	if (shared->verbosity < 3)
		shared->verbosity++;
	return NULL;
}

const char *
shared_options_store_thumbprint(void *config, const char *value, int detail)
{
	(void)detail;
	return policy_thumbprint(&((struct shared *)config)->policy, value, strlen(value));
}

static const struct options_row target_rows[] = {
    {.letter = 'H',
        .name = "hostname",
        .argument = "NAME",
        .help =
            "name that clients dial: looked up, sent to the server, and expected in the certificate; an address here means that no name is checked",
        .store = store_hostname},
    {.letter = 'I',
        .name = "address",
        .argument = "ADDR",
        .help = "connect to this address or name instead; may be repeated, each is then checked",
        .store = store_address},
    {.name = "IP-address", .alias = true},
    {.letter = 'p',
        .name = "port",
        .argument = "N",
        .help = "port, default 443",
        .store = store_port},
    {.letter = '4',
        .name = "ipv4",
        .help = "use IPv4 alone",
        .store = store_family,
        .detail = PLAN_IPV4},
    {.letter = '6',
        .name = "ipv6",
        .help = "use IPv6 alone",
        .store = store_family,
        .detail = PLAN_IPV6},
    {.name = "source",
        .argument = "ADDR",
        .help = "connect from this local address",
        .store = store_source},
    {.letter = 't',
        .name = "timeout",
        .argument = "SECONDS",
        .help =
            "limit of the whole run, default 10, or 30 where a tunnel is tried; decimals allowed",
        .store = store_timeout},
    {.name = "timeout-result",
        .argument = "STATE",
        .help = "state of a check whose time runs out, default critical",
        .store = store_timeout_result},
    {.name = "state",
        .argument = "CAUSE=STATE",
        .help =
            "state of a cause, such as cert.untrusted-root=critical, or of a layer, such as cert=warning; may be repeated",
        .store = store_state},
};

static const struct options_row http_rows[] = {
    {.name = "plain",
        .help =
            "speak HTTP without TLS, by default on port 80: a server whose TLS is offloaded to a balancer",
        .store = store_plain},
    {.name = "host-header",
        .argument = "NAME",
        .help = "Host header instead of -H; empty for none",
        .store = store_host_header},
    {.letter = 'u',
        .name = "uri",
        .argument = "PATH",
        .help = "path to ask for instead of SSTP's own",
        .store = store_uri},
    {.letter = 'j',
        .name = "method",
        .argument = "HEAD|GET",
        .help = "request method, default HEAD",
        .store = store_method},
};

static const struct options_row tls_rows[] = {
    {.name = "sni",
        .argument = "NAME",
        .help = "server name to send in the TLS handshake instead of -H",
        .store = store_sni},
    {.name = "no-sni",
        .help = "send none, as many balancers' own monitors do",
        .store = store_no_sni},
    {.name = "ca-file",
        .argument = "FILE",
        .help = "trust the certificates in this PEM file instead of the system's",
        .store = store_ca_file},
    {.name = "ca-path",
        .argument = "DIR",
        .help =
            "trust those in this directory, prepared by openssl rehash, instead of the system's",
        .store = store_ca_path},
    {.name = "tls-min",
        .argument = "VERSION",
        .help = "lowest TLS version to offer: 1.0, 1.1, 1.2, 1.3",
        .store = store_tls_version,
        .detail = 0},
    {.name = "tls-max",
        .argument = "VERSION",
        .help = "highest TLS version to offer",
        .store = store_tls_version,
        .detail = 1},
    {.name = "security-level",
        .argument = "N",
        .help = "OpenSSL security level, 0 to 5, instead of the system's",
        .store = store_security_level},
    {.name = "legacy-renegotiation",
        .help = "accept servers that do not know secure renegotiation (RFC 5746)",
        .store = store_legacy_renegotiation},
};

static const struct options_row output_rows[] = {
    {.letter = 'o',
        .name = "output",
        .argument = "FORMAT",
        .help =
            "text (default), json, prometheus, zabbix-lld (the targets, for discovery), or lb for the health scripts of balancers: exit 0 for OK and WARNING, 1 for CRITICAL and UNKNOWN, certificate findings not counted",
        .store = store_output},
    {.letter = 'v',
        .name = "verbose",
        .help = "say more below the first line; up to three times, which traces each message",
        .store = store_verbose},
};

#define ROWS(array) (array), sizeof(array) / sizeof(array)[0]

const struct options_group shared_options_target = {"What to check", ROWS(target_rows)};
const struct options_group shared_options_http = {"How to speak HTTP to it", ROWS(http_rows)};
const struct options_group shared_options_tls = {"How to speak TLS to it", ROWS(tls_rows)};
const struct options_group shared_options_output = {"What to print", ROWS(output_rows)};
