// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sources of kernels with the posted series. Hardware hints there need two things: a bit
 * in the mask of sources, and that the IBS memory profiler is armed.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/posted.h"
#include "health.h"
#include "jsontext.h"
#include "output/show.h"
#include "output/source-details.h"
#include "source/surroundings.h"
#include "system/mprof.h"
#include "system/system.h"
#include "units.h"

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

/* Bits of the mask that this program has no name for: those are its name. */
static void add_unknown(struct source_list *list, uint64_t mask)
{
	for (unsigned int i = 0; i < 32; i++) {
		struct pghot_source *src = &list->at[list->nr];

		if (!(mask >> i & 1) || list->nr == PGHOT_SOURCES_MAX)
			continue;
		snprintf(src->name, sizeof(src->name), "%#x", 1U << i);
		src->available = src->enabled = true;
		src->id = UINT32_MAX;
		src->present = 1ULL << PGHOT_A_SOURCE_NAME | 1ULL << PGHOT_A_SOURCE_AVAILABLE |
			       1ULL << PGHOT_A_SOURCE_ENABLED;
		list->nr++;
	}
}

int posted_sources(struct ctx *ctx, struct source_list *list)
{
	const struct posted *p = &ctx->posted;
	const struct posted_source *known;
	uint64_t mask = 0, unknown;
	int err = posted_read_mask(p, &mask);

	memset(list, 0, sizeof(*list));
	unknown = mask;
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
		unknown &= ~(uint64_t)known->bit;
		if (posted_counters(p, take_counter, &count) == -ENOMEM)
			err = -ENOMEM;
		if (count.found)
			src->present |= 1ULL << PGHOT_A_SOURCE_RECORDED;
		src->recorded = count.value;
	}
	add_unknown(list, unknown);
	return err;
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

/* Of a source as posted_sources() lists them. */
static uint64_t bit_of(const struct posted *p, const struct source_list *list, size_t i)
{
	const struct posted_source *known = NULL;
	uint64_t bit = 0;

	for (unsigned int k = 0; k <= i && (known = posted_source_at(p, k)); k++)
		;
	if (known)
		return known->bit;
	return pghot_parse_u64(list->at[i].name, &bit) ? 0 : bit;
}

static int switch_mask(struct ctx *ctx, const struct call *call, bool on,
		       struct source_list *before, uint64_t *was)
{
	const struct posted *p = &ctx->posted;
	const char *path = posted_sources_path(p);
	uint64_t mask, want;
	size_t kept = 0;
	int err, ret;

	err = posted_read_mask(p, was);
	if (err)
		return posted_fail_file(ctx, "read the enabled sources", path, err);
	ret = named_mask(ctx, call, *was, &mask);
	if (ret)
		return ret;
	posted_sources(ctx, before);
	/* Those that were named; this is what is shown. */
	for (size_t i = 0; i < before->nr; i++) {
		if (mask & bit_of(p, before, i))
			before->at[kept++] = before->at[i];
	}
	before->nr = kept;
	want = on ? *was | mask : *was & ~mask;
	err = want == *was ? 0 : posted_write(p, path, (int64_t)want);
	if (!err)
		return STATUS_OK;
	if (err == -ESTALE)
		posted_write(p, path, (int64_t)*was);
	if (err != -EINVAL && err != -ESTALE)
		return posted_fail_file(ctx, on ? "enable it" : "disable it", path, err);
	fail_with(&ctx->failure, STATUS_FAILED, err == -ESTALE ? EIO : -err,
		  "the kernel refuses the mask of sources %#" PRIx64, want);
	fail_hint(&ctx->failure, "one of them is not built into it, or not on this machine");
	return STATUS_FAILED;
}

/* ---- the IBS memory profiler ---------------------------------------------- */

/* What enable has done to it, to be undone when something else fails. */
struct profiler {
	bool armed; /* by us, now */
	bool tuned;
	int64_t period; /* before that */
};

/* Do the words mean AMD's hardware, or whatever samples here? */
static bool wants_profiler(const struct call *call)
{
	for (const struct value *v = call_get(call, "SRC"); v; v = call_next(call, "SRC", v)) {
		if (!v->all && v->source->id == PGHOT_SOURCE_ID_HWHINT && strcmp(v->text, "pebs"))
			return true;
	}
	return false;
}

static int set_period(struct ctx *ctx, const struct call *call, struct profiler *done)
{
	const struct value *period = call_get(call, "--period");
	const char *path = posted_knob_path(POSTED_KNOB_PERIOD);
	int err;

	if (!period)
		return STATUS_OK;
	err = posted_read(&ctx->posted, path, &done->period);
	if (err)
		return posted_fail_file(ctx, "read the period", path, err);
	done->tuned = true;
	err = posted_write(&ctx->posted, path, (int64_t)period->number);
	if (!err)
		return STATUS_OK;
	if (err != -EINVAL && err != -ERANGE && err != -ESTALE)
		return posted_fail_file(ctx, "set the period", path, err);
	fail_with(&ctx->failure, STATUS_FAILED, err == -ESTALE ? EIO : -err,
		  "--period: the kernel refuses %" PRIu64, period->number);
	fail_hint(&ctx->failure, "v8 takes 5000 to 134217727");
	snprintf(ctx->failure.attribute, sizeof(ctx->failure.attribute), "--period");
	return STATUS_FAILED;
}

