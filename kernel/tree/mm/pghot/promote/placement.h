/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what the users of a page allow. */
#ifndef _MM_PGHOT_PROMOTE_PLACEMENT_H
#define _MM_PGHOT_PROMOTE_PLACEMENT_H

#include <linux/nodemask.h>
#include <linux/types.h>

struct folio;
struct mem_cgroup;
struct mempolicy;
struct mm_struct;
struct vm_area_struct;

/* Mappings of a page whose users are asked, and address spaces that are remembered. */
#define PGHOT_PLACEMENT_ASKED	32

/* Memory cgroups that are remembered. */
#define PGHOT_PLACEMENT_OWNERS	16

/**
 * struct pghot_threads - what the threads of an address space allow
 * @mm: whose; it keeps its struct, so that no other one can take its place
 * @from: node for which @by_policy was computed
 * @by_policy: nodes that the mempolicies of its threads allow for a page that
 *	is on @from now
 * @by_cpuset: nodes that the cpusets of its threads allow
 */
struct pghot_threads {
	struct mm_struct *mm;
	int from;
	nodemask_t by_policy;
	nodemask_t by_cpuset;
};

/**
 * struct pghot_owners - what the processes of a memory cgroup allow
 * @memcg: which one, with a reference
 * @by_cpuset: nodes that their cpusets allow
 */
struct pghot_owners {
	struct mem_cgroup *memcg;
	nodemask_t by_cpuset;
};

/**
 * struct pghot_placement - the latest answers, for as long as a batch takes
 * @nr: address spaces that have been asked and are remembered
 * @next: the one to be forgotten next, when all of @threads are in use
 * @threads: their answers
 * @nr_owners: memory cgroups whose processes have been asked as the owners of pages, and
 *	which are remembered
 * @next_owners: the one to be forgotten next, when all of @owners are in use
 * @owners: their answers
 *
 * Pages of a batch mostly have the same users. Belongs to who has the batch; no lock.
 */
struct pghot_placement {
	unsigned int nr;
	unsigned int next;
	struct pghot_threads threads[PGHOT_PLACEMENT_ASKED];
	unsigned int nr_owners;
	unsigned int next_owners;
	struct pghot_owners owners[PGHOT_PLACEMENT_OWNERS];
};

/**
 * struct pghot_users - what the users of a page say of a node that it may go to
 * @reason: the enum pghot_fail_reason why it may not, or -1
 * @other_nid: another top-tier node that they allow, if they do not allow this one;
 *	NUMA_NO_NODE when there is none
 * @by_policy: nodes that the mempolicies of those allow who were asked
 * @by_cpuset: nodes that their cpusets allow
 * @asked: mappings whose users were asked
 * @refused_by: process that was the first to refuse, by its number in the initial PID
 *	namespace; 0 when none did, or it was not a process
 */
struct pghot_users {
	int reason;
	int other_nid;
	nodemask_t by_policy;
	nodemask_t by_cpuset;
	unsigned int asked;
	pid_t refused_by;
};

void pghot_placement_begin(struct pghot_placement *p);
void pghot_placement_end(struct pghot_placement *p);
int pghot_check_placement(struct folio *folio, int nid,
			  struct pghot_placement *cache,
			  struct pghot_users *users);
void pghot_mm_allowed(struct mm_struct *mm, nodemask_t *by_cpuset,
		      nodemask_t *by_policy);
bool pghot_vma_allows(struct vm_area_struct *vma, const nodemask_t *by_cpuset,
		      const nodemask_t *by_policy);

#if IS_ENABLED(CONFIG_KUNIT)
nodemask_t pghot_policy_nodes(const struct mempolicy *pol, int from);
#endif

#endif /* _MM_PGHOT_PROMOTE_PLACEMENT_H */
