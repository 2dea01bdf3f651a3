/*
 * preload - to be preloaded: the N-th call of a kind fails (faults.h).
 *
 *   FAULTS=FILE   holds a struct faults: what shall fail, and what was seen
 *
 * The functions below stand before those of the C library, also for OpenSSL, and for the C
 * library's own allocations.
 */
#include "config.h"

/* Each function under its own name, also where a wider one would take its place. */
#undef _FILE_OFFSET_BITS
#undef _TIME_BITS

/* Its checked variants would be declared as inline functions, in the way of ours. */
#undef _FORTIFY_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faults.h"

#define DESCRIPTORS 256 /* more than a plugin has here */

static struct faults *faults;
static int open_before;

/* glibc's resolver aborts when it lacks memory, whatever its caller does: that is not tried. */
static __thread bool resolving;

/* Standard input, output and error aside. */
static int
count_open(void)
{
	int count = 0;

	for (int descriptor = STDERR_FILENO + 1; descriptor < DESCRIPTORS; descriptor++)
		count += fcntl(descriptor, F_GETFD) != -1;
	return count;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("FAULTS");
	int (*system)(const char *, int, ...) =
	    (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	int descriptor = path == NULL ? -1 : system(path, O_RDWR | O_CLOEXEC);
	void *memory;

	if (descriptor < 0)
		return;
	memory = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
	((int (*)(int))dlsym(RTLD_NEXT, "close"))(descriptor);
	if (memory != MAP_FAILED)
		faults = memory;
	open_before = count_open();
}

__attribute__((destructor)) static void
end(void)
{
	if (faults != NULL)
		faults->left_open = count_open() - open_before;
}

/* Count a call; true, and errno, when it is one that fails. */
static bool
fails(enum faults_kind kind)
{
	unsigned long number;

	if (faults == NULL || (resolving && kind == FAULTS_MEMORY))
		return false;
	number = __atomic_add_fetch(&faults->seen[kind], 1, __ATOMIC_RELAXED);
	if (faults->at == 0 || kind != faults->kind || number < faults->at ||
	    (number > faults->at && !faults->lasting))
		return false;
	__atomic_add_fetch(&faults->failed, 1, __ATOMIC_RELAXED);
	errno = faults->error;
	return true;
}

/* The next function of that name, looked up once. */
#define SYSTEM(type, name, ...)             \
	static type (*system)(__VA_ARGS__); \
	if (system == NULL)                 \
	system = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* A function that fails by giving FAILURE. */
#define FAILING(kind, failure, type, name, parameters, arguments, ...) \
	type name parameters                                           \
	{                                                              \
		SYSTEM(type, name, __VA_ARGS__);                       \
		return fails(kind) ? failure : system arguments;       \
	}

/* ---- memory ---- */

FAILING(FAULTS_MEMORY, NULL, void *, malloc, (size_t size), (size), size_t)
FAILING(
    FAULTS_MEMORY, NULL, void *, calloc, (size_t count, size_t size), (count, size), size_t, size_t)
FAILING(FAULTS_MEMORY, NULL, void *, realloc, (void *memory, size_t size), (memory, size), void *,
    size_t)
FAILING(FAULTS_MEMORY, NULL, void *, aligned_alloc, (size_t alignment, size_t size),
    (alignment, size), size_t, size_t)
FAILING(FAULTS_MEMORY, (locale_t)0, locale_t, newlocale,
    (int categories, const char *name, locale_t base), (categories, name, base), int, const char *,
    locale_t)
FAILING(FAULTS_MEMORY, ENOMEM, int, posix_memalign, (void **memory, size_t alignment, size_t size),
    (memory, alignment, size), void **, size_t, size_t)

/* ---- the network ---- */

FAILING(FAULTS_SOCKET, -1, int, socket, (int domain, int type, int protocol),
    (domain, type, protocol), int, int, int)
FAILING(FAULTS_SOCKET, -1, int, pipe2, (int ends[2], int flags), (ends, flags), int *, int)
FAILING(FAULTS_SOCKET, -1, int, setsockopt,
    (int descriptor, int level, int option, const void *value, socklen_t length),
    (descriptor, level, option, value, length), int, int, int, const void *, socklen_t)
FAILING(FAULTS_SOCKET, -1, int, getsockopt,
    (int descriptor, int level, int option, void *restrict value, socklen_t *restrict length),
    (descriptor, level, option, value, length), int, int, int, void *, socklen_t *)
FAILING(FAULTS_CONNECT, -1, int, connect,
    (int descriptor, const struct sockaddr *address, socklen_t length),
    (descriptor, address, length), int, const struct sockaddr *, socklen_t)
FAILING(FAULTS_CONNECT, -1, int, bind,
    (int descriptor, const struct sockaddr *address, socklen_t length),
    (descriptor, address, length), int, const struct sockaddr *, socklen_t)
FAILING(FAULTS_POLL, -1, int, poll, (struct pollfd * polls, nfds_t count, int timeout),
    (polls, count, timeout), struct pollfd *, nfds_t, int)
FAILING(FAULTS_POLL, -1, int, ppoll,
    (struct pollfd * polls, nfds_t count, const struct timespec *timeout, const sigset_t *mask),
    (polls, count, timeout, mask), struct pollfd *, nfds_t, const struct timespec *,
    const sigset_t *)

int
getaddrinfo(const char *restrict host, const char *restrict service,
    const struct addrinfo *restrict hints, struct addrinfo **restrict found)
{
	SYSTEM(int, getaddrinfo, const char *, const char *, const struct addrinfo *,
	    struct addrinfo **);
	int error = 0;

	if (fails(FAULTS_RESOLVE))
		return faults->error;
	resolving = true;
	error = system(host, service, hints, found);
	resolving = false;
	return error;
}

FAILING(FAULTS_RESOLVE, faults->error, int, getnameinfo,
    (const struct sockaddr *restrict address, socklen_t length, char *restrict host,
        socklen_t host_size, char *restrict service, socklen_t service_size, int flags),
    (address, length, host, host_size, service, service_size, flags), const struct sockaddr *,
    socklen_t, char *, socklen_t, char *, socklen_t, int)
FAILING(FAULTS_THREAD, faults->error, int, pthread_create,
    (pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*work)(void *),
        void *restrict argument),
    (thread, attributes, work, argument), pthread_t *, const pthread_attr_t *, void *(*)(void *),
    void *)

