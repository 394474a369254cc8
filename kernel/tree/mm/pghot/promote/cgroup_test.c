// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of cgroup.c: what follows for a memory cgroup from those that it is in. */
#include <kunit/test.h>

#include "promote/cgroup.h"

/* The root, a slice, and a container in it, as systemd and container engines nest them. */
struct family {
	struct pghot_cgroup root;
	struct pghot_cgroup slice;
	struct pghot_cgroup scope;
};

static struct family *make_family(struct kunit *test)
{
	struct family *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->slice.parent = &f->root;
	f->scope.parent = &f->slice;
	f->root.promote = true;
	f->slice.promote = true;
	f->scope.promote = true;
	f->root.share = PGHOT_CGROUP_SHARE_MAX;
	f->slice.share = PGHOT_CGROUP_SHARE_MAX;
	f->scope.share = PGHOT_CGROUP_SHARE_MAX;
	return f;
}

static void cgroup_promotes(struct kunit *test)
{
	struct family *f = make_family(test);

	/* Whoever is not charged to any is told nothing. */
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_promotes(NULL));
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_promotes(&f->scope));

	f->scope.promote = false;
	KUNIT_EXPECT_FALSE(test, pghot_cgroup_promotes(&f->scope));
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_promotes(&f->slice));

	/* What a slice was told no scope in it can take back. */
	f->scope.promote = true;
	f->slice.promote = false;
	KUNIT_EXPECT_FALSE(test, pghot_cgroup_promotes(&f->scope));
	KUNIT_EXPECT_FALSE(test, pghot_cgroup_promotes(&f->slice));
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_promotes(&f->root));
}

/* Give a memory cgroup a share. */
static void share(struct kunit *test, struct pghot_cgroup *g, u32 percent)
{
	if (!g->shares)
		g->shares = kunit_kzalloc(test, sizeof(*g->shares), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, g->shares);
	g->share = percent;
}

/* Pages of ten that a memory cgroup gets in a minute, when there are always some. */
static u64 in_a_minute(struct pghot_cgroup *g, u64 per_sec, u64 *now_ns)
{
	u64 end = *now_ns + 60 * NSEC_PER_SEC, got = 0;

	for (; *now_ns < end; *now_ns += 10 * NSEC_PER_MSEC) {
		while (got < 60 * per_sec &&
		       pghot_cgroup_take_share(g, 1, per_sec, *now_ns, 10))
			got += 10;
	}
	return got;
}

static void cgroup_shares(struct kunit *test)
{
	struct family *f = make_family(test);
	u64 now = 1000 * NSEC_PER_SEC, got;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, pghot_cgroup_least_share(NULL), 100);
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(NULL, 1, 1, now, 512));
	/* Who was told of no share has all there is. */
	KUNIT_EXPECT_EQ(test, pghot_cgroup_least_share(&f->scope), 100);
	KUNIT_EXPECT_EQ(test, in_a_minute(&f->scope, 1000, &now), 60000);

	/* A part of what there is, and a second's worth of burst. */
	share(test, &f->scope, 10);
	KUNIT_EXPECT_EQ(test, pghot_cgroup_least_share(&f->scope), 10);
	got = in_a_minute(&f->scope, 1000, &now);
	KUNIT_EXPECT_GE(test, got, 6000);
	KUNIT_EXPECT_LE(test, got, 6000 + 100 + 10);
	KUNIT_EXPECT_EQ(test, in_a_minute(&f->slice, 1000, &now), 60000);

	/* The share of a slice is that of all its scopes together. */
	share(test, &f->scope, 80);
	share(test, &f->slice, 20);
	KUNIT_EXPECT_EQ(test, pghot_cgroup_least_share(&f->scope), 20);
	got = in_a_minute(&f->scope, 1000, &now);
	KUNIT_EXPECT_GE(test, got, 12000);
	KUNIT_EXPECT_LE(test, got, 12000 + 200 + 10);
	KUNIT_EXPECT_FALSE(test, pghot_cgroup_take_share(&f->slice, 1, 1000, now - 1, 10));
	/* Other targets have shares of their own. */
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(&f->slice, 2, 1000, now, 10));

	/* However small, it is not nothing; and large folios come more rarely. */
	share(test, &f->scope, 1);
	now += 3600 * NSEC_PER_SEC;
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(&f->scope, 1, 32, now, 512));
	for (i = 0; i < 511; i++) {
		now += NSEC_PER_SEC;
		KUNIT_EXPECT_FALSE(test, pghot_cgroup_take_share(&f->scope, 1, 32, now, 1));
	}
	now += 2 * NSEC_PER_SEC;
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(&f->scope, 1, 32, now, 1));
}

/* What did not move after all is there to be taken again, in all of the shares. */
static void cgroup_gives_back(struct kunit *test)
{
	struct family *f = make_family(test);
	u64 now = 1000 * NSEC_PER_SEC;
	unsigned int i;

	share(test, &f->scope, 50);
	share(test, &f->slice, 50);
	for (i = 0; i < 100; i++) {
		KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(&f->scope, 1, 100, now, 512));
		pghot_cgroup_give_back(&f->scope, 1, 512);
	}
	KUNIT_EXPECT_TRUE(test, pghot_cgroup_take_share(&f->scope, 1, 100, now, 512));
	KUNIT_EXPECT_FALSE(test, pghot_cgroup_take_share(&f->scope, 1, 100, now, 1));
}

static void cgroup_counts(struct kunit *test)
{
	struct family *f = make_family(test);
	struct pghot_cgroup_counts counts = {
		.n[PGHOT_CGROUP_PROMOTED] = 512,
		.n[PGHOT_CGROUP_FAILED + PGHOT_FAIL_REASON_BUSY] = 3,
		.n[PGHOT_CGROUP_FAILED + PGHOT_NR_FAIL_REASONS - 1] = 1,
	};
	struct pghot_cgroup *all[] = { &f->root, &f->slice, &f->scope };
	unsigned int i, e;

	pghot_cgroup_add(NULL, &counts);
	pghot_cgroup_add(&f->scope, &counts);
	pghot_cgroup_add(&f->slice, &counts);
	for (i = 0; i < ARRAY_SIZE(all); i++) {
		/* Each has what is below, and nobody what is above. */
		u64 times = all[i] == &f->scope ? 1 : 2;

		for (e = 0; e < PGHOT_CGROUP_NR_EVENTS; e++)
			KUNIT_EXPECT_EQ(test, times * counts.n[e],
					atomic64_read(&all[i]->count[e]));
	}
}

static struct kunit_case pghot_cgroups_cases[] = {
	KUNIT_CASE(cgroup_promotes),
	KUNIT_CASE(cgroup_shares),
	KUNIT_CASE(cgroup_gives_back),
	KUNIT_CASE(cgroup_counts),
	{}
};

static struct kunit_suite pghot_cgroups_suite = {
	.name = "pghot_cgroups",
	.test_cases = pghot_cgroups_cases,
};

kunit_test_suite(pghot_cgroups_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot keeps of memory cgroups");
MODULE_LICENSE("GPL");
