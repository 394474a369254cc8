// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what the users of a page allow.
 *
 * A detector that sees physical addresses knows nothing of mempolicies and
 * cpusets, so the question is asked here, before a folio is isolated, whoever
 * reported it: may every address space that maps this folio have it on the
 * target node?
 *
 *	mbind		the policy of the mapping, or of the shmem object
 *	set_mempolicy	else the policies of all threads: which of them faults
 *			the page in next is not known
 *	cpuset		the allowed memory nodes of all threads
 *
 * The rules for a single policy are those by which NUMA balancing decides that
 * a page is misplaced, see mpol_misplaced(): under a policy that has not asked to be
 * followed later on, as MPOL_F_NUMA_BALANCING does, a page stays where it is; a page
 * that is where its policy wants it is not moved, and a bound one never leaves its set.
 *
 * A page that nobody maps at present, such as one of a file or of shared memory, has
 * the policy of its object and the cpusets of the processes whose memory cgroup is
 * charged for it.
 *
 * The rmap walk holds the anon_vma or i_mmap lock, which keeps the VMAs. Their
 * policies change under the mmap lock, which ranks above those locks and so
 * can only be tried; a folio whose address space is busy is asked for again
 * later. Task policies and allowed nodes change under task_lock().
 *
 * Processes that share an address space without being threads of each other
 * (CLONE_VM without CLONE_THREAD, as between vfork and exec) are represented by
 * the owner of the mm.
 */
#include <kunit/visibility.h>
#include <linux/cpuset.h>
#include <linux/mempolicy.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/shmem_fs.h>
#include <uapi/linux/pghot.h>

#include "../../internal.h"

#include "base/node.h"
#include "promote/placement.h"

struct placement_walk {
	int nid;
	int from;
	nodemask_t allowed;
	int reason;
	struct pghot_placement *cache;
};

/* Nodes that @pol allows for a page that is on node @from now. */
VISIBLE_IF_KUNIT nodemask_t pghot_policy_nodes(const struct mempolicy *pol,
					       int from)
{
	if (!pol)
		return NODE_MASK_ALL;

	/* It says where pages begin, not where they have to go. */
	if (!(pol->flags & MPOL_F_MOF))
		return nodemask_of_node(from);

	switch (pol->mode) {
	case MPOL_BIND:
	case MPOL_PREFERRED_MANY:
		if (pol->flags & MPOL_F_MORON)
			return pol->nodes;
		fallthrough;
	case MPOL_PREFERRED:
	case MPOL_INTERLEAVE:
	case MPOL_WEIGHTED_INTERLEAVE:
		if (node_isset(from, pol->nodes))
			return nodemask_of_node(from);
		return pol->nodes;
	default:
		return NODE_MASK_ALL;
	}
}

/* What all threads of the owner of @mm allow. */
static void ask_threads(struct mm_struct *mm, int from,
			struct pghot_placement *p)
{
	struct task_struct *owner, *t;

	if (p->mm == mm && p->from == from)
		return;

	p->mm = mm;
	p->from = from;
	nodes_setall(p->by_policy);
	nodes_setall(p->by_cpuset);

	rcu_read_lock();
	owner = rcu_dereference(mm->owner);
	if (owner) {
		for_each_thread(owner, t) {
			nodemask_t nodes;

			task_lock(t);
			nodes = pghot_policy_nodes(t->mempolicy, from);
			nodes_and(p->by_policy, p->by_policy, nodes);
			nodes_and(p->by_cpuset, p->by_cpuset, t->mems_allowed);
			task_unlock(t);
		}
	}
	rcu_read_unlock();
}

/* Narrow what is allowed; false when the target has dropped out. */
static bool narrow(struct placement_walk *w, const nodemask_t *nodes,
		   int reason)
{
	nodes_and(w->allowed, w->allowed, *nodes);
	if (!node_isset(w->nid, w->allowed) && w->reason < 0)
		w->reason = reason;

	return !nodes_empty(w->allowed);
}

