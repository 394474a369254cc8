// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: what becomes of an address space. When it is due, where
 * its pages should go, and what its passes find.
 *
 * Address spaces are found by going over the process numbers. Several processes
 * can share one (CLONE_VM), so each carries the number of the round that met it.
 * The daemon is the only one who does this; none of its notes need a lock.
 */
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/string_helpers.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "base/config.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/window.h"
#include "promote/placement.h"
#include "record/weight.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

/* Of the present enabling of the source, never 0; and of the present round. */
static u32 epoch;
static u32 this_round;

/* Time between two looks at the address space that is looked at least. */
static struct mmscan_pace pace;

/* Votes for nodes in the choice of a target; only the daemon chooses. */
static u32 votes[MAX_NUMNODES];

static unsigned long after_ms(u32 ms)
{
	return jiffies + msecs_to_jiffies(ms);
}

static bool is_due(unsigned long due)
{
	return !time_after(due, after_ms(MMSCAN_SLACK_MS));
}

/* Time between the beginnings of two passes over @mm, if that is enough. */
static u32 period_of(const struct mm_struct *mm)
{
	return mmscan_scaled(mm->pghot.period_ms, max(mmscan_scale(mm), 1U),
			     READ_ONCE(mmscan_params.period_min_ms));
}

/* The same of two passes that are to be made. */
static u32 round_of(const struct mm_struct *mm)
{
	return mmscan_round_ms(mm->pghot.look_ms, period_of(mm),
			       pghot_window(PGHOT_SOURCE_ID_MMSCAN) << PGHOT_BUCKET_SHIFT);
}

/* Time between the beginnings of two looks at a stretch of it. */
static u32 interval_of(const struct mm_struct *mm)
{
	return mmscan_interval(mm->pghot.look_ms, period_of(mm));
}

static void skipped(struct task_struct *task, struct pghot_mm *pm,
		    enum pghot_mmscan_skip reason)
{
	pm->skipped = reason + 1;
	count_vm_event(PGHOT_MMSCAN_SKIPPED_SCALE + reason);
	trace_pghot_mmscan_skip(task_tgid_nr(task), reason);
}

/* ---- where to --------------------------------------------------------------- */

/*
 * The node that the threads of @task run on: each votes for that of its CPU, and
 * one that is running with what it uses of the CPU. Where they ran before is kept
 * until another node has twice the votes, so that pages do not follow every
 * balancing of load.
 */
static int vote(struct task_struct *task, int before)
{
	struct task_struct *t;
	int nid, best = 0;

	memset(votes, 0, sizeof(votes));
	rcu_read_lock();
	for_each_thread(task, t) {
		nid = cpu_to_node(task_cpu(t));
		if (nid == NUMA_NO_NODE)
			continue;
		votes[nid]++;
		if (task_is_running(t))
			votes[nid] += READ_ONCE(t->se.avg.util_avg);
	}
	rcu_read_unlock();

	for_each_online_node(nid) {
		if (votes[nid] > votes[best])
			best = nid;
	}
	if (before != NUMA_NO_NODE && votes[best] < 2 * votes[before])
		return before;
	return best;
}

/* Choose the target of @task's pages; false when it may have none. */
static bool choose_target(struct task_struct *task, struct mmscan_chunk *c)
{
	struct pghot_mm *pm = &c->mm->pghot;
	int before = pm->target;
	nodemask_t allowed;

	pghot_mm_allowed(c->mm, &c->by_cpuset, &c->by_policy);
	pm->ran_on = vote(task, pm->ran_on);

	/* A mapping's own policy may allow what those of the threads do not. */
	nodes_and(allowed, c->by_cpuset, c->by_policy);
	c->target = pghot_nearest_toptier(pm->ran_on, &allowed);
	if (c->target == NUMA_NO_NODE)
		c->target = pghot_nearest_toptier(pm->ran_on, &c->by_cpuset);

	pm->target = c->target;
	if (pm->target != before)
		trace_pghot_mmscan_target(task_tgid_nr(task), pm->ran_on,
					  pm->target);
	return c->target != NUMA_NO_NODE;
}

