#include "support/schema.h"

#include <math.h>
#include <string.h>

#define DIGITS "0123456789"
#define HEX    DIGITS "ABCDEF"
#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* What a value is. */
enum form {
	BOOL,
	WHOLE,
	PORT,
	EXIT,
	SECONDS,
	NUMBER,
	TEXT, /* not empty */
	NAME, /* of X.509, which may be empty */
	STATE,
	CAUSE,
	WORD,   /* of small letters and dashes */
	METHOD, /* of authentication */
	IPV4,
	OUTCOME,
	LABEL,
	UNIT,
	RANGE,
	SHA1,
	SHA256,
	SERIAL,
	DATE,
	STRINGS,
	OBJECT,
	OBJECTS,
};

struct member {
	const char *key;
	enum form form;
	bool nullable;
	const struct member *members; /* of an object, or of each in the array */
};

static const struct member finding[] = {
    {"state", STATE},
    {"cause", CAUSE},
    {"summary", TEXT},
    {"remedy", TEXT, true},
    {"target", TEXT, true},
    {NULL},
};

static const struct member attempt[] = {
    {"address", TEXT},
    {"outcome", OUTCOME},
    {"seconds", SECONDS},
    {NULL},
};

static const struct member stage[] = {
    {"stage", WORD},
    {"seconds", SECONDS, true},
    {"outcome", OUTCOME, true},
    {NULL},
};

static const struct member tls[] = {
    {"version", TEXT, true},
    {"cipher", TEXT, true},
    {"sni", TEXT, true},
    {"alert", WHOLE, true},
    {"reason", TEXT, true},
    {"certificate_requested", BOOL},
    {NULL},
};

static const struct member http[] = {
    {"status", WHOLE},
    {"version", TEXT},
    {"reason", TEXT, true},
    {"server", TEXT, true},
    {"location", TEXT, true},
    {"via", TEXT, true},
    {NULL},
};

static const struct member trust_error[] = {
    {"code", WHOLE},
    {"depth", WHOLE},
    {"reason", TEXT},
    {NULL},
};

static const struct member source[] = {
    {"source", WORD},
    {"url", TEXT, true},
    {"outcome", TEXT},
    {"symptom", TEXT, true},
    {"status", WHOLE, true},
    {"seconds", SECONDS, true},
    {"bytes", WHOLE},
    {"words", TEXT, true},
    {"this_update", DATE, true},
    {"next_update", DATE, true},
    {"revoked_on", DATE, true},
    {"reason", TEXT, true},
    {NULL},
};

static const struct member revocation[] = {
    {"status", WORD, true},
    {"issuer_known", BOOL},
    {"sources", OBJECTS, false, source},
    {NULL},
};

/* What is known of every certificate. */
#define CERTIFICATE                                                                    \
	{"sha1", SHA1}, {"sha256", SHA256}, {"subject", NAME}, {"issuer", NAME},       \
	    {"serial", SERIAL, true}, {"names", STRINGS}, {"not_before", DATE, true},  \
	    {"not_after", DATE, true}, {"key", TEXT, true}, {"signature", TEXT, true}, \
	    {"eku", STRINGS},                                                          \
	{                                                                              \
		"revocation", OBJECT, true, revocation                                 \
	}

static const struct member issuer[] = {CERTIFICATE, {NULL}};

static const struct member certificate[] = {
    CERTIFICATE,
    {"name_match", WORD, true},
    {"trust_errors", OBJECTS, true, trust_error},
    {"chain", OBJECTS, false, issuer},
    {"path", OBJECTS, true, issuer},
    {NULL},
};

static const struct member sstp[] = {
    {"correlation_id", TEXT, true},
    {"acknowledged", BOOL},
    {"hashes", STRINGS},
    {"refusal", TEXT, true},
    {"left_politely", BOOL},
    {NULL},
};

static const struct member ppp[] = {
    {"heard", BOOL},
    {"opened", BOOL},
    {"methods", STRINGS},
    {"words", TEXT, true},
    {NULL},
};

static const struct member eap[] = {
    {"method", TEXT, true},
    {"offered_types", STRINGS},
    {"tls_version", TEXT, true},
    {"tls_reason", TEXT, true},
    {"crypto_binding", BOOL, true},
    {"certificate", OBJECT, true, certificate},
    {NULL},
};

