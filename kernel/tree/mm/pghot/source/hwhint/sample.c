// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: samples of memory accesses, from the processor to a report.
 *
 *	NMI           handler: physical address into the ring of this CPU, unless a
 *	  |	      cache has answered the access
 *	  | irq_work, at the next tick, or at once when the ring fills up
 *	hard irq      drain: which folio is it, report it
 *	  | work, once per second
 *	task          follow: how much a sample weighs, see evidence.h
 *
 * A struct pghot_hw_cpu belongs to its CPU. The handler runs there, in an NMI or, for
 * a software event, in a task with interrupts off; the drain runs there in an
 * irq_work. An NMI may nest in any of these, so slots are reserved by an atomic
 * instruction that is only local. The drain cannot run between the reservation
 * of a slot and its being filled, as that happens with interrupts off.
 *
 * The handler of an event finds its struct pghot_hw_cpu as the event's context. Once
 * an event is disabled its handler does not run and will not again;
 * irq_work_sync() does the same for the drain.
 *
 * Guests. Where the PMU cannot leave them out, as IBS cannot, their samples arrive
 * like others. Their linear addresses mean nothing here and are never translated. A
 * physical address that the hardware tells is the host's, and memory of a guest is
 * that of a process as much as any.
 */
#include <linux/jiffies.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/perf_event.h>
#include <linux/pghot.h>
#include <linux/ptrace.h>
#include <linux/sched/clock.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/node.h"
#include "base/window.h"
#include "source/hwhint/sample.h"

#define RING_URGENT		(PGHOT_HW_RING_SIZE / 2)

/* In a ring, a page frame number with this bit was accessed by the kernel. */
#define BY_KERNEL		BIT(BITS_PER_LONG - 1)

static_assert(PGHOT_HW_WEIGHT == PGHOT_FREQ_THRESHOLD_DEFAULT);

/* ---- a sample ---------------------------------------------------------------- */

static void push(struct pghot_hw_cpu *hc, unsigned long entry)
{
	unsigned long flags, pending;
	long head;

	local_irq_save(flags);
	head = local_read(&hc->head);
	do {
		pending = head - READ_ONCE(hc->tail);
		if (pending >= PGHOT_HW_RING_SIZE) {
			local_inc(&hc->dropped);
			goto out;
		}
	} while (!local_try_cmpxchg(&hc->head, &head, head + 1));

	WRITE_ONCE(hc->ring[(unsigned long)head % PGHOT_HW_RING_SIZE], entry);
out:
	irq_work_queue(pending >= RING_URGENT ? &hc->now : &hc->soon);
	local_irq_restore(flags);
}

/*
 * What the hardware tells of an address includes the bits that say how its memory is
 * encrypted. Where there are any, they are not among those of physical addresses.
 */
static u64 without_encryption(u64 phys)
{
#ifdef CONFIG_X86
	phys &= GENMASK_ULL(boot_cpu_data.x86_phys_bits - 1, 0);
#endif
	return phys;
}

/* False when the sample has no physical address. */
static bool physical_address(const struct pghot_hw_set *set,
			     struct perf_event *event,
			     struct perf_sample_data *data,
			     struct pt_regs *regs, u64 *phys)
{
	if (!(data->sample_flags & PERF_SAMPLE_PHYS_ADDR)) {
		if (!set->translate || perf_guest_state())
			return false;
		if (!(data->sample_flags & PERF_SAMPLE_ADDR) || !data->addr)
			return false;
		perf_prepare_sample(data, event, regs);
	}
	*phys = without_encryption(data->phys_addr);
	return *phys;
}

static bool from_cache(const struct perf_sample_data *data)
{
	return (data->sample_flags & PERF_SAMPLE_DATA_SRC) &&
	       pghot_hw_from_cache(data->data_src);
}

/* By the host's kernel: a guest's is a part of a process. */
static bool by_kernel(struct pt_regs *regs)
{
	return !user_mode(regs) && !perf_guest_state();
}

