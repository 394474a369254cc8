// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: samples of memory accesses, from the processor to a report.
 *
 *	NMI           handler: physical address into the ring of this CPU
 *	  | irq_work, at the next tick, or at once when the ring fills up
 *	hard irq      drain: which folio is it, report it
 *
 * What a sample is worth. The chance of a page to be sampled is its share of all
 * accesses: of a hundred samples so many hit the hot set as percent of the
 * accesses do. And each sample is one out of thousands of accesses, so that a
 * page that is sampled once per window stands for far more than the eight
 * accesses that the default of freq-threshold asks for. Hence one sample weighs
 * PGHOT_HW_WEIGHT, the default threshold: one sample makes a page hot. That is what finds a hot
 * set soon: for 95 % of N equally hot pages to be sampled once takes 3 N
 * samples, twice 4.7 N, three times 6.3 N. And it errs rarely: of what is
 * promoted so, the share that was cold is the share of accesses that went to
 * cold pages.
 *
 * If all pages are accessed alike, one sample says nothing, whatever its weight:
 * each page that is sampled is as good as any other. While there is free memory
 * no harm is done by filling it with them. When there is none, more evidence is
 * wanted, and a higher threshold is the way to ask for it: 9 to 16 take two
 * samples within a window, 17 to 24 three. A page of N that are sampled S times
 * per second, all alike, gets a second one within a window of W seconds about
 * N (S/N)^2 W times per second: with 200000 pages, 1000 samples and 4 seconds
 * that is 20 pages per second, while a page of a hot set is sampled again and
 * again.
 *
 * A struct hw_cpu belongs to its CPU. The handler runs there, in an NMI or, for
 * a software event, in a task with interrupts off; the drain runs there in an
 * irq_work. An NMI may nest in any of these, so slots are reserved by an atomic
 * instruction that is only local. The drain cannot run between the reservation
 * of a slot and its being filled, as that happens with interrupts off.
 *
 * The handler of an event finds its struct hw_cpu as the event's context. Once
 * an event is disabled its handler does not run and will not again;
 * irq_work_sync() does the same for the drain.
 */
#include <linux/cpu.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <linux/pghot.h>
#include <linux/ptrace.h>
#include <linux/sched/clock.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <asm/local.h>

#include "base/node.h"
#include "record/weight.h"
#include "source/hwhint/rate.h"
#include "source/hwhint/sample.h"

#define HW_RING_SIZE		PGHOT_HW_RING_SIZE
#define HW_RING_URGENT		(HW_RING_SIZE / 2)

/* In a ring, a page frame number with this bit was accessed by the kernel. */
#define HW_BY_KERNEL		BIT(BITS_PER_LONG - 1)

/**
 * struct hw_cpu - sampling on one CPU
 * @event: the event; NULL when the CPU is not sampled
 * @presence: hw_presence of the CPU when @event was made
 * @params: those of the set
 * @rate: of its samples
 * @period: in use
 * @head: slots ever reserved; the handler, see above
 * @tail: slots ever taken; the drain
 * @unaddressed: samples without an address that were not yet counted
 * @dropped: samples that met a full ring and were not yet counted
 * @throttled: times that perf throttled the event, not yet counted
 * @soon: drains at the next tick
 * @now: drains as soon as interrupts are on
 * @ring: page frame numbers, possibly with HW_BY_KERNEL
 */
struct hw_cpu {
	struct perf_event *event;
	unsigned int presence;
	const struct pghot_hw_params *params;
	struct pghot_hw_rate rate;
	u64 period;
	local_t head;
	unsigned long tail;
	local_t unaddressed;
	local_t dropped;
	local_t throttled;
	struct irq_work soon;
	struct irq_work now;
	unsigned long ring[HW_RING_SIZE];
};

/**
 * struct pghot_hw_set - sampling on all CPUs
 * @params: with these parameters
 * @precise: attr.precise_ip that the PMU needs to deliver addresses
 * @exclude: the PMU can leave out kernel mode by itself
 * @cpus: one per possible CPU
 */
