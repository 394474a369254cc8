// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/mappers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/walk.h"

/* ---- order -------------------------------------------------------------------- */

static uint64_t size_of(const struct pghot_mapped_sum *sum)
{
	return pghot_mapped_pages(sum, PGHOT_SIDE_FAST) + pghot_mapped_pages(sum, PGHOT_SIDE_SLOW);
}

/* What comes first has more of this; in slow memory, which is where it can change. */
static uint64_t weight_of(const struct mappers_row *r, enum mappers_sort by)
{
	const struct pghot_mapped_sum *sum = &r->sum;

	switch (by) {
	case MAPPERS_BY_HOT:
		return sum->pages[PGHOT_SIDE_SLOW][PGHOT_HEAT_HOT];
	case MAPPERS_BY_WARM:
		return sum->pages[PGHOT_SIDE_SLOW][PGHOT_HEAT_WARM];
	case MAPPERS_BY_SLOW:
		return pghot_mapped_pages(sum, PGHOT_SIDE_SLOW);
	case MAPPERS_BY_FAST:
		return pghot_mapped_pages(sum, PGHOT_SIDE_FAST);
	case MAPPERS_BY_SIZE:
		return size_of(sum);
	case MAPPERS_BY_PID:
		break;
	}
	return 0;
}

/* Less than 0 when @a comes before @b. */
static int order(const struct mappers_row *a, const struct mappers_row *b, enum mappers_sort by)
{
	/* Among equals that which has more, if less hot. */
	const enum mappers_sort keys[] = { by, MAPPERS_BY_WARM, MAPPERS_BY_SIZE };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && by != MAPPERS_BY_PID; i++) {
		uint64_t x = weight_of(a, keys[i]), y = weight_of(b, keys[i]);

		if (x != y)
			return x > y ? -1 : 1;
	}
	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

static int by_order(const void *a, const void *b, void *by)
{
	return order(a, b, *(const enum mappers_sort *)by);
}

/* ---- the rows that come first --------------------------------------------------- */

/**
 * struct reading - a report under way
 * @p: the report; its rows are a heap with the last of them on top
 * @max: rows that there is room for
 * @no_memory: there was none for a row
 */
struct reading {
	struct mappers *p;
	size_t max;
	bool no_memory;
};

static void swap(struct mappers_row *a, struct mappers_row *b)
{
	struct mappers_row c = *a;

	*a = *b;
	*b = c;
}

static void sift_down(struct mappers *p, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= p->nr)
			return;
		if (child + 1 < p->nr && order(&p->rows[child + 1], &p->rows[child], p->sort) > 0)
			child++;
		if (order(&p->rows[child], &p->rows[i], p->sort) <= 0)
			return;
		swap(&p->rows[child], &p->rows[i]);
		i = child;
	}
}

static void sift_up(struct mappers *p, size_t i)
{
	while (i && order(&p->rows[i], &p->rows[(i - 1) / 2], p->sort) > 0) {
		swap(&p->rows[i], &p->rows[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static void free_row(struct mappers_row *r)
{
	free(r->comm);
	free(r->name);
}

static bool make_room(struct reading *r)
{
	size_t max = r->max ? 2 * r->max : 64;
	struct mappers_row *rows;

	if (r->p->nr < r->max)
		return true;
	rows = reallocarray(r->p->rows, max, sizeof(*rows));
	if (!rows)
		return false;
	r->p->rows = rows;
	r->max = max;
	return true;
}

/* Keeps a row, if it is one of those that come first; its strings are copied then. */
static void keep(struct reading *r, const struct mappers_row *row)
{
	struct mappers *p = r->p;
	struct mappers_row copy = *row;
	bool full = p->nr == p->top;

	if (full && order(row, &p->rows[0], p->sort) >= 0)
		return;
	copy.comm = strdup(row->comm);
	copy.name = row->name ? strdup(row->name) : NULL;
	if (!copy.comm || (row->name && !copy.name) || (!full && !make_room(r))) {
		free_row(&copy);
		r->no_memory = true;
		return;
	}
	if (full) {
		free_row(&p->rows[0]);
		p->rows[0] = copy;
		sift_down(p, 0);
	} else {
		p->rows[p->nr] = copy;
		sift_up(p, p->nr++);
	}
}

static void take_mapping(const struct pagemap_process *process, const struct pagemap_mapping *m,
			 const struct pghot_mapped_sum *sum, void *data)
{
	struct reading *r = data;
	struct mappers_row row = {
		.pid = process->pid,
		.comm = (char *)process->comm,
		.start = m->start,
		.end = m->end,
		.name = (char *)m->name,
		.complete = true,
		.sum = *sum,
	};

	if (!size_of(sum))
		return;
	r->p->nr_mappings++;
	memcpy(row.perms, m->perms, sizeof(row.perms));
	if (r->p->mappings)
		keep(r, &row);
}

static void take_process(const struct pagemap_process *process, const struct pghot_mapped_sum *sum,
			 bool complete, void *data)
{
	struct reading *r = data;
	struct mappers_row row = {
		.pid = process->pid,
		.comm = (char *)process->comm,
		.complete = complete,
		.sum = *sum,
	};

	/* Threads of the kernel, for the most part. */
	if (!size_of(sum))
		return;
	r->p->nr_processes++;
	pghot_mapped_add(&r->p->total, sum);
	if (!r->p->mappings)
		keep(r, &row);
}

static const struct pghot_mapped_ops take_ops = {
	.mapping = take_mapping,
	.process = take_process,
};

/* ---- all of it ------------------------------------------------------------------ */

int mappers_read(struct mappers *p, struct ctx *ctx)
{
	struct walk_whose whose = { .cgroup = p->cgroup, .pid = p->pid, .nid = p->nid };
	struct pghot_frames *frames = NULL;
	struct reading r = { .p = p };
	struct stop stop;
	int ret = stop_catch(&stop, ctx);

	if (ret)
		return ret;
	ret = walk_records(ctx, &stop, &p->hot_from, &frames);
	if (!ret) {
		p->page_size = ctx->out.page_size;
		p->records = pghot_frames_records(frames);
		for (int side = 0; side < PGHOT_SIDES; side++)
			p->tracked[side] = pghot_frames_tracked(frames, (enum pghot_side)side);
		ret = walk_mapped(ctx, &stop, &whose, frames, &take_ops, &r, &p->status);
	}
	p->stopped = stop.asked;
	stop_release(&stop);
	pghot_frames_free(frames);
	if (!ret && r.no_memory)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	if (p->nr)
		qsort_r(p->rows, p->nr, sizeof(*p->rows), by_order, &p->sort);
	return ret;
}

void mappers_free(struct mappers *p)
{
	for (size_t i = 0; i < p->nr; i++)
		free_row(&p->rows[i]);
	free(p->rows);
}

double mappers_share(const struct mappers *p, const struct pghot_mapped_sum *sum)
{
	double fast = (double)sum->freq[PGHOT_SIDE_FAST], slow = (double)sum->freq[PGHOT_SIDE_SLOW];

	return p->tracked[PGHOT_SIDE_FAST] && fast + slow > 0 ? fast / (fast + slow) : -1;
}
