// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source: accessed bits of address spaces.
 *
 * The MMU sets a bit in the page table entry of whatever it translates. The
 * daemon kmmscand goes over the address spaces of all processes again and again,
 * and clears the bit of pages in lower tiers: one that is set the next time was
 * accessed in between. That costs an access nothing but a miss in the TLB, where
 * a hint fault costs a fault, and it needs no hardware but the MMU.
 *
 *	clear	    look	look	    look	look
 *	  |- interval -|- interval -|- interval -|- interval -|
 *
 * What a bit tells
 * ----------------
 * That there was an access in the interval, one or a million, so that a single
 * look says little. What sets a hot page apart is that it is young again and
 * again: see pghot_scan_weight_in(). With looks every second and the default window
 * of 4 s a report weighs 2, four looks in a row make a page hot, and one that
 * is young at half of them settles just below.
 *
 * The first walk reports nothing. Its bits date from who knows when.
 *
 * In stretches
 * ------------
 * In the time that it takes to walk hundreds of gigabytes cold pages are accessed,
 * too, and look no different from hot ones. So memory is not looked at in
 * turn, but in stretches that can be walked within the interval: a visit clears one, and
 * looks at it MMSCAN_LOOKS times, before the next one is visited.
 *
 *	stretch 1   clear, 4 looks
 *	stretch 2		    clear, 4 looks
 *	stretch 3				    clear, 4 looks
 *	  |- - - - - - - - - - - - - - pass - - - - - - - - - - - |
 *
 * How long a stretch is follows from what a page has cost and, since all address spaces
 * share the daemon, from whether looks come when they should. Most are one stretch that
 * is looked at always: each look is a pass, and nothing is cleared anew.
 *
 * The interval is the period, but shorter where so much is accessed in that time that
 * looks tell little: after a chunk of which more than three pages in eight were young
 * the visit begins again with one in which a quarter would be, down to MMSCAN_LOOK_MIN_MS.
 * It grows again by half while fewer than one in six are. In such memory a cold page is
 * young at a look in four. Heat that adds up what several visits saw would make it hot
 * sooner or later: so a visit has MMSCAN_LOOKS_DENSE looks of less weight, and there is
 * one in a window, by the end of which half of its heat is left.
 *
 * The window follows, see base/window.c: where looks go on always their interval, and
 * elsewhere the time between two visits to a stretch, see mmscan_told_ms(). Where even the
 * longest window is shorter than that heat fades between visits, which only
 * matters when fast memory is full: what is hot is promoted within a second.
 *
 * To have the bit of a hot page set again at all, its translation must leave the
 * TLB. With 2 MiB pages the TLB of a CPU holds gigabytes, and what is hottest
 * would stay in it and look cold; so where bits were cleared the address space is flushed.
 * Once for each walk, at its end, if it is short. One that takes the whole interval would be
 * blind then: what it clears first is seen from the flush on only, which is when the
 * next walk comes by. So there is a flush in between after each MMSCAN_FLUSHES-th part of the
 * interval: what stays in TLBs is seen for all but such a part of it, and the number of
 * flushes is bounded, however many chunks a walk has. Each is part of what cpu-percent
 * bounds, with what it takes of other CPUs.
 *
 * When, and how much
 * ------------------
 * A walk goes over a stretch in chunks of scan-size-mib of mapped memory. Over a whole
 * address space they are spread evenly over the interval. The period, from the
 * beginning of one pass to that of the next, shrinks to a quarter, down to
 * scan-period-min-ms, as soon as a chunk finds accesses to memory of lower tiers, and
 * grows by half, up to scan-period-max-ms, after a pass that found none. An address
 * space with nothing in lower tiers waits for the longest period; when nothing of lower
 * tiers is mapped by anybody no address space is walked. Those younger than
 * scan-delay-ms are left alone: most processes do not live so long. A process can ask by
 * prctl(2) for all this to go faster or not to happen, see scale.c.
 *
 * An address space sleeps when the longest period was not long enough for any of its
 * threads to run, nor for any of its memory to be accessed by others. Passes over it are
 * twice as far apart each time then, up to MMSCAN_SLEEP_MAX_MS, and begin with clearing. When
 * its process has run a sweep notices, and it is looked at as if accesses had been found.
 *
 * kmmscand takes who is due first, walks a chunk, and goes on with the next until each who
 * was due has had a turn, or it has worked for its share of MMSCAN_NOTICE_MS; then it rests,
 * for so long that it keeps to cpu-percent. Who is late waits behind others who are,
 * see queue.h. Those who are walked in stretches have equal parts of the time.
 *
 * What others know
 * ----------------
 * Reclaim looks at the bits that this clears. A folio whose bit was cleared goes to
 * the youngest generation, or without the multi-gen LRU is marked young, which
 * folio_referenced() takes for an access, so that nothing is lost. Neither is it
 * idle any more for those who track that. Secondary MMUs, like those of virtual
 * machines, are asked too. Page table entries that NUMA balancing made inaccessible keep
 * an old accessed bit, and are left out.
 *
 * Locks: a process that waits for its turn is known by its struct pid. Its address space
 * is kept only while it is walked, by a reference to its users, which is dropped
 * asynchronously: the last one frees all its memory. Its mmap lock is only ever tried, and
 * given back after some thousand entries or when somebody waits for it.
 */
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/pghot.h>
#include <linux/pgtable.h>
#include <linux/sched/cputime.h>
#include <net/netlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/window.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"
#include "source/source.h"

