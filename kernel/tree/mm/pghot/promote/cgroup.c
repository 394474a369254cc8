// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what is kept of a memory cgroup: what it was told, and what became of its pages.
 *
 * Something is kept only of a memory cgroup that was told something, or of which a page
 * was moved or was to be, and then of all its ancestors as well. It hangs in an xarray,
 * by the serial number of the css, rather than in struct mem_cgroup: who does not use
 * pghot does not pay for it, and mm/memcontrol.c need not know what it is. It goes when
 * the memory cgroup goes offline, whatever pages are still charged to it. Those count for
 * the nearest ancestor that is online from then on, and go by what that was told.
 *
 * Counters are of a memory cgroup and all that is below, as in memory.stat: whoever counts
 * adds to all ancestors, so that nothing is lost with a memory cgroup and reading costs
 * the same however many there are. What becomes of a batch is added once for each memory
 * cgroup in it, what is demoted by the folio, without a lock.
 *
 * An entry is only made while its css is not dying, which is looked at under the lock of
 * the array, and is taken out when that goes offline, after it has begun to die. So
 * none is left behind; and as long as there is one its parent's is there, too, for a
 * memory cgroup goes offline after all that are below.
 */
#include <linux/cgroup.h>
#include <linux/ktime.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pghot.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "promote/cgroup.h"
#include "promote/returns.h"

/* How long what was not taken of a share is kept. */
#define SHARE_BURST_MS		1000

static DEFINE_XARRAY(groups);

/* Counts those that come and go. */
static atomic_t changes = ATOMIC_INIT(1);

/* ---- of one ----------------------------------------------------------------- */

/**
 * pghot_cgroup_promotes - are the pages of a memory cgroup promoted?
 * @g: what is kept of it
 *
 * Context: RCU, or nobody else knows @g.
 * Return: false when it, or one that it is in, was told to stay out.
 */
bool pghot_cgroup_promotes(const struct pghot_cgroup *g)
{
	for (; g; g = g->parent) {
		if (!READ_ONCE(g->promote))
			return false;
	}
	return true;
}

/**
 * pghot_cgroup_least_share - what share of promotion can a memory cgroup have?
 * @g: what is kept of it
 *
 * Context: RCU, or nobody else knows @g.
 * Return: percent: the smallest of its own and those of all that it is in.
 */
u32 pghot_cgroup_least_share(const struct pghot_cgroup *g)
{
	u32 least = PGHOT_CGROUP_SHARE_MAX;

	for (; g; g = g->parent)
		least = min(least, READ_ONCE(g->share));
	return least;
}

/* What is left of the share of one, NULL when there is nothing to heed. */
static struct pghot_ratelimit *bucket_of(const struct pghot_cgroup *g, u8 idx)
{
	struct pghot_shares *shares = READ_ONCE(g->shares);

	if (!shares || READ_ONCE(g->share) == PGHOT_CGROUP_SHARE_MAX)
		return NULL;
	return &shares->bucket[idx];
}

/**
 * pghot_cgroup_take_share - take pages out of the shares of a memory cgroup
 * @g: what is kept of it, may be %NULL
 * @idx: target, by its compact index
 * @pages_per_sec: what is shared
 * @now_ns: present time, not before that of the previous call
 * @pages: base pages, which may exceed what is left
 *
 * Each is taken out of the share of the memory cgroup and of all that it is in.
 *
 * Context: RCU, or nobody else knows @g; who promotes to that target.
 * Return: false, with nothing taken, when there is nothing left of one of them.
 */
bool pghot_cgroup_take_share(struct pghot_cgroup *g, u8 idx, u64 pages_per_sec,
			     u64 now_ns, unsigned int pages)
{
	struct pghot_ratelimit *bucket;
	struct pghot_cgroup *p;

	for (p = g; p; p = p->parent) {
		u64 part = pages_per_sec * READ_ONCE(p->share) / PGHOT_CGROUP_SHARE_MAX;

		bucket = bucket_of(p, idx);
		if (bucket && !pghot_ratelimit_fill(bucket, now_ns, max(part, 1),
						    SHARE_BURST_MS))
			return false;
	}
	for (p = g; p; p = p->parent) {
		bucket = bucket_of(p, idx);
		if (bucket)
			pghot_ratelimit_charge(bucket, pages);
	}
	return true;
}

