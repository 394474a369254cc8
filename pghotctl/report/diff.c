// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/diff.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"

/* A cgroup of a sample. */
struct named {
	uint64_t ino;
	char *path;
};

/* A hot page of the first sample. */
struct hot_page {
	uint64_t pfn;
	size_t group; /* number + 1, 0 when the slot is free or the page is dealt with */
	uint64_t pages;
	bool used;
};

/**
 * struct comparing - work on a diff
 * @d: it
 * @names: cgroups of the sample, by inode number
 * @nr_names: how many
 * @max_names: room
 * @pages: hot pages of the first sample: open addressing by page frame
 * @nr_pages: how many
 * @max_pages: slots, a power of two
 * @second: it is the second sample
 * @records: that it has
 */
struct comparing {
	struct diff *d;
	struct named *names;
	size_t nr_names, max_names;
	struct hot_page *pages;
	size_t nr_pages, max_pages;
	bool second;
	uint64_t records;
};

static uint64_t mix(uint64_t v)
{
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	return v ^ v >> 27;
}

/* ---- cgroups of a sample ------------------------------------------------------ */

static int by_ino(const void *a, const void *b)
{
	uint64_t x = ((const struct named *)a)->ino, y = ((const struct named *)b)->ino;

	return x < y ? -1 : x > y;
}

static int take_name(uint64_t ino, const char *path, void *data)
{
	struct comparing *c = data;
	struct named *name;

	if (c->nr_names == c->max_names) {
		size_t max = c->max_names ? 2 * c->max_names : 64;
		struct named *names = reallocarray(c->names, max, sizeof(*names));

		if (!names)
			return -ENOMEM;
		c->names = names;
		c->max_names = max;
	}
	name = &c->names[c->nr_names];
	name->ino = ino;
	name->path = strdup(path);
	if (!name->path)
		return -ENOMEM;
	c->nr_names++;
	return 0;
}

static void forget_names(struct comparing *c)
{
	for (size_t i = 0; i < c->nr_names; i++)
		free(c->names[i].path);
	c->nr_names = 0;
}

static const char *name_of(const struct comparing *c, uint64_t ino)
{
	const struct named key = { .ino = ino }, *found = NULL;

	if (c->nr_names)
		found = bsearch(&key, c->names, c->nr_names, sizeof(key), by_ino);
	return found ? found->path : NULL;
}

/* ---- groups ------------------------------------------------------------------- */

/* By path: inode numbers of another boot are of other cgroups. */
static uint64_t hash_of(const char *cgroup, uint64_t ino, uint32_t nid, const char *type)
{
	uint64_t h = mix(nid + 1) ^ (uint64_t)type[0] << 8 ^ (uint64_t)type[1];

	if (!cgroup)
		return mix(h ^ ino);
	for (; *cgroup; cgroup++)
		h = (h ^ (uint8_t)*cgroup) * 0x100000001b3ULL;
	return mix(h);
}

static bool is_group(const struct diff_group *g, const char *cgroup, uint64_t ino, uint32_t nid,
		     const char *type)
{
	if (g->nid != nid || strcmp(g->type, type) != 0 || !g->cgroup != !cgroup)
		return false;
	return cgroup ? !strcmp(g->cgroup, cgroup) : g->ino == ino;
}

static size_t *slot_of(const struct diff *d, const char *cgroup, uint64_t ino, uint32_t nid,
		       const char *type)
{
	size_t i = (size_t)hash_of(cgroup, ino, nid, type) & (d->nr_slots - 1);

	while (d->slots[i] && !is_group(&d->groups[d->slots[i] - 1], cgroup, ino, nid, type))
		i = (i + 1) & (d->nr_slots - 1);
	return &d->slots[i];
}

static int more_groups(struct diff *d)
{
	size_t max = d->max ? 2 * d->max : 64;
	struct diff_group *groups = reallocarray(d->groups, max, sizeof(*groups));

	if (!groups)
		return -ENOMEM;
	d->groups = groups;
	d->max = max;
	free(d->slots);
	d->nr_slots = 2 * max;
	d->slots = calloc(d->nr_slots, sizeof(*d->slots));
	if (!d->slots)
		return -ENOMEM;
	for (size_t i = 0; i < d->nr; i++) {
		const struct diff_group *g = &groups[i];

		*slot_of(d, g->cgroup, g->ino, g->nid, g->type) = i + 1;
	}
	return 0;
}

/* Returns its number + 1, 0 without memory. */
static size_t group_of(struct comparing *c, const struct pghot_entry *e)
{
	const char *cgroup = name_of(c, e->cgroup_ino), *type = pghot_page_type(e->page_flags);
	struct diff *d = c->d;
	struct diff_group *g;
	size_t *slot;

	if (d->nr == d->max && more_groups(d))
		return 0;
	slot = slot_of(d, cgroup, e->cgroup_ino, e->nid, type);
	if (*slot)
		return *slot;
	g = &d->groups[d->nr];
	*g = (struct diff_group){ .ino = e->cgroup_ino, .nid = e->nid, .type = type };
	if (cgroup) {
		g->cgroup = strdup(cgroup);
		if (!g->cgroup)
			return 0;
	}
	*slot = ++d->nr;
	return *slot;
}

/* ---- pages -------------------------------------------------------------------- */

static struct hot_page *page_slot(const struct comparing *c, uint64_t pfn)
{
	size_t i = (size_t)mix(pfn) & (c->max_pages - 1);

	while (c->pages[i].used && c->pages[i].pfn != pfn)
		i = (i + 1) & (c->max_pages - 1);
	return &c->pages[i];
}

