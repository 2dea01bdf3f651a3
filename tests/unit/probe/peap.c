/* EAP-TLS and PEAP against OpenSSL's server, which says inside what a table tells it. The logon is
 * that of RFC 2759 9.2. */
#include "probe/peap.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "keys/peapkeys.h"
#include "probe/eappeer.h"
#include "support/eapserver.h"
#include "support/scratch.h"
#include "unit/keys/vector.h"
#include "unit/unit.h"
#include "unit/wipes.h"
#include "unit/wire/wire.h"

#define NAME "nps.example.com"

#define PEER "21402324255E262A28295F2B3A337C7E"
#define PROOF                                                                          \
	"3430374135353839313135464430443632303946353130464539433034353636393332434441" \
	"3536"
#define HLAK "D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB"

/* What is said inside: packets without their heads. */
#define ASK_IDENTITY  "01"
#define IDENTITY      "01 55736572"
#define ASK_CHALLENGE "1A 01 07 0016 10 5B5D7C7D7B3F2F3E3C2C602132262628 52"
#define ANSWER                  \
	"1A 02 07 003A 31" PEER \
	"0000000000000000 82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF00 55736572"
#define PROVE  "1A 03 07 002E 533D" PROOF
#define PROVEN "1A 03"

/* And those that have one. */
#define WELL      "0109000B 21 8003 0002 0001"
#define WELL_TOO  "0209000B 21 8003 0002 0001"
#define BADLY     "0109000B 21 8003 0002 0002"
#define BADLY_TOO "0209000B 21 8003 0002 0002"

#define EAP_DONE    "03700004"
#define EAP_REFUSED "04700004"

static struct pki_party authority, nps, user;

struct scene {
	struct facts facts;
	struct plan_logon logon;
	struct tlspeer_context *context;
	struct eapmethod_means means;
	struct eappeer peer;
	struct eapserver server;
	unsigned rounds;
};

/* A certificate of the authority, from yesterday to tomorrow. */
static void
make(struct pki_party *party, const char *cn, const char *extensions)
{
	int64_t now = (int64_t)time(NULL);
	struct pki_wish wish = {cn, "1", extensions, now - PKI_DAY, now + PKI_DAY};

	pki_make(party, &wish, party == &authority ? NULL : &authority);
}

static void
put_file(char path[64], const char *name, const struct pki_party *party)
{
	FILE *file;

	strcpy(path, scratch_path(name));
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	PEM_write_X509(file, party->x509);
	PEM_write_PrivateKey(file, party->key, NULL, NULL, 0, NULL, NULL);
	fclose(file);
}

static char authority_path[64], user_path[64];

static void
set_up(void)
{
	char extensions[1600];

	scratch_make();
	make(&authority, "CA", PKI_CA);
	make(&nps, NAME, "extendedKeyUsage = serverAuth\nsubjectAltName = DNS:" NAME "\n");
	/* Its flight does not fit one fragment. */
	snprintf(extensions, sizeof extensions,
	    "extendedKeyUsage = clientAuth\nnsComment = %01500d\n", 0);
	make(&user, "User", extensions);
	put_file(authority_path, "ca.pem", &authority);
	put_file(user_path, "user.pem", &user);
}

static void
tear_down(void)
{
	scratch_remove();
	pki_free(&authority);
	pki_free(&nps);
	pki_free(&user);
}

/* With a server that ought to be called SERVER_NAME. */
static void
begin_with(struct scene *scene, enum facts_eap_method method, int version, size_t fragment,
    const char *server_name)
{
	bool is_peap = method != FACTS_EAP_TLS;
	struct tlspeer_settings settings = {.ca_file = authority_path,
	    .server_name = server_name,
	    .certificate = method == FACTS_PEAP_MSCHAPV2 ? NULL : user_path,
	    .version_max = TLS1_3_VERSION};
	struct eapserver_wish wish = {.type = is_peap ? EAP_PEAP : EAP_TLS,
	    .version = version,
	    .fragment = fragment,
	    .client_ca = is_peap ? NULL : authority.x509};
	const char *problem;

	memset(scene, 0, sizeof *scene);
	facts_begin(&scene->facts);
	scene->logon.user = "User";
	scene->logon.password = "clientPass";
	scene->logon.eap[0] = method;
	scene->logon.eap_count = 1;
	scene->context = tlspeer_context_create(&settings, &problem);
	ck_assert_msg(scene->context != NULL, "%s", problem);
	scene->means.logon = &scene->logon;
	scene->means.facts = &scene->facts.auth;
	scene->means.tls = scene->context;
	scene->means.date = (int64_t)time(NULL);
	vector_read(PEER, scene->means.random, sizeof scene->means.random);
	eappeer_begin(&scene->peer, &scene->means, facts_eap_begin(&scene->facts.auth));
	eapserver_begin(&scene->server, &wish, &nps);
}

