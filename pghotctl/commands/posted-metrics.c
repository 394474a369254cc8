// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures of kernels with the posted series. What means the same as with the family has the
 * same name. All counters are there as the kernel calls them, too, known ones and others.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/metrics.h"
#include "commands/posted.h"
#include "health.h"
#include "output/metric.h"
#include "output/show.h"
#include "system/mprof.h"
#include "system/system.h"

/* Everything that is told, as of one moment as far as possible. */
struct figures {
	const struct posted *posted;
	struct counters counters;
	struct source_list sources;
	int sources_err;
	struct pghot_params params;
	struct pghot_surroundings surroundings;
	int profiler_err;
	bool armed;
	int numa_balancing_err;
	int numa_balancing;
	int demotion_err;
	bool demotion;
	int64_t knob[POSTED_KNOBS];
	bool has_knob[POSTED_KNOBS];
};

/* clang-format off */

/* Counters of /proc/vmstat that have a family of their own. */
static const struct {
	const char *counter;
	const char *family;
	const char *unit;
	const char *label;
	const char *value;
	const char *help;
} known[] = {
	{ "hwhint_total_events", "pghot_hwhint_samples", NULL, "kind", "total",
	  "Samples of the hardware, those that were of use, and those that met a full buffer" },
	{ "hwhint_useful_events", "pghot_hwhint_samples", NULL, "kind", "useful", NULL },
	{ "hwhint_dropped_events", "pghot_hwhint_samples", NULL, "kind", "dropped", NULL },
	{ "hwhint_dram_accesses", "pghot_hwhint_accesses", NULL, "memory", "dram",
	  "Sampled accesses by where the data came from" },
	{ "hwhint_extmem_accesses", "pghot_hwhint_accesses", NULL, "memory", "extmem", NULL },
	{ "pgpromote_success", "pghot_promoted_bytes", "bytes", NULL, NULL, "Memory promoted" },
};
/* clang-format on */

#define NR_KNOWN (sizeof(known) / sizeof(known[0]))

static const uint64_t *value_of(const struct counters *c, const char *name)
{
	for (size_t i = 0; i < c->nr; i++) {
		if (!strcmp(c->at[i].name, name))
			return &c->at[i].value;
	}
	return NULL;
}

static void write_known(struct sink *s, const struct counters *c)
{
	uint64_t page_size = (uint64_t)sysconf(_SC_PAGESIZE);
	const char *family = "";

	for (size_t i = 0; i < NR_KNOWN; i++) {
		const uint64_t *value = value_of(c, known[i].counter);
		size_t first = i;

		if (!value)
			continue;
		while (first && !strcmp(known[first - 1].family, known[i].family))
			first--;
		if (strcmp(family, known[i].family))
			metric_family(s, known[i].family, COUNTER, known[i].unit,
				      known[first].help);
		family = known[i].family;
		metric_number(s, known[i].label, known[i].value,
			      *value * (known[i].unit ? page_size : 1));
	}
}

static void write_raw(struct sink *s, const struct counters *c)
{
	metric_family(s, "pghot_vmstat", COUNTER, NULL,
		      "What /proc/vmstat counts about hot pages and promotion, by its name there");
	for (size_t i = 0; i < c->nr; i++)
		metric_number(s, "counter", c->at[i].name, c->at[i].value);
}

static void write_sources(struct sink *s, const struct figures *f)
{
	const struct source_list *list = &f->sources;
	bool running = false;

	for (size_t i = 0; i < list->nr; i++)
		running |= list->at[i].enabled;
	if (!f->sources_err) {
		metric_family(s, "pghot_running", GAUGE, NULL,
			      "1 while at least one source is enabled");
		metric_number(s, NULL, NULL, running);
		metric_family(s, "pghot_source_enabled", GAUGE, NULL,
			      "1 while the source reports accesses");
		for (size_t i = 0; i < list->nr; i++)
			metric_number(s, "source", source_label(&list->at[i]), list->at[i].enabled);
	}
	metric_family(s, "pghot_source_recorded", COUNTER, NULL,
		      "Accesses that the source reported");
	for (size_t i = 0; i < list->nr; i++) {
		if (pghot_has(list->at[i].present, PGHOT_A_SOURCE_RECORDED))
			metric_number(s, "source", source_label(&list->at[i]),
				      list->at[i].recorded);
	}
}

static void write_settings(struct sink *s, const struct figures *f)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = posted_param_at(f->posted->revision)(i)); i++) {
		if (pghot_has(f->params.present, desc->attr))
			metric_parameter(s, "pghot_parameter", desc, f->params.value[desc->attr]);
	}
	if (!f->profiler_err) {
		metric_family(s, "pghot_source_hwhint_ibs_mprof_armed", GAUGE, NULL,
			      "1 while the IBS memory profiler samples");
		metric_number(s, NULL, NULL, f->armed);
	}
	for (unsigned int i = 0; (desc = posted_knob_at(i)); i++) {
		if (f->has_knob[desc->attr])
			metric_parameter(s, "pghot_source_hwhint", desc, f->knob[desc->attr]);
	}
	if (!f->numa_balancing_err) {
		metric_family(s, "pghot_system_numa_balancing", GAUGE, NULL,
			      "kernel.numa_balancing, hint faults of slow memory need its bit 2");
		metric_number(s, NULL, NULL, (uint64_t)f->numa_balancing);
	}
	if (!f->demotion_err) {
		metric_family(s, "pghot_system_demotion_enabled", GAUGE, NULL,
			      "1 when reclaim may demote to lower tiers");
		metric_number(s, NULL, NULL, f->demotion);
	}
}

static void write_figures(struct sink *s, const void *figures)
{
	const struct figures *f = figures;
	struct label labels[] = {
		{ "pghotctl_version", PGHOT_VERSION },
		{ "posted_revision", posted_revision_text(f->posted->revision) },
	};

	metric_family(s, "pghot_build", INFO, NULL,
		      "Versions of the tool and of the kernel's series");
	metric_sample(s, labels, 2, json_integer(1));
	write_sources(s, f);
	metrics_of_problems(s, &f->sources, &f->surroundings);
	write_known(s, &f->counters);
	write_raw(s, &f->counters);
	write_settings(s, f);
	metric_end(s);
}

static int tell(struct ctx *ctx, const struct call *call)
{
	struct figures f = { .posted = &ctx->posted };
	int ret;

	if (call_get(call, "--cgroups"))
		return fail_with(&ctx->failure, STATUS_UNSUPPORTED, 0,
				 "metrics: --cgroups: this kernel does not count by cgroup");
	ret = posted_read_counters(ctx, &f.counters);
	if (ret)
		return ret;
	f.sources_err = posted_sources(ctx, &f.sources);
	if (f.sources_err == -ENOMEM)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	posted_params(&ctx->posted, &f.params);
	f.profiler_err = mprof_get(ctx->root, &f.armed);
	posted_knobs(&ctx->posted, f.knob, f.has_knob);
	f.numa_balancing_err = numa_balancing_get(ctx->root, &f.numa_balancing);
	f.demotion_err = demotion_get(ctx->root, &f.demotion);
	pghot_surroundings_read(ctx->root, &f.surroundings);
	return metrics_tell(ctx, call, write_figures, &f);
}

int cmd_posted_metrics(struct ctx *ctx, const struct call *call)
{
	return metrics_serve(ctx, call, tell);
}