static int arm(struct ctx *ctx, struct profiler *done)
{
	struct out *o = &ctx->out;
	bool armed;
	int err = mprof_get(ctx->root, &armed);

	if (err == -ENOENT || err == -SYSTEM_NOT_MOUNTED) {
		/* Earlier revisions had other ways to sample. */
		if (ctx->posted.revision == POSTED_V8)
			note_missing(o, "no-ibs-mprof",
				     "there is no IBS memory profiler, nothing is sampled",
				     "it takes an AMD CPU from Zen 6 on, and a kernel with "
				     "CONFIG_AMD_IBS_MEMPROF");
		return STATUS_OK;
	}
	if (err)
		return posted_fail_file(ctx, "read the IBS memory profiler's state", MPROF_PATH,
					err);
	out_value(o, "pmu", NULL, json_string("ibs-mprof"), "");
	out_value(o, "ibs_mprof_armed", NULL, json_true(), "");
	if (armed)
		return STATUS_OK;
	err = mprof_set(ctx->root, true);
	if (err)
		return posted_fail_file(ctx, "arm the IBS memory profiler", MPROF_PATH,
					err == -ESTALE ? -EIO : err);
	done->armed = true;
	out_note(o, "the IBS memory profiler was not armed, is now (%s)", MPROF_PATH);
	err = mprof_mark(ctx->root, true);
	if (err)
		out_note(o,
			 "disable will not disarm it, since that it was armed here cannot be "
			 "remembered in %s: %s",
			 MPROF_MARK, strerror(-err));
	return STATUS_OK;
}

/* What failed first is what is told. */
static void undo(struct ctx *ctx, uint64_t mask, const struct profiler *done)
{
	struct failure first = ctx->failure;
	const struct posted *p = &ctx->posted;

	if (done->armed) {
		mprof_set(ctx->root, false);
		mprof_mark(ctx->root, false);
	}
	if (done->tuned)
		posted_write(p, posted_knob_path(POSTED_KNOB_PERIOD), done->period);
	posted_write(p, posted_sources_path(p), (int64_t)mask);
	ctx->failure = first;
}

/* Only what enable armed: somebody else may want the samples for something else. */
static int disarm(struct ctx *ctx)
{
	struct out *o = &ctx->out;
	bool armed;
	int err = mprof_get(ctx->root, &armed);

	if (err == -ENOENT || err == -SYSTEM_NOT_MOUNTED)
		return STATUS_OK;
	if (err)
		return posted_fail_file(ctx, "read the IBS memory profiler's state", MPROF_PATH,
					err);
	if (armed && mprof_marked(ctx->root)) {
		err = mprof_set(ctx->root, false);
		if (err)
			return posted_fail_file(ctx, "disarm the IBS memory profiler", MPROF_PATH,
						err == -ESTALE ? -EIO : err);
		armed = false;
		out_note(o, "the IBS memory profiler was armed, is not any more");
	} else if (armed) {
		out_note(o,
			 "the IBS memory profiler stays armed, since it was not pghotctl that "
			 "armed it: echo 0 > %s",
			 MPROF_PATH);
	}
	err = mprof_mark(ctx->root, false);
	if (err)
		return posted_fail_file(ctx, "forget that the IBS memory profiler was armed",
					MPROF_MARK, err);
	out_value(o, "ibs_mprof_armed", NULL, json_boolean(armed), "");
	return STATUS_OK;
}

/* ---- the commands --------------------------------------------------------- */

static int enable_rest(struct ctx *ctx, const struct call *call, const struct source_list *list,
		       struct profiler *done)
{
	int ret = STATUS_OK;

	if (wants_profiler(call)) {
		ret = set_period(ctx, call, done);
		if (!ret)
			ret = arm(ctx, done);
	}
	for (size_t i = 0; i < list->nr && !ret; i++) {
		if (list->at[i].id == PGHOT_SOURCE_ID_HINTFAULT)
			ret = need_tiering(ctx, call_get(call, "--no-sysctl"));
		if (!strcmp(list->at[i].name, "pgtscan"))
			out_note(&ctx->out,
				 "pgtscan is whichever page-table scanner this kernel has");
	}
	return ret;
}

int cmd_posted_enable(struct ctx *ctx, const struct call *call)
{
	struct pghot_params no_params = { 0 };
	bool changed[PGHOT_SOURCES_MAX];
	struct profiler done = { 0 };
	struct source_list list;
	struct out *o = &ctx->out;
	uint64_t was;
	int ret;

	if (call_get(call, "--period") && !wants_profiler(call))
		return fail_with(&ctx->failure, STATUS_USAGE, EINVAL,
				 "--period is for hwhint and ibs here");
	ret = switch_mask(ctx, call, true, &list, &was);
	if (ret)
		return ret;
	out_notes(o);
	out_value(o, "missing", NULL, json_array(), "");
	out_value(o, "numa_balancing_before", NULL, json_null(), "");
	out_value(o, "numa_balancing", NULL, json_null(), "");
	out_value(o, "pmu", NULL, json_null(), "");
	out_value(o, "ibs_mprof_armed", NULL, json_null(), "");
	ret = enable_rest(ctx, call, &list, &done);
	if (ret) {
		undo(ctx, was, &done);
		return ret;
	}
	note_surroundings(ctx, &list, NULL, &no_params);
	for (size_t i = 0; i < list.nr; i++)
		changed[i] = !list.at[i].enabled || (list.at[i].id == PGHOT_SOURCE_ID_HWHINT &&
						     (done.armed || done.tuned));
	show_switched(o, list.at, list.nr, true, changed);
	return STATUS_OK;
}

