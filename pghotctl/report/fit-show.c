// SPDX-License-Identifier: GPL-2.0-or-later
/* An estimate as text, as JSON and as a picture. */

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "jsontext.h"
#include "report/fit-read.h"
#include "report/plot.h"
#include "units.h"

#define BAR 32

/* clang-format off */
static const struct column columns[] = {
	{ "wanted_percent", "ACCESSES", .left = true },
	{ "pages", "MEMORY", UNIT_PAGES },
	{ "of_slow_percent", "OF SLOW" },
	{ "share_percent", "SERVED" },
	{ "error_percent", "ERROR" },
	{ "at_most", NULL },
	{ "bar", "", .left = true },
};
/* clang-format on */

/* A share as percent with two digits behind the point. */
static double percent(double share)
{
	return round(share * 10000) / 100;
}

static void cell_percent(struct out *o, double share, const char *before)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%.4g %%", before, percent(share));
	cell_value(o, json_real(percent(share)), text);
}

static uint64_t pages_of(const struct fit_point *p)
{
	return (uint64_t)ceil(p->pages);
}

static void show_points(const struct fit *fit, struct out *o)
{
	/* The bar is for people. */
	out_table_begin(o, "points", columns, sizeof(columns) / sizeof(columns[0]) - o->json,
			false);
	for (int i = 0; i < FIT_POINTS; i++) {
		const struct fit_point *p = &fit->point[i];
		double part = fit->tracked ? p->pages / (double)fit->tracked : 0;
		char size[PGHOT_UNIT_LEN], text[PGHOT_UNIT_LEN + 8], bar[BAR + 1];
		int len = (int)(part * BAR + 0.5);

		cell_percent(o, fit_shares[i], "");
		out_format(o, pages_of(p), UNIT_PAGES, size);
		snprintf(text, sizeof(text), "%s%s", p->at_most ? "< " : "", size);
		cell_value(o, pghot_json_u64(pages_of(p)), text);
		cell_percent(o, part, "");
		cell_percent(o, p->share, "");
		cell_percent(o, p->error, "+- ");
		cell_bool(o, p->at_most, "", "");
		if (!o->json) {
			len = len < BAR ? len : BAR;
			memset(bar, '#', (size_t)len);
			bar[len] = '\0';
			cell_str(o, bar);
		}
		out_row_end(o);
	}
	out_table_end(o, NULL);
}

static void show_curve(const struct fit *fit, struct out *o)
{
	json_t *curve = json_array();

	for (size_t i = 0; i < fit->nr; i++) {
		json_t *j = json_object();

		json_object_set_new(j, "pages", pghot_json_u64(pages_of(&fit->curve[i])));
		json_object_set_new(j, "share_percent", json_real(percent(fit->curve[i].share)));
		json_object_set_new(j, "error_percent", json_real(percent(fit->curve[i].error)));
		json_array_append_new(curve, j);
	}
	out_value(o, "curve", NULL, curve, "");
}

void fit_show(const struct fit_reading *r, struct out *o)
{
	const struct fit *fit = &r->fit;
	bool known = fit->doubt == FIT_KNOWN;

	if (r->page_size)
		o->page_size = r->page_size;
	out_bool(o, "known", NULL, known, "yes", "no");
	out_str(o, "doubt", NULL, fit_doubt_name(fit->doubt));
	out_str(o, "reason", known ? NULL : "not known", known ? NULL : fit_doubt_text(fit->doubt));
	out_value(o, "nid", NULL,
		  r->nid == FIT_ALL_NODES ? json_null() : json_integer((json_int_t)r->nid), "");
	out_str(o, "cgroup", r->cgroup ? "of cgroup" : NULL, r->cgroup);
	out_value(o, "pid", NULL, r->pid ? json_integer(r->pid) : json_null(), "");
	if (r->pid)
		out_text(o, "of process %d", r->pid);
	out_str(o, "source", "source", r->source[0] ? r->source : NULL);
	out_u64(o, "tracked_pages", "slow memory", fit->tracked, UNIT_PAGES);
	out_u64(o, "seen_pages", "seen accessed", fit->seen, UNIT_PAGES);
	out_u64(o, "records_count", "records", fit->records, UNIT_COUNT);
	out_u64(o, "dumps_count", "read", r->in.dumps, UNIT_COUNT);
	out_u64(o, "capped_pages", known ? "too hot to tell apart" : NULL,
		(uint64_t)ceil(fit->capped), UNIT_PAGES);
	out_value(o, "accuracy_percent", NULL,
		  known ? json_real(percent(fit->accuracy)) : json_null(), "");
	out_notes(o);
	if (!known) {
		out_value(o, "points", NULL, json_array(), "");
		out_value(o, "curve", NULL, json_array(), "");
		return;
	}
	out_text(o, "%s", "");
	show_points(fit, o);
	show_curve(fit, o);
	out_note(o,
		 "of accesses to slow memory, by its hottest pages; those to fast memory are not "
		 "seen, so sizes come on top of what fast memory has now");
	out_note(
		o,
		"ERROR is that of sampling, once in twenty times more; beside it the estimate was "
		"up to %.0f points off for known distributions, and accesses that change meanwhile "
		"are not in it",
		percent(fit->accuracy));
}

/* ---- the picture ------------------------------------------------------------- */

/* In pixels. */
#define LEFT   70
#define TOP    40
#define WIDTH  720
#define HEIGHT 360

static double x_of(const struct fit *fit, double pages)
{
	double low = log2((double)fit->tracked) - 12;

	low = low > 0 ? low : 0;
	return LEFT +
	       WIDTH * (log2(pages > 1 ? pages : 1) - low) / (log2((double)fit->tracked) - low);
}

