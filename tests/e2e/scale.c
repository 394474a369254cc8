// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-scale - what prctl(PR_PGHOT, ...) says
 *
 * Prints a line for each call, "NAME RESULT", where the result is a number or the
 * name of an errno. With the argument "next" it is what the first one executes.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/pghot_prctl.h>

#define SET  PR_PGHOT_SET_SCAN_SCALE
#define GET  PR_PGHOT_GET_SCAN_SCALE
#define EXEC PR_PGHOT_SCAN_SCALE_EXEC

static void call(const char *name, unsigned long op, unsigned long arg3, unsigned long arg4,
		 unsigned long arg5)
{
	int ret = prctl(PR_PGHOT, op, arg3, arg4, arg5);

	if (ret < 0)
		printf("%s %s\n", name, strerrorname_np(errno));
	else
		printf("%s %d\n", name, ret);
}

/* Runs in a child, so that what it changes is its own. */
static void in_child(void (*what)(void))
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		what();
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, NULL, 0) != pid)
		exit(1);
}

static void child(void)
{
	call("child", GET, 0, 0, 0);
	call("child.exec", GET, EXEC, 0, 0);
	call("child.set", SET, 2, 0, 0);
}

static void next(void)
{
	call("next", GET, 0, 0, 0);
	call("next.exec", GET, EXEC, 0, 0);
	in_child(child);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "next")) {
		next();
		return 0;
	}
	call("default", GET, 0, 0, 0);
	call("default.exec", GET, EXEC, 0, 0);
	call("set", SET, 7, 0, 0);
	call("get", GET, 0, 0, 0);
	call("set.0", SET, 0, 0, 0);
	call("get.0", GET, 0, 0, 0);
	call("set.most", SET, PGHOT_SCAN_SCALE_MAX, 0, 0);
	call("bad.scale", SET, PGHOT_SCAN_SCALE_MAX + 1, 0, 0);
	call("bad.negative", SET, -1, 0, 0);
	call("bad.flag", SET, 1, 2, 0);
	call("bad.get", GET, 2, 0, 0);
	call("bad.arg4", GET, 0, 1, 0);
	call("bad.arg5", SET, 1, 0, 1);
	call("bad.op", 3, 0, 0, 0);
	call("unchanged", GET, 0, 0, 0);
	call("set.exec", SET, 4, EXEC, 0);
	call("own", GET, 0, 0, 0);
	in_child(child);
	call("parent", GET, 0, 0, 0);
	fflush(stdout);
	execl("/proc/self/exe", argv[0], "next", NULL);
	return 1;
}
