// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/capability.h"

#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include <linux/pghot.h>

#include "backend/nlsock.h"

struct reading {
	struct capability *c;
	/* Which attributes each policy has; commands refer to them by number. */
	uint64_t policy[CAPABILITY_POLICIES];
	struct {
		bool has[2];
		uint32_t index[2];
	} uses[CAPABILITY_CMDS];
	/* All of what was asked for last has arrived. */
	bool answered;
};

static struct nlattr *attr_of(struct nl_msg *msg, int type)
{
	return nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, type);
}

static void take_ops(struct capability *c, struct nlattr *ops)
{
	struct nlattr *op;
	int left;

	nla_for_each_nested(op, ops, left) {
		struct nlattr *id = nla_find(nla_data(op), nla_len(op), CTRL_ATTR_OP_ID);
		struct nlattr *flags = nla_find(nla_data(op), nla_len(op), CTRL_ATTR_OP_FLAGS);
		struct capability_cmd *cmd;

		if (!id || nla_len(id) != 4 || nla_get_u32(id) >= CAPABILITY_CMDS)
			continue;
		cmd = &c->cmd[nla_get_u32(id)];
		cmd->known = true;
		if (!flags || nla_len(flags) != 4)
			continue;
		cmd->can_do |= nla_get_u32(flags) & GENL_CMD_CAP_DO;
		cmd->can_dump |= nla_get_u32(flags) & GENL_CMD_CAP_DUMP;
	}
}

static void take_groups(struct capability *c, struct nlattr *groups)
{
	struct nlattr *group;
	int left;

	nla_for_each_nested(group, groups, left) {
		struct nlattr *name =
			nla_find(nla_data(group), nla_len(group), CTRL_ATTR_MCAST_GRP_NAME);

		if (name && c->nr_groups < CAPABILITY_GROUPS)
			nla_strlcpy(c->groups[c->nr_groups++], name, sizeof(c->groups[0]));
	}
}

static int take_family(struct nl_msg *msg, void *data)
{
	struct reading *r = data;
	struct nlattr *a;

	r->answered = true;
	a = attr_of(msg, CTRL_ATTR_FAMILY_ID);
	if (a && nla_len(a) == 2)
		r->c->id = nla_get_u16(a);
	a = attr_of(msg, CTRL_ATTR_VERSION);
	if (a && nla_len(a) == 4)
		r->c->version = nla_get_u32(a);
	a = attr_of(msg, CTRL_ATTR_OPS);
	if (a)
		take_ops(r->c, a);
	a = attr_of(msg, CTRL_ATTR_MCAST_GROUPS);
	if (a)
		take_groups(r->c, a);
	return NL_OK;
}

/* Nested: numbers of policies, in them numbers of attributes. */
static void take_attributes(struct reading *r, struct nlattr *policies)
{
	struct nlattr *policy, *attr;
	int left, in;

	nla_for_each_nested(policy, policies, left) {
		if (nla_type(policy) >= CAPABILITY_POLICIES)
			continue;
		nla_for_each_nested(attr, policy, in) {
			if (nla_type(attr) < 64)
				r->policy[nla_type(policy)] |= 1ULL << nla_type(attr);
		}
	}
}

/* Nested: numbers of commands, in them the policies for do and dump. */
static void take_uses(struct reading *r, struct nlattr *commands)
{
	static const int kinds[] = { CTRL_ATTR_POLICY_DO, CTRL_ATTR_POLICY_DUMP };
	struct nlattr *cmd;
	int left;

	nla_for_each_nested(cmd, commands, left) {
		if (nla_type(cmd) >= CAPABILITY_CMDS)
			continue;
		for (int i = 0; i < 2; i++) {
			struct nlattr *a = nla_find(nla_data(cmd), nla_len(cmd), kinds[i]);

			if (!a || nla_len(a) != 4)
				continue;
			r->uses[nla_type(cmd)].has[i] = true;
			r->uses[nla_type(cmd)].index[i] = nla_get_u32(a);
		}
	}
}

static int take_policy(struct nl_msg *msg, void *data)
{
	struct reading *r = data;
	struct nlattr *a;

	r->c->policies = true;
	a = attr_of(msg, CTRL_ATTR_POLICY);
	if (a)
		take_attributes(r, a);
	a = attr_of(msg, CTRL_ATTR_OP_POLICY);
	if (a)
		take_uses(r, a);
	return NL_OK;
}

static int end_of_dump(struct nl_msg *msg, void *data)
{
	struct reading *r = data;

	(void)msg;
	r->answered = true;
	return NL_STOP;
}

static void join_policies(struct reading *r)
{
	for (size_t i = 0; i < CAPABILITY_CMDS; i++) {
		for (int kind = 0; kind < 2; kind++) {
			if (r->uses[i].has[kind] && r->uses[i].index[kind] < CAPABILITY_POLICIES)
				r->c->cmd[i].takes |= r->policy[r->uses[i].index[kind]];
		}
	}
}

/* Ask the controller about the family, and give every answer to @fn. */
static int ask(struct nl_sock *sock, uint8_t cmd, int flags, nl_recvmsg_msg_cb_t fn,
	       struct reading *r)
{
	struct nl_msg *msg = nlmsg_alloc();
	int ret = -NLE_NOMEM;

	if (!msg)
		return ret;
	if (genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, GENL_ID_CTRL, 0, flags, cmd, 1))
		ret = nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	if (!ret)
		ret = nl_socket_modify_cb(sock, NL_CB_VALID, NL_CB_CUSTOM, fn, r);
	if (!ret)
		ret = nl_send_auto(sock, msg);
	nlmsg_free(msg);
	/* One answer, or a dump's up to its end; what others send is no answer. */
	r->answered = false;
	while (ret >= 0 && !r->answered)
		ret = nl_recvmsgs_default(sock);
	return ret;
}

int capability_read(struct capability *c, struct pghot_error *err)
{
	struct reading r = { .c = c };
	struct nl_sock *sock;
	int ret;

	memset(c, 0, sizeof(*c));
	ret = nlsock_open(&sock, err);
	if (ret)
		return ret;
	nl_socket_disable_auto_ack(sock);
	ret = nl_socket_modify_cb(sock, NL_CB_FINISH, NL_CB_CUSTOM, end_of_dump, &r);
	if (!ret)
		ret = ask(sock, CTRL_CMD_GETFAMILY, 0, take_family, &r);
	/* A kernel that does not tell its policies has everything else. */
	if (!ret && ask(sock, CTRL_CMD_GETPOLICY, NLM_F_DUMP, take_policy, &r))
		c->policies = false;
	join_policies(&r);
	nl_socket_free(sock);
	if (!ret)
		return 0;
	if (ret == -NLE_OBJ_NOTFOUND)
		return pghot_error_set(err, ENOENT, "this kernel has no pghot family");
	return pghot_error_set(err, EIO, "cannot ask for the pghot family: %s", nl_geterror(ret));
}
