/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room base: what all the other rooms stand on. It knows none of them.
 *
 *	config	parameters, and the lock of the configuration
 *	node	NUMA nodes, their tiers, and who is nearest to whom
 *	window	how long what a source reports is remembered
 *	heat	time in buckets, frequencies, and how they decay
 *	folio	from a page frame number to a folio
 *	event	tracepoints, and who wants to be told of promotions
 */
#ifndef _MM_PGHOT_BASE_CONFIG_H
#define _MM_PGHOT_BASE_CONFIG_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>

#define PGHOT_NR_SOURCES	(PGHOT_SOURCE_ID_MAX + 1)
#define PGHOT_NR_FAIL_REASONS	(PGHOT_FAIL_REASON_MAX + 1)

/**
 * struct pghot_params - what an administrator can tune
 * @promote: move pages; false makes pghot a profiler
 * @adaptive: let the threshold follow the flow of candidates
 * @freq_threshold: accesses within the window that make a page hot
 * @window_ms: length of the window
 * @window_max_ms: longest window of a source whose looks are far apart
 * @rate_limit_mbps: MiB per second that may be promoted to one node
 * @batch_nr: base pages per migration batch
 * @sleep_ms: rest of kpromoted between two rounds
 * @target_nid: target of reports that name none, NUMA_NO_NODE for the nearest
 * @heap_capacity: entries per heap
 *
 * Written under pghot_lock, one READ_ONCE()-able word each, so that the record
 * path and kpromoted read single members without it.
 */
struct pghot_params {
	bool promote;
	bool adaptive;
	u32 freq_threshold;
	u32 window_ms;
	u32 window_max_ms;
	u32 rate_limit_mbps;
	u32 batch_nr;
	u32 sleep_ms;
	int target_nid;
	u32 heap_capacity;
};

/*
 * Serializes changes of the configuration: sources, parameters, which nodes run.
 * Locks, outermost first:
 *
 *	cpu_hotplug_lock, mem_hotplug_lock	(from the hotplug core)
 *	pghot_lock
 *	pghot_target.lock	(promote/target.h)
 *	pghot_queue.lock	(queue/queue.h)
 *
 * The record path takes none of them.
 */
extern struct mutex pghot_lock;
extern struct pghot_params pghot_params;

void pghot_config_lock(void);
void pghot_config_unlock(void);

#endif /* _MM_PGHOT_BASE_CONFIG_H */