static void
begin(struct scene *scene, enum facts_eap_method method, int version, size_t fragment)
{
	begin_with(scene, method, version, fragment, NAME);
}

static void
end(struct scene *scene)
{
	eappeer_end(&scene->peer);
	tlspeer_context_destroy(scene->context);
	eapserver_end(&scene->server);
	facts_free(&scene->facts);
}

/* A Request, and the Response to it; false when there is none, or TLS is broken. */
static bool
ask(struct scene *scene)
{
	struct text request = TEXT_EMPTY, response = TEXT_EMPTY;
	bool answered;

	scene->rounds++;
	eapserver_ask(&scene->server, &request);
	eappeer_receive(&scene->peer, request.bytes, request.length, &response);
	answered =
	    response.length > 0 && eapserver_take(&scene->server, response.bytes, response.length);
	text_free(&request);
	text_free(&response);
	return answered;
}

/* Until it is the test's turn. */
static bool
go_on(struct scene *scene)
{
	bool going = ask(scene);

	while (going && eapserver_is_busy(&scene->server))
		going = ask(scene);
	return going;
}

static void
say(struct scene *scene, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);

	text_cut(&scene->server.plain, 0);
	eapserver_say(&scene->server, bytes, length);
	free(bytes);
	go_on(scene);
}

static void
hear(const struct scene *scene, const char *digits)
{
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);

	ck_assert_uint_eq(scene->server.plain.length, length);
	ck_assert(length == 0 || memcmp(scene->server.plain.bytes, bytes, length) == 0);
	free(bytes);
}

static void
take_bare(struct scene *scene, const char *digits)
{
	struct text response = TEXT_EMPTY;
	size_t length;
	uint8_t *bytes = wire_bytes(digits, &length);

	eappeer_receive(&scene->peer, bytes, length, &response);
	ck_assert_uint_eq(response.length, 0);
	free(bytes);
}

static void
is_accepted(struct scene *scene)
{
	ck_assert_int_eq(scene->peer.state, EAPPEER_GOING);
	take_bare(scene, EAP_DONE);
	ck_assert_int_eq(scene->peer.state, EAPPEER_ACCEPTED);
	ck_assert(scene->facts.auth.accepted);
}

static void
is_over(struct scene *scene, enum facts_symptom symptom)
{
	ck_assert_int_eq(scene->peer.state, EAPPEER_OVER);
	ck_assert_int_eq(scene->peer.symptom, symptom);
	take_bare(scene, EAP_DONE);
	ck_assert_int_eq(scene->peer.state, EAPPEER_OVER);
	ck_assert(!scene->facts.auth.accepted);
}

/* ---- EAP-TLS ---- */

static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

static void
has_the_servers_key(struct scene *scene)
{
	uint8_t keys[128];

	eapserver_export(&scene->server, keys);
	ck_assert_mem_eq(scene->peer.key, keys, EAPMETHOD_KEY);
}

START_TEST(logs_on_by_certificate)
{
	struct scene scene;

	begin(&scene, FACTS_EAP_TLS, versions[_i], 400);
	ck_assert(go_on(&scene));
	if (versions[_i] == TLS1_3_VERSION)
		say(&scene, "00");
	ck_assert(scene.facts.auth.sent);
	is_accepted(&scene);
	has_the_servers_key(&scene);
	end(&scene);
}
END_TEST

/* A server of TLS 1.3 could still refuse the certificate that it was shown last. */
START_TEST(without_commitment_nothing_is_proven)
{
	struct scene scene;

	begin(&scene, FACTS_EAP_TLS, TLS1_3_VERSION, 400);
	ck_assert(go_on(&scene));
	eappeer_imply_success(&scene.peer);
	ck_assert_int_eq(scene.peer.state, EAPPEER_GOING);
	take_bare(&scene, EAP_DONE);
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	end(&scene);
}
END_TEST

