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
 * Many users
 * ----------
 * A page of a library or of shared memory can have thousands of users. The first
 * PGHOT_PLACEMENT_ASKED mappings are asked, in the order of the reverse map, and each
 * address space once in a batch. A page that has more of them is treated as one that
 * nobody maps, too: the policy of a shared memory object, which is the same for all, and
 * the cpusets of those who are charged count in any case. The other users are taken to
 * want what these want. NUMA balancing asks nobody but the task that has the fault.
 *
 * Nor are all threads asked of a process that has thousands: the first MAX_THREADS, which
 * are the oldest. Threads inherit their policy and their cpuset from who creates them.
 *
 * Locks
 * -----
 * The rmap walk holds the anon_vma or i_mmap lock, which keeps the VMAs. Most have no
 * policy of their own, and nothing is locked to see that: whoever sets one right now
 * could as well have come a moment later. The policy of a shared memory object has a
 * lock of its own. That of a VMA changes with the VMA locked for writing; this lock ranks
 * above those of the rmap walk, so it can only be tried. When that fails another mapping
 * is asked instead, if not all of them are asked anyway. Else the page waits, so
 * that no policy is passed over because it was being changed; but it does not cool down
 * for that, see retry.h. The mmap lock of an address space, which may have thousands of
 * threads in page faults, is not touched where VMAs have locks. Task policies and allowed
 * nodes change under task_lock().
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
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/shmem_fs.h>
#include <uapi/linux/pghot.h>

#include "../../internal.h"

#include "base/node.h"
#include "base/series.h"
#include "promote/placement.h"

/*
 * VMAs that the reverse map offers, and that map the page or not: after fork() those of
 * all descendants are offered for a page that is the parent's alone.
 */
#define MAX_OFFERED	1024

/* Threads of a process that are asked. */
#define MAX_THREADS	1024

/**
 * struct placement_walk - a page whose users are asked
 * @nid: where it should go
 * @from: where it is
 * @allowed: nodes that all who were asked allow
 * @users: what is to be told of them
 * @offered: VMAs that the reverse map has offered
 * @mapped: how many there can be
 * @locked: one could not be asked, since somebody is changing it
 * @cache: answers that are known
 */
struct placement_walk {
	int nid;
	int from;
	nodemask_t allowed;
	struct pghot_users *users;
	unsigned int offered;
	unsigned int mapped;
	bool locked;
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

/* Nodes that the cpuset of @task allows; under its task_lock(). */
static nodemask_t cpuset_nodes(const struct task_struct *task)
{
#ifdef CONFIG_CPUSETS
	return task->mems_allowed;
#else
	return NODE_MASK_ALL;
#endif
}

/* Ask the threads of the owner of @a->mm, for pages on @a->from. */
static void ask_threads(struct pghot_threads *a)
{
	struct task_struct *owner, *t;
	unsigned int nr = 0;

	nodes_setall(a->by_policy);
	nodes_setall(a->by_cpuset);

	rcu_read_lock();
	owner = rcu_dereference(a->mm->owner);
	if (owner) {
		for_each_thread(owner, t) {
			nodemask_t nodes;

			task_lock(t);
			nodes = pghot_policy_nodes(t->mempolicy, a->from);
			nodes_and(a->by_policy, a->by_policy, nodes);
			nodes = cpuset_nodes(t);
			nodes_and(a->by_cpuset, a->by_cpuset, nodes);
			task_unlock(t);
			if (++nr >= MAX_THREADS)
				break;
		}
	}
	rcu_read_unlock();
}

/* What the threads of @mm allow for pages on @from, from memory if possible. */
static const struct pghot_threads *ask_mm(struct mm_struct *mm, int from,
					  struct pghot_placement *p)
{
	struct pghot_threads *a;
	unsigned int i;

	for (i = 0; i < p->nr; i++) {
		a = &p->threads[i];
		if (a->mm == mm && a->from == from)
			return a;
	}

