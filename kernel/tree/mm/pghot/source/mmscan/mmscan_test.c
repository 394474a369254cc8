// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of mmscan.h and schedule.h: how the period of passes and the interval of
 * looks follow what they find, how an address space is divided into stretches, and
 * what a scan scale makes of it.
 */
#include <kunit/test.h>
#include <linux/jiffies.h>
#include <linux/mm_types.h>
#include <linux/pghot.h>
#include <linux/prandom.h>
#include <linux/prctl.h>

#include "base/window.h"
#include "record/weight.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

#define MIN_MS	PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_DEFAULT
#define MAX_MS	PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_DEFAULT

/* ---- the period ------------------------------------------------------------ */

static void mmscan_accesses_shorten_the_period(struct kunit *test)
{
	/* At once to where a sleeper is watched, within the bound. */
	KUNIT_EXPECT_EQ(test, mmscan_shorter(MAX_MS, 1000, 1000, MIN_MS),
			(u32)MAX_MS / 4);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(3 * MIN_MS, 1000, 1000, MIN_MS),
			(u32)MIN_MS);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(MIN_MS, 1000, 1000, MIN_MS),
			(u32)MIN_MS);

	/* None, or next to none, do not; a single one of few pages does. */
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 0, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 0, 0, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 255, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 256, MIN_MS), 2000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 7, 1, MIN_MS), 2000U);
}

static void mmscan_silence_lengthens_the_period(struct kunit *test)
{
	u32 period = MIN_MS;
	int passes = 0;

	KUNIT_EXPECT_EQ(test, mmscan_longer(1000, 1, MAX_MS), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 0, MAX_MS), (u32)MAX_MS);
	/* Parameters may have been changed meanwhile. */
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 0, 500), 500U);
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 1, 500), 500U);

	while (period < MAX_MS && passes < 100) {
		u32 before = period;

		period = mmscan_longer(period, 0, MAX_MS);
		KUNIT_ASSERT_GT(test, period, before);
		passes++;
	}
	KUNIT_EXPECT_EQ(test, period, (u32)MAX_MS);
	KUNIT_EXPECT_LE(test, passes, 8);
	/* Even from the least there is. */
	KUNIT_EXPECT_EQ(test, mmscan_longer(1, 0, MAX_MS), 2U);
}

static void mmscan_chunks_fill_the_interval(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 0, 64), 0ULL);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 32, 64), 500ULL);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 64, 64), 1000ULL);
	/* More than there were are due when the pass should be over. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 65, 64), 1015ULL);
	/* Nobody knows how many: a period for each. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 1, 0), 1000ULL);
	/* 6 TiB in the longest one. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(600000, 24576, 24576), 600000ULL);
}

/* ---- the interval of looks ---------------------------------------------------- */

static void mmscan_crowds_shorten_the_interval(struct kunit *test)
{
	/* What is accessed now and then does not. */
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 0), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 65536 / 16), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 65536 * 3 / 8), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 65536 * 3 / 8 + 1), 666U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 65536 / 2), 500U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 65536, 65536), 250U);
	/* Of a handful nothing can be said. */
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, MMSCAN_CROWD - 1,
					    MMSCAN_CROWD - 1), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_denser(1000, 0, 0), 1000U);
	/* Down to a bound, and never longer. */
	KUNIT_EXPECT_EQ(test, mmscan_denser(150, 65536, 65536),
			(u32)MMSCAN_LOOK_MIN_MS);
	KUNIT_EXPECT_EQ(test, mmscan_denser(MMSCAN_LOOK_MIN_MS, 65536, 65536),
			(u32)MMSCAN_LOOK_MIN_MS);
	KUNIT_EXPECT_EQ(test, mmscan_denser(50, 65536, 65536), 50U);
}

