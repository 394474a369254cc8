/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_VMSTAT_H
#define SHIM_LINUX_VMSTAT_H

#include <linux/mm.h>

/* What happens is counted by the model. */
#define count_vm_event(event)		    ((void)0)
#define count_vm_events(event, n)	    ((void)(n))
#define node_page_state(pgdat, item)	    ((void)(pgdat), 0UL)
#define mod_node_page_state(pgdat, item, n) ((void)(pgdat), (void)(n))

#endif
