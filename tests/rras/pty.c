#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/deadline.h"
#include "hdlc.h"
#include "journal.h"
#include "pty.h"

enum { LONGEST_POLL_MS = 60000, GOODBYE_SECONDS = 2 };

struct pty {
	struct sstp *sstp;
	int terminal; /* our end */
	pid_t program;
	bool ended; /* the program has closed its end */
	struct hdlc hdlc;
};

/* --- the program --- */

/* What the client says before the program has set its terminal up must not be echoed back. */
static bool
make_raw(int descriptor)
{
	struct termios settings;
	if (tcgetattr(descriptor, &settings) == -1)
		return false;
	cfmakeraw(&settings);
	return tcsetattr(descriptor, TCSANOW, &settings) == 0;
}

/* Between fork() and exec: nothing here may allocate or lock. */
static void
become_program(char *path, int terminal)
{
	char *const arguments[] = {path, NULL};
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	setsid();
	ioctl(terminal, TIOCSCTTY, 0);
	dup2(terminal, STDIN_FILENO);
	dup2(terminal, STDOUT_FILENO);
	execv(path, arguments);
	_exit(127);
}

/* Both ends of a terminal; *OTHER is the program's. */
static bool
open_terminal(struct pty *pty, int *other)
{
	const char *name = NULL;
	pty->terminal = posix_openpt(O_RDWR | O_NOCTTY);
	if (pty->terminal == -1)
		return false;
	if (grantpt(pty->terminal) == 0 && unlockpt(pty->terminal) == 0)
		name = ptsname(pty->terminal);
	*other = name != NULL ? open(name, O_RDWR | O_NOCTTY) : -1;
	if (*other != -1 && make_raw(*other)) {
		fcntl(pty->terminal, F_SETFL, O_NONBLOCK);
		fcntl(pty->terminal, F_SETFD, FD_CLOEXEC);
		fcntl(*other, F_SETFD, FD_CLOEXEC);
		return true;
	}
	close(*other);
	close(pty->terminal);
	return false;
}

static bool
start_program(struct pty *pty)
{
	struct text decoded = TEXT_EMPTY;
	int other;
	if (!open_terminal(pty, &other))
		return false;
	member_decode(pty->sstp->line->member->ppp_program, &decoded);
	char *path = text_take(&decoded);
	pty->program = path != NULL ? fork() : -1;
	if (pty->program == 0)
		become_program(path, other);
	free(path);
	close(other);
	if (pty->program == -1)
		close(pty->terminal);
	return pty->program != -1;
}

/* It loses its terminal, is asked to go, and then made to. */
static void
end_program(struct pty *pty)
{
	int status = 0;
	int64_t deadline = line_deadline(GOODBYE_SECONDS);
	close(pty->terminal);
	kill(-pty->program, SIGTERM);
	while (waitpid(pty->program, &status, WNOHANG) == 0) {
		if (deadline_left(deadline, deadline_now()) == 0)
			kill(-pty->program, SIGKILL);
		line_sleep(0.01);
	}
	if (WIFEXITED(status))
		journal_add(pty->sstp->line, "ppp program exit=%d", WEXITSTATUS(status));
	else
		journal_add(pty->sstp->line, "ppp program signal=%d", WTERMSIG(status));
}

/* --- the frames --- */

/* A terminal takes what it can; the rest is lost, as on any serial line. */
static void
to_program(const struct pty *pty, const struct cursor *frame)
{
	struct text stream = TEXT_EMPTY;
	hdlc_add(&stream, frame->at, frame->left);
	if (write(pty->terminal, text_chars(&stream), stream.length) != (ssize_t)stream.length)
		journal_add(pty->sstp->line, "ppp program does not read");
	text_free(&stream);
}

static void
to_client(struct pty *pty, const uint8_t *bytes, size_t length)
{
	size_t frame;
	for (size_t i = 0; i < length; i++) {
		if (!hdlc_take(&pty->hdlc, bytes[i], &frame))
			continue;
		struct text text = TEXT_EMPTY;
		text_add_bytes(&text, pty->hdlc.bytes, frame);
		sstp_send(pty->sstp, &text);
		text_free(&text);
	}
}

/* All that is there now, from either side. False: the call is over. */
static bool
carry_from_client(struct pty *pty)
{
	struct cursor frame;
	enum arrival arrival;
	while ((arrival = sstp_receive(pty->sstp, deadline_now(), &frame)) == ARRIVAL_HERE)
		to_program(pty, &frame);
	return arrival == ARRIVAL_LATE;
}

static void
carry_from_program(struct pty *pty)
{
	uint8_t bytes[1024];
	ssize_t got;
	while ((got = read(pty->terminal, bytes, sizeof bytes)) > 0)
		to_client(pty, bytes, (size_t)got);
	pty->ended = got == 0 || (errno != EAGAIN && errno != EINTR);
}

static void
await_either(const struct pty *pty)
{
	struct pollfd ends[] = {
	    {pty->sstp->line->descriptor, POLLIN, 0}, {pty->terminal, POLLIN, 0}};
	int64_t left = deadline_left(pty->sstp->negotiation, deadline_now());
	int64_t milliseconds = left / (DEADLINE_SECOND / 1000) + 1;
	poll(ends, 2, milliseconds < LONGEST_POLL_MS ? (int)milliseconds : LONGEST_POLL_MS);
}

void
pty_serve(struct sstp *sstp)
{
	struct pty pty = {.sstp = sstp};
	if (!start_program(&pty)) {
		journal_add(sstp->line, "ppp program not started");
		sstp_disconnect(sstp);
		return;
	}
	bool going;
	sstp_authenticated(sstp, NULL);
	while ((going = carry_from_client(&pty)) && !pty.ended) {
		await_either(&pty);
		carry_from_program(&pty);
	}
	end_program(&pty);
	if (going)
		sstp_disconnect(sstp);
}
