// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: kpromotedN, the thread that promotes to node N: when, how much, and its
 * lifetime.
 *
 * It sleeps until a ring of its queue receives a candidate, does a round, rests
 * for sleep-ms however much is left, and goes on while there is something in
 * its queue. Once a threshold that had risen has come down again, and there is
 * nothing to do, it is not woken at all.
 *
 * A round brings the queue up to date and promotes from its top, batch by batch,
 * while there is something over the threshold, the rate limit has tokens, the node
 * has room, and, if it is full, what comes up is worth what goes down: see judge.c.
 */
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched/isolation.h>
#include <linux/topology.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/window.h"
#include "promote/batch.h"
#include "promote/demand.h"
#include "promote/kpromoted.h"
#include "promote/room.h"
#include "promote/run.h"
#include "promote/target.h"
#include "queue/update.h"

/* Allowance of the rate limit that outlives a rest, for late wakeups. */
#define PGHOT_BURST_SLACK_MS	400

/* Batches in a row of which nothing could be moved, at most. */
#define VAIN_MOST		32

/* How often to look whether a threshold should fall, or a verdict is due. */
#define IDLE_MS			500

/* ---- how much --------------------------------------------------------------- */

static u64 pages_per_sec(void)
{
	return (u64)READ_ONCE(pghot_params.rate_limit_mbps) <<
	       (20 - PAGE_SHIFT);
}

/* Base pages that the rate limit lets through now. */
static u64 rate_allowance(struct pghot_target *t)
{
	return pghot_ratelimit_fill(&t->limit, ktime_get_ns(), pages_per_sec(),
				    READ_ONCE(pghot_params.sleep_ms) +
				    PGHOT_BURST_SLACK_MS);
}

static void set_limited(struct pghot_target *t, bool limited)
{
	if (limited && !t->limited) {
		count_vm_event(PGHOT_RATE_LIMITED);
		pghot_tell(PGHOT_PROMOTION_KIND_RATE_LIMIT, t->nid, NULL,
			   t->threshold.value, pghot_queue_length(&t->queue));
	}
	t->limited = limited;
}

/* The target is short of memory: say so, and ask for some. */
static void no_room(struct pghot_target *t, unsigned long pfn, unsigned int nr)
{
	struct pghot_result res = { .attempted = nr };

	res.failed[PGHOT_FAIL_REASON_NO_MEMORY] = nr;
	pghot_tally_add(&t->tally, &res);
	trace_pghot_promote_fail(pfn, t->nid, nr, PGHOT_FAIL_REASON_NO_MEMORY,
				 0);
	pghot_failures_note(&t->failures, pfn, PGHOT_FAIL_REASON_NO_MEMORY,
			    jiffies);
	pghot_reclaim_target(t->nid, ilog2(nr));
}

/*
 * Base pages that may be promoted now, when @top is the hottest that waits; 0 when
 * nothing is due, or must not be done now. @too_large: that is so for this one alone.
 */
static u64 how_much(struct pghot_target *t, const struct pghot_heap_entry *top,
		    bool *too_large)
{
	u64 batch_nr = READ_ONCE(pghot_params.batch_nr);
	unsigned int first = pghot_pfn_pages(top->pfn);
	u64 room, allowed, worth = U64_MAX;

	lockdep_assert_held(&t->lock);

	room = pghot_room_for(t->nid, batch_nr, first);
	if (!room) {
		no_room(t, top->pfn, first);
		*too_large = first > 1 && top->freq &&
			     pghot_room_for(t->nid, 1, 1);
		return 0;
	}
	/* Migration itself does not ask for what it takes. */
	if (room < batch_nr)
		pghot_reclaim_target(t->nid, 0);

	allowed = rate_allowance(t);
	if (!allowed) {
		set_limited(t, true);
		return 0;
	}
	if (t->threshold.full)
		worth = pghot_watch_allowance(&t->watch);
	if (!worth) {
		set_limited(t, false);
		return 0;
	}
	return min3(allowed, worth, min(room, batch_nr));
}

/* ---- batches and rounds ------------------------------------------------------- */

/* Pay for a batch, in what the target counts in. */
static void settle_accounts(struct pghot_target *t,
			    const struct pghot_batch *batch,
			    unsigned int advance, u64 promoted)
{
	u64 folios = 0;
	unsigned int i;

	lockdep_assert_held(&t->lock);

	for (i = 0; i < batch->nr; i++)
		folios += batch->cand[i].outcome == PGHOT_OUTCOME_MOVED;
	pghot_ratelimit_charge(&t->limit, (s64)promoted - advance);
	pghot_threshold_promoted(&t->threshold, folios, promoted);
	if (t->threshold.full)
		pghot_watch_charge(&t->watch, promoted);
}

/*
 * A folio that is larger than what there is room for does not keep smaller ones from
 * being promoted: it goes to the bottom.
 */
