#include "config.h"

#include "probe/backoff.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "base/number.h"
#include "base/text.h"
#include "keys/digest.h"

#define NAME_BYTES 16  /* of the digest that names a file */
#define FILE_MAX   256 /* bytes; ours has less */
#define FORMAT     "sstp-backoff-1"

/* What may be said of a refusal behind its method, a word each. */
static const struct {
	const char *word;
	size_t at; /* of a bool */
} marks[] = {
    {"proven", offsetof(struct backoff_refusal, proven)},
    {"ras", offsetof(struct backoff_refusal, ras)},
    {"unsaid", offsetof(struct backoff_refusal, unsaid)},
};
#define MARKS (sizeof marks / sizeof marks[0])

/* To a directory the case of a name is nothing, nor is it to what counts refusals. */
static char *
fold(const char *user)
{
	char *folded = strdup(user);

	for (char *c = folded; c != NULL && *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return folded;
}

/* The path of the file of USER, or NULL with errno set. The caller frees it. */
static char *
path_for(const struct plan *plan, const char *user)
{
	const char *address = plan->address != NULL ? plan->address : "";
	const struct digest_piece pieces[] = {
	    /* each with its NUL, so that no two sets of names run together */
	    {plan->name, strlen(plan->name) + 1},
	    {address, strlen(address) + 1},
	    {&plan->port, sizeof plan->port},
	    {user, strlen(user)},
	};
	uint8_t digest[DIGEST_SHA256_SIZE];
	struct text path = TEXT_EMPTY;

	if (digest_pieces(DIGEST_SHA256, pieces, sizeof pieces / sizeof pieces[0], digest) !=
	    KEYS_OK) {
		errno = ENOSYS;
		return NULL;
	}
	text_format(&path, "%s/sstp-", plan->logon->backoff->folder);
	hex_add(&path, digest, NAME_BYTES);
	errno = ENOMEM;
	return text_take(&path);
}

static char *
path_of(const struct plan *plan)
{
	char *user = fold(plan->logon->user);
	char *path = user == NULL ? NULL : path_for(plan, user);
	int saved = errno;

	free(user);
	errno = saved;
	return path;
}

/* A method of EAP has its own word. */
static const char *
word_of(const struct backoff_refusal *refusal)
{
	const char *word = facts_eap_name(refusal->eap);

	return word != NULL ? word : facts_method_name(refusal->method);
}

static bool
read_method(const char *word, struct backoff_refusal *refusal)
{
	for (int i = FACTS_EAP_NONE + 1; i < FACTS_EAP_METHODS; i++)
		if (strcmp(facts_eap_name((enum facts_eap_method)i), word) == 0) {
			refusal->method = FACTS_EAP;
			refusal->eap = (enum facts_eap_method)i;
			return true;
		}
	for (int i = 0; i < FACTS_METHODS; i++)
		if (strcmp(facts_method_name((enum facts_method)i), word) == 0) {
			refusal->method = (enum facts_method)i;
			return true;
		}
	return false;
}

static bool
read_mark(const char *word, struct backoff_refusal *refusal)
{
	for (size_t i = 0; i < MARKS; i++)
		if (strcmp(word, marks[i].word) == 0)
			return *(bool *)((char *)refusal + marks[i].at) = true;
	return false;
}

/* Read "FORMAT DATE CODE METHOD" and marks behind it; false for anything else. CHARS are cut up. */
static bool
parse(char *chars, struct backoff_refusal *refusal)
{
	char *rest, *words[4];

	for (size_t i = 0; i < 4; i++) {
		words[i] = strtok_r(i == 0 ? chars : NULL, " \n", &rest);
		if (words[i] == NULL)
			return false;
	}
	for (char *word; (word = strtok_r(NULL, " \n", &rest)) != NULL;)
		if (!read_mark(word, refusal))
			return false;
	return strcmp(words[0], FORMAT) == 0 &&
	       number_wide(words[1], 0, INT64_MAX, &refusal->date) &&
	       number_whole(words[2], 0, INT_MAX, &refusal->code) && read_method(words[3], refusal);
}

/* Only what this user wrote, root, or who has the folder: that may put there what it likes. One
 * that others may write in, /tmp say, could hold anything. */
static bool
is_ours(int descriptor, const char *folder)
{
	struct stat status, around;

	if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	return status.st_uid == geteuid() || status.st_uid == 0 ||
	       (stat(folder, &around) == 0 && status.st_uid == around.st_uid);
}

/* False when there is no refusal at PATH, or none that can be believed; errno is 0 where that is as
 * it should be. */
static bool
read_refusal(const char *path, const char *folder, struct backoff_refusal *refusal)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct text chars = TEXT_EMPTY;
	bool good;

	if (descriptor < 0) {
		errno = errno == ENOENT ? 0 : errno;
		return false;
	}
	good = is_ours(descriptor, folder) && file_read(descriptor, FILE_MAX, &chars);
	close(descriptor);
	good = good && chars.length > 0 && parse(chars.bytes, refusal);
	text_free(&chars);
	errno = 0;
	return good;
}

/* Make the folder where it is missing; see whether it serves. */
static bool
folder_serves(const char *folder)
{
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return false;
	return access(folder, W_OK | X_OK) == 0;
}

static void
say_unkept(struct facts *facts, int error)
{
	facts->backoff.unkept = true;
	facts->backoff.error = error;
}