struct pghot_hw_set {
	struct pghot_hw_params params;
	unsigned int precise;
	bool exclude;
	struct hw_cpu __percpu *cpus;
};

/*
 * Changes of a CPU between there, even, and gone, odd: an event made before the
 * last of them is of no use. A CPU that is about to go is online until it has gone.
 */
static DEFINE_PER_CPU(unsigned int, hw_presence);

/* ---- a sample ---------------------------------------------------------------- */

static void push(struct hw_cpu *hc, unsigned long entry)
{
	unsigned long flags, pending;
	long head;

	local_irq_save(flags);
	head = local_read(&hc->head);
	do {
		pending = head - READ_ONCE(hc->tail);
		if (pending >= HW_RING_SIZE) {
			local_inc(&hc->dropped);
			goto out;
		}
	} while (!local_try_cmpxchg(&hc->head, &head, head + 1));

	WRITE_ONCE(hc->ring[(unsigned long)head % HW_RING_SIZE], entry);
out:
	irq_work_queue(pending >= HW_RING_URGENT ? &hc->now : &hc->soon);
	local_irq_restore(flags);
}

/* False when the sample has no physical address. */
static bool physical_address(struct perf_event *event,
			     struct perf_sample_data *data,
			     struct pt_regs *regs, u64 *phys)
{
	if (!(data->sample_flags & PERF_SAMPLE_PHYS_ADDR)) {
		if (!(data->sample_flags & PERF_SAMPLE_ADDR) || !data->addr)
			return false;
		/* Most drivers know the linear address only: have it translated. */
		perf_prepare_sample(data, event, regs);
	}
	*phys = data->phys_addr;
	return *phys;
}

/* May be an NMI. */
static void hw_overflow(struct perf_event *event, struct perf_sample_data *data,
			struct pt_regs *regs)
{
	struct hw_cpu *hc = event->overflow_handler_context;
	const struct pghot_hw_params *params = hc->params;
	u32 per_sec = READ_ONCE(params->per_sec);
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

	if (!physical_address(event, data, regs, &phys)) {
		local_inc(&hc->unaddressed);
		irq_work_queue(&hc->soon);
		return;
	}
	push(hc, PHYS_PFN(phys) | (user_mode(regs) ? 0 : HW_BY_KERNEL));
}

/* ---- what it was a sample of --------------------------------------------------- */

/* Head page frame of the folio of @pfn; false unless it is one on an LRU. */
static bool lru_folio_pfn(unsigned long *pfn)
{
	struct page *page = pfn_to_online_page(*pfn);
	struct folio *folio;
	bool ok;

	if (!page)
		return false;

	folio = page_folio(page);
	if (!folio_try_get(folio))
		return false;

	/* It may have become part of another folio in the meantime. */
	ok = page_folio(page) == folio && folio_test_lru(folio);
	*pfn = folio_pfn(folio);
	folio_put(folio);
	return ok;
}

static void report(unsigned long pfn)
{
	struct page *page = pfn_to_online_page(pfn);

	/* Most samples, on a machine whose hot pages are where they belong. */
	if (!page || !pghot_is_lower_tier(page_to_nid(page)) ||
	    !lru_folio_pfn(&pfn)) {
		count_vm_event(PGHOT_RECORDED_HINTFAULT +
			       PGHOT_SOURCE_ID_HWHINT);
		return;
	}
	pghot_record_access(pfn, numa_node_id(), PGHOT_SOURCE_ID_HWHINT,
			    PGHOT_HW_WEIGHT, jiffies);
}

