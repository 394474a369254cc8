// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What this kernel and this machine can do, and what each thing that is missing
 * disables. It changes nothing, needs nothing, and what it may not see it says.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#include "backend/backend.h"
#include "backend/capability.h"
#include "backend/ctx.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/neighbours.h"
#include "names.h"
#include "output/show.h"
#include "reach.h"
#include "system/mprof.h"
#include "system/system.h"
#include "system/tiers.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define SYSCTL_BALANCING_LIMIT "/proc/sys/kernel/numa_balancing_promote_rate_limit_MBps"

/* What is missing, collected while the rest is shown. */
struct gaps {
	json_t *list;
};

static void gap(struct gaps *g, const char *what, const char *disables)
{
	json_t *v = json_object();

	json_object_set_new(v, "what", json_text(what));
	json_object_set_new(v, "disables", json_text(disables));
	json_array_append_new(g->list, v);
}

/* ---- the family ---------------------------------------------------------- */

/* clang-format off */

/* The commands of the family, and what each is good for. */
static const struct {
	uint8_t cmd;
	const char *name;
	const char *for_what;
} family_cmds[] = {
	{ PGHOT_CMD_INFO_GET, "info-get", "everything but help" },
	{ PGHOT_CMD_SOURCE_GET, "source-get", "source list, source show, status, metrics, save" },
	{ PGHOT_CMD_SOURCE_SET, "source-set", "enable, disable, source set" },
	{ PGHOT_CMD_PARAM_GET, "param-get", "get, status, metrics, save" },
	{ PGHOT_CMD_PARAM_SET, "param-set", "set, apply" },
	{ PGHOT_CMD_NODE_GET, "node-get", "node, status, metrics" },
	{ PGHOT_CMD_STATS_GET, "stats-get", "stats, metrics" },
	{ PGHOT_CMD_HEAP_GET, "heap-get", "dump heap, pghottop's queue" },
	{ PGHOT_CMD_RECORD_GET, "record-get", "dump records, pghottop's records" },
	{ PGHOT_CMD_PROMOTED_GET, "promoted-get", "dump promoted, pghottop's promotions" },
	{ PGHOT_CMD_PROMOTE, "promote", "promote" },
	{ PGHOT_CMD_RESET, "reset", "reset" },
	{ PGHOT_CMD_EXPLAIN, "explain", "why, report why" },
	{ PGHOT_CMD_SUMMARY_GET, "summary-get", "report hotness, report cgroups" },
	{ PGHOT_CMD_CGROUP_GET, "cgroup-get", "cgroup show" },
	{ PGHOT_CMD_CGROUP_SET, "cgroup-set", "cgroup set" },
};