static void set_aside(struct pghot_target *t)
{
	struct pghot_heap_entry e;
	unsigned int nr;

	if (pghot_queue_pop(&t->queue, 0, U64_MAX, &e, &nr))
		pghot_queue_retry(&t->queue, &e);
}

/*
 * Nothing waits that is hot enough: could it have been promoted? Be it because some are
 * exchanged in any case: a threshold that is left from other times would keep these away
 * as well, and it would never be noticed that times have changed.
 */
static void note_unused(struct pghot_target *t)
{
	if (!READ_ONCE(pghot_params.promote) || !rate_allowance(t))
		return;
	if (!t->threshold.full || pghot_watch_allowance(&t->watch))
		t->threshold.unused = true;
}

/*
 * Is a round at its end after a batch? One of which nothing could be moved is enough,
 * but those who are refused for the sake of their memory cgroup do not hold up others:
 * they have left the top of the queue, and what is behind them has its turn.
 */
static bool is_enough(const struct pghot_result *res, unsigned int *vain)
{
	if (res->promoted) {
		*vain = 0;
		return false;
	}
	if (!res->failed[PGHOT_FAIL_REASON_CGROUP] &&
	    !res->failed[PGHOT_FAIL_REASON_SHARE])
		return true;
	return ++*vain == VAIN_MOST;
}

/*
 * One batch; false when there is nothing to do, or it must not be done, now. @vain counts
 * those of which nothing could be moved.
 */
static bool promote_batch(struct pghot_target *t, unsigned int *vain)
{
	struct pghot_batch *batch = t->batch;
	struct pghot_heap_entry top;
	struct pghot_result res;
	unsigned int pages = 0;
	bool too_large = false;
	u64 allowed = 0;

	/* With the target's lock: how much, which, and pay in advance. */
	mutex_lock(&t->lock);
	if (READ_ONCE(pghot_params.promote) &&
	    pghot_queue_top(&t->queue, &top) && top.freq >= t->threshold.value) {
		allowed = how_much(t, &top, &too_large);
	} else {
		set_limited(t, false);
		note_unused(t);
	}
	if (allowed)
		pages = pghot_fill_batch(t, batch, t->threshold.value, allowed,
					 PGHOT_BATCH_MAX);
	else if (too_large)
		set_aside(t);
	pghot_ratelimit_charge(&t->limit, pages);
	batch->share_of = t->per_sec;
	mutex_unlock(&t->lock);
	if (!pages)
		return too_large;

	/* Without: move them, and settle what became of each. */
	pghot_run_batch(t, batch, true, &res);

	/* With it: pay for what has moved, instead. */
	mutex_lock(&t->lock);
	settle_accounts(t, batch, pages, res.promoted);
	mutex_unlock(&t->lock);

	return !is_enough(&res, vain);
}

static void adjust_threshold(struct pghot_target *t)
{
	u32 memory_ms = READ_ONCE(pghot_params.window_ms), span_ms;
	enum pghot_demand demand = PGHOT_DEMAND_USUAL;
	u64 per_sec = pages_per_sec(), pace;

	mutex_lock(&t->lock);
	t->threshold.full = READ_ONCE(pghot_params.adaptive) &&
			    pghot_target_is_full(t->nid);
	if (t->threshold.full) {
		pghot_watch_pace(&t->watch, &pace, &span_ms);
		per_sec = min(per_sec, pace);
		memory_ms = max3(memory_ms, span_ms, pghot_slowest_pace());
	}
	t->per_sec = per_sec;
	pghot_threshold_adjust(&t->threshold, t->nid, t->queue.idx, per_sec,
			       memory_ms);
	pghot_queue_set_threshold(&t->queue, t->threshold.value);
	if (t->threshold.full && READ_ONCE(pghot_params.promote))
		demand = pghot_watch_demand(&t->watch,
					    pghot_queue_length(&t->queue));
	pghot_demand_tell(t->nid, demand, t->threshold.ease);
	mutex_unlock(&t->lock);
}

static void promote_round(struct pghot_target *t)
{
	unsigned int vain = 0;

	/* Time without anything to promote earns no more than a burst. */
	mutex_lock(&t->lock);
	rate_allowance(t);
	mutex_unlock(&t->lock);

	do {
		pghot_queue_update(&t->queue);
		adjust_threshold(t);
		cond_resched();
	} while (!kthread_should_stop() && promote_batch(t, &vain));
}

/* ---- the thread ----------------------------------------------------------------- */

