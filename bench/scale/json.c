// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <math.h>

#include "costs.h"
#include "output.h"
#include "params.h"

/* What is not known is null. */
static json_t *number(double n)
{
	return isfinite(n) ? json_real(n) : json_null();
}

static json_t *found(const struct result *res)
{
	json_t *list = json_array();

	for (int i = 1; i <= 100; i++)
		json_array_append_new(list, number(res->found_s[i]));
	return list;
}

static json_t *machine(const struct machine *m)
{
	return json_pack(
		"{s:f, s:f, s:i, s:i, s:I, s:i, s:s, s:b, s:b, s:f, s:f, s:f, s:f, s:f, s:I}",
		"slow_gib", m->slow_gib, "fast_gib", m->fast_gib, "cpus", (int)m->cpus, "top_nodes",
		(int)m->top_nodes, "processes", (json_int_t)m->processes, "config_cpus",
		(int)m->config_cpus, "page", m->huge ? "2M" : "4K", "full", m->full, "asleep",
		m->asleep, "hot", m->hot, "idle", m->idle, "hot_rate", m->hot_rate, "cold_rate",
		m->cold_rate, "instruction_ns", m->instruction_ns, "seed", (json_int_t)m->seed);
}

static json_t *result(const struct result *res)
{
	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:o, s:f, s:f, s:s, s:f, "
			 "s:b, s:b, s:b}",
			 "machine", machine(&res->m), "source", scale_source_names[res->source],
			 "found_50_s", number(res->found_s[50]), "found_90_s",
			 number(res->found_s[90]), "found_95_s", number(res->found_s[95]),
			 "bound_95_s", number(res->bound_s), "found_s", found(res), "wrong",
			 number(res->wrong), "cpu_percent", res->cpu_percent, "bound_cpu_percent",
			 number(res->cpu_bound), "kpromoted_percent", res->engine_percent,
			 "lock_us", res->lock_us, "lock", res->lock, "memory_bytes", res->memory,
			 "blind", result_is_blind(res), "in_time", result_in_time(res), "cheap",
			 result_is_cheap(res));
}

static json_t *costs(void)
{
	json_t *list = json_array();

	for (int i = 0; i < SCALE_COSTS; i++)
		json_array_append_new(list,
				      json_pack("{s:s, s:f, s:s, s:s}", "name", scale_costs[i].name,
						"amount", scale_costs[i].amount, "about",
						scale_costs[i].about, "from", scale_costs[i].from));
	return list;
}

static json_t *params(void)
{
	json_t *all = json_object();

	for (int i = 0; i < SCALE_PARAMS; i++)
		json_object_set_new(all, scale_params[i].name, json_integer(scale_params[i].value));
	return all;
}

static json_t *hottest(const struct report *rep)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rep->nr_hottest; i++) {
		const struct hottest *h = &rep->hottest[i];

		json_array_append_new(list,
				      json_pack("{s:b, s:f, s:f, s:f, s:f}", "full", h->full,
						"hottest_quarter", h->share,
						"bound_hottest_quarter", HOTTEST_BOUND, "seconds",
						h->seconds, "promoted_gib", h->promoted_gib));
	}
	return list;
}

bool output_json(FILE *f, const struct report *rep)
{
	json_t *results = json_array(), *root;
	int err;

	for (size_t i = 0; i < rep->nr; i++)
		json_array_append_new(results, result(&rep->results[i]));
	root = json_pack("{s:s, s:o, s:o, s:o, s:o}", "schema", "pghot-bench-scale-1", "costs",
			 costs(), "params", params(), "results", results, "hottest", hottest(rep));
	err = !root || json_dumpf(root, f, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
	json_decref(root);
	return !err && fputc('\n', f) != EOF;
}
