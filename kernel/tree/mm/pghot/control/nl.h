/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room control: what administrators see and order.
 *
 *	netlink		registration of the family; info, stats, nodes, promote, reset
 *	netlink-source, netlink-param, netlink-dump, netlink-explain, netlink-summary,
 *	netlink-cgroup	its other commands
 *	notify		its events
 *	nl		what commands and events have in common
 *	params		the table of parameters
 *	dump		what is known of pages, as struct pghot_entry
 *	explain		what there is between a page and its promotion
 *	summary		how much memory is how hot, and whose
 *	nodes		what is known of a node
 *	stats		counters
 *	debugfs		the same as text for people
 *	cgroup-files	memory.pghot.* in memory cgroups
 *
 * It is the roof: nothing includes it. The rooms below reach it through the tables of
 * the family (attr/netlink-gen.c) and the listener (base/event.h).
 */
#ifndef _MM_PGHOT_CONTROL_NL_H
#define _MM_PGHOT_CONTROL_NL_H

#include <linux/types.h>

struct netlink_ext_ack;
struct nlattr;
struct pghot_node;
struct pghot_source_ops;
struct sk_buff;

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
			const unsigned long *ev);

#endif /* _MM_PGHOT_CONTROL_NL_H */
