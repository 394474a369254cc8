// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: counters.
 *
 * They are vm events, so /proc/vmstat shows them and counting costs a per-CPU
 * increment. Vm events never go back; a reset remembers where they stood.
 */
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/vmstat.h>

#include "internal.h"

/* Where the vm events stood at the last reset. */
static unsigned long baseline[NR_VM_EVENT_ITEMS];
static DEFINE_SPINLOCK(baseline_lock);

/**
 * pghot_get_stats - all counters since boot or their last reset
 * @stats: where to put them
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 * Return: 0 or -ENOMEM.
 */
int pghot_get_stats(struct pghot_stats *stats)
{
	unsigned long *ev;
	int i;

	ev = kmalloc_array(NR_VM_EVENT_ITEMS, sizeof(*ev), GFP_KERNEL);
	if (!ev)
		return -ENOMEM;

	all_vm_events(ev);
	spin_lock(&baseline_lock);
	for (i = 0; i < NR_VM_EVENT_ITEMS; i++)
		ev[i] -= baseline[i];
	spin_unlock(&baseline_lock);

	for (i = 0; i < PGHOT_NR_SOURCES; i++) {
		stats->recorded[i] = ev[PGHOT_RECORDED_HINTFAULT + i];
		stats->useful[i] = ev[PGHOT_USEFUL_HINTFAULT + i];
	}
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		stats->failed[i] = ev[PGHOT_FAILED_GONE + i];
	stats->hot = ev[PGHOT_HOT];
	stats->promoted = ev[PGHOT_PROMOTED];
	stats->dropped_ring = ev[PGHOT_DROPPED_RING];
	stats->dropped_heap = ev[PGHOT_DROPPED_HEAP];
	stats->refilled = ev[PGHOT_REFILLED];
	stats->pruned = ev[PGHOT_PRUNED];
	stats->batches = ev[PGHOT_BATCHES];
	stats->rate_limited = ev[PGHOT_RATE_LIMITED];
	stats->hwhint[PGHOT_HW_RECEIVED] = ev[PGHOT_HWHINT_RECEIVED];
	stats->hwhint[PGHOT_HW_USER] = ev[PGHOT_HWHINT_USER];
	stats->hwhint[PGHOT_HW_KERNEL] = ev[PGHOT_HWHINT_KERNEL];
	stats->hwhint[PGHOT_HW_UNADDRESSED] = ev[PGHOT_HWHINT_UNADDRESSED];
	stats->hwhint[PGHOT_HW_DROPPED] = ev[PGHOT_HWHINT_DROPPED];
	stats->hwhint[PGHOT_HW_THROTTLED] = ev[PGHOT_HWHINT_THROTTLED];
	for (i = 0; i < PGHOT_NR_LRUSCAN_COUNTERS; i++)
		stats->lruscan[i] = ev[PGHOT_LRUSCAN_PASSES + i];

	kfree(ev);
	return 0;
}

/**
 * pghot_reset_stats - count from zero again
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 * Return: 0 or -ENOMEM.
 */
int pghot_reset_stats(void)
{
	unsigned long *ev;

	ev = kmalloc_array(NR_VM_EVENT_ITEMS, sizeof(*ev), GFP_KERNEL);
	if (!ev)
		return -ENOMEM;

	all_vm_events(ev);
	spin_lock(&baseline_lock);
	memcpy(baseline, ev, sizeof(baseline));
	spin_unlock(&baseline_lock);

	kfree(ev);
	return 0;
}
