// SPDX-License-Identifier: GPL-2.0-or-later

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"

#define ALL (PGHOT_RESET_WHAT_RECORDS | PGHOT_RESET_WHAT_HEAPS | PGHOT_RESET_WHAT_COUNTERS)

static int fill_what(struct nl_msg *msg, const void *data)
{
	return nla_put_u32(msg, PGHOT_A_RESET_WHAT, *(const uint32_t *)data);
}

int cmd_reset(struct ctx *ctx, const struct call *call)
{
	struct out *o = &ctx->out;
	uint32_t what = 0;
	struct ctl_request req = {
		.cmd = PGHOT_CMD_RESET,
		.fill = fill_what,
		.fill_data = &what,
	};
	const char *name;
	int ret;

	/* The words of the table stand in the order of the bits, "all" is last. */
	for (const struct value *v = call_get(call, "WHAT"); v; v = call_next(call, "WHAT", v))
		what |= pghot_reset_what_name((unsigned int)v->number) ? 1U << v->number : ALL;
	ret = request(ctx, &req, "reset");
	if (ret)
		return ret;
	/* Without its record nothing can wait in a heap. */
	if (what & PGHOT_RESET_WHAT_RECORDS)
		what |= PGHOT_RESET_WHAT_HEAPS;
	for (unsigned int i = 0; (name = pghot_reset_what_name(i)); i++)
		out_bool(o, name, name, what >> i & 1, "reset", "kept");
	return STATUS_OK;
}
