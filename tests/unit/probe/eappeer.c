/* The peer of EAP against servers that are written out as bytes; its TLS methods have real servers
 * in tests/peers. The logon is that of RFC 2759 9.2. */
#include "probe/eappeer.h"

#include <stdlib.h>
#include <string.h>

#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"
#include "unit/wire/wire.h"

#define CHALLENGE "5B5D7C7D7B3F2F3E3C2C602132262628"
#define PEER      "21402324255E262A28295F2B3A337C7E"
#define RESPONSE  "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"
#define PROOF                                                                          \
	"3430374135353839313135464430443632303946353130464539433034353636393332434441" \
	"3536"
#define HLAK "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB"

/* The parts of a logon by EAP-MSCHAPv2. */
#define ASK_IDENTITY  "0101000501"
#define IDENTITY      "0201000901 55736572"
#define ASK_CHALLENGE "0102001B1A 01 07 0016 10" CHALLENGE "52"
#define ANSWER        "0202003F1A 02 07 003A 31" PEER "0000000000000000" RESPONSE "00 55736572"
#define SUCCESS       "010300331A 03 07 002E 533D" PROOF
#define SUCCESS_TAKEN "020300061A 03"
#define EAP_DONE      "03030004"
#define EAP_REFUSED   "04030004"

struct exchange {
	const char *from_server;
	const char *from_us; /* "": nothing */
};

struct scene {
	struct facts facts;
	struct plan_logon logon;
	struct eapmethod_means means;
	struct eappeer peer;
};

static void
begin(struct scene *scene, const enum facts_eap_method *wishes, size_t count)
{
	memset(scene, 0, sizeof *scene);
	facts_begin(&scene->facts);
	scene->logon.user = "User";
	scene->logon.password = "clientPass";
	memcpy(scene->logon.eap, wishes, count * sizeof *wishes);
	scene->logon.eap_count = count;
	scene->means.logon = &scene->logon;
	scene->means.facts = &scene->facts.auth;
	vector_read(PEER, scene->means.random, sizeof scene->means.random);
	eappeer_begin(&scene->peer, &scene->means, facts_eap_begin(&scene->facts.auth));
}

static void
begin_mschap(struct scene *scene)
{
	static const enum facts_eap_method wish = FACTS_EAP_MSCHAPV2;

	begin(scene, &wish, 1);
}

static void
take(struct scene *scene, const char *from_server, const char *from_us)
{
	size_t length, wanted_length;
	uint8_t *bytes = wire_bytes(from_server, &length);
	uint8_t *wanted = wire_bytes(from_us, &wanted_length);
	struct text out = TEXT_EMPTY;

	eappeer_receive(&scene->peer, bytes, length, &out);
	ck_assert_msg(out.length == wanted_length, "%s: %zu bytes, wanted %s", from_server,
	    out.length, from_us);
	if (wanted_length > 0)
		ck_assert_msg(memcmp(out.bytes, wanted, wanted_length) == 0, "%s", from_server);
	text_free(&out);
	free(bytes);
	free(wanted);
}

static void
end(struct scene *scene)
{
	eappeer_end(&scene->peer);
	facts_free(&scene->facts);
}

static void
is_over(const struct scene *scene, enum facts_symptom symptom)
{
	ck_assert_int_eq(scene->peer.state, EAPPEER_OVER);
	ck_assert_int_eq(scene->peer.symptom, symptom);
	ck_assert(!scene->facts.auth.accepted);
}

START_TEST(logs_on_by_mschapv2)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, ASK_IDENTITY, IDENTITY);
	ck_assert(!scene.facts.auth.sent);
	take(&scene, ASK_CHALLENGE, ANSWER);
	ck_assert(scene.facts.auth.challenged && scene.facts.auth.sent);
	take(&scene, SUCCESS, SUCCESS_TAKEN);
	ck_assert_int_eq(scene.peer.state, EAPPEER_GOING);
	ck_assert_int_eq(scene.facts.auth.proof, FACTS_PROOF_VERIFIED);
	take(&scene, EAP_DONE, "");
	ck_assert_int_eq(scene.peer.state, EAPPEER_ACCEPTED);
	ck_assert(scene.facts.auth.accepted);
	ck_assert_int_eq(scene.facts.auth.eap->method, FACTS_EAP_MSCHAPV2);
	vector_expect(scene.peer.key, KEYS_HLAK, HLAK);
	end(&scene);
}
END_TEST

/* pppd goes on to the network phase without a word (peer's own Success is its last). */
START_TEST(success_may_be_implied)
{
	struct scene scene;

	begin_mschap(&scene);
	eappeer_imply_success(&scene.peer);
	take(&scene, ASK_CHALLENGE, ANSWER);
	eappeer_imply_success(&scene.peer);
	ck_assert_int_eq(scene.peer.state, EAPPEER_GOING);
	take(&scene, SUCCESS, SUCCESS_TAKEN);
	eappeer_imply_success(&scene.peer);
	ck_assert_int_eq(scene.peer.state, EAPPEER_ACCEPTED);
	end(&scene);
}
END_TEST

