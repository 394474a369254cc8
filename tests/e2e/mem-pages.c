// SPDX-License-Identifier: GPL-2.0-or-later
/* pghot-e2e-mem where, pfns and move: pages of a process. */
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mem.h"

static size_t read_list(const char *path, unsigned long **addresses)
{
	size_t n = 0, room = 1024;
	unsigned long *list = malloc(room * sizeof(*list));
	FILE *f = fopen(path, "r");

	if (!f || !list)
		die("%s", path);
	while (fscanf(f, "%lx", &list[n]) == 1) {
		if (++n == room) {
			room *= 2;
			list = realloc(list, room * sizeof(*list));
			if (!list)
				die("out of memory");
		}
	}
	fclose(f);
	*addresses = list;
	return n;
}

void count_nodes(int pid, unsigned long *addresses, size_t n, size_t on[3])
{
	size_t done, i;

	memset(on, 0, 3 * sizeof(on[0]));
	for (done = 0; done < n; done += 512) {
		size_t part = n - done < 512 ? n - done : 512;
		void *pages[512];
		int status[512];

		for (i = 0; i < part; i++)
			pages[i] = (void *)addresses[done + i];
		if (syscall(SYS_move_pages, pid, part, pages, NULL, status, 0) < 0)
			die("move_pages");
		for (i = 0; i < part; i++)
			on[status[i] == 0 || status[i] == 1 ? status[i] : 2]++;
	}
}

int do_where(int pid, const char *path)
{
	unsigned long *addresses;
	size_t on[3], n = read_list(path, &addresses);

	count_nodes(pid, addresses, n, on);
	printf("node0=%zu node1=%zu absent=%zu\n", on[0], on[1], on[2]);
	return 0;
}

int do_move(int pid, int node, unsigned long address, size_t pages)
{
	void *part[512];
	int nodes[512], status[512];
	size_t done = 0, moved = 0;

	while (done < pages) {
		size_t n, i;

		for (n = 0; n < 512 && done < pages; n++, done += 2) {
			part[n] = (void *)(address + done * PAGE);
			nodes[n] = node;
		}
		/* A positive result: so many could not be moved, as when it is full. */
		if (syscall(SYS_move_pages, pid, n, part, nodes, status, MPOL_MF_MOVE) < 0)
			die("move_pages");
		for (i = 0; i < n; i++)
			moved += status[i] == node;
	}
	printf("moved=%zu\n", moved);
	return 0;
}

int do_pfns(int pid, const char *path)
{
	unsigned long *addresses;
	size_t i, n = read_list(path, &addresses);
	char name[64];
	int fd;

	snprintf(name, sizeof(name), "/proc/%d/pagemap", pid);
	fd = open(name, O_RDONLY);
	if (fd < 0)
		die("%s", name);
	for (i = 0; i < n; i++) {
		unsigned long long entry;

		if (pread(fd, &entry, 8, addresses[i] / PAGE * 8) != 8)
			die("%s", name);
		/* Bit 63: present; bits 0-54: page frame number. */
		printf("%llu\n", entry >> 63 ? entry & ((1ULL << 55) - 1) : 0ULL);
	}
	return 0;
}
