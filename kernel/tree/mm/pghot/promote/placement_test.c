// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of placement.c: what a single mempolicy allows, by the rules of
 * mpol_misplaced(), and a page that many address spaces map.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/kthread.h>
#include <linux/mempolicy.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/shmem_fs.h>
#include <linux/uaccess.h>
#include <uapi/linux/pghot.h>

#include "base/series.h"
#include "promote/placement.h"

/* Nodes 0 to 2, of which 0 may be the top tier; bits of a mask. */
#define N0	1UL
#define N1	2UL
#define N2	4UL
#define ALL	(N0 | N1 | N2)

/**
 * struct rule - what a policy allows for a page
 * @mode: of the policy
 * @flags: of the policy
 * @nodes: of the policy
 * @from: node that the page is on
 * @allowed: where it may be
 */
struct rule {
	unsigned short mode;
	unsigned short flags;
	unsigned long nodes;
	int from;
	unsigned long allowed;
};

static const struct rule rules[] = {
	/* Who has not asked to be followed is left alone, whatever the mode. */
	{ MPOL_BIND, 0, N0 | N1, 1, N1 },
	{ MPOL_BIND, 0, N0, 1, N1 },
	{ MPOL_PREFERRED, 0, N0, 1, N1 },
	{ MPOL_PREFERRED_MANY, 0, N0 | N1, 1, N1 },
	{ MPOL_INTERLEAVE, 0, N0 | N1, 1, N1 },
	{ MPOL_WEIGHTED_INTERLEAVE, 0, N0 | N1, 1, N1 },
	{ MPOL_LOCAL, 0, 0, 1, N1 },
	/* MPOL_F_NUMA_BALANCING: within the set, also from one of it to another. */
	{ MPOL_BIND, MPOL_F_MOF | MPOL_F_MORON, N0 | N1, 1, N0 | N1 },
	{ MPOL_BIND, MPOL_F_MOF | MPOL_F_MORON, N1, 1, N1 },
	{ MPOL_BIND, MPOL_F_MOF | MPOL_F_MORON, N1 | N2, 1, N1 | N2 },
	{ MPOL_PREFERRED_MANY, MPOL_F_MOF | MPOL_F_MORON, N0 | N1, 1, N0 | N1 },
	/* A page that is in the set stays, one that is not goes there. */
	{ MPOL_BIND, MPOL_F_MOF, N0 | N1, 1, N1 },
	{ MPOL_BIND, MPOL_F_MOF, N0, 1, N0 },
	{ MPOL_PREFERRED, MPOL_F_MOF, N1, 1, N1 },
	{ MPOL_PREFERRED, MPOL_F_MOF, N0, 2, N0 },
	{ MPOL_INTERLEAVE, MPOL_F_MOF, N0 | N1, 1, N1 },
	{ MPOL_INTERLEAVE, MPOL_F_MOF, N0 | N1, 2, N0 | N1 },
	/* Where the CPU is: anywhere. */
	{ MPOL_LOCAL, MPOL_F_MOF, 0, 1, ALL },
};

static void placement_of_one_policy(struct kunit *test)
{
	int i, nid;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		const struct rule *r = &rules[i];
		struct mempolicy pol = { .mode = r->mode, .flags = r->flags };
		unsigned long allowed = 0;
		nodemask_t nodes;

		for (nid = 0; nid < 3; nid++) {
			if (r->nodes & BIT(nid))
				node_set(nid, pol.nodes);
		}
		nodes = pghot_policy_nodes(&pol, r->from);
		for (nid = 0; nid < 3; nid++) {
			if (node_isset(nid, nodes))
				allowed |= BIT(nid);
		}
		KUNIT_EXPECT_EQ_MSG(test, allowed, r->allowed, "rule %d", i);
	}
}

/* No policy allows every node. */
static void placement_of_no_policy(struct kunit *test)
{
	nodemask_t nodes = pghot_policy_nodes(NULL, 1);

	KUNIT_EXPECT_TRUE(test, nodes_full(nodes));
}

/* ---- many users ---------------------------------------------------------------- */

#define NR_USERS	1000

