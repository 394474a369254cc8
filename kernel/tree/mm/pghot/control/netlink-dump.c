// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: the dumps of entries, that is of pages.
 *
 * A message carries as many entries as its buffer has room for, in one packed
 * array, so that a listener steps through memory instead of parsing attributes.
 * The buffer is as large as the listener's own, up to 32 KiB.
 *
 * There are two kinds of dumps. Lists, ordered by heat or time, are made when
 * the dump starts and show one moment. Streams, the records by ascending page
 * frame number, follow the map with a cursor and need the memory of one message
 * however large the map is; the map may change under them.
 *
 * Either is marked NLM_F_DUMP_INTR exactly when records were reset or memory
 * went on- or offline between its beginning and the moment at which the last
 * entry of a message was read: the generation of the map is taken before the
 * first entry is read and again after those of each message.
 */

#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/genetlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/node.h"
#include "control/dump.h"
#include "control/nl.h"
#include "record/map.h"

/* Entries that a stream reads ahead: what the largest message holds. */
#define STREAM_ENTRIES	1024

/**
 * struct entry_dump - a dump under way
 * @q: what was asked for
 * @entries: the list, or what the stream has read ahead
 * @nr: their number
 * @pos: first one that has not been sent
 * @stream: there may be more than @entries
 * @cursor: where the stream goes on
 */
struct entry_dump {
	struct pghot_query q;
	struct pghot_entry *entries;
	size_t nr;
	size_t pos;
	bool stream;
	unsigned long cursor;
};

/* What a callback keeps between calls. */
struct entry_ctx {
	struct entry_dump *dump;
};

static struct entry_ctx *entry_ctx(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct entry_ctx) > sizeof_field(struct netlink_callback, ctx));
	return (struct entry_ctx *)cb->ctx;
}

/* ---- the request --------------------------------------------------------- */

/* An attribute of the request; NULL also when the command does not know it. */
static const struct nlattr *request_attr(struct netlink_callback *cb, int type)
{
	const struct genl_dumpit_info *info = genl_dumpit_info(cb);

	return type <= info->op.maxattr ? info->info.attrs[type] : NULL;
}

static int parse_range(struct netlink_callback *cb, struct pghot_query *q)
{
	const struct nlattr *start = request_attr(cb, PGHOT_A_DUMP_PFN_START);
	const struct nlattr *end = request_attr(cb, PGHOT_A_DUMP_PFN_END);
	u64 from = start ? nla_get_uint(start) : 0;
	u64 to = end ? nla_get_uint(end) : ULONG_MAX;

	if (from > to) {
		NL_SET_ERR_MSG_ATTR_FMT(cb->extack, start,
					"pfn-start: %llu is above pfn-end, at most %llu",
					from, to);
		return -ERANGE;
	}
	q->pfn_start = min_t(u64, from, ULONG_MAX);
	q->pfn_end = min_t(u64, to, ULONG_MAX);
	return 0;
}

static int parse_query(struct netlink_callback *cb, struct pghot_query *q)
{
	const struct nlattr *nid = request_attr(cb, PGHOT_A_DUMP_NID);
	int err;

	*q = (struct pghot_query) { .nid = NUMA_NO_NODE };
	if (nid) {
		struct pghot_node *node;

		node = pghot_nl_get_node(nid, false, cb->extack);
		if (IS_ERR(node))
			return PTR_ERR(node);
		q->nid = node->nid;
	}
	err = pghot_attr_u32(request_attr(cb, PGHOT_A_DUMP_LIMIT), "limit", 1,
			     PGHOT_DUMP_LIMIT_MAX, &q->limit, cb->extack);
	if (err)
		return err;
	err = pghot_attr_u32(request_attr(cb, PGHOT_A_DUMP_MIN_FREQ), "min-freq",
			     0, PGHOT_FREQ_THRESHOLD_MAX, &q->min_freq,
			     cb->extack);
	if (err)
		return err;
	return parse_range(cb, q);
}

/* ---- start and done ------------------------------------------------------ */

static struct entry_dump *dump_new(struct netlink_callback *cb)
{
	struct entry_dump *dump;
	int err;

	err = pghot_nl_check_admin(cb->skb, cb->extack);
	if (err)
		return ERR_PTR(err);

	dump = kzalloc(sizeof(*dump), GFP_KERNEL_ACCOUNT);
	if (!dump)
		return ERR_PTR(-ENOMEM);
	err = parse_query(cb, &dump->q);
	if (err) {
		kfree(dump);
		return ERR_PTR(err);
	}
	/* The generation that everything sent later is compared with. */
	cb->seq = pghot_map_seq();
	cb->prev_seq = cb->seq;
	return dump;
}

static void dump_free(struct entry_dump *dump)
{
	kvfree(dump->entries);
	kfree(dump);
}

/* Have @make make the list that @cb is to send. */
static int list_start(struct netlink_callback *cb,
		      int (*make)(const struct pghot_query *q,
				  struct pghot_entry **entries, size_t *nr),
		      struct entry_dump *dump)
{
	int err = make(&dump->q, &dump->entries, &dump->nr);

