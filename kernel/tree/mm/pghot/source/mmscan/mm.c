// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: the address spaces. How they are found, where their pages should
 * go, and what there is to see of them. When each is looked at is decided in pass.c.
 *
 * Address spaces are found by their processes, which a sweep over the process numbers
 * meets; it is the only one who ever has to do with all of them, and goes over a few at a time.
 * Each process that has been met waits in a queue until its address space is due. So the
 * cost is that of those that are due, and a small one of those that sleep: a sweep asks
 * whether they have run, and nothing but that.
 *
 *	sweep	each process in turn: is it new, or has it run? Then it
 *		may be due sooner
 *	queue	who is due first: a chunk of it is walked, and it waits for the
 *		next
 *
 * What waits is a process by its struct pid. It keeps nobody from exiting, and nothing of who
 * has exited but that: fork, exec and exit know nothing of the queue. When its turn comes, or
 * the next sweep does, it is forgotten. Several processes can share an address space
 * (CLONE_VM): it is due when the notes on it say so, whoever's turn it is.
 *
 * Memory: a struct process for each process, see mmscan_bytes(). Where there is none a process
 * waits for the next sweep to be met again.
 *
 * The daemon is the only one who does all this; neither queue nor notes need a lock.
 */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/sched/cputime.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>
#include <linux/vmstat.h>
#include <linux/xarray.h>
#include <asm/tlbflush.h>
#include <trace/events/pghot.h>

#include "base/node.h"
#include "promote/placement.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/queue.h"
#include "source/mmscan/schedule.h"

/**
 * struct process - one that has been met
 * @waiter: in the queue, but for its turn
 * @pid: its number, with a reference
 * @nr: the same as a number of the initial namespace
 * @runtime: CPU time of its threads when it was asked last, in ns
 */
struct process {
	struct mmscan_waiter waiter;
	struct pid *pid;
	unsigned long nr;
	u64 runtime;
};

/* By number, and in the order of their turns. */
static DEFINE_XARRAY(processes);
static struct mmscan_queue queue;
static unsigned long nr_processes;

static struct mmscan_sweep sweep;

/* Parameters have changed: the sweep asks nobody whether it has run. */
static bool sweep_revises;

/* CPU time that flushes have taken of others, in this go. */
static u64 flushes_ns;

/* Votes for nodes in the choice of a target; only the daemon chooses. */
static u32 votes[MAX_NUMNODES];

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

/* ---- processes -------------------------------------------------------------------- */

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

/*
 * Jiffies when a process was made. Its address space may be younger, by an execve; when
 * that was nobody has noted unless the source was enabled.
 */
static unsigned long born(const struct task_struct *task)
{
	return jiffies - nsecs_to_jiffies(ktime_get_ns() - task->start_time);
}

/*
 * Has a process run since it was asked last? Threads that have gone count, so that nothing
 * cancels out.
 */
static bool has_run(struct process *p, struct task_struct *task)
{
	u64 runtime = READ_ONCE(task->signal->sum_sched_runtime);
	struct task_struct *t;
	bool ran;

	rcu_read_lock();
	for_each_thread(task, t)
		runtime += READ_ONCE(t->se.sum_exec_runtime);
	rcu_read_unlock();

	ran = runtime != p->runtime;
	p->runtime = runtime;
	return ran;
}

/* Who is in no queue. */
static void forget(struct process *p)
{
	mmscan_queue_share(&queue, &p->waiter, false);
	xa_erase(&processes, p->nr);
	put_pid(p->pid);
	kfree(p);
	WRITE_ONCE(nr_processes, nr_processes - 1);
}

static void forget_waiting(struct process *p)
{
	mmscan_queue_del(&queue, &p->waiter);
	forget(p);
}

/* A process that nobody has met; in no queue. %NULL when there is no memory, or it exits. */
static struct process *get_to_know(struct task_struct *task, unsigned long nr)
{
	/* The next sweep tries again: nobody is to be killed for this. */
	gfp_t gfp = GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN;
	struct process *p = kzalloc(sizeof(*p), gfp);

	if (!p)
		return NULL;

	p->nr = nr;
	p->pid = get_task_pid(task, PIDTYPE_TGID);
	if (!p->pid || xa_insert(&processes, nr, p, gfp)) {
		put_pid(p->pid);
		kfree(p);
		return NULL;
	}
	WRITE_ONCE(nr_processes, nr_processes + 1);
	return p;
}

/* Is it @task that has the number of @p, and not one who came after it? */
static bool is_same(const struct process *p, struct task_struct *task)
{
	bool same;

	rcu_read_lock();
	same = p->pid == task_tgid(task);
	rcu_read_unlock();
	return same;
}

/* ---- turns ----------------------------------------------------------------------- */

