// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghotctl with a kernel that is made up: what would go to the control plane is answered
 * here, with figures of a machine of two nodes that promotes. So what is made of figures,
 * such as metrics and tables, can be looked at where no kernel has pghot.
 *
 * Every change is accepted, and changes nothing.
 *
 *	TOLD_ERROR	answer everything with that errno instead
 */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <libmnl/libmnl.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "backend/netlink.h"
#include "names.h"
#include "params.h"

/* A message is larger than its attributes. */
#define MESSAGE_BYTES 4096

static void put_uint(struct nlmsghdr *nlh, unsigned int type, uint64_t value)
{
	mnl_attr_put_u64(nlh, (uint16_t)type, value);
}

static void put_value(struct nlmsghdr *nlh, const struct pghot_param_desc *desc, int64_t value)
{
	if (desc->bytes == 1)
		mnl_attr_put_u8(nlh, (uint16_t)desc->attr, (uint8_t)value);
	else if (desc->bytes == 4)
		mnl_attr_put_u32(nlh, (uint16_t)desc->attr, (uint32_t)value);
	else
		put_uint(nlh, desc->attr, (uint64_t)value);
}

static void put_failed(struct nlmsghdr *nlh, unsigned int type)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, (uint16_t)type);

	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		put_uint(nlh, i + 1, 10 + i);
	mnl_attr_nest_end(nlh, nest);
}

static void put_info(struct nlmsghdr *nlh)
{
	mnl_attr_put_u32(nlh, PGHOT_A_INFO_VERSION, 1);
	mnl_attr_put_u32(nlh, PGHOT_A_INFO_PAGE_SIZE, 4096);
	put_uint(nlh, PGHOT_A_INFO_MEMORY_BYTES, 3 << 20);
	mnl_attr_put_u8(nlh, PGHOT_A_INFO_RUNNING, 1);
}

static void put_params(struct nlmsghdr *nlh)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		put_value(nlh, desc, desc->min);
}

static void put_stats(struct nlmsghdr *nlh)
{
	put_uint(nlh, PGHOT_A_STATS_HOT, 1200);
	put_uint(nlh, PGHOT_A_STATS_PROMOTED, 1000);
	put_failed(nlh, PGHOT_A_STATS_FAILED);
	put_uint(nlh, PGHOT_A_STATS_DROPPED_RING, 1);
	put_uint(nlh, PGHOT_A_STATS_DROPPED_HEAP, 2);
	put_uint(nlh, PGHOT_A_STATS_REFILLED, 3);
	put_uint(nlh, PGHOT_A_STATS_PRUNED, 4);
	put_uint(nlh, PGHOT_A_STATS_BATCHES, 5);
	put_uint(nlh, PGHOT_A_STATS_RATE_LIMITED, 6);
}

static void put_source(struct nlmsghdr *nlh, const struct pghot_source_name *name)
{
	const struct pghot_param_desc *desc;
	struct nlattr *nest;

	mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_ID, name->id);
	mnl_attr_put_strz(nlh, PGHOT_A_SOURCE_NAME, name->name);
	mnl_attr_put_u8(nlh, PGHOT_A_SOURCE_AVAILABLE, 1);
	mnl_attr_put_u8(nlh, PGHOT_A_SOURCE_ENABLED, 1);
	put_uint(nlh, PGHOT_A_SOURCE_RECORDED, 5000 + name->id);
	put_uint(nlh, PGHOT_A_SOURCE_USEFUL, 4000 + name->id);
	mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_WINDOW_MS, 4000);
	mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_PACE_MS, 500);
	nest = mnl_attr_nest_start(nlh, (uint16_t)pghot_source_param_nest(name->id));
	for (unsigned int i = 0; (desc = pghot_source_param_at(name->id, i)); i++)
		put_value(nlh, desc, desc->min);
	mnl_attr_nest_end(nlh, nest);
}