static void mmscan_sparse_memory_lengthens_the_interval(struct kunit *test)
{
	u32 look = MMSCAN_LOOK_MIN_MS;
	int visits;

	KUNIT_EXPECT_EQ(test, mmscan_sparser(200, 1000, 1600, 266), 200U);
	KUNIT_EXPECT_EQ(test, mmscan_sparser(200, 1000, 1600, 265), 300U);
	/* As long as the period: there is no bound any more. */
	KUNIT_EXPECT_EQ(test, mmscan_sparser(1000, 1000, 1600, 1600), U32_MAX);
	KUNIT_EXPECT_EQ(test, mmscan_sparser(U32_MAX, 1000, 1600, 1600), U32_MAX);

	for (visits = 0; look != U32_MAX && visits < 100; visits++)
		look = mmscan_sparser(look, 1000, 1600, 0);
	KUNIT_EXPECT_LE(test, visits, 8);

	KUNIT_EXPECT_EQ(test, mmscan_interval(U32_MAX, 16000), 16000U);
	KUNIT_EXPECT_EQ(test, mmscan_interval(250, 16000), 250U);
	KUNIT_EXPECT_EQ(test, mmscan_interval(10, 16000), (u32)MMSCAN_LOOK_MIN_MS);
	KUNIT_EXPECT_EQ(test, mmscan_interval(10, 60), 60U);
}

/* ---- stretches ------------------------------------------------------------------- */

#define CHUNK_PAGES	65536UL
#define PERCENT		10

/**
 * struct scanned - an address space of pages without gaps
 * @v: its visit
 * @pages: mapped
 * @lower: all pages are in lower tiers
 * @accessed: one page in so many is accessed between two looks
 * @ns: CPU time that a page takes
 * @share: of the daemon's time that others take, times its own
 * @now: jiffies
 * @looks: how often each chunk was looked at since it was cleared last
 * @passes: completed
 */
struct scanned {
	struct pghot_visit v;
	unsigned long pages;
	bool lower;
	unsigned long accessed;
	u32 ns;
	u32 share;
	unsigned long now;
	u32 looks;
	u32 passes;
};

/* A walk over a stretch; false when the visit ends with it. */
static bool walk_once(struct scanned *s)
{
	struct pghot_visit *v = &s->v;
	unsigned long pos = v->from, nr;
	unsigned long limit = min(v->to, s->pages);

	mmscan_walk_begin(v, s->now);
	do {
		nr = min3(CHUNK_PAGES, limit - pos,
			  mmscan_room(v, MIN_MS, s->now));
		pos += nr;
		v->chunks++;
		v->pages += nr;
		v->ns += nr * s->ns;
		v->lower += s->lower ? nr : 0;
		v->accessed += s->accessed ? nr / s->accessed : 0;
		s->now += nsecs_to_jiffies(nr * s->ns * (u64)s->share * 100 / PERCENT);
	} while (pos < limit && mmscan_room(v, MIN_MS, s->now));

	if (v->walk)
		s->looks++;
	if (!mmscan_walk_end(v, pos, pos == s->pages, MIN_MS, MIN_MS, s->now))
		return false;
	if (time_before(s->now, v->began + msecs_to_jiffies(MIN_MS)))
		s->now = v->began + msecs_to_jiffies(MIN_MS);
	return true;
}

/* A visit; the address where the next one begins. */
static void visit_once(struct scanned *s)
{
	struct pghot_visit *v = &s->v;

	s->looks = 0;
	while (walk_once(s))
		;
	if (!v->always)
		v->quota = mmscan_next_quota(v, MIN_MS, MIN_MS, PERCENT, s->share);
	if (v->to == ULONG_MAX)
		s->passes++;
	v->from = v->to == ULONG_MAX ? 0 : v->to;
	if (!v->always)
		mmscan_visit_begin(v, U32_MAX);
}

static struct scanned new_scanned(unsigned long pages, u32 ns, u32 share)
{
	struct scanned s = {
		.pages = pages, .lower = true, .accessed = 16, .ns = ns,
		.share = share, .now = 1000000,
	};

	mmscan_visit_begin(&s.v, U32_MAX);
	return s;
}

