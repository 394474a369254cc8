// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * All figures in the text format of OpenMetrics 1.0: families of metrics, each with
 * type, unit and help before its samples, "# EOF" at the end. Base units as is the
 * custom there: bytes and seconds, not pages and milliseconds.
 *
 * The older text format of Prometheus differs where it hurts: there the metadata of
 * a counter have its name with "_total", and a reader that knows no type "info", such
 * as node_exporter's collector of text files, refuses the whole file.
 */

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
#include "config/settings.h"
#include "health.h"
#include "jsontext.h"
#include "names.h"
#include "output/show.h"

/* Everything that is told, as of one moment as far as possible. */
struct figures {
	struct pghot_info info;
	struct pghot_stats stats;
	struct settings settings;
	struct node_list nodes;
	struct pghot_surroundings surroundings;
};

/* Where it goes: text, or a JSON array of families. */
struct sink {
	FILE *text;
	bool prometheus;
	json_t *families;
	json_t *samples;
	const char *suffix; /* of the samples of the family under way */
	char name[96];
};

enum kind {
	GAUGE,
	COUNTER,
	INFO,
};

static const struct {
	const char *name;
	const char *prometheus;
	const char *suffix;
} kinds[] = {
	[GAUGE] = { "gauge", "gauge", "" },
	[COUNTER] = { "counter", "counter", "_total" },
	[INFO] = { "info", "gauge", "_info" },
};

/* ---- writing ------------------------------------------------------------- */

/* A family: its samples follow. The unit is the end of the name, or NULL. */
static void family(struct sink *s, const char *name, enum kind kind, const char *unit,
		   const char *help)
{
	json_t *v;

	snprintf(s->name, sizeof(s->name), "%s", name);
	s->suffix = kinds[kind].suffix;
	if (s->text && s->prometheus) {
		fprintf(s->text, "# HELP %s%s %s\n", name, s->suffix, help);
		fprintf(s->text, "# TYPE %s%s %s\n", name, s->suffix, kinds[kind].prometheus);
		return;
	}
	if (s->text) {
		fprintf(s->text, "# TYPE %s %s\n", name, kinds[kind].name);
		if (unit)
			fprintf(s->text, "# UNIT %s %s\n", name, unit);
		fprintf(s->text, "# HELP %s %s\n", name, help);
		return;
	}
	v = json_object();
	s->samples = json_array();
	json_object_set_new(v, "name", json_string(name));
	json_object_set_new(v, "type", json_string(kinds[kind].name));
	json_object_set_new(v, "unit", unit ? json_string(unit) : json_null());
	json_object_set_new(v, "help", json_string(help));
	json_object_set_new(v, "samples", s->samples);
	json_array_append_new(s->families, v);
}

/* Names come from the kernel and from tables, but nothing forbids a quote there. */
static void put_label(FILE *to, const char *value)
{
	for (; *value; value++) {
		if (*value == '\\' || *value == '"')
			putc('\\', to);
		if (*value == '\n')
			fputs("\\n", to);
		else
			putc(*value, to);
	}
}

struct label {
	const char *name;
	const char *value;
};

static int put_piece(const char *text, size_t len, void *file)
{
	return fwrite(text, 1, len, file) == len ? 0 : -1;
}

static void sample(struct sink *s, const struct label *labels, size_t nr, json_t *value)
{
	json_t *v, *set;

	if (s->text) {
		fprintf(s->text, "%s%s", s->name, s->suffix);
		for (size_t i = 0; i < nr; i++) {
			fprintf(s->text, "%s%s=\"", i ? "," : "{", labels[i].name);
			put_label(s->text, labels[i].value);
			fputs(i + 1 == nr ? "\"}" : "\"", s->text);
		}
		putc(' ', s->text);
		pghot_json_dump(value, false, put_piece, s->text);
		putc('\n', s->text);
		json_decref(value);
		return;
	}
	v = json_object();
	set = json_object();
	for (size_t i = 0; i < nr; i++)
		json_object_set_new(set, labels[i].name, json_text(labels[i].value));
	json_object_set_new(v, "labels", set);
	json_object_set_new(v, "value", value);
	json_array_append_new(s->samples, v);
}

static void number(struct sink *s, const char *label, const char *of, uint64_t value)
{
	struct label l = { label, of };

	sample(s, &l, label ? 1 : 0, pghot_json_u64(value));
}

/* ---- parameters ---------------------------------------------------------- */

static bool ends_in(const char *s, const char *end)
{
	size_t a = strlen(s), b = strlen(end);

	return a >= b && !strcmp(s + a - b, end);
}

