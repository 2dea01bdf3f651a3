#include <openssl/ssl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/deadline.h"
#include "probe/call.h"
#include "support/pki.h"
#include "unit/unit.h"

#define TENTH (DEADLINE_SECOND / 10)

/* The nonce is of zeros. */
static const uint8_t ack[48] = {0x10, 1, 0, 48, 0, 2, 0, 1, 0, 4, 0, 40, 0, 0, 0, 2};
static const uint8_t terminated[] = {
    0x10, 1, 0, 20, 0, 5, 0, 1, 0, 2, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4};
/* An Echo Response that nobody asked for. */
static const uint8_t noise[] = {0x10, 1, 0, 8, 0, 9, 0, 0};

static struct tools tools;
static struct stream stream;
static struct facts facts;
static struct call call;
static int far; /* the server's end of the stream */
static bool done;
static enum facts_stage stage;
static enum facts_symptom symptom; /* of STAGE; FACTS_SYMPTOMS: nothing was told */

static void
set_up(enum facts_stage level)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	stream = (struct stream){.descriptor = ends[0]};
	far = ends[1];
	tools.loop = loop_create();
	facts_begin(&facts);
	facts.level = level;
	symptom = FACTS_SYMPTOMS;
}

static void
tear_down(void)
{
	call_end(&call);
	stream_end(&stream);
	loop_destroy(tools.loop);
	facts_free(&facts);
}

static void
on_staged(void *owner, enum facts_stage which, enum facts_symptom told, int error)
{
	(void)owner;
	(void)error;
	stage = which;
	symptom = told;
}

static void
on_done(void *owner)
{
	(void)owner;
	done = true;
}

static void
begin_behind(const void *rest, size_t length, int64_t patience)
{
	call_begin(&call, &tools, &stream, &facts, NULL, rest, length,
	    deadline_after(deadline_now(), 5 * DEADLINE_SECOND), patience, on_staged, on_done,
	    NULL);
}

static void
begin(int64_t patience)
{
	begin_behind(NULL, 0, patience);
}

/* A server that resets the connection behind its 200, before anything can be written to it. */
START_TEST(nobody_to_write_to)
{
	set_up(FACTS_SSTP);
	close(far);
	begin(TENTH);
	ck_assert(done);
	ck_assert_int_eq(stage, FACTS_SSTP);
	ck_assert_int_eq(symptom, FACTS_RESET);
	tear_down();
}
END_TEST

static const struct {
	const uint8_t *bytes;
	size_t length;
	enum facts_symptom symptom;
} last_words[] = {
    {terminated, sizeof terminated, FACTS_ABORT},
    {ack, sizeof ack, FACTS_WELL},
    {ack, sizeof ack - 1, FACTS_RESET},
};

/* What it said before is worth more. */
START_TEST(last_words_of_a_server)
{
	set_up(FACTS_SSTP);
	ck_assert_int_eq(send(far, last_words[_i].bytes, last_words[_i].length, 0),
	    (ssize_t)last_words[_i].length);
	close(far);
	begin(TENTH);
	ck_assert(done);
	ck_assert_int_eq(stage, FACTS_SSTP);
	ck_assert_int_eq(symptom, last_words[_i].symptom);
	tear_down();
}
END_TEST

static void
terminate_us(struct loop_watch *watch, enum loop_event event)
{
	(void)event;
	loop_remove(tools.loop, watch);
	raise(SIGTERM);
}

/* A signal while we leave gives us no second time for that. */
START_TEST(a_signal_while_we_leave)
{
	struct loop_watch watch = {.descriptor = -1, .handler = terminate_us};
	int64_t begun = deadline_now(), took;

	set_up(FACTS_SSTP);
	watch.deadline = begun + 8 * TENTH;
	ck_assert(loop_add(tools.loop, &watch));
	ck_assert_int_eq(send(far, ack, sizeof ack, 0), (ssize_t)sizeof ack);
	begin(10 * TENTH);
	loop_run(tools.loop);
	took = deadline_now() - begun;
	ck_assert(done);
	ck_assert_int_eq(symptom, FACTS_WELL);
	ck_assert_msg(took < 16 * TENTH, "%g s", deadline_to_seconds(took));
	close(far);
	tear_down();
}
END_TEST

/* LCP with PAP, and the Ack to ours. */
static const uint8_t pap_wanted[] = {0x10, 0, 0, 16, 0xFF, 3, 0xC0, 0x21, 1, 9, 0, 8, 3, 4, 0xC0,
    0x23, 0x10, 0, 0, 12, 0xFF, 3, 0xC0, 0x21, 2, 1, 0, 4};
