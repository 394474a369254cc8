// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of summary.h and of the epochs that it counts in: a bound is never below any
 * of its records, and falls as they cool.
 */
#include <kunit/test.h>
#include <linux/prandom.h>

#include "base/config.h"
#include "base/window.h"
#include "record/record.h"
#include "record/summary.h"

#define WINDOW	16U	/* buckets: 4000 ms, or nearly */
#define PERIOD	(PGHOT_BUCKET_MASK + 1)
#define RECORDS	24

/* Records that share a bound, the windows that they are counted in, and a clock. */
struct model {
	struct rnd_state rnd;
	u32 now;
	u32 epochs;
	u32 bound;
	u32 window[PGHOT_NR_SOURCES];
	u32 rec[RECORDS];
};

static u32 random_below(struct model *m, u32 end)
{
	return prandom_u32_state(&m->rnd) % end;
}

/* What pghot_window_follow() does. */
static void set_window(struct model *m, u32 src, u32 buckets)
{
	u32 i, widest = buckets;

	for (i = 0; i < PGHOT_NR_SOURCES; i++)
		widest = max(widest, m->window[i]);
	m->epochs = pghot_epochs_for(m->epochs, widest, m->now);
	m->window[src] = buckets;
	for (i = 0, widest = 0; i < PGHOT_NR_SOURCES; i++)
		widest = max(widest, m->window[i]);
	m->epochs = pghot_epochs_for(m->epochs, widest, m->now);
}

static void start(struct model *m, u32 seed)
{
	u32 src;

	*m = (struct model) { };
	prandom_seed_state(&m->rnd, seed);
	/* Near the end of time as often as not. */
	m->now = -random_below(m, PERIOD) & PGHOT_TIME_MASK;
	m->epochs = pghot_epochs_for(0, WINDOW, m->now);
	for (src = 0; src < PGHOT_NR_SOURCES; src++)
		m->window[src] = WINDOW;
}

/* What pghot_map_access() does. */
static void report(struct model *m, u32 i, u32 src, u32 weight, bool single)
{
	u32 rec = m->rec[i];
	u32 lead = rec ? FIELD_GET(PGHOT_REC_LEAD, rec) : src;

	rec = pghot_record_report_at(rec, m->now & PGHOT_BUCKET_MASK,
				     m->window[lead], m->window[src], src, weight,
				     0, single);
	m->rec[i] = rec;
	m->bound = pghot_bound_add(m->bound, m->epochs, m->now,
				   FIELD_GET(PGHOT_REC_FREQ, rec));
}

static u32 hottest(const struct model *m)
{
	u32 i, most = 0;

	for (i = 0; i < RECORDS; i++)
		most = max(most,
			   pghot_record_freq(m->rec[i],
					     m->now & PGHOT_BUCKET_MASK,
					     m->window[FIELD_GET(PGHOT_REC_LEAD,
								 m->rec[i])]));
	return most;
}

static u32 bound(const struct model *m)
{
	return pghot_bound_at(m->bound, m->epochs, m->now);
}

static void pass(struct model *m, u32 buckets)
{
	m->now = (m->now + buckets) & PGHOT_TIME_MASK;
}

/* Something happens: mostly a report, sometimes a page is gone or a window changes. */
static void anything(struct model *m, bool windows)
{
	u32 i = random_below(m, RECORDS);
	u32 src = random_below(m, PGHOT_NR_SOURCES);

	switch (random_below(m, 16)) {
	case 0:
		m->rec[i] = 0;
		break;
	case 1:
		m->rec[i] &= ~PGHOT_REC_FREQ;
		break;
	case 2:
		if (windows)
			set_window(m, src, 1 + random_below(m, 1 << random_below(m, 10)));
		break;
	default:
		report(m, i, src, 1 + random_below(m, 1 << random_below(m, 7)),
		       random_below(m, 2));
	}
}

/*
 * Whatever is reported, forgotten and cooled, in bursts and with quiet times between them;
 * within the time that records can tell.
 */
