/*
 * check_sstp_pool - are enough RRAS servers alive behind this balancer or name, and do they agree?
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/backends.h"
#include "base/confine.h"
#include "base/file.h"
#include "expected.h"
#include "plans.h"
#include "pool_options.h"
#include "probe/crowd.h"
#include "probe/muster.h"
#include "report/report.h"
#include "shared.h"
#include "shared_options.h"
#include "verdict/pool.h"

#define SERVICE   "SSTP_POOL"
#define PLUGIN    "check_sstp_pool"
#define VIP_LABEL "VIP"

#define FILE_MAX (16 << 20) /* bytes; a hundred thousand lines are a few of them */

static const char notes[] =
    "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, --help, --version and usage errors. The "
    "first line names what is wrong, what to do about it, and the [cause], which stays the same "
    "for ever; the manual page lists the causes.";

/* ---- from options to what is to be climbed ---- */

/* What is made of the options, and what became of it. */
struct job {
	const struct pool_options *config;
	struct backends *backends;
	bool has_list; /* of backends; else they are the addresses of the name, or of each -I */
	bool has_name; /* how many members there are is up to DNS */
	struct muster_wish *wishes; /* one for each backend, then the VIP's */
	size_t wishes_count;
	struct text problem;
};

/* WORDS may be text_no_memory. */
static bool
refuse(struct job *job, const char *words)
{
	text_cut(&job->problem, 0);
	text_add(&job->problem, words);
	return false;
}

static bool
take_file(struct job *job)
{
	struct text bytes = TEXT_EMPTY;
	bool good = file_read_path(job->config->file, FILE_MAX, &bytes);

	if (good) {
		text_add(&job->problem, "--backends-file ");
		good =
		    backends_read(job->backends, text_chars(&bytes), bytes.length, &job->problem);
		if (good)
			text_cut(&job->problem, 0);
	} else if (errno == ENOMEM)
		refuse(job, text_no_memory);
	else if (errno == EFBIG)
		refuse(job, "--backends-file takes a file of at most 16 MiB");
	else
		text_format(&job->problem, "--backends-file takes a file that can be read: %s",
		    strerror(errno));
	text_free(&bytes);
	return good;
}

/* Without a list all addresses of the name are members, or those of each -I. */
static bool
take_names(struct job *job)
{
	const struct shared *shared = &job->config->shared;
	const char *problem = NULL;

	if (shared->addresses_count == 0)
		problem = backends_add(job->backends, shared->host.host);
	for (size_t i = 0; i < shared->addresses_count && problem == NULL; i++)
		problem = backends_add(job->backends, shared->addresses[i].host);
	return problem == NULL || refuse(job, problem);
}

static bool
mark_expected_down(struct job *job)
{
	const struct pool_options *config = job->config;

	for (size_t i = 0; i < config->expect_down_count; i++)
		if (!expected_mark(job->backends, config->expect_down[i]))
			return refuse(job, "--expect-down takes the label of a backend, or the "
			                   "address of one");
	return true;
}

static bool
is_plain(const struct job *job, const struct backend *backend)
{
	return backend->plain || job->config->shared.plain;
}

static uint16_t
port_of(const struct job *job, const struct backend *backend)
{
	if (backend->endpoint.port != 0)
		return backend->endpoint.port;
	if (job->config->shared.port != 0)
		return job->config->shared.port;
	return is_plain(job, backend) ? 80 : 443;
}

/* With --plain the port is that of the members: clients meet the VIP at 443. */
static uint16_t
port_of_vip(const struct pool_options *config)
{
	if (config->vip.port != 0)
		return config->vip.port;
	return config->shared.port != 0 && !config->shared.plain ? config->shared.port : 443;
}

static const char *
problem_of(const struct job *job, const struct backend *backend)
{
	const struct pool_options *config = job->config;

	if (config->has_vip && strcmp(backend->label, VIP_LABEL) == 0)
		return "--backend takes another label than VIP beside --vip";
	if (backend->plain && config->shared.level == FACTS_TLS)
		return "--level tls takes no plain backend";
	if (config->has_vip && endpoint_is_same_host(backend->endpoint.host, config->vip.host) &&
	    port_of(job, backend) == port_of_vip(config))
		return "--vip takes another address than those of the backends";
	return shared_refuse_figures(&config->shared, &backend->endpoint);
}

static bool
refuse_twin(struct job *job, const struct backend *twin)
{
	if (twin->line > 0)
		text_format(&job->problem,
		    "--backends-file line %zu takes another label, there is one called %s before",
		    twin->line, twin->label);
	else if (!job->has_list)
		text_format(&job->problem, "--address takes each address once, %s is given again",
		    twin->label);
	else
		text_format(&job->problem,
		    "--backend takes each label once, two are called %s; give them labels",
		    twin->label);
	return false;
}