/* Attributes of requests that the tools send, and what for. */
static const struct {
	uint8_t cmd;
	unsigned int attr;
	const char *for_what;
} family_attrs[] = {
	{ PGHOT_CMD_SOURCE_GET, PGHOT_A_SOURCE_ID, "source show" },
	{ PGHOT_CMD_SOURCE_SET, PGHOT_A_SOURCE_ENABLED, "enable, disable" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_PROMOTE, "set promote" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_FREQ_THRESHOLD, "set freq-threshold" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_WINDOW_MS, "set window-ms" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS,
	  "set promote-rate-limit-mbps" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_BATCH_NR, "set batch-nr" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_SLEEP_MS, "set sleep-ms" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_TARGET_NID, "set target-nid" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_HEAP_CAPACITY, "set heap-capacity" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_ADAPTIVE, "set adaptive" },
	{ PGHOT_CMD_PARAM_SET, PGHOT_A_PARAM_WINDOW_MAX_MS, "set window-max-ms" },
	{ PGHOT_CMD_HEAP_GET, PGHOT_A_DUMP_NID, "dump heap --node" },
	{ PGHOT_CMD_HEAP_GET, PGHOT_A_DUMP_LIMIT, "dump heap --limit" },
	{ PGHOT_CMD_HEAP_GET, PGHOT_A_DUMP_MIN_FREQ, "dump heap --min-freq" },
	{ PGHOT_CMD_RECORD_GET, PGHOT_A_DUMP_NID, "dump records --node" },
	{ PGHOT_CMD_RECORD_GET, PGHOT_A_DUMP_LIMIT, "dump records --limit" },
	{ PGHOT_CMD_RECORD_GET, PGHOT_A_DUMP_MIN_FREQ, "dump records --min-freq" },
	{ PGHOT_CMD_RECORD_GET, PGHOT_A_DUMP_PFN_START, "dump records --pfn-range" },
	{ PGHOT_CMD_RECORD_GET, PGHOT_A_DUMP_PFN_END, "dump records --pfn-range" },
	{ PGHOT_CMD_PROMOTED_GET, PGHOT_A_DUMP_NID, "dump promoted --node" },
	{ PGHOT_CMD_PROMOTED_GET, PGHOT_A_DUMP_LIMIT, "dump promoted --limit" },
	{ PGHOT_CMD_PROMOTE, PGHOT_A_PROMOTE_PFN, "promote PFN" },
	{ PGHOT_CMD_PROMOTE, PGHOT_A_PROMOTE_NID, "promote --node" },
	{ PGHOT_CMD_PROMOTE, PGHOT_A_PROMOTE_COUNT, "promote --count" },
	{ PGHOT_CMD_RESET, PGHOT_A_RESET_WHAT, "reset" },
	{ PGHOT_CMD_EXPLAIN, PGHOT_A_EXPLAIN_PFN, "why PFN" },
	{ PGHOT_CMD_EXPLAIN, PGHOT_A_EXPLAIN_PID, "why PID ADDRESS" },
	{ PGHOT_CMD_EXPLAIN, PGHOT_A_EXPLAIN_ADDRESS, "why PID ADDRESS" },
	{ PGHOT_CMD_EXPLAIN, PGHOT_A_EXPLAIN_NID, "why --node" },
	{ PGHOT_CMD_SUMMARY_GET, PGHOT_A_SUMMARY_NID, "report hotness --node" },
	{ PGHOT_CMD_SUMMARY_GET, PGHOT_A_SUMMARY_MIN_FREQ, "report cgroups" },
	{ PGHOT_CMD_CGROUP_GET, PGHOT_A_CGROUP_INO, "cgroup show PATH" },
	{ PGHOT_CMD_CGROUP_SET, PGHOT_A_CGROUP_INO, "cgroup set" },
	{ PGHOT_CMD_CGROUP_SET, PGHOT_A_CGROUP_PROMOTE, "cgroup set --promote" },
	{ PGHOT_CMD_CGROUP_SET, PGHOT_A_CGROUP_SHARE, "cgroup set --share" },
};

static const struct {
	const char *name;
	const char *for_what;
} family_groups[] = {
	{ PGHOT_MCGRP_CONFIG, "monitor config" },
	{ PGHOT_MCGRP_PROMOTION, "monitor promotion" },
};

static const struct column cmd_columns[] = {
	{ "name", "COMMAND", .left = true },
	{ "number" },
	{ "do", "DO", .left = true },
	{ "dump", "DUMP", .left = true },
	{ "attributes", "ATTRIBUTES OF REQUESTS", .left = true },
};
/* clang-format on */

static const char *cmd_name(unsigned int cmd)
{
	for (size_t i = 0; i < ARRAY_LEN(family_cmds); i++) {
		if (family_cmds[i].cmd == cmd)
			return family_cmds[i].name;
	}
	return NULL;
}

/* The names of the attributes that a command takes; a newer kernel's by number. */
static void cell_attributes(struct out *o, unsigned int cmd, const struct capability *c)
{
	json_t *list = json_array();
	char text[400] = "";
	size_t used = 0;

	for (unsigned int a = 1; a < 64; a++) {
		const char *name = pghot_attr_by_type((uint8_t)cmd, a);
		char number[16];

		if (!(c->cmd[cmd].takes >> a & 1))
			continue;
		snprintf(number, sizeof(number), "#%u", a);
		json_array_append_new(list, json_string(name ? name : number));
		if (used < sizeof(text))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used ? " " : "", name ? name : number);
	}
	if (c->policies)
		cell_value(o, list, text);
	else
		cell_value(o, json_null(), "not told");
	if (!c->policies)
		json_decref(list);
}

