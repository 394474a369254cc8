// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kernel.c - samples of the running kernel
 *
 * A refresh is a short list of requests on one connection, one after the other:
 *
 *	info, params, nodes, sources, stats      everyone may ask
 *	heap, records or promotions              takes CAP_SYS_ADMIN
 *	the record of a page                     when somebody looks at its details
 *	what there is before its promotion       when somebody asks why
 *	records of some page frames              for a heat map, instead of those
 *	a summary of records, by cgroup          for the tree of cgroups, instead of those
 *	all records, which are packed            for processes and mappings, instead of those;
 *						 then their page tables are walked
 *	the record of a page, one by one         for pages of a mapping, after that
 *
 * and, while somebody records, the longer list of lib/capture after that.
 *
 * No request is sent before the answer to the last one is complete, and nothing
 * waits: the main loop polls the connection together with the keyboard. Without
 * the family, the next refresh tries again; a connection that failed is replaced.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "atomic.h"
#include "capture.h"
#include "cgroup.h"
#include "data/cgstat.h"
#include "data/entry.h"
#include "data/join.h"
#include "data/kernel.h"
#include "reach.h"
#include "recording.h"
#include "round.h"
#include "spans.h"
#include "summary.h"

/* What a refresh asks for beside the state. */
enum question {
	ASK_ENTRIES = PGHOT_ASK_MORE,
	ASK_PAGE,
	ASK_HEAT,
	ASK_SUMMARY,
	ASK_HOT,
	ASK_FRAMES,
	ASK_EXPLAIN,
	ASK_MAPPED,
};

/* A turn of reading the files of cgroups: no key waits longer. */
#define PLACES_NS 5000000

/**
 * struct kernel_ctx - a kernel that is asked for samples
 * @round: questions to it
 * @cgroups: paths of cgroups
 * @s: sample under way, NULL when there is none
 * @all: what was accessed, of a sample of cgroups
 * @hot: of that, what is hot, when it cannot be told from @all
 * @join: what knows the records when processes are walked through
 * @joining: that is being done
 * @listing: records of pages that it found are being asked for
 * @mapped: pages of a mapping whose records were asked for
 * @placing: the files of its cgroups are being read
 * @place: the next of them
 * @ready: a descriptor that is always readable, for what need not be waited for
 * @capturing: it is complete, and one of the recording is under way
 * @wall_ns: CLOCK_MONOTONIC at the beginning
 * @cpu_ns: processor time at the beginning
 * @host: where the machine tells more
 * @file: recording, beside its place until it has a sample; @file.file NULL when there
 *	is none
 * @rec: recorder, NULL when there is none
 * @cap: what takes samples for it
 * @write_error: why recording ended
 */
struct kernel_ctx {
	struct pghot_round *round;
	struct pghot_cgroups *cgroups;
	struct sample *s;
	struct pghot_summary all, hot;
	struct join *join;
	bool joining, listing, placing;
	size_t mapped;
	size_t place;
	int ready;
	bool capturing;
	uint64_t wall_ns, cpu_ns;
	struct host host;
	struct atomic_file file;
	struct pghot_recorder *rec;
	struct pghot_capture *cap;
	struct pghot_error write_error;
};

