/*
 * check_sstp_cert - is the certificate the right one, everywhere clients look?
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/deadline.h"
#include "base/file.h"
#include "base/number.h"
#include "binding.h"
#include "cli/options.h"
#include "facts/revocation.h"
#include "probe/crowd.h"
#include "probe/dumpfile.h"
#include "probe/inspect.h"
#include "probe/spread.h"
#include "report/report.h"
#include "shared.h"
#include "verdict/cert.h"

#define SERVICE      "SSTP_CERT"
#define PLUGIN       "check_sstp_cert"
#define NAMES_MAX    64
#define HTTPS_PORT   443
#define FILE_MAX     (1 << 20) /* bytes of a file that an option names */
#define CONCURRENCY  256
#define CRL_MAX      (16 << 20)
#define CRL_MAX_MOST (1 << 30)
#define FOREIGN_NAME "no-such-name.invalid" /* RFC 2606 2 */

struct config {
	struct shared shared; /* first: the shared rows store in it */
	struct endpoint names[NAMES_MAX];
	const char *names_list[NAMES_MAX];
	size_t names_count;
	const char *thumbprint_file;
	const char *cert_file;
	const char *passphrase_file;
	struct binding binding;
	bool first_address;
	bool compare_sni;
};

static struct policy_certificate *
policy_of(void *config)
{
	return &((struct config *)config)->shared.policy.certificate;
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
			((struct config *)config)->shared.run.revocation_of_leaf =
			    i == POLICY_SCOPE_LEAF;
			return NULL;
		}
	return "leaf, sent or verified";
}

static const char *
store_name(void *config, const char *value, int detail)
{
	struct config *own = config;
	const char *problem;

	(void)detail;
	if (own->names_count == NAMES_MAX)
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
	struct config *own = config;

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
	((struct config *)config)->shared.run.crl_max = (size_t)bytes;
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

#define AT(field) ((int)offsetof(struct config, field))

static const struct options_row own_rows[] = {
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
        .store = shared_store_thumbprint},
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
        .help = "smallest RSA key, default 2048",
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

static const char notes[] =
    "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, --help, --version and usage errors. The "
    "first line names what is wrong, what to do about it, and the [cause], which stays the same "
    "for ever; the manual page lists the causes. Not a byte of HTTP is sent.";

/* Room for a message that names a line or a number. */
static char message[160];

static const char *
read_line_of_thumbprints(struct policy *policy, const char *line, size_t length, size_t number)
{
	const char *comment = memchr(line, '#', length);
	const char *problem;

	if (comment != NULL)
		length = (size_t)(comment - line);
	while (length > 0 && strchr(" \t\r", line[length - 1]) != NULL)
		length--;
	if (length == 0)
		return NULL;
	problem = policy_thumbprint(policy, line, length);
	if (problem == NULL)
		return NULL;
	snprintf(
	    message, sizeof message, "--thumbprint-file takes on line %zu %s", number, problem);
	return message;
}

/* NULL when it went well. */
static const char *
read_file(const char *path, struct text *text, const char *unreadable)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	bool done = descriptor >= 0 && file_read(descriptor, FILE_MAX, text);

	if (descriptor >= 0)
		close(descriptor);
	if (text_failed(text))
		return text_no_memory;
	return done ? NULL : unreadable;
}

static const char *
read_thumbprints(const char *path, struct policy *policy)
{
	struct text text = TEXT_EMPTY;
	size_t before = policy->certificate.thumbprints_count, number = 1, length;
	const char *problem = read_file(path, &text, "--thumbprint-file takes a readable file");

	for (const char *line = text_chars(&text); problem == NULL; number++) {
		length = strcspn(line, "\n");
		problem = read_line_of_thumbprints(policy, line, length, number);
		if (line[length] == '\0')
			break;
		line += length + 1;
	}
	if (problem == NULL && policy->certificate.thumbprints_count == before)
		problem = "--thumbprint-file takes a file with a digest in it";
	text_free(&text);
	return problem;
}

/* The first line of the file. */
static const char *
read_passphrase(const char *path, struct text *text)
{
	const char *problem = read_file(path, text, "--passphrase-file takes a readable file");

	text_cut(text, strcspn(text_chars(text), "\r\n"));
	return problem;
}

static const char *
inspect(const struct config *config, struct plan *plan, struct facts *facts)
{
	struct text bytes = {.secret = true}, passphrase = {.secret = true};
	const char *problem =
	    read_file(config->cert_file, &bytes, "--cert-file takes a readable file");

	if (problem == NULL && config->passphrase_file != NULL)
		problem = read_passphrase(config->passphrase_file, &passphrase);
	if (problem == NULL)
		problem = inspect_bytes(&config->shared.run, plan, text_chars(&bytes), bytes.length,
		    config->passphrase_file == NULL ? NULL : text_chars(&passphrase), facts);
	text_free(&bytes);
	text_free(&passphrase);
	return problem;
}

