// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/sample.h"
#include "printable.h"

static const struct view_name view_names[NR_VIEWS] = {
	[VIEW_QUEUE] = { "queue", "Queue", "pages that wait for promotion, hottest first" },
	[VIEW_RECORDS] = { "records", "Records", "pages that pghot tracks, hottest first" },
	[VIEW_PROMOTED] = { "promotions", "Promotions", "the latest promotions, latest first" },
	[VIEW_CGROUPS] = { "cgroups", "Cgroups", "whose memory is hot, as a tree" },
	[VIEW_PROCESSES] = { "processes", "Processes", "the same by process" },
	[VIEW_MAPPINGS] = { "mappings", "Mappings", "the same by mapping of a process" },
};

static const struct row_name row_names[NR_ROW_KINDS] = {
	[ROW_PAGE] = { "page", "pages" },
	[ROW_CGROUP] = { "cgroup", "cgroups" },
	[ROW_PROCESS] = { "process", "processes" },
	[ROW_MAPPING] = { "mapping", "mappings" },
};

const struct view_name *view_name(enum view view)
{
	return &view_names[view];
}

enum row_kind view_rows(enum view view)
{
	switch (view) {
	case VIEW_CGROUPS:
		return ROW_CGROUP;
	case VIEW_PROCESSES:
		return ROW_PROCESS;
	case VIEW_MAPPINGS:
		return ROW_MAPPING;
	default:
		return ROW_PAGE;
	}
}

const struct row_name *row_name(enum row_kind kind)
{
	return &row_names[kind];
}

char *view_list(char *buf, size_t size)
{
	size_t used = 0;

	for (int v = 0; v < NR_VIEWS && used < size; v++)
		used += snprintf(buf + used, size - used, "%s%s",
				 !v		     ? ""
				 : v == NR_VIEWS - 1 ? " and "
						     : ", ",
				 view_names[v].name);
	return buf;
}

static void free_cgroups(struct sample *s)
{
	for (size_t i = 0; i < s->nr_cgroups; i++) {
		free(s->cgroups[i].path);
		free(s->cgroups[i].shown);
	}
	s->nr_cgroups = 0;
}

void sample_clear(struct sample *s)
{
	struct sample empty = {
		.surroundings = PGHOT_SURROUNDINGS_UNKNOWN,
		.nodes = s->nodes,
		.max_nodes = s->max_nodes,
		.entries = s->entries,
		.max_entries = s->max_entries,
		.cgroups = s->cgroups,
		.max_cgroups = s->max_cgroups,
		.owners = s->owners,
		.spans = s->spans,
		.max_spans = s->max_spans,
		.heat = s->heat,
	};

	free_cgroups(s);
	heat_clear(&empty.heat);
	owners_clear(&empty.owners);
	*s = empty;
}

void sample_release(struct sample *s)
{
	free_cgroups(s);
	free(s->nodes);
	free(s->entries);
	free(s->cgroups);
	free(s->spans);
	heat_release(&s->heat);
	owners_release(&s->owners);
	memset(s, 0, sizeof(*s));
}

/* Room for one more in an array that doubles. */
static int make_room(void **array, size_t nr, size_t *max, size_t size)
{
	size_t want = *max ? *max * 2 : 16;
	void *p;

	if (nr < *max)
		return 0;
	p = reallocarray(*array, want, size);
	if (!p)
		return -ENOMEM;
	*array = p;
	*max = want;
	return 0;
}

int sample_add_node(struct sample *s, const struct pghot_node *node)
{
	void *array = s->nodes;
	size_t pos = s->nr_nodes;
	int err = make_room(&array, s->nr_nodes, &s->max_nodes, sizeof(*node));

	s->nodes = array;
	if (err)
		return err;
	while (pos && s->nodes[pos - 1].nid > node->nid)
		pos--;
	memmove(&s->nodes[pos + 1], &s->nodes[pos], (s->nr_nodes - pos) * sizeof(*node));
	s->nodes[pos] = *node;
	s->nr_nodes++;
	return 0;
}

int sample_add_entry(struct sample *s, const struct pghot_entry *e)
{
	void *array = s->entries;
	int err = make_room(&array, s->nr_entries, &s->max_entries, sizeof(*e));

	s->entries = array;
	if (!err)
		s->entries[s->nr_entries++] = *e;
	return err;
}

int sample_add_span(struct sample *s, const struct pghot_span *span)
{
	void *array = s->spans;
	int err = make_room(&array, s->nr_spans, &s->max_spans, sizeof(*span));

	s->spans = array;
	if (!err)
		s->spans[s->nr_spans++] = *span;
	return err;
}