static uint64_t clock_ns(clockid_t id)
{
	struct timespec ts;

	/* Cannot fail: every clock asked for here always exists. */
	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static const struct host *kernel_host(void *data)
{
	struct kernel_ctx *ctx = data;

	return &ctx->host;
}

static int take_info(const struct pghot_info *info, void *data)
{
	struct kernel_ctx *ctx = data;

	sample_set_info(ctx->s, info);
	return 0;
}

static int take_params(const struct pghot_params *params, void *data)
{
	struct kernel_ctx *ctx = data;

	ctx->s->params = *params;
	return 0;
}

static int take_node(const struct pghot_node *node, void *data)
{
	struct kernel_ctx *ctx = data;

	return sample_add_node(ctx->s, node);
}

static int take_source(const struct pghot_source *src, void *data)
{
	struct kernel_ctx *ctx = data;

	sample_add_source(ctx->s, src);
	return 0;
}

static int take_stats(const struct pghot_stats *stats, void *data)
{
	struct kernel_ctx *ctx = data;

	ctx->s->stats = *stats;
	return 0;
}

static int take_entry(const struct pghot_entry *entry, uint32_t nid, void *data)
{
	(void)nid;
	return sample_add_entry(data, entry);
}

static int start_entries(struct kernel_ctx *ctx, struct pghot_conn *conn, struct pghot_error *error)
{
	static const enum pghot_dump_kind kinds[NR_VIEWS] = {
		[VIEW_QUEUE] = PGHOT_DUMP_HEAP,
		[VIEW_RECORDS] = PGHOT_DUMP_RECORDS,
		[VIEW_PROMOTED] = PGHOT_DUMP_PROMOTED,
	};
	const struct query *q = &ctx->s->query;
	struct pghot_dump_filter filter = {
		.present = 1 << PGHOT_A_DUMP_LIMIT,
		.limit = q->limit,
	};

	if (q->nid != ALL_NODES) {
		filter.present |= 1 << PGHOT_A_DUMP_NID;
		filter.nid = q->nid;
	}
	if (q->min_freq && q->view != VIEW_PROMOTED) {
		filter.present |= 1 << PGHOT_A_DUMP_MIN_FREQ;
		filter.min_freq = q->min_freq;
	}
	if (q->pfns) {
		filter.present |= 1 << PGHOT_A_DUMP_PFN_START | 1 << PGHOT_A_DUMP_PFN_END;
		filter.pfn_start = q->pfn_first;
		filter.pfn_end = q->pfn_last;
	}
	return pghot_start_dump(conn, kinds[q->view], &filter, take_entry, ctx->s, error);
}

static int take_span(const struct pghot_span *span, void *data)
{
	return sample_add_span(data, span);
}

static int count_entry(const struct pghot_entry *entry, uint32_t nid, void *data)
{
	struct sample *s = data;

	(void)nid;
	heat_add(&s->heat, entry);
	return 0;
}

/* All records of the page frames on the screen, counted and not kept. */
static int start_heat(struct kernel_ctx *ctx, struct pghot_conn *conn, struct pghot_error *error)
{
	struct sample *s = ctx->s;
	struct pghot_dump_filter filter = {
		.present = 1 << PGHOT_A_DUMP_NID | 1 << PGHOT_A_DUMP_PFN_START |
			   1 << PGHOT_A_DUMP_PFN_END,
		.nid = s->query.range.nid,
	};
	int err = pghot_spans_read(NULL, take_span, s);

	if (err)
		return pghot_error_set(error, -err, "cannot read /proc/zoneinfo");
	err = sample_begin_heat(s);
	if (err) {
		*error = s->heat_error;
		return err;
	}
	filter.pfn_start = s->heat.range.start;
	filter.pfn_end = s->heat.range.end - 1;
	return pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, count_entry, s, error);
}

static int take_page(const struct pghot_entry *entry, uint32_t nid, void *data)
{
	struct sample *s = data;

	(void)nid;
	s->page = *entry;
	s->page_found = true;
	return 0;
}

/* The record of the one page that somebody looks at. */
static int start_page(struct kernel_ctx *ctx, struct pghot_conn *conn, struct pghot_error *error)
{
	struct sample *s = ctx->s;
	const struct pghot_dump_filter filter = {
		.present = 1 << PGHOT_A_DUMP_PFN_START | 1 << PGHOT_A_DUMP_PFN_END,
		.pfn_start = s->query.pfn,
		.pfn_end = s->query.pfn,
	};

	return pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, take_page, s, error);
}

static int take_explanation(const struct pghot_explanation *x, void *data)
{
	struct sample *s = data;

	s->explanation = *x;
	s->explained = true;
	return 0;
}

