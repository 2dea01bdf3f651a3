/*
 * judge_listeners - do all addresses, and all server names, show the same certificate?
 */
#ifndef VERDICT_JUDGE_LISTENERS_H
#define VERDICT_JUDGE_LISTENERS_H

#include "verdict/words.h"

/* How many different certificates the targets show that are asked as clients do, and on how many
 * addresses. */
struct judge_listeners_count {
	size_t certificates;
	size_t addresses;
};

struct judge_listeners_count judge_listeners_count(const struct facts *facts, size_t count);

/* Add what differs. FACTS are COUNT targets; one of another server name stands somewhere behind
 * that of the same address. */
void judge_listeners_all(
    const struct facts *facts, size_t count, const struct policy *policy, struct verdict *verdict);

#endif