static void show_commands(struct out *o, const struct capability *c)
{
	out_table_begin(o, "commands", cmd_columns, ARRAY_LEN(cmd_columns), false);
	for (unsigned int i = 0; i < CAPABILITY_CMDS; i++) {
		const char *name = cmd_name(i);
		char number[16];

		if (!c->cmd[i].known)
			continue;
		snprintf(number, sizeof(number), "#%u", i);
		cell_str(o, name ? name : number);
		cell_u64(o, i);
		cell_bool(o, c->cmd[i].can_do, "do", "");
		cell_bool(o, c->cmd[i].can_dump, "dump", "");
		cell_attributes(o, i, c);
		out_row_end(o);
	}
	out_table_end(o, "none");
}

/* Parameters of sources that are known here and not in the kernel. */
static void find_source_gaps(struct gaps *g, const struct capability *c)
{
	const struct capability_cmd *cmd = &c->cmd[PGHOT_CMD_SOURCE_SET];
	const struct pghot_source_name *src;
	char what[96], disables[64];

	for (unsigned int i = 0; c->policies && (src = pghot_source_name_at(i)); i++) {
		unsigned int nest = pghot_source_param_nest(src->id);

		if (!nest || !cmd->known || cmd->takes >> nest & 1)
			continue;
		snprintf(what, sizeof(what), "attribute %s of source-set",
			 pghot_attr_by_type(PGHOT_CMD_SOURCE_SET, nest));
		snprintf(disables, sizeof(disables), "source set %s", src->name);
		gap(g, what, disables);
	}
}

static void find_family_gaps(struct gaps *g, const struct capability *c)
{
	char what[96];

	for (size_t i = 0; i < ARRAY_LEN(family_cmds); i++) {
		if (c->cmd[family_cmds[i].cmd].known)
			continue;
		snprintf(what, sizeof(what), "command %s of the family", family_cmds[i].name);
		gap(g, what, family_cmds[i].for_what);
	}
	for (size_t i = 0; c->policies && i < ARRAY_LEN(family_attrs); i++) {
		const struct capability_cmd *cmd = &c->cmd[family_attrs[i].cmd];

		if (!cmd->known || cmd->takes >> family_attrs[i].attr & 1)
			continue;
		snprintf(what, sizeof(what), "attribute %s of %s",
			 pghot_attr_by_type(family_attrs[i].cmd, family_attrs[i].attr),
			 cmd_name(family_attrs[i].cmd));
		gap(g, what, family_attrs[i].for_what);
	}
	find_source_gaps(g, c);
	for (size_t i = 0; i < ARRAY_LEN(family_groups); i++) {
		bool found = false;

		for (size_t n = 0; n < c->nr_groups; n++)
			found |= !strcmp(c->groups[n], family_groups[i].name);
		if (found)
			continue;
		snprintf(what, sizeof(what), "multicast group %s", family_groups[i].name);
		gap(g, what, family_groups[i].for_what);
	}
}

/* Return: true when there is a family. */
static bool show_family(struct ctx *ctx, struct gaps *g, struct capability *c)
{
	struct out *o = &ctx->out;
	struct pghot_error err;
	char text[128] = "";
	json_t *groups;
	size_t used = 0;

	out_heading(o, "Netlink family");
	if (capability_read(c, &err)) {
		out_value(o, "family", "family", json_null(), err.message);
		out_value(o, "commands", NULL, json_array(), "");
		/* Where it cannot be seen, what else is there says nothing of the kernel. */
		if (pghot_reach(ctx->root, NULL, 0) == PGHOT_REACH_OTHER)
			return false;
		gap(g, "the netlink family pghot (a kernel with CONFIG_PGHOT)",
		    ctx->posted_found ? "what only the family has: node, dump, promote, reset, "
					"monitor, save, apply, metrics, and pghottop"
				      : "everything");
		return false;
	}
	groups = json_array();
	for (size_t i = 0; i < c->nr_groups; i++) {
		json_array_append_new(groups, json_text(c->groups[i]));
		if (used < sizeof(text))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used ? ", " : "", c->groups[i]);
	}
	out_object(o, "family");
	out_str(o, "name", "family", PGHOT_FAMILY_NAME);
	out_u64(o, "version", "version", c->version, UNIT_NONE);
	out_u64(o, "version_known", "version known here", PGHOT_FAMILY_VERSION, UNIT_NONE);
	out_value(o, "multicast_groups", "multicast groups", groups, text);
	out_object_end(o);
	show_commands(o, c);
	find_family_gaps(g, c);
	return true;
}

/* ---- sources, nodes ------------------------------------------------------ */

