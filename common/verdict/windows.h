/*
 * windows - what the server says of itself, compared with what it shows.
 *
 * Three truths: the certificate HTTP.sys is bound to, the one SSTP is told to trust, the one on the
 * wire or in a file. A pure function, as every judge.
 */
#ifndef VERDICT_WINDOWS_H
#define VERDICT_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "verdict/digests.h"
#include "verdict/words.h"

/* Where SSTP has its values, in the registry. */
#define WINDOWS_SSTP_KEY "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"

struct windows {
	const char *file;         /* what the dump is called in the output */
	int64_t age_max;          /* seconds */
	int64_t date;             /* wall clock now */
	const char *name;         /* that clients dial, NULL: not known */
	const char *const *names; /* that they dial besides; borrowed */
	size_t names_count;
	uint16_t port;       /* that is looked at */
	struct digests seen; /* the dump, and the targets that were looked at */
};

/* Judge into the verdict of WORDS, whose target the findings are about. */
void windows_judge(const struct words *words, const struct windows *windows);

/* Whether nothing in the dump is judged. */
bool windows_is_void(const struct windows *windows);

/* What to say of tls.reset, where the dump tells that no missing entry is the reason; NULL. */
const struct cause_row *windows_reset(const struct windows *windows);

/* The same of tls.plaintext, where it tells that TLS is not offloaded. */
const struct cause_row *windows_plaintext(const struct windows *windows);

/* The same of tcp.refused, where it tells that SSTP listens on another port. */
const struct cause_row *windows_refused(const struct windows *windows);

/* Whether the dump says which port SSTP listens on. */
bool windows_is_port_told(const struct windows *windows);

/* That port; where it is not told, the one that is looked at. */
uint16_t windows_port(const struct windows *windows);

/* Add a finding, words as for words_find(), and take over STEPS, lines to be done on the server. */
void windows_find(const struct words *words, struct text *steps, enum cause cause, ...)
    __attribute__((sentinel));

/* Give STEPS to the finding that was added since there were BEFORE of them; where its state is OK
 * there is none, and they are freed. */
void windows_add_steps(const struct words *words, size_t before, struct text *steps);

/* The first certificate that was seen; NULL when none was. */
const struct facts_certificate *windows_shown(const struct windows *windows);

#endif
