/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pghot family as plain C: what its messages say, decoded and validated.
 *
 * Every decoder takes a stream of attributes, (attrs, len), as it stands in a
 * netlink message behind the generic-netlink header, in a nested attribute, or
 * in a recording. It does not care who received it. The stream must be aligned
 * to NLA_ALIGNTO bytes, as netlink delivers it.
 *
 * An attribute that is not known is skipped, for a newer kernel may send it. One
 * that is known but has the wrong size or does not fit its container makes the
 * whole message malformed: the decoder returns -EBADMSG and the structure must
 * not be used. Since a kernel may leave an attribute out, each structure says in
 * @present which it got, one bit per attribute number; fields whose bit is not
 * set are zero.
 */
#ifndef PGHOT_LIB_FAMILY_H
#define PGHOT_LIB_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/pghot.h>
#include <linux/pghot_entry.h>

/* As many as Linux can have, CONFIG_NODES_SHIFT being 10 at most. */
#define PGHOT_NODES_MAX	   1024
/* A mask of sources is a u32. */
#define PGHOT_SOURCES_MAX  32
#define PGHOT_FAIL_REASONS (PGHOT_FAIL_REASON_MAX + 1)
/* target_nid of an entry whose target is not known, U16_MAX. */
#define PGHOT_NID_UNKNOWN  0xffff

/**
 * pghot_has() - was an attribute in the message?
 * @present: the @present of a decoded structure
 * @attr: number of the attribute, PGHOT_A_…
 */
static inline bool pghot_has(uint64_t present, unsigned int attr)
{
	return present >> attr & 1;
}

/**
 * struct pghot_tier - one node with memory and its memory tier
 * @present: attributes received, 1 << PGHOT_A_TIER_…
 * @nid: node
 * @tier: N of memory_tierN, -1 when the node has none
 * @toptier: pages of the node are never promoted
 */
struct pghot_tier {
	uint64_t present;
	uint32_t nid;
	int32_t tier;
	bool toptier;
};

/**
 * struct pghot_info - what a kernel's pghot is and what it uses
 * @present: attributes received, 1 << PGHOT_A_INFO_…
 * @version: of the family
 * @page_size: bytes of a base page
 * @record_bytes: bytes that a tracked page costs
 * @entry_size: bytes of struct pghot_entry in this kernel
 * @memory_bytes: in use for maps, rings and heaps
 * @heap_capacity: entries that each heap can hold
 * @sources: mask of the sources built in, 1 << enum pghot_source_id
 * @bucket_ms: resolution of ages
 * @running: at least one source is enabled
 * @nr_tiers: used elements of @tiers
 * @tiers: every node with memory
 */
struct pghot_info {
	uint64_t present;
	uint32_t version;
	uint32_t page_size;
	uint32_t record_bytes;
	uint32_t entry_size;
	uint64_t memory_bytes;
	uint32_t heap_capacity;
	uint32_t sources;
	uint32_t bucket_ms;
	bool running;
	unsigned int nr_tiers;
	struct pghot_tier tiers[PGHOT_NODES_MAX];
};

/* More than any source has. */
#define PGHOT_SOURCE_VALUES 24

/**
 * struct pghot_source_values - parameters or counters of one source
 * @present: which of @value are set, 1 << PGHOT_A_<its set>_…
 * @value: indexed by that; lib/params.h describes each. 64-bit masks of bits
 *	are in it as they are
 */
struct pghot_source_values {
	uint64_t present;
	int64_t value[PGHOT_SOURCE_VALUES];
};

/**
 * struct pghot_source - a detector of accesses
 * @present: attributes received, 1 << PGHOT_A_SOURCE_…
 * @id: enum pghot_source_id, or a number that this version does not know yet
 * @name: the kernel's name of it
 * @available: can be enabled
 * @unavailable_reason: what is missing, empty when available
 * @enabled: reports accesses now
 * @recorded: accesses reported
 * @useful: reports that hit a tracked page of a lower tier
 * @window_ms: window in which what it reports adds up
 * @pace_ms: time between two looks at a page, absent while it is not known
 * @params: its own parameters, whichever nest they came in
 * @counters: its own counters, likewise
 */
struct pghot_source {
	uint64_t present;
	uint32_t id;
	char name[32];
	bool available;
	char unavailable_reason[160];
	bool enabled;
	uint64_t recorded;
	uint64_t useful;
	uint32_t window_ms;
	uint32_t pace_ms;
	struct pghot_source_values params;
	struct pghot_source_values counters;
};

/**
 * struct pghot_params - parameters of the subsystem, all or those that changed
 * @present: which of @value are set, 1 << PGHOT_A_PARAM_…
 * @value: indexed by PGHOT_A_PARAM_…; lib/params.h describes each
 */
struct pghot_params {
	uint64_t present;
	int64_t value[PGHOT_A_PARAM_MAX + 1];
};