static int more_pages(struct comparing *c)
{
	struct comparing more = { .max_pages = c->max_pages ? 2 * c->max_pages : 1024 };

	more.pages = calloc(more.max_pages, sizeof(*more.pages));
	if (!more.pages)
		return -ENOMEM;
	for (size_t i = 0; i < c->max_pages; i++) {
		if (c->pages[i].used)
			*page_slot(&more, c->pages[i].pfn) = c->pages[i];
	}
	free(c->pages);
	c->pages = more.pages;
	c->max_pages = more.max_pages;
	return 0;
}

static int take_record(const struct pghot_entry *e, uint32_t nid, void *data)
{
	uint64_t pages = 1ULL << (e->order < 32 ? e->order : 0);
	struct comparing *c = data;
	struct hot_page *page;
	size_t group;

	(void)nid;
	c->records++;
	if (!(e->state & PGHOT_ENTRY_STATE_HOT))
		return 0;
	group = group_of(c, e);
	if (!group || (2 * c->nr_pages >= c->max_pages && more_pages(c)))
		return -ENOMEM;
	page = page_slot(c, e->pfn);
	if (c->second) {
		c->d->groups[group - 1].after += pages;
		/* A folio may have been split or put together meanwhile. */
		if (page->used && page->group == group)
			c->d->groups[group - 1].stayed += pages < page->pages ? pages : page->pages;
		/* Somebody's joke may have it twice. */
		page->group = 0;
		return 0;
	}
	if (page->used)
		return 0;
	*page = (struct hot_page){ .pfn = e->pfn, .group = group, .pages = pages, .used = true };
	c->nr_pages++;
	c->d->groups[group - 1].before += pages;
	return 0;
}

/* ---- both --------------------------------------------------------------------- */

static int read_sample(struct comparing *c, struct pghot_recording *rec, size_t i,
		       struct diff_side *side, struct sample_state *state, struct pghot_error *err)
{
	uint32_t limit = 0;
	int ret;

	c->records = 0;
	forget_names(c);
	ret = pghot_recording_cgroups(rec, i, take_name, c, err);
	if (ret && ret != -ENODATA)
		return ret;
	if (c->nr_names)
		qsort(c->names, c->nr_names, sizeof(*c->names), by_ino);
	ret = sample_records(rec, i, &limit, take_record, c, err);
	if (!ret)
		ret = sample_state_read(rec, i, state, err);
	if (ret)
		return ret;
	side->real_ns = pghot_recording_time(rec, i)->real_ns;
	side->limit = limit && c->records >= limit ? limit : 0;
	side->promoted = state->stats.promoted;
	if (state->info.page_size)
		c->d->page_size = state->info.page_size;
	return 0;
}

static int read_side(struct comparing *c, struct ctx *ctx, const char *path, struct diff_side *side,
		     struct sample_state *state)
{
	struct pghot_recording *rec;
	struct pghot_error err = { 0 };
	int ret = sample_open(ctx, path, &rec);
	size_t i;

	if (ret)
		return ret;
	side->path = path;
	snprintf(side->kernel, sizeof(side->kernel), "%s", pghot_recording_info(rec)->kernel);
	/* The last one that has any. */
	i = pghot_recording_info(rec)->samples;
	do {
		ret = read_sample(c, rec, --i, side, state, &err);
	} while (i && ret && ret != -EBADMSG && ret != -ENOMEM && !c->records);
	pghot_recording_close(rec);
	return ret ? sample_failed(ctx, path, ret, &err) : STATUS_OK;
}

int diff_read(struct diff *d, struct ctx *ctx, const char *a, const char *b)
{
	struct sample_state *state = sample_state_new();
	struct comparing c = { .d = d };
	int ret;

	d->page_size = 4096;
	if (state) {
		ret = read_side(&c, ctx, a, &d->side[0], state);
		c.second = true;
		if (!ret)
			ret = read_side(&c, ctx, b, &d->side[1], state);
	} else {
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}
	forget_names(&c);
	free(c.names);
	free(c.pages);
	sample_state_free(state);
	return ret;
}

void diff_free(struct diff *d)
{
	for (size_t i = 0; i < d->nr; i++)
		free(d->groups[i].cgroup);
	free(d->groups);
	free(d->slots);
	*d = (struct diff){ 0 };
}

/* ---- order -------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct diff_group *x = a, *y = b;
	int ret = strcmp(x->cgroup ? x->cgroup : "", y->cgroup ? y->cgroup : "");

	if (ret)
		return ret;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	if (x->nid != y->nid)
		return x->nid < y->nid ? -1 : 1;
	return strcmp(x->type, y->type);
}

static int falling(uint64_t x, uint64_t y, const void *a, const void *b)
{
	return x > y ? -1 : x < y ? 1 : by_name(a, b);
}

static int by_hot(const void *a, const void *b)
{
	return falling(diff_became_hot(a), diff_became_hot(b), a, b);
}

static int by_cold(const void *a, const void *b)
{
	return falling(diff_went_cold(a), diff_went_cold(b), a, b);
}

static int by_change(const void *a, const void *b)
{
	return falling(diff_became_hot(a) + diff_went_cold(a),
		       diff_became_hot(b) + diff_went_cold(b), a, b);
}

void diff_sort(struct diff *d, enum diff_sort by)
{
	static int (*const orders[])(const void *, const void *) = {
		[DIFF_BY_CHANGE] = by_change,
		[DIFF_BY_HOT] = by_hot,
		[DIFF_BY_COLD] = by_cold,
		[DIFF_BY_CGROUP] = by_name,
	};

	if (d->nr)
		qsort(d->groups, d->nr, sizeof(*d->groups), orders[by]);
	/* They are elsewhere now. */
	free(d->slots);
	d->slots = NULL;
	d->nr_slots = 0;
}
