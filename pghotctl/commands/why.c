// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * why: what there is between a page and its promotion. The kernel tells facts;
 * lib/verdict.c says which of them it is that the page waits for.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"
#include "output/out.h"
#include "verdict.h"
#include "units.h"

static bool has(const struct pghot_explanation *x, unsigned int attr)
{
	return pghot_has(x->present, attr);
}

static json_t *u64_if(const struct pghot_explanation *x, unsigned int attr, uint64_t value)
{
	return has(x, attr) ? json_integer((json_int_t)value) : json_null();
}

/* A number that is not always known. Text has it only where it is. */
static void number_if(struct out *o, const struct pghot_explanation *x, unsigned int attr,
		      const char *key, const char *label, uint64_t value, enum unit unit)
{
	char buf[PGHOT_UNIT_LEN];

	if (has(x, attr))
		out_u64(o, key, label, value, unit);
	else
		out_value(o, key, NULL, u64_if(x, attr, value), out_format(o, 0, unit, buf));
}

static void show_verdict(struct out *o, const struct pghot_verdict *v)
{
	json_t *commands = json_array();

	for (size_t i = 0; i < v->nr; i++)
		json_array_append_new(commands, json_string(v->commands[i]));
	out_str(o, "verdict", NULL, v->name);
	out_str(o, "because", "not promoted because", v->text);
	out_value(o, "commands", NULL, commands, "");
	for (size_t i = 0; i < v->nr; i++)
		out_text(o, "  %s  %s", i ? "     " : "see or change:", v->commands[i]);
}

static void show_page(struct out *o, const struct pghot_explanation *x,
		      struct pghot_cgroups *cgroups)
{
	const char *type = has(x, PGHOT_A_EXPLAIN_ORDER) ? pghot_page_type(x->page_flags) : NULL;
	const char *cgroup = has(x, PGHOT_A_EXPLAIN_CGROUP_INO) && x->cgroup_ino && cgroups
				     ? pghot_cgroup_path(cgroups, x->cgroup_ino)
				     : NULL;
	uint64_t pages = 1ULL << (x->order < 52 ? x->order : 0);

	out_heading(o, "Page");
	out_u64(o, "pfn", "page frame", x->pfn, UNIT_NONE);
	out_u64(o, "node", "on node", x->page_nid, UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_ORDER, "size_pages", "size", pages, UNIT_PAGES);
	out_str(o, "type", "type", type);
	out_str(o, "cgroup", "cgroup", cgroup);
	number_if(o, x, PGHOT_A_EXPLAIN_MAPPINGS, "mappings_count", "mapped", x->mappings,
		  UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_REFERENCES, "references_count", "references", x->references,
		  UNIT_NONE);
	out_bool(o, "partly_mapped", x->partly_mapped ? "partly mapped" : NULL, x->partly_mapped,
		 "yes: it is split before it is promoted", "no");
}

static void show_record(struct out *o, const struct pghot_explanation *x)
{
	json_t *names = json_array();
	char text[128] = "";

	for (uint32_t id = 0; id < PGHOT_SOURCES_MAX; id++) {
		const struct pghot_source_name *s = pghot_source_by_id(id);
		size_t used = strlen(text);

		if (!(x->sources >> id & 1) || !s)
			continue;
		json_array_append_new(names, json_string(s->name));
		snprintf(text + used, sizeof(text) - used, "%s%s", used ? ", " : "", s->name);
	}
	out_heading(o, "Record");
	out_bool(o, "tracked", NULL, x->tracked, "yes", "no");
	if (!has(x, PGHOT_A_EXPLAIN_FREQ))
		out_text(o, "  no access was noted");
	number_if(o, x, PGHOT_A_EXPLAIN_FREQ, "freq", "frequency", x->freq, UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_AGE_MS, "age_ms", "last access", x->age_ms, UNIT_MS);
	number_if(o, x, PGHOT_A_EXPLAIN_WINDOW_MS, "window_ms", "halved every", x->window_ms,
		  UNIT_MS);
	out_value(o, "sources", text[0] ? "seen by" : NULL, names, text);
	number_if(o, x, PGHOT_A_EXPLAIN_THRESHOLD, "threshold", "threshold now", x->threshold,
		  UNIT_NONE);
}

static const char *or_unknown(const char *name)
{
	return name ? name : "unknown";
}

static void show_queue(struct out *o, const struct pghot_explanation *x)
{
	out_heading(o, "Queue");
	out_str(o, "place", "waits in", or_unknown(pghot_queue_place_name(x->place)));
	number_if(o, x, PGHOT_A_EXPLAIN_HOTTER, "hotter_count", "hotter ones", x->hotter,
		  UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_AS_HOT, "as_hot_count", "as hot", x->as_hot, UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_HEAP_LENGTH, "heap_length", "in the heap", x->heap_length,
		  UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_TRIES, "tries_count", "failed tries", x->tries, UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_WAITS, "waits_count", "had to wait", x->waits, UNIT_NONE);
}