/* ---- reading and writing ---- */

/* A read that fails, or that finds the end. */
#define NOTHING (faults->error == 0 ? 0 : -1)

FAILING(FAULTS_READ, NOTHING, ssize_t, read, (int descriptor, void *bytes, size_t room),
    (descriptor, bytes, room), int, void *, size_t)
FAILING(FAULTS_READ, NOTHING, ssize_t, recv, (int descriptor, void *bytes, size_t room, int flags),
    (descriptor, bytes, room, flags), int, void *, size_t, int)

/* Files are never interrupted, and stdio would be at a loss. */
static bool
stdio_fails(enum faults_kind kind)
{
	return faults != NULL && faults->error != EINTR && fails(kind);
}

size_t
fread(void *restrict bytes, size_t size, size_t count, FILE *restrict file)
{
	SYSTEM(size_t, fread, void *, size_t, size_t, FILE *);
	return stdio_fails(FAULTS_READ) ? 0 : system(bytes, size, count, file);
}

char *
fgets(char *restrict chars, int room, FILE *restrict file)
{
	SYSTEM(char *, fgets, char *, int, FILE *);
	return stdio_fails(FAULTS_READ) ? NULL : system(chars, room, file);
}

size_t
fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict file)
{
	SYSTEM(size_t, fwrite, const void *, size_t, size_t, FILE *);
	return stdio_fails(FAULTS_WRITE) ? 0 : system(bytes, size, count, file);
}

int
fflush(FILE *file)
{
	SYSTEM(int, fflush, FILE *);
	return stdio_fails(FAULTS_WRITE) ? EOF : system(file);
}

FAILING(FAULTS_READ, NULL, struct dirent *, readdir, (DIR * folder), (folder), DIR *)

/* The name that glibc gives to read() with a buffer whose size is known. */
ssize_t read_within(int descriptor, void *bytes, size_t room, size_t size) __asm__("__read_chk");
ssize_t recv_within(int descriptor, void *bytes, size_t room, size_t size, int flags) __asm__(
    "__recv_chk");