/**
 * struct pghot_failed - base pages not promoted, by reason
 * @present: attributes received, 1 << PGHOT_A_FAILED_…
 * @pages: indexed by enum pghot_fail_reason
 */
struct pghot_failed {
	uint64_t present;
	uint64_t pages[PGHOT_FAIL_REASONS];
};

/**
 * struct pghot_node - one node with memory
 * @present: attributes received, 1 << PGHOT_A_NODE_…
 * @nid: node
 * @toptier: pages of the node are never promoted
 * @tier: N of memory_tierN, -1 when the node has none
 * @present_pages: base pages of the node
 * @free_pages: free base pages of the node
 * @tracked_pages: lower tier, pages that the hotness map covers
 * @refill_sections: lower tier, sections flagged to be searched
 * @heap_length: top tier, folios waiting for promotion to this node
 * @heap_capacity: top tier, entries that the heap can hold
 * @threshold: top tier, frequency that promotion asks for at present
 * @hot: base pages that became candidates for this node
 * @promoted: base pages promoted to this node
 * @promoted_per_sec: base pages promoted during the last full second
 * @failed: base pages not promoted
 * @rate_limited: the rate limit holds promotion back now
 * @dropped: candidates that met a full ring or heap
 * @record_bytes: memory of the node that the records of all nodes take
 */
struct pghot_node {
	uint64_t present;
	uint32_t nid;
	bool toptier;
	int32_t tier;
	uint64_t present_pages;
	uint64_t free_pages;
	uint64_t tracked_pages;
	uint32_t refill_sections;
	uint32_t heap_length;
	uint32_t heap_capacity;
	uint32_t threshold;
	uint64_t hot;
	uint64_t promoted;
	uint64_t promoted_per_sec;
	struct pghot_failed failed;
	bool rate_limited;
	uint64_t dropped;
	uint64_t record_bytes;
};

/**
 * struct pghot_stats - all counters, since boot or their last reset
 * @present: attributes received, 1 << PGHOT_A_STATS_…
 * @nr_sources: used elements of @sources
 * @sources: of each its id, name, recorded and useful
 * @hot: folios that crossed the threshold
 * @promoted: base pages
 * @failed: base pages not promoted
 * @dropped_ring: candidates that met a full ring
 * @dropped_heap: candidates that a full heap had no place for
 * @refilled: candidates found again by searching flagged sections
 * @pruned: candidates that went cold before their turn
 * @batches: migration batches
 * @rate_limited: times that the rate limit held promotion back
 */
struct pghot_stats {
	uint64_t present;
	unsigned int nr_sources;
	struct pghot_source sources[PGHOT_SOURCES_MAX];
	uint64_t hot;
	uint64_t promoted;
	struct pghot_failed failed;
	uint64_t dropped_ring;
	uint64_t dropped_heap;
	uint64_t refilled;
	uint64_t pruned;
	uint64_t batches;
	uint64_t rate_limited;
};

/**
 * struct pghot_promote_result - what the command promote did
 * @present: attributes received, 1 << PGHOT_A_PROMOTE_…
 * @attempted: base pages
 * @promoted: base pages
 * @failed: base pages not promoted
 */
struct pghot_promote_result {
	uint64_t present;
	uint64_t attempted;
	uint64_t promoted;
	struct pghot_failed failed;
};

/**
 * struct pghot_config_event - a source or parameter changed, or was reset
 * @present: attributes received, 1 << PGHOT_A_CONFIG_EVENT_…
 * @pid: process that asked for the change
 * @uid: its user
 * @comm: its name, which its user chose: not fit for a terminal as it is
 * @source: the source as it is now, if one changed
 * @params: the parameters that changed, as they are now
 * @reset: enum pghot_reset_what, what was reset
 */
struct pghot_config_event {
	uint64_t present;
	uint32_t pid;
	uint32_t uid;
	char comm[32];
	struct pghot_source source;
	struct pghot_params params;
	uint32_t reset;
};

/**
 * struct pghot_promotion_event - a batch, or an onset of limiting or overflow
 * @present: attributes received, 1 << PGHOT_A_PROMOTION_EVENT_…
 * @kind: enum pghot_promotion_kind, or one that this version does not know
 * @nid: target node
 * @attempted: base pages
 * @promoted: base pages
 * @failed: base pages not promoted
 * @threshold: frequency that promotion asks for
 * @heap_length: folios that wait for promotion to the node
 */
struct pghot_promotion_event {
	uint64_t present;
	uint32_t kind;
	uint32_t nid;
	uint64_t attempted;
	uint64_t promoted;
	struct pghot_failed failed;
	uint32_t threshold;
	uint32_t heap_length;
};

