#include "logon_options.h"

#include <string.h>

#include "base/ipv4.h"
#include "base/thumbprint.h"

/* Best first. */
static const enum facts_method usable[] = {FACTS_MSCHAP_V2, FACTS_CHAP_MD5, FACTS_PAP};
#define USABLE (sizeof usable / sizeof usable[0])

static const char *
store_methods(void *config, const char *value, int detail)
{
	static const char takes[] =
	    "eap-tls, peap-tls, peap-mschapv2, eap-mschapv2, mschapv2, chap-md5 or pap, joined by "
	    "commas, each once";
	struct plan_logon *plan = &((struct logon_options *)config)->plan;
	bool listed[USABLE] = {false};
	size_t count = 0;

	(void)detail;
	plan->eap_count = 0;
	do {
		size_t length = strcspn(value, ","), i = 0;

		if (eap_options_method(plan, value, length)) {
			/* To LCP they are all one. */
			if (plan->eap_count == 1)
				plan->methods[count++] = FACTS_EAP;
			value += length;
			continue;
		}
		while (i < USABLE && (strlen(facts_method_name(usable[i])) != length ||
		                         strncmp(facts_method_name(usable[i]), value, length) != 0))
			i++;
		if (i == USABLE || listed[i])
			return takes;
		listed[i] = true;
		plan->methods[count++] = usable[i];
		value += length;
	} while (*value++ == ',');
	plan->methods_count = count;
	return NULL;
}

static const char *
store_allow_pap(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct logon_options *)config)->plan.allow_pap = true;
	return NULL;
}

static const char *
store_insecure(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct logon_options *)config)->plan.insecure = true;
	return NULL;
}

static const char *
store_thumbprint(void *config, const char *value, int detail)
{
	struct plan_logon *plan = &((struct logon_options *)config)->plan;
	struct thumbprint thumbprint;

	(void)detail;
	if (!thumbprint_read(value, strlen(value), &thumbprint))
		return thumbprint_takes;
	/* The last one given holds, of whichever kind the others are. */
	plan->pinned_sha1 = thumbprint.length == THUMBPRINT_SHA1;
	plan->pinned_sha256 = !plan->pinned_sha1;
	if (plan->pinned_sha1)
		memcpy(plan->sha1, thumbprint.bytes, sizeof plan->sha1);
	else
		memcpy(plan->sha256, thumbprint.bytes, sizeof plan->sha256);
	return NULL;
}

static const char *
store_expect_reject(void *config, const char *value, int detail)
{
	(void)value;
	(void)detail;
	((struct logon_options *)config)->shared.policy.expect_reject = true;
	return NULL;
}

/* What is sent to many is never answered from where it was sent to: 224.0.0.0/3 ends with the
 * broadcast address. What is in 127.0.0.0/8 never leaves a host. */
static bool
is_of_one_host(uint32_t address)
{
	static const struct ipv4_subnet others[] = {{0, 8}, {0x7F000000, 8}, {0xE0000000, 3}};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (ipv4_is_within(address, &others[i]))
			return false;
	return true;
}

static const char *
store_ping(void *config, const char *value, int detail)
{
	struct logon_options *options = config;

	(void)detail;
	if (!ipv4_read(value, &options->ping))
		return "an IPv4 address in figures";
	if (!is_of_one_host(options->ping))
		return "the IPv4 address of one host behind the server";
	options->has_ping = true;
	return NULL;
}

static const char *
store_subnet(void *config, const char *value, int detail)
{
	struct policy *policy = &((struct logon_options *)config)->shared.policy;

	(void)detail;
	if (!ipv4_read_subnet(value, &policy->subnet))
		return "an IPv4 subnet such as 10.1.2.0/24";
	policy->subnet_expected = true;
	return NULL;
}

