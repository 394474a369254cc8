// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of record.h: the format of records, what makes a page hot, how it cools, and
 * what happens when time wraps around.
 */
#include <kunit/test.h>
#include <uapi/linux/pghot_entry.h>

#include "base/config.h"
#include "record/record.h"

#define PERIOD	(PGHOT_BUCKET_MASK + 1)
#define WINDOW	16U	/* buckets: 4000 ms, or nearly */
#define SRC	PGHOT_SOURCE_ID_HINTFAULT

static u32 freq_of(u32 rec)
{
	return FIELD_GET(PGHOT_REC_FREQ, rec);
}

static u32 access(u32 rec, u32 now)
{
	return pghot_record_access_at(rec, now & PGHOT_BUCKET_MASK, WINDOW, SRC,
				      1, 0);
}

/* A record of @nr accesses, all at @now. */
static u32 accesses(u32 nr, u32 now)
{
	u32 rec = 0;

	while (nr--)
		rec = access(rec, now);
	return rec;
}

/* ---- format -------------------------------------------------------------- */

static void record_fields_fill_a_word(struct kunit *test)
{
	static const u32 fields[] = {
		PGHOT_REC_FREQ, PGHOT_REC_START, PGHOT_REC_LAST,
		PGHOT_REC_TARGET, PGHOT_REC_LEAD, PGHOT_REC_OTHERS,
		PGHOT_REC_LATE, PGHOT_REC_QUEUED,
	};
	u32 all = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		KUNIT_EXPECT_EQ(test, all & fields[i], 0U);
		all |= fields[i];
	}
	KUNIT_EXPECT_EQ(test, all, U32_MAX);

	KUNIT_EXPECT_EQ(test, (u32)FIELD_MAX(PGHOT_REC_FREQ), PGHOT_FREQ_MAX);
	KUNIT_EXPECT_EQ(test, PGHOT_FREQ_MAX,
			(u32)PGHOT_FREQ_THRESHOLD_MAX);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_MAX(PGHOT_REC_TARGET),
			(u32)PGHOT_MAX_TARGETS);
	KUNIT_EXPECT_GE(test, (u32)FIELD_MAX(PGHOT_REC_LEAD),
			(u32)PGHOT_SOURCE_ID_MAX);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_MAX(PGHOT_REC_LEAD) + 1,
			(u32)PGHOT_MAX_SOURCES);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_MAX(PGHOT_REC_LAST) + 1,
			(u32)PGHOT_WINDOW_PARTS);
	/* A window must be much shorter than what buckets can tell apart. */
	KUNIT_EXPECT_LT(test, pghot_window_buckets(PGHOT_WINDOW_MS_MAX),
			(u32)PERIOD / 16);
	KUNIT_EXPECT_LT(test, pghot_window_buckets(PGHOT_WINDOW_MAX_MS_MAX),
			(u32)PERIOD / 4);
	KUNIT_EXPECT_EQ(test, sizeof(struct pghot_entry), 32UL);
}

static void record_first_access(struct kunit *test)
{
	u32 src, now;

	for (src = 0; src < PGHOT_NR_SOURCES; src++) {
		for (now = 0; now < PERIOD; now += 511) {
			u32 rec = pghot_record_access_at(0, now, WINDOW, src, 1,
							 5);

			KUNIT_EXPECT_EQ(test, freq_of(rec), 1U);
			KUNIT_EXPECT_EQ(test, pghot_record_time(rec, WINDOW),
					now);
			KUNIT_EXPECT_EQ(test, pghot_record_sources(rec),
					(u32)BIT(src));
			KUNIT_EXPECT_EQ(test,
					(u32)FIELD_GET(PGHOT_REC_TARGET, rec),
					5U);
			KUNIT_EXPECT_EQ(test, rec & PGHOT_REC_QUEUED, 0U);
		}
	}
}

/* 0 means "no record": nothing that was accessed may look like that. */
static void record_is_never_zero(struct kunit *test)
{
	KUNIT_EXPECT_NE(test, pghot_record_access_at(0, 0, WINDOW, 0, 1, 0),
			0U);
}

