#include "config.h"

#include "pool_options.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

#define CONCURRENCY 256
#define METRICS     32

#define RECONNECTS_MAX 100

static const char *
store_level(void *options, const char *value, int detail)
{
	(void)detail;
	for (int level = FACTS_CONNECT; level <= FACTS_PPP; level++)
		if (strcmp(facts_level_name(level), value) == 0) {
			((struct pool_options *)options)->shared.level = level;
			return NULL;
		}
	return "tcp, tls, http, sstp or ppp";
}

static const char *
store_backend(void *options, const char *value, int detail)
{
	(void)detail;
	return backends_add(((struct pool_options *)options)->backends, value);
}

static const char *
store_backends_file(void *options, const char *value, int detail)
{
	(void)detail;
	((struct pool_options *)options)->file = value;
	return NULL;
}

static const char *
store_vip(void *options, const char *value, int detail)
{
	struct pool_options *own = options;
	const char *problem = endpoint_refusal(
	    endpoint_read(value, &own->vip), "HOST[:PORT], a host name or an address");

	(void)detail;
	own->has_vip = problem == NULL;
	return problem;
}

/* DETAIL: 0 for WARNING, 1 for CRITICAL. A bare number is the fewest that are well: nobody means an
 * alert when more are. As a range it would be none when all are down. */
static const char *
store_range(void *options, const char *value, int detail)
{
	struct pool_policy *wants = &((struct pool_options *)options)->wants;
	struct range *range = detail == 0 ? &wants->warning : &wants->critical;
	double number;

	if (!number_decimal(value, &number))
		return range_read(value, range) ? NULL : range_takes;
	/* Of 0 it would be green with nobody left, and who writes that means the opposite. */
	if (number < 1 || number > BACKENDS_MAX || number_up(number) > number)
		return "a whole number of members from 1 to 4096, or a range such as 2:4";
	*range = (struct range){.set = true, .low = number, .high = INFINITY};
	return NULL;
}

static const char *
store_minimum(void *options, const char *value, int detail)
{
	static const char takes[] =
	    "a number of members from 1 to 4096, or a share from 1% to 100%";
	struct pool_policy *wants = &((struct pool_options *)options)->wants;
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
store_expect_down(void *options, const char *value, int detail)
{
	struct pool_options *own = options;

	(void)detail;
	if (own->expect_down_count == POOL_OPTIONS_EXPECT_DOWN_MAX)
		return "no more than 256 labels; a backends file takes more";
	own->expect_down[own->expect_down_count++] = value;
	return NULL;
}

static const char *
store_same_cert(void *options, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct pool_options *)options)->wants.same_certificate = true;
	return NULL;
}

static const char *
store_thumbprint(void *options, const char *value, int detail)
{
	struct pool_policy *wants = &((struct pool_options *)options)->wants;

	(void)detail;
	if (!thumbprint_read(value, strlen(value), &wants->thumbprint))
		return thumbprint_takes;
	wants->has_thumbprint = true;
	return NULL;
}

static const char *
store_persistence(void *options, const char *value, int detail)
{
	long number;

	(void)detail;
	if (!number_whole(value, 1, RECONNECTS_MAX, &number))
		return "a number from 1 to 100";
	((struct pool_options *)options)->wants.reconnects = (size_t)number;
	return NULL;
}

static const char *
store_concurrency(void *options, const char *value, int detail)
{
	long number;

	(void)detail;
	if (!number_whole(value, 1, BACKENDS_MAX, &number))
		return "a number from 1 to 4096";
	((struct pool_options *)options)->concurrency = (size_t)number;
	return NULL;
}

static const char *
store_perfdata_members(void *options, const char *value, int detail)
{
	long number;

	(void)detail;
	if (!number_whole(value, 0, BACKENDS_MAX, &number))
		return "a number from 0 to 4096";
	((struct pool_options *)options)->wants.metrics_max = (size_t)number;
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
            "this member is out of service on purpose and does not count; may be repeated. LABEL/2, or an address, means one of a name's. One that is up is mentioned",
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
            "SHA-256 or SHA-1 of the certificate that the VIP must show: the one that plain members have stored",
        .store = store_thumbprint},
    {.name = "persistence",
        .argument = "N",
        .help =
            "come back to the VIP N times with the TLS session of a first connection, for each kind of session: WARNING where it is proved that another member was met. N should be no less than the number of members",
        .store = store_persistence},
    {.name = "perfdata-members",
        .argument = "N",
        .help = "how many members have a time of their own in the performance data, default 32",
        .store = store_perfdata_members},
};

const struct options_group pool_options_members = {
    "Which members", members_rows, sizeof members_rows / sizeof members_rows[0]};
const struct options_group pool_options_wants = {
    "What to expect of them", wants_rows, sizeof wants_rows / sizeof wants_rows[0]};

const char *
pool_options_problem(const struct pool_options *options)
{
	const struct pool_policy *wants = &options->wants;
	struct range critical = wants->critical;

	if (critical.set && wants->has_minimum)
		return "--min-ok takes no --critical beside it";
	if (wants->has_minimum && !wants->percent)
		critical = (struct range){.set = true, .low = wants->minimum, .high = INFINITY};
	if (range_is_late(&wants->warning, &critical))
		return "--warning takes a range that alerts before it is critical";
	if (wants->has_thumbprint && !options->has_vip)
		return "--thumbprint is for the certificate of --vip";
	if (wants->has_thumbprint && options->shared.level < FACTS_TLS)
		return "--thumbprint takes --level tls or a higher one";
	if (wants->same_certificate && options->shared.level < FACTS_TLS)
		return "--same-cert takes --level tls or a higher one";
	if (wants->reconnects > 0 && !options->has_vip)
		return "--persistence is for the balancer of --vip";
	if (wants->reconnects > 0 && options->shared.level < FACTS_HTTP)
		return "--persistence takes --level http or a higher one";
	return NULL;
}

void
pool_options_begin(struct pool_options *options, struct backends *backends)
{
	memset(options, 0, sizeof *options);
	shared_begin(&options->shared);
	options->backends = backends;
	options->concurrency = CONCURRENCY;
	options->wants.metrics_max = METRICS;
}
