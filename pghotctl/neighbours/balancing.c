// SPDX-License-Identifier: GPL-2.0-or-later

#include "neighbours/balancing.h"

#include "system/system.h"

void look_at_balancing(const char *root, const struct neighbours_pghot *pghot, struct neighbours *n)
{
	int mode;

	/*
	 * With hintfault its faults are pghot's. With no source at all it works as without
	 * pghot, and beside nobody.
	 */
	if (!pghot->family || !pghot->enabled || pghot->hintfault)
		return;
	if (numa_balancing_get(root, &mode) || !(mode & NUMA_BALANCING_MEMORY_TIERING))
		return;
	neighbour_add(n, "balancing-promotes", NEIGHBOUR_CONFLICT, "pghotctl enable hintfault",
		      "kernel.numa_balancing is %d and the source hintfault is off: NUMA balancing "
		      "promotes beside pghot, whose threshold and rate limit do not bind it",
		      mode);
}
