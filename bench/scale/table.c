// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "costs.h"
#include "output.h"
#include "params.h"

static const char *size_name(double gib, char *buf, size_t len)
{
	if (gib >= 1024 && fmod(gib, 512) == 0)
		snprintf(buf, len, "%g TiB", gib / 1024);
	else
		snprintf(buf, len, "%g GiB", gib);
	return buf;
}

static const char *seconds(double s, char *buf, size_t len)
{
	if (!isfinite(s))
		snprintf(buf, len, "-");
	else
		snprintf(buf, len, s < 9.95 ? "%.1f" : "%.0f", s);
	return buf;
}

static bool same_machine(const struct machine *a, const struct machine *b)
{
	return a->slow_gib == b->slow_gib && a->cpus == b->cpus && a->top_nodes == b->top_nodes &&
	       a->processes == b->processes && a->huge == b->huge && a->asleep == b->asleep;
}

static void print_machine(FILE *f, const struct machine *m)
{
	char slow[32], fast[32];

	fprintf(f, "\n%s slow, %s fast memory on %u node%s, %u CPUs, %lu process%s%s, %s pages\n",
		size_name(m->slow_gib, slow, sizeof(slow)),
		size_name(m->fast_gib, fast, sizeof(fast)), m->top_nodes,
		m->top_nodes == 1 ? "" : "s", m->cpus, m->processes, m->processes == 1 ? "" : "es",
		m->asleep ? " that sleep" : "", m->huge ? "2 MiB" : "4 KiB");
	fprintf(f, "  %-9s %-4s %8s %8s %8s %8s %7s %7s %9s %8s %9s\n", "source", "fast", "50 % s",
		"90 % s", "95 % s", "bound s", "wrong %", "CPU %", "kpromoted", "lock us", "MiB");
}

static void print_result(FILE *f, const struct result *res)
{
	char t50[16], t90[16], t95[16], bound[16], wrong[16] = "-";

	if (!isnan(res->wrong))
		snprintf(wrong, sizeof(wrong), "%.1f", res->wrong * 100);
	fprintf(f, "  %-9s %-4s %8s %8s %8s %8s %7s %7.2f %9.2f %8.1f %9.1f",
		scale_source_names[res->source], res->m.full ? "full" : "free",
		seconds(res->found_s[50], t50, sizeof(t50)),
		seconds(res->found_s[90], t90, sizeof(t90)),
		seconds(res->found_s[95], t95, sizeof(t95)),
		seconds(res->bound_s, bound, sizeof(bound)), wrong, res->cpu_percent,
		res->engine_percent, res->lock_us, res->memory / (1 << 20));
	if (!res->m.asleep && !result_in_time(res))
		fprintf(f, result_is_blind(res) ? "  blind" : "  late");
	if (!result_is_cheap(res))
		fprintf(f, "  CPU over %g %%", res->cpu_bound);
	fputc('\n', f);
}

static void print_hottest(FILE *f, const struct hottest *h)
{
	fprintf(f,
		"\nhottest first, %s fast memory: of the first GiB promoted out of 16 GiB of "
		"candidates %.1f %%\n"
		"  belong to the hottest quarter; it took %.1f s",
		h->full ? "full" : "free", h->share * 100, h->seconds);
	if (h->promoted_gib < 1)
		fprintf(f, " and was %.2f GiB only", h->promoted_gib);
	fprintf(f, h->share < HOTTEST_BOUND || h->promoted_gib < 1 ? "  under %g %%\n" : "\n",
		HOTTEST_BOUND * 100);
}

void output_table(FILE *f, const struct report *rep)
{
	for (size_t i = 0; i < rep->nr; i++) {
		if (!i || !same_machine(&rep->results[i - 1].m, &rep->results[i].m))
			print_machine(f, &rep->results[i].m);
		print_result(f, &rep->results[i]);
	}
	for (size_t i = 0; i < rep->nr_hottest; i++)
		print_hottest(f, &rep->hottest[i]);
}

void output_list(FILE *f)
{
	fprintf(f, "Costs, in instructions unless the name says ns (--cost NAME=N):\n");
	for (int i = 0; i < SCALE_COSTS; i++)
		fprintf(f, "  %-14s %6g  %-42s %s\n", scale_costs[i].name, scale_costs[i].amount,
			scale_costs[i].about, scale_costs[i].from);
	fprintf(f, "Parameters of pghot (--param NAME=N):\n");
	for (int i = 0; i < SCALE_PARAMS; i++)
		fprintf(f, "  %-19s %8u  %u to %u\n", scale_params[i].name, scale_params[i].value,
			scale_params[i].least, scale_params[i].most);
}
