// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source: hardware samples, through perf.
 *
 * Processors can sample instructions and tell the address of the data that they
 * accessed: AMD's Instruction Based Sampling, Intel's PEBS. This source keeps
 * one perf event on each CPU and reports what it samples. perf shares the
 * hardware between users: with somebody's "perf record" on the same unit both
 * get their share of the time. Which PMU, and what it shall count, is for user
 * space to say, in numbers that it finds in sysfs; a software event, minor page
 * faults, stands in where there is no such PMU.
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
 * PGHOT_HW_WEIGHT, as much as the strongest hint fault, which is evidence of the
 * same kind: at an arbitrary moment somebody was just accessing this page. At
 * the default threshold one sample makes a page hot. That is what finds a hot
 * set soon: for 95 % of N equally hot pages to be sampled once takes 3 N
 * samples, twice 4.7 N, three times 6.3 N. And it errs rarely: of what is
 * promoted so, the share that was cold is the share of accesses that went to
 * cold pages.
 *
 * If all pages are accessed alike, one sample says nothing, whatever its weight:
 * then each page that is sampled is as good as any other. While there is free
 * memory no harm is done by filling it with them. When there is none a page has
 * to be better than what it displaces, and promotion asks for more than the
 * base threshold, see promote.c; then a second sample within the window tells a
 * hot page, sampled r times per window, from a flat one, sampled at most once in
 * many. Raising freq-threshold above 8 asks for two samples, above 16 for three,
 * and so on at once.
 *
 * Lifetime: a struct hw_set is all that sampling with one set of parameters
 * needs. It is built and torn down with cpu_hotplug_lock held for reading, by
 * pghot_config_lock(); CPUs that come and go change it with that lock held for
 * writing. hw_lock, which ranks below both, is for those who only look at what
 * is running. The handler of an event finds its struct hw_cpu as the event's
 * context, and perf_event_release_kernel() returns only when it does not run
 * and will not again; irq_work_sync() does the same for the drain.
 *
 * A struct hw_cpu belongs to its CPU. The handler runs there, in an NMI or, for
 * a software event, in a task with interrupts off; the drain runs there in an
 * irq_work. An NMI may nest in any of these, so slots are reserved by an atomic
 * instruction that is only local. The drain cannot run between the reservation
 * of a slot and its being filled, as that happens with interrupts off.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/memory_hotplug.h>
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/perf_event.h>
#include <linux/ptrace.h>
#include <linux/sched/clock.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <asm/local.h>
#include <net/netlink.h>

#include "hwhint_rate.h"
#include "internal.h"
#include "netlink-gen.h"

/* Weight of a sample; see above. */
#define PGHOT_HW_WEIGHT		PGHOT_HINT_WEIGHT_MAX

#define HW_RING_SIZE		512	/* power of two */
#define HW_RING_URGENT		(HW_RING_SIZE / 2)

/* In a ring, a page frame number with this bit was accessed by the kernel. */
#define HW_BY_KERNEL		BIT(BITS_PER_LONG - 1)

/**
 * struct hw_params - what to sample, and how often
 * @type: PMU
 * @config: of the event
 * @config1: of the event
 * @config2: of the event
 * @period: shortest sampling period
 * @per_sec: samples per second and CPU, at most
 * @count_kernel: report accesses made in kernel mode
 */
struct hw_params {
	u32 type;
	u64 config;
	u64 config1;
	u64 config2;
	u64 period;
	u32 per_sec;
	bool count_kernel;
};

/**
 * struct hw_cpu - sampling on one CPU
 * @event: the event; NULL while the CPU is offline or could not be sampled
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
	const struct hw_params *params;
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
 * struct hw_set - sampling on all CPUs
 * @params: with these parameters
 * @precise: attr.precise_ip that the PMU needs to deliver addresses
 * @exclude: the PMU can leave out kernel mode by itself
 * @cpus: one per possible CPU
 */
struct hw_set {
	struct hw_params params;
	unsigned int precise;
	bool exclude;
	struct hw_cpu __percpu *cpus;
};

/* Keeps hw_set, its events and hw_params for readers; see "Lifetime" above. */
static DEFINE_MUTEX(hw_lock);