/**
 * pghot_cgroup_give_back - give back to the shares what was not promoted after all
 * @g: what is kept of the memory cgroup, may be %NULL
 * @idx: target, by its compact index
 * @pages: base pages
 *
 * Context: as above.
 */
void pghot_cgroup_give_back(struct pghot_cgroup *g, u8 idx, unsigned int pages)
{
	struct pghot_ratelimit *bucket;

	for (; g; g = g->parent) {
		bucket = bucket_of(g, idx);
		if (bucket)
			pghot_ratelimit_charge(bucket, -(s64)pages);
	}
}

/**
 * pghot_cgroup_add - count for a memory cgroup and all that it is in
 * @g: what is kept of it, may be %NULL
 * @counts: what to add
 *
 * Context: RCU, or nobody else knows @g.
 */
void pghot_cgroup_add(struct pghot_cgroup *g,
		      const struct pghot_cgroup_counts *counts)
{
	unsigned int i;

	for (; g; g = g->parent) {
		for (i = 0; i < PGHOT_CGROUP_NR_EVENTS; i++) {
			if (counts->n[i])
				atomic64_add(counts->n[i], &g->count[i]);
		}
	}
}

/* ---- which are kept --------------------------------------------------------- */

static struct pghot_cgroup *load(struct mem_cgroup *memcg)
{
	return memcg ? xa_load(&groups, memcg->css.serial_nr) : NULL;
}

/* What is kept of a memory cgroup, or of the nearest ancestor. Context: RCU. */
static struct pghot_cgroup *nearest(struct mem_cgroup *memcg)
{
	struct pghot_cgroup *g = NULL;

	for (; memcg && !g; memcg = parent_mem_cgroup(memcg))
		g = load(memcg);
	return g;
}

/* The nearest that is not about to go. */
static struct mem_cgroup *living(struct mem_cgroup *memcg)
{
	while (memcg && css_is_dying(&memcg->css))
		memcg = parent_mem_cgroup(memcg);
	return memcg;
}

/* Keep something of @memcg, whose parent is kept. False when that cannot be. */
static bool keep_one(struct mem_cgroup *memcg, gfp_t gfp)
{
	unsigned long serial = memcg->css.serial_nr;
	struct pghot_cgroup *g = kzalloc(sizeof(*g), gfp);
	bool kept = false;

	if (!g || xa_reserve(&groups, serial, gfp)) {
		kfree(g);
		return false;
	}
	g->ino = cgroup_ino(memcg->css.cgroup);
	g->promote = true;
	g->share = PGHOT_CGROUP_SHARE_MAX;

	xa_lock(&groups);
	if (xa_load(&groups, serial)) {
		kept = true;
		kfree(g);
	} else if (css_is_dying(&memcg->css)) {
		kfree(g);
	} else {
		g->parent = load(parent_mem_cgroup(memcg));
		/* There is a place for it. */
		__xa_store(&groups, serial, g, GFP_NOWAIT);
		atomic_inc(&changes);
		kept = true;
	}
	xa_unlock(&groups);
	if (!kept)
		xa_release(&groups, serial);
	return kept;
}

/*
 * Keep something of a memory cgroup and its ancestors, from the top down. Those that are
 * about to go are none any more.
 *
 * Context: @memcg does not go away; sleeps if @gfp says so.
 * Return: false without memory.
 */
static bool keep(struct mem_cgroup *memcg, gfp_t gfp)
{
	struct mem_cgroup *top, *parent;

	for (;;) {
		memcg = living(memcg);
		if (!memcg || load(memcg))
			return memcg;
		top = memcg;
		while ((parent = parent_mem_cgroup(top)) && !load(parent))
			top = parent;
		/* It may have begun to die just now; those that it is in have not. */
		if (!keep_one(top, gfp) &&
		    (top != memcg || !css_is_dying(&memcg->css)))
			return false;
	}
}

