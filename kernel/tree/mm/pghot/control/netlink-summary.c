// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: summaries of what is hot. Each part is a message of its
 * own: one node, memory cgroup and type of page; who listens adds up those that are alike.
 *
 * A summary follows the map as a stream of records does, see netlink-dump.c, and is
 * marked NLM_F_DUMP_INTR in the same cases.
 */
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/genetlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/node.h"
#include "control/nl.h"
#include "control/summary.h"
#include "record/map.h"

/**
 * struct summary_dump - a summary under way
 * @s: what has been added up
 * @pos: first row that has not been sent
 * @more: there is more to add up
 */
struct summary_dump {
	struct pghot_summary s;
	unsigned int pos;
	bool more;
};

/* What a callback keeps between calls. */
struct summary_ctx {
	struct summary_dump *dump;
};

static struct summary_ctx *summary_ctx(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct summary_ctx) > sizeof_field(struct netlink_callback, ctx));
	return (struct summary_ctx *)cb->ctx;
}

static int parse_range(struct nlattr **attrs, struct pghot_summary *s,
		       struct netlink_ext_ack *extack)
{
	const struct nlattr *start = attrs[PGHOT_A_SUMMARY_PFN_START];
	const struct nlattr *end = attrs[PGHOT_A_SUMMARY_PFN_END];
	u64 from = start ? nla_get_uint(start) : 0;
	u64 to = end ? nla_get_uint(end) : ULONG_MAX;

	if (from > to) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, start,
					"pfn-start: %llu is above pfn-end, at most %llu",
					from, to);
		return -ERANGE;
	}
	s->cursor = min_t(u64, from, ULONG_MAX);
	/* The walk's cursor ends behind the last page frame; let it exist. */
	s->last = min_t(u64, to, ULONG_MAX - 1);
	return 0;
}

static int parse_summary(struct netlink_callback *cb, struct pghot_summary *s)
{
	struct nlattr **attrs = genl_dumpit_info(cb)->info.attrs;
	const struct nlattr *nid = attrs[PGHOT_A_SUMMARY_NID];
	int err;

	s->nid = NUMA_NO_NODE;
	s->least = 1;
	if (nid) {
		struct pghot_node *node;

		node = pghot_nl_get_node(nid, false, cb->extack);
		if (IS_ERR(node))
			return PTR_ERR(node);
		s->nid = node->nid;
	}
	err = pghot_attr_u32(attrs[PGHOT_A_SUMMARY_MIN_FREQ], "min-freq", 1,
			     PGHOT_FREQ_THRESHOLD_MAX, &s->least, cb->extack);
	return err ?: parse_range(attrs, s, cb->extack);
}

/**
 * pghot_nl_summary_start - start a summary
 * @cb: state of the dump
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_summary_start(struct netlink_callback *cb)
{
	struct summary_dump *dump;
	int err;

	err = pghot_nl_check_admin(cb->skb, cb->extack);
	if (err)
		return err;
	if (!IS_ENABLED(CONFIG_PGHOT_RECORDS)) {
		NL_SET_ERR_MSG(cb->extack,
			       "this kernel keeps no records (CONFIG_PGHOT_RECORDS)");
		return -EOPNOTSUPP;
	}
	dump = kvzalloc(sizeof(*dump), GFP_KERNEL_ACCOUNT);
	if (!dump)
		return -ENOMEM;
	err = parse_summary(cb, &dump->s);
	if (err) {
		kvfree(dump);
		return err;
	}
	dump->more = true;
	/* The generation that everything sent later is compared with. */
	cb->seq = pghot_map_seq();
	cb->prev_seq = cb->seq;
	summary_ctx(cb)->dump = dump;
	return 0;
}

/**
 * pghot_nl_summary_done - a summary ends, complete or not
 * @cb: state of the dump
 *
 * Return: 0.
 */
int pghot_nl_summary_done(struct netlink_callback *cb)
{
	kvfree(summary_ctx(cb)->dump);
	return 0;
}

static int put_row(struct sk_buff *skb, struct netlink_callback *cb,
		   const struct pghot_summary_row *row)
{
	void *hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PGHOT_A_SUMMARY_NID, row->nid) ||
	    nla_put_uint(skb, PGHOT_A_SUMMARY_CGROUP_INO, row->cgroup_ino) ||
	    nla_put_u32(skb, PGHOT_A_SUMMARY_TYPE, row->type) ||
	    nla_put_uint(skb, PGHOT_A_SUMMARY_FOLIOS, row->folios) ||
	    nla_put(skb, PGHOT_A_SUMMARY_PAGES, sizeof(row->pages),
		    row->pages)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	/* Not before it is complete: a mark on a cancelled message is lost. */
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/* Add up more. Returns as pghot_summary_walk(). */
static int add_up(struct netlink_callback *cb, struct summary_dump *dump)
{
	int more;

	dump->pos = 0;
	dump->s.nr = 0;
	more = pghot_summary_walk(&dump->s);
	cb->seq = pghot_map_seq();
	/* At the end do not look again: what changes from now on is too late. */
	dump->more = more > 0;
	return more;
}

/**
 * pghot_nl_summary_get_dumpit - next message of a summary
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full, or -EINTR.
 */
int pghot_nl_summary_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb)
{
	struct summary_dump *dump = summary_ctx(cb)->dump;
	int err;

	for (;;) {
		for (; dump->pos < dump->s.nr; dump->pos++) {
			err = put_row(skb, cb, &dump->s.rows[dump->pos]);
			if (err)
				return err;
		}
		if (!dump->more)
			return 0;
		err = add_up(cb, dump);
		if (err < 0)
			return err;
	}
}
