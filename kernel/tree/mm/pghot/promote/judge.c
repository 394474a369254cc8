// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: is what comes up worth what goes down for it?
 *
 * When a node is full each page that is promoted to it sends another one down. That
 * pays if the one is accessed more often than the other. What a detector says of a page
 * does not tell that: it may have seen the page by chance, it may need ten minutes to
 * see the other one again, and of the top tier most detectors see nothing.
 *
 * The experiment
 * --------------
 * So pghot looks for itself. Some of the pages that have come up and some of those that
 * have gone down are watched, a few dozen of each however large the node is: their
 * accessed bits are cleared, and looked at a little later. If a share p of the looks finds
 * a page accessed, pages of that kind are accessed at a rate of -ln(1 - p) per interval,
 * and
 *
 *	ratio = rate of what went down / rate of what came up
 *
 * is what an exchange loses of what it gains. If all pages are accessed alike it is 1,
 * whichever detector has reported them; while a hot set comes up it is close to 0.
 *
 * Of pages that are accessed at very different rates, as those of a hot set are, the mean
 * rate counts, and that is what looks tell when few of them find something: the hottest
 * pages are then seen more often than others. So the interval is halved while more than
 * a quarter of the looks at what came up find it accessed, and doubled while fewer than
 * a sixteenth do: to milliseconds for what is accessed thousands of times a second, to
 * seconds for terabytes. Counting starts over then.
 *
 * The law
 * -------
 * A budget, a 64th of the node to begin with, may be exchanged before it is known what
 * came of it. It is spent at a pace at which it lasts for a span, the time that the last
 * verdict took, and on the hottest that there are. Then:
 *
 *	ratio up to 1/5		the budget is doubled, and once more if the ratio is up
 *				to 1/32, to at most an eighth of the node, and granted
 *				anew
 *	up to 2/5		it is granted anew
 *	up to 3/5		half of it is
 *	more			nothing is, and the budget is an eighth of what it was, but
 *				a quarter of the first one at least
 *
 * A budget of which less than half was exchanged is not raised: nothing is known of what a
 * larger one would do. And spending stops as soon as the looks of the span so far, if few,
 * say that the verdict will be the last of these.
 *
 * So an exchange of equals ends after a 64th of the node, and a hot set doubles what
 * comes up with each span, until what comes up is only two to five times as hot as what
 * goes down. As nothing is granted without a verdict, and each verdict is about looks
 * after the one before, the loop has no delay that it does not know: it cannot swing
 * faster than it hears. It depends on no size of node, heap or window, nor on how many
 * detectors there are and how fast.
 *
 * Without a grant some pages per second are exchanged in any case, the hottest that
 * there are, so that it is noticed when a workload changes.
 *
 * The functions are pure: the caller passes the time and keeps a lock. The law is that
 * of a congestion window, which is opened by what is acknowledged (RFC 5681), if it was
 * made use of (RFC 7661).
 */
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "promote/judge.h"

/* What is kept of tokens that were not used, in ms. */
#define SPEND_BURST_MS	500
#define PROBE_BURST_MS	2000

/* So many looks of a kind tell enough. */
#define ENOUGH_LOOKS	384U

/* And so many that nearly all of them, or none, find something. */
#define FEW_LOOKS	64U

/* So many of each kind are no verdict, but reason to wait for one. */
#define WARNING_LOOKS	128U

/* If there are so many of what came up, and none of the other kind, none will come. */
#define LOOKS_ALONE	1024U

/**
 * pghot_judge_init - nothing is known of a node yet
 * @j: its judge
 * @now_ms: present time
 * @size: base pages of the node that could be exchanged
 */
void pghot_judge_init(struct pghot_judge *j, u64 now_ms, unsigned long size)
{
	u64 first = max(size / PGHOT_BUDGET_PART, 1UL);

	*j = (struct pghot_judge){
		.budget = first,
		.grant = first,
		.began_ms = now_ms,
		.span_ms = PGHOT_SPAN_MS_MIN,
		.look_ms = PGHOT_LOOK_MS_FIRST,
	};
	pghot_ratelimit_init(&j->spend, now_ms * NSEC_PER_MSEC);
	pghot_ratelimit_init(&j->probe, now_ms * NSEC_PER_MSEC);
}

/* ---- what looks tell ------------------------------------------------------------ */

/*
 * -ln(1 - p) in 1/1024, for the share p of looks that found something. That all did is
 * as if every 64th had not.
 */
