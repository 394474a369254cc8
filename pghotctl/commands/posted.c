// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The commands that work with the posted series as well, see posted.h. Their
 * answers have the shape of the family's, with null for what those kernels do not
 * tell.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/stats.h"
#include "jsontext.h"
#include "names.h"
#include "output/show.h"
#include "source/surroundings.h"
#include "system/system.h"
#include "units.h"

static const char mount_way[] = "mount -t debugfs none /sys/kernel/debug";

/* Cannot reach a file: what that means depends on where it is. */
static int fail_file(struct ctx *ctx, const char *what, const char *path, int err)
{
	struct failure *f = &ctx->failure;

	fail_with(f, status_of_errno(-err), -err, "cannot %s: %s: %s", what, path, strerror(-err));
	if (f->status == STATUS_PERMISSION || err == -EROFS || err == -SYSTEM_NOT_MOUNTED)
		fail_hint(f, "%s", system_hint(err));
	else if (err == -ENOENT && !ctx->posted.mounted)
		fail_hint(f, "debugfs is not mounted: %s", mount_way);
	else if (err == -ENOENT)
		f->status = STATUS_UNSUPPORTED;
	return f->status;
}

/* ---- what there is ------------------------------------------------------- */

struct counted {
	const char *name;
	uint64_t value;
	bool found;
};

static void take_counter(const char *name, uint64_t value, void *data)
{
	struct counted *c = data;

	if (strcmp(c->name, name))
		return;
	c->value = value;
	c->found = true;
}

/* Return: 0 or a negative errno of the mask of enabled sources. */
static int posted_sources(struct ctx *ctx, struct source_list *list)
{
	const struct posted *p = &ctx->posted;
	const struct posted_source *known;
	uint64_t mask = 0;
	int err = posted_read(p, posted_sources_path(p), &mask);

	memset(list, 0, sizeof(*list));
	for (unsigned int i = 0; (known = posted_source_at(p, i)); i++) {
		struct pghot_source *src = &list->at[list->nr++];
		struct counted count = { .name = known->counter };

		snprintf(src->name, sizeof(src->name), "%s", known->name);
		src->available = true;
		src->id = known->has_id ? known->id : UINT32_MAX;
		src->present = 1ULL << PGHOT_A_SOURCE_NAME | 1ULL << PGHOT_A_SOURCE_AVAILABLE;
		if (known->has_id)
			src->present |= 1ULL << PGHOT_A_SOURCE_ID;
		if (!err)
			src->present |= 1ULL << PGHOT_A_SOURCE_ENABLED;
		src->enabled = mask & known->bit;
		posted_counters(p, take_counter, &count);
		if (count.found)
			src->present |= 1ULL << PGHOT_A_SOURCE_RECORDED;
		src->recorded = count.value;
	}
	return err;
}

/* Every parameter that can be read; Return: the first errno met. */
static int read_params(const struct posted *p, struct pghot_params *params)
{
	param_at_fn param_at = posted_param_at(p->revision);
	const struct pghot_param_desc *desc;
	int first = 0;

	memset(params, 0, sizeof(*params));
	for (unsigned int i = 0; (desc = param_at(i)); i++) {
		uint64_t value;
		int err = posted_read(p, posted_param_path(p, desc->attr), &value);

		if (!err) {
			params->value[desc->attr] = (int64_t)value;
			params->present |= 1ULL << desc->attr;
		} else if (!first) {
			first = err;
		}
	}
	return first;
}

/* A revision may lack a file; one that is there and closed is worth a word. */
static void note_hidden(struct ctx *ctx)
{
	if (!ctx->posted.hidden)
		return;
	if (ctx->posted.mounted)
		out_note(&ctx->out, "what is in debugfs is hidden: run it as root");
	else
		out_note(&ctx->out, "what is in debugfs is hidden: it is not mounted, %s",
			 mount_way);
}

