#include "facts/revocation.h"

#include <stdlib.h>
#include <string.h>

void
facts_revocation_free(struct facts_revocation *revocations, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < revocations[i].sources_count; j++)
			free(revocations[i].sources[j].url);
		free(revocations[i].sources);
		free(revocations[i].about);
	}
	free(revocations);
}

static bool
copy_one(const struct facts_revocation *from, struct facts_revocation *to)
{
	bool complete;

	*to = *from;
	to->sources_count = 0;
	to->about = strdup(from->about);
	to->sources = calloc(from->sources_count + 1, sizeof *to->sources);
	complete = to->about != NULL && to->sources != NULL;
	for (size_t i = 0; complete && i < from->sources_count; i++) {
		to->sources[i] = from->sources[i];
		to->sources[i].url = strdup(from->sources[i].url);
		to->sources_count++;
		complete = to->sources[i].url != NULL;
	}
	return complete;
}

struct facts_revocation *
facts_revocation_copy(const struct facts_revocation *revocations, size_t count)
{
	struct facts_revocation *copies = count > 0 ? calloc(count, sizeof *copies) : NULL;

	for (size_t i = 0; copies != NULL && i < count; i++)
		if (!copy_one(&revocations[i], &copies[i])) {
			facts_revocation_free(copies, i + 1);
			return NULL;
		}
	return copies;
}

bool
facts_revocation_is_list(enum facts_source_kind kind)
{
	return kind == FACTS_SOURCE_CRL || kind == FACTS_SOURCE_DELTA;
}

bool
facts_revocation_wants(enum facts_revocation_mode mode, enum facts_source_kind kind)
{
	enum facts_revocation_mode own =
	    facts_revocation_is_list(kind) ? FACTS_REVOCATION_CRL : FACTS_REVOCATION_OCSP;

	return mode == own || mode == FACTS_REVOCATION_ANY;
}

const char *
facts_revocation_mode_name(enum facts_revocation_mode mode)
{
	static const char *const names[FACTS_REVOCATION_MODES] = {
	    [FACTS_REVOCATION_UNREAD] = "unread",
	    [FACTS_REVOCATION_OFF] = "off",
	    [FACTS_REVOCATION_CRL] = "crl",
	    [FACTS_REVOCATION_OCSP] = "ocsp",
	    [FACTS_REVOCATION_ANY] = "any",
	};

	return names[mode];
}

const char *
facts_revocation_kind_name(enum facts_source_kind kind)
{
	static const char *const names[FACTS_SOURCE_KINDS] = {
	    [FACTS_SOURCE_STAPLE] = "staple",
	    [FACTS_SOURCE_OCSP] = "ocsp",
	    [FACTS_SOURCE_CRL] = "crl",
	    [FACTS_SOURCE_DELTA] = "delta",
	};

	return names[kind];
}

const char *
facts_revocation_said_name(enum facts_said said)
{
	static const char *const names[FACTS_SAIDS] = {
	    [FACTS_SAID_NOTHING] = "not asked",
	    [FACTS_SAID_GOOD] = "good",
	    [FACTS_SAID_REVOKED] = "revoked",
	    [FACTS_SAID_UNKNOWN] = "unknown",
	    [FACTS_SAID_LDAP] = "ldap",
	    [FACTS_SAID_HTTPS] = "https",
	    [FACTS_SAID_NO_URL] = "no http URL",
	    [FACTS_SAID_UNREACHABLE] = "unreachable",
	    [FACTS_SAID_STATUS] = "http status",
	    [FACTS_SAID_REDIRECT] = "redirect",
	    [FACTS_SAID_TOO_LONG] = "too long",
	    [FACTS_SAID_GARBAGE] = "garbage",
	    [FACTS_SAID_ERROR] = "error",
	    [FACTS_SAID_BAD_SIGNER] = "bad signer",
	    [FACTS_SAID_OTHER] = "other certificate",
	    [FACTS_SAID_NOT_JUDGED] = "not judged",
	};

	return names[said];
}

const char *
facts_revocation_reason_name(int reason)
{
	static const char *const names[] = {
	    [1] = "key compromise",
	    [2] = "CA compromise",
	    [3] = "affiliation changed",
	    [4] = "superseded",
	    [5] = "cessation of operation",
	    [6] = "on hold",
	    [9] = "privilege withdrawn",
	    [10] = "AA compromise",
	};

	if (reason < 0 || (size_t)reason >= sizeof names / sizeof names[0] || names[reason] == NULL)
		return "no reason given";
	return names[reason];
}