static void count_chunk(struct task_struct *task, const struct mmscan_chunk *c,
			unsigned long from)
{
	count_vm_event(PGHOT_MMSCAN_CHUNKS);
	count_vm_events(PGHOT_MMSCAN_SCANNED, c->lower);
	count_vm_events(PGHOT_MMSCAN_ACCESSED, c->accessed);
	count_vm_events(PGHOT_MMSCAN_SKIPPED_VMA, c->vmas);
	count_vm_events(PGHOT_MMSCAN_SKIPPED_PROTNONE, c->protnone);
	trace_pghot_mmscan_chunk(task_tgid_nr(task), from, c->pos, c->lower,
				 c->accessed, c->weight, c->target);
}

static void count_pass(struct task_struct *task, struct pghot_mm *pm)
{
	if (!pm->last_lower)
		skipped(task, pm, PGHOT_MMSCAN_SKIP_NO_LOWER);
	count_vm_event(PGHOT_MMSCAN_PASSES);
	trace_pghot_mmscan_pass(task_tgid_nr(task), pm->chunks, pm->last_lower,
				pm->last_accessed, pm->weight,
				jiffies_to_msecs(jiffies - pm->began),
				mmscan_period_ms(pm));
}

/* Hot translations must leave the TLBs to set their bits again. */
static void flush(struct mm_struct *mm)
{
	flush_tlb_mm(mm);
	/* The daemon has waited for them, which is on its account anyway. */
	flushes_ns += (u64)cpumask_weight(mm_cpumask(mm)) * MMSCAN_FLUSH_CPU_NS;
}

/* Walk the next chunk of an address space that is due. */
static void scan_chunk(struct process *p, struct task_struct *task, struct mm_struct *mm)
{
	u64 began = task_sched_runtime(current);
	struct mmscan_chunk c = { .mm = mm };
	struct pghot_mm *pm = &mm->pghot;
	unsigned long from;
	long pages;

	pm->skipped = 0;
	if (has_run(p, task))
		mmscan_ran(pm);
	if (!choose_target(task, &c)) {
		u32 max = READ_ONCE(mmscan_params.period_max_ms);

		skipped(task, pm, PGHOT_MMSCAN_SKIP_POLICY);
		pm->due = jiffies + msecs_to_jiffies(max);
		return;
	}
	mmscan_chunk_begin(pm, &c);
	from = c.pos;
	pages = c.pages;
	mmscan_walk(&c);
	count_chunk(task, &c, from);
	if (mmscan_chunk_end(pm, &c, pages - c.pages, get_mm_rss(mm),
			     task_sched_runtime(current) - began, queue.sharing))
		count_pass(task, pm);
	else if (c.skipped)
		skipped(task, pm, c.skipped - 1);
	if (mmscan_flushes(pm))
		flush(mm);
}

/* It is the turn of a process; then it waits for the next. */
static void take_turn(struct process *p)
{
	struct task_struct *task = get_pid_task(p->pid, PIDTYPE_TGID);
	struct mm_struct *mm = task ? mm_of(task) : NULL;
	struct pghot_mm *pm;
	int why;

	if (mm) {
		pm = &mm->pghot;
		why = mmscan_has_turn(pm, born(task));
		if (!why)
			scan_chunk(p, task, mm);
		else if (why > 0)
			skipped(task, pm, why - 1);
		mmscan_queue_share(&queue, &p->waiter, !why && mmscan_shares(pm));
		mmscan_queue_add(&queue, &p->waiter, pm->due, jiffies);
		mmput_async(mm);
	} else {
		/* It has exited, or is about to. */
		forget(p);
	}
	if (task)
		put_task_struct(task);
}

/* ---- the sweep -------------------------------------------------------------------- */

/* A sweep meets a process, @p if it is known. When is it due? */
static void meet(struct process *p, struct task_struct *task, unsigned long nr)
{
	struct mm_struct *mm;
	struct pghot_mm *pm;
	bool ran;

	if (p && !is_same(p, task)) {
		forget_waiting(p);
		p = NULL;
	}
	/* Who has not run has asked for nothing, nor executed anything. */
	ran = p && has_run(p, task);
	if (p && !ran && !sweep_revises)
		return;

	mm = mm_of(task);
	if (!mm)
		return;
	if (p)
		mmscan_queue_del(&queue, &p->waiter);
	else
		p = get_to_know(task, nr);
	if (p) {
		pm = &mm->pghot;
		mmscan_note(pm);
		if (ran)
			mmscan_ran(pm);
		mmscan_heed(pm);
		mmscan_queue_add(&queue, &p->waiter, pm->due, jiffies);
	}
	mmput_async(mm);
}

