/*
 * calendar - dates of the world's clock in seconds since 1970, however wide time_t is.
 *
 * Certificates outlive 2038, which is where timegm() and gmtime() end with 32 bits.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* The seconds at which it is TM in UTC: year, month, day, hour, minute and second count. */
int64_t calendar_seconds(const struct tm *tm);

/* The same backwards. False for a year that does not have four digits or fewer. */
bool calendar_read(int64_t date, struct tm *tm);

#endif
