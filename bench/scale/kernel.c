// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What base/node.c, base/folio.c, promote/room.c and base/config.c are in the kernel, for
 * a machine of two nodes that is nowhere but in the model.
 */
#include <linux/jiffies.h>
#include <linux/jump_label.h>
#include <linux/mutex.h>
#include <linux/percpu.h>

#include "base/config.h"
#include "base/event.h"
#include "base/folio.h"
#include "base/node.h"
#include "kernel.h"
#include "promote/room.h"

/* ---- the clock and the CPUs ------------------------------------------------- */

unsigned long jiffies;
unsigned int shim_cpus = 1;
u32 shim_count = 1;

static u64 now_ns;

void shim_set_time(u64 ns)
{
	now_ns = ns;
	jiffies = ns / (SHIM_JIFFY_MS * NSEC_PER_MSEC);
}

u64 ktime_get_ns(void)
{
	return now_ns;
}

bool pghot_enabled = true;

/* Nobody listens. */
void pghot_tell(enum pghot_promotion_kind kind, int nid, const struct pghot_result *res,
		u32 threshold, u32 heap_length)
{
	(void)kind, (void)nid, (void)res, (void)threshold, (void)heap_length;
}

/* ---- nodes ------------------------------------------------------------------- */

u8 pghot_target_indices[MAX_NUMNODES] = { [SHIM_FAST] = KERNEL_TARGET };
u8 pghot_hot_from[PGHOT_MAX_TARGETS + 1];
unsigned long pghot_running_targets = BIT(KERNEL_TARGET);

static struct kernel_world world;

void kernel_set_world(const struct kernel_world *w)
{
	world = *w;
}

int pghot_target_nid(u8 idx)
{
	return idx == KERNEL_TARGET ? SHIM_FAST : NUMA_NO_NODE;
}

int pghot_nearest_toptier(int nid, const nodemask_t *allowed)
{
	(void)nid, (void)allowed;
	return SHIM_FAST;
}

unsigned long node_present_pages(int nid)
{
	return nid == SHIM_FAST ? world.fast_pages : 0;
}

bool pghot_target_has_plenty(int nid)
{
	(void)nid;
	return !world.full;
}

/* ---- folios: looked at one at a time --------------------------------------- */

struct folio *pghot_get_folio(unsigned long pfn)
{
	static struct folio folio;

	folio.pfn = pfn;
	folio.nid = pfn < KERNEL_DEMOTED && world.is_up(world.arg, pfn) ? SHIM_FAST : SHIM_SLOW;
	return &folio;
}

/* Nothing is counted by the range here. */
unsigned long pghot_folio_around(unsigned long *pfn, bool on_lru)
{
	(void)pfn, (void)on_lru;
	return 0;
}

unsigned int pghot_pfn_pages(unsigned long pfn)
{
	(void)pfn;
	return world.page_pages;
}

bool pghot_folio_test_clear_young(struct folio *folio)
{
	return world.young(world.arg, folio->pfn);
}
