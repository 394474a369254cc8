// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the events that hwhint samples.
 *
 * A set has one on each CPU that it samples, all with the same parameters. Not every
 * CPU is sampled. Those that are kept free of others' work are left alone unless that
 * is asked for: isolated by isolcpus=, nohz_full= or a cpuset partition, as they are
 * when the set is built or the CPU comes online. And of a processor with several kinds
 * of cores some may have no such event: then the others are sampled.
 *
 * Kinds of events:
 *
 *	ibs_op		tells physical addresses and who answered, does not know guests
 *	PEBS		core events that are precise: tells linear addresses, which perf
 *			translates, mostly who answered, and leaves guests out
 *	page faults	tells linear addresses; for tests, and for want of anything better
 */
#include <linux/cpu.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <linux/sched/isolation.h>
#include <linux/slab.h>

#include "source/hwhint/event.h"
#include "source/hwhint/sample.h"

/*
 * Changes of a CPU between there, even, and gone, odd: an event made before the
 * last of them is of no use. A CPU that is about to go is online until it has gone.
 */
static DEFINE_PER_CPU(unsigned int, hw_presence);

/* ---- an event ------------------------------------------------------------------ */

static struct perf_event *create(const struct pghot_hw_set *set, unsigned int cpu,
				 unsigned int precise, struct pghot_hw_cpu *hc)
{
	const struct pghot_hw_params *p = &set->params;
	struct perf_event_attr attr = {
		.type = p->type,
		.size = sizeof(attr),
		.config = p->config,
		.config1 = p->config1,
		.config2 = p->config2,
		.sample_period = p->period,
		.sample_type = PERF_SAMPLE_ADDR | PERF_SAMPLE_PHYS_ADDR |
			       (set->ask_source ? PERF_SAMPLE_DATA_SRC : 0),
		.precise_ip = precise,
		/* One record per interrupt: PEBS hands out only the last. */
		.wakeup_events = 1,
		.exclude_kernel = set->exclude && !p->count_kernel,
		.exclude_hv = set->exclude,
		/* A guest's addresses mean nothing here. */
		.exclude_guest = set->exclude,
		.disabled = 1,
	};

	return perf_event_create_kernel_counter(&attr, cpu, NULL,
						pghot_hw_overflow, hc);
}

/* Not on this CPU; perhaps on others. */
static bool is_not_there(const struct perf_event *event)
{
	return event == ERR_PTR(-ENOENT) || event == ERR_PTR(-ENODEV);
}

/* Not even asked for an event: that would be an interrupt on the CPU. */
static bool is_left_alone(const struct pghot_hw_set *set, unsigned int cpu)
{
	return !set->params.isolated_cpus && cpu_is_isolated(cpu);
}

/* perf takes its events off a CPU that goes, and does not put them back. */
static bool is_stale(const struct pghot_hw_cpu *hc, unsigned int cpu)
{
	return READ_ONCE(hc->presence) != READ_ONCE(per_cpu(hw_presence, cpu));
}

/*
 * Give @cpu a disabled event, unless it goes offline, has no such event, or is to be
 * left alone.
 */
static int setup_cpu(struct pghot_hw_set *set, unsigned int cpu)
{
	struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);
	struct perf_event *event;

	hc->period = set->params.period;
	hc->rate = (struct pghot_hw_rate){};
	WRITE_ONCE(hc->presence, READ_ONCE(per_cpu(hw_presence, cpu)));
	if ((hc->presence & 1) || is_left_alone(set, cpu))
		return 0;
	event = create(set, cpu, set->precise, hc);
	if (is_not_there(event))
		return 0;
	if (IS_ERR(event))
		return PTR_ERR(event);
	WRITE_ONCE(hc->event, event);
	return 0;
}

static void release_cpu(struct pghot_hw_set *set, unsigned int cpu)
{
	struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);
	struct perf_event *event = hc->event;

	if (!event)
		return;

	WRITE_ONCE(hc->event, NULL);
	perf_event_release_kernel(event);
	pghot_hw_sync_cpu(hc);
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

	pghot_hw_begin_samples(set);
	for_each_possible_cpu(cpu) {
		struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

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
		struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (!hc->event)
			continue;
		perf_event_disable(hc->event);
		pghot_hw_sync_cpu(hc);
	}
	pghot_hw_end_samples(set);
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

	if (!set)
		return NULL;

	set->params = *params;
	set->cpus = alloc_percpu(struct pghot_hw_cpu);
	if (!set->cpus) {
		kfree(set);
		return NULL;
	}
	pghot_hw_init_samples(set);
	return set;
}

