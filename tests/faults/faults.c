/*
 * faults - the plugins while one call fails, each in its turn (faults.h).
 *
 * A check is run again and again, and the first, second, third .. call of a kind fails. It must
 * either not matter, so that the answer is the same; or be told: as UNKNOWN, or as what it is when
 * it is the network that fails. Never is all well with a sick server, never is a healthy one
 * blamed for what this host lacks, and whatever is said is well formed, in every format.
 *
 *   FAULTS_STEP=1   every call; default: the first 40, then every 20th. Kinds with few calls are
 * tried in each place, and memory that is gone for good in every fifth of the others.
 *   FAULTS_SCENE="cert, revocation"   that check alone
 */
#include "config.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "faults.h"
#include "server.h"
#include "support/json.h"
#include "support/lines.h"
#include "support/perfdata.h"
#include "support/prometheus.h"
#include "support/schema.h"
#include "support/scratch.h"
#include "support/suite.h"
#include "system/papers.h"
#include "system/process.h"
#include "system/scenes.h"

#define LIMIT     30 /* seconds for a run */
#define RESOLVER  2  /* descriptors: threads that look names up may outlive the loop */
#define STEP      (20UL * SLOWNESS)
#define OUR_OWN   40 /* calls */
#define TOLD_MAX  30 /* defects that are shown whole */
#define ITEMS_MAX 64
#define FEW       (100 / SLOWNESS) /* calls of a kind that are tried in each place */
#define SLOTS     6                /* runs side by side */
#define BATCH     100 /* runs before the server is begun anew: it does not live for ever */

/* ---- what fails ---- */

struct fault {
	const char *name;
	enum faults_kind kind;
	int error;
	bool lasting;
	bool is_passing;        /* to be tried again: it must not matter */
	const char *causes[12]; /* what it may be told as but for UNKNOWN; "cert." stands for a
	                           whole layer. None: it is this host's affair */
};

#define LINK "tls.", "http.", "sstp.", "ppp.", "auth.", "binding.", "ip.", "cert.crl-", "pool."

static const struct fault faults[] = {
    {"memory", FAULTS_MEMORY, ENOMEM},
    {"memory, for good", FAULTS_MEMORY, ENOMEM, .lasting = true},
    {"socket, no descriptors", FAULTS_SOCKET, EMFILE},
    {"connect, refused", FAULTS_CONNECT, ECONNREFUSED, .causes = {"tcp.", "cert.crl-", "pool."}},
    {"connect, no route", FAULTS_CONNECT, ENETUNREACH, .causes = {"tcp.", "cert.crl-", "pool."}},
    {"read, reset", FAULTS_READ, ECONNRESET, .causes = {LINK}},
    {"read, the end", FAULTS_READ, 0, .causes = {LINK}},
    {"read, input error", FAULTS_READ, EIO, .causes = {LINK}},
    {"read, interrupted", FAULTS_READ, EINTR, .is_passing = true},
    {"write, closed", FAULTS_WRITE, EPIPE, .causes = {LINK}},
    {"write, no room", FAULTS_WRITE, ENOSPC, .causes = {LINK}},
    {"write, interrupted", FAULTS_WRITE, EINTR, .is_passing = true},
    {"poll, interrupted", FAULTS_POLL, EINTR, .is_passing = true},
    {"poll, no memory", FAULTS_POLL, ENOMEM},
    {"resolve, no answer", FAULTS_RESOLVE, EAI_AGAIN},
    {"resolve, no memory", FAULTS_RESOLVE, EAI_MEMORY},
    {"open, no descriptors", FAULTS_OPEN, EMFILE},
    {"open, no descriptors, for good", FAULTS_OPEN, EMFILE, .lasting = true},
    {"open, forbidden", FAULTS_OPEN, EACCES},
    {"stat, forbidden", FAULTS_STAT, EACCES},
    {"close, input error", FAULTS_CLOSE, EIO},
    {"rename, read-only", FAULTS_RENAME, EROFS},
    {"randomness, none", FAULTS_RANDOM, ENOSYS},
    {"thread, none", FAULTS_THREAD, EAGAIN},
};
#define FAULTS (sizeof faults / sizeof faults[0])