/* How long to sleep, at most, when no candidate arrives. */
static long patience(struct pghot_target *t)
{
	bool idle = pghot_queue_is_idle(&t->queue);
	bool raised, full;

	mutex_lock(&t->lock);
	raised = pghot_threshold_is_raised(&t->threshold);
	full = t->threshold.full && pghot_watch_has_news(&t->watch);
	mutex_unlock(&t->lock);

	/* A threshold that has risen falls without candidates, too. */
	if (idle && !raised && !full)
		return MAX_SCHEDULE_TIMEOUT;
	if (idle || (raised && !pghot_queue_length(&t->queue)))
		return msecs_to_jiffies(IDLE_MS);
	/* The rest between rounds has already been taken. */
	if (READ_ONCE(pghot_params.promote))
		return 0;
	/* A profiler's heap only needs its cold entries pruned. */
	return msecs_to_jiffies(READ_ONCE(pghot_params.window_ms) / 2);
}

/* How soon to come back for another look at what was exchanged, 0 for any time. */
static u32 watch_exchange(struct pghot_target *t)
{
	return READ_ONCE(t->threshold.full) ?
	       pghot_watch_round(&t->watch, t->nid) : 0;
}

/* Rings that fill up are emptied meanwhile: the rest is one from promotion. */
static void rest_for(struct pghot_target *t, u32 ms)
{
	struct pghot_bell *bell = &t->queue.bell;
	long left = msecs_to_jiffies(ms);

	while (left > 0 && !kthread_should_stop()) {
		left = wait_event_idle_timeout(bell->wait,
					       pghot_bell_is_urgent(bell) ||
					       kthread_should_stop(), left);
		if (pghot_bell_answer_urgent(bell))
			pghot_queue_update(&t->queue);
	}
}

/* A rest, with a look in between if one is due. */
static void rest(struct pghot_target *t, u32 look_ms)
{
	u32 sleep_ms = READ_ONCE(pghot_params.sleep_ms);

	if (look_ms && look_ms < sleep_ms) {
		rest_for(t, look_ms);
		watch_exchange(t);
		sleep_ms -= look_ms;
	}
	rest_for(t, sleep_ms);
}

/* Times that a CPU has come online. */
static atomic_t cpus_came = ATOMIC_INIT(0);

static int cpu_came(unsigned int cpu)
{
	atomic_inc(&cpus_came);
	return 0;
}

/*
 * Run on the CPUs of the target, those that are not online yet among them, but for
 * those that are kept free of threads like this. The scheduler drops that when the last
 * of them goes offline, so it is said again when a CPU has come, and only then: who
 * wants the thread elsewhere can say so in between.
 */
static void stay_near(int nid, int *came)
{
	int now = atomic_read(&cpus_came);
	cpumask_var_t near;
	unsigned int cpu;

	if (*came == now || !zalloc_cpumask_var(&near, GFP_KERNEL))
		return;

	for_each_possible_cpu(cpu) {
		if (cpu_to_node(cpu) == nid &&
		    housekeeping_test_cpu(cpu, HK_TYPE_KTHREAD) &&
		    housekeeping_test_cpu(cpu, HK_TYPE_DOMAIN))
			cpumask_set_cpu(cpu, near);
	}
	/* Refused while none of them is online: then it runs anywhere. */
	set_cpus_allowed_ptr(current, near);
	*came = now;
	free_cpumask_var(near);
}

static int kpromoted(void *data)
{
	struct pghot_target *t = data;
	struct pghot_bell *bell = &t->queue.bell;
	int came = atomic_read(&cpus_came) - 1;

	while (!kthread_should_stop()) {
		stay_near(t->nid, &came);
		wait_event_idle_timeout(bell->wait,
					test_bit(PGHOT_BELL_WORK, &bell->work) ||
					kthread_should_stop(), patience(t));
		pghot_bell_answer(bell);
		promote_round(t);
		rest(t, watch_exchange(t));
	}
	return 0;
}

/**
 * pghot_kpromoted_start - begin to promote to a target
 * @t: the target
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0, also when it runs already, or a negative errno.
 */
int pghot_kpromoted_start(struct pghot_target *t)
{
	struct task_struct *thread;
	int err;

	lockdep_assert_held(&pghot_lock);
	if (t->thread)
		return 0;

	thread = kthread_create_on_node(kpromoted, t, t->nid, "kpromoted%d",
					t->nid);
	if (IS_ERR(thread))
		return PTR_ERR(thread);

	err = pghot_target_open(t);
	if (err) {
		/* It has not run yet, and so never will. */
		kthread_stop(thread);
		return err;
	}

	t->thread = thread;
	wake_up_process(thread);
	return 0;
}

/**
 * pghot_kpromoted_stop - stop promoting to a target and free what that took
 * @t: the target; may not be running
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_kpromoted_stop(struct pghot_target *t)
{
	lockdep_assert_held(&pghot_lock);
	if (!t->thread)
		return;

	kthread_stop(t->thread);
	t->thread = NULL;
	pghot_target_close(t);
}

static int __init kpromoted_init(void)
{
	int err = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN,
					    "mm/pghot:kpromoted", cpu_came,
					    NULL);

	return err < 0 ? err : 0;
}
late_initcall(kpromoted_init);