/* Where @ino is among the cgroups, or where it belongs. */
static size_t cgroup_pos(const struct sample *s, uint64_t ino)
{
	size_t lo = 0, hi = s->nr_cgroups;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->cgroups[mid].ino < ino)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static int add_cgroup(struct sample *s, size_t pos, uint64_t ino, const char *path)
{
	struct cgroup_name cg = { .ino = ino };
	void *array = s->cgroups;
	int err = make_room(&array, s->nr_cgroups, &s->max_cgroups, sizeof(cg));

	s->cgroups = array;
	if (err)
		return err;
	if (path) {
		size_t size = strlen(path) * PGHOT_PRINTABLE_MAX + 1;

		cg.path = strdup(path);
		cg.shown = malloc(size);
		if (!cg.path || !cg.shown) {
			free(cg.path);
			free(cg.shown);
			return -ENOMEM;
		}
		pghot_printable(cg.shown, size, path);
	}
	memmove(&s->cgroups[pos + 1], &s->cgroups[pos], (s->nr_cgroups - pos) * sizeof(cg));
	s->cgroups[pos] = cg;
	s->nr_cgroups++;
	return 0;
}

int sample_add_cgroup(struct sample *s, uint64_t ino, const char *path)
{
	size_t pos = cgroup_pos(s, ino);

	if (pos < s->nr_cgroups && s->cgroups[pos].ino == ino)
		return 0;
	return add_cgroup(s, pos, ino, path);
}

int sample_name_cgroups(struct sample *s, const char *(*path)(void *ctx, uint64_t ino), void *ctx)
{
	for (size_t i = 0; i < s->nr_entries; i++) {
		uint64_t ino = s->entries[i].cgroup_ino;
		size_t pos = cgroup_pos(s, ino);
		int err;

		if (!ino || (pos < s->nr_cgroups && s->cgroups[pos].ino == ino))
			continue;
		/* One without a path is noted too: it is asked for once. */
		err = add_cgroup(s, pos, ino, path(ctx, ino));
		if (err)
			return err;
	}
	return 0;
}

const struct cgroup_name *sample_cgroup(const struct sample *s, uint64_t ino)
{
	size_t pos = cgroup_pos(s, ino);

	if (pos == s->nr_cgroups || s->cgroups[pos].ino != ino || !s->cgroups[pos].path)
		return NULL;
	return &s->cgroups[pos];
}

const struct pghot_node *sample_node(const struct sample *s, int nid)
{
	for (size_t i = 0; i < s->nr_nodes; i++)
		if ((int)s->nodes[i].nid == nid)
			return &s->nodes[i];
	return NULL;
}

int64_t sample_param(const struct sample *s, unsigned int attr, int64_t fallback)
{
	return pghot_has(s->params.present, attr) ? s->params.value[attr] : fallback;
}

/* All that depends on the query. */
static void copy_entries(struct sample *to, const struct sample *from)
{
	to->query = from->query;
	to->entries_error = from->entries_error;
	to->page_known = from->page_known;
	to->page_found = from->page_found;
	to->page = from->page;
	to->explained = from->explained;
	to->explain_error = from->explain_error;
	to->explanation = from->explanation;
	to->entries = from->entries;
	to->nr_entries = from->nr_entries;
	to->max_entries = from->max_entries;
	to->cut = from->cut;
	to->cgroups = from->cgroups;
	to->nr_cgroups = from->nr_cgroups;
	to->max_cgroups = from->max_cgroups;
	to->owners = from->owners;
	to->owners_ns = from->owners_ns;
	to->denied = from->denied;
	to->spans = from->spans;
	to->nr_spans = from->nr_spans;
	to->max_spans = from->max_spans;
	to->heat_error = from->heat_error;
	to->heat = from->heat;
}

void sample_take_entries(struct sample *s, struct sample *from)
{
	struct sample old = *s;

	copy_entries(s, from);
	copy_entries(from, &old);
}

bool sample_complete(const struct sample *s)
{
	return !s->cut && s->nr_entries < s->query.limit;
}

void sample_set_info(struct sample *s, const struct pghot_info *info)
{
	s->version = info->version;
	s->page_size = info->page_size;
	s->memory_bytes = info->memory_bytes;
	s->running = info->running;
}

void sample_add_source(struct sample *s, const struct pghot_source *src)
{
	if (s->nr_sources < PGHOT_SOURCES_MAX)
		s->sources[s->nr_sources++] = *src;
}

int sample_begin_heat(struct sample *s)
{
	const struct heat_range *want = &s->query.range;
	int err = heat_prepare(&s->heat, want, s->spans, s->nr_spans);

	if (err == -ENOENT)
		pghot_error_set(&s->heat_error, ENOENT,
				"it is not known where the memory of node %d lies", want->nid);
	return err;
}
