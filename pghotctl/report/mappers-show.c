// SPDX-License-Identifier: GPL-2.0-or-later
/* Processes and mappings as text, as JSON and as a picture. */

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "jsontext.h"
#include "report/bars.h"
#include "report/plot.h"
#include "report/mappers.h"
#include "units.h"

#define FAST PGHOT_SIDE_FAST
#define SLOW PGHOT_SIDE_SLOW

/* ---- parts of a bar --------------------------------------------------------------- */

enum part {
	PART_FAST,
	PART_HOT,
	PART_WARM,
	PART_COLD,
	PART_UNTRACKED,
	NR_PARTS,
};

static const struct bars_part parts[NR_PARTS] = {
	[PART_FAST] = { "fast", "f0" },
	[PART_HOT] = { "slow and hot", "l5" },
	[PART_WARM] = { "slow and warm", "l3" },
	[PART_COLD] = { "slow and cold", "cold" },
	[PART_UNTRACKED] = { "slow, not tracked", "hole" },
};

/* The same in text. */
static const char signs[NR_PARTS + 1] = "=#+.-";

static void parts_of(const struct pghot_mapped_sum *sum, uint64_t *pages)
{
	pages[PART_FAST] = pghot_mapped_pages(sum, FAST);
	pages[PART_HOT] = sum->pages[SLOW][PGHOT_HEAT_HOT];
	pages[PART_WARM] = sum->pages[SLOW][PGHOT_HEAT_WARM];
	pages[PART_COLD] = sum->pages[SLOW][PGHOT_HEAT_COLD];
	pages[PART_UNTRACKED] = sum->pages[SLOW][PGHOT_HEAT_UNTRACKED];
}

static const char *name_of(const struct mappers_row *r)
{
	return r->name[0] ? r->name : "anonymous";
}

/* ---- text and JSON ------------------------------------------------------------------ */

/* clang-format off */
static const struct column columns[] = {
	{ "pid", "PID" },
	{ "process", "PROCESS", .left = true },
	{ "complete", NULL },
	{ "fast_pages", "FAST", UNIT_PAGES },
	{ "fast_hot_pages", NULL, UNIT_PAGES },
	{ "fast_warm_pages", NULL, UNIT_PAGES },
	{ "fast_cold_pages", NULL, UNIT_PAGES },
	{ "fast_untracked_pages", NULL, UNIT_PAGES },
	{ "slow_pages", "SLOW", UNIT_PAGES },
	{ "slow_hot_pages", "HOT", UNIT_PAGES },
	{ "slow_warm_pages", "WARM", UNIT_PAGES },
	{ "slow_cold_pages", NULL, UNIT_PAGES },
	{ "slow_untracked_pages", NULL, UNIT_PAGES },
	{ "shared_pages", NULL, UNIT_PAGES },
	{ "fast_freq", NULL },
	{ "slow_freq", NULL },
	{ "fast_share_percent", "SERVED FAST" },
	{ "bar", "", .left = true },
	{ "start", "ADDRESS", UNIT_HEX },
	{ "end", NULL, UNIT_HEX },
	{ "perms", "MODE", .left = true },
	{ "mapping", "MAPPING", .left = true },
};
/* clang-format on */

#define COLUMNS	     (sizeof(columns) / sizeof(columns[0]))
#define COLUMN_SHARE 16
#define COLUMN_BAR   17
/* From here on of mappings only. */
#define COLUMN_START 18

/* Those that this report has; the bar is for people. */
static size_t take_columns(const struct mappers *p, const struct out *o, struct column *to)
{
	size_t nr = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		if (!p->mappings && i >= COLUMN_START)
			break;
		if (o->json && i == COLUMN_BAR)
			continue;
		to[nr] = columns[i];
		/* It is no news of each row that fast memory has no records. */
		if (i == COLUMN_SHARE && !p->tracked[FAST])
			to[nr].title = NULL;
		nr++;
	}
	return nr;
}

static double frequency(uint64_t freq)
{
	return (double)freq / PGHOT_MAPPED_FREQ_ONE;
}

static json_t *share_value(double share)
{
	return share < 0 ? json_null() : json_real(round(share * 10000) / 100);
}

static void cell_share(struct out *o, double share)
{
	char text[32];

	if (share < 0) {
		cell_none(o);
		return;
	}
	snprintf(text, sizeof(text), "%.1f %%", share * 100);
	cell_value(o, share_value(share), text);
}

static void show_row(const struct mappers *p, struct out *o, const struct mappers_row *r,
		     uint64_t most)
{
	uint64_t pages[NR_PARTS];
	char bar[BARS_TEXT + 1];

	cell_u64(o, (uint64_t)r->pid);
	cell_str(o, r->comm);
	cell_bool(o, r->complete, "yes", "no");
	for (int side = 0; side < PGHOT_SIDES; side++) {
		cell_u64(o, pghot_mapped_pages(&r->sum, (enum pghot_side)side));
		for (int heat = 0; heat < PGHOT_HEATS; heat++)
			cell_u64(o, r->sum.pages[side][heat]);
	}
	cell_u64(o, r->sum.shared);
	cell_value(o, json_real(frequency(r->sum.freq[FAST])), "");
	cell_value(o, json_real(frequency(r->sum.freq[SLOW])), "");
	cell_share(o, mappers_share(p, &r->sum));
	if (!o->json) {
		parts_of(&r->sum, pages);
		bars_text(bar, signs, pages, most);
		cell_str(o, bar);
	}
	if (p->mappings) {
		cell_u64(o, r->start);
		cell_u64(o, r->end);
		cell_str(o, r->perms);
		if (o->json)
			cell_str(o, r->name);
		else
			cell_str(o, name_of(r));
	}
	out_row_end(o);
}