static void record_keeps_queued_and_target(struct kunit *test)
{
	u32 rec = access(0, 100) | PGHOT_REC_QUEUED;

	rec = pghot_record_access_at(rec, 101, WINDOW, SRC, 1, 7);
	KUNIT_EXPECT_TRUE(test, rec & PGHOT_REC_QUEUED);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_TARGET, rec), 7U);

	/* A report that does not know from where changes nothing. */
	rec = pghot_record_access_at(rec, 102, WINDOW, SRC, 1, 0);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_TARGET, rec), 7U);

	/* One that does wins. */
	rec = pghot_record_access_at(rec, 103, WINDOW, SRC, 1, 2);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_TARGET, rec), 2U);

	/* Not even a start from nothing forgets that the page is in a heap. */
	rec = access(rec, 103 + 40 * WINDOW);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 1U);
	KUNIT_EXPECT_TRUE(test, rec & PGHOT_REC_QUEUED);
}

/* ---- classification ------------------------------------------------------ */

static void record_saturates(struct kunit *test)
{
	u32 rec = accesses(PGHOT_FREQ_MAX, 9);

	KUNIT_EXPECT_EQ(test, freq_of(rec), PGHOT_FREQ_MAX);
	rec = access(rec, 9);
	KUNIT_EXPECT_EQ(test, freq_of(rec), PGHOT_FREQ_MAX);
	/* What was saturated did not spill into the next field. */
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_START, rec), 9U);

	rec = pghot_record_access_at(0, 9, WINDOW, SRC, UINT_MAX, 0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), PGHOT_FREQ_MAX);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_START, rec), 9U);

	rec = pghot_record_access_at(accesses(60, 9), 9, WINDOW, SRC, 5, 0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), PGHOT_FREQ_MAX);
}

static void record_window_boundary(struct kunit *test)
{
	u32 rec = accesses(4, 1000);

	/* The last bucket of the window adds up. */
	KUNIT_EXPECT_EQ(test, freq_of(access(rec, 1000 + WINDOW - 1)), 5U);
	/* The first behind it halves, then counts. */
	KUNIT_EXPECT_EQ(test, freq_of(access(rec, 1000 + WINDOW)), 3U);
	KUNIT_EXPECT_EQ(test, freq_of(access(rec, 1000 + 2 * WINDOW - 1)), 3U);
	KUNIT_EXPECT_EQ(test, freq_of(access(rec, 1000 + 2 * WINDOW)), 2U);
	/* And moved on by whole windows, losing nothing. */
	rec = access(rec, 1000 + 2 * WINDOW + 7);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_START, rec),
			1000 + 2 * WINDOW);
}

/* The promise that thresholds rest on, wherever the clock stands. */
static void record_two_within_a_window_are_two(struct kunit *test)
{
	u32 start, gap;

	for (start = 0; start < PERIOD; start++) {
		u32 rec = access(0, start);

		for (gap = 0; gap < WINDOW; gap++) {
			if (freq_of(access(rec, start + gap)) == 2)
				continue;
			KUNIT_FAIL(test, "accesses at %u and %u make %u",
				   start, start + gap,
				   freq_of(access(rec, start + gap)));
			return;
		}
		if (freq_of(access(rec, start + WINDOW)) != 1) {
			KUNIT_FAIL(test, "accesses a window after %u make %u",
				   start,
				   freq_of(access(rec, start + WINDOW)));
			return;
		}
	}
}

/* With r accesses per window a page settles between r and 2r, for ever. */
static void record_settles_near_twice_the_rate(struct kunit *test)
{
	u32 rate, window, i;

	for (rate = 1; rate <= 24; rate++) {
		u32 rec = 0, now = 3000;

		for (window = 0; window < 600; window++) {
			for (i = 0; i < rate; i++)
				rec = access(rec, now + i * WINDOW / rate);
			now += WINDOW;
			if (window > 8) {
				KUNIT_ASSERT_GE(test, freq_of(rec), rate);
				KUNIT_ASSERT_LE(test, freq_of(rec), 2 * rate);
			}
		}
		KUNIT_EXPECT_GE(test, freq_of(rec), 2 * rate - 1);
	}
}

