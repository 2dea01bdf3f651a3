/*
 * What Debian's static OpenSSL, which is built for glibc, asks for and musl does not have: the
 * checked forms of functions, and contexts, which only asynchronous engines use.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <syslog.h>

static void
see_room(size_t needed, size_t room)
{
	if (needed > room)
		abort();
}

void *
__memcpy_chk(void *to, const void *from, size_t length, size_t room)
{
	see_room(length, room);
	return memcpy(to, from, length);
}

void *
__memset_chk(void *to, int byte, size_t length, size_t room)
{
	see_room(length, room);
	return memset(to, byte, length);
}

char *
__strcat_chk(char *to, const char *from, size_t room)
{
	see_room(strlen(to) + strlen(from) + 1, room);
	return strcat(to, from);
}

int
__sprintf_chk(char *to, int flag, size_t room, const char *format, ...)
{
	va_list arguments;
	int length;

	(void)flag;
	va_start(arguments, format);
	length = vsnprintf(to, room, format, arguments);
	va_end(arguments);
	see_room((size_t)length + 1, room);
	return length;
}

int
__vfprintf_chk(FILE *file, int flag, const char *format, va_list arguments)
{
	(void)flag;
	return vfprintf(file, format, arguments);
}

int
__fprintf_chk(FILE *file, int flag, const char *format, ...)
{
	va_list arguments;
	int length;

	(void)flag;
	va_start(arguments, format);
	length = vfprintf(file, format, arguments);
	va_end(arguments);
	return length;
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list arguments;

	(void)flag;
	va_start(arguments, format);
	vsyslog(priority, format, arguments);
	va_end(arguments);
}

long
__fdelt_chk(long descriptor)
{
	see_room((size_t)descriptor, FD_SETSIZE - 1);
	return descriptor / (long)(8 * sizeof(long));
}

int
getcontext(void *context)
{
	(void)context;
	return -1;
}

int
setcontext(const void *context)
{
	(void)context;
	return -1;
}

void
makecontext(void *context, void (*function)(void), int count, ...)
{
	(void)context;
	(void)function;
	(void)count;
}