int cmd_posted_status(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct out *o = &ctx->out;
	struct source_list list;
	struct pghot_params params;
	char text[64];
	bool running = false;
	int err;

	(void)call;
	err = posted_sources(ctx, &list);
	if (err && err != -EACCES && err != -ENOENT)
		return fail_file(ctx, "read the enabled sources", posted_sources_path(p), err);
	for (size_t i = 0; i < list.nr; i++)
		running |= list.at[i].enabled;

	out_heading(o, "pghot");
	out_str(o, "backend", NULL, "posted");
	snprintf(text, sizeof(text), "as posted, %s: debugfs and sysctl files",
		 posted_revision_text(p->revision));
	out_value(o, "posted_revision", "revision", json_string(posted_revision_text(p->revision)),
		  text);
	if (err)
		out_value(o, "running", "state", json_null(), "hidden");
	else
		out_bool(o, "running", "state", running, "running", "idle: no source is enabled");
	/* What only the family tells. */
	out_value(o, "family_version", NULL, json_null(), "");
	out_value(o, "memory_bytes", NULL, json_null(), "");
	out_value(o, "record_bytes", NULL, json_null(), "");
	out_value(o, "heap_capacity", NULL, json_null(), "");
	out_value(o, "age_resolution_ms", NULL, json_null(), "");
	out_value(o, "page_size_bytes", NULL, json_null(), "");
	out_value(o, "entry_size_bytes", NULL, json_null(), "");
	out_heading(o, "Sources");
	show_sources(o, ctx->root, list.at, list.nr);
	if (o->json)
		show_nodes(o, NULL, 0);
	out_heading(o, "Parameters");
	out_object(o, "parameters");
	read_params(p, &params);
	show_params_of(o, posted_param_at(p->revision), &params);
	out_object_end(o);
	show_system(o, ctx->root);
	note_hidden(ctx);
	return STATUS_OK;
}

/* ---- parameters ---------------------------------------------------------- */

int cmd_posted_get(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	const struct value *v = call_get(call, "NAME");
	struct pghot_params params;
	uint64_t asked = 0;

	read_params(p, &params);
	for (; v; v = call_next(call, "NAME", v)) {
		const char *path = posted_param_path(p, v->param->attr);
		uint64_t value;
		int err;

		asked |= 1ULL << v->param->attr;
		if (pghot_has(params.present, v->param->attr))
			continue;
		err = posted_read(p, path, &value);
		return fail_file(ctx, "read it", path, err ? err : -EIO);
	}
	if (asked)
		params.present &= asked;
	else
		note_hidden(ctx);
	show_params_of(&ctx->out, posted_param_at(p->revision), &params);
	return STATUS_OK;
}

static int fail_param(struct ctx *ctx, const struct value *v, int err)
{
	const char *path = posted_param_path(&ctx->posted, v->param->attr);
	struct failure *f = &ctx->failure;
	char doing[96], accepts[64];

	if (err == -EINVAL || err == -ERANGE) {
		fail_with(f, STATUS_FAILED, -err, "%s: the kernel refuses %s", v->param->name,
			  strchr(v->text, '=') + 1);
		fail_hint(f, "accepted: %s, or less: these kernels do not say",
			  pghot_param_accepts(v->param, accepts, sizeof(accepts)));
	} else if (err == -ESTALE) {
		fail_with(f, STATUS_FAILED, EIO, "%s: the kernel did not take %s", v->param->name,
			  strchr(v->text, '=') + 1);
	} else {
		snprintf(doing, sizeof(doing), "set %s", v->param->name);
		fail_file(ctx, doing, path, err);
	}
	snprintf(f->attribute, sizeof(f->attribute), "%s", v->param->name);
	return f->status;
}

/* Undo what was set before @end. */
static void undo_params(const struct posted *p, const struct call *call, const struct value *end,
			const struct pghot_params *before)
{
	for (const struct value *v = call_get(call, "NAME=VALUE"); v != end;
	     v = call_next(call, "NAME=VALUE", v)) {
		unsigned int attr = v->param->attr;

		if (pghot_has(before->present, attr))
			posted_write(p, posted_param_path(p, attr), (uint64_t)before->value[attr]);
	}
}

int cmd_posted_set(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct pghot_params before, after;

	read_params(p, &before);
	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v)) {
		unsigned int attr = v->param->attr;
		int err = posted_write(p, posted_param_path(p, attr), (uint64_t)v->assigned);

		if (!err)
			continue;
		/* It may have been changed, if not to what was asked for. */
		if (err == -ESTALE && pghot_has(before.present, attr))
			posted_write(p, posted_param_path(p, attr), (uint64_t)before.value[attr]);
		undo_params(p, call, v, &before);
		return fail_param(ctx, v, err);
	}
	read_params(p, &after);
	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v))
		show_param(&ctx->out, v->param, after.value[v->param->attr]);
	return STATUS_OK;
}

/* ---- enable and disable -------------------------------------------------- */

