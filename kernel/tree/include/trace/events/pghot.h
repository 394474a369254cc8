/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM pghot

#if !defined(_TRACE_PGHOT_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_PGHOT_H

#include <linux/pghot_mm.h>
#include <linux/tracepoint.h>
#include <uapi/linux/pghot.h>

TRACE_DEFINE_ENUM(PGHOT_SOURCE_ID_HINTFAULT);
TRACE_DEFINE_ENUM(PGHOT_SOURCE_ID_HWHINT);
TRACE_DEFINE_ENUM(PGHOT_SOURCE_ID_LRUSCAN);
TRACE_DEFINE_ENUM(PGHOT_SOURCE_ID_MMSCAN);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_GONE);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_BUSY);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_POLICY);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_CPUSET);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_PINNED);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_UNMOVABLE);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_DIRTY);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_SHARED_EXEC);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_NO_MEMORY);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_MIGRATE);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_CGROUP);
TRACE_DEFINE_ENUM(PGHOT_FAIL_REASON_SHARE);

#define show_pghot_source(src)						\
	__print_symbolic(src,						\
		{ PGHOT_SOURCE_ID_HINTFAULT,	"hintfault" },		\
		{ PGHOT_SOURCE_ID_HWHINT,	"hwhint" },		\
		{ PGHOT_SOURCE_ID_LRUSCAN,	"lruscan" },		\
		{ PGHOT_SOURCE_ID_MMSCAN,	"mmscan" })

#define show_pghot_reason(reason)					\
	__print_symbolic(reason,					\
		{ PGHOT_FAIL_REASON_GONE,	"gone" },		\
		{ PGHOT_FAIL_REASON_BUSY,	"busy" },		\
		{ PGHOT_FAIL_REASON_POLICY,	"policy" },		\
		{ PGHOT_FAIL_REASON_CPUSET,	"cpuset" },		\
		{ PGHOT_FAIL_REASON_PINNED,	"pinned" },		\
		{ PGHOT_FAIL_REASON_UNMOVABLE,	"unmovable" },		\
		{ PGHOT_FAIL_REASON_DIRTY,	"dirty" },		\
		{ PGHOT_FAIL_REASON_SHARED_EXEC, "shared-exec" },	\
		{ PGHOT_FAIL_REASON_NO_MEMORY,	"no-memory" },		\
		{ PGHOT_FAIL_REASON_MIGRATE,	"migrate" },		\
		{ PGHOT_FAIL_REASON_CGROUP,	"cgroup" },		\
		{ PGHOT_FAIL_REASON_SHARE,	"share" })

/* An access was recorded; @from is the node that the page was accessed from. */
TRACE_EVENT(pghot_record,

	TP_PROTO(unsigned long pfn, int nid, int from, unsigned int src,
		 unsigned int weight, unsigned int freq),

	TP_ARGS(pfn, nid, from, src, weight, freq),

	TP_STRUCT__entry(
		__field(unsigned long, pfn)
		__field(int, nid)
		__field(int, from)
		__field(unsigned int, src)
		__field(unsigned int, weight)
		__field(unsigned int, freq)
	),

	TP_fast_assign(
		__entry->pfn = pfn;
		__entry->nid = nid;
		__entry->from = from;
		__entry->src = src;
		__entry->weight = weight;
		__entry->freq = freq;
	),

	TP_printk("pfn=0x%lx nid=%d from=%d source=%s weight=%u freq=%u",
		  __entry->pfn, __entry->nid, __entry->from,
		  show_pghot_source(__entry->src), __entry->weight,
		  __entry->freq)
);

/* A page became a candidate for promotion. */
TRACE_EVENT(pghot_hot,

	TP_PROTO(unsigned long pfn, int target, unsigned int freq),

	TP_ARGS(pfn, target, freq),

	TP_STRUCT__entry(
		__field(unsigned long, pfn)
		__field(int, target)
		__field(unsigned int, freq)
	),

	TP_fast_assign(
		__entry->pfn = pfn;
		__entry->target = target;
		__entry->freq = freq;
	),

	TP_printk("pfn=0x%lx target=%d freq=%u",
		  __entry->pfn, __entry->target, __entry->freq)
);

