// SPDX-License-Identifier: GPL-2.0-or-later
/* Where the memory of nodes lies: zones, and the blocks of those that have holes. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "spans.h"
#include "tree.h"

#define BLOCKS "/sys/devices/system/memory"

static const char zoneinfo[] = "Node 0, zone      DMA\n"
			       "  pages free     2816\n"
			       "        spanned  4095\n"
			       "        present  3999\n"
			       "  pagesets\n"
			       "  node_unreclaimable:  0\n"
			       "  start_pfn:           1\n"
			       "Node 0, zone   Normal\n"
			       "        spanned  0\n"
			       "        present  0\n"
			       "Node 1, zone   Normal\n"
			       "        spanned  0\n"
			       "  start_pfn:           0\n"
			       "Node 1, zone  Movable\n"
			       "        spanned  262144\n"
			       "  start_pfn:           1048576\n";

static struct pghot_span found[8];
static size_t nr_found;

static int take(const struct pghot_span *span, void *data)
{
	(void)data;
	assert_true(nr_found < ARRAY_LEN(found));
	found[nr_found++] = *span;
	return 0;
}

static int stop(const struct pghot_span *span, void *data)
{
	(void)span;
	(void)data;
	return -ENOMEM;
}

static void finds(const struct pghot_span *want, size_t nr)
{
	nr_found = 0;
	assert_int_equal(pghot_spans_read(tree_root, take, NULL), 0);
	assert_int_equal(nr_found, nr);
	for (size_t i = 0; i < nr; i++) {
		assert_int_equal(found[i].nid, want[i].nid);
		assert_int_equal(found[i].start, want[i].start);
		assert_int_equal(found[i].end, want[i].end);
	}
}

static void reads_zoneinfo(void **state)
{
	static const struct pghot_span want[] = { { 0, 1, 4096 }, { 1, 1048576, 1310720 } };

	(void)state;
	assert_int_equal(pghot_spans_read(tree_root, stop, NULL), -ENOENT);
	tree_put("/proc/zoneinfo", zoneinfo);
	finds(want, ARRAY_LEN(want));
	assert_int_equal(pghot_spans_read(tree_root, stop, NULL), -ENOMEM);
}

static void put_block(unsigned int number, const char *state)
{
	char path[64];

	snprintf(path, sizeof(path), BLOCKS "/memory%u/state", number);
	tree_put(path, state);
}

static void leaves_offline_blocks_out(void **state)
{
	static const char holes[] = "Node 1, zone  Movable\n"
				    "        spanned  262144\n"
				    "        present  196608\n"
				    "  start_pfn:           1048576\n";
	static const struct pghot_span whole[] = { { 1, 1048576, 1310720 } };
	static const struct pghot_span parts[] = { { 1, 1048576, 1114112 },
						   { 1, 1179648, 1310720 } };
	static const struct pghot_span ends[] = { { 1, 1114112, 1179648 },
						  { 1, 1245184, 1310720 } };
	char size[32];

	(void)state;
	tree_put("/proc/zoneinfo", holes);
	/* Where the kernel knows no blocks, none can be offline. */
	finds(whole, 1);
	snprintf(size, sizeof(size), "%lx\n", 65536UL * (unsigned long)sysconf(_SC_PAGESIZE));
	tree_put(BLOCKS "/block_size_bytes", size);
	/* Not those of others, nor in the order of their numbers. */
	put_block(2, "online\n");
	for (unsigned int i = 19; i >= 16; i--)
		put_block(i, i == 17 ? "offline\n" : "online\n");
	put_block(40, "online\n");
	finds(parts, 2);
	put_block(16, "offline\n");
	put_block(17, "going-offline\n");
	put_block(18, "offline\n");
	finds(ends, 2);
	assert_int_equal(pghot_spans_read(tree_root, stop, NULL), -ENOMEM);
}

/* By node, where sysfs tells it. */
static void finds_offline_blocks(void **state)
{
	const uint64_t pages = 65536;
	char size[32];

	(void)state;
	nr_found = 0;
	assert_int_equal(pghot_spans_blocks(tree_root), 0);
	assert_int_equal(pghot_spans_offline(tree_root, take, NULL), 0);
	assert_int_equal(nr_found, 0);
	snprintf(size, sizeof(size), "%lx\n", pages * (unsigned long)sysconf(_SC_PAGESIZE));
	tree_put(BLOCKS "/block_size_bytes", size);
	for (unsigned int i = 20; i-- > 10;)
		put_block(i, i % 5 < 2 ? "online\n" : "offline\n");
	/* 12, 13 and 14 are offline, and 17, 18 and 19. */
	tree_put(BLOCKS "/memory18/node1/uevent", "");
	tree_put(BLOCKS "/memory19/node1/uevent", "");
	assert_int_equal(pghot_spans_offline(tree_root, take, NULL), 0);
	assert_int_equal(nr_found, 3);
	assert_int_equal(found[0].nid, PGHOT_SPAN_NID_UNKNOWN);
	assert_int_equal(found[0].start, 12 * pages);
	assert_int_equal(found[0].end, 15 * pages);
	assert_int_equal(found[1].nid, PGHOT_SPAN_NID_UNKNOWN);
	assert_int_equal(found[1].end, 18 * pages);
	assert_int_equal(found[2].nid, 1);
	assert_int_equal(found[2].start, 18 * pages);
	assert_int_equal(found[2].end, 20 * pages);
	assert_int_equal(pghot_spans_offline(tree_root, stop, NULL), -ENOMEM);
	assert_true(pghot_spans_blocks(tree_root) > 0);
}

static void strange_blocks(void **state)
{
	static const char holes[] = "Node 1, zone  Movable\n"
				    "        spanned  262144\n"
				    "        present  1\n"
				    "  start_pfn:           1048576\n";
	static const struct pghot_span whole[] = { { 1, 1048576, 1310720 } };

	(void)state;
	tree_put("/proc/zoneinfo", holes);
	tree_put(BLOCKS "/block_size_bytes", "0\n");
	finds(whole, 1);
	tree_put(BLOCKS "/block_size_bytes", "much\n");
	finds(whole, 1);
	tree_put(BLOCKS "/block_size_bytes", "8000000\n");
	tree_put(BLOCKS "/memory18446744073709551615/state", "online\n");
	nr_found = 0;
	assert_int_equal(pghot_spans_read(tree_root, take, NULL), 0);
	assert_int_equal(nr_found, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_zoneinfo, tree_make, tree_remove),
		cmocka_unit_test_setup_teardown(leaves_offline_blocks_out, tree_make, tree_remove),
		cmocka_unit_test_setup_teardown(finds_offline_blocks, tree_make, tree_remove),
		cmocka_unit_test_setup_teardown(strange_blocks, tree_make, tree_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