static const struct pghot_source *find_source(const struct source_list *list, uint32_t id)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].id == id)
			return &list->at[i];
	}
	return NULL;
}

/* clang-format off */
static const struct column source_columns[] = {
	{ "name", "SOURCE", .left = true },
	{ "built", "BUILT", .left = true },
	{ "available", "AVAILABLE", .left = true },
	{ "enabled", "ENABLED", .left = true },
	{ "reason", "REASON", .left = true },
};
static const struct column node_columns[] = {
	{ "nid", "NODE" },
	{ "tier", "TIER" },
	{ "toptier", "KIND", .left = true },
};
/* clang-format on */

static void cell_source(struct out *o, struct gaps *g, const struct pghot_source_name *name,
			const struct pghot_source *src)
{
	char what[224], disables[160];

	cell_str(o, name->name);
	cell_bool(o, src, "yes", "no");
	cell_bool(o, src && src->available, "yes", "no");
	cell_bool(o, src && src->enabled, "yes", "no");
	if (src && src->available) {
		cell_value(o, json_null(), "");
		return;
	}
	cell_str(o, src ? src->unavailable_reason : "not built into this kernel");
	snprintf(what, sizeof(what), "source %s: %s", name->name,
		 src ? src->unavailable_reason : "not built into this kernel");
	snprintf(disables, sizeof(disables), "enable %s: %s", name->name, name->help);
	gap(g, what, disables);
}

static void show_probe_sources(struct out *o, struct gaps *g, const struct source_list *list)
{
	const struct pghot_source_name *name;

	out_heading(o, "Sources");
	out_table_begin(o, "sources", source_columns, ARRAY_LEN(source_columns), false);
	for (unsigned int i = 0; (name = pghot_source_name_at(i)); i++) {
		cell_source(o, g, name, find_source(list, name->id));
		out_row_end(o);
	}
	/* What a newer kernel has and this program does not know. */
	for (size_t i = 0; i < list->nr; i++) {
		const struct pghot_source *src = &list->at[i];

		if (pghot_source_by_id(src->id))
			continue;
		cell_str(o, source_label(src));
		cell_bool(o, true, "yes", "no");
		cell_bool(o, src->available, "yes", "no");
		cell_bool(o, src->enabled, "yes", "no");
		cell_str(o, src->available ? NULL : src->unavailable_reason);
		out_row_end(o);
	}
	out_table_end(o, "none");
}

static void show_tiers(struct out *o, struct gaps *g, const struct pghot_info *info)
{
	bool top = false, lower = false;

	out_heading(o, "Nodes and tiers");
	out_table_begin(o, "nodes", node_columns, ARRAY_LEN(node_columns), false);
	for (unsigned int i = 0; i < info->nr_tiers; i++) {
		const struct pghot_tier *t = &info->tiers[i];

		cell_u64(o, t->nid);
		if (t->tier < 0)
			cell_none(o);
		else
			cell_s64(o, t->tier);
		cell_bool(o, t->toptier, "top", "lower");
		out_row_end(o);
		top |= t->toptier;
		lower |= !t->toptier;
	}
	out_table_end(o, "none");
	if (!lower)
		gap(g, "a node on a lower memory tier",
		    "promotion: there is nothing to promote from");
	if (!top)
		gap(g, "a node on the top memory tier",
		    "promotion: there is nothing to promote to");
}

/* Is the file system there at all? */
static bool is_there(const char *root, const char *path)
{
	return system_missing(root, path, -ENOENT) == -ENOENT;
}

/* A kernel may be without pghot on a machine that has what it takes. */
static void show_sysfs_tiers(struct ctx *ctx, struct gaps *g)
{
	struct pghot_info *info = calloc(1, sizeof(*info));

	if (!info || tiers_read(ctx->root, info)) {
		out_value(&ctx->out, "nodes", NULL, json_array(), "");
		if (is_there(ctx->root, "/sys/"))
			gap(g, "memory tiers in sysfs (a kernel with CONFIG_NUMA, 6.1 or later)",
			    "telling slow memory from fast");
	} else {
		show_tiers(&ctx->out, g, info);
	}
	free(info);
}

/* clang-format off */
static const struct column file_columns[] = {
	{ "name", "PARAMETER", .left = true },
	{ "path", "FILE", .left = true },
	{ "value", "VALUE", .left = true },
	{ "raw" },
};
/* clang-format on */

