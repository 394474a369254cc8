// SPDX-License-Identifier: GPL-2.0-or-later
/* All figures of the family, see output/metric.h for the format. */

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atomic.h"
#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/metrics.h"
#include "config/settings.h"
#include "health.h"
#include "jsontext.h"
#include "names.h"
#include "output/metric.h"
#include "output/show.h"
#include "system/demoted.h"

/* Everything that is told, as of one moment as far as possible. */
struct figures {
	const char *root;
	struct pghot_info info;
	struct pghot_stats stats;
	struct settings settings;
	struct node_list nodes;
	struct cgroup_figures cgroups;
	struct pghot_surroundings surroundings;
};

/* ---- parameters ---------------------------------------------------------- */

static void write_settings(struct sink *s, const struct settings *now)
{
	const struct pghot_param_desc *desc;
	char prefix[64], key[32];

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (pghot_has(now->params.present, desc->attr))
			metric_parameter(s, "pghot_parameter", desc, now->params.value[desc->attr]);
	}
	for (size_t n = 0; n < now->sources.nr; n++) {
		const struct pghot_source *src = &now->sources.at[n];
		const struct pghot_source_name *name = pghot_source_by_id(src->id);

		if (!name)
			continue;
		snprintf(prefix, sizeof(prefix), "pghot_source_%s",
			 param_key(name->name, key, sizeof(key)));
		for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++)
			metric_parameter(s, prefix, desc, src->params.value[desc->attr]);
	}
	if (!now->numa_balancing_err) {
		metric_family(s, "pghot_system_numa_balancing", GAUGE, NULL,
			      "kernel.numa_balancing, hint faults of slow memory need its bit 2");
		metric_number(s, NULL, NULL, (uint64_t)now->numa_balancing);
	}
	if (!now->demotion_err) {
		metric_family(s, "pghot_system_demotion_enabled", GAUGE, NULL,
			      "1 when reclaim may demote to lower tiers");
		metric_number(s, NULL, NULL, now->demotion);
	}
}

/* ---- counters ------------------------------------------------------------ */

static void write_info(struct sink *s, const struct pghot_info *info)
{
	char version[16], page_size[16];
	struct label labels[] = {
		{ "pghotctl_version", PGHOT_VERSION },
		{ "family_version", version },
		{ "page_size", page_size },
	};

	snprintf(version, sizeof(version), "%u", info->version);
	snprintf(page_size, sizeof(page_size), "%u", info->page_size);
	metric_family(s, "pghot_build", INFO, NULL,
		      "Versions of the tool and of the kernel's family");
	metric_sample(s, labels, 3, json_integer(1));
	metric_family(s, "pghot_running", GAUGE, NULL, "1 while at least one source is enabled");
	metric_number(s, NULL, NULL, info->running);
	metric_family(s, "pghot_memory_bytes", GAUGE, "bytes",
		      "Memory in use for maps, rings and heaps");
	metric_number(s, NULL, NULL, info->memory_bytes);
}

static uint64_t src_available(const struct pghot_source *src)
{
	return src->available;
}

static uint64_t src_enabled(const struct pghot_source *src)
{
	return src->enabled;
}

static uint64_t src_recorded(const struct pghot_source *src)
{
	return src->recorded;
}

static uint64_t src_useful(const struct pghot_source *src)
{
	return src->useful;
}

/* clang-format off */

/* Families of the sources, in which @field picks the figure. */
static const struct {
	const char *name;
	enum metric_kind kind;
	const char *help;
	uint64_t (*field)(const struct pghot_source *src);
} source_families[] = {
	{ "pghot_source_available", GAUGE, "1 when the source can be enabled",
	  src_available },
	{ "pghot_source_enabled", GAUGE, "1 while the source reports accesses",
	  src_enabled },
	{ "pghot_source_recorded", COUNTER, "Accesses that the source reported",
	  src_recorded },
	{ "pghot_source_useful", COUNTER, "Reports that hit a tracked page of a lower tier",
	  src_useful },
};
/* clang-format on */