static void put_node(struct nlmsghdr *nlh, uint32_t nid)
{
	mnl_attr_put_u32(nlh, PGHOT_A_NODE_NID, nid);
	mnl_attr_put_u8(nlh, PGHOT_A_NODE_TOPTIER, nid == 0);
	mnl_attr_put_u32(nlh, PGHOT_A_NODE_TIER, 4 + nid);
	put_uint(nlh, PGHOT_A_NODE_PRESENT_PAGES, 100000);
	put_uint(nlh, PGHOT_A_NODE_FREE_PAGES, 20000);
	put_uint(nlh, PGHOT_A_NODE_RECORD_BYTES, nid ? 400000 : 0);
	if (nid) {
		put_uint(nlh, PGHOT_A_NODE_TRACKED_PAGES, 100000);
		mnl_attr_put_u32(nlh, PGHOT_A_NODE_REFILL_SECTIONS, 2);
		return;
	}
	mnl_attr_put_u32(nlh, PGHOT_A_NODE_HEAP_LENGTH, 300);
	mnl_attr_put_u32(nlh, PGHOT_A_NODE_HEAP_CAPACITY, 65536);
	mnl_attr_put_u32(nlh, PGHOT_A_NODE_THRESHOLD, 9);
	put_uint(nlh, PGHOT_A_NODE_HOT, 1200);
	put_uint(nlh, PGHOT_A_NODE_PROMOTED, 1000);
	put_uint(nlh, PGHOT_A_NODE_PROMOTED_PER_SEC, 64);
	put_failed(nlh, PGHOT_A_NODE_FAILED);
	mnl_attr_put_u8(nlh, PGHOT_A_NODE_RATE_LIMITED, 0);
	put_uint(nlh, PGHOT_A_NODE_DROPPED, 3);
}

static void put_promoted(struct nlmsghdr *nlh)
{
	put_uint(nlh, PGHOT_A_PROMOTE_ATTEMPTED, 100);
	put_uint(nlh, PGHOT_A_PROMOTE_PROMOTED, 60);
	put_failed(nlh, PGHOT_A_PROMOTE_FAILED);
}

/* As containers are nested; of none but the root can a path be found. */
static void put_cgroup(struct nlmsghdr *nlh, uint32_t depth)
{
	put_uint(nlh, PGHOT_A_CGROUP_INO, 1 + ((uint64_t)depth << 48));
	mnl_attr_put_u8(nlh, PGHOT_A_CGROUP_PROMOTE, 1);
	mnl_attr_put_u8(nlh, PGHOT_A_CGROUP_EFFECTIVE_PROMOTE, depth == 0);
	mnl_attr_put_u32(nlh, PGHOT_A_CGROUP_SHARE, 100);
	mnl_attr_put_u32(nlh, PGHOT_A_CGROUP_EFFECTIVE_SHARE, depth ? 25 : 100);
	put_uint(nlh, PGHOT_A_CGROUP_PROMOTED, 2560 >> depth);
	put_uint(nlh, PGHOT_A_CGROUP_DEMOTED, 512 >> depth);
	put_uint(nlh, PGHOT_A_CGROUP_RETURNED, 256 >> depth);
	put_failed(nlh, PGHOT_A_CGROUP_FAILED);
}

/*
 * What a request is about: @id of a source, UINT32_MAX for all; pages that are less hot than
 * @min_freq do not count.
 */
struct asked {
	uint32_t id;
	uint32_t min_freq;
};

/* Of two cgroups, and of none: 100 pages for the first class of age, 200 for the next … */
static void put_summary(struct nlmsghdr *nlh, uint32_t i, uint32_t min_freq)
{
	uint64_t pages[PGHOT_SUMMARY_FREQ_CLASSES][PGHOT_SUMMARY_AGE_CLASSES] = { 0 };

	for (uint32_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++) {
		for (uint32_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES && 1U << f >= min_freq; a++)
			pages[f][a] = (uint64_t)(a + 1) * (i + 1) * 100;
	}
	mnl_attr_put_u32(nlh, PGHOT_A_SUMMARY_NID, 1);
	put_uint(nlh, PGHOT_A_SUMMARY_CGROUP_INO, i);
	mnl_attr_put_u32(nlh, PGHOT_A_SUMMARY_TYPE, 0);
	put_uint(nlh, PGHOT_A_SUMMARY_FOLIOS, 10);
	mnl_attr_put(nlh, PGHOT_A_SUMMARY_PAGES, sizeof(pages), pages);
}

