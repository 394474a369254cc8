// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of weight.h: what hint faults and accessed bits tell of how hot a page is. */
#include <kunit/test.h>
#include <linux/time64.h>

#include "base/window.h"
#include "record/record.h"
#include "record/weight.h"

#define WINDOW	16U	/* buckets: 4000 ms, or nearly */

static u32 freq_of(u32 rec)
{
	return FIELD_GET(PGHOT_REC_FREQ, rec);
}

/* ---- hint faults ------------------------------------------------------------- */

static void weight_of_a_hint_fault(struct kunit *test)
{
	u32 hot, latency;

	/* Two steps for each halving; what is later than hot says nothing. */
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(1001, 1000, 8), 1U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(U32_MAX - 1, 1000, 8), 1U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(1000, 1000, 8), 8U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(499, 1000, 8), 10U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(249, 1000, 8), 12U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(0, 1000, 8), 27U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(0, 1, 8), 8U);
	KUNIT_EXPECT_EQ(test, pghot_hint_heat(0, 1000, PGHOT_FREQ_MAX),
			PGHOT_FREQ_MAX);

	/* Later never counts more, and what is in time makes a page hot. */
	for (hot = PGHOT_HOT_LATENCY_MS_MIN; hot <= PGHOT_HOT_LATENCY_MS_MAX;
	     hot += 13) {
		u32 before = PGHOT_FREQ_MAX;

		for (latency = 0; latency <= hot; latency++) {
			u32 heat = pghot_hint_heat(latency, hot, 8);

			KUNIT_ASSERT_LE(test, heat, before);
			KUNIT_ASSERT_GE(test, heat, 8U);
			before = heat;
		}
		KUNIT_EXPECT_EQ(test, before, 8U);
		KUNIT_EXPECT_EQ(test, pghot_hint_heat(latency, hot, 8), 1U);
	}
}

/* ---- accessed bits --------------------------------------------------------- */

/*
 * Looks after which a page is hot that is found accessed at every @nth, of 64 that
 * are @interval_ms apart; 0 when it never is.
 */
static u32 looks_until_hot(u32 interval_ms, u32 window, u32 weight, u32 phase,
			   u32 nth, u32 threshold)
{
	u32 look, rec = 0;

	for (look = 0; look < 64; look += nth) {
		u32 bucket = ((u64)look * interval_ms + phase) >>
			     PGHOT_BUCKET_SHIFT;

		rec = pghot_record_access_at(rec, bucket & PGHOT_BUCKET_MASK,
					     window, PGHOT_SOURCE_ID_MMSCAN,
					     weight, 0);
		if (freq_of(rec) >= threshold)
			return look + 1;
	}
	return 0;
}

static u32 weight_of(u32 interval_ms, u32 window)
{
	return pghot_scan_weight(interval_ms, window,
				 PGHOT_FREQ_THRESHOLD_DEFAULT);
}

/* What is promised for the defaults of the sources that scan. */
static void weight_of_a_look(struct kunit *test)
{
	u32 hot = PGHOT_FREQ_THRESHOLD_DEFAULT;
	u32 most = WINDOW << PGHOT_BUCKET_SHIFT, phase;

	KUNIT_EXPECT_EQ(test, weight_of(0, WINDOW), 1U);
	KUNIT_EXPECT_EQ(test, weight_of(500, WINDOW), 1U);
	KUNIT_EXPECT_EQ(test, weight_of(1000, WINDOW), 2U);
	KUNIT_EXPECT_EQ(test, weight_of(2000, WINDOW), 3U);
	KUNIT_EXPECT_EQ(test, weight_of(most, WINDOW), 5U);
	/* Daemons are a little late, at times. */
	KUNIT_EXPECT_EQ(test, weight_of(540, WINDOW), 1U);
	KUNIT_EXPECT_EQ(test, weight_of(1250, WINDOW), 2U);

	for (phase = 0; phase < PGHOT_BUCKET_MS; phase++) {
		KUNIT_ASSERT_EQ(test, looks_until_hot(500, WINDOW, 1, phase, 1,
						      hot), 8U);
		KUNIT_ASSERT_EQ(test, looks_until_hot(1000, WINDOW, 2, phase, 1,
						      hot), 4U);
		/* Found accessed every other time it is not hot. */
		KUNIT_ASSERT_EQ(test, looks_until_hot(1024, WINDOW, 2, phase, 2,
						      hot), 0U);
		KUNIT_ASSERT_EQ(test, looks_until_hot(most, WINDOW, 5, phase, 1,
						      hot), 3U);
	}
}