/* ---- what is checked ---- */

/* A request that was not sent is waited for in vain, in each scene. */
#if SLOWNESS > 1
#define PATIENCE "-t 3 "
#else
#define PATIENCE "-t 2 "
#endif

#define VPN    "-H vpn.example.com -I 127.0.0.2 -p {port} --ca-file {scratch}/ca.pem " PATIENCE
#define POOL   "-H vpn.example.com -p {port} --ca-file {scratch}/ca.pem " PATIENCE
#define LOGON  "--credentials {scratch}/good --pcap {scratch}/pcap{slot} "
#define TUNNEL VPN LOGON "--level tunnel "
#define EAP                                                                                 \
	VPN "--level auth -l User --backoff 0 --auth-method eap-tls --eap-ca-file "         \
	    "{scratch}/nps-ca.pem --eap-server-name nps.example.com --eap-passphrase-file " \
	    "{scratch}/passphrase "

/* A folder in which a refusal is remembered. */
#define KEPT "kept"

struct scene {
	const char *name, *plugin;
	const char *sim; /* NULL: a server whose revocation can be asked after (server.h) */
	const char *arguments;
	int exit;
	const char *cause; /* NULL: all is well */
};

static const struct scene scenes[] = {
    {"http", "check_sstp", "tcp=ok", VPN, 0},
    {"http, not registered", "check_sstp", "status=404", VPN, 2, "http.sstp-not-registered"},
    {"tls, expired", "check_sstp", "cert=expired", VPN "--level tls", 2, "cert.expired"},
    {"a name, without TLS", "check_sstp", "plain=yes",
        "-H localhost -4 -p {port} --plain " PATIENCE "--extra-opts=rras@{scratch}/ini", 0},
    {"http, two addresses", "check_sstp", "127.0.0.2 127.0.0.3", "-I 127.0.0.3 " VPN, 0},
    {"sstp", "check_sstp", "tcp=ok", VPN "--level sstp", 0},
    {"tunnel, mschapv2", "check_sstp", "auth=mschapv2", TUNNEL, 0},
    {"tunnel, binding refused", "check_sstp", "auth=mschapv2,stored=other", TUNNEL, 2,
        "binding.hash-rejected"},
    {"auth, rejected", "check_sstp", "auth=mschapv2,refuse=691",
        VPN LOGON "--level auth --state-dir {scratch}/state{run}", 2, "auth.rejected"},
    {"auth, held back", "check_sstp", "auth=mschapv2,refuse=691",
        VPN LOGON "--level auth --state-dir {scratch}/" KEPT, 2, "auth.rejected"},
    {"auth, a key", "check_sstp", "auth=eap,eap=other",
        EAP "--eap-cert {scratch}/client.crt --eap-key {scratch}/locked.key", 2,
        "auth.eap-no-method"},
    {"auth, PKCS#12", "check_sstp", "auth=eap,eap=other", EAP "--eap-cert {scratch}/locked.p12", 2,
        "auth.eap-no-method"},
    {"cert, binding", "check_sstp_cert", "tcp=ok", VPN "--binding {scratch}/healthy-export.dump",
        0},
    {"cert, binding of IIS", "check_sstp_cert", "tcp=ok", VPN "--binding {scratch}/iis.dump", 2,
        "windows.hash-mismatch"},
    {"cert, revocation", "check_sstp_cert", NULL,
        "-H vpn.example.com -I 127.0.0.1 -p {port} --ca-file {scratch}/ca.pem " PATIENCE
        "--revocation any",
        0},
    {"cert, out of a file", "check_sstp_cert", "tcp=ok",
        "-H vpn.example.com --cert-file {scratch}/ca.pem --ca-file {scratch}/ca.pem --thumbprint 00112233445566778899aabbccddeeff01020304",
        2, "cert.unexpected-thumbprint"},
    {"pool", "check_sstp_pool", "127.0.0.2 127.0.0.3 127.0.0.5",
        POOL "--backends-file {scratch}/backends --vip 127.0.0.5", 0},
    {"pool, below the minimum", "check_sstp_pool", "127.0.0.2,status=404 127.0.0.3 127.0.0.5",
        POOL "-B 127.0.0.2 -B 127.0.0.3 --min-ok 2 --vip 127.0.0.5", 2, "pool.below-minimum"},
};
#define SCENES ((int)(sizeof scenes / sizeof scenes[0]))