static void write_sources(struct sink *s, const struct source_list *list)
{
	for (size_t i = 0; i < sizeof(source_families) / sizeof(source_families[0]); i++) {
		metric_family(s, source_families[i].name, source_families[i].kind, NULL,
			      source_families[i].help);
		for (size_t n = 0; n < list->nr; n++)
			metric_number(s, "source", source_label(&list->at[n]),
				      source_families[i].field(&list->at[n]));
	}
	metric_family(s, "pghot_source_window_seconds", GAUGE, "seconds",
		      "Window in which what the source reports adds up");
	for (size_t n = 0; n < list->nr; n++) {
		if (pghot_has(list->at[n].present, PGHOT_A_SOURCE_WINDOW_MS))
			metric_seconds(s, "source", source_label(&list->at[n]),
				       list->at[n].window_ms);
	}
	metric_family(s, "pghot_source_pace_seconds", GAUGE, "seconds",
		      "Time between two looks of the source at a page, once it is known");
	for (size_t n = 0; n < list->nr; n++) {
		if (pghot_has(list->at[n].present, PGHOT_A_SOURCE_PACE_MS))
			metric_seconds(s, "source", source_label(&list->at[n]),
				       list->at[n].pace_ms);
	}
}

/* Of all that can be wrong, so that an alert finds a series before it is. */
void metrics_of_problems(struct sink *s, const struct source_list *list,
			 const struct pghot_surroundings *sys)
{
	metric_family(s, "pghot_source_problem", GAUGE, NULL,
		      "1 while something keeps the enabled source from seeing accesses, by cause");
	for (size_t n = 0; n < list->nr; n++) {
		const struct pghot_source *src = &list->at[n];
		struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
		unsigned int nr = pghot_source_problems(src, sys, problems);
		const char *cause;

		for (unsigned int i = 0; (cause = pghot_problem_cause_at(src->id, i)); i++) {
			struct label labels[] = {
				{ "source", source_label(src) },
				{ "cause", cause },
			};
			bool has = false;

			for (unsigned int k = 0; k < nr; k++)
				has |= !strcmp(problems[k].cause, cause);
			metric_sample(s, labels, 2, json_integer(has));
		}
	}
}

static void write_stats(struct sink *s, const struct pghot_stats *st, uint64_t page_size)
{
	metric_family(s, "pghot_hot_folios", COUNTER, "folios",
		      "Folios that crossed the threshold");
	metric_number(s, NULL, NULL, st->hot);
	metric_family(s, "pghot_promoted_bytes", COUNTER, "bytes", "Memory promoted");
	metric_number(s, NULL, NULL, st->promoted * page_size);
	metric_family(s, "pghot_failed_bytes", COUNTER, "bytes",
		      "Hot memory that was not promoted, by reason");
	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		metric_number(s, "reason", pghot_fail_reason_name(i),
			      st->failed.pages[i] * page_size);
	metric_family(s, "pghot_dropped_folios", COUNTER, "folios",
		      "Candidates that met something full; they are looked for again");
	metric_number(s, "where", "ring", st->dropped_ring);
	metric_number(s, "where", "heap", st->dropped_heap);
	metric_family(s, "pghot_refilled_folios", COUNTER, "folios",
		      "Candidates found again by searching flagged sections");
	metric_number(s, NULL, NULL, st->refilled);
	metric_family(s, "pghot_pruned_folios", COUNTER, "folios",
		      "Candidates that went cold before their turn");
	metric_number(s, NULL, NULL, st->pruned);
	metric_family(s, "pghot_batches", COUNTER, NULL, "Migration batches");
	metric_number(s, NULL, NULL, st->batches);
	metric_family(s, "pghot_rate_limited", COUNTER, NULL,
		      "Times that the rate limit held promotion back");
	metric_number(s, NULL, NULL, st->rate_limited);
}

/* ---- nodes --------------------------------------------------------------- */

/* Which nodes have the figure. */
enum which {
	ALL_NODES,
	TOP_TIER,
	LOWER_TIERS,
};

#define FIELD(field) offsetof(struct pghot_node, field), sizeof(((struct pghot_node *)0)->field)