/* A batch has been dealt with; pages are base pages. */
TRACE_EVENT(pghot_promote_batch,

	TP_PROTO(int target, unsigned long attempted, unsigned long promoted,
		 unsigned int threshold, unsigned int heap_length),

	TP_ARGS(target, attempted, promoted, threshold, heap_length),

	TP_STRUCT__entry(
		__field(int, target)
		__field(unsigned long, attempted)
		__field(unsigned long, promoted)
		__field(unsigned int, threshold)
		__field(unsigned int, heap_length)
	),

	TP_fast_assign(
		__entry->target = target;
		__entry->attempted = attempted;
		__entry->promoted = promoted;
		__entry->threshold = threshold;
		__entry->heap_length = heap_length;
	),

	TP_printk("target=%d attempted=%lu promoted=%lu threshold=%u heap=%u",
		  __entry->target, __entry->attempted, __entry->promoted,
		  __entry->threshold, __entry->heap_length)
);

/* A hot page stays where it is, at least for now. */
TRACE_EVENT(pghot_promote_fail,

	TP_PROTO(unsigned long pfn, int target, unsigned int nr_pages,
		 unsigned int reason, unsigned int tries),

	TP_ARGS(pfn, target, nr_pages, reason, tries),

	TP_STRUCT__entry(
		__field(unsigned long, pfn)
		__field(int, target)
		__field(unsigned int, nr_pages)
		__field(unsigned int, reason)
		__field(unsigned int, tries)
	),

	TP_fast_assign(
		__entry->pfn = pfn;
		__entry->target = target;
		__entry->nr_pages = nr_pages;
		__entry->reason = reason;
		__entry->tries = tries;
	),

	TP_printk("pfn=0x%lx target=%d pages=%u reason=%s tries=%u",
		  __entry->pfn, __entry->target, __entry->nr_pages,
		  show_pghot_reason(__entry->reason), __entry->tries)
);

/* kpromoted searched flagged sections for pages that had found no place. */
TRACE_EVENT(pghot_scan_pass,

	TP_PROTO(int target, unsigned long found, bool complete),

	TP_ARGS(target, found, complete),

	TP_STRUCT__entry(
		__field(int, target)
		__field(unsigned long, found)
		__field(bool, complete)
	),

	TP_fast_assign(
		__entry->target = target;
		__entry->found = found;
		__entry->complete = complete;
	),

	TP_printk("target=%d found=%lu complete=%d",
		  __entry->target, __entry->found, __entry->complete)
);

/**
 * pghot_verdict - what a full node exchanges has been judged
 * @target: node id
 * @verdict: 1 good, 2 fair, 3 poor, 4 bad; see mm/pghot/promote/judge.c
 * @ratio: how hot what went down is, in percent of what came up
 * @grant: base pages that may be exchanged before the next one
 */
TRACE_EVENT(pghot_verdict,

	TP_PROTO(int target, unsigned int verdict, unsigned int ratio,
		 unsigned long grant),

	TP_ARGS(target, verdict, ratio, grant),

	TP_STRUCT__entry(
		__field(int, target)
		__field(unsigned int, verdict)
		__field(unsigned int, ratio)
		__field(unsigned long, grant)
	),

	TP_fast_assign(
		__entry->target = target;
		__entry->verdict = verdict;
		__entry->ratio = ratio;
		__entry->grant = grant;
	),

	TP_printk("target=%d verdict=%u ratio=%u%% grant=%lu",
		  __entry->target, __entry->verdict, __entry->ratio,
		  __entry->grant)
);

#ifdef CONFIG_PGHOT_MMSCAN
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_SCALE);
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_DELAY);
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_POLICY);
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_NO_LOWER);
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_LOCKED);
TRACE_DEFINE_ENUM(PGHOT_MMSCAN_SKIP_EXITING);

#define show_pghot_mmscan_skip(reason)					\
	__print_symbolic(reason,					\
		{ PGHOT_MMSCAN_SKIP_SCALE,	"scale" },		\
		{ PGHOT_MMSCAN_SKIP_DELAY,	"delay" },		\
		{ PGHOT_MMSCAN_SKIP_POLICY,	"policy" },		\
		{ PGHOT_MMSCAN_SKIP_NO_LOWER,	"no-lower" },		\
		{ PGHOT_MMSCAN_SKIP_LOCKED,	"locked" },		\
		{ PGHOT_MMSCAN_SKIP_EXITING,	"exiting" })