/**
 * struct segment - a page of shared memory, mapped by many
 * @file: the object
 * @folio: its page, with a reference
 * @nr: address spaces that map it
 * @mm: these
 * @addr: where the first one does
 * @ops: those of the first mapping while it has others
 * @placement: answers of its users
 * @users: what they say
 */
struct segment {
	struct file *file;
	struct folio *folio;
	unsigned int nr;
	struct mm_struct *mm[NR_USERS];
	unsigned long addr;
	const struct vm_operations_struct *ops;
	struct pghot_placement placement;
	struct pghot_users users;
};

/* One more address space maps @s and accesses its page. */
static int add_user(struct segment *s)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long addr;
	int err = 0;

	if (!mm)
		return -ENOMEM;
	mm->task_size = TASK_SIZE;
	arch_pick_mmap_layout(mm, &current->signal->rlim[RLIMIT_STACK]);

	kthread_use_mm(mm);
	addr = vm_mmap(s->file, 0, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
		       0);
	if (IS_ERR_VALUE(addr))
		err = addr;
	else if (fault_in_readable((char __user *)addr, 1))
		err = -EFAULT;
	kthread_unuse_mm(mm);

	if (!s->nr)
		s->addr = addr;
	s->mm[s->nr++] = mm;
	return err;
}

static void free_segment(void *data)
{
	struct segment *s = data;

	if (s->folio)
		folio_put(s->folio);
	while (s->nr)
		mmput(s->mm[--s->nr]);
	fput(s->file);
}

static struct segment *make_segment(struct kunit *test, unsigned int users)
{
	struct segment *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct folio *folio;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->file = pghot_shmem_file("pghot-test", PAGE_SIZE);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, s->file);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, free_segment, s));

	for (i = 0; i < users; i++)
		KUNIT_ASSERT_EQ(test, 0, add_user(s));
	folio = filemap_get_folio(s->file->f_mapping, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(folio));
	s->folio = folio;
	KUNIT_ASSERT_EQ(test, folio_mapcount(folio), users);
	return s;
}

/* What a batch is told about the page. */
static int check_segment(struct segment *s, int nid)
{
	int reason;

	pghot_placement_begin(&s->placement);
	folio_lock(s->folio);
	reason = pghot_check_placement(s->folio, nid, &s->placement, &s->users);
	folio_unlock(s->folio);
	return reason;
}

/* A policy that wants the page somewhere else, if only there were such a node. */
static struct mempolicy elsewhere(const struct segment *s)
{
	struct mempolicy pol = {
		.refcnt = ATOMIC_INIT(1),
		.mode = MPOL_BIND,
		.flags = MPOL_F_MOF,
	};

	node_set(folio_nid(s->folio) ? 0 : 1, pol.nodes);
	return pol;
}

/* However many map a page, so many are asked; one of them that is busy is no obstacle. */
static void placement_of_many_users(struct kunit *test)
{
	struct segment *s = make_segment(test, NR_USERS);
	int nid = folio_nid(s->folio), i;

	KUNIT_EXPECT_EQ(test, check_segment(s, nid), -1);
	KUNIT_EXPECT_EQ(test, s->placement.nr, PGHOT_PLACEMENT_ASKED);
	KUNIT_EXPECT_EQ(test, s->users.asked, PGHOT_PLACEMENT_ASKED);
	KUNIT_EXPECT_TRUE(test, nodes_full(s->users.by_policy));
	/* What is known is not asked again. */
	folio_lock(s->folio);
	pghot_check_placement(s->folio, nid, &s->placement, &s->users);
	folio_unlock(s->folio);
	KUNIT_EXPECT_EQ(test, s->placement.next, 0);
	pghot_placement_end(&s->placement);

	for (i = 0; i < 8; i++) {
		mmap_write_lock(s->mm[i]);
		KUNIT_EXPECT_EQ_MSG(test, check_segment(s, nid), -1, "user %d", i);
		mmap_write_unlock(s->mm[i]);
		pghot_placement_end(&s->placement);
	}
}

