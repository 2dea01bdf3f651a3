/*
 * check_sstp - can a client connect to this SSTP server?
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "base/confine.h"
#include "base/deadline.h"
#include "cli/options.h"
#include "plans.h"
#include "probe/crowd.h"
#include "report/report.h"
#include "shared.h"
#include "shared_options.h"
#include "verdict/sstp.h"

#define SERVICE "SSTP"
#define PLUGIN  "check_sstp"

struct config {
	struct account account; /* first, as what it begins with: their rows store in it */
};

static struct policy *
policy_of(void *config)
{
	return &((struct shared *)config)->policy;
}

static const char *
store_level(void *config, const char *value, int detail)
{
	(void)detail;
	for (int level = FACTS_CONNECT; level < FACTS_STAGES; level++)
		if (strcmp(facts_level_name(level), value) == 0) {
			((struct shared *)config)->level = level;
			return NULL;
		}
	return "tcp, tls, http, sstp, ppp, auth, tunnel or ping";
}

static const char *
store_expect(void *config, const char *value, int detail)
{
	(void)detail;
	policy_of(config)->statuses_given = true;
	return policy_statuses(policy_of(config), value);
}

static const char *
store_expect_auth(void *config, const char *value, int detail)
{
	(void)detail;
	return policy_methods(policy_of(config), value);
}

static const char *
store_pcap(void *config, const char *value, int detail)
{
	(void)detail;
	((struct shared *)config)->run.pcap = value;
	return NULL;
}

static const char *
store_warning(void *config, const char *value, int detail)
{
	struct policy *policy = policy_of(config);

	return range_read(value, detail < 0 ? &policy->warning : &policy->stage_warning[detail])
	           ? NULL
	           : range_takes;
}

static const char *
store_critical(void *config, const char *value, int detail)
{
	struct policy *policy = policy_of(config);

	return range_read(value, detail < 0 ? &policy->critical : &policy->stage_critical[detail])
	           ? NULL
	           : range_takes;
}

/* Room for a message that names options. */
static char message[96];

/* What is wrong with the thresholds of one stage. One that is not climbed has no time: a threshold
 * of it would be green for ever. */
static const char *
refuse_stage(const struct shared *shared, enum facts_stage stage)
{
	const struct range *warning = &shared->policy.stage_warning[stage];
	const struct range *critical = &shared->policy.stage_critical[stage];
	const char *name = facts_stage_name(stage);

	if (stage > shared->level && (warning->set || critical->set))
		snprintf(message, sizeof message, "--%s-%s takes --level %s%s",
		    warning->set ? "warning" : "critical", name, facts_level_name(stage),
		    stage == FACTS_PING ? "" : " or a higher one");
	else if (range_is_late(warning, critical))
		snprintf(message, sizeof message,
		    "--warning-%s takes a range that alerts before --critical-%s does", name, name);
	else
		return NULL;
	return message;
}

static const char *
refuse_thresholds(const struct shared *shared)
{
	const char *problem = NULL;

	if (range_is_late(&shared->policy.warning, &shared->policy.critical))
		return "--warning takes a range that alerts before --critical does";
	for (int stage = 0; stage < FACTS_STAGES && problem == NULL; stage++)
		problem = refuse_stage(shared, stage);
	return problem;
}

#define STAGE_ROWS(word, stage)                                                    \
	{.name = "warning-" word,                                                  \
	    .argument = "RANGE",                                                   \
	    .help = "WARNING when the seconds of stage " word " are outside",      \
	    .store = store_warning,                                                \
	    .detail = (stage)},                                                    \
	{                                                                          \
		.name = "critical-" word, .argument = "RANGE",                     \
		.help = "CRITICAL when they are outside", .store = store_critical, \
		.detail = (stage)                                                  \
	}

static const struct options_row own_rows[] = {
    {.name = "level",
        .argument = "LEVEL",
        .help =
            "how far to climb: tcp (the port answers), tls (a certificate is bound), http (default: the SSTP listener is registered), sstp (a tunnel request is accepted), ppp (LCP opens; the logon methods that are offered), auth (the credentials are accepted), tunnel (the crypto binding is accepted, an address is assigned), ping (echoes cross the tunnel). From sstp on the server gives an SSTP port for a moment: no more often than every few minutes; from auth on it logs a logon and may count a failure towards a lockout: every ten minutes is often",
        .store = store_level},
    {.letter = 'e',
        .name = "expect",
        .argument = "LIST",
        .help = "HTTP statuses that are well, default 401",
        .store = store_expect},
    {.name = "expect-auth",
        .argument = "LIST",
        .help =
            "at level ppp: logon methods that the server shall offer, no others: eap, mschapv2, mschap, chap-md5, pap, none",
        .store = store_expect_auth},
    {.name = "pcap",
        .argument = "FILE",
        .help = "put the PPP frames of the call in a capture file for tshark",
        .store = store_pcap},
    {.letter = 'w',
        .name = "warning",
        .argument = "RANGE",
        .help =
            "WARNING when the seconds of the whole check are outside: 2 or above-2 for more than two",
        .store = store_warning,
        .detail = -1},
    {.letter = 'c',
        .name = "critical",
        .argument = "RANGE",
        .help = "CRITICAL when they are outside",
        .store = store_critical,
        .detail = -1},
    STAGE_ROWS("resolve", FACTS_RESOLVE),
    STAGE_ROWS("connect", FACTS_CONNECT),
    STAGE_ROWS("tls", FACTS_TLS),
    STAGE_ROWS("http", FACTS_HTTP),
    STAGE_ROWS("sstp", FACTS_SSTP),
    STAGE_ROWS("ppp", FACTS_PPP),
    STAGE_ROWS("auth", FACTS_AUTH),
    STAGE_ROWS("tunnel", FACTS_TUNNEL),
    STAGE_ROWS("ping", FACTS_PING),
};