static void scan_weight_at_any_interval(struct kunit *test, u32 window_ms,
					u32 max_ms)
{
	static const u32 asked[] = { 1, 2, 5, PGHOT_FREQ_THRESHOLD_DEFAULT, 12,
				     16, 31, PGHOT_FREQ_MAX };
	u32 t, interval;

	for (interval = PGHOT_LRUSCAN_INTERVAL_MS_MIN; interval <= 300000;
	     interval += 1 + interval / 6) {
		u32 window = pghot_window_for(window_ms, max_ms, interval);

		for (t = 0; t < ARRAY_SIZE(asked); t++) {
			u32 weight = pghot_scan_weight(interval, window,
						       asked[t]);
			u32 looks = looks_until_hot(interval, window, weight,
						    77, 1, asked[t]);

			KUNIT_ASSERT_GE_MSG(test, looks, 1U,
					    "windows of %u to %u, interval %u, asked %u",
					    window_ms, max_ms, interval,
					    asked[t]);
			/* In a window that is too short a few more may be needed. */
			if (interval > window << PGHOT_BUCKET_SHIFT) {
				KUNIT_ASSERT_LE(test, looks,
						PGHOT_SCAN_LOOKS * 3U / 2);
				continue;
			}
			KUNIT_ASSERT_LE(test, looks, (u32)PGHOT_SCAN_LOOKS);
			if (asked[t] > 2)
				KUNIT_ASSERT_GE(test, looks, 2U);
		}
	}
}

/*
 * Whatever the times are and whatever is asked for: always accessed is hot, and no
 * single look proves it unless even the longest window is too short.
 */
static void weight_at_any_times(struct kunit *test)
{
	static const u32 window_ms[] = { PGHOT_WINDOW_MS_MIN, 1500,
					 PGHOT_WINDOW_MS_DEFAULT, 15000,
					 PGHOT_WINDOW_MS_MAX };
	static const u32 max_ms[] = { PGHOT_WINDOW_MAX_MS_MIN,
				      PGHOT_WINDOW_MAX_MS_DEFAULT,
				      PGHOT_WINDOW_MAX_MS_MAX };
	int w, m;

	for (w = 0; w < ARRAY_SIZE(window_ms); w++)
		for (m = 0; m < ARRAY_SIZE(max_ms); m++)
			scan_weight_at_any_interval(test, window_ms[w],
						    max_ms[m]);
}

static void weight_goes_by_a_smooth_interval(struct kunit *test)
{
	u32 ms = pghot_scan_smooth(0, 1000);
	int i;

	KUNIT_EXPECT_EQ(test, ms, 1000U);
	/* Not much, and then all the way. */
	KUNIT_EXPECT_EQ(test, pghot_scan_smooth(ms, 4000), 1750U);
	for (i = 0; i < 30; i++)
		ms = pghot_scan_smooth(ms, 4000);
	KUNIT_EXPECT_GE(test, ms, 3990U);
	KUNIT_EXPECT_EQ(test, pghot_scan_smooth(UINT_MAX, UINT_MAX), UINT_MAX);
}

/*
 * Scan a page every @interval_ms for @windows and return the highest frequency
 * it reaches. It is found accessed each time that a number below 100 from a
 * fixed sequence is below @percent.
 */
static u32 scanned_freq(u32 interval_ms, u32 percent, u32 windows)
{
	u32 window = pghot_window_for(PGHOT_WINDOW_MS_DEFAULT,
				      PGHOT_WINDOW_MAX_MS_DEFAULT, interval_ms);
	u32 weight = weight_of(interval_ms, window);
	u32 rec = 0, max = 0, random = 1, ms;

	for (ms = 0; ms < windows * PGHOT_WINDOW_MS_DEFAULT; ms += interval_ms) {
		random = random * 1664525 + 1013904223;
		if ((random >> 16) % 100 >= percent)
			continue;
		rec = pghot_record_access_at(rec, (ms >> PGHOT_BUCKET_SHIFT) &
					     PGHOT_BUCKET_MASK, window,
					     PGHOT_SOURCE_ID_LRUSCAN, weight, 1);
		max = max(max, freq_of(rec));
	}
	return max;
}

/* What the opening comment of source/lruscan/scan.c says. */
static void weight_of_scanned_pages(struct kunit *test)
{
	u32 threshold = PGHOT_FREQ_THRESHOLD_DEFAULT;
	u32 ms = PGHOT_LRUSCAN_INTERVAL_MS_DEFAULT;
	u32 interval;

	KUNIT_EXPECT_EQ(test, scanned_freq(ms, 100, 1), threshold);
	KUNIT_EXPECT_LT(test, scanned_freq(ms, 100, 100), 2 * threshold + 2);
	/* A cold page in which something is found every tenth time. */
	KUNIT_EXPECT_LT(test, scanned_freq(ms, 10, 10000), threshold);

	/* A page that is busy all the time is hot at any interval. */
	for (interval = 100; interval <= 8 * PGHOT_WINDOW_MS_DEFAULT;
	     interval += 20 + interval / 16)
		KUNIT_EXPECT_GE_MSG(test, scanned_freq(interval, 100, 100),
				    threshold, "interval %u ms", interval);
}