/* pppd asks for MD5 first, and is told what is wished. */
START_TEST(declines_other_methods)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, "01020016 04 10" CHALLENGE, "02020006 03 1A");
	take(&scene, "01030006 15 20", "02030006 03 1A");
	take(&scene, "01040006 0D 20", "02040006 03 1A");
	take(&scene, "0105001B1A 01 07 0016 10" CHALLENGE "52",
	    "0205003F1A 02 07 003A 31" PEER "0000000000000000" RESPONSE "00 55736572");
	ck_assert_uint_eq(scene.facts.auth.eap->offered_count, 4);
	ck_assert_uint_eq(scene.facts.auth.eap->offered[1], 21);
	end(&scene);
}
END_TEST

START_TEST(names_each_type_that_is_wished_once)
{
	static const enum facts_eap_method wishes[] = {
	    FACTS_EAP_TLS, FACTS_PEAP_TLS, FACTS_PEAP_MSCHAPV2, FACTS_EAP_MSCHAPV2};
	struct scene scene;

	begin(&scene, wishes, UNIT_COUNT(wishes));
	take(&scene, "01020016 04 10" CHALLENGE, "02020008 03 0D191A");
	end(&scene);
}
END_TEST

/* PEAP with the one or the other inside is one type. */
START_TEST(names_each_type_where_it_is_wished_first)
{
	static const enum facts_eap_method wishes[] = {
	    FACTS_PEAP_TLS, FACTS_EAP_MSCHAPV2, FACTS_PEAP_MSCHAPV2, FACTS_EAP_TLS};
	struct scene scene;

	begin(&scene, wishes, UNIT_COUNT(wishes));
	take(&scene, "01020016 04 10" CHALLENGE, "02020008 03 191A0D");
	end(&scene);
}
END_TEST

START_TEST(nothing_in_common)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, "01020006 0D 20", "02020006 03 1A");
	take(&scene, "04020004", "");
	is_over(&scene, FACTS_NO_COMMON_METHOD);
	ck_assert(!scene.facts.auth.refused);
	end(&scene);
}
END_TEST

/* Without a method offered that is no word about methods. */
START_TEST(refused_by_name)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, ASK_IDENTITY, IDENTITY);
	take(&scene, "04010004", "");
	is_over(&scene, FACTS_LOGON_REFUSED);
	ck_assert(scene.facts.auth.refused);
	end(&scene);
}
END_TEST

/* Other methods for ever. */
START_TEST(patience_has_an_end)
{
	struct scene scene;
	int count = 0;

	begin_mschap(&scene);
	while (scene.peer.state == EAPPEER_GOING) {
		const uint8_t request[] = {1, (uint8_t)count, 0, 5, 21};
		struct text out = TEXT_EMPTY;

		eappeer_receive(&scene.peer, request, sizeof request, &out);
		text_free(&out);
		ck_assert_int_lt(++count, 20);
	}
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

START_TEST(identity_is_not_asked_for_ever)
{
	struct scene scene;
	int count = 0;

	begin_mschap(&scene);
	while (scene.peer.state == EAPPEER_GOING) {
		const uint8_t request[] = {1, (uint8_t)count, 0, 5, 1};
		struct text out = TEXT_EMPTY;

		eappeer_receive(&scene.peer, request, sizeof request, &out);
		text_free(&out);
		ck_assert_int_lt(++count, 1000);
	}
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

/* The same Request gets the same Response, and is not another attempt. */
START_TEST(answers_alike_what_comes_again)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, ASK_IDENTITY, IDENTITY);
	take(&scene, ASK_IDENTITY, IDENTITY);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, SUCCESS, SUCCESS_TAKEN);
	take(&scene, SUCCESS, SUCCESS_TAKEN);
	take(&scene, EAP_DONE, "");
	ck_assert_int_eq(scene.peer.state, EAPPEER_ACCEPTED);
	end(&scene);
}
END_TEST

/* A second challenge would be a second attempt at the password. */
START_TEST(a_second_challenge_is_not_answered)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, "0103001B1A 01 08 0016 10" PEER "52", "");
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

/* What a server may say instead of its proof, and what comes of it. */
static const struct {
	const char *from_server;
	const char *from_us;
	enum facts_symptom symptom;
	enum facts_proof proof;
} unproven[] = {
    {EAP_DONE, "", FACTS_SERVER_UNPROVEN, FACTS_PROOF_NONE},
    {"010300341A 03 07 002F 533D 30" PROOF, "", FACTS_SERVER_UNPROVEN, FACTS_PROOF_MISSING},
    {"0103000E1A 03 07 0009 4D3D6F6B21", "", FACTS_SERVER_UNPROVEN, FACTS_PROOF_MISSING},
    {"010300091A 03 07 0004", "", FACTS_SERVER_UNPROVEN, FACTS_PROOF_MISSING},
    {"010300061A 03", "", FACTS_SERVER_UNPROVEN, FACTS_PROOF_MISSING},
    {EAP_REFUSED, "", FACTS_LOGON_REFUSED, FACTS_PROOF_NONE},
    {"010300061A 07", "", FACTS_DISAGREED, FACTS_PROOF_NONE},
    {"010300051A", "", FACTS_DISAGREED, FACTS_PROOF_NONE},
    {"01030006 0D 20", "", FACTS_DISAGREED, FACTS_PROOF_NONE}, /* another method */
};

