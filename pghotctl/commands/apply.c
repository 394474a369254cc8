// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes the settings those of a file. Only what differs is changed, in as few
 * requests as there are parts: parameters, each source, each switch of the system.
 * Every part is all or nothing by itself; when one fails, those before it are set
 * back to what they were.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "config/settings.h"
#include "names.h"
#include "output/show.h"
#include "source/hwhint.h"
#include "system/system.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* A setting that differs. */
struct change {
	const struct conf_setting *setting;
	int64_t from;
};

/* @chosen: what the file says by calling hwhint by one of its names. */
struct plan {
	const char *file;
	size_t nr;
	struct change *at;
	struct conf_setting chosen[PGHOT_SOURCE_VALUES];
};

/* ---- what differs -------------------------------------------------------- */

static int fail_at(struct ctx *ctx, const struct plan *plan, const struct conf_setting *setting)
{
	struct failure *f = &ctx->failure;
	const char *dot = strrchr(f->attribute, '.');
	const char *name = dot ? dot + 1 : f->attribute;

	/* Several settings may have gone in one request: the kernel names the one. */
	for (size_t i = 0; i < plan->nr; i++) {
		const struct conf_setting *s = plan->at[i].setting;

		if (s->section == setting->section && s->source == setting->source &&
		    !strcmp(s->desc->name, name))
			setting = s;
	}
	if (!f->location[0])
		snprintf(f->location, sizeof(f->location), "%s:%u", plan->file, setting->line);
	if (!f->attribute[0])
		snprintf(f->attribute, sizeof(f->attribute), "%s", setting->desc->name);
	return f->status;
}

static int not_here(struct ctx *ctx, const struct plan *plan, const struct conf_setting *s, int err)
{
	const struct pghot_source_name *name;

	if (s->section == CONF_SOURCE) {
		name = pghot_source_by_id(s->source);
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, -err,
			  "source %s is not built into this kernel", name ? name->name : "?");
		fail_hint(&ctx->failure, "pghotctl source list shows those that are");
	} else if (err == -SYSTEM_NOT_MOUNTED) {
		fail_with(&ctx->failure, STATUS_FAILED, -err,
			  "cannot read %s: %s is not mounted here", s->desc->name,
			  s->desc->attr == CONF_NUMA_BALANCING ? "/proc" : "/sys");
		fail_hint(&ctx->failure, "%s", system_hint(err));
	} else if (err == -ENOENT) {
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, -err, "this kernel has no %s",
			  s->desc->name);
	} else {
		fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot read %s: %s",
			  s->desc->name, strerror(-err));
	}
	return fail_at(ctx, plan, s);
}

static const struct conf_setting *find_hwhint(const struct conf *conf, unsigned int attr)
{
	for (size_t i = 0; i < conf->nr; i++) {
		const struct conf_setting *s = &conf->at[i];

		if (s->section == CONF_SOURCE && s->source == PGHOT_SOURCE_ID_HWHINT &&
		    s->desc->attr == attr)
			return s;
	}
	return NULL;
}

/*
 * "enabled = on" in [source ibs] asks for what "enable ibs" does, and is refused where
 * that is. What the file itself sets counts more, but cannot be another hardware.
 */
static int plan_event(struct ctx *ctx, const struct conf *conf, const struct settings *now,
		      struct plan *plan)
{
	const struct conf_setting *on = find_hwhint(conf, CONF_ENABLED);
	const struct conf_setting *pmu = find_hwhint(conf, PGHOT_A_HWHINT_PMU_TYPE);
	struct source_change change = { .enabled = -1 };
	const struct pghot_source *src = NULL;
	const struct pghot_param_desc *desc;
	size_t used = 0;
	int64_t type;
	int ret;

	for (size_t i = 0; i < now->sources.nr; i++) {
		if (now->sources.at[i].id == PGHOT_SOURCE_ID_HWHINT)
			src = &now->sources.at[i];
	}
	if (!on || !on->value || !src)
		return STATUS_OK;
	if (!hwhint_is_hardware(on->called) && (pmu || find_hwhint(conf, PGHOT_A_HWHINT_CONFIG)))
		return STATUS_OK;
	ret = hwhint_want(ctx, on->called, src, &change);
	if (ret) {
		fail_at(ctx, plan, on);
		return ret;
	}
	type = change.present & 1ULL << PGHOT_A_HWHINT_PMU_TYPE
		       ? change.value[PGHOT_A_HWHINT_PMU_TYPE]
		       : src->params.value[PGHOT_A_HWHINT_PMU_TYPE];
	if (pmu && pmu->value != type) {
		fail_with(&ctx->failure, STATUS_USAGE, 0,
			  "[source %s] is PMU %" PRId64 " here, but pmu-type is %" PRId64,
			  on->called, type, pmu->value);
		fail_hint(&ctx->failure, "[source hwhint] takes any");
		fail_at(ctx, plan, pmu);
		return STATUS_USAGE;
	}
	for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++) {
		struct conf_setting *s = &plan->chosen[used];

		if (!(change.present & 1ULL << desc->attr) || find_hwhint(conf, desc->attr))
			continue;
		*s = *on;
		s->desc = desc;
		s->value = change.value[desc->attr];
		plan->at[plan->nr++] =
			(struct change){ .setting = s, .from = src->params.value[desc->attr] };
		used++;
	}
	return STATUS_OK;
}

