// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot selftest: pages of a lower tier move to the top one, and those that must
 * not do not. Where pages are is asked of move_pages(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../kselftest.h"
#include "machine.h"

#define NUMA_BALANCING_SYSCTL	"/proc/sys/kernel/numa_balancing"

/*
 * Of so many new pages the first is on its LRU list, where it can be isolated: it
 * does not wait in a batch of this CPU's any more.
 */
#define SOME_PAGES	64

/* Pages whose accesses are to be noticed, and how long that may take. */
#define HOT_PAGES	1024
#define PATIENCE_S	120

static struct machine machine;

/* Promote one page by hand. Return: 0 or a negative errno. */
static int promote(struct request *r, char *page)
{
	uint64_t pfn = page_pfn(page);

	if (!pfn)
		return -EFAULT;
	family_begin(r, PGHOT_CMD_PROMOTE);
	family_put(r, PGHOT_A_PROMOTE_PFN, &pfn, sizeof(pfn));
	family_put_u32(r, PGHOT_A_PROMOTE_NID, machine.top);
	return family_ask(r);
}

static void test_by_hand(void)
{
	char *page = pages_on(machine.lower, SOME_PAGES);
	struct request r;
	int i, err = -ENOMEM;

	/* What keeps it from moving at the moment, such as a lock, passes. */
	for (i = 0; page && i < 50 && page_node(page) == machine.lower; i++) {
		err = promote(&r, page);
		if (err)
			break;
		usleep(100000);
	}
	if (err)
		ksft_print_msg("promote: %s\n", err == -ENOMEM ? "no page" : r.why);
	ksft_test_result(page && !err && page_node(page) == machine.top &&
			 *page == 1,
			 "promote: a page by hand, with what is in it\n");
	if (page)
		pages_free(page, SOME_PAGES);
}

static void test_bound(void)
{
	char *page = pages_on(machine.lower, SOME_PAGES);
	uint64_t policy = 0;
	struct request r;
	int i, err = -ENOMEM;

	if (page && policy_bind(page, SOME_PAGES, machine.lower))
		err = -errno;
	else
		for (i = 0; page && i < 50 && !policy; i++) {
			err = promote(&r, page);
			if (err)
				break;
			policy = family_nested(family_attr(&r, PGHOT_A_PROMOTE_FAILED),
					       PGHOT_A_FAILED_POLICY);
			usleep(100000);
		}
	ksft_test_result(!err && policy == 1 && page_node(page) == machine.lower,
			 "promote: a page that mbind(2) keeps there stays\n");
	if (page)
		pages_free(page, SOME_PAGES);
}

static int numa_balancing(int mode)
{
	FILE *f = fopen(NUMA_BALANCING_SYSCTL, "r+");
	int before = -1;

	if (!f)
		return -1;
	if (fscanf(f, "%d", &before) != 1)
		before = -1;
	rewind(f);
	if (fprintf(f, "%d\n", mode) < 0)
		before = -1;
	if (fclose(f))
		before = -1;
	return before;
}

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/*
 * Access all pages again and again until most of them are on the top tier. Without a
 * rest: NUMA balancing goes by the CPU time of a task.
 */
static bool warm_up(char *mem)
{
	time_t end = now() + PATIENCE_S;
	size_t i, pass;

	do {
		for (pass = 0; pass < 10000; pass++) {
			for (i = 0; i < HOT_PAGES; i++)
				__atomic_fetch_add(mem + i * page_size(), 1,
						   __ATOMIC_RELAXED);
		}
		if (pages_on_node(mem, HOT_PAGES, machine.top) > HOT_PAGES / 2)
			return true;
	} while (now() < end);
	return false;
}

static void test_hint_faults(void)
{
	char *mem = NULL;
	struct request r;
	bool good = false;
	int before, err;

	before = numa_balancing(2);
	if (before < 0) {
		ksft_test_result_skip("hintfault: no " NUMA_BALANCING_SYSCTL "\n");
		return;
	}
	err = source_set(&r, PGHOT_SOURCE_ID_HINTFAULT, true);
	if (!err) {
		mem = pages_on(machine.lower, HOT_PAGES);
		good = mem && warm_up(mem);
		if (mem)
			ksft_print_msg("%zu of %d pages on node %d\n",
				       pages_on_node(mem, HOT_PAGES, machine.top),
				       HOT_PAGES, machine.top);
	} else {
		ksft_print_msg("hintfault: %s\n", r.why);
	}
	good = (err || !source_set(&r, PGHOT_SOURCE_ID_HINTFAULT, false)) && good;
	numa_balancing(before);
	if (mem)
		pages_free(mem, HOT_PAGES);

	if (err == -ENOENT)
		ksft_test_result_skip("hintfault: no CONFIG_PGHOT_HINTFAULT\n");
	else
		ksft_test_result(good, "hintfault: hot pages are promoted\n");
}

int main(void)
{
	ksft_print_header();
	machine_check(&machine);
	if (machine.lower < 0 || machine.top < 0)
		ksft_exit_skip("all nodes are in one memory tier\n");

	ksft_set_plan(3);
	test_by_hand();
	test_bound();
	test_hint_faults();
	ksft_finished();
}