/* ---- passes ------------------------------------------------------------------- */

/* A pass goes over the whole address space, a stretch after the other. */
static void begin_pass(struct pghot_mm *pm)
{
	if (pm->passes)
		pm->round_ms = pghot_scan_smooth(pm->round_ms,
						 jiffies_to_msecs(jiffies - pm->began));
	pm->began = jiffies;
	pm->in_pass = true;
	pm->cursor = 0;
	pm->chunks = 0;
	pm->lower = 0;
	pm->accessed = 0;
	pm->visit.from = 0;
	/* What is looked at always goes on with another look. */
	if (!pm->visit.always)
		mmscan_visit_begin(&pm->visit, pm->look_ms);
}

/* Time between two visits to a stretch, as long as that is known to be. */
static u32 round_ms(const struct pghot_mm *pm)
{
	return max(pm->round_ms, jiffies_to_msecs(jiffies - pm->began));
}

static void begin_walk(struct pghot_mm *pm)
{
	struct pghot_visit *v = &pm->visit;
	bool lower = v->lower;
	u32 last = mmscan_walk_begin(v, jiffies);

	/* The first one only clears what is of no particular time. */
	pm->weight = 0;
	if (!v->walk)
		return;

	/* Clearing is slow: the first look of a visit tells little of the others. */
	if (v->always || v->walk > 1 || !pm->interval_ms)
		pm->interval_ms = pghot_scan_smooth(pm->interval_ms, last);
	/* The window follows before a weight is chosen by it. */
	if (lower)
		pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN,
				    mmscan_pace_add(&pace,
						    mmscan_told_ms(v, pm->interval_ms,
								   round_ms(pm)),
						    jiffies));
	pm->weight = pghot_scan_weight_in(pm->interval_ms,
					  pghot_window(PGHOT_SOURCE_ID_MMSCAN),
					  READ_ONCE(pghot_params.freq_threshold),
					  v->always ? PGHOT_SCAN_LOOKS : v->looks);
}

static void end_pass(struct task_struct *task, struct mm_struct *mm)
{
	u32 max = READ_ONCE(mmscan_params.period_max_ms);
	struct pghot_mm *pm = &mm->pghot;

	if (pm->passes)
		pm->period_ms = mmscan_longer(pm->period_ms, pm->accessed, max);
	pm->passes++;
	pm->in_pass = false;
	pm->last_lower = pm->lower;
	pm->last_accessed = pm->accessed;

	if (pm->lower) {
		WRITE_ONCE(pm->due, pm->began + msecs_to_jiffies(round_of(mm)));
	} else {
		skipped(task, pm, PGHOT_MMSCAN_SKIP_NO_LOWER);
		pm->period_ms = max;
		WRITE_ONCE(pm->due, after_ms(period_of(mm)));
	}
	count_vm_event(PGHOT_MMSCAN_PASSES);
	trace_pghot_mmscan_pass(task_tgid_nr(task), pm->chunks, pm->lower,
				pm->accessed, pm->weight,
				jiffies_to_msecs(jiffies - pm->began),
				period_of(mm));
}

static void end_visit(struct task_struct *task, struct mm_struct *mm)
{
	struct pghot_mm *pm = &mm->pghot;
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(mm);

	pm->lower += v->lower;
	pm->accessed += v->accessed;
	if (v->walk)
		pm->look_ms = mmscan_sparser(pm->look_ms, period_of(mm),
					     v->lower, v->accessed);
	if (!v->always)
		v->quota = mmscan_next_quota(v, interval, interval_of(mm),
					     READ_ONCE(mmscan_params.cpu_percent));
	if (v->to == ULONG_MAX) {
		end_pass(task, mm);
		return;
	}
	v->from = v->to;
	mmscan_visit_begin(v, pm->look_ms);
	pm->cursor = v->from;
	WRITE_ONCE(pm->due, jiffies);
}

