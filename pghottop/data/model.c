// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/model.h"

static struct node_track *find_node(struct model *m, uint32_t nid)
{
	for (size_t i = 0; i < m->nr_nodes; i++)
		if (m->nodes[i].node.nid == nid)
			return &m->nodes[i];
	return NULL;
}

const struct node_track *model_node(const struct model *m, int nid)
{
	for (size_t i = 0; i < m->nr_nodes; i++)
		if ((int)m->nodes[i].node.nid == nid)
			return &m->nodes[i];
	return NULL;
}

static int add_node(struct model *m, const struct pghot_node *node)
{
	struct node_track *nodes;
	size_t pos = m->nr_nodes;

	nodes = reallocarray(m->nodes, m->nr_nodes + 1, sizeof(*nodes));
	if (!nodes)
		return -ENOMEM;
	m->nodes = nodes;
	while (pos && nodes[pos - 1].node.nid > node->nid)
		pos--;
	memmove(&nodes[pos + 1], &nodes[pos], (m->nr_nodes - pos) * sizeof(*nodes));
	nodes[pos] = (struct node_track){
		.node = *node,
		.hot = RATE_UNKNOWN,
		/* The kernel's own of the last second will do for a start. */
		.promoted = node->promoted_per_sec,
		.failed = RATE_UNKNOWN,
		.dropped = RATE_UNKNOWN,
	};
	m->nr_nodes++;
	return 0;
}

static void update_node(struct node_track *t, const struct pghot_node *now, double seconds)
{
	const struct pghot_node *before = &t->node;

	if (seconds > 0) {
		t->hot = counter_rate(now->hot, before->hot, seconds);
		t->promoted = counter_rate(now->promoted, before->promoted, seconds);
		t->failed = counter_rate(pghot_failed_total(&now->failed),
					 pghot_failed_total(&before->failed), seconds);
		t->dropped = counter_rate(now->dropped, before->dropped, seconds);
	}
	t->node = *now;
}

static void remember(struct node_track *t)
{
	if (t->nr_history == HISTORY_LEN) {
		memmove(t->history, t->history + 1, (HISTORY_LEN - 1) * sizeof(t->history[0]));
		t->nr_history--;
	}
	t->history[t->nr_history++] = t->promoted;
}

/* New nodes first, for that can fail; then nothing else can. */
static int track_nodes(struct model *m, const struct sample *s, double seconds)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->nr_nodes; i++) {
		if (!find_node(m, s->nodes[i].nid)) {
			int err = add_node(m, &s->nodes[i]);

			if (err)
				return err;
		}
	}

	for (size_t i = 0; i < m->nr_nodes; i++) {
		struct node_track *t = &m->nodes[i];
		const struct pghot_node *now = sample_node(s, t->node.nid);

		/* Memory of a whole node went offline. */
		if (!now)
			continue;
		update_node(t, now, t->seen ? seconds : 0);
		t->seen = true;
		remember(t);
		if (kept != i)
			m->nodes[kept] = *t;
		kept++;
	}
	m->nr_nodes = kept;
	return 0;
}

static void track_sources(struct model *m, const struct sample *s, double seconds)
{
	struct source_track old[PGHOT_SOURCES_MAX];
	unsigned int nr_old = m->nr_sources;

	memcpy(old, m->sources, nr_old * sizeof(old[0]));
	m->nr_sources = s->nr_sources;
	for (unsigned int i = 0; i < s->nr_sources; i++) {
		struct source_track *t = &m->sources[i];

		t->src = s->sources[i];
		t->recorded = t->useful = RATE_UNKNOWN;
		for (unsigned int k = 0; k < nr_old && seconds > 0; k++) {
			if (old[k].src.id != t->src.id)
				continue;
			t->recorded = counter_rate(t->src.recorded, old[k].src.recorded, seconds);
			t->useful = counter_rate(t->src.useful, old[k].src.useful, seconds);
		}
	}
}

/* After a failure there are gaps in the counters. */
void model_forget(struct model *m)
{
	free(m->nodes);
	m->nodes = NULL;
	m->nr_nodes = 0;
	m->nr_sources = 0;
	m->prev_ns = 0;
}

static void swap_samples(struct sample *a, struct sample *b)
{
	struct sample tmp = *a;

	*a = *b;
	*b = tmp;
}

static void note_pages(struct model *m, const struct sample *s)
{
	if (!m->history)
		return;
	history_note(m->history, s);
	if (s->query.page && s->page_known && !s->page_found)
		history_gone(m->history, s->query.pfn, s->real_ms);
}

/* Moves are counted by whoever has the memory; what is seen only now and then has no rate. */
static void rate_owners(const struct model *m, struct sample *s)
{
	const struct sample *old = &m->sample;
	bool known = view_rows(s->query.view) == ROW_CGROUP && old->state == SAMPLE_OK &&
		     old->query.view == s->query.view && s->owners_ns > old->owners_ns;

	double seconds = known ? (s->owners_ns - old->owners_ns) / 1e9 : 0;

	if (seconds * 1e9 < MIN_RATE_NS)
		seconds = 0;
	owners_rates(&s->owners, known ? &old->owners : NULL, seconds);
}

int model_accept(struct model *m, struct sample *s)
{
	double seconds = 0;
	int err;

	if (s->state != SAMPLE_OK) {
		swap_samples(&m->sample, s);
		model_forget(m);
		return 0;
	}
	note_pages(m, s);
	rate_owners(m, s);
	if (s->query.entries_only) {
		if (m->sample.state == SAMPLE_OK)
			sample_take_entries(&m->sample, s);
		return 0;
	}

	if (m->prev_ns && s->mono_ns > m->prev_ns)
		seconds = (s->mono_ns - m->prev_ns) / 1e9;
	if (!m->prev_ns || s->mono_ns - m->prev_ns >= MIN_RATE_NS) {
		err = track_nodes(m, s, seconds);
		if (err)
			return err;
		track_sources(m, s, seconds);
		m->prev_ns = s->mono_ns;
	}
	swap_samples(&m->sample, s);
	return 0;
}

void model_release(struct model *m)
{
	sample_release(&m->sample);
	free(m->nodes);
	history_free(m->history);
	memset(m, 0, sizeof(*m));
}
