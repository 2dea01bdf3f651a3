#include "probe/ping.h"

#include <string.h>

#include "base/deadline.h"
#include "probe/frames.h"
#include "wire/ip.h"

#define WAIT DEADLINE_SECOND /* for an answer, before the next is sent */

static const uint8_t data[32] = "check_sstp looks for this echo.";

static void
send_echo(struct ping *ping, int64_t now)
{
	struct facts_ping *facts = ping->facts;
	struct text frame = TEXT_EMPTY;
	const struct ip_echo echo = {
	    .identifier = ping->identifier,
	    .sequence = (uint16_t)(facts->sent + 1),
	    .data = data,
	    .length = sizeof data,
	};

	ppp_add_head(&frame, PPP_IPV4);
	ip_add_echo(&frame, ping->source, facts->address, &echo);
	frames_add(ping->out, &frame);
	ping->sent[facts->sent++] = now;
	ping->timer = deadline_after(now, WAIT);
}

static void
go_on(struct ping *ping, int64_t now)
{
	if (ping->facts->sent < PING_COUNT) {
		send_echo(ping, now);
		return;
	}
	ping->over = true;
	ping->timer = DEADLINE_NEVER;
}

void
ping_begin(struct ping *ping, struct facts_ping *facts, struct text *out, uint32_t source,
    uint16_t identifier, int64_t now)
{
	memset(ping, 0, sizeof *ping);
	ping->facts = facts;
	ping->out = out;
	ping->source = source;
	ping->identifier = identifier;
	send_echo(ping, now);
}

/* Whether PACKET answers one of our echoes; *PLACE says which. */
static bool
is_answer(const struct ping *ping, const struct ip_packet *packet, size_t *place)
{
	struct ip_echo echo;

	if (packet->source != ping->facts->address || packet->destination != ping->source ||
	    !ip_read_echo(packet, &echo) || !echo.reply || echo.identifier != ping->identifier ||
	    echo.sequence < 1 || echo.sequence > ping->facts->sent)
		return false;
	*place = echo.sequence - 1U;
	return echo.length == sizeof data && memcmp(echo.data, data, sizeof data) == 0;
}

static void
record(struct facts_ping *facts, int64_t trip)
{
	if (facts->received == 0 || trip < facts->min)
		facts->min = trip;
	if (facts->received == 0 || trip > facts->max)
		facts->max = trip;
	facts->total += trip;
	facts->received++;
}

void
ping_receive(struct ping *ping, const struct ppp_frame *frame, int64_t now)
{
	struct ip_packet packet;
	size_t place;

	if (ping->over || !ip_read(frame->body, frame->length, &packet) ||
	    !is_answer(ping, &packet, &place) || ping->answered[place])
		return;
	ping->answered[place] = true;
	record(ping->facts, now - ping->sent[place]);
	if (place + 1 == ping->facts->sent)
		go_on(ping, now);
}

void
ping_tick(struct ping *ping, int64_t now)
{
	if (!ping->over && ping->timer <= now)
		go_on(ping, now);
}
