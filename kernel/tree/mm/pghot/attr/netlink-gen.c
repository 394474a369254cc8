// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/pghot.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/pghot.h>

/* Common nested types */
const struct nla_policy pghot_hintfault_nl_policy[PGHOT_A_HINTFAULT_HOT_LATENCY_MS + 1] = {
	[PGHOT_A_HINTFAULT_HOT_LATENCY_MS] = { .type = NLA_U32, },
};

const struct nla_policy pghot_hwhint_nl_policy[PGHOT_A_HWHINT_ISOLATED_CPUS + 1] = {
	[PGHOT_A_HWHINT_PMU_TYPE] = { .type = NLA_U32, },
	[PGHOT_A_HWHINT_CONFIG] = { .type = NLA_UINT, },
	[PGHOT_A_HWHINT_CONFIG1] = { .type = NLA_UINT, },
	[PGHOT_A_HWHINT_CONFIG2] = { .type = NLA_UINT, },
	[PGHOT_A_HWHINT_SAMPLE_PERIOD] = { .type = NLA_UINT, },
	[PGHOT_A_HWHINT_SAMPLES_PER_SEC] = { .type = NLA_U32, },
	[PGHOT_A_HWHINT_COUNT_KERNEL] = { .type = NLA_U8, },
	[PGHOT_A_HWHINT_ISOLATED_CPUS] = { .type = NLA_U8, },
};

const struct nla_policy pghot_lruscan_nl_policy[PGHOT_A_LRUSCAN_CPU_PERCENT + 1] = {
	[PGHOT_A_LRUSCAN_INTERVAL_MS] = { .type = NLA_U32, },
	[PGHOT_A_LRUSCAN_BUDGET_PAGES] = { .type = NLA_U32, },
	[PGHOT_A_LRUSCAN_CPU_PERCENT] = { .type = NLA_U32, },
};

const struct nla_policy pghot_mmscan_nl_policy[PGHOT_A_MMSCAN_CPU_PERCENT + 1] = {
	[PGHOT_A_MMSCAN_SCAN_SIZE_MIB] = { .type = NLA_U32, },
	[PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS] = { .type = NLA_U32, },
	[PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS] = { .type = NLA_U32, },
	[PGHOT_A_MMSCAN_SCAN_DELAY_MS] = { .type = NLA_U32, },
	[PGHOT_A_MMSCAN_CPU_PERCENT] = { .type = NLA_U32, },
};

/* PGHOT_CMD_SOURCE_GET - do */
static const struct nla_policy pghot_source_get_nl_policy[PGHOT_A_SOURCE_NAME + 1] = {
	[PGHOT_A_SOURCE_ID] = { .type = NLA_U32, },
	[PGHOT_A_SOURCE_NAME] = { .type = NLA_NUL_STRING, },
};

/* PGHOT_CMD_SOURCE_SET - do */
static const struct nla_policy pghot_source_set_nl_policy[PGHOT_A_SOURCE_LRUSCAN + 1] = {
	[PGHOT_A_SOURCE_ID] = { .type = NLA_U32, },
	[PGHOT_A_SOURCE_NAME] = { .type = NLA_NUL_STRING, },
	[PGHOT_A_SOURCE_ENABLED] = { .type = NLA_U8, },
	[PGHOT_A_SOURCE_HINTFAULT] = NLA_POLICY_NESTED(pghot_hintfault_nl_policy),
	[PGHOT_A_SOURCE_HWHINT] = NLA_POLICY_NESTED(pghot_hwhint_nl_policy),
	[PGHOT_A_SOURCE_MMSCAN] = NLA_POLICY_NESTED(pghot_mmscan_nl_policy),
	[PGHOT_A_SOURCE_LRUSCAN] = NLA_POLICY_NESTED(pghot_lruscan_nl_policy),
};

/* PGHOT_CMD_PARAM_SET - do */
static const struct nla_policy pghot_param_set_nl_policy[PGHOT_A_PARAM_WINDOW_MAX_MS + 1] = {
	[PGHOT_A_PARAM_PROMOTE] = { .type = NLA_U8, },
	[PGHOT_A_PARAM_FREQ_THRESHOLD] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_WINDOW_MS] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_BATCH_NR] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_SLEEP_MS] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_TARGET_NID] = { .type = NLA_S32, },
	[PGHOT_A_PARAM_HEAP_CAPACITY] = { .type = NLA_U32, },
	[PGHOT_A_PARAM_ADAPTIVE] = { .type = NLA_U8, },
	[PGHOT_A_PARAM_WINDOW_MAX_MS] = { .type = NLA_U32, },
};