/* The stored parameters; written under pghot_lock and hw_lock. */
static struct hw_params hw_params = {
	.type = PERF_TYPE_SOFTWARE,
	.config = PERF_COUNT_SW_PAGE_FAULTS_MIN,
	.period = PGHOT_SAMPLE_PERIOD_DEFAULT,
	.per_sec = PGHOT_SAMPLES_PER_SEC_DEFAULT,
};

/* What is running, or NULL. */
static struct hw_set *hw_set;

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
	const struct hw_params *params = hc->params;
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
	struct pghot_node *node = page ? pghot_node(page_to_nid(page)) : NULL;

	/* Most samples, on a machine whose hot pages are where they belong. */
	if (!node || READ_ONCE(node->toptier) || !lru_folio_pfn(&pfn)) {
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

static struct perf_event *create(const struct hw_set *set, unsigned int cpu,
				 unsigned int precise, struct hw_cpu *hc)
{
	const struct hw_params *p = &set->params;
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
		.disabled = !hc,
	};

	return perf_event_create_kernel_counter(&attr, cpu, NULL, hw_overflow,
						hc);
}

static int start_cpu(struct hw_set *set, unsigned int cpu)
{
	struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);
	struct perf_event *event;

	hc->period = set->params.period;
	hc->rate = (struct pghot_hw_rate){};
	event = create(set, cpu, set->precise, hc);
	if (IS_ERR(event))
		return PTR_ERR(event);
	hc->event = event;
	return 0;
}

static void stop_cpu(struct hw_set *set, unsigned int cpu)
{
	struct hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

	if (!hc->event)
		return;

	perf_event_release_kernel(hc->event);
	hc->event = NULL;
	irq_work_sync(&hc->now);
	irq_work_sync(&hc->soon);
}

static void free_set(struct hw_set *set)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		stop_cpu(set, cpu);
	free_percpu(set->cpus);
	kfree(set);
}

static struct hw_set *alloc_set(const struct hw_params *params)
{
	struct hw_set *set = kzalloc(sizeof(*set), GFP_KERNEL);
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
		hc->now = IRQ_WORK_INIT_HARD(drain_now);
	}
	return set;
}

/* ---- which events will do ------------------------------------------------------- */

static int software_event(const struct hw_params *p,
			  struct netlink_ext_ack *extack)
{
	switch (p->config) {
	case PERF_COUNT_SW_PAGE_FAULTS:
	case PERF_COUNT_SW_PAGE_FAULTS_MIN:
	case PERF_COUNT_SW_PAGE_FAULTS_MAJ:
		return 0;
	}
	NL_SET_ERR_MSG_FMT(extack,
			   "config: software event %llu has no data address, page faults (2, 5, 6) have",
			   p->config);
	return -EOPNOTSUPP;
}

static int explain(const struct hw_params *p, int err,
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
				   "config: PMU %u refuses 0x%llx or period %llu (IBS: times 16)",
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
static int find_precise(struct hw_set *set, unsigned int cpu,
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
static int check_event(struct hw_set *set, struct netlink_ext_ack *extack)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);
	const struct hw_params *p = &set->params;
	struct perf_event *event;
	const struct pmu *pmu;
	int err = 0;

	if (p->type == PERF_TYPE_SOFTWARE)
		return software_event(p, extack);

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

/* Sample all CPUs; the set, or an error with @extack set. */
static struct hw_set *start_set(const struct hw_params *params,
				struct netlink_ext_ack *extack)
{
	struct hw_set *set = alloc_set(params);
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
		err = start_cpu(set, cpu);
		if (err)
			explain(params, err, extack);
	}
	if (err) {
		free_set(set);
		return ERR_PTR(err);
	}
	return set;
}

/* ---- CPUs come and go ------------------------------------------------------------ */

static int hw_cpu_online(unsigned int cpu)
{
	/* That pghot cannot sample it is no reason for a CPU to stay offline. */
	mutex_lock(&hw_lock);
	if (hw_set && start_cpu(hw_set, cpu))
		pr_warn("pghot: hwhint cannot sample CPU %u\n", cpu);
	mutex_unlock(&hw_lock);
	return 0;
}

