#include "unit/verdict/server.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "unit/unit.h"
#include "windump/windump.h"

struct server server;

void
server_begin(char shown)
{
	struct facts *facts = &server.facts;

	facts_begin(facts);
	facts->target = strdup("rras1");
	facts->name = strdup(SERVER_NAME);
	facts->host = strdup("rras1");
	facts->port = 443;
	facts->date = SERVER_DATE;
	policy_begin(&server.policy);
	server.verdict = (struct verdict)VERDICT_EMPTY;
	dump_begin(&server.dump);
	if (shown == 0)
		return;
	facts->tls.chain = calloc(1, sizeof *facts->tls.chain);
	facts->tls.chain_count = 1;
	strcpy(facts->tls.sni, facts->name);
	ck_assert(hex_read(shown == 'x' ? SERVER_X1 : SERVER_Y1, facts->tls.chain->sha1, 20));
	ck_assert(hex_read(shown == 'x' ? SERVER_X2 : SERVER_Y2, facts->tls.chain->sha256, 32));
}

void
server_end(void)
{
	verdict_free(&server.verdict);
	facts_free(&server.facts);
	dump_free(&server.dump);
}

/* TEXT is freed. */
static void
read_text(struct text *text)
{
	struct windump windump;

	windump_begin(&windump, &server.dump);
	windump_feed(&windump, text_chars(text), text->length);
	windump_end(&windump);
	text_free(text);
}

void
server_tell(const struct dumps_scene *scene, enum dumps_shape shape, enum dumps_language language,
    enum dumps_encoding encoding)
{
	struct text text = TEXT_EMPTY;

	dumps_add(&text, scene, shape, language, encoding);
	read_text(&text);
}

void
server_tell_whole(const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding)
{
	struct text text = TEXT_EMPTY;
	struct dumps_scene rest = *scene;

	dumps_add(&text, scene, shape, language, encoding);
	rest.entries_count = 0;
	if (!dumps_tells_sstp(shape))
		dumps_add(&text, &rest, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_CODE_PAGE);
	read_text(&text);
}

void
server_read(const char *chars)
{
	struct text text = TEXT_EMPTY;

	text_add(&text, chars);
	read_text(&text);
}

struct windows
server_judge_dialled(const char *const *names, size_t names_count)
{
	const struct windows windows = {
	    .file = "rras1.txt",
	    .age_max = 26 * INT64_C(3600),
	    .date = SERVER_DATE,
	    .name = server.facts.name,
	    .names = names,
	    .names_count = names_count,
	    .port = server.facts.port,
	    .seen = {.dump = &server.dump, .facts = &server.facts, .count = 1},
	};
	struct words words;

	words_begin(&words, &server.facts, &server.policy, &server.verdict);
	windows_judge(&words, &windows);
	verdict_close(&server.verdict);
	ck_assert(!server.verdict.failed);
	return windows;
}

struct windows
server_judge(void)
{
	return server_judge_dialled(NULL, 0);
}

void
server_expect(const char *causes, const char *about)
{
	const struct verdict *verdict = &server.verdict;
	struct text got = TEXT_EMPTY;

	for (size_t i = 0; i < verdict->findings_count; i++)
		text_format(
		    &got, "%s%s", i > 0 ? " " : "", causes_row(verdict->findings[i].cause)->name);
	ck_assert_msg(strcmp(text_chars(&got), causes) == 0, "%s: got '%s', wanted '%s'", about,
	    text_chars(&got), causes);
	text_free(&got);
}
