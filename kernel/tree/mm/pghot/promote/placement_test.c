// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of placement.c: what a single mempolicy allows. The rules are those of
 * mpol_misplaced().
 */
#include <kunit/test.h>
#include <linux/mempolicy.h>

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

static struct kunit_case pghot_placement_cases[] = {
	KUNIT_CASE(placement_of_one_policy),
	KUNIT_CASE(placement_of_no_policy),
	{}
};

static struct kunit_suite pghot_placement_suite = {
	.name = "pghot_placement",
	.test_cases = pghot_placement_cases,
};

kunit_test_suite(pghot_placement_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot lets users of a page decide");
MODULE_LICENSE("GPL");
