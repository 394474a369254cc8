// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source: accessed bits, found by the page table walk of the
 * multi-generational LRU (MGLRU).
 *
 * The kernel thread klruscand walks, once per interval, the page tables of the
 * address spaces of every memory cgroup. The walk is the one that MGLRU ages
 * its generations with: it clears the accessed bits of folios of one lruvec and
 * moves those folios to the youngest generation, so that reclaim loses nothing
 * by it. See lru_gen_scan_mm() for what of MGLRU is left alone.
 *
 *	round	every memory cgroup, every address space, every lower tier
 *	pass	the part of a round that fits into the budget; one per interval
 *
 * A pass ends where the budget is used up, and the next one goes on there. Between
 * them klruscand rests until it is within its share of a CPU, cpu-percent. What
 * matters for a page is how long it is between two looks at it: the interval,
 * or the length of a round where that is longer.
 *
 * What an observation weighs
 * --------------------------
 * What pghot_scan_weight() says, for the time between two looks: the interval, or
 * the length of a round. By default looks are 500 ms apart, an eighth of the window
 * of 4 s, an observation weighs 1, and a page that is always young reaches the
 * default freq-threshold of 8 with the eighth, 3.5 s after the first. It settles
 * between 8 and 15. Many short intervals say more than few long ones: of the cold
 * pages of the demo workload, one access in 6 s each on a fast machine, four looks
 * within 4 s take one for hot with a probability of (1/6)^4 = 8e-4 per window, eight
 * with (1/12)^8 = 2e-9; there are 60000 of them. A page that is young half the
 * time settles at that threshold: it is accessed 1.4 times a second, which is about
 * what freq-threshold says, 8 accesses in 4 s. One that is young every tenth time is
 * found hot once in some 10^5 windows.
 *
 * The first round finds set what nobody has cleared before, every page that was ever
 * accessed. It only clears them: records of all that tell nothing, and take longer than
 * the look itself. So does the first after there was nothing to scan.
 *
 * When looks are more than half a window apart the window follows them, see
 * base/window.c, and fewer looks make a page hot, each of a greater weight.
 *
 * Skipping what is cold
 * ---------------------
 * Most page tables map nothing that is hot and slow. Those in which the last
 * look found nothing are passed over, except in every LRUSCAN_FULL_ROUND-th round, which
 * looks at all. Two Bloom filters remember, as those of MGLRU do: one is asked,
 * the other filled for the next round. They are not MGLRU's own: it takes a
 * table for worth a walk when an eighth of its entries are young, while here a
 * single hot page makes it so, and its filters change with generations, which
 * may last for hours. Tables that this walk finds worth it for MGLRU, too, are
 * added to its filter.
 *
 * An address space whose threads have not run since it was looked at has nothing
 * new at all. The same filters remember it together with the CPU time of its
 * threads at that look: while both are the same it is passed over, so that an idle
 * system costs a look at its threads. Where there are tens of thousands of them even
 * that is more than nothing, and passes are the farther apart the more sleep. Others can
 * access them too, seldom, so that after LRUSCAN_ALL_MS, in the next round that looks
 * into all tables, they are looked at in any case.
 *
 * The accessed bits of upper levels would tell the same, if they were cleared.
 * That is for the aging: the table below may map pages of other nodes, on whose
 * behalf it relies on them.
 *
 * Locks
 * -----
 * The lock of an address space is only tried: its holder may take seconds. Where many
 * threads map and unmap it is free seldom and for moments, and a walk of a terabyte needs
 * it tens of thousands of times. So it is tried again, at growing intervals, and again
 * from the start after each success. If all that is in vain the address space is late: it
 * goes on where it was, at the end of each pass, while the round does so without it. Only
 * when it has not come a step further for LATE_TRIES passes is its round over. A lock that
 * is not to be had for so long is held by one who is stuck, and the next round sees.
 *
 * What the TLB hides
 * ------------------
 * A processor sets the accessed bit when it loads a translation. Reclaim can live
 * with the pages that look idle because theirs stays in the TLB, they become old
 * late at worst. Here the hottest pages would be the ones that are never found: a
 * TLB holds gigabytes in 2 MiB pages, and where a process has a CPU to itself there
 * is nobody to make it reload. So where accessed bits were cleared the address space
 * is flushed from the TLBs, once per pass.
 *
 * Which target
 * ------------
 * The accessed bit does not say who accessed the page. The target is the node
 * on whose CPUs most threads of the address space are.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pghot.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <linux/wait.h>