/**
 * struct pghot_explanation - one page, and what there is between it and its promotion
 * @present: attributes received, 1 << PGHOT_A_EXPLAIN_…
 * @pfn: first page frame of the folio
 * @nid: target, absent when there is none
 * @order: of the folio, absent with all that only a folio has when there is none
 * @page_nid: node that the page is on
 * @page_flags: mask of enum pghot_page_flag
 * @cgroup_ino: inode number of its memory cgroup, 0 for none
 * @running: at least one source is enabled
 * @tracked: there are records of pages here
 * @freq: decayed frequency, absent with all of the record when there is none
 * @age_ms: since the last access that was noted
 * @sources: mask of the sources that saw it
 * @window_ms: in which the frequency is halved
 * @threshold: frequency that promotion to the target asks for
 * @place: enum pghot_queue_place
 * @hotter: folios before it in the heap
 * @as_hot: other folios that are as hot
 * @heap_length: folios in the heap of the target
 * @tries: how often promotion failed for a reason that may pass
 * @waits: how often a user could not be asked
 * @reason: enum pghot_fail_reason why it would not be promoted, absent when there is none
 * @other_nid: another target that is allowed
 * @policy_nodes: nodes that mempolicies allow, a list
 * @cpuset_nodes: nodes that cpusets allow, a list
 * @refused_by: process whose policy or cpuset is the reason
 * @mappings: how often the folio is mapped
 * @asked: mappings whose users were asked
 * @references: to the folio
 * @partly_mapped: it is to be split before
 * @free_pages: free base pages of the target
 * @room: the target has room for the folio
 * @promote: the parameter promote
 * @rate_limited: the rate limit holds promotion back
 * @promoted_per_sec: base pages promoted to the target in the last second
 * @full: promotion to the target means demotion from it
 * @exchange: enum pghot_exchange
 * @exchange_percent: how often what went down is accessed, in percent of what came up
 * @exchange_pages: base pages that may be exchanged until the next verdict
 * @failed_reason: enum pghot_fail_reason of the last failure, absent when none is remembered
 * @failed_ms: how long ago that was
 * @failed_count: how often in succession
 */
struct pghot_explanation {
	uint64_t present;
	uint64_t pfn;
	uint32_t nid;
	uint32_t order;
	uint32_t page_nid;
	uint32_t page_flags;
	uint64_t cgroup_ino;
	bool running;
	bool tracked;
	uint32_t freq;
	uint32_t age_ms;
	uint32_t sources;
	uint32_t window_ms;
	uint32_t threshold;
	uint32_t place;
	uint32_t hotter;
	uint32_t as_hot;
	uint32_t heap_length;
	uint32_t tries;
	uint32_t waits;
	uint32_t reason;
	uint32_t other_nid;
	char policy_nodes[256];
	char cpuset_nodes[256];
	uint32_t refused_by;
	uint32_t mappings;
	uint32_t asked;
	uint32_t references;
	bool partly_mapped;
	uint64_t free_pages;
	bool room;
	bool promote;
	bool rate_limited;
	uint64_t promoted_per_sec;
	bool full;
	uint32_t exchange;
	uint32_t exchange_percent;
	uint64_t exchange_pages;
	uint32_t failed_reason;
	uint32_t failed_ms;
	uint32_t failed_count;
};

/**
 * struct pghot_summary_part - memory of one node, memory cgroup and type of page
 * @present: attributes received, 1 << PGHOT_A_SUMMARY_…
 * @nid: node
 * @cgroup_ino: inode number of the memory cgroup, 0 when there is none
 * @type: enum pghot_page_type, or one that this version does not know
 * @folios: folios
 * @pages: their base pages by class of frequency, within that by class of age
 */
struct pghot_summary_part {
	uint64_t present;
	uint32_t nid;
	uint64_t cgroup_ino;
	uint32_t type;
	uint64_t folios;
	uint64_t pages[PGHOT_SUMMARY_FREQ_CLASSES][PGHOT_SUMMARY_AGE_CLASSES];
};

/**
 * struct pghot_cgroup_state - what a memory cgroup was told, and what became of its pages
 * @present: attributes received, 1 << PGHOT_A_CGROUP_…
 * @ino: inode number of the cgroup
 * @promote: as it was told
 * @effective_promote: what follows from that, and from those that it is in
 * @share: percent of what is promoted that it can have, as it was told
 * @effective_share: the smallest of it and those that it is in
 * @promoted: base pages promoted, with those of all cgroups below, as all that follow
 * @demoted: base pages demoted to make room
 * @returned: base pages promoted soon after they had been demoted, at least
 * @failed: base pages not promoted
 */
struct pghot_cgroup_state {
	uint64_t present;
	uint64_t ino;
	bool promote;
	bool effective_promote;
	uint32_t share;
	uint32_t effective_share;
	uint64_t promoted;
	uint64_t demoted;
	uint64_t returned;
	struct pghot_failed failed;
};

