/*
 * correlation - the SSTPCORRELATIONID of a call (MS-SSTP 3.2.4.1).
 *
 * A random GUID whose last twelve digits are the same in every call of ours, "SSTPMO" in ASCII:
 * server logs carry it, so an administrator can tell a monitor's calls from those of people.
 */
#ifndef PROBE_CORRELATION_H
#define PROBE_CORRELATION_H

#define CORRELATION_TAIL "535354504D4F"

/* "{xxxxxxxx-xxxx-4xxx-8xxx-535354504D4F}" with its NUL. */
void correlation_make(char chars[39]);

#endif