#include <asm/tlbflush.h>
#include <trace/events/pghot.h>

#include "../../../internal.h"

#include "base/config.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/window.h"
#include "promote/watch.h"
#include "record/map.h"
#include "record/weight.h"
#include "source/lruscan/filter.h"
#include "source/lruscan/scan.h"
#include "source/lruscan/schedule.h"

/*
 * A lock that was not to be had is tried so often, with a pause before that doubles each
 * time; but in a pass no more than so many are made in all.
 */
#define LOCK_TRIES		8
#define LOCK_PAUSE_US		50
#define MAX_PAUSES		64

/* Address spaces that are late, at most, and passes for which none makes progress. */
#define MAX_LATE		64
#define LATE_TRIES		8

/* The share of the budget that they have, when there are any: one in so many. */
#define LATE_SHARE		4

/* Threads that are asked where they are, of one address space. */
#define MAX_THREADS		64

struct lruscan_params lruscan_params __read_mostly = {
	.interval_ms = PGHOT_LRUSCAN_INTERVAL_MS_DEFAULT,
	.budget_pages = PGHOT_LRUSCAN_BUDGET_PAGES_DEFAULT,
	.cpu_percent = PGHOT_LRUSCAN_CPU_PERCENT_DEFAULT,
};

struct lruscan_progress lruscan_progress;

/**
 * struct late_mm - an address space whose lock was not to be had
 * @mm: it; with a reference to the struct, not to its users
 * @memcg: whose pages of it are looked for, with a reference, or %NULL
 * @nid: where to go on: node
 * @addr: where to go on: address
 * @tries: passes in which it made no progress
 */
struct late_mm {
	struct mm_struct *mm;
	struct mem_cgroup *memcg;
	int nid;
	unsigned long addr;
	unsigned int tries;
};

/**
 * struct lruscan - klruscand
 * @scan: the walk
 * @thread: the thread itself
 * @wait: where it sleeps
 * @kick: set to have it look at its parameters
 * @lower: nodes of lower tiers, taken anew in each round
 * @memcg: position: memory cgroup, with a reference; %NULL between rounds, or
 *	when there are no memory cgroups
 * @in_round: a round has been begun
 * @mm: position: address space whose scan has not been completed, or %NULL; only
 *	ever compared
 * @nid: position: node within @mm
 * @addr: position: address within @mm
 * @late: address spaces that are late
 * @nr_late: how many
 * @catching_up: it is one of these that is looked at
 * @pauses: that this pass may still make
 * @round: number of rounds begun since there was nothing to scan
 * @round_start: jiffies at which the current one began
 * @meets_all: it looks at those that sleep, too
 * @all_start: jiffies at which the last one that does began
 * @apart_ms: time between the beginnings of rounds, as it is lately
 * @filters: tables to look into in this round, and in the next
 * @now: when the pass began, jiffies
 * @weight: of an observation in this pass
 * @target: node to promote to, for the current address space
 * @runtime: CPU time of its threads so far, ns; 0 when they are too many
 * @last: folio reported last; large ones come once per page of theirs
 * @left: leaf entries that this pass may still look at
 * @scanned: leaf entries looked at in this pass
 * @accessed: accessed ones among them
 * @tables: PTE tables looked into in this pass
 * @skipped: and those passed over
 * @mms: address spaces met in this pass
 * @asleep: those passed over since their threads have not run
 * @on_node: scratch, threads by node
 */
struct lruscan {
	struct lru_gen_scan scan;
	struct task_struct *thread;
	wait_queue_head_t wait;
	unsigned long kick;

	nodemask_t lower;
	struct mem_cgroup *memcg;
	bool in_round;
	struct mm_struct *mm;
	int nid;
	unsigned long addr;

	struct late_mm late[MAX_LATE];
	unsigned int nr_late;
	bool catching_up;
	unsigned int pauses;

	unsigned long round;
	unsigned long round_start;
	bool meets_all;
	unsigned long all_start;
	u32 apart_ms;
	struct lruscan_filters filters;

