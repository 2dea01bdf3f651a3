/*
 * check_sstp_pool - are enough RRAS servers alive behind this balancer or name, and do they agree?
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/backends.h"
#include "base/deadline.h"
#include "base/file.h"
#include "base/number.h"
#include "cli/options.h"
#include "probe/crowd.h"
#include "probe/muster.h"
#include "report/report.h"
#include "shared.h"
#include "verdict/pool.h"

#define SERVICE   "SSTP_POOL"
#define VIP_LABEL "VIP"

#define CONCURRENCY     256
#define METRICS         32
#define FILE_MAX        (16 << 20) /* bytes; a hundred thousand lines are a few of them */
#define EXPECT_DOWN_MAX 256

struct config {
	struct shared shared;      /* first: the shared rows store in it */
	struct backends *backends; /* of the options, to which those of the file are added */
	const char *file;          /* of backends, or NULL */
	const char *expect_down[EXPECT_DOWN_MAX];
	size_t expect_down_count;
	bool has_vip;
	struct endpoint vip;
	struct pool_policy wants;
	size_t concurrency;
};

/* ---- options ---- */

static const char *
store_level(void *config, const char *value, int detail)
{
	(void)detail;
	for (int level = FACTS_CONNECT; level <= FACTS_PPP; level++)
		if (strcmp(facts_level_name(level), value) == 0) {
			((struct config *)config)->shared.level = level;
			return NULL;
		}
	return "tcp, tls, http, sstp or ppp";
}

static const char *
store_backend(void *config, const char *value, int detail)
{
	(void)detail;
	return backends_add(((struct config *)config)->backends, value);
}

static const char *
store_backends_file(void *config, const char *value, int detail)
{
	(void)detail;
	((struct config *)config)->file = value;
	return NULL;
}

static const char *
store_vip(void *config, const char *value, int detail)
{
	struct config *own = config;

	(void)detail;
	if (endpoint_read(value, &own->vip) != ENDPOINT_OK)
		return "HOST[:PORT], a host name or an address";
	own->has_vip = true;
	return NULL;
}

/* DETAIL: 0 for WARNING, 1 for CRITICAL. A bare number is the fewest that are well: nobody means an
 * alert when more are. */
static const char *
store_range(void *config, const char *value, int detail)
{
	struct pool_policy *wants = &((struct config *)config)->wants;
	struct range *range = detail == 0 ? &wants->warning : &wants->critical;
	long number;

	if (!range_read(value, range))
		return range_takes;
	if (number_whole(value, 0, BACKENDS_MAX, &number)) {
		range->low = (double)number;
		range->high = INFINITY;
	}
	return NULL;
}

static const char *
store_minimum(void *config, const char *value, int detail)
{
	static const char takes[] =
	    "a number of members from 1 to 4096, or a share from 1% to 100%";
	struct pool_policy *wants = &((struct config *)config)->wants;
	char digits[8];
	size_t length = strlen(value);
	long number;

	(void)detail;
	wants->percent = length > 0 && value[length - 1] == '%';
	if (wants->percent)
		length--;
	if (length >= sizeof digits)
		return takes;
	memcpy(digits, value, length);
	digits[length] = '\0';
	if (!number_whole(digits, 1, wants->percent ? 100 : BACKENDS_MAX, &number))
		return takes;
	wants->has_minimum = true;
	wants->minimum = (double)number;
	return NULL;
}

static const char *
store_expect_down(void *config, const char *value, int detail)
{
	struct config *own = config;

	(void)detail;
	if (own->expect_down_count == EXPECT_DOWN_MAX)
		return "no more than 256 labels; a backends file takes more";
	own->expect_down[own->expect_down_count++] = value;
	return NULL;
}

static const char *
store_same_cert(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct config *)config)->wants.same_certificate = true;
	return NULL;
}

static const char *
store_thumbprint(void *config, const char *value, int detail)
{
	struct pool_policy *wants = &((struct config *)config)->wants;

	(void)detail;
	if (!thumbprint_read(value, strlen(value), &wants->thumbprint))
		return thumbprint_takes;
	wants->has_thumbprint = true;
	return NULL;
}

static const char *
store_concurrency(void *config, const char *value, int detail)
{
	long number;

	(void)detail;
	if (!number_whole(value, 1, BACKENDS_MAX, &number))
		return "a number from 1 to 4096";
	((struct config *)config)->concurrency = (size_t)number;
	return NULL;
}

