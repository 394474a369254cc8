// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's events: what changed and who changed it, to everybody; what was
 * promoted, to administrators.
 *
 * Nobody may listen, and then an event costs the test for it. An event that
 * cannot be built or delivered is lost, as multicast is; the kernel tells
 * listeners whose buffer was full by ENOBUFS.
 */

#include <linux/cred.h>
#include <linux/gfp.h>
#include <linux/sched.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>

#include "attr/netlink-gen.h"
#include "base/event.h"
#include "control/nl.h"
#include "control/notify.h"
#include "control/params.h"

static bool anybody_listens(unsigned int group)
{
	return genl_has_listeners(&pghot_nl_family, &init_net, group);
}

/* Start an event. */
static struct sk_buff *event_new(u8 cmd, void **hdr)
{
	struct genl_info info;
	struct sk_buff *skb;

	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return NULL;

	genl_info_init_ntf(&info, &pghot_nl_family, cmd);
	*hdr = genlmsg_iput(skb, &info);
	if (!*hdr) {
		nlmsg_free(skb);
		return NULL;
	}
	return skb;
}

/* Send an event, or give it up after an error while it was built. */
static void event_send(struct sk_buff *skb, void *hdr, unsigned int group,
		       int err)
{
	/* An event has a fixed, small size. */
	if (WARN_ON_ONCE(err)) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	/* -ESRCH when the last listener has just left: nobody misses it. */
	genlmsg_multicast(&pghot_nl_family, skb, 0, group, GFP_KERNEL);
}

/* ---- configuration ------------------------------------------------------- */

/*
 * Who asks for the change. Requests are handled in the context of the process
 * that sent them. Its ids are those of the initial namespaces: listeners of a
 * family that lives in the initial network namespace are there as well, and
 * an administrator in there made the change.
 */
static int put_who(struct sk_buff *skb)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, current);
	if (nla_put_u32(skb, PGHOT_A_CONFIG_EVENT_PID,
			task_tgid_nr(current)) ||
	    nla_put_u32(skb, PGHOT_A_CONFIG_EVENT_UID,
			from_kuid(&init_user_ns, current_uid())) ||
	    nla_put_string(skb, PGHOT_A_CONFIG_EVENT_COMM, comm))
		return -EMSGSIZE;
	return 0;
}

/* Start an event of the group config. */
static struct sk_buff *config_event_new(void **hdr)
{
	struct sk_buff *skb;

	if (!anybody_listens(PGHOT_NLGRP_CONFIG))
		return NULL;

	skb = event_new(PGHOT_CMD_CONFIG_NTF, hdr);
	if (skb && put_who(skb)) {
		nlmsg_free(skb);
		return NULL;
	}
	return skb;
}

/**
 * pghot_notify_source - tell that a source was enabled, disabled or tuned
 * @ops: the source, as it is now
 *
 * Context: Process context of whoever asked for it; may sleep. Under
 * pghot_lock, so that events have the order of the changes.
 */
void pghot_notify_source(const struct pghot_source_ops *ops)
{
	struct nlattr *nest;
	struct sk_buff *skb;
	int err = -EMSGSIZE;
	void *hdr;

	skb = config_event_new(&hdr);
	if (!skb)
		return;

	nest = nla_nest_start(skb, PGHOT_A_CONFIG_EVENT_SOURCE);
	if (nest) {
		/* Counters are no configuration, and need the hotplug lock. */
		err = pghot_nl_put_source(skb, ops, NULL);
		nla_nest_end(skb, nest);
	}
	event_send(skb, hdr, PGHOT_NLGRP_CONFIG, err);
}

/**
 * pghot_notify_params - tell which parameters changed
 * @old: before
 * @new: after; no event when they are the same
 *
 * Context: as pghot_notify_source().
 */
void pghot_notify_params(const struct pghot_params *old,
			 const struct pghot_params *new)
{
	unsigned long changed = pghot_nl_diff_params(old, new);
	struct nlattr *nest;
	struct sk_buff *skb;
	int err = -EMSGSIZE;
	void *hdr;

	if (!changed)
		return;
	skb = config_event_new(&hdr);
	if (!skb)
		return;

	nest = nla_nest_start(skb, PGHOT_A_CONFIG_EVENT_PARAM);
	if (nest) {
		err = pghot_nl_put_params(skb, new, changed);
		nla_nest_end(skb, nest);
	}
	event_send(skb, hdr, PGHOT_NLGRP_CONFIG, err);
}

/**
 * pghot_notify_reset - tell what was reset
 * @what: mask of enum pghot_reset_what
 *
 * Context: Process context of whoever asked for it; may sleep.
 */
void pghot_notify_reset(u32 what)
{
	struct sk_buff *skb;
	void *hdr;

	skb = config_event_new(&hdr);
	if (!skb)
		return;

	event_send(skb, hdr, PGHOT_NLGRP_CONFIG,
		   nla_put_u32(skb, PGHOT_A_CONFIG_EVENT_RESET, what));
}

/* ---- promotion ----------------------------------------------------------- */

/**
 * pghot_notify_promotion - tell how a batch went, or what holds promotion back
 * @kind: what happened
 * @nid: target node
 * @res: outcome of the batch; %NULL when there was none
 * @threshold: frequency that promotion to @nid asks for at present
 * @heap_length: folios that wait for promotion to @nid
 *
 * Context: Process context, may sleep. The listener of base/event.h.
 */
void pghot_notify_promotion(enum pghot_promotion_kind kind, int nid,
			    const struct pghot_result *res, u32 threshold,
			    u32 heap_length)
{
	struct sk_buff *skb;
	void *hdr;
	int err;

	if (!anybody_listens(PGHOT_NLGRP_PROMOTION))
		return;
	skb = event_new(PGHOT_CMD_PROMOTION_NTF, &hdr);
	if (!skb)
		return;

	err = nla_put_u32(skb, PGHOT_A_PROMOTION_EVENT_KIND, kind) ?:
	      nla_put_u32(skb, PGHOT_A_PROMOTION_EVENT_NID, nid) ?:
	      nla_put_u32(skb, PGHOT_A_PROMOTION_EVENT_THRESHOLD, threshold) ?:
	      nla_put_u32(skb, PGHOT_A_PROMOTION_EVENT_HEAP_LENGTH,
			  heap_length);
	if (res && !err)
		err = nla_put_uint(skb, PGHOT_A_PROMOTION_EVENT_ATTEMPTED,
				   res->attempted) ?:
		      nla_put_uint(skb, PGHOT_A_PROMOTION_EVENT_PROMOTED,
				   res->promoted) ?:
		      pghot_nl_put_failed(skb, PGHOT_A_PROMOTION_EVENT_FAILED,
					  res->failed);
	event_send(skb, hdr, PGHOT_NLGRP_PROMOTION, err);
}