DEFINE_STATIC_KEY_FALSE(pghot_mmscan_key);

struct mmscan_params mmscan_params __read_mostly = {
	.size_mib = PGHOT_MMSCAN_SCAN_SIZE_MIB_DEFAULT,
	.period_min_ms = PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_DEFAULT,
	.period_max_ms = PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_DEFAULT,
	.delay_ms = PGHOT_MMSCAN_SCAN_DELAY_MS_DEFAULT,
	.cpu_percent = PGHOT_MMSCAN_CPU_PERCENT_DEFAULT,
};

/* ---- the daemon ------------------------------------------------------------ */

/* Only while the source is enabled; under pghot_lock. */
static struct task_struct *kmmscand;

static DECLARE_WAIT_QUEUE_HEAD(kmmscand_wait);

/* Parameters have changed: what is due may be so sooner. */
static bool kmmscand_kicked;

static int kmmscand_fn(void *unused)
{
	u64 owed = 0;

	mmscan_reconsider();
	while (!kthread_should_stop()) {
		unsigned long due;
		u64 took, ended;

		if (READ_ONCE(kmmscand_kicked)) {
			WRITE_ONCE(kmmscand_kicked, false);
			mmscan_reconsider();
		}
		took = mmscan_work(&due);
		owed = mmscan_owe(owed, took, READ_ONCE(mmscan_params.cpu_percent));
		ended = ktime_get_ns();
		/* Kicked or not: this much rest is what the CPU is owed. */
		wait_event_idle_timeout(kmmscand_wait, kthread_should_stop(),
					nsecs_to_jiffies(owed));
		if (time_after(due, jiffies))
			wait_event_idle_timeout(kmmscand_wait,
						kthread_should_stop() ||
						READ_ONCE(kmmscand_kicked),
						due - jiffies);
		owed = mmscan_rested(owed, ktime_get_ns() - ended);
	}
	mmscan_forget_all();
	return 0;
}

static int mmscan_available(char *why, size_t len)
{
	if (!arch_has_hw_pte_young()) {
		strscpy(why, "the CPU does not set accessed bits by itself", len);
		return -EOPNOTSUPP;
	}
	return pghot_need_lower_tier(why, len);
}

static int mmscan_enable(struct netlink_ext_ack *extack)
{
	struct task_struct *t;

	/* First: no copy of notes may be of the epoch that begins. */
	static_branch_enable_cpuslocked(&pghot_mmscan_key);
	mmscan_begin_epoch();
	t = kthread_run(kmmscand_fn, NULL, "kmmscand");
	if (IS_ERR(t)) {
		static_branch_disable_cpuslocked(&pghot_mmscan_key);
		NL_SET_ERR_MSG_FMT(extack,
				   "mmscan: cannot start kmmscand, error %ld",
				   PTR_ERR(t));
		return PTR_ERR(t);
	}
	kmmscand = t;
	return 0;
}

static void mmscan_disable(void)
{
	kthread_stop(kmmscand);
	kmmscand = NULL;
	static_branch_disable_cpuslocked(&pghot_mmscan_key);
	pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN, 0);
}

/* ---- parameters -------------------------------------------------------------- */

/**
 * struct param - one parameter on its way in and out
 * @name: YNL name of its attribute
 * @offset: of the member of struct mmscan_params
 * @min: smallest value
 * @max: largest value
 */
struct param {
	const char *name;
	size_t offset;
	u32 min;
	u32 max;
};