static void show_rules(struct out *o, const struct pghot_explanation *x)
{
	const char *reason = has(x, PGHOT_A_EXPLAIN_REASON) ? pghot_fail_reason_name(x->reason)
							    : NULL;
	bool asked = has(x, PGHOT_A_EXPLAIN_ASKED);

	out_heading(o, "Placement");
	out_value(o, "reason", "may move", reason ? json_string(reason) : json_null(),
		  has(x, PGHOT_A_EXPLAIN_REASON) ? pghot_fail_reason_help(x->reason) : "yes");
	number_if(o, x, PGHOT_A_EXPLAIN_ASKED, "asked_count", "mappings asked", x->asked,
		  UNIT_NONE);
	out_str(o, "policy_nodes", asked ? "mempolicy allows" : NULL,
		asked ? x->policy_nodes : NULL);
	out_str(o, "cpuset_nodes", asked ? "cpuset allows" : NULL, asked ? x->cpuset_nodes : NULL);
	number_if(o, x, PGHOT_A_EXPLAIN_REFUSED_BY, "refused_by_pid", "refused by process",
		  x->refused_by, UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_OTHER_NID, "other_node", "may go to node", x->other_nid,
		  UNIT_NONE);
}

static void show_target(struct out *o, const struct pghot_explanation *x)
{
	out_heading(o, "Target");
	number_if(o, x, PGHOT_A_EXPLAIN_NID, "target_node", "node", x->nid, UNIT_NONE);
	out_bool(o, "promote", "promotion", x->promote, "on", "off");
	number_if(o, x, PGHOT_A_EXPLAIN_FREE_PAGES, "free_pages", "free", x->free_pages,
		  UNIT_PAGES);
	out_bool(o, "room", "room for it", x->room, "yes", "no");
	out_bool(o, "rate_limited", "rate-limited", x->rate_limited, "yes", "no");
	number_if(o, x, PGHOT_A_EXPLAIN_PROMOTED_PER_SEC, "promoted_pages_per_s",
		  "promoted in the last second", x->promoted_per_sec, UNIT_PAGES);
	out_bool(o, "full", "full", x->full, "yes: what comes up sends something down", "no");
	out_str(o, "exchange", x->full ? "exchange" : NULL,
		or_unknown(pghot_exchange_name(x->exchange)));
	number_if(o, x, PGHOT_A_EXPLAIN_EXCHANGE_PERCENT, "exchange_percent",
		  x->full ? "what went down, in % of what came up" : NULL, x->exchange_percent,
		  UNIT_NONE);
	number_if(o, x, PGHOT_A_EXPLAIN_EXCHANGE_PAGES, "exchange_pages",
		  x->full ? "may be exchanged" : NULL, x->exchange_pages, UNIT_PAGES);
}

static void show_failure(struct out *o, const struct pghot_explanation *x)
{
	bool known = has(x, PGHOT_A_EXPLAIN_FAILED_REASON);
	const char *name = known ? pghot_fail_reason_name(x->failed_reason) : NULL;

	if (known)
		out_heading(o, "Last failure");
	out_value(o, "failed_reason", known ? "reason" : NULL,
		  name ? json_string(name) : json_null(),
		  name ? pghot_fail_reason_help(x->failed_reason) : "unknown");
	number_if(o, x, PGHOT_A_EXPLAIN_FAILED_MS, "failed_age_ms", "ago", x->failed_ms, UNIT_MS);
	number_if(o, x, PGHOT_A_EXPLAIN_FAILED_COUNT, "failed_count", "in succession",
		  x->failed_count, UNIT_NONE);
}

/* ---- the command ----------------------------------------------------------- */

static int fill_explain(struct nl_msg *msg, const void *data)
{
	const struct value *page = call_get(data, "PFN|PID");
	const struct value *address = call_get(data, "ADDRESS");
	const struct value *node = call_get(data, "--node");
	int err;

	if (address) {
		err = nla_put_u32(msg, PGHOT_A_EXPLAIN_PID, (uint32_t)page->number);
		if (!err)
			err = nla_put_u64(msg, PGHOT_A_EXPLAIN_ADDRESS, address->number);
	} else {
		err = nla_put_u64(msg, PGHOT_A_EXPLAIN_PFN, page->number);
	}
	if (!err && node)
		err = nla_put_u32(msg, PGHOT_A_EXPLAIN_NID, (uint32_t)node->number);
	return err;
}

static int take_explanation(const void *attrs, size_t len, void *data)
{
	return pghot_decode_explanation(attrs, len, data);
}

bool check_why(const struct call *call, struct failure *failure)
{
	const struct value *page = call_get(call, "PFN|PID");

	if (call_get(call, "ADDRESS") && page->number > INT32_MAX) {
		fail_with(failure, STATUS_USAGE, 0,
			  "PFN|PID: %s is no process, accepted with ADDRESS: 1 to %d", page->text,
			  INT32_MAX);
		return false;
	}
	return true;
}

int cmd_why(struct ctx *ctx, const struct call *call)
{
	struct pghot_explanation x = { 0 };
	struct pghot_params params = { 0 };
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct ctl_request req = {
		.cmd = PGHOT_CMD_EXPLAIN,
		.fill = fill_explain,
		.fill_data = call,
		.reply = take_explanation,
		.reply_data = &x,
	};
	struct pghot_cgroups *cgroups;
	struct out *o = &ctx->out;
	struct pghot_verdict v;
	int ret;

	if (!info)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	/* For the page size. */
	ret = query_info(ctx, info);
	free(info);
	if (!ret)
		ret = query_params(ctx, &params);
	if (!ret)
		ret = request(ctx, &req, "why");
	if (ret)
		return ret;

	pghot_verdict_of(&v, &x, &params);
	show_verdict(o, &v);
	cgroups = pghot_cgroups_open(NULL);
	show_page(o, &x, cgroups);
	pghot_cgroups_close(cgroups);
	show_record(o, &x);
	show_queue(o, &x);
	show_rules(o, &x);
	show_target(o, &x);
	show_failure(o, &x);
	return STATUS_OK;
}
