// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: explain, which tells of one page what there is between
 * it and its promotion, and moves nothing.
 *
 * A page is named by its page frame, or by a process and an address. Who may see page
 * frames may not yet look into any process: that is asked as for /proc/PID/pagemap.
 */
#include <linux/hugetlb.h>
#include <linux/jiffies.h>
#include <linux/memblock.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/pagemap.h>
#include <linux/pagewalk.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/genetlink.h>

#include "attr/netlink-gen.h"
#include "base/config.h"
#include "base/node.h"
#include "control/explain.h"
#include "control/nl.h"
#include "core.h"

/* Longest list of nodes; longer ones are cut. */
#define LIST_LEN	256

/* ---- which page ------------------------------------------------------------ */

/* What a walk over page tables looks for. */
struct found {
	unsigned long pfn;
	bool any;
};

static void find_folio(struct found *found, struct folio *folio)
{
	if (!folio)
		return;
	found->pfn = folio_pfn(folio);
	found->any = true;
}

/* True when there is a huge page, or was, which is as good. */
static bool find_huge(pmd_t *pmd, unsigned long addr, struct mm_walk *walk)
{
	spinlock_t *ptl;	/* of the entry */
	bool huge;
	pmd_t entry;

	if (!pmd_trans_huge(pmdp_get(pmd)))
		return false;

	ptl = pmd_lock(walk->mm, pmd);
	entry = pmdp_get(pmd);
	huge = pmd_trans_huge(entry);
	if (huge && pmd_present(entry))
		find_folio(walk->private,
			   vm_normal_folio_pmd(walk->vma, addr, entry));
	spin_unlock(ptl);
	return huge;
}

static int find_in_pmd(pmd_t *pmd, unsigned long addr, unsigned long end,
		       struct mm_walk *walk)
{
	spinlock_t *ptl;	/* of the table */
	pte_t *pte;

	if (find_huge(pmd, addr, walk))
		return 0;
	pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
	if (!pte)
		return 0;
	/* sparse does not see that a table was locked when there is one. */
	__acquire(ptl);
	if (pte_present(ptep_get(pte)))
		find_folio(walk->private,
			   vm_normal_folio(walk->vma, addr, ptep_get(pte)));
	pte_unmap_unlock(pte, ptl);
	return 0;
}

#ifdef CONFIG_HUGETLB_PAGE
static int find_hugetlb(pte_t *pte, unsigned long hmask, unsigned long addr,
			unsigned long end, struct mm_walk *walk)
{
	pte_t entry = ptep_get(pte);

	if (pte_present(entry))
		find_folio(walk->private, page_folio(pte_page(entry)));
	return 0;
}
#else
#define find_hugetlb	NULL
#endif

static const struct mm_walk_ops find_ops = {
	.pmd_entry = find_in_pmd,
	.hugetlb_entry = find_hugetlb,
	.walk_lock = PGWALK_RDLOCK,
};

/* The page frame that is at an address; the mmap lock of @mm is held. */
static int find_pfn(struct mm_struct *mm, unsigned long addr, unsigned long *pfn)
{
	struct vm_area_struct *vma;
	struct found found = {};

	addr = untagged_addr_remote(mm, addr) & PAGE_MASK;
	vma = vma_lookup(mm, addr);
	if (!vma)
		return -EFAULT;
	walk_page_range_vma(vma, addr, addr + PAGE_SIZE, &find_ops, &found);
	*pfn = found.pfn;
	return found.any ? 0 : -ENOENT;
}

/* The address space of a process, with a reference. */
static struct mm_struct *get_mm(u32 nr)
{
	struct task_struct *task;
	struct mm_struct *mm;

	task = nr <= INT_MAX ? find_get_task_by_vpid(nr) : NULL;
	if (!task)
		return ERR_PTR(-ESRCH);
	/* A kernel thread may have borrowed one. */
	mm = task->flags & PF_KTHREAD ? ERR_PTR(-EINVAL) :
		mm_access(task, PTRACE_MODE_READ_FSCREDS);
	put_task_struct(task);
	return mm ?: ERR_PTR(-ESRCH);
}

static int page_of_process(struct genl_info *info, unsigned long *pfn)
{
	const struct nlattr *attr = info->attrs[PGHOT_A_EXPLAIN_PID];
	const struct nlattr *address = info->attrs[PGHOT_A_EXPLAIN_ADDRESS];
	struct netlink_ext_ack *extack = info->extack;
	u64 addr = nla_get_uint(address);
	u32 pid = nla_get_u32(attr);
	struct mm_struct *mm;
	int err;

	mm = get_mm(pid);
	err = PTR_ERR_OR_ZERO(mm);
	if (err == -EINVAL)
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"pid: %u is a kernel thread, and has no memory of its own",
					pid);
	else if (err == -EACCES)
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"pid: %u: not allowed to look at its memory",
					pid);
	else if (err == -ESRCH)
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"pid: there is no process %u", pid);
	if (err)
		return err;

	err = mmap_read_lock_killable(mm);
	if (!err) {
		err = addr == (unsigned long)addr ? find_pfn(mm, addr, pfn) :
						    -EFAULT;
		mmap_read_unlock(mm);
	}
	mmput(mm);
	if (err == -EFAULT)
		NL_SET_ERR_MSG_ATTR_FMT(extack, address,
					"address: process %u has nothing mapped at 0x%llx",
					pid, addr);
	else if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR_FMT(extack, address,
					"address: no page at 0x%llx: not used yet, or swapped out",
					addr);
	return err;
}