START_TEST(other_words_are_no_commitment)
{
	static const char *const words[] = {"01", "0000", "68656C6C6F"};
	struct scene scene;

	for (size_t i = 0; i < UNIT_COUNT(words); i++) {
		begin(&scene, FACTS_EAP_TLS, TLS1_3_VERSION, 400);
		ck_assert(go_on(&scene));
		say(&scene, words[i]);
		is_over(&scene, FACTS_DISAGREED);
		end(&scene);
	}
}
END_TEST

/* What was exported is wiped at once, the MSK in it where the method has it and where we have it
 * in the end; and what the server says, where it was deciphered and where it is kept. */
START_TEST(eap_tls_wipes_what_is_secret)
{
	struct scene scene;
	uint8_t keys[TLSPEER_KEYS];

	begin(&scene, FACTS_EAP_TLS, versions[_i], 400);
	wipes_begin();
	ck_assert(go_on(&scene));
	if (versions[_i] == TLS1_3_VERSION)
		say(&scene, "00");
	eapserver_export(&scene.server, keys);
	ck_assert_uint_eq(wipes_of(keys, sizeof keys), 1);
	is_accepted(&scene);
	end(&scene);
	ck_assert_uint_eq(wipes_of(keys, EAPMETHOD_KEY), 1 + 2);

	begin(&scene, FACTS_EAP_TLS, TLS1_3_VERSION, 400);
	ck_assert(go_on(&scene));
	wipes_begin();
	say(&scene, "68656C6C6F");
	ck_assert_uint_eq(wipes_of("hello", 5), 1);
	end(&scene);
	ck_assert_uint_eq(wipes_of("hello", 5), 2);
}
END_TEST

/* Success in the middle of the handshake. */
START_TEST(success_before_finished)
{
	struct scene scene;

	begin(&scene, FACTS_EAP_TLS, versions[_i], 400);
	for (int i = 0; i < 3; i++)
		ck_assert(ask(&scene));
	take_bare(&scene, EAP_DONE);
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	end(&scene);
}
END_TEST

/* Small fragments are put together, and a server that sends its flight in single bytes is left
 * before it has had its way. */