/* The unit, and the name of the parameter without the one that it has there. */
static const char *base_unit(const struct pghot_param_desc *desc, char *name, size_t size)
{
	static const char *const units[] = {
		[PGHOT_UNIT_MS] = "seconds",	 [PGHOT_UNIT_MBPS] = "bytes_per_second",
		[PGHOT_UNIT_MIB] = "bytes",	 [PGHOT_UNIT_PAGES] = "pages",
		[PGHOT_UNIT_ENTRIES] = "folios",
	};
	static const char *const ends[] = { "_ms", "_mbps", "_mib", "_nr", "_pages" };
	const char *unit = (size_t)desc->unit < sizeof(units) / sizeof(units[0]) ? units[desc->unit]
										 : NULL;

	param_key(desc->name, name, size);
	for (size_t i = 0; unit && i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (ends_in(name, ends[i]))
			name[strlen(name) - strlen(ends[i])] = '\0';
	}
	return unit;
}

static void parameter(struct sink *s, const char *prefix, const struct pghot_param_desc *desc,
		      int64_t value)
{
	char key[64], name[160];
	const char *unit = base_unit(desc, key, sizeof(key));

	snprintf(name, sizeof(name), "%s_%s%s%s", prefix, key, unit ? "_" : "", unit ? unit : "");
	family(s, name, GAUGE, unit, desc->help);
	if (desc->unit == PGHOT_UNIT_MS && value % 1000)
		sample(s, NULL, 0, json_real((double)value / 1000));
	else if (desc->unit == PGHOT_UNIT_MS)
		sample(s, NULL, 0, json_integer(value / 1000));
	else if (desc->unit == PGHOT_UNIT_MBPS || desc->unit == PGHOT_UNIT_MIB)
		sample(s, NULL, 0, json_integer(value << 20));
	else if (pghot_param_is_unsigned(desc))
		sample(s, NULL, 0, pghot_json_u64((uint64_t)value));
	else
		sample(s, NULL, 0, json_integer(value));
}

static void write_settings(struct sink *s, const struct settings *now)
{
	const struct pghot_param_desc *desc;
	char prefix[64], key[32];

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (pghot_has(now->params.present, desc->attr))
			parameter(s, "pghot_parameter", desc, now->params.value[desc->attr]);
	}
	for (size_t n = 0; n < now->sources.nr; n++) {
		const struct pghot_source *src = &now->sources.at[n];
		const struct pghot_source_name *name = pghot_source_by_id(src->id);

		if (!name)
			continue;
		snprintf(prefix, sizeof(prefix), "pghot_source_%s",
			 param_key(name->name, key, sizeof(key)));
		for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++)
			parameter(s, prefix, desc, src->params.value[desc->attr]);
	}
	if (!now->numa_balancing_err) {
		family(s, "pghot_system_numa_balancing", GAUGE, NULL,
		       "kernel.numa_balancing, hint faults of slow memory need its bit 2");
		number(s, NULL, NULL, (uint64_t)now->numa_balancing);
	}
	if (!now->demotion_err) {
		family(s, "pghot_system_demotion_enabled", GAUGE, NULL,
		       "1 when reclaim may demote to lower tiers");
		number(s, NULL, NULL, now->demotion);
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
	family(s, "pghot_build", INFO, NULL, "Versions of the tool and of the kernel's family");
	sample(s, labels, 3, json_integer(1));
	family(s, "pghot_running", GAUGE, NULL, "1 while at least one source is enabled");
	number(s, NULL, NULL, info->running);
	family(s, "pghot_memory_bytes", GAUGE, "bytes", "Memory in use for maps, rings and heaps");
	number(s, NULL, NULL, info->memory_bytes);
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
	enum kind kind;
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
		family(s, source_families[i].name, source_families[i].kind, NULL,
		       source_families[i].help);
		for (size_t n = 0; n < list->nr; n++)
			number(s, "source", source_label(&list->at[n]),
			       source_families[i].field(&list->at[n]));
	}
}

/* Of all that can be wrong, so that an alert finds a series before it is. */
static void write_problems(struct sink *s, const struct source_list *list,
			   const struct pghot_surroundings *sys)
{
	family(s, "pghot_source_problem", GAUGE, NULL,
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
			sample(s, labels, 2, json_integer(has));
		}
	}
}