static int page_frame(struct genl_info *info, unsigned long *pfn)
{
	const struct nlattr *attr = info->attrs[PGHOT_A_EXPLAIN_PFN];
	u64 nr = nla_get_uint(attr);

	if (nr != (unsigned long)nr || !pfn_to_online_page(nr)) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
					"pfn: %llu is not online memory, accepted 0-%lu",
					nr, max_pfn - 1);
		return -ERANGE;
	}
	*pfn = nr;
	return 0;
}

static int parse_page(struct genl_info *info, unsigned long *pfn)
{
	const struct nlattr *pid = info->attrs[PGHOT_A_EXPLAIN_PID];
	const struct nlattr *address = info->attrs[PGHOT_A_EXPLAIN_ADDRESS];
	struct netlink_ext_ack *extack = info->extack;

	if (info->attrs[PGHOT_A_EXPLAIN_PFN]) {
		if (!pid && !address)
			return page_frame(info, pfn);
		NL_SET_ERR_MSG_ATTR(extack, pid ?: address,
				    "pid and address: not together with pfn");
		return -EINVAL;
	}
	if (pid && address)
		return page_of_process(info, pfn);

	if (pid) {
		NL_SET_ERR_ATTR_MISS(extack, NULL, PGHOT_A_EXPLAIN_ADDRESS);
		NL_SET_ERR_MSG(extack,
			       "address is missing: which page of the process");
	} else if (address) {
		NL_SET_ERR_ATTR_MISS(extack, NULL, PGHOT_A_EXPLAIN_PID);
		NL_SET_ERR_MSG(extack,
			       "pid is missing: the process that has the address");
	} else {
		NL_SET_ERR_ATTR_MISS(extack, NULL, PGHOT_A_EXPLAIN_PFN);
		NL_SET_ERR_MSG(extack,
			       "pfn is missing: give pfn, or pid and address");
	}
	return -EINVAL;
}

static int parse_nid(struct genl_info *info, int *nid)
{
	const struct nlattr *attr = info->attrs[PGHOT_A_EXPLAIN_NID];
	struct pghot_node *node;

	*nid = NUMA_NO_NODE;
	if (!attr)
		return 0;
	node = pghot_nl_get_node(attr, true, info->extack);
	if (IS_ERR(node))
		return PTR_ERR(node);
	*nid = node->nid;
	return 0;
}

/* ---- the answer ------------------------------------------------------------ */

static int put_facts(struct sk_buff *skb, const struct pghot_explained *x)
{
	const struct pghot_entry *e = &x->entry;

	if (nla_put_uint(skb, PGHOT_A_EXPLAIN_PFN, e->pfn) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_PAGE_NID, e->nid) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_RUNNING, pghot_running()) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_PROMOTE,
		       READ_ONCE(pghot_params.promote)) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_TRACKED, x->tracked))
		return -EMSGSIZE;
	if (x->used &&
	    (nla_put_u32(skb, PGHOT_A_EXPLAIN_ORDER, e->order) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_PAGE_FLAGS, e->page_flags) ||
	     nla_put_uint(skb, PGHOT_A_EXPLAIN_CGROUP_INO, e->cgroup_ino)))
		return -EMSGSIZE;
	if (x->window_ms &&
	    (nla_put_u32(skb, PGHOT_A_EXPLAIN_FREQ, e->freq) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_AGE_MS, e->age_ms) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_SOURCES, e->sources) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_WINDOW_MS, x->window_ms)))
		return -EMSGSIZE;
	return 0;
}

static int put_place(struct sk_buff *skb, const struct pghot_explained *x)
{
	const struct pghot_place *at = &x->at;

	if (nla_put_u32(skb, PGHOT_A_EXPLAIN_PLACE, x->place) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_HEAP_LENGTH,
			x->target.queue.length))
		return -EMSGSIZE;
	if (x->place == PGHOT_QUEUE_PLACE_HEAP &&
	    (nla_put_u32(skb, PGHOT_A_EXPLAIN_HOTTER, at->hotter) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_AS_HOT, at->as_hot) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_TRIES, at->entry.tries) ||
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_WAITS, at->entry.waits)))
		return -EMSGSIZE;
	return 0;
}

static int put_nodes(struct sk_buff *skb, int attrtype, const nodemask_t *allowed)
{
	char list[LIST_LEN];
	nodemask_t nodes;

	/* Nodes without memory are of no interest; without a policy all bits are set. */
	nodes_and(nodes, *allowed, node_states[N_MEMORY]);
	snprintf(list, sizeof(list), "%*pbl", nodemask_pr_args(&nodes));
	return nla_put_string(skb, attrtype, list);
}

