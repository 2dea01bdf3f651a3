#include "account.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define FOLDER      "/var/lib/sstp-monitoring-plugins"
#define MINUTES     30
#define MINUTES_MAX 10080 /* a week */
#define PAP_MAX     255   /* bytes of a user name, and of a password (RFC 1334 2.2.1) */

static struct credentials *
credentials_of(void *config)
{
	return &((struct account *)config)->credentials;
}

static const char *
store_user(void *config, const char *value, int detail)
{
	(void)detail;
	return credentials_user(credentials_of(config), value);
}

static const char *
store_password(void *config, const char *value, int detail)
{
	(void)detail;
	return credentials_password(credentials_of(config), value);
}

static const char *
store_file(void *config, const char *value, int detail)
{
	(void)detail;
	credentials_of(config)->file = value;
	return NULL;
}

static const char *
store_backoff(void *config, const char *value, int detail)
{
	long minutes;

	(void)detail;
	if (!number_whole(value, 0, MINUTES_MAX, &minutes))
		return "whole minutes up to 10080, a week; 0 for none";
	((struct account *)config)->backoff.seconds = (int64_t)minutes * 60;
	return NULL;
}

static const char *
store_folder(void *config, const char *value, int detail)
{
	(void)detail;
	if (*value == '\0')
		return "a folder";
	((struct account *)config)->backoff.folder = value;
	return NULL;
}

static const struct options_row rows[] = {
    {.letter = 'l',
        .name = "logname",
        .argument = "USER",
        .help = "user name: USER, DOMAIN\\USER or USER@DOMAIN, up to 256 bytes",
        .store = store_user},
    {.letter = 'a',
        .name = "authentication",
        .argument = "SECRET",
        .help =
            "password; better in a file: for a moment the list of processes shows it to everybody, and the configuration of the monitoring system for ever",
        .store = store_password,
        .secret = true},
    {.name = "credentials",
        .argument = "FILE",
        .help =
            "take from this file, which others must not be able to read, what the options above do not give: lines username=USER and password=SECRET; the environment variable SSTP_PASSWORD is the last resort",
        .store = store_file},
    {.name = "backoff",
        .argument = "MINUTES",
        .help =
            "after a refused logon do not connect for so long, default 30, lest this check locks the account out; 0 tries each time",
        .store = store_backoff},
    {.name = "state-dir",
        .argument = "DIR",
        .help = "folder to keep that in, default $MP_STATE_PATH or " FOLDER,
        .store = store_folder},
};

const struct options_group account_group = {
    "Who logs on, from level auth on", rows, sizeof rows / sizeof rows[0]};

void
account_begin(struct account *account)
{
	const char *folder = getenv("MP_STATE_PATH");

	credentials_guard();
	credentials_hide(&account->credentials);
	account->backoff.folder = folder != NULL && *folder != '\0' ? folder : FOLDER;
	account->backoff.seconds = (int64_t)MINUTES * 60;
}

/* Told before anybody is called: PAP counts either in a byte. */
static bool
is_too_long(const struct plan_logon *plan)
{
	bool pap = false;

	for (size_t i = 0; i < plan->methods_count; i++)
		pap |= plan->methods[i] == FACTS_PAP;
	return pap && (strlen(plan->user) > PAP_MAX ||
	                  (plan->password != NULL && strlen(plan->password) > PAP_MAX));
}

bool
account_settle(struct account *account, struct text *text)
{
	struct plan_logon *plan = &account->logon.plan;

	const char *problem = logon_options_settle(&account->logon);

	if (problem != NULL) {
		text_add(text, problem);
		return false;
	}
	if (account->logon.shared.level < FACTS_AUTH)
		return true;
	if (!credentials_complete(&account->credentials, !eap_options_need_no_password(plan), text))
		return false;
	plan->user = account->credentials.user;
	plan->password = account->credentials.password;
	if (is_too_long(plan)) {
		text_add(text, "--allow-pap takes a user name and a password of at most 255 bytes");
		return false;
	}
	/* A refusal that is wanted neither holds up nor is held up. */
	plan->backoff = account->logon.shared.policy.expect_reject ? NULL : &account->backoff;
	return true;
}

void
account_end(struct account *account)
{
	credentials_wipe(&account->credentials);
	eap_options_end(&account->logon.eap);
}
