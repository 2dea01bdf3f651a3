#include "config.h"

#include "cert_options.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "facts/revocation.h"
#include "shared_options.h"

#define CRL_MAX_MOST (1 << 30)

static struct policy_certificate *
policy_of(void *config)
{
	return &((struct cert_options *)config)->shared.policy.certificate;
}

static const char *
store_warning(void *config, const char *value, int detail)
{
	(void)detail;
	policy_of(config)->warning_given = true;
	return lifetime_read(value, &policy_of(config)->warning) ? NULL : lifetime_takes;
}

static const char *
store_critical(void *config, const char *value, int detail)
{
	(void)detail;
	policy_of(config)->critical_given = true;
	return lifetime_read(value, &policy_of(config)->critical) ? NULL : lifetime_takes;
}

static const char *
store_scope(void *config, const char *value, int detail)
{
	static const char *const scopes[] = {
	    [POLICY_SCOPE_VERIFIED] = "verified",
	    [POLICY_SCOPE_SENT] = "sent",
	    [POLICY_SCOPE_LEAF] = "leaf",
	};

	(void)detail;
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		if (strcmp(value, scopes[i]) == 0) {
			policy_of(config)->scope = (enum policy_scope)i;
			((struct cert_options *)config)->shared.run.revocation_of_leaf =
			    i == POLICY_SCOPE_LEAF;
			return NULL;
		}
	return "leaf, sent or verified";
}

static const char *
store_name(void *config, const char *value, int detail)
{
	struct cert_options *own = config;
	const char *problem;

	(void)detail;
	if (own->names_count == CERT_OPTIONS_NAMES_MAX)
		return "at most 64 names in all";
	problem = endpoint_refusal(endpoint_read_host(value, &own->names[own->names_count]),
	    "a host name or an address, without a port");
	if (problem != NULL)
		return problem;
	own->names_list[own->names_count] = own->names[own->names_count].host;
	own->names_count++;
	return NULL;
}

static const char *
store_issuer(void *config, const char *value, int detail)
{
	(void)detail;
	if (*value == '\0')
		return "a part of the name of the issuer";
	policy_of(config)->issuer = value;
	return NULL;
}

static const char *
store_key_min(void *config, const char *value, int detail)
{
	long bits;

	(void)detail;
	if (!number_whole(value, 512, 65536, &bits))
		return "bits, from 512 to 65536";
	policy_of(config)->key_min = (int)bits;
	return NULL;
}

static const char *
store_max_lifetime(void *config, const char *value, int detail)
{
	double days;

	(void)detail;
	if (!number_decimal(value, &days) || !(days > 0) || days > 100000)
		return "days above 0, decimals allowed, at most 100000";
	policy_of(config)->lifetime_max = days * 86400;
	return NULL;
}

static const char *
store_revocation(void *config, const char *value, int detail)
{
	struct cert_options *own = config;

	(void)detail;
	for (int mode = FACTS_REVOCATION_OFF; mode < FACTS_REVOCATION_MODES; mode++)
		if (strcmp(value, facts_revocation_mode_name(mode)) == 0) {
			own->shared.run.revocation = mode;
			return NULL;
		}
	return "off, crl, ocsp or any";
}

static const char *
store_max_crl(void *config, const char *value, int detail)
{
	long bytes;

	(void)detail;
	if (!number_whole(value, 1, CRL_MAX_MOST, &bytes))
		return "bytes, from 1 to 1073741824";
	((struct cert_options *)config)->shared.run.crl_max = (size_t)bytes;
	return NULL;
}

static const char *
store_file(void *config, const char *value, int detail)
{
	*(const char **)((char *)config + detail) = value;
	return NULL;
}

static const char *
store_flag(void *config, const char *value, int detail)
{
	(void)value;
	*(bool *)((char *)config + detail) = true;
	return NULL;
}

#define AT(field) ((int)offsetof(struct cert_options, field))

static const struct options_row wants_rows[] = {
    {.letter = 'w',
        .name = "warning",
        .argument = "TIME",
        .help =
            "WARNING when a certificate has less time left: days (30, 30d), hours (72h), a share of its lifetime (25%), or two of them, of which the shorter holds; default 30d,15%",
        .store = store_warning},
    {.letter = 'c',
        .name = "critical",
        .argument = "TIME",
        .help = "CRITICAL when it has less; default 14d,10%",
        .store = store_critical},
    {.name = "scope",
        .argument = "WHICH",
        .help =
            "certificates that must have it: leaf, the server's own; sent, all that it sends; verified (default), the path up to a trust anchor, or what is sent where there is none",
        .store = store_scope},
    {.name = "thumbprint",
        .argument = "HEX",
        .help =
            "SHA-1 or SHA-256 digest of the certificate that is meant, as Windows or OpenSSL show it; may be repeated, one of them must match",
        .store = shared_options_store_thumbprint},
    {.name = "thumbprint-file",
        .argument = "FILE",
        .help = "such digests, one a line; a # begins a comment",
        .store = store_file,
        .detail = AT(thumbprint_file)},
    {.name = "expect-issuer",
        .argument = "TEXT",
        .help = "text that the issuer's name holds, in either case",
        .store = store_issuer},
    {.name = "name",
        .argument = "NAME",
        .help =
            "a further name or address that clients dial and the certificate must bear; may be repeated",
        .store = store_name},
    {.name = "key-min",
        .argument = "BITS",
        .help = "smallest RSA or DSA key, default 2048",
        .store = store_key_min},
    {.name = "revocation",
        .argument = "HOW",
        .help =
            "look up whether the certificates below the root are revoked: crl, ocsp, any, or off (default); with --scope leaf only the server's own",
        .store = store_revocation},
    {.name = "max-crl",
        .argument = "BYTES",
        .help = "longest CRL or OCSP answer that is fetched, default 16777216",
        .store = store_max_crl},
    {.name = "max-lifetime",
        .argument = "DAYS",
        .help = "WARNING when the certificate is valid for longer in all; no default",
        .store = store_max_lifetime},
};