/**
 * pghot_hw_overflow - an event has a sample
 * @event: the event, with its struct pghot_hw_cpu as context
 * @data: the sample
 * @regs: where it was taken
 *
 * Context: NMI, or interrupts off.
 */
void pghot_hw_overflow(struct perf_event *event, struct perf_sample_data *data,
		       struct pt_regs *regs)
{
	struct pghot_hw_cpu *hc = event->overflow_handler_context;
	const struct pghot_hw_params *params = &hc->set->params;
	u32 per_sec = READ_ONCE(params->per_sec);
	local_t *lost = NULL;
	u64 phys;

	/*
	 * Half of what perf tolerates, which it may lower at any time. The new
	 * period takes effect as those of perf's own frequency mode do, which
	 * changes them in the same place: with the next sample or the one
	 * after it.
	 */
	per_sec = min_t(u32, per_sec,
			READ_ONCE(sysctl_perf_event_sample_rate) / 2) ?: 1;
	hc->period = pghot_hw_next_period(&hc->rate, local_clock(), hc->period,
					  params->period, per_sec);
	event->hw.sample_period = hc->period;

	/* MAX_INTERRUPTS of kernel/events/core.c: set just before the call. */
	if (event->hw.interrupts == U64_MAX)
		local_inc(&hc->throttled);

	if (from_cache(data))
		lost = &hc->cached;
	else if (!physical_address(hc->set, event, data, regs, &phys))
		lost = &hc->unaddressed;
	if (lost) {
		local_inc(lost);
		irq_work_queue(&hc->soon);
		return;
	}
	push(hc, PHYS_PFN(phys) | (by_kernel(regs) ? BY_KERNEL : 0));
}

/* ---- what it was a sample of --------------------------------------------------- */

/* Base pages of the folio that was reported, 0 when it was not one to report. */
static unsigned long report(unsigned long pfn, unsigned int weight)
{
	struct page *page = pfn_to_online_page(pfn);
	unsigned long nr = 0;

	/* Most samples, on a machine whose hot pages are where they belong. */
	if (page && pghot_is_lower_tier(page_to_nid(page)))
		nr = pghot_folio_around(&pfn, true);
	if (!nr) {
		count_vm_event(PGHOT_RECORDED_HINTFAULT +
			       PGHOT_SOURCE_ID_HWHINT);
		return 0;
	}
	pghot_record_access(pfn, numa_node_id(), PGHOT_SOURCE_ID_HWHINT,
			    weight, jiffies);
	return nr;
}

/* One CPU, once per second, has the weight of samples follow their number. */
static void follow_soon(struct pghot_hw_set *set)
{
	unsigned long at = READ_ONCE(set->follow_at);

	if (set->is_hardware && time_after_eq(jiffies, at) &&
	    cmpxchg(&set->follow_at, at, jiffies + HZ) == at)
		schedule_work(&set->follow);
}

static void drain(struct pghot_hw_cpu *hc)
{
	bool count_kernel = READ_ONCE(hc->set->params.count_kernel);
	unsigned int weight = READ_ONCE(hc->set->weight);
	unsigned long tail = hc->tail, user = 0, kernel = 0;
	long unaddressed = local_xchg(&hc->unaddressed, 0);
	long dropped = local_xchg(&hc->dropped, 0);
	long cached = local_xchg(&hc->cached, 0);
	u64 pages = hc->pages;

	for (; tail != (unsigned long)local_read(&hc->head); tail++) {
		unsigned long entry = READ_ONCE(hc->ring[tail % PGHOT_HW_RING_SIZE]);

		/* The slot has been read: an NMI may fill it. */
		WRITE_ONCE(hc->tail, tail + 1);
		if (entry & BY_KERNEL)
			kernel++;
		else
			user++;
		if (!(entry & BY_KERNEL) || count_kernel)
			pages += report(entry & ~BY_KERNEL, weight);
	}
	WRITE_ONCE(hc->pages, pages);

	count_vm_events(PGHOT_HWHINT_RECEIVED,
			user + kernel + cached + unaddressed + dropped);
	count_vm_events(PGHOT_HWHINT_USER, user);
	count_vm_events(PGHOT_HWHINT_KERNEL, kernel);
	count_vm_events(PGHOT_HWHINT_CACHED, cached);
	count_vm_events(PGHOT_HWHINT_UNADDRESSED, unaddressed);
	count_vm_events(PGHOT_HWHINT_DROPPED, dropped);
	count_vm_events(PGHOT_HWHINT_THROTTLED, local_xchg(&hc->throttled, 0));
	follow_soon(hc->set);
}