static void drain(struct hw_cpu *hc)
{
	bool count_kernel = READ_ONCE(hc->params->count_kernel);
	unsigned long tail = hc->tail, by_user = 0, by_kernel = 0;
	long unaddressed = local_xchg(&hc->unaddressed, 0);
	long dropped = local_xchg(&hc->dropped, 0);

	for (; tail != (unsigned long)local_read(&hc->head); tail++) {
		unsigned long entry = READ_ONCE(hc->ring[tail % HW_RING_SIZE]);

		/* The slot has been read: an NMI may fill it. */
		WRITE_ONCE(hc->tail, tail + 1);
		if (entry & HW_BY_KERNEL)
			by_kernel++;
		else
			by_user++;
		if (!(entry & HW_BY_KERNEL) || count_kernel)
			report(entry & ~HW_BY_KERNEL);
	}

	count_vm_events(PGHOT_HWHINT_RECEIVED,
			by_user + by_kernel + unaddressed + dropped);
	count_vm_events(PGHOT_HWHINT_USER, by_user);
	count_vm_events(PGHOT_HWHINT_KERNEL, by_kernel);
	count_vm_events(PGHOT_HWHINT_UNADDRESSED, unaddressed);
	count_vm_events(PGHOT_HWHINT_DROPPED, dropped);
	count_vm_events(PGHOT_HWHINT_THROTTLED, local_xchg(&hc->throttled, 0));
}

static void drain_soon(struct irq_work *work)
{
	drain(container_of(work, struct hw_cpu, soon));
}

static void drain_now(struct irq_work *work)
{
	drain(container_of(work, struct hw_cpu, now));
}

/* ---- counters ------------------------------------------------------------------ */

static struct perf_event *create(const struct pghot_hw_set *set, unsigned int cpu,
				 unsigned int precise, struct hw_cpu *hc)
{
	const struct pghot_hw_params *p = &set->params;
	struct perf_event_attr attr = {
		.type = p->type,
		.size = sizeof(attr),
		.config = p->config,
		.config1 = p->config1,
		.config2 = p->config2,
		.sample_period = p->period,
		.sample_type = PERF_SAMPLE_ADDR | PERF_SAMPLE_PHYS_ADDR,
		.precise_ip = precise,
		/* One record per interrupt: PEBS hands out only the last. */
		.wakeup_events = 1,
		.exclude_kernel = set->exclude && !p->count_kernel,
		.exclude_hv = set->exclude,
		/* A guest's addresses mean nothing here. */
		.exclude_guest = set->exclude,
		.disabled = 1,
	};

	return perf_event_create_kernel_counter(&attr, cpu, NULL, hw_overflow,
						hc);
}

/* perf takes its events off a CPU that goes, and does not put them back. */
static bool is_stale(const struct hw_cpu *hc, unsigned int cpu)
{
	return READ_ONCE(hc->presence) != READ_ONCE(per_cpu(hw_presence, cpu));
}

/* Give @cpu a disabled event, unless it goes offline. */
static int setup_cpu(struct pghot_hw_set *set, unsigned int cpu)
{
	struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);
	struct perf_event *event;

	hc->period = set->params.period;
	hc->rate = (struct pghot_hw_rate){};
	WRITE_ONCE(hc->presence, READ_ONCE(per_cpu(hw_presence, cpu)));
	if (hc->presence & 1)
		return 0;
	event = create(set, cpu, set->precise, hc);
	/* It has gone offline in the meantime. */
	if (event == ERR_PTR(-ENODEV) && !cpu_online(cpu))
		return 0;
	if (IS_ERR(event))
		return PTR_ERR(event);
	WRITE_ONCE(hc->event, event);
	return 0;
}

static void release_cpu(struct pghot_hw_set *set, unsigned int cpu)
{
	struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);
	struct perf_event *event = hc->event;

	if (!event)
		return;

	WRITE_ONCE(hc->event, NULL);
	perf_event_release_kernel(event);
	irq_work_sync(&hc->now);
	irq_work_sync(&hc->soon);
}

/**
 * pghot_hw_enable - begin to sample
 * @set: what to sample
 *
 * Context: may sleep.
 */
void pghot_hw_enable(struct pghot_hw_set *set)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (hc->event)
			perf_event_enable(hc->event);
	}
}

/**
 * pghot_hw_disable - stop sampling
 * @set: a set that was enabled; cannot be enabled again
 *
 * Context: may sleep. When it returns no report is under way.
 */
