// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: memory cgroups. The same as their files memory.pghot.*
 * tell, and can be told, in one place.
 *
 * A dump is marked NLM_F_DUMP_INTR when a memory cgroup has come or gone meanwhile.
 */
#include <linux/cgroup.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <net/genetlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "control/nl.h"
#include "promote/cgroup.h"

/* The memory cgroup that a request names, with a reference, or ERR_PTR(). */
static struct mem_cgroup *memcg_of(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[PGHOT_A_CGROUP_INO];
	struct netlink_ext_ack *extack = info->extack;
	struct cgroup_subsys_state *css = NULL;
	struct cgroup *cgroup;
	bool has_memory;
	u64 ino;

	if (GENL_REQ_ATTR_CHECK(info, PGHOT_A_CGROUP_INO)) {
		NL_SET_ERR_MSG(extack,
			       "ino is missing: the inode number of a cgroup");
		return ERR_PTR(-EINVAL);
	}
	ino = nla_get_uint(attr);
	cgroup = cgroup_get_from_id(ino);
	if (IS_ERR(cgroup)) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"ino: %llu is not a cgroup of version 2",
					ino);
		return ERR_PTR(-ENOENT);
	}
	if (!mem_cgroup_disabled())
		css = cgroup_get_e_css(cgroup, &memory_cgrp_subsys);
	/* Else it is that of an ancestor. */
	has_memory = css && css->cgroup == cgroup;
	cgroup_put(cgroup);
	if (has_memory)
		return mem_cgroup_from_css(css);

	if (css)
		css_put(css);
	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"ino: %llu is without the memory controller",
				ino);
	return ERR_PTR(-EOPNOTSUPP);
}

static int put_cgroup(struct sk_buff *skb, const struct pghot_cgroup_view *v)
{
	const u64 *n = v->counts.n;

	if (nla_put_uint(skb, PGHOT_A_CGROUP_INO, v->ino) ||
	    nla_put_u8(skb, PGHOT_A_CGROUP_PROMOTE, v->promote) ||
	    nla_put_u8(skb, PGHOT_A_CGROUP_EFFECTIVE_PROMOTE, v->promotes) ||
	    nla_put_u32(skb, PGHOT_A_CGROUP_SHARE, v->share) ||
	    nla_put_u32(skb, PGHOT_A_CGROUP_EFFECTIVE_SHARE, v->least_share) ||
	    nla_put_uint(skb, PGHOT_A_CGROUP_PROMOTED,
			 n[PGHOT_CGROUP_PROMOTED]) ||
	    nla_put_uint(skb, PGHOT_A_CGROUP_DEMOTED,
			 n[PGHOT_CGROUP_DEMOTED]) ||
	    nla_put_uint(skb, PGHOT_A_CGROUP_RETURNED,
			 n[PGHOT_CGROUP_RETURNED]))
		return -EMSGSIZE;
	return pghot_nl_put_failed(skb, PGHOT_A_CGROUP_FAILED,
				   n + PGHOT_CGROUP_FAILED);
}

/**
 * pghot_nl_cgroup_get_doit - answer cgroup-get for one memory cgroup
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno, mostly with the extended ack set.
 */
int pghot_nl_cgroup_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct mem_cgroup *memcg = memcg_of(info);
	struct pghot_cgroup_view view;
	struct sk_buff *msg;
	void *hdr;

	if (IS_ERR(memcg))
		return PTR_ERR(memcg);
	pghot_cgroup_view(memcg, &view);
	mem_cgroup_put(memcg);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_iput(msg, info);
	if (!hdr || put_cgroup(msg, &view)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* Where a dump of memory cgroups goes on. */
struct cgroup_ctx {
	unsigned long serial;
};

/**
 * pghot_nl_cgroup_get_dumpit - dump all memory cgroups of which something is kept
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_cgroup_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct cgroup_ctx *ctx = (struct cgroup_ctx *)cb->ctx;
	struct pghot_cgroup_view view;
	unsigned long next = ctx->serial;
	void *hdr;

	BUILD_BUG_ON(sizeof(struct cgroup_ctx) > sizeof_field(struct netlink_callback, ctx));

	cb->seq = pghot_cgroup_seq();
	while (pghot_cgroup_next(&next, &view)) {
		hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);
		if (!hdr)
			return -EMSGSIZE;
		if (put_cgroup(skb, &view)) {
			genlmsg_cancel(skb, hdr);
			return -EMSGSIZE;
		}
		/* Not before it is complete: a mark on a cancelled message is lost. */
		genl_dump_check_consistent(cb, hdr);
		genlmsg_end(skb, hdr);
		ctx->serial = next;
	}
	return 0;
}

static int set_cgroup(struct genl_info *info, struct mem_cgroup *memcg)
{
	const struct nlattr *promote = info->attrs[PGHOT_A_CGROUP_PROMOTE];
	const struct nlattr *share = info->attrs[PGHOT_A_CGROUP_SHARE];
	struct pghot_cgroup_settings s = {};
	int err;

	if (mem_cgroup_is_root(memcg)) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[PGHOT_A_CGROUP_INO],
				    "ino: the root has the parameters instead");
		return -EINVAL;
	}
	if (!promote && !share) {
		NL_SET_ERR_MSG(info->extack,
			       "nothing to set: give promote or share");
		return -EINVAL;
	}
	s.sets_promote = promote;
	s.sets_share = share;
	err = pghot_attr_bool(promote, "promote", &s.promote, info->extack) ?:
	      pghot_attr_u32(share, "share", PGHOT_CGROUP_SHARE_MIN,
			     PGHOT_CGROUP_SHARE_MAX, &s.share, info->extack);
	if (err)
		return err;
	err = pghot_cgroup_set(memcg, &s);
	if (err == -ENODEV)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[PGHOT_A_CGROUP_INO],
				    "ino: the cgroup is being removed");
	return err;
}

/**
 * pghot_nl_cgroup_set_doit - tell a memory cgroup how it takes part
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0, or a negative errno, mostly with the extended ack set, and nothing changed.
 */
int pghot_nl_cgroup_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct mem_cgroup *memcg = memcg_of(info);
	int err;

	if (IS_ERR(memcg))
		return PTR_ERR(memcg);
	err = set_cgroup(info, memcg);
	mem_cgroup_put(memcg);
	return err;
}