/* ---- several sources ------------------------------------------------------- */

static void record_keeps_every_source(struct kunit *test)
{
	u32 lead, mask;

	KUNIT_EXPECT_EQ(test, pghot_record_sources(0), 0U);
	for (lead = 0; lead < PGHOT_MAX_SOURCES; lead++) {
		for (mask = 1; mask < BIT(PGHOT_MAX_SOURCES); mask++) {
			u32 rec = pghot_record_put_sources(mask, lead) | 1;

			if (!(mask & BIT(lead)))
				continue;
			KUNIT_EXPECT_EQ(test, pghot_record_sources(rec), mask);
			KUNIT_EXPECT_EQ(test,
					(u32)FIELD_GET(PGHOT_REC_LEAD, rec),
					lead);
		}
	}
}

/* A detector on its way through time: reports every @period from @first on. */
struct reporter {
	unsigned int src;
	u32 first;
	u32 period;
	u32 weight;
};

/* The record after the reports of @nr detectors up to @end. */
static u32 report_until(const struct reporter *by, int nr, u32 end)
{
	u32 now, rec = 0;
	int i;

	for (now = 0; now <= end; now++) {
		for (i = 0; i < nr; i++) {
			if (now < by[i].first ||
			    (now - by[i].first) % by[i].period)
				continue;
			rec = pghot_record_access_at(rec,
						     now & PGHOT_BUCKET_MASK,
						     WINDOW, by[i].src,
						     by[i].weight, 0);
		}
	}
	return rec;
}

/*
 * Two who see the same in the same time make of it what the first one does, as
 * the first one's next report finds it: what begins a window halves earlier.
 */
static void record_two_of_a_pace_do_not_double(struct kunit *test)
{
	u32 period, offset, end;

	for (period = 1; period < WINDOW; period++) {
		for (offset = 0; offset <= period; offset++) {
			const struct reporter by[] = {
				{ PGHOT_SOURCE_ID_MMSCAN, 0, period, 2 },
				{ PGHOT_SOURCE_ID_LRUSCAN, offset, period, 2 },
			};

			for (end = 0; end < 6 * WINDOW; end += period) {
				u32 both = report_until(by, 2, end);
				u32 one = report_until(by, 1, end);

				if (freq_of(both) == freq_of(one))
					continue;
				KUNIT_FAIL(test,
					   "every %u, %u apart, at %u: %u instead of %u",
					   period, offset, end, freq_of(both),
					   freq_of(one));
				return;
			}
		}
	}
}

/* However often each of them reports: no hotter than by the better of the two. */
static void record_two_are_not_hotter_than_one(struct kunit *test)
{
	u32 a, b, offset, end;

	for (a = 1; a < 2 * WINDOW; a += 1 + a / 3) {
		for (b = 1; b < 2 * WINDOW; b += 1 + b / 3) {
			for (offset = 0; offset < b; offset += 1 + b / 4) {
				const struct reporter by[] = {
					{ PGHOT_SOURCE_ID_HINTFAULT, 0, a, 2 },
					{ PGHOT_SOURCE_ID_HWHINT, offset, b, 2 },
				};

				for (end = 0; end < 8 * WINDOW; end += 3) {
					u32 both = report_until(by, 2, end);
					u32 best = max(freq_of(report_until(by, 1, end)),
						       freq_of(report_until(by + 1, 1, end)));

					KUNIT_ASSERT_LE(test, freq_of(both),
							best + 2);
				}
			}
		}
	}
}

/* When a page that @nr detectors see becomes hot. */
static u32 hot_at(const struct reporter *by, int nr)
{
	u32 end;

	for (end = 0; end < 20 * WINDOW; end++) {
		if (freq_of(report_until(by, nr, end)) >=
		    PGHOT_FREQ_THRESHOLD_DEFAULT)
			break;
	}
	return end;
}

