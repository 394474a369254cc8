// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whose memory is hot: made-up processes whose pages and records are known, and one of the
 * test's own that ends while it is looked at.
 */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mapped.h"
#include "tree.h"

#define HOT_FROM  8
/* Node 0 is fast, node 1 slow, node 2 slow and without records. */
#define FAST	  0x100000ULL
#define SLOW	  0x200000ULL
#define UNTRACKED 0x300000ULL
#define NODE_SIZE 0x80000ULL

static uint64_t page_bytes;

static struct pghot_frames *make_frames(void)
{
	struct pghot_frames *f = pghot_frames_new(HOT_FROM);
	struct pghot_node node[] = {
		{ .nid = 0, .toptier = true },
		{ .nid = 1, .tracked_pages = NODE_SIZE },
		{ .nid = 2 },
		{ .nid = UINT32_MAX, .tracked_pages = 1 },
	};
	struct pghot_span span[] = {
		{ .nid = 2, .start = UNTRACKED, .end = UNTRACKED + NODE_SIZE },
		{ .nid = 0, .start = FAST, .end = FAST + NODE_SIZE },
		{ .nid = 1, .start = SLOW, .end = SLOW + NODE_SIZE },
		{ .nid = 1, .start = 5, .end = 5 },
		{ .nid = UINT32_MAX, .start = 1, .end = 2 },
	};

	assert_non_null(f);
	for (size_t i = 0; i < ARRAY_LEN(node); i++)
		assert_int_equal(pghot_frames_node(&node[i], f), 0);
	for (size_t i = 0; i < ARRAY_LEN(span); i++)
		assert_int_equal(pghot_frames_span(&span[i], f), 0);
	return f;
}

static void add(struct pghot_frames *f, uint64_t pfn, unsigned int order, unsigned int freq)
{
	struct pghot_entry e = {
		.pfn = pfn,
		.order = (uint8_t)order,
		.freq = (uint8_t)freq,
		.page_flags = PGHOT_PAGE_FLAG_ANON,
	};

	assert_int_equal(pghot_frames_entry(&e, 1, f), 0);
}

static void check_frame(struct pghot_frames *f, uint64_t pfn, uint32_t nid, enum pghot_side side,
			enum pghot_heat heat, unsigned int freq, unsigned int order)
{
	struct pghot_frame got;

	pghot_frames_find(f, pfn, &got);
	assert_int_equal(got.nid, nid);
	assert_int_equal(got.side, side);
	assert_int_equal(got.heat, heat);
	assert_int_equal(got.freq, freq);
	assert_int_equal(got.order, order);
}

static void frames_are_found(void **state)
{
	struct pghot_frames *f = make_frames();
	struct pghot_entry freed = { .pfn = SLOW + 30, .freq = 9 };

	(void)state;
	assert_true(pghot_frames_tracked(f, PGHOT_SIDE_SLOW));
	assert_false(pghot_frames_tracked(f, PGHOT_SIDE_FAST));
	add(f, SLOW, 0, HOT_FROM - 1);
	add(f, SLOW + 16, 4, HOT_FROM);
	add(f, SLOW + 1024, 9, 63);
	assert_int_equal(pghot_frames_entry(&freed, 1, f), 0);
	add(f, SLOW + 40, 0, 0);
	/* What a newer kernel may say, too. */
	add(f, SLOW + 0x40000, 200, 200);
	assert_int_equal(pghot_frames_records(f), 4);

	check_frame(f, SLOW, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_WARM, HOT_FROM - 1, 0);
	check_frame(f, SLOW + 1, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 15, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 16, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, HOT_FROM, 4);
	check_frame(f, SLOW + 31, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, HOT_FROM, 4);
	check_frame(f, SLOW + 32, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 40, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 1023, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 1024, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, 63, 9);
	check_frame(f, SLOW + 1535, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, 63, 9);
	check_frame(f, SLOW + 1536, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_COLD, 0, 0);
	check_frame(f, SLOW + 0x40000, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, 63, 18);
	check_frame(f, SLOW + NODE_SIZE - 1, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_HOT, 63, 18);
	check_frame(f, FAST, 0, PGHOT_SIDE_FAST, PGHOT_HEAT_UNTRACKED, 0, 0);
	check_frame(f, UNTRACKED, 2, PGHOT_SIDE_SLOW, PGHOT_HEAT_UNTRACKED, 0, 0);
	check_frame(f, FAST - 1, PGHOT_NODES_MAX, PGHOT_SIDES, PGHOT_HEAT_UNTRACKED, 0, 0);
	check_frame(f, SLOW + NODE_SIZE, PGHOT_NODES_MAX, PGHOT_SIDES, PGHOT_HEAT_UNTRACKED, 0, 0);
	check_frame(f, 1, UINT32_MAX, PGHOT_SIDES, PGHOT_HEAT_UNTRACKED, 0, 0);
	check_frame(f, UINT64_MAX, PGHOT_NODES_MAX, PGHOT_SIDES, PGHOT_HEAT_UNTRACKED, 0, 0);
	pghot_frames_free(f);
	pghot_frames_free(NULL);
}

