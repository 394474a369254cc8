// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/fit-read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backend/query.h"

/* Within a window, so that no moment of it is special. */
#define DUMPS 4

/* Between two dumps at most: longer windows are of sources that see a page now and then. */
#define PAUSE_MS_MAX 1000

/* The kernel may be busy with other dumps, but not for this long. */
#define TIMEOUT_MS 30000

/* Of twenty records one may have been seen by another source, too. */
#define MIXED_SHARE 20

static int take_record(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct fit_reading *r = data;

	(void)nid;
	if (r->nid != FIT_ALL_NODES && e->nid != r->nid)
		return 0;
	if (!owner_has(&r->owner, e))
		return 0;
	fit_add(&r->in, e->freq, e->order);
	if (!e->freq)
		return 0;
	r->records++;
	for (unsigned int i = 0; i < sizeof(r->by_source) / sizeof(r->by_source[0]); i++)
		r->by_source[i] += e->sources >> i & 1;
	return 0;
}

static const struct pghot_source *source_of(const struct pghot_source *sources, size_t nr,
					    uint32_t id)
{
	for (size_t i = 0; i < nr; i++) {
		if (sources[i].id == id)
			return &sources[i];
	}
	return NULL;
}

/* What made most of the records; UINT32_MAX when there are none. */
static uint32_t main_source(const struct fit_reading *r)
{
	uint32_t id = UINT32_MAX;

	for (uint32_t i = 0; i < sizeof(r->by_source) / sizeof(r->by_source[0]); i++) {
		if (r->by_source[i] && (id == UINT32_MAX || r->by_source[i] > r->by_source[id]))
			id = i;
	}
	return id;
}

static bool mixed(const struct fit_reading *r, uint32_t main)
{
	for (uint32_t i = 0; i < sizeof(r->by_source) / sizeof(r->by_source[0]); i++) {
		if (i != main && r->by_source[i] * MIXED_SHARE > r->records)
			return true;
	}
	return false;
}

static void count_tracked(struct fit_reading *r, const struct pghot_node *nodes, size_t nr,
			  unsigned int *tracking)
{
	*tracking = 0;
	for (size_t i = 0; i < nr; i++) {
		*tracking += nodes[i].tracked_pages > 0;
		if (r->nid == FIT_ALL_NODES || nodes[i].nid == r->nid)
			r->in.tracked += nodes[i].tracked_pages;
	}
	if (r->cgroup || r->pid)
		r->in.tracked = r->owner.pages;
	/* Page frames have 52 bits. */
	if (r->in.tracked > 1ULL << 52)
		r->in.tracked = 1ULL << 52;
}

static void set_source(struct response_source *to, const struct pghot_source *src)
{
	uint32_t window = src->window_ms, pace = src->pace_ms;

	to->looks = src->id != PGHOT_SOURCE_ID_HWHINT;
	if (!to->looks) {
		int64_t weight = src->counters.value[PGHOT_A_HWHINT_COUNTERS_WEIGHT];

		/* Earlier kernels do not tell: then it is what fits best. */
		if (pghot_has(src->counters.present, PGHOT_A_HWHINT_COUNTERS_WEIGHT) &&
		    weight > 0 && weight < RESPONSE_FREQS)
			to->weight = (unsigned int)weight;
		return;
	}
	/* Two looks are what a window follows where they are rare: kernel, base/window.c. */
	to->steps = pace && window > pace ? (window + pace / 2) / pace : 2;
	if (to->steps > RESPONSE_STEPS_MAX)
		to->steps = RESPONSE_STEPS_MAX;
}

/**
 * finish() - estimate, if that can be done
 * @r: all records
 * @ctx: context
 * @before: sources at the beginning, @nr_before of them
 * @after: sources at the end, @nr_after of them
 * @ms: time between, 0 when there is none
 * @alone: all that was reported is about the nodes that are asked for
 */