/* PGHOT_CMD_HEAP_GET - dump */
static const struct nla_policy pghot_heap_get_nl_policy[PGHOT_A_DUMP_MIN_FREQ + 1] = {
	[PGHOT_A_DUMP_NID] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_LIMIT] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_MIN_FREQ] = { .type = NLA_U32, },
};

/* PGHOT_CMD_RECORD_GET - dump */
static const struct nla_policy pghot_record_get_nl_policy[PGHOT_A_DUMP_PFN_END + 1] = {
	[PGHOT_A_DUMP_NID] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_LIMIT] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_MIN_FREQ] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_PFN_START] = { .type = NLA_UINT, },
	[PGHOT_A_DUMP_PFN_END] = { .type = NLA_UINT, },
};

/* PGHOT_CMD_PROMOTED_GET - dump */
static const struct nla_policy pghot_promoted_get_nl_policy[PGHOT_A_DUMP_LIMIT + 1] = {
	[PGHOT_A_DUMP_NID] = { .type = NLA_U32, },
	[PGHOT_A_DUMP_LIMIT] = { .type = NLA_U32, },
};

/* PGHOT_CMD_PROMOTE - do */
static const struct nla_policy pghot_promote_nl_policy[PGHOT_A_PROMOTE_COUNT + 1] = {
	[PGHOT_A_PROMOTE_PFN] = { .type = NLA_UINT, },
	[PGHOT_A_PROMOTE_NID] = { .type = NLA_U32, },
	[PGHOT_A_PROMOTE_COUNT] = { .type = NLA_U32, },
};

/* PGHOT_CMD_RESET - do */
static const struct nla_policy pghot_reset_nl_policy[PGHOT_A_RESET_WHAT + 1] = {
	[PGHOT_A_RESET_WHAT] = { .type = NLA_U32, },
};

/* PGHOT_CMD_EXPLAIN - do */
static const struct nla_policy pghot_explain_nl_policy[PGHOT_A_EXPLAIN_NID + 1] = {
	[PGHOT_A_EXPLAIN_PFN] = { .type = NLA_UINT, },
	[PGHOT_A_EXPLAIN_PID] = { .type = NLA_U32, },
	[PGHOT_A_EXPLAIN_ADDRESS] = { .type = NLA_UINT, },
	[PGHOT_A_EXPLAIN_NID] = { .type = NLA_U32, },
};

/* PGHOT_CMD_SUMMARY_GET - dump */
static const struct nla_policy pghot_summary_get_nl_policy[PGHOT_A_SUMMARY_MIN_FREQ + 1] = {
	[PGHOT_A_SUMMARY_NID] = { .type = NLA_U32, },
	[PGHOT_A_SUMMARY_PFN_START] = { .type = NLA_UINT, },
	[PGHOT_A_SUMMARY_PFN_END] = { .type = NLA_UINT, },
	[PGHOT_A_SUMMARY_MIN_FREQ] = { .type = NLA_U32, },
};

/* PGHOT_CMD_CGROUP_GET - do */
static const struct nla_policy pghot_cgroup_get_nl_policy[PGHOT_A_CGROUP_INO + 1] = {
	[PGHOT_A_CGROUP_INO] = { .type = NLA_UINT, },
};

/* PGHOT_CMD_CGROUP_SET - do */
static const struct nla_policy pghot_cgroup_set_nl_policy[PGHOT_A_CGROUP_SHARE + 1] = {
	[PGHOT_A_CGROUP_INO] = { .type = NLA_UINT, },
	[PGHOT_A_CGROUP_PROMOTE] = { .type = NLA_U8, },
	[PGHOT_A_CGROUP_SHARE] = { .type = NLA_U32, },
};

