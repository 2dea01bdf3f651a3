/*
 * system - the plugins against rras-sim, row by row (rows.h), and what every output must fulfil.
 */
#include "config.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agree.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/facts.h"
#include "papers.h"
#include "process.h"
#include "room.h"
#include "rows.h"
#include "scenes.h"
#include "support/clean.h"
#include "support/json.h"
#include "support/lines.h"
#include "support/perfdata.h"
#include "support/prometheus.h"
#include "support/schema.h"
#include "support/scratch.h"
#include "support/suite.h"
#include "verdict/causes.h"
#include "witness.h"
#include "wrapper.h"

#define SIM         "tests/rras/rras-sim"
#define LIMIT       30 /* seconds; no row takes that long */
#define VPN         "-H vpn.example.com -I 127.0.0.2 -p {port} --ca-file {ca} -t 5"
#define POOL        "-H vpn.example.com -p {port} --ca-file {ca} -t 5"
#define ITEMS_MAX   64
#define JOURNAL_MAX (1 << 20)

static const char *scratch; /* the folder of all rows */
static char here[4096];
static struct process_result result; /* large */
static struct prometheus metrics;    /* large */

/* How each row is run: as it is, and with more options. */
enum way { AS_IS, JSON, METRICS, VERBOSE, MORE_VERBOSE, MOST_VERBOSE, WAYS };
static const char *const ways[WAYS] = {"", " -o json", " -o prometheus", " -v", " -vv", " -vvv"};
static char *outputs[WAYS];
static const char *plugin; /* of the row that is run */

/* What the placeholders of a row stand for while it runs. */
struct scene {
	struct process_sim sim;
	bool has_sim;
	int refused, refused_port;
};

static const char dump[] = "{dump=", shown[] = "{shown}";

/* The path of the dump whose NAME begins there, and what stands behind its brace. */
static const char *
fill_dump(struct text *text, const char *name, const struct scene *scene)
{
	size_t length = strcspn(name, "}");

	scenes_add_path(text, name, length, scene->has_sim ? scene->sim.port : 0, scratch);
	return name + length + 1;
}

static void
fill(struct text *text, const char *template, const struct scene *scene)
{
	const struct {
		const char *word, *value;
		int number;
	} words[] = {
	    {"{vpn}", VPN, 0},
	    {"{port}", NULL, scene->sim.port},
	    {"{refused}", NULL, scene->refused_port},
	    {"{ca}", "{scratch}/ca.pem", 0},
	    {"{pool}", POOL, 0},
	    {"{otherca}", "{scratch}/other.pem", 0},
	    {"{hashed}", "{scratch}/hashed", 0},
	    {"{empty}", "{scratch}/empty", 0},
	    {"{fakenet}", "{here}/tests/system/fakenet.so", 0},
	    {"{scratch}", scratch, 0},
	    {"{here}", here, 0},
	};

	while (*template != '\0') {
		size_t i = 0, count = sizeof words / sizeof words[0];

		if (strncmp(template, dump, strlen(dump)) == 0) {
			template = fill_dump(text, template + strlen(dump), scene);
			continue;
		}
		if (strncmp(template, shown, strlen(shown)) == 0) {
			scenes_add_shown(text, scene->sim.port);
			template += strlen(shown);
			continue;
		}
		while (i < count && strncmp(template, words[i].word, strlen(words[i].word)) != 0)
			i++;
		if (i == count) {
			text_add_char(text, *template ++);
			continue;
		}
		template += strlen(words[i].word);
		if (words[i].value == NULL)
			text_format(text, "%d", words[i].number);
		else
			fill(text, words[i].value, scene);
	}
}

/* '*' stands for anything. */
static bool
matches(const char *pattern, const char *chars)
{
	for (; *pattern != '*'; pattern++, chars++)
		if (*pattern != *chars)
			return false;
		else if (*pattern == '\0')
			return true;
	do {
		if (matches(pattern + 1, chars))
			return true;
	} while (*chars++ != '\0');
	return false;
}

