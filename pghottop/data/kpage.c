// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include <linux/kernel-page-flags.h>

#include "data/kpage.h"

/* Documentation/admin-guide/mm/pagemap.rst; others are for kernel hackers. */
static const char *const names[64] = {
	[KPF_LOCKED] = "locked",
	[KPF_ERROR] = "error",
	[KPF_REFERENCED] = "referenced",
	[KPF_UPTODATE] = "uptodate",
	[KPF_DIRTY] = "dirty",
	[KPF_LRU] = "lru",
	[KPF_ACTIVE] = "active",
	[KPF_SLAB] = "slab",
	[KPF_WRITEBACK] = "writeback",
	[KPF_RECLAIM] = "reclaim",
	[KPF_BUDDY] = "buddy",
	[KPF_MMAP] = "mmap",
	[KPF_ANON] = "anon",
	[KPF_SWAPCACHE] = "swapcache",
	[KPF_SWAPBACKED] = "swapbacked",
	[KPF_COMPOUND_HEAD] = "compound-head",
	[KPF_COMPOUND_TAIL] = "compound-tail",
	[KPF_HUGE] = "hugetlb",
	[KPF_UNEVICTABLE] = "unevictable",
	[KPF_HWPOISON] = "hwpoison",
	[KPF_NOPAGE] = "nopage",
	[KPF_KSM] = "ksm",
	[KPF_THP] = "thp",
	[KPF_OFFLINE] = "offline",
	[KPF_ZERO_PAGE] = "zero-page",
	[KPF_IDLE] = "idle",
	[KPF_PGTABLE] = "page-table",
};

const char *kpage_flag_name(unsigned int bit)
{
	return bit < 64 ? names[bit] : NULL;
}

int kpage_read(const char *proc, const char *file, uint64_t pfn, uint64_t *value)
{
	char path[PATH_MAX];
	ssize_t len;
	int fd, err = 0;

	snprintf(path, sizeof(path), "%s/%s", proc, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = pread(fd, value, sizeof(*value), pfn * sizeof(*value));
	if (len < 0)
		err = -errno;
	else if (len != sizeof(*value))
		err = -ENXIO;
	close(fd);
	return err;
}