static void free_group(struct rcu_head *rcu)
{
	struct pghot_cgroup *g = container_of(rcu, struct pghot_cgroup, rcu);

	kfree(g->shares);
	kfree(g);
}

/**
 * pghot_memcg_offline - a memory cgroup goes offline
 * @memcg: the memory cgroup; those below have gone before
 *
 * Context: its css is dying.
 */
void pghot_memcg_offline(struct mem_cgroup *memcg)
{
	struct pghot_cgroup *g = xa_erase(&groups, memcg->css.serial_nr);

	if (!g)
		return;
	atomic_inc(&changes);
	call_rcu(&g->rcu, free_group);
}

/* ---- counting, and what was told -------------------------------------------- */

/**
 * pghot_folio_memcg - the memory cgroup that a folio is charged to
 * @folio: the folio, with a reference
 *
 * Context: any.
 * Return: the memory cgroup with a reference, which may have been removed; %NULL when
 * there is none.
 */
struct mem_cgroup *pghot_folio_memcg(struct folio *folio)
{
	struct mem_cgroup *memcg;

	rcu_read_lock();
	memcg = folio_memcg_check(folio);
	if (memcg && !css_tryget(&memcg->css))
		memcg = NULL;
	rcu_read_unlock();
	return memcg;
}

/**
 * pghot_folio_may_promote - does the memory cgroup of a folio take part in promotion?
 * @folio: the folio, with a reference
 *
 * Context: any.
 */
bool pghot_folio_may_promote(struct folio *folio)
{
	bool may;

	rcu_read_lock();
	may = pghot_cgroup_promotes(nearest(folio_memcg_check(folio)));
	rcu_read_unlock();
	return may;
}

/**
 * pghot_memcg_take_share - take pages out of the shares of a memory cgroup
 * @memcg: the memory cgroup, with a reference; %NULL for none
 * @idx: target, by its compact index
 * @pages_per_sec: what is shared
 * @pages: base pages
 *
 * Context: who promotes to that target.
 * Return: as pghot_cgroup_take_share().
 */
bool pghot_memcg_take_share(struct mem_cgroup *memcg, u8 idx, u64 pages_per_sec,
			    unsigned int pages)
{
	bool taken;

	rcu_read_lock();
	taken = pghot_cgroup_take_share(nearest(memcg), idx, pages_per_sec,
					ktime_get_ns(), pages);
	rcu_read_unlock();
	return taken;
}

/* See pghot_cgroup_give_back(). */
void pghot_memcg_give_back(struct mem_cgroup *memcg, u8 idx, unsigned int pages)
{
	rcu_read_lock();
	pghot_cgroup_give_back(nearest(memcg), idx, pages);
	rcu_read_unlock();
}

/**
 * pghot_cgroup_count - count what became of pages of a memory cgroup
 * @memcg: the memory cgroup, with a reference; %NULL for none
 * @counts: what to add
 *
 * Context: may sleep.
 */
void pghot_cgroup_count(struct mem_cgroup *memcg,
			const struct pghot_cgroup_counts *counts)
{
	/* Without memory for it the nearest ancestor gets it all. */
	keep(memcg, GFP_KERNEL);
	rcu_read_lock();
	pghot_cgroup_add(nearest(memcg), counts);
	rcu_read_unlock();
}

/**
 * pghot_cgroup_count_demoted - count a folio that made room in a top tier
 * @folio: the folio, locked, where it is now
 *
 * Context: reclaim.
 */