static const struct member auth[] = {
    {"method", METHOD},
    {"credential_sent", BOOL},
    {"accepted", BOOL},
    {"refused", BOOL},
    {"refused_elsewhere", BOOL},
    {"code", WHOLE, true},
    {"server_proof", WORD, true},
    {"eap", OBJECT, true, eap},
    {"words", TEXT, true},
    {"not_retried_until", DATE, true},
    {NULL},
};

static const struct member tunnel[] = {
    {"connected_sent", BOOL},
    {"hash", TEXT, true},
    {"bound_sha256", SHA256, true},
    {"accepted_by", WORD, true},
    {"address", IPV4, true},
    {"peer", IPV4, true},
    {"dns", STRINGS},
    {"words", TEXT, true},
    {NULL},
};

static const struct member ping[] = {
    {"address", IPV4},
    {"sent", WHOLE},
    {"received", WHOLE},
    {"min_seconds", SECONDS, true},
    {"avg_seconds", SECONDS, true},
    {"max_seconds", SECONDS, true},
    {NULL},
};

static const struct member persistence[] = {
    {"session", TEXT},
    {"wanted", WHOLE},
    {"resumed", WHOLE},
    {"full", WHOLE},
    {"failed", WHOLE},
    {"certificates_differ", BOOL},
    {NULL},
};

static const struct member target[] = {
    {"name", TEXT},
    {"host", TEXT, true},
    {"address", TEXT, true},
    {"port", PORT, true},
    {"state", STATE},
    {"cause", CAUSE, true},
    {"seconds", SECONDS, true},
    {"attempts", OBJECTS, false, attempt},
    {"stages", OBJECTS, false, stage},
    {"tls", OBJECT, true, tls},
    {"http", OBJECT, true, http},
    {"certificate", OBJECT, true, certificate},
    {"sstp", OBJECT, true, sstp},
    {"ppp", OBJECT, true, ppp},
    {"auth", OBJECT, true, auth},
    {"tunnel", OBJECT, true, tunnel},
    {"ping", OBJECT, true, ping},
    {"persistence", OBJECTS, true, persistence},
    {NULL},
};

static const struct member metric[] = {
    {"label", LABEL},
    {"value", NUMBER, true},
    {"unit", UNIT},
    {"warning", RANGE, true},
    {"critical", RANGE, true},
    {"min", NUMBER, true},
    {"max", NUMBER, true},
    {NULL},
};

static const struct member root[] = {
    {"plugin", TEXT},
    {"version", TEXT},
    {"state", STATE},
    {"exit", EXIT},
    {"cause", CAUSE, true},
    {"summary", TEXT},
    {"remedy", TEXT, true},
    {"findings", OBJECTS, false, finding},
    {"targets", OBJECTS, false, target},
    {"perfdata", OBJECTS, false, metric},
    {NULL},
};

/* Whether CHARS are LENGTH characters out of SET. */
static bool
is_made_of(const char *chars, const char *set, size_t length)
{
	return strlen(chars) == length && strspn(chars, set) == length;
}

/* Whether CHARS are characters out of SET, at least one. */
static bool
is_some_of(const char *chars, const char *set)
{
	return *chars != '\0' && chars[strspn(chars, set)] == '\0';
}

static bool
is_state(const char *chars)
{
	return strcmp(chars, "OK") == 0 || strcmp(chars, "WARNING") == 0 ||
	       strcmp(chars, "CRITICAL") == 0 || strcmp(chars, "UNKNOWN") == 0;
}

/* layer.reason */
static bool
is_cause(const char *chars)
{
	size_t layer = strspn(chars, LOWER);

	return layer > 0 && chars[layer] == '.' && is_some_of(chars + layer + 1, LOWER DIGITS "-");
}

/* "2026-01-31T12:00:00Z" */
static bool
is_date(const char *chars)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";

	for (size_t i = 0; i < sizeof form; i++)
		if (form[i] == 'd' ? strchr(DIGITS, chars[i]) == NULL || chars[i] == '\0'
		                   : chars[i] != form[i])
			return false;
	return true;
}

static bool
is_string_of(enum form form, const char *chars)
{
	switch (form) {
	case TEXT:
		return *chars != '\0';
	case NAME:
		return true;
	case STATE:
		return is_state(chars);
	case CAUSE:
		return is_cause(chars);
	case WORD:
		return is_some_of(chars, LOWER "-");
	case METHOD:
		return is_some_of(chars, LOWER DIGITS "-");
	case IPV4:
		return is_some_of(chars, DIGITS ".");
	case OUTCOME:
		return is_some_of(chars, LOWER UPPER " ");
	case LABEL:
		return is_some_of(chars, LOWER DIGITS "_");
	case UNIT:
		return strcmp(chars, "s") == 0 || strcmp(chars, "%") == 0 || *chars == '\0';
	case RANGE:
		return is_some_of(chars, DIGITS "@~:.-");
	case SHA1:
		return is_made_of(chars, HEX, 40);
	case SHA256:
		return is_made_of(chars, HEX, 64);
	case SERIAL:
		return is_some_of(chars + (*chars == '-'), HEX);
	case DATE:
		return is_date(chars);
	default:
		return false;
	}
}