static const uint8_t pap_refused[] = {0x10, 0, 0, 13, 0xFF, 3, 0xC0, 0x23, 3, 1, 0, 5, 0};

static void
refuse_us(struct loop_watch *watch, enum loop_event event)
{
	(void)event;
	loop_remove(tools.loop, watch);
	ck_assert_int_eq(
	    send(far, pap_refused, sizeof pap_refused, 0), (ssize_t)sizeof pap_refused);
	shutdown(far, SHUT_WR);
}

/* The verdict on a logon that comes when there is no more time for it, while we leave. */
START_TEST(a_verdict_while_we_leave)
{
	const struct plan_logon logon = {.user = "User", .password = "secret"};
	struct loop_watch watch = {.descriptor = -1, .handler = refuse_us};
	int64_t now = deadline_now();

	set_up(FACTS_AUTH);
	facts.auth.wanted[facts.auth.wanted_count++] = FACTS_PAP;
	ck_assert_int_eq(send(far, ack, sizeof ack, 0), (ssize_t)sizeof ack);
	ck_assert_int_eq(send(far, pap_wanted, sizeof pap_wanted, 0), (ssize_t)sizeof pap_wanted);
	watch.deadline = now + 2 * TENTH;
	ck_assert(loop_add(tools.loop, &watch));
	call_begin(&call, &tools, &stream, &facts, &logon, NULL, 0, now + TENTH,
	    5 * DEADLINE_SECOND, on_staged, on_done, NULL);
	loop_run(tools.loop);
	ck_assert(done);
	ck_assert(facts.auth.sent && facts.auth.refused);
	ck_assert_int_eq(stage, FACTS_AUTH);
	ck_assert_str_eq(facts_symptom_name(symptom), facts_symptom_name(FACTS_LOGON_REFUSED));
	close(far);
	tear_down();
}
END_TEST

/* TLS on both ends. The handshakes of both need no more than their turns. */
static SSL *
shake_hands(SSL_CTX *context)
{
	const struct pki_wish wish = {.cn = "vpn.example.com", .serial = "01", .until = PKI_DAY};
	struct pki_party party;
	SSL_CTX *ssl_ctx = SSL_CTX_new(TLS_server_method());
	SSL *ssl;
	bool ours = false, theirs = false;

	pki_make(&party, &wish, NULL);
	ck_assert_int_eq(SSL_CTX_use_cert_and_key(ssl_ctx, party.x509, party.key, NULL, 1), 1);
	pki_free(&party);
	ssl = SSL_new(ssl_ctx);
	SSL_CTX_free(ssl_ctx);
	SSL_set_fd(ssl, far);
	stream.tls = tls_create(context, stream.descriptor, NULL);
	ck_assert_ptr_nonnull(stream.tls);
	for (int i = 0; i < 10 && !(ours && theirs); i++) {
		ours = ours || tls_handshake(stream.tls) == TLS_DONE;
		theirs = theirs || SSL_accept(ssl) == 1;
	}
	ck_assert(ours && theirs);
	return ssl;
}

/* How much a server says in one record, and whether the first of it came with the 200. */
static const struct {
	size_t length;
	bool begun;
} records[] = {{16000, false}, {6000, true}};

/* What would be left of it poll() would not see. */
START_TEST(a_record_is_read_whole)
{
	/* TLS 1.3 has tickets to read before. */
	const struct tlsoffer_settings settings = {
	    .security_level = -1, .version_max = TLS1_2_VERSION};
	struct text said = TEXT_EMPTY;
	SSL_CTX *context;
	char reason[120], rest[4096];
	size_t taken = 0;
	SSL *ssl;

	set_up(FACTS_PPP);
	context = tlsoffer_create(&settings, reason, sizeof reason);
	ssl = shake_hands(context);
	text_add_bytes(&said, ack, sizeof ack);
	while (said.length < records[_i].length)
		text_add_bytes(&said, noise, sizeof noise);
	text_add_bytes(&said, terminated, sizeof terminated);
	if (!records[_i].begun)
		begin(TENTH);
	ck_assert_int_eq(SSL_write(ssl, said.bytes, (int)said.length), (int)said.length);
	if (records[_i].begun) {
		ck_assert_int_eq(stream_read(&stream, rest, sizeof rest, &taken), TLS_DONE);
		ck_assert_uint_eq(taken, sizeof rest);
		begin_behind(rest, taken, TENTH);
	}
	loop_run(tools.loop);
	ck_assert(done);
	ck_assert_int_eq(stage, FACTS_PPP);
	ck_assert_int_eq(symptom, FACTS_ABORT);
	SSL_free(ssl);
	close(far);
	text_free(&said);
	tear_down();
	tlsoffer_destroy(context);
}
END_TEST

