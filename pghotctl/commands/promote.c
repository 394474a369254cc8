// SPDX-License-Identifier: GPL-2.0-or-later

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/show.h"

bool check_promote(const struct call *call, struct failure *failure)
{
	bool pfn = call_get(call, "PFN"), count = call_get(call, "--count");

	if (pfn && count) {
		fail_with(failure, STATUS_USAGE, 0,
			  "promote: a PFN is one page, --count has no place");
		return false;
	}
	if (!pfn && !(count && call_get(call, "--node"))) {
		fail_with(failure, STATUS_USAGE, 0, "promote: either PFN, or --node and --count");
		return false;
	}
	return true;
}

static int fill_promote(struct nl_msg *msg, const void *data)
{
	const struct value *pfn = call_get(data, "PFN");
	const struct value *node = call_get(data, "--node");
	const struct value *count = call_get(data, "--count");
	int err = 0;

	if (pfn)
		err = nla_put_u64(msg, PGHOT_A_PROMOTE_PFN, pfn->number);
	if (!err && node)
		err = nla_put_u32(msg, PGHOT_A_PROMOTE_NID, (uint32_t)node->number);
	if (!err && count)
		err = nla_put_u32(msg, PGHOT_A_PROMOTE_COUNT, (uint32_t)count->number);
	return err;
}

static int take_result(const void *attrs, size_t len, void *data)
{
	return pghot_decode_promote(attrs, len, data);
}

int cmd_promote(struct ctx *ctx, const struct call *call)
{
	struct pghot_promote_result result = { 0 };
	struct ctl_request req = {
		.cmd = PGHOT_CMD_PROMOTE,
		.fill = fill_promote,
		.fill_data = call,
		.reply = take_result,
		.reply_data = &result,
	};
	struct out *o = &ctx->out;
	char text[256];
	int ret;

	ret = request(ctx, &req, "promote");
	if (ret)
		return ret;
	out_u64(o, "attempted_pages", "pages attempted", result.attempted, UNIT_COUNT);
	out_u64(o, "promoted_pages", "pages promoted", result.promoted, UNIT_COUNT);
	out_value(o, "failed_pages", "pages failed", failed_json(&result.failed),
		  failed_text(o, &result.failed, text, sizeof(text)));
	return STATUS_OK;
}