/* The order of records does not matter, nor does one that replaces others. */
static void frames_in_any_order(void **state)
{
	struct pghot_frames *f = make_frames();
	size_t bytes;

	(void)state;
	for (uint64_t i = 0; i < 1024; i++)
		add(f, SLOW + i * 37 % 1024 * 512, 0, 1 + (unsigned int)(i * 37 % 1024 % 60));
	for (uint64_t i = 0; i < 1024; i++)
		check_frame(f, SLOW + i * 512, 1, PGHOT_SIDE_SLOW,
			    1 + i % 60 < HOT_FROM ? PGHOT_HEAT_WARM : PGHOT_HEAT_HOT,
			    1 + (unsigned int)(i % 60), 0);
	/* As the header says: a 2000th of it. */
	bytes = pghot_frames_bytes(f);
	assert_true(bytes <= NODE_SIZE * 4096 / 1900);
	for (uint64_t i = 0; i < 1024; i++)
		add(f, SLOW + i * 512, 9, 3);
	check_frame(f, SLOW + 5000, 1, PGHOT_SIDE_SLOW, PGHOT_HEAT_WARM, 3, 9);
	assert_true(pghot_frames_bytes(f) < bytes / 50);
	pghot_frames_free(f);
}

/* ---- processes ----------------------------------------------------------------- */

/* What was told, as text: a line for each mapping and process. */
static char told[4096];
static unsigned int nr_pages;
static pid_t kill_in;

static void tell_sum(const struct pghot_mapped_sum *sum)
{
	size_t used = strlen(told);

	snprintf(told + used, sizeof(told) - used, " fast");
	for (size_t s = 0; s < PGHOT_SIDES; s++) {
		used = strlen(told);
		snprintf(told + used, sizeof(told) - used,
			 "%s %" PRIu64 "/%" PRIu64 "/%" PRIu64 "/%" PRIu64 " freq %.2f",
			 s ? " slow" : "", sum->pages[s][PGHOT_HEAT_HOT],
			 sum->pages[s][PGHOT_HEAT_WARM], sum->pages[s][PGHOT_HEAT_COLD],
			 sum->pages[s][PGHOT_HEAT_UNTRACKED],
			 (double)sum->freq[s] / PGHOT_MAPPED_FREQ_ONE);
	}
	used = strlen(told);
	snprintf(told + used, sizeof(told) - used, " shared %" PRIu64 " elsewhere %" PRIu64 "\n",
		 sum->shared, sum->elsewhere);
}

static void on_page(const struct pagemap_process *p, uint64_t addr, uint64_t pfn,
		    const struct pghot_frame *frame, void *data)
{
	(void)p;
	(void)data;
	assert_true(addr && pfn && frame->side < PGHOT_SIDES);
	nr_pages++;
}

