#include "keys/chapmd5.h"

#include <string.h>

#include "keys/digest.h"

enum keys_result
chapmd5_respond(uint8_t identifier, const char *password, const uint8_t *challenge, size_t length,
    uint8_t response[CHAPMD5_RESPONSE])
{
	const struct digest_piece pieces[] = {
	    {&identifier, 1},
	    {password, strlen(password)},
	    {challenge, length},
	};

	return digest_pieces(DIGEST_MD5, pieces, sizeof pieces / sizeof pieces[0], response);
}
