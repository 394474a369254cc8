// SPDX-License-Identifier: GPL-2.0-or-later

#include "neighbours/neighbours.h"

#include "neighbours/balancing.h"
#include "neighbours/damon.h"
#include "neighbours/lockdown.h"
#include "neighbours/owners.h"
#include "neighbours/processes.h"

void neighbours_look(const char *root, const struct neighbours_pghot *pghot, struct neighbours *n)
{
	struct processes seen;

	n->nr = 0;
	n->left_out = 0;
	look_at_balancing(root, pghot, n);
	processes_read(root, &seen);
	look_at_processes(&seen, n);
	look_at_damon(root, &seen, n);
	look_at_owners(root, &seen, n);
	look_at_lockdown(root, pghot, n);
}