/* What can be walked in an interval is looked at always. */
static void mmscan_small_is_one_stretch(struct kunit *test)
{
	struct scanned s = new_scanned(2UL << 18, 20, 1);
	int i;

	visit_once(&s);
	KUNIT_EXPECT_EQ(test, s.looks, 0U);
	for (i = 1; i < 10; i++) {
		KUNIT_ASSERT_TRUE(test, s.v.always);
		s.now = s.v.began + msecs_to_jiffies(MIN_MS);
		visit_once(&s);
		KUNIT_EXPECT_EQ(test, s.looks, 1U);
		KUNIT_EXPECT_EQ(test, s.passes, 1U + i);
	}
}

/* What can not is looked at in stretches that can be, each of them often enough. */
static void mmscan_large_is_many_stretches(struct kunit *test)
{
	struct scanned s = new_scanned(64UL << 18, 100, 1);
	unsigned long from, fits = MIN_MS * 1000UL * PERCENT * 10 / 100;
	int i;

	for (i = 0; i < 100 && s.passes < 3; i++) {
		from = s.v.from;
		visit_once(&s);
		KUNIT_ASSERT_FALSE(test, s.v.always);
		KUNIT_ASSERT_EQ(test, s.looks, (u32)MMSCAN_LOOKS);
		/* Nothing is left out. */
		KUNIT_ASSERT_TRUE(test, s.v.from > from || !s.v.from);
		if (i > 2)
			KUNIT_ASSERT_LE(test, s.v.quota, fits + fits / 4);
	}
	KUNIT_EXPECT_EQ(test, s.passes, 3U);
	KUNIT_EXPECT_GE(test, s.v.quota, fits / 2);
}

/* Others that are looked at take their share of the time. */
static void mmscan_shares_the_time(struct kunit *test)
{
	struct scanned s = new_scanned(1024UL << 18, 20, 16);
	unsigned long fits = MIN_MS * 1000UL * PERCENT * 10 / 20 / 16;
	u32 late = 0;
	int i;

	for (i = 0; i < 50; i++) {
		visit_once(&s);
		if (i < 5)
			continue;
		KUNIT_ASSERT_GE(test, s.v.quota, fits / 2);
		KUNIT_ASSERT_LE(test, s.v.quota, fits * 2);
		late = max(late, s.v.gap_ms);
	}
	KUNIT_EXPECT_LE(test, late, 2U * MIN_MS);
}

static void mmscan_idle_stretches_are_left(struct kunit *test)
{
	struct scanned s = new_scanned(1024UL << 18, 20, 1);
	unsigned long quota;

	s.accessed = 0;
	visit_once(&s);
	KUNIT_EXPECT_EQ(test, s.looks, 1U);
	s.lower = false;
	visit_once(&s);
	KUNIT_EXPECT_EQ(test, s.looks, 0U);
	s.lower = true;
	s.accessed = 16;
	visit_once(&s);
	KUNIT_EXPECT_EQ(test, s.looks, (u32)MMSCAN_LOOKS);

	/* What was unmapped meanwhile does not make the next one short. */
	quota = s.v.quota;
	mmscan_walk_begin(&s.v, s.now);
	s.v.walk = 1;
	s.v.size = 0;
	s.v.to = s.v.from + 1;
	KUNIT_EXPECT_GE(test, mmscan_next_quota(&s.v, MIN_MS, MIN_MS, PERCENT, 1),
			quota);
}

/* A visit of its own, as one begins. */
static struct pghot_visit new_visit(u32 look_ms)
{
	struct pghot_visit v = {};

	mmscan_visit_begin(&v, look_ms);
	return v;
}

static u32 window_for(u32 pace_ms)
{
	return pghot_window_for(PGHOT_WINDOW_MS_DEFAULT,
				PGHOT_WINDOW_MAX_MS_DEFAULT, pace_ms);
}

