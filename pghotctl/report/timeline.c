// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Recordings are read twice: first what is small, the times of samples and where memory is,
 * from which rows and columns follow; then the records, each of which goes into its cell.
 */

#include "report/timeline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_MS 1000000ULL

/* A sample stands for the time until the next one, but no longer than so many intervals. */
#define INTERVALS_LATE 3

static int by_beginning(const void *a, const void *b)
{
	uint64_t x = pghot_recording_time(((const struct timeline_file *)a)->rec, 0)->real_ns;
	uint64_t y = pghot_recording_time(((const struct timeline_file *)b)->rec, 0)->real_ns;

	return x < y ? -1 : x > y;
}

static size_t nr_samples(const struct timeline_file *f)
{
	return pghot_recording_info(f->rec)->samples;
}

static uint64_t time_of(const struct timeline_file *f, size_t i)
{
	return pghot_recording_time(f->rec, i)->real_ns;
}

/* The mean, for a clock that was set meanwhile would spoil no more than this. */
static uint64_t interval_of(const struct timeline_file *f)
{
	size_t nr = nr_samples(f);
	uint64_t first = pghot_recording_time(f->rec, 0)->mono_ns;
	uint64_t last = pghot_recording_time(f->rec, nr - 1)->mono_ns;

	return nr > 1 && last > first ? (last - first) / (nr - 1) : 0;
}

static int open_files(struct timeline *t, struct ctx *ctx, const char *const *paths, size_t nr)
{
	t->files = calloc(nr, sizeof(*t->files));
	if (!t->files)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (size_t i = 0; i < nr; i++) {
		struct timeline_file *f = &t->files[i];
		int ret = sample_open(ctx, paths[i], &f->rec);

		if (ret)
			return ret;
		f->path = paths[i];
		f->interval_ns = interval_of(f);
		t->nr_files++;
		t->samples += nr_samples(f);
	}
	qsort(t->files, t->nr_files, sizeof(*t->files), by_beginning);
	return STATUS_OK;
}

/* ---- columns --------------------------------------------------------------- */

static void make_columns(struct timeline *t)
{
	uint64_t interval = UINT64_MAX, span;

	t->from_ns = UINT64_MAX;
	for (size_t k = 0; k < t->nr_files; k++) {
		const struct timeline_file *f = &t->files[k];

		if (f->interval_ns && f->interval_ns < interval)
			interval = f->interval_ns;
		for (size_t i = 0; i < nr_samples(f); i++) {
			uint64_t at = time_of(f, i);

			t->from_ns = at < t->from_ns ? at : t->from_ns;
			t->to_ns = at > t->to_ns ? at : t->to_ns;
		}
	}
	if (interval == UINT64_MAX)
		interval = 1000 * NS_PER_MS;
	/* Centuries from a forged file stay within the numbers. */
	span = t->to_ns - t->from_ns;
	span = span > UINT64_MAX - interval ? UINT64_MAX : span + interval;
	t->nr_columns = span / interval < TIMELINE_COLUMNS ? (size_t)(span / interval)
							   : TIMELINE_COLUMNS;
	if (!t->nr_columns)
		t->nr_columns = 1;
	t->column_ns = span / t->nr_columns + (span % t->nr_columns != 0);
	t->to_ns = t->from_ns + span;
}

static size_t column_of(const struct timeline *t, uint64_t real_ns)
{
	uint64_t at = real_ns > t->from_ns ? (real_ns - t->from_ns) / t->column_ns : 0;

	return at < t->nr_columns ? (size_t)at : t->nr_columns - 1;
}

/* Columns that a sample stands for: [@first, @last]. */
static void columns_of(const struct timeline *t, const struct timeline_file *f, size_t i,
		       size_t *first, size_t *last)
{
	uint64_t at = time_of(f, i), late = INTERVALS_LATE * f->interval_ns;
	uint64_t until = at + f->interval_ns;

	if (i + 1 < nr_samples(f) && time_of(f, i + 1) > at) {
		uint64_t next = time_of(f, i + 1) - at;

		until = at + (next < late ? next : f->interval_ns);
	}
	*first = column_of(t, at);
	*last = until > at ? column_of(t, until - 1) : *first;
	/* What follows soon has its own. */
	if (*last > *first && i + 1 < nr_samples(f) && column_of(t, time_of(f, i + 1)) == *last)
		(*last)--;
}