static int make_plan(struct ctx *ctx, const struct conf *conf, const struct settings *now,
		     struct plan *plan)
{
	plan->at = calloc(conf->nr + PGHOT_SOURCE_VALUES, sizeof(*plan->at));
	if (!plan->at)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (size_t i = 0; i < conf->nr; i++) {
		const struct conf_setting *s = &conf->at[i];
		int64_t value;
		int err = settings_get(now, s->section, s->source, s->desc, &value);

		if (err)
			return not_here(ctx, plan, s, err);
		if (value != s->value)
			plan->at[plan->nr++] = (struct change){ .setting = s, .from = value };
	}
	return plan_event(ctx, conf, now, plan);
}

/* ---- doing it ------------------------------------------------------------ */

/* The changes of one part: those of the plan that belong with the first of them. */
struct part {
	const struct plan *plan;
	const struct change *first;
	bool back; /* to what it was */
};

static bool belongs(const struct part *part, const struct change *c)
{
	const struct conf_setting *a = part->first->setting, *b = c->setting;

	if (a->section != b->section)
		return false;
	if (a->section == CONF_SOURCE)
		return a->source == b->source;
	return a->section == CONF_PARAMETERS || a == b;
}

static int64_t value_of(const struct part *part, const struct change *c)
{
	return part->back ? c->from : c->setting->value;
}

static int fill_params(struct nl_msg *msg, const void *data)
{
	const struct part *part = data;

	for (size_t i = 0; i < part->plan->nr; i++) {
		const struct change *c = &part->plan->at[i];
		int attr, err;

		if (!belongs(part, c))
			continue;
		attr = (int)c->setting->desc->attr;
		if (c->setting->desc->bytes == 1)
			err = nla_put_u8(msg, attr, (uint8_t)value_of(part, c));
		else
			err = nla_put_u32(msg, attr, (uint32_t)value_of(part, c));
		if (err)
			return err;
	}
	return 0;
}

static int set_params(struct ctx *ctx, const struct part *part)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_PARAM_SET,
		.fill = fill_params,
		.fill_data = part,
	};

	return request(ctx, &req, "set parameters");
}

static int set_source(struct ctx *ctx, const struct part *part)
{
	struct source_change change = { .id = part->first->setting->source, .enabled = -1 };

	for (size_t i = 0; i < part->plan->nr; i++) {
		const struct change *c = &part->plan->at[i];
		unsigned int attr = c->setting->desc->attr;

		if (!belongs(part, c))
			continue;
		if (attr == CONF_ENABLED) {
			change.enabled = (int)value_of(part, c);
		} else {
			change.present |= 1ULL << attr;
			change.value[attr] = value_of(part, c);
		}
	}
	return change_source(ctx, &change);
}

static int set_system(struct ctx *ctx, const struct part *part)
{
	const struct conf_setting *s = part->first->setting;
	int64_t value = value_of(part, part->first);
	int err;

	if (s->desc->attr == CONF_NUMA_BALANCING)
		err = numa_balancing_set(ctx->root, (int)value);
	else
		err = demotion_set(ctx->root, value);
	if (!err)
		return STATUS_OK;
	fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot set %s: %s: %s",
		  s->desc->name,
		  s->desc->attr == CONF_NUMA_BALANCING ? NUMA_BALANCING_PATH : DEMOTION_PATH,
		  strerror(-err));
	if (system_hint(err))
		fail_hint(&ctx->failure, "%s", system_hint(err));
	return ctx->failure.status;
}

static int do_part(struct ctx *ctx, const struct part *part)
{
	switch (part->first->setting->section) {
	case CONF_PARAMETERS:
		return set_params(ctx, part);
	case CONF_SOURCE:
		return set_source(ctx, part);
	case CONF_SYSTEM:
		return set_system(ctx, part);
	}
	return STATUS_FAILED;
}

/* Is it the first change of its part? */
static bool leads(const struct plan *plan, size_t i)
{
	struct part part = { .plan = plan, .first = &plan->at[i] };

	for (size_t before = 0; before < i; before++) {
		if (belongs(&part, &plan->at[before]))
			return false;
	}
	return true;
}

/* Sources before the system: until hintfault owns the hint faults, those promote. */
static const enum conf_section order[] = { CONF_PARAMETERS, CONF_SOURCE, CONF_SYSTEM };