static bool ask_vma(struct folio *folio, struct vm_area_struct *vma,
		    unsigned long addr, struct placement_walk *w)
{
	struct mempolicy *pol;
	nodemask_t nodes;
	pgoff_t ilx;

	if (vma->vm_flags & VM_LOCKED) {
		w->reason = PGHOT_FAIL_REASON_MLOCKED;
		nodes_clear(w->allowed);
		return false;
	}

	/*
	 * What executes and is mapped by many is probably a shared library;
	 * moving it disturbs them all. NUMA balancing leaves it too.
	 */
	if ((vma->vm_flags & VM_EXEC) && folio_is_file_lru(folio) &&
	    folio_likely_mapped_shared(folio)) {
		w->reason = PGHOT_FAIL_REASON_SHARED_EXEC;
		nodes_clear(w->allowed);
		return false;
	}

	ask_threads(vma->vm_mm, w->from, w->cache);
	if (!narrow(w, &w->cache->by_cpuset, PGHOT_FAIL_REASON_CPUSET))
		return false;

	pol = __get_vma_policy(vma, addr, &ilx);
	nodes = pol ? pghot_policy_nodes(pol, w->from) : w->cache->by_policy;
	mpol_cond_put(pol);

	return narrow(w, &nodes, PGHOT_FAIL_REASON_POLICY);
}

/**
 * pghot_mm_allowed - what the threads of an address space allow for its pages
 * @mm: the address space
 * @by_cpuset: set to the nodes that all their cpusets allow
 * @by_policy: set to the nodes that all their mempolicies allow, for pages of
 *	any one of the lower tiers' nodes
 *
 * Context: process context; takes task_lock() of each thread.
 */
void pghot_mm_allowed(struct mm_struct *mm, nodemask_t *by_cpuset,
		      nodemask_t *by_policy)
{
	struct pghot_placement p = {};
	int nid;

	nodes_clear(*by_policy);
	nodes_clear(*by_cpuset);
	for_each_node_state(nid, N_MEMORY) {
		if (!pghot_is_lower_tier(nid))
			continue;
		ask_threads(mm, nid, &p);
		nodes_or(*by_policy, *by_policy, p.by_policy);
		*by_cpuset = p.by_cpuset;
	}
}

/**
 * pghot_vma_allows - may pages of a mapping go to any top-tier node?
 * @vma: the mapping
 * @by_cpuset: nodes that cpusets allow
 * @by_policy: nodes that the policies of threads allow
 *
 * A quick answer, that leaves out policies of shared memory objects: that to
 * pghot_check_placement() may still be no.
 *
 * Context: mmap lock of @vma held.
 */
bool pghot_vma_allows(struct vm_area_struct *vma, const nodemask_t *by_cpuset,
		      const nodemask_t *by_policy)
{
	const struct mempolicy *pol = vma->vm_policy;
	nodemask_t allowed;
	int nid;

	if (!pol) {
		nodes_and(allowed, *by_cpuset, *by_policy);
		return pghot_nearest_toptier(numa_node_id(), &allowed) !=
		       NUMA_NO_NODE;
	}
	for_each_node_state(nid, N_MEMORY) {
		if (!pghot_is_lower_tier(nid))
			continue;
		allowed = pghot_policy_nodes(pol, nid);
		nodes_and(allowed, allowed, *by_cpuset);
		if (pghot_nearest_toptier(nid, &allowed) != NUMA_NO_NODE)
			return true;
	}
	return false;
}

static bool placement_one(struct folio *folio, struct vm_area_struct *vma,
			  unsigned long addr, void *arg)
{
	DEFINE_FOLIO_VMA_WALK(pvmw, folio, vma, addr, 0);
	struct placement_walk *w = arg;
	bool mapped = false;
	bool go_on;

	/* The rmap walk offers every VMA that could map the folio. */
	while (page_vma_mapped_walk(&pvmw)) {
		if (!mapped)
			addr = pvmw.address;
		mapped = true;
	}
	if (!mapped)
		return true;

	if (!mmap_read_trylock(vma->vm_mm)) {
		w->reason = PGHOT_FAIL_REASON_BUSY;
		nodes_clear(w->allowed);
		return false;
	}
	go_on = ask_vma(folio, vma, addr, w);
	mmap_read_unlock(vma->vm_mm);

	return go_on;
}