/* ---- rows ------------------------------------------------------------------ */

static int by_nid(const void *a, const void *b)
{
	uint32_t x = ((const struct timeline_node *)a)->nid;
	uint32_t y = ((const struct timeline_node *)b)->nid;

	return x < y ? -1 : x > y;
}

static struct timeline_node *node_at(const struct timeline *t, uint32_t nid)
{
	for (size_t i = 0; i < t->nr_nodes; i++) {
		if (t->nodes[i].nid == nid)
			return &t->nodes[i];
	}
	return NULL;
}

static struct timeline_node *need_node(struct timeline *t, uint32_t nid)
{
	struct timeline_node *node = node_at(t, nid), *nodes;

	if (node || nid >= PGHOT_NODES_MAX)
		return node;
	nodes = reallocarray(t->nodes, t->nr_nodes + 1, sizeof(*nodes));
	if (!nodes)
		return NULL;
	t->nodes = nodes;
	node = &nodes[t->nr_nodes++];
	*node = (struct timeline_node){ .nid = nid };
	return node;
}

static int make_rows(struct timeline_node *node, const struct places *memory, size_t nr_columns)
{
	size_t max = places_rows(memory, node->nid, TIMELINE_ROWS, NULL, 0);

	node->rows = calloc(max ? max : 1, sizeof(*node->rows));
	node->cells = calloc(max ? max * nr_columns : 1, sizeof(*node->cells));
	if (!node->rows || !node->cells)
		return -ENOMEM;
	node->nr_rows = places_rows(memory, node->nid, TIMELINE_ROWS, node->rows, max);
	return 0;
}

static int add_place(const struct pghot_span *span, void *data)
{
	return places_add(data, span);
}

/* Of recordings that do not tell where memory is: where records are. */
static int add_record(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct pghot_span span = {
		.nid = e->nid,
		.start = e->pfn,
		.end = e->pfn + (1ULL << (e->order < 32 ? e->order : 0)),
	};

	(void)nid;
	return e->nid < PGHOT_NODES_MAX && e->pfn < 1ULL << 52 ? places_widen(data, &span) : 0;
}

static int find_memory(struct timeline *t, struct ctx *ctx, struct places *memory)
{
	for (size_t k = 0; k < t->nr_files; k++) {
		const struct timeline_file *f = &t->files[k];

		for (size_t i = 0; i < nr_samples(f); i++) {
			struct pghot_error err = { 0 };
			int ret = pghot_recording_spans(f->rec, i, add_place, memory, &err);

			if (ret == -ENODATA) {
				ret = sample_records(f->rec, i, NULL, add_record, memory, &err);
				/* That there are none is told when they are counted. */
				if (ret != -ENOMEM && ret != -EBADMSG)
					ret = 0;
			}
			if (!ret)
				ret = pghot_recording_offline(f->rec, i, add_place, memory, &err);
			if (ret && ret != -ENODATA)
				return sample_failed(ctx, f->path, ret, &err);
		}
	}
	return STATUS_OK;
}

/* ---- cells ----------------------------------------------------------------- */

struct filling {
	struct timeline *t;
	size_t first, last; /* columns */
	uint64_t records;
};

static struct timeline_cell *cell_at(const struct timeline *t, const struct timeline_node *node,
				     size_t row, size_t column)
{
	return &node->cells[row * t->nr_columns + column];
}