static const char *
store_perfdata_members(void *config, const char *value, int detail)
{
	long number;

	(void)detail;
	if (!number_whole(value, 0, BACKENDS_MAX, &number))
		return "a number from 0 to 4096";
	((struct config *)config)->wants.metrics_max = (size_t)number;
	return NULL;
}

static const struct options_row members_rows[] = {
    {.letter = 'B',
        .name = "backend",
        .argument = "[LABEL=]HOST[:PORT]",
        .help =
            "a member of the pool; may be repeated. A name with several addresses gives LABEL/1, LABEL/2 and so on. Without any, every address of -H is a member",
        .store = store_backend},
    {.name = "backends-file",
        .argument = "FILE",
        .help =
            "members from a file, one a line, # begins a comment; words behind it: plain, expect-down",
        .store = store_backends_file},
    {.name = "expect-down",
        .argument = "LABEL",
        .help =
            "this member is out of service on purpose and does not count; may be repeated. One that is up is mentioned",
        .store = store_expect_down},
    {.name = "vip",
        .argument = "HOST[:PORT]",
        .help = "the balancer in front of the members, to be compared with them; always with TLS",
        .store = store_vip},
    {.name = "level",
        .argument = "LEVEL",
        .help =
            "how far to climb with each: tcp, tls, http (default: the SSTP listener is registered), sstp (a tunnel request is accepted), ppp (LCP opens). From sstp on each server gives an SSTP port for a moment",
        .store = store_level},
    {.name = "concurrency",
        .argument = "N",
        .help = "how many to probe at a time, default 256; fewer where descriptors are short",
        .store = store_concurrency},
};

static const struct options_row wants_rows[] = {
    {.letter = 'w',
        .name = "warning",
        .argument = "RANGE",
        .help =
            "WARNING when the number of healthy members is outside; a bare N is the fewest. Without -w, -c and --min-ok: any member down is WARNING, fewer than half healthy CRITICAL",
        .store = store_range,
        .detail = 0},
    {.letter = 'c',
        .name = "critical",
        .argument = "RANGE",
        .help = "CRITICAL when it is outside",
        .store = store_range,
        .detail = 1},
    {.name = "min-ok",
        .argument = "N|N%",
        .help = "CRITICAL when fewer are healthy, in number or in percent",
        .store = store_minimum},
    {.name = "same-cert",
        .help = "WARNING when the members show different certificates",
        .store = store_same_cert},
    {.name = "thumbprint",
        .argument = "HEX",
        .help =
            "SHA-256 or SHA-1 of the certificate that plain members have stored; the VIP must show it",
        .store = store_thumbprint},
    {.name = "perfdata-members",
        .argument = "N",
        .help = "how many members have a time of their own in the performance data, default 32",
        .store = store_perfdata_members},
};

static const char notes[] =
    "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, --help, --version and usage errors. The "
    "first line names what is wrong, what to do about it, and the [cause], which stays the same "
    "for ever; the manual page lists the causes.";

/* ---- from options to what is to be climbed ---- */

/* What is made of the options, and what became of it. */
struct job {
	const struct config *config;
	struct backends *backends;
	bool from_dns;              /* they are the addresses of a name that nobody listed */
	bool has_name;              /* how many members there are is up to DNS */
	struct muster_wish *wishes; /* one for each backend, then the VIP's */
	size_t wishes_count;
	struct text problem;
};

static bool
refuse(struct job *job, const char *words)
{
	text_add(&job->problem, words);
	return false;
}

static bool
take_bytes(struct job *job, int descriptor)
{
	struct text bytes = TEXT_EMPTY;
	bool good = file_read(descriptor, FILE_MAX, &bytes);

	if (good) {
		text_add(&job->problem, "--backends-file ");
		good =
		    backends_read(job->backends, text_chars(&bytes), bytes.length, &job->problem);
		if (good)
			text_cut(&job->problem, 0);
	} else if (errno == EFBIG)
		refuse(job, "--backends-file takes a file of at most 16 MiB");
	else
		text_format(&job->problem, "--backends-file takes a file that can be read: %s",
		    strerror(errno));
	text_free(&bytes);
	return good;
}

static bool
take_file(struct job *job)
{
	int descriptor = open(job->config->file, O_RDONLY | O_CLOEXEC);
	bool good;

	if (descriptor < 0) {
		text_format(&job->problem, "--backends-file takes a file that can be read: %s",
		    strerror(errno));
		return false;
	}
	good = take_bytes(job, descriptor);
	close(descriptor);
	return good;
}