	unsigned long now;
	unsigned int weight;
	int target;
	u64 runtime;
	struct folio *last;
	s64 left;
	u64 scanned;
	u64 accessed;
	unsigned long tables;
	unsigned long skipped;
	unsigned long mms;
	unsigned long asleep;
	u8 on_node[MAX_NUMNODES];
};

/* Set while enabled; under pghot_lock. */
static struct lruscan *klruscand;

/* And how much it takes. */
static u64 klruscand_bytes;

/* ---- the filters ----------------------------------------------------------- */

static bool skip_table(struct lru_gen_scan *scan, const pmd_t *pmd)
{
	struct lruscan *ls = container_of(scan, struct lruscan, scan);

	/* The filter is that of another round than the one that the late ones are in. */
	if (!lruscan_is_full_round(ls->round) && !ls->catching_up &&
	    !lruscan_is_known(&ls->filters, ls->round, (unsigned long)pmd)) {
		ls->skipped++;
		return true;
	}
	ls->tables++;
	return false;
}

static void revisit_table(struct lru_gen_scan *scan, const pmd_t *pmd)
{
	struct lruscan *ls = container_of(scan, struct lruscan, scan);

	lruscan_remember(&ls->filters, ls->round, (unsigned long)pmd);
}

static unsigned int filter_shift(void)
{
	u64 tables = 0;
	int nid;

	for_each_node_state(nid, N_MEMORY)
		tables += pghot_map_tracked_pages(nid) / PTRS_PER_PTE;

	return lruscan_filter_shift(tables);
}

/* ---- an address space -------------------------------------------------------- */

static bool leave(struct lru_gen_scan *scan, struct folio *folio)
{
	return pghot_watch_claims(folio_pfn(folio));
}

static void report(struct lru_gen_scan *scan, struct folio *folio)
{
	struct lruscan *ls = container_of(scan, struct lruscan, scan);
	bool again = folio == ls->last;

	/* The walk itself tells nobody but reclaim. */
	pghot_folio_not_idle(folio);
	ls->last = folio_test_large(folio) ? folio : NULL;
	ls->accessed++;
	if (again || !lruscan_tells(ls->round))
		return;
	pghot_record_access(folio_pfn(folio), ls->target,
			    PGHOT_SOURCE_ID_LRUSCAN, ls->weight, ls->now);
}

/* What there is to know of the threads of @mm: where most are, how long they ran. */
static void look_at_threads(struct lruscan *ls, struct mm_struct *mm)
{
	struct task_struct *owner, *t;
	int nid, nr = 0, best = NUMA_NO_NODE;

	memset(ls->on_node, 0, nr_node_ids);
	ls->runtime = 0;

	rcu_read_lock();
	owner = rcu_dereference(mm->owner);
	if (owner) {
		for_each_thread(owner, t) {
			if (++nr > MAX_THREADS) {
				ls->runtime = 0;
				break;
			}
			ls->runtime += READ_ONCE(t->se.sum_exec_runtime);
			nid = cpu_to_node(task_cpu(t));
			if (nid == NUMA_NO_NODE)
				continue;
			ls->on_node[nid]++;
			if (best == NUMA_NO_NODE ||
			    ls->on_node[nid] > ls->on_node[best])
				best = nid;
		}
	}
	rcu_read_unlock();

	if (best != NUMA_NO_NODE && !pghot_target_idx(best))
		best = pghot_nearest_toptier(best, NULL);
	ls->target = best;
}

/* Leave the holder of a lock some time; false when it has had enough. */
static bool pause_for_lock(struct lruscan *ls, unsigned int tries)
{
	unsigned long us = LOCK_PAUSE_US << tries;

	if (tries >= LOCK_TRIES || !ls->pauses || kthread_should_stop())
		return false;

	ls->pauses--;
	usleep_range_state(us, 2 * us, TASK_IDLE);
	return true;
}

/* Scan @mm from the position in @ls on, which moves with it. */
static enum lru_gen_scan_result scan_from(struct lruscan *ls, struct mm_struct *mm,
					  struct mem_cgroup *memcg)
{
	enum lru_gen_scan_result result = LRU_GEN_SCAN_DONE;
	struct lru_gen_scan *scan = &ls->scan;
	unsigned long young = 0;
	unsigned int tries = 0;

