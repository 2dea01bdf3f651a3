/*
 * words - what the judges of one target share: its facts, the policy, and the way to a finding.
 *
 * A finding's summary and remedy come from the cause table; the {words} in them are filled from the
 * facts here, and from what the judge adds.
 */
#ifndef VERDICT_WORDS_H
#define VERDICT_WORDS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "verdict/policy.h"
#include "verdict/verdict.h"

struct words {
	const struct facts *facts;
	const struct policy *policy;
	struct verdict *verdict;
	size_t number; /* of the target among several, from 1 */
	/* values of {port}, {status}, {seconds}, {reason} */
	char port[8];
	char status[8];
	char seconds[24];
	char reason[160];
	const char *server; /* {server}, never empty */
	const char *stage;  /* {stage}, the one that failed or was not reached */
	/* What is said of tls.reset, tls.plaintext and tcp.refused, given what the server says of
	 * itself; NULL: the usual. */
	const struct cause_row *reset, *plaintext, *refused;
	char listener[8]; /* {listener} of the last: the port of SSTP */
};

/* Words about FACTS, for findings that go into VERDICT under POLICY: all three are borrowed. */
void words_begin(struct words *words, const struct facts *facts, const struct policy *policy,
    struct verdict *verdict);

/*
 * Add a finding for CAUSE, in the state the policy gives it. More words follow as pairs of name and
 * value, closed by NULL; they win over those above and over {host}, {name}, {address}.
 */
void words_find(const struct words *words, enum cause cause, ...) __attribute__((sentinel));

/* The same with the pairs in a list. */
void words_find_pairs(const struct words *words, enum cause cause, va_list pairs);

/* The same with another row's words and state, unless --state says otherwise. */
void words_find_as(const struct words *words, enum cause cause, const struct cause_row *row, ...)
    __attribute__((sentinel));

/* Whether the climb ended for want of an answer, echoes that were lost among them: what
 * --timeout-result is for. */
bool words_timed_out(const struct facts *facts);

/* How a call came to its end, in words: "nothing in 3 s", "the server ends PPP: ..". */
void words_ending(const struct words *words, enum facts_symptom symptom, char *chars, size_t size);

/* "issuer NAME", which ends with ".." where it is too long, behind a whole character. */
void words_issuer(char *chars, size_t size, const char *name);

/* "61 d", "5 h", "20 min": the largest unit that fits, rounded down. */
void words_duration(char *chars, size_t size, int64_t seconds);

/* A range without the characters that Nagios strips: "2", "1 to 5", "not 1 to 5". */
void words_range(struct text *text, const struct range *range);

/* "TLS 1.2 to 1.3" from protocol versions as on the wire. */
void words_versions(char *chars, size_t size, int low, int high);

/* "TLS 1.3" for OpenSSL's "TLSv1.3". */
const char *words_version_name(const char *name);

/* The number on the wire, 0x0304, for OpenSSL's "TLSv1.3"; 0 for an unknown name. */
int words_version_number(const char *name);

#endif