static void on_mapping(const struct pagemap_process *p, const struct pagemap_mapping *m,
		       const struct pghot_mapped_sum *sum, void *data)
{
	size_t used = strlen(told);

	(void)data;
	snprintf(told + used, sizeof(told) - used, "%d %" PRIx64 "-%" PRIx64 " %s %s:", p->pid,
		 m->start, m->end, m->perms, m->name);
	tell_sum(sum);
}

static void on_process(const struct pagemap_process *p, const struct pghot_mapped_sum *sum,
		       bool complete, void *data)
{
	size_t used = strlen(told);

	(void)data;
	snprintf(told + used, sizeof(told) - used, "%d %s%s:", p->pid, p->comm,
		 complete ? "" : " incomplete");
	tell_sum(sum);
}

static const struct pghot_mapped_ops ops = {
	.page = on_page,
	.mapping = on_mapping,
	.process = on_process,
};

static void put_process(int pid, const char *comm, const char *maps)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	tree_put(path, comm);
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	tree_put(path, maps);
	snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	tree_put(path, "");
}

/* The entry of an address in a sparse file, as pagemap is. */
static void put_page(int pid, uint64_t addr, uint64_t entry)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/proc/%d/pagemap", tree_root, pid);
	fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &entry, sizeof(entry), addr / page_bytes * sizeof(entry)),
			 sizeof(entry));
	close(fd);
}

static void run(const char *proc, const char *cgroup, pid_t pid, int64_t nid,
		struct pghot_frames *f, struct pagemap_status *status)
{
	struct pghot_mapped *m = pghot_mapped_start(proc, cgroup, pid, nid, f, &ops, NULL);

	assert_non_null(m);
	told[0] = '\0';
	nr_pages = 0;
	while (pghot_mapped_step(m, 0))
		;
	*status = *pghot_mapped_status(m);
	pghot_mapped_free(m);
}

static const char *proc_dir(void)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/proc", tree_root);
	return path;
}

#define P PAGEMAP_PRESENT
#define X PAGEMAP_EXCLUSIVE

static void processes_are_joined(void **state)
{
	struct pghot_frames *f = make_frames();
	struct pagemap_status st;
	char cgroup[PATH_MAX];

	(void)state;
	add(f, SLOW, 0, 9);
	add(f, SLOW + 1, 0, 1);
	add(f, SLOW + 512, 9, 32);
	put_process(10, "a\nb\xff\n",
		    "10000000-10010000 r-xp 00000000 08:01 77   /x y\xff\\012z\n"
		    "20000000-20400000 rw-p 00000000 00:00 0 \n"
		    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0   "
		    "[vsyscall]\n");
	put_page(10, 0x10000000, P | FAST);
	put_page(10, 0x10000000 + page_bytes, P | X | SLOW);
	put_page(10, 0x10000000 + 2 * page_bytes, SLOW + 1);
	put_page(10, 0x10000000 + 3 * page_bytes, P | X | (FAST - 7));
	/* Half of a huge page. */
	for (uint64_t i = 0; i < 256; i++)
		put_page(10, 0x20000000 + i * page_bytes, P | X | (SLOW + 512 + i));
	put_page(10, 0x20000000 + 300 * page_bytes, P | X | (UNTRACKED + 4));
	put_page(10, 0x20000000 + 301 * page_bytes, P | X | (SLOW + 100));
	put_process(11, "kthread\n", "");
	put_process(12, "other\n", "10000000-10010000 rw-s 00000000 00:01 5   /dev/shm/s\n");
	put_page(12, 0x10000000, P | (SLOW + 1));
	tree_put("/proc/13/comm", "gone\n");
	tree_put("/cg/cgroup.procs", "12\n");

	run(proc_dir(), NULL, 10, -1, f, &st);
	assert_string_equal(told,
			    "10 10000000-10010000 r-xp /x y\xff\\012z: fast 0/0/0/1 freq 0.00 "
			    "slow 1/0/0/0 freq 9.00 shared 1 elsewhere 1\n"
			    "10 20000000-20400000 rw-p : fast 0/0/0/0 freq 0.00 "
			    "slow 256/0/1/1 freq 16.00 shared 0 elsewhere 0\n"
			    "10 a\nb\xff: fast 0/0/0/1 freq 0.00 slow 257/0/1/1 freq 25.00 "
			    "shared 1 elsewhere 1\n");
	assert_int_equal(nr_pages, 260);
	assert_int_equal(st.pages, 261);
	assert_int_equal(st.processes, 1);

	run(proc_dir(), NULL, 10, 0, f, &st);
	assert_non_null(strstr(told, "10 a\nb\xff: fast 0/0/0/1 freq 0.00 slow 0/0/0/0"));

	snprintf(cgroup, sizeof(cgroup), "%s/cg", tree_root);
	run(proc_dir(), cgroup, 0, -1, f, &st);
	assert_string_equal(told, "12 10000000-10010000 rw-s /dev/shm/s: fast 0/0/0/0 freq 0.00 "
				  "slow 0/1/0/0 freq 1.00 shared 1 elsewhere 0\n"
				  "12 other: fast 0/0/0/0 freq 0.00 slow 0/1/0/0 freq 1.00 "
				  "shared 1 elsewhere 0\n");

	run(proc_dir(), NULL, 0, -1, f, &st);
	assert_non_null(strstr(told, "11 kthread: fast 0/0/0/0 freq 0.00 slow 0/0/0/0"));
	assert_int_equal(st.done, st.processes);
	assert_int_equal(st.gone, 1);
	assert_false(st.hidden);

	run(proc_dir(), NULL, 99, -1, f, &st);
	assert_int_equal(st.errnum, ESRCH);
	pghot_frames_free(f);
}