	while (ls->nid < MAX_NUMNODES) {
		unsigned long before = ls->addr;

		if (ls->left <= 0) {
			result = LRU_GEN_SCAN_OVER;
			break;
		}

		ls->last = NULL;
		scan->budget = min_t(s64, ls->left, INT_MAX / 2);
		result = lru_gen_scan_mm(mm, memcg, ls->nid, &ls->addr, scan);
		ls->scanned += scan->walk.mm_stats[MM_LEAF_TOTAL];
		ls->left -= scan->walk.mm_stats[MM_LEAF_TOTAL];
		young += scan->walk.mm_stats[MM_LEAF_YOUNG];
		if (result == LRU_GEN_SCAN_DONE) {
			ls->nid = next_node(ls->nid, ls->lower);
			ls->addr = 0;
		}
		if (result != LRU_GEN_SCAN_BUSY || ls->addr != before)
			tries = 0;
		if (result == LRU_GEN_SCAN_BUSY && !pause_for_lock(ls, tries++))
			break;
		cond_resched();
	}
	if (young)
		flush_tlb_mm(mm);
	return result;
}

static bool is_late(const struct lruscan *ls, const struct mm_struct *mm)
{
	unsigned int i;

	for (i = 0; i < ls->nr_late; i++) {
		if (ls->late[i].mm == mm)
			return true;
	}
	return false;
}

/* Go on with @mm later. When there are too many its round is over. */
static void make_late(struct lruscan *ls, struct mm_struct *mm)
{
	struct late_mm *late = &ls->late[ls->nr_late];

	if (ls->nr_late == MAX_LATE)
		return;

	ls->nr_late++;
	*late = (struct late_mm){
		.mm = mm,
		.memcg = ls->memcg,
		.nid = ls->nid,
		.addr = ls->addr,
	};
	mmgrab(mm);
	if (late->memcg)
		css_get(&late->memcg->css);
}

static void forget_late(struct lruscan *ls, struct late_mm *late)
{
	mmdrop(late->mm);
	mem_cgroup_put(late->memcg);
	*late = ls->late[--ls->nr_late];
}

/* False when it is done with one who was late, or has tried often enough. */
static bool scan_late(struct lruscan *ls, struct late_mm *late)
{
	enum lru_gen_scan_result result;
	bool further;

	if (!mmget_not_zero(late->mm))
		return false;

	look_at_threads(ls, late->mm);
	ls->nid = late->nid;
	ls->addr = late->addr;
	result = scan_from(ls, late->mm, late->memcg);
	mmput_async(late->mm);
	if (result == LRU_GEN_SCAN_DONE)
		return false;

	further = ls->nid != late->nid || ls->addr != late->addr;
	late->nid = ls->nid;
	late->addr = ls->addr;
	late->tries = further ? 0 : late->tries + 1;
	return late->tries < LATE_TRIES;
}

/* Have those who are late catch up, each once. */
static void catch_up(struct lruscan *ls)
{
	unsigned long addr = ls->addr;
	int nid = ls->nid;
	unsigned int i = 0;

	ls->catching_up = true;
	while (i < ls->nr_late && ls->left > 0 && !kthread_should_stop()) {
		if (scan_late(ls, &ls->late[i]))
			i++;
		else
			/* Another one is in its place now. */
			forget_late(ls, &ls->late[i]);
		cond_resched();
	}
	ls->catching_up = false;
	ls->nid = nid;
	ls->addr = addr;
}

/* False when the budget is used up before the end of @mm. */
static bool scan_mm(struct lruscan *ls, struct mm_struct *mm)
{
	enum lru_gen_scan_result result;
	bool whole = mm != ls->mm;
	u64 state;

	/* It is still in an earlier round. */
	if (is_late(ls, mm))
		return true;

	look_at_threads(ls, mm);
	state = (unsigned long)mm ^ (ls->runtime << 16);

	if (whole) {
		if (ls->runtime && !ls->meets_all &&
		    lruscan_is_known(&ls->filters, ls->round, state)) {
			lruscan_remember(&ls->filters, ls->round, state);
			ls->asleep++;
			return true;
		}
		ls->mm = mm;
		ls->nid = first_node(ls->lower);
		ls->addr = 0;
		ls->mms++;
	}

	result = scan_from(ls, mm, ls->memcg);
	if (result == LRU_GEN_SCAN_OVER)
		return false;

	if (result == LRU_GEN_SCAN_BUSY)
		make_late(ls, mm);
	else if (whole)
		/* If its threads ran since, it is in another state already. */
		lruscan_remember(&ls->filters, ls->round, state);
	ls->mm = NULL;
	return true;
}