START_TEST(fragments_of_any_size)
{
	struct scene scene;

	begin(&scene, FACTS_PEAP_MSCHAPV2, versions[_i], 10);
	ck_assert(go_on(&scene));
	ck_assert_uint_gt(scene.rounds, 40);
	ck_assert_str_eq(scene.facts.auth.eap->tls.chain[0].common_name, NAME);
	end(&scene);
	begin(&scene, FACTS_PEAP_MSCHAPV2, versions[_i], 1);
	ck_assert(!go_on(&scene));
	ck_assert_uint_lt(scene.rounds, 500);
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

/* ---- PEAP ---- */

/* The flags of the Response to a START. */
static uint8_t
flags_of_the_first(enum facts_eap_method method)
{
	struct text request = TEXT_EMPTY, response = TEXT_EMPTY;
	struct scene scene;
	uint8_t flags;

	begin(&scene, method, TLS1_2_VERSION, 400);
	eapserver_ask(&scene.server, &request);
	eappeer_receive(&scene.peer, request.bytes, request.length, &response);
	ck_assert_uint_gt(response.length, 100);
	flags = (uint8_t)response.bytes[5];
	text_free(&request);
	text_free(&response);
	end(&scene);
	return flags;
}

/* NPS would make its crypto binding over a ClientHello that is sent without. */
START_TEST(the_client_hello_has_its_length)
{
	ck_assert_uint_eq(flags_of_the_first(FACTS_PEAP_MSCHAPV2), 0x80);
	ck_assert_uint_eq(flags_of_the_first(FACTS_EAP_TLS), 0);
}
END_TEST

static void
begin_peap(struct scene *scene, int version)
{
	begin(scene, FACTS_PEAP_MSCHAPV2, version, 400);
	ck_assert(go_on(scene));
	hear(scene, "");
}

static void
log_on_inside(struct scene *scene)
{
	say(scene, ASK_IDENTITY);
	hear(scene, IDENTITY);
	say(scene, ASK_CHALLENGE);
	hear(scene, ANSWER);
	say(scene, PROVE);
	hear(scene, PROVEN);
	ck_assert_int_eq(scene->facts.auth.proof, FACTS_PROOF_VERIFIED);
}

START_TEST(logs_on_inside)
{
	struct scene scene;

	begin_peap(&scene, versions[_i]);
	log_on_inside(&scene);
	say(&scene, WELL);
	hear(&scene, WELL_TOO);
	is_accepted(&scene);
	ck_assert(!scene.facts.auth.eap->binding_asked);
	has_the_servers_key(&scene);
	end(&scene);
}
END_TEST

/* A Request of the method inside, and the Response, without their heads there. */
static void
ask_inside(struct scene *scene, struct eapserver *inner)
{
	struct text request = TEXT_EMPTY, response = TEXT_EMPTY;
	const struct text *plain = &scene->server.plain;
	size_t length;

	eapserver_ask(inner, &request);
	text_cut(&scene->server.plain, 0);
	eapserver_say(&scene->server, request.bytes + EAP_HEAD, request.length - EAP_HEAD);
	ck_assert(ask(scene));
	length = EAP_HEAD + plain->length;
	text_add_bytes(&response,
	    (const uint8_t[]){
	        EAP_RESPONSE, inner->identifier, (uint8_t)(length >> 8), (uint8_t)length},
	    EAP_HEAD);
	text_add_bytes(&response, plain->bytes, plain->length);
	ck_assert(eapserver_take(inner, response.bytes, response.length));
	text_free(&request);
	text_free(&response);
}

/* One packet inside goes into one outside: ask_inside() does not ask for the rest of any. */
START_TEST(logs_on_by_certificate_inside)
{
	struct eapserver_wish wish = {
	    EAP_TLS, versions[_i], .fragment = 400, .client_ca = authority.x509};
	struct eapserver inner;
	struct scene scene;

	begin(&scene, FACTS_PEAP_TLS, versions[_i], 1000);
	eapserver_begin(&inner, &wish, &nps);
	ck_assert(go_on(&scene));
	say(&scene, ASK_IDENTITY);
	hear(&scene, IDENTITY);
	while (eapserver_is_busy(&inner))
		ask_inside(&scene, &inner);
	if (versions[_i] == TLS1_3_VERSION) {
		eapserver_say(&inner, "", 1);
		ask_inside(&scene, &inner);
	}
	say(&scene, WELL);
	hear(&scene, WELL_TOO);
	is_accepted(&scene);
	has_the_servers_key(&scene);
	eapserver_end(&inner);
	end(&scene);
}
END_TEST

/* The values of a server that binds: DIGITS are its version, that of the client, and the subtype.
 */
static void
make_binding(struct scene *scene, const char *digits, struct peapkeys *keys, uint8_t ending[71])
{
	uint8_t tunnel[128], inner[KEYS_HLAK];

	eapserver_export(&scene->server, tunnel);
	vector_read(HLAK, inner, sizeof inner);
	ck_assert_int_eq(peapkeys_derive(tunnel, inner, keys), KEYS_OK);
	vector_read("010900472180030002"
	            "0001"
	            "000C0038"
	            "00",
	    ending, 16);
	vector_read(digits, ending + 16, 3);
	memset(ending + 19, 0x5A, 32);
	ck_assert_int_eq(peapkeys_mac(keys, ending + 11, ending + 51), KEYS_OK);
}

static void
say_bytes(struct scene *scene, const uint8_t *bytes, size_t length)
{
	text_cut(&scene->server.plain, 0);
	eapserver_say(&scene->server, bytes, length);
	go_on(scene);
}

START_TEST(binds_the_tunnel)
{
	struct scene scene;
	struct peapkeys keys;
	uint8_t ending[71], session[PEAPKEYS_SESSION];

	begin_peap(&scene, versions[_i]);
	log_on_inside(&scene);
	make_binding(&scene, "000000", &keys, ending);
	say_bytes(&scene, ending, sizeof ending);
	/* The same, as a Response, and the MAC of that. */
	ending[0] = 2;
	ending[18] = 1;
	ck_assert_int_eq(peapkeys_mac(&keys, ending + 11, ending + 51), KEYS_OK);
	ck_assert_uint_eq(scene.server.plain.length, sizeof ending);
	ck_assert_mem_eq(scene.server.plain.bytes, ending, sizeof ending);
	ck_assert(scene.facts.auth.eap->binding_asked && scene.facts.auth.eap->bound);
	is_accepted(&scene);
	ck_assert_int_eq(peapkeys_session(&keys, session), KEYS_OK);
	ck_assert_mem_eq(scene.peer.key, session, EAPMETHOD_KEY);
	end(&scene);
}
END_TEST

/* As with EAP-TLS; where the tunnel is bound our key is another one, and both of those it is made
 * with are wiped too, beside what peapkeys wipes itself. */
START_TEST(peap_wipes_what_is_secret)
{
	struct scene scene;
	struct peapkeys keys;
	uint8_t ending[71], tunnel[TLSPEER_KEYS], session[PEAPKEYS_SESSION], hlak[KEYS_HLAK];

	begin_peap(&scene, versions[_i]);
	log_on_inside(&scene);
	eapserver_export(&scene.server, tunnel);
	vector_read(HLAK, hlak, sizeof hlak);
	wipes_begin();
	say(&scene, WELL);
	ck_assert_uint_eq(wipes_of(tunnel, sizeof tunnel), 1);
	is_accepted(&scene);
	end(&scene);
	ck_assert_uint_eq(wipes_of(tunnel, EAPMETHOD_KEY), 1 + 2);
	ck_assert_uint_eq(wipes_of(hlak, sizeof hlak), 1);

	begin_peap(&scene, versions[_i]);
	log_on_inside(&scene);
	eapserver_export(&scene.server, tunnel);
	make_binding(&scene, "000000", &keys, ending);
	ck_assert_int_eq(peapkeys_session(&keys, session), KEYS_OK);
	wipes_begin();
	say_bytes(&scene, ending, sizeof ending);
	ck_assert_uint_eq(wipes_of(tunnel, sizeof tunnel), 1);
	ck_assert_uint_eq(wipes_of(&keys, sizeof keys), 1 + 1);
	ck_assert_uint_eq(wipes_of(session, sizeof session), 1);
	is_accepted(&scene);
	end(&scene);
	ck_assert_uint_eq(wipes_of(session, EAPMETHOD_KEY), 1 + 2);
}
END_TEST

static const struct {
	const char *digits;
	size_t damaged; /* this byte of the values */
} unbound[] = {
    {"000000", 70}, /* of the MAC */
    {"000000", 19}, /* of the nonce */
    {"010000", 0},  /* another version */
    {"000001", 0},  /* that is a response */
};

START_TEST(a_wrong_binding_is_refused)
{
	struct scene scene;
	struct peapkeys keys;
	uint8_t ending[71];

	begin_peap(&scene, TLS1_2_VERSION);
	log_on_inside(&scene);
	make_binding(&scene, unbound[_i].digits, &keys, ending);
	if (unbound[_i].damaged > 0)
		ending[unbound[_i].damaged] ^= 1;
	say_bytes(&scene, ending, sizeof ending);
	hear(&scene, BADLY_TOO);
	ck_assert(scene.facts.auth.eap->binding_asked && !scene.facts.auth.eap->bound);
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	end(&scene);
}
END_TEST

/* Where no SHA-1 is to be had, that says nothing about the server. */
START_TEST(what_cannot_be_calculated_is_not_wrong)
{
	struct scene scene;
	struct peapkeys keys;
	uint8_t ending[71];

	begin_peap(&scene, TLS1_2_VERSION);
	log_on_inside(&scene);
	make_binding(&scene, "000000", &keys, ending);
	eapserver_say(&scene.server, ending, sizeof ending);
	vector_forbid();
	ask(&scene);
	vector_allow();
	ck_assert(!scene.facts.auth.eap->binding_asked);
	is_over(&scene, FACTS_NO_PROVIDER);
	end(&scene);
}
END_TEST

/* How a server may end what is not done, after so many of the steps of a logon. */
static const struct {
	int steps;
	const char *ending;
	const char *answer;
	enum facts_symptom symptom;
} early[] = {
    {0, WELL, BADLY_TOO, FACTS_SERVER_UNPROVEN}, {1, WELL, BADLY_TOO, FACTS_SERVER_UNPROVEN},
    {2, WELL, BADLY_TOO, FACTS_SERVER_UNPROVEN}, {2, BADLY, BADLY_TOO, FACTS_LOGON_REFUSED},
    {3, BADLY, BADLY_TOO, FACTS_LOGON_REFUSED},
    {3, "01090005 21", "", FACTS_DISAGREED},                               /* no result */
    {3, "0109000B 21 8003 0002 0003", "", FACTS_DISAGREED},                /* no such one */
    {3, "0109000A 21 8003 0001 01", "", FACTS_DISAGREED},                  /* too short */
    {3, "0109000B 21 8003 0003 0001", "", FACTS_DISAGREED},                /* cut */
    {3, "0109000C 21 8003 0003 000100", "", FACTS_DISAGREED},              /* too long */
    {3, "01090011 21 8003 0002 0001 800B 0002 0001", "", FACTS_DISAGREED}, /* what is that? */
    {3, "01090011 21 8003 0002 0001 800C 0002 0001", "", FACTS_DISAGREED}, /* no binding */
    {3, PROVE, "", FACTS_DISAGREED},                                       /* once more */
};

START_TEST(the_end_has_its_time_and_form)
{
	static const char *const steps[] = {ASK_IDENTITY, ASK_CHALLENGE, PROVE};
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	for (int i = 0; i < early[_i].steps && i < 3; i++)
		say(&scene, steps[i]);
	say(&scene, early[_i].ending);
	hear(&scene, early[_i].answer);
	is_over(&scene, early[_i].symptom);
	end(&scene);
}
END_TEST

/* What need not be understood is passed over. */
START_TEST(optional_values_are_ignored)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	log_on_inside(&scene);
	say(&scene, "01090011 21 000B 0002 0001 8003 0002 0001");
	hear(&scene, WELL_TOO);
	is_accepted(&scene);
	end(&scene);
}
END_TEST