static u32 rate_of(const struct pghot_looks *l)
{
	/* For p = 0/16 to 16/16. */
	static const u16 rates[] = {
		0, 66, 137, 213, 295, 384, 481, 589, 710, 847, 1004, 1191,
		1420, 1714, 2129, 2839, 4259,
	};
	u32 p = div_u64((u64)l->young * 16 * 256, max(l->nr, 1U));
	u32 i = p / 256;

	if (i >= ARRAY_SIZE(rates) - 1)
		return rates[ARRAY_SIZE(rates) - 1];
	return rates[i] + (rates[i + 1] - rates[i]) * (p % 256) / 256;
}

/**
 * pghot_judge_ratio - how often what went down is accessed
 * @up: looks at what came up
 * @down: looks at what went down, at the same intervals
 *
 * Return: in percent of how often what came up is; 1000 at most.
 */
u32 pghot_judge_ratio(const struct pghot_looks *up,
		      const struct pghot_looks *down)
{
	return min(rate_of(down) * 100 / max(rate_of(up), 1U), 1000U);
}

static enum pghot_verdict verdict_for(u32 ratio)
{
	if (ratio <= 20)
		return PGHOT_VERDICT_GOOD;
	if (ratio <= 40)
		return PGHOT_VERDICT_FAIR;
	if (ratio <= 60)
		return PGHOT_VERDICT_POOR;
	return PGHOT_VERDICT_BAD;
}

/* Do the looks since the last verdict speak against exchanging more? */
static bool warned(const struct pghot_judge *j)
{
	return j->up.nr >= WARNING_LOOKS && j->down.nr >= WARNING_LOOKS &&
	       verdict_for(pghot_judge_ratio(&j->up, &j->down)) ==
	       PGHOT_VERDICT_BAD;
}

/* ---- what may be exchanged ------------------------------------------------------- */

static u64 spend_per_sec(const struct pghot_judge *j)
{
	return max(div_u64(j->budget * MSEC_PER_SEC, j->span_ms), 1ULL);
}

static bool may_spend(const struct pghot_judge *j)
{
	return j->grant > 0 && !warned(j);
}

/**
 * pghot_judge_pace - what is to be exchanged per second at present
 * @j: the judge
 *
 * Return: base pages, at least PGHOT_PROBE_PER_SEC.
 */
u64 pghot_judge_pace(const struct pghot_judge *j)
{
	return PGHOT_PROBE_PER_SEC + (may_spend(j) ? spend_per_sec(j) : 0);
}

/**
 * pghot_judge_allowance - how much may be promoted now
 * @j: the judge
 * @now_ms: present time, not before that of the previous call
 *
 * Return: base pages.
 */
u64 pghot_judge_allowance(struct pghot_judge *j, u64 now_ms)
{
	u64 now_ns = now_ms * NSEC_PER_MSEC;
	u64 spend, probe;

	spend = pghot_ratelimit_fill(&j->spend, now_ns, spend_per_sec(j),
				     SPEND_BURST_MS);
	probe = pghot_ratelimit_fill(&j->probe, now_ns, PGHOT_PROBE_PER_SEC,
				     PROBE_BURST_MS);
	if (!may_spend(j))
		return probe;
	return min_t(u64, spend, j->grant) + probe;
}

/**
 * pghot_judge_charge - account what was promoted
 * @j: the judge
 * @pages: base pages
 */
void pghot_judge_charge(struct pghot_judge *j, u64 pages)
{
	if (may_spend(j)) {
		j->grant -= pages;
		pghot_ratelimit_charge(&j->spend, pages);
	} else {
		pghot_ratelimit_charge(&j->probe, pages);
	}
}

/**
 * pghot_judge_demand - what would become of more candidates?
 * @j: the judge
 * @now_ms: present time
 * @waiting: there are some
 *
 * When a hot set comes up, or another one has taken its place, verdicts are good and each
 * grant is used: then the more there is to choose from the better. It ends when there is no
 * more to be found, or none that is better than what would go down for it.
 */
enum pghot_demand pghot_judge_demand(const struct pghot_judge *j, u64 now_ms,
				     bool waiting)
{
	if (!may_spend(j))
		return waiting ? PGHOT_DEMAND_LITTLE : PGHOT_DEMAND_USUAL;
	if (j->verdict == PGHOT_VERDICT_GOOD && !j->idle &&
	    now_ms - j->began_ms < PGHOT_FRESH_MS)
		return PGHOT_DEMAND_MUCH;
	return PGHOT_DEMAND_USUAL;
}