static bool
is_number_of(enum form form, double number)
{
	bool whole = floor(number) == number;

	switch (form) {
	case WHOLE:
		return whole && number >= 0;
	case PORT:
		return whole && number >= 1 && number <= 65535;
	case EXIT:
		return whole && number >= 0 && number <= 3;
	case SECONDS:
		return number >= 0;
	case NUMBER:
		return true;
	default:
		return false;
	}
}

static const char *check_members(
    const struct json *json, const struct member *members, struct text *path);

static const char *
check_strings(const struct json *json)
{
	for (const struct json *at = json->first; at != NULL; at = at->next)
		if (at->type != JSON_STRING || *at->string == '\0')
			return "an element is no string, or empty";
	return NULL;
}

static const char *
check_objects(const struct json *json, const struct member *members, struct text *path)
{
	size_t length = path->length, place = 0;
	const char *problem = NULL;

	for (const struct json *at = json->first; at != NULL && problem == NULL; at = at->next) {
		text_cut(path, length);
		text_format(path, ".%zu", place++);
		problem = check_members(at, members, path);
	}
	if (problem == NULL)
		text_cut(path, length);
	return problem;
}

static const char *
check_value(const struct json *json, const struct member *member, struct text *path)
{
	if (json->type == JSON_NULL)
		return member->nullable ? NULL : "a null that may not be";
	switch (json->type) {
	case JSON_BOOL:
		return member->form == BOOL ? NULL : "a truth";
	case JSON_NUMBER:
		return is_number_of(member->form, json->number) ? NULL : "a wrong number";
	case JSON_STRING:
		return is_string_of(member->form, json->string) ? NULL : "a wrong string";
	case JSON_ARRAY:
		if (member->form == STRINGS)
			return check_strings(json);
		return member->form == OBJECTS ? check_objects(json, member->members, path)
		                               : "an array";
	default:
		return member->form == OBJECT ? check_members(json, member->members, path)
		                              : "an object";
	}
}

static const char *
check_members(const struct json *json, const struct member *members, struct text *path)
{
	const struct json *at = json->first;
	size_t length = path->length;

	if (json->type != JSON_OBJECT)
		return "no object";
	for (; members->key != NULL && at != NULL; members++, at = at->next) {
		const char *problem;

		text_cut(path, length);
		text_format(path, "%s%s", length > 0 ? "." : "", at->key);
		if (strcmp(at->key, members->key) != 0)
			return "another key than expected here";
		problem = check_value(at, members, path);
		if (problem != NULL)
			return problem;
	}
	text_cut(path, length);
	if (members->key != NULL)
		return "a key is missing at the end";
	return at == NULL ? NULL : "a key too many";
}

/* Findings that make the state. Of a pool those are about the whole of it and come first. */
static bool
has_cause(const struct json *json)
{
	const struct json *first = json_at(json, "findings.0");

	if (first == NULL)
		return false;
	return strcmp(json_string(json, "plugin"), "check_sstp_pool") != 0 ||
	       json_is_null(first, "target");
}

/* What holds between values. */
static const char *
check_sense(const struct json *json)
{
	static const char *const states[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
	const struct json *cause = json_at(json, "cause");
	const struct json *findings = json_at(json, "findings");

	if (strcmp(json_string(json, "state"), states[(int)json_at(json, "exit")->number]) != 0)
		return "state and exit differ";
	if ((cause->type == JSON_NULL) == has_cause(json))
		return "a cause without a finding, or the other way round";
	if (cause->type == JSON_NULL)
		return json_is_null(json, "remedy") ? NULL : "a remedy for nothing";
	if (strcmp(cause->string, json_string(findings, "0.cause")) != 0 ||
	    strcmp(json_string(json, "state"), json_string(findings, "0.state")) != 0)
		return "the first finding is not what is told";
	return NULL;
}

const char *
schema_check(const struct json *json, struct text *path)
{
	const char *problem = check_members(json, root, path);

	return problem != NULL ? problem : check_sense(json);
}
