// SPDX-License-Identifier: GPL-2.0-or-later
/* pghot-e2e-mem churn: processes that come and go while their memory moves. */
#include <linux/mempolicy.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"

static void touch_for(char *base, size_t pages, unsigned int ms)
{
	int64_t end = now_ms() + ms;
	size_t i;

	while (now_ms() < end)
		for (i = 0; i < pages; i++)
			(*(volatile unsigned long *)(base + i * PAGE))++;
}

/* A life: memory on node 1, used for a while, and then one of several ends. */
void live(unsigned int fate)
{
	size_t pages = 128 + fate % 384;
	char *base = map_pages(pages, fate % 7 == 0, false);
	unsigned int ms = 100 + fate * 37 % 500;
	size_t i;

	bind_range(base, pages * PAGE, MPOL_BIND, 1);
	for (i = 0; i < pages; i++)
		*(volatile unsigned long *)(base + i * PAGE) = i;
	bind_range(base, pages * PAGE, MPOL_DEFAULT, 0);
	touch_for(base, pages, ms);

	switch (fate % 5) {
	case 0: /* killed while accessing */
		alarm(1);
		touch_for(base, pages, 3000);
		break;
	case 1: /* parent and child write to what they share */
		if (!fork()) {
			touch_for(base, pages, ms / 2);
			_exit(0);
		}
		touch_for(base, pages, ms);
		wait(NULL);
		break;
	case 2: /* the address space is replaced under the promoter */
		execl("/proc/self/exe", "pghot-e2e-mem", "live", "3", (char *)NULL);
		_exit(1);
	case 3: /* so is part of it */
		munmap(base, pages / 2 * PAGE);
		touch_for(base + pages / 2 * PAGE, pages - pages / 2, ms / 2);
		madvise(base + pages / 2 * PAGE, PAGE * 32, MADV_DONTNEED);
		break;
	}
	_exit(0);
}

int do_churn(unsigned int seconds)
{
	int64_t end = now_ms() + seconds * 1000LL;
	unsigned long born = 0, failed = 0;
	unsigned int alive = 0;

	while (now_ms() < end || alive) {
		int status;

		if (now_ms() < end && alive < 4) {
			pid_t pid = fork();

			if (pid < 0)
				die("fork");
			if (!pid)
				live(born);
			born++;
			alive++;
			continue;
		}
		if (wait(&status) < 0)
			die("wait");
		alive--;
		if (!(WIFEXITED(status) && !WEXITSTATUS(status)) &&
		    !(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)) {
			fprintf(stderr, "a child ended with status %#x\n", status);
			failed++;
		}
	}
	printf("born=%lu failed=%lu\n", born, failed);
	return failed != 0;
}