struct backoff_refusal
backoff_refusal_of(const struct facts *facts)
{
	const struct facts_auth *auth = &facts->auth;

	return (struct backoff_refusal){
	    .date = facts->date,
	    .code = auth->code,
	    .method = auth->method,
	    .eap = auth->eap == NULL ? FACTS_EAP_NONE : auth->eap->method,
	    .proven = auth->proof == FACTS_PROOF_VERIFIED,
	    .ras = auth->ras,
	    .unsaid = auth->unsaid,
	};
}

void
backoff_bear(const struct backoff_refusal *refusal, int64_t until, struct facts *facts)
{
	facts->backoff.held = true;
	facts->backoff.until = until;
	facts->auth.refused = true;
	facts->auth.unsaid = refusal->unsaid;
	facts->auth.code = (int)refusal->code;
	facts->auth.ras = refusal->ras;
	facts->auth.method = refusal->method;
	if (refusal->proven)
		facts->auth.proof = FACTS_PROOF_VERIFIED;
	if (refusal->method == FACTS_EAP && facts_eap_begin(&facts->auth) != NULL)
		facts->auth.eap->method = refusal->eap;
}

bool
backoff_holds(const struct plan *plan, int64_t date, struct facts *facts)
{
	const struct plan_backoff *backoff = plan->logon->backoff;
	struct backoff_refusal refusal = {0};
	char *path;
	bool found;

	if (backoff->seconds == 0)
		return false;
	path = path_of(plan);
	if (path == NULL && errno == ENOMEM) {
		facts->no_memory = true;
		return true;
	}
	if (path == NULL || !folder_serves(backoff->folder))
		say_unkept(facts, errno);
	found = path != NULL && read_refusal(path, backoff->folder, &refusal);
	if (path != NULL && !found && errno != 0)
		say_unkept(facts, errno);
	free(path);
	if (!found || refusal.date > date || date - refusal.date >= backoff->seconds)
		return false;
	backoff_bear(&refusal, refusal.date + backoff->seconds, facts);
	return true;
}

/* What root learns while it tries the check by hand is for the user that runs it every day, whose
 * folder it is. Where that cannot be done, that user will say that the file does not serve. */
static void
give_to_owner(int descriptor, const char *folder)
{
	struct stat status;

	if (geteuid() == 0 && stat(folder, &status) == 0)
		(void)!fchown(descriptor, status.st_uid, status.st_gid);
}

static void
add_refusal(struct text *text, const struct backoff_refusal *refusal)
{
	text_format(
	    text, FORMAT " %" PRId64 " %ld %s", refusal->date, refusal->code, word_of(refusal));
	for (size_t i = 0; i < MARKS; i++)
		if (*(const bool *)((const char *)refusal + marks[i].at))
			text_format(text, " %s", marks[i].word);
	text_add_char(text, '\n');
}

/* A disk that is full may take the first bytes, and says why only of the rest. */
static bool
write_all(int descriptor, const struct text *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t written = write(descriptor, text->bytes + done, text->length - done);

		if (written >= 0)
			done += (size_t)written;
		else if (errno != EINTR)
			return false;
	}
	return true;
}

/* Write the file beside its place, then move it there: whoever reads it sees all of it or none. */
static bool
write_refusal(const char *path, const char *folder, const struct backoff_refusal *refusal)
{
	struct text temporary = TEXT_EMPTY, chars = TEXT_EMPTY;
	int descriptor = -1, saved;
	bool good = false;
	char *name;

	text_format(&temporary, "%s.XXXXXX", path);
	add_refusal(&chars, refusal);
	name = text_take(&temporary);
	if (name != NULL && !text_failed(&chars))
		descriptor = mkstemp(name); /* 0600 */
	if (descriptor >= 0) {
		give_to_owner(descriptor, folder);
		good = write_all(descriptor, &chars);
		good = close(descriptor) == 0 && good && rename(name, path) == 0;
		saved = errno;
		if (!good)
			unlink(name);
		errno = saved;
	}
	free(name);
	text_free(&chars);
	return good;
}

/* --backoff 0 has not looked whether the folder serves: others would go on heeding what is kept. */
static void
forget(const char *path, struct facts *facts)
{
	int error;

	if (unlink(path) == 0) {
		facts->backoff.unkept = false;
		return;
	}
	error = errno;
	/* A file system that is read-only says so of what is not there, too. */
	if (access(path, F_OK) < 0 && (errno == ENOENT || errno == ENOTDIR))
		return;
	if (!facts->backoff.unkept) {
		facts->backoff.lasting = true;
		facts->backoff.error = error;
	}
}

bool
backoff_counts(const struct facts *facts)
{
	return facts->auth.refused && facts->auth.sent;
}

void
backoff_settle(const struct plan *plan, struct facts *facts)
{
	const struct plan_backoff *backoff = plan->logon->backoff;
	struct backoff_refusal refusal = backoff_refusal_of(facts);
	char *path;

	if (!backoff_counts(facts) && !facts->auth.accepted)
		return;
	path = path_of(plan);
	if (facts->auth.accepted) {
		if (path != NULL)
			forget(path, facts);
	} else if (backoff->seconds > 0) {
		facts->backoff.unkept = false;
		if (path != NULL && write_refusal(path, backoff->folder, &refusal))
			facts->backoff.until = facts->date + backoff->seconds;
		else
			say_unkept(facts, errno);
	}
	free(path);
}
