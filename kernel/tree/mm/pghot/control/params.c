// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: the table of parameters.
 */

#include <linux/kernel.h>
#include <net/netlink.h>

#include "base/config.h"
#include "control/params.h"

/* Indexed by attribute. */
const struct pghot_param_desc pghot_param_table[PGHOT_A_PARAM_MAX + 1] = {
	[PGHOT_A_PARAM_PROMOTE] = {
		"promote", PGHOT_PARAM_BOOL,
		offsetof(struct pghot_params, promote), 0, 1 },
	[PGHOT_A_PARAM_FREQ_THRESHOLD] = {
		"freq-threshold", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, freq_threshold),
		PGHOT_FREQ_THRESHOLD_MIN, PGHOT_FREQ_THRESHOLD_MAX },
	[PGHOT_A_PARAM_WINDOW_MS] = {
		"window-ms", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, window_ms),
		PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MS_MAX },
	[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS] = {
		"promote-rate-limit-mbps", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, rate_limit_mbps),
		PGHOT_RATE_LIMIT_MBPS_MIN, PGHOT_RATE_LIMIT_MBPS_MAX },
	[PGHOT_A_PARAM_BATCH_NR] = {
		"batch-nr", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, batch_nr),
		PGHOT_BATCH_NR_MIN, PGHOT_BATCH_NR_MAX },
	[PGHOT_A_PARAM_SLEEP_MS] = {
		"sleep-ms", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, sleep_ms),
		PGHOT_SLEEP_MS_MIN, PGHOT_SLEEP_MS_MAX },
	[PGHOT_A_PARAM_TARGET_NID] = {
		"target-nid", PGHOT_PARAM_NID,
		offsetof(struct pghot_params, target_nid), 0, 0 },
	[PGHOT_A_PARAM_HEAP_CAPACITY] = {
		"heap-capacity", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, heap_capacity),
		PGHOT_HEAP_CAPACITY_MIN, PGHOT_HEAP_CAPACITY_MAX },
	[PGHOT_A_PARAM_ADAPTIVE] = {
		"adaptive", PGHOT_PARAM_BOOL,
		offsetof(struct pghot_params, adaptive), 0, 1 },
	[PGHOT_A_PARAM_WINDOW_MAX_MS] = {
		"window-max-ms", PGHOT_PARAM_U32,
		offsetof(struct pghot_params, window_max_ms),
		PGHOT_WINDOW_MAX_MS_MIN, PGHOT_WINDOW_MAX_MS_MAX },
};

/* A parameter's value. All ranges fit. */
static s64 param_value(const struct pghot_params *from, int attrtype)
{
	const struct pghot_param_desc *desc = &pghot_param_table[attrtype];
	const void *member = (const void *)from + desc->offset;

	switch (desc->kind) {
	case PGHOT_PARAM_BOOL:
		return READ_ONCE(*(const bool *)member);
	case PGHOT_PARAM_U32:
		return READ_ONCE(*(const u32 *)member);
	case PGHOT_PARAM_NID:
		return READ_ONCE(*(const int *)member);
	}
	return 0;
}

/**
 * pghot_nl_put_params - append parameters to a message
 * @skb: message
 * @from: the parameters
 * @mask: which ones, BIT(attribute) each
 *
 * Return: 0 or -EMSGSIZE; then the caller cancels the message.
 */
int pghot_nl_put_params(struct sk_buff *skb, const struct pghot_params *from,
			unsigned long mask)
{
	int i, err = 0;

	for (i = 1; i <= PGHOT_A_PARAM_MAX && !err; i++) {
		s64 value = param_value(from, i);

		if (!(mask & BIT(i)))
			continue;
		switch (pghot_param_table[i].kind) {
		case PGHOT_PARAM_BOOL:
			err = nla_put_u8(skb, i, value);
			break;
		case PGHOT_PARAM_U32:
			err = nla_put_u32(skb, i, value);
			break;
		case PGHOT_PARAM_NID:
			err = nla_put_s32(skb, i, value);
			break;
		}
	}
	return err;
}

/**
 * pghot_nl_diff_params - which parameters differ
 * @old: before
 * @new: after
 *
 * Return: a mask for pghot_nl_put_params().
 */
unsigned long pghot_nl_diff_params(const struct pghot_params *old,
				   const struct pghot_params *new)
{
	unsigned long mask = 0;
	int i;

	for (i = 1; i <= PGHOT_A_PARAM_MAX; i++)
		if (param_value(old, i) != param_value(new, i))
			mask |= BIT(i);
	return mask;
}
