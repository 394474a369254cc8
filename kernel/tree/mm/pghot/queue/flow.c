// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how many pages become how hot, per second.
 *
 * What is hot is what fits. Which heat that is follows from how many pages reach each
 * heat in a second, and how many of them can be promoted in one. Whoever reports an
 * access notes from which heat to which it has brought its page; who promotes asks for
 * the heat that as many pages reach as there is room for.
 *
 * A page that rises from 3 to 9 counts for each heat from 4 to 9, once. So a single
 * counter per heat is enough: one more at 9, one less at 3, and what has been counted
 * from a heat on, added up, is how often it was reached. Each CPU has its own.
 */
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#include "base/node.h"
#include "queue/flow.h"

/**
 * struct counts - of one CPU
 * @n: pages that rose to a heat, less those that left it upwards; wraps around
 */
struct counts {
	u32 n[PGHOT_HEATS];
};

/*
 * By compact index; written under pghot_lock, read under RCU. Without the annotation: a
 * pointer cannot be of both address spaces.
 */
static struct counts __percpu *counters[PGHOT_MAX_TARGETS + 1];

/**
 * pghot_flow_open - begin to count for a target
 * @idx: its compact index
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0 or -ENOMEM.
 */
int pghot_flow_open(u8 idx)
{
	struct counts __percpu *c = alloc_percpu(struct counts);

	if (!c)
		return -ENOMEM;
	/* Whoever finds it finds zeros. */
	smp_store_release(&counters[idx], c);
	return 0;
}

/**
 * pghot_flow_close - count no more for a target
 * @idx: its compact index; nothing happens when it does not count
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_flow_close(u8 idx)
{
	struct counts __percpu *c = counters[idx];

	if (!c)
		return;
	WRITE_ONCE(counters[idx], NULL);
	synchronize_rcu();
	free_percpu(c);
}

/* Bytes that counting for one target takes. */
u64 pghot_flow_bytes(void)
{
	return (u64)num_possible_cpus() * sizeof(struct counts);
}

/**
 * pghot_flow_note - a page has become hotter
 * @idx: compact index of its target, any number
 * @before: its heat before, 0 to PGHOT_FREQ_MAX
 * @after: its heat now, 0 to PGHOT_FREQ_MAX, more than @before
 *
 * Context: any but NMI.
 */
void pghot_flow_note(u8 idx, u32 before, u32 after)
{
	struct counts __percpu *c;

	if (idx > PGHOT_MAX_TARGETS)
		return;
	rcu_read_lock();
	c = READ_ONCE(counters[idx]);
	if (c) {
		this_cpu_inc(c->n[after]);
		this_cpu_dec(c->n[before]);
	}
	rcu_read_unlock();
}

static u32 counted(const struct counts __percpu *c, u32 heat)
{
	u32 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(c, cpu)->n[heat]);
	return sum;
}

/**
 * pghot_flow_start - begin an average with what comes from now on
 * @f: the average
 * @idx: compact index of a target that counts
 *
 * Context: pghot_lock held.
 */
void pghot_flow_start(struct pghot_flow *f, u8 idx)
{
	const struct counts __percpu *c = READ_ONCE(counters[idx]);
	u32 heat;

	*f = (struct pghot_flow){ .since = jiffies, .at = jiffies };
	for (heat = 0; c && heat < PGHOT_HEATS; heat++)
		f->seen[heat] = counted(c, heat);
}

/**
 * pghot_flow_update - take in what has been counted since the last time
 * @f: the average
 * @idx: compact index of a target that counts
 * @memory_ms: how far back it should reach, at least 1
 *
 * Nothing happens within a fifth of a second of the last time.
 *
 * Context: any that keeps the target from being closed.
 * Return: true when something has been taken in.
 */
bool pghot_flow_update(struct pghot_flow *f, u8 idx, u32 memory_ms)
{
	const struct counts __percpu *c = READ_ONCE(counters[idx]);
	u32 ms = jiffies_to_msecs(jiffies - f->at);
	u32 age = jiffies_to_msecs(jiffies - f->since);
	u32 heat;

	if (!c || ms < 200)
		return false;

	/* An average over less than it should be, as long as there is no more. */
	memory_ms = max(min(memory_ms, age), ms);
	for (heat = 0; heat < PGHOT_HEATS; heat++) {
		u32 now = counted(c, heat);
		s64 rate = div_s64((s64)(s32)(now - f->seen[heat]) * 256 * 1000,
				   ms);

		f->seen[heat] = now;
		f->rate[heat] += div_s64((rate - f->rate[heat]) * ms, memory_ms);
	}
	f->at = jiffies;
	return true;
}

/**
 * pghot_flow_heat_for - the heat that so many pages reach per second
 * @f: the average
 * @per_sec: pages
 * @floor: no less than that
 *
 * Return: @floor to PGHOT_FREQ_MAX, the highest that more pages reach, or @floor.
 */
u32 pghot_flow_heat_for(const struct pghot_flow *f, u64 per_sec, u32 floor)
{
	u64 limit = min_t(u64, per_sec, S32_MAX) * 256;
	u32 heat = PGHOT_FREQ_MAX;
	s64 sum = 0;

	for (; heat > floor; heat--) {
		sum += f->rate[heat];
		if (sum > (s64)limit)
			return heat;
	}
	return floor;
}