	if (p->nr < ARRAY_SIZE(p->threads)) {
		a = &p->threads[p->nr++];
	} else {
		a = &p->threads[p->next];
		p->next = (p->next + 1) % ARRAY_SIZE(p->threads);
		mmdrop(a->mm);
	}
	mmgrab(mm);
	a->mm = mm;
	a->from = from;
	ask_threads(a);
	return a;
}

/**
 * pghot_placement_begin - nobody has been asked yet
 * @p: answers of a batch
 */
void pghot_placement_begin(struct pghot_placement *p)
{
	p->nr = 0;
	p->next = 0;
	p->nr_owners = 0;
	p->next_owners = 0;
}

/**
 * pghot_placement_end - forget the answers, with what they refer to
 * @p: answers of a batch
 *
 * Context: process context.
 */
void pghot_placement_end(struct pghot_placement *p)
{
	while (p->nr)
		mmdrop(p->threads[--p->nr].mm);
	while (p->nr_owners)
		mem_cgroup_put(p->owners[--p->nr_owners].memcg);
}

/* The process that has @mm, 0 when it has gone. */
static pid_t owner_of(struct mm_struct *mm)
{
	struct task_struct *owner;
	pid_t pid = 0;

	rcu_read_lock();
	owner = rcu_dereference(mm->owner);
	if (owner)
		pid = task_tgid_nr(owner);
	rcu_read_unlock();
	return pid;
}

/*
 * Narrow what is allowed to what @mm, or who else is asked, allows; false when nothing
 * is left.
 */
static bool narrow(struct placement_walk *w, const nodemask_t *nodes,
		   enum pghot_fail_reason reason, struct mm_struct *mm)
{
	struct pghot_users *users = w->users;
	nodemask_t *by = reason == PGHOT_FAIL_REASON_CPUSET ? &users->by_cpuset :
							      &users->by_policy;

	nodes_and(*by, *by, *nodes);
	nodes_and(w->allowed, w->allowed, *nodes);
	if (!node_isset(w->nid, w->allowed) && users->reason < 0) {
		users->reason = reason;
		if (mm)
			users->refused_by = owner_of(mm);
	}
	return !nodes_empty(w->allowed);
}

/*
 * Nodes that the policy of @vma allows for a page at @addr, or else @by_policy, which
 * the threads have. False when it cannot be told now.
 */
static bool ask_policy(struct vm_area_struct *vma, unsigned long addr, int from,
		       const nodemask_t *by_policy, nodemask_t *nodes)
{
	struct mempolicy *pol;
	pgoff_t ilx;

	*nodes = *by_policy;
	if (vma->vm_ops && vma->vm_ops->get_policy) {
		pol = vma->vm_ops->get_policy(vma, addr, &ilx);
		if (pol)
			*nodes = pghot_policy_nodes(pol, from);
		mpol_cond_put(pol);
		return true;
	}
	/* data_race: who sets one now might as well have come a moment later */
	if (!data_race(vma->vm_policy))
		return true;

	if (!pghot_vma_trylock(vma, addr))
		return false;
	if (vma->vm_policy)
		*nodes = pghot_policy_nodes(vma->vm_policy, from);
	pghot_vma_unlock(vma);
	return true;
}

/* The page must stay whatever the target, or for now. */
static void refuse(struct placement_walk *w, enum pghot_fail_reason reason)
{
	w->users->reason = reason;
	nodes_clear(w->allowed);
}

/* Ask the users of a mapping; false when nobody else needs to be asked. */
static bool ask_vma(struct folio *folio, struct vm_area_struct *vma,
		    unsigned long addr, struct placement_walk *w)
{
	const struct pghot_threads *threads;
	nodemask_t nodes;

	/*
	 * What executes and is mapped by many is probably a shared library;
	 * moving it disturbs them all. NUMA balancing leaves it too.
	 */
	if ((vma->vm_flags & VM_EXEC) && folio_is_file_lru(folio) &&
	    pghot_folio_is_shared(folio)) {
		refuse(w, PGHOT_FAIL_REASON_SHARED_EXEC);
		return false;
	}

	threads = ask_mm(vma->vm_mm, w->from, w->cache);
	if (!narrow(w, &threads->by_cpuset, PGHOT_FAIL_REASON_CPUSET, vma->vm_mm))
		return false;

	if (!ask_policy(vma, addr, w->from, &threads->by_policy, &nodes)) {
		w->locked = true;
		return true;
	}
	w->users->asked++;
	return narrow(w, &nodes, PGHOT_FAIL_REASON_POLICY, vma->vm_mm);
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
	struct pghot_threads a = { .mm = mm };
	int nid;

	nodes_clear(*by_policy);
	nodes_clear(*by_cpuset);
	for_each_node_state(nid, N_MEMORY) {
		if (!pghot_is_lower_tier(nid))
			continue;
		a.from = nid;
		ask_threads(&a);
		nodes_or(*by_policy, *by_policy, a.by_policy);
		*by_cpuset = a.by_cpuset;
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

	/* The rmap walk offers every VMA that could map the folio. */
	w->offered++;
	while (page_vma_mapped_walk(&pvmw)) {
		if (!mapped)
			addr = pvmw.address;
		mapped = true;
	}
	if (mapped && !ask_vma(folio, vma, addr, w))
		return false;
	return w->users->asked < min(w->mapped, PGHOT_PLACEMENT_ASKED) &&
	       w->offered < MAX_OFFERED;
}

/* Was everybody asked who maps the page, but for those who are locked? */
static bool asked_all(const struct placement_walk *w)
{
	return w->users->asked >= w->mapped ||
	       (w->users->asked < PGHOT_PLACEMENT_ASKED &&
		w->offered < MAX_OFFERED);
}

/* ---- owners and objects ------------------------------------------------------- */

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
	nodemask_t nodes;

	task_lock(task);
	nodes = cpuset_nodes(task);
	nodes_and(m->allowed, m->allowed, nodes);
	task_unlock(task);
	return ++m->nr >= MAX_PROCESSES;
}

/* What the processes of @memcg allow, from memory if possible. Takes over a reference. */
static const nodemask_t *ask_memcg(struct mem_cgroup *memcg,
				   struct pghot_placement *p)
{
	struct members m = { .allowed = NODE_MASK_ALL };
	struct pghot_owners *o;
	unsigned int i;

