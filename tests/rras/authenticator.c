#include <string.h>

#include "account.h"
#include "auth.h"
#include "authenticator.h"
#include "journal.h"
#include "nas.h"

void
authenticator_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	memset(verdict, 0, sizeof *verdict);
	if (claim->state.left == 0)
		journal_add(line, "logon user=%.*s method=%s", (int)claim->name.left,
		    (const char *)claim->name.at, auth_name(claim->method));
	if (line->member->radius != NULL)
		nas_judge(line, claim, verdict);
	else
		account_judge(line, claim, verdict);
	switch (verdict->outcome) {
	case AUTHENTICATOR_ACCEPTS:
		journal_add(line, "logon accepted");
		break;
	case AUTHENTICATOR_REFUSES:
		journal_add(line, "logon refused error=%ld", verdict->error);
		break;
	case AUTHENTICATOR_GOES_ON:
		break;
	case AUTHENTICATOR_IS_SILENT:
		journal_add(line, "logon not answered");
		break;
	}
}

void
authenticator_free(struct authenticator_verdict *verdict)
{
	text_free(&verdict->text);
	text_free(&verdict->state);
}