static void show_total(const struct mappers *p, struct out *o)
{
	const struct pghot_mapped_sum *t = &p->total;
	uint64_t pages[NR_PARTS];
	double share = mappers_share(p, t);
	char text[32];

	parts_of(t, pages);
	snprintf(text, sizeof(text), "%.1f %%", share * 100);
	out_u64(o, "hot_from_freq", NULL, p->hot_from, UNIT_NONE);
	out_u64(o, "fast_pages", "in fast memory", pages[PART_FAST], UNIT_PAGES);
	out_u64(o, "slow_pages", "in slow memory", pghot_mapped_pages(t, SLOW), UNIT_PAGES);
	out_u64(o, "slow_hot_pages", "  hot", pages[PART_HOT], UNIT_PAGES);
	out_u64(o, "slow_warm_pages", "  warm", pages[PART_WARM], UNIT_PAGES);
	out_u64(o, "slow_cold_pages", "  cold", pages[PART_COLD], UNIT_PAGES);
	out_u64(o, "slow_untracked_pages", pages[PART_UNTRACKED] ? "  not tracked" : NULL,
		pages[PART_UNTRACKED], UNIT_PAGES);
	out_u64(o, "shared_pages", "mapped several times", t->shared, UNIT_PAGES);
	out_value(o, "fast_share_percent", share < 0 ? NULL : "served by fast memory",
		  share_value(share), text);
	out_u64(o, "records_count", "records", p->records, UNIT_COUNT);
	out_u64(o, "processes_count", "processes", p->nr_processes, UNIT_COUNT);
	out_u64(o, "mappings_count", "mappings", p->nr_mappings, UNIT_COUNT);
	out_u64(o, "pages_count", NULL, p->status.pages, UNIT_NONE);
	out_u64(o, "denied_count", NULL, p->status.denied, UNIT_NONE);
	out_u64(o, "ended_count", NULL, p->status.gone, UNIT_NONE);
	out_bool(o, "stopped", NULL, p->stopped, "yes", "no");
}

static void show_notes(const struct mappers *p, struct out *o)
{
	uint64_t all = p->mappings ? p->nr_mappings : p->nr_processes;

	out_notes(o);
	if (p->nr && !o->json)
		out_note(o, "bars: = fast, # slow and hot, + slow and warm, . slow and cold, - "
			    "slow and not tracked");
	if (all > p->nr)
		out_note(o, "%" PRIu64 " more %s are not shown: --top N shows more", all - p->nr,
			 p->mappings ? "mappings" : "processes");
	if (p->stopped)
		out_note(o, "stopped at process %zu of %zu: the rest has not been looked at",
			 p->status.done, p->status.processes);
	if (p->status.denied)
		out_note(o, "processes that may not be looked at: %zu", p->status.denied);
	if (p->status.gone)
		out_note(o,
			 "processes that ended or executed another program while they were looked "
			 "at: %zu",
			 p->status.gone);
	if (!p->tracked[SLOW])
		out_note(o, "slow memory is not tracked: pghotctl enable has detectors look at it");
	else if (!p->tracked[FAST])
		out_note(o,
			 "accesses to fast memory are not seen: how hot it is, and what share of "
			 "accesses it serves, is not known");
}

void mappers_show(const struct mappers *p, struct out *o)
{
	struct column shown[COLUMNS];
	uint64_t most = 0, pages;

	o->page_size = p->page_size;
	show_total(p, o);
	out_text(o, "%s", "");
	for (size_t i = 0; i < p->nr; i++) {
		pages = pghot_mapped_pages(&p->rows[i].sum, FAST) +
			pghot_mapped_pages(&p->rows[i].sum, SLOW);
		most = pages > most ? pages : most;
	}
	out_table_begin(o, p->mappings ? "mappings" : "processes", shown, take_columns(p, o, shown),
			false);
	for (size_t i = 0; i < p->nr; i++)
		show_row(p, o, &p->rows[i], most);
	out_table_end(o, "no process has memory there");
	show_notes(p, o);
}

/* ---- the picture --------------------------------------------------------------------- */

static void bar_of(const void *data, size_t i, struct bars_row *row)
{
	const struct mappers *p = data;
	const struct mappers_row *r = &p->rows[i];

	if (p->mappings)
		snprintf(row->label, sizeof(row->label), "%d %s %" PRIx64 " %s", r->pid, r->comm,
			 r->start, name_of(r));
	else
		snprintf(row->label, sizeof(row->label), "%s %d", r->comm, r->pid);
	parts_of(&r->sum, row->pages);
}

static struct bars bars_of(const struct mappers *p)
{
	return (struct bars){
		.title = p->mappings ? "Memory of mappings, fast and slow"
				     : "Memory of processes, fast and slow",
		.first = p->mappings ? "-mapping" : "-process",
		.parts = parts,
		.nr_parts = NR_PARTS,
		.page_size = p->page_size,
		.row = bar_of,
		.nr = p->nr,
		.data = p,
	};
}

void mappers_plot(const struct mappers *p, FILE *to)
{
	const struct bars b = bars_of(p);

	bars_plot(&b, to);
}

void mappers_page(const struct mappers *p, FILE *to)
{
	const struct bars b = bars_of(p);

	bars_page(&b, to);
	fputs("<p>Memory that several processes map counts in each of them.", to);
	if (p->stopped)
		fputs(" Not all processes have been looked at.", to);
	if (!p->tracked[FAST])
		fputs(" Accesses to fast memory are not seen: how hot it is, is not known.", to);
	fputs("</p>\n", to);
}