/* A file of the series, with a number in it or not. Return: 0 or a negative errno. */
static int file_row(struct ctx *ctx, const char *name, const char *path)
{
	struct out *o = &ctx->out;
	char line[256];
	int64_t value;
	int err = system_read(ctx->root, path, line, sizeof(line));

	cell_str(o, name);
	cell_str(o, path);
	if (err) {
		cell_value(o, json_null(), err == -ENOENT ? "not there" : "hidden");
		cell_none(o);
	} else {
		cell_value(o, pghot_parse_s64(line, &value) ? json_null() : json_integer(value),
			   line);
		cell_str(o, line);
	}
	out_row_end(o);
	return err;
}

static void other_file_row(const char *name, const char *path, void *data)
{
	file_row(data, name, path);
}

/* What samples memory accesses there, and its knobs. */
static void show_profiler(struct ctx *ctx, struct gaps *g)
{
	const struct pghot_param_desc *knob;
	char name[64];
	bool armed;
	int err = mprof_get(ctx->root, &armed);

	if (err == -ENOENT) {
		if (ctx->posted.revision == POSTED_V8)
			gap(g, MPROF_PATH " (an AMD CPU from Zen 6 on, CONFIG_AMD_IBS_MEMPROF)",
			    "enable ibs: there is nothing that samples");
		return;
	}
	file_row(ctx, "ibs-mprof", MPROF_PATH);
	if (!err && !armed)
		gap(g, "the IBS memory profiler is not armed (" MPROF_PATH ")",
		    "hwhint sees nothing until it is (pghotctl enable ibs)");
	for (unsigned int i = 0; (knob = posted_knob_at(i)); i++) {
		snprintf(name, sizeof(name), "ibs-mprof %s", knob->name);
		file_row(ctx, name, posted_knob_path(knob->attr));
	}
}

/* The series as posted: its sources, and its files. */
static int show_posted(struct ctx *ctx, struct gaps *g)
{
	const struct posted *p = &ctx->posted;
	param_at_fn param_at = posted_param_at(p->revision);
	const struct pghot_param_desc *desc;
	const struct posted_source *src;
	struct out *o = &ctx->out;
	uint64_t mask;
	int err = posted_read_mask(p, &mask);

	out_heading(o, "Sources");
	out_table_begin(o, "sources", source_columns, ARRAY_LEN(source_columns), false);
	for (unsigned int i = 0; (src = posted_source_at(p, i)); i++) {
		cell_str(o, src->name);
		cell_bool(o, true, "yes", "no");
		cell_bool(o, true, "yes", "no");
		if (err)
			cell_value(o, json_null(), "hidden");
		else
			cell_bool(o, mask & src->bit, "yes", "no");
		cell_value(o, json_null(), "");
		out_row_end(o);
	}
	out_table_end(o, "none");
	out_heading(o, "Files of the posted series");
	out_table_begin(o, "files", file_columns, ARRAY_LEN(file_columns), false);
	file_row(ctx, "enabled sources", posted_sources_path(p));
	for (unsigned int i = 0; (desc = param_at(i)); i++) {
		const char *path = posted_param_path(p, desc->attr);

		if (file_row(ctx, desc->name, path))
			gap(g, path, desc->name);
	}
	show_profiler(ctx, g);
	err = posted_other_files(p, other_file_row, ctx);
	out_table_end(o, "none");
	return err;
}

/* Sources and nodes as the family tells them. */
static void show_kernel(struct ctx *ctx, struct gaps *g)
{
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct source_list sources = { 0 };
	struct out *o = &ctx->out;

	if (!info || query_info(ctx, info) || query_sources(ctx, &sources)) {
		out_value(o, "sources", NULL, json_array(), "");
		show_sysfs_tiers(ctx, g);
	} else {
		show_probe_sources(o, g, &sources);
		show_tiers(o, g, info);
	}
	out_value(o, "files", NULL, json_array(), "");
	memset(&ctx->failure, 0, sizeof(ctx->failure));
	free(info);
}

/* ---- privileges ---------------------------------------------------------- */

#define CAP_DAC_READ_SEARCH_BIT 2
#define CAP_SYS_ADMIN_BIT	21

/* From the kernel itself, for /proc need not be there. */
static uint64_t effective_caps(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return 0;
	return (uint64_t)data[1].effective << 32 | data[0].effective;
}