/* ---- the nodes ------------------------------------------------------------------- */

/* Find the nodes of lower tiers. */
static void choose_nodes(struct lruscan *ls)
{
	int nid;

	nodes_clear(ls->lower);
	for_each_node_state(nid, N_MEMORY) {
		if (pghot_node(nid) && pghot_is_lower_tier(nid))
			node_set(nid, ls->lower);
	}
}

/* ---- passes and rounds --------------------------------------------------------- */

/* False when the pass is over before the end of the memory cgroup. */
static bool scan_memcg(struct lruscan *ls)
{
	struct mm_struct *mm;
	bool done = true;

	while (done && (mm = lru_gen_scan_next_mm(ls->memcg, ls->mm))) {
		done = !kthread_should_stop() && scan_mm(ls, mm);
		mmput_async(mm);
	}
	return done;
}

static void begin_round(struct lruscan *ls)
{
	if (ls->round) {
		u32 ms = jiffies_to_msecs(ls->now - ls->round_start);

		ls->apart_ms = pghot_scan_smooth(ls->apart_ms, ms);
		WRITE_ONCE(lruscan_progress.round_ms, ms);
	}
	ls->round_start = ls->now;
	ls->round++;
	ls->meets_all = lruscan_meets_all(ls->round,
					  jiffies_to_msecs(ls->now - ls->all_start));
	if (ls->meets_all)
		ls->all_start = ls->now;
	choose_nodes(ls);
	lruscan_filters_begin(&ls->filters, ls->round);

	ls->memcg = mem_cgroup_iter(NULL, NULL, NULL);
	ls->mm = NULL;
	ls->in_round = true;
}

static void end_round(struct lruscan *ls)
{
	ls->in_round = false;
	WRITE_ONCE(lruscan_progress.rounds, lruscan_progress.rounds + 1);
}

/* There is nothing to scan: forget the position, and those who are late, and begin anew. */
static void leave_round(struct lruscan *ls)
{
	while (ls->nr_late)
		forget_late(ls, &ls->late[0]);
	/* The next one may be long in coming: the bits that it finds are old again. */
	ls->round = 0;
	if (!ls->in_round)
		return;

	lru_gen_scan_stop(ls->memcg);
	mem_cgroup_iter_break(NULL, ls->memcg);
	ls->memcg = NULL;
	ls->in_round = false;
}

static u64 memcg_ino(struct mem_cgroup *memcg)
{
	return memcg ? cgroup_ino(memcg->css.cgroup) : 0;
}

static void finish_pass(struct lruscan *ls)
{
	u64 cursor = ls->in_round ? memcg_ino(ls->memcg) : 0;

	count_vm_event(PGHOT_LRUSCAN_PASSES);
	count_vm_events(PGHOT_LRUSCAN_SCANNED, ls->scanned);
	count_vm_events(PGHOT_LRUSCAN_ACCESSED, ls->accessed);
	WRITE_ONCE(lruscan_progress.memcg_cursor, cursor);
	trace_pghot_lruscan_pass(ls->round, cursor, ls->mms, ls->tables,
				 ls->skipped, ls->scanned, ls->accessed,
				 ls->weight, !ls->in_round);
}

static void scan_pass(struct lruscan *ls)
{
	u32 interval_ms = READ_ONCE(lruscan_params.interval_ms);
	s64 budget = READ_ONCE(lruscan_params.budget_pages);
	s64 late = ls->nr_late ? budget / LATE_SHARE : 0;
	u32 apart, window;

	ls->now = jiffies;
	ls->asleep = 0;
	if (!lru_gen_can_scan()) {
		leave_round(ls);
		return;
	}
	if (!ls->in_round)
		begin_round(ls);
	if (nodes_empty(ls->lower)) {
		leave_round(ls);
		return;
	}

	apart = max(ls->apart_ms, interval_ms);
	pghot_window_follow(PGHOT_SOURCE_ID_LRUSCAN, apart);
	window = pghot_window(PGHOT_SOURCE_ID_LRUSCAN);
	ls->weight = pghot_scan_weight(apart, window,
				       READ_ONCE(pghot_params.freq_threshold));
	ls->left = budget - late;
	ls->scanned = 0;
	ls->accessed = 0;
	ls->tables = 0;
	ls->skipped = 0;
	ls->mms = 0;
	ls->pauses = MAX_PAUSES;

	/* A round at most: more would only look at the same pages again. */
	while (scan_memcg(ls)) {
		ls->memcg = mem_cgroup_iter(NULL, ls->memcg, NULL);
		if (!ls->memcg) {
			end_round(ls);
			break;
		}
	}
	ls->left += late;
	catch_up(ls);
	finish_pass(ls);
}