void pghot_cgroup_count_demoted(struct folio *folio)
{
	const gfp_t gfp = GFP_NOWAIT | __GFP_NOWARN | __GFP_NOMEMALLOC;
	struct pghot_cgroup_counts counts = {
		.n[PGHOT_CGROUP_DEMOTED] = folio_nr_pages(folio),
	};
	struct mem_cgroup *memcg;

	rcu_read_lock();
	memcg = folio_memcg_check(folio);
	if (memcg) {
		keep(memcg, gfp);
		pghot_cgroup_add(nearest(memcg), &counts);
		pghot_returns_note(folio_pfn(folio), memcg->css.serial_nr);
	}
	rcu_read_unlock();
}

/* Which memory cgroups are kept: changes when one comes or goes, and is never 0. */
u32 pghot_cgroup_seq(void)
{
	return atomic_read(&changes) ?: 1;
}

/* Context: RCU. */
static void view_group(const struct pghot_cgroup *g,
		       struct pghot_cgroup_view *view)
{
	unsigned int i;

	view->ino = g->ino;
	view->promote = READ_ONCE(g->promote);
	view->promotes = pghot_cgroup_promotes(g);
	view->share = READ_ONCE(g->share);
	view->least_share = pghot_cgroup_least_share(g);
	for (i = 0; i < PGHOT_CGROUP_NR_EVENTS; i++)
		view->counts.n[i] = atomic64_read(&g->count[i]);
}

/**
 * pghot_cgroup_view - what is known of a memory cgroup
 * @memcg: the memory cgroup, with a reference
 * @view: set to it
 *
 * Context: any.
 */
void pghot_cgroup_view(struct mem_cgroup *memcg, struct pghot_cgroup_view *view)
{
	struct pghot_cgroup *g;

	rcu_read_lock();
	g = load(memcg);
	if (g) {
		view_group(g, view);
	} else {
		/* Nothing is its own. */
		g = nearest(memcg);
		*view = (struct pghot_cgroup_view){
			.ino = cgroup_ino(memcg->css.cgroup),
			.promote = true,
			.promotes = pghot_cgroup_promotes(g),
			.share = PGHOT_CGROUP_SHARE_MAX,
			.least_share = pghot_cgroup_least_share(g),
		};
	}
	rcu_read_unlock();
}

/**
 * pghot_cgroup_next - what is known of the next memory cgroup of which something is kept
 * @serial: where to look, 0 to begin; set to where to look then
 * @view: set to it
 *
 * Parents come before their children.
 *
 * Context: any.
 * Return: false when there are no more.
 */
bool pghot_cgroup_next(unsigned long *serial, struct pghot_cgroup_view *view)
{
	struct pghot_cgroup *g;

	rcu_read_lock();
	g = xa_find(&groups, serial, ULONG_MAX, XA_PRESENT);
	if (g)
		view_group(g, view);
	rcu_read_unlock();
	++*serial;
	return g;
}

/**
 * pghot_cgroup_set - tell a memory cgroup how it takes part in promotion
 * @memcg: the memory cgroup, with a reference
 * @s: what to tell it, each within its range
 *
 * Context: may sleep.
 * Return: 0, or with nothing changed -ENOMEM, or -ENODEV when it is about to go.
 */
int pghot_cgroup_set(struct mem_cgroup *memcg,
		     const struct pghot_cgroup_settings *s)
{
	struct pghot_shares *shares = NULL;
	struct pghot_cgroup *g;

	if (s->sets_share && s->share != PGHOT_CGROUP_SHARE_MAX) {
		shares = kzalloc(sizeof(*shares), GFP_KERNEL);
		if (!shares)
			return -ENOMEM;
	}
	if (!keep(memcg, GFP_KERNEL)) {
		kfree(shares);
		return -ENOMEM;
	}
	rcu_read_lock();
	g = load(memcg);
	if (g && s->sets_promote)
		WRITE_ONCE(g->promote, s->promote);
	if (g && s->sets_share) {
		/* Once there they stay: somebody may be at them. */
		if (shares && !cmpxchg(&g->shares, NULL, shares))
			shares = NULL;
		WRITE_ONCE(g->share, s->share);
	}
	rcu_read_unlock();
	kfree(shares);
	return g ? 0 : -ENODEV;
}