/* A faster source takes over at the price of a report; it is not held back. */
static void record_faster_source_leads(struct kunit *test)
{
	const struct reporter by[] = {
		{ PGHOT_SOURCE_ID_MMSCAN, 0, 4, 1 },
		{ PGHOT_SOURCE_ID_HWHINT, 1, 1, 1 },
	};
	u32 period;

	for (period = 2; period < WINDOW; period++) {
		struct reporter with[] = { by[0], by[1] };

		with[0].period = period;
		KUNIT_EXPECT_LE(test, hot_at(with, 2), hot_at(by + 1, 1) + 1);
	}
	KUNIT_EXPECT_EQ(test,
			(u32)FIELD_GET(PGHOT_REC_LEAD,
				       report_until(by, 2, 20)),
			(u32)PGHOT_SOURCE_ID_HWHINT);
}

static void record_lead_passes_on(struct kunit *test)
{
	u32 rec = accesses(2, 50);

	/* One report of another source adds nothing, but is noted. */
	rec = pghot_record_access_at(rec, 50, WINDOW, PGHOT_SOURCE_ID_LRUSCAN,
				     1, 0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 2U);
	KUNIT_EXPECT_EQ(test, pghot_record_sources(rec),
			(u32)(BIT(SRC) | BIT(PGHOT_SOURCE_ID_LRUSCAN)));
	rec = access(rec, 51);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 3U);

	/* Strong evidence counts as what it is. */
	rec = pghot_record_access_at(rec, 51, WINDOW, PGHOT_SOURCE_ID_HWHINT, 6,
				     0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 6U);

	/* The second one in succession makes it the lead. */
	rec = pghot_record_access_at(rec, 52, WINDOW, PGHOT_SOURCE_ID_HWHINT, 1,
				     0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 7U);
	rec = access(rec, 53);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 7U);
	rec = pghot_record_access_at(rec, 53, WINDOW, PGHOT_SOURCE_ID_HWHINT, 1,
				     0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 8U);
	KUNIT_EXPECT_EQ(test, pghot_record_sources(rec),
			(u32)(BIT(SRC) | BIT(PGHOT_SOURCE_ID_LRUSCAN) |
			      BIT(PGHOT_SOURCE_ID_HWHINT)));

	/* After a quiet time it goes to whoever comes first. */
	rec = pghot_record_access_at(rec, 53 + 5 * WINDOW, WINDOW,
				     PGHOT_SOURCE_ID_MMSCAN, 2, 0);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 2U);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_LEAD, rec),
			(u32)PGHOT_SOURCE_ID_MMSCAN);
}

/* Single looks are averaged, and what they tell decays like any other heat. */
static void record_heat_does_not_add_up(struct kunit *test)
{
	u32 rec = pghot_record_report_at(0, 100, WINDOW, WINDOW, SRC, 20, 3,
					 true);

	/* The first says less. */
	KUNIT_EXPECT_EQ(test, freq_of(rec), 20U - PGHOT_FIRST_LOOK);
	KUNIT_EXPECT_EQ(test, freq_of(pghot_record_report_at(0, 100, WINDOW,
							     WINDOW, SRC, 9, 3,
							     true)), 1U);
	/* Then it is their mean. */
	rec = pghot_record_report_at(rec, 101, WINDOW, WINDOW, SRC, 10, 0,
				     true);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 9U);
	rec = pghot_record_report_at(rec, 102, WINDOW, WINDOW, SRC, 27, 0,
				     true);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 18U);
	KUNIT_EXPECT_EQ(test, pghot_record_freq(rec, 103 + WINDOW, WINDOW),
			9U);
	/* Samples of another source add up, whatever single looks say. */
	rec = pghot_record_report_at(0, 100, WINDOW, WINDOW, PGHOT_SOURCE_ID_HWHINT, 8,
				     0, false);
	rec = pghot_record_report_at(rec, 100, WINDOW, WINDOW, SRC, 21, 0,
				     true);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 9U);
	rec = pghot_record_report_at(rec, 101, WINDOW, WINDOW, PGHOT_SOURCE_ID_HWHINT,
				     8, 0, false);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 17U);
	KUNIT_EXPECT_EQ(test, pghot_record_sources(rec),
			(u32)(BIT(SRC) | BIT(PGHOT_SOURCE_ID_HWHINT)));
	/* Who takes over with a longer window begins one. */
	rec = pghot_record_report_at(0, 100, WINDOW, WINDOW, SRC, 2, 0, false);
	rec = pghot_record_report_at(rec, 107, WINDOW, 4 * WINDOW,
				     PGHOT_SOURCE_ID_HWHINT, 2, 0, false);
	rec = pghot_record_report_at(rec, 108, WINDOW, 4 * WINDOW,
				     PGHOT_SOURCE_ID_HWHINT, 2, 0, false);
	KUNIT_EXPECT_EQ(test, pghot_record_time(rec, 4 * WINDOW), 108U);
	KUNIT_EXPECT_EQ(test, pghot_record_freq(rec, 108 + 3 * WINDOW,
						4 * WINDOW), 4U);
}