/* A page that is found accessed at each look of a visit is hot, at whatever pace. */
static void a_visit_makes_hot(struct kunit *test, u32 look_ms, u32 longest)
{
	struct pghot_visit v = new_visit(look_ms);
	u32 hot = PGHOT_FREQ_THRESHOLD_DEFAULT, interval, round;

	for (interval = MMSCAN_LOOK_MIN_MS; interval <= longest; interval += 100) {
		for (round = 0; round <= 512000; round = round * 2 + 1000) {
			u32 told = mmscan_told_ms(&v, interval, round);
			u32 weight = pghot_scan_weight_in(interval, window_for(told),
							  hot, v.looks);

			KUNIT_ASSERT_GE(test, weight * v.looks, hot);
			/* No look less would do. */
			KUNIT_ASSERT_LT_MSG(test, weight * (v.looks - 1), hot,
					    "interval %u, round %u", interval,
					    round);
		}
	}
}

static void mmscan_a_visit_makes_hot(struct kunit *test)
{
	struct pghot_visit v = new_visit(U32_MAX);

	KUNIT_EXPECT_EQ(test, v.looks, MMSCAN_LOOKS);
	a_visit_makes_hot(test, U32_MAX, 4000);
	/* One that is looked at always tells how often. */
	v.always = true;
	KUNIT_EXPECT_EQ(test, mmscan_told_ms(&v, 1000, 90000), 1000U);

	v = new_visit(250);
	KUNIT_EXPECT_EQ(test, v.looks, MMSCAN_LOOKS_DENSE);
	a_visit_makes_hot(test, 250, 1000);
}

/*
 * Of 1000 pages that are found accessed at so many looks in 1000, those that become hot in
 * so many visits to a stretch of memory that is accessed densely.
 */
static u32 made_hot(u32 interval, u32 thousandths, u32 visits)
{
	u32 window_ms = PGHOT_WINDOW_MS_DEFAULT, page, visit, look, hot = 0;
	u32 round = mmscan_round_ms(interval, MIN_MS, window_ms);
	struct pghot_visit v = new_visit(interval);
	u32 window = window_for(mmscan_told_ms(&v, interval, round));
	u32 weight = pghot_scan_weight_in(interval, window,
					  PGHOT_FREQ_THRESHOLD_DEFAULT, v.looks);
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 1);
	for (page = 0; page < 1000; page++) {
		u32 rec = 0, most = 0;

		for (visit = 0; visit < visits; visit++) {
			for (look = 0; look < v.looks; look++) {
				u32 ms = visit * round + look * interval;

				if (prandom_u32_state(&rnd) % 1000 >= thousandths)
					continue;
				rec = pghot_record_access_at(rec, ms >> PGHOT_BUCKET_SHIFT,
							     window, 0, weight, 0);
				most = max_t(u32, most, FIELD_GET(PGHOT_REC_FREQ, rec));
			}
		}
		hot += most >= PGHOT_FREQ_THRESHOLD_DEFAULT;
	}
	return hot;
}

/* Where all is accessed now and then, looks of several visits do not make it hot. */
static void mmscan_cold_pages_stay_cold(struct kunit *test)
{
	u32 interval;

	for (interval = MMSCAN_LOOK_MIN_MS; interval < MIN_MS / 2; interval += 50) {
		KUNIT_EXPECT_LE(test, made_hot(interval, 250, 4), 30U);
		KUNIT_EXPECT_GE(test, made_hot(interval, 900, 2), 970U);
		KUNIT_EXPECT_EQ(test, made_hot(interval, 1000, 1), 1000U);
	}

	/* Visits are as often as before where memory is accessed sparsely. */
	KUNIT_EXPECT_EQ(test, mmscan_round_ms(U32_MAX, 1000, 4000), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_round_ms(250, 1000, 4000), 4000U);
	KUNIT_EXPECT_EQ(test, mmscan_round_ms(250, 8000, 4000), 8000U);
}