/* Is it the namespace that the machine started with? Its inode is fixed. */
static bool initial_user_ns(bool *known)
{
	struct stat st;

	*known = !stat("/proc/self/ns/user", &st);
	return !*known || st.st_ino == 0xEFFFFFFDU;
}

/* What is not mounted is named once, not with each thing that is not seen for it. */
static void note_mounts(struct gaps *g, const char *root)
{
	static const char *const paths[] = { "/proc/", "/sys/" };
	char what[64];

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		if (is_there(root, paths[i]))
			continue;
		snprintf(what, sizeof(what), "%.*s", (int)strlen(paths[i]) - 1, paths[i]);
		gap(g, what, "it is not mounted here: what is told from it is not known");
	}
}

static void show_privileges(struct out *o, struct gaps *g, const char *root)
{
	uint64_t caps = effective_caps();
	char why[160];
	enum pghot_reach reach = pghot_reach(root, why, sizeof(why));
	bool user_known, user_ns = initial_user_ns(&user_known);
	bool admin = caps >> CAP_SYS_ADMIN_BIT & 1 && user_ns;
	bool search = caps >> CAP_DAC_READ_SEARCH_BIT & 1 && user_ns;
	char debugfs[4096];

	snprintf(debugfs, sizeof(debugfs), "%s/sys/kernel/debug/pghot", root);
	out_heading(o, "Privileges");
	out_object(o, "privileges");
	out_bool(o, "admin", "CAP_SYS_ADMIN", admin, "yes", "no");
	out_bool(o, "read_search", "CAP_DAC_READ_SEARCH", search, "yes", "no");
	if (user_known)
		out_bool(o, "initial_user_namespace", "initial user ns", user_ns, "yes", "no");
	else
		out_value(o, "initial_user_namespace", "initial user ns", json_null(), "not known");
	if (reach != PGHOT_REACH_UNKNOWN)
		out_bool(o, "initial_net_namespace", "initial network ns",
			 reach == PGHOT_REACH_FIRST, "yes", "no");
	else
		out_value(o, "initial_net_namespace", "initial network ns", json_null(),
			  "not known");
	note_mounts(g, root);
	out_bool(o, "debugfs", "debugfs of pghot", !access(debugfs, R_OK | X_OK), "readable",
		 "not readable");
	out_object_end(o);
	if (!admin)
		gap(g, "CAP_SYS_ADMIN in the initial user namespace",
		    "enable, disable, source set, set, apply, promote, reset, dump, "
		    "monitor promotion: they are refused or hidden");
	if (!search)
		gap(g, "CAP_DAC_READ_SEARCH",
		    "a quick look-up of cgroup paths: the hierarchy is searched instead");
	if (reach == PGHOT_REACH_OTHER)
		gap(g, "the kernel's first network namespace",
		    "everything: " PGHOT_REACH_OTHER_TEXT);
}

/* ---- settings of the system ---------------------------------------------- */

/* Does the first line of a file mean that all is well? */
typedef bool (*good_fn)(const char *value);

static bool is_tiering(const char *value)
{
	uint64_t v;

	return !pghot_parse_u64(value, &v) && v & NUMA_BALANCING_MEMORY_TIERING;
}

static bool is_true(const char *value)
{
	bool on;

	return !pghot_parse_bool(value, &on) && on;
}

static bool is_mglru(const char *value)
{
	uint64_t v;

	return !pghot_parse_u64(value, &v) && v & 1;
}

static bool is_any(const char *value)
{
	return value[0];
}

/* clang-format off */
static const struct {
	const char *name;
	const char *path;
	good_fn good;
	const char *disables; /* NULL: for information only */
} switches[] = {
	{ "numa_balancing", NUMA_BALANCING_PATH, is_tiering,
	  "hintfault sees nothing until it includes 2 (pghotctl enable hintfault)" },
	{ "numa_balancing_promote_rate_limit_mbps", SYSCTL_BALANCING_LIMIT, is_any, NULL },
	{ "demotion", DEMOTION_PATH, is_true,
	  "making room: promotion stops when the top tier is full" },
	{ "mglru", MGLRU_PATH, is_mglru, "lruscan has nothing to walk" },
	{ "transparent_hugepage", "/sys/kernel/mm/transparent_hugepage/enabled", is_any, NULL },
	{ "perf_event_paranoid", "/proc/sys/kernel/perf_event_paranoid", is_any, NULL },
	{ "ibs_op_pmu", "/sys/bus/event_source/devices/ibs_op/type", is_any,
	  "enable ibs: this CPU or kernel has no AMD IBS" },
	{ "cpu_pmu", "/sys/bus/event_source/devices/cpu/type", is_any,
	  "enable pebs: this CPU or kernel has no PMU events" },
};
static const struct column switch_columns[] = {
	{ "name", "SWITCH", .left = true },
	{ "path" },
	{ "value", "VALUE", .left = true },
	{ "ok", "", .left = true },
	{ "disables", "EFFECT", .left = true },
};
/* clang-format on */

