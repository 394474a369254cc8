// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: counters.
 *
 * They are vm events, so /proc/vmstat shows them and counting costs a per-CPU
 * increment. Vm events never go back; a reset remembers where they stood.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmstat.h>

#include "control/stats.h"

/* Names as in uapi/pghot.yaml. */
const char * const pghot_fail_reasons[PGHOT_NR_FAIL_REASONS] = {
	[PGHOT_FAIL_REASON_GONE] = "gone",
	[PGHOT_FAIL_REASON_BUSY] = "busy",
	[PGHOT_FAIL_REASON_POLICY] = "policy",
	[PGHOT_FAIL_REASON_CPUSET] = "cpuset",
	[PGHOT_FAIL_REASON_PINNED] = "pinned",
	[PGHOT_FAIL_REASON_UNMOVABLE] = "unmovable",
	[PGHOT_FAIL_REASON_DIRTY] = "dirty",
	[PGHOT_FAIL_REASON_SHARED_EXEC] = "shared-exec",
	[PGHOT_FAIL_REASON_NO_MEMORY] = "no-memory",
	[PGHOT_FAIL_REASON_MIGRATE] = "migrate",
	[PGHOT_FAIL_REASON_CGROUP] = "cgroup",
	[PGHOT_FAIL_REASON_SHARE] = "share",
};

/* Where the vm events stood at the last reset. */
static unsigned long baseline[NR_VM_EVENT_ITEMS];
static DEFINE_SPINLOCK(baseline_lock);

static unsigned long *events_now(void)
{
	unsigned long *ev;

	ev = kmalloc_array(NR_VM_EVENT_ITEMS, sizeof(*ev), GFP_KERNEL);
	if (ev)
		all_vm_events(ev);
	return ev;
}

/**
 * pghot_get_events - all vm events since boot or pghot_reset_events()
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 * Return: an array by enum vm_event_item, for kfree(), or NULL.
 */
unsigned long *pghot_get_events(void)
{
	unsigned long *ev = events_now();
	int i;

	if (!ev)
		return NULL;

	spin_lock(&baseline_lock);
	for (i = 0; i < NR_VM_EVENT_ITEMS; i++)
		ev[i] -= baseline[i];
	spin_unlock(&baseline_lock);
	return ev;
}

/**
 * pghot_reset_events - count from zero again
 *
 * Context: may sleep; takes cpu_hotplug_lock.
 * Return: 0 or -ENOMEM.
 */
int pghot_reset_events(void)
{
	unsigned long *ev = events_now();

	if (!ev)
		return -ENOMEM;

	spin_lock(&baseline_lock);
	memcpy(baseline, ev, sizeof(baseline));
	spin_unlock(&baseline_lock);

	kfree(ev);
	return 0;
}

/* Failures by enum pghot_fail_reason. */
void pghot_failed_events(const unsigned long *ev, u64 *failed)
{
	int i;

	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		failed[i] = ev[PGHOT_FAILED_GONE + i];
}
