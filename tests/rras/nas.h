/*
 * nas - a RADIUS server judges the logons: rras-sim is its network access server, as RRAS is that
 * of NPS.
 */
#ifndef RRAS_NAS_H
#define RRAS_NAS_H

#include "authenticator.h"
#include "line.h"

/* By the server in radius=. VERDICT is empty before. It is silence when the server does not answer,
 * or the client speaks before it does: whoever repeats the claim may have more luck. */
void nas_judge(struct line *line, const struct authenticator_claim *claim,
    struct authenticator_verdict *verdict);

#endif
