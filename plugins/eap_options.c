#include "config.h"

#include "eap_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "base/utf8.h"
#include "logon_options.h"

#define PASSPHRASE_MAX 1024
#define TLS_1_2        0x0303

static struct eap_options *
eap_of(void *config)
{
	return &((struct logon_options *)config)->eap;
}

static const char *
store_certificate(void *config, const char *value, int detail)
{
	(void)detail;
	eap_of(config)->tls.certificate = value;
	eap_of(config)->given = true;
	return NULL;
}

static const char *
store_key(void *config, const char *value, int detail)
{
	(void)detail;
	eap_of(config)->tls.key = value;
	return NULL;
}

/* The first line of the file, whatever it holds. */
static const char *
store_passphrase(void *config, const char *value, int detail)
{
	static const char takes[] = "a file whose first line is the passphrase";
	struct eap_options *eap = eap_of(config);
	FILE *file = fopen(value, "r");
	char *read;

	(void)detail;
	if (file == NULL)
		return errno == ENOMEM ? text_no_memory : takes;
	eap_options_end(eap);
	eap->passphrase = calloc(1, PASSPHRASE_MAX);
	setvbuf(file, NULL, _IONBF, 0);
	read = eap->passphrase == NULL ? NULL : fgets(eap->passphrase, PASSPHRASE_MAX, file);
	fclose(file);
	if (eap->passphrase == NULL)
		return text_no_memory;
	if (read == NULL)
		return takes;
	eap->passphrase[strcspn(eap->passphrase, "\r\n")] = '\0';
	eap->tls.passphrase = eap->passphrase + utf8_mark(eap->passphrase, strlen(eap->passphrase));
	return NULL;
}

static const char *
store_ca_file(void *config, const char *value, int detail)
{
	(void)detail;
	eap_of(config)->tls.ca_file = value;
	eap_of(config)->given = true;
	return NULL;
}

static const char *
store_server_name(void *config, const char *value, int detail)
{
	(void)detail;
	if (*value == '\0')
		return "the name in the certificate of the server";
	eap_of(config)->tls.server_name = value;
	eap_of(config)->given = true;
	return NULL;
}

static const char *
store_expiry(void *config, const char *value, int detail)
{
	struct policy *policy = &((struct logon_options *)config)->shared.policy;

	(void)detail;
	eap_of(config)->expiry_given = true;
	return lifetime_read(value, &policy->certificate.warning) ? NULL : lifetime_takes;
}

static const char *
store_version(void *config, const char *value, int detail)
{
	(void)detail;
	if (strcmp(value, "1.2") == 0)
		eap_of(config)->tls.version_max = TLS_1_2;
	else if (strcmp(value, "1.3") == 0)
		eap_of(config)->tls.version_max = TLS_1_2 + 1;
	else
		return "1.2 or 1.3";
	return NULL;
}

static const char *
store_hlak(void *config, const char *value, int detail)
{
	struct plan_logon *plan = &((struct logon_options *)config)->plan;

	(void)detail;
	if (strcmp(value, "msk") != 0 && strcmp(value, "zero") != 0)
		return "msk or zero";
	plan->eap_mschapv2_zero = value[0] == 'z';
	return NULL;
}

static const struct options_row rows[] = {
    {.name = "eap-ca-file",
        .argument = "FILE",
        .help =
            "for EAP-TLS and PEAP: who may have signed the certificate of the server inside EAP (NPS), PEM",
        .store = store_ca_file},
    {.name = "eap-server-name",
        .argument = "NAME",
        .help = "the name that this certificate must bear",
        .store = store_server_name},
    {.name = "eap-expiry",
        .argument = "DAYS",
        .help =
            "WARNING when the certificate of the server inside EAP has less time left: days (30, 30d), hours (72h), a share of its lifetime (25%), or two of them, of which the shorter holds; default 30d,15%",
        .store = store_expiry},
    {.name = "eap-cert",
        .argument = "FILE",
        .help = "for EAP-TLS, alone or inside PEAP: the client's certificate, PEM or PKCS#12",
        .store = store_certificate},
    {.name = "eap-key",
        .argument = "FILE",
        .help = "its private key, PEM, where that is another file",
        .store = store_key},
    {.name = "eap-passphrase-file",
        .argument = "FILE",
        .help = "the first line of this file opens the key or the PKCS#12",
        .store = store_passphrase},
    {.name = "eap-tls-max",
        .argument = "VERSION",
        .help = "highest TLS version inside EAP: 1.2 (default) or 1.3",
        .store = store_version},
    {.name = "eap-mschapv2-hlak",
        .argument = "KEY",
        .help =
            "what binds a tunnel after EAP-MSCHAPv2: msk (default), its key, or zero, as some servers have it",
        .store = store_hlak},
};