/* Indexed by attribute. */
static const struct param params[PGHOT_A_MMSCAN_MAX + 1] = {
	[PGHOT_A_MMSCAN_SCAN_SIZE_MIB] = {
		"scan-size-mib", offsetof(struct mmscan_params, size_mib),
		PGHOT_MMSCAN_SCAN_SIZE_MIB_MIN,
		PGHOT_MMSCAN_SCAN_SIZE_MIB_MAX },
	[PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS] = {
		"scan-period-min-ms",
		offsetof(struct mmscan_params, period_min_ms),
		PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_MIN,
		PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_MAX },
	[PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS] = {
		"scan-period-max-ms",
		offsetof(struct mmscan_params, period_max_ms),
		PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MIN,
		PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MAX },
	[PGHOT_A_MMSCAN_SCAN_DELAY_MS] = {
		"scan-delay-ms", offsetof(struct mmscan_params, delay_ms),
		0, PGHOT_MMSCAN_SCAN_DELAY_MS_MAX },
	[PGHOT_A_MMSCAN_CPU_PERCENT] = {
		"cpu-percent", offsetof(struct mmscan_params, cpu_percent),
		PGHOT_MMSCAN_CPU_PERCENT_MIN, PGHOT_MMSCAN_CPU_PERCENT_MAX },
};

static u32 *member(struct mmscan_params *p, int attrtype)
{
	return (void *)p + params[attrtype].offset;
}

static int mmscan_fill_params(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_SOURCE_MMSCAN);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = 1; i <= PGHOT_A_MMSCAN_MAX; i++) {
		if (nla_put_u32(skb, i, READ_ONCE(*member(&mmscan_params, i)))) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* The bounds of the period, given or not, have an order. */
static int check_periods(const struct mmscan_params *p,
			 const struct nlattr *min, const struct nlattr *max,
			 struct netlink_ext_ack *extack)
{
	if (p->period_min_ms <= p->period_max_ms)
		return 0;

	if (min)
		NL_SET_ERR_MSG_ATTR_FMT(extack, min,
					"scan-period-min-ms: %u is above scan-period-max-ms, accepted %u-%u",
					p->period_min_ms,
					PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_MIN,
					p->period_max_ms);
	else
		NL_SET_ERR_MSG_ATTR_FMT(extack, max,
					"scan-period-max-ms: %u is below scan-period-min-ms, accepted %u-%u",
					p->period_max_ms, p->period_min_ms,
					PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MAX);
	return -ERANGE;
}

static int mmscan_parse(const struct nlattr *nest, struct mmscan_params *p,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PGHOT_A_MMSCAN_MAX + 1];
	int i, err;

	err = nla_parse_nested(tb, PGHOT_A_MMSCAN_MAX, nest,
			       pghot_mmscan_nl_policy, extack);
	if (err)
		return err;

	for (i = 1; i <= PGHOT_A_MMSCAN_MAX; i++) {
		err = pghot_attr_u32(tb[i], params[i].name, params[i].min,
				     params[i].max, member(p, i), extack);
		if (err)
			return err;
	}
	return check_periods(p, tb[PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS],
			     tb[PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS], extack);
}

static int mmscan_check_params(const struct nlattr *nest,
			       struct netlink_ext_ack *extack)
{
	struct mmscan_params p = mmscan_params;

	return mmscan_parse(nest, &p, extack);
}

static void mmscan_apply_params(const struct nlattr *nest)
{
	struct mmscan_params p = mmscan_params;
	int i;

	mmscan_parse(nest, &p, NULL);
	for (i = 1; i <= PGHOT_A_MMSCAN_MAX; i++)
		WRITE_ONCE(*member(&mmscan_params, i), *member(&p, i));

	WRITE_ONCE(kmmscand_kicked, true);
	wake_up(&kmmscand_wait);
}

static const struct pghot_source_ops mmscan_ops = {
	.id = PGHOT_SOURCE_ID_MMSCAN,
	.name = "mmscan",
	.available = mmscan_available,
	.enable = mmscan_enable,
	.disable = mmscan_disable,
	.fill_params = mmscan_fill_params,
	.check_params = mmscan_check_params,
	.apply_params = mmscan_apply_params,
	.param_attr = PGHOT_A_SOURCE_MMSCAN,
	.show = mmscan_show,
	.bytes = mmscan_bytes,
};

static int __init mmscan_init(void)
{
	return pghot_register_source(&mmscan_ops);
}
late_initcall(mmscan_init);
