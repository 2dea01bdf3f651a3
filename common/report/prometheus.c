#include <inttypes.h>
#include <string.h>

#include "base/deadline.h"
#include "base/hex.h"
#include "base/number.h"
#include "base/utf8.h"
#include "facts/persistence.h"
#include "report/about.h"
#include "report/prometheus.h"
#include "report/report.h"
#include "verdict/judge_auth.h"

#define REPLACEMENT      "\xEF\xBF\xBD" /* U+FFFD */
#define SECONDS_DECIMALS 6

/* Where the output stands. */
struct page {
	struct text *text;
	const struct report *report;
	const struct family *family;
	const struct facts *facts; /* the target whose turn it is */
	bool announced;            /* HELP and TYPE of the family are written */
};

/* Samples of one name. ADD writes those of one target; nothing, where nothing was measured. */
struct family {
	const char *name;
	const char *help;
	void (*add)(struct page *page);
};

/* What a label must not hold raw: its quote, its escape, the end of the line; and nothing that is
 * no character at all, for one of those spoils the whole output. */
static void
add_escaped(struct text *text, const char *chars)
{
	const char *end = chars + strlen(chars);

	while (chars < end) {
		uint32_t code;
		size_t length = utf8_read(chars, (size_t)(end - chars), &code);

		if (length == 1 && code == '\n')
			text_add(text, "\\n");
		else if (length == 0 || code < 0x20 || code == 0x7F)
			text_add(text, REPLACEMENT);
		else if (code == '"' || code == '\\')
			text_format(text, "\\%c", (char)code);
		else
			text_add_bytes(text, chars, length);
		chars += length > 0 ? length : 1;
	}
}

/* An empty label and none are the same. */
static void
add_label(struct page *page, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	text_format(page->text, ",%s=\"", name);
	add_escaped(page->text, value);
	text_add_char(page->text, '"');
}

static const char *
name_of(const struct facts *facts)
{
	return facts != NULL && facts->target != NULL ? facts->target : "";
}

/* A target that was given twice is numbered, for no two series may be the same. In a pool all have
 * the name that clients dial, and each a label of its own, which is not given twice. */
static void
add_target(struct page *page)
{
	const struct facts *facts = page->facts;
	size_t number = 1;

	if (page->report->pool != NULL) {
		text_add(page->text, "target=\"");
		add_escaped(page->text, page->report->pool->name);
		text_add_char(page->text, '"');
		if (facts != NULL)
			add_label(page, "member", name_of(facts));
		return;
	}
	for (const struct facts *other = page->report->facts; other < facts; other++)
		number += strcmp(name_of(other), name_of(facts)) == 0;
	text_add(page->text, "target=\"");
	add_escaped(page->text, name_of(facts));
	if (number > 1)
		text_format(page->text, " (%zu)", number);
	text_add_char(page->text, '"');
}

static void
begin(struct page *page)
{
	const struct family *family = page->family;

	if (!page->announced)
		text_format(page->text, PROMETHEUS_HEAD("%s", "%s"), family->name, family->help,
		    family->name);
	page->announced = true;
	text_format(page->text, "%s{", family->name);
	add_target(page);
}

static void
end_whole(struct page *page, int64_t value)
{
	text_format(page->text, "} %" PRId64 "\n", value);
}

static void
end_seconds(struct page *page, int64_t nanoseconds)
{
	text_add(page->text, "} ");
	number_add(page->text, deadline_to_seconds(nanoseconds), SECONDS_DECIMALS);
	text_add_char(page->text, '\n');
}

/* A sample with no label of its own. */
static void
add_whole(struct page *page, int64_t value)
{
	begin(page);
	end_whole(page, value);
}

static enum state
state_of(const struct page *page)
{
	const struct finding *worst = about_worst(page->report, page->facts);

	return worst != NULL ? worst->state : STATE_OK;
}

/* A certificate out of a file is all there is to reach, and of a logon that is to be refused its
 * refusal. */
static bool
is_reached(const struct page *page)
{
	const struct facts_step *last = &page->facts->steps[page->facts->level];
	const struct policy *policy = page->report->policy;

	return page->facts->from_file || (last->ended && last->symptom == FACTS_WELL) ||
	       (policy != NULL && judge_auth_is_expected(policy, page->facts));
}

static void
add_success(struct page *page)
{
	bool reached = is_reached(page);
	enum state state = state_of(page);

	add_whole(page, reached && (state == STATE_OK || state == STATE_WARNING));
}

static void
add_state(struct page *page)
{
	add_whole(page, state_exit(state_of(page)));
}