START_TEST(takes_nothing_for_a_proof)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, unproven[_i].from_server, unproven[_i].from_us);
	is_over(&scene, unproven[_i].symptom);
	ck_assert_int_eq(scene.facts.auth.proof, unproven[_i].proof);
	/* Nothing more is said, whatever comes. */
	take(&scene, SUCCESS, "");
	take(&scene, EAP_DONE, "");
	ck_assert_int_eq(scene.peer.state, EAPPEER_OVER);
	end(&scene);
}
END_TEST

START_TEST(a_wrong_proof_is_refused)
{
	struct scene scene;
	size_t length;
	uint8_t *bytes = wire_bytes(SUCCESS, &length);
	struct text out = TEXT_EMPTY;

	begin_mschap(&scene);
	take(&scene, ASK_CHALLENGE, ANSWER);
	bytes[length - 1] ^= 1;
	eappeer_receive(&scene.peer, bytes, length, &out);
	ck_assert_uint_eq(out.length, 0);
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	ck_assert_int_eq(scene.facts.auth.proof, FACTS_PROOF_WRONG);
	free(bytes);
	end(&scene);
}
END_TEST

START_TEST(success_before_anything_is_refused)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, "03000004", "");
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	end(&scene);
}
END_TEST

/* E=691 R=1 V=3 M=nope, where the password might stand as well. */
START_TEST(tells_why_it_was_refused)
{
	static const char refusal[] =
	    "0103001D1A 04 07 0018 453D36393120523D3120563D33204D3D6E6F7065";
	struct scene scene;
	size_t length;
	uint8_t *bytes = wire_bytes(refusal, &length);

	begin_mschap(&scene);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, refusal, "020300061A 04");
	is_over(&scene, FACTS_LOGON_REFUSED);
	ck_assert(scene.facts.auth.refused);
	ck_assert(scene.facts.auth.retry);
	ck_assert_int_eq(scene.facts.auth.code, 691);
	ck_assert_str_eq(scene.facts.auth.words, "nope");
	wipes_begin();
	end(&scene);
	ck_assert_uint_eq(wipes_of(bytes, length), 1);
	free(bytes);
}
END_TEST

START_TEST(notifications_are_answered)
{
	struct scene scene;

	begin_mschap(&scene);
	take(&scene, "01020007 02 6869", "02020005 02");
	take(&scene, "02030006 03 1A", ""); /* what only peers send */
	take(&scene, "05030004", "");
	take(&scene, "0103", "");
	ck_assert_int_eq(scene.peer.state, EAPPEER_GOING);
	end(&scene);
}
END_TEST

/* The answer to the challenge, and the key where the method has it and where we have it. */
START_TEST(wipes_what_is_secret)
{
	struct scene scene;
	uint8_t response[MSCHAP_RESPONSE], hlak[KEYS_HLAK];

	vector_read(RESPONSE, response, sizeof response);
	vector_read(HLAK, hlak, sizeof hlak);
	begin_mschap(&scene);
	take(&scene, ASK_CHALLENGE, ANSWER);
	take(&scene, SUCCESS, SUCCESS_TAKEN);
	take(&scene, EAP_DONE, "");
	wipes_begin();
	end(&scene);
	ck_assert_uint_eq(wipes_of(response, sizeof response), 1);
	ck_assert_uint_eq(wipes_of(hlak, sizeof hlak), 2);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, logs_on_by_mschapv2);
	tcase_add_test(tests, wipes_what_is_secret);
	tcase_add_test(tests, success_may_be_implied);
	tcase_add_test(tests, declines_other_methods);
	tcase_add_test(tests, names_each_type_that_is_wished_once);
	tcase_add_test(tests, names_each_type_where_it_is_wished_first);
	tcase_add_test(tests, nothing_in_common);
	tcase_add_test(tests, refused_by_name);
	tcase_add_test(tests, patience_has_an_end);
	tcase_add_test(tests, identity_is_not_asked_for_ever);
	tcase_add_test(tests, answers_alike_what_comes_again);
	tcase_add_test(tests, a_second_challenge_is_not_answered);
	unit_add_rows(tests, takes_nothing_for_a_proof, unproven);
	tcase_add_test(tests, a_wrong_proof_is_refused);
	tcase_add_test(tests, success_before_anything_is_refused);
	tcase_add_test(tests, tells_why_it_was_refused);
	tcase_add_test(tests, notifications_are_answered);
}

int
main(void)
{
	return unit_run("probe/eappeer", list);
}