/* clang-format off */
static const struct {
	const char *name;
	enum metric_kind kind;
	const char *unit;
	enum which which;
	size_t offset;
	size_t size;
	const char *help;
} node_families[] = {
	{ "pghot_node_size_bytes", GAUGE, "bytes", ALL_NODES,
	  FIELD(present_pages), "Memory of the node" },
	{ "pghot_node_free_bytes", GAUGE, "bytes", ALL_NODES,
	  FIELD(free_pages), "Free memory of the node" },
	{ "pghot_node_tracked_bytes", GAUGE, "bytes", LOWER_TIERS,
	  FIELD(tracked_pages), "Memory that the hotness map covers" },
	{ "pghot_node_refill_sections", GAUGE, NULL, LOWER_TIERS,
	  FIELD(refill_sections), "Sections flagged to be searched for hot pages" },
	{ "pghot_node_queued_folios", GAUGE, "folios", TOP_TIER,
	  FIELD(heap_length), "Folios that wait for promotion to the node" },
	{ "pghot_node_queue_capacity_folios", GAUGE, "folios", TOP_TIER,
	  FIELD(heap_capacity), "Folios that can wait" },
	{ "pghot_node_threshold", GAUGE, NULL, TOP_TIER,
	  FIELD(threshold), "Frequency that promotion asks for at present" },
	{ "pghot_node_hot_bytes", COUNTER, "bytes", TOP_TIER,
	  FIELD(hot), "Memory that became a candidate for the node" },
	{ "pghot_node_promoted_bytes", COUNTER, "bytes", TOP_TIER,
	  FIELD(promoted), "Memory promoted to the node" },
	{ "pghot_node_promoted_last_second_bytes", GAUGE, "bytes", TOP_TIER,
	  FIELD(promoted_per_sec), "Memory promoted during the last full second" },
	{ "pghot_node_rate_limited", GAUGE, NULL, TOP_TIER,
	  FIELD(rate_limited), "1 while the rate limit holds promotion back" },
	{ "pghot_node_dropped_folios", COUNTER, "folios", TOP_TIER,
	  FIELD(dropped), "Candidates that met a full ring or heap" },
};
/* clang-format on */

static uint64_t node_field(const struct pghot_node *n, size_t offset, size_t size)
{
	const char *at = (const char *)n + offset;
	uint64_t wide;
	uint32_t word;

	if (size == sizeof(bool))
		return *(const bool *)at;
	if (size == sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		return word;
	}
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

static bool applies(enum which which, const struct pghot_node *n)
{
	return which == ALL_NODES || n->toptier == (which == TOP_TIER);
}

static char *node_text(const struct pghot_node *n, char *buf, size_t size)
{
	snprintf(buf, size, "%u", n->nid);
	return buf;
}

static void write_node_info(struct sink *s, const struct node_list *list)
{
	metric_family(s, "pghot_node", INFO, NULL, "Memory tier of the node");
	for (size_t i = 0; i < list->nr; i++) {
		char nid[16], tier[16] = "none";
		struct label labels[] = {
			{ "node", node_text(&list->at[i], nid, sizeof(nid)) },
			{ "tier", tier },
			{ "kind", list->at[i].toptier ? "top" : "lower" },
		};

		if (list->at[i].tier >= 0)
			snprintf(tier, sizeof(tier), "%d", list->at[i].tier);
		metric_sample(s, labels, 3, json_integer(1));
	}
}

static void write_node_records(struct sink *s, const struct node_list *list)
{
	char nid[16];

	metric_family(s, "pghot_node_record_bytes", GAUGE, "bytes",
		      "Memory of the node that the records of all nodes take");
	for (size_t i = 0; i < list->nr; i++)
		metric_number(s, "node", node_text(&list->at[i], nid, sizeof(nid)),
			      list->at[i].record_bytes);
}

/* By reclaim, of whatever it found cold: the kernel counts it whether pghot runs or not. */
static void write_demoted(struct sink *s, const struct node_list *list, uint64_t page_size,
			  const char *root)
{
	char nid[16];
	uint64_t pages;

	metric_family(s, "pghot_node_demoted_bytes", COUNTER, "bytes",
		      "Memory that reclaim demoted from the node to a lower tier, since boot");
	for (size_t i = 0; i < list->nr; i++) {
		if (!demoted_pages(root, list->at[i].nid, &pages))
			metric_number(s, "node", node_text(&list->at[i], nid, sizeof(nid)),
				      pages * page_size);
	}
}

static void write_nodes(struct sink *s, const struct node_list *list, uint64_t page_size,
			const char *root)
{
	char nid[16];

	write_node_info(s, list);
	write_node_records(s, list);
	write_demoted(s, list, page_size, root);
	for (size_t f = 0; f < sizeof(node_families) / sizeof(node_families[0]); f++) {
		const char *unit = node_families[f].unit;
		uint64_t scale = unit && !strcmp(unit, "bytes") ? page_size : 1;

		metric_family(s, node_families[f].name, node_families[f].kind, unit,
			      node_families[f].help);
		for (size_t i = 0; i < list->nr; i++) {
			const struct pghot_node *n = &list->at[i];

			if (applies(node_families[f].which, n))
				metric_number(s, "node", node_text(n, nid, sizeof(nid)),
					      scale * node_field(n, node_families[f].offset,
								 node_families[f].size));
		}
	}
	metric_family(s, "pghot_node_failed_bytes", COUNTER, "bytes",
		      "Hot memory that was not promoted to the node, by reason");
	for (size_t i = 0; i < list->nr; i++) {
		const struct pghot_node *n = &list->at[i];

		for (unsigned int r = 0; n->toptier && r < PGHOT_FAIL_REASONS; r++) {
			struct label labels[] = {
				{ "node", node_text(n, nid, sizeof(nid)) },
				{ "reason", pghot_fail_reason_name(r) },
			};

			metric_sample(s, labels, 2, pghot_json_u64(n->failed.pages[r] * page_size));
		}
	}
}

/* ---- the command --------------------------------------------------------- */

static void write_figures(struct sink *s, const void *figures)
{
	const struct figures *f = figures;
	uint64_t page_size = f->info.page_size ? f->info.page_size : 4096;

	write_info(s, &f->info);
	write_sources(s, &f->settings.sources);
	metrics_of_problems(s, &f->settings.sources, &f->surroundings);
	write_stats(s, &f->stats, page_size);
	write_nodes(s, &f->nodes, page_size, f->root);
	metrics_of_cgroups(s, &f->cgroups, page_size);
	write_settings(s, &f->settings);
	metric_end(s);
}

static bool ends_in(const char *s, const char *end)
{
	size_t a = strlen(s), b = strlen(end);

	return a >= b && !strcmp(s + a - b, end);
}

static int write_file(struct ctx *ctx, metrics_write_fn write, const void *figures,
		      const char *path, bool prometheus)
{
	struct atomic_file file;
	int err = atomic_open(&file, path, 0666);

	if (!err && out_mixes(&ctx->out, fileno(file.file))) {
		atomic_abort(&file);
		return fail_with(&ctx->failure, STATUS_USAGE, 0,
				 "metrics: %s cannot be both the metrics and JSON", path);
	}
	if (!err) {
		struct sink s = { .text = file.file, .prometheus = prometheus };

		write(&s, figures);
		err = atomic_commit(&file);
	}
	if (err)
		return fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot write %s: %s",
				 path, strerror(-err));
	return STATUS_OK;
}