static void drain_soon(struct irq_work *work)
{
	drain(container_of(work, struct pghot_hw_cpu, soon));
}

static void drain_now(struct irq_work *work)
{
	drain(container_of(work, struct pghot_hw_cpu, now));
}

/* ---- how much it weighs ----------------------------------------------------------- */

/* Pages of the lower tiers that samples can hit. */
static u64 lower_lru_pages(void)
{
	u64 pages = 0;
	int nid, lru;

	for_each_node_state(nid, N_MEMORY) {
		if (!pghot_is_lower_tier(nid))
			continue;
		for (lru = 0; lru < NR_LRU_LISTS; lru++)
			pages += node_page_state(NODE_DATA(nid),
						 NR_LRU_BASE + lru);
	}
	return pages;
}

static void follow_pace(struct work_struct *work)
{
	struct pghot_hw_set *set = container_of(work, struct pghot_hw_set,
						follow);
	unsigned long now = jiffies;
	unsigned int cpu;
	u64 pages = 0;
	u32 span_ms;

	for_each_possible_cpu(cpu)
		pages += READ_ONCE(per_cpu_ptr(set->cpus, cpu)->pages);
	pghot_hw_pace_add(&set->pace, pages - set->followed_pages,
			  jiffies_to_msecs(now - set->followed_at));
	set->followed_pages = pages;
	set->followed_at = now;

	span_ms = pghot_hw_span_ms(&set->pace, lower_lru_pages());
	WRITE_ONCE(set->weight,
		   pghot_hw_weight(span_ms, READ_ONCE(pghot_params.window_ms)));
	pghot_window_wish(PGHOT_SOURCE_ID_HWHINT, span_ms);
}

/* ---- beginning and end --------------------------------------------------------------- */

/**
 * pghot_hw_init_samples - make a set ready for samples
 * @set: a set, all zero but for its parameters, with memory for its CPUs
 */
void pghot_hw_init_samples(struct pghot_hw_set *set)
{
	unsigned int cpu;

	set->weight = PGHOT_HW_WEIGHT;
	INIT_WORK(&set->follow, follow_pace);
	for_each_possible_cpu(cpu) {
		struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		hc->set = set;
		hc->soon = IRQ_WORK_INIT_LAZY(drain_soon);
		hc->now = IRQ_WORK_INIT(drain_now);
	}
}

/**
 * pghot_hw_begin_samples - the events of a set are about to be enabled
 * @set: the set
 */
void pghot_hw_begin_samples(struct pghot_hw_set *set)
{
	set->followed_at = jiffies;
	WRITE_ONCE(set->follow_at, jiffies + HZ);
}

/**
 * pghot_hw_sync_cpu - wait for what is under way on a CPU
 * @hc: the CPU, with its event disabled or released
 *
 * Context: may sleep.
 */
void pghot_hw_sync_cpu(struct pghot_hw_cpu *hc)
{
	irq_work_sync(&hc->now);
	irq_work_sync(&hc->soon);
}

/**
 * pghot_hw_end_samples - the last sample of a set has been reported
 * @set: the set; no CPU is sampled any more
 *
 * Context: may sleep.
 */
void pghot_hw_end_samples(struct pghot_hw_set *set)
{
	cancel_work_sync(&set->follow);
	pghot_window_wish(PGHOT_SOURCE_ID_HWHINT, 0);
}
