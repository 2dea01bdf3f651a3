#include "auth.h"
#include "frame.h"
#include "octets.h"

enum { NO_ALGORITHM = -1 };

static const struct {
	const char *name;
	uint16_t protocol;
	int algorithm; /* of CHAP */
	uint8_t challenge;
} methods[METHODS] = {
    [METHOD_PAP] = {"pap", FRAME_PAP, NO_ALGORITHM, 0},
    [METHOD_CHAP_MD5] = {"chap-md5", FRAME_CHAP, 5, 16},
    [METHOD_MSCHAP] = {"mschap", FRAME_CHAP, 0x80, 8},
    [METHOD_MSCHAPV2] = {"mschapv2", FRAME_CHAP, 0x81, 16},
    [METHOD_EAP] = {"eap", FRAME_EAP, NO_ALGORITHM, 0},
    [METHOD_NONE] = {"none", 0, NO_ALGORITHM, 0},
};

const char *
auth_name(enum method method)
{
	return methods[method].name;
}

uint16_t
auth_protocol(enum method method)
{
	return methods[method].protocol;
}

void
auth_add_value(struct text *text, enum method method)
{
	if (method == METHOD_NONE)
		return;
	octets_add_u16(text, methods[method].protocol);
	if (methods[method].algorithm != NO_ALGORITHM)
		octets_add_u8(text, (unsigned)methods[method].algorithm);
}

enum method
auth_from_value(struct cursor value)
{
	uint16_t protocol = cursor_u16(&value);
	int algorithm = value.left == 1 ? cursor_u8(&value) : NO_ALGORITHM;
	for (enum method method = 0; method < METHOD_NONE && value.left == 0; method++)
		if (methods[method].protocol == protocol && methods[method].algorithm == algorithm)
			return method;
	return METHOD_NONE;
}

size_t
auth_challenge_size(enum method method)
{
	return methods[method].challenge;
}