static bool
check_backends(struct job *job)
{
	const struct backend *twin = backends_twin(job->backends);

	if (twin != NULL)
		return refuse_twin(job, twin);
	for (size_t i = 0; i < job->backends->count; i++) {
		const struct backend *backend = &job->backends->list[i];
		const char *problem = problem_of(job, backend);

		if (problem != NULL)
			return refuse(job, problem);
		job->has_name |= backend->endpoint.kind == ENDPOINT_NAME;
	}
	return true;
}

static bool
check_vip(struct job *job)
{
	const struct pool_options *config = job->config;
	const char *problem =
	    config->has_vip ? shared_refuse_figures(&config->shared, &config->vip) : NULL;

	return problem == NULL || refuse(job, problem);
}

/* Of members that were listed too few for --min-ok are a mistake in the options. How many a name
 * has is up to DNS, and too few of them are the alarm. */
static bool
has_enough(struct job *job)
{
	const struct pool_policy *wants = &job->config->wants;

	return job->has_name || !wants->has_minimum || wants->percent ||
	       wants->minimum <= (double)job->backends->count ||
	       refuse(job, "--min-ok takes no more members than there are");
}

/* Certificates are compared of members with TLS. */
static bool
has_what_it_compares(struct job *job)
{
	if (!job->config->wants.same_certificate)
		return true;
	for (size_t i = 0; i < job->backends->count; i++)
		if (!is_plain(job, &job->backends->list[i]))
			return true;
	return refuse(job, "--same-cert takes members with TLS, and all of these are plain");
}

static bool
list_backends(struct job *job)
{
	const struct pool_options *config = job->config;
	bool given = job->backends->count > 0 || config->file != NULL;
	const char *problem = shared_problem(&config->shared);

	if (problem == NULL)
		problem = pool_options_problem(config);
	if (problem != NULL)
		return refuse(job, problem);
	if (config->shared.addresses_count > 0 && given)
		return refuse(job, "--address takes no list of backends beside it");
	job->has_list = given;
	if (!given && !take_names(job))
		return false;
	if (config->file != NULL && !take_file(job))
		return false;
	if (job->backends->count == 0)
		return refuse(job, "--backends-file takes a file with at least one backend");
	return mark_expected_down(job) && check_backends(job) && check_vip(job) &&
	       has_enough(job) && has_what_it_compares(job);
}

/* A wish for one target at HOST. What clients send is the same for all: the name's. */
static struct muster_wish *
add_wish(struct job *job, const char *host, const char *label)
{
	struct muster_wish *wish = &job->wishes[job->wishes_count];
	struct plan *plan = &wish->plan;
	bool filled = plans_fill(&job->config->shared, host, false, plan);
	struct text text = TEXT_EMPTY;

	job->wishes_count++;
	free((char *)(uintptr_t)plan->label);
	text_add(&text, label);
	plan->label = text_take(&text);
	/* One deadline for all. */
	plan->deadline = job->wishes[0].plan.deadline;
	return filled && plan->label != NULL ? wish : NULL;
}

static bool
make_wishes(struct job *job)
{
	const struct pool_options *config = job->config;
	struct muster_wish *wish;

	job->wishes = calloc(job->backends->count + 1, sizeof *job->wishes);
	if (job->wishes == NULL)
		return refuse(job, text_no_memory);
	for (size_t i = 0; i < job->backends->count; i++) {
		const struct backend *backend = &job->backends->list[i];

		wish = add_wish(job, backend->endpoint.host, backend->label);
		if (wish == NULL)
			return refuse(job, text_no_memory);
		wish->plan.plain = is_plain(job, backend);
		wish->plan.port = port_of(job, backend);
		wish->spread = backend->endpoint.kind == ENDPOINT_NAME;
	}
	if (!config->has_vip)
		return true;
	wish = add_wish(job, config->vip.host, VIP_LABEL);
	if (wish == NULL)
		return refuse(job, text_no_memory);
	wish->plan.plain = false;
	wish->plan.port = port_of_vip(config);
	wish->first = true; /* who meets it is every client */
	wish->reconnects = config->wants.reconnects;
	return true;
}

static void
free_wishes(struct job *job)
{
	for (size_t i = 0; i < job->wishes_count; i++) {
		free((char *)(uintptr_t)job->wishes[i].plan.label);
		free((char *)(uintptr_t)job->wishes[i].plan.host);
	}
	free(job->wishes);
}

/* ---- from what was found to the answer ---- */

/* A balancer shall not lose a member that nothing but its certificate is wrong with: for the exit
 * status of REPORT_LB such members are healthy. */
static int
forgive_certificates(const struct job *job, const struct pool_policy *wants, struct pool *pool,
    const struct report *told)
{
	struct verdict verdict = VERDICT_EMPTY;
	struct policy policy = job->config->shared.policy;
	struct report report = *told;
	int status;

	(void)policy_override(&policy, "cert=ok");
	(void)policy_override(&policy, "local.no-trust-store=ok");
	pool_judge(pool, &policy, wants, &verdict);
	if (!verdict.failed)
		report.verdict = &verdict;
	status = report_exit(&report);
	verdict_free(&verdict);
	return status;
}

