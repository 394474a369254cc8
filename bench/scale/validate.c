// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The model against a machine. The file has what --json writes, of which "results" is
 * needed, and in each of these "machine", "source" and the figures that were measured;
 * those that are missing or null are not compared.
 */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "output.h"

/* A figure may be off by a factor of so much. */
#define TOLERATED 1.5

static const struct {
	const char *name;
	const char *about;
} figures[] = {
	{ "found_50_s", "50 % s" },
	{ "found_90_s", "90 % s" },
	{ "found_95_s", "95 % s" },
	{ "cpu_percent", "CPU %" },
};

static double figure_of(const struct result *res, int figure)
{
	const double values[] = { res->found_s[50], res->found_s[90], res->found_s[95],
				  res->cpu_percent };

	return values[figure];
}

/* The result of the model for the same source and machine. */
static const struct result *same(const struct report *rep, json_t *theirs)
{
	const char *source, *page;
	double slow;
	int full;

	if (json_unpack(theirs, "{s:s, s:{s:F, s:s, s:b}}", "source", &source, "machine",
			"slow_gib", &slow, "page", &page, "full", &full))
		return NULL;
	for (size_t i = 0; i < rep->nr; i++) {
		const struct result *res = &rep->results[i];

		if (!strcmp(scale_source_names[res->source], source) &&
		    fabs(res->m.slow_gib - slow) < slow / 100 &&
		    !strcmp(page, res->m.huge ? "2M" : "4K") && res->m.full == !!full)
			return res;
	}
	return NULL;
}

static int compare(FILE *f, const struct result *ours, json_t *theirs)
{
	int status = 0;

	for (int i = 0; i < (int)(sizeof(figures) / sizeof(figures[0])); i++) {
		json_t *value = json_object_get(theirs, figures[i].name);
		double model = figure_of(ours, i), measured, off;

		if (!json_is_number(value))
			continue;
		measured = json_number_value(value);
		off = model / measured;
		fprintf(f, "%-9s %-4s %-6s measured %10.2f model %10.2f factor %.2f",
			scale_source_names[ours->source], ours->m.full ? "full" : "free",
			figures[i].about, measured, model, off);
		if (!(off <= TOLERATED && off >= 1 / TOLERATED)) {
			fprintf(f, "  more than %g", TOLERATED);
			status = 1;
		}
		fputc('\n', f);
	}
	return status;
}

int output_validate(FILE *f, const char *path, const struct report *rep)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error), *results, *theirs;
	size_t i, compared = 0;
	int status = 0;

	if (!root) {
		fprintf(stderr, "bench-scale: %s:%d: %s\n", path, error.line, error.text);
		return 2;
	}
	results = json_object_get(root, "results");
	if (!json_is_array(results)) {
		fprintf(stderr, "bench-scale: %s: no list \"results\"\n", path);
		json_decref(root);
		return 2;
	}
	json_array_foreach(results, i, theirs) {
		const struct result *ours = same(rep, theirs);

		if (!ours) {
			fprintf(f, "result %zu: not a machine and source that was modelled\n", i);
			continue;
		}
		compared++;
		status |= compare(f, ours, theirs);
	}
	json_decref(root);
	if (!compared) {
		fprintf(stderr, "bench-scale: %s: nothing to compare\n", path);
		return 2;
	}
	return status;
}