/* Whether an earlier finding about the same target has the cause of finding AT. */
static bool
is_repeated(const struct page *page, size_t at)
{
	const struct finding *findings = page->report->verdict->findings;

	for (size_t i = 0; i < at; i++)
		if (findings[i].cause == findings[at].cause &&
		    about_target(page->report, &findings[i], page->facts))
			return true;
	return false;
}

static void
add_failure(struct page *page, const struct finding *finding)
{
	begin(page);
	add_label(page, "cause", causes_row(finding->cause)->name);
	end_whole(page, 1);
}

/* What is wrong with a member of a pool, each cause once. */
static void
add_details(struct page *page)
{
	const struct verdict *verdict = page->report->verdict;
	bool told[CAUSES] = {false};

	for (size_t i = 0; i < verdict->details_count; i++) {
		const struct finding *detail = &verdict->details[i];

		if (detail->target != page->facts->target || told[detail->cause])
			continue;
		told[detail->cause] = true;
		add_failure(page, detail);
	}
}

static void
add_failures(struct page *page)
{
	const struct verdict *verdict = page->report->verdict;

	for (size_t i = 0; i < verdict->findings_count; i++)
		if (about_target(page->report, &verdict->findings[i], page->facts) &&
		    !is_repeated(page, i))
			add_failure(page, &verdict->findings[i]);
	add_details(page);
}

static void
add_durations(struct page *page)
{
	for (int stage = 0; stage < FACTS_STAGES; stage++) {
		if (!page->facts->steps[stage].ended)
			continue;
		begin(page);
		add_label(page, "stage", facts_stage_name(stage));
		end_seconds(page, page->facts->steps[stage].nanoseconds);
	}
}

static void
add_total(struct page *page)
{
	if (!page->facts->steps[FACTS_RESOLVE].ended)
		return;
	begin(page);
	end_seconds(page, page->facts->total);
}

static void
add_timeout(struct page *page)
{
	if (page->facts->timeout <= 0)
		return;
	begin(page);
	end_seconds(page, page->facts->timeout);
}

static void
add_ip_protocol(struct page *page)
{
	if (*page->facts->address != '\0')
		add_whole(page, strchr(page->facts->address, ':') != NULL ? 6 : 4);
}

static void
add_tls_info(struct page *page)
{
	const struct facts_tls *tls = &page->facts->tls;

	if (*tls->version == '\0')
		return;
	begin(page);
	add_label(page, "version", tls->version);
	add_label(page, "cipher", tls->cipher);
	end_whole(page, 1);
}

static void
add_not_before(struct page *page)
{
	if (page->facts->tls.chain_count > 0)
		add_whole(page, page->facts->tls.chain[0].not_before);
}

static void
add_not_after(struct page *page)
{
	if (page->facts->tls.chain_count > 0)
		add_whole(page, page->facts->tls.chain[0].not_after);
}

static void
add_earliest_not_after(struct page *page)
{
	const struct facts_tls *tls = &page->facts->tls;
	int64_t earliest = INT64_MAX;

	for (size_t i = 0; i < tls->chain_count; i++)
		if (tls->chain[i].not_after < earliest)
			earliest = tls->chain[i].not_after;
	if (tls->chain_count > 0)
		add_whole(page, earliest);
}

static void
add_digest(struct page *page, const char *name, const uint8_t *bytes, size_t length)
{
	text_format(page->text, ",%s=\"", name);
	hex_add(page->text, bytes, length);
	text_add_char(page->text, '"');
}

static void
add_certificate_info(struct page *page)
{
	const struct facts_certificate *leaf = page->facts->tls.chain;

	if (page->facts->tls.chain_count == 0)
		return;
	begin(page);
	add_digest(page, "sha256", leaf->sha256, sizeof leaf->sha256);
	add_digest(page, "sha1", leaf->sha1, sizeof leaf->sha1);
	add_label(page, "subject", leaf->subject);
	add_label(page, "issuer", leaf->issuer);
	add_label(page, "serial", leaf->serial);
	end_whole(page, 1);
}

static void
add_http_status(struct page *page)
{
	if (page->facts->http.answered)
		add_whole(page, page->facts->http.status);
}

static void
add_plugin_info(struct page *page)
{
	/* Of a pool once. */
	if (page->report->pool != NULL && page->facts != page->report->facts)
		return;
	page->facts = page->report->pool != NULL ? NULL : page->facts;
	begin(page);
	add_label(page, "plugin", page->report->plugin);
	add_label(page, "version", page->report->version);
	end_whole(page, 1);
}