/* What is not known yet is tried on few pages. */
static void mmscan_tries_before_it_looks(struct kunit *test)
{
	struct pghot_visit v = new_visit(U32_MAX);

	/* Clearing does not matter. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, CHUNK_PAGES, 0, MIN_MS, 0),
			(long)CHUNK_PAGES);
	v.walk = 1;
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, CHUNK_PAGES, 0, MIN_MS, 0),
			(long)MMSCAN_STRETCH_LEAST);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, CHUNK_PAGES, 1, MIN_MS, 0),
			(long)MMSCAN_STRETCH_LEAST);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, CHUNK_PAGES, 2, MIN_MS, 0),
			(long)CHUNK_PAGES);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, 256, 0, MIN_MS, 0), 256L);
	v.chunks = 1;
	KUNIT_EXPECT_EQ(test, mmscan_chunk_pages(&v, CHUNK_PAGES, 0, MIN_MS, 0),
			(long)CHUNK_PAGES);
}

/* ---- the share of a CPU ------------------------------------------------------------ */

/* CPU time in percent of rounds of @busy_ns without end, where a jiffy has @jiffy_ns. */
static u32 share_of(u64 busy_ns, u64 jiffy_ns, u32 percent)
{
	u64 owed = 0, now = 0, busy = 0, rest;

	while (now < 100ULL * NSEC_PER_SEC) {
		now += busy_ns;
		busy += busy_ns;
		owed = mmscan_owe(owed, busy_ns, percent);
		rest = div64_u64(owed, jiffy_ns) * jiffy_ns;
		owed = mmscan_rested(owed, rest);
		now += rest;
	}
	return div64_u64(busy * 100 + now / 2, now);
}

static void mmscan_short_rounds_rest_as_well(struct kunit *test)
{
	static const u32 hz[] = { 100, 250, 300, 1000 };
	static const u32 percents[] = { 1, 10, 40, 99 };
	int i, j;

	for (i = 0; i < ARRAY_SIZE(hz); i++) {
		u64 jiffy_ns = NSEC_PER_SEC / hz[i];

		for (j = 0; j < ARRAY_SIZE(percents); j++) {
			KUNIT_EXPECT_EQ(test, share_of(20000, jiffy_ns, percents[j]),
					percents[j]);
			KUNIT_EXPECT_EQ(test, share_of(7000000, jiffy_ns, percents[j]),
					percents[j]);
		}
	}
	KUNIT_EXPECT_EQ(test, mmscan_owe(5, 1000, 100), 5ULL);
	/* A long wait is no credit. */
	KUNIT_EXPECT_EQ(test, mmscan_rested(1000, 999), 1ULL);
	KUNIT_EXPECT_EQ(test, mmscan_rested(1000, 5000), 0ULL);
}

/* ---- the pace of the slowest -------------------------------------------------- */

static void mmscan_pace_outlasts_rounds(struct kunit *test)
{
	unsigned long now = 1000;
	struct mmscan_pace p = {};
	int round;

	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 0U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 40000, now), 40000U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 1000, now), 40000U);

	/* A pass of 40 s has thousands of rounds: none of them forgets. */
	for (round = 0; round < 1000; round++) {
		now += msecs_to_jiffies(40);
		KUNIT_ASSERT_EQ(test, mmscan_pace_fade(&p, now), 40000U);
	}
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 40000, now), 40000U);
	now += msecs_to_jiffies(39000);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 40000U);

	/* When it has gone it is forgotten, little by little. */
	now += msecs_to_jiffies(2000);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 37500U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 37500U);
	for (round = 0; round < 100; round++) {
		now += msecs_to_jiffies(41000);
		mmscan_pace_fade(&p, now);
	}
	KUNIT_EXPECT_LT(test, p.ms, 100U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 1000, now), 1000U);
}

/* ---- the scale --------------------------------------------------------------- */

