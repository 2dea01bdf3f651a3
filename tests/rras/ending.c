#include "ending.h"
#include "base/deadline.h"
#include "journal.h"
#include "message.h"

bool
ending_reach(struct sstp *sstp, int point)
{
	const struct member *member = sstp->line->member;
	if (member->end_at != point)
		return false;
	if (sstp->curfew == DEADLINE_NEVER)
		sstp->curfew = line_deadline(member->end_after);
	return true;
}

bool
ending_is_due(const struct sstp *sstp)
{
	return deadline_left(sstp->curfew, deadline_now()) == 0;
}

bool
ending_terminates(const struct sstp *sstp)
{
	return sstp->ended && sstp->line->member->end_by == END_BY_TERMINATE;
}

/* An Abort for the reason of a wrong binding names that. */
static void
abort_call(struct sstp *sstp, unsigned long status)
{
	enum message_attribute attribute =
	    status == STATUS_VALUE_NOT_SUPPORTED ? ATTRIBUTE_BINDING : ATTRIBUTE_NONE;
	sstp_abort(sstp, attribute, status);
}

void
ending_perform(struct sstp *sstp)
{
	const struct member *member = sstp->line->member;
	sstp->curfew = DEADLINE_NEVER;
	sstp->ended = true;
	journal_add(sstp->line, "knob ends it");
	switch (member->end_by) {
	case END_BY_FIN:
		line_over(sstp->line, LINE_FIN);
		break;
	case END_BY_RST:
		line_over(sstp->line, LINE_RST);
		break;
	case END_BY_SILENCE:
		line_over(sstp->line, LINE_SILENCE);
		break;
	case END_BY_ABORT:
		abort_call(sstp, (unsigned long)member->end_status);
		break;
	case END_BY_BARE_ABORT:
		sstp_abort_bare(sstp);
		break;
	case END_BY_DISCONNECT:
		sstp_disconnect(sstp);
		break;
	case END_BY_BARE_DISCONNECT:
		sstp_disconnect_bare(sstp);
		break;
	}
}
