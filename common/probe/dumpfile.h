/*
 * dumpfile - reads what was collected on a Windows server, and digests the certificates in it.
 */
#ifndef PROBE_DUMPFILE_H
#define PROBE_DUMPFILE_H

#include <stdint.h>

#include "facts/dump.h"

/*
 * Read PATH, or standard input for "-", until DEADLINE at most, into DUMP, which dump_free()
 * releases. Where it cannot be read dump.trouble says why. A file that does not tell when it was
 * collected was so when it was last written; what comes through a pipe is of now.
 */
void dumpfile_read(const char *path, int64_t deadline, struct dump *dump);

#endif