static int hw_cpu_offline(unsigned int cpu)
{
	mutex_lock(&hw_lock);
	if (hw_set)
		stop_cpu(hw_set, cpu);
	mutex_unlock(&hw_lock);
	return 0;
}

/* ---- the source ------------------------------------------------------------------- */

static int hw_available(char *why, size_t len)
{
	int nid;

	for_each_node_state(nid, N_MEMORY) {
		if (!node_is_toptier(nid))
			return 0;
	}
	strscpy(why, "no node with memory is in a lower tier", len);
	return -ENODEV;
}

/* Make @set, or nothing, the one that samples. */
static void publish(struct hw_set *set, const struct hw_params *p)
{
	struct hw_set *old;

	mutex_lock(&hw_lock);
	old = hw_set;
	hw_set = set;
	if (p)
		hw_params = *p;
	mutex_unlock(&hw_lock);
	if (old)
		free_set(old);
}

static void hw_disable(void)
{
	publish(NULL, NULL);
}

static int parse_uint(struct nlattr **tb, int type, const char *name, u64 min,
		      u64 max, u64 *value, struct netlink_ext_ack *extack)
{
	u64 number;

	if (!tb[type])
		return 0;

	number = nla_get_uint(tb[type]);
	if (number < min || number > max) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, tb[type],
					"%s: %llu is out of range, accepted %llu-%llu",
					name, number, min, max);
		return -ERANGE;
	}
	*value = number;
	return 0;
}

static int parse_u32(struct nlattr **tb, int type, const char *name, u32 min,
		     u32 max, u32 *value, struct netlink_ext_ack *extack)
{
	u32 number;

	if (!tb[type])
		return 0;

	number = nla_get_u32(tb[type]);
	if (number < min || number > max) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, tb[type],
					"%s: %u is out of range, accepted %u-%u",
					name, number, min, max);
		return -ERANGE;
	}
	*value = number;
	return 0;
}

/* Change @p as @nest says; the policy core has checked types. */
static int hw_parse(const struct nlattr *nest, struct hw_params *p,
		    struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PGHOT_A_HWHINT_MAX + 1];
	u32 kernel = p->count_kernel;
	int err;

	err = nla_parse_nested(tb, PGHOT_A_HWHINT_MAX, nest,
			       pghot_hwhint_nl_policy, extack);
	if (err)
		return err;

	if (tb[PGHOT_A_HWHINT_COUNT_KERNEL]) {
		kernel = nla_get_u8(tb[PGHOT_A_HWHINT_COUNT_KERNEL]);
		if (kernel > 1) {
			NL_SET_ERR_MSG_ATTR_FMT(extack,
						tb[PGHOT_A_HWHINT_COUNT_KERNEL],
						"count-kernel: %u is out of range, accepted 0-1",
						kernel);
			return -ERANGE;
		}
		p->count_kernel = kernel;
	}
	return parse_u32(tb, PGHOT_A_HWHINT_PMU_TYPE, "pmu-type", 0, INT_MAX,
			 &p->type, extack) ?:
	       parse_uint(tb, PGHOT_A_HWHINT_CONFIG, "config", 0, U64_MAX,
			  &p->config, extack) ?:
	       parse_uint(tb, PGHOT_A_HWHINT_CONFIG1, "config1", 0, U64_MAX,
			  &p->config1, extack) ?:
	       parse_uint(tb, PGHOT_A_HWHINT_CONFIG2, "config2", 0, U64_MAX,
			  &p->config2, extack) ?:
	       parse_uint(tb, PGHOT_A_HWHINT_SAMPLE_PERIOD, "sample-period",
			  PGHOT_SAMPLE_PERIOD_MIN, PGHOT_SAMPLE_PERIOD_MAX,
			  &p->period, extack) ?:
	       parse_u32(tb, PGHOT_A_HWHINT_SAMPLES_PER_SEC, "samples-per-sec",
			 PGHOT_SAMPLES_PER_SEC_MIN, PGHOT_SAMPLES_PER_SEC_MAX,
			 &p->per_sec, extack);
}

static int hw_check_params(const struct nlattr *nest,
			   struct netlink_ext_ack *extack)
{
	struct hw_params p = hw_params;

	return hw_parse(nest, &p, extack);
}