/* The failure that led to it is what is told; what could not be undone is added. */
static void roll_back(struct ctx *ctx, const struct plan *plan, struct part *const *done, size_t nr)
{
	struct failure first = ctx->failure;
	size_t stuck = 0;

	(void)plan;
	for (size_t i = nr; i-- > 0;) {
		struct part back = *done[i];

		back.back = true;
		if (do_part(ctx, &back))
			stuck++;
	}
	ctx->failure = first;
	if (stuck)
		fail_hint(&ctx->failure, "%zu of the %zu changes before it could not be undone: %s",
			  stuck, nr, "compare with pghotctl apply --dry-run");
	else if (nr)
		fail_hint(&ctx->failure, "%.300s%swhat was changed before it has been undone",
			  first.hint, first.hint[0] ? "; " : "");
}

static int carry_out(struct ctx *ctx, const struct plan *plan)
{
	struct part *parts = calloc(plan->nr + 1, sizeof(*parts));
	struct part **done = calloc(plan->nr + 1, sizeof(*done));
	size_t nr = 0, nr_done = 0;
	int ret = STATUS_OK;

	if (!parts || !done) {
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
		goto out;
	}
	for (size_t o = 0; o < ARRAY_LEN(order); o++) {
		for (size_t i = 0; i < plan->nr; i++) {
			if (plan->at[i].setting->section == order[o] && leads(plan, i))
				parts[nr++] = (struct part){ .plan = plan, .first = &plan->at[i] };
		}
	}
	for (size_t i = 0; i < nr && !ret; i++) {
		ret = do_part(ctx, &parts[i]);
		if (ret) {
			fail_at(ctx, plan, parts[i].first->setting);
			roll_back(ctx, plan, done, nr_done);
		} else {
			done[nr_done++] = &parts[i];
		}
	}
out:
	free(done);
	free(parts);
	return ret;
}

/* ---- telling it ---------------------------------------------------------- */

/* clang-format off */
static const struct column columns[] = {
	{ "section", "SECTION", .left = true },
	{ "name", "NAME", .left = true },
	{ "from", "FROM", .left = true },
	{ "to", "TO", .left = true },
	{ "line" },
};
/* clang-format on */

static void cell_setting(struct out *o, const struct pghot_param_desc *desc, int64_t value)
{
	char text[PGHOT_UNIT_LEN];

	if (o->raw)
		conf_value(desc, value, text, sizeof(text));
	else
		pghot_param_format(desc, value, text, sizeof(text));
	cell_value(o, param_json(desc, value), text);
}

static void show_plan(struct out *o, const struct plan *plan, bool dry)
{
	char section[48];

	out_bool(o, "dry_run", NULL, dry, "", "");
	out_table_begin(o, "changes", columns, ARRAY_LEN(columns), false);
	for (size_t i = 0; i < plan->nr; i++) {
		const struct conf_setting *s = plan->at[i].setting;

		cell_str(o, conf_section_name(s->section, s->source, section, sizeof(section)));
		cell_str(o, s->desc->name);
		cell_setting(o, s->desc, plan->at[i].from);
		cell_setting(o, s->desc, s->value);
		cell_u64(o, s->line);
		out_row_end(o);
	}
	out_table_end(o, "nothing differs");
	out_notes(o);
	if (dry && plan->nr)
		out_note(o, "nothing was changed: this was a dry run");
}

/* A file that enables hintfault, but not what it needs. */
static void note_tiering(struct ctx *ctx, const struct conf *conf)
{
	bool enables = false;
	int mode;

	for (size_t i = 0; i < conf->nr; i++) {
		const struct conf_setting *s = &conf->at[i];

		if (s->section == CONF_SOURCE && s->source == PGHOT_SOURCE_ID_HINTFAULT &&
		    s->desc->attr == CONF_ENABLED)
			enables = s->value;
		if (s->section == CONF_SYSTEM && s->desc->attr == CONF_NUMA_BALANCING)
			return;
	}
	if (enables && !numa_balancing_get(ctx->root, &mode) &&
	    !(mode & NUMA_BALANCING_MEMORY_TIERING))
		out_note(&ctx->out,
			 "kernel.numa_balancing is %d: no hint faults will come until it has bit "
			 "%d; numa-balancing = %d in [system] sets it",
			 mode, NUMA_BALANCING_MEMORY_TIERING, mode | NUMA_BALANCING_MEMORY_TIERING);
}

int cmd_apply(struct ctx *ctx, const struct call *call)
{
	const char *path = call_get(call, "FILE")->text;
	bool dry = call_get(call, "--dry-run");
	struct plan plan = { .file = strcmp(path, "-") ? path : "<stdin>" };
	struct settings now;
	struct conf conf;
	int ret;

	/* The file first: what is wrong with it is wrong on any kernel. */
	ret = conf_read(path, &conf, &ctx->failure);
	if (!ret)
		ret = settings_read(ctx, &now);
	if (!ret)
		ret = make_plan(ctx, &conf, &now, &plan);
	if (!ret && !dry)
		ret = carry_out(ctx, &plan);
	if (!ret) {
		const struct conf_setting *on = find_hwhint(&conf, CONF_ENABLED);

		show_plan(&ctx->out, &plan, dry);
		note_tiering(ctx, &conf);
		if (on && on->value && !dry)
			ret = hwhint_note(ctx);
	}
	free(plan.at);
	conf_free(&conf);
	return ret;
}
