// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The commands that work with the posted series as well, see posted.h of the backend. Their
 * answers have the shape of the family's, with null for what those kernels do not tell.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/posted.h"
#include "output/show.h"
#include "system/mprof.h"
#include "system/system.h"

static const char mount_way[] = "mount -t debugfs none /sys/kernel/debug";

int posted_fail_file(struct ctx *ctx, const char *what, const char *path, int err)
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

int posted_params(const struct posted *p, struct pghot_params *params)
{
	param_at_fn param_at = posted_param_at(p->revision);
	const struct pghot_param_desc *desc;
	int first = 0;

	memset(params, 0, sizeof(*params));
	for (unsigned int i = 0; (desc = param_at(i)); i++) {
		int64_t value;
		int err = posted_read(p, posted_param_path(p, desc->attr), &value);

		if (!err) {
			params->value[desc->attr] = value;
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

/* ---- what not all revisions have ------------------------------------------ */

int posted_knobs(const struct posted *p, int64_t value[POSTED_KNOBS], bool has[POSTED_KNOBS])
{
	const struct pghot_param_desc *knob;
	int first = 0;

	for (unsigned int i = 0; (knob = posted_knob_at(i)); i++) {
		int err = posted_read(p, posted_knob_path(knob->attr), &value[knob->attr]);

		has[knob->attr] = !err;
		if (err && !first)
			first = err;
	}
	return first;
}

/* The IBS memory profiler, an object of its own, null where there is none. */
static void show_profiler(struct ctx *ctx)
{
	const struct pghot_param_desc *knob;
	int64_t value[POSTED_KNOBS];
	bool has[POSTED_KNOBS], armed = false;
	struct out *o = &ctx->out;
	char key[64];
	int err = mprof_get(ctx->root, &armed);

	if (err == -ENOENT || err == -SYSTEM_NOT_MOUNTED) {
		out_value(o, "ibs_mprof", NULL, json_null(), "");
		return;
	}
	posted_knobs(&ctx->posted, value, has);
	out_heading(o, "IBS memory profiler");
	out_object(o, "ibs_mprof");
	if (err)
		out_value(o, "armed", "state", json_null(), "not readable");
	else
		out_bool(o, "armed", "state", armed, "armed", "not armed");
	for (unsigned int i = 0; (knob = posted_knob_at(i)); i++) {
		if (has[knob->attr])
			show_param(o, knob, value[knob->attr]);
		else
			out_value(o, param_key(knob->name, key, sizeof(key)), NULL, json_null(),
				  "");
	}
	out_object_end(o);
}

struct other {
	struct ctx *ctx;
	size_t nr;
};

static void show_other(const char *name, const char *path, void *data)
{
	struct other *other = data;
	struct out *o = &other->ctx->out;
	char line[256], why[160];
	int err = system_read(other->ctx->root, path, line, sizeof(line));

	if (!other->nr++)
		out_heading(o, "Other files of the series");
	if (err)
		out_value(o, name, name, json_null(), system_error(path, err, why, sizeof(why)));
	else
		out_str(o, name, name, line);
}

/* What a later revision has added, as it is: its meaning is not known. */
static int show_other_files(struct ctx *ctx)
{
	struct other other = { .ctx = ctx };
	int err;

	out_object(&ctx->out, "other_files");
	err = posted_other_files(&ctx->posted, show_other, &other);
	out_object_end(&ctx->out);
	return err ? fail_with(&ctx->failure, STATUS_FAILED, -err, "cannot look for files: %s",
			       strerror(-err))
		   : STATUS_OK;
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
		return posted_fail_file(ctx, "read the enabled sources", posted_sources_path(p),
					err);
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
	posted_params(p, &params);
	show_params_of(o, posted_param_at(p->revision), &params);
	out_object_end(o);
	show_profiler(ctx);
	err = show_other_files(ctx);
	if (err)
		return err;
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

	posted_params(p, &params);
	for (; v; v = call_next(call, "NAME", v)) {
		const char *path = posted_param_path(p, v->param->attr);
		int64_t value;
		int err;

		asked |= 1ULL << v->param->attr;
		if (pghot_has(params.present, v->param->attr))
			continue;
		err = posted_read(p, path, &value);
		return posted_fail_file(ctx, "read it", path, err ? err : -EIO);
	}
	params.present &= asked ? asked : UINT64_MAX;
	show_params_of(&ctx->out, posted_param_at(p->revision), &params);
	if (asked)
		return STATUS_OK;
	note_hidden(ctx);
	return show_other_files(ctx);
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
		posted_fail_file(ctx, doing, path, err);
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
			posted_write(p, posted_param_path(p, attr), before->value[attr]);
	}
}

int cmd_posted_set(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct pghot_params before, after;

	posted_params(p, &before);
	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v)) {
		unsigned int attr = v->param->attr;
		int err = posted_write(p, posted_param_path(p, attr), v->assigned);

		if (!err)
			continue;
		/* It may have been changed, if not to what was asked for. */
		if (err == -ESTALE && pghot_has(before.present, attr))
			posted_write(p, posted_param_path(p, attr), before.value[attr]);
		undo_params(p, call, v, &before);
		return fail_param(ctx, v, err);
	}
	posted_params(p, &after);
	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v))
		show_param(&ctx->out, v->param, after.value[v->param->attr]);
	return STATUS_OK;
}