static int lruscand(void *data)
{
	struct lruscan *ls = data;
	unsigned long due = jiffies;
	u64 unpaid = 0;

	while (!kthread_should_stop()) {
		u64 began = task_sched_runtime(current);
		unsigned long interval, end;
		u32 percent, ms;

		scan_pass(ls);

		unpaid += task_sched_runtime(current) - began;
		percent = READ_ONCE(lruscan_params.cpu_percent);
		ms = READ_ONCE(lruscan_params.interval_ms);
		interval = msecs_to_jiffies(lruscan_interval_ms(ms, ls->asleep));
		end = jiffies;
		due = lruscan_next_pass(due, end, interval,
					nsecs_to_jiffies(lruscan_rest_ns(unpaid, percent)));

		began = ktime_get_ns();
		wait_event_idle_timeout(ls->wait,
					test_and_clear_bit(0, &ls->kick) ||
					kthread_should_stop(), due - end);
		unpaid = lruscan_unpaid_ns(unpaid, ktime_get_ns() - began, percent);
	}
	leave_round(ls);
	return 0;
}

/* ---- on and off -------------------------------------------------------------------- */

static void free_lruscan(struct lruscan *ls)
{
	lruscan_filters_free(&ls->filters);
	kvfree(ls);
}

static struct lruscan *alloc_lruscan(void)
{
	struct lruscan *ls = kvzalloc(sizeof(*ls), GFP_KERNEL);

	if (!ls)
		return NULL;

	init_waitqueue_head(&ls->wait);
	ls->scan.accessed = report;
	ls->scan.skip = skip_table;
	ls->scan.revisit = revisit_table;
	ls->scan.leave = leave;
	if (!lruscan_filters_alloc(&ls->filters, filter_shift())) {
		kvfree(ls);
		return NULL;
	}
	return ls;
}

/**
 * lruscan_start - start klruscand
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0 or a negative errno.
 */
int lruscan_start(void)
{
	struct lruscan *ls = alloc_lruscan();
	struct task_struct *t;

	lockdep_assert_held(&pghot_lock);
	if (!ls)
		return -ENOMEM;
	memset(&lruscan_progress, 0, sizeof(lruscan_progress));

	t = kthread_run(lruscand, ls, "klruscand");
	if (IS_ERR(t)) {
		free_lruscan(ls);
		return PTR_ERR(t);
	}
	ls->thread = t;
	klruscand = ls;
	WRITE_ONCE(klruscand_bytes, sizeof(*ls) +
		   2 * lruscan_filter_bytes(&ls->filters));
	return 0;
}

/**
 * lruscan_stop - stop klruscand, wait for it, and free what it took
 *
 * Context: pghot_lock held, and it runs; may sleep.
 */
void lruscan_stop(void)
{
	lockdep_assert_held(&pghot_lock);
	kthread_stop(klruscand->thread);
	free_lruscan(klruscand);
	klruscand = NULL;
	pghot_window_follow(PGHOT_SOURCE_ID_LRUSCAN, 0);
	WRITE_ONCE(klruscand_bytes, 0);
}

/**
 * lruscan_kick - have klruscand, if it runs, look at its parameters
 *
 * Context: pghot_lock held.
 */
void lruscan_kick(void)
{
	lockdep_assert_held(&pghot_lock);
	if (!klruscand)
		return;
	set_bit(0, &klruscand->kick);
	wake_up(&klruscand->wait);
}

/* Memory that it takes. Context: any. */
u64 lruscan_bytes(void)
{
	return READ_ONCE(klruscand_bytes);
}

#ifdef CONFIG_PGHOT_KUNIT_TEST
#include "source/lruscan/scan_test.c"
#endif