/* Arguments that are wrong are told in words, whatever the format. */
static bool
is_usage(const struct row *row)
{
	return strncmp(row->name, "usage", 5) == 0;
}

/* Begin the plugin with a row's arguments and MORE. */
static void
begin(const struct row *row, const struct scene *scene, const char *more, struct process *process)
{
	struct text line = TEXT_EMPTY, arguments = TEXT_EMPTY, environment = TEXT_EMPTY;
	char program[64];

	snprintf(program, sizeof program, "plugins/%s", plugin);
	fill(&line, row->arguments, scene);
	wrapper_widen(&arguments, text_chars(&line));
	text_add(&arguments, more);
	if (row->environment != NULL)
		fill(&environment, row->environment, scene);
	process_begin(process, program, text_chars(&arguments), text_chars(&environment), NULL);
	text_free(&line);
	text_free(&arguments);
	text_free(&environment);
}

/* What the rows log on with, and what opens their keys. */
static const char *const secrets[] = {"clientPass", PAPERS_PASSPHRASE};

/* Its output, to be freed. */
static char *
end(const struct row *row, struct process *process)
{
	process_end(process, LIMIT, &result);
	ck_assert_msg(result.signal == 0, "signal %d, stderr: %s", result.signal, result.err);
	ck_assert_str_eq(result.err, "");
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
		ck_assert_msg(
		    strstr(result.out, secrets[i]) == NULL, "a secret in: %.2000s", result.out);
	ck_assert_msg(result.exit == row->exit, "exit %d, wanted %d: %.2000s", result.exit,
	    row->exit, result.out);
	return strdup(result.out);
}

/* Under a wrapper only those that say the most: there every run takes seconds. */
static bool
is_run(enum way way)
{
	return !wrapper_given() || way == JSON || way == MOST_VERBOSE;
}

/* Fill OUTPUTS, but for the first, side by side if they may. */
static void
run_more(const struct row *row, const struct scene *scene)
{
	struct process processes[WAYS];

	for (int way = AS_IS + 1; way < WAYS; way++)
		if (is_run(way)) {
			begin(row, scene, ways[way], &processes[way]);
			if (row->in_turn)
				outputs[way] = end(row, &processes[way]);
		}
	for (int way = AS_IS + 1; way < WAYS && !row->in_turn; way++)
		if (is_run(way))
			outputs[way] = end(row, &processes[way]);
}

/* Fill OUTPUTS. The first run has the machine for itself. */
static void
run(const struct row *row, const struct scene *scene)
{
	struct process process;

	if (is_usage(row) || is_run(AS_IS)) {
		begin(row, scene, ways[AS_IS], &process);
		outputs[AS_IS] = end(row, &process);
	}
	if (!is_usage(row))
		run_more(row, scene);
}

static void
check_clean(const char *out)
{
	const char *problem = clean_text(out);

	ck_assert_msg(problem == NULL, "%s in: %.2000s", problem, out);
}

/* The text before the bar, and the perfdata behind it, which must be well formed. */
static void
cut_first_line(char *out, char **line, struct perfdata_item *items, size_t *count)
{
	char *end = strchr(out, '\n'), *bar;
	const char *problem;

	ck_assert_ptr_nonnull(end);
	*end = '\0';
	*count = 0;
	bar = strstr(out, " | ");
	if (bar != NULL) {
		*bar = '\0';
		problem = perfdata_parse(bar + 3, items, ITEMS_MAX, count);
		ck_assert_msg(problem == NULL, "perfdata %s: %s", problem, bar + 3);
	}
	*line = out;
}

static void
check_certificate_labels(const struct row *row, const struct perfdata_item *items, size_t count)
{
	bool from_file = strstr(row->arguments, "--cert-file ") != NULL;

	ck_assert_uint_eq(count, from_file ? 2 : 3);
	ck_assert_str_eq(items[0].label, "leaf");
	ck_assert_str_eq(items[1].label, "chain");
	if (!from_file)
		ck_assert_str_eq(items[2].label, "total");
}

