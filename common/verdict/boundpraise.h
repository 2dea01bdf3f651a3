/*
 * boundpraise - what the first line says of a certificate that Windows has where it should be, and
 * for whom that is proven.
 */
#ifndef VERDICT_BOUNDPRAISE_H
#define VERDICT_BOUNDPRAISE_H

#include "verdict/windows.h"

/* What to add to good news: what was proven of the certificate that is shown, ", trusted by SSTP";
 * "" when nothing was. */
const char *boundpraise_say(const struct windows *windows);

#endif