/* mmscan looked at a chunk of an address space; pages are base pages. */
TRACE_EVENT(pghot_mmscan_chunk,

	TP_PROTO(pid_t pid, unsigned long start, unsigned long end,
		 unsigned long scanned, unsigned long accessed,
		 unsigned int weight, int target),

	TP_ARGS(pid, start, end, scanned, accessed, weight, target),

	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(unsigned long, start)
		__field(unsigned long, end)
		__field(unsigned long, scanned)
		__field(unsigned long, accessed)
		__field(unsigned int, weight)
		__field(int, target)
	),

	TP_fast_assign(
		__entry->pid = pid;
		__entry->start = start;
		__entry->end = end;
		__entry->scanned = scanned;
		__entry->accessed = accessed;
		__entry->weight = weight;
		__entry->target = target;
	),

	TP_printk("pid=%d start=0x%lx end=0x%lx scanned=%lu accessed=%lu weight=%u target=%d",
		  __entry->pid, __entry->start, __entry->end,
		  __entry->scanned, __entry->accessed, __entry->weight,
		  __entry->target)
);

/* mmscan has gone over a whole address space. */
TRACE_EVENT(pghot_mmscan_pass,

	TP_PROTO(pid_t pid, unsigned int chunks, unsigned long scanned,
		 unsigned long accessed, unsigned int weight,
		 unsigned int took_ms, unsigned int period_ms),

	TP_ARGS(pid, chunks, scanned, accessed, weight, took_ms, period_ms),

	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(unsigned int, chunks)
		__field(unsigned long, scanned)
		__field(unsigned long, accessed)
		__field(unsigned int, weight)
		__field(unsigned int, took_ms)
		__field(unsigned int, period_ms)
	),

	TP_fast_assign(
		__entry->pid = pid;
		__entry->chunks = chunks;
		__entry->scanned = scanned;
		__entry->accessed = accessed;
		__entry->weight = weight;
		__entry->took_ms = took_ms;
		__entry->period_ms = period_ms;
	),

	TP_printk("pid=%d chunks=%u scanned=%lu accessed=%lu weight=%u took_ms=%u period_ms=%u",
		  __entry->pid, __entry->chunks, __entry->scanned,
		  __entry->accessed, __entry->weight, __entry->took_ms,
		  __entry->period_ms)
);

/* mmscan left an address space alone, or the rest of a chunk. */
TRACE_EVENT(pghot_mmscan_skip,

	TP_PROTO(pid_t pid, unsigned int reason),

	TP_ARGS(pid, reason),

	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(unsigned int, reason)
	),

	TP_fast_assign(
		__entry->pid = pid;
		__entry->reason = reason;
	),

	TP_printk("pid=%d reason=%s", __entry->pid,
		  show_pghot_mmscan_skip(__entry->reason))
);

/* Threads mostly run on @ran_on, so the pages are to go to @target, -1: none. */
TRACE_EVENT(pghot_mmscan_target,

	TP_PROTO(pid_t pid, int ran_on, int target),

	TP_ARGS(pid, ran_on, target),

	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(int, ran_on)
		__field(int, target)
	),

	TP_fast_assign(
		__entry->pid = pid;
		__entry->ran_on = ran_on;
		__entry->target = target;
	),

	TP_printk("pid=%d ran_on=%d target=%d", __entry->pid, __entry->ran_on,
		  __entry->target)
);
#endif /* CONFIG_PGHOT_MMSCAN */

/* lruscan: klruscand has done a pass, @complete if it reached the end of a round. */
TRACE_EVENT(pghot_lruscan_pass,

	TP_PROTO(unsigned long round, u64 cursor, unsigned long mms,
		 unsigned long tables, unsigned long skipped, u64 scanned,
		 u64 accessed, unsigned int weight, bool complete),

	TP_ARGS(round, cursor, mms, tables, skipped, scanned, accessed, weight,
		complete),

	TP_STRUCT__entry(
		__field(unsigned long, round)
		__field(u64, cursor)
		__field(unsigned long, mms)
		__field(unsigned long, tables)
		__field(unsigned long, skipped)
		__field(u64, scanned)
		__field(u64, accessed)
		__field(unsigned int, weight)
		__field(bool, complete)
	),

	TP_fast_assign(
		__entry->round = round;
		__entry->cursor = cursor;
		__entry->mms = mms;
		__entry->tables = tables;
		__entry->skipped = skipped;
		__entry->scanned = scanned;
		__entry->accessed = accessed;
		__entry->weight = weight;
		__entry->complete = complete;
	),

	TP_printk("round=%lu cursor=%llu mms=%lu tables=%lu skipped=%lu scanned=%llu accessed=%llu weight=%u complete=%d",
		  __entry->round, __entry->cursor, __entry->mms,
		  __entry->tables, __entry->skipped, __entry->scanned,
		  __entry->accessed, __entry->weight, __entry->complete)
);

#endif /* _TRACE_PGHOT_H */

#include <trace/define_trace.h>
