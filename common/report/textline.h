/*
 * textline - one line of the long output.
 */
#ifndef REPORT_TEXTLINE_H
#define REPORT_TEXTLINE_H

#include <stdarg.h>

#include "base/text.h"

/* Append a line as printf() would. Text from strangers is clean already; cleaning the line again
 * makes one line of it, without a '|', whatever a fact holds. */
void textline_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void textline_vadd(struct text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