/* ---- which events will do ------------------------------------------------------- */

static int software_event(struct pghot_hw_set *set,
			  struct netlink_ext_ack *extack)
{
	const struct pghot_hw_params *p = &set->params;

	switch (p->config) {
	case PERF_COUNT_SW_PAGE_FAULTS:
	case PERF_COUNT_SW_PAGE_FAULTS_MIN:
	case PERF_COUNT_SW_PAGE_FAULTS_MAJ:
		set->translate = true;
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
	case -ENXIO:
		NL_SET_ERR_MSG(extack,
			       "isolated-cpus: all CPUs are isolated, and these are left alone while it is 0");
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
	unsigned int attempt;

	set->exclude = true;
	set->translate = true;
	/*
	 * Sapphire Rapids tells who answered only to a group of two events, which
	 * the kernel has no means to create: do without rather than not at all.
	 */
	for (attempt = 0; attempt < 6; attempt++) {
		struct perf_event *event;

		set->ask_source = attempt < 3;
		set->precise = 3 - attempt % 3;
		event = create(set, cpu, set->precise, NULL);
		if (IS_ERR(event))
			continue;
		perf_event_release_kernel(event);
		return 0;
	}
	NL_SET_ERR_MSG_FMT(extack,
			   "config: 0x%llx cannot be sampled precisely (PEBS): no data address",
			   set->params.config);
	return -EOPNOTSUPP;
}

/*
 * Does this event yield physical addresses, and how is it to be asked for? Decided on
 * the first CPU that has it.
 */
static int check_event_on(struct pghot_hw_set *set, unsigned int cpu,
			  struct perf_event *event,
			  struct netlink_ext_ack *extack)
{
	const struct pmu *pmu = event->pmu;

	if (pmu->capabilities & PERF_PMU_CAP_NO_INTERRUPT) {
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: %.20s raises no interrupts, so it cannot sample",
				   pmu->name);
		return -EOPNOTSUPP;
	}
	if (is_core_pmu(pmu))
		return find_precise(set, cpu, extack);
	if (strcmp(pmu->name, "ibs_op")) {
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: %.20s does not deliver data addresses",
				   pmu->name);
		return -EOPNOTSUPP;
	}
	set->ask_source = true;
	return 0;
}

static int check_event(struct pghot_hw_set *set, struct netlink_ext_ack *extack)
{
	struct perf_event *event = ERR_PTR(-ENXIO);
	const struct pghot_hw_params *p = &set->params;
	unsigned int cpu;
	int err;

	switch (p->type) {
	case PERF_TYPE_SOFTWARE:
		return software_event(set, extack);
	case PERF_TYPE_TRACEPOINT:
	case PERF_TYPE_BREAKPOINT:
		NL_SET_ERR_MSG_FMT(extack,
				   "pmu-type: type %u does not sample data addresses",
				   p->type);
		return -EOPNOTSUPP;
	}

	set->is_hardware = true;
	for_each_online_cpu(cpu) {
		if (is_left_alone(set, cpu))
			continue;
		event = create(set, cpu, 0, NULL);
		if (!is_not_there(event))
			break;
	}
	if (IS_ERR(event))
		return explain(p, PTR_ERR(event), extack);

	err = check_event_on(set, cpu, event, extack);
	perf_event_release_kernel(event);
	return err;
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
		struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

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
 * pghot_hw_get_usage - what a set does at present
 * @set: an enabled set
 * @usage: where to put it
 *
 * Context: any.
 */
void pghot_hw_get_usage(const struct pghot_hw_set *set,
			struct pghot_hw_usage *usage)
{
	unsigned int cpu;

	*usage = (struct pghot_hw_usage) { .weight = READ_ONCE(set->weight) };
	for_each_possible_cpu(cpu) {
		const struct pghot_hw_cpu *hc = per_cpu_ptr(set->cpus, cpu);

		if (!READ_ONCE(hc->event) || is_stale(hc, cpu))
			continue;
		usage->longest = max(usage->longest, READ_ONCE(hc->period));
		usage->cpus++;
	}
}

/* Memory that a set takes. */
u64 pghot_hw_bytes(void)
{
	return (u64)num_possible_cpus() * sizeof(struct pghot_hw_cpu);
}