static int finish(struct fit_reading *r, struct ctx *ctx, const struct pghot_source *before,
		  size_t nr_before, const struct pghot_source *after, size_t nr_after, uint64_t ms,
		  bool alone)
{
	uint32_t id = main_source(r);
	const struct pghot_source *then = source_of(before, nr_before, id);
	const struct pghot_source *now = source_of(after, nr_after, id);
	enum fit_doubt doubt = FIT_KNOWN;

	r->in.reports = -1;
	if (now) {
		snprintf(r->source, sizeof(r->source), "%s", now->name);
		set_source(&r->in.source, now);
	}
	if (then && now && ms && alone && now->useful >= then->useful) {
		r->in.counted = (double)(now->useful - then->useful);
		r->in.reports = r->in.counted * now->window_ms / (double)ms;
	}
	if (id == UINT32_MAX)
		doubt = FIT_NO_RECORDS;
	else if (r->limited)
		doubt = FIT_LIMITED;
	else if (!now || mixed(r, id))
		doubt = FIT_MIXED;
	else if (id == PGHOT_SOURCE_ID_HINTFAULT)
		doubt = FIT_LATENCY;
	if (fit_estimate(&r->fit, &r->in))
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	if (doubt) {
		/* What was counted remains. */
		r->fit = (struct fit){
			.doubt = doubt,
			.tracked = r->fit.tracked,
			.seen = r->fit.seen,
			.records = r->fit.records,
		};
	}
	return STATUS_OK;
}

/* ---- recordings -------------------------------------------------------------- */

static uint64_t mono_ms(struct pghot_recording *rec, size_t i)
{
	return pghot_recording_time(rec, i)->mono_ns / 1000000;
}

static uint32_t longest_window(const struct sample_state *s)
{
	uint32_t ms = 0;

	for (unsigned int i = 0; i < s->nr_sources; i++) {
		if (s->sources[i].enabled && s->sources[i].window_ms > ms)
			ms = s->sources[i].window_ms;
	}
	return ms ? ms : 4000;
}

/* The first sample of the last @ms, or a little more. */
static size_t first_since(struct pghot_recording *rec, size_t last, uint64_t ms)
{
	size_t first = last;

	while (first && mono_ms(rec, first - 1) <= mono_ms(rec, last) &&
	       mono_ms(rec, last) - mono_ms(rec, first - 1) < ms)
		first--;
	return first;
}

static int read_file(struct fit_reading *r, struct ctx *ctx, const char *path,
		     struct pghot_recording *rec, struct sample_state *now,
		     struct sample_state *before)
{
	size_t last = pghot_recording_info(rec)->samples - 1, first;
	struct pghot_error err = { 0 };
	unsigned int tracking;
	uint64_t ms;
	int ret = sample_state_read(rec, last, now, &err);

	if (ret)
		return sample_failed(ctx, path, ret, &err);
	first = first_since(rec, last, longest_window(now));
	for (size_t i = first; i <= last; i++) {
		uint64_t records = r->records;
		uint32_t limit;

		ret = sample_records(rec, i, &limit, take_record, r, &err);
		if (ret == -EBADMSG || ret == -ENOMEM)
			return sample_failed(ctx, path, ret, &err);
		r->in.dumps += !ret;
		r->limited |= limit && r->records - records >= limit;
	}
	if (!r->in.dumps)
		return sample_failed(ctx, path, ret, &err);
	/* Counters need some time, but no longer one than accesses stay the same. */
	first = first_since(rec, last, 4ULL * longest_window(now));
	ms = mono_ms(rec, last) - mono_ms(rec, first);
	ret = sample_state_read(rec, first, before, &err);
	if (ret)
		return sample_failed(ctx, path, ret, &err);
	r->page_size = now->info.page_size;
	count_tracked(r, now->nodes, now->nr_nodes, &tracking);
	return finish(r, ctx, before->sources, before->nr_sources, now->sources, now->nr_sources,
		      ms, r->nid == FIT_ALL_NODES || tracking < 2);
}