static void write_stats(struct sink *s, const struct pghot_stats *st, uint64_t page_size)
{
	family(s, "pghot_hot_folios", COUNTER, "folios", "Folios that crossed the threshold");
	number(s, NULL, NULL, st->hot);
	family(s, "pghot_promoted_bytes", COUNTER, "bytes", "Memory promoted");
	number(s, NULL, NULL, st->promoted * page_size);
	family(s, "pghot_failed_bytes", COUNTER, "bytes",
	       "Hot memory that was not promoted, by reason");
	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		number(s, "reason", pghot_fail_reason_name(i), st->failed.pages[i] * page_size);
	family(s, "pghot_dropped_folios", COUNTER, "folios",
	       "Candidates that met something full; they are looked for again");
	number(s, "where", "ring", st->dropped_ring);
	number(s, "where", "heap", st->dropped_heap);
	family(s, "pghot_refilled_folios", COUNTER, "folios",
	       "Candidates found again by searching flagged sections");
	number(s, NULL, NULL, st->refilled);
	family(s, "pghot_pruned_folios", COUNTER, "folios",
	       "Candidates that went cold before their turn");
	number(s, NULL, NULL, st->pruned);
	family(s, "pghot_batches", COUNTER, NULL, "Migration batches");
	number(s, NULL, NULL, st->batches);
	family(s, "pghot_rate_limited", COUNTER, NULL,
	       "Times that the rate limit held promotion back");
	number(s, NULL, NULL, st->rate_limited);
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
	enum kind kind;
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
	family(s, "pghot_node", INFO, NULL, "Memory tier of the node");
	for (size_t i = 0; i < list->nr; i++) {
		char nid[16], tier[16] = "none";
		struct label labels[] = {
			{ "node", node_text(&list->at[i], nid, sizeof(nid)) },
			{ "tier", tier },
			{ "kind", list->at[i].toptier ? "top" : "lower" },
		};

		if (list->at[i].tier >= 0)
			snprintf(tier, sizeof(tier), "%d", list->at[i].tier);
		sample(s, labels, 3, json_integer(1));
	}
}

static void write_nodes(struct sink *s, const struct node_list *list, uint64_t page_size)
{
	char nid[16];

	write_node_info(s, list);
	for (size_t f = 0; f < sizeof(node_families) / sizeof(node_families[0]); f++) {
		const char *unit = node_families[f].unit;
		uint64_t scale = unit && !strcmp(unit, "bytes") ? page_size : 1;

		family(s, node_families[f].name, node_families[f].kind, unit,
		       node_families[f].help);
		for (size_t i = 0; i < list->nr; i++) {
			const struct pghot_node *n = &list->at[i];

			if (applies(node_families[f].which, n))
				number(s, "node", node_text(n, nid, sizeof(nid)),
				       scale * node_field(n, node_families[f].offset,
							  node_families[f].size));
		}
	}
	family(s, "pghot_node_failed_bytes", COUNTER, "bytes",
	       "Hot memory that was not promoted to the node, by reason");
	for (size_t i = 0; i < list->nr; i++) {
		const struct pghot_node *n = &list->at[i];

		for (unsigned int r = 0; n->toptier && r < PGHOT_FAIL_REASONS; r++) {
			struct label labels[] = {
				{ "node", node_text(n, nid, sizeof(nid)) },
				{ "reason", pghot_fail_reason_name(r) },
			};

			sample(s, labels, 2, pghot_json_u64(n->failed.pages[r] * page_size));
		}
	}
}

/* ---- the command --------------------------------------------------------- */

static void write_all(struct sink *s, const struct figures *f)
{
	uint64_t page_size = f->info.page_size ? f->info.page_size : 4096;

	write_info(s, &f->info);
	write_sources(s, &f->settings.sources);
	write_problems(s, &f->settings.sources, &f->surroundings);
	write_stats(s, &f->stats, page_size);
	write_nodes(s, &f->nodes, page_size);
	write_settings(s, &f->settings);
	if (s->text && !s->prometheus)
		fputs("# EOF\n", s->text);
}

static int write_file(struct ctx *ctx, const struct figures *f, const char *path, bool prometheus)
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

		write_all(&s, f);
		err = atomic_commit(&file);
	}
	if (err)
		return fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot write %s: %s",
				 path, strerror(-err));
	return STATUS_OK;
}

static int take_figures(struct ctx *ctx, struct figures *f)
{
	int ret = query_info(ctx, &f->info);

	if (!ret)
		ret = settings_read(ctx, &f->settings);
	if (!ret)
		ret = query_stats(ctx, &f->stats);
	if (!ret)
		ret = query_nodes(ctx, &f->nodes);
	pghot_surroundings_read(ctx->root, &f->surroundings);
	return ret;
}

int cmd_metrics(struct ctx *ctx, const struct call *call)
{
	const struct value *output = call_get(call, "--output");
	const struct value *format = call_get(call, "--format");
	struct figures *f = calloc(1, sizeof(*f));
	struct sink s = { 0 };
	int ret;

	if (!f)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	/* That is how the collector of node_exporter finds its files. */
	s.prometheus = format ? !strcmp(format->text, "prometheus")
			      : output && ends_in(output->text, ".prom");
	ret = take_figures(ctx, f);
	if (!ret && output)
		ret = write_file(ctx, f, output->text, s.prometheus);
	if (!ret && ctx->out.json) {
		s.families = json_array();
		write_all(&s, f);
		out_str(&ctx->out, "file", NULL, output ? output->text : NULL);
		out_str(&ctx->out, "format", NULL,
			!output	       ? NULL
			: s.prometheus ? "prometheus"
				       : "openmetrics");
		out_value(&ctx->out, "metrics", NULL, s.families, "");
	} else if (!ret && !output) {
		s.text = ctx->out.file;
		write_all(&s, f);
	}
	free(f->nodes.at);
	free(f);
	return ret;
}