/* Without a list all addresses of the name are members, or those of each -I. */
static bool
take_names(struct job *job)
{
	const struct shared *shared = &job->config->shared;
	const char *problem = NULL;

	job->from_dns = true;
	if (shared->addresses_count == 0)
		problem = backends_add(job->backends, shared->host.host);
	for (size_t i = 0; i < shared->addresses_count && problem == NULL; i++)
		problem = backends_add(job->backends, shared->addresses[i].host);
	return problem == NULL || refuse(job, problem);
}

static bool
mark_expected_down(struct job *job, const char *label)
{
	for (size_t i = 0; i < job->backends->count; i++)
		if (strcmp(job->backends->list[i].label, label) == 0) {
			job->backends->list[i].expect_down = true;
			return true;
		}
	return refuse(job, "--expect-down takes the label of a backend");
}

static bool
mark_all_expected_down(struct job *job)
{
	const struct config *config = job->config;
	bool good = true;

	for (size_t i = 0; i < config->expect_down_count && good; i++)
		good = mark_expected_down(job, config->expect_down[i]);
	return good;
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
port_of_vip(const struct config *config)
{
	if (config->vip.port != 0)
		return config->vip.port;
	return config->shared.port != 0 && !config->shared.plain ? config->shared.port : 443;
}

static const char *
problem_of(const struct job *job, const struct backend *backend)
{
	const struct config *config = job->config;

	if (config->has_vip && strcmp(backend->label, VIP_LABEL) == 0)
		return "--backend takes another label than VIP beside --vip";
	if (backend->plain && config->shared.level == FACTS_TLS)
		return "--level tls takes no plain backend";
	if (config->has_vip && strcmp(backend->endpoint.host, config->vip.host) == 0 &&
	    port_of(job, backend) == port_of_vip(config))
		return "--vip takes another address than those of the backends";
	return shared_refuse_figures(&config->shared, &backend->endpoint);
}

static bool
check_backends(struct job *job)
{
	const char *twin = backends_twin(job->backends);

	if (twin != NULL) {
		text_format(&job->problem,
		    "--backend takes each label once, two are called %s; give them labels", twin);
		return false;
	}
	for (size_t i = 0; i < job->backends->count; i++) {
		const struct backend *backend = &job->backends->list[i];
		const char *problem = problem_of(job, backend);

		if (problem != NULL)
			return refuse(job, problem);
		job->has_name |= backend->endpoint.kind == ENDPOINT_NAME;
	}
	return true;
}

/* Of members that were listed too few for --min-ok are a mistake in the options. */
static bool
has_enough(struct job *job, size_t members)
{
	const struct pool_policy *wants = &job->config->wants;

	return job->from_dns || !wants->has_minimum || wants->percent ||
	       wants->minimum <= (double)members ||
	       refuse(job, "--min-ok takes no more members than there are");
}

static bool
list_backends(struct job *job)
{
	const struct config *config = job->config;
	bool given = job->backends->count > 0 || config->file != NULL;
	const char *problem = shared_problem(&config->shared);

	if (problem != NULL)
		return refuse(job, problem);
	if (config->wants.critical.set && config->wants.has_minimum)
		return refuse(job, "--min-ok takes no --critical beside it");
	if (config->wants.has_thumbprint && !config->has_vip)
		return refuse(job, "--thumbprint is for the certificate of --vip");
	if (config->shared.addresses_count > 0 && given)
		return refuse(job, "--address takes no list of backends beside it");
	if (!given && !take_names(job))
		return false;
	if (config->file != NULL && !take_file(job))
		return false;
	if (job->backends->count == 0)
		return refuse(job, "--backends-file takes a file with at least one backend");
	return mark_all_expected_down(job) && check_backends(job) &&
	       (job->has_name || has_enough(job, job->backends->count));
}

/* A wish for one target at HOST. What clients send is the same for all: the name's. */
static struct muster_wish *
add_wish(struct job *job, const char *host, const char *label)
{
	struct muster_wish *wish = &job->wishes[job->wishes_count];
	struct plan *plan = &wish->plan;
	bool filled = shared_fill_plan(&job->config->shared, host, false, plan);
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
	const struct config *config = job->config;
	struct muster_wish *wish;

	job->wishes = calloc(job->backends->count + 1, sizeof *job->wishes);
	if (job->wishes == NULL)
		return refuse(job, "out of memory");
	for (size_t i = 0; i < job->backends->count; i++) {
		const struct backend *backend = &job->backends->list[i];

		wish = add_wish(job, backend->endpoint.host, backend->label);
		if (wish == NULL)
			return refuse(job, "out of memory");
		wish->plan.plain = is_plain(job, backend);
		wish->plan.port = port_of(job, backend);
		wish->spread = backend->endpoint.kind == ENDPOINT_NAME;
	}
	if (!config->has_vip)
		return true;
	wish = add_wish(job, config->vip.host, VIP_LABEL);
	if (wish == NULL)
		return refuse(job, "out of memory");
	wish->plan.plain = false;
	wish->plan.port = port_of_vip(config);
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

static bool
any_name_failed(const struct muster *muster)
{
	for (size_t i = 0; i < muster->count; i++)
		if (facts_failed_stage(&muster->facts[i]) == FACTS_RESOLVE)
			return true;
	return false;
}

static int
answer(const struct job *job, const struct muster *muster, struct pool *pool)
{
	const struct config *config = job->config;
	struct verdict verdict = VERDICT_EMPTY;
	struct pool_policy wants = config->wants;
	struct report report = {
	    .service = SERVICE,
	    .plugin = "check_sstp_pool",
	    .version = PACKAGE_VERSION,
	    .format = config->shared.format,
	    .verbosity = config->shared.verbosity,
	    .verdict = &verdict,
	    .facts = muster->facts,
	    .facts_count = muster->count,
	    .pool = pool,
	};
	int status;

	wants.from_dns = job->from_dns;
	pool_judge(pool, &config->shared.policy, &wants, &verdict);
	status = report_print(&report);
	verdict_free(&verdict);
	return status;
}

/* Who of the targets is a member, and who the VIP, the last one. */
static int
judge(struct job *job, const struct muster *muster)
{
	size_t count = muster->count - (job->config->has_vip ? 1 : 0);
	struct pool pool = {
	    .name = job->config->shared.host.host,
	    .members = calloc(count, sizeof *pool.members),
	    .count = count,
	};
	int status;

	if (pool.members == NULL)
		return report_usage_error(SERVICE, "");
	for (size_t i = 0; i < count; i++)
		pool.members[i] = (struct pool_member){
		    .facts = &muster->facts[i],
		    .expect_down = job->backends->list[muster->wishes[i]].expect_down,
		};
	if (job->config->has_vip)
		pool.vip.facts = &muster->facts[count];
	if (any_name_failed(muster) || has_enough(job, count))
		status = answer(job, muster, &pool);
	else
		status = report_usage_error(SERVICE, text_chars(&job->problem));
	free(pool.members);
	return status;
}

static int
climb(struct job *job)
{
	const struct config *config = job->config;
	double timeout = deadline_to_seconds(job->wishes[0].plan.timeout);
	struct muster muster;
	const char *problem;
	int status;

	report_guard(SERVICE, (unsigned)timeout + 2);
	problem = muster_run(
	    &config->shared.run, job->wishes, job->wishes_count, config->concurrency, &muster);
	if (problem == NULL && muster.too_many)
		problem = "--backend takes names with 4096 addresses in all, not more";
	status = problem != NULL ? report_usage_error(SERVICE, problem) : judge(job, &muster);
	muster_free(&muster);
	return status;
}

static int
run(void *options)
{
	const struct config *config = options;
	struct job job = {.config = config, .backends = config->backends};
	int status;

	if (list_backends(&job) && make_wishes(&job))
		status = climb(&job);
	else
		status = report_usage_error(SERVICE, text_chars(&job.problem));
	free_wishes(&job);
	text_free(&job.problem);
	return status;
}

int
main(int count, char *arguments[])
{
	const struct options_group groups[] = {
	    shared_target,
	    {"Which members", members_rows, sizeof members_rows / sizeof members_rows[0]},
	    {"What to expect of them", wants_rows, sizeof wants_rows / sizeof wants_rows[0]},
	    shared_http,
	    shared_tls,
	    shared_output,
	};
	const struct options_program program = {
	    .name = "check_sstp_pool",
	    .purpose = "Checks whether enough Microsoft SSTP VPN servers are alive behind a "
	               "load balancer or a name, and whether they agree.",
	    .synopsis = "-H NAME [-B BACKEND].. [options]",
	    .groups = groups,
	    .groups_count = sizeof groups / sizeof groups[0],
	    .notes = notes,
	};
	struct backends backends = BACKENDS_EMPTY;
	struct config config;
	int status;

	memset(&config, 0, sizeof config);
	shared_begin(&config.shared);
	config.backends = &backends;
	config.concurrency = CONCURRENCY;
	config.wants.metrics_max = METRICS;
	status = shared_run(&program, SERVICE, count, arguments, &config, run);
	backends_free(&backends);
	crowd_exit(status);
}