static int take_all(const struct pghot_summary_part *part, void *data)
{
	struct kernel_ctx *ctx = data;

	return pghot_summary_add(&ctx->all, part);
}

static int take_hot(const struct pghot_summary_part *part, void *data)
{
	struct kernel_ctx *ctx = data;

	return pghot_summary_add(&ctx->hot, part);
}

/* From what frequency on memory is hot, as pghotctl has it. */
static uint32_t hot_from(const struct sample *s)
{
	int64_t from = sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD, PGHOT_FREQ_THRESHOLD_DEFAULT);

	return from > 1 ? (uint32_t)from : 1;
}

/* Classes of frequency begin at powers of two: then one answer tells both. */
static bool hot_is_class(const struct sample *s)
{
	return !(hot_from(s) & (hot_from(s) - 1));
}

/* Only the number of a slow node means something to the kernel; see query.c. */
static int start_summary(struct kernel_ctx *ctx, struct pghot_conn *conn, uint32_t least,
			 pghot_summary_fn fn, struct pghot_error *error)
{
	const struct sample *s = ctx->s;
	const struct pghot_node *node = sample_node(s, s->query.nid);

	if (least < s->query.min_freq)
		least = s->query.min_freq;
	return pghot_start_summary(conn, node && !node->toptier ? s->query.nid : ALL_NODES, least,
				   fn, ctx, error);
}

/* Without a limit, so that they come in the order of page frames. */
static int start_frames(struct kernel_ctx *ctx, struct pghot_conn *conn, struct pghot_error *error)
{
	const struct sample *s = ctx->s;
	const struct pghot_dump_filter filter = {
		.present = 1 << PGHOT_A_DUMP_MIN_FREQ,
		.min_freq = s->query.min_freq ? s->query.min_freq : 1,
	};
	struct pghot_frames *frames = join_begin(ctx->join, s);

	if (!frames)
		return pghot_error_set(error, ENOMEM, "what is known of page frames");
	return pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, pghot_frames_entry, frames,
				error);
}

/* One after the other: there are no more of them than the screen shows. */
static int start_mapped(struct kernel_ctx *ctx, struct pghot_conn *conn, struct pghot_error *error)
{
	struct pghot_dump_filter filter = {
		.present = 1 << PGHOT_A_DUMP_PFN_START | 1 << PGHOT_A_DUMP_PFN_END,
	};

	if (!join_page_at(ctx->join, ctx->mapped++, &filter.pfn_start))
		return 0;
	filter.pfn_end = filter.pfn_start;
	return pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, take_entry, ctx->s, error);
}

static int start(struct pghot_conn *conn, unsigned int question, void *data,
		 struct pghot_error *error)
{
	struct kernel_ctx *ctx = data;

	switch (question) {
	case ASK_ENTRIES:
		return start_entries(ctx, conn, error);
	case ASK_PAGE:
		return start_page(ctx, conn, error);
	case ASK_SUMMARY:
		return start_summary(ctx, conn, 1, take_all, error);
	case ASK_HOT:
		if (hot_is_class(ctx->s))
			return 0;
		return start_summary(ctx, conn, hot_from(ctx->s), take_hot, error);
	case ASK_FRAMES:
		return start_frames(ctx, conn, error);
	case ASK_MAPPED:
		return start_mapped(ctx, conn, error);
	case ASK_EXPLAIN:
		return pghot_start_explain(conn, ctx->s->query.pfn, take_explanation, ctx->s,
					   error);
	default:
		return start_heat(ctx, conn, error);
	}
}

static const char *cgroup_path(void *data, uint64_t ino)
{
	return pghot_cgroup_path(data, ino);
}

/* What is displayed is complete; what is recorded is a sample of its own. */
static void finish(struct kernel_ctx *ctx)
{
	struct sample *s = ctx->s;

	if (ctx->rec)
		s->written_bytes = pghot_recorder_written(ctx->rec, &s->written);
	s->write_error = ctx->write_error;
	ctx->s = NULL;
	ctx->capturing = false;
}