static const struct options_row place_rows[] = {
    {.name = "first-address",
        .help = "check the first address of the name that connects, not all of them",
        .store = store_flag,
        .detail = AT(first_address)},
    {.name = "same-cert",
        .help = "WARNING when the addresses show different certificates; else it is only mentioned",
        .store = store_flag,
        .detail = AT(shared.policy.certificate.same)},
    {.name = "compare-sni",
        .help =
            "connect to each address again without a server name and with a foreign one, and WARNING when that shows another certificate",
        .store = store_flag,
        .detail = AT(compare_sni)},
    {.name = "cert-file",
        .argument = "FILE",
        .help =
            "judge the certificate in this file, PEM, DER or PKCS#12, and use no network; the name, if -H gives one, must be in it",
        .store = store_file,
        .detail = AT(cert_file)},
    {.name = "passphrase-file",
        .argument = "FILE",
        .help = "file whose first line opens the PKCS#12 of --cert-file",
        .store = store_file,
        .detail = AT(passphrase_file)},
};

static const struct options_row server_rows[] = {
    {.name = "binding",
        .argument = "FILE",
        .help =
            "compare what was collected on this one server, of which the manual page tells, with what it shows; - for standard input",
        .store = binding_store_path,
        .detail = AT(binding)},
    {.name = "binding-age",
        .argument = "AGE",
        .help = "how old it may be: 90m, 26h (default), 2d",
        .store = binding_store_age,
        .detail = AT(binding)},
};

#define ROWS(array) (array), sizeof(array) / sizeof(array)[0]

const struct options_group cert_options_place = {"Where to look", ROWS(place_rows)};
const struct options_group cert_options_wants = {"What to expect of it", ROWS(wants_rows)};
const struct options_group cert_options_server = {
    "What the server says of itself", ROWS(server_rows)};

/* Room for a message that names an option. */
static char message[80];

/* What is for a server alone, and was given beside a file. */
static const char *
refuse_beside_file(const struct cert_options *config)
{
	const struct shared *shared = &config->shared;
	const struct plan_run *run = &shared->run;
	const struct {
		bool given;
		const char *name;
	} options[] = {
	    {shared->addresses_count > 0, "address"},
	    {shared->port != 0 && config->binding.path == NULL, "port"},
	    {shared->family == PLAN_IPV4, "ipv4"},
	    {shared->family == PLAN_IPV6, "ipv6"},
	    {run->source != NULL, "source"},
	    {shared->policy.timeout_result_set, "timeout-result"},
	    {config->first_address, "first-address"},
	    {shared->policy.certificate.same, "same-cert"},
	    {config->compare_sni, "compare-sni"},
	    {run->revocation != FACTS_REVOCATION_OFF, "revocation"},
	    {run->crl_max != 0, "max-crl"},
	    {shared->sni != NULL, "sni"},
	    {shared->no_sni, "no-sni"},
	    {run->version_min != 0, "tls-min"},
	    {run->version_max != 0, "tls-max"},
	    {run->security_level >= 0, "security-level"},
	    {run->legacy_renegotiation, "legacy-renegotiation"},
	};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (options[i].given) {
			snprintf(message, sizeof message, "--%s takes a server, no --cert-file",
			    options[i].name);
			return message;
		}
	return NULL;
}

/* What would be green for want of anything to compare. */
static const char *
refuse_what_compares_nothing(const struct cert_options *config)
{
	const struct shared *shared = &config->shared;
	bool is_named = shared->sni != NULL || shared->host.kind == ENDPOINT_NAME;

	if (config->compare_sni && shared->has_host && (shared->no_sni || !is_named))
		return "--compare-sni takes a server name to compare with, by -H or --sni";
	if (shared->run.crl_max != 0 && shared->run.revocation == FACTS_REVOCATION_OFF)
		return "--max-crl takes --revocation crl, ocsp or any";
	if (shared->policy.certificate.same && config->first_address && shared->addresses_count < 2)
		return "--same-cert takes all addresses, no --first-address";
	return NULL;
}

const char *
cert_options_problem(const struct cert_options *config)
{
	const struct policy_certificate *policy = &config->shared.policy.certificate;

	if (policy->warning_given && policy->critical_given &&
	    lifetime_is_below(&policy->warning, &policy->critical))
		return "--warning takes no less than --critical";
	if (config->cert_file == NULL && config->passphrase_file != NULL)
		return "--passphrase-file is for --cert-file";
	if (config->binding.path == NULL && config->binding.age_given)
		return "--binding-age is for --binding";
	if (config->binding.path != NULL && config->shared.addresses_count > 1)
		return "--binding takes one -I, the server that it is about";
	if (config->cert_file != NULL)
		return refuse_beside_file(config);
	return refuse_what_compares_nothing(config);
}

void
cert_options_begin(struct cert_options *options)
{
	memset(options, 0, sizeof *options);
	shared_begin(&options->shared);
	binding_begin(&options->binding);
	options->shared.level = FACTS_TLS;
	options->shared.run.revocation = FACTS_REVOCATION_OFF;
}
