#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/deadline.h"
#include "carry.h"
#include "hdlc.h"
#include "journal.h"
#include "pty.h"

enum { GOODBYE_SECONDS = 2 };

struct pty {
	struct sstp *sstp;
	int terminal; /* our end */
	pid_t program;
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
	/* nohup leaves it ignored, and the end of the terminal would be an error to read. */
	signal(SIGHUP, SIG_DFL);
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
tell_program(void *context, struct cursor frame)
{
	const struct pty *pty = context;
	struct text stream = TEXT_EMPTY;
	hdlc_add(&stream, frame.at, frame.left);
	if (write(pty->terminal, text_chars(&stream), stream.length) != (ssize_t)stream.length)
		journal_add(pty->sstp->line, "ppp program does not read");
	text_free(&stream);
}

static void
tell_client(struct pty *pty, const uint8_t *bytes, size_t length)
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

/* It ends when it has closed its end. */
static bool
hear_program(void *context, int64_t *wake)
{
	struct pty *pty = context;
	uint8_t bytes[1024];
	ssize_t got;
	(void)wake;
	while ((got = read(pty->terminal, bytes, sizeof bytes)) > 0)
		tell_client(pty, bytes, (size_t)got);
	return got != 0 && (errno == EAGAIN || errno == EINTR);
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
	bool left =
	    carry_serve(sstp, &(struct carry){&pty, pty.terminal, tell_program, hear_program});
	end_program(&pty);
	if (left)
		sstp_disconnect(sstp);
}