static void end_walk(struct task_struct *task, struct mm_struct *mm, bool end)
{
	struct pghot_mm *pm = &mm->pghot;
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(mm);

	if (mmscan_walk_end(v, pm->cursor, end, interval, period_of(mm), jiffies)) {
		pm->cursor = v->from;
		WRITE_ONCE(pm->due, v->began + msecs_to_jiffies(interval));
	} else {
		end_visit(task, mm);
	}
}

static long chunk_pages(void)
{
	return (long)READ_ONCE(mmscan_params.size_mib) << (20 - PAGE_SHIFT);
}

/*
 * What may be the whole address space is spread over the interval; clearing it has
 * as many chunks as pages that are mapped fill. A stretch is as long as it can be, so that
 * its chunks follow each other at once.
 */
static unsigned long next_chunk_due(struct mm_struct *mm)
{
	const struct pghot_visit *v = &mm->pghot.visit;
	u64 all = v->last_chunks ?: get_mm_rss(mm) / chunk_pages();

	if (!mmscan_is_whole(v))
		return jiffies;
	return v->began + msecs_to_jiffies(mmscan_chunk_ms(interval_of(mm),
							   v->chunks, all));
}

static void count_chunk(struct task_struct *task, struct mmscan_chunk *c,
			unsigned long from, unsigned long pages, u64 ns)
{
	struct pghot_mm *pm = &c->mm->pghot;
	struct pghot_visit *v = &pm->visit;

	pm->chunks++;
	v->chunks++;
	v->pages += pages;
	v->ns += ns;
	v->lower += c->lower;
	v->accessed += c->accessed;
	count_vm_event(PGHOT_MMSCAN_CHUNKS);
	count_vm_events(PGHOT_MMSCAN_SCANNED, c->lower);
	count_vm_events(PGHOT_MMSCAN_ACCESSED, c->accessed);
	count_vm_events(PGHOT_MMSCAN_SKIPPED_VMA, c->vmas);
	count_vm_events(PGHOT_MMSCAN_SKIPPED_PROTNONE, c->protnone);
	trace_pghot_mmscan_chunk(task_tgid_nr(task), from, c->pos, c->lower,
				 c->accessed, c->weight, c->target);
}

/* Walk the next chunk, and count what it finds. */
static void walk_chunk(struct task_struct *task, struct mmscan_chunk *c)
{
	struct pghot_mm *pm = &c->mm->pghot;
	u64 began = task_sched_runtime(current);
	long pages;

	pages = mmscan_chunk_pages(&pm->visit, chunk_pages(), pm->passes,
				   interval_of(c->mm), jiffies);
	c->pos = pm->cursor;
	c->limit = pm->visit.to;
	c->pages = pages;
	c->weight = pm->weight;
	mmscan_walk(c);
	count_chunk(task, c, pm->cursor, pages - c->pages,
		    task_sched_runtime(current) - began);
	pm->cursor = c->pos;
}

/* What a look has found: is it to be looked at sooner? */
static void adapt(struct mm_struct *mm, const struct mmscan_chunk *c)
{
	struct pghot_mm *pm = &mm->pghot;

	pm->period_ms = mmscan_shorter(pm->period_ms, c->lower, c->accessed,
				       READ_ONCE(mmscan_params.period_min_ms));
	mmscan_adapt(pm, interval_of(mm), c->lower, c->accessed,
		     READ_ONCE(mmscan_params.cpu_percent));
}

/* Walk the next chunk of an address space that is due. */
static void scan_chunk(struct task_struct *task, struct mm_struct *mm)
{
	struct pghot_mm *pm = &mm->pghot;
	struct pghot_visit *v = &pm->visit;
	struct mmscan_chunk c = { .mm = mm };

	pm->skipped = 0;
	if (!choose_target(task, &c)) {
		skipped(task, pm, PGHOT_MMSCAN_SKIP_POLICY);
		WRITE_ONCE(pm->due,
			   after_ms(READ_ONCE(mmscan_params.period_max_ms)));
		return;
	}
	if (!pm->in_pass)
		begin_pass(pm);
	if (!v->in_walk)
		begin_walk(pm);
	walk_chunk(task, &c);
	if (v->walk)
		adapt(mm, &c);

	if (v->in_walk && (c.end || !mmscan_room(v, interval_of(mm), jiffies))) {
		end_walk(task, mm, c.end);
	} else if (c.skipped) {
		skipped(task, pm, c.skipped - 1);
		WRITE_ONCE(pm->due, after_ms(interval_of(mm) / MMSCAN_RETRY_PART));
	} else {
		WRITE_ONCE(pm->due, next_chunk_due(mm));
	}
}

