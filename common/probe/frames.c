#include "probe/frames.h"

#include "base/secret.h"
#include "wire/sstp.h"

void
frames_add(struct text *out, struct text *frame)
{
	if (text_failed(frame))
		out->failed = true;
	else
		sstp_add_data(out, text_chars(frame), frame->length);
	if (frame->bytes != NULL)
		secret_wipe(frame->bytes, frame->room);
	text_free(frame);
}

void
frames_add_packet(struct text *out, uint16_t protocol, enum ppp_code code, uint8_t identifier,
    const void *data, size_t length)
{
	struct text frame = TEXT_EMPTY;
	size_t begun = ppp_begin_packet(&frame, protocol, code, identifier);

	text_add_bytes(&frame, data, length);
	ppp_end_packet(&frame, begun);
	frames_add(out, &frame);
}