/**
 * struct pghot_event - what a multicast group said
 * @cmd: PGHOT_CMD_CONFIG_NTF or PGHOT_CMD_PROMOTION_NTF, says which is valid
 * @config: the one
 * @promotion: the other
 */
struct pghot_event {
	uint8_t cmd;
	union {
		struct pghot_config_event config;
		struct pghot_promotion_event promotion;
	};
};

/**
 * struct pghot_entries - one part of a dump of entries, not copied
 * @present: attributes received, 1 << PGHOT_A_DUMP_…
 * @nid: node that the entries belong to
 * @entry_size: bytes from one entry to the next
 * @count: entries
 * @data: the first; lives as long as the message that was decoded
 */
struct pghot_entries {
	uint64_t present;
	uint32_t nid;
	uint32_t entry_size;
	size_t count;
	const uint8_t *data;
};

/*
 * All decoders: @attrs and @len are a stream of attributes, the last argument
 * is filled. They neither block nor allocate, and return 0, or -EBADMSG when
 * the stream is malformed.
 */
int pghot_decode_info(const void *attrs, size_t len, struct pghot_info *info);
int pghot_decode_source(const void *attrs, size_t len, struct pghot_source *src);
int pghot_decode_params(const void *attrs, size_t len, struct pghot_params *p);
int pghot_decode_node(const void *attrs, size_t len, struct pghot_node *node);
int pghot_decode_stats(const void *attrs, size_t len, struct pghot_stats *stats);
int pghot_decode_promote(const void *attrs, size_t len, struct pghot_promote_result *result);
int pghot_decode_explanation(const void *attrs, size_t len, struct pghot_explanation *x);
/* Also malformed when @pages are not there, or not as many as there are classes. */
int pghot_decode_summary(const void *attrs, size_t len, struct pghot_summary_part *part);
int pghot_decode_cgroup(const void *attrs, size_t len, struct pghot_cgroup_state *cg);

/**
 * pghot_decode_event() - decode a notification
 * @cmd: command of the message's generic-netlink header
 * @attrs: stream of attributes
 * @len: its bytes
 * @ev: filled
 *
 * Return: 0, -EBADMSG when malformed, -EOPNOTSUPP when @cmd is no notification
 * that is known.
 */
int pghot_decode_event(uint8_t cmd, const void *attrs, size_t len, struct pghot_event *ev);

/**
 * pghot_decode_entries() - decode a part of a heap, record or promotion dump
 * @attrs: stream of attributes
 * @len: its bytes
 * @part: filled; refers to @attrs
 *
 * Return: 0, -EBADMSG when malformed, which includes entries smaller than
 * struct pghot_entry and a last entry that is not whole.
 */
int pghot_decode_entries(const void *attrs, size_t len, struct pghot_entries *part);

/**
 * pghot_entry_at() - copy one entry out of a part
 * @part: decoded part
 * @i: index, less than @part->count
 * @entry: filled; what a newer kernel appends to it is left behind
 */
void pghot_entry_at(const struct pghot_entries *part, size_t i, struct pghot_entry *entry);

/**
 * pghot_failed_total() - pages not promoted, whatever the reason
 * @failed: decoded counters
 *
 * Return: their sum.
 */
uint64_t pghot_failed_total(const struct pghot_failed *failed);

/**
 * struct pghot_attr_name - where in a request an attribute stands
 * @name: dotted path of names as in the YNL spec, "hintfault.hot-latency-ms"
 */
struct pghot_attr_name {
	char name[64];
};

/**
 * pghot_attr_by_type() - name of an attribute of a command's set
 * @cmd: PGHOT_CMD_…
 * @type: number of the attribute
 *
 * Return: its YNL name, or NULL when not known.
 */
const char *pghot_attr_by_type(uint8_t cmd, unsigned int type);

/**
 * pghot_attr_by_offset() - name of the attribute that a request has at an offset
 * @cmd: PGHOT_CMD_… of the request
 * @attrs: attributes of the request
 * @len: their bytes
 * @offset: offset of the attribute from @attrs
 * @out: filled with the path of names, numbers where a name is not known
 *
 * Return: 0, or -ENOENT when no attribute stands there.
 */
int pghot_attr_by_offset(uint8_t cmd, const void *attrs, size_t len, size_t offset,
			 struct pghot_attr_name *out);

typedef void (*pghot_attr_fn)(const char *set, unsigned int type, const char *name,
			      const char *kind, void *data);

/**
 * pghot_attr_each() - visit every attribute that the decoders know
 * @fn: called with the set's name, the attribute's number, name and YNL type
 * @data: passed to @fn
 *
 * For the check that this table and the YNL spec agree.
 */
void pghot_attr_each(pghot_attr_fn fn, void *data);

#endif /* PGHOT_LIB_FAMILY_H */
