#include "ppp.h"
#include "base/deadline.h"
#include "breach.h"
#include "frame.h"
#include "journal.h"
#include "lac.h"
#include "lcp.h"
#include "logon.h"
#include "network.h"
#include "pty.h"

/* A word now and then from the client, and none from us. */
static void
listen_only(struct sstp *sstp)
{
	struct frame frame;
	struct frame_packet packet;
	while (frame_receive(sstp, DEADLINE_NEVER, &frame) == ARRIVAL_HERE) {
		if (!frame_open(sstp, &frame, &packet))
			return;
		if (frame.protocol != FRAME_LCP)
			breach(sstp->line, "protocol %04X before LCP is open", frame.protocol);
		else if (packet.code == LCP_TERMINATE_REQUEST)
			journal_add(sstp->line, "terminate request");
	}
}

/* The client hears its own voice. */
static void
mirror(struct sstp *sstp)
{
	struct cursor bytes;
	while (sstp_receive(sstp, DEADLINE_NEVER, &bytes) == ARRIVAL_HERE) {
		struct text frame = TEXT_EMPTY;
		text_add_bytes(&frame, bytes.at, bytes.left);
		sstp_send(sstp, &frame);
		text_free(&frame);
	}
}

/* Words without end; the client's are heard in between. */
static void
flood(struct sstp *sstp)
{
	static const uint8_t identification[1000] = {0};
	struct frame frame;
	while (frame_receive(sstp, line_deadline(0), &frame) != ARRIVAL_OVER)
		frame_send(sstp, FRAME_LCP,
		    &(struct frame_packet){
		        LCP_IDENTIFICATION, 0, identification, sizeof identification});
}

static void
serve_phases(struct sstp *sstp)
{
	struct lcp lcp;
	struct logon logon;
	if (sstp->line->member->ppp_program != NULL) {
		pty_serve(sstp);
		return;
	}
	if (sstp->line->member->l2tp != NULL) {
		lac_serve(sstp);
		return;
	}
	lcp_begin(&lcp, sstp);
	logon_begin(&logon, &lcp);
	if (lcp_establish(&lcp) && logon_serve(&logon))
		network_serve(&logon);
	logon_free(&logon);
	lcp_free(&lcp);
}

void
ppp_serve(struct sstp *sstp)
{
	switch (sstp->line->member->ppp) {
	case PPP_IS_SILENT:
		listen_only(sstp);
		break;
	case PPP_MIRRORS:
		mirror(sstp);
		break;
	case PPP_FLOODS:
		flood(sstp);
		break;
	default:
		serve_phases(sstp);
	}
}
