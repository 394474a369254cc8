// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of evidence.h: what counts as an access to memory, and that what a
 * sample weighs tells hot pages from the average one however many samples there are.
 */
#include <kunit/test.h>
#include <linux/bitfield.h>
#include <linux/perf_event.h>

#include "base/window.h"
#include "record/record.h"
#include "source/hwhint/evidence.h"

#define LVL(x)		PERF_MEM_S(LVL, x)
#define NUM(x)		PERF_MEM_S(LVLNUM, x)
#define HIT		LVL(HIT)
#define REMOTE		PERF_MEM_S(REMOTE, REMOTE)

static bool from_cache(u64 val)
{
	union perf_mem_data_src src = { .val = val };

	return pghot_hw_from_cache(src);
}

/* As the drivers of IBS and PEBS put them together. */
static void evidence_leaves_caches_out(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L1) | NUM(L1)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L2) | NUM(L2)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L3) | NUM(L3)));
	/* Caches of others. */
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L3) | LVL(REM_CCE1) |
					   NUM(ANY_CACHE)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(REM_CCE2) | REMOTE |
					   NUM(ANY_CACHE)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(REM_CCE1) | REMOTE |
					   NUM(L3)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | REMOTE | NUM(ANY_CACHE)));
	/* By the older field alone. */
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L1)));
	KUNIT_EXPECT_TRUE(test, from_cache(HIT | LVL(L2) | NUM(NA)));
}

static void evidence_keeps_memory(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | LVL(LOC_RAM) | NUM(RAM)));
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | LVL(REM_RAM1) | REMOTE |
					    NUM(RAM)));
	/* Intel's "L3 miss, shared". */
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | LVL(REM_RAM1) | REMOTE |
					    NUM(L3)));
	KUNIT_EXPECT_FALSE(test, from_cache(NUM(CXL) | REMOTE));
	KUNIT_EXPECT_FALSE(test, from_cache(NUM(PMEM)));
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | NUM(RAM) | REMOTE));
}

/* What is not known to have come from a cache. */
static void evidence_keeps_the_unknown(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, from_cache(0));
	KUNIT_EXPECT_FALSE(test, from_cache(PERF_MEM_NA));
	KUNIT_EXPECT_FALSE(test, from_cache(LVL(NA) | NUM(NA)));
	KUNIT_EXPECT_FALSE(test, from_cache(LVL(MISS) | NUM(L3)));
	KUNIT_EXPECT_FALSE(test, from_cache(LVL(L1) | LVL(MISS)));
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | LVL(LFB) | NUM(LFB)));
	KUNIT_EXPECT_FALSE(test, from_cache(HIT | LVL(UNC) | NUM(UNC)));
	KUNIT_EXPECT_FALSE(test, from_cache(NUM(MSC)));
}

static void evidence_follows_the_pace(struct kunit *test)
{
	struct pghot_hw_pace pace = {};
	int i;

	KUNIT_EXPECT_EQ(test, pghot_hw_span_ms(&pace, 1000), U32_MAX);

	/* A thousand samples of 4 KiB per second, two million of such pages. */
	for (i = 0; i < 32; i++)
		pghot_hw_pace_add(&pace, 1000, 1000);
	KUNIT_EXPECT_EQ(test, pghot_hw_span_ms(&pace, 2000000), 1000000U);
	/* Of 2 MiB, every one of 4000. */
	pace = (struct pghot_hw_pace) {};
	pghot_hw_pace_add(&pace, 1000 * 512, 1000);
	KUNIT_EXPECT_EQ(test, pghot_hw_span_ms(&pace, 4000 * 512), 2000U);
	/* 6 TiB and none: no overflow. */
	pace = (struct pghot_hw_pace) { .pages = 1, .ms = 1U << 31 };
	KUNIT_EXPECT_EQ(test, pghot_hw_span_ms(&pace, 6ULL << 28), U32_MAX);

	/* It forgets. */
	pace = (struct pghot_hw_pace) {};
	pghot_hw_pace_add(&pace, 1000000, 1000);
	for (i = 0; i < 64; i++)
		pghot_hw_pace_add(&pace, 1000, 1000);
	KUNIT_EXPECT_GT(test, pghot_hw_span_ms(&pace, 2000000), 990000U);
}

static void evidence_weighs_by_number(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(U32_MAX, 4000), 8U);
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(4000, 4000), 8U);
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(2000, 4000), 4U);
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(500, 4000), 1U);
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(0, 4000), 1U);
	KUNIT_EXPECT_EQ(test, pghot_hw_weight(1, 0), 8U);
}

/* Highest heat of a page that is sampled every @apart_ms for a minute. */
static u32 heat_of(u32 apart_ms, u32 span_ms, u32 window_ms)
{
	unsigned int weight = pghot_hw_weight(span_ms, window_ms);
	u32 window = pghot_window_for(window_ms, PGHOT_WINDOW_MAX_MS_DEFAULT,
				      span_ms / PGHOT_WINDOW_LOOKS);
	u32 rec = 0, ms, most = 0;

	for (ms = 0; ms < 20 * max(span_ms, window_ms); ms += apart_ms) {
		rec = pghot_record_access_at(rec, (ms >> PGHOT_BUCKET_SHIFT) &
					     PGHOT_BUCKET_MASK, window,
					     PGHOT_SOURCE_ID_HWHINT, weight, 0);
		most = max(most, FIELD_GET(PGHOT_REC_FREQ, rec));
	}
	return most;
}

/*
 * The average page is sampled twice in four spans. It stays near the threshold, and
 * one that is sampled four times as often gets well above it, whether samples are many
 * or few.
 */
static void evidence_tells_hot_from_average(struct kunit *test)
{
	static const u32 spans[] = { 1000, 2000, 4000, 16000, 60000 };
	int i;

	for (i = 0; i < ARRAY_SIZE(spans); i++) {
		u32 average = heat_of(2 * spans[i], spans[i], 4000);
		u32 hot = heat_of(spans[i] / 2, spans[i], 4000);

		KUNIT_EXPECT_LE(test, average, 2 * PGHOT_HW_WEIGHT);
		KUNIT_EXPECT_GE(test, hot, 3 * PGHOT_HW_WEIGHT);
		KUNIT_EXPECT_GE(test, hot, 2 * average);
	}
}

static struct kunit_case pghot_evidence_cases[] = {
	KUNIT_CASE(evidence_leaves_caches_out),
	KUNIT_CASE(evidence_keeps_memory),
	KUNIT_CASE(evidence_keeps_the_unknown),
	KUNIT_CASE(evidence_follows_the_pace),
	KUNIT_CASE(evidence_weighs_by_number),
	KUNIT_CASE(evidence_tells_hot_from_average),
	{}
};

static struct kunit_suite pghot_evidence_suite = {
	.name = "pghot_evidence",
	.test_cases = pghot_evidence_cases,
};

kunit_test_suite(pghot_evidence_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot's samples are evidence of");
MODULE_LICENSE("GPL");