ssize_t
read_within(int descriptor, void *bytes, size_t room, size_t size)
{
	return room > size ? (abort(), 0) : read(descriptor, bytes, room);
}

ssize_t
recv_within(int descriptor, void *bytes, size_t room, size_t size, int flags)
{
	return room > size ? (abort(), 0) : recv(descriptor, bytes, room, flags);
}

static bool
write_fails(int descriptor)
{
	bool failed = fails(FAULTS_WRITE);

	if (failed && descriptor == STDOUT_FILENO)
		faults->failed_stdout = true;
	return failed;
}

ssize_t
write(int descriptor, const void *bytes, size_t length)
{
	SYSTEM(ssize_t, write, int, const void *, size_t);
	return write_fails(descriptor) ? -1 : system(descriptor, bytes, length);
}

FAILING(FAULTS_WRITE, -1, ssize_t, send,
    (int descriptor, const void *bytes, size_t length, int flags),
    (descriptor, bytes, length, flags), int, const void *, size_t, int)
/* ---- files ---- */

int
open(const char *path, int flags, ...)
{
	SYSTEM(int, open, const char *, int, ...);
	va_list more;
	int mode;

	va_start(more, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, int) : 0;
	va_end(more);
	return fails(FAULTS_OPEN) ? -1 : system(path, flags, mode);
}

FAILING(FAULTS_OPEN, NULL, FILE *, fopen, (const char *restrict path, const char *restrict mode),
    (path, mode), const char *, const char *)
FAILING(FAULTS_OPEN, NULL, FILE *, fopen64, (const char *restrict path, const char *restrict mode),
    (path, mode), const char *, const char *)
FAILING(FAULTS_OPEN, NULL, FILE *, fdopen, (int descriptor, const char *mode), (descriptor, mode),
    int, const char *)
FAILING(FAULTS_OPEN, NULL, DIR *, opendir, (const char *path), (path), const char *)
FAILING(FAULTS_OPEN, -1, int, mkstemp, (char *path), (path), char *)
FAILING(FAULTS_OPEN, -1, int, mkdir, (const char *path, mode_t mode), (path, mode), const char *,
    mode_t)
FAILING(FAULTS_OPEN, -1, int, access, (const char *path, int mode), (path, mode), const char *, int)
FAILING(FAULTS_STAT, -1, int, stat, (const char *restrict path, struct stat *restrict status),
    (path, status), const char *, struct stat *)
FAILING(FAULTS_STAT, -1, int, fstat, (int descriptor, struct stat *status), (descriptor, status),
    int, struct stat *)
FAILING(
    FAULTS_STAT, -1, int, fchmod, (int descriptor, mode_t mode), (descriptor, mode), int, mode_t)
FAILING(FAULTS_STAT, -1, int, fchown, (int descriptor, uid_t owner, gid_t group),
    (descriptor, owner, group), int, uid_t, gid_t)
FAILING(FAULTS_STAT, -1, int, ftruncate, (int descriptor, off_t length), (descriptor, length), int,
    off_t)
FAILING(FAULTS_RENAME, -1, int, rename, (const char *from, const char *to), (from, to),
    const char *, const char *)
FAILING(FAULTS_RENAME, -1, int, unlink, (const char *path), (path), const char *)

int
close(int descriptor)
{
	SYSTEM(int, close, int);
	bool failed = fails(FAULTS_CLOSE);
	int result = system(descriptor);

	if (failed)
		errno = faults->error;
	return failed ? -1 : result;
}

int
fclose(FILE *file)
{
	SYSTEM(int, fclose, FILE *);
	bool failed = fails(FAULTS_CLOSE);
	int result = system(file);

	if (failed)
		errno = faults->error;
	return failed ? EOF : result;
}

/* ---- randomness ---- */

FAILING(FAULTS_RANDOM, -1, int, getentropy, (void *bytes, size_t length), (bytes, length), void *,
    size_t)
FAILING(FAULTS_RANDOM, -1, ssize_t, getrandom, (void *bytes, size_t length, unsigned flags),
    (bytes, length, flags), void *, size_t, unsigned)
