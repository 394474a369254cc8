/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, what its parts know of each other.
 *
 * An access becomes a promotion in steps, each a file:
 *
 *	source (hintfault.c, ...)  notices an access
 *	map.c      keeps a record of it per lower-tier page, decides "hot"
 *	ring.c     carries hot pages, lock-free, from any CPU to a target node
 *	heap.c     orders what waits for a target node, hottest first
 *	queue.c	   keeps rings, heap and map of a target in step
 *	promote.c  takes the top, asks policy.c, calls migrate.c
 *
 * Locks, outermost first:
 *
 *	cpu_hotplug_lock, mem_hotplug_lock	(from the hotplug core)
 *	pghot_lock	configuration: sources, parameters, which nodes run
 *	pghot_node.lock	one target node's heap, its counters, its ring tails
 *
 * The record path takes none of them. It runs under a page table lock or from
 * an irq_work and relies on RCU for the maps and on local_irq_save() for the
 * rings.
 */
#ifndef _MM_PGHOT_INTERNAL_H
#define _MM_PGHOT_INTERNAL_H

#include <linux/irq_work.h>
#include <linux/jump_label.h>
#include <linux/list.h>
#include <linux/min_heap.h>
#include <linux/mmzone.h>
#include <linux/mutex.h>
#include <linux/nodemask.h>
#include <linux/pghot.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>
#include <uapi/linux/pghot.h>
#include <uapi/linux/pghot_entry.h>

#include "promote/exchange.h"
#include "promote/ratelimit.h"
#include "record/record.h"

struct netlink_ext_ack;
struct nlattr;
struct sk_buff;

#define PGHOT_NR_SOURCES	(PGHOT_SOURCE_ID_MAX + 1)
#define PGHOT_NR_FAIL_REASONS	(PGHOT_FAIL_REASON_MAX + 1)

/* ---- parameters (core.c) ------------------------------------------------ */

/**
 * struct pghot_params - what an administrator can tune
 * @promote: move pages; false makes pghot a profiler
 * @freq_threshold: accesses within the window that make a page hot
 * @window_ms: length of the window
 * @rate_limit_mbps: MiB per second that may be promoted to one node
 * @batch_nr: base pages per migration batch
 * @sleep_ms: rest of kpromoted between two rounds
 * @target_nid: target of reports that name none, NUMA_NO_NODE for the nearest
 * @heap_capacity: entries per heap
 * @adaptive: let the threshold follow the flow of candidates
 *
 * Written under pghot_lock, one READ_ONCE()-able word each, so that the record
 * path and kpromoted read single members without it.
 */
struct pghot_params {
	bool promote;
	bool adaptive;
	u32 freq_threshold;
	u32 window_ms;
	u32 rate_limit_mbps;
	u32 batch_nr;
	u32 sleep_ms;
	int target_nid;
	u32 heap_capacity;
};

extern struct mutex pghot_lock;
extern struct pghot_params pghot_params;

void pghot_config_lock(void);
void pghot_config_unlock(void);

int pghot_set_params(const struct pghot_params *new);
bool pghot_running(void);
int pghot_start(void);
void pghot_stop(void);
u64 pghot_memory_bytes(void);
int pghot_reset(u32 what);

/* ---- the hotness map (map.c) -------------------------------------------- */

/**
 * struct pghot_section - the records of one memory section of a lower tier
 * @start_pfn: first page frame of the section
 * @nid: node of the section's pages
 * @default_idx: compact index of the top-tier node nearest to @nid, 0 when
 *	there is none; follows changes of tiers
 * @refill: bit of a compact index: hot pages for that target found no place in
 *	its ring or heap; set from any context, cleared by the target's
 *	kpromoted before it searches the section
 * @records: PAGES_PER_SECTION words, see record.h; changed by cmpxchg only
 *
 * Sections are added when the first source is enabled and by memory hotplug,
 * removed when the last is disabled and by memory hotplug, all under
 * pghot_lock. They are found through an xarray indexed by section number and
 * freed after an RCU grace period.
 */
