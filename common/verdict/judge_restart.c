#include "verdict/judge_restart.h"

#include "verdict/entries.h"

/* Issuers date a certificate back, hardly ever ahead: one that is younger than the start by its own
 * word was not there then. */
static bool
is_younger(const struct windows *windows, const struct facts_certificate *shown)
{
	return digests_is_trusted(&windows->seen, shown) &&
	       shown->not_before > windows->seen.dump->started;
}

void
judge_restart_pending(const struct words *words, const struct windows *windows)
{
	const struct facts_certificate *shown;
	struct text steps = TEXT_EMPTY;
	char hash[DIGESTS_SHORT];

	if (windows->seen.dump->started == 0 || !digests_is_trust_known(&windows->seen))
		return;
	for (size_t i = 0; i < windows->seen.count; i++) {
		shown = digests_shown(&windows->seen, i);
		if (shown == NULL || !is_younger(windows, shown))
			continue;
		digests_shorten(shown->sha256, hash);
		entries_add_restart(&steps);
		windows_find(words, &steps, CAUSE_WINDOWS_RESTART_PENDING, "shown", hash, NULL);
		return;
	}
}
