// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of scan.c, which includes this: an address space whose lock is taken is come
 * back to, and the lock is not kept from others for longer than it takes to look at a few
 * page tables.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/swap.h>
#include <linux/uaccess.h>

/* Pages that are accessed, of 9 or 10 PTE tables. */
#define PAGES		(9 * PTRS_PER_PTE)

/* Leaf entries for which the walk keeps its locks, and the rest of a table. */
#define MOST_HELD	(2048 + PTRS_PER_PTE)

/* More than the VMAs for which it keeps them. */
#define MANY_VMAS	2500

/**
 * struct scan_test - an address space, and a thread that takes its lock
 * @ls: who scans
 * @mm: that of the test's thread
 * @addr: PAGES pages that have been accessed
 * @holder: takes the lock for writing
 * @take: tells it to
 * @taken: it has
 * @release: tells it to give the lock back
 * @most_held: leaf entries, at most, for which the walk kept its locks
 * @asked: the holder has been told to take the lock, during the walk
 * @came_after: pages that were looked at before it got it
 */
struct scan_test {
	struct lruscan *ls;
	struct mm_struct *mm;
	unsigned long addr;

	struct task_struct *holder;
	struct completion take;
	struct completion taken;
	struct completion release;

	int most_held;
	bool asked;
	u64 came_after;
};

/* For the callbacks of a walk, which know nothing else. */
static struct scan_test *scan_test;

static int hold_lock(void *data)
{
	struct scan_test *t = data;

	wait_for_completion(&t->take);
	mmap_write_lock(t->mm);
	t->came_after = READ_ONCE(t->ls->accessed);
	complete(&t->taken);
	wait_for_completion(&t->release);
	mmap_write_unlock(t->mm);
	return 0;
}

static void take_lock(struct scan_test *t)
{
	complete(&t->take);
	wait_for_completion(&t->taken);
}

/* And wait until it is free again. */
static void release_lock(struct scan_test *t)
{
	complete_all(&t->take);
	complete(&t->release);
	kthread_stop_put(t->holder);
	t->holder = NULL;
}

static void touch_pages(struct kunit *test, unsigned long addr, unsigned long nr)
{
	unsigned long i;

	for (i = 0; i < nr; i++)
		KUNIT_ASSERT_EQ(test, 0, put_user(1, (u8 __user *)(addr + i * PAGE_SIZE)));
}

static unsigned long map_pages(struct kunit *test, unsigned long nr, unsigned long prot)
{
	return kunit_vm_mmap(test, NULL, 0, nr * PAGE_SIZE, prot,
			     MAP_PRIVATE | MAP_ANONYMOUS, 0);
}

static int scan_test_init(struct kunit *test)
{
	struct scan_test *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	struct lruscan *ls;

	if (!t)
		return -ENOMEM;

	test->priv = t;
	scan_test = t;
	init_completion(&t->take);
	init_completion(&t->taken);
	init_completion(&t->release);

	ls = alloc_lruscan();
	if (!ls)
		return -ENOMEM;
	t->ls = ls;
	/* What it finds on these nodes nobody keeps a record of. */
	ls->lower = node_states[N_MEMORY];
	ls->memcg = mem_cgroup_disabled() ? NULL : root_mem_cgroup;
	ls->round = 1;
	ls->meets_all = true;
	ls->left = INT_MAX;
	ls->pauses = MAX_PAUSES;

	t->addr = map_pages(test, PAGES, PROT_READ | PROT_WRITE);
	if (!t->addr)
		return -ENOMEM;
	t->mm = current->mm;
	mmgrab(t->mm);
	KUNIT_ASSERT_EQ(test, 0, do_madvise(t->mm, t->addr, PAGES * PAGE_SIZE, MADV_NOHUGEPAGE));
	touch_pages(test, t->addr, PAGES);
	/* A walk may pass over what is on its way to the lists. */
	lru_add_drain_all();

	t->holder = kthread_run(hold_lock, t, "pghot-test");
	if (IS_ERR(t->holder)) {
		t->holder = NULL;
		return -ENOMEM;
	}
	get_task_struct(t->holder);
	return 0;
}

static void scan_test_exit(struct kunit *test)
{
	struct scan_test *t = test->priv;

	if (!t)
		return;
	if (t->holder)
		release_lock(t);
	if (t->mm)
		mmdrop(t->mm);
	if (t->ls) {
		while (t->ls->nr_late)
			forget_late(t->ls, &t->ls->late[0]);
		free_lruscan(t->ls);
	}
}

static void lruscan_comes_back_to_who_is_locked(struct kunit *test)
{
	struct scan_test *t = test->priv;
	struct lruscan *ls = t->ls;

	take_lock(t);
	/* The round goes on, and does not begin a second one for it. */
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_EQ(test, 1U, ls->nr_late);
	KUNIT_EXPECT_TRUE(test, is_late(ls, t->mm));
	catch_up(ls);
	KUNIT_EXPECT_TRUE(test, is_late(ls, t->mm));
	KUNIT_EXPECT_EQ(test, 0ULL, ls->accessed);

	release_lock(t);
	catch_up(ls);
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
	KUNIT_EXPECT_EQ(test, 0U, ls->nr_late);
}

