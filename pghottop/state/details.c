// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * details.c - one page, from every side: what a sample says of it, what the kernel
 * does, and the search for who maps it
 */
#include <stdio.h>
#include <string.h>

#include "data/kpage.h"
#include "state/details.h"

/* A turn of the search: no key waits longer. */
#define STEP_NS 5000000

static void read_page(struct details *d)
{
	uint64_t pfn = d->e.pfn;

	if (!d->host)
		return;
	d->flags_errnum = -kpage_read(d->host->proc, "kpageflags", pfn, &d->kflags);
	d->count_errnum = -kpage_read(d->host->proc, "kpagecount", pfn, &d->count);
}

static void note_cgroup(struct details *d, const struct model *m)
{
	const struct cgroup_name *cg = sample_cgroup(&m->sample, d->e.cgroup_ino);

	if (!cg)
		return;
	snprintf(d->cgroup, sizeof(d->cgroup), "%s", cg->path);
	snprintf(d->cgroup_shown, sizeof(d->cgroup_shown), "%s", cg->shown);
}

void details_open(struct details *d, const struct model *m, const struct pghot_entry *e)
{
	const struct host *host = d->host;

	details_close(d);
	memset(d, 0, sizeof(*d));
	d->host = host;
	d->e = *e;
	d->view = m->sample.query.view;
	note_cgroup(d, m);
	read_page(d);
	if (host)
		details_search(d, !*d->cgroup || !*host->cgroup);
}

void details_close(struct details *d)
{
	mapscan_free(d->scan);
	d->scan = NULL;
}

void details_update(struct details *d, const struct model *m)
{
	const struct sample *s = &m->sample;
	const struct pghot_entry *now = NULL;

	for (size_t i = 0; i < s->nr_entries && !now; i++)
		if (s->entries[i].pfn == d->e.pfn && s->query.view == d->view)
			now = &s->entries[i];
	/* What promotions tell is of the past; a record is of now. */
	if (s->query.page && s->page_known && s->query.pfn == d->e.pfn &&
	    d->view != VIEW_PROMOTED) {
		d->gone = !s->page_found;
		if (s->page_found)
			now = &s->page;
	} else if (now) {
		d->gone = false;
	}
	if (now) {
		bool moved = now->cgroup_ino != d->e.cgroup_ino;

		d->e = *now;
		if (moved)
			note_cgroup(d, m);
	}
	read_page(d);
}

void details_search(struct details *d, bool all)
{
	char path[PATH_MAX];

	if (!d->host)
		return;
	mapscan_free(d->scan);
	d->all = all;
	snprintf(path, sizeof(path), "%s%s", d->host->cgroup, d->cgroup);
	d->scan = mapscan_start(d->host->proc, all ? NULL : path, d->e.pfn, d->e.order);
}

bool details_searching(const struct details *d)
{
	return d->scan && mapscan_status(d->scan)->running;
}

bool details_step(struct details *d)
{
	if (!details_searching(d))
		return false;
	mapscan_step(d->scan, STEP_NS);
	return true;
}

void details_stop(struct details *d)
{
	if (d->scan)
		mapscan_stop(d->scan);
}
