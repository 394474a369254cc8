// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * csv.c - samples as comma-separated values (RFC 4180, lines end in \n)
 *
 * One line for each page, cgroup, process or mapping, or for each node, behind one line of names, which are
 * those of the JSON. Like there, options do not change the shape; a value that is
 * not known is empty.
 */
#include <inttypes.h>
#include <string.h>

#include "batch/csv.h"
#include "names.h"

/* A field with what CSV gives a meaning in quotes, quotes doubled. */
static void put_text(FILE *out, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		fputs(text, out);
		return;
	}
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	putc('"', out);
}

static void put_nid(FILE *out, uint16_t nid)
{
	if (nid != PGHOT_NID_UNKNOWN)
		fprintf(out, "%u", nid);
	putc(',', out);
}

static void put_names(FILE *out, uint64_t mask, const char *(*name)(unsigned int bit))
{
	const char *text;
	bool more = false;

	for (unsigned int bit = 0; (text = name(bit)); bit++) {
		if (!(mask >> bit & 1))
			continue;
		fprintf(out, "%s%s", more ? " " : "", text);
		more = true;
	}
	putc(',', out);
}

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

static void put_page(FILE *out, const struct options *o, const struct sample *s,
		     const struct pghot_entry *e)
{
	const struct cgroup_name *cg = sample_cgroup(s, e->cgroup_ino);

	fprintf(out, "%" PRIu64 ",%s,%" PRIu64 ",", s->real_ms, view_name(o->ui.view)->name,
		(uint64_t)e->pfn);
	put_nid(out, e->nid);
	put_nid(out, e->target_nid);
	fprintf(out, "%u,%" PRIu32 ",%" PRIu64 ",", e->freq, e->age_ms,
		e->order < 64 ? (uint64_t)1 << e->order : 0);
	put_names(out, e->sources, source_name);
	fprintf(out, "%s,", pghot_page_type(e->page_flags));
	put_names(out, e->page_flags, pghot_page_flag_name);
	put_names(out, e->state, pghot_entry_state_name);
	fprintf(out, "%" PRIu64 ",", (uint64_t)e->cgroup_ino);
	/* Where a terminal may be, nothing goes that it would obey. */
	if (cg)
		put_text(out, cg->shown);
	putc('\n', out);
}

static void put_rate(FILE *out, bool known, double rate, char end)
{
	if (known && rate >= 0)
		fprintf(out, "%.3f", rate);
	putc(end, out);
}

static void put_count(FILE *out, bool known, uint64_t count)
{
	if (known)
		fprintf(out, "%" PRIu64, count);
	putc(',', out);
}

static void put_owner(FILE *out, const struct options *o, const struct sample *s,
		      const struct owner *own)
{
	fprintf(out, "%" PRIu64 ",%s,", s->real_ms, view_name(o->ui.view)->name);
	put_count(out, own->ino, own->ino);
	fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", own->hot, own->warm,
		own->own_hot, own->own_warm);
	put_count(out, own->placed, own->fast);
	put_count(out, own->placed, own->slow);
	put_count(out, own->counted, own->promoted);
	put_count(out, own->counted, own->demoted);
	put_rate(out, true, own->promoted_per_s, ',');
	put_rate(out, true, own->demoted_per_s, ',');
	if (own->path)
		put_text(out, own->shown);
	putc('\n', out);
}

static void put_joined(FILE *out, const struct options *o, const struct sample *s,
		       const struct owner *own)
{
	fprintf(out, "%" PRIu64 ",%s,%d,", s->real_ms, view_name(o->ui.view)->name, (int)own->pid);
	if (ui_kind(&o->ui) == ROW_MAPPING)
		fprintf(out, "%" PRIu64 ",%" PRIu64 ",%s,", own->start, own->end, own->perms);
	fprintf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", own->hot,
		own->warm, own->fast, own->slow, own->shared);
	put_text(out, own->shown);
	putc('\n', out);
}

static void put_node(FILE *out, const struct sample *s, const struct node_track *t)
{
	const struct pghot_node *n = &t->node;
	bool top = n->toptier;

	fprintf(out, "%" PRIu64 ",%" PRIu32 ",%d,", s->real_ms, n->nid, top);
	if (n->tier >= 0)
		fprintf(out, "%" PRId32, n->tier);
	fprintf(out, ",%" PRIu64 ",%" PRIu64 ",", n->present_pages, n->free_pages);
	put_count(out, !top, n->tracked_pages);
	put_count(out, top, n->heap_length);
	put_count(out, top, n->heap_capacity);
	put_count(out, top, n->threshold);
	put_count(out, top, n->rate_limited);
	put_count(out, top, n->hot);
	put_count(out, top, n->promoted);
	put_count(out, top, pghot_failed_total(&n->failed));
	put_count(out, top, n->dropped);
	put_rate(out, top, t->hot, ',');
	put_rate(out, top, t->promoted, ',');
	put_rate(out, top, t->failed, ',');
	put_rate(out, top, t->dropped, '\n');
}

static void put_row(FILE *out, const struct options *o, const struct sample *s, struct row row)
{
	if (row.owner && ui_kind(&o->ui) != ROW_CGROUP)
		put_joined(out, o, s, row.owner);
	else if (row.owner)
		put_owner(out, o, s, row.owner);
	else
		put_page(out, o, s, row.page);
}

void batch_csv_heading(FILE *out, const struct options *o)
{
	if (o->csv == CSV_NODES)
		fputs("time_ms,nid,toptier,tier,present_pages,free_pages,tracked_pages,"
		      "heap_length,heap_capacity,threshold,rate_limited,hot_pages,"
		      "promoted_pages,failed_pages,dropped,hot_pages_per_s,"
		      "promoted_pages_per_s,failed_pages_per_s,dropped_per_s\n",
		      out);
	else if (ui_kind(&o->ui) == ROW_PROCESS)
		fputs("time_ms,view,pid,hot_pages,warm_pages,fast_pages,slow_pages,shared_pages,"
		      "command\n",
		      out);
	else if (ui_kind(&o->ui) == ROW_MAPPING)
		fputs("time_ms,view,pid,start,end,perms,hot_pages,warm_pages,fast_pages,"
		      "slow_pages,shared_pages,mapping\n",
		      out);
	else if (ui_kind(&o->ui) == ROW_CGROUP)
		fputs("time_ms,view,cgroup_ino,hot_pages,warm_pages,own_hot_pages,own_warm_pages,"
		      "fast_pages,slow_pages,promoted_pages,demoted_pages,promoted_pages_per_s,"
		      "demoted_pages_per_s,cgroup\n",
		      out);
	else
		fputs("time_ms,view,pfn,nid,target_nid,freq,age_ms,pages,sources,type,flags,"
		      "state,cgroup_ino,cgroup\n",
		      out);
}

void batch_csv(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
	       size_t nr)
{
	if (o->csv == CSV_NODES)
		for (size_t i = 0; i < m->nr_nodes; i++)
			put_node(out, &m->sample, &m->nodes[i]);
	else
		for (size_t i = 0; i < nr; i++)
			put_row(out, o, &m->sample, row_at(rows, m, i));
}