struct pghot_section {
	unsigned long start_pfn;
	int nid;
	u8 default_idx;
	unsigned long refill;
	u32 *records;
};

u32 pghot_map_get(unsigned long pfn);
u32 pghot_map_clear_queued(unsigned long pfn);
void pghot_map_cool(unsigned long pfn);
void pghot_map_forget(unsigned long pfn);
void pghot_map_flag_refill(unsigned long pfn, u8 idx);
bool pghot_map_retarget(unsigned long pfn, u8 idx);
void pghot_map_reset(void);
void pghot_map_clear_refill(void);
void pghot_map_refill(u8 idx, bool (*found)(unsigned long pfn, u32 rec,
					    void *arg), void *arg);
size_t pghot_map_walk(unsigned long *pfn, unsigned long last,
		      bool (*visit)(unsigned long pfn, int nid, u32 rec,
				    void *arg), void *arg);
int pghot_map_add_range(unsigned long start_pfn, unsigned long nr_pages,
			int nid);
void pghot_map_del_range(unsigned long start_pfn, unsigned long nr_pages);
void pghot_map_del_node(int nid);
void pghot_map_set_defaults(void);
unsigned long pghot_map_tracked_pages(int nid);
u32 pghot_map_refill_sections(int nid);
bool pghot_map_needs_refill(u8 idx);
bool pghot_map_queue(unsigned long pfn);
u64 pghot_map_bytes(void);
bool pghot_map_tracks(unsigned long pfn);
u32 pghot_map_seq(void);

/* ---- rings and heaps (ring.c, heap.c) ----------------------------------- */

#define PGHOT_RING_SIZE		512	/* power of two */

struct pghot_node;

/**
 * struct pghot_ring - candidates from one CPU to one target node
 * @head: next slot to write; only this CPU, with interrupts off
 * @tail: next slot to read; only under the target's pghot_node.lock
 * @kick: wakes the target's kpromoted; on the ring so that the record path of
 *	one CPU never meets another's
 * @node: the target
 * @pfn: candidates
 */
struct pghot_ring {
	unsigned int head;
	unsigned int tail;
	struct irq_work kick;
	struct pghot_node *node;
	unsigned long pfn[PGHOT_RING_SIZE];
};

/**
 * struct pghot_inbox - the rings of a running target node
 * @rings: one per possible CPU
 *
 * Published by RCU in pghot_node.inbox.
 */
struct pghot_inbox {
	struct pghot_ring __percpu *rings;
};

struct pghot_inbox *pghot_inbox_alloc(struct pghot_node *node);
void pghot_inbox_free(struct pghot_inbox *inbox);
u64 pghot_inbox_bytes(void);
bool pghot_ring_push(u8 idx, unsigned long pfn);
unsigned int pghot_ring_drain(struct pghot_node *node,
			      void (*take)(struct pghot_node *node,
					   unsigned long pfn));

/**
 * struct pghot_heap_entry - one candidate for promotion
 * @pfn: head page frame of the folio
 * @time: bucket of its last access when the key was taken, see record.h
 * @freq: its decayed frequency when the key was taken
 * @tries: how often its promotion failed for a reason that may pass
 */
struct pghot_heap_entry {
	unsigned long pfn;
	u16 time;
	u8 freq;
	u8 tries;
};

DEFINE_MIN_HEAP(struct pghot_heap_entry, pghot_heap);

/* Called for every entry that a full heap gives up. */
typedef void (*pghot_evict_fn)(const struct pghot_heap_entry *e, void *arg);

int pghot_heap_alloc(struct pghot_heap *heap, u32 capacity);
void pghot_heap_free(struct pghot_heap *heap);
void pghot_heap_move(struct pghot_heap *to, struct pghot_heap *from, u32 now,
		     pghot_evict_fn evict, void *arg);
void pghot_heap_push(struct pghot_heap *heap, const struct pghot_heap_entry *e,
		     u32 now, pghot_evict_fn evict, void *arg);
