/*
 * causes_rows - the parts of the table of causes, one file for each group of layers.
 */
#ifndef VERDICT_CAUSES_ROWS_H
#define VERDICT_CAUSES_ROWS_H

#include <stddef.h>

#include "verdict/causes.h"

/* Words that the plugins themselves have no use for: only what is compiled for the manual pages
 * holds them. */
#ifdef CAUSES_EXPLAINED
#define CAUSES_MANUAL(words) words
#else
#define CAUSES_MANUAL(words) NULL
#endif

extern const struct cause_row causes_net_rows[];
extern const size_t causes_net_count;
extern const struct cause_row causes_pool_rows[];
extern const size_t causes_pool_count;
extern const struct cause_row causes_tls_rows[];
extern const size_t causes_tls_count;
extern const struct cause_row causes_cert_rows[];
extern const size_t causes_cert_count;
extern const struct cause_row causes_http_rows[];
extern const size_t causes_http_count;
extern const struct cause_row causes_call_rows[];
extern const size_t causes_call_count;
extern const struct cause_row causes_logon_rows[];
extern const size_t causes_logon_count;
extern const struct cause_row causes_tunnel_rows[];
extern const size_t causes_tunnel_count;
extern const struct cause_row causes_windows_rows[];
extern const size_t causes_windows_count;

#endif