static void stop_tells_what_there_is(void **state)
{
	struct pghot_frames *f = make_frames();
	struct pghot_mapped *m;

	(void)state;
	put_process(10, "a\n", "10000000-30000000 rw-p 00000000 00:00 0 \n");
	put_page(10, 0x10000000, P | X | SLOW);
	put_page(10, 0x2ffff000, P | X | SLOW);
	m = pghot_mapped_start(proc_dir(), NULL, 10, -1, f, &ops, NULL);
	assert_non_null(m);
	told[0] = '\0';
	/* The process, its mapping, a chunk of that. */
	for (int i = 0; i < 3; i++)
		assert_true(pghot_mapped_step(m, 0));
	assert_string_equal(told, "");
	pghot_mapped_stop(m);
	assert_string_equal(told, "10 10000000-30000000 rw-p : fast 0/0/0/0 freq 0.00 "
				  "slow 0/0/1/0 freq 0.00 shared 0 elsewhere 0\n"
				  "10 a incomplete: fast 0/0/0/0 freq 0.00 "
				  "slow 0/0/1/0 freq 0.00 shared 0 elsewhere 0\n");
	assert_false(pghot_mapped_step(m, 0));
	assert_false(pghot_mapped_status(m)->running);
	pghot_mapped_free(m);
	pghot_frames_free(f);
}

static void end_child(const struct pagemap_process *p, const struct pagemap_mapping *m,
		      const struct pghot_mapped_sum *sum, void *data)
{
	(void)m;
	(void)sum;
	(void)data;
	if (p->pid != kill_in)
		return;
	assert_int_equal(kill(kill_in, SIGKILL), 0);
	assert_int_equal(waitpid(kill_in, NULL, 0), kill_in);
	kill_in = 0;
}

