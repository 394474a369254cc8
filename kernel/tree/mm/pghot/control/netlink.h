/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of pghot's generic-netlink family share: netlink.c,
 * netlink-config.c, netlink-dump.c and notify.c.
 */
#ifndef _MM_PGHOT_NETLINK_H
#define _MM_PGHOT_NETLINK_H

#include "internal.h"
#include "attr/netlink-gen.h"

/* Every parameter, as a mask of attributes for pghot_nl_put_params(). */
#define PGHOT_NL_ALL_PARAMS	GENMASK(PGHOT_A_PARAM_MAX, 1)

/*
 * Longest list of nodes, source ids or source names in an error message: what
 * NETLINK_MAX_FMTMSG_LEN leaves when a sentence with a number stands before
 * it, or all source names. snprintf() cuts longer ones.
 */
#define PGHOT_NL_LIST_LEN	40

int pghot_nl_check_admin(struct sk_buff *skb, struct netlink_ext_ack *extack);
struct pghot_node *pghot_nl_get_node(const struct nlattr *attr,
				     bool toptier_only,
				     struct netlink_ext_ack *extack);
void pghot_nl_list_nodes(char *buf, size_t len, bool toptier_only);

int pghot_nl_put_failed(struct sk_buff *skb, int attrtype, const u64 *failed);
int pghot_nl_put_source(struct sk_buff *skb,
			const struct pghot_source_ops *ops,
			const struct pghot_stats *stats);
int pghot_nl_put_params(struct sk_buff *skb, const struct pghot_params *params,
			unsigned long mask);
unsigned long pghot_nl_diff_params(const struct pghot_params *old,
				   const struct pghot_params *new);

#endif /* _MM_PGHOT_NETLINK_H */