int metrics_tell(struct ctx *ctx, const struct call *call, metrics_write_fn write,
		 const void *figures)
{
	const struct value *output = call_get(call, "--output");
	const struct value *format = call_get(call, "--format");
	struct sink s = { 0 };
	int ret = STATUS_OK;

	/* That is how the collector of node_exporter finds its files. */
	s.prometheus = format ? !strcmp(format->text, "prometheus")
			      : output && ends_in(output->text, ".prom");
	if (output)
		ret = write_file(ctx, write, figures, output->text, s.prometheus);
	if (!ret && ctx->out.json) {
		s.families = json_array();
		write(&s, figures);
		out_str(&ctx->out, "file", NULL, output ? output->text : NULL);
		out_str(&ctx->out, "format", NULL,
			!output	       ? NULL
			: s.prometheus ? "prometheus"
				       : "openmetrics");
		out_value(&ctx->out, "metrics", NULL, s.families, "");
	} else if (!ret && !output) {
		s.text = ctx->out.file;
		write(&s, figures);
	}
	return ret;
}

static int take_figures(struct ctx *ctx, const struct call *call, struct figures *f)
{
	int ret = query_info(ctx, &f->info);

	f->root = ctx->root;
	if (!ret)
		ret = settings_read(ctx, &f->settings);
	if (!ret)
		ret = query_stats(ctx, &f->stats);
	if (!ret)
		ret = query_nodes(ctx, &f->nodes);
	if (!ret)
		ret = metrics_take_cgroups(ctx, call, &f->cgroups);
	pghot_surroundings_read(ctx->root, &f->surroundings);
	return ret;
}

static int tell(struct ctx *ctx, const struct call *call)
{
	struct figures *f = calloc(1, sizeof(*f));
	int ret;

	if (!f)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = take_figures(ctx, call, f);
	if (!ret)
		ret = metrics_tell(ctx, call, write_figures, f);
	metrics_free_cgroups(&f->cgroups);
	free(f->nodes.at);
	free(f);
	return ret;
}

int cmd_metrics(struct ctx *ctx, const struct call *call)
{
	return metrics_serve(ctx, call, tell);
}