enum format { TEXT, JSON, PROMETHEUS, FORMATS };
static const char *const formats[FORMATS] = {" -vvv", " -o json", " -o prometheus"};

/* A run under way, and the file that it shares with us. */
struct slot {
	struct process process;
	struct faults *shared;
	const struct fault *fault;
	unsigned long at;
	enum format format;
};

static const char *scratch; /* the folder of all runs */
static char here[4096];
static int port;
static struct process_result result; /* large */
static struct prometheus metrics;    /* large */
static struct slot slots[SLOTS];
static char *healthy[FORMATS];
static int left_open; /* descriptors, by a healthy run */
static unsigned long runs;
static size_t defects;

static void
fill(struct text *text, const char *template, int slot)
{
	const struct {
		const char *word, *chars;
		unsigned long number;
	} words[] = {
	    {"{port}", NULL, (unsigned long)port},
	    {"{scratch}", scratch, 0},
	    {"{slot}", NULL, (unsigned long)slot},
	    {"{run}", NULL, runs},
	};

	while (*template != '\0') {
		size_t i = 0, count = sizeof words / sizeof words[0];

		while (i < count && strncmp(template, words[i].word, strlen(words[i].word)) != 0)
			i++;
		if (i == count)
			text_add_char(text, *template);
		else if (words[i].chars != NULL)
			text_add(text, words[i].chars);
		else
			text_format(text, "%lu", words[i].number);
		template += i == count ? 1 : strlen(words[i].word);
	}
}

static void
begin(const struct scene *scene, int number, const struct fault *fault, unsigned long at,
    enum format format)
{
	struct text line = TEXT_EMPTY, environment = TEXT_EMPTY;
	struct slot *slot = &slots[number];
	char program[64];

	runs++;
	slot->fault = fault;
	slot->at = at;
	slot->format = format;
	memset(slot->shared, 0, sizeof *slot->shared);
	if (fault != NULL)
		*slot->shared = (struct faults){.kind = fault->kind,
		    .at = at,
		    .error = fault->error,
		    .lasting = fault->lasting};
	slot->shared->left_open = -1;
	snprintf(program, sizeof program, "plugins/%s", scene->plugin);
	fill(&line, scene->arguments, number);
	text_add(&line, formats[format]);
	text_format(&environment,
	    "LD_PRELOAD=%s/tests/faults/preload.so FAULTS=%s/shared%d ASAN_OPTIONS=verify_asan_link_order=0 LSAN_OPTIONS=print_suppressions=0:suppressions=%s/leaks MP_STATE_PATH=%s/state",
	    here, scratch, number, scratch, scratch);
	process_begin(&slot->process, program, text_chars(&line), text_chars(&environment), NULL);
	text_free(&line);
	text_free(&environment);
}

/* ---- what is said of it ---- */

static const char *
check_text(const char *out)
{
	static struct perfdata_item items[ITEMS_MAX];
	const char *end = strchr(out, '\n'), *bar = strstr(out, " | ");
	char perfdata[4096];
	size_t count;

	if (strncmp(out, "SSTP", 4) != 0 || end == NULL)
		return "no first line";
	for (const char *c = out; *c != '\0'; c++)
		if (((unsigned char)*c < ' ' && *c != '\n') || *c == 0x7f)
			return "a control byte";
	if (bar == NULL || bar > end)
		return NULL;
	snprintf(perfdata, sizeof perfdata, "%.*s", (int)(end - bar) - 3, bar + 3);
	return perfdata_parse(perfdata, items, ITEMS_MAX, &count);
}

