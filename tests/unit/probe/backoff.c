#include "config.h"

#include "probe/backoff.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probe/lockout.h"
#include "support/scratch.h"
#include "unit/shortage.h"
#include "unit/unit.h"

#define NOW    1764097200
#define PERIOD 1800

static char folder[64];
static struct plan_backoff backoff;
static struct plan_logon logon;
static struct plan plan;
static struct facts facts;

static void
setup(void)
{
	scratch_make();
	strcpy(folder, scratch_path("state"));
	backoff = (struct plan_backoff){folder, PERIOD};
	logon = (struct plan_logon){
	    .user = "CORP\\monitor", .password = "clientPass", .backoff = &backoff};
	plan = (struct plan){.name = "vpn.example.com", .port = 443, .logon = &logon};
	facts_begin(&facts);
}

static void
teardown(void)
{
	facts_free(&facts);
	scratch_remove();
}

/* The path of the only file in the folder, or NULL when there is none. */
static const char *
only_file(void)
{
	static char path[400];
	DIR *directory = opendir(folder);
	struct dirent *entry;
	bool found = false;

	ck_assert_ptr_nonnull(directory);
	while ((entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		ck_assert(!found);
		found = true;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
	}
	closedir(directory);
	return found ? path : NULL;
}

/* It must be there. */
static const char *
the_file(void)
{
	const char *file = only_file();

	ck_assert_ptr_nonnull(file);
	return file == NULL ? "" : file;
}

static void
write_file(const char *chars)
{
	FILE *file = fopen(the_file(), "w");

	ck_assert_ptr_nonnull(file);
	fputs(chars, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* Ask at DATE, with nothing known. */
static bool
holds_at(int64_t date)
{
	facts_free(&facts);
	return backoff_holds(&plan, date, &facts);
}

/* What is in the file. */
static void
read_file(char *chars, size_t size)
{
	FILE *file = fopen(the_file(), "r");
	size_t length;

	ck_assert_ptr_nonnull(file);
	length = fread(chars, 1, size - 1, file);
	fclose(file);
	chars[length] = '\0';
}

/* The probe under way is refused at DATE. */
static void
refuse(int64_t date)
{
	facts.date = date;
	facts.auth.sent = true;
	facts.auth.refused = true;
	facts.auth.code = 691;
	facts.auth.method = FACTS_MSCHAP_V2;
	backoff_settle(&plan, &facts);
}

/* One that begins at DATE and is refused. */
static void
be_refused(int64_t date)
{
	ck_assert(!holds_at(date));
	refuse(date);
}

START_TEST(holds_for_a_while)
{
	be_refused(NOW);
	ck_assert_int_eq(facts.backoff.until, NOW + PERIOD);
	ck_assert(!facts.backoff.unkept && !facts.backoff.held);

	ck_assert(holds_at(NOW));
	ck_assert(holds_at(NOW + 1));
	ck_assert(holds_at(NOW + PERIOD - 1));
	ck_assert(facts.backoff.held && !facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.until, NOW + PERIOD);
	ck_assert(facts.auth.refused && !facts.auth.sent && !facts.auth.accepted);
	ck_assert_int_eq(facts.auth.code, 691);
	ck_assert_int_eq(facts.auth.method, FACTS_MSCHAP_V2);

	ck_assert(!holds_at(NOW + PERIOD));
	ck_assert(!facts.backoff.held && !facts.auth.refused);
	ck_assert_int_eq(facts.backoff.until, 0);
}
END_TEST

/* What is told of it besides. */
static const struct {
	bool ras, unsaid;
	const char *chars;
} marks[] = {
    {false, false, "sstp-backoff-1 1764097200 691 mschapv2\n"},
    {true, false, "sstp-backoff-1 1764097200 691 mschapv2 ras\n"},
    {false, true, "sstp-backoff-1 1764097200 691 mschapv2 unsaid\n"},
    {true, true, "sstp-backoff-1 1764097200 691 mschapv2 ras unsaid\n"},
};

START_TEST(how_it_was_refused)
{
	char chars[256];
	struct plan other = plan;
	struct lockout lockout = {0};
	struct facts there;

	ck_assert(!holds_at(NOW));
	facts.auth.ras = marks[_i].ras;
	facts.auth.unsaid = marks[_i].unsaid;
	refuse(NOW);
	read_file(chars, sizeof chars);
	ck_assert_str_eq(chars, marks[_i].chars);
	ck_assert(holds_at(NOW + 1));
	ck_assert(facts.auth.ras == marks[_i].ras);
	ck_assert(facts.auth.unsaid == marks[_i].unsaid);
	/* and of another address of the run */
	lockout_look(&lockout, &plan, NOW + 1);
	other.address = "192.0.2.2";
	facts_begin(&there);
	ck_assert(lockout_holds(&lockout, &other, NOW + 1, &there));
	ck_assert(there.auth.ras == marks[_i].ras);
	ck_assert(there.auth.unsaid == marks[_i].unsaid);
	facts_free(&there);
}
END_TEST

/* It was not the password then, and is not called so while it holds, here or at another address. */
START_TEST(of_a_password_that_was_right)
{
	struct plan other = plan;

	other.address = "192.0.2.2";
	for (int proven = 0; proven <= 1; proven++) {
		enum facts_proof kept = proven == 1 ? FACTS_PROOF_VERIFIED : FACTS_PROOF_NONE;
		struct lockout lockout = {0};
		struct facts there;

		ck_assert(!holds_at(NOW + proven * PERIOD));
		facts.date = NOW + proven * PERIOD;
		facts.auth.refused = facts.auth.sent = true;
		facts.auth.method = FACTS_EAP;
		facts_eap_begin(&facts.auth)->method = FACTS_EAP_MSCHAPV2;
		facts.auth.proof = proven == 1 ? FACTS_PROOF_VERIFIED : FACTS_PROOF_WRONG;
		lockout_settle(&lockout, &plan, &facts);
		ck_assert(holds_at(NOW + proven * PERIOD + 1));
		ck_assert_int_eq(facts.auth.eap->method, FACTS_EAP_MSCHAPV2);
		ck_assert_int_eq(facts.auth.proof, kept);
		facts_begin(&there);
		ck_assert(lockout_holds(&lockout, &other, NOW + proven * PERIOD + 1, &there));
		ck_assert_int_eq(there.auth.proof, kept);
		facts_free(&there);
	}
}
END_TEST

/* A logon that may have been refused is not tried, nor is one called refused that was not. */
START_TEST(without_memory)
{
	bool failed;
	long at = 0;

	do {
		bool held;

		facts_free(&facts);
		shortage_begin(at++, false);
		held = backoff_holds(&plan, NOW, &facts);
		failed = shortage_end();
		ck_assert(held == failed && facts.no_memory == failed);
		ck_assert(!facts.backoff.held && !facts.backoff.unkept && !facts.auth.refused);
	} while (failed);
	ck_assert_int_gt(at, 1);
}
END_TEST

/* A long of 32 bits ends before. */
START_TEST(holds_beyond_2038)
{
	const int64_t date = INT64_C(4102444800);

	be_refused(date);
	ck_assert(holds_at(date + PERIOD - 1));
	ck_assert_int_eq(facts.backoff.until, date + PERIOD);
	ck_assert(!holds_at(date + PERIOD));
}
END_TEST

/* What is held is not a refusal of its own: it does not begin anew. */
START_TEST(holding_does_not_prolong)
{
	be_refused(NOW);
	ck_assert(holds_at(NOW + PERIOD - 1));
	facts.date = NOW + PERIOD - 1;
	backoff_settle(&plan, &facts);
	ck_assert(!holds_at(NOW + PERIOD));
	be_refused(NOW + PERIOD);
	ck_assert(holds_at(NOW + PERIOD + 1));
	ck_assert_int_eq(facts.backoff.until, NOW + 2 * PERIOD);
}
END_TEST

/* The period is that of the run that asks. */
START_TEST(another_period)
{
	be_refused(NOW);
	backoff.seconds = 60;
	ck_assert(!holds_at(NOW + 60));
	ck_assert(holds_at(NOW + 59));
	backoff.seconds = 0;
	ck_assert(!holds_at(NOW + 1));
	/* Nothing is written either. */
	be_refused(NOW + 1);
	ck_assert_int_eq(facts.backoff.until, 0);
	backoff.seconds = PERIOD;
	ck_assert(!holds_at(NOW + PERIOD));
	ck_assert(holds_at(NOW + PERIOD - 1));
}
END_TEST

/* A clock that is set back locks nothing for ever, nor for longer than the period. */
START_TEST(clock_goes_backwards)
{
	be_refused(NOW);
	ck_assert(!holds_at(NOW - 1));
	ck_assert(!holds_at(NOW - 100 * PERIOD));
	ck_assert(!holds_at(0));
	be_refused(NOW - 100 * PERIOD);
	ck_assert(holds_at(NOW - 100 * PERIOD + 1));
	ck_assert(!holds_at(NOW));
}
END_TEST

START_TEST(success_forgets)
{
	be_refused(NOW);
	ck_assert_ptr_nonnull(only_file());
	/* also of one that tried without heeding it */
	backoff.seconds = 0;
	ck_assert(!holds_at(NOW + 1));
	facts.auth.accepted = true;
	backoff_settle(&plan, &facts);
	ck_assert_ptr_null(only_file());
	backoff.seconds = PERIOD;
	ck_assert(!holds_at(NOW + 2));
	/* Nothing to forget is well, too. */
	facts.auth.accepted = true;
	backoff_settle(&plan, &facts);
	ck_assert(!facts.backoff.unkept);
}
END_TEST

/* Who may not remove the file says so, also one that does not heed it. */
START_TEST(success_cannot_forget)
{
	for (int64_t seconds = 0; seconds <= 60; seconds += 60) {
		char path[400];

		backoff.seconds = PERIOD;
		be_refused(NOW);
		snprintf(path, sizeof path, "%s", the_file());
		ck_assert_int_eq(remove(path), 0);
		ck_assert_int_eq(mkdir(path, 0700), 0);
		backoff.seconds = seconds;
		ck_assert(!holds_at(NOW + 1));
		facts.auth.accepted = true;
		backoff_settle(&plan, &facts);
		ck_assert(facts.backoff.lasting && !facts.backoff.unkept);
		ck_assert_int_eq(facts.backoff.error, EISDIR);
		ck_assert_int_eq(remove(path), 0);
	}
	/* where no folder is there is no file */
	strcpy(folder, scratch_path("none"));
	backoff.seconds = 0;
	ck_assert(!holds_at(NOW + 1));
	facts.auth.accepted = true;
	backoff_settle(&plan, &facts);
	ck_assert(!facts.backoff.lasting && !facts.backoff.unkept);
}
END_TEST

/* So that it is told what was refused, also by whom EAP stands for. */
START_TEST(the_method_is_kept)
{
	for (int method = 0; method < FACTS_METHODS; method++) {
		ck_assert(!holds_at(NOW + method * PERIOD));
		facts.date = NOW + method * PERIOD;
		facts.auth.refused = facts.auth.sent = true;
		facts.auth.method = method;
		backoff_settle(&plan, &facts);
		ck_assert(holds_at(NOW + method * PERIOD + 1));
		ck_assert_int_eq(facts.auth.method, method);
	}
	for (int method = FACTS_EAP_NONE + 1; method < FACTS_EAP_METHODS; method++) {
		ck_assert(!holds_at(NOW + 100 * method * PERIOD));
		facts.date = NOW + 100 * method * PERIOD;
		facts.auth.refused = facts.auth.sent = true;
		facts.auth.method = FACTS_EAP;
		facts_eap_begin(&facts.auth)->method = method;
		backoff_settle(&plan, &facts);
		ck_assert(holds_at(NOW + 100 * method * PERIOD + 1));
		ck_assert_int_eq(facts.auth.method, FACTS_EAP);
		ck_assert_int_eq(facts.auth.eap->method, method);
	}
}
END_TEST

/* Nor does a directory mind how a name is written. */
START_TEST(case_makes_no_difference)
{
	be_refused(NOW);
	logon.user = "Corp\\MONITOR";
	ck_assert(holds_at(NOW + 1));
	logon.user = "CORP\\monito";
	ck_assert(!holds_at(NOW + 1));
	logon.user = "corp\\monitor";
	facts.auth.accepted = true;
	backoff_settle(&plan, &facts);
	ck_assert_ptr_null(only_file());
	logon.user = "abcdefghijklmnopqrstuvwxyz@[`{";
	be_refused(NOW);
	logon.user = "ABCDEFGHIJKLMNOPQRSTUVWXYZ@[`{";
	ck_assert(holds_at(NOW + 1));
	logon.user = "ABCDEFGHIJKLMNOPQRSTUVWXYZ`{`{";
	ck_assert(!holds_at(NOW + 1));
}
END_TEST

/* A probe that did not get as far as a verdict changes nothing. */
START_TEST(other_failures_change_nothing)
{
	ck_assert(!holds_at(NOW));
	backoff_settle(&plan, &facts);
	ck_assert_ptr_null(only_file());
	be_refused(NOW);
	facts_free(&facts);
	backoff_settle(&plan, &facts);
	ck_assert(holds_at(NOW + 1));
}
END_TEST

/* Who has seen no credential cannot have found one wrong: the next may try. */
START_TEST(nothing_was_shown)
{
	struct lockout lockout = {0};
	struct plan other = plan;

	ck_assert(!holds_at(NOW));
	facts.date = NOW;
	facts.auth.refused = true;
	facts.auth.code = 812;
	facts.auth.ras = true;
	lockout_settle(&lockout, &plan, &facts);
	ck_assert(!facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.until, 0);
	ck_assert_ptr_null(only_file());
	ck_assert(!holds_at(NOW + 1));
	other.address = "192.0.2.2";
	ck_assert(!lockout_holds(&lockout, &other, NOW + 1, &facts));
	/* Nor is what was refused before forgotten. */
	be_refused(NOW + 1);
	facts_free(&facts);
	facts.auth.refused = true;
	lockout_settle(&lockout, &plan, &facts);
	ck_assert(holds_at(NOW + 2));
}
END_TEST

/* Each target and each user has a file of its own. */
START_TEST(one_for_each_target_and_user)
{
	struct plan_logon other_logon = logon;
	struct plan others[] = {plan, plan, plan, plan, plan};

	others[0].name = "vpn.example.co";
	others[1].port = 444;
	others[2].address = "192.0.2.1";
	others[3].address = "m";
	other_logon.user = "CORP\\Monito";
	others[4].logon = &other_logon;
	be_refused(NOW);
	for (size_t i = 0; i < UNIT_COUNT(others); i++) {
		facts_free(&facts);
		ck_assert(!backoff_holds(&others[i], NOW, &facts));
	}
	/* The password is not among what counts. */
	logon.password = "other";
	ck_assert(holds_at(NOW));
}
END_TEST

START_TEST(file_is_private_and_holds_no_secret)
{
	struct stat status;
	char chars[256];

	be_refused(NOW);
	ck_assert_int_eq(stat(folder, &status), 0);
	ck_assert_uint_eq(status.st_mode & 07777, 0700);
	ck_assert_int_eq(stat(the_file(), &status), 0);
	ck_assert_uint_eq(status.st_mode & 07777, 0600);
	ck_assert_ptr_null(strstr(the_file(), "monitor"));
	read_file(chars, sizeof chars);
	ck_assert_str_eq(chars, "sstp-backoff-1 1764097200 691 mschapv2\n");
}
END_TEST

static const char *const broken[] = {"", "\n", "sstp-backoff-1", "sstp-backoff-1 1764097200 691\n",
    "sstp-backoff-2 1764097200 691 mschapv2\n", "sstp-backoff-1 1764097200 691 mschapv2 more\n",
    "sstp-backoff-1 -1764097200 691 mschapv2\n", "sstp-backoff-1 1764097200 x mschapv2\n",
    "sstp-backoff-1 99999999999999999999 691 mschapv2\n",
    "sstp-backoff-1 1764097200 9999999999 mschapv2\n", "sstp-backoff-1 1764097200 691 secret\n",
    "sstp-backoff-1 1764097200 691 mschapv2 proven more\n"};

/* A file that is none of ours holds nothing, and is written over. */
START_TEST(broken_file)
{
	be_refused(NOW);
	write_file(broken[_i]);
	be_refused(NOW + 1);
	ck_assert(!facts.backoff.unkept);
	ck_assert(holds_at(NOW + 2));
}
END_TEST

START_TEST(long_file)
{
	char chars[1000];

	snprintf(chars, sizeof chars, "%-999s", "sstp-backoff-1 1764097200 691 mschapv2");
	be_refused(NOW);
	write_file(chars);
	ck_assert(!holds_at(NOW + 1));
}
END_TEST

/* A link is not followed: it could lead to a file of somebody else's choosing. */
START_TEST(link_is_not_followed)
{
	char path[400], target[400];

	be_refused(NOW);
	snprintf(path, sizeof path, "%s", only_file());
	strcpy(target, scratch_path("elsewhere"));
	ck_assert_int_eq(rename(path, target), 0);
	ck_assert_int_eq(symlink(target, path), 0);
	ck_assert(!holds_at(NOW + 1));
	ck_assert(facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.error, ELOOP);
	refuse(NOW + 1);
	/* its place was taken */
	ck_assert(!facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.until, NOW + 1 + PERIOD);
	ck_assert(holds_at(NOW + 2));

	ck_assert_int_eq(remove(path), 0);
	ck_assert_int_eq(symlink(target, path), 0);
	ck_assert(!holds_at(NOW + 3));
	ck_assert(facts.backoff.unkept);
	facts.auth.accepted = true;
	backoff_settle(&plan, &facts);
	ck_assert(!facts.backoff.unkept);
	ck_assert_ptr_null(only_file());
}
END_TEST

/* Whoever tries the check as root must not leave behind what the user of the folder cannot read;
 * and root heeds what that user has left. */
START_TEST(root_shares_with_the_owner)
{
	enum { OWNER = 4711, STRANGER = 4712 };
	struct stat status;

	if (geteuid() != 0)
		return;
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_assert_int_eq(chown(folder, OWNER, OWNER), 0);
	be_refused(NOW);
	ck_assert_int_eq(stat(the_file(), &status), 0);
	ck_assert_uint_eq(status.st_uid, OWNER);
	ck_assert_uint_eq(status.st_gid, OWNER);
	ck_assert_uint_eq(status.st_mode & 07777, 0600);
	ck_assert(holds_at(NOW + 1));
	ck_assert(!facts.backoff.unkept);

	/* but not what anybody else has */
	ck_assert_int_eq(chown(the_file(), STRANGER, STRANGER), 0);
	ck_assert(!holds_at(NOW + 1));
}
END_TEST

/* The file may take some bytes, or none. What was there before stays, and nothing else. */
START_TEST(no_room)
{
	static const rlim_t rooms[] = {0, 10};
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	be_refused(NOW);
	for (size_t i = 0; i < UNIT_COUNT(rooms); i++) {
		ck_assert(!holds_at(NOW + PERIOD));
		limit.rlim_cur = rooms[i];
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
		errno = 0;
		refuse(NOW + PERIOD);
		limit.rlim_cur = limit.rlim_max;
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
		ck_assert(facts.backoff.unkept);
		ck_assert_int_eq(facts.backoff.error, EFBIG);
		ck_assert_int_eq(facts.backoff.until, 0);
		ck_assert_ptr_nonnull(only_file());
		ck_assert(holds_at(NOW + 1));
	}
}
END_TEST

START_TEST(folder_does_not_serve)
{
	/* a parent that is missing */
	strcpy(folder, scratch_path("no/state"));
	ck_assert(!holds_at(NOW));
	ck_assert(facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.error, ENOENT);
	facts.date = NOW;
	facts.auth.refused = facts.auth.sent = true;
	facts.backoff = (struct facts_backoff){0};
	backoff_settle(&plan, &facts);
	ck_assert(facts.backoff.unkept);
	ck_assert_int_eq(facts.backoff.until, 0);

	/* a file in its place */
	strcpy(folder, scratch_path("file"));
	ck_assert_int_eq(mknod(folder, S_IFREG | 0600, 0), 0);
	ck_assert(!holds_at(NOW));
	ck_assert(facts.backoff.unkept);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, holds_for_a_while);
	unit_add_rows(tests, how_it_was_refused, marks);
	tcase_add_test(tests, of_a_password_that_was_right);
	tcase_add_test(tests, holds_beyond_2038);
	tcase_add_test(tests, without_memory);
	tcase_add_test(tests, holding_does_not_prolong);
	tcase_add_test(tests, another_period);
	tcase_add_test(tests, clock_goes_backwards);
	tcase_add_test(tests, success_forgets);
	tcase_add_test(tests, success_cannot_forget);
	tcase_add_test(tests, the_method_is_kept);
	tcase_add_test(tests, case_makes_no_difference);
	tcase_add_test(tests, other_failures_change_nothing);
	tcase_add_test(tests, nothing_was_shown);
	tcase_add_test(tests, one_for_each_target_and_user);
	tcase_add_test(tests, file_is_private_and_holds_no_secret);
	unit_add_rows(tests, broken_file, broken);
	tcase_add_test(tests, long_file);
	tcase_add_test(tests, link_is_not_followed);
	tcase_add_test(tests, root_shares_with_the_owner);
	tcase_add_test(tests, no_room);
	tcase_add_test(tests, folder_does_not_serve);
}

int
main(void)
{
	return unit_run("probe/backoff", list);
}
