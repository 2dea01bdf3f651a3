#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/sanitize.h"
#include "report/lastwords.h"

static const struct {
	const char *word;
	enum report_format format;
} formats[] = {
    {"text", REPORT_TEXT},
    {"json", REPORT_JSON},
    {"prometheus", REPORT_PROMETHEUS},
    {"zabbix-lld", REPORT_ZABBIX_LLD},
    {"lb", REPORT_LB},
};

const char report_formats[] = "text, json, prometheus, zabbix-lld or lb";

bool
report_read_format(const char *chars, enum report_format *format)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		if (strcmp(chars, formats[i].word) == 0) {
			*format = formats[i].format;
			return true;
		}
	}
	return false;
}

static bool stdout_is_closed;

void
report_begin(void)
{
	int descriptor;

	stdout_is_closed = fcntl(STDOUT_FILENO, F_GETFD) < 0;
	/* A file that may not grow is a failed write, not a death by signal. */
	signal(SIGXFSZ, SIG_IGN);
	do
		descriptor = open("/dev/null", O_RDWR);
	while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	if (descriptor >= 0)
		close(descriptor);
}

#define LAST_WORDS_MAX 2048 /* bytes; more than any format needs */

/* What a signal says, ready made: a handler may not compose. */
static char last_words[LAST_WORDS_MAX];
static size_t last_words_length;
static int last_status;

static void
on_signal(int number)
{
	(void)number;
	(void)!write(STDOUT_FILENO, last_words, last_words_length);
	_exit(last_status);
}

/* Of an answer that is UNKNOWN. */
static int
exit_unknown(const struct report *report)
{
	return report->format == REPORT_LB ? 1 : state_exit(STATE_UNKNOWN);
}

static void
prepare_last_words(const struct report *report)
{
	static const struct lastwords interrupted = {
	    .cause = CAUSE_LOCAL_INTERRUPTED,
	    .summary = "stopped by a signal before the answer",
	    .remedy = "give the plugin more time than its -t",
	};
	const char *parts[LASTWORDS_PARTS];

	lastwords_compose(report, &interrupted, parts);
	last_words_length = 0;
	for (size_t i = 0; parts[i] != NULL; i++) {
		size_t length = strnlen(parts[i], sizeof last_words - last_words_length);

		memcpy(last_words + last_words_length, parts[i], length);
		last_words_length += length;
	}
	last_status = exit_unknown(report);
}

void
report_guard(const struct report *report, unsigned seconds)
{
	static const int signals[] = {SIGALRM, SIGTERM, SIGINT, SIGHUP, SIGXCPU};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t ours;

	sigemptyset(&action.sa_mask);
	sigemptyset(&ours);
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		sigaddset(&ours, signals[i]);
	/* Not while there is half a word. */
	sigprocmask(SIG_BLOCK, &ours, NULL);
	prepare_last_words(report);
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		sigaction(signals[i], &action, NULL);
	/* Whoever began us may have had them blocked. */
	sigprocmask(SIG_UNBLOCK, &ours, NULL);
	alarm(seconds);
}

/* Write all of BYTES to stdout. Who reads it may have made the pipe non-blocking. */
static bool
write_all(const char *bytes, size_t length)
{
	/* A reader that has gone is a failed write, not a death by signal. */
	signal(SIGPIPE, SIG_IGN);
	if (stdout_is_closed)
		return false;
	while (length > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, length);

		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		} else if (written < 0 && errno == EAGAIN) {
			struct pollfd pollfd = {.fd = STDOUT_FILENO, .events = POLLOUT};

			poll(&pollfd, 1, -1);
		} else if (written == 0 || errno != EINTR) {
			return false;
		}
	}
	return true;
}

/* Parts that need no memory, up to a NULL. */
static void
write_parts(const char *const parts[])
{
	while (*parts != NULL && write_all(*parts, strlen(*parts)))
		parts++;
}

static int
print_no_memory(const struct report *report)
{
	static const struct lastwords no_memory = {
	    .cause = CAUSE_LOCAL_NO_MEMORY,
	    .summary = "out of memory",
	};
	const char *parts[LASTWORDS_PARTS];

	lastwords_compose(report, &no_memory, parts);
	write_parts(parts);
	return exit_unknown(report);
}

void
report_compose(const struct report *report, struct text *text)
{
	switch (report->format) {
	case REPORT_JSON:
		report_json(report, text);
		break;
	case REPORT_PROMETHEUS:
		report_prometheus(report, text);
		break;
	case REPORT_ZABBIX_LLD:
		report_zabbix(report, text);
		break;
	case REPORT_TEXT:
	case REPORT_LB:
		report_text(report, text);
	}
}

/* A balancer shall not take a server out of service because of its certificate: all others have the
 * same one. */
static int
exit_for_balancer(const struct verdict *verdict)
{
	enum state state = STATE_OK;

	for (size_t i = 0; i < verdict->findings_count; i++)
		if (!causes_in_layer(verdict->findings[i].cause, "cert") &&
		    verdict->findings[i].cause != CAUSE_LOCAL_NO_TRUST_STORE)
			state = state_worse(state, verdict->findings[i].state);
	return state == STATE_OK || state == STATE_WARNING ? 0 : 1;
}

int
report_exit(const struct report *report)
{
	return report->format == REPORT_LB ? exit_for_balancer(report->verdict)
	                                   : state_exit(report->verdict->state);
}

int
report_print(const struct report *report)
{
	struct text text = TEXT_EMPTY;
	bool written;

	if (!report->verdict->failed)
		report_compose(report, &text);
	if (report->verdict->failed || text_failed(&text)) {
		text_free(&text);
		return print_no_memory(report);
	}
	written = write_all(text_chars(&text), text.length);
	text_free(&text);
	/* HAProxy closes the descriptors of its checks and wants the exit code alone. */
	return written || report->format == REPORT_LB ? report_exit(report)
	                                              : state_exit(STATE_UNKNOWN);
}

int
report_usage_error(const char *service, const char *message)
{
	struct text text = TEXT_EMPTY;

	text_format(&text, "%s UNKNOWN - ", service);
	sanitize_add(&text, message, strlen(message), strlen(message));
	if (*message == '\0' || text_failed(&text)) {
		text_free(&text);
		return print_no_memory(&(struct report){.service = service});
	}
	sanitize_first_line(text.bytes, text.length);
	text_add_char(&text, '\n');
	write_all(text_chars(&text), text.length);
	text_free(&text);
	return state_exit(STATE_UNKNOWN);
}

int
report_problem(const struct report *report, const char *problem)
{
	return *problem == '\0' ? print_no_memory(report)
	                        : report_usage_error(report->service, problem);
}

int
report_help(const char *chars)
{
	write_all(chars, strlen(chars));
	return state_exit(STATE_UNKNOWN);
}
