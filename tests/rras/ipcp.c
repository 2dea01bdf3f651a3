#include <arpa/inet.h>
#include <string.h>

#include "answer.h"
#include "base/deadline.h"
#include "breach.h"
#include "ending.h"
#include "ipcp.h"
#include "journal.h"
#include "options.h"

enum { CONFIGURE_TRIES = 10 };

/* Van Jacobson's compression, of 16 slots and their numbers (RFC 1332 section 4). */
static const uint8_t vj[] = {OPTION_COMPRESSION, 6, 0, 0x2d, 15, 1};

static struct line *
line_of(const struct ipcp *ipcp)
{
	return ipcp->lcp->sstp->line;
}

static int
knob(const struct ipcp *ipcp)
{
	return line_of(ipcp)->member->ipcp;
}

static void
send_packet(
    const struct ipcp *ipcp, enum lcp_code code, uint8_t identifier, const struct text *options)
{
	frame_send(ipcp->lcp->sstp, FRAME_IPCP,
	    &(struct frame_packet){
	        code, identifier, (const uint8_t *)options->bytes, options->length});
}

bool
ipcp_is_open(const struct ipcp *ipcp)
{
	return ipcp->agreed && ipcp->they_agreed;
}

static void
note_opening(const struct ipcp *ipcp)
{
	char address[INET_ADDRSTRLEN] = "";
	if (!ipcp_is_open(ipcp))
		return;
	inet_ntop(AF_INET, &line_of(ipcp)->member->pool, address, sizeof address);
	journal_add(line_of(ipcp), "ipcp opened address=%s", address);
	ending_reach(ipcp->lcp->sstp, END_AT_ADDRESS);
}

/* --- our request --- */

static void
send_request(struct ipcp *ipcp)
{
	send_packet(ipcp, LCP_CONFIGURE_REQUEST, ipcp->identifier, &ipcp->ours);
	ipcp->resend = line_deadline(line_of(ipcp)->member->restart);
	ipcp->tries--;
}

static void
write_options(struct ipcp *ipcp)
{
	uint32_t address = ntohl(line_of(ipcp)->member->server_address.s_addr);
	text_cut(&ipcp->ours, 0);
	if (knob(ipcp) != IPCP_IS_EMPTY)
		options_add_number(&ipcp->ours, OPTION_ADDRESS, address, 4);
}

void
ipcp_repeat(struct ipcp *ipcp)
{
	ipcp->resend = DEADLINE_NEVER;
	if (ipcp->tries > 0)
		send_request(ipcp);
	else
		journal_add(line_of(ipcp), "ipcp gives up");
}

static bool
check_identifier(const struct ipcp *ipcp, const struct frame_packet *packet)
{
	if (packet->identifier == ipcp->identifier && ipcp->tries < CONFIGURE_TRIES)
		return true;
	return breach(line_of(ipcp), "IPCP code %u for request %u, which was not sent",
	    packet->code, packet->identifier);
}

static void
agree(struct ipcp *ipcp)
{
	send_packet(ipcp, LCP_CONFIGURE_ACK, (uint8_t)ipcp->their_identifier, &ipcp->theirs);
	ipcp->they_agreed = true;
	ipcp->waiting = false;
}

static bool
take_ack(struct ipcp *ipcp, const struct frame_packet *packet)
{
	if (!check_identifier(ipcp, packet))
		return false;
	if (packet->length != ipcp->ours.length ||
	    memcmp(packet->data, text_chars(&ipcp->ours), packet->length) != 0)
		return breach(line_of(ipcp), "an IPCP Configure-Ack of other options");
	ipcp->agreed = true;
	ipcp->resend = DEADLINE_NEVER;
	if (ipcp->waiting)
		agree(ipcp);
	note_opening(ipcp);
	return true;
}

/* Nothing but the compression may be done without. */
static bool
take_reject(struct ipcp *ipcp, const struct frame_packet *packet)
{
	if (!check_identifier(ipcp, packet))
		return false;
	if (knob(ipcp) != IPCP_WANTS_VJ || packet->length != sizeof vj ||
	    memcmp(packet->data, vj, sizeof vj) != 0)
		return breach(line_of(ipcp), "an IPCP Configure-Reject of what has to be");
	journal_add(line_of(ipcp), "ipcp compression rejected");
	write_options(ipcp);
	ipcp->identifier++;
	send_request(ipcp);
	return true;
}

/* --- theirs --- */

static enum answer
judge_address(const struct option *option, struct in_addr wanted, struct text *wishes)
{
	struct cursor value = option->value;
	if (wanted.s_addr == INADDR_ANY)
		return ANSWER_REJECT;
	if (cursor_u32(&value) == ntohl(wanted.s_addr))
		return ANSWER_ACK;
	options_add_number(wishes, option->type, ntohl(wanted.s_addr), 4);
	return ANSWER_NAK;
}

static enum answer
judge(void *context, const struct option *option, struct text *wishes)
{
	const struct ipcp *ipcp = context;
	const struct member *member = line_of(ipcp)->member;
	switch (option->type) {
	case OPTION_ADDRESS:
		if (member->ipcp == IPCP_ACKS_ZERO || member->ipcp == IPCP_ACKS_AND_ABORTS)
			return ANSWER_ACK;
		if (member->ipcp == IPCP_LOOPS) {
			options_add_number(
			    wishes, OPTION_ADDRESS, ntohl(member->pool.s_addr) + ipcp->naks % 2, 4);
			return ANSWER_NAK;
		}
		return judge_address(option, member->pool, wishes);
	case OPTION_DNS:
		return judge_address(option, member->dns, wishes);
	case OPTION_SECOND_DNS:
		return judge_address(option, member->dns2, wishes);
	}
	return ANSWER_REJECT;
}