static void mmscan_scale_divides(struct kunit *test)
{
	u32 scale, before = UINT_MAX;

	KUNIT_EXPECT_EQ(test, mmscan_scaled(MAX_MS, 1, MIN_MS), (u32)MAX_MS);
	for (scale = 1; scale <= PGHOT_SCAN_SCALE_MAX; scale++) {
		u32 ms = mmscan_scaled(MAX_MS, scale, MIN_MS);

		KUNIT_EXPECT_LT(test, ms, before);
		KUNIT_EXPECT_GE(test, ms, (u32)MIN_MS);
		before = ms;
	}
	/* No process gets below what the administrator allows. */
	KUNIT_EXPECT_EQ(test, mmscan_scaled(4 * MIN_MS, 10, MIN_MS),
			(u32)MIN_MS);
	/* And none is slowed down by the bound. */
	KUNIT_EXPECT_EQ(test, mmscan_scaled(500, 10, MIN_MS), 500U);
	KUNIT_EXPECT_EQ(test, mmscan_scaled(0, 10, MIN_MS), 0U);
}

static void mmscan_scale_is_inherited(struct kunit *test)
{
	struct mm_struct *mm = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);
	struct mm_struct *next = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, next);

	/* As mm_alloc() does. */
	__pghot_mm_init(mm);
	KUNIT_EXPECT_EQ(test, mmscan_scale(&mm->pghot),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);

	/* As prctl() and then dup_mm() do. */
	mm->pghot.scale = 0 + 1;
	mm->pghot.exec_scale = 7 + 1;
	mm->pghot.passes = 5;
	mm->pghot.period_ms = 77;
	*next = *mm;
	__pghot_mm_init(next);
	KUNIT_EXPECT_EQ(test, mmscan_scale(&next->pghot), 0U);
	KUNIT_EXPECT_EQ(test, next->pghot.exec_scale, 8);
	KUNIT_EXPECT_EQ(test, next->pghot.passes, 0U);
	KUNIT_EXPECT_EQ(test, next->pghot.period_ms, 0U);

	/* As execve() does: what was asked for, for once. */
	memset(next, 0, sizeof(*next));
	__pghot_mm_init(next);
	pghot_mm_exec(next, mm);
	KUNIT_EXPECT_EQ(test, mmscan_scale(&next->pghot), 7U);
	/* And who is still there, as after vfork(), has none of it left. */
	KUNIT_EXPECT_EQ(test, mm->pghot.exec_scale, 0);
	pghot_mm_exec(mm, next);
	KUNIT_EXPECT_EQ(test, mmscan_scale(&mm->pghot),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
	pghot_mm_exec(next, NULL);
	KUNIT_EXPECT_EQ(test, mmscan_scale(&next->pghot),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
}

static struct kunit_case pghot_mmscan_cases[] = {
	KUNIT_CASE(mmscan_accesses_shorten_the_period),
	KUNIT_CASE(mmscan_silence_lengthens_the_period),
	KUNIT_CASE(mmscan_chunks_fill_the_interval),
	KUNIT_CASE(mmscan_crowds_shorten_the_interval),
	KUNIT_CASE(mmscan_sparse_memory_lengthens_the_interval),
	KUNIT_CASE(mmscan_small_is_one_stretch),
	KUNIT_CASE(mmscan_large_is_many_stretches),
	KUNIT_CASE(mmscan_shares_the_time),
	KUNIT_CASE(mmscan_idle_stretches_are_left),
	KUNIT_CASE(mmscan_a_visit_makes_hot),
	KUNIT_CASE(mmscan_cold_pages_stay_cold),
	KUNIT_CASE(mmscan_tries_before_it_looks),
	KUNIT_CASE(mmscan_short_rounds_rest_as_well),
	KUNIT_CASE(mmscan_pace_outlasts_rounds),
	KUNIT_CASE(mmscan_scale_divides),
	KUNIT_CASE(mmscan_scale_is_inherited),
	{}
};

static struct kunit_suite pghot_mmscan_suite = {
	.name = "pghot_mmscan",
	.test_cases = pghot_mmscan_cases,
};

kunit_test_suite(pghot_mmscan_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's scans of address spaces");
MODULE_LICENSE("GPL");
