/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot selftests: the nodes of this machine, and memory on them.
 *
 * Two nodes are enough to test how pghot is controlled. That something moves takes
 * a node in a lower memory tier as well. Nodes made by numa=fake= are all in
 * the tier of the memory that they are cut from; a lower tier is that of
 * memory which firmware describes as slower (HMAT, CDAT), or which dax/kmem has
 * made memory of the system: daxctl reconfigure-device --mode=system-ram.
 */
#ifndef _SELFTESTS_PGHOT_MACHINE_H
#define _SELFTESTS_PGHOT_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "family.h"

struct machine {
	int nodes;		/* with memory */
	int top;		/* a node in the top tier, -1 for none */
	int lower;		/* one in a lower tier, -1 for none */
};

void machine_check(struct machine *m);

int source_set(struct request *r, int id, bool enabled);
int param_set(struct request *r, int attr, uint32_t value);
uint64_t param_get(int attr);
uint64_t info_get(int attr);

char *pages_on(int nid, size_t pages);
void pages_free(char *mem, size_t pages);
int policy_bind(char *mem, size_t pages, int nid);
int policy_default(char *mem, size_t pages);
int page_node(char *page);
uint64_t page_pfn(char *page);
size_t pages_on_node(char *mem, size_t pages, int nid);
size_t page_size(void);

#endif /* _SELFTESTS_PGHOT_MACHINE_H */
