#include "probe/tracing.h"

#include <string.h>

#include "base/hex.h"
#include "base/secret.h"
#include "base/text.h"
#include "wire/ppp.h"

#define OPTIONS_MAX 48 /* bytes of options that are told */

#define TLS_CONTENT_ALERT     21
#define TLS_CONTENT_HANDSHAKE 22

/* ---- TLS ---- */

/* RFC 8446 4, RFC 5246 7.4, RFC 6066 8 */
static const char *
handshake_name(unsigned char type)
{
	static const char *const names[] = {
	    [0] = "HelloRequest",
	    [1] = "ClientHello",
	    [2] = "ServerHello",
	    [4] = "NewSessionTicket",
	    [8] = "EncryptedExtensions",
	    [11] = "Certificate",
	    [12] = "ServerKeyExchange",
	    [13] = "CertificateRequest",
	    [14] = "ServerHelloDone",
	    [15] = "CertificateVerify",
	    [16] = "ClientKeyExchange",
	    [20] = "Finished",
	    [22] = "CertificateStatus",
	    [24] = "KeyUpdate",
	};

	return type < sizeof names / sizeof names[0] ? names[type] : NULL;
}

static void
on_tls(void *owner, bool sent, int content, const unsigned char *bytes, size_t length)
{
	struct trace *trace = owner;
	enum trace_way way = sent ? TRACE_SENT : TRACE_RECEIVED;
	const char *name;

	if (content == TLS_CONTENT_ALERT && length >= 2)
		trace_add(
		    trace, way, "TLS alert %u, %s", bytes[1], bytes[0] == 2 ? "fatal" : "warning");
	if (content != TLS_CONTENT_HANDSHAKE || length == 0)
		return;
	name = handshake_name(bytes[0]);
	if (name != NULL)
		trace_add(trace, way, "TLS %s, %zu bytes", name, length);
	else
		trace_add(trace, way, "TLS message %u, %zu bytes", bytes[0], length);
}

void
tracing_tls(struct trace *trace, struct tls *tls)
{
	if (trace != NULL && tls != NULL)
		tls_watch(tls, on_tls, trace);
}

/* ---- HTTP ---- */

void
tracing_head(struct trace *trace, enum trace_way way, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (trace != NULL && length > 0) {
		const char *end = memchr(at, '\n', length);
		size_t whole = end == NULL ? length : (size_t)(end - at) + 1;
		size_t line = end == NULL ? length : whole - 1;

		if (line > 0 && at[line - 1] == '\r')
			line--;
		if (line > 0)
			trace_add_bytes(trace, way, "HTTP ", at, line);
		at += whole;
		length -= whole;
	}
}

/* ---- PPP ---- */

/* " options 0304C227": what is negotiated, while there is no secret that could be in it. */
static void
add_options(struct text *line, const struct facts *facts, uint16_t protocol,
    const struct ppp_packet *packet)
{
	bool whole = packet->length <= OPTIONS_MAX;

	if (protocol != PPP_LCP || facts->auth.sent || packet->code > PPP_CONFIGURE_REJECT ||
	    packet->length == 0)
		return;
	text_add(line, ", options ");
	hex_add(line, packet->data, whole ? packet->length : OPTIONS_MAX);
	if (!whole)
		text_add(line, "..");
}

/* "LCP Configure-Request, identifier 1, 14 bytes, options 0305C22381". */
static void
add_ppp_packet(struct text *line, const struct facts *facts, const struct ppp_frame *frame)
{
	struct ppp_packet packet;
	const char *name;

	if (!ppp_read_packet(frame, &packet)) {
		text_add(line, ", malformed");
		return;
	}
	name = ppp_code_name(frame->protocol, packet.code);
	if (name != NULL)
		text_format(line, " %s", name);
	else
		text_format(line, " code %u", packet.code);
	text_format(line, ", identifier %u", packet.identifier);
	if (frame->protocol == PPP_EAP && packet.length > 0)
		text_format(line, ", type %u", packet.data[0]);
	if (frame->protocol != PPP_PAP)
		text_format(line, ", %zu bytes", packet.length + 4);
	add_options(line, facts, frame->protocol, &packet);
}

static bool
has_packets(uint16_t protocol)
{
	return ppp_protocol_name(protocol) != NULL && protocol != PPP_IPV4 && protocol != PPP_IPV6;
}

static void
add_frame(struct text *line, const struct facts *facts, const struct sstp_packet *packet)
{
	struct ppp_frame frame;

	if (!ppp_read_frame(packet->payload, packet->payload_length, &frame)) {
		text_format(line, "SSTP data without a frame, %zu bytes", packet->payload_length);
		return;
	}
	if (ppp_protocol_name(frame.protocol) != NULL)
		text_add(line, ppp_protocol_name(frame.protocol));
	else
		text_format(line, "PPP protocol %04X", frame.protocol);
	if (has_packets(frame.protocol))
		add_ppp_packet(line, facts, &frame);
	else
		text_format(line, ", %zu bytes", frame.length);
}

/* ---- SSTP ---- */

static void
add_message(struct text *line, const struct sstp_packet *packet)
{
	static const char *const hashes[] = {"no hash", "SHA-1", "SHA-256", "SHA-1 and SHA-256"};
	const char *name = sstp_message_name(packet->type);
	const char *status = sstp_status_name(packet->status);

	if (name != NULL)
		text_format(line, "SSTP %s", name);
	else
		text_format(line, "SSTP message %u", packet->type);
	text_format(
	    line, ", %u attribute%s", packet->attributes, packet->attributes == 1 ? "" : "s");
	if (packet->malformed)
		text_add(line, ", malformed");
	if (packet->has_status)
		text_format(line, ", status %lu (%s)", (unsigned long)packet->status,
		    status != NULL ? status : "unknown");
	if (packet->status_attribute != SSTP_NO_ATTRIBUTE)
		text_format(line, " about attribute %u", packet->status_attribute);
	if (packet->has_binding_request)
		text_format(line, ", %s", hashes[packet->hash_bits & 3]);
}

void
tracing_packet(const struct facts *facts, enum trace_way way, const struct sstp_packet *packet)
{
	struct text line = TEXT_EMPTY;

	if (facts->trace == NULL)
		return;
	if (packet->control)
		add_message(&line, packet);
	else
		add_frame(&line, facts, packet);
	trace_add_bytes(facts->trace, way, "", text_chars(&line), line.length);
	text_free(&line);
}

void
tracing_packets(const struct facts *facts, enum trace_way way, const void *bytes, size_t length)
{
	struct sstp_reader reader = {.length = 0};
	struct sstp_packet packet;
	const uint8_t *at = bytes;
	size_t used;

	if (facts->trace == NULL)
		return;
	while (length > 0) {
		enum sstp_progress progress = sstp_feed(&reader, at, length, &used, &packet);

		if (progress == SSTP_PACKET)
			tracing_packet(facts, way, &packet);
		at += used;
		length -= used;
	}
	/* A password may have been among them. */
	secret_wipe(reader.bytes, sizeof reader.bytes);
}
