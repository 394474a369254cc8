// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source: NUMA hint faults.
 *
 * In its memory tiering mode (kernel.numa_balancing with bit 2) NUMA balancing
 * unmaps pages of slow memory from time to time and promotes what faults again
 * soon. While this source is enabled it only detects: should_numa_migrate_memory()
 * leaves the decision open, and the fault handlers report the folio here, under
 * the page table lock, instead of migrating it. All that concerns normal NUMA
 * balancing between nodes of the top tier is untouched.
 *
 * The time from unmapping to the fault is known, and says more than the fault:
 * see pghot_hint_heat(). What counts is the mean of several, see record/record.h, or that
 * of a single one if there are no records; while its target has plenty of free memory
 * any fault makes the page a candidate. The handlers count the faults that would have led to
 * a promotion as if they had: task_numa_fault() and the pace of scanning are as without
 * pghot.
 *
 * The static key may change between the two places that look at it. A fault
 * that meets it in between is either promoted at once without a look at its
 * latency, or has its latency taken twice, the second time as 0. Both concern
 * single faults at the moment of enabling or disabling.
 */
#include <linux/cpu.h>
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/pghot.h>
#include <linux/sched/numa_balancing.h>
#include <linux/sched/sysctl.h>
#include <linux/vmstat.h>
#include <net/netlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/config.h"
#include "base/window.h"
#include "promote/demand.h"
#include "promote/room.h"
#include "queue/origin.h"
#include "record/weight.h"
#include "source/hintfault.h"
#include "source/source.h"

DEFINE_STATIC_KEY_FALSE(pghot_hintfault_key);

static u32 hot_latency_ms __read_mostly = PGHOT_HOT_LATENCY_MS_DEFAULT;

#ifdef CONFIG_PGHOT_RECORDS
static void report(struct folio *folio, int nid, unsigned int heat)
{
	pghot_record_heat(folio_pfn(folio), nid, PGHOT_SOURCE_ID_HINTFAULT,
			  heat, jiffies);
}

static void remember_origin(void)
{
}
#else
static const struct pghot_origin hintfault_origin = {
	.sources = BIT(PGHOT_SOURCE_ID_HINTFAULT),
};

static void report(struct folio *folio, int nid, unsigned int heat)
{
	if (!pghot_active())
		return;

	count_vm_event(PGHOT_RECORDED_HINTFAULT);
	count_vm_event(PGHOT_USEFUL_HINTFAULT);
	if (heat >= READ_ONCE(pghot_params.freq_threshold))
		pghot_submit(folio_pfn(folio), 1, nid, heat,
			     PGHOT_ORIGIN_HINTFAULT);
}

static void remember_origin(void)
{
	pghot_register_origin(PGHOT_ORIGIN_HINTFAULT, &hintfault_origin);
}
#endif

static u64 mib_of(const struct task_struct *p)
{
	return READ_ONCE(p->mm->total_vm) >> (20 - PAGE_SHIFT);
}

/* By the node that it runs on, which is the one that its pages would go to. */
static u32 period_ms(const struct task_struct *p)
{
	return pghot_hint_period_for(p->numa_scan_period,
				     p->numa_scan_period_max, mib_of(p),
				     pghot_demand_of(numa_node_id()));
}

/* Time that a pass of NUMA balancing over the address space of @p takes, in ms. */
static u32 pass_ms(const struct task_struct *p)
{
	return pghot_hint_pass_ms(mib_of(p), period_ms(p));
}

/**
 * pghot_hint_period - time in which NUMA balancing is to go over a stretch of memory
 * @p: the current task, which has an address space
 *
 * Called at each tick. A period that has become shorter counts from now on.
 *
 * Context: any; preemption is off, or does no harm.
 * Return: milliseconds, at least 1.
 */
unsigned int pghot_hint_period(struct task_struct *p)
{
	u32 ms = max(period_ms(p), 1U);
	unsigned long soon = jiffies + msecs_to_jiffies(ms);

	if (ms < p->numa_scan_period &&
	    time_after(READ_ONCE(p->mm->numa_next_scan), soon))
		WRITE_ONCE(p->mm->numa_next_scan, soon);
	return ms;
}

/* See pghot_hint_scans(). */
bool __pghot_hint_scans(struct mm_struct *mm)
{
	return atomic_read(&mm->mm_users) == 1;
}

/* Time between two looks at a page, in ms, of whoever has faults; it needs no lock. */
static u32 average;

