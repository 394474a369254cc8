// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-mem - memory that is somewhere, used somehow; and where it is
 *
 *	pghot-e2e-mem hold [OPTION]...	map memory on a node, access some of it
 *					until a signal ends the program
 *	pghot-e2e-mem where PID LIST	nodes of the pages in LIST, by
 *					move_pages(2): "node0=N node1=N absent=N"
 *	pghot-e2e-mem pfns PID LIST	their page frame numbers, one per line, by
 *					/proc/PID/pagemap
 *	pghot-e2e-mem move PID NODE ADDRESS PAGES
 *					move every other one of the pages from ADDRESS on
 *					to NODE, by move_pages(2): "moved=N"
 *	pghot-e2e-mem churn SECONDS	short-lived processes that access memory on
 *					node 1, fork, write to shared pages, exec,
 *					unmap and exit at any moment
 *
 *	pghot-e2e-mem keep FILE...	keep what is read of these files in memory
 *					until a signal ends the program; prints "ready"
 *
 * A LIST is a file with one address per line, as hold writes it.
 *
 *	--mib N		size (default 16)
 *	--hot N		access N randomly chosen pages (default: all of them)
 *	--seed N	of the choice
 *	--node N	where it is faulted in (default 1)
 *	--policy P	what is left on it: default; bind, by mbind(2); bind-numab,
 *			the same and subject to NUMA balancing; bind-both, the same, but
 *			to nodes 0 and 1; task-bind, by
 *			set_mempolicy(2); preferred, set_mempolicy to prefer --node,
 *			not insisting
 *	--thp		huge pages, please
 *	--halve		unmap the second half of each of these
 *	--mlock		lock it
 *	--shm-lock	System V shared memory, locked by SHM_LOCK before it is accessed
 *	--pin		keep the first 256 pages pinned, as direct I/O does
 *	--idle		do not access it after the first time
 *	--keep-tlb	let the CPU keep their translations, as long as it does
 *	--list FILE	write the addresses of the accessed pages there
 *	--all FILE	and those of all pages there
 *	--child		fork: parent and child share the pages (shmem), only the child
 *			accesses them; its pid is told
 *	--users N	fork N processes that share the pages (shmem), access them once
 *			and sleep
 *	--writer	hold the mmap lock for writing two thirds of the time: that of the
 *			first of these N, or else one's own, in a second thread
 *	--change	the same, while changing the protection of these very pages, which
 *			stay readable and writable
 *	--threads N	N threads more, which sleep; the policy of the last one binds it
 *			to --node
 *
 * hold prints "ready pid=N pages=N hot=N" when the memory is where it should be
 * and any pin is in place.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"

void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("pghot-e2e-mem: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, " (errno: %s)\n", strerror(errno));
	exit(1);
}

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

void bind_range(void *base, size_t bytes, int mode, int node)
{
	unsigned long mask = 1UL << node;
	bool none = mode == MPOL_DEFAULT;

	if (syscall(SYS_mbind, base, bytes, mode, none ? NULL : &mask, none ? 0UL : 64UL, 0) < 0)
		die("mbind");
}

char *map_pages(size_t pages, bool thp, bool shared)
{
	size_t bytes = pages * PAGE;
	char *map = mmap(NULL, bytes + HUGE, PROT_READ | PROT_WRITE,
			 (shared ? MAP_SHARED : MAP_PRIVATE) | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		die("mmap");
	map = (char *)(((uintptr_t)map + HUGE - 1) & ~(HUGE - 1));
	madvise(map, bytes, thp ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	return map;
}

/* On a machine that is short of memory a test's own programs go first, and come back slowly. */
static int do_keep(char **files)
{
	for (; *files; files++) {
		int fd = open(*files, O_RDONLY | O_CLOEXEC);
		off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
		void *map;

		if (size < 0)
			die("%s", *files);
		map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
		if (map == MAP_FAILED || mlock(map, size))
			die("keeping %s", *files);
		close(fd);
	}
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "hold"))
		return do_hold(argc - 1, argv + 1);
	if (!strcmp(what, "where") && argc == 4)
		return do_where(atoi(argv[2]), argv[3]);
	if (!strcmp(what, "pfns") && argc == 4)
		return do_pfns(atoi(argv[2]), argv[3]);
	if (!strcmp(what, "move") && argc == 6)
		return do_move(atoi(argv[2]), atoi(argv[3]), strtoul(argv[4], NULL, 0),
			       strtoul(argv[5], NULL, 0));
	if (!strcmp(what, "churn") && argc == 3)
		return do_churn(atoi(argv[2]));
	if (!strcmp(what, "keep") && argc > 2)
		return do_keep(argv + 2);
	if (!strcmp(what, "live") && argc == 3)
		live(atoi(argv[2]));
	fputs("pghot-e2e-mem: hold, where, pfns, move, churn or keep; see the source\n", stderr);
	return 2;
}