static const char *
check_json(const char *out)
{
	struct text path = TEXT_EMPTY;
	const char *problem;
	size_t where;
	struct json *json = json_parse(out, strlen(out), &where);

	if (json == NULL)
		return "no JSON";
	problem = schema_check(json, &path);
	if (problem == NULL && !json_is_number(json, "exit", result.exit))
		problem = "another exit status";
	text_free(&path);
	json_free(json);
	return problem;
}

static const char *
check_metrics(const char *out)
{
	size_t line;

	return prometheus_parse(out, &metrics, &line);
}

/* The state and the cause are in brackets, or between quotes. */
static bool
is_told(const char *out, const char *cause)
{
	struct text bracket = TEXT_EMPTY, quote = TEXT_EMPTY;
	bool found;

	text_format(&bracket, "[%s", cause);
	text_format(&quote, "\"%s", cause);
	found =
	    strstr(out, text_chars(&bracket)) != NULL || strstr(out, text_chars(&quote)) != NULL;
	text_free(&bracket);
	text_free(&quote);
	return found;
}

static bool
is_allowed(const struct fault *fault, const char *out)
{
	for (size_t i = 0; fault->causes[i] != NULL; i++)
		if (is_told(out, fault->causes[i]))
			return true;
	return false;
}

/* What a healthy check tells besides where it can do without what failed: in every format but the
 * metrics, which say the same. */
static bool
is_noted(const struct slot *slot)
{
	static const struct {
		const char *words;
		enum faults_kind kind; /* FAULTS_KINDS: all */
	} notes[] = {
	    {"no back-off: --state-dir does not serve", FAULTS_KINDS},
	    {"a kept refusal may stay: see --state-dir", FAULTS_OPEN}, /* none can be seen */
	    {"unreachable", FAULTS_KINDS}, /* one of two sources of revocation */
	    {"left: without an answer to our good-bye", FAULTS_KINDS},
	    {"\"left_politely\":false", FAULTS_KINDS},
	    {"from ?", FAULTS_RESOLVE}, /* an address that cannot be written */
	    {"address: ?", FAULTS_RESOLVE},
	    {"\"address\":\"?\"", FAULTS_RESOLVE},
	};

	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++)
		if ((notes[i].kind == FAULTS_KINDS || notes[i].kind == slot->fault->kind) &&
		    strstr(result.out, notes[i].words) != NULL &&
		    strstr(healthy[slot->format], notes[i].words) == NULL)
			return true;
	return false;
}

/* That an option names a file which does not serve is told in words without a cause, whatever the
 * format; with one, that memory ran out. Nothing else is a reason not to keep to the format. */
static bool
is_usage(const struct fault *fault)
{
	if (result.exit != 3 || strncmp(result.out, "SSTP", 4) != 0 ||
	    strstr(result.out, " UNKNOWN - ") == NULL)
		return false;
	switch (fault->kind) {
	case FAULTS_MEMORY:
		return strstr(result.out, "[local.no-memory]") != NULL;
	case FAULTS_OPEN:
	case FAULTS_READ:
	case FAULTS_WRITE:
	case FAULTS_CLOSE:
	case FAULTS_STAT:
		return strchr(result.out, '[') == NULL && strchr(result.out, '|') == NULL;
	default:
		return false;
	}
}

static const char *
check_form(const struct slot *slot)
{
	if (slot->shared->failed_stdout && !slot->fault->is_passing)
		return result.exit == 3 ? NULL : "not told to anybody, and not UNKNOWN";
	if (is_usage(slot->fault) || slot->format == TEXT)
		return check_text(result.out);
	return slot->format == JSON ? check_json(result.out) : check_metrics(result.out);
}

/* What may differ between two runs: numbers, and which calls a trace tells of. */
static void
mask(char *out)
{
	lines_drop(out, "trace");
	lines_mask_numbers(out);
}

