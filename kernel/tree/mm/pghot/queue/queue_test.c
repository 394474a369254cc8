// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of queue.c: candidates from an origin that this file makes up. Neither
 * records nor detectors have a part in it.
 */
#include <kunit/test.h>
#include <linux/mm.h>

#include "base/config.h"
#include "base/heat.h"
#include "base/node.h"
#include "queue/origin.h"
#include "queue/queue.h"
#include "queue/submit.h"
#include "queue/update.h"

/* The last index: no machine that runs this has so many targets. */
#define IDX		PGHOT_MAX_TARGETS
#define CAPACITY	PGHOT_HEAP_CAPACITY_MIN
#define ID		PGHOT_ORIGIN_OTHER
/* Page frames that no machine has: nothing is moved, and nothing looked at. */
#define PFN(n)		(BIT(40) + (n))

/* As all queues, it stays for good. */
static struct pghot_queue test_queue;

/* What the origin was told of each page frame; how hot it says that they are. */
static int told[8];
static u8 heat_of[8];
static bool candidate[8];

static bool test_look(unsigned long pfn, struct pghot_view *view)
{
	*view = (struct pghot_view) {
		.time = pghot_bucket(jiffies),
		.freq = heat_of[pfn - PFN(0)],
		.queued = candidate[pfn - PFN(0)],
	};
	return true;
}

static void test_leave(unsigned long pfn, u8 idx, enum pghot_leave why)
{
	told[pfn - PFN(0)] = why;
}

static const struct pghot_origin test_origin = {
	.look = test_look,
	.leave = test_leave,
};

static int queue_test_init(struct kunit *test)
{
	struct pghot_queue *q = &test_queue;
	int i, err;

	for (i = 0; i < ARRAY_SIZE(told); i++) {
		told[i] = -1;
		heat_of[i] = 0;
		candidate[i] = true;
	}
	mutex_lock(&pghot_lock);
	if (!q->idx)
		pghot_queue_init(q, first_memory_node, IDX);
	err = pghot_queue_open(q, CAPACITY, pghot_params.freq_threshold);
	mutex_unlock(&pghot_lock);
	return err;
}

static void close_queue(void)
{
	mutex_lock(&pghot_lock);
	pghot_queue_close(&test_queue);
	mutex_unlock(&pghot_lock);
}

static void queue_test_exit(struct kunit *test)
{
	close_queue();
	pghot_register_origin(ID, NULL);
}

/* As pghot_submit() does it for a target with this queue. */
static bool submit(unsigned long pfn, u8 heat)
{
	struct pghot_arrival a = {
		.pfn = pfn, .nr = 1, .heat = heat, .origin = ID,
	};
	bool ok = false;
	struct pghot_inbox *inbox;

	rcu_read_lock();
	inbox = rcu_dereference(test_queue.inbox);
	if (inbox)
		ok = pghot_ring_push(inbox, &a);
	rcu_read_unlock();
	return ok;
}

static unsigned long pop(u32 least)
{
	struct pghot_heap_entry e;
	unsigned int nr;

	return pghot_queue_pop(&test_queue, least, U64_MAX, &e, &nr) ? e.pfn :
								       0;
}

/* Who keeps nothing has the heat that was submitted, hottest first. */
static void queue_of_one_who_keeps_nothing(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, submit(PFN(1), 10));
	KUNIT_EXPECT_TRUE(test, submit(PFN(2), 30));
	KUNIT_EXPECT_TRUE(test, submit(PFN(3), 20));
	pghot_queue_update(&test_queue);
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 3U);
	KUNIT_EXPECT_EQ(test, pop(0), PFN(2));
	/* What is colder than asked for stays. */
	KUNIT_EXPECT_EQ(test, pop(21), 0UL);
	KUNIT_EXPECT_EQ(test, pop(20), PFN(3));
	KUNIT_EXPECT_EQ(test, pop(0), PFN(1));
	KUNIT_EXPECT_EQ(test, pop(0), 0UL);
}

/* Who registers is asked, whatever it submitted, and told. */
static void queue_asks_the_origin(struct kunit *test)
{
	pghot_register_origin(ID, &test_origin);
	heat_of[1] = 40;
	heat_of[2] = 50;
	candidate[3] = false;
	submit(PFN(1), 60);
	submit(PFN(2), 1);
	/* No candidate any more when it arrives: nothing to do with the queue. */
	submit(PFN(3), 60);
	pghot_queue_update(&test_queue);
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 2U);
	KUNIT_EXPECT_EQ(test, pop(0), PFN(2));
	KUNIT_EXPECT_EQ(test, pop(0), PFN(1));
	KUNIT_EXPECT_EQ(test, told[1], -1);
	KUNIT_EXPECT_EQ(test, told[3], -1);
}

/* A target that ends gives back all: what is ordered, and what is on its way. */
static void queue_closes_with_nothing_left(struct kunit *test)
{
	struct pghot_heap_entry e;
	unsigned int nr;
	int i;

	pghot_register_origin(ID, &test_origin);
	for (i = 1; i <= 3; i++) {
		heat_of[i] = 20 + i;
		submit(PFN(i), 20);
	}
	pghot_queue_update(&test_queue);
	/* One is being migrated, two wait, two are on their way. */
	KUNIT_ASSERT_TRUE(test, pghot_queue_pop(&test_queue, 0, U64_MAX, &e,
						&nr));
	submit(PFN(4), 20);
	submit(PFN(5), 20);

	close_queue();
	for (i = 1; i <= 5; i++)
		KUNIT_EXPECT_EQ(test, told[i], PFN(i) == e.pfn ? -1 :
						(int)PGHOT_LEAVE_DROPPED);
	/* It comes too late. */
	pghot_queue_retry(&test_queue, &e);
	KUNIT_EXPECT_EQ(test, told[e.pfn - PFN(0)], (int)PGHOT_LEAVE_DROPPED);
	KUNIT_EXPECT_FALSE(test, submit(PFN(6), 20));
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 0U);
	KUNIT_EXPECT_EQ(test, pghot_queue_bytes(&test_queue), 0ULL);
	/* And twice is as good as once. */
	close_queue();
}