	for (i = 0; i < p->nr_owners; i++) {
		o = &p->owners[i];
		if (o->memcg == memcg) {
			mem_cgroup_put(memcg);
			return &o->by_cpuset;
		}
	}

	if (p->nr_owners < ARRAY_SIZE(p->owners)) {
		o = &p->owners[p->nr_owners++];
	} else {
		o = &p->owners[p->next_owners];
		p->next_owners = (p->next_owners + 1) % ARRAY_SIZE(p->owners);
		mem_cgroup_put(o->memcg);
	}
	mem_cgroup_scan_tasks(memcg, ask_member, &m);
	o->memcg = memcg;
	o->by_cpuset = m.allowed;
	return &o->by_cpuset;
}

/* What the cpusets of those allow who are charged for @folio. */
static nodemask_t ask_owners(struct folio *folio, struct pghot_placement *p)
{
	struct mem_cgroup *memcg = get_mem_cgroup_from_folio(folio);

	/* The root has everybody, and keeps nobody; without memory cgroups there is none. */
	if (!memcg || mem_cgroup_is_root(memcg)) {
		mem_cgroup_put(memcg);
		return NODE_MASK_ALL;
	}
	return *ask_memcg(memcg, p);
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

/* Who has a say when nobody maps @folio, or not all who do were asked. */
static void ask_owners_and_object(struct folio *folio, struct placement_walk *w)
{
	nodemask_t nodes = ask_owners(folio, w->cache);

	if (!narrow(w, &nodes, PGHOT_FAIL_REASON_CPUSET, NULL))
		return;
	nodes = ask_object(folio);
	narrow(w, &nodes, PGHOT_FAIL_REASON_POLICY, NULL);
}

/**
 * pghot_check_placement - may a folio move to a node, as far as its users go?
 * @folio: locked folio with a reference
 * @nid: target node
 * @cache: of the batch that the folio belongs to
 * @users: what they say
 *
 * Context: may sleep.
 * Return: -1 when it may, else the enum pghot_fail_reason why not;
 * PGHOT_FAIL_REASON_BUSY when it has to wait until somebody can be asked.
 */
int pghot_check_placement(struct folio *folio, int nid,
			  struct pghot_placement *cache,
			  struct pghot_users *users)
{
	struct placement_walk w = {
		.nid = nid,
		.from = folio_nid(folio),
		.allowed = NODE_MASK_ALL,
		.users = users,
		/* A large folio may be mapped in parts, by one VMA many times. */
		.mapped = folio_test_large(folio) ? UINT_MAX :
						    folio_mapcount(folio),
		.cache = cache,
	};
	struct rmap_walk_control rwc = {
		.rmap_one = placement_one,
		.anon_lock = folio_lock_anon_vma_read,
		.arg = &w,
	};

	users->reason = -1;
	users->other_nid = NUMA_NO_NODE;
	nodes_setall(users->by_policy);
	nodes_setall(users->by_cpuset);
	users->asked = 0;
	users->refused_by = 0;
	if (folio_mapped(folio))
		rmap_walk(folio, &rwc);
	if (users->reason < 0 && w.locked && (!users->asked || asked_all(&w)))
		refuse(&w, PGHOT_FAIL_REASON_BUSY);
	if (users->reason < 0 && (!users->asked || !asked_all(&w)))
		ask_owners_and_object(folio, &w);
	if (users->reason >= 0 && !nodes_empty(w.allowed))
		users->other_nid = pghot_nearest_toptier(w.from, &w.allowed);

	return users->reason;
}
