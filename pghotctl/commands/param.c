// SPDX-License-Identifier: GPL-2.0-or-later

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/show.h"

int cmd_get(struct ctx *ctx, const struct call *call)
{
	struct pghot_params params;
	int ret = query_params(ctx, &params);

	if (ret)
		return ret;
	if (call_get(call, "NAME")) {
		uint64_t asked = 0;

		for (const struct value *v = call_get(call, "NAME"); v;
		     v = call_next(call, "NAME", v))
			asked |= 1ULL << v->param->attr;
		params.present &= asked;
	}
	show_params(&ctx->out, &params);
	return STATUS_OK;
}

/* One message for all, so that all or none are applied. */
static int fill_params(struct nl_msg *msg, const void *data)
{
	const struct call *call = data;

	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v)) {
		int attr = (int)v->param->attr, err;

		if (v->param->bytes == 1)
			err = nla_put_u8(msg, attr, (uint8_t)v->assigned);
		else
			err = nla_put_u32(msg, attr, (uint32_t)v->assigned);
		if (err)
			return err;
	}
	return 0;
}

int cmd_set(struct ctx *ctx, const struct call *call)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_PARAM_SET,
		.fill = fill_params,
		.fill_data = call,
	};
	struct pghot_params after;
	const struct pghot_param_desc *desc;
	int ret;

	ret = request(ctx, &req, "set parameters");
	if (!ret)
		ret = query_params(ctx, &after);
	if (ret)
		return ret;

	/* What was asked for, as the kernel has it now. */
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		const struct value *v = call_get(call, "NAME=VALUE");

		while (v && v->param != desc)
			v = call_next(call, "NAME=VALUE", v);
		if (v)
			show_param(&ctx->out, desc, after.value[desc->attr]);
	}
	return STATUS_OK;
}