static double y_of(double share)
{
	share = share < 0 ? 0 : share > 1 ? 1 : share;
	return TOP + HEIGHT * (1 - share);
}

static double clip_x(double x)
{
	return x < LEFT ? LEFT : x;
}

static void plot_grid(const struct fit_reading *r, FILE *to)
{
	const struct fit *fit = &r->fit;
	char text[PGHOT_UNIT_LEN];

	for (int i = 0; i <= 10; i += 2) {
		fprintf(to, "<path class=\"grid\" d=\"M%d %.1fh%d\"/>\n", LEFT, y_of(i / 10.0),
			WIDTH);
		snprintf(text, sizeof(text), "%d %%", i * 10);
		plot_label(to, LEFT - 6, y_of(i / 10.0) + 4, "m", "end", text);
	}
	for (double pages = (double)fit->tracked; x_of(fit, pages) >= LEFT - 0.5 && pages >= 1;
	     pages /= 8) {
		double x = x_of(fit, pages);

		fprintf(to, "<path class=\"grid\" d=\"M%.1f %dv%d\"/>\n", x, TOP, HEIGHT);
		pghot_format_size(text, sizeof(text), (uint64_t)pages * r->page_size);
		plot_label(to, x, TOP + HEIGHT + 16, "m", "middle", text);
	}
}

/* Sampling error on both sides. */
static void plot_band(const struct fit *fit, FILE *to)
{
	fputs("<path class=\"band f0\" d=\"", to);
	for (size_t i = 0; i < fit->nr; i++)
		fprintf(to, "%c%.1f %.1f", i ? 'L' : 'M', clip_x(x_of(fit, fit->curve[i].pages)),
			y_of(fit->curve[i].share + fit->curve[i].error));
	for (size_t i = fit->nr; i-- > 0;)
		fprintf(to, "L%.1f %.1f", clip_x(x_of(fit, fit->curve[i].pages)),
			y_of(fit->curve[i].share - fit->curve[i].error));
	fputs("z\"/>\n", to);
}

void fit_plot(const struct fit_reading *r, FILE *to)
{
	static const char title[] = "Share of the accesses to slow memory by its hottest pages";
	const struct fit *fit = &r->fit;
	char text[PGHOT_UNIT_LEN + 16], size[PGHOT_UNIT_LEN];

	plot_begin(to, LEFT + WIDTH + 50, TOP + HEIGHT + 50, title);
	plot_label(to, LEFT, TOP - 14, "h", "start", title);
	if (fit->doubt) {
		plot_label(to, LEFT, TOP + 20, "t", "start", "It cannot be known:");
		plot_label(to, LEFT, TOP + 40, "t", "start", fit_doubt_text(fit->doubt));
		plot_end(to);
		return;
	}
	plot_grid(r, to);
	if (fit->capped >= 0.5 && x_of(fit, fit->capped) > LEFT)
		plot_rect(to, "hole", LEFT, TOP, x_of(fit, fit->capped) - LEFT, HEIGHT);
	plot_band(fit, to);
	fputs("<path class=\"curve s0\" d=\"", to);
	for (size_t i = 0; i < fit->nr; i++)
		fprintf(to, "%c%.1f %.1f", i ? 'L' : 'M', clip_x(x_of(fit, fit->curve[i].pages)),
			y_of(fit->curve[i].share));
	fputs("\"/>\n", to);
	for (int i = 0; i < FIT_POINTS; i++) {
		const struct fit_point *p = &fit->point[i];
		double x = clip_x(x_of(fit, p->pages)), y = y_of(p->share);

		if (p->at_most)
			continue;
		fprintf(to, "<circle class=\"f1\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n", x, y);
		pghot_format_size(size, sizeof(size), pages_of(p) * r->page_size);
		snprintf(text, sizeof(text), "%.0f %%: %s", fit_shares[i] * 100, size);
		plot_label(to, x - 8, y - 5, "t", "end", text);
	}
	plot_rect(to, "frame", LEFT, TOP, WIDTH, HEIGHT);
	plot_label(
		to, LEFT + WIDTH, TOP + HEIGHT + 36, "m", "end",
		"fast memory beyond what there is; hatched: too hot to tell apart; band: sampling "
		"error");
	plot_end(to);
}

void fit_page(const struct fit_reading *r, FILE *to)
{
	static const char *const titles[] = { "accesses", "memory", "served", "sampling error" };
	const struct fit *fit = &r->fit;
	char text[PGHOT_UNIT_LEN + 8], size[PGHOT_UNIT_LEN];

	if (fit->doubt)
		return;
	plot_table_begin(to, titles, sizeof(titles) / sizeof(titles[0]));
	for (int i = 0; i < FIT_POINTS; i++) {
		const struct fit_point *p = &fit->point[i];

		plot_row_begin(to);
		snprintf(text, sizeof(text), "%.0f %%", fit_shares[i] * 100);
		plot_cell(to, false, text);
		pghot_format_size(size, sizeof(size), pages_of(p) * r->page_size);
		snprintf(text, sizeof(text), "%s%s", p->at_most ? "< " : "", size);
		plot_cell(to, false, text);
		snprintf(text, sizeof(text), "%.4g %%", percent(p->share));
		plot_cell(to, false, text);
		snprintf(text, sizeof(text), "\u00b1 %.2g", percent(p->error));
		plot_cell(to, false, text);
		plot_row_end(to);
	}
	plot_table_end(to);
	fprintf(to,
		"<p>Of accesses to slow memory; those to fast memory are not seen. Beside the "
		"sampling "
		"error the estimate was up to %.0f points off for known distributions.</p>\n",
		percent(fit->accuracy));
}