/* Set aside, it does not keep the others from their turn, and is not lost. */
static void queue_sets_aside(struct kunit *test)
{
	struct pghot_heap_entry e;
	unsigned int nr;

	KUNIT_EXPECT_TRUE(test, submit(PFN(1), 10));
	KUNIT_EXPECT_TRUE(test, submit(PFN(2), 60));
	pghot_queue_update(&test_queue);
	KUNIT_ASSERT_TRUE(test, pghot_queue_pop(&test_queue, 0, U64_MAX, &e,
						&nr));
	KUNIT_EXPECT_EQ(test, e.pfn, PFN(2));
	pghot_queue_retry(&test_queue, &e);
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 2U);
	KUNIT_EXPECT_EQ(test, pop(0), PFN(1));
	KUNIT_EXPECT_EQ(test, pop(0), PFN(2));
}

/* What is sent to a target that does not run goes back to its origin. */
static void queue_reroutes_or_gives_back(struct kunit *test)
{
	struct pghot_heap_entry e;
	unsigned int nr;

	pghot_register_origin(ID, &test_origin);
	heat_of[1] = 20;
	submit(PFN(1), 20);
	pghot_queue_update(&test_queue);
	KUNIT_ASSERT_TRUE(test, pghot_queue_pop(&test_queue, 0, U64_MAX, &e,
						&nr));
	/* To itself, which is as good as any, it arrives. */
	pghot_queue_reroute(&e, IDX);
	KUNIT_EXPECT_EQ(test, told[1], -1);
	pghot_queue_update(&test_queue);
	KUNIT_ASSERT_TRUE(test, pghot_queue_pop(&test_queue, 0, U64_MAX, &e,
						&nr));
	pghot_queue_reroute(&e, 0);
	KUNIT_EXPECT_EQ(test, told[1], (int)PGHOT_LEAVE_NO_ROOM);
}

/* A range names folios by where they begin; where there are none, none wait. */
static void queue_takes_ranges(struct kunit *test)
{
	struct pghot_arrival a = {
		.pfn = PFN(0), .nr = 100, .heat = 20, .origin = ID,
	};

	rcu_read_lock();
	pghot_ring_push(rcu_dereference(test_queue.inbox), &a);
	rcu_read_unlock();
	pghot_queue_update(&test_queue);
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 0U);

	/* Nor does the top tier have anything to promote. */
	a.pfn = node_start_pfn(first_memory_node) + 512;
	rcu_read_lock();
	pghot_ring_push(rcu_dereference(test_queue.inbox), &a);
	rcu_read_unlock();
	pghot_queue_update(&test_queue);
	KUNIT_EXPECT_EQ(test, pghot_queue_length(&test_queue), 0U);
}

/* What one call can ask for is bounded, and what is asked for is not cut short. */
static void queue_bounds_ranges(struct kunit *test)
{
	const unsigned long most = PGHOT_RANGE_PAGES_MAX;
	int nid = test_queue.nid;

	KUNIT_EXPECT_EQ(test, pghot_submit(PFN(0), 0, nid, 20, ID), -EINVAL);
	KUNIT_EXPECT_EQ(test, pghot_submit(PFN(0), most + 1, nid, 20, ID),
			-E2BIG);
	KUNIT_EXPECT_EQ(test, pghot_submit(PFN(0), ULONG_MAX, nid, 20, ID),
			-E2BIG);
	/* The longest is taken, if it was for a target that runs. */
	KUNIT_EXPECT_EQ(test, pghot_submit(PFN(0), most, NUMA_NO_NODE, 20, ID),
			-ENODEV);
}

/* Of rings that are full all is drained, and there is room again. */
static void queue_drains_full_rings(struct kunit *test)
{
	unsigned int cpus = num_possible_cpus(), nr = 0;

	/* Of one CPU, or of several if the test is moved in between. */
	while (nr < cpus * PGHOT_RING_SIZE && submit(PFN(0), 20))
		nr++;
	KUNIT_EXPECT_GE(test, nr, (unsigned int)PGHOT_RING_SIZE);
	pghot_queue_update(&test_queue);
	KUNIT_EXPECT_TRUE(test, submit(PFN(1), 20));
	pghot_queue_update(&test_queue);
	/* Or as many as the heap holds: it is smaller than a ring. */
	KUNIT_EXPECT_GT(test, pghot_queue_length(&test_queue), CAPACITY / 2U);
}

static struct kunit_case pghot_queue_cases[] = {
	KUNIT_CASE(queue_of_one_who_keeps_nothing),
	KUNIT_CASE(queue_asks_the_origin),
	KUNIT_CASE(queue_closes_with_nothing_left),
	KUNIT_CASE(queue_sets_aside),
	KUNIT_CASE(queue_reroutes_or_gives_back),
	KUNIT_CASE(queue_takes_ranges),
	KUNIT_CASE(queue_bounds_ranges),
	KUNIT_CASE(queue_drains_full_rings),
	{}
};

static struct kunit_suite pghot_queue_suite = {
	.name = "pghot_queue",
	.init = queue_test_init,
	.exit = queue_test_exit,
	.test_cases = pghot_queue_cases,
};

kunit_test_suite(pghot_queue_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's queues");
MODULE_LICENSE("GPL");
