// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source lruscan: when it can be enabled, its parameters and counters.
 * What it does is in scan.c.
 */
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/pgtable.h>
#include <net/netlink.h>

#include "../../../internal.h"

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "source/lruscan/scan.h"
#include "source/source.h"

static int lruscan_available(char *why, size_t len)
{
	if (!arch_has_hw_pte_young()) {
		strscpy(why, "the CPU does not set accessed bits by itself", len);
		return -EOPNOTSUPP;
	}
	if (!lru_gen_enabled()) {
		strscpy(why, "multi-gen LRU is off, bit 0 of mm/lru_gen/enabled", len);
		return -EOPNOTSUPP;
	}
	if (!lru_gen_can_scan()) {
		strscpy(why, "multi-gen LRU walks are off, bit 1 of mm/lru_gen/enabled", len);
		return -EOPNOTSUPP;
	}
	return pghot_need_lower_tier(why, len);
}

static int lruscan_enable(struct netlink_ext_ack *extack)
{
	int err = lruscan_start();

	if (err)
		NL_SET_ERR_MSG(extack, "lruscan: no memory for klruscand");
	return err;
}

static int lruscan_fill_params(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_SOURCE_LRUSCAN);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PGHOT_A_LRUSCAN_INTERVAL_MS,
			READ_ONCE(lruscan_params.interval_ms)) ||
	    nla_put_u32(skb, PGHOT_A_LRUSCAN_BUDGET_PAGES,
			READ_ONCE(lruscan_params.budget_pages)) ||
	    nla_put_u32(skb, PGHOT_A_LRUSCAN_CPU_PERCENT,
			READ_ONCE(lruscan_params.cpu_percent))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int lruscan_fill_counters(struct sk_buff *skb, const unsigned long *ev)
{
	struct nlattr *nest = nla_nest_start(skb,
					     PGHOT_A_SOURCE_LRUSCAN_COUNTERS);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_uint(skb, PGHOT_A_LRUSCAN_COUNTERS_PASSES,
			 ev[PGHOT_LRUSCAN_PASSES]) ||
	    nla_put_uint(skb, PGHOT_A_LRUSCAN_COUNTERS_SCANNED,
			 ev[PGHOT_LRUSCAN_SCANNED]) ||
	    nla_put_uint(skb, PGHOT_A_LRUSCAN_COUNTERS_ACCESSED,
			 ev[PGHOT_LRUSCAN_ACCESSED]) ||
	    nla_put_uint(skb, PGHOT_A_LRUSCAN_COUNTERS_ROUNDS,
			 READ_ONCE(lruscan_progress.rounds)) ||
	    nla_put_u32(skb, PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS,
			READ_ONCE(lruscan_progress.round_ms)) ||
	    nla_put_uint(skb, PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR,
			 READ_ONCE(lruscan_progress.memcg_cursor))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int lruscan_parse(const struct nlattr *nest,
			 struct lruscan_params *params,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PGHOT_A_LRUSCAN_MAX + 1];
	int err;

	err = nla_parse_nested(tb, PGHOT_A_LRUSCAN_MAX, nest,
			       pghot_lruscan_nl_policy, extack);
	if (err)
		return err;

	return pghot_attr_u32(tb[PGHOT_A_LRUSCAN_INTERVAL_MS], "interval-ms",
			      PGHOT_LRUSCAN_INTERVAL_MS_MIN,
			      PGHOT_LRUSCAN_INTERVAL_MS_MAX,
			      &params->interval_ms, extack) ?:
	       pghot_attr_u32(tb[PGHOT_A_LRUSCAN_BUDGET_PAGES], "budget-pages",
			      PGHOT_LRUSCAN_BUDGET_PAGES_MIN,
			      PGHOT_LRUSCAN_BUDGET_PAGES_MAX,
			      &params->budget_pages, extack) ?:
	       pghot_attr_u32(tb[PGHOT_A_LRUSCAN_CPU_PERCENT], "cpu-percent",
			      PGHOT_LRUSCAN_CPU_PERCENT_MIN,
			      PGHOT_LRUSCAN_CPU_PERCENT_MAX,
			      &params->cpu_percent, extack);
}

static int lruscan_check_params(const struct nlattr *nest,
				struct netlink_ext_ack *extack)
{
	struct lruscan_params params;

	return lruscan_parse(nest, &params, extack);
}

static void lruscan_apply_params(const struct nlattr *nest)
{
	struct lruscan_params params = lruscan_params;

	lruscan_parse(nest, &params, NULL);
	WRITE_ONCE(lruscan_params.interval_ms, params.interval_ms);
	WRITE_ONCE(lruscan_params.budget_pages, params.budget_pages);
	WRITE_ONCE(lruscan_params.cpu_percent, params.cpu_percent);
	lruscan_kick();
}

static const struct pghot_source_ops lruscan_ops = {
	.id = PGHOT_SOURCE_ID_LRUSCAN,
	.name = "lruscan",
	.available = lruscan_available,
	.enable = lruscan_enable,
	.disable = lruscan_stop,
	.fill_params = lruscan_fill_params,
	.fill_counters = lruscan_fill_counters,
	.check_params = lruscan_check_params,
	.apply_params = lruscan_apply_params,
	.param_attr = PGHOT_A_SOURCE_LRUSCAN,
	.bytes = lruscan_bytes,
};

static int __init lruscan_init(void)
{
	return pghot_register_source(&lruscan_ops);
}
late_initcall(lruscan_init);