/* The window follows it. Return: its present value. */
static u32 follow_pace(const struct task_struct *p)
{
	u32 pace = READ_ONCE(average);

	/* Somebody else's memory, on behalf of nobody. */
	if (!p->mm)
		return pace;

	pace = pghot_hint_pace(pace, pass_ms(p));
	WRITE_ONCE(average, pace);
	pghot_window_follow(PGHOT_SOURCE_ID_HINTFAULT, pace);
	return pace;
}

/**
 * pghot_hint_fault - report a NUMA hint fault on a folio of slow memory
 * @folio: the folio, for which folio_use_access_time() holds
 * @nid: node that the fault would have it moved to
 *
 * Context: page table lock held, so that @folio stays.
 * Return: true when NUMA balancing would have moved the page: the fault counts as one
 * that has, so that the pace of scanning is the same.
 */
bool pghot_hint_fault(struct folio *folio, int nid)
{
	u32 threshold = READ_ONCE(pghot_params.freq_threshold);
	u32 hot_ms = READ_ONCE(hot_latency_ms);
	u32 pass = follow_pace(current);
	int time = jiffies_to_msecs(jiffies);
	u32 latency, heat;
	bool as_stock, full;

	latency = (time - folio_xchg_access_time(folio, time)) &
		  PAGE_ACCESS_TIME_MASK;
	as_stock = latency <= hot_ms;
	/* Where somebody has to make place it is judged whether that pays. */
	full = pghot_target_is_full(nid);
	if (full)
		hot_ms = pghot_hint_hot_ms(hot_ms, pass);
	heat = pghot_hint_heat(latency, hot_ms, threshold);
	if (full)
		heat = pghot_hint_eased(heat, threshold, pghot_demand_ease(nid));
	if (pghot_target_has_plenty(nid)) {
		heat = pghot_hint_welcome(heat, threshold);
		as_stock = true;
	}
	report(folio, nid, heat);
	return as_stock;
}

static int hintfault_enable(struct netlink_ext_ack *extack)
{
	if (!(sysctl_numa_balancing_mode & NUMA_BALANCING_MEMORY_TIERING))
		NL_SET_ERR_MSG(extack,
			       "hintfault sees nothing until kernel.numa_balancing has bit 2 set");

	static_branch_enable_cpuslocked(&pghot_hintfault_key);
	return 0;
}

static void hintfault_disable(void)
{
	static_branch_disable_cpuslocked(&pghot_hintfault_key);
	/* Those that saw it on hold a page table lock, and end before the pace does. */
	synchronize_rcu();
	WRITE_ONCE(average, 0);
	pghot_window_follow(PGHOT_SOURCE_ID_HINTFAULT, 0);
}

static int hintfault_fill_params(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_SOURCE_HINTFAULT);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PGHOT_A_HINTFAULT_HOT_LATENCY_MS,
			READ_ONCE(hot_latency_ms))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int hintfault_parse(const struct nlattr *nest, u32 *latency,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PGHOT_A_HINTFAULT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, PGHOT_A_HINTFAULT_MAX, nest,
			       pghot_hintfault_nl_policy, extack);
	if (err)
		return err;

	return pghot_attr_u32(tb[PGHOT_A_HINTFAULT_HOT_LATENCY_MS],
			      "hot-latency-ms", PGHOT_HOT_LATENCY_MS_MIN,
			      PGHOT_HOT_LATENCY_MS_MAX, latency, extack);
}

static int hintfault_check_params(const struct nlattr *nest,
				  struct netlink_ext_ack *extack)
{
	u32 latency;

	return hintfault_parse(nest, &latency, extack);
}

static void hintfault_apply_params(const struct nlattr *nest)
{
	u32 latency = hot_latency_ms;

	hintfault_parse(nest, &latency, NULL);
	WRITE_ONCE(hot_latency_ms, latency);
}

static const struct pghot_source_ops hintfault_ops = {
	.id = PGHOT_SOURCE_ID_HINTFAULT,
	.name = "hintfault",
	.available = pghot_need_lower_tier,
	.enable = hintfault_enable,
	.disable = hintfault_disable,
	.fill_params = hintfault_fill_params,
	.check_params = hintfault_check_params,
	.apply_params = hintfault_apply_params,
	.param_attr = PGHOT_A_SOURCE_HINTFAULT,
};

static int __init hintfault_init(void)
{
	remember_origin();
	return pghot_register_source(&hintfault_ops);
}
late_initcall(hintfault_init);