/* ---- whose turn it is ------------------------------------------------------------ */

/* Forget what an earlier enabling of the source has left, if anything. */
static void begin_notes(struct pghot_mm *pm)
{
	u32 min = READ_ONCE(mmscan_params.period_min_ms);

	if (pm->epoch == epoch)
		return;

	/*
	 * But for what prctl(2) may set at any time: a copy that is put back would undo
	 * that.
	 */
	memset_after(pm, 0, due);
	pm->epoch = epoch;
	pm->period_ms = min;
	pm->look_ms = U32_MAX;
	pm->ran_on = NUMA_NO_NODE;
	pm->target = NUMA_NO_NODE;
	WRITE_ONCE(pm->due, jiffies);
}

/*
 * Jiffies when a process was made. Its address space may be younger, by an execve; when
 * that was nobody has noted unless the source was enabled.
 */
static unsigned long born(const struct task_struct *task)
{
	return jiffies - nsecs_to_jiffies(ktime_get_ns() - task->start_time);
}

/* Is it @mm's turn? If not, its due time says when to ask again. */
static bool has_turn(struct task_struct *task, struct mm_struct *mm)
{
	struct pghot_mm *pm = &mm->pghot;
	u32 max = READ_ONCE(mmscan_params.period_max_ms);
	u32 scale = mmscan_scale(mm);
	unsigned long old_enough, most;

	begin_notes(pm);
	/* Parameters change; notes follow. */
	pm->period_ms = clamp(pm->period_ms,
			      READ_ONCE(mmscan_params.period_min_ms), max);
	most = after_ms(max(max, READ_ONCE(mmscan_params.delay_ms)));
	if (time_after(READ_ONCE(pm->due), most))
		WRITE_ONCE(pm->due, most);
	if (!is_due(READ_ONCE(pm->due)))
		return false;

	if (!scale) {
		skipped(task, pm, PGHOT_MMSCAN_SKIP_SCALE);
		WRITE_ONCE(pm->due, after_ms(max));
		/* Whenever that ends, there is nothing to compare with. */
		pm->passes = 0;
		pm->in_pass = false;
		pm->visit.always = false;
		return false;
	}
	old_enough = born(task) +
		     msecs_to_jiffies(READ_ONCE(mmscan_params.delay_ms) / scale);
	if (!pm->passes && !pm->in_pass && !is_due(old_enough)) {
		skipped(task, pm, PGHOT_MMSCAN_SKIP_DELAY);
		WRITE_ONCE(pm->due, old_enough);
		return false;
	}
	return true;
}

/* The address space of a process, with a reference; its leader may have left. */
static struct mm_struct *mm_of(struct task_struct *task)
{
	struct mm_struct *mm = NULL;
	struct task_struct *t;

	rcu_read_lock();
	for_each_thread(task, t) {
		mm = get_task_mm(t);
		if (mm)
			break;
	}
	rcu_read_unlock();
	return mm;
}

/* Meet a process; when to look at it again, or @due if that is sooner. */
static unsigned long visit(struct task_struct *task, unsigned long due)
{
	struct mm_struct *mm = mm_of(task);
	struct pghot_mm *pm;
	unsigned long next;

	if (!mm)
		return due;

	pm = &mm->pghot;
	if (pm->epoch != epoch || pm->round != this_round) {
		if (has_turn(task, mm))
			scan_chunk(task, mm);
		pm->round = this_round;
		next = READ_ONCE(pm->due);
		if (time_before(next, due))
			due = next;
	}
	mmput_async(mm);
	return due;
}

/* The process with the least number from @nr on, with a reference. */
static struct task_struct *next_process(int *nr)
{
	struct task_struct *task = NULL;
	struct pid *pid;

