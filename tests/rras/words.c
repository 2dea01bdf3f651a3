#include <ctype.h>
#include <string.h>

#include "base/hex.h"
#include "words.h"

void
words_add_greeting(const struct member *member, struct text *text)
{
	member_decode(member->greeting, text);
}

/* The S= of a verdict, made a fault of. */
static void
add_proof(const struct member *member, const struct text *proof, struct text *text)
{
	size_t start = text->length;
	text_add_bytes(text, proof->bytes, proof->length);
	if (text->length == start)
		return;
	switch (member->proof) {
	case PROOF_LOWER_CASE:
		for (char *c = text->bytes + start + strlen("S="); *c != '\0'; c++)
			*c = (char)tolower((unsigned char)*c);
		break;
	case PROOF_WRONG:
		text->bytes[text->length - 1] = text->bytes[text->length - 1] == '0' ? '1' : '0';
		break;
	case PROOF_SHORT:
		text_cut(text, text->length - 1);
		break;
	}
}

void
words_add_success(
    const struct member *member, const struct authenticator_verdict *verdict, struct text *text)
{
	if (member->proof != PROOF_MISSING && member->proof != PROOF_HIDDEN)
		add_proof(member, &verdict->text, text);
	if (member->proof == PROOF_BARE)
		return;
	if (text->length > 0)
		text_add_char(text, ' ');
	text_add(text, "M=");
	if (member->proof == PROOF_HIDDEN)
		add_proof(member, &verdict->text, text);
	else
		words_add_greeting(member, text);
}

void
words_add_failure(const struct member *member, const struct authenticator_verdict *verdict,
    const struct text *challenge, bool again, struct text *text)
{
	if (member->failure != NULL)
		member_decode(member->failure, text);
	else if (verdict->text.length > 0)
		text_add_bytes(text, verdict->text.bytes, verdict->text.length);
	else if (challenge != NULL) {
		text_format(text, "E=%ld R=%d C=", verdict->error, again);
		hex_add(text, (const uint8_t *)text_chars(challenge), challenge->length);
		text_add(text, " V=3");
	}
}