/* Where memory lacks when all is known, the good-bye alone is not said, and that is told. */
static void
mask_good_bye(char *out, const char *without_fault)
{
	static const char said[] = "\"left_politely\":true", unsaid[] = "\"left_politely\":false";
	char *at = strstr(out, unsaid);

	if (at == NULL || strstr(without_fault, said) == NULL)
		return;
	memmove(at + strlen(said), at + strlen(unsaid), strlen(at + strlen(unsaid)) + 1);
	memcpy(at, said, strlen(said));
}

enum outcome { SURVIVED, UNKNOWN, NAMED, DEFECT, OUTCOMES };

static enum outcome
judge(const struct scene *scene, const struct slot *slot, const char **problem)
{
	char *masked = strdup(result.out);
	/* Where an address is not seen for one, it is looked up. */
	int may_stay = slot->fault->kind == FAULTS_RESOLVE ? RESOLVER : left_open;
	bool same;

	mask(masked);
	if (slot->fault->kind == FAULTS_MEMORY)
		mask_good_bye(masked, healthy[slot->format]);
	same = result.exit == scene->exit && strcmp(masked, healthy[slot->format]) == 0;
	free(masked);
	*problem = result.signal != 0                   ? "a signal"
	           : result.err[0] != '\0'              ? "something on stderr"
	           : result.seconds > 6                 ? "late"
	           : slot->shared->left_open > may_stay ? "a descriptor left open"
	                                                : check_form(slot);
	if (*problem != NULL)
		return DEFECT;
	if (same)
		return SURVIVED;
	if (result.exit == 3 && !slot->fault->is_passing)
		return UNKNOWN;
	if ((result.exit == 1 || result.exit == 2) && is_allowed(slot->fault, result.out))
		return NAMED;
	/* With a note. */
	if (!slot->fault->is_passing && result.exit == scene->exit &&
	    (scene->cause == NULL ? slot->fault->kind != FAULTS_MEMORY && is_noted(slot)
	                          : is_told(result.out, scene->cause)))
		return NAMED;
	*problem = "a wrong answer";
	return DEFECT;
}

static enum outcome
end(const struct scene *scene, struct slot *slot)
{
	const char *problem;
	enum outcome outcome;

	process_end(&slot->process, LIMIT, &result);
	outcome = judge(scene, slot, &problem);
	if (outcome == DEFECT && defects++ < TOLD_MAX)
		printf("%s, %s, call %lu: %s: exit %d, signal %d, %.1f s\n%s%s\n", scene->name,
		    slot->fault->name, slot->at, problem, result.exit, result.signal,
		    result.seconds, result.out, result.err);
	return outcome;
}

static unsigned long
step(void)
{
	const char *given = getenv("FAULTS_STEP");

	return given != NULL ? strtoul(given, NULL, 10) : STEP;
}

/* The next call to fail. The first ones are our own, before OpenSSL begins: each of them. */
static unsigned long
behind(unsigned long at, unsigned long by)
{
	return at < OUR_OWN && getenv("FAULTS_STEP") == NULL ? at + 1 : at + by;
}

static void
begin_server(const struct scene *scene)
{
	struct text path = TEXT_EMPTY;

	port = server_begin(scene->sim, scratch);
	if (strstr(scene->arguments, "--binding") != NULL) {
		scenes_add_path(&path, "healthy-export", strlen("healthy-export"), port, scratch);
		scenes_add_path(&path, "iis", strlen("iis"), port, scratch);
	}
	text_free(&path);
}

/* Be refused once. */
static void
keep_refusal(const struct scene *scene)
{
	begin(scene, 0, NULL, 0, TEXT);
	process_end(&slots[0].process, LIMIT, &result);
	ck_assert_msg(strstr(result.out, ", no retry until ") != NULL, "%s", result.out);
}

static void
renew_server(const struct scene *scene)
{
	server_end();
	begin_server(scene);
}