static void lruscan_goes_on_where_it_was(struct kunit *test)
{
	struct scan_test *t = test->priv;
	struct lruscan *ls = t->ls;
	unsigned long addr;
	u64 accessed;

	/* A pass that ends within the address space, and the lock is taken before the next. */
	ls->left = 2 * PTRS_PER_PTE;
	KUNIT_EXPECT_FALSE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_GE(test, ls->accessed, (u64)PTRS_PER_PTE);
	accessed = ls->accessed;
	addr = ls->addr;
	KUNIT_EXPECT_GT(test, addr, t->addr);

	take_lock(t);
	ls->left = INT_MAX;
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_ASSERT_EQ(test, 1U, ls->nr_late);
	KUNIT_EXPECT_EQ(test, addr, ls->late[0].addr);
	KUNIT_EXPECT_EQ(test, accessed, ls->accessed);

	/* The rest in parts, too. */
	release_lock(t);
	ls->left = PTRS_PER_PTE;
	catch_up(ls);
	KUNIT_ASSERT_EQ(test, 1U, ls->nr_late);
	KUNIT_EXPECT_GT(test, ls->late[0].addr, addr);
	KUNIT_EXPECT_EQ(test, 0U, ls->late[0].tries);
	KUNIT_EXPECT_GT(test, ls->accessed, accessed);
	ls->left = INT_MAX;
	catch_up(ls);
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
	KUNIT_EXPECT_EQ(test, 0U, ls->nr_late);
}

/* Who never lets go is given up for the round, and nothing is kept of it. */
static void lruscan_gives_up_who_is_stuck(struct kunit *test)
{
	struct scan_test *t = test->priv;
	int references = atomic_read(&t->mm->mm_count);
	struct lruscan *ls = t->ls;
	unsigned int i;

	take_lock(t);
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	for (i = 0; i < LATE_TRIES; i++) {
		KUNIT_EXPECT_EQ(test, 1U, ls->nr_late);
		catch_up(ls);
	}
	KUNIT_EXPECT_EQ(test, 0U, ls->nr_late);
	KUNIT_EXPECT_EQ(test, references, atomic_read(&t->mm->mm_count));

	/* Until the next round. */
	release_lock(t);
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
}

static void note_held(struct lru_gen_scan *scan, struct folio *folio)
{
	struct scan_test *t = scan_test;

	t->most_held = max(t->most_held, scan->walk.mm_stats[MM_LEAF_TOTAL] - scan->begun);
	report(scan, folio);
}

static void lruscan_gives_back_locks(struct kunit *test)
{
	struct scan_test *t = test->priv;
	struct lruscan *ls = t->ls;

	ls->scan.accessed = note_held;
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
	KUNIT_EXPECT_GT(test, t->most_held, 0);
	KUNIT_EXPECT_LE(test, t->most_held, (int)MOST_HELD);
}

/* In the midst of the walk somebody begins to wait for the lock. */
static void ask_for_lock(struct lru_gen_scan *scan, struct folio *folio)
{
	struct scan_test *t = scan_test;
	unsigned long end = jiffies + HZ;

	report(scan, folio);
	if (t->asked)
		return;
	t->asked = true;
	complete(&t->release);
	complete(&t->take);
	while (!mmap_lock_is_contended(t->mm) && time_before(jiffies, end))
		cpu_relax();
}

static void lruscan_gives_way_to_who_waits(struct kunit *test)
{
	struct scan_test *t = test->priv;
	struct lruscan *ls = t->ls;

	if (num_online_cpus() < 2)
		kunit_skip(test, "nobody can begin to wait on a single CPU");

	ls->scan.accessed = ask_for_lock;
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	catch_up(ls);
	wait_for_completion(&t->taken);
	/* After the page table that was being looked at. */
	KUNIT_EXPECT_GE(test, t->came_after, 1ULL);
	KUNIT_EXPECT_LE(test, t->came_after, (u64)PTRS_PER_PTE);
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
}

static void note_vmas(struct lru_gen_scan *scan, struct folio *folio)
{
	scan_test->most_held = max(scan_test->most_held, -scan->vmas);
	report(scan, folio);
}

static void lruscan_gives_back_locks_among_vmas(struct kunit *test)
{
	struct scan_test *t = test->priv;
	struct lruscan *ls = t->ls;
	unsigned long addr = map_pages(test, 2 * MANY_VMAS, PROT_NONE);
	unsigned int i;

	/* Pages that nobody may access, with holes between them: all there is before @addr. */
	KUNIT_ASSERT_NE(test, addr, 0UL);
	KUNIT_ASSERT_LT(test, addr, t->addr);
	for (i = 1; i < 2 * MANY_VMAS; i += 2)
		KUNIT_ASSERT_EQ(test, 0, vm_munmap(addr + i * PAGE_SIZE, PAGE_SIZE));
	KUNIT_ASSERT_GE(test, t->mm->map_count, MANY_VMAS);

	ls->scan.accessed = note_vmas;
	KUNIT_EXPECT_TRUE(test, scan_mm(ls, t->mm));
	KUNIT_EXPECT_EQ(test, (u64)PAGES, ls->accessed);
	KUNIT_EXPECT_LE(test, t->most_held, 0);
}

static struct kunit_case pghot_lruscan_scan_cases[] = {
	KUNIT_CASE(lruscan_comes_back_to_who_is_locked),
	KUNIT_CASE(lruscan_goes_on_where_it_was),
	KUNIT_CASE(lruscan_gives_up_who_is_stuck),
	KUNIT_CASE(lruscan_gives_back_locks),
	KUNIT_CASE(lruscan_gives_way_to_who_waits),
	KUNIT_CASE(lruscan_gives_back_locks_among_vmas),
	{}
};

static struct kunit_suite pghot_lruscan_scan_suite = {
	.name = "pghot_lruscan_scan",
	.init = scan_test_init,
	.exit = scan_test_exit,
	.test_cases = pghot_lruscan_scan_cases,
};

kunit_test_suite(pghot_lruscan_scan_suite);