static void never_below(struct kunit *test, bool windows)
{
	struct model m;
	u32 seed, passed, step;

	for (seed = 1; seed <= 32; seed++) {
		start(&m, seed);
		for (passed = 0; passed < PERIOD - 1024; passed += step) {
			anything(&m, windows);
			KUNIT_ASSERT_GE_MSG(test, bound(&m), hottest(&m),
					    "seed %u, after %u", seed, passed);
			step = random_below(&m, 3) ? 0 :
			       random_below(&m, 1 << random_below(&m, 9));
			/* A time at which nobody looks tells nothing. */
			for (u32 i = 0; i < step; i++) {
				pass(&m, 1);
				KUNIT_ASSERT_GE_MSG(test, bound(&m), hottest(&m),
						    "seed %u, after %u", seed,
						    passed + i);
			}
		}
	}
}

static void summary_is_never_below(struct kunit *test)
{
	never_below(test, false);
}

static void summary_is_never_below_as_windows_change(struct kunit *test)
{
	never_below(test, true);
}

/*
 * A window that grows moves the last accesses of records. Two reports of a page that is as
 * hot as can be, then its window becomes as long as epochs allow; and others are reported
 * all the while, or not.
 */
static void grown_window(struct kunit *test, u32 window, u32 begin, u32 apart,
			 bool others)
{
	struct model m;
	u32 i;

	start(&m, 1);
	pass(&m, begin);
	m.window[0] = window;
	report(&m, 0, 0, PGHOT_FREQ_MAX, false);
	pass(&m, apart);
	report(&m, 0, 0, PGHOT_FREQ_MAX, false);
	m.window[0] = WINDOW;
	for (i = 0; i < 8 * WINDOW; i++) {
		KUNIT_ASSERT_GE_MSG(test, bound(&m), hottest(&m),
				    "window %u, %u after %u, others %d", window, i,
				    begin, others);
		if (others && i % 8 == 7)
			report(&m, 1, 1, 1, true);
		pass(&m, 1);
	}
}

static void summary_is_never_below_as_a_window_grows(struct kunit *test)
{
	u32 window, begin;

	for (window = 1; window <= WINDOW; window++) {
		for (begin = 0; begin < 2 * WINDOW; begin++) {
			grown_window(test, window, begin, window - 1, false);
			grown_window(test, window, begin, window - 1, true);
		}
	}
}

/* It is the maximum while what is hot is reported, and is 0 when all has been cold a while. */
static void summary_follows_the_hottest(struct kunit *test)
{
	u32 epoch = 2 * WINDOW;
	struct model m;
	u32 i, last;

	start(&m, 1);
	KUNIT_EXPECT_EQ(test, bound(&m), 0U);
	pass(&m, -m.now & (epoch - 1));
	for (i = 0; i < RECORDS; i++) {
		report(&m, i, 0, 1 + i, false);
		KUNIT_EXPECT_EQ(test, bound(&m), 1 + i);
	}
	/* A page that is barely warm does not keep what cools from cooling. */
	for (last = bound(&m), i = 0; i < 8; i++) {
		pass(&m, epoch);
		report(&m, 0, 1, 1, true);
		KUNIT_EXPECT_LE(test, bound(&m), max(i ? last / 2 : last, 3U));
		last = bound(&m);
	}
	KUNIT_EXPECT_LE(test, last, 3U);
	report(&m, 0, 0, PGHOT_FREQ_MAX, false);
	KUNIT_EXPECT_EQ(test, bound(&m), PGHOT_FREQ_MAX);
	pass(&m, 5 * epoch);
	KUNIT_EXPECT_EQ(test, bound(&m), 0U);
}

/* Reports are spared a store only if it would have changed nothing. */
static void summary_covers(struct kunit *test)
{
	struct model m;
	u32 seed, n, freq, added, covered = 0;

	for (seed = 1; seed <= 64; seed++) {
		start(&m, seed);
		for (n = 0; n < 256; n++) {
			anything(&m, true);
			pass(&m, random_below(&m, 16));
			freq = 1 + random_below(&m, PGHOT_FREQ_MAX);
			added = pghot_bound_add(m.bound, m.epochs, m.now, freq);
			if (!pghot_bound_covers(m.bound, m.epochs, m.now, freq))
				continue;
			KUNIT_EXPECT_EQ(test, added, m.bound);
			covered++;
		}
	}
	KUNIT_EXPECT_GT(test, covered, 64 * 256 / 8U);
}

