// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <linux/mempolicy.h>

#include "../kselftest.h"
#include "machine.h"

/* Nodes have numbers below this; a mask of them is one word. */
#define MAX_NID		64

size_t page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

/* Each tier that info-get tells of. */
static void read_tiers(struct machine *m)
{
	const size_t head = NLMSG_LENGTH(GENL_HDRLEN);
	struct request r;
	const char *at, *end;

	family_begin(&r, PGHOT_CMD_INFO_GET);
	if (family_ask(&r))
		ksft_exit_fail_msg("info-get: %s\n", r.why);

	end = r.buf + r.len;
	for (at = r.buf + head; at + NLA_HDRLEN <= end;) {
		const struct nlattr *nla = (const struct nlattr *)at;

		if (nla->nla_len < NLA_HDRLEN)
			break;
		at += NLA_ALIGN(nla->nla_len);
		if ((nla->nla_type & NLA_TYPE_MASK) != PGHOT_A_INFO_TIER)
			continue;

		int nid = family_nested(nla, PGHOT_A_TIER_NID);

		m->nodes++;
		if (nid >= MAX_NID)
			continue;
		if (!family_nested(nla, PGHOT_A_TIER_TOPTIER))
			m->lower = nid;
		else if (m->top < 0)
			m->top = nid;
	}
}

/* See what there is, and skip all tests where there is too little. */
void machine_check(struct machine *m)
{
	int err;

	if (geteuid())
		ksft_exit_skip("needs root: page frame numbers, CAP_SYS_ADMIN\n");

	err = family_open();
	if (err == -ENOENT)
		ksft_exit_skip("this kernel has no pghot (CONFIG_PGHOT)\n");
	if (err)
		ksft_exit_fail_msg("generic netlink: %s\n", strerror(-err));
	if (info_get(PGHOT_A_INFO_RUNNING))
		ksft_exit_skip("pghot is in use: a source is enabled\n");

	*m = (struct machine){ .top = -1, .lower = -1 };
	read_tiers(m);
	if (m->nodes < 2)
		ksft_exit_skip("one node with memory; try numa=fake=2\n");
	ksft_print_msg("%d nodes with memory, %s\n", m->nodes,
		       m->lower < 0 ? "all in one tier" : "in two tiers");
}

/* ---- control -------------------------------------------------------------- */

int source_set(struct request *r, int id, bool enabled)
{
	family_begin(r, PGHOT_CMD_SOURCE_SET);
	family_put_u32(r, PGHOT_A_SOURCE_ID, id);
	family_put_u8(r, PGHOT_A_SOURCE_ENABLED, enabled);
	return family_ask(r);
}

/* A parameter that is a number of 32 bits. */
int param_set(struct request *r, int attr, uint32_t value)
{
	family_begin(r, PGHOT_CMD_PARAM_SET);
	family_put_u32(r, attr, value);
	return family_ask(r);
}

static uint64_t get(int cmd, int attr)
{
	struct request r;

	family_begin(&r, cmd);
	if (family_ask(&r))
		ksft_exit_fail_msg("command %d: %s\n", cmd, r.why);
	if (!family_attr(&r, attr))
		ksft_exit_fail_msg("command %d: no attribute %d in the answer\n",
				   cmd, attr);
	return family_number(family_attr(&r, attr));
}

uint64_t param_get(int attr)
{
	return get(PGHOT_CMD_PARAM_GET, attr);
}

uint64_t info_get(int attr)
{
	return get(PGHOT_CMD_INFO_GET, attr);
}

/* ---- memory --------------------------------------------------------------- */

static int mbind_to(char *mem, size_t pages, int mode, unsigned long mask)
{
	return syscall(SYS_mbind, mem, pages * page_size(), mode,
		       mask ? &mask : NULL, mask ? MAX_NID + 1 : 0, 0);
}

/* Have new pages come from one node, and promotion leave it alone. */
int policy_bind(char *mem, size_t pages, int nid)
{
	return mbind_to(mem, pages, MPOL_BIND, 1UL << nid);
}

int policy_default(char *mem, size_t pages)
{
	return mbind_to(mem, pages, MPOL_DEFAULT, 0);
}

/* Anonymous pages of the base size on a node, written to, that nobody binds. */
char *pages_on(int nid, size_t pages)
{
	size_t size = pages * page_size();
	char *mem = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (mem == MAP_FAILED)
		return NULL;
	/* EINVAL: a kernel without huge pages. */
	if ((madvise(mem, size, MADV_NOHUGEPAGE) && errno != EINVAL) ||
	    policy_bind(mem, pages, nid)) {
		munmap(mem, size);
		return NULL;
	}
	memset(mem, 1, size);
	if (policy_default(mem, pages)) {
		munmap(mem, size);
		return NULL;
	}
	return mem;
}

void pages_free(char *mem, size_t pages)
{
	munmap(mem, pages * page_size());
}

/* Where a page is; negative errno when it is nowhere. */
int page_node(char *page)
{
	void *pages[] = { page };
	int status = -ENOENT;

	if (syscall(SYS_move_pages, 0, 1, pages, NULL, &status, 0))
		return -errno;
	return status;
}

size_t pages_on_node(char *mem, size_t pages, int nid)
{
	size_t i, found = 0;

	for (i = 0; i < pages; i++)
		found += page_node(mem + i * page_size()) == nid;
	return found;
}

/* Its page frame number, 0 when it has none or is hidden. */
uint64_t page_pfn(char *page)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t entry = 0;

	if (fd < 0)
		return 0;
	if (pread(fd, &entry, sizeof(entry),
		  (uintptr_t)page / page_size() * sizeof(entry)) !=
	    sizeof(entry))
		entry = 0;
	close(fd);
	/* Bit 63: present. The number is in bits 0 to 54. */
	return entry >> 63 ? entry & ((1ULL << 55) - 1) : 0;
}
