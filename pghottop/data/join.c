// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/join.h"
#include "mapped.h"
#include "spans.h"

/**
 * struct hot_page - a page of the mapping that is looked at
 * @pfn: first page frame of its folio
 * @freq: frequency
 */
struct hot_page {
	uint64_t pfn;
	unsigned int freq;
};

/**
 * struct join - processes joined with records
 * @frames: what is known of page frames, NULL before that is wanted
 * @walk: the walk, NULL when there is none
 * @s: sample that it is for
 * @err: why it cannot go on
 * @nr_pages: pages found
 * @pages: room for twice the limit of the query; the hottest when it is full
 */
struct join {
	struct pghot_frames *frames;
	struct pghot_mapped *walk;
	struct sample *s;
	int err;
	size_t nr_pages;
	struct hot_page *pages;
};

struct join *join_new(void)
{
	return calloc(1, sizeof(struct join));
}

static void forget(struct join *j)
{
	pghot_mapped_free(j->walk);
	pghot_frames_free(j->frames);
	free(j->pages);
	memset(j, 0, sizeof(*j));
}

void join_free(struct join *j)
{
	if (!j)
		return;
	forget(j);
	free(j);
}

struct pghot_frames *join_begin(struct join *j, const struct sample *s)
{
	forget(j);
	j->frames = pghot_frames_new((uint32_t)sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD,
							    PGHOT_FREQ_THRESHOLD_DEFAULT));
	for (size_t i = 0; j->frames && !j->err && i < s->nr_nodes; i++)
		j->err = pghot_frames_node(&s->nodes[i], j->frames);
	if (j->frames && !j->err)
		j->err = pghot_spans_read(NULL, pghot_frames_span, j->frames);
	if (j->err)
		forget(j);
	return j->frames;
}

static void add(struct join *j, const struct owner *key, const char *name,
		const struct pghot_mapped_sum *sum)
{
	struct owner own = *key;

	own.hot = own.own_hot = sum->pages[PGHOT_SIDE_SLOW][PGHOT_HEAT_HOT];
	own.warm = own.own_warm = sum->pages[PGHOT_SIDE_SLOW][PGHOT_HEAT_WARM];
	own.fast = pghot_mapped_pages(sum, PGHOT_SIDE_FAST);
	own.slow = pghot_mapped_pages(sum, PGHOT_SIDE_SLOW);
	own.shared = sum->shared;
	own.placed = true;
	/* As kernel threads, and what was never touched. */
	if (!j->err && own.fast + own.slow)
		j->err = owners_put(&j->s->owners, &own, name);
}

static void take_process(const struct pagemap_process *p, const struct pghot_mapped_sum *sum,
			 bool complete, void *data)
{
	const struct owner key = { .pid = p->pid };

	/* Part of one that ended says nothing of it. */
	if (complete)
		add(data, &key, p->comm, sum);
}

static void take_mapping(const struct pagemap_process *p, const struct pagemap_mapping *m,
			 const struct pghot_mapped_sum *sum, void *data)
{
	struct owner key = { .pid = p->pid, .start = m->start, .end = m->end };

	memcpy(key.perms, m->perms, sizeof(key.perms));
	add(data, &key, m->name, sum);
}

static int by_pfn(const void *a, const void *b)
{
	const struct hot_page *pa = a, *pb = b;

	return pa->pfn < pb->pfn ? -1 : pa->pfn > pb->pfn;
}

static int by_freq(const void *a, const void *b)
{
	const struct hot_page *pa = a, *pb = b;

	if (pa->freq != pb->freq)
		return pa->freq > pb->freq ? -1 : 1;
	return by_pfn(a, b);
}

/* Each once, and no more of them than are wanted. */
static void keep_hottest(struct join *j)
{
	size_t nr = 0;

	if (!j->nr_pages)
		return;
	qsort(j->pages, j->nr_pages, sizeof(j->pages[0]), by_pfn);
	for (size_t i = 1; i < j->nr_pages; i++)
		if (j->pages[i].pfn != j->pages[nr].pfn)
			j->pages[++nr] = j->pages[i];
	j->nr_pages = nr + 1;
	qsort(j->pages, j->nr_pages, sizeof(j->pages[0]), by_freq);
	if (j->nr_pages <= j->s->query.limit)
		return;
	j->nr_pages = j->s->query.limit;
	j->s->cut = true;
}

static void take_page(const struct pagemap_process *p, uint64_t addr, uint64_t pfn,
		      const struct pghot_frame *frame, void *data)
{
	struct join *j = data;
	const struct query *q = &j->s->query;
	uint64_t head = pfn & ~((1ULL << frame->order) - 1);

	(void)p;
	if (addr < q->start || addr >= q->end || !frame->freq)
		return;
	/* The next page of the same folio. */
	if (j->nr_pages && j->pages[j->nr_pages - 1].pfn == head)
		return;
	if (j->nr_pages == 2 * (size_t)q->limit)
		keep_hottest(j);
	j->pages[j->nr_pages++] = (struct hot_page){ head, frame->freq };
}

bool join_page_at(const struct join *j, size_t i, uint64_t *pfn)
{
	if (i >= j->nr_pages)
		return false;
	*pfn = j->pages[i].pfn;
	return true;
}

int join_walk(struct join *j, const char *proc, const char *cgroup, struct sample *s)
{
	static const struct pghot_mapped_ops processes = { .process = take_process };
	static const struct pghot_mapped_ops mappings = { .mapping = take_mapping };
	static const struct pghot_mapped_ops pages = { .page = take_page };
	static const struct pghot_mapped_ops *const ops[NR_ROW_KINDS] = {
		[ROW_PAGE] = &pages,
		[ROW_PROCESS] = &processes,
		[ROW_MAPPING] = &mappings,
	};
	const struct query *q = &s->query;
	enum row_kind kind = view_rows(q->view);

	j->s = s;
	s->owners.hot_from = (uint32_t)sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD,
						    PGHOT_FREQ_THRESHOLD_DEFAULT);
	j->walk = pghot_mapped_start(proc, q->pid ? NULL : cgroup, q->pid, q->nid, j->frames,
				     ops[kind], j);
	if (kind == ROW_PAGE)
		j->pages = reallocarray(NULL, 2 * (size_t)q->limit, sizeof(j->pages[0]));
	return j->walk && (j->pages || kind != ROW_PAGE) ? 0 : -ENOMEM;
}

int join_step(struct join *j, uint64_t budget_ns)
{
	const struct pagemap_status *st = pghot_mapped_status(j->walk);
	bool more = pghot_mapped_step(j->walk, budget_ns);
	int err = j->err ? j->err : -st->errnum;

	if (!err && st->hidden)
		err = -EPERM;
	if (err || more)
		return err ? err : 1;
	if (j->s->query.pid && (st->denied || st->gone || !st->processes))
		return st->denied ? -EACCES : -ESRCH;
	j->s->denied = st->denied;
	keep_hottest(j);
	return 0;
}

bool join_progress(const struct join *j, size_t *done, size_t *all)
{
	const struct pagemap_status *st;

	if (!j->walk)
		return false;
	st = pghot_mapped_status(j->walk);
	*done = st->done;
	*all = st->processes;
	return true;
}
