#include "config.h"

#include "unit/report/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MILLISECOND INT64_C(1000000)

static void
set_step(struct facts *facts, enum facts_stage stage, enum facts_symptom symptom, int milliseconds)
{
	facts->steps[stage] = (struct facts_step){
	    .begun = true,
	    .ended = true,
	    .symptom = symptom,
	    .nanoseconds = milliseconds * MILLISECOND,
	};
}

static char **
strings(const char *one, const char *other)
{
	char **list = calloc(2, sizeof *list);

	list[0] = strdup(one);
	list[1] = strdup(other);
	return list;
}

static void
set_chain(struct facts_tls *tls)
{
	tls->chain = calloc(2, sizeof *tls->chain);
	tls->chain_count = 2;
	memset(tls->chain[0].sha1, 0xA1, sizeof tls->chain[0].sha1);
	memset(tls->chain[0].sha256, 0xC3, sizeof tls->chain[0].sha256);
	tls->chain[0].subject = strdup("CN=vpn.example.com");
	tls->chain[0].issuer = strdup("CN=Example Issuing CA");
	tls->chain[0].common_name = strdup("vpn.example.com");
	tls->chain[0].serial = strdup("0A1B");
	tls->chain[0].names = strings("vpn.example.com", "vpn2.example.com");
	tls->chain[0].names_count = 2;
	tls->chain[0].not_before = 1767225600; /* 2026-01-01 */
	tls->chain[0].not_after = 1798761599;  /* 2026-12-31, the last second */
	tls->chain[0].key = FACTS_KEY_EC;
	tls->chain[0].key_bits = 256;
	strcpy(tls->chain[0].kind, "prime256v1");
	tls->chain[0].signature = strdup("ecdsa-with-SHA256");
	tls->chain[0].eku = strings("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
	tls->chain[0].eku_count = 2;
	tls->chain[0].has_eku = true;
	memset(tls->chain[1].sha1, 0x01, sizeof tls->chain[1].sha1);
	memset(tls->chain[1].sha256, 0x02, sizeof tls->chain[1].sha256);
	tls->chain[1].subject = strdup("CN=Example Issuing CA");
	tls->chain[1].issuer = strdup("CN=Example Root");
	tls->chain[1].common_name = strdup("Example Issuing CA");
	tls->chain[1].serial = strdup("02");
	tls->chain[1].not_before = 0;
	tls->chain[1].not_after = INT64_C(253402300799); /* 9999-12-31, the last second */
	tls->chain[1].key = FACTS_KEY_RSA;
	tls->chain[1].key_bits = 4096;
	tls->chain[1].signature = strdup("sha256WithRSAEncryption");
}

void
sample_facts(struct facts *facts)
{
	facts_begin(facts);
	facts->target = strdup("vpn.example.com");
	facts->host = strdup("vpn.example.com");
	facts->port = 443;
	facts->level = FACTS_HTTP;
	facts->addresses_count = 1;
	strcpy(facts->address, "203.0.113.11");
	set_step(facts, FACTS_RESOLVE, FACTS_WELL, 1);
	set_step(facts, FACTS_CONNECT, FACTS_WELL, 12);
	set_step(facts, FACTS_TLS, FACTS_WELL, 20);
	set_step(facts, FACTS_HTTP, FACTS_WELL, 1500);
	strcpy(facts->tls.version, "TLSv1.3");
	strcpy(facts->tls.cipher, "TLS_AES_256_GCM_SHA384");
	facts->tls.done = true;
	strcpy(facts->tls.sni, "vpn.example.com");
	facts->tls.name_match = FACTS_NAME_MATCHES;
	facts->tls.trust.checked = true;
	set_chain(&facts->tls);
	facts->http.answered = true;
	facts->http.version_minor = 1;
	facts->http.status = 401;
	strcpy(facts->http.server, "Microsoft-HTTPAPI/2.0");
}

void
sample_reset(struct facts *facts)
{
	facts_begin(facts);
	facts->target = strdup("vpn.example.com");
	facts->host = strdup("rras1.example.com");
	facts->port = 8443;
	facts->level = FACTS_HTTP;
	facts->addresses_count = 2;
	facts->addresses_no_route = 3;
	strcpy(facts->address, "2001:db8::11");
	facts->attempts_count = 1;
	strcpy(facts->attempts[0].address, "203.0.113.12");
	facts->attempts[0].symptom = FACTS_TIMEOUT;
	facts->attempts[0].nanoseconds = 3000 * MILLISECOND;
	set_step(facts, FACTS_RESOLVE, FACTS_WELL, 1);
	set_step(facts, FACTS_CONNECT, FACTS_WELL, 3012);
	set_step(facts, FACTS_TLS, FACTS_RESET, 20);
	facts->steps[FACTS_TLS].error = ECONNRESET; /* says no more than the symptom */
	facts->look.tried = true;
	facts->look.connected = true;
	strcpy(facts->look.tls.reason, "unexpected eof");
}

void
sample_find(struct verdict *verdict, enum cause cause, enum state state, const char *target,
    const char *summary, const char *remedy)
{
	struct text what = TEXT_EMPTY, how = TEXT_EMPTY;

	text_add(&what, summary);
	text_add(&how, remedy);
	verdict_add(verdict, cause, state, target, &what, &how);
}

struct report
sample_report(const struct verdict *verdict, const struct facts *facts, size_t facts_count)
{
	return (struct report){
	    .service = "SSTP",
	    .plugin = "check_sstp",
	    .version = "1.2.3",
	    .target = "vpn.example.com",
	    .verdict = verdict,
	    .facts = facts,
	    .facts_count = facts_count,
	};
}

char *
sample_first_line(const struct report *report)
{
	struct text text = TEXT_EMPTY;
	size_t length;

	report_text(report, &text);
	length = strcspn(text_chars(&text), "|\n");
	if (length > 0 && text_chars(&text)[length] == '|')
		length--;
	text_cut(&text, length);
	return text_take(&text);
}