/* ---- decay --------------------------------------------------------------- */

static void record_decays_by_halving(struct kunit *test)
{
	u32 rec = accesses(40, 2000);
	u32 windows, freq = 40;

	for (windows = 0; windows < 10; windows++, freq /= 2) {
		u32 now = 2000 + windows * WINDOW;

		KUNIT_EXPECT_EQ(test, pghot_record_freq(rec, now, WINDOW),
				freq);
		KUNIT_EXPECT_EQ(test,
				pghot_record_freq(rec, now + WINDOW - 1,
						  WINDOW),
				freq);
	}
	KUNIT_EXPECT_EQ(test, freq, 0U);
	KUNIT_EXPECT_EQ(test, pghot_decay(PGHOT_FREQ_MAX, 31), 0U);
	/* Shifting by the width of the type would be undefined. */
	KUNIT_EXPECT_EQ(test, pghot_decay(PGHOT_FREQ_MAX, 32), 0U);
	KUNIT_EXPECT_EQ(test, pghot_decay(PGHOT_FREQ_MAX, UINT_MAX), 0U);
}

static void record_starts_anew_when_cold(struct kunit *test)
{
	u32 rec = accesses(3, 2000);

	/* Halved twice there is nothing left: the window begins here. */
	rec = access(rec, 2000 + 2 * WINDOW + 11);
	KUNIT_EXPECT_EQ(test, freq_of(rec), 1U);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_START, rec),
			2000 + 2 * WINDOW + 11);
	KUNIT_EXPECT_EQ(test,
			freq_of(access(rec, 2000 + 3 * WINDOW + 10)), 2U);
}

/* What is derived from quarters of a window is never late, and never by much. */
static void record_time_resolution(struct kunit *test)
{
	u32 window, pos;

	for (window = pghot_window_buckets(PGHOT_WINDOW_MS_MIN);
	     window <= pghot_window_buckets(PGHOT_WINDOW_MAX_MS_MAX); window++) {
		u32 first = pghot_record_access_at(0, 7, window, SRC, 1, 0);

		for (pos = 0; pos < window; pos++) {
			u32 rec, age;

			rec = pghot_record_access_at(first, 7 + pos, window,
						     SRC, 1, 0);
			age = pghot_bucket_diff(7 + pos,
						pghot_record_time(rec, window));
			KUNIT_ASSERT_LE(test, age,
					DIV_ROUND_UP(window,
						     PGHOT_WINDOW_PARTS));
		}
	}
}

/* ---- time ---------------------------------------------------------------- */

static void record_buckets_of_time(struct kunit *test)
{
	unsigned long bucket = msecs_to_jiffies(PGHOT_BUCKET_MS);
	unsigned long j;

	KUNIT_EXPECT_EQ(test, pghot_window_buckets(4000), WINDOW);
	KUNIT_EXPECT_EQ(test, pghot_window_buckets(1), 1U);
	KUNIT_EXPECT_EQ(test, pghot_bucket_diff(2, PGHOT_BUCKET_MASK - 1), 4U);
	KUNIT_EXPECT_EQ(test, pghot_bucket_diff(5, 5), 0U);
	KUNIT_EXPECT_EQ(test, pghot_bucket_diff(5, 6),
			(u32)PGHOT_BUCKET_MASK);

	/* Where milliseconds overflow 32 bits time goes on steadily. */
	j = div_u64((1ULL << 32) * HZ, MSEC_PER_SEC);
	KUNIT_EXPECT_LE(test, pghot_bucket_diff(pghot_bucket(j + 1),
						pghot_bucket(j - 1)), 1U);
	for (j -= 50 * bucket; j < ULONG_MAX / 2; j += bucket) {
		KUNIT_ASSERT_LE(test,
				pghot_bucket_diff(pghot_bucket(j + bucket),
						  pghot_bucket(j)), 2U);
		if (j > div_u64((1ULL << 32) * HZ, MSEC_PER_SEC) + 50 * bucket)
			break;
	}
}