static const char notes[] =
    "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, --help, --version and usage errors. The "
    "first line names what is wrong, what to do about it, and the [cause], which stays the same "
    "for ever; the manual page lists the causes.";

static void
add_logon(const struct logon_options *logon, struct plan *plans, size_t count)
{
	for (size_t i = 0; i < count && logon->shared.level >= FACTS_AUTH; i++) {
		plans[i].logon = &logon->plan;
		plans[i].ping = logon->ping;
	}
}

/* Addresses log on one after the other, so that the first refusal is the last. */
static size_t
concurrency_of(const struct logon_options *logon, size_t count)
{
	return logon->shared.level >= FACTS_AUTH && logon->plan.backoff != NULL ? 1 : count;
}

static void
give_up_rights(const struct logon_options *logon)
{
	const struct plan_backoff *backoff = logon->plan.backoff;
	const char *const writable[] = {
	    logon->shared.run.pcap,
	    backoff == NULL ? NULL : backoff->folder,
	};

	confine_to(writable, sizeof writable / sizeof writable[0]);
}

static int
run(const struct config *config)
{
	const struct shared *shared = &config->account.logon.shared;
	struct verdict verdict = VERDICT_EMPTY;
	struct report report = shared_report(shared, SERVICE, PLUGIN);
	struct plan *plans;
	struct facts *facts;
	size_t count;
	const char *problem = plans_make(shared, &plans, &count);
	int status;

	if (problem != NULL)
		return report_problem(&report, problem);
	add_logon(&config->account.logon, plans, count);
	give_up_rights(&config->account.logon);
	report_guard(&report, (unsigned)deadline_to_seconds(plans[0].timeout) + 2);
	facts = calloc(count, sizeof *facts);
	problem = facts == NULL ? text_no_memory
	                        : crowd_run(&shared->run, plans, facts, count,
	                              concurrency_of(&config->account.logon, count));
	if (problem != NULL)
		status = report_problem(&report, problem);
	else {
		sstp_judge(facts, count, &shared->policy, &verdict);
		if (verdict.findings_count > 0)
			report.target = verdict.findings[0].target;
		report.verdict = &verdict;
		report.facts = facts;
		report.facts_count = count;
		status = report_print(&report);
	}
	verdict_free(&verdict);
	for (size_t i = 0; facts != NULL && i < count; i++)
		facts_free(&facts[i]);
	free(facts);
	plans_free(plans, count);
	return status;
}

/* The options are all there. */
static int
settle_and_run(void *options)
{
	struct config *config = options;
	struct report report = shared_report(&config->account.logon.shared, SERVICE, PLUGIN);
	struct text text = TEXT_EMPTY;
	const char *problem = NULL;
	int status;

	if (!account_settle(&config->account, &text))
		problem = text_chars(&text);
	else
		problem = refuse_thresholds(&config->account.logon.shared);
	status = problem == NULL ? run(config) : report_problem(&report, problem);
	text_free(&text);
	return status;
}

int
main(int count, char *arguments[])
{
	const struct options_group groups[] = {
	    shared_options_target,
	    {"What to expect of it", own_rows, sizeof own_rows / sizeof own_rows[0]},
	    account_group,
	    logon_options_group,
	    eap_options_group,
	    shared_options_http,
	    shared_options_tls,
	    shared_options_output,
	};
	const struct options_program program = {
	    .name = PLUGIN,
	    .purpose = "Checks whether a client can connect to a Microsoft SSTP VPN server, and "
	               "names the rung of the ladder that broke, its cause and the remedy.",
	    .synopsis = "-H NAME [options]",
	    .groups = groups,
	    .groups_count = sizeof groups / sizeof groups[0],
	    .notes = notes,
	};
	struct config config = {0};
	int status;

	shared_begin(&config.account.logon.shared);
	account_begin(&config.account);
	status = shared_run(&program, SERVICE, count, arguments, &config, settle_and_run);
	account_end(&config.account);
	crowd_exit(status);
}
