#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/tls.h"
#include "unit/unit.h"

/* Within a handshake it is skipped. */
static const unsigned char hello_request[] = {0x16, 3, 3, 0, 4, 0, 0, 0, 0};

/* A server that never stops sending what is skipped gets its turn, and no more. */
START_TEST(a_flood)
{
	SSL_CTX *context = tls_prepare();
	int ends[2], room = 1 << 20, left = 0;
	unsigned char flood[1000 * sizeof hello_request];
	struct tls *tls;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	for (size_t i = 0; i < sizeof flood; i++)
		flood[i] = hello_request[i % sizeof hello_request];
	for (int i = 0; i < 16; i++)
		ck_assert_int_eq(send(ends[1], flood, sizeof flood, 0), (ssize_t)sizeof flood);
	tls = tls_create(context, ends[0], NULL);
	ck_assert_ptr_nonnull(tls);
	ck_assert_int_eq(tls_handshake(tls), TLS_WANT_READ);
	ck_assert_int_eq(ioctl(ends[0], FIONREAD, &left), 0);
	ck_assert_int_gt(left, 0);
	/* and another, until nothing is left */
	for (int i = 0; i < 10 && left > 0; i++) {
		ck_assert_int_eq(tls_handshake(tls), TLS_WANT_READ);
		ck_assert_int_eq(ioctl(ends[0], FIONREAD, &left), 0);
	}
	ck_assert_int_eq(left, 0);
	tls_destroy(tls);
	close(ends[0]);
	close(ends[1]);
	SSL_CTX_free(context);
}
END_TEST

#define ZERO4  0, 0, 0, 0
#define ZERO16 ZERO4, ZERO4, ZERO4, ZERO4

/* Of TLS 1.2: ServerHello, ECDHE-RSA-AES128-GCM-SHA256, with the extension renegotiation_info; and
 * a certificate that is none. */
static const unsigned char unreadable[] = {0x16, 3, 3, 0, 49, 2, 0, 0, 45, 3, 3, ZERO16, ZERO16, 0,
    0xC0, 0x2F, 0, 0, 5, 0xFF, 1, 0, 1, 0, 0x16, 3, 3, 0, 14, 11, 0, 0, 10, 0, 0, 7, 0, 0, 4, 0x30,
    0x84, 1, 0};

/* What the library stumbled over is told in words, whichever part of it did. */
START_TEST(an_unreadable_certificate)
{
	SSL_CTX *context = tls_prepare();
	int ends[2];
	struct tls *tls;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	ck_assert_int_eq(send(ends[1], unreadable, sizeof unreadable, 0), sizeof unreadable);
	tls = tls_create(context, ends[0], NULL);
	ck_assert_ptr_nonnull(tls);
	ck_assert_int_eq(tls_handshake(tls), TLS_REFUSED);
	ck_assert_str_eq(tls_reason(tls), "header too long");
	tls_destroy(tls);
	close(ends[0]);
	close(ends[1]);
	SSL_CTX_free(context);
}
END_TEST

/* Where the first part that fails has no words, those of the next are told. */
START_TEST(an_error_without_words)
{
	int library = ERR_get_next_error_library();
	char reason[120];

	ERR_clear_error();
	ERR_raise(library, 102);
	ERR_raise(ERR_LIB_SSL, SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
	tls_describe_error(reason, sizeof reason);
	ck_assert_str_eq(reason, "decryption failed or bad record mac");
	ERR_clear_error();
	ERR_raise(library, 102);
	tls_describe_error(reason, sizeof reason);
	ck_assert_int_eq(strncmp(reason, "error ", 6), 0);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, a_flood);
	tcase_add_test(tests, an_unreadable_certificate);
	tcase_add_test(tests, an_error_without_words);
}

int
main(void)
{
	return unit_run("net/tls", list);
}