/* Before the result inside is verified, success outside counts for nothing. */
START_TEST(success_outside_before_the_result)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	log_on_inside(&scene);
	eappeer_imply_success(&scene.peer);
	ck_assert_int_eq(scene.peer.state, EAPPEER_GOING);
	take_bare(&scene, EAP_DONE);
	is_over(&scene, FACTS_SERVER_UNPROVEN);
	end(&scene);
}
END_TEST

START_TEST(other_methods_inside_are_declined)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	say(&scene, "04 10 5B5D7C7D7B3F2F3E3C2C602132262628");
	hear(&scene, "03 1A");
	say(&scene, "00 1A");
	hear(&scene, "03 1A");
	say(&scene, "02 6869");
	hear(&scene, "02");
	say(&scene, ASK_CHALLENGE);
	hear(&scene, ANSWER);
	say(&scene, "0D 20");
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

/* Of two that may be used inside, the server's choice is taken. */
START_TEST(either_method_inside)
{
	struct scene scene;

	begin(&scene, FACTS_PEAP_TLS, TLS1_2_VERSION, 400);
	scene.logon.eap[1] = FACTS_PEAP_MSCHAPV2;
	scene.logon.eap_count = 2;
	ck_assert(go_on(&scene));
	say(&scene, "04 10 5B5D7C7D7B3F2F3E3C2C602132262628");
	hear(&scene, "03 0D1A");
	log_on_inside(&scene);
	ck_assert_int_eq(scene.facts.auth.eap->method, FACTS_PEAP_MSCHAPV2);
	say(&scene, WELL);
	is_accepted(&scene);
	end(&scene);
}
END_TEST

