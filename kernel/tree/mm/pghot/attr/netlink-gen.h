/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/pghot.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_PGHOT_GEN_H
#define _LINUX_PGHOT_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/pghot.h>

/* Common nested types */
extern const struct nla_policy pghot_hintfault_nl_policy[PGHOT_A_HINTFAULT_HOT_LATENCY_MS + 1];
extern const struct nla_policy pghot_hwhint_nl_policy[PGHOT_A_HWHINT_ISOLATED_CPUS + 1];
extern const struct nla_policy pghot_lruscan_nl_policy[PGHOT_A_LRUSCAN_CPU_PERCENT + 1];
extern const struct nla_policy pghot_mmscan_nl_policy[PGHOT_A_MMSCAN_CPU_PERCENT + 1];

int pghot_nl_admin_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
			struct genl_info *info);
int pghot_nl_heap_start(struct netlink_callback *cb);
int pghot_nl_record_start(struct netlink_callback *cb);
int pghot_nl_promoted_start(struct netlink_callback *cb);
int pghot_nl_summary_start(struct netlink_callback *cb);
int pghot_nl_entries_done(struct netlink_callback *cb);
int pghot_nl_summary_done(struct netlink_callback *cb);

int pghot_nl_info_get_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_source_get_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_source_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int pghot_nl_source_set_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_param_get_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_param_set_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_node_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pghot_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_heap_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pghot_nl_record_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int pghot_nl_promoted_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int pghot_nl_promote_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_reset_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_explain_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_summary_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int pghot_nl_cgroup_get_doit(struct sk_buff *skb, struct genl_info *info);
int pghot_nl_cgroup_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int pghot_nl_cgroup_set_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	PGHOT_NLGRP_CONFIG,
	PGHOT_NLGRP_PROMOTION,
};

extern struct genl_family pghot_nl_family;

#endif /* _LINUX_PGHOT_GEN_H */
