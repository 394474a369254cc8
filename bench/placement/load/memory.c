// SPDX-License-Identifier: GPL-2.0-or-later
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mempolicy.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/complain.h"
#include "common/pages.h"

static int open_file(const struct options *o, size_t pages)
{
	size_t bytes = pages * PAGE_BYTES;
	struct stat st;
	int fd = open(o->file, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		die("%s: %s", o->file, strerror(errno));
	if ((size_t)st.st_size < bytes)
		die("%s: has %lld bytes, %zu are needed", o->file, (long long)st.st_size, bytes);
	return fd;
}

/* Aligned to huge pages, of which there are some only when they are asked for. */
static char *map_anonymous(const struct options *o, size_t pages)
{
	size_t bytes = pages * PAGE_BYTES;
	int advice = o->memory == MEMORY_THP ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
	char *p = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		die("cannot map %lu MiB: %s", o->mib, strerror(errno));
	p = (char *)(((uintptr_t)p + HUGE_BYTES - 1) & ~(HUGE_BYTES - 1));
	/* A kernel without huge pages knows neither advice; then there are none. */
	if (madvise(p, bytes, advice) && o->memory == MEMORY_THP)
		die("no huge pages here: %s", strerror(errno));
	return p;
}

/* Where faults of this process get their memory: the node, or anywhere again. */
static void set_policy(long node)
{
	unsigned long mask = node < 0 ? 0 : 1UL << node;

	if (syscall(SYS_set_mempolicy, node < 0 ? MPOL_DEFAULT : MPOL_BIND, node < 0 ? NULL : &mask,
		    sizeof(mask) * CHAR_BIT))
		die("set_mempolicy, node %ld: %s", node, strerror(errno));
}

/* Page by page in the order of the addresses, so that fast memory fills up first. */
static void first_touch(const struct area *a, const struct options *o, size_t pages)
{
	size_t i;

	for (i = 0; i < pages; i++) {
		char byte;

		if (o->memory == MEMORY_READ) {
			if (pread(a->fd, &byte, 1, i * PAGE_BYTES) != 1)
				die("%s: cannot read page %zu: %s", o->file, i, strerror(errno));
		} else if (o->memory == MEMORY_MMAP) {
			byte = *(volatile char *)(a->base + i * PAGE_BYTES);
			(void)byte;
		} else {
			*(volatile char *)(a->base + i * PAGE_BYTES) = 1;
		}
	}
}

/**
 * memory_set_up - map or open what this process will access, and fault all of it in
 * @a: filled in
 * @o: the command line
 * @pages: how many
 */
void memory_set_up(struct area *a, const struct options *o, size_t pages)
{
	*a = (struct area){ .fd = -1 };
	if (o->file)
		a->fd = open_file(o, pages);
	if (o->memory == MEMORY_MMAP) {
		a->base = mmap(NULL, pages * PAGE_BYTES, PROT_READ, MAP_SHARED, a->fd, 0);
		if (a->base == MAP_FAILED)
			die("%s: cannot be mapped: %s", o->file, strerror(errno));
	} else if (o->memory != MEMORY_READ) {
		a->base = map_anonymous(o, pages);
	}
	if (o->node >= 0)
		set_policy(o->node);
	first_touch(a, o, pages);
	if (o->node >= 0)
		set_policy(-1);
}

/**
 * memory_view_file - a mapping of the file that is there only to be asked about
 * @o: the command line
 * @pages: of the file
 *
 * No worker maps a file that is read; the judge does, and never touches it.
 * MADV_RANDOM tells reclaim to take no notice of it.
 *
 * Return: the first byte of the mapping.
 */
char *memory_view_file(const struct options *o, size_t pages)
{
	size_t bytes = pages * PAGE_BYTES;
	int fd = open_file(o, pages);
	char *view = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);

	if (view == MAP_FAILED || madvise(view, bytes, MADV_RANDOM) ||
	    madvise(view, bytes, MADV_POPULATE_READ))
		die("%s: cannot be mapped: %s", o->file, strerror(errno));
	close(fd);
	return view;
}