/* What then becomes of it, with the result inside or without. */
START_TEST(nothing_in_common_inside)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	say(&scene, "0D 20");
	hear(&scene, "03 1A");
	if (_i == 0) {
		say(&scene, BADLY);
		hear(&scene, BADLY_TOO);
	} else
		take_bare(&scene, EAP_REFUSED);
	is_over(&scene, FACTS_NO_COMMON_METHOD);
	ck_assert(!scene.facts.auth.refused);
	ck_assert_uint_eq(scene.facts.auth.eap->inner_declined, EAP_TLS);
	end(&scene);
}
END_TEST

/* Nor is a refusal of the account one for want of a method, after NPS's questions. */
START_TEST(refused_before_the_method)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	say(&scene, ASK_IDENTITY);
	say(&scene, "FE 000137 00000022 00000001");
	say(&scene, BADLY);
	is_over(&scene, FACTS_LOGON_REFUSED);
	ck_assert(scene.facts.auth.refused);
	end(&scene);
}
END_TEST

/* NPS asks for the client's capabilities, and may ask for its state of health (MS-PEAP 2.2.8.2 and
 * 2.2.8.3), with a head or without. Both are declined; it is not the identity that is asked for. */
static const char *const expanded[] = {
    "01050010 FE 000137 00000022 00000001",
    "FE 000137 00000022 00000001",
    "01050012 FE 000137 00000021 000700020000",
    "FE 000137 00000021 000700020000",
};