const struct options_group eap_options_group = {
    "How to log on by EAP", rows, sizeof rows / sizeof rows[0]};

static bool
is_listed(const struct plan_logon *plan, enum facts_eap_method method)
{
	for (size_t i = 0; i < plan->eap_count; i++)
		if (plan->eap[i] == method)
			return true;
	return false;
}

bool
eap_options_method(struct plan_logon *plan, const char *word, size_t length)
{
	for (int method = FACTS_EAP_NONE + 1; method < FACTS_EAP_METHODS; method++) {
		const char *name = facts_eap_name(method);

		if (strlen(name) != length || strncmp(name, word, length) != 0)
			continue;
		if (is_listed(plan, method))
			return false;
		plan->eap[plan->eap_count++] = method;
		return true;
	}
	return false;
}

static bool
needs_tls(const struct plan_logon *plan)
{
	return is_listed(plan, FACTS_EAP_TLS) || is_listed(plan, FACTS_PEAP_TLS) ||
	       is_listed(plan, FACTS_PEAP_MSCHAPV2);
}

static bool
needs_certificate(const struct plan_logon *plan)
{
	return is_listed(plan, FACTS_EAP_TLS) || is_listed(plan, FACTS_PEAP_TLS);
}

/* Without --auth-method: what the other options were given for. */
static void
choose(const struct eap_options *options, struct plan_logon *plan)
{
	static const enum facts_eap_method with_certificate[] = {FACTS_EAP_TLS, FACTS_PEAP_TLS};
	static const enum facts_eap_method with_password[] = {
	    FACTS_PEAP_MSCHAPV2, FACTS_EAP_MSCHAPV2};
	const enum facts_eap_method *methods =
	    options->tls.certificate != NULL ? with_certificate : with_password;

	memcpy(plan->eap, methods, sizeof with_password);
	plan->eap_count = 2;
	/* A check by certificate does not fall back to a password, which it may not have. */
	if (options->tls.certificate != NULL)
		plan->methods_count = 0;
	memmove(
	    &plan->methods[1], &plan->methods[0], plan->methods_count * sizeof plan->methods[0]);
	plan->methods[0] = FACTS_EAP;
	plan->methods_count++;
}

const char *
eap_options_settle(
    struct eap_options *options, struct plan_logon *plan, struct plan_run *run, bool chosen)
{
	if ((options->tls.key != NULL || options->passphrase != NULL) &&
	    options->tls.certificate == NULL)
		return "--eap-key and --eap-passphrase-file take --eap-cert beside them";
	if (!chosen && options->given)
		choose(options, plan);
	if (!needs_tls(plan))
		return options->expiry_given
		           ? "--eap-expiry takes a logon by EAP-TLS or PEAP, with --eap-ca-file"
		           : NULL;
	if (options->tls.ca_file == NULL || options->tls.server_name == NULL)
		return "EAP-TLS and PEAP take --eap-ca-file and --eap-server-name: else any server would "
		       "be believed";
	if (needs_certificate(plan) && options->tls.certificate == NULL)
		return "--auth-method eap-tls and peap-tls take --eap-cert";
	if (options->tls.version_max == 0)
		options->tls.version_max = TLS_1_2;
	run->eap = &options->tls;
	plan->eap_with_tls = true;
	return NULL;
}

bool
eap_options_need_no_password(const struct plan_logon *plan)
{
	for (size_t i = 0; i < plan->methods_count; i++)
		if (plan->methods[i] != FACTS_EAP)
			return false;
	return plan->eap_count > 0 && !is_listed(plan, FACTS_PEAP_MSCHAPV2) &&
	       !is_listed(plan, FACTS_EAP_MSCHAPV2);
}

void
eap_options_end(struct eap_options *options)
{
	if (options->passphrase != NULL)
		secret_wipe(options->passphrase, PASSPHRASE_MAX);
	free(options->passphrase);
	options->passphrase = NULL;
	options->tls.passphrase = NULL;
}