/**
 * next_process - the process with the least number from one on
 * @nr: that; then the number of the process, or 0 if there is none
 * @room: processes, threads and kernel threads that may still be met
 *
 * Return: it, with a reference; %NULL if there is none, or no more room before it.
 */
static struct task_struct *next_process(int *nr, unsigned int *room)
{
	struct task_struct *task = NULL;
	struct pid *pid;

	rcu_read_lock();
	while (*room) {
		pid = find_ge_pid(*nr, &init_pid_ns);
		if (!pid) {
			*nr = 0;
			break;
		}
		(*room)--;
		*nr = pid_nr(pid);
		task = pid_task(pid, PIDTYPE_TGID);
		if (task && !(task->flags & PF_KTHREAD)) {
			get_task_struct(task);
			break;
		}
		task = NULL;
		(*nr)++;
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

/*
 * What is known of the process @nr, or %NULL. The sweep has met nobody from @from to there: it
 * forgets those who are known to have been there.
 */
static struct process *find_process(unsigned long from, unsigned long nr)
{
	struct process *p;

	while ((p = xa_find(&processes, &from, nr, XA_PRESENT)) && p->nr < nr)
		forget_waiting(p);
	return p;
}

/* Go on with the sweep, if it is time to. */
static void sweep_some(void)
{
	unsigned int room = MMSCAN_SWEEP_STEP;
	struct task_struct *task;
	unsigned long from;

	if (!mmscan_sweep_begin(&sweep, jiffies))
		return;

	from = sweep.nr;
	while (!kthread_should_stop() &&
	       (task = next_process(&sweep.nr, &room))) {
		meet(find_process(from, sweep.nr), task, sweep.nr);
		put_task_struct(task);
		from = ++sweep.nr;
		cond_resched();
	}
	/* Up to the end, or to where it goes on. */
	find_process(from, sweep.nr ?: ULONG_MAX);
	if (!sweep.nr)
		sweep_revises = false;
	mmscan_sweep_end(&sweep, MMSCAN_SWEEP_STEP - room, jiffies);
}

/* ---- what kmmscand does --------------------------------------------------------- */

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
 * mmscan_forget_all - forget all processes
 *
 * Context: kmmscand, or nobody runs it; may sleep.
 */
void mmscan_forget_all(void)
{
	unsigned long nr;
	struct process *p;

	xa_for_each(&processes, nr, p) {
		forget_waiting(p);
		cond_resched();
	}
	mmscan_sweep_now(&sweep, jiffies);
}

/**
 * mmscan_reconsider - parameters have changed: what is due may be so sooner
 *
 * Context: kmmscand.
 */
void mmscan_reconsider(void)
{
	sweep_revises = true;
	mmscan_sweep_now(&sweep, jiffies);
}

/**
 * mmscan_work - give those who are due a turn each, as far as is to be worked at once
 * @due: jiffies at which it is to go on
 *
 * Context: kmmscand; may sleep.
 * Return: CPU time that it took, of others, too, in ns.
 */
u64 mmscan_work(unsigned long *due)
{
	u64 most = mmscan_go_ns(READ_ONCE(mmscan_params.cpu_percent));
	u64 began = task_sched_runtime(current), took;
	unsigned long go = jiffies;
	struct mmscan_waiter *w;

	flushes_ns = 0;
	if (!lower_tiers_are_mapped()) {
		mmscan_forget_all();
		*due = jiffies + msecs_to_jiffies(MMSCAN_NOTICE_MS);
		return task_sched_runtime(current) - began;
	}

	mmscan_follow_pace();
	sweep_some();
	do {
		w = mmscan_queue_take(&queue, jiffies);
		if (w)
			take_turn(container_of(w, struct process, waiter));
		cond_resched();
		took = task_sched_runtime(current) - began + flushes_ns;
	} while (took < most && mmscan_queue_goes_on(&queue, go) &&
		 !kthread_should_stop());
	*due = mmscan_queue_due(&queue, sweep.wake);
	return took;
}

/* Memory that it takes, nodes of the array at their fullest. Context: any. */
u64 mmscan_bytes(void)
{
	return (u64)READ_ONCE(nr_processes) *
	       (kmalloc_size_roundup(sizeof(struct process)) +
		sizeof(struct xa_node) / XA_CHUNK_SIZE);
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
	mmput_async(mm);
	if (!mmscan_is_noted(&pm))
		return;
	scale = mmscan_scale(&pm);
	period = max(mmscan_period_ms(&pm), pm.sleep_ms);

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
	unsigned int room = UINT_MAX;
	struct task_struct *task;
	int nr = 1;

	seq_puts(m, "pid scale period_ms interval_ms weight ran_on target passes lower accessed skipped comm\n");
	while ((task = next_process(&nr, &room))) {
		show_mm(m, task);
		put_task_struct(task);
		nr++;
		cond_resched();
	}
	return 0;
}