START_TEST(what_nps_asks_besides_is_declined)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	say(&scene, ASK_IDENTITY);
	hear(&scene, IDENTITY);
	say(&scene, expanded[_i]);
	hear(&scene, "03 1A");
	log_on_inside(&scene);
	say(&scene, WELL);
	is_accepted(&scene);
	end(&scene);
}
END_TEST

/* What a server may ask inside for ever. */
static const char *const endless[] = {ASK_IDENTITY, "0D 20", "02 6869"};

START_TEST(patience_inside_has_an_end)
{
	struct scene scene;

	begin_peap(&scene, TLS1_2_VERSION);
	while (scene.peer.state == EAPPEER_GOING) {
		ck_assert_uint_lt(scene.rounds, 300);
		say(&scene, endless[_i]);
	}
	is_over(&scene, FACTS_DISAGREED);
	end(&scene);
}
END_TEST

/* By its own name, though anchors know it: it is no server that will not have us. */
START_TEST(another_name_is_a_strangers)
{
	static const enum facts_eap_method methods[] = {FACTS_EAP_TLS, FACTS_PEAP_MSCHAPV2};

	for (size_t i = 0; i < UNIT_COUNT(methods); i++) {
		struct scene scene;

		begin_with(&scene, methods[i], versions[_i], 400, "other.example.com");
		ck_assert(!go_on(&scene));
		is_over(&scene, FACTS_EAP_UNTRUSTED);
		ck_assert(!scene.facts.auth.sent);
		end(&scene);
	}
}
END_TEST

/* What is no record is answered with an alert. */
START_TEST(broken_records_are_told_to_the_server)
{
	static const uint8_t garbage[] = {1, 0x77, 0, 27, 25, 0, 0x17, 3, 3, 0, 16, 1, 2, 3, 4, 5,
	    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	struct scene scene;
	struct text response = TEXT_EMPTY;

	begin_peap(&scene, versions[_i]);
	eappeer_receive(&scene.peer, garbage, sizeof garbage, &response);
	ck_assert_uint_gt(response.length, 6 + 5);
	ck_assert_uint_eq((uint8_t)response.bytes[4], EAP_PEAP);
	scene.server.identifier = 0x77;
	ck_assert(!eapserver_take(&scene.server, response.bytes, response.length));
	ck_assert_str_ne(scene.facts.auth.eap->tls.reason, "the server ended TLS");
	ck_assert_str_ne(scene.facts.auth.eap->tls.reason, "");
	is_over(&scene, FACTS_EAP_TLS_FAILED);
	text_free(&response);
	end(&scene);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, set_up, tear_down);
	unit_add_rows(tests, logs_on_by_certificate, versions);
	tcase_add_test(tests, without_commitment_nothing_is_proven);
	tcase_add_test(tests, other_words_are_no_commitment);
	unit_add_rows(tests, eap_tls_wipes_what_is_secret, versions);
	unit_add_rows(tests, success_before_finished, versions);
	unit_add_rows(tests, fragments_of_any_size, versions);
	tcase_add_test(tests, the_client_hello_has_its_length);
	unit_add_rows(tests, logs_on_inside, versions);
	unit_add_rows(tests, logs_on_by_certificate_inside, versions);
	unit_add_rows(tests, binds_the_tunnel, versions);
	unit_add_rows(tests, peap_wipes_what_is_secret, versions);
	unit_add_rows(tests, a_wrong_binding_is_refused, unbound);
	tcase_add_test(tests, what_cannot_be_calculated_is_not_wrong);
	unit_add_rows(tests, the_end_has_its_time_and_form, early);
	tcase_add_test(tests, optional_values_are_ignored);
	tcase_add_test(tests, success_outside_before_the_result);
	tcase_add_test(tests, other_methods_inside_are_declined);
	tcase_add_test(tests, either_method_inside);
	tcase_add_loop_test(tests, nothing_in_common_inside, 0, 2);
	tcase_add_test(tests, refused_before_the_method);
	unit_add_rows(tests, what_nps_asks_besides_is_declined, expanded);
	unit_add_rows(tests, patience_inside_has_an_end, endless);
	unit_add_rows(tests, another_name_is_a_strangers, versions);
	unit_add_rows(tests, broken_records_are_told_to_the_server, versions);
}

int
main(void)
{
	return unit_run("probe/peap", list);
}