/* A report that comes late counts, and takes nothing from the others. */
static void summary_late_reports(struct kunit *test)
{
	u32 epochs = pghot_epochs_for(0, WINDOW, 0);
	u32 word, now = 100 * 2 * WINDOW;

	word = pghot_bound_add(0, epochs, now, 10);
	word = pghot_bound_add(word, epochs, now - 2 * WINDOW, 20);
	word = pghot_bound_add(word, epochs, now - 30 * WINDOW, 5);
	KUNIT_EXPECT_EQ(test, pghot_bound_at(word, epochs, now), 20U);
	KUNIT_EXPECT_EQ(test, pghot_bound_at(word, epochs, now + 4 * WINDOW),
			10U);
}

/* After half a day a word that nobody touched may look new, and is never in the way long. */
static void summary_wraps_around(struct kunit *test)
{
	u32 epochs = pghot_epochs_for(0, WINDOW, 0);
	u32 epoch = 2 * WINDOW, word, n, warm = 0;

	word = pghot_bound_add(0, epochs, 0, PGHOT_FREQ_MAX);
	for (n = 0; n < 1 << 13; n++)
		warm += !!pghot_bound_at(word, epochs, n * epoch);
	KUNIT_EXPECT_LE(test, warm, PGHOT_BOUND_LATE + 8);
	/* The next report makes it right again. */
	word = pghot_bound_add(word, epochs, (1 << 13) * epoch, 1);
	KUNIT_EXPECT_EQ(test, pghot_bound_at(word, epochs,
					     ((1 << 13) + 8) * epoch), 0U);
}

/* Longer epochs at once, shorter ones late and for a good reason. */
static void summary_epochs(struct kunit *test)
{
	u32 epochs = pghot_epochs_for(0, WINDOW, 5), next;

	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_EPOCHS_SHIFT, epochs), 5U);
	KUNIT_EXPECT_EQ(test, pghot_epochs_for(epochs, WINDOW, 1000), epochs);
	KUNIT_EXPECT_EQ(test, pghot_epochs_for(epochs, WINDOW - 7, 1000), epochs);
	KUNIT_EXPECT_EQ(test, pghot_epochs_for(epochs, 1, 5 + 8 * 32 - 1), epochs);

	next = pghot_epochs_for(epochs, 1, 5 + 8 * 32);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_EPOCHS_SHIFT, next), 1U);
	next = pghot_epochs_for(epochs, WINDOW + 1, 6);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_EPOCHS_SHIFT, next), 6U);
	KUNIT_EXPECT_EQ(test, (u32)FIELD_GET(PGHOT_EPOCHS_SINCE, next), 6U);
	KUNIT_EXPECT_NE(test, (u32)FIELD_GET(PGHOT_EPOCHS_RUN, next),
			(u32)FIELD_GET(PGHOT_EPOCHS_RUN, epochs));
	/* The longest window that there is. */
	next = pghot_epochs_for(epochs, pghot_window_buckets(PGHOT_WINDOW_MAX_MS_MAX),
				6);
	KUNIT_EXPECT_GE(test, 1U << FIELD_GET(PGHOT_EPOCHS_SHIFT, next),
			2 * pghot_window_buckets(PGHOT_WINDOW_MAX_MS_MAX));
}

static struct kunit_case pghot_summary_cases[] = {
	KUNIT_CASE(summary_is_never_below),
	KUNIT_CASE(summary_is_never_below_as_windows_change),
	KUNIT_CASE(summary_is_never_below_as_a_window_grows),
	KUNIT_CASE(summary_follows_the_hottest),
	KUNIT_CASE(summary_covers),
	KUNIT_CASE(summary_late_reports),
	KUNIT_CASE(summary_wraps_around),
	KUNIT_CASE(summary_epochs),
	{}
};

static struct kunit_suite pghot_summary_suite = {
	.name = "pghot_summary",
	.test_cases = pghot_summary_cases,
};

kunit_test_suite(pghot_summary_suite);

MODULE_DESCRIPTION("KUnit tests of the summaries of pghot's records");
MODULE_LICENSE("GPL");
