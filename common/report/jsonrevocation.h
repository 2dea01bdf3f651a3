/*
 * jsonrevocation - what was found out about the revocation of one certificate, as JSON.
 */
#ifndef REPORT_JSONREVOCATION_H
#define REPORT_JSONREVOCATION_H

#include "facts/facts.h"
#include "report/jsonwriter.h"

/* Add "revocation" to the open object of CERTIFICATE: null where it was not looked up, because
 * that is off or the certificate is no part of the path below the root. */
void jsonrevocation_add(struct jsonwriter *writer, const struct facts *facts,
    const struct facts_certificate *certificate);

#endif
