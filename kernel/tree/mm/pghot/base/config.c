// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: parameters, and the lock of the configuration.
 */
#include <linux/cpu.h>
#include <linux/memory_hotplug.h>
#include <linux/nodemask.h>

#include "base/config.h"

/* Serializes changes of the configuration, see config.h. */
DEFINE_MUTEX(pghot_lock);

struct pghot_params pghot_params = {
	.promote = true,
	.adaptive = true,
	.freq_threshold = PGHOT_FREQ_THRESHOLD_DEFAULT,
	.window_ms = PGHOT_WINDOW_MS_DEFAULT,
	.window_max_ms = PGHOT_WINDOW_MAX_MS_DEFAULT,
	.rate_limit_mbps = PGHOT_RATE_LIMIT_MBPS_DEFAULT,
	.batch_nr = PGHOT_BATCH_NR_DEFAULT,
	.sleep_ms = PGHOT_SLEEP_MS_DEFAULT,
	.target_nid = NUMA_NO_NODE,
	.heap_capacity = PGHOT_HEAP_CAPACITY_DEFAULT,
};

/**
 * pghot_config_lock - begin to read or change the configuration
 *
 * Takes the hotplug locks that rank above pghot_lock, so that neither CPUs nor
 * memory come or go while sources are enabled.
 *
 * Context: may sleep.
 */
void pghot_config_lock(void)
{
	cpus_read_lock();
	get_online_mems();
	mutex_lock(&pghot_lock);
}

/**
 * pghot_config_unlock - end what pghot_config_lock() began
 */
void pghot_config_unlock(void)
{
	mutex_unlock(&pghot_lock);
	put_online_mems();
	cpus_read_unlock();
}