/* What the object's policy says counts, whoever is asked. */
static void placement_of_object_with_policy(struct kunit *test)
{
	struct segment *s = make_segment(test, NR_USERS);
	struct mempolicy pol = elsewhere(s);
	struct vm_area_struct *vma;
	int err = -ENOENT;

	mmap_read_lock(s->mm[0]);
	vma = find_vma(s->mm[0], s->addr);
	if (vma)
		err = mpol_set_shared_policy(&SHMEM_I(file_inode(s->file))->policy,
					     vma, &pol);
	mmap_read_unlock(s->mm[0]);
	KUNIT_ASSERT_EQ(test, err, 0);

	KUNIT_EXPECT_EQ(test, check_segment(s, folio_nid(s->folio)),
			PGHOT_FAIL_REASON_POLICY);
	/* It says what it allows; that it asks for a node that is not there is its affair. */
	KUNIT_EXPECT_TRUE(test, nodes_equal(s->users.by_policy, pol.nodes));
	KUNIT_EXPECT_TRUE(test, nodes_subset(node_states[N_MEMORY],
					     s->users.by_cpuset));
	KUNIT_EXPECT_EQ(test, s->users.reason, PGHOT_FAIL_REASON_POLICY);
	pghot_placement_end(&s->placement);
}

/* As those of a file that keeps no policy. */
static const struct vm_operations_struct no_policies;

/*
 * Give the mapping of the first user a policy of its own, or none again with NULL, and
 * keep it locked. False when there is no mapping.
 */
static bool lock_with_policy(struct segment *s, struct mempolicy *pol,
			     const struct vm_operations_struct *ops)
{
	struct vm_area_struct *vma;

	mmap_write_lock(s->mm[0]);
	vma = find_vma(s->mm[0], s->addr);
	if (!vma) {
		mmap_write_unlock(s->mm[0]);
		return false;
	}
	vma_start_write(vma);
	swap(vma->vm_ops, ops);
	s->ops = ops;
	vma->vm_policy = pol;
	return true;
}

/* What a page is told while the policy of its first mapping changes, and afterwards. */
static void check_while_locked(struct kunit *test, unsigned int users,
			       int wanted)
{
	struct segment *s = make_segment(test, users);
	struct mempolicy pol = elsewhere(s);
	int nid = folio_nid(s->folio);

	KUNIT_ASSERT_TRUE(test, lock_with_policy(s, &pol, &no_policies));
	KUNIT_EXPECT_EQ_MSG(test, check_segment(s, nid), wanted, "%u users",
			    users);
	pghot_placement_end(&s->placement);
	mmap_write_unlock(s->mm[0]);

	KUNIT_EXPECT_EQ_MSG(test, check_segment(s, nid),
			    PGHOT_FAIL_REASON_POLICY, "%u users", users);
	pghot_placement_end(&s->placement);

	if (lock_with_policy(s, NULL, s->ops))
		mmap_write_unlock(s->mm[0]);
}

/* A policy of a mapping's own counts, too, and the page waits while it changes. */
static void placement_waits_for_policy(struct kunit *test)
{
	check_while_locked(test, 1, PGHOT_FAIL_REASON_BUSY);
	check_while_locked(test, 2, PGHOT_FAIL_REASON_BUSY);
	check_while_locked(test, PGHOT_PLACEMENT_ASKED, PGHOT_FAIL_REASON_BUSY);
}

/* Where not all are asked anyway, another one is asked instead. */
static void placement_asks_another_instead(struct kunit *test)
{
	check_while_locked(test, PGHOT_PLACEMENT_ASKED + 1, -1);
	check_while_locked(test, NR_USERS, -1);
}

static struct kunit_case pghot_placement_cases[] = {
	KUNIT_CASE(placement_of_one_policy),
	KUNIT_CASE(placement_of_no_policy),
	KUNIT_CASE_SLOW(placement_of_many_users),
	KUNIT_CASE_SLOW(placement_of_object_with_policy),
	KUNIT_CASE(placement_waits_for_policy),
	KUNIT_CASE_SLOW(placement_asks_another_instead),
	{}
};

static struct kunit_suite pghot_placement_suite = {
	.name = "pghot_placement",
	.test_cases = pghot_placement_cases,
};

kunit_test_suite(pghot_placement_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot lets users of a page decide");
MODULE_LICENSE("GPL");