/* Two more plans beside each of *COUNT: without a server name, and with a foreign one. */
static struct plan *
add_sni(struct plan *plans, size_t *count)
{
	static const char *const words[] = {"", ", no SNI", ", foreign SNI"};
	static const char *const snis[] = {NULL, NULL, FOREIGN_NAME};
	struct plan *all = calloc(3 * *count, sizeof *all);
	bool complete = all != NULL;

	for (size_t i = 0; all != NULL && i < 3 * *count; i++) {
		struct plan *plan = &all[i];
		struct text label = TEXT_EMPTY;

		*plan = plans[i / 3];
		plan->sni_kind = (enum facts_sni)(i % 3);
		if (plan->sni_kind != FACTS_SNI_USUAL)
			plan->sni = snis[i % 3];
		text_format(&label, "%s%s", plans[i / 3].label, words[i % 3]);
		plan->label = text_take(&label);
		plan->host = strdup(plans[i / 3].host);
		complete &= plan->label != NULL && plan->host != NULL;
	}
	if (!complete) {
		shared_free_plans(all, all == NULL ? 0 : 3 * *count);
		return NULL;
	}
	shared_free_plans(plans, *count);
	*count *= 3;
	return all;
}

/* What is to be probed, and what came of it. */
struct work {
	int64_t deadline;
	struct plan *plans;
	size_t count;
	struct facts lookup; /* what the addresses came out of */
	struct facts *facts;
	size_t facts_count;
	struct dump dump; /* of --binding */
};

/* One plan for each address of the name, where that is wanted. */
static const char *
spread(const struct config *config, struct work *work)
{
	struct plan *found;
	const char *problem;

	if (config->first_address || config->shared.addresses_count > 0 ||
	    config->shared.host.kind != ENDPOINT_NAME)
		return NULL;
	problem = spread_resolve(&config->shared.run, &work->plans[0], &work->lookup);
	if (problem != NULL || facts_failed_stage(&work->lookup) != FACTS_STAGES)
		return problem;
	if (work->lookup.addresses == NULL)
		return text_no_memory;
	found = shared_plan_found(&config->shared, &work->plans[0], &work->lookup);
	if (found == NULL)
		return text_no_memory;
	shared_free_plans(work->plans, work->count);
	work->plans = found;
	work->count = work->lookup.addresses_count;
	return NULL;
}

static const char *
probe(const struct config *config, struct work *work)
{
	const char *problem = spread(config, work);

	if (problem != NULL)
		return problem;
	if (facts_failed_stage(&work->lookup) != FACTS_STAGES) {
		work->facts = &work->lookup;
		work->facts_count = 1;
		return NULL;
	}
	if (config->compare_sni) {
		struct plan *all = add_sni(work->plans, &work->count);

		if (all == NULL)
			return text_no_memory;
		work->plans = all;
	}
	for (size_t i = 0; i < work->count; i++) {
		work->plans[i].names = config->names_list;
		work->plans[i].names_count = config->names_count;
	}
	work->facts = work->count == 0 ? NULL : calloc(work->count, sizeof *work->facts);
	if (work->facts == NULL)
		return text_no_memory;
	work->facts_count = work->count;
	problem =
	    crowd_run(&config->shared.run, work->plans, work->facts, work->count, CONCURRENCY);
	for (size_t i = 0; i < work->count; i++)
		spread_credit(&work->lookup, &work->facts[i]);
	return problem;
}

static const char *
look_into_file(const struct config *config, struct work *work)
{
	bool named = config->shared.has_host;
	struct plan plan = {
	    .label = named ? config->shared.host.host : config->cert_file,
	    .name = named ? config->shared.host.host : "",
	    .name_is_address = !named,
	    .names = config->names_list,
	    .names_count = config->names_count,
	    .level = FACTS_TLS,
	};

	work->facts = calloc(1, sizeof *work->facts);
	if (work->facts == NULL)
		return text_no_memory;
	work->facts_count = 1;
	return inspect(config, &plan, work->facts);
}

static void
free_work(struct work *work)
{
	for (size_t i = 0; i < work->facts_count; i++)
		facts_free(&work->facts[i]);
	if (work->facts != &work->lookup)
		free(work->facts);
	shared_free_plans(work->plans, work->count);
	facts_free(&work->lookup);
	dump_free(&work->dump);
}

/* What was collected on one server tells nothing of the others of its name. */
static const char *
refuse_several(const struct config *config, const struct work *work)
{
	size_t several = work->lookup.addresses_count;

	if (work->facts[0].addresses_count > several)
		several = work->facts[0].addresses_count;
	if (several < 2)
		return NULL;
	snprintf(message, sizeof message,
	    config->shared.addresses_count == 0
	        ? "--binding takes -I, the one server that it is about: the name has %zu addresses"
	        : "--binding takes with -I one address, or -4 or -6: that name has %zu addresses",
	    several);
	return message;
}

