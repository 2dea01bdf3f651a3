#include "config.h"

#include "probe/tools.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "net/memory.h"

/* TLS inside EAP is spoken without TLS outside too. */
static const char *
begin_eap(struct tools *tools, const struct plan_run *run)
{
	const char *problem = NULL;

	if (run->eap != NULL)
		tools->eap = tlspeer_context_create(run->eap, &problem);
	return problem;
}

/* Of all versions the lowest that may be offered is above the highest. */
static const char *
refuse_no_version(SSL_CTX *tls, const struct plan_run *run)
{
	int low, high;

	if (tls == NULL)
		return NULL;
	tlsoffer_range(tls, &low, &high);
	if (low <= high)
		return NULL;
	if (run->version_max != 0)
		return "--tls-max takes no version below the lowest that is offered; --tls-min and "
		       "--security-level 0 lower that";
	return run->version_min == 0
	           ? NULL
	           : "--tls-min takes no version above the highest that is offered";
}

/* The loop, and what is opened by name. */
static const char *
begin_plain(struct tools *tools, const struct plan_run *run)
{
	tools->loop = loop_create();
	if (tools->loop == NULL)
		return text_no_memory;
	if (run->source != NULL) {
		if (!resolve_figures(run->source, &tools->source_address))
			return "--source takes an address of this host";
		tools->source = &tools->source_address;
	}
	if (run->pcap != NULL && (tools->pcap = pcap_create(run->pcap)) == NULL)
		return errno == ENOMEM
		           ? text_no_memory
		           : "--pcap takes a file that this user owns or can make, no link to one";
	return NULL;
}

static const char *
begin_tls(struct tools *tools, const struct plan_run *run)
{
	struct tlsoffer_settings settings = {
	    .version_min = run->version_min,
	    .version_max = run->version_max,
	    .security_level = run->security_level,
	    .legacy_renegotiation = run->legacy_renegotiation,
	    .staple = run->revocation >= FACTS_REVOCATION_OCSP,
	};
	const char *problem = NULL;

	/* First of all OpenSSL's callers: it decides what of the library is set up. */
	tools->settings = settings;
	tools->tls = tlsoffer_create(&settings, tools->tls_reason, sizeof tools->tls_reason);
	if ((problem = refuse_no_version(tools->tls, run)) != NULL)
		return problem;
	tools->trust = trust_create(run->ca_file, run->ca_path, &problem);
	if (tools->trust == NULL)
		return problem != NULL ? problem : text_no_memory;
	if ((problem = begin_eap(tools, run)) != NULL)
		return problem;
	if (run->revocation == FACTS_REVOCATION_UNREAD)
		return NULL;
	tools->revocation = revocation_create(tools, run);
	return tools->revocation == NULL ? text_no_memory : NULL;
}

const char *
tools_begin(struct tools *tools, const struct plan_run *run, bool with_tls)
{
	const char *problem;

	memset(tools, 0, sizeof *tools);
	memory_watch(false);
	problem = begin_plain(tools, run);
	if (problem == NULL)
		problem = with_tls ? begin_tls(tools, run) : begin_eap(tools, run);
	/* What OpenSSL lacked memory for is not the fault of an option. */
	return problem != NULL && memory_ran_out() ? text_no_memory : problem;
}

bool
tools_end(struct tools *tools)
{
	revocation_destroy(tools->revocation);
	tlspeer_context_destroy(tools->eap);
	trust_destroy(tools->trust);
	for (int offer = 0; offer < FACTS_OFFERS; offer++)
		tlsoffer_destroy(tools->resuming[offer]);
	tlsoffer_destroy(tools->wide_open);
	tlsoffer_destroy(tools->tls);
	loop_destroy(tools->loop);
	return pcap_destroy(tools->pcap);
}

SSL_CTX *
tools_wide_open(struct tools *tools)
{
	static const struct tlsoffer_settings wide_open = {.wide_open = true};
	char reason[120];

	if (tools->wide_open == NULL)
		tools->wide_open = tlsoffer_create(&wide_open, reason, sizeof reason);
	return tools->wide_open;
}

SSL_CTX *
tools_resuming(struct tools *tools, enum facts_offer offer)
{
	SSL_CTX **context = &tools->resuming[offer];
	struct tlsoffer_settings settings = tools->settings;
	int low = 0, high = 0;
	char reason[120];

	if (tools->tls != NULL)
		tlsoffer_range(tools->tls, &low, &high);
	if (offer == FACTS_OFFER_TLS13)
		return high >= TLS1_3_VERSION ? tools->tls : NULL;
	if (high == 0 || low > TLS1_2_VERSION)
		return NULL;
	settings.version_max = high < TLS1_2_VERSION ? high : TLS1_2_VERSION;
	settings.no_tickets = offer == FACTS_OFFER_ID;
	if (*context == NULL)
		*context = tlsoffer_create(&settings, reason, sizeof reason);
	return *context;
}
