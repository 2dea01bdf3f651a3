/*
 * judge_http - from what the HTTP request brought to its cause.
 *
 * What tells RRAS from others is the status and the Server header (MS-SSTP 4.1, HTTP.sys's own
 * error pages).
 */
#ifndef VERDICT_JUDGE_HTTP_H
#define VERDICT_JUDGE_HTTP_H

#include "verdict/words.h"

/* Whether SERVER, a Server header, is not HTTP.sys's. A missing one, "", proves nothing. Web
 * servers and balancers of Microsoft's are foreign too. */
bool judge_http_is_foreign(const char *server);

/* Stage http ended with SYMPTOM: no complete response head. */
void judge_http_failure(const struct words *words, enum facts_symptom symptom);

/* A response head came. */
void judge_http_answer(const struct words *words);

#endif