	if (err) {
		if (err == -ENOMEM)
			NL_SET_ERR_MSG(cb->extack,
				       "no memory for so many entries: give a limit");
		dump_free(dump);
		return err;
	}
	/* Complete: nothing that happens later can interrupt it. */
	cb->seq = pghot_map_seq();
	entry_ctx(cb)->dump = dump;
	return 0;
}

/**
 * pghot_nl_heap_start - start a dump of what waits for promotion
 * @cb: state of the dump
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_heap_start(struct netlink_callback *cb)
{
	struct entry_dump *dump = dump_new(cb);

	if (IS_ERR(dump))
		return PTR_ERR(dump);
	return list_start(cb, pghot_dump_heaps, dump);
}

/**
 * pghot_nl_promoted_start - start a dump of the most recent promotions
 * @cb: state of the dump
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_promoted_start(struct netlink_callback *cb)
{
	struct entry_dump *dump = dump_new(cb);

	if (IS_ERR(dump))
		return PTR_ERR(dump);
	return list_start(cb, pghot_dump_promoted, dump);
}

/**
 * pghot_nl_record_start - start a dump of records
 * @cb: state of the dump
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_record_start(struct netlink_callback *cb)
{
	struct entry_dump *dump = dump_new(cb);

	if (IS_ERR(dump))
		return PTR_ERR(dump);
	if (!IS_ENABLED(CONFIG_PGHOT_RECORDS)) {
		NL_SET_ERR_MSG(cb->extack,
			       "this kernel keeps no records (CONFIG_PGHOT_RECORDS)");
		dump_free(dump);
		return -EOPNOTSUPP;
	}
	if (dump->q.limit)
		return list_start(cb, pghot_dump_hottest, dump);

	dump->stream = true;
	dump->entries = kvmalloc_array(STREAM_ENTRIES, sizeof(*dump->entries),
				       GFP_KERNEL_ACCOUNT);
	if (!dump->entries) {
		dump_free(dump);
		return -ENOMEM;
	}
	entry_ctx(cb)->dump = dump;
	return 0;
}

/**
 * pghot_nl_entries_done - a dump of entries ends, complete or not
 * @cb: state of the dump
 *
 * Return: 0.
 */
int pghot_nl_entries_done(struct netlink_callback *cb)
{
	dump_free(entry_ctx(cb)->dump);
	return 0;
}

/* ---- messages ------------------------------------------------------------ */

/* Entries for which @skb and the length of an attribute have room. */
static size_t entries_fit(const struct sk_buff *skb)
{
	size_t bytes = min_t(size_t, skb_tailroom(skb), U16_MAX);

	if (bytes < NLA_HDRLEN)
		return 0;
	return (bytes - NLA_HDRLEN) / sizeof(struct pghot_entry);
}

/* Append one message with as many of the entries as there is room for. */
static int put_entries(struct sk_buff *skb, struct netlink_callback *cb,
		       struct entry_dump *dump)
{
	void *hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);
	size_t nr;

	if (!hdr)
		return -EMSGSIZE;

	if (dump->q.nid != NUMA_NO_NODE &&
	    nla_put_u32(skb, PGHOT_A_DUMP_NID, dump->q.nid))
		goto full;
	if (nla_put_u32(skb, PGHOT_A_DUMP_ENTRY_SIZE,
			sizeof(struct pghot_entry)))
		goto full;

	nr = min(entries_fit(skb), dump->nr - dump->pos);
	if (!nr ||
	    nla_put(skb, PGHOT_A_DUMP_ENTRIES, nr * sizeof(struct pghot_entry),
		    &dump->entries[dump->pos]))
		goto full;
	/* Not before it is complete: a mark on a cancelled message is lost. */
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	dump->pos += nr;
	return 0;

full:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/* Read on. False at the end of the stream. */
static bool stream_refill(struct netlink_callback *cb, struct entry_dump *dump)
{
	dump->pos = 0;
	dump->nr = pghot_dump_records(&dump->q, &dump->cursor, dump->entries,
				      STREAM_ENTRIES);
	cb->seq = pghot_map_seq();
	/* At the end do not look again: what changes from now on is too late. */
	dump->stream = dump->nr == STREAM_ENTRIES;
	return dump->nr;
}

static int dump_entries(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct entry_dump *dump = entry_ctx(cb)->dump;
	int err;

	for (;;) {
		if (dump->pos == dump->nr &&
		    !(dump->stream && stream_refill(cb, dump)))
			return 0;
		err = put_entries(skb, cb, dump);
		if (err)
			return err;
	}
}

/**
 * pghot_nl_heap_get_dumpit - next message of a dump of heaps
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_heap_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump_entries(skb, cb);
}

/**
 * pghot_nl_record_get_dumpit - next message of a dump of records
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_record_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb)
{
	return dump_entries(skb, cb);
}

/**
 * pghot_nl_promoted_get_dumpit - next message of a dump of promotions
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_promoted_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	return dump_entries(skb, cb);
}
