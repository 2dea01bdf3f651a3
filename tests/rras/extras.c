#include <string.h>

#include "breach.h"
#include "extras.h"
#include "journal.h"
#include "lcp.h"
#include "noise.h"
#include "octets.h"

enum {
	UNKNOWN_CODE = 14,
	ODD_IDENTIFIER = 200, /* far from those of Configure-Requests */
	ECHO_IDENTIFIER = 201,
	CODE_REJECT_HEADER = 4,
};

void
extras_begin(struct extras *extras, struct sstp *sstp)
{
	memset(extras, 0, sizeof *extras);
	extras->sstp = sstp;
}

void
extras_free(struct extras *extras)
{
	text_free(&extras->echo);
	text_free(&extras->odd);
}

static void
send_packet(struct extras *extras, uint16_t protocol, uint8_t code, uint8_t identifier,
    const struct text *data)
{
	frame_send(extras->sstp, protocol,
	    &(struct frame_packet){code, identifier, (const uint8_t *)data->bytes, data->length});
}

/* SoftEther's: no magic number, and some text. */
void
extras_send_echo(struct extras *extras)
{
	text_cut(&extras->echo, 0);
	text_add(&extras->echo, "Are you there, X");
	struct text data = TEXT_EMPTY;
	octets_add_u32(&data, 0);
	text_add_bytes(&data, extras->echo.bytes, extras->echo.length);
	send_packet(extras, FRAME_LCP, LCP_ECHO_REQUEST, ECHO_IDENTIFIER, &data);
	text_free(&data);
}

static void
send_identification(struct extras *extras, uint32_t magic)
{
	enum { A_DAY = 86400 };
	struct text data = TEXT_EMPTY;
	octets_add_u32(&data, magic);
	text_add(&data, "MSRASV5.20");
	send_packet(extras, FRAME_LCP, LCP_IDENTIFICATION, ODD_IDENTIFIER, &data);
	text_cut(&data, 4);
	octets_add_u32(&data, A_DAY);
	send_packet(extras, FRAME_LCP, LCP_TIME_REMAINING, ODD_IDENTIFIER, &data);
	text_free(&data);
}

static void
send_unknown_code(struct extras *extras)
{
	struct text data = TEXT_EMPTY;
	text_add(&data, "what is this?");
	text_cut(&extras->odd, 0);
	octets_add_u8(&extras->odd, UNKNOWN_CODE);
	octets_add_u8(&extras->odd, ODD_IDENTIFIER);
	octets_add_u16(&extras->odd, (unsigned)(CODE_REJECT_HEADER + data.length));
	text_add_bytes(&extras->odd, data.bytes, data.length);
	send_packet(extras, FRAME_LCP, UNKNOWN_CODE, ODD_IDENTIFIER, &data);
	text_free(&data);
}

static void
send_network_requests(struct extras *extras)
{
	static const uint8_t mppc[] = {18, 6, 1, 0, 0, 0x40};
	static const uint8_t address[] = {3, 6, 192, 0, 2, 1};
	frame_send(extras->sstp, FRAME_CCP,
	    &(struct frame_packet){LCP_CONFIGURE_REQUEST, 0, mppc, sizeof mppc});
	frame_send(extras->sstp, FRAME_IPCP,
	    &(struct frame_packet){LCP_CONFIGURE_REQUEST, 0, address, sizeof address});
}

void
extras_send(struct extras *extras, bool open, uint32_t magic)
{
	switch (extras->sstp->line->member->ppp) {
	case PPP_ECHOES_FIRST:
		if (!open)
			extras_send_echo(extras);
		break;
	case PPP_IDENTIFIES:
		send_identification(extras, open ? magic : 0);
		break;
	case PPP_HAS_UNKNOWN_CODE:
		send_unknown_code(extras);
		break;
	case PPP_HURRIES:
		send_network_requests(extras);
		break;
	case PPP_HURRIES_WITH_DATA:
		noise_send_broadcast(extras->sstp);
		break;
	}
}

bool
extras_take_reply(
    struct extras *extras, const struct frame_packet *packet, uint32_t magic, bool open)
{
	struct line *line = extras->sstp->line;
	struct cursor data = cursor_over(packet->data, packet->length);
	uint32_t theirs = cursor_u32(&data);
	if (extras->echo.length == 0 || packet->identifier != ECHO_IDENTIFIER)
		return breach(line, "an Echo-Reply to nothing");
	if (theirs != magic && (open || theirs != 0))
		return breach(line, "Echo-Reply with a wrong magic number");
	if (data.left != extras->echo.length || memcmp(data.at, extras->echo.bytes, data.left) != 0)
		return breach(line, "Echo-Reply with other data");
	journal_add(line, "echo reply");
	text_cut(&extras->echo, 0);
	return true;
}

/* Of the codes of RFC 1570 a client may know as much as it likes. */
bool
extras_take_code_reject(struct extras *extras, const struct frame_packet *packet)
{
	struct line *line = extras->sstp->line;
	unsigned code = packet->length < CODE_REJECT_HEADER ? 0 : packet->data[0];
	if (code != UNKNOWN_CODE && code != LCP_IDENTIFICATION && code != LCP_TIME_REMAINING)
		return breach(line, "Code-Reject of LCP code %u", code);
	if (code == UNKNOWN_CODE &&
	    (packet->length != extras->odd.length ||
	        memcmp(packet->data, extras->odd.bytes, packet->length) != 0))
		return breach(line, "a Code-Reject of what was not sent");
	journal_add(line, "code reject %u", code);
	return true;
}