/* Rows are in the order of page frames, so the first that ends behind @pfn. */
static size_t row_of(const struct timeline_node *node, uint64_t pfn)
{
	size_t low = 0, high = node->nr_rows;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (node->rows[mid].end <= pfn)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Of what a row has memory counts for more than what has none. */
static void set_state(const struct filling *fill, const struct timeline_node *node, uint64_t start,
		      uint64_t end, enum timeline_state state)
{
	for (size_t r = row_of(node, start); r < node->nr_rows && node->rows[r].start < end; r++) {
		if (node->rows[r].hole)
			continue;
		for (size_t c = fill->first; c <= fill->last; c++) {
			struct timeline_cell *cell = cell_at(fill->t, node, r, c);

			if (cell->state < state)
				cell->state = (uint8_t)state;
		}
	}
}

static int fill_span(const struct pghot_span *span, void *data)
{
	const struct filling *fill = data;
	const struct timeline_node *node = node_at(fill->t, span->nid);

	if (node)
		set_state(fill, node, span->start, span->end, CELL_MEMORY);
	return 0;
}

static int fill_offline(const struct pghot_span *span, void *data)
{
	const struct filling *fill = data;

	for (size_t i = 0; i < fill->t->nr_nodes; i++) {
		const struct timeline_node *node = &fill->t->nodes[i];

		if (span->nid == node->nid || span->nid == PGHOT_SPAN_NID_UNKNOWN)
			set_state(fill, node, span->start, span->end, CELL_OFFLINE);
	}
	return 0;
}

static int fill_record(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct filling *fill = data;
	struct timeline_node *node = node_at(fill->t, e->nid);
	uint64_t end = e->pfn + (1ULL << (e->order < 32 ? e->order : 0));

	(void)nid;
	fill->records++;
	if (!node || end <= e->pfn)
		return 0;
	node->records++;
	for (size_t r = row_of(node, e->pfn); r < node->nr_rows && node->rows[r].start < end; r++) {
		if (node->rows[r].hole)
			continue;
		for (size_t c = fill->first; c <= fill->last; c++) {
			struct timeline_cell *cell = cell_at(fill->t, node, r, c);

			cell->state = CELL_MEMORY;
			if (e->freq > cell->freq)
				cell->freq = e->freq;
		}
	}
	return 0;
}

/* Every cell of the columns is a hole, unless something else is known. */
static void fill_holes(const struct filling *fill)
{
	for (size_t i = 0; i < fill->t->nr_nodes; i++) {
		const struct timeline_node *node = &fill->t->nodes[i];

		for (size_t r = 0; r < node->nr_rows; r++) {
			for (size_t c = fill->first; c <= fill->last; c++) {
				struct timeline_cell *cell = cell_at(fill->t, node, r, c);

				if (cell->state == CELL_NOT_RECORDED)
					cell->state = CELL_HOLE;
			}
		}
	}
}

static void take_counters(const struct sample_state *s, uint64_t count[NR_TIMELINE_RATES])
{
	memset(count, 0, NR_TIMELINE_RATES * sizeof(*count));
	for (unsigned int i = 0; i < s->nr_sources; i++)
		count[RATE_RECORDED] += s->sources[i].recorded;
	count[RATE_HOT] = s->stats.hot;
	count[RATE_PROMOTED] = s->stats.promoted;
	count[RATE_FAILED] = pghot_failed_total(&s->stats.failed);
}

/*
 * What the counters grew since the sample before goes to the columns between the two, by
 * their share of that time. A counter that fell was reset meanwhile.
 */
static void add_rates(struct timeline *t, const struct timeline_file *f, size_t i,
		      const uint64_t *before, const uint64_t *now)
{
	uint64_t from = time_of(f, i - 1), to = time_of(f, i);

	for (int r = 0; r < NR_TIMELINE_RATES; r++) {
		if (now[r] < before[r])
			return;
	}
	if (to <= from)
		return;
	for (size_t c = column_of(t, from); c <= column_of(t, to); c++) {
		uint64_t start = t->from_ns + c * t->column_ns, end = start + t->column_ns;
		double share;

		start = start > from ? start : from;
		end = end < to ? end : to;
		share = end > start ? (double)(end - start) / (double)(to - from) : 0;
		t->columns[c].ms += share * (double)(to - from) / NS_PER_MS;
		for (int r = 0; r < NR_TIMELINE_RATES; r++)
			t->columns[c].count[r] += share * (double)(now[r] - before[r]);
	}
}

static int read_sample(struct timeline *t, const struct timeline_file *f, size_t i,
		       struct pghot_error *err)
{
	struct filling fill = { .t = t };
	uint32_t limit = 0;
	int ret;

	columns_of(t, f, i, &fill.first, &fill.last);
	t->columns[fill.first].samples++;
	for (size_t c = fill.first; c <= fill.last; c++)
		t->columns[c].recorded = true;
	ret = pghot_recording_spans(f->rec, i, fill_span, &fill, err);
	if (!ret || ret == -ENODATA)
		ret = pghot_recording_offline(f->rec, i, fill_offline, &fill, err);
	if (!ret || ret == -ENODATA)
		ret = sample_records(f->rec, i, &limit, fill_record, &fill, err);
	fill_holes(&fill);
	if (ret == -EBADMSG || ret == -ENOMEM)
		return ret;
	if (ret)
		t->unread++;
	else if (limit && fill.records >= limit && (!t->limit || limit < t->limit))
		t->limit = limit;
	return 0;
}

static int read_file(struct timeline *t, const struct timeline_file *f, struct sample_state *s,
		     struct pghot_error *err)
{
	uint64_t counters[2][NR_TIMELINE_RATES];

	for (size_t i = 0; i < nr_samples(f); i++) {
		int ret = sample_state_read(f->rec, i, s, err);

		if (!ret)
			ret = read_sample(t, f, i, err);
		if (ret)
			return ret;
		if (s->info.page_size)
			t->page_size = s->info.page_size;
		for (size_t n = 0; n < s->nr_nodes; n++) {
			struct timeline_node *node = node_at(t, s->nodes[n].nid);

			if (node)
				node->toptier = s->nodes[n].toptier;
		}
		take_counters(s, counters[i % 2]);
		if (i)
			add_rates(t, f, i, counters[(i + 1) % 2], counters[i % 2]);
	}
	return 0;
}

static int make_nodes(struct timeline *t, const struct places *memory)
{
	for (size_t i = 0; i < memory->nr; i++) {
		uint32_t nid = memory->at[i].nid;

		if (nid < PGHOT_NODES_MAX && !need_node(t, nid))
			return -ENOMEM;
	}
	if (t->nr_nodes)
		qsort(t->nodes, t->nr_nodes, sizeof(*t->nodes), by_nid);
	for (size_t i = 0; i < t->nr_nodes; i++) {
		int err = make_rows(&t->nodes[i], memory, t->nr_columns);

		if (err)
			return err;
	}
	return 0;
}

int timeline_read(struct timeline *t, struct ctx *ctx, const char *const *paths, size_t nr)
{
	struct sample_state *s = sample_state_new();
	struct places memory = { 0 };
	int ret = open_files(t, ctx, paths, nr);

	t->page_size = 4096;
	if (!ret && !s)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	if (!ret) {
		make_columns(t);
		ret = find_memory(t, ctx, &memory);
	}
	places_settle(&memory);
	if (!ret && make_nodes(t, &memory))
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (size_t k = 0; k < t->nr_files && !ret; k++) {
		struct pghot_error err = { 0 };

		ret = read_file(t, &t->files[k], s, &err);
		if (ret)
			ret = sample_failed(ctx, t->files[k].path, ret, &err);
	}
	places_free(&memory);
	sample_state_free(s);
	return ret;
}

void timeline_free(struct timeline *t)
{
	for (size_t i = 0; i < t->nr_files; i++)
		pghot_recording_close(t->files[i].rec);
	for (size_t i = 0; i < t->nr_nodes; i++) {
		free(t->nodes[i].rows);
		free(t->nodes[i].cells);
	}
	free(t->files);
	free(t->nodes);
	*t = (struct timeline){ 0 };
}

bool timeline_per_s(const struct timeline_column *c, enum timeline_rate rate, double *per_s)
{
	*per_s = c->ms > 0 ? c->count[rate] * 1000 / c->ms : 0;
	return c->ms > 0;
}

uint64_t timeline_whole(double per_s)
{
	return per_s < 1.8e19 ? (uint64_t)(per_s + 0.5) : UINT64_MAX;
}

static const struct {
	const char *key, *title;
} rates[] = {
	[RATE_RECORDED] = { "recorded_per_s", "reported accesses" },
	[RATE_HOT] = { "hot_per_s", "became hot" },
	[RATE_PROMOTED] = { "promoted_pages_per_s", "promoted" },
	[RATE_FAILED] = { "failed_pages_per_s", "not promoted" },
};

const char *timeline_rate_key(enum timeline_rate rate)
{
	return rates[rate].key;
}

const char *timeline_rate_title(enum timeline_rate rate)
{
	return rates[rate].title;
}