static void complete(struct kernel_ctx *ctx)
{
	struct sample *s = ctx->s;
	int err;

	if (s->state == SAMPLE_NONE) {
		if (!s->query.entries_only)
			pghot_surroundings_read("", &s->surroundings);
		err = sample_name_cgroups(s, cgroup_path, ctx->cgroups);
		s->state = SAMPLE_OK;
		if (err) {
			pghot_error_set(&s->error, -err, "paths of cgroups");
			s->state = SAMPLE_FAILED;
		}
	}
	s->mono_ns = clock_ns(CLOCK_MONOTONIC);
	s->real_ms = clock_ns(CLOCK_REALTIME) / 1000000;
	s->wall_us = (s->mono_ns - ctx->wall_ns) / 1000;
	s->cpu_us = (clock_ns(CLOCK_PROCESS_CPUTIME_ID) - ctx->cpu_ns) / 1000;
	if (!ctx->cap || ctx->write_error.errnum || s->state != SAMPLE_OK ||
	    s->query.entries_only) {
		finish(ctx);
		return;
	}
	ctx->capturing = true;
	pghot_capture_begin(ctx->cap);
}

/* It has a sample, and so is worth a name. */
static void place_recording(struct kernel_ctx *ctx)
{
	int err = atomic_place(&ctx->file);

	if (err)
		pghot_error_set(&ctx->write_error, -err, "cannot put the recording in its place");
}

static int capture(struct kernel_ctx *ctx)
{
	struct pghot_error error = { 0 };
	int err = pghot_capture_step(ctx->cap, &error);

	if (err == PGHOT_STEP_MORE)
		return COLLECT_MORE;
	/* What the kernel does not answer now it may answer the next time. */
	if (err && pghot_capture_lost(ctx->cap))
		ctx->write_error = error;
	if (!err)
		place_recording(ctx);
	finish(ctx);
	return COLLECT_DONE;
}

/* A question was not answered. Without pages a sample is worth showing still. */
static int failed(unsigned int question, int err, struct pghot_error *error, void *data)
{
	struct kernel_ctx *ctx = data;
	struct sample *s = ctx->s;
	struct pghot_error *where = &s->error;

	/* Then the page is not known, which is worth no more words. */
	if (question == ASK_PAGE && err != -ENOENT)
		return err;
	if ((question == ASK_ENTRIES || question == ASK_MAPPED ||
	     (question >= ASK_SUMMARY && question <= ASK_FRAMES)) &&
	    err != -ENOENT)
		where = &s->entries_error;
	/* A page frame that is none is no end of the round: the rest is worth having. */
	if (question == ASK_EXPLAIN) {
		s->explain_error = *error;
		s->explain_error.errnum = -err;
		return 0;
	}
	if (question == ASK_HEAT && (err != -ENOENT || s->heat_error.errnum))
		where = &s->heat_error;
	*where = *error;
	where->errnum = -err;

	if (where == &s->error)
		s->state = err == -ENOENT ? SAMPLE_NO_FAMILY : SAMPLE_FAILED;
	if (s->state == SAMPLE_NO_FAMILY)
		s->reach = pghot_reach("", s->error.message, sizeof(s->error.message));
	if (where == &s->heat_error)
		heat_clear(&s->heat);
	return err;
}

static const struct pghot_round_ops round_ops = {
	.info = take_info,
	.params = take_params,
	.node = take_node,
	.source = take_source,
	.stats = take_stats,
	.start = start,
	.failed = failed,
};