/* A pool has its counts and times, the VIP's and those of members. */
static void
check_pool_labels(const struct row *row, const struct perfdata_item *items, size_t count)
{
	static const char *const labels[] = {
	    "total", "healthy", "failed", "expected_down", "slowest", "median", "vip"};
	size_t wanted = strstr(row->arguments, "--vip") != NULL ? 7 : 6;

	ck_assert_uint_ge(count, wanted);
	for (size_t i = 0; i < wanted; i++)
		ck_assert_str_eq(items[i].label, labels[i]);
}

static bool
is_pool(void)
{
	return strcmp(plugin, "check_sstp_pool") == 0;
}

/* All states of a level have the same labels in the same order. */
static void
check_labels(const struct row *row, const struct perfdata_item *items, size_t count)
{
	const char *asked = strstr(row->arguments, "--level ");
	bool plain = strstr(row->arguments, "--plain") != NULL;
	int level = FACTS_HTTP;
	size_t next = 1;

	if (strcmp(plugin, "check_sstp_cert") == 0) {
		check_certificate_labels(row, items, count);
		return;
	}
	for (int i = 0; asked != NULL && i < FACTS_STAGES; i++)
		if (strncmp(asked + 8, facts_level_name(i), strlen(facts_level_name(i))) == 0)
			level = i;
	/* It implies the level. */
	if (strstr(row->arguments, "--ping ") != NULL)
		level = FACTS_PING;
	ck_assert_uint_gt(count, 2);
	ck_assert_str_eq(items[0].label, "total");
	for (int i = 0; i <= level; i++) {
		if (i == FACTS_TLS && plain)
			continue;
		ck_assert_uint_lt(next, count);
		ck_assert_str_eq(items[next++].label, facts_stage_name(i));
	}
	if (level >= FACTS_TLS && !plain) {
		ck_assert_uint_lt(next, count);
		ck_assert_str_eq(items[next++].label, "certificate");
	}
	if (strstr(row->arguments, "--eap-server-name ") != NULL) {
		ck_assert_uint_lt(next, count);
		ck_assert_str_eq(items[next++].label, "eap_certificate");
	}
	if (level == FACTS_PING) {
		ck_assert_uint_lt(next + 1, count);
		ck_assert_str_eq(items[next++].label, "loss");
		ck_assert_str_eq(items[next++].label, "rtt");
	}
	/* Further addresses repeat them, numbered. */
	ck_assert_uint_eq(count % next, 0);
}

/* The numbers are others where the limits are wider. */
static void
check_line(const struct row *row, const char *line)
{
	char *got = strdup(line), *wanted = strdup(row->line);

	if (wrapper_slowness() > 1) {
		lines_mask_numbers(got);
		lines_mask_numbers(wanted);
	}
	ck_assert_msg(matches(wanted, got), "got    %s\nwanted %s", line, row->line);
	free(got);
	free(wanted);
}

/* What -v must show; of a usage error there is but one output, and under a wrapper that of -vvv. */
static void
check_below(const struct row *row, const char *out)
{
	const char *more = outputs[VERBOSE] != NULL ? outputs[VERBOSE] : out;

	ck_assert_msg(row->below == NULL || strstr(more, row->below) != NULL, "no %s in: %.2000s",
	    row->below, more);
}

static void
check_text(const struct row *row, char *out, struct perfdata_item *items, size_t *count)
{
	char *line;

	check_clean(out);
	check_below(row, out);
	cut_first_line(out, &line, items, count);
	check_line(row, line);
	ck_assert_msg(strlen(line) <= 160 || strncmp(row->name, "a hostile", 9) == 0,
	    "%zu characters: %s", strlen(line), line);
}