static int
tell_problem(const struct job *job)
{
	struct report report = shared_report(&job->config->shared, SERVICE, PLUGIN);
	const struct text *problem = &job->problem;

	return report_problem(&report, text_failed(problem) ? text_no_memory : text_chars(problem));
}

/* Addresses of -I are a list as those of -B are; its names, unlike those of -B, mean all that DNS
 * has for them. */
static enum pool_source
source_of(const struct job *job)
{
	if (job->has_name && !job->has_list)
		return POOL_OF_NAME;
	return job->has_list || job->config->shared.addresses_count > 0 ? POOL_LISTED
	                                                                : POOL_OF_ADDRESS;
}

static int
answer(const struct job *job, const struct muster *muster, struct pool *pool)
{
	const struct pool_options *config = job->config;
	struct verdict verdict = VERDICT_EMPTY;
	struct pool_policy wants = config->wants;
	struct report report = shared_report(&config->shared, SERVICE, PLUGIN);
	int status;

	report.target = NULL;
	report.verdict = &verdict;
	report.facts = muster->facts;
	report.facts_count = muster->count;
	report.pool = pool;
	wants.source = source_of(job);
	wants.asked = job->backends->list[0].endpoint.host;
	pool_judge(pool, &config->shared.policy, &wants, &verdict);
	status = report_print(&report);
	if (report.format == REPORT_LB && status != 0)
		status = forgive_certificates(job, &wants, pool, &report);
	verdict_free(&verdict);
	return status;
}

/* Who of the targets is a member, and who the VIP, the last one. */
static int
judge(struct job *job, const struct muster *muster)
{
	const struct pool_options *config = job->config;
	size_t count = muster->count - (config->has_vip ? 1 : 0);
	struct pool pool = {
	    .name = job->config->shared.host.host,
	    .members = calloc(count, sizeof *pool.members),
	    .count = count,
	    .no_route = muster->no_route,
	};
	int status;

	if (pool.members == NULL) {
		refuse(job, text_no_memory);
		return tell_problem(job);
	}
	for (size_t i = 0; i < count; i++) {
		const struct backend *backend = &job->backends->list[muster->wishes[i]];
		const struct facts *facts = &muster->facts[i];

		pool.members[i].facts = facts;
		pool.members[i].expect_down =
		    backend->expect_down ||
		    expected_is(config->expect_down, config->expect_down_count, facts);
	}
	if (config->has_vip)
		pool.vip.facts = &muster->facts[count];
	status = answer(job, muster, &pool);
	free(pool.members);
	return status;
}

static int
climb(struct job *job)
{
	const struct pool_options *config = job->config;
	struct muster muster;
	const char *problem;
	int status;

	problem = muster_run(
	    &config->shared.run, job->wishes, job->wishes_count, config->concurrency, &muster);
	if (problem == NULL && muster.too_many)
		problem = "--backend takes names with 4096 addresses in all, not more";
	if (problem == NULL)
		status = judge(job, &muster);
	else {
		refuse(job, problem);
		status = tell_problem(job);
	}
	muster_free(&muster);
	return status;
}

static int
run(void *options)
{
	const struct pool_options *config = options;
	struct job job = {.config = config, .backends = config->backends};
	struct report report = shared_report(&config->shared, SERVICE, PLUGIN);
	int status;

	confine_to(NULL, 0);
	/* A file may be a pipe into which nobody writes. */
	report_guard(&report, (unsigned)shared_timeout(&config->shared) + 2);
	if (list_backends(&job) && make_wishes(&job))
		status = climb(&job);
	else
		status = tell_problem(&job);
	free_wishes(&job);
	text_free(&job.problem);
	return status;
}

int
main(int count, char *arguments[])
{
	const struct options_group groups[] = {
	    shared_options_target,
	    pool_options_members,
	    pool_options_wants,
	    shared_options_http,
	    shared_options_tls,
	    shared_options_output,
	};
	const struct options_program program = {
	    .name = PLUGIN,
	    .purpose = "Checks whether enough Microsoft SSTP VPN servers are alive behind a "
	               "load balancer or a name, and whether they agree.",
	    .synopsis = "-H NAME [-B BACKEND].. [options]",
	    .groups = groups,
	    .groups_count = sizeof groups / sizeof groups[0],
	    .notes = notes,
	};
	struct backends backends = BACKENDS_EMPTY;
	struct pool_options options;
	int status;

	pool_options_begin(&options, &backends);
	status = shared_run(&program, SERVICE, count, arguments, &options, run);
	backends_free(&backends);
	crowd_exit(status);
}
