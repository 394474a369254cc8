// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * replay.c - samples of a recording
 *
 * What was recorded is answers to other questions than those of the screen: more
 * pages, of all nodes. So the selection that the kernel makes for a live view is
 * made here.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "data/entry.h"
#include "data/replay.h"

/**
 * struct replay - a recording that is shown
 * @p: where in it
 * @s: sample under way, NULL when there is none
 * @limit: that the dump under way was recorded with, 0 for none
 * @seen: entries of it so far
 * @model: large structures, off the stack
 */
struct replay {
	struct player p;
	struct sample *s;
	uint32_t limit;
	uint64_t seen;
	union {
		struct pghot_info info;
		struct pghot_source source;
		struct pghot_node node;
	} model;
};

static const uint8_t commands[NR_VIEWS] = {
	[VIEW_CGROUPS] = PGHOT_CMD_RECORD_GET,
	[VIEW_QUEUE] = PGHOT_CMD_HEAP_GET,
	[VIEW_RECORDS] = PGHOT_CMD_RECORD_GET,
	[VIEW_PROMOTED] = PGHOT_CMD_PROMOTED_GET,
};

int replay_open(void **ctx, struct pghot_recording *rec)
{
	struct replay *r = calloc(1, sizeof(*r));

	if (!r) {
		pghot_recording_close(rec);
		return -ENOMEM;
	}
	player_init(&r->p, rec);
	*ctx = r;
	return 0;
}

static int take_state(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct replay *r = data;
	struct sample *s = r->s;
	int err = 0;

	switch (cmd) {
	case PGHOT_CMD_INFO_GET:
		err = pghot_decode_info(attrs, len, &r->model.info);
		if (!err)
			sample_set_info(s, &r->model.info);
		break;
	case PGHOT_CMD_PARAM_GET:
		err = pghot_decode_params(attrs, len, &s->params);
		break;
	case PGHOT_CMD_NODE_GET:
		err = pghot_decode_node(attrs, len, &r->model.node);
		/* Nobody has more; and one node twice is somebody's joke. */
		if (!err &&
		    (s->nr_nodes == PGHOT_NODES_MAX || r->model.node.nid >= PGHOT_NODES_MAX ||
		     sample_node(s, (int)r->model.node.nid)))
			err = -EBADMSG;
		if (!err)
			err = sample_add_node(s, &r->model.node);
		break;
	case PGHOT_CMD_SOURCE_GET:
		err = pghot_decode_source(attrs, len, &r->model.source);
		if (!err)
			sample_add_source(s, &r->model.source);
		break;
	case PGHOT_CMD_STATS_GET:
		err = pghot_decode_stats(attrs, len, &s->stats);
		break;
	default:
		/* What a later version of the family has to say. */
		break;
	}
	return err;
}

/* As the kernel's dumps understand their node. */
static bool selected(const struct sample *s, const struct pghot_entry *e, uint32_t heap)
{
	const struct query *q = &s->query;

	if (q->min_freq && q->view != VIEW_PROMOTED && e->freq < q->min_freq)
		return false;
	if (q->pfns && (e->pfn < q->pfn_first || e->pfn > q->pfn_last))
		return false;
	if (q->nid == ALL_NODES)
		return true;
	switch (q->view) {
	case VIEW_QUEUE:
		return (int)heap == q->nid;
	case VIEW_CGROUPS:
		/* All of what could be promoted to a fast one. */
		if (sample_node(s, q->nid) && sample_node(s, q->nid)->toptier)
			return true;
		return e->nid == q->nid;
	case VIEW_RECORDS:
		return e->nid == q->nid;
	default:
		return e->nid == q->nid || e->target_nid == q->nid;
	}
}

static int take_entries(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct replay *r = data;
	struct pghot_entries part;
	struct pghot_entry e;
	int err = pghot_decode_entries(attrs, len, &part);

	(void)cmd;
	if (!err)
		r->seen += part.count;
	for (size_t i = 0; !err && i < part.count; i++) {
		pghot_entry_at(&part, i, &e);
		if (selected(r->s, &e, part.nid))
			err = sample_add_entry(r->s, &e);
	}
	return err;
}

static int take_heat(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct replay *r = data;
	struct pghot_entries part;
	struct pghot_entry e;
	int err = pghot_decode_entries(attrs, len, &part);

	(void)cmd;
	for (size_t i = 0; !err && i < part.count; i++) {
		pghot_entry_at(&part, i, &e);
		heat_add(&r->s->heat, &e);
	}
	return err;
}

static int take_request(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct replay *r = data;
	const struct nlattr *attr;

	(void)cmd;
	r->limit = 0;
	r->seen = 0;
	mnl_attr_for_each_payload(attrs, len) {
		if (mnl_attr_get_type(attr) == PGHOT_A_DUMP_LIMIT &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
			r->limit = mnl_attr_get_u32(attr);
	}
	return 0;
}

static int take_cgroup(uint64_t ino, const char *path, void *data)
{
	struct replay *r = data;

	return sample_add_cgroup(r->s, ino, path);
}

static int take_span(const struct pghot_span *span, void *data)
{
	struct replay *r = data;

	return sample_add_span(r->s, span);
}

static int by_heat(const void *a, const void *b)
{
	return entry_hotter(a, b);
}

static const char *recorded_path(void *ctx, uint64_t ino)
{
	const struct cgroup_name *cg = sample_cgroup(ctx, ino);

	return cg ? cg->path : NULL;
}

/* What the kernel would add up, of the records that there are. */
static int add_owners(struct sample *s)
{
	struct owners *o = &s->owners;
	int err = 0;

	o->hot_from = (uint32_t)sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD,
					     PGHOT_FREQ_THRESHOLD_DEFAULT);
	for (size_t i = 0; !err && i < s->nr_entries; i++) {
		const struct pghot_entry *e = &s->entries[i];
		uint64_t pages = e->order < 32 ? 1ULL << e->order : 0;
		bool hot = e->freq >= o->hot_from;

		/* A frequency of 0 is none. */
		if (e->freq)
			err = owners_add(o, e->cgroup_ino, hot ? pages : 0, hot ? 0 : pages);
	}
	s->nr_entries = 0;
	return err ? err : owners_finish(o, recorded_path, s);
}