bool pghot_heap_pop(struct pghot_heap *heap, struct pghot_heap_entry *e,
		    u32 now);
void pghot_heap_reorder(struct pghot_heap *heap, u32 now);
void pghot_heap_sort(struct pghot_heap_entry *entries, size_t nr, u32 now);
u64 pghot_heap_bytes(const struct pghot_heap *heap);

/* ---- nodes (core.c), queues (queue.c), promotion (promote.c, kpromoted.c) -- */

#define PGHOT_PROMOTED_LOG	1024	/* power of two */

/**
 * struct pghot_promoted - one line of the log of recent promotions
 * @pfn: head page frame that the folio came from
 * @cgroup_ino: its memory cgroup
 * @when: jiffies
 * @from: node that it came from
 * @record: its record when it was promoted
 * @page_flags: enum pghot_page_flag
 * @order: folio order
 */
struct pghot_promoted {
	unsigned long pfn;
	u64 cgroup_ino;
	unsigned long when;
	u32 record;
	u32 page_flags;
	s16 from;
	u8 order;
};

/**
 * struct pghot_result - outcome of an attempt to promote, in base pages
 * @attempted: pages taken off a heap or asked for
 * @promoted: pages that moved
 * @failed: pages that did not, by enum pghot_fail_reason
 */
struct pghot_result {
	u64 attempted;
	u64 promoted;
	u64 failed[PGHOT_NR_FAIL_REASONS];
};

/**
 * struct pghot_node - what pghot keeps per NUMA node
 * @nid: node id
 * @toptier: pages are promoted to, not from, this node; under pghot_lock
 * @target_idx: compact index in records, given when the node is first seen in
 *	a top tier and kept for good; 0 when it has none
 * @inbox: of a running target, where candidates arrive; written under
 *	pghot_lock and @lock, read under RCU or @lock
 * @thread: kpromotedN of a running target; under pghot_lock
 * @wait: where it sleeps
 * @work: set, from any context, to have it look at its rings
 * @lock: protects everything below; may be taken under pghot_lock; the thread
 *	owns @batch without it
 * @heap: candidates, hottest first; no storage unless running
 * @keys_at: bucket in which the heap's keys were last taken from the map
 * @threshold: effective threshold, at least params.freq_threshold
 * @adjust_at: jiffies of the last adjustment of @threshold
 * @flow: base pages that met @threshold since then
 * @full: promotion to it means demotion from it, when somebody asked last; needs
 *	no lock, see pghot_node_is_full()
 * @was_full: the same when @threshold was looked at last
 * @limit: token bucket of the promotion rate
 * @exchange: what may be promoted while @was_full; outlives the last source
 * @limited: the rate limit holds promotion back at present
 * @overflowed: candidates were dropped since the heap last had room
 * @hot: base pages that became candidates
 * @dropped: candidates that met a full ring or heap
 * @result: sum of all attempts
 * @sec_start: jiffies at which the second being counted began
 * @sec_promoted: promoted in it so far
 * @last_sec_promoted: promoted in the one before
 * @batch: what kpromoted is migrating; NULL unless running
 * @log: ring of the most recent promotions; NULL unless running
 * @log_head: lines ever written to it
 *
 * Allocated for a node when it first has memory and never freed, so that a
 * pointer to it needs no protection. What only a running target needs is
 * allocated when the first source is enabled and freed with the last.
 */
struct pghot_node {
	int nid;
	bool toptier;
	u8 target_idx;

	struct pghot_inbox __rcu *inbox;
	struct task_struct *thread;
	wait_queue_head_t wait;
	unsigned long work;

	struct mutex lock;	/* see above */
	struct pghot_heap heap;
	u32 keys_at;
	u32 threshold;
	unsigned long adjust_at;
	u64 flow;
	bool full;
	bool was_full;
	struct pghot_ratelimit limit;
	struct pghot_exchange exchange;
	bool limited;
	bool overflowed;
	u64 hot;
	atomic64_t dropped;
	struct pghot_result result;
	unsigned long sec_start;
	u64 sec_promoted;
	u64 last_sec_promoted;
	struct pghot_batch *batch;
	struct pghot_promoted *log;
	u32 log_head;
};

