#include "config.h"

#include "shared.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define TIMEOUT_SHALLOW 10 /* seconds, up to level http */
#define TIMEOUT_DEEP    30 /* from level sstp on */

void
shared_begin(struct shared *shared)
{
	memset(shared, 0, sizeof *shared);
	shared->uri = SHARED_URI;
	shared->method = "HEAD";
	shared->level = FACTS_HTTP;
	shared->run.security_level = -1;
	policy_begin(&shared->policy);
}

/* The C library takes the name of an interface behind no other address. */
static bool
is_link_local(const struct endpoint *endpoint)
{
	char host[sizeof endpoint->host];
	struct in6_addr address;

	snprintf(host, sizeof host, "%.*s", (int)strcspn(endpoint->host, "%"), endpoint->host);
	return inet_pton(AF_INET6, host, &address) == 1 &&
	       (IN6_IS_ADDR_LINKLOCAL(&address) || IN6_IS_ADDR_MC_LINKLOCAL(&address));
}

/* An address in figures that the other options, or this host, cannot use. */
const char *
shared_refuse_figures(const struct shared *shared, const struct endpoint *endpoint)
{
	const char *zone = strchr(endpoint->host, '%');

	if ((endpoint->kind == ENDPOINT_IPV4 && shared->family == PLAN_IPV6) ||
	    (endpoint->kind == ENDPOINT_IPV6 && shared->family == PLAN_IPV4))
		return "--ipv4 and --ipv6 take no address of the other family";
	if (endpoint->kind != ENDPOINT_IPV6 || zone == NULL ||
	    zone[1 + strspn(zone + 1, "0123456789")] == '\0')
		return NULL;
	if (!is_link_local(endpoint))
		return "--address takes an IPv6 zone behind a link-local address alone";
	return if_nametoindex(zone + 1) != 0
	           ? NULL
	           : "--address takes an IPv6 zone that is an interface of this host";
}

static const char *
refuse_any_figures(const struct shared *shared)
{
	const char *problem = NULL;

	if (shared->addresses_count == 0)
		return shared_refuse_figures(shared, &shared->host);
	for (size_t i = 0; i < shared->addresses_count && problem == NULL; i++)
		problem = shared_refuse_figures(shared, &shared->addresses[i]);
	return problem;
}

double
shared_timeout(const struct shared *shared)
{
	if (shared->timeout > 0)
		return shared->timeout;
	return shared->level > FACTS_HTTP ? TIMEOUT_DEEP : TIMEOUT_SHALLOW;
}

const char *
shared_problem(const struct shared *shared)
{
	const struct plan_run *run = &shared->run;

	if (!shared->has_host)
		return "--hostname is needed: the name that clients dial";
	if (run->version_max != 0 && run->version_min > run->version_max)
		return "--tls-min takes a version that is not above --tls-max";
	if (shared->plain && shared->level == FACTS_TLS)
		return "--level tls takes no --plain";
	return refuse_any_figures(shared);
}

struct report
shared_report(const struct shared *shared, const char *service, const char *plugin)
{
	return (struct report){
	    .service = service,
	    .plugin = plugin,
	    .version = PACKAGE_VERSION,
	    .target = shared->has_host ? shared->host.host : NULL,
	    .format = shared->format,
	    .verbosity = shared->verbosity,
	    .policy = &shared->policy,
	};
}

/* What stands on the command line is not at odds with a file, but overrides it. */
static void
begin_source(void *config)
{
	((struct shared *)config)->family_given = false;
}

int
shared_run(const struct options_program *program, const char *service, int count, char *arguments[],
    void *config, int (*run)(void *config))
{
	struct options_program whole = *program;
	struct extra_opts *files;
	struct text text = TEXT_EMPTY;
	struct report report = shared_report(config, service, program->name);
	int status;

	whole.begin = begin_source;
	report_begin();
	/* The file of --extra-opts may be a pipe into which nobody writes. */
	report_guard(&report, TIMEOUT_SHALLOW);
	switch (options_read(&whole, count, arguments, config, &files, &text)) {
	case OPTIONS_GO:
		status = run(config);
		break;
	case OPTIONS_ERROR:
		report = shared_report(config, service, program->name);
		status = report_problem(&report, text_chars(&text));
		break;
	default:
		status = report_help(text_chars(&text));
	}
	text_free(&text);
	extra_opts_free(files);
	return status;
}