/* A real one: its files are open, and empty from one moment to the next. */
static void a_process_ends_meanwhile(void **state)
{
	const struct pghot_mapped_ops killer = { .mapping = end_child, .process = on_process };
	struct pghot_frames *f = make_frames();
	struct pagemap_status st;
	struct pghot_mapped *m;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (!pid)
		for (;;)
			pause();
	kill_in = pid;
	m = pghot_mapped_start("/proc", NULL, pid, -1, f, &killer, NULL);
	assert_non_null(m);
	told[0] = '\0';
	while (pghot_mapped_step(m, 1000000))
		;
	st = *pghot_mapped_status(m);
	assert_int_equal(kill_in, 0);
	assert_int_equal(st.gone, 1);
	assert_int_equal(st.done, 1);
	assert_non_null(strstr(told, " incomplete:"));
	pghot_mapped_free(m);

	/* One that does not is complete. */
	m = pghot_mapped_start("/proc", NULL, getpid(), -1, f, &killer, NULL);
	assert_non_null(m);
	told[0] = '\0';
	while (pghot_mapped_step(m, 1000000))
		;
	assert_int_equal(pghot_mapped_status(m)->gone, 0);
	assert_null(strstr(told, "incomplete"));
	assert_true(pghot_mapped_status(m)->pages > 10);
	pghot_mapped_free(m);
	pghot_frames_free(f);
}

/* Pages here and there, which the kernel tells one by one. */
static void nothing_is_lost_between_regions(void **state)
{
	size_t bytes = 4096 * page_bytes, present = 0;
	struct pghot_frames *f = make_frames();
	struct pghot_mapped *m;
	char *memory =
		mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t before = 0, after = 0;

	(void)state;
	assert_ptr_not_equal(memory, MAP_FAILED);
	madvise(memory, bytes, MADV_NOHUGEPAGE);
	for (int round = 0; round < 2; round++) {
		m = pghot_mapped_start("/proc", NULL, getpid(), -1, f, &ops, NULL);
		assert_non_null(m);
		while (pghot_mapped_step(m, UINT32_MAX))
			told[0] = '\0';
		*(round ? &after : &before) = pghot_mapped_status(m)->pages;
		pghot_mapped_free(m);
		/* Every 1st, 2nd, 3rd… of them; and some that are the zero page. */
		for (size_t i = 0, step = 1; i < 4096 && !round; i += step++) {
			memory[i * page_bytes] = 1;
			present++;
		}
	}
	/* What the process does besides takes some, under sanitizers for each; none counts twice. */
	assert_in_range(after - before, present, present * 3 / 2 + 20);
	munmap(memory, bytes);
	pghot_frames_free(f);
}

static size_t bytes_in_use(void)
{
	return mallinfo2().uordblks;
}

static void memory_does_not_grow(void **state)
{
	struct pghot_frames *f = make_frames();
	struct pagemap_status st;
	size_t most = 0;

	(void)state;
	for (int pid = 100; pid < 600; pid++) {
		put_process(pid, "many\n",
			    "10000000-10100000 rw-p 00000000 00:00 0 \n"
			    "20000000-20100000 rw-p 00000000 00:00 0 \n");
		put_page(pid, 0x10000000, P | X | (SLOW + (uint64_t)pid));
	}
	for (int round = 0; round < 2; round++) {
		struct pghot_mapped *m;

		m = pghot_mapped_start(proc_dir(), NULL, round ? 0 : 100, -1, f,
				       &(const struct pghot_mapped_ops){ 0 }, NULL);
		assert_non_null(m);
		while (pghot_mapped_step(m, 0)) {
			if (!round && bytes_in_use() > most)
				most = bytes_in_use();
			/* But for the numbers of the processes. */
			else if (round)
				assert_true(bytes_in_use() <= most + 8192);
		}
		st = *pghot_mapped_status(m);
		pghot_mapped_free(m);
	}
	assert_int_equal(st.pages, 500);
	pghot_frames_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_found),
		cmocka_unit_test(frames_in_any_order),
		cmocka_unit_test_setup_teardown(processes_are_joined, tree_make, tree_remove),
		cmocka_unit_test_setup_teardown(stop_tells_what_there_is, tree_make, tree_remove),
		cmocka_unit_test(a_process_ends_meanwhile),
		cmocka_unit_test(nothing_is_lost_between_regions),
		cmocka_unit_test_setup_teardown(memory_does_not_grow, tree_make, tree_remove),
	};

	page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