/* Of each part what is hot, and what is accessed and is not. */
static int add_owners(struct kernel_ctx *ctx)
{
	struct owners *o = &ctx->s->owners;
	bool one = hot_is_class(ctx->s);
	size_t class = (size_t)__builtin_ctz(hot_from(ctx->s));
	int err = 0;

	o->hot_from = hot_from(ctx->s);
	pghot_summary_merge(&ctx->all);
	pghot_summary_merge(&ctx->hot);
	for (size_t i = 0, k = 0; !err && i < ctx->all.nr; i++) {
		const struct pghot_summary_part *part = &ctx->all.at[i];
		uint64_t pages = pghot_summary_pages(part, 0), hot = 0;

		if (one)
			hot = pghot_summary_pages(part, class);
		/* Both are in the same order, and what is hot was accessed. */
		while (!one && k < ctx->hot.nr && pghot_summary_compare(&ctx->hot.at[k], part) < 0)
			k++;
		if (!one && k < ctx->hot.nr && !pghot_summary_compare(&ctx->hot.at[k], part))
			hot = pghot_summary_pages(&ctx->hot.at[k], 0);
		/* It may have become hot in between. */
		err = owners_add(o, part->cgroup_ino, hot, pages > hot ? pages - hot : 0);
	}
	return err ? err : owners_finish(o, cgroup_path, ctx->cgroups);
}

static void begin_places(struct kernel_ctx *ctx)
{
	struct sample *s = ctx->s;
	int err = add_owners(ctx);

	if (err) {
		owners_clear(&s->owners);
		pghot_error_set(&s->entries_error, -err, "names of cgroups");
		return;
	}
	ctx->placing = true;
	ctx->place = 0;
}

/* Where their memory is, one after the other. Return: true when there is more to do. */
static bool step_places(struct kernel_ctx *ctx)
{
	const uint64_t until = clock_ns(CLOCK_MONOTONIC) + PLACES_NS;
	struct owners *o = &ctx->s->owners;

	while (ctx->place < o->nr) {
		if (clock_ns(CLOCK_MONOTONIC) >= until)
			return true;
		cgstat_read(ctx->host.cgroup, ctx->s, ctx->s->query.nid, &o->at[ctx->place++]);
	}
	ctx->placing = false;
	ctx->s->owners_ns = clock_ns(CLOCK_MONOTONIC);
	return false;
}

/* What cannot be had is worth a sample that says so. */
static void no_processes(struct kernel_ctx *ctx, int err)
{
	struct sample *s = ctx->s;

	owners_clear(&s->owners);
	if (err == -ESRCH)
		pghot_error_set(&s->entries_error, ESRCH, "process %d", (int)s->query.pid);
	else
		pghot_error_set(&s->entries_error, -err, "page tables of processes");
	ctx->joining = false;
}

static void begin_join(struct kernel_ctx *ctx)
{
	const struct query *q = &ctx->s->query;
	const char *path = q->cgroup_ino ? pghot_cgroup_path(ctx->cgroups, q->cgroup_ino) : NULL;
	char *dir = NULL;
	int err;

	if (q->cgroup_ino && !path) {
		no_processes(ctx, -ENOENT);
		return;
	}
	if (path && asprintf(&dir, "%s%s", ctx->host.cgroup, path) < 0) {
		no_processes(ctx, -ENOMEM);
		return;
	}
	err = join_walk(ctx->join, ctx->host.proc, dir, ctx->s);
	free(dir);
	ctx->joining = true;
	if (err)
		no_processes(ctx, err);
}

/* Return: true when there is another one to ask for. */
static bool ask_mapped(struct kernel_ctx *ctx)
{
	uint64_t pfn;

	if (!join_page_at(ctx->join, ctx->mapped, &pfn))
		return false;
	pghot_round_begin(ctx->round, 1U << ASK_MAPPED);
	return true;
}

/* Return: true when there is more to do. */
static bool step_join(struct kernel_ctx *ctx)
{
	int more = join_step(ctx->join, PLACES_NS);

	if (more > 0)
		return true;
	if (more < 0)
		no_processes(ctx, more);
	ctx->joining = false;
	ctx->s->owners_ns = clock_ns(CLOCK_MONOTONIC);
	/* The rest is for the kernel to tell. */
	if (!more && ctx->s->query.limit && view_rows(ctx->s->query.view) == ROW_PAGE)
		ctx->listing = ask_mapped(ctx);
	return false;
}

