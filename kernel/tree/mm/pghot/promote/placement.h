/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what the users of a page allow. */
#ifndef _MM_PGHOT_PROMOTE_PLACEMENT_H
#define _MM_PGHOT_PROMOTE_PLACEMENT_H

#include <linux/nodemask.h>

struct folio;
struct mem_cgroup;
struct mempolicy;
struct mm_struct;
struct vm_area_struct;

/**
 * struct pghot_placement - what the users of one address space allow
 * @mm: whose; compared, never dereferenced
 * @by_policy: nodes that the mempolicies of its threads allow for a page that
 *	is on @from now
 * @by_cpuset: nodes that the cpusets of its threads allow
 * @from: node for which @by_policy was computed
 * @memcg: whose processes were asked last about pages that nobody maps; compared,
 *	never dereferenced
 * @by_memcg: nodes that their cpusets allow
 *
 * A batch mostly meets pages of few address spaces, one after the other, so
 * the last answer is kept.
 */
struct pghot_placement {
	const struct mm_struct *mm;
	int from;
	nodemask_t by_policy;
	nodemask_t by_cpuset;
	const struct mem_cgroup *memcg;
	nodemask_t by_memcg;
};

int pghot_check_placement(struct folio *folio, int nid,
			  struct pghot_placement *cache, int *other_nid);
void pghot_mm_allowed(struct mm_struct *mm, nodemask_t *by_cpuset,
		      nodemask_t *by_policy);
bool pghot_vma_allows(struct vm_area_struct *vma, const nodemask_t *by_cpuset,
		      const nodemask_t *by_policy);

#if IS_ENABLED(CONFIG_KUNIT)
nodemask_t pghot_policy_nodes(const struct mempolicy *pol, int from);
#endif

#endif /* _MM_PGHOT_PROMOTE_PLACEMENT_H */