static bool
check_request(struct ipcp *ipcp, const struct frame_packet *packet)
{
	const char *problem = options_problem_ipcp(cursor_over(packet->data, packet->length));
	bool same = packet->length == ipcp->theirs.length &&
	            memcmp(packet->data, text_chars(&ipcp->theirs), packet->length) == 0;
	if (problem != NULL)
		return breach(line_of(ipcp), "an IPCP Configure-Request with %s", problem);
	if (packet->identifier == ipcp->their_identifier && !same)
		return breach(
		    line_of(ipcp), "another IPCP Configure-Request with the same identifier");
	if (ipcp_is_open(ipcp) && (packet->identifier != ipcp->their_identifier || !same))
		return breach(line_of(ipcp), "a Configure-Request after IPCP has opened");
	return true;
}

/* The answer, from what is thought of each option. */
static void
answer_request(struct ipcp *ipcp)
{
	struct cursor list = cursor_over(ipcp->theirs.bytes, ipcp->theirs.length);
	struct answer_parts parts = {0};
	struct text options = TEXT_EMPTY;
	answer_collect(&parts, list, judge, ipcp);
	enum answer answer = answer_choose(&parts, list, &options);
	ipcp->naks += answer == ANSWER_NAK;
	ipcp->they_agreed = false;
	ipcp->waiting = answer == ANSWER_ACK;
	if (answer != ANSWER_ACK)
		send_packet(ipcp, (enum lcp_code)answer, (uint8_t)ipcp->their_identifier, &options);
	else if (knob(ipcp) != IPCP_IS_SECOND || ipcp->agreed)
		agree(ipcp);
	answer_free(&parts);
	text_free(&options);
}

/* What a knob has instead of an answer, or behind it. False: the call is over. */
static bool
apply_fault(struct ipcp *ipcp, bool *answered)
{
	*answered = true;
	switch (knob(ipcp)) {
	case IPCP_IS_SILENT:
		return true;
	case IPCP_TERMINATES:
		send_packet(
		    ipcp, LCP_TERMINATE_REQUEST, ++ipcp->identifier, &(struct text)TEXT_EMPTY);
		return true;
	case IPCP_ACKS_AND_ABORTS:
		agree(ipcp);
		sstp_abort_bare(ipcp->lcp->sstp);
		return false;
	case IPCP_ABORTS:
		sstp_abort_bare(ipcp->lcp->sstp);
		return false;
	}
	*answered = false;
	return true;
}

static bool
take_request(struct ipcp *ipcp, const struct frame_packet *packet)
{
	bool was_open = ipcp_is_open(ipcp);
	bool answered;
	if (!check_request(ipcp, packet))
		return false;
	text_cut(&ipcp->theirs, 0);
	text_add_bytes(&ipcp->theirs, packet->data, packet->length);
	ipcp->their_identifier = packet->identifier;
	if (!apply_fault(ipcp, &answered))
		return false;
	if (answered)
		return true;
	answer_request(ipcp);
	if (knob(ipcp) == IPCP_IS_SECOND && ipcp->tries == CONFIGURE_TRIES)
		send_request(ipcp);
	if (!was_open)
		note_opening(ipcp);
	return true;
}

/* --- both --- */

bool
ipcp_take(struct ipcp *ipcp, const struct frame_packet *packet)
{
	switch (packet->code) {
	case LCP_CONFIGURE_REQUEST:
		return take_request(ipcp, packet);
	case LCP_CONFIGURE_ACK:
		return take_ack(ipcp, packet);
	case LCP_CONFIGURE_REJECT:
		return take_reject(ipcp, packet);
	case LCP_TERMINATE_ACK:
		if (knob(ipcp) != IPCP_TERMINATES)
			break;
		journal_add(line_of(ipcp), "ipcp terminate ack");
		return true;
	case LCP_TERMINATE_REQUEST:
		journal_add(line_of(ipcp), "ipcp terminate request");
		send_packet(ipcp, LCP_TERMINATE_ACK, packet->identifier, &(struct text)TEXT_EMPTY);
		ipcp->agreed = ipcp->they_agreed = false;
		return true;
	}
	return breach(line_of(ipcp), "IPCP code %u is not to be sent now", packet->code);
}

void
ipcp_begin(struct ipcp *ipcp, struct lcp *lcp)
{
	memset(ipcp, 0, sizeof *ipcp);
	ipcp->lcp = lcp;
	ipcp->their_identifier = -1;
	ipcp->tries = CONFIGURE_TRIES;
	ipcp->resend = DEADLINE_NEVER;
	write_options(ipcp);
	if (knob(ipcp) == IPCP_WANTS_VJ)
		text_add_bytes(&ipcp->ours, vj, sizeof vj);
	switch (knob(ipcp)) {
	case IPCP_IS_SILENT:
	case IPCP_IS_REJECTED:
	case IPCP_IS_SECOND:
		break;
	default:
		send_request(ipcp);
	}
}

void
ipcp_free(struct ipcp *ipcp)
{
	text_free(&ipcp->ours);
	text_free(&ipcp->theirs);
}