/* After the probe, so that a slow pipe takes none of its time. */
static const char *
read_binding(const struct config *config, struct work *work)
{
	const char *problem = refuse_several(config, work);

	if (problem == NULL)
		dumpfile_read(config->binding.path, work->deadline, &work->dump);
	return problem;
}

static int
print(const struct config *config, const struct policy *policy, const struct work *work)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct report report = shared_report(&config->shared, SERVICE, PLUGIN);
	uint16_t port = config->shared.port != 0 ? config->shared.port : HTTPS_PORT;
	struct windows windows =
	    binding_compare(&config->binding, &work->dump, work->facts, work->facts_count, port);
	bool bound = config->binding.path != NULL;
	int status;

	windows.names = config->names_list;
	windows.names_count = config->names_count;
	cert_judge(work->facts, work->facts_count, policy, bound ? &windows : NULL, &verdict);
	report.verdict = &verdict;
	report.facts = work->facts;
	report.facts_count = work->facts_count;
	report.target =
	    config->shared.has_host && !bound ? config->shared.host.host : work->facts[0].target;
	if (verdict.findings_count > 0 && verdict.findings[0].target != NULL)
		report.target = verdict.findings[0].target;
	status = report_print(&report);
	verdict_free(&verdict);
	return status;
}

/* What is for a server alone, and was given beside a file. */
static const char *
refuse_beside_file(const struct config *config)
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

/* What is wrong with the options together. */
static const char *
refuse(const struct config *config)
{
	const struct policy_certificate *policy = &config->shared.policy.certificate;

	if (policy->warning_given && policy->critical_given &&
	    lifetime_is_below(&policy->warning, &policy->critical))
		return "--warning takes no less than --critical";
	if (config->cert_file == NULL && config->passphrase_file != NULL)
		return "--passphrase-file is for --cert-file";
	if (config->binding.path != NULL && config->shared.addresses_count > 1)
		return "--binding takes one -I, the server that it is about";
	return config->cert_file != NULL ? refuse_beside_file(config) : NULL;
}

static int
run(void *options)
{
	struct config *config = options;
	struct policy policy = config->shared.policy;
	struct shared shared = config->shared;
	struct work work = {.count = 0};
	struct report report = shared_report(&shared, SERVICE, PLUGIN);
	const char *problem = refuse(config);
	double timeout = shared_timeout(&config->shared);
	int status;

	confine_to(NULL, 0);
	report_guard(SERVICE, (unsigned)timeout + 2);
	work.deadline = deadline_after(deadline_now(), deadline_from_seconds(timeout));
	if (config->shared.run.crl_max == 0)
		config->shared.run.crl_max = CRL_MAX;
	facts_begin(&work.lookup);
	dump_begin(&work.dump);
	shared.label_address = config->binding.path != NULL;
	if (problem == NULL && config->thumbprint_file != NULL)
		problem = read_thumbprints(config->thumbprint_file, &policy);
	if (problem == NULL && config->cert_file == NULL)
		problem = shared_plan(&shared, &work.plans, &work.count);
	if (problem == NULL)
		problem = config->cert_file == NULL ? probe(config, &work)
		                                    : look_into_file(config, &work);
	if (problem == NULL && config->binding.path != NULL)
		problem = read_binding(config, &work);
	status = problem != NULL ? report_problem(&report, problem) : print(config, &policy, &work);
	free_work(&work);
	return status;
}

int
main(int count, char *arguments[])
{
	const struct options_group groups[] = {
	    shared_target,
	    {"Where to look", place_rows, sizeof place_rows / sizeof place_rows[0]},
	    {"What to expect of it", own_rows, sizeof own_rows / sizeof own_rows[0]},
	    {"What the server says of itself", server_rows,
	        sizeof server_rows / sizeof server_rows[0]},
	    shared_tls,
	    shared_output,
	};
	const struct options_program program = {
	    .name = PLUGIN,
	    .purpose = "Checks whether the certificate of a Microsoft SSTP VPN server is the right "
	               "one on every address: what a Windows client will think of it, how long it "
	               "lasts, and whether it is the one that is meant.",
	    .synopsis = "-H NAME [options]",
	    .groups = groups,
	    .groups_count = sizeof groups / sizeof groups[0],
	    .notes = notes,
	};
	static struct config config;

	shared_begin(&config.shared);
	binding_begin(&config.binding);
	config.shared.level = FACTS_TLS;
	config.shared.run.revocation = FACTS_REVOCATION_OFF;
	crowd_exit(shared_run(&program, SERVICE, count, arguments, &config, run));
}
