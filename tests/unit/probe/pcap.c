#include "probe/pcap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "support/capture.h"
#include "support/scratch.h"
#include "unit/shortage.h"
#include "unit/unit.h"
#include "unit/wipes.h"

#define FILE_HEAD 24 /* bytes, which pcap_create() has written out */

static void
setup(void)
{
	scratch_make();
}

static void
teardown(void)
{
	scratch_remove();
}

static mode_t
mode_of(const char *path)
{
	struct stat status;

	ck_assert_int_eq(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

static void
read_bytes(const char *path, struct text *bytes)
{
	int descriptor = open(path, O_RDONLY);

	ck_assert_int_ge(descriptor, 0);
	ck_assert(file_read(descriptor, 1 << 20, bytes));
	close(descriptor);
}

/* What is in the file now, read strictly. */
static struct capture
read_back(const char *path)
{
	struct text bytes = TEXT_EMPTY;
	struct capture capture;
	const char *problem;

	read_bytes(path, &bytes);
	problem = capture_read((const uint8_t *)bytes.bytes, bytes.length, &capture);
	ck_assert_msg(problem == NULL, "%s", problem);
	text_free(&bytes);
	return capture;
}

/* That is not the fault of the file. */
START_TEST(without_memory)
{
	struct pcap *pcap;
	int error;

	errno = 0;
	shortage_begin(0, false);
	pcap = pcap_create(scratch_path("pcap"));
	error = errno;
	ck_assert(shortage_end());
	ck_assert_ptr_null(pcap);
	ck_assert_int_eq(error, ENOMEM);
}
END_TEST

/* Data packets of what is there, control packets left out. */
START_TEST(holds_frames)
{
	static const uint8_t packets[] = {0x10, 0x00, 0x00, 12, 0xff, 0x03, 0xc2, 0x23, 1, 1, 0,
	    4,                               /* */
	    0x10, 0x01, 0x00, 8, 0, 8, 0, 0, /* an echo request of SSTP */
	    0x10, 0x00, 0x00, 12, 0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4};
	const char *path = scratch_path("calls");
	struct pcap *pcap = pcap_create(path);
	struct capture capture;

	ck_assert_ptr_nonnull(pcap);
	pcap_add(pcap, true, packets, sizeof packets);
	pcap_add_frame(pcap, false, packets + 4, 8);
	ck_assert(pcap_destroy(pcap));
	capture = read_back(path);
	ck_assert_uint_eq(capture.sent, 2);
	ck_assert_uint_eq(capture.received, 1);
	ck_assert_uint_eq(capture.logon, 2);
	ck_assert_int_eq(mode_of(path), 0600);
}
END_TEST

/* The second by the clock that frames are dated by: time() is late when one begins. */
static int64_t
second_now(void)
{
	struct timespec now;

	ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &now), 0);
	return now.tv_sec;
}

/* Of what is written a copy is kept up to the end. */
START_TEST(wipes_what_it_wrote)
{
	static const uint8_t packet[] = "\x10\x00\x00\x12\xFF\x03\xC0\x23 clientPass";
	const char *path = scratch_path("calls");
	struct pcap *pcap = pcap_create(path);
	struct text bytes = TEXT_EMPTY;
	int64_t begun = second_now();
	uint32_t seconds;

	ck_assert_ptr_nonnull(pcap);
	pcap_add(pcap, true, packet, sizeof packet - 1);
	wipes_begin();
	ck_assert(pcap_destroy(pcap));
	read_bytes(path, &bytes);
	ck_assert_uint_gt(bytes.length, FILE_HEAD);
	ck_assert_uint_eq(wipes_of(bytes.bytes + FILE_HEAD, bytes.length - FILE_HEAD), 1);
	/* and the time of it is that of the packet */
	memcpy(&seconds, bytes.bytes + FILE_HEAD, sizeof seconds);
	ck_assert_int_ge(seconds, begun);
	ck_assert_int_le(seconds, second_now());
	text_free(&bytes);
}
END_TEST

/* A file that was there and open to all is not when the first byte is written, and is cut. */
START_TEST(closes_an_open_file)
{
	const char *path =
	    scratch_write("calls", "what is longer than the head of a capture file", 46);
	struct pcap *pcap;

	ck_assert_int_eq(chmod(path, 0644), 0);
	pcap = pcap_create(path);
	ck_assert_ptr_nonnull(pcap);
	ck_assert_int_eq(mode_of(path), 0600);
	ck_assert(pcap_destroy(pcap));
	ck_assert_int_eq(mode_of(path), 0600);
	ck_assert_uint_eq(read_back(path).sent, 0);
}
END_TEST

START_TEST(follows_no_link)
{
	const char *victim = scratch_write("victim", "mine", 4), *link = scratch_path("link");
	struct stat status;

	ck_assert_int_eq(chmod(victim, 0644), 0);
	ck_assert_int_eq(symlink(victim, link), 0);
	ck_assert_ptr_null(pcap_create(link));
	ck_assert_int_eq(stat(victim, &status), 0);
	ck_assert_int_eq(status.st_size, 4);
	ck_assert_int_eq(mode_of(victim), 0644);
	/* nor one that leads nowhere */
	ck_assert_int_eq(unlink(victim), 0);
	ck_assert_ptr_null(pcap_create(link));
	ck_assert_int_eq(access(victim, F_OK), -1);
}
END_TEST

/* The pipe is refused whether somebody reads it or not; without that it would wait for ever. */
START_TEST(only_a_file)
{
	const char *pipe = scratch_path("pipe");
	int descriptor;

	ck_assert_int_eq(mkfifo(pipe, 0644), 0);
	ck_assert_ptr_null(pcap_create(pipe));
	descriptor = open(pipe, O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_ptr_null(pcap_create(pipe));
	close(descriptor);
	ck_assert_int_eq(mode_of(pipe), 0644);
	ck_assert_ptr_null(pcap_create("/dev/null"));
	ck_assert_ptr_null(pcap_create(scratch_path("no/folder")));
}
END_TEST

/* Its owner could read what is written. */
START_TEST(not_a_file_of_another)
{
	const char *path = scratch_write("calls", "theirs", 6);
	struct stat status;

	if (chown(path, 65534, 65534) != 0)
		return; /* only root meets one that it may write */
	ck_assert_ptr_null(pcap_create(path));
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_size, 6);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, without_memory);
	tcase_add_test(tests, holds_frames);
	tcase_add_test(tests, wipes_what_it_wrote);
	tcase_add_test(tests, closes_an_open_file);
	tcase_add_test(tests, follows_no_link);
	tcase_add_test(tests, only_a_file);
	tcase_add_test(tests, not_a_file_of_another);
}

int
main(void)
{
	return unit_run("probe/pcap", list);
}