static void hw_apply_params(const struct nlattr *nest)
{
	struct hw_params p = hw_params;

	hw_parse(nest, &p, NULL);
	mutex_lock(&hw_lock);
	hw_params = p;
	mutex_unlock(&hw_lock);
}

/* Old and new events exist side by side for a moment; perf rotates them. */
static int hw_restart(const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct hw_params p = hw_params;
	struct hw_set *set;
	int err;

	err = nest ? hw_parse(nest, &p, extack) : 0;
	if (err)
		return err;

	set = start_set(&p, extack);
	if (IS_ERR(set))
		return PTR_ERR(set);

	publish(set, &p);
	return 0;
}

static int put_params(struct sk_buff *skb, const struct hw_params *p)
{
	return nla_put_u32(skb, PGHOT_A_HWHINT_PMU_TYPE, p->type) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG, p->config) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG1, p->config1) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG2, p->config2) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_SAMPLE_PERIOD, p->period) ?:
	       nla_put_u32(skb, PGHOT_A_HWHINT_SAMPLES_PER_SEC, p->per_sec) ?:
	       nla_put_u8(skb, PGHOT_A_HWHINT_COUNT_KERNEL, p->count_kernel);
}

static int hw_fill_params(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_SOURCE_HWHINT);
	struct hw_params p;

	if (!nest)
		return -EMSGSIZE;

	mutex_lock(&hw_lock);
	p = hw_params;
	mutex_unlock(&hw_lock);
	if (put_params(skb, &p)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* The longest period in use, 0 when no CPU is sampled; and how many are. */
static u64 sampled_cpus(u32 *nr)
{
	u64 longest = 0;
	unsigned int cpu;

	*nr = 0;
	mutex_lock(&hw_lock);
	for_each_possible_cpu(cpu) {
		struct hw_cpu *hc = hw_set ? per_cpu_ptr(hw_set->cpus, cpu) :
					     NULL;

		if (!hc || !hc->event)
			continue;
		longest = max(longest, READ_ONCE(hc->period));
		(*nr)++;
	}
	mutex_unlock(&hw_lock);
	return longest;
}

static int put_counters(struct sk_buff *skb, const u64 *events)
{
	u32 cpus;
	u64 longest = sampled_cpus(&cpus);

	return nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD,
			    longest) ?:
	       nla_put_u32(skb, PGHOT_A_HWHINT_COUNTERS_CPUS, cpus) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_RECEIVED,
			    events[PGHOT_HW_RECEIVED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_USER,
			    events[PGHOT_HW_USER]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_KERNEL,
			    events[PGHOT_HW_KERNEL]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_UNADDRESSED,
			    events[PGHOT_HW_UNADDRESSED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_DROPPED,
			    events[PGHOT_HW_DROPPED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_THROTTLED,
			    events[PGHOT_HW_THROTTLED]);
}

static int hw_fill_counters(struct sk_buff *skb,
			    const struct pghot_stats *stats)
{
	struct nlattr *nest = nla_nest_start(skb,
					     PGHOT_A_SOURCE_HWHINT_COUNTERS);

	if (!nest)
		return -EMSGSIZE;
	if (put_counters(skb, stats->hwhint)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static u64 hw_bytes(void)
{
	u64 bytes;

	mutex_lock(&hw_lock);
	bytes = hw_set ? num_possible_cpus() * sizeof(struct hw_cpu) : 0;
	mutex_unlock(&hw_lock);
	return bytes;
}

static const struct pghot_source_ops hwhint_ops = {
	.id = PGHOT_SOURCE_ID_HWHINT,
	.name = "hwhint",
	.available = hw_available,
	.restart = hw_restart,
	.disable = hw_disable,
	.fill_params = hw_fill_params,
	.fill_counters = hw_fill_counters,
	.check_params = hw_check_params,
	.apply_params = hw_apply_params,
	.param_attr = PGHOT_A_SOURCE_HWHINT,
	.bytes = hw_bytes,
};

static int __init hwhint_init(void)
{
	int err;

	err = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "mm/pghot:hwhint",
					hw_cpu_online, hw_cpu_offline);
	return err < 0 ? err : pghot_register_source(&hwhint_ops);
}
late_initcall(hwhint_init);