static void show_switches(struct out *o, struct gaps *g, const char *root)
{
	out_heading(o, "Switches of the system");
	out_table_begin(o, "switches", switch_columns, ARRAY_LEN(switch_columns), false);
	for (size_t i = 0; i < ARRAY_LEN(switches); i++) {
		char value[128], what[160];
		int err = system_read(root, switches[i].path, value, sizeof(value));
		bool good = !err && switches[i].good(value);
		/* What cannot be read may be as it should. */
		bool bad = !good && switches[i].disables && (!err || err == -ENOENT);

		cell_str(o, switches[i].name);
		cell_str(o, switches[i].path);
		if (err)
			cell_value(o, json_null(), err == -ENOENT ? "not there" : "not readable");
		else
			cell_str(o, value);
		cell_bool(o, !bad, "", "!");
		if (bad)
			cell_str(o, switches[i].disables);
		else
			cell_value(o, json_null(), "");
		out_row_end(o);
		if (!bad)
			continue;
		snprintf(what, sizeof(what), "%s is %s (%s)", switches[i].name,
			 err ? "not there" : value, switches[i].path);
		gap(g, what, switches[i].disables);
	}
	out_table_end(o, NULL);
}

static void show_cgroups(struct out *o, struct gaps *g)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open(NULL);
	bool usable = cgs && pghot_cgroups_usable(cgs);

	out_bool(o, "cgroup2", "memory cgroups", usable, "mounted", "not mounted");
	if (!usable)
		gap(g, "a mounted hierarchy of memory cgroups",
		    "paths of cgroups in dumps, dump --cgroup");
	pghot_cgroups_close(cgs);
}

/* ---- the command --------------------------------------------------------- */

static void show_gaps(struct out *o, const struct gaps *g)
{
	json_t *v;
	size_t i;

	if (!o->json) {
		out_heading(o, "Missing, and what that disables");
		json_array_foreach(g->list, i, v)
			out_text(o, "  %s\n      %s", json_string_value(json_object_get(v, "what")),
				 json_string_value(json_object_get(v, "disables")));
		if (!json_array_size(g->list))
			out_text(o, "  nothing is missing");
	}
	out_value(o, "missing", NULL, g->list, "");
}

int cmd_probe(struct ctx *ctx, const struct call *call)
{
	struct capability *c = calloc(1, sizeof(*c));
	struct gaps g = { .list = json_array() };
	struct out *o = &ctx->out;
	bool family;
	int err = 0;

	(void)call;
	if (!c || !g.list) {
		free(c);
		json_decref(g.list);
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}
	out_str(o, "backend", NULL, backend_name(ctx));
	out_str(o, "posted_revision", NULL,
		ctx->posted_found ? posted_revision_text(ctx->posted.revision) : NULL);
	family = show_family(ctx, &g, c);
	if (ctx->posted_found)
		out_text(o, "  %-23s  %s", "posted series",
			 posted_revision_text(ctx->posted.revision));
	if (family) {
		show_kernel(ctx, &g);
	} else {
		if (ctx->posted_found) {
			err = show_posted(ctx, &g);
		} else {
			out_value(o, "sources", NULL, json_array(), "");
			out_value(o, "files", NULL, json_array(), "");
		}
		show_sysfs_tiers(ctx, &g);
	}
	show_privileges(o, &g, ctx->root);
	show_cgroups(o, &g);
	show_switches(o, &g, ctx->root);
	show_neighbours(ctx, family);
	show_gaps(o, &g);
	free(c);
	return err ? fail_with(&ctx->failure, STATUS_FAILED, -err, "cannot look for files: %s",
			       strerror(-err))
		   : STATUS_OK;
}
