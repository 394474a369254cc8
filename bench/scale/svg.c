// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A picture: for each machine how much of the hot set has been found, by the logarithm of
 * time; fast memory free on the left, full on the right.
 */
#include <math.h>

#include "output.h"

#define WIDTH	360
#define HEIGHT	200
#define MARGIN	56
#define TIME_LO 0.1
#define TIME_HI 3600.0

/* Told apart by those who see fewer colours too (Okabe and Ito). */
static const char *const colours[SCALE_SOURCES] = { "#d55e00", "#0072b2", "#009e73", "#cc79a7" };

static double x_of(double s)
{
	s = fmin(fmax(s, TIME_LO), TIME_HI);
	return log(s / TIME_LO) / log(TIME_HI / TIME_LO) * WIDTH;
}

static void axes(FILE *f, const struct machine *m)
{
	fprintf(f,
		"<text x='0' y='-8' font-weight='bold'>%g GiB, %s, %u CPUs, %lu processes, "
		"%s</text>\n",
		m->slow_gib, m->huge ? "2 MiB" : "4 KiB", m->cpus, m->processes,
		m->full ? "full" : "free");
	fprintf(f, "<rect width='%d' height='%d' fill='none' stroke='#888'/>\n", WIDTH, HEIGHT);
	for (double s = TIME_LO; s <= 1000; s *= 10) {
		fprintf(f, "<path d='M%.1f 0V%d' stroke='#ddd'/>\n", x_of(s), HEIGHT);
		fprintf(f, "<text x='%.1f' y='%d' text-anchor='middle'>%g s</text>\n", x_of(s),
			HEIGHT + 14, s);
	}
	for (int percent = 0; percent <= 100; percent += 50)
		fprintf(f, "<text x='-6' y='%d' text-anchor='end'>%d %%</text>\n",
			HEIGHT - percent * HEIGHT / 100 + 4, percent);
}

static void curve(FILE *f, const struct result *res)
{
	double x = 0;

	fprintf(f, "<path fill='none' stroke='%s' stroke-width='2' d='M0 %d", colours[res->source],
		HEIGHT);
	for (int i = 1; i <= 100 && !isnan(res->found_s[i]); i++) {
		x = x_of(res->found_s[i]);
		fprintf(f, "H%.1fV%d", x, HEIGHT - i * HEIGHT / 100);
	}
	fprintf(f, "'><title>%s</title></path>\n", scale_source_names[res->source]);
	if (!isnan(res->bound_s))
		fprintf(f,
			"<circle cx='%.1f' cy='%.1f' r='4' fill='%s'><title>%s should have found "
			"95 %%</title></circle>\n",
			x_of(res->bound_s), HEIGHT * 0.05, colours[res->source],
			scale_source_names[res->source]);
}

static bool same_panel(const struct machine *a, const struct machine *b)
{
	return a->slow_gib == b->slow_gib && a->huge == b->huge && a->cpus == b->cpus &&
	       a->processes == b->processes;
}

static void legend(FILE *f)
{
	for (int src = 0; src < SCALE_SOURCES; src++)
		fprintf(f, "<text x='%d' y='20' fill='%s'>%s</text>\n", MARGIN + src * 90,
			colours[src], scale_source_names[src]);
	fprintf(f, "<text x='%d' y='20'>dots: when 95 %% should have been found</text>\n",
		MARGIN + SCALE_SOURCES * 90);
}

/* The row of a result; what sleeps has none. */
static int row_of(const struct report *rep, size_t nr)
{
	int row = -1;
	const struct machine *last = NULL;

	for (size_t i = 0; i <= nr && i < rep->nr; i++) {
		if (rep->results[i].m.asleep)
			continue;
		if (!last || !same_panel(last, &rep->results[i].m))
			row++;
		last = &rep->results[i].m;
	}
	return row;
}

/* Axes come with the first curve of a panel. */
static bool is_first(const struct report *rep, size_t nr)
{
	const struct machine *m = &rep->results[nr].m;

	for (size_t i = 0; i < nr; i++) {
		if (!rep->results[i].m.asleep && same_panel(&rep->results[i].m, m) &&
		    rep->results[i].m.full == m->full)
			return false;
	}
	return true;
}

void output_svg(FILE *f, const struct report *rep)
{
	int rows = row_of(rep, rep->nr) + 1, high = HEIGHT + MARGIN;

	fprintf(f,
		"<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' "
		"font-family='sans-serif' font-size='11'>\n",
		2 * (WIDTH + MARGIN) + MARGIN, rows * high + MARGIN);
	fprintf(f, "<rect width='100%%' height='100%%' fill='white'/>\n");
	legend(f);
	for (size_t i = 0; i < rep->nr; i++) {
		const struct result *res = &rep->results[i];

		if (res->m.asleep)
			continue;
		fprintf(f, "<g transform='translate(%d %d)'>\n",
			MARGIN + res->m.full * (WIDTH + MARGIN), row_of(rep, i) * high + MARGIN);
		if (is_first(rep, i))
			axes(f, &res->m);
		curve(f, res);
		fprintf(f, "</g>\n");
	}
	fprintf(f, "</svg>\n");
}
