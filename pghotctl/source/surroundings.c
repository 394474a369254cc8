// SPDX-License-Identifier: GPL-2.0-or-later

#include "source/surroundings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "output/show.h"
#include "system/system.h"

static const char no_lower_tier_way[] =
	"slow memory is on a lower tier when the firmware's HMAT gives its latency and "
	"bandwidth, and it was onlined after that: see /sys/devices/virtual/memory_tiering";
static const char mglru_way[] = "echo y > " MGLRU_PATH;

void note_missing(struct out *o, const char *cause, const char *message, const char *way_out)
{
	json_t *list, *v;

	out_note(o, "%s: %s", message, way_out);
	if (!o->json)
		return;
	list = json_object_get(o->data, "missing");
	if (!list) {
		list = json_array();
		json_object_set_new(o->data, "missing", list);
	}
	v = json_object();
	json_object_set_new(v, "cause", json_string(cause));
	json_object_set_new(v, "message", json_text(message));
	json_object_set_new(v, "way_out", json_text(way_out));
	json_array_append_new(list, v);
}

bool no_lower_tier(const struct pghot_info *info)
{
	for (unsigned int i = 0; i < info->nr_tiers; i++) {
		if (!info->tiers[i].toptier)
			return false;
	}
	return true;
}

int need_tiering(struct ctx *ctx, bool leave)
{
	struct out *o = &ctx->out;
	int before, after, err;
	char text[160];

	err = numa_balancing_get(ctx->root, &before);
	if (err == -ENOENT) {
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
			  "hintfault needs NUMA balancing, and this kernel has none");
		fail_cause(&ctx->failure, "no-numa-balancing");
		fail_hint(&ctx->failure, "build it with CONFIG_NUMA_BALANCING");
		return STATUS_UNSUPPORTED;
	}
	if (err) {
		fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot read %s",
			  system_error(NUMA_BALANCING_PATH, err, text, sizeof(text)));
		if (system_hint(err))
			fail_hint(&ctx->failure, "%s", system_hint(err));
		return ctx->failure.status;
	}
	after = before | NUMA_BALANCING_MEMORY_TIERING;
	if (leave && after != before) {
		snprintf(text, sizeof(text),
			 "kernel.numa_balancing is %d, left alone: no hint faults will come until "
			 "it has bit %d",
			 before, NUMA_BALANCING_MEMORY_TIERING);
		note_missing(o, "numa-balancing-off", text, "pghotctl enable hintfault");
		after = before;
	} else if (after != before) {
		err = numa_balancing_set(ctx->root, after);
		if (err) {
			fail_with(&ctx->failure, status_of_errno(-err), -err,
				  "cannot set kernel.numa_balancing to %d: %s", after,
				  strerror(-err));
			fail_cause(&ctx->failure, "numa-balancing-off");
			fail_hint(&ctx->failure,
				  "hintfault needs it: %s, or leave it with --no-sysctl",
				  system_hint(err) ? system_hint(err) : "set it by hand");
			return ctx->failure.status;
		}
		out_note(o, "kernel.numa_balancing was %d, is now %d", before, after);
	}
	out_value(o, "numa_balancing_before", NULL, json_integer(before), "");
	out_value(o, "numa_balancing", NULL, json_integer(after), "");
	return STATUS_OK;
}

void note_surroundings(struct ctx *ctx, const struct source_list *list,
		       const struct pghot_info *info, const struct pghot_params *params)
{
	struct out *o = &ctx->out;
	unsigned int mask;
	bool on;

	if (info && no_lower_tier(info))
		note_missing(o, "no-lower-tier",
			     "no node is on a lower tier, there is nothing to promote from",
			     no_lower_tier_way);
	if (pghot_has(params->present, PGHOT_A_PARAM_PROMOTE) &&
	    !params->value[PGHOT_A_PARAM_PROMOTE])
		note_missing(o, "promote-off", "promote is off, hot pages are found but not moved",
			     "pghotctl set promote=on");
	if (!demotion_get(ctx->root, &on) && !on)
		note_missing(o, "demotion-off",
			     "demotion is off, promotion stops when the top tier is full",
			     "echo 1 > " DEMOTION_PATH);
	if (source_list_has(list, PGHOT_SOURCE_ID_LRUSCAN) && !mglru_get(ctx->root, &mask) &&
	    !(mask & 1))
		note_missing(o, "mglru-off",
			     "the multi-generational LRU is off, lruscan has nothing to walk",
			     mglru_way);
}

int fail_unavailable(struct ctx *ctx, const struct pghot_source *src)
{
	struct failure *f = &ctx->failure;
	struct pghot_info info;
	unsigned int mask = 0;
	bool none, mglru;

	none = !query_info(ctx, &info) && no_lower_tier(&info);
	mglru = src->id == PGHOT_SOURCE_ID_LRUSCAN && !mglru_get(ctx->root, &mask) && !(mask & 1);
	fail_with(f, STATUS_UNSUPPORTED, EOPNOTSUPP, "source %s is not available: %s",
		  source_label(src), src->unavailable_reason);
	if (none) {
		fail_cause(f, "no-lower-tier");
		fail_hint(f, "%s", no_lower_tier_way);
	} else if (mglru) {
		fail_cause(f, "mglru-off");
		fail_hint(f, "%s", mglru_way);
	}
	return STATUS_UNSUPPORTED;
}