int cmd_posted_disable(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	struct out *o = &ctx->out;
	uint64_t was;
	int mode, ret;

	ret = switch_mask(ctx, call, false, &list, &was);
	if (ret)
		return ret;
	out_notes(o);
	out_value(o, "numa_balancing", NULL,
		  numa_balancing_get(ctx->root, &mode) ? json_null() : json_integer(mode), "");
	out_value(o, "ibs_mprof_armed", NULL, json_null(), "");
	if (source_list_has(&list, PGHOT_SOURCE_ID_HWHINT))
		ret = disarm(ctx);
	if (ret)
		return ret;
	show_switched(o, list.at, list.nr, false, NULL);
	return STATUS_OK;
}

int cmd_posted_source_list(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct source_list list;
	int err = posted_sources(ctx, &list);

	(void)call;
	if (err && err != -EACCES && err != -ENOENT)
		return posted_fail_file(ctx, "read the enabled sources", posted_sources_path(p),
					err);
	show_sources(&ctx->out, ctx->root, list.at, list.nr);
	return STATUS_OK;
}

/* ---- one source, with all that is known of it ------------------------------ */

#define HWHINT_COUNTERS "hwhint_"

/* Where the counters of the hardware go: into an object, or to people. */
struct hardware {
	struct out *out;
	json_t *counters;
};

static void take_hardware(const char *name, uint64_t value, void *data)
{
	struct hardware *hw = data;

	if (strncmp(name, HWHINT_COUNTERS, strlen(HWHINT_COUNTERS)))
		return;
	if (hw->out->json)
		json_object_set_new(hw->counters, name, pghot_json_u64(value));
	else
		out_u64(hw->out, "", name, value, UNIT_COUNT);
}

/* What has to be armed, and how it samples. */
static json_t *show_profiler_of(struct ctx *ctx)
{
	const struct pghot_param_desc *knob;
	json_t *parameters = json_object();
	int64_t value[POSTED_KNOBS];
	bool has[POSTED_KNOBS], armed;
	struct out *o = &ctx->out;
	char key[64];

	if (!mprof_get(ctx->root, &armed)) {
		json_object_set_new(parameters, "ibs_mprof_armed", json_boolean(armed));
		if (!o->json)
			out_bool(o, "", "IBS memory profiler", armed, "armed", "not armed");
	}
	posted_knobs(&ctx->posted, value, has);
	for (unsigned int i = 0; (knob = posted_knob_at(i)); i++) {
		if (!has[knob->attr])
			continue;
		json_object_set_new(parameters, param_key(knob->name, key, sizeof(key)),
				    param_json(knob, value[knob->attr]));
		if (!o->json)
			show_param(o, knob, value[knob->attr]);
	}
	return parameters;
}

static int show_source(struct ctx *ctx, const struct pghot_source *src, const char *help,
		       const struct pghot_surroundings *sys)
{
	struct hardware hw = { &ctx->out, json_object() };
	json_t *parameters = NULL;
	int err = 0;

	if (!ctx->out.json)
		source_details_lines(&ctx->out, src, help, sys);
	if (src->id == PGHOT_SOURCE_ID_HWHINT) {
		parameters = show_profiler_of(ctx);
		err = posted_counters(&ctx->posted, take_hardware, &hw);
	}
	if (ctx->out.json) {
		source_details_row(&ctx->out, src, help, sys,
				   parameters ? parameters : json_object(), hw.counters);
	} else {
		json_decref(parameters);
		json_decref(hw.counters);
	}
	/* Elsewhere there may be none. */
	if (err == -ENOMEM)
		return posted_fail_file(ctx, "read the counters", "/proc/vmstat", err);
	return STATUS_OK;
}

int cmd_posted_source_show(struct ctx *ctx, const struct call *call)
{
	const struct posted *p = &ctx->posted;
	struct pghot_surroundings sys;
	const struct posted_source *known;
	struct source_list list;
	uint64_t mask;
	int ret = named_mask(ctx, call, 0, &mask);

	if (ret)
		return ret;
	if (posted_sources(ctx, &list) == -ENOMEM)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	pghot_surroundings_read(ctx->root, &sys);
	source_details_begin(&ctx->out);
	for (unsigned int i = 0; (known = posted_source_at(p, i)) && !ret; i++) {
		if (mask & known->bit)
			ret = show_source(ctx, &list.at[i], known->help, &sys);
	}
	source_details_end(&ctx->out);
	return ret;
}