/* What the kernel has not told of owners. */
static void begin_owners(struct kernel_ctx *ctx)
{
	const struct query *q = &ctx->s->query;

	if (!q->limit || ctx->s->entries_error.errnum)
		return;
	if (view_rows(q->view) == ROW_CGROUP)
		begin_places(ctx);
	else if (row_is_owner(view_rows(q->view)) || q->pid)
		begin_join(ctx);
}

static bool step_owners(struct kernel_ctx *ctx)
{
	return ctx->joining ? step_join(ctx) : step_places(ctx);
}

static bool kernel_progress(void *data, size_t *done, size_t *all)
{
	struct kernel_ctx *ctx = data;

	return ctx->joining && join_progress(ctx->join, done, all);
}

static int by_heat(const void *a, const void *b)
{
	return entry_hotter(a, b);
}

static int done(struct kernel_ctx *ctx)
{
	complete(ctx);
	return ctx->capturing ? capture(ctx) : COLLECT_DONE;
}

static int step_list(struct kernel_ctx *ctx)
{
	struct pghot_error error = { 0 };
	struct sample *s = ctx->s;
	int err;

	/* What has not been sent is not waited for. */
	do
		err = pghot_round_step(ctx->round, &error);
	while (!err && ask_mapped(ctx));
	if (err == PGHOT_STEP_MORE)
		return COLLECT_MORE;
	/* Their frequency may have changed since they were found. */
	if (s->nr_entries)
		qsort(s->entries, s->nr_entries, sizeof(s->entries[0]), by_heat);
	ctx->listing = false;
	return done(ctx);
}

static int kernel_step(void *data)
{
	struct kernel_ctx *ctx = data;
	struct pghot_error error = { 0 };
	int err;

	if (!ctx->s)
		return COLLECT_DONE;
	if (ctx->capturing)
		return capture(ctx);
	if (ctx->placing || ctx->joining) {
		if (step_owners(ctx))
			return COLLECT_MORE;
		if (!ctx->listing)
			return done(ctx);
	}
	if (ctx->listing)
		return step_list(ctx);
	err = pghot_round_step(ctx->round, &error);
	if (err == PGHOT_STEP_MORE)
		return COLLECT_MORE;
	/* What failed, and what came before that, is in the sample. */
	ctx->s->page_known = !err && ctx->s->query.page;
	if (!err)
		begin_owners(ctx);
	if (ctx->placing || ctx->joining)
		return COLLECT_MORE;
	return done(ctx);
}

/* Who wants no pages needs no privilege either. */
static unsigned int questions(const struct query *q)
{
	unsigned int ask = q->entries_only ? 0 : PGHOT_ASK_STATE;

	if (q->limit && view_rows(q->view) == ROW_PAGE && !q->pid)
		ask |= 1U << ASK_ENTRIES;
	/* What is fast, and what is hot, is part of the state. */
	if (q->limit && (row_is_owner(view_rows(q->view)) || q->pid))
		ask |= 1U << PGHOT_ASK_INFO | 1U << PGHOT_ASK_PARAMS | 1U << PGHOT_ASK_NODES;
	if (q->limit && view_rows(q->view) == ROW_CGROUP)
		ask |= 1U << ASK_SUMMARY | 1U << ASK_HOT;
	else if (q->limit && (row_is_owner(view_rows(q->view)) || q->pid))
		ask |= 1U << ASK_FRAMES;
	if (q->page)
		ask |= 1U << ASK_PAGE;
	if (q->explain)
		ask |= 1U << ASK_EXPLAIN;
	if (q->heat)
		ask |= 1U << ASK_HEAT;
	return ask;
}