/**
 * pghot_judge_stride - how far apart those lie who are looked at
 * @j: the judge
 * @watched: how many are watched at the same time
 *
 * Pages that reclaim finds together, in one list, are alike: those who are looked at are of
 * a quarter of the budget, not of the list that came last.
 *
 * Return: base pages that go the same way from one to the next, at least 1.
 */
u64 pghot_judge_stride(const struct pghot_judge *j, unsigned int watched)
{
	return j->grant > 0 ? max(div_u64(j->budget, 4 * watched), 1ULL) : 1;
}

/* ---- verdicts ------------------------------------------------------------------ */

static void count_anew(struct pghot_judge *j)
{
	j->up = (struct pghot_looks){};
	j->down = (struct pghot_looks){};
}

/*
 * Look at other intervals if these tell little; true when that is so. If they tell next
 * to nothing it takes fewer looks to know that, and a larger step.
 */
static bool adapt_interval(struct pghot_judge *j)
{
	u32 young = j->up.young * 16, nr = j->up.nr;
	u32 before = j->look_ms, steps;

	if (nr < FEW_LOOKS)
		return false;
	if (young > 12 * nr || !young)
		steps = 3;
	else if (nr >= ENOUGH_LOOKS && (young > 4 * nr || young < nr))
		steps = 1;
	else
		return false;

	if (young > 4 * nr)
		j->look_ms = max(j->look_ms >> steps, PGHOT_LOOK_MS_MIN);
	else
		j->look_ms = min(j->look_ms << steps, PGHOT_LOOK_MS_MAX);
	if (j->look_ms == before)
		return false;
	count_anew(j);
	return true;
}

static void pass(struct pghot_judge *j, u64 now_ms, unsigned long size)
{
	u64 first = max(size / PGHOT_BUDGET_PART, 1UL);

	switch (j->verdict) {
	case PGHOT_VERDICT_GOOD:
		if (j->grant > (s64)(j->budget / 2))
			break;
		j->budget = min_t(u64, j->budget * (j->ratio <= 3 ? 4 : 2),
				  max(size / PGHOT_BUDGET_MOST, 1UL));
		break;
	case PGHOT_VERDICT_POOR:
		j->budget = max(j->budget / 2, max(first / 4, 1ULL));
		break;
	case PGHOT_VERDICT_BAD:
		j->budget = max3(j->budget / 8, first / 4, 1ULL);
		break;
	default:
		break;
	}
	j->grant = j->verdict == PGHOT_VERDICT_BAD ? 0 : j->budget;
	j->span_ms = clamp_t(u64, now_ms - j->began_ms, PGHOT_SPAN_MS_MIN,
			     PGHOT_SPAN_MS_MAX);
	j->began_ms = now_ms;
	count_anew(j);
}

/**
 * pghot_judge_step - draw conclusions from the looks so far
 * @j: the judge
 * @now_ms: present time
 * @size: base pages of the node that could be exchanged
 *
 * Return: the verdict, if there is a new one.
 */
enum pghot_verdict pghot_judge_step(struct pghot_judge *j, u64 now_ms,
				    unsigned long size)
{
	bool alone = !j->down.nr && j->up.nr >= LOOKS_ALONE;
	enum pghot_verdict before;

	if (adapt_interval(j) || j->up.nr < ENOUGH_LOOKS)
		return PGHOT_VERDICT_NONE;
	if ((j->down.nr < ENOUGH_LOOKS && !alone) ||
	    now_ms - j->began_ms < PGHOT_SPAN_MS_MIN)
		return PGHOT_VERDICT_NONE;

	/* Nothing goes down: reclaim drops what nobody is going to miss, maybe. */
	j->ratio = alone ? 40 : pghot_judge_ratio(&j->up, &j->down);
	before = j->verdict;
	j->verdict = verdict_for(j->ratio);
	j->idle = before == PGHOT_VERDICT_GOOD &&
		  j->grant > (s64)(j->budget / 4 * 3);
	/* Not even the longest interval sees it accessed. */
	if (j->up.young * 64 < j->up.nr)
		j->verdict = PGHOT_VERDICT_BAD;
	pass(j, now_ms, size);
	return j->verdict;
}