struct pghot_node *pghot_node(int nid);
struct pghot_node *pghot_target(u8 idx);
int pghot_target_nid(u8 idx);
u8 pghot_target_idx(int nid);
int pghot_nearest_toptier(int nid, const nodemask_t *allowed);

void pghot_queue_update(struct pghot_node *node);
void pghot_queue_retry(struct pghot_node *node,
		       const struct pghot_heap_entry *e);
void pghot_queue_clear(struct pghot_node *node);
void pghot_queue_swap_heap(struct pghot_node *node, struct pghot_heap *heap);

void pghot_promote_round(struct pghot_node *node);
int pghot_promote_pfn(unsigned long pfn, int nid, struct pghot_result *res);
int pghot_promote_top(int nid, u32 count, struct pghot_result *res);

int pghot_kpromoted_start(struct pghot_node *node);
void pghot_kpromoted_stop(struct pghot_node *node);
void pghot_kpromoted_kick(struct pghot_node *node);
u64 pghot_kpromoted_bytes(void);

/**
 * struct pghot_node_stats - one line of node-get
 */
struct pghot_node_stats {
	int nid;
	bool toptier;
	bool limited;
	int tier;
	u64 present_pages;
	u64 free_pages;
	u64 tracked_pages;
	u32 refill_sections;
	u32 heap_length;
	u32 heap_capacity;
	u32 threshold;
	u64 hot;
	u64 promoted_per_sec;
	u64 dropped;
	struct pghot_result result;
};

void pghot_node_get_stats(struct pghot_node *node,
			  struct pghot_node_stats *stats);
bool pghot_node_is_full(struct pghot_node *node);
bool pghot_threshold_is_raised(const struct pghot_node *node);

/* ---- counters (stats.c) ------------------------------------------------- */

/* Counters of the hwhint source. */
enum pghot_hw_counter {
	PGHOT_HW_RECEIVED,
	PGHOT_HW_USER,
	PGHOT_HW_KERNEL,
	PGHOT_HW_UNADDRESSED,
	PGHOT_HW_DROPPED,
	PGHOT_HW_THROTTLED,
	PGHOT_NR_HW_COUNTERS,
};

/* Counters of the lruscan source, in the order of their vm events. */
enum pghot_lruscan_counter {
	PGHOT_LRUSCAN_NR_PASSES,
	PGHOT_LRUSCAN_NR_SCANNED,
	PGHOT_LRUSCAN_NR_ACCESSED,
	PGHOT_NR_LRUSCAN_COUNTERS,
};

/**
 * struct pghot_stats - all counters since boot or their last reset
 */
struct pghot_stats {
	u64 recorded[PGHOT_NR_SOURCES];
	u64 useful[PGHOT_NR_SOURCES];
	u64 hot;
	u64 promoted;
	u64 failed[PGHOT_NR_FAIL_REASONS];
	u64 dropped_ring;
	u64 dropped_heap;
	u64 refilled;
	u64 pruned;
	u64 batches;
	u64 rate_limited;
	u64 hwhint[PGHOT_NR_HW_COUNTERS];
	u64 lruscan[PGHOT_NR_LRUSCAN_COUNTERS];
};

int pghot_get_stats(struct pghot_stats *stats);
int pghot_reset_stats(void);

/* ---- sources (source.c) ------------------------------------------------- */

