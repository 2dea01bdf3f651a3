#include "hdlc.h"

enum { FLAG = 0x7e, ESCAPE = 0x7d, TURNED = 0x20, CHECKSUM = 2 };

/* Over a frame and its checksum it gives this. */
enum { RIGHT = 0xf0b8, FIRST = 0xffff };

static unsigned
checksum(unsigned sum, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		sum ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = (sum & 1) != 0 ? sum >> 1 ^ 0x8408 : sum >> 1;
	}
	return sum;
}

static void
add_escaped(struct text *stream, unsigned byte)
{
	if (byte < TURNED || byte == FLAG || byte == ESCAPE) {
		text_add_char(stream, ESCAPE);
		byte ^= TURNED;
	}
	text_add_char(stream, (char)byte);
}

void
hdlc_add(struct text *stream, const void *frame, size_t length)
{
	const uint8_t *bytes = frame;
	unsigned sum = ~checksum(FIRST, bytes, length);
	text_add_char(stream, FLAG);
	for (size_t i = 0; i < length; i++)
		add_escaped(stream, bytes[i]);
	add_escaped(stream, sum & 0xff);
	add_escaped(stream, sum >> 8 & 0xff);
	text_add_char(stream, FLAG);
}

/* Whether what stands between two flags is a frame; the next one begins. */
static bool
end_frame(struct hdlc *hdlc, size_t *frame)
{
	bool whole = !hdlc->hopeless && !hdlc->escaped && hdlc->length > CHECKSUM &&
	             checksum(FIRST, hdlc->bytes, hdlc->length) == RIGHT;
	*frame = whole ? hdlc->length - CHECKSUM : 0;
	hdlc->length = 0;
	hdlc->escaped = false;
	hdlc->hopeless = false;
	return whole;
}

bool
hdlc_take(struct hdlc *hdlc, uint8_t byte, size_t *frame)
{
	if (byte == FLAG)
		return end_frame(hdlc, frame);
	if (byte == ESCAPE) {
		hdlc->escaped = true;
		return false;
	}
	if (hdlc->length == sizeof hdlc->bytes) {
		hdlc->hopeless = true;
		return false;
	}
	hdlc->bytes[hdlc->length++] = hdlc->escaped ? byte ^ TURNED : byte;
	hdlc->escaped = false;
	return false;
}
