#include "config.h"

#include "cert/trust.h"

#include <dirent.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/descriptors.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "cert/certificate.h"
#include "cert/detour.h"

struct trust {
	X509_STORE *store;
	const char
	    *bundle; /* the system's, still unread; NULL when there is nothing more to read */
	bool empty;  /* no anchor can be found in it */
};

static bool
is_hash_link(const char *name)
{
	size_t digits = strspn(name, "0123456789abcdef");
	const char *number = name + 9;

	return digits == 8 && name[8] == '.' && *number != '\0' &&
	       number[strspn(number, "0123456789")] == '\0';
}

/* OpenSSL takes any string for a hashed directory, even that of a file, and then finds nothing. */
static bool
has_hash_links(const char *directory)
{
	DIR *listing = opendir(directory);
	struct dirent *entry;
	bool found = false;

	if (listing == NULL)
		return false;
	while (!found && (entry = readdir(listing)) != NULL)
		found = is_hash_link(entry->d_name);
	closedir(listing);
	return found;
}

static bool
add_directory(X509_STORE *store, const char *directory)
{
	X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());

	return lookup != NULL && X509_LOOKUP_add_dir(lookup, directory, X509_FILETYPE_PEM) == 1;
}

static const char *
from_environment(const char *variable, const char *otherwise)
{
	const char *value = getenv(variable);

	return value != NULL ? value : otherwise;
}

static void
use_system(struct trust *trust)
{
	const char *directories =
	    from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir());
	const char *directory = directories;
	char part[4096];

	trust->empty = true;
	while (*directory != '\0') {
		size_t length = strcspn(directory, ":");

		if (length < sizeof part) {
			memcpy(part, directory, length);
			part[length] = '\0';
			if (has_hash_links(part) && add_directory(trust->store, part))
				trust->empty = false;
		}
		directory += length;
		directory += *directory == ':';
	}
	trust->bundle =
	    from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file());
}

/* Read the system's bundle after all; false when that brings nothing new. */
static bool
read_bundle(struct trust *trust)
{
	const char *bundle = trust->bundle;

	trust->bundle = NULL;
	if (bundle == NULL || X509_STORE_load_file(trust->store, bundle) != 1)
		return false;
	trust->empty = false;
	return true;
}

struct trust *
trust_create(const char *file, const char *directory, const char **problem)
{
	struct trust *trust = calloc(1, sizeof *trust);

	*problem = NULL;
	if (trust == NULL || (trust->store = X509_STORE_new()) == NULL) {
		free(trust);
		return NULL;
	}
	ERR_clear_error();
	if (file == NULL && directory == NULL)
		use_system(trust);
	else if (file != NULL && X509_STORE_load_file(trust->store, file) != 1)
		*problem = "--ca-file takes a readable file with certificates in PEM";
	else if (directory != NULL && !has_hash_links(directory))
		*problem = "--ca-path takes a directory prepared by openssl rehash";
	else if (directory != NULL && !add_directory(trust->store, directory))
		trust->empty = true;
	if (*problem == NULL)
		return trust;
	trust_destroy(trust);
	return NULL;
}

void
trust_destroy(struct trust *trust)
{
	if (trust == NULL)
		return;
	X509_STORE_free(trust->store);
	free(trust);
}

static enum facts_chain_problem
problem_of(int code)
{
	switch (code) {
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return FACTS_CHAIN_EXPIRED;
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return FACTS_CHAIN_NOT_YET_VALID;
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
		return FACTS_CHAIN_SELF_SIGNED;
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
		return FACTS_CHAIN_UNTRUSTED_ROOT;
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		return FACTS_CHAIN_NO_ISSUER;
	case X509_V_ERR_INVALID_PURPOSE:
		return FACTS_CHAIN_PURPOSE;
	default:
		return FACTS_CHAIN_OTHER;
	}
}

static void
copy_name(char *chars, size_t size, const X509_NAME *name)
{
	struct text text = TEXT_EMPTY;
	char *whole = certificate_name(name);

	if (whole != NULL)
		sanitize_add(&text, whole, strlen(whole), size - 1);
	snprintf(chars, size, "%s", text_chars(&text));
	text_free(&text);
	free(whole);
}

/* OpenSSL's purpose check knows no anyExtendedKeyUsage, which Windows accepts in place of
 * serverAuth (MS-SSTP 3.2.4.1). What else that check asks for depends on the DEPTH: a server's own
 * certificate must serve TLS with its key, one above it must be an authority's. */
static bool
serves_any_purpose(X509 *x509, int depth)
{
	const uint32_t keys =
	    X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_KEY_ENCIPHERMENT | X509v3_KU_KEY_AGREEMENT;

	if (x509 == NULL || (X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) == 0 ||
	    (X509_get_extended_key_usage(x509) & XKU_ANYEKU) == 0)
		return false;
	return depth == 0 ? (X509_get_key_usage(x509) & keys) != 0 : X509_check_ca(x509) == 1;
}