static int read_pages(struct replay *r)
{
	struct sample *s = r->s;
	struct pghot_error error;
	int err;

	/* Their page tables are of the machine that is gone. */
	if (row_is_owner(view_rows(s->query.view)) && view_rows(s->query.view) != ROW_CGROUP) {
		pghot_error_set(&s->entries_error, EOPNOTSUPP, "recordings have no processes");
		return 0;
	}
	err = pghot_recording_dump(r->p.rec, r->p.pos, commands[s->query.view], take_request,
				   take_entries, r, &s->entries_error);
	if (err == -ENOMEM)
		return err;
	if (err) {
		s->entries_error.errnum = -err;
		s->nr_entries = 0;
		return 0;
	}
	s->cut = r->limit && r->seen >= r->limit;
	if (view_rows(s->query.view) == ROW_PAGE && s->query.view != VIEW_PROMOTED && s->nr_entries)
		qsort(s->entries, s->nr_entries, sizeof(s->entries[0]), by_heat);
	if (s->nr_entries > s->query.limit)
		s->nr_entries = s->query.limit;
	/* Without paths pages are worth showing still. */
	err = pghot_recording_cgroups(r->p.rec, r->p.pos, take_cgroup, r, &error);
	if (err != -ENOMEM)
		err = view_rows(s->query.view) == ROW_CGROUP ? add_owners(s) : 0;
	return err;
}

static int read_heat(struct replay *r)
{
	struct sample *s = r->s;
	int err;

	err = pghot_recording_spans(r->p.rec, r->p.pos, take_span, r, &s->heat_error);
	if (!err || err == -ENODATA) {
		s->heat_error = (struct pghot_error){ 0 };
		err = sample_begin_heat(s);
	}
	if (!err)
		err = pghot_recording_dump(r->p.rec, r->p.pos, PGHOT_CMD_RECORD_GET, take_request,
					   take_heat, r, &s->heat_error);
	if (err) {
		s->heat_error.errnum = -err;
		heat_clear(&s->heat);
	}
	s->heat.limit = r->limit;
	return err == -ENOMEM ? err : 0;
}

static void replay_begin(void *ctx, const struct query *query, struct sample *s)
{
	struct replay *r = ctx;

	sample_clear(s);
	s->query = *query;
	r->s = s;
}

static int replay_step(void *ctx)
{
	struct replay *r = ctx;
	struct sample *s = r->s;
	const struct pghot_rec_time *time = pghot_recording_time(r->p.rec, r->p.pos);
	int err;

	if (!s)
		return COLLECT_DONE;
	err = pghot_recording_state(r->p.rec, r->p.pos, take_state, r, &s->error);
	if (!err && s->query.limit)
		err = read_pages(r);
	if (!err && s->query.heat)
		err = read_heat(r);
	if (err == -ENOMEM)
		pghot_error_set(&s->error, ENOMEM, "out of memory");

	s->state = err ? SAMPLE_FAILED : SAMPLE_OK;
	s->mono_ns = time->mono_ns;
	s->real_ms = time->real_ns / 1000000;
	s->wall_us = time->wall_us;
	s->cpu_us = time->cpu_us;
	s->recorded = r->p.pos + 1;
	s->recorded_of = r->p.nr;
	r->s = NULL;
	return COLLECT_DONE;
}

static int replay_fd(void *ctx)
{
	(void)ctx;
	return -1;
}

static void replay_cancel(void *ctx)
{
	struct replay *r = ctx;

	r->s = NULL;
}

static void replay_close(void *ctx)
{
	struct replay *r = ctx;

	if (!r)
		return;
	pghot_recording_close(r->p.rec);
	free(r);
}

static struct player *replay_player(void *ctx)
{
	struct replay *r = ctx;

	return &r->p;
}

int replay_catch_up(struct player *p, const struct collector_ops *ops, void *ctx, struct model *m,
		    struct sample *s)
{
	const struct query q = { .nid = ALL_NODES };
	size_t to = p->pos;
	int err = 0;

	model_forget(m);
	p->jumped = false;
	p->pos = to > HISTORY_LEN ? to - HISTORY_LEN : 0;
	for (; !err && p->pos < to; p->pos++) {
		ops->begin(ctx, &q, s);
		while (ops->step(ctx) == COLLECT_MORE)
			;
		err = model_accept(m, s);
	}
	p->pos = to;
	return err;
}

char *replay_damage(const struct pghot_recording *rec, char *buf, size_t size)
{
	const struct pghot_recording_info *info = pghot_recording_info(rec);

	switch (info->damage) {
	case PGHOT_DAMAGE_CUT:
		snprintf(buf, size,
			 "the recording ends in the middle of a sample, after %zu whole ones",
			 info->samples);
		return buf;
	case PGHOT_DAMAGE_CORRUPT:
		snprintf(buf, size,
			 "the recording is damaged at byte %" PRIu64
			 "; %zu samples before that can be shown",
			 info->damage_at, info->samples);
		return buf;
	default:
		return NULL;
	}
}

const struct collector_ops replay_collector = {
	.open = NULL,
	.begin = replay_begin,
	.step = replay_step,
	.fd = replay_fd,
	.cancel = replay_cancel,
	.close = replay_close,
	.player = replay_player,
};