int fit_read_file(struct fit_reading *r, struct ctx *ctx, const char *path)
{
	struct sample_state *now = sample_state_new(), *before = sample_state_new();
	struct pghot_recording *rec = NULL;
	int ret = sample_open(ctx, path, &rec);

	if (!ret && (!now || !before))
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	if (!ret)
		ret = read_file(r, ctx, path, rec, now, before);
	pghot_recording_close(rec);
	sample_state_free(now);
	sample_state_free(before);
	return ret;
}

/* ---- the kernel -------------------------------------------------------------- */

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static int wait_ms(struct ctx *ctx, uint64_t ms)
{
	int64_t wait = ms < PAUSE_MS_MAX ? (int64_t)ms : PAUSE_MS_MAX;
	int ret = out_wait(&ctx->out, -1, wait);

	return ret < 0 ? fail_with(&ctx->failure, STATUS_FAILED, -ret, "cannot wait: %s",
				   strerror(-ret))
		       : STATUS_OK;
}

static int dump_once(struct fit_reading *r, struct ctx *ctx, struct pghot_conn *conn)
{
	struct pghot_dump_filter filter = { 0 };
	struct pghot_error err = { 0 };
	int ret;

	if (r->nid != FIT_ALL_NODES) {
		filter.nid = r->nid;
		filter.present = 1ULL << PGHOT_A_DUMP_NID;
	}
	ret = pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, take_record, r, &err);
	if (!ret)
		ret = pghot_conn_finish(conn, TIMEOUT_MS, &err);
	if (!ret) {
		r->in.dumps++;
		return STATUS_OK;
	}
	if (!err.errnum)
		pghot_error_set(&err, -ret, "%s", strerror(-ret));
	return fail_kernel(&ctx->failure, &err, "read records");
}

static uint32_t window_ms(const struct source_list *list)
{
	uint32_t ms = 0;

	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].enabled && list->at[i].window_ms > ms)
			ms = list->at[i].window_ms;
	}
	return ms ? ms : 4000;
}

static int read_kernel(struct fit_reading *r, struct ctx *ctx, struct pghot_conn *conn,
		       struct source_list *before, struct source_list *after)
{
	struct node_list nodes = { 0 };
	uint64_t start = now_ms();
	unsigned int tracking;
	int ret = query_sources(ctx, before);

	for (int i = 0; i < DUMPS && !ret; i++) {
		if (i)
			ret = wait_ms(ctx, window_ms(before) / DUMPS);
		if (!ret)
			ret = dump_once(r, ctx, conn);
	}
	if (!ret)
		ret = query_sources(ctx, after);
	if (!ret)
		ret = query_nodes(ctx, &nodes);
	if (ret)
		return ret;
	count_tracked(r, nodes.at, nodes.nr, &tracking);
	free(nodes.at);
	return finish(r, ctx, before->at, before->nr, after->at, after->nr, now_ms() - start,
		      !r->cgroup && !r->pid && (r->nid == FIT_ALL_NODES || tracking < 2));
}

static int find_owner(struct fit_reading *r, struct ctx *ctx)
{
	int64_t nid = r->nid == FIT_ALL_NODES ? -1 : (int64_t)r->nid;

	if (r->cgroup)
		return owner_cgroup(&r->owner, ctx, r->cgroup, nid);
	return r->pid ? owner_process(&r->owner, ctx, r->pid, nid) : STATUS_OK;
}

int fit_read_kernel(struct fit_reading *r, struct ctx *ctx)
{
	struct source_list *lists = calloc(2, sizeof(*lists));
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct pghot_conn *conn = NULL;
	struct pghot_error err;
	int ret;

	if (!lists || !info)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	else
		ret = query_info(ctx, info);
	if (!ret) {
		r->page_size = info->page_size;
		ret = find_owner(r, ctx);
	}
	if (!ret) {
		if (pghot_conn_open(&conn, &err))
			ret = fail_kernel(&ctx->failure, &err, "read records");
	}
	if (!ret)
		ret = read_kernel(r, ctx, conn, &lists[0], &lists[1]);
	pghot_conn_close(conn);
	owner_free(&r->owner);
	free(lists);
	free(info);
	return ret;
}