/* Whether the extended key usage is not what is wrong with it. */
static bool
names_servers(X509 *x509)
{
	return (X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) == 0 ||
	       (X509_get_extended_key_usage(x509) & (XKU_SSL_SERVER | XKU_SGC | XKU_ANYEKU)) != 0;
}

static bool
is_about_anchors(enum facts_chain_problem problem)
{
	return problem == FACTS_CHAIN_NO_ISSUER || problem == FACTS_CHAIN_UNTRUSTED_ROOT ||
	       problem == FACTS_CHAIN_SELF_SIGNED;
}

static void
describe(struct facts_chain_error *error, X509 *x509)
{
	copy_name(error->about, sizeof error->about, X509_get_subject_name(x509));
	copy_name(error->issuer, sizeof error->issuer, X509_get_issuer_name(x509));
	error->not_before = certificate_date(X509_get0_notBefore(x509));
	error->not_after = certificate_date(X509_get0_notAfter(x509));
}

static int
record_error(int ok, X509_STORE_CTX *ctx)
{
	struct facts_trust *facts = X509_STORE_CTX_get_app_data(ctx);
	X509 *x509 = X509_STORE_CTX_get_current_cert(ctx);
	struct facts_chain_error error = {
	    .code = X509_STORE_CTX_get_error(ctx),
	    .depth = X509_STORE_CTX_get_error_depth(ctx),
	};

	if (ok)
		return 1;
	error.problem = problem_of(error.code);
	if (error.problem == FACTS_CHAIN_PURPOSE && serves_any_purpose(x509, error.depth))
		return 1;
	if (error.problem == FACTS_CHAIN_PURPOSE && x509 != NULL && names_servers(x509))
		error.problem = error.depth == 0 ? FACTS_CHAIN_KEY_USAGE : FACTS_CHAIN_OTHER;
	error.words = X509_verify_cert_error_string(error.code);
	for (size_t i = 0; i < facts->errors_count; i++)
		if (facts->errors[i].problem == error.problem &&
		    facts->errors[i].depth == error.depth)
			return 1; /* OpenSSL says some twice, in other words */
	if (x509 != NULL)
		describe(&error, x509);
	if (facts->errors_count < FACTS_CHAIN_ERRORS_MAX)
		facts->errors[facts->errors_count++] = error;
	else if (is_about_anchors(error.problem))
		facts->errors[FACTS_CHAIN_ERRORS_MAX - 1] = error; /* never to be missed */
	return 1;
}

/* OpenSSL is content with any use for TLS; but what a key on a curve does there is to sign, in TLS
 * 1.2 (RFC 8422 2.2) as in 1.3 (RFC 8446 4.4.2.2). */
static bool
cannot_sign(X509 *x509)
{
	EVP_PKEY *key = X509_get0_pubkey(x509);

	return key != NULL && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
	       (X509_get_key_usage(x509) & X509v3_KU_DIGITAL_SIGNATURE) == 0;
}

/* Unless its purpose was found wrong anyway. */
static void
record_key_usage(X509 *own, struct facts_trust *facts)
{
	struct facts_chain_error error = {
	    .problem = FACTS_CHAIN_KEY_USAGE,
	    .code = X509_V_ERR_INVALID_PURPOSE,
	    .words = X509_verify_cert_error_string(X509_V_ERR_INVALID_PURPOSE),
	};

	for (size_t i = 0; i < facts->errors_count; i++)
		if (facts->errors[i].code == error.code && facts->errors[i].depth == 0)
			return;
	describe(&error, own);
	if (facts->errors_count < FACTS_CHAIN_ERRORS_MAX)
		facts->errors[facts->errors_count++] = error;
}

static bool
is_untrusted(const struct facts_trust *facts)
{
	for (size_t i = 0; i < facts->errors_count; i++)
		if (is_about_anchors(facts->errors[i].problem))
			return true;
	return false;
}

/* The place of X509 in CHAIN, or the number of those in it. */
static int
place_of(X509 *x509, STACK_OF(X509) * chain)
{
	int place = 0;

	while (place < sk_X509_num(chain) && X509_cmp(sk_X509_value(chain, place), x509) != 0)
		place++;
	return place;
}

static bool
add_known(struct facts_trust *facts, X509 *x509)
{
	struct facts_certificate *known =
	    realloc(facts->known, (facts->known_count + 1) * sizeof *known);

	if (known == NULL)
		return false;
	facts->known = known;
	return certificate_read(x509, &known[facts->known_count++]);
}