/* ---- pages that nobody maps --------------------------------------------------- */

/* Processes of a memory cgroup that are asked. */
#define MAX_PROCESSES	64

/**
 * struct members - what the processes of a memory cgroup allow
 * @allowed: nodes that all who were asked allow
 * @nr: how many that were
 */
struct members {
	nodemask_t allowed;
	unsigned int nr;
};

static int ask_member(struct task_struct *task, void *arg)
{
	struct members *m = arg;

	task_lock(task);
	nodes_and(m->allowed, m->allowed, task->mems_allowed);
	task_unlock(task);
	return ++m->nr >= MAX_PROCESSES;
}

/* What the cpusets of those allow who are charged for @folio. */
static nodemask_t ask_owners(struct folio *folio, struct pghot_placement *p)
{
	struct mem_cgroup *memcg = get_mem_cgroup_from_folio(folio);
	struct members m = { .allowed = NODE_MASK_ALL };

	if (p->memcg != memcg) {
		/* The root has everybody, and keeps nobody. */
		if (memcg && !mem_cgroup_is_root(memcg))
			mem_cgroup_scan_tasks(memcg, ask_member, &m);
		p->memcg = memcg;
		p->by_memcg = m.allowed;
	}
	mem_cgroup_put(memcg);
	return p->by_memcg;
}

/* What the policy of the shared memory object allows that @folio belongs to. */
static nodemask_t ask_object(struct folio *folio)
{
	nodemask_t nodes = NODE_MASK_ALL;
#ifdef CONFIG_SHMEM
	struct address_space *mapping = folio_mapping(folio);
	struct mempolicy *pol;

	if (!mapping || !shmem_mapping(mapping))
		return nodes;

	pol = mpol_shared_policy_lookup(&SHMEM_I(mapping->host)->policy,
					folio->index);
	nodes = pghot_policy_nodes(pol, folio_nid(folio));
	mpol_cond_put(pol);
#endif
	return nodes;
}

static void ask_about_unmapped(struct folio *folio, struct placement_walk *w)
{
	nodemask_t nodes = ask_owners(folio, w->cache);

	if (!narrow(w, &nodes, PGHOT_FAIL_REASON_CPUSET))
		return;
	nodes = ask_object(folio);
	narrow(w, &nodes, PGHOT_FAIL_REASON_POLICY);
}

/**
 * pghot_check_placement - may a folio move to a node, as far as its users go?
 * @folio: locked folio with a reference
 * @nid: target node
 * @cache: of the batch that the folio belongs to
 * @other_nid: set to another top-tier node that is allowed when @nid is not,
 *	NUMA_NO_NODE when there is none
 *
 * Context: may sleep.
 * Return: -1 when it may, else the enum pghot_fail_reason why not.
 */
int pghot_check_placement(struct folio *folio, int nid,
			  struct pghot_placement *cache, int *other_nid)
{
	struct placement_walk w = {
		.nid = nid,
		.from = folio_nid(folio),
		.allowed = NODE_MASK_ALL,
		.reason = -1,
		.cache = cache,
	};
	struct rmap_walk_control rwc = {
		.rmap_one = placement_one,
		.anon_lock = folio_lock_anon_vma_read,
		.arg = &w,
	};

	*other_nid = NUMA_NO_NODE;
	if (folio_mapped(folio))
		rmap_walk(folio, &rwc);
	else
		ask_about_unmapped(folio, &w);
	if (w.reason >= 0 && !nodes_empty(w.allowed))
		*other_nid = pghot_nearest_toptier(w.from, &w.allowed);

	return w.reason;
}