	rcu_read_lock();
	while ((pid = find_ge_pid(*nr, &init_pid_ns))) {
		*nr = pid_nr(pid) + 1;
		task = pid_task(pid, PIDTYPE_TGID);
		if (task && !(task->flags & PF_KTHREAD)) {
			get_task_struct(task);
			break;
		}
		task = NULL;
		/* Threads and kernel threads can be many. */
		if (need_resched()) {
			rcu_read_unlock();
			cond_resched();
			rcu_read_lock();
		}
	}
	rcu_read_unlock();
	return task;
}

/* Does anybody map any page of a lower tier? */
static bool lower_tiers_are_mapped(void)
{
	int nid;

	for_each_node_state(nid, N_MEMORY) {
		if (!pghot_is_lower_tier(nid))
			continue;
		if (node_page_state(NODE_DATA(nid), NR_ANON_MAPPED) ||
		    node_page_state(NODE_DATA(nid), NR_FILE_MAPPED))
			return true;
	}
	return false;
}

/**
 * mmscan_begin_epoch - the source is being enabled
 *
 * Context: pghot_lock held, no daemon running.
 */
void mmscan_begin_epoch(void)
{
	if (!++epoch)
		epoch++;
	pace = (struct mmscan_pace){};
}

/**
 * mmscan_round - give every address space that is due its turn
 *
 * Context: kmmscand; may sleep.
 * Return: jiffies at which the next one is to begin.
 */
unsigned long mmscan_round(void)
{
	unsigned long due = after_ms(MMSCAN_NOTICE_MS);
	struct task_struct *task;
	int nr = 1;

	if (!lower_tiers_are_mapped())
		return due;

	pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN,
			    mmscan_pace_fade(&pace, jiffies));
	this_round++;
	while (!kthread_should_stop() && (task = next_process(&nr))) {
		due = visit(task, due);
		put_task_struct(task);
		cond_resched();
	}
	return due;
}

/* ---- debugfs ------------------------------------------------------------------------ */

static const char * const skip_names[PGHOT_MMSCAN_NR_SKIPS] = {
	[PGHOT_MMSCAN_SKIP_SCALE] = "scale",
	[PGHOT_MMSCAN_SKIP_DELAY] = "delay",
	[PGHOT_MMSCAN_SKIP_POLICY] = "policy",
	[PGHOT_MMSCAN_SKIP_NO_LOWER] = "no-lower",
	[PGHOT_MMSCAN_SKIP_LOCKED] = "locked",
	[PGHOT_MMSCAN_SKIP_EXITING] = "exiting",
	[PGHOT_MMSCAN_SKIP_VMA] = "vma",
	[PGHOT_MMSCAN_SKIP_PROTNONE] = "protnone",
};

static void show_mm(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = mm_of(task);
	struct pghot_mm pm;
	u32 scale, period;

	if (!mm)
		return;
	/* Some of it may be of this pass and some of the next. */
	pm = data_race(mm->pghot);
	scale = mmscan_scale(mm);
	period = period_of(mm);
	mmput_async(mm);
	if (pm.epoch != READ_ONCE(epoch))
		return;

	seq_printf(m, "%d %u %u %u %u %d %d %u %lu %lu %s ", task_tgid_nr(task),
		   scale, period, pm.interval_ms, pm.weight, pm.ran_on,
		   pm.target, pm.passes, pm.last_lower, pm.last_accessed,
		   pm.skipped ? skip_names[pm.skipped - 1] : "-");
	seq_escape(m, task->comm, " \t\n\\");
	seq_putc(m, '\n');
}

/**
 * mmscan_show - what is known of each address space, a line for each process
 * @m: where to
 * @unused: not used
 *
 * Context: may sleep.
 * Return: 0.
 */
int mmscan_show(struct seq_file *m, void *unused)
{
	struct task_struct *task;
	int nr = 1;

	seq_puts(m, "pid scale period_ms interval_ms weight ran_on target passes lower accessed skipped comm\n");
	while ((task = next_process(&nr))) {
		show_mm(m, task);
		put_task_struct(task);
		cond_resched();
	}
	return 0;
}