/**
 * struct pghot_source_ops - a detector of accesses
 * @id: its number, and bit in records
 * @name: what users call it
 * @available: 0, or a negative errno with the reason written to @why (of @len
 *	bytes); may sleep
 * @enable: start reporting; called under pghot_lock with maps and threads in
 *	place; may sleep; 0 or a negative errno, with @extack set
 * @prepare: get ready to be enabled (@enable 1) or not (0, or -1 to stay as it
 *	is) with the parameters changed by @nest (%NULL: as they are), for a
 *	source that needs locks of its own for that, or whose parameters decide
 *	if it can run; no locks held; 0, to be followed by the change, if
 *	nothing else prevents it, and by @finish, or a negative errno with
 *	@extack set; %NULL if there is no need
 * @finish: clear away what the change, or its not being made, has left; no
 *	locks held; %NULL if there is no @prepare
 * @restart: in place of @enable, for a source with @prepare: begin, or when it
 *	runs already go on, with what has been prepared, and store the
 *	parameters; cannot fail
 * @disable: stop reporting, and return only when no report is under way; under
 *	pghot_lock; may sleep
 * @fill_params: append the source's nest of parameters to @skb; -EMSGSIZE when
 *	it does not fit; %NULL when there are none
 * @fill_counters: append the source's nest of counters to @skb, as
 *	@fill_params; not under pghot_lock; may sleep; %NULL when there are none
 * @check_params: validate @nest, the attribute of the source's own, changing
 *	nothing; errors set @extack, naming attribute and range
 * @apply_params: apply @nest, which @check_params accepted; cannot fail
 * @param_attr: number of the source's nest in the source attribute set, 0 when
 *	it has no parameters
 * @bytes: memory in use by the source; with or without pghot_lock; may sleep;
 *	%NULL when it uses none
 */
struct pghot_source_ops {
	enum pghot_source_id id;
	const char *name;
	int (*available)(char *why, size_t len);
	int (*enable)(struct netlink_ext_ack *extack);
	int (*prepare)(int enable, const struct nlattr *nest,
		       struct netlink_ext_ack *extack);
	void (*finish)(void);
	void (*restart)(void);
	void (*disable)(void);
	int (*fill_params)(struct sk_buff *skb);
	int (*fill_counters)(struct sk_buff *skb,
			     const struct pghot_stats *stats);
	int (*check_params)(const struct nlattr *nest,
			    struct netlink_ext_ack *extack);
	void (*apply_params)(const struct nlattr *nest);
	unsigned int param_attr;
	u64 (*bytes)(void);
};

int pghot_register_source(const struct pghot_source_ops *ops);
const struct pghot_source_ops *pghot_source_by_id(unsigned int id);
const struct pghot_source_ops *pghot_source_by_name(const char *name);
bool pghot_source_is_enabled(unsigned int id);
int pghot_source_set(const struct pghot_source_ops *ops, bool enable,
		     const struct nlattr *nest, struct netlink_ext_ack *extack);
u32 pghot_sources_known(void);
u64 pghot_sources_bytes(void);
int pghot_need_lower_tier(char *why, size_t len);

/* ---- entries for dumps (dump.c) ------------------------------------------ */

/**
 * struct pghot_query - which entries a dump wants
 * @nid: node, or NUMA_NO_NODE for all
 * @limit: at most so many, 0 for all
 * @min_freq: at least this decayed frequency
 * @pfn_start: first page frame
 * @pfn_end: last page frame, inclusive
 */
struct pghot_query {
	int nid;
	u32 limit;
	u32 min_freq;
	unsigned long pfn_start;
	unsigned long pfn_end;
};

int pghot_dump_heaps(const struct pghot_query *q, struct pghot_entry **entries,
		     size_t *nr);
int pghot_dump_hottest(const struct pghot_query *q,
		       struct pghot_entry **entries, size_t *nr);
size_t pghot_dump_records(const struct pghot_query *q, unsigned long *cursor,
			  struct pghot_entry *entries, size_t nr);
int pghot_dump_promoted(const struct pghot_query *q,
			struct pghot_entry **entries, size_t *nr);
u32 pghot_page_flags(struct folio *folio);
u64 pghot_cgroup_ino(struct folio *folio);

/* ---- the folios themselves (migrate.c, policy.c) -------------------------- */

#define PGHOT_BATCH_MAX		PGHOT_BATCH_NR_MAX

/**
 * enum pghot_outcome - what became of one folio of a batch
 * @PGHOT_FAILED: the first values are those of enum pghot_fail_reason
 * @PGHOT_MOVED: promoted
 * @PGHOT_REROUTED: its users do not allow this target, but another one
 */