/* The @i-th answer to a request; false when there are no more. */
static bool put_answer(struct nlmsghdr *nlh, uint8_t cmd, uint32_t i, const struct asked *asked)
{
	const struct pghot_source_name *name = pghot_source_by_id(i);

	switch (cmd) {
	case PGHOT_CMD_INFO_GET:
		put_info(nlh);
		return i == 0;
	case PGHOT_CMD_PARAM_GET:
		put_params(nlh);
		return i == 0;
	case PGHOT_CMD_STATS_GET:
		put_stats(nlh);
		return i == 0;
	case PGHOT_CMD_NODE_GET:
		put_node(nlh, i);
		return i < 2;
	case PGHOT_CMD_PROMOTE:
		put_promoted(nlh);
		return i == 0;
	case PGHOT_CMD_CGROUP_GET:
		put_cgroup(nlh, i);
		return i < 3;
	case PGHOT_CMD_SOURCE_GET:
		if (name)
			put_source(nlh, name);
		return name;
	case PGHOT_CMD_SUMMARY_GET:
		put_summary(nlh, i, asked->min_freq);
		return i < 3;
	default:
		return false;
	}
}

/* ---- in place of pghotctl/backend/netlink.c ---------------------------------------- */

static int nothing_there(struct pghot_error *err)
{
	return pghot_error_set(err, EOPNOTSUPP, "this kernel is made up, and tells figures only");
}

static int look_at(const struct ctl_request *req, struct asked *asked)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *attr;
	int ret;

	*asked = (struct asked){ .id = UINT32_MAX };
	if (!msg)
		return -ENOMEM;
	nlmsg_put(msg, 0, 0, 0, 0, 0);
	ret = req->fill ? req->fill(msg, req->fill_data) : 0;
	attr = nlmsg_find_attr(nlmsg_hdr(msg), 0, PGHOT_A_SOURCE_ID);
	if (!ret && req->cmd == PGHOT_CMD_SOURCE_GET && attr)
		asked->id = nla_get_u32(attr);
	attr = nlmsg_find_attr(nlmsg_hdr(msg), 0, PGHOT_A_SUMMARY_MIN_FREQ);
	if (!ret && req->cmd == PGHOT_CMD_SUMMARY_GET && attr)
		asked->min_freq = nla_get_u32(attr);
	nlmsg_free(msg);
	return ret;
}

/* All is accepted, and changes nothing. */
static bool is_change(uint8_t cmd)
{
	return cmd == PGHOT_CMD_SOURCE_SET || cmd == PGHOT_CMD_PARAM_SET || cmd == PGHOT_CMD_RESET;
}

int ctl_do(struct ctl *ctl, const struct ctl_request *req, struct pghot_error *err)
{
	const char *error = getenv("TOLD_ERROR");
	char buf[MESSAGE_BYTES];
	struct asked asked;
	int ret;

	(void)ctl;
	ret = look_at(req, &asked);
	if (ret)
		return pghot_error_set(err, EMSGSIZE, "the request is too long");
	if (error)
		return pghot_error_set(err, atoi(error), "as the test wants it");
	if (is_change(req->cmd))
		return 0;
	for (uint32_t i = 0;; i++) {
		struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

		if (!put_answer(nlh, req->cmd, asked.id == UINT32_MAX ? i : asked.id, &asked))
			return i ? 0 : nothing_there(err);
		ret = req->reply(mnl_nlmsg_get_payload(nlh), mnl_nlmsg_get_payload_len(nlh),
				 req->reply_data);
		if (ret || !req->dump)
			return ret;
	}
}