/* Let each call that a healthy run makes fail; kinds with few calls in every place. */
static void
try_all(const struct scene *scene, const struct fault *fault, unsigned long calls)
{
	unsigned long tried[OUTCOMES] = {0}, by = calls <= FEW ? 1 : step();
	unsigned long points = 0;

	if (fault->lasting)
		by *= 5;
	for (unsigned long at = 1; at <= calls;) {
		int begun = 0;

		if (points > 0 && points % BATCH < SLOTS)
			renew_server(scene);

		for (; begun < SLOTS && at <= calls; at = behind(at, by))
			begin(scene, begun++, fault, at, (enum format)(points++ % FORMATS));
		for (int i = 0; i < begun; i++)
			tried[end(scene, &slots[i])]++;
	}
	printf("%-24s %-32s %6lu calls %6lu tried %6lu survived %6lu UNKNOWN %6lu named\n",
	    scene->name, fault->name, calls, points, tried[SURVIVED], tried[UNKNOWN], tried[NAMED]);
	fflush(stdout);
}

/* ---- before and after ---- */

static void
write_file(const char *name, const char *chars)
{
	scratch_write(name, chars, strlen(chars));
}

static void
map_shared(int number)
{
	char name[16];
	int descriptor;

	snprintf(name, sizeof name, "shared%d", number);
	descriptor = open(scratch_path(name), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_eq(ftruncate(descriptor, sizeof(struct faults)), 0);
	slots[number].shared =
	    mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
	ck_assert(slots[number].shared != MAP_FAILED);
	close(descriptor);
}

static void
set_up(void)
{
	ck_assert_ptr_nonnull(getcwd(here, sizeof here));
	scratch = scratch_make();
	write_file("good", "username=User\npassword=clientPass\n");
	/* OpenSSL's own, when it gives up half-way. Ours are told as such elsewhere. */
	write_file("leaks", "leak:libcrypto.so\nleak:libssl.so\n");
	write_file("ini", "[rras]\nlevel=http\n");
	write_file("backends", "one=127.0.0.2\ntwo=127.0.0.3\n");
	ck_assert(papers_write(scratch));
	for (int i = 0; i < SLOTS; i++)
		map_shared(i);
}

/* How the check goes without a fault, in each format, and how many calls of each kind it takes. */
static void
look(const struct scene *scene, unsigned long *calls)
{
	for (int format = 0; format < FORMATS; format++) {
		begin(scene, 0, NULL, 0, (enum format)format);
		process_end(&slots[0].process, LIMIT, &result);
		ck_assert_msg(result.exit == scene->exit, "%s: %d: %s%s", scene->name, result.exit,
		    result.out, result.err);
		mask(result.out);
		healthy[format] = strdup(result.out);
	}
	left_open = slots[0].shared->left_open;
	ck_assert_msg(left_open == 0 || left_open == RESOLVER, "%d left open", left_open);
	memcpy(calls, slots[0].shared->seen, sizeof slots[0].shared->seen);
}

START_TEST(each_call_fails_once)
{
	const struct scene *scene = &scenes[_i];
	unsigned long calls[FAULTS_KINDS];

	begin_server(scene);
	if (strstr(scene->arguments, KEPT) != NULL)
		keep_refusal(scene);
	look(scene, calls);
	ck_assert_uint_gt(calls[FAULTS_MEMORY], 0);
	for (size_t i = 0; i < FAULTS; i++)
		/* The sanitizer itself cannot begin a thread without memory. */
		if (SLOWNESS == 1 || calls[FAULTS_THREAD] == 0 || faults[i].kind != FAULTS_MEMORY)
			try_all(scene, &faults[i], calls[faults[i].kind]);
	server_end();
	for (int i = 0; i < FORMATS; i++)
		free(healthy[i]);
	ck_assert_msg(defects == 0, "%s: %zu wrong answers", scene->name, defects);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("faults");
	TCase *tests = tcase_create("plugins");
	const char *only = getenv("FAULTS_SCENE");

	tcase_set_timeout(tests, 4 * 3600);
	tcase_add_checked_fixture(tests, set_up, scratch_remove);
	for (int i = 0; i < SCENES; i++)
		if (only == NULL || strcmp(only, scenes[i].name) == 0)
			tcase_add_loop_test(tests, each_call_fails_once, i, i + 1);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
