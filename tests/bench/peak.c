/*
 * peak COMMAND [ARGUMENT..]: run it with its output thrown away and print the most memory that it
 * had resident, in KiB. The exit status is the command's.
 *
 * Memory is given back by system calls alone, so what is resident as each one begins holds the
 * peak. It is read from the page tables (smaps_rollup): getrusage's ru_maxrss comes from counters
 * that lag by 128 KiB and more on Linux 6.2 and later, which is more than neighbours differ by.
 * Addresses are not randomised, as they decide which pages of a file are mapped beside one that is
 * needed.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* resident: what the stopped process has, in KiB; -1 when the kernel does not tell. */
static long
resident(pid_t pid)
{
	char path[64];
	char line[256];
	FILE *rollup;
	long kib = -1;

	snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pid);
	rollup = fopen(path, "re");
	if (rollup == NULL)
		return -1;
	while (kib < 0 && fgets(line, sizeof line, rollup) != NULL)
		sscanf(line, "Rss: %ld", &kib);
	fclose(rollup);
	return kib;
}

static void
become(char *arguments[])
{
	if (dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO) >= 0 &&
	    personality(ADDR_NO_RANDOMIZE) != -1 && ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
		execvp(arguments[0], arguments);
	_exit(127);
}

int
main(int count, char *arguments[])
{
	long peak = -1;
	int status;
	pid_t pid;

	if (count < 2)
		return 126;
	pid = fork();
	if (pid == 0)
		become(arguments + 1);
	while (pid > 0 && waitpid(pid, &status, 0) == pid) {
		long now;

		if (!WIFSTOPPED(status)) {
			if (peak >= 0)
				printf("%ld\n", peak);
			return WIFEXITED(status) && peak >= 0 ? WEXITSTATUS(status) : 126;
		}
		now = resident(pid);
		if (now > peak)
			peak = now;
		/* What exec and system calls stop with is no signal of the command's own. */
		ptrace(PTRACE_SYSCALL, pid, NULL,
		    WSTOPSIG(status) == SIGTRAP ? 0L : (long)WSTOPSIG(status));
	}
	perror("peak");
	return 126;
}