/* With -vvv there is a trace, of each target that was tried, and with -vv none. */
static void
check_trace(const struct row *row)
{
	const char *less = outputs[MORE_VERBOSE], *more = outputs[MOST_VERBOSE];
	bool tried = strstr(less, "\nresolve N s") != NULL;

	ck_assert_msg(strstr(row->arguments, " -v") != NULL || strstr(less, "\ntrace ") == NULL,
	    "a trace in: %.2000s", less);
	ck_assert_msg(
	    !tried || strstr(more, "\ntrace N s: resolve: ") != NULL, "no trace in: %.2000s", more);
}

/* More of -v adds lines, and changes none. */
static void
check_levels(const struct row *row)
{
	static const enum way levels[] = {AS_IS, VERBOSE, MORE_VERBOSE, MOST_VERBOSE};

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		char *more = outputs[levels[i]];

		check_clean(more);
		lines_mask_numbers(more);
		if (i > 0 && !row->varies)
			ck_assert_msg(lines_only_added(outputs[levels[i - 1]], more),
			    "%.2000s\nbecomes\n%.2000s", outputs[levels[i - 1]], more);
	}
	check_trace(row);
}

static bool
has_finding(const struct json *json, const char *cause)
{
	const struct json *findings = json_at(json, "findings");

	for (const struct json *finding = findings->first; finding != NULL; finding = finding->next)
		if (strcmp(json_string(finding, "cause"), cause) == 0)
			return true;
	return false;
}

/* The output as JSON, to be freed. */
static struct json *
check_json(const struct row *row, const char *out)
{
	struct text path = TEXT_EMPTY;
	const char *problem;
	size_t where;
	struct json *json = json_parse(out, strlen(out), &where);

	ck_assert_msg(json != NULL, "no JSON at %zu: %.2000s", where, out);
	problem = schema_check(json, &path);
	ck_assert_msg(problem == NULL, "%s: %s: %.2000s", text_chars(&path), problem, out);
	text_free(&path);
	problem = clean_json(json);
	ck_assert_msg(problem == NULL, "%s: %.2000s", problem, out);
	ck_assert(json_is_number(json, "exit", row->exit));
	if (row->cause == NULL)
		ck_assert_msg(json_is_null(json, "cause"), "a cause: %.2000s", out);
	else
		ck_assert_msg(json_string(json, "cause") != NULL &&
		                  matches(row->cause, json_string(json, "cause")),
		    "wanted %s: %.2000s", row->cause, out);
	if (row->also != NULL)
		ck_assert_msg(has_finding(json, row->also), "no %s: %.2000s", row->also, out);
	room_check(json);
	return json;
}

static void
check_metrics(const char *out)
{
	size_t line;
	const char *problem = prometheus_parse(out, &metrics, &line);

	ck_assert_msg(problem == NULL, "line %zu: %s: %.2000s", line, problem, out);
}

/* What was made of the arguments is told in every format, and each tells the same. */
static void
check_formats(const struct row *row, const struct perfdata_item *items, size_t count)
{
	struct json *json = check_json(row, outputs[JSON]);

	if (is_pool())
		check_pool_labels(row, items, count);
	else
		check_labels(row, items, count);
	check_metrics(outputs[METRICS]);
	if (!row->varies) {
		agree_perfdata(json, items, count);
		agree_metrics(json, &metrics, is_pool() ? "member" : "target",
		    strstr(row->arguments, "--expect-reject") != NULL);
	}
	json_free(json);
}

static void
set_scene(const struct row *row, struct scene *scene)
{
	struct text line = TEXT_EMPTY;

	memset(scene, 0, sizeof *scene);
	scene->refused_port = process_refused_port(&scene->refused);
	if (row->sim == NULL)
		return;
	text_format(&line, "--ca-out %s/ca.pem --untrusted-ca-out %s/other.pem --log %s/journal ",
	    scratch, scratch, scratch);
	text_add(&line, row->sim);
	process_start_sim(SIM, text_chars(&line), &scene->sim);
	text_free(&line);
	scene->has_sim = true;
	if (strstr(row->arguments, "{hashed}") != NULL) {
		char command[4200];

		snprintf(command, sizeof command,
		    "mkdir -p %s/hashed && cp %s/ca.pem %s/hashed/ && openssl rehash %s/hashed",
		    scratch, scratch, scratch, scratch);
		ck_assert_int_eq(system(command), 0);
	}
}

