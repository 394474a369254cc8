// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/join.h"
#include "mapped.h"
#include "spans.h"

/**
 * struct join - processes joined with records
 * @frames: what is known of page frames, NULL before that is wanted
 * @walk: the walk, NULL when there is none
 * @s: sample that it is for
 * @err: why it cannot go on
 */
struct join {
	struct pghot_frames *frames;
	struct pghot_mapped *walk;
	struct sample *s;
	int err;
};

struct join *join_new(void)
{
	return calloc(1, sizeof(struct join));
}

static void forget(struct join *j)
{
	pghot_mapped_free(j->walk);
	pghot_frames_free(j->frames);
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

int join_walk(struct join *j, const char *proc, const char *cgroup, struct sample *s)
{
	static const struct pghot_mapped_ops processes = { .process = take_process };
	static const struct pghot_mapped_ops mappings = { .mapping = take_mapping };
	const struct query *q = &s->query;
	bool of_one = view_rows(q->view) == ROW_MAPPING;

	j->s = s;
	s->owners.hot_from = (uint32_t)sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD,
						    PGHOT_FREQ_THRESHOLD_DEFAULT);
	j->walk = pghot_mapped_start(proc, q->pid ? NULL : cgroup, q->pid, q->nid, j->frames,
				     of_one ? &mappings : &processes, j);
	return j->walk ? 0 : -ENOMEM;
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