/* Ops table for pghot */
static const struct genl_split_ops pghot_nl_ops[] = {
	{
		.cmd	= PGHOT_CMD_INFO_GET,
		.doit	= pghot_nl_info_get_doit,
		.flags	= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_SOURCE_GET,
		.doit		= pghot_nl_source_get_doit,
		.policy		= pghot_source_get_nl_policy,
		.maxattr	= PGHOT_A_SOURCE_NAME,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= PGHOT_CMD_SOURCE_GET,
		.dumpit	= pghot_nl_source_get_dumpit,
		.flags	= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_SOURCE_SET,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_source_set_doit,
		.policy		= pghot_source_set_nl_policy,
		.maxattr	= PGHOT_A_SOURCE_LRUSCAN,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= PGHOT_CMD_PARAM_GET,
		.doit	= pghot_nl_param_get_doit,
		.flags	= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_PARAM_SET,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_param_set_doit,
		.policy		= pghot_param_set_nl_policy,
		.maxattr	= PGHOT_A_PARAM_WINDOW_MAX_MS,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= PGHOT_CMD_NODE_GET,
		.dumpit	= pghot_nl_node_get_dumpit,
		.flags	= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd	= PGHOT_CMD_STATS_GET,
		.doit	= pghot_nl_stats_get_doit,
		.flags	= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_HEAP_GET,
		.start		= pghot_nl_heap_start,
		.dumpit		= pghot_nl_heap_get_dumpit,
		.done		= pghot_nl_entries_done,
		.policy		= pghot_heap_get_nl_policy,
		.maxattr	= PGHOT_A_DUMP_MIN_FREQ,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_RECORD_GET,
		.start		= pghot_nl_record_start,
		.dumpit		= pghot_nl_record_get_dumpit,
		.done		= pghot_nl_entries_done,
		.policy		= pghot_record_get_nl_policy,
		.maxattr	= PGHOT_A_DUMP_PFN_END,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_PROMOTED_GET,
		.start		= pghot_nl_promoted_start,
		.dumpit		= pghot_nl_promoted_get_dumpit,
		.done		= pghot_nl_entries_done,
		.policy		= pghot_promoted_get_nl_policy,
		.maxattr	= PGHOT_A_DUMP_LIMIT,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_PROMOTE,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_promote_doit,
		.policy		= pghot_promote_nl_policy,
		.maxattr	= PGHOT_A_PROMOTE_COUNT,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_RESET,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_reset_doit,
		.policy		= pghot_reset_nl_policy,
		.maxattr	= PGHOT_A_RESET_WHAT,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_EXPLAIN,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_explain_doit,
		.policy		= pghot_explain_nl_policy,
		.maxattr	= PGHOT_A_EXPLAIN_NID,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PGHOT_CMD_SUMMARY_GET,
		.start		= pghot_nl_summary_start,
		.dumpit		= pghot_nl_summary_get_dumpit,
		.done		= pghot_nl_summary_done,
		.policy		= pghot_summary_get_nl_policy,
		.maxattr	= PGHOT_A_SUMMARY_MIN_FREQ,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_CGROUP_GET,
		.doit		= pghot_nl_cgroup_get_doit,
		.policy		= pghot_cgroup_get_nl_policy,
		.maxattr	= PGHOT_A_CGROUP_INO,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= PGHOT_CMD_CGROUP_GET,
		.dumpit	= pghot_nl_cgroup_get_dumpit,
		.flags	= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PGHOT_CMD_CGROUP_SET,
		.pre_doit	= pghot_nl_admin_doit,
		.doit		= pghot_nl_cgroup_set_doit,
		.policy		= pghot_cgroup_set_nl_policy,
		.maxattr	= PGHOT_A_CGROUP_SHARE,
		.flags		= GENL_CMD_CAP_DO,
	},
};

static const struct genl_multicast_group pghot_nl_mcgrps[] = {
	[PGHOT_NLGRP_CONFIG] = { "config", },
	[PGHOT_NLGRP_PROMOTION] = { "promotion", },
};

struct genl_family pghot_nl_family __ro_after_init = {
	.name		= PGHOT_FAMILY_NAME,
	.version	= PGHOT_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.split_ops	= pghot_nl_ops,
	.n_split_ops	= ARRAY_SIZE(pghot_nl_ops),
	.mcgrps		= pghot_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(pghot_nl_mcgrps),
};
