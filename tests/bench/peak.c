/*
 * peak COMMAND [ARGUMENT..]: run it with its output thrown away and print the most memory that it
 * had in use, in KiB. The exit status is the command's.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int count, char *arguments[])
{
	struct rusage usage;
	int status;
	pid_t pid;

	if (count < 2)
		return 126;
	pid = fork();
	if (pid == 0) {
		if (dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO) >= 0)
			execvp(arguments[1], arguments + 1);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
		perror("peak");
		return 126;
	}
	printf("%ld\n", usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}
