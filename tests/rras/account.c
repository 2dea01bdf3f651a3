#include <openssl/evp.h>
#include <string.h>
#include <strings.h>

#include "account.h"
#include "journal.h"
#include "mschapv2.h"
#include "octets.h"

enum { MD5_LENGTH = 16, FLAGS_AND_RESERVED = 8 };

static bool
is_text(const struct text *text, struct cursor bytes)
{
	return bytes.left == text->length && memcmp(bytes.at, text_chars(text), text->length) == 0;
}

/* Names of Windows accounts have no case. One without a domain is the same in every domain. */
static bool
is_user(const struct text *user, struct cursor name)
{
	struct cursor bare = mschapv2_user(name);
	if (strchr(text_chars(user), '\\') != NULL)
		bare = name;
	return bare.left == user->length &&
	       strncasecmp((const char *)bare.at, text_chars(user), bare.left) == 0;
}

/* RFC 1994 section 4.1: the digest of identifier, password and challenge. */
static bool
is_md5(const struct text *password, const struct authenticator_claim *claim)
{
	uint8_t digest[EVP_MAX_MD_SIZE];
	struct text all = TEXT_EMPTY;
	octets_add_u8(&all, claim->identifier);
	text_add_bytes(&all, text_chars(password), password->length);
	text_add_bytes(&all, claim->challenge.at, claim->challenge.left);
	bool done = EVP_Digest(text_chars(&all), all.length, digest, NULL, EVP_md5(), NULL) == 1;
	text_free(&all);
	return done && claim->response.left == MD5_LENGTH &&
	       memcmp(claim->response.at, digest, MD5_LENGTH) == 0;
}

/* The response: peer's challenge, zeros, what is calculated, flags. */
static bool
is_mschapv2(const struct text *password, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	struct mschapv2 logon;
	struct cursor value = claim->response;
	const uint8_t *peer = cursor_bytes(&value, MSCHAPV2_CHALLENGE);
	cursor_bytes(&value, FLAGS_AND_RESERVED);
	const uint8_t *response = cursor_bytes(&value, MSCHAPV2_RESPONSE);
	if (value.failed ||
	    !mschapv2_calculate(&logon, text_chars(password), claim->name, claim->challenge, peer))
		return false;
	mschapv2_add_proof(&logon, &verdict->text);
	mschapv2_keys(&logon, verdict->hlak);
	return memcmp(response, logon.response, sizeof logon.response) == 0;
}

static bool
is_password(const struct text *password, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	switch (claim->method) {
	case METHOD_PAP:
		return is_text(password, claim->response);
	case METHOD_CHAP_MD5:
		return is_md5(password, claim);
	case METHOD_MSCHAPV2:
		return is_mschapv2(password, claim, verdict);
	default:
		return false;
	}
}

static void
refuse(struct authenticator_verdict *verdict, long error)
{
	text_free(&verdict->text);
	verdict->outcome = AUTHENTICATOR_REFUSES;
	verdict->error = error;
}

/* Whatever else is wrong with an account is told only to whom it belongs. */
void
account_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict)
{
	struct text user = TEXT_EMPTY;
	struct text password = TEXT_EMPTY;
	member_decode(line->member->user, &user);
	member_decode(line->member->password, &password);
	if (!is_user(&user, claim->name)) {
		journal_add(line, "logon of an unknown user");
		refuse(verdict, ACCOUNT_WRONG);
	} else if (!is_password(&password, claim, verdict)) {
		journal_add(line, "logon with a wrong password");
		refuse(verdict, ACCOUNT_WRONG);
	} else if (line->member->refuse > 0)
		refuse(verdict, line->member->refuse);
	else
		verdict->outcome = AUTHENTICATOR_ACCEPTS;
	text_free(&user);
	text_free(&password);
}