/* ---- the pool as a whole ---- */

static void
add_members(struct page *page)
{
	const struct pool *pool = page->report->pool;
	const struct {
		enum pool_health health;
		size_t count;
	} counts[] = {
	    {POOL_HEALTHY, pool->healthy},
	    {POOL_FAILED, pool->failed},
	    {POOL_UNKNOWN, pool->unknown},
	    {POOL_EXPECTED_DOWN, pool->expected_down},
	};

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		begin(page);
		add_label(page, "health", pool_health_name(counts[i].health));
		end_whole(page, (int64_t)counts[i].count);
	}
}

static void
add_pool_state(struct page *page)
{
	add_whole(page, state_exit(page->report->verdict->state));
}

static void
add_pool_failures(struct page *page)
{
	const struct verdict *verdict = page->report->verdict;
	bool told[CAUSES] = {false};

	for (size_t i = 0; i < verdict->findings_count; i++) {
		const struct finding *finding = &verdict->findings[i];

		if (!told[finding->cause])
			add_failure(page, finding);
		told[finding->cause] = true;
	}
}

/* How those ended that came back to the VIP. */
static void
add_reconnects(struct page *page)
{
	static const char *const outcomes[] = {
	    [FACTS_RETURN_FAILED] = "failed",
	    [FACTS_RETURN_FULL] = "full",
	    [FACTS_RETURN_RESUMED] = "resumed",
	};
	const struct facts *vip = page->report->pool->vip.facts;

	if (vip == NULL || vip->persistence == NULL)
		return;
	for (int offer = 0; offer < FACTS_OFFERS; offer++) {
		const struct facts_returns *returns = &vip->persistence->by[offer];

		for (size_t i = 0; returns->given && i < sizeof outcomes / sizeof outcomes[0];
		     i++) {
			begin(page);
			add_label(page, "session", facts_persistence_name(offer));
			add_label(page, "outcome", outcomes[i]);
			end_whole(
			    page, (int64_t)facts_persistence_count(returns, (enum facts_return)i));
		}
	}
}

static const struct family pool_families[] = {
    {"sstp_pool_state", "State of the pool: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
        add_pool_state},
    {"sstp_pool_members", "Members of the pool, by their health.", add_members},
    {"sstp_pool_failure", "1 for each cause of the findings about the pool.", add_pool_failures},
    {"sstp_pool_reconnects",
        "Reconnects to the VIP with a TLS session, by its kind and whether it was taken up.",
        add_reconnects},
};

static const struct family families[] = {
    {PROMETHEUS_SUCCESS, PROMETHEUS_SUCCESS_HELP, add_success},
    {PROMETHEUS_STATE, PROMETHEUS_STATE_HELP, add_state},
    {PROMETHEUS_FAILURE, PROMETHEUS_FAILURE_HELP, add_failures},
    {"sstp_probe_duration_seconds", "Time that a stage took, also when it failed.", add_durations},
    {"sstp_probe_total_seconds", "Time that the whole probe took.", add_total},
    {"sstp_probe_timeout_seconds", "Time that the whole probe was given.", add_timeout},
    {"sstp_probe_ip_protocol", "4 or 6: the version of IP that the probe used last.",
        add_ip_protocol},
    {"sstp_tls_info", "1, with the TLS version and the cipher agreed on.", add_tls_info},
    {"sstp_http_status", "Status code of the HTTP answer.", add_http_status},
    {"sstp_certificate_not_before_timestamp_seconds",
        "Date from which on the server's own certificate is valid.", add_not_before},
    {"sstp_certificate_not_after_timestamp_seconds",
        "Date until which the server's own certificate is valid.", add_not_after},
    {"sstp_certificate_earliest_not_after_timestamp_seconds",
        "Earliest such date of all certificates that the server sent.", add_earliest_not_after},
    {"sstp_certificate_info", "1, with what identifies the server's own certificate.",
        add_certificate_info},
    {"sstp_plugin_info", "1, with the plugin that made this and its version.", add_plugin_info},
};

void
report_prometheus(const struct report *report, struct text *text)
{
	struct page page = {.text = text, .report = report};

	for (size_t i = 0;
	     report->pool != NULL && i < sizeof pool_families / sizeof pool_families[0]; i++) {
		page.family = &pool_families[i];
		page.announced = false;
		pool_families[i].add(&page);
	}
	for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
		page.family = &families[i];
		page.announced = false;
		for (size_t j = 0; j < report->facts_count; j++) {
			page.facts = &report->facts[j];
			families[i].add(&page);
		}
	}
}
