/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot's generic-netlink family: the table of parameters. */
#ifndef _MM_PGHOT_CONTROL_PARAMS_H
#define _MM_PGHOT_CONTROL_PARAMS_H

#include <linux/bits.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>

struct pghot_params;
struct sk_buff;

/* Every parameter, as a mask of attributes for pghot_nl_put_params(). */
#define PGHOT_NL_ALL_PARAMS	GENMASK(PGHOT_A_PARAM_MAX, 1)

enum pghot_param_kind {
	PGHOT_PARAM_BOOL,	/* bool, u8 attribute, 0 or 1 */
	PGHOT_PARAM_U32,	/* u32, u32 attribute, min to max */
	PGHOT_PARAM_NID,	/* int, s32 attribute, -1 or a top-tier node */
};

/**
 * struct pghot_param_desc - how a parameter is stored, transported and checked
 * @name: YNL name of its attribute
 * @kind: type of the member of struct pghot_params, and of the attribute
 * @offset: of that member
 * @min: smallest value, for PGHOT_PARAM_U32
 * @max: largest value, for PGHOT_PARAM_U32
 */
struct pghot_param_desc {
	const char *name;
	enum pghot_param_kind kind;
	size_t offset;
	u32 min;
	u32 max;
};

/* Indexed by attribute. */
extern const struct pghot_param_desc pghot_param_table[PGHOT_A_PARAM_MAX + 1];

int pghot_nl_put_params(struct sk_buff *skb, const struct pghot_params *params,
			unsigned long mask);
unsigned long pghot_nl_diff_params(const struct pghot_params *old,
				   const struct pghot_params *new);

#endif /* _MM_PGHOT_CONTROL_PARAMS_H */