void pghot_hw_disable(struct pghot_hw_set *set)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (!hc->event)
			continue;
		perf_event_disable(hc->event);
		irq_work_sync(&hc->now);
		irq_work_sync(&hc->soon);
	}
}

/**
 * pghot_hw_free - release a set and its events
 * @set: a disabled set, or one that never was enabled; may be NULL
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 */
void pghot_hw_free(struct pghot_hw_set *set)
{
	unsigned int cpu;

	if (!set)
		return;

	for_each_possible_cpu(cpu)
		release_cpu(set, cpu);
	free_percpu(set->cpus);
	kfree(set);
}

static struct pghot_hw_set *alloc_set(const struct pghot_hw_params *params)
{
	struct pghot_hw_set *set = kzalloc(sizeof(*set), GFP_KERNEL);
	unsigned int cpu;

	if (!set)
		return NULL;

	set->params = *params;
	set->cpus = alloc_percpu(struct hw_cpu);
	if (!set->cpus) {
		kfree(set);
		return NULL;
	}
	for_each_possible_cpu(cpu) {
		struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		hc->params = &set->params;
		hc->soon = IRQ_WORK_INIT_LAZY(drain_soon);
		hc->now = IRQ_WORK_INIT(drain_now);
	}
	return set;
}

/* ---- which events will do ------------------------------------------------------- */

static int software_event(const struct pghot_hw_params *p,
			  struct netlink_ext_ack *extack)
{
	switch (p->config) {
	case PERF_COUNT_SW_PAGE_FAULTS:
	case PERF_COUNT_SW_PAGE_FAULTS_MIN:
	case PERF_COUNT_SW_PAGE_FAULTS_MAJ:
		return 0;
	}
	NL_SET_ERR_MSG_FMT(extack,
			   "config: software event %llu has no data address, use 2, 5 or 6",
			   p->config);
	return -EOPNOTSUPP;
}

static int explain(const struct pghot_hw_params *p, int err,
		   struct netlink_ext_ack *extack)
{
	switch (err) {
	case -ENOENT:
	case -ENODEV:
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: no PMU of type %u takes config 0x%llx",
				   p->type, p->config);
		return -EOPNOTSUPP;
	case -EINVAL:
		NL_SET_ERR_MSG_FMT(extack,
				   "config: PMU %u refuses 0x%llx, or period %llu",
				   p->type, p->config, p->period);
		return err;
	default:
		NL_SET_ERR_MSG_FMT(extack,
				   "hwhint: perf refuses the event, error %d",
				   err);
		return err;
	}
}

/* The unit that counts cycles and instructions, for which 0 is not enough. */
static bool is_core_pmu(const struct pmu *pmu)
{
	return !strncmp(pmu->name, "cpu", 3);
}

/* With PEBS, a precise event has the address of its data. */
static int find_precise(struct pghot_hw_set *set, unsigned int cpu,
			struct netlink_ext_ack *extack)
{
	unsigned int precise;

	set->exclude = true;
	for (precise = 3; precise > 0; precise--) {
		struct perf_event *event = create(set, cpu, precise, NULL);

		if (IS_ERR(event))
			continue;
		perf_event_release_kernel(event);
		set->precise = precise;
		return 0;
	}
	NL_SET_ERR_MSG_FMT(extack,
			   "config: 0x%llx cannot be sampled precisely (PEBS): no data address",
			   set->params.config);
	return -EOPNOTSUPP;
}

/* Does this event yield physical addresses, and how is it to be asked for? */
static int check_event(struct pghot_hw_set *set, struct netlink_ext_ack *extack)
{
	unsigned int cpu = cpumask_any(cpu_online_mask);
	const struct pghot_hw_params *p = &set->params;
	struct perf_event *event;
	const struct pmu *pmu;
	int err = 0;

	switch (p->type) {
	case PERF_TYPE_SOFTWARE:
		return software_event(p, extack);
	case PERF_TYPE_TRACEPOINT:
	case PERF_TYPE_BREAKPOINT:
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: type %u does not sample data addresses",
				   p->type);
		return -EOPNOTSUPP;
	}

	event = create(set, cpu, 0, NULL);
	if (IS_ERR(event))
		return explain(p, PTR_ERR(event), extack);

	pmu = event->pmu;
	if (pmu->capabilities & PERF_PMU_CAP_NO_INTERRUPT) {
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: %.20s raises no interrupts, so it cannot sample",
				   pmu->name);
		err = -EOPNOTSUPP;
	} else if (is_core_pmu(pmu)) {
		err = 1;
	} else if (strcmp(pmu->name, "ibs_op")) {
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: %.20s does not deliver data addresses",
				   pmu->name);
		err = -EOPNOTSUPP;
	}
	perf_event_release_kernel(event);

	return err > 0 ? find_precise(set, cpu, extack) : err;
}

