/*
 * What a server says of itself is judged beside the certificate that it shows, on the wire or out
 * of a file, and told in one of the formats.
 *
 * Nothing is green where the dump is not whole, or where SSTP trusts another certificate than the
 * one that is shown; what is told is clean and well formed; and the lines to run on the server,
 * which an administrator copies, hold nothing that a shell there would take for its own.
 */
#include "verdict/cert.h"

#include <ctype.h>
#include <stdio.h>

#include "fuzz/fuzz.h"
#include "fuzz/told.h"
#include "windump/windump.h"

#define DATE 1800000000
#define DAY  INT64_C(86400)

/* The digests that seeds.c has in its dumps. */
static const uint8_t sha1[DUMP_SHA1] = {0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18, 0x29, 0x3a,
    0x4b, 0x5c, 0x6d, 0x7e, 0x8f, 0x90, 0x01, 0x12, 0x23, 0x34};
static const uint8_t sha256[DUMP_SHA256] = {0xc3, 0xab, 0x8f, 0xf1, 0x37, 0x20, 0xe8, 0xad, 0x90,
    0x47, 0xdd, 0x39, 0x46, 0x6b, 0x3c, 0x89, 0x74, 0xe5, 0x92, 0xc2, 0xfa, 0x38, 0x3d, 0x4a, 0x39,
    0x60, 0x71, 0x4c, 0xae, 0xf0, 0xc4, 0xf2};

/* How the certificate is seen. */
enum view { OVER_IPV4, OVER_IPV6, IN_FILE, OTHER_SHOWN, VIEWS };

static void
fill_certificate(struct facts_certificate *certificate, bool other)
{
	memcpy(certificate->sha1, sha1, sizeof sha1);
	memcpy(certificate->sha256, sha256, sizeof sha256);
	if (other) {
		certificate->sha1[0] ^= 1;
		certificate->sha256[0] ^= 1;
	}
	certificate->subject = strdup("CN=vpn.example.com");
	certificate->issuer = strdup("CN=Example Issuing CA");
	certificate->common_name = strdup("vpn.example.com");
	certificate->serial = strdup("0A1B");
	certificate->signature = strdup("ecdsa-with-SHA256");
	certificate->not_before = DATE - 100 * DAY;
	certificate->not_after = DATE + 100 * DAY;
	certificate->key = FACTS_KEY_EC;
	certificate->key_bits = 256;
	snprintf(certificate->kind, sizeof certificate->kind, "%s", "prime256v1");
}

static void
fill_facts(struct facts *facts, enum view view)
{
	facts_begin(facts);
	facts->target = strdup("rras1");
	facts->name = strdup("vpn.example.com");
	facts->host = strdup("rras1");
	facts->port = 443;
	facts->level = FACTS_TLS;
	facts->date = DATE;
	facts->from_file = view == IN_FILE;
	facts->tls.chain = calloc(1, sizeof *facts->tls.chain);
	FUZZ_CLAIM(facts->tls.chain != NULL);
	facts->tls.chain_count = 1;
	fill_certificate(&facts->tls.chain[0], view == OTHER_SHOWN);
	facts->tls.name_match = FACTS_NAME_MATCHES;
	facts->tls.trust.checked = true;
	if (view == IN_FILE)
		return;
	for (int stage = FACTS_RESOLVE; stage <= FACTS_TLS; stage++)
		facts->steps[stage] = (struct facts_step){.begun = true, .ended = true};
	facts->addresses_count = 1;
	snprintf(facts->address, sizeof facts->address, "%s",
	    view == OVER_IPV6 ? "2001:db8::11" : "203.0.113.11");
	facts->tls.done = true;
	snprintf(facts->tls.version, sizeof facts->tls.version, "%s", "TLSv1.3");
}

/* Of the lines for a server only our own words may hold a quote or a comment. */
static void
claim_harmless(const char *steps)
{
	for (; *steps != '\0'; steps++)
		FUZZ_CLAIM(isalnum((unsigned char)*steps) ||
		           strchr(" \n.,:;=/\\-_[]*'%#", *steps) != NULL);
}

static void
claim_right(
    const struct verdict *verdict, const struct dump *dump, const struct facts_certificate *shown)
{
	const struct dump_sstp *sstp = &dump->sstp;
	bool trusted = dump_is_digest(&sstp->sha256) &&
	               memcmp(sstp->sha256.bytes, shown->sha256, sizeof sha256) == 0;

	FUZZ_CLAIM(!verdict->failed);
	for (size_t i = 0; i < verdict->findings_count; i++)
		if (verdict->findings[i].steps != NULL)
			claim_harmless(verdict->findings[i].steps);
	FUZZ_CLAIM((verdict->state == STATE_OK) == (verdict->findings_count == 0));
	if (!dump_is_understood(dump) || dump->cut || dump->contradicts || dump->crowded)
		FUZZ_CLAIM(verdict->state != STATE_OK);
	if (sstp->sha256.present && !trusted)
		FUZZ_CLAIM(verdict->state != STATE_OK);
	if (strstr(verdict->good, "trusted by SSTP") != NULL)
		FUZZ_CLAIM(trusted);
}

static void
judge(const struct dump *dump, enum view view, enum report_format format)
{
	struct policy policy;
	struct verdict verdict = VERDICT_EMPTY;
	struct facts facts;
	struct report report = {
	    .service = "SSTP_CERT",
	    .plugin = "check_sstp_cert",
	    .version = "1",
	    .target = "rras1",
	    .format = format,
	    .verbosity = format == REPORT_TEXT ? 3 : 0,
	    .verdict = &verdict,
	    .facts = &facts,
	    .facts_count = 1,
	};
	struct windows windows = {
	    .file = "dump",
	    .age_max = 60 * DAY,
	    .date = DATE,
	    .name = "vpn.example.com",
	    .port = 443,
	    .seen = {.dump = dump, .facts = &facts, .count = 1},
	};

	policy_begin(&policy);
	fill_facts(&facts, view);
	cert_judge(&facts, 1, &policy, &windows, &verdict);
	claim_right(&verdict, dump, &facts.tls.chain[0]);
	told_claim(&report);
	verdict_free(&verdict);
	facts_free(&facts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const enum report_format formats[] = {
	    REPORT_TEXT, REPORT_JSON, REPORT_PROMETHEUS, REPORT_LB};
	static struct windump windump;
	struct dump dump;

	dump_begin(&dump);
	windump_begin(&windump, &dump);
	windump_feed(&windump, bytes, length);
	windump_end(&windump);
	for (int view = OVER_IPV4; view < VIEWS; view++)
		judge(&dump, (enum view)view, formats[(length + (size_t)view) % 4]);
	dump_free(&dump);
	return 0;
}