/* The mask of the sources that the call names. */
static int named_mask(struct ctx *ctx, const struct call *call, uint64_t enabled, uint64_t *mask)
{
	const struct posted *p = &ctx->posted;

	*mask = 0;
	for (const struct value *v = call_get(call, "SRC"); v; v = call_next(call, "SRC", v)) {
		const struct posted_source *src;

		if (v->all) {
			*mask |= enabled;
			continue;
		}
		src = posted_source_by_id(p, v->source->id);
		if (!src) {
			fail_with(&ctx->failure, STATUS_UNSUPPORTED, EOPNOTSUPP,
				  "this kernel has no source %s: it has the posted series, %s",
				  v->source->name, posted_revision_text(p->revision));
			fail_cause(&ctx->failure, "no-such-source");
			return STATUS_UNSUPPORTED;
		}
		*mask |= src->bit;
	}
	return STATUS_OK;
}

static int switch_mask(struct ctx *ctx, const struct call *call, bool on,
		       struct source_list *before, uint64_t *was)
{
	const struct posted *p = &ctx->posted;
	const char *path = posted_sources_path(p);
	const struct posted_source *src;
	uint64_t mask, want;
	size_t kept = 0;
	int err, ret;

	err = posted_read(p, path, was);
	if (err)
		return fail_file(ctx, "read the enabled sources", path, err);
	ret = named_mask(ctx, call, *was, &mask);
	if (ret)
		return ret;
	posted_sources(ctx, before);
	/* Those that were named; this is what is shown. */
	for (unsigned int i = 0; (src = posted_source_at(p, i)); i++) {
		if (mask & src->bit)
			before->at[kept++] = before->at[i];
	}
	before->nr = kept;
	want = on ? *was | mask : *was & ~mask;
	err = want == *was ? 0 : posted_write(p, path, want);
	if (!err)
		return STATUS_OK;
	if (err == -ESTALE)
		posted_write(p, path, *was);
	if (err != -EINVAL && err != -ESTALE)
		return fail_file(ctx, on ? "enable it" : "disable it", path, err);
	fail_with(&ctx->failure, STATUS_FAILED, err == -ESTALE ? EIO : -err,
		  "the kernel refuses the mask of sources %#" PRIx64, want);
	fail_hint(&ctx->failure, "one of them is not built into it, or not on this machine");
	return STATUS_FAILED;
}

int cmd_posted_enable(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct pghot_params no_params = { 0 };
	struct source_list list;
	struct out *o = &ctx->out;
	uint64_t was;
	int ret;

	if (call_get(call, "--period"))
		return fail_with(&ctx->failure, STATUS_UNSUPPORTED, EOPNOTSUPP,
				 "--period needs pghot's netlink family: the posted series has no "
				 "file for it");
	ret = switch_mask(ctx, call, true, &list, &was);
	if (ret)
		return ret;
	out_notes(o);
	out_value(o, "missing", NULL, json_array(), "");
	out_value(o, "numa_balancing_before", NULL, json_null(), "");
	out_value(o, "numa_balancing", NULL, json_null(), "");
	out_value(o, "pmu", NULL, json_null(), "");
	for (size_t i = 0; i < list.nr && !ret; i++) {
		if (list.at[i].id == PGHOT_SOURCE_ID_HINTFAULT)
			ret = need_tiering(ctx, call_get(call, "--no-sysctl"));
		if (list.at[i].id == UINT32_MAX)
			out_note(o, "pgtscan is whichever page-table scanner this kernel has");
	}
	if (ret) {
		struct failure first = ctx->failure;

		posted_write(p, posted_sources_path(p), was);
		ctx->failure = first;
		return ret;
	}
	note_surroundings(ctx, &list, NULL, &no_params);
	show_switched(o, list.at, list.nr, true, NULL);
	return STATUS_OK;
}

int cmd_posted_disable(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	uint64_t was;
	int mode, ret;

	ret = switch_mask(ctx, call, false, &list, &was);
	if (ret)
		return ret;
	out_notes(&ctx->out);
	out_value(&ctx->out, "numa_balancing", NULL,
		  numa_balancing_get(ctx->root, &mode) ? json_null() : json_integer(mode), "");
	show_switched(&ctx->out, list.at, list.nr, false, NULL);
	return STATUS_OK;
}

/* ---- counters ------------------------------------------------------------ */

#define COUNTERS_MAX 128

struct counters {
	size_t nr;
	struct timespec time;
	struct {
		char name[64];
		uint64_t value;
	} at[COUNTERS_MAX];
};