/* What rras-sim saw of all runs of the row. */
static void
check_journal(const struct row *row)
{
	const char *path = scratch_path("journal");
	struct text said = TEXT_EMPTY;

	ck_assert(file_read_path(path, JOURNAL_MAX, &said));
	unlink(path);
	witness_hear(row, text_chars(&said));
	text_free(&said);
}

static void
strike_scene(const struct row *row, struct scene *scene)
{
	if (scene->has_sim) {
		process_stop_sim(&scene->sim);
		check_journal(row);
	}
	close(scene->refused);
}

/* A cause without a row, and where it is tested instead. */
static const char *const elsewhere[] = {
    "local.no-memory",             /* unit tests */
    "local.no-descriptors",        /* straits.c */
    "local.interrupted",           /* straits.c */
    "local.not-reached",           /* unit tests */
    "local.not-judged",            /* revocation.c */
    "tls.renegotiation",           /* unit tests */
    "auth.eap-server-untrusted",   /* peers/eap.test */
    "auth.eap-server-expiring",    /* peers/eap.test */
    "auth.eap-client-certificate", /* peers/pppd.test */
    /* revocation.c */
    "cert.revoked",
    "cert.crl-unreachable",
    "cert.crl-stale",
    "cert.crl-invalid",
    "cert.crl-expiring",
    "cert.no-revocation-info",
};

static bool
has_row(const char *cause)
{
	const struct row *row;
	const char *whose;

	for (size_t i = 0; (row = rows_at(i, &whose)) != NULL; i++)
		if (row->cause != NULL && strcmp(row->cause, cause) == 0)
			return true;
	return false;
}

START_TEST(every_cause_has_a_row)
{
	for (int cause = 0; cause < CAUSES; cause++) {
		const char *name = causes_row(cause)->name;
		size_t i = 0, excused = sizeof elsewhere / sizeof elsewhere[0];

		while (i < excused && strcmp(elsewhere[i], name) != 0)
			i++;
		ck_assert_msg(
		    has_row(name) != (i < excused), "%s: no row, or an excuse beside it", name);
	}
}
END_TEST

/* A plugin that is linked statically has nothing preloaded: SYSTEM_STATIC says that it is one. */
static bool
can_be_run(const struct row *row)
{
	return getenv("SYSTEM_STATIC") == NULL || row->environment == NULL ||
	       strstr(row->environment, "LD_PRELOAD") == NULL;
}

START_TEST(a_row)
{
	const struct row *row = rows_at((size_t)_i, &plugin);
	struct perfdata_item items[ITEMS_MAX];
	struct scene scene;
	size_t count;
	char *copy;

	if (!can_be_run(row))
		return;
	set_scene(row, &scene);
	run(row, &scene);
	copy = strdup(outputs[outputs[AS_IS] != NULL ? AS_IS : MOST_VERBOSE]);
	check_text(row, copy, items, &count);
	if (!is_usage(row) && wrapper_given())
		json_free(check_json(row, outputs[JSON]));
	else if (!is_usage(row)) {
		check_levels(row);
		check_formats(row, items, count);
	}
	strike_scene(row, &scene);
	free(copy);
	for (int way = 0; way < WAYS; way++)
		free(outputs[way]);
}
END_TEST