/* A window that spans the wrap is a window like any other. */
static void record_window_across_wrap(struct kunit *test)
{
	u32 start = PGHOT_BUCKET_MASK - 3;
	u32 rec = accesses(4, start);

	KUNIT_EXPECT_EQ(test, freq_of(access(rec, start + WINDOW - 1)), 5U);
	KUNIT_EXPECT_EQ(test, freq_of(access(rec, start + WINDOW)), 3U);
	KUNIT_EXPECT_EQ(test,
			pghot_record_freq(rec,
					  (start + 2 * WINDOW) &
					  PGHOT_BUCKET_MASK, WINDOW), 1U);

	rec = access(rec, start + WINDOW + 9);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_REC_START, rec),
			(start + WINDOW) & PGHOT_BUCKET_MASK);
	KUNIT_EXPECT_LE(test,
			pghot_bucket_diff((start + WINDOW + 9) &
					  PGHOT_BUCKET_MASK,
					  pghot_record_time(rec, WINDOW)),
			DIV_ROUND_UP(WINDOW, PGHOT_WINDOW_PARTS));
}

/*
 * After a whole period an old record looks fresh. That happens for as many
 * ages as a window has buckets, out of all there are: the probability that
 * record.h states.
 */
static void record_false_fresh(struct kunit *test)
{
	u32 rec = accesses(8, 123);
	u32 age, fresh = 0, warm = 0;

	for (age = PERIOD; age < 2 * PERIOD; age++) {
		u32 freq = pghot_record_freq(rec,
					     (123 + age) & PGHOT_BUCKET_MASK,
					     WINDOW);

		fresh += freq == 8;
		warm += freq >= 2;
	}
	KUNIT_EXPECT_EQ(test, fresh, WINDOW);
	/* 8, 4 and 2: three windows out of 256. */
	KUNIT_EXPECT_EQ(test, warm, 3 * WINDOW);
	KUNIT_EXPECT_LT(test, fresh * 1000 / PERIOD, 4U);
}

static struct kunit_case pghot_record_cases[] = {
	KUNIT_CASE(record_fields_fill_a_word),
	KUNIT_CASE(record_first_access),
	KUNIT_CASE(record_is_never_zero),
	KUNIT_CASE(record_keeps_queued_and_target),
	KUNIT_CASE(record_saturates),
	KUNIT_CASE(record_window_boundary),
	KUNIT_CASE(record_two_within_a_window_are_two),
	KUNIT_CASE(record_settles_near_twice_the_rate),
	KUNIT_CASE(record_keeps_every_source),
	KUNIT_CASE(record_two_of_a_pace_do_not_double),
	KUNIT_CASE(record_two_are_not_hotter_than_one),
	KUNIT_CASE(record_faster_source_leads),
	KUNIT_CASE(record_lead_passes_on),
	KUNIT_CASE(record_heat_does_not_add_up),
	KUNIT_CASE(record_decays_by_halving),
	KUNIT_CASE(record_starts_anew_when_cold),
	KUNIT_CASE(record_time_resolution),
	KUNIT_CASE(record_buckets_of_time),
	KUNIT_CASE(record_window_across_wrap),
	KUNIT_CASE(record_false_fresh),
	{}
};

static struct kunit_suite pghot_record_suite = {
	.name = "pghot_record",
	.test_cases = pghot_record_cases,
};

kunit_test_suite(pghot_record_suite);

MODULE_DESCRIPTION("KUnit tests of pghot records");
MODULE_LICENSE("GPL");