static void add_counter(const char *name, uint64_t value, void *data)
{
	struct counters *c = data;

	if (c->nr == COUNTERS_MAX)
		return;
	snprintf(c->at[c->nr].name, sizeof(c->at[c->nr].name), "%s", name);
	c->at[c->nr++].value = value;
}

static int read_counters(struct ctx *ctx, struct counters *c)
{
	int err;

	c->nr = 0;
	clock_gettime(CLOCK_MONOTONIC, &c->time);
	err = posted_counters(&ctx->posted, add_counter, c);
	return err ? fail_file(ctx, "read the counters", "/proc/vmstat", err) : STATUS_OK;
}

static uint64_t counter_value(const struct counters *c, const char *name, bool *found)
{
	for (size_t i = 0; i < c->nr; i++) {
		if (strcmp(c->at[i].name, name))
			continue;
		*found = true;
		return c->at[i].value;
	}
	return 0;
}

static void show_counters(struct ctx *ctx, const struct counters *c)
{
	struct out *o = &ctx->out;
	struct source_list list;
	bool found = false;
	uint64_t promoted;

	posted_sources(ctx, &list);
	show_no_stats(o);
	out_heading(o, "Accesses");
	show_stats_sources(o, list.at, list.nr);
	promoted = counter_value(c, "pgpromote_success", &found);
	out_value(o, "promoted_pages", NULL, found ? pghot_json_u64(promoted) : json_null(), "");
	out_heading(o, "Counters of /proc/vmstat");
	out_object(o, "vmstat");
	for (size_t i = 0; i < c->nr; i++)
		out_u64(o, c->at[i].name, c->at[i].name, c->at[i].value, UNIT_COUNT);
	out_object_end(o);
}

static uint64_t rate(const struct counters *a, const struct counters *b, size_t i, uint64_t ms)
{
	bool found = false;
	uint64_t before = counter_value(a, b->at[i].name, &found);

	return b->at[i].value >= before ? (b->at[i].value - before) * 1000 / ms : 0;
}

static void show_rates(struct ctx *ctx, const struct counters *a, const struct counters *b)
{
	struct out *o = &ctx->out;
	int64_t passed = (b->time.tv_sec - a->time.tv_sec) * 1000 +
			 (b->time.tv_nsec - a->time.tv_nsec) / 1000000;
	uint64_t ms = passed > 0 ? (uint64_t)passed : 1;
	char text[PGHOT_UNIT_LEN];
	bool any = false;

	if (o->json) {
		out_begin(o, "stats");
		out_u64(o, "interval_ms", NULL, ms, UNIT_NONE);
		out_object(o, "per_second");
		for (size_t i = 0; i < b->nr; i++)
			out_u64(o, b->at[i].name, NULL, rate(a, b, i, ms), UNIT_NONE);
		out_object_end(o);
		show_counters(ctx, b);
		out_end(o);
		return;
	}
	/* What does not move is not worth a word. */
	for (size_t i = 0; i < b->nr; i++) {
		uint64_t v = rate(a, b, i, ms);

		if (!v)
			continue;
		fprintf(o->file, "%s%s %s/s", any ? ", " : "", b->at[i].name,
			out_format(o, v, UNIT_COUNT, text));
		any = true;
	}
	fputs(any ? "\n" : "-\n", o->file);
}

int cmd_posted_stats(struct ctx *ctx, const struct call *call)
{
	const struct value *interval = call_get(call, "--watch"), *count;
	struct counters samples[2];
	struct timespec pause;
	int ret = read_counters(ctx, &samples[0]);

	if (ret)
		return ret;
	if (!interval) {
		out_value(&ctx->out, "interval_ms", NULL, json_null(), "");
		out_value(&ctx->out, "per_second", NULL, json_null(), "");
		show_counters(ctx, &samples[0]);
		return STATUS_OK;
	}
	ctx->out.pretty = false;
	pause.tv_sec = (time_t)(interval->number / 1000);
	pause.tv_nsec = (long)(interval->number % 1000) * 1000000;
	count = call_get(call, "--count");
	for (uint64_t i = 0; !count || i < count->number; i++) {
		clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
		ret = read_counters(ctx, &samples[(i + 1) % 2]);
		if (ret)
			return ret;
		show_rates(ctx, &samples[i % 2], &samples[(i + 1) % 2]);
		if (!out_flush(&ctx->out))
			break;
	}
	out_free(&ctx->out);
	return STATUS_OK;
}
