// SPDX-License-Identifier: GPL-2.0-or-later

#include "source/hwhint.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "system/pmu.h"
#include "system/system.h"

enum hardware {
	ANY,
	IBS,
	PEBS
};

static enum hardware hardware_of(const char *name)
{
	if (!strcmp(name, "ibs"))
		return IBS;
	return strcmp(name, "pebs") ? ANY : PEBS;
}

bool hwhint_is_hardware(const char *name)
{
	return hardware_of(name) != ANY;
}

/* Which of its names the source was called by. */
static int asked_for(struct ctx *ctx, const struct call *call, const char **name)
{
	bool named = false;

	*name = "hwhint";
	for (const struct value *v = call_get(call, "SRC"); v; v = call_next(call, "SRC", v)) {
		if (v->all || v->source->id != PGHOT_SOURCE_ID_HWHINT)
			continue;
		if (named && hardware_of(v->text) != hardware_of(*name))
			return fail_with(&ctx->failure, STATUS_USAGE, EINVAL,
					 "hwhint, ibs and pebs are one source: name it once");
		*name = v->text;
		named = true;
	}
	return STATUS_OK;
}

static int find_failed(struct ctx *ctx, int err, const char *what, const char *where)
{
	char why[160];

	if (err != -ENOENT) {
		fail_with(&ctx->failure, STATUS_FAILED, -err,
			  "cannot read what sysfs says of %s: %s", what,
			  system_error(PMU_PATH, err, why, sizeof(why)));
		if (system_hint(err))
			fail_hint(&ctx->failure, "%s", system_hint(err));
		return STATUS_FAILED;
	}
	fail_with(&ctx->failure, STATUS_UNSUPPORTED, EOPNOTSUPP,
		  "no %s here: there is no " PMU_PATH "/%s", what, where);
	fail_hint(&ctx->failure, "\"pghotctl enable hwhint\" takes what there is, page faults at "
				 "worst; virtual machines rarely have either");
	return STATUS_UNSUPPORTED;
}

/* Return: STATUS_OK with *found saying if there is something to sample. */
static int find(struct ctx *ctx, enum hardware hw, struct pmu_event *ev, bool *found)
{
	int err = -ENOENT;

	*found = true;
	if (hw != PEBS) {
		err = pmu_find_ibs(ctx->root, ev);
		if (err && (hw == IBS || err != -ENOENT))
			return find_failed(ctx, err, "AMD IBS", "ibs_op");
	}
	if (err) {
		err = pmu_find_pebs(ctx->root, ev);
		if (err && (hw == PEBS || err != -ENOENT))
			return find_failed(ctx, err, "Intel PEBS", "cpu/events/mem-loads");
	}
	*found = !err;
	return STATUS_OK;
}

static bool is_default(const struct pghot_source *src)
{
	return src->params.value[PGHOT_A_HWHINT_PMU_TYPE] == PERF_TYPE_SOFTWARE &&
	       src->params.value[PGHOT_A_HWHINT_CONFIG] == PERF_COUNT_SW_PAGE_FAULTS_MIN;
}

static void want(struct source_change *change, const struct pghot_source *src, unsigned int attr,
		 uint64_t value)
{
	if ((uint64_t)src->params.value[attr] == value)
		return;
	change->value[attr] = (int64_t)value;
	change->present |= 1ULL << attr;
}

int hwhint_want(struct ctx *ctx, const char *name, const struct pghot_source *src,
		struct source_change *change)
{
	enum hardware hw = hardware_of(name);
	struct pmu_event ev;
	bool found;
	int ret;

	if (hw == ANY && !is_default(src))
		return STATUS_OK;
	ret = find(ctx, hw, &ev, &found);
	if (ret || !found)
		return ret;
	/* What was tuned for this event stays. */
	if (src->params.value[PGHOT_A_HWHINT_PMU_TYPE] != ev.type)
		want(change, src, PGHOT_A_HWHINT_SAMPLE_PERIOD, PMU_PERIOD);
	want(change, src, PGHOT_A_HWHINT_PMU_TYPE, ev.type);
	want(change, src, PGHOT_A_HWHINT_CONFIG, ev.config[0]);
	want(change, src, PGHOT_A_HWHINT_CONFIG1, ev.config[1]);
	want(change, src, PGHOT_A_HWHINT_CONFIG2, ev.config[2]);
	return STATUS_OK;
}

int hwhint_choose(struct ctx *ctx, const struct call *call, const struct pghot_source *src,
		  struct source_change *change)
{
	const struct value *period = call_get(call, "--period");
	const char *name;
	int ret;

	ret = asked_for(ctx, call, &name);
	if (!ret)
		ret = hwhint_want(ctx, name, src, change);
	if (!ret && period) {
		change->present &= ~(1ULL << PGHOT_A_HWHINT_SAMPLE_PERIOD);
		want(change, src, PGHOT_A_HWHINT_SAMPLE_PERIOD, period->number);
	}
	return ret;
}

int hwhint_note(struct ctx *ctx)
{
	char name[PMU_NAME_LEN] = "";
	struct pghot_source src;
	uint32_t type;
	int ret;

	ret = query_source(ctx, PGHOT_SOURCE_ID_HWHINT, &src);
	if (ret)
		return ret;
	type = (uint32_t)src.params.value[PGHOT_A_HWHINT_PMU_TYPE];
	if (pmu_name(ctx->root, type, name, sizeof(name)))
		snprintf(name, sizeof(name), "PMU %" PRIu32, type);
	if (json_object_get(ctx->out.data, "pmu"))
		out_value(&ctx->out, "pmu", NULL, json_text(name), "");
	out_note(&ctx->out,
		 "hwhint samples %s config 0x%" PRIx64 ", one event in %" PRId64 " or fewer, "
		 "at most %" PRId64 " times per second and CPU",
		 name, (uint64_t)src.params.value[PGHOT_A_HWHINT_CONFIG],
		 src.params.value[PGHOT_A_HWHINT_SAMPLE_PERIOD],
		 src.params.value[PGHOT_A_HWHINT_SAMPLES_PER_SEC]);
	if (type == PERF_TYPE_SOFTWARE)
		out_note(&ctx->out, "page faults say little of how hot a page is: no hardware "
				    "sampling was found, or this was set");
	return STATUS_OK;
}
