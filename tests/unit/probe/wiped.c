/* No password, and no key made of it, is left behind in memory. */
#include "config.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "unit/probe/talk.h"
#include "unit/unit.h"
#include "unit/wipes.h"

/* The program is linked with these wrapped: see unit.mk. */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __real_free(void *memory);
void __wrap_free(void *memory);

static unsigned freed_with_secret;

/* Cleared, for all of it is looked at. */
void *
__wrap_malloc(size_t size)
{
	return calloc(1, size);
}

void
__wrap_free(void *memory)
{
	if (memory != NULL)
		freed_with_secret += memmem(memory, malloc_usable_size(memory), TALK_PASSWORD,
		                         strlen(TALK_PASSWORD)) != NULL;
	__real_free(memory);
}

/* What grows moves. */
void *
__wrap_realloc(void *memory, size_t size)
{
	void *grown = __wrap_malloc(size);
	size_t held = memory == NULL ? 0 : malloc_usable_size(memory);

	if (grown == NULL)
		return NULL;
	if (held > 0)
		memcpy(grown, memory, held < size ? held : size);
	__wrap_free(memory);
	return grown;
}

/* PAP's, however much the server wants to be said behind it before it can leave. */
START_TEST(a_password_is_wiped)
{
	talk_logon.methods[0] = FACTS_PAP;
	talk_logon.methods_count = 1;
	freed_with_secret = 0;
	peer_begin(FACTS_AUTH, &talk_logon);
	ck_assert(peer_session.frames.secret);
	peer_say(PEER_ACK("02") TALK_DEMANDS(TALK_PAP) PEER_OURS_AGREED, 0);
	ck_assert(peer_facts.auth.sent);
	ck_assert_ptr_nonnull(memmem(
	    peer_session.out.bytes, peer_session.out.length, TALK_PASSWORD, strlen(TALK_PASSWORD)));
	for (int i = 0; i < 100; i++)
		peer_say("[C021 0913# 00000000 'as much again as was said before, and more']", 0);
	ck_assert_uint_gt(peer_session.out.room, 4096);
	peer_end();
	ck_assert_uint_eq(freed_with_secret, 0);
}
END_TEST

/* Each copy of the answer to a challenge once it is handed on, and in the end the keys. */
START_TEST(what_a_logon_makes_is_wiped)
{
	uint8_t frame[10], response[MSCHAP_RESPONSE], hlak[KEYS_HLAK];

	ck_assert(hex_read("10000042FF03C2230207", frame, sizeof frame));
	ck_assert(hex_read(
	    "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF", response, sizeof response));
	ck_assert(hex_read(
	    "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB", hlak, sizeof hlak));
	wipes_begin();
	talk_log_on(FACTS_AUTH);
	ck_assert_uint_eq(wipes_of(frame + 4, sizeof frame - 4), 1);
	ck_assert_uint_eq(wipes_of(frame, sizeof frame), 1);
	peer_say(TALK_SUCCESS, 0);
	ck_assert_int_eq(peer_session.state, SESSION_REACHED);
	wipes_begin();
	peer_end();
	ck_assert_uint_eq(wipes_of(response, sizeof response), 1);
	ck_assert_uint_eq(wipes_of(hlak, sizeof hlak), 1);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, talk_set_up, NULL);
	tcase_add_test(tests, a_password_is_wiped);
	tcase_add_test(tests, what_a_logon_makes_is_wiped);
}

int
main(void)
{
	return unit_run("probe/wiped", list);
}