/* Configurations of OpenSSL: one without any algorithm, one with a policy. Options, and digests. */
static const struct {
	const char *name, *bytes;
} files[] = {
    {"null.cnf", "openssl_conf = o\n[o]\nproviders = p\n[p]\nnull = n\n[n]\nactivate = 1\n"},
    {"min.cnf",
        "openssl_conf = o\n[o]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nMinProtocol = TLSv1.3\n"},
    {"anonymous.cnf",
        "openssl_conf = o\n[o]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nCipherString = aNULL:@SECLEVEL=0\n"},
    {"plugins.ini",
        "[check_sstp]\nexpect = 401,404\n[slow]\nw = 0.000001\n[slower]\nhostname = other\ncritical=0.000002\n"
        "[bad]\nport = secret\n[odd]\nsecret\n[four]\nipv4\n[both]\nipv4\nipv6\n"},
    {"none", ""},
    {"pins",
        "\xEF\xBB\xBF# now\n\n A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D # until May\r\n"
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"notepad", "\xEF\xBB\xBF" PAPERS_PASSPHRASE "\r\n"},
    {"badpins", "\n# ok\na9993e364706816aba3e25717850c26c9cd0d8\n"},
    {"backends", "# two that serve, one that is out of service\n\nrras1=127.0.0.2\n"
                 "rras2=127.0.0.3 # since May\nrras3=127.0.0.9 expect-down\n"},
    {"mixed-backends", "rras1=127.0.0.2\nrras2=127.0.0.8 plain\n"},
    {"bad-backends", "rras1=127.0.0.2\n\nrras2=127.0.0.3 plane\n"},
    {"no-backends", "# nothing yet\n"},
};

static bool
make_scratch(void)
{
	scratch = scratch_make();
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		scratch_write(files[i].name, files[i].bytes, strlen(files[i].bytes));
	return getcwd(here, sizeof here) != NULL && mkdir(scratch_path("empty"), 0700) == 0 &&
	       papers_write(scratch);
}

/* The word behind --level, up to LENGTH bytes; without it, none: the default. */
static const char *
level_of(const struct row *row, size_t *length)
{
	const char *level = strstr(row->arguments, "--level ");

	level = level == NULL ? "" : level + strlen("--level ");
	*length = strcspn(level, " ");
	return level;
}

/* Rows of one cause and one level take the same way through the program. */
static bool
are_alike(const struct row *one, const struct row *other)
{
	size_t length, other_length;
	const char *level = level_of(one, &length), *other_level = level_of(other, &other_length);

	if (is_usage(one) != is_usage(other) || (one->cause == NULL) != (other->cause == NULL))
		return false;
	return (one->cause == NULL || strcmp(one->cause, other->cause) == 0) &&
	       length == other_length && strncmp(level, other_level, length) == 0;
}

/* SYSTEM_EVERY=n: every n-th row alone. */
static size_t
every(void)
{
	const char *given = getenv("SYSTEM_EVERY");
	size_t number = given == NULL ? 1 : strtoul(given, NULL, 10);

	return number == 0 ? 1 : number;
}

/* Under a wrapper the first of each kind stands for the others. */
static bool
is_wanted(size_t number)
{
	const char *whose, *other;
	const struct row *row = rows_at(number, &whose);

	for (size_t i = 0; wrapper_given() && i < number; i++)
		if (are_alike(row, rows_at(i, &other)) && strcmp(whose, other) == 0)
			return false;
	return true;
}

static void
add_rows(Suite *suite)
{
	const struct row *row;
	const char *whose;

	for (size_t i = 0; (row = rows_at(i, &whose)) != NULL; i++) {
		TCase *tests;

		if (i % every() != 0 || !is_wanted(i))
			continue;
		tests = tcase_create(row->name);
		tcase_set_timeout(tests, 2 * LIMIT * wrapper_slowness());
		tcase_add_loop_test(tests, a_row, (int)i, (int)i + 1);
		suite_add_tcase(suite, tests);
	}
}

int
main(void)
{
	Suite *suite = suite_create("system");
	TCase *table;
	int status;

	if (!make_scratch()) {
		perror("system: no folder to work in");
		return EXIT_FAILURE;
	}
	add_rows(suite);
	table = tcase_create("the table");
	tcase_add_test(table, every_cause_has_a_row);
	suite_add_tcase(suite, table);
	status = suite_run(suite);
	scratch_remove();
	return status;
}
