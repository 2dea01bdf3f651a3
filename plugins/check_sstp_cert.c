/*
 * check_sstp_cert - is the certificate the right one, everywhere clients look?
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/confine.h"
#include "base/deadline.h"
#include "base/file.h"
#include "base/utf8.h"
#include "binding.h"
#include "cert_options.h"
#include "cli/credentials.h"
#include "cli/options.h"
#include "plans.h"
#include "probe/crowd.h"
#include "probe/dumpfile.h"
#include "probe/inspect.h"
#include "probe/spread.h"
#include "report/report.h"
#include "shared.h"
#include "shared_options.h"
#include "verdict/cert.h"

#define SERVICE      "SSTP_CERT"
#define PLUGIN       "check_sstp_cert"
#define HTTPS_PORT   443
#define FILE_MAX     (1 << 20) /* bytes of a file that an option names */
#define CONCURRENCY  256
#define CRL_MAX      (16 << 20)
#define FOREIGN_NAME "no-such-name.invalid" /* RFC 2606 2 */

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

/* TEXT behind the mark that editors on Windows begin UTF-8 with. */
static const char *
behind_mark(const struct text *text)
{
	const char *chars = text_chars(text);

	return chars + utf8_mark(chars, text->length);
}

/* NULL when it went well. */
static const char *
read_file(const char *path, struct text *text, const char *unreadable)
{
	bool done = file_read_path(path, FILE_MAX, text);

	if (text_failed(text))
		return text_no_memory;
	return done ? NULL : unreadable;
}

/* The same of a file that is to be text: PowerShell 5 writes UTF-16, which looks right in an
 * editor.
 */
static const char *
read_text(const char *path, struct text *text, const char *unreadable, const char *no_text)
{
	const char *problem = read_file(path, text, unreadable);

	if (problem == NULL && strlen(text_chars(text)) < text->length)
		problem = no_text;
	return problem;
}

static const char *
read_thumbprints(const char *path, struct policy *policy)
{
	struct text text = TEXT_EMPTY;
	size_t before = policy->certificate.thumbprints_count, number = 1, length;
	const char *problem = read_text(path, &text, "--thumbprint-file takes a readable file",
	    "--thumbprint-file takes a file in UTF-8");

	for (const char *line = behind_mark(&text); problem == NULL; number++) {
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
	const char *problem = read_text(path, text, "--passphrase-file takes a readable file",
	    "--passphrase-file takes a file in UTF-8");

	text_cut(text, strcspn(text_chars(text), "\r\n"));
	return problem;
}

static const char *
inspect(const struct cert_options *config, struct plan *plan, struct facts *facts)
{
	struct text bytes = {.secret = true}, passphrase = {.secret = true};
	const char *problem =
	    read_file(config->cert_file, &bytes, "--cert-file takes a readable file");

	if (problem == NULL && config->passphrase_file != NULL)
		problem = read_passphrase(config->passphrase_file, &passphrase);
	if (problem == NULL)
		problem = inspect_bytes(&config->shared.run, plan, text_chars(&bytes), bytes.length,
		    config->passphrase_file == NULL ? NULL : behind_mark(&passphrase), facts);
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
		plans_free(all, all == NULL ? 0 : 3 * *count);
		return NULL;
	}
	plans_free(plans, *count);
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

/* Whether all addresses are wanted of what is dialled. A dump is about one server. */
static bool
is_spread(const struct cert_options *config)
{
	const struct shared *shared = &config->shared;

	if (config->first_address || shared->addresses_count > 1)
		return false;
	if (shared->addresses_count == 1)
		return shared->addresses[0].kind == ENDPOINT_NAME && config->binding.path == NULL;
	return shared->host.kind == ENDPOINT_NAME;
}

/* One plan for each address of the name, where that is wanted. */
static const char *
spread(const struct cert_options *config, struct work *work)
{
	struct plan *found;
	const char *problem;

	if (!is_spread(config))
		return NULL;
	problem = spread_resolve(&config->shared.run, &work->plans[0], &work->lookup);
	if (problem != NULL || facts_failed_stage(&work->lookup) != FACTS_STAGES)
		return problem;
	if (work->lookup.addresses == NULL)
		return text_no_memory;
	found = plans_found(&config->shared, &work->plans[0], &work->lookup);
	if (found == NULL)
		return text_no_memory;
	plans_free(work->plans, work->count);
	work->plans = found;
	work->count = work->lookup.addresses_count;
	return NULL;
}

static const char *
probe(const struct cert_options *config, struct work *work)
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
look_into_file(const struct cert_options *config, struct work *work)
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
	plans_free(work->plans, work->count);
	facts_free(&work->lookup);
	dump_free(&work->dump);
}

/* What was collected on one server tells nothing of the others of its name. */
static const char *
refuse_several(const struct cert_options *config, const struct work *work)
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
read_binding(const struct cert_options *config, struct work *work)
{
	const char *problem = refuse_several(config, work);

	if (problem == NULL)
		dumpfile_read(config->binding.path, work->deadline, &work->dump);
	return problem;
}

static int
print(const struct cert_options *config, const struct policy *policy, const struct work *work)
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

static int
run(void *options)
{
	struct cert_options *config = options;
	struct policy policy = config->shared.policy;
	struct shared shared = config->shared;
	struct work work = {.count = 0};
	struct report report = shared_report(&shared, SERVICE, PLUGIN);
	const char *problem = cert_options_problem(config);
	double timeout = shared_timeout(&config->shared);
	int status;

	confine_to(NULL, 0);
	report_guard(&report, (unsigned)timeout + 2);
	work.deadline = deadline_after(deadline_now(), deadline_from_seconds(timeout));
	if (config->shared.run.crl_max == 0)
		config->shared.run.crl_max = CRL_MAX;
	facts_begin(&work.lookup);
	dump_begin(&work.dump);
	shared.label_address = config->binding.path != NULL;
	if (problem == NULL && config->thumbprint_file != NULL)
		problem = read_thumbprints(config->thumbprint_file, &policy);
	if (problem == NULL && config->cert_file == NULL)
		problem = plans_make(&shared, &work.plans, &work.count);
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
	    shared_options_target,
	    cert_options_place,
	    cert_options_wants,
	    cert_options_server,
	    shared_options_tls,
	    shared_options_output,
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
	static struct cert_options config;

	/* There may be a private key in the file of --cert-file. */
	credentials_guard();
	cert_options_begin(&config);
	crowd_exit(shared_run(&program, SERVICE, count, arguments, &config, run));
}