/**
 * pghot_hw_build - make events for all CPUs that are online
 * @params: what they shall sample
 * @extack: takes the reason of a failure
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 * Return: a set that does not sample yet, or an error pointer.
 */
struct pghot_hw_set *pghot_hw_build(const struct pghot_hw_params *params,
				    struct netlink_ext_ack *extack)
{
	struct pghot_hw_set *set = alloc_set(params);
	unsigned int cpu;
	int err;

	if (!set) {
		NL_SET_ERR_MSG(extack, "hwhint: no memory for rings");
		return ERR_PTR(-ENOMEM);
	}
	err = check_event(set, extack);
	for_each_online_cpu(cpu) {
		if (err)
			break;
		err = setup_cpu(set, cpu);
		if (err)
			explain(params, err, extack);
	}
	if (err) {
		pghot_hw_free(set);
		return ERR_PTR(err);
	}
	return set;
}

/* ---- CPUs come and go ------------------------------------------------------------ */

/**
 * pghot_hw_cpu_gone - a CPU is going offline
 * @cpu: the CPU
 *
 * Context: any; not at the same time for one CPU.
 */
void pghot_hw_cpu_gone(unsigned int cpu)
{
	WRITE_ONCE(per_cpu(hw_presence, cpu), per_cpu(hw_presence, cpu) | 1);
}

/**
 * pghot_hw_cpu_back - a CPU has come online, or stays it after all
 * @cpu: the CPU
 *
 * Context: any; not at the same time for one CPU.
 */
void pghot_hw_cpu_back(unsigned int cpu)
{
	unsigned int presence = per_cpu(hw_presence, cpu);

	/* At boot it was there without having come. */
	WRITE_ONCE(per_cpu(hw_presence, cpu), presence + (presence & 1));
}

/**
 * pghot_hw_follow_cpus - sample the CPUs that are online now, and no others
 * @set: an enabled set
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 */
void pghot_hw_follow_cpus(struct pghot_hw_set *set)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (is_stale(hc, cpu))
			release_cpu(set, cpu);
		if (hc->event || !cpu_online(cpu))
			continue;
		if (setup_cpu(set, cpu))
			pr_warn("pghot: hwhint cannot sample CPU %u\n", cpu);
		else if (hc->event)
			perf_event_enable(hc->event);
	}
}

/**
 * pghot_hw_parameters - what a set samples
 * @set: the set
 */
const struct pghot_hw_params *pghot_hw_parameters(const struct pghot_hw_set *set)
{
	return &set->params;
}

/**
 * pghot_hw_usage - what a set does at present
 * @set: an enabled set
 * @cpus: takes the number of CPUs that are sampled
 *
 * Context: any.
 * Return: the longest period that is in use on any of them, 0 if there are none.
 */
u64 pghot_hw_usage(const struct pghot_hw_set *set, u32 *cpus)
{
	u64 longest = 0;
	unsigned int cpu;

	*cpus = 0;
	for_each_possible_cpu(cpu) {
		const struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (!READ_ONCE(hc->event) || is_stale(hc, cpu))
			continue;
		longest = max(longest, READ_ONCE(hc->period));
		(*cpus)++;
	}
	return longest;
}

/* Memory that a set takes. */
u64 pghot_hw_bytes(void)
{
	return (u64)num_possible_cpus() * sizeof(struct hw_cpu);
}