/* False when memory ran out. */
static bool
record_path(struct facts_trust *facts, STACK_OF(X509) * path, STACK_OF(X509) * chain)
{
	int count = sk_X509_num(path);

	facts->path = count <= 0 ? NULL : calloc((size_t)count, sizeof *facts->path);
	if (facts->path == NULL)
		return count <= 0;
	for (int i = 0; i < count; i++) {
		X509 *x509 = sk_X509_value(path, i);
		int place = place_of(x509, chain);

		bool sent = place < sk_X509_num(chain);

		facts->path[facts->path_count++] = (size_t)place + (sent ? 0 : facts->known_count);
		if (!sent && !add_known(facts, x509)) {
			facts_path_free(facts); /* none is better than half of one */
			return false;
		}
	}
	return true;
}

/* One path by what DETOUR leaves; *ANOTHER says whether there may be a better one. True when
 * verification could be done at all, whatever it found. */
static bool
verify_one(struct trust *trust, STACK_OF(X509) * chain, int64_t date, struct detour *detour,
    bool *another, struct facts_trust *facts)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	bool done = false;

	*another = false;
	facts->errors_count = 0;
	if (ctx != NULL &&
	    X509_STORE_CTX_init(ctx, trust->store, sk_X509_value(chain, 0), detour->left) == 1) {
		X509_STORE_CTX_set_default(ctx, "ssl_server");
		X509_STORE_CTX_set_time(ctx, 0, (time_t)date);
		X509_STORE_CTX_set_verify_cb(ctx, record_error);
		if (detour->sent_first)
			X509_VERIFY_PARAM_clear_flags(
			    X509_STORE_CTX_get0_param(ctx), X509_V_FLAG_TRUSTED_FIRST);
		if (X509_STORE_CTX_set_app_data(ctx, facts) == 1) {
			done = X509_verify_cert(ctx) == 1;
			if (!done)
				record_error(0, ctx);
			if (!is_untrusted(facts) &&
			    !record_path(facts, X509_STORE_CTX_get0_chain(ctx), chain)) {
				X509_STORE_CTX_free(ctx);
				return false;
			}
			*another = facts->errors_count > 0 &&
			           detour_take(detour, X509_STORE_CTX_get0_chain(ctx));
		}
	}
	X509_STORE_CTX_free(ctx);
	return done || facts->errors_count > 0;
}

/* Along the best path: the first of those with the fewest errors. */
static bool
verify(struct trust *trust, STACK_OF(X509) * chain, int64_t date, struct facts_trust *facts)
{
	struct detour detour;
	bool another, done = detour_begin(&detour, chain);

	done = done && verify_one(trust, chain, date, &detour, &another, facts);
	for (int i = 0; i < DETOURS_MAX && done && another; i++) {
		struct facts_trust other = {.checked = false}, worse;

		done = verify_one(trust, chain, date, &detour, &another, &other);
		worse = other;
		if (done && other.errors_count < facts->errors_count) {
			worse = *facts;
			*facts = other;
		}
		facts_path_free(&worse);
	}
	detour_end(&detour);
	return done;
}

void
trust_check(struct trust *trust, STACK_OF(X509) * chain, int64_t date, struct facts_trust *facts)
{
	if (sk_X509_num(chain) <= 0)
		return;
	ERR_clear_error();
	facts->checked = verify(trust, chain, date, facts);
	if (facts->checked && is_untrusted(facts)) {
		/* The look-up of an anchor fails silently when its file cannot be opened. */
		facts->no_descriptors = descriptors_exhausted();
		if (!facts->no_descriptors && read_bundle(trust))
			facts->checked = verify(trust, chain, date, facts);
		facts->no_anchors = trust->empty;
	}
	if (facts->checked && cannot_sign(sk_X509_value(chain, 0)))
		record_key_usage(sk_X509_value(chain, 0), facts);
	ERR_clear_error();
}

static bool
has_signed(X509 *issuer, X509 *x509)
{
	EVP_PKEY *key = X509_get0_pubkey(issuer);

	return key != NULL && X509_check_issued(issuer, x509) == X509_V_OK &&
	       X509_verify(x509, key) == 1;
}

static X509 *
find_anchor(struct trust *trust, X509 *x509)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509 *issuer = NULL;

	if (ctx != NULL && X509_STORE_CTX_init(ctx, trust->store, x509, NULL) == 1 &&
	    X509_STORE_CTX_get1_issuer(&issuer, ctx, x509) == 1 && !has_signed(issuer, x509)) {
		X509_free(issuer);
		issuer = NULL;
	}
	X509_STORE_CTX_free(ctx);
	return issuer;
}

X509 *
trust_issuer(struct trust *trust, STACK_OF(X509) * chain, X509 *likely, X509 *x509)
{
	X509 *issuer = NULL;

	if (likely != NULL && has_signed(likely, x509) && X509_up_ref(likely) == 1)
		issuer = likely;
	if (issuer == NULL)
		issuer = find_anchor(trust, x509);
	for (int i = 0; issuer == NULL && i < sk_X509_num(chain); i++) {
		X509 *sent = sk_X509_value(chain, i);

		if (has_signed(sent, x509) && X509_up_ref(sent) == 1)
			issuer = sent;
	}
	ERR_clear_error();
	return issuer;
}