/* A server that asks for another handshake and then says nothing: what we have to say waits for it,
 * and the processor is not kept busy meanwhile. */
START_TEST(a_handshake_that_hangs)
{
	const struct tlsoffer_settings settings = {
	    .security_level = -1, .version_max = TLS1_2_VERSION};
	struct loop_watch watch = {.descriptor = -1, .handler = terminate_us};
	SSL_CTX *context;
	char reason[120];
	clock_t begun;
	SSL *ssl;

	set_up(FACTS_SSTP);
	context = tlsoffer_create(&settings, reason, sizeof reason);
	ssl = shake_hands(context);
	ck_assert_int_eq(SSL_renegotiate(ssl), 1);
	ck_assert_int_eq(SSL_do_handshake(ssl), 1); /* sends HelloRequest */
	watch.deadline = deadline_after(deadline_now(), TENTH);
	ck_assert(loop_add(tools.loop, &watch));
	begin(5 * TENTH);
	begun = clock();
	loop_run(tools.loop);
	ck_assert_int_lt(clock() - begun, CLOCKS_PER_SEC / 10);
	ck_assert(done);
	ck_assert_int_eq(symptom, FACTS_INTERRUPTED);
	SSL_free(ssl);
	close(far);
	tear_down();
	tlsoffer_destroy(context);
}
END_TEST

/* A server that asks for new keys again and again, and takes no answer: what else it sends waits
 * until the answers can leave, and so does the processor. */
START_TEST(answers_that_nobody_takes)
{
	const struct tlsoffer_settings settings = {.security_level = -1};
	struct loop_watch watch = {.descriptor = -1, .handler = terminate_us};
	SSL_CTX *context;
	char reason[120];
	clock_t begun;
	int room = 1, left = 0;
	SSL *ssl;

	set_up(FACTS_SSTP);
	context = tlsoffer_create(&settings, reason, sizeof reason);
	ssl = shake_hands(context);
	ck_assert_int_eq(
	    setsockopt(stream.descriptor, SOL_SOCKET, SO_SNDBUF, &room, sizeof room), 0);
	for (int i = 0; i < 100; i++) {
		ck_assert_int_eq(SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED), 1);
		ck_assert_int_eq(SSL_do_handshake(ssl), 1);
	}
	watch.deadline = deadline_after(deadline_now(), 3 * TENTH);
	ck_assert(loop_add(tools.loop, &watch));
	begin(TENTH);
	begun = clock();
	loop_run(tools.loop);
	ck_assert_int_lt(clock() - begun, CLOCKS_PER_SEC / 10);
	ck_assert(done);
	ck_assert_int_eq(symptom, FACTS_INTERRUPTED);
	ck_assert_int_eq(ioctl(stream.descriptor, FIONREAD, &left), 0);
	ck_assert_int_gt(left, 0);
	SSL_free(ssl);
	close(far);
	tear_down();
	tlsoffer_destroy(context);
}
END_TEST

static void
see_what_waits(struct loop_watch *watch, enum loop_event event)
{
	static int rounds;

	(void)event;
	if (++rounds < 3)
		return;
	ck_assert_int_eq(ioctl(stream.descriptor, FIONREAD, watch->owner), 0);
	loop_remove(tools.loop, watch);
}

/* A server that never stops has its turn, and others have theirs. */
START_TEST(a_flood)
{
	int left = 0;
	struct loop_watch watch = {.descriptor = -1, .handler = see_what_waits, .owner = &left};
	uint8_t flood[1024 * sizeof noise];

	for (size_t i = 0; i < sizeof flood; i++)
		flood[i] = noise[i % sizeof noise];
	set_up(FACTS_SSTP);
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(send(far, flood, sizeof flood, 0), (ssize_t)sizeof flood);
	ck_assert_int_eq(send(far, ack, sizeof ack, 0), (ssize_t)sizeof ack);
	shutdown(far, SHUT_WR);
	ck_assert(loop_add(tools.loop, &watch));
	begin(TENTH);
	loop_run(tools.loop);
	ck_assert(done);
	ck_assert_int_eq(symptom, FACTS_WELL);
	ck_assert_int_gt(left, 0);
	close(far);
	tear_down();
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, nobody_to_write_to);
	unit_add_rows(tests, last_words_of_a_server, last_words);
	tcase_add_test(tests, a_signal_while_we_leave);
	tcase_add_test(tests, a_verdict_while_we_leave);
	unit_add_rows(tests, a_record_is_read_whole, records);
	tcase_add_test(tests, a_flood);
	tcase_add_test(tests, a_handshake_that_hangs);
	tcase_add_test(tests, answers_that_nobody_takes);
}

int
main(void)
{
	return unit_run("probe/call", list);
}