enum pghot_outcome {
	PGHOT_FAILED = 0,
	PGHOT_MOVED = PGHOT_NR_FAIL_REASONS,
	PGHOT_REROUTED,
};

/**
 * struct pghot_candidate - one folio on its way from heap to target
 * @entry: what the heap held
 * @folio: isolated, with a reference; NULL otherwise
 * @memcg: of @folio while it is isolated, with a reference
 * @nr_pages: base pages
 * @from: node that the folio is on
 * @reroute_nid: for PGHOT_REROUTED, a target that is allowed
 * @reason: for PGHOT_REROUTED, enum pghot_fail_reason that rules out this one
 * @page_flags: enum pghot_page_flag, for the log
 * @cgroup_ino: for the log
 * @order: folio order, for the log
 * @outcome: enum pghot_outcome, valid after pghot_migrate_batch()
 */
struct pghot_candidate {
	struct pghot_heap_entry entry;
	struct folio *folio;
	struct mem_cgroup *memcg;
	unsigned int nr_pages;
	int from;
	int reroute_nid;
	u32 page_flags;
	u64 cgroup_ino;
	u8 order;
	u8 reason;
	u8 outcome;
};

/**
 * struct pghot_batch - candidates that are migrated together
 * @nid: target node
 * @nr: candidates in use
 * @cand: the candidates
 */
struct pghot_batch {
	int nid;
	unsigned int nr;
	struct pghot_candidate cand[PGHOT_BATCH_MAX];
};

/**
 * struct pghot_placement - what the users of one address space allow
 * @mm: whose; compared, never dereferenced
 * @by_policy: nodes that the mempolicies of its threads allow for a page that
 *	is on @from now
 * @by_cpuset: nodes that the cpusets of its threads allow
 * @from: node for which @by_policy was computed
 *
 * A batch mostly meets pages of few address spaces, one after the other, so
 * the last answer is kept.
 */
struct pghot_placement {
	const struct mm_struct *mm;
	int from;
	nodemask_t by_policy;
	nodemask_t by_cpuset;
};

struct folio *pghot_get_folio(unsigned long pfn);
unsigned int pghot_pfn_pages(unsigned long pfn);
void pghot_migrate_batch(struct pghot_batch *batch);
bool pghot_target_has_room(int nid, unsigned int nr_pages);
bool pghot_target_has_plenty(int nid);
void pghot_reclaim_target(int nid, unsigned int order);
int pghot_check_placement(struct folio *folio, int nid,
			  struct pghot_placement *cache, int *other_nid);
void pghot_mm_allowed(struct mm_struct *mm, nodemask_t *by_cpuset,
		      nodemask_t *by_policy);
bool pghot_vma_allows(struct vm_area_struct *vma, const nodemask_t *by_cpuset,
		      const nodemask_t *by_policy);

/* ---- numbers from the outside (attr.c) ------------------------------------ */

int pghot_attr_u32(const struct nlattr *attr, const char *name, u32 min,
		   u32 max, u32 *value, struct netlink_ext_ack *extack);
int pghot_attr_uint(const struct nlattr *attr, const char *name, u64 min,
		    u64 max, u64 *value, struct netlink_ext_ack *extack);
int pghot_attr_bool(const struct nlattr *attr, const char *name, bool *value,
		    struct netlink_ext_ack *extack);

/* ---- to the outside (notify.c, netlink.c, debugfs.c) ---------------------- */

void pghot_notify_promotion(enum pghot_promotion_kind kind, int nid,
			    const struct pghot_result *res, u32 threshold,
			    u32 heap_length);
void pghot_notify_source(const struct pghot_source_ops *ops);
void pghot_notify_params(const struct pghot_params *old,
			 const struct pghot_params *new);
void pghot_notify_reset(u32 what);
int pghot_netlink_init(void);
void pghot_debugfs_init(void);

#endif /* _MM_PGHOT_INTERNAL_H */