static void kernel_begin(void *data, const struct query *query, struct sample *s)
{
	struct kernel_ctx *ctx = data;

	sample_clear(s);
	s->query = *query;
	ctx->s = s;
	ctx->all.nr = ctx->hot.nr = 0;
	ctx->placing = ctx->joining = ctx->listing = false;
	ctx->mapped = 0;
	ctx->capturing = false;
	ctx->wall_ns = clock_ns(CLOCK_MONOTONIC);
	ctx->cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	pghot_round_begin(ctx->round, questions(query));
}

static int kernel_fd(void *data)
{
	struct kernel_ctx *ctx = data;

	if (!ctx->s)
		return -1;
	if (ctx->placing || ctx->joining)
		return ctx->ready;
	return ctx->capturing ? pghot_capture_fd(ctx->cap) : pghot_round_fd(ctx->round);
}

static void kernel_cancel(void *data)
{
	struct kernel_ctx *ctx = data;

	pghot_round_cancel(ctx->round);
	ctx->s = NULL;
	ctx->placing = ctx->joining = ctx->listing = false;
	ctx->mapped = 0;
	ctx->capturing = false;
}

static void kernel_close(void *data)
{
	struct kernel_ctx *ctx = data;

	if (!ctx)
		return;
	pghot_capture_close(ctx->cap);
	pghot_recorder_close(ctx->rec);
	/* Every sample was written as a whole; what has none is of no use. */
	if (ctx->file.file && ctx->file.temp[0])
		atomic_abort(&ctx->file);
	else if (ctx->file.file)
		atomic_commit(&ctx->file);
	pghot_round_close(ctx->round);
	pghot_cgroups_close(ctx->cgroups);
	pghot_summary_release(&ctx->all);
	pghot_summary_release(&ctx->hot);
	join_free(ctx->join);
	if (ctx->ready >= 0)
		close(ctx->ready);
	free(ctx);
}

static int kernel_open(void **ctxp)
{
	struct kernel_ctx *ctx = calloc(1, sizeof(*ctx));

	if (!ctx)
		return -ENOMEM;
	ctx->round = pghot_round_open(&round_ops, ctx);
	ctx->cgroups = pghot_cgroups_open(NULL);
	ctx->join = join_new();
	ctx->ready = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
	if (!ctx->round || !ctx->cgroups || !ctx->join || ctx->ready < 0) {
		kernel_close(ctx);
		return -ENOMEM;
	}
	ctx->host = (struct host){ "/proc", pghot_cgroups_root(ctx->cgroups) };
	*ctxp = ctx;
	return 0;
}

static int kernel_record(void *data, const char *path, struct pghot_error *err)
{
	const struct pghot_capture_what what = {
		.dumps = 1 << PGHOT_DUMP_HEAP | 1 << PGHOT_DUMP_RECORDS | 1 << PGHOT_DUMP_PROMOTED,
		.limit = PGHOT_CAPTURE_LIMIT,
	};
	struct kernel_ctx *ctx = data;
	int ret;

	/* Page frame numbers are for the privileged, and so is the file. */
	ret = atomic_open_new(&ctx->file, path, 0600);
	if (ret)
		return pghot_error_set(err, -ret, "cannot create %s: %s", path, strerror(-ret));
	ret = pghot_recorder_open(&ctx->rec, fileno(ctx->file.file), "pghottop " PGHOT_VERSION,
				  err);
	if (!ret)
		ret = pghot_capture_open(&ctx->cap, ctx->rec, &what);
	if (ret)
		return pghot_error_set(err, -ret, "cannot write %s: %s", path, strerror(-ret));
	return 0;
}

const struct collector_ops kernel_collector = {
	.open = kernel_open,
	.begin = kernel_begin,
	.step = kernel_step,
	.fd = kernel_fd,
	.cancel = kernel_cancel,
	.close = kernel_close,
	.host = kernel_host,
	.record = kernel_record,
	.progress = kernel_progress,
};
