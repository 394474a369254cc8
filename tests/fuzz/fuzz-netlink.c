// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel says, or something that passes for it: the first byte chooses
 * the decoder, the rest is the payload, of its exact size so that a step behind
 * its end is noticed.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "extack.h"
#include "family.h"
#include "names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An error or the end of a dump, with @data behind its header. */
static void decode_extack(const uint8_t *data, size_t size, uint16_t type)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		uint8_t attrs[24];
	} request = {
		.nlh.nlmsg_len = sizeof(request),
		.genl.cmd = PGHOT_CMD_PARAM_SET,
		/* freq-threshold = 1, window-ms = 0 */
		.attrs = { 8, 0, 2, 0, 1, 0, 0, 0, 8, 0, 3, 0 },
	};
	struct nlmsghdr *reply = malloc(sizeof(*reply) + size);
	struct pghot_error err = { 0 };

	if (!reply)
		return;
	memset(reply, 0, sizeof(*reply));
	reply->nlmsg_len = (uint32_t)(sizeof(*reply) + size);
	reply->nlmsg_type = type;
	/* With and without the request's payload in it. */
	reply->nlmsg_flags = NLM_F_ACK_TLVS | (size % 2 ? NLM_F_CAPPED : 0);
	memcpy(reply + 1, data, size);
	pghot_extack_decode(reply, &request.nlh, &err);
	free(reply);
}

static void decode_entries(const void *attrs, size_t size)
{
	struct pghot_entries part;
	struct pghot_entry entry;

	if (pghot_decode_entries(attrs, size, &part))
		return;
	for (size_t i = 0; i < part.count; i++) {
		pghot_entry_at(&part, i, &entry);
		pghot_page_type(entry.page_flags);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	union {
		struct pghot_info info;
		struct pghot_source source;
		struct pghot_params params;
		struct pghot_node node;
		struct pghot_stats stats;
		struct pghot_promote_result promote;
		struct pghot_event event;
	} *into = calloc(1, sizeof(*into));
	struct pghot_attr_name name;
	uint8_t *attrs;
	uint8_t which = size ? data[0] : 0;

	size -= size > 0;
	attrs = malloc(size ? size : 1);
	if (!into || !attrs)
		goto free;
	if (size)
		memcpy(attrs, data + 1, size);
	switch (which % 12) {
	case 0:
		pghot_decode_info(attrs, size, &into->info);
		break;
	case 1:
		pghot_decode_source(attrs, size, &into->source);
		break;
	case 2:
		pghot_decode_params(attrs, size, &into->params);
		break;
	case 3:
		pghot_decode_node(attrs, size, &into->node);
		break;
	case 4:
		pghot_decode_stats(attrs, size, &into->stats);
		break;
	case 5:
		pghot_decode_promote(attrs, size, &into->promote);
		break;
	case 6:
		pghot_decode_event(PGHOT_CMD_CONFIG_NTF, attrs, size, &into->event);
		break;
	case 7:
		pghot_decode_event(PGHOT_CMD_PROMOTION_NTF, attrs, size, &into->event);
		break;
	case 8:
		decode_entries(attrs, size);
		break;
	case 9:
		decode_extack(attrs, size, NLMSG_ERROR);
		break;
	case 10:
		decode_extack(attrs, size, NLMSG_DONE);
		break;
	case 11:
		pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs, size, which, &name);
		break;
	}
free:
	free(attrs);
	free(into);
	return 0;
}
