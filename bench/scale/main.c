// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-scale: a model of large machines, made of the kernel's own files.
 *
 * What a source sees and when is simulated, page by page of a sample; what becomes of a
 * report, when a scan goes on and what is promoted is decided by the files of mm/pghot
 * themselves, compiled for user space. See bench/README.md.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hottest.h"
#include "options.h"
#include "output.h"

static const double default_sizes[] = { 16, 256, 1024, 6144 };

/* 100,000 processes on a machine of this size. */
#define SLEEPERS     100000
#define SLEEPERS_GIB 256

/* And long enough for all rounds of lruscan that there are. */
#define SLEEPERS_SECONDS 3600

static const struct machine *fill(struct machine *m)
{
	double gib = m->slow_gib;

	if (!m->fast_gib)
		m->fast_gib = gib / 4;
	if (!m->cpus)
		m->cpus = fmin(fmax(gib / 4, 4), 512);
	if (!m->top_nodes)
		m->top_nodes = gib <= 64 ? 1 : gib <= 512 ? 2 : gib <= 2048 ? 4 : 8;
	if (!m->processes)
		m->processes = fmax(gib / 16, 1);
	return m;
}

static bool add(struct report *rep, const struct machine *m, enum scale_source source)
{
	struct result *more = realloc(rep->results, (rep->nr + 1) * sizeof(*more));

	if (!more)
		return false;
	rep->results = more;
	return scale_measure(m, source, &more[rep->nr++]);
}

static bool measure_machine(struct report *rep, const struct options *o, struct machine m)
{
	for (int source = 0; source < SCALE_SOURCES; source++) {
		for (int full = 0; full < 2; full++) {
			m.full = full;
			if (o->sources & 1U << source && o->fast & 1U << full &&
			    !add(rep, &m, source))
				return false;
		}
	}
	return true;
}

static bool measure_scale(struct report *rep, const struct options *o)
{
	for (int huge = 0; huge < 2; huge++) {
		if (!(o->pages & 1U << huge))
			continue;
		for (unsigned int i = 0; i < sizeof(default_sizes) / sizeof(double); i++) {
			struct machine m = o->machine;

			m.huge = huge;
			if (!m.slow_gib)
				m.slow_gib = default_sizes[i];
			fill(&m);
			if (!measure_machine(rep, o, m))
				return false;
			if (o->machine.slow_gib)
				break;
		}
	}
	return true;
}

static bool measure_sleepers(struct report *rep, const struct options *o)
{
	struct machine m = o->machine;

	m.asleep = true;
	if (!m.processes)
		m.processes = SLEEPERS;
	if (!m.slow_gib)
		m.slow_gib = SLEEPERS_GIB;
	m.seconds = SLEEPERS_SECONDS;
	fill(&m);
	for (int source = 0; source < SCALE_SOURCES; source++) {
		if (o->sources & 1U << source && !add(rep, &m, source))
			return false;
	}
	return true;
}

static bool measure_hottest(struct report *rep, const struct options *o)
{
	struct machine m = o->machine;

	rep->hottest = calloc(2, sizeof(*rep->hottest));
	if (!rep->hottest)
		return false;
	for (int full = 0; full < 2; full++) {
		m.full = full;
		fill(&m);
		if (o->fast & 1U << full && !hottest_measure(&m, &rep->hottest[rep->nr_hottest++]))
			return false;
	}
	return true;
}

static bool all_is_well(const struct report *rep)
{
	bool ok = true;

	for (size_t i = 0; i < rep->nr; i++) {
		const struct result *res = &rep->results[i];

		ok = ok && (res->m.asleep || result_in_time(res)) && result_is_cheap(res);
	}
	for (size_t i = 0; i < rep->nr_hottest; i++)
		ok = ok && rep->hottest[i].share >= HOTTEST_BOUND &&
		     rep->hottest[i].promoted_gib >= 1;
	return ok;
}

static bool write_svg(const char *path, const struct report *rep)
{
	FILE *f = fopen(path, "w");
	bool ok;

	if (!f) {
		fprintf(stderr, "bench-scale: %s: %m\n", path);
		return false;
	}
	output_svg(f, rep);
	ok = !ferror(f);
	if (fclose(f) || !ok) {
		fprintf(stderr, "bench-scale: %s: %m\n", path);
		return false;
	}
	return true;
}

/* The exit status. */
static int tell(const struct options *o, const struct report *rep)
{
	int status = 0;

	if (o->svg && !write_svg(o->svg, rep))
		return 1;
	if (o->validate)
		return output_validate(stdout, o->validate, rep);
	if (!o->json)
		output_table(stdout, rep);
	else if (!output_json(stdout, rep))
		status = 1;
	if (o->check && !all_is_well(rep))
		status = 1;
	return status;
}

int main(int argc, char **argv)
{
	struct report rep = { 0 };
	struct options o;
	int status;

	options_parse(&o, argc, argv);
	if (o.list) {
		output_list(stdout);
		status = 0;
	} else if ((!o.scale || measure_scale(&rep, &o)) &&
		   (!o.sleepers || measure_sleepers(&rep, &o)) &&
		   (!o.hottest || measure_hottest(&rep, &o))) {
		status = tell(&o, &rep);
	} else {
		fprintf(stderr, "bench-scale: not enough memory\n");
		status = 1;
	}
	free(rep.results);
	free(rep.hottest);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "bench-scale: cannot write: %m\n");
		status = 1;
	}
	return status;
}
