#include "words.h"
#include "base/hex.h"

void
words_add_greeting(const struct member *member, struct text *text)
{
	member_decode(member->greeting, text);
}

void
words_add_success(
    const struct member *member, const struct authenticator_verdict *verdict, struct text *text)
{
	text_add_bytes(text, verdict->text.bytes, verdict->text.length);
	text_add(text, " M=");
	words_add_greeting(member, text);
}

void
words_add_failure(const struct member *member, const struct authenticator_verdict *verdict,
    const struct text *challenge, struct text *text)
{
	if (member->failure != NULL)
		member_decode(member->failure, text);
	else if (verdict->text.length > 0)
		text_add_bytes(text, verdict->text.bytes, verdict->text.length);
	else if (challenge != NULL) {
		text_format(text, "E=%ld R=0 C=", verdict->error);
		hex_add(text, (const uint8_t *)text_chars(challenge), challenge->length);
		text_add(text, " V=3");
	}
}