/* A page that is looked at every @pace_ms, and then found accessed every @nth time. */
struct slow_page {
	u32 pace_ms, nth, look_ms, looks, rec;
};

/* Its frequency at @ms. */
static u32 slow_freq(struct slow_page *p, u32 ms, u32 window)
{
	u32 now = (ms >> PGHOT_BUCKET_SHIFT) & PGHOT_BUCKET_MASK;

	if (ms >= p->look_ms) {
		p->look_ms += p->pace_ms;
		if (p->looks++ % p->nth == 0)
			p->rec = pghot_record_access_at(p->rec, now, window,
							PGHOT_SOURCE_ID_MMSCAN,
							weight_of(p->pace_ms, window),
							0);
	}
	return p->rec ? pghot_record_freq(p->rec, now, window) : 0;
}

/*
 * In how many of 100 moments of an hour, after ten passes, a page of which a source finds an
 * access every @nth_a passes is hotter than one of which it does every @nth_b. It comes to
 * the one half a pass after it came to the other.
 */
static u32 tells_apart(u32 pace_ms, u32 window, u32 nth_a, u32 nth_b)
{
	struct slow_page a = { pace_ms, nth_a, pace_ms };
	struct slow_page b = { pace_ms, nth_b, pace_ms + pace_ms / 2 };
	u32 ms, right = 0, nr = 0;

	for (ms = 0; ms < 3600 * MSEC_PER_SEC; ms += PGHOT_BUCKET_MS) {
		u32 freq_a = slow_freq(&a, ms, window);
		u32 freq_b = slow_freq(&b, ms, window);

		if (ms < 10 * pace_ms)
			continue;
		right += freq_a > freq_b;
		nr++;
	}
	return 100 * right / nr;
}

/*
 * Where looks are far apart a page is told from one that is accessed half as often, and that
 * from one of a third of it, as long as the window may follow. In one that is fixed and
 * short both are forgotten before they are looked at again.
 */
static void weight_compares_slow_pages(struct kunit *test)
{
	u32 pace, window;

	for (pace = 10000; pace <= 60000; pace += 2500) {
		window = pghot_window_for(PGHOT_WINDOW_MS_DEFAULT,
					  PGHOT_WINDOW_MAX_MS_MAX, pace);
		KUNIT_EXPECT_GE_MSG(test, tells_apart(pace, window, 1, 2), 99U,
				    "a look every %u ms", pace);
		KUNIT_EXPECT_GE_MSG(test, tells_apart(pace, window, 2, 6), 90U,
				    "a look every %u ms", pace);

		window = pghot_window_for(PGHOT_WINDOW_MS_DEFAULT,
					  PGHOT_WINDOW_MAX_MS_MIN, pace);
		KUNIT_EXPECT_LT_MSG(test, tells_apart(pace, window, 1, 2), 80U,
				    "a look every %u ms", pace);
		KUNIT_EXPECT_LT_MSG(test, tells_apart(pace, window, 2, 6), 60U,
				    "a look every %u ms", pace);
	}
	/* The default maximum is enough for a look a minute. */
	window = pghot_window_for(PGHOT_WINDOW_MS_DEFAULT,
				  PGHOT_WINDOW_MAX_MS_DEFAULT, 60000);
	KUNIT_EXPECT_GE(test, tells_apart(60000, window, 1, 2), 90U);
	KUNIT_EXPECT_GE(test, tells_apart(60000, window, 2, 6), 75U);
}

static struct kunit_case pghot_weight_cases[] = {
	KUNIT_CASE(weight_of_a_hint_fault),
	KUNIT_CASE(weight_of_a_look),
	KUNIT_CASE(weight_at_any_times),
	KUNIT_CASE(weight_goes_by_a_smooth_interval),
	KUNIT_CASE(weight_of_scanned_pages),
	KUNIT_CASE(weight_compares_slow_pages),
	{}
};

static struct kunit_suite pghot_weight_suite = {
	.name = "pghot_weight",
	.test_cases = pghot_weight_cases,
};

kunit_test_suite(pghot_weight_suite);

MODULE_DESCRIPTION("KUnit tests of what reports to pghot weigh");
MODULE_LICENSE("GPL");