/* A process as who asks knows it, 0 when it does not. */
static u32 pid_for_asker(pid_t global)
{
	u32 nr;

	rcu_read_lock();
	nr = pid_vnr(find_pid_ns(global, &init_pid_ns));
	rcu_read_unlock();
	return nr;
}

static int put_ruling(struct sk_buff *skb, const struct pghot_explained *x)
{
	const struct pghot_ruling *r = &x->ruling;
	const struct pghot_users *users = &r->users;
	u32 pid = 0;

	if (r->reason >= 0 &&
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_REASON, r->reason))
		return -EMSGSIZE;
	if (!x->used || x->nid == NUMA_NO_NODE)
		return 0;
	if (nla_put_u32(skb, PGHOT_A_EXPLAIN_MAPPINGS, x->mappings) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_REFERENCES, x->references) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_PARTLY_MAPPED, x->partly_mapped))
		return -EMSGSIZE;
	if (!r->asked)
		return 0;

	if (users->refused_by)
		pid = pid_for_asker(users->refused_by);
	if (nla_put_u32(skb, PGHOT_A_EXPLAIN_ASKED, users->asked) ||
	    put_nodes(skb, PGHOT_A_EXPLAIN_POLICY_NODES, &users->by_policy) ||
	    put_nodes(skb, PGHOT_A_EXPLAIN_CPUSET_NODES, &users->by_cpuset) ||
	    (users->other_nid != NUMA_NO_NODE &&
	     nla_put_u32(skb, PGHOT_A_EXPLAIN_OTHER_NID, users->other_nid)) ||
	    (pid && nla_put_u32(skb, PGHOT_A_EXPLAIN_REFUSED_BY, pid)))
		return -EMSGSIZE;
	return 0;
}

static int put_target(struct sk_buff *skb, const struct pghot_explained *x)
{
	const struct pghot_target_stats *t = &x->target;
	const struct pghot_watch_stats *w = &t->watch;

	/* The one is the other as others see it. */
	BUILD_BUG_ON((int)PGHOT_EXCHANGE_UNKNOWN != (int)PGHOT_VERDICT_NONE);
	BUILD_BUG_ON((int)PGHOT_EXCHANGE_GOOD != (int)PGHOT_VERDICT_GOOD);
	BUILD_BUG_ON((int)PGHOT_EXCHANGE_FAIR != (int)PGHOT_VERDICT_FAIR);
	BUILD_BUG_ON((int)PGHOT_EXCHANGE_POOR != (int)PGHOT_VERDICT_POOR);
	BUILD_BUG_ON((int)PGHOT_EXCHANGE_BAD != (int)PGHOT_VERDICT_BAD);

	if (nla_put_u32(skb, PGHOT_A_EXPLAIN_NID, x->nid) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_THRESHOLD, t->threshold) ||
	    nla_put_uint(skb, PGHOT_A_EXPLAIN_FREE_PAGES, x->free_pages) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_ROOM, x->room) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_RATE_LIMITED, t->limited) ||
	    nla_put_uint(skb, PGHOT_A_EXPLAIN_PROMOTED_PER_SEC,
			 t->promoted_per_sec) ||
	    nla_put_u8(skb, PGHOT_A_EXPLAIN_FULL, t->full) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_EXCHANGE, w->verdict))
		return -EMSGSIZE;
	if (w->verdict != PGHOT_VERDICT_NONE &&
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_EXCHANGE_PERCENT, w->ratio))
		return -EMSGSIZE;
	return nla_put_uint(skb, PGHOT_A_EXPLAIN_EXCHANGE_PAGES, w->grant);
}

static int put_failure(struct sk_buff *skb, const struct pghot_explained *x)
{
	const struct pghot_failure *f = &x->failure;

	if (!x->failed)
		return 0;
	if (nla_put_u32(skb, PGHOT_A_EXPLAIN_FAILED_REASON, f->reason) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_FAILED_MS,
			jiffies_to_msecs(jiffies - f->when)) ||
	    nla_put_u32(skb, PGHOT_A_EXPLAIN_FAILED_COUNT, f->count))
		return -EMSGSIZE;
	return 0;
}

static int put_explained(struct sk_buff *skb, const struct pghot_explained *x)
{
	if (put_facts(skb, x) || put_ruling(skb, x))
		return -EMSGSIZE;
	if (x->nid == NUMA_NO_NODE)
		return 0;
	if (put_target(skb, x) || put_place(skb, x) || put_failure(skb, x))
		return -EMSGSIZE;
	return 0;
}

static int answer(struct genl_info *info, const struct pghot_explained *x)
{
	struct sk_buff *msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	void *hdr;

	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_iput(msg, info);
	if (!hdr || put_explained(msg, x)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/**
 * pghot_nl_explain_doit - answer explain
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_explain_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pghot_explained *x;
	unsigned long pfn = 0;
	int nid, err;

	err = parse_nid(info, &nid);
	if (!err)
		err = parse_page(info, &pfn);
	if (err)
		return err;

	x = kvmalloc(sizeof(*x), GFP_KERNEL);
	if (!x)
		return -ENOMEM;
	pghot_explain(pfn, nid, x);
	err = answer(info, x);
	kvfree(x);
	return err;
}