static const struct options_row rows[] = {
    {.name = "auth-method",
        .argument = "LIST",
        .help =
            "logon methods to use, the one to ask for first: eap-tls, peap-tls, peap-mschapv2, eap-mschapv2, mschapv2, chap-md5, pap; default mschapv2,chap-md5, before them those of EAP that --eap-ca-file or --eap-cert is given for",
        .store = store_methods},
    {.name = "allow-pap",
        .help =
            "use PAP too, which hands the password over, where the certificate is verified or pinned",
        .store = store_allow_pap},
    {.name = "thumbprint",
        .argument = "HEX",
        .help =
            "log on only to a server with this certificate, by SHA-256 or SHA-1, verified or not; with --plain the SHA-256 of the balancer's certificate, to bind the tunnel to",
        .store = store_thumbprint},
    {.name = "insecure",
        .help = "log on although the certificate is not verified, or there is no TLS",
        .store = store_insecure},
    {.name = "expect-reject",
        .help =
            "at level auth: a logon refused for its user name or password (E=691) is well; proves the path to the directory without a valid account",
        .store = store_expect_reject},
    {.name = "ping",
        .argument = "ADDR",
        .help = "send echoes to this IPv4 address through the tunnel; implies level ping",
        .store = store_ping},
    {.name = "expect-subnet",
        .argument = "CIDR",
        .help = "subnet that the address in the tunnel shall be of",
        .store = store_subnet},
};

const struct options_group logon_options_group = {
    "How to log on, from level auth on", rows, sizeof rows / sizeof rows[0]};

static bool
lists_pap(const struct plan_logon *plan)
{
	for (size_t i = 0; i < plan->methods_count; i++)
		if (plan->methods[i] == FACTS_PAP)
			return true;
	return false;
}

static void
choose_methods(struct plan_logon *plan)
{
	if (plan->methods_count > 0)
		return;
	for (size_t i = 0; i < USABLE; i++)
		if (usable[i] != FACTS_PAP || plan->allow_pap)
			plan->methods[plan->methods_count++] = usable[i];
}

/* Where nobody logs on the pin is not what holds the credential back, but what is judged. */
static const char *
expect_pin(struct shared *shared, const struct plan_logon *plan)
{
	struct thumbprint *pin = &shared->policy.certificate.thumbprints[0];

	if (!plan->pinned_sha1 && !plan->pinned_sha256)
		return NULL;
	if (shared->level < FACTS_TLS || shared->plain)
		return "--thumbprint takes a level that sees a certificate, tls or above, without "
		       "--plain";
	pin->length = plan->pinned_sha1 ? THUMBPRINT_SHA1 : THUMBPRINT_SHA256;
	memcpy(pin->bytes, plan->pinned_sha1 ? plan->sha1 : plan->sha256, pin->length);
	shared->policy.certificate.thumbprints_count = 1;
	return NULL;
}

const char *
logon_options_settle(struct logon_options *options)
{
	struct shared *shared = &options->shared;
	struct plan_logon *plan = &options->plan;
	bool chosen = plan->methods_count > 0;

	if (options->has_ping)
		shared->level = FACTS_PING;
	if (shared->level == FACTS_PING && !options->has_ping)
		return "--level ping takes --ping with the address to send echoes to";
	if (shared->policy.subnet_expected && shared->level < FACTS_TUNNEL)
		return "--expect-subnet takes --level tunnel or ping";
	if (shared->policy.statuses_given && shared->level < FACTS_HTTP)
		return "--expect takes --level http or a higher one";
	if (options->eap.expiry_given && shared->level < FACTS_AUTH)
		return "--eap-expiry takes --level auth, tunnel or ping";
	/* A logon begins with the first method that serves: what else is offered is not seen. */
	if (shared->policy.methods_expected && shared->level != FACTS_PPP)
		return "--expect-auth takes --level ppp, which alone sees all that is offered";
	if (shared->policy.expect_reject && shared->level != FACTS_AUTH)
		return "--expect-reject takes --level auth";
	if (lists_pap(plan) && !plan->allow_pap)
		return "--auth-method takes pap only with --allow-pap";
	if (shared->level < FACTS_AUTH)
		return expect_pin(shared, plan);
	if (shared->plain && shared->level > FACTS_AUTH && !plan->pinned_sha256)
		return "--plain takes --thumbprint at levels tunnel and ping: the SHA-256 of the "
		       "certificate that the balancer shows";
	if (shared->plain && shared->level == FACTS_AUTH &&
	    (plan->pinned_sha1 || plan->pinned_sha256))
		return "--thumbprint takes with --plain a level that binds to it, tunnel or ping";
	choose_methods(plan);
	return eap_options_settle(&options->eap, plan, &shared->run, chosen);
}
