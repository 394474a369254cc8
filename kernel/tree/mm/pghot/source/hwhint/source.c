// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source: hardware samples, through perf.
 *
 * Processors can sample instructions and tell the address of the data that they
 * accessed: AMD's Instruction Based Sampling, Intel's PEBS. This source keeps
 * one perf event on each CPU and reports what it samples; event.c has the events,
 * sample.c what becomes of a sample. perf shares the hardware between users: with
 * somebody's "perf record" on the same unit both get their share of the time.
 * Which PMU, and what it shall count, is for user space to say, in numbers that
 * it finds in sysfs; a software event, minor page faults, stands in where there
 * is no such PMU.
 *
 * Parameters and lifetime. A struct pghot_hw_set is all that sampling with one
 * set of parameters needs. perf takes cpu_hotplug_lock to create and to release
 * some events, so neither can be done under it. Hence a change has three steps:
 * hw_prepare() builds a set that does not sample yet, with no lock but
 * hw_setup_lock; under pghot_config_lock() sets are switched on and off; and
 * hw_finish() frees what is not in use any more. hw_setup_lock is held from the
 * first to the last step, and is the outermost of all locks here. For the same
 * reason CPUs that come or go have their events created and released a little
 * later, by a work item. hw_lock, which ranks below all others, is for those who
 * only look at what is running.
 */
#include <linux/cpuhotplug.h>
#include <linux/perf_event.h>
#include <linux/workqueue.h>
#include <net/netlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "source/hwhint/event.h"
#include "source/hwhint/sample.h"
#include "source/source.h"

/* See above. */
static DEFINE_MUTEX(hw_setup_lock);
static DEFINE_MUTEX(hw_lock);

/* The stored parameters; written under hw_setup_lock and hw_lock. */
static struct pghot_hw_params hw_params = {
	.type = PERF_TYPE_SOFTWARE,
	.config = PERF_COUNT_SW_PAGE_FAULTS_MIN,
	.period = PGHOT_SAMPLE_PERIOD_DEFAULT,
	.per_sec = PGHOT_SAMPLES_PER_SEC_DEFAULT,
};

/* What is running, or NULL; written under hw_setup_lock and hw_lock. */
static struct pghot_hw_set *hw_set;

/* What is to be running next, and what was before; under hw_setup_lock. */
static struct pghot_hw_set *hw_prepared;
static struct pghot_hw_set *hw_retired;

/* ---- on and off -------------------------------------------------------------------- */

/* Make @set, or nothing, the one that samples. */
static void publish(struct pghot_hw_set *set)
{
	mutex_lock(&hw_lock);
	hw_retired = hw_set;
	hw_set = set;
	if (set)
		hw_params = *pghot_hw_parameters(set);
	mutex_unlock(&hw_lock);

	if (hw_retired)
		pghot_hw_disable(hw_retired);
	if (set)
		pghot_hw_enable(set);
}

static void hw_disable(void)
{
	publish(NULL);
}

/* ---- parameters and counters ------------------------------------------------------ */

/* Change @p as @nest says. */
static int hw_parse(const struct nlattr *nest, struct pghot_hw_params *p,
		    struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PGHOT_A_HWHINT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, PGHOT_A_HWHINT_MAX, nest,
			       pghot_hwhint_nl_policy, extack);
	if (err)
		return err;

	return pghot_attr_u32(tb[PGHOT_A_HWHINT_PMU_TYPE], "pmu-type", 0,
			      INT_MAX, &p->type, extack) ?:
	       pghot_attr_uint(tb[PGHOT_A_HWHINT_CONFIG], "config", 0, U64_MAX,
			       &p->config, extack) ?:
	       pghot_attr_uint(tb[PGHOT_A_HWHINT_CONFIG1], "config1", 0,
			       U64_MAX, &p->config1, extack) ?:
	       pghot_attr_uint(tb[PGHOT_A_HWHINT_CONFIG2], "config2", 0,
			       U64_MAX, &p->config2, extack) ?:
	       pghot_attr_uint(tb[PGHOT_A_HWHINT_SAMPLE_PERIOD],
			       "sample-period", PGHOT_SAMPLE_PERIOD_MIN,
			       PGHOT_SAMPLE_PERIOD_MAX, &p->period, extack) ?:
	       pghot_attr_u32(tb[PGHOT_A_HWHINT_SAMPLES_PER_SEC],
			      "samples-per-sec", PGHOT_SAMPLES_PER_SEC_MIN,
			      PGHOT_SAMPLES_PER_SEC_MAX, &p->per_sec, extack) ?:
	       pghot_attr_bool(tb[PGHOT_A_HWHINT_COUNT_KERNEL], "count-kernel",
			       &p->count_kernel, extack) ?:
	       pghot_attr_bool(tb[PGHOT_A_HWHINT_ISOLATED_CPUS],
			       "isolated-cpus", &p->isolated_cpus, extack);
}

static int hw_check_params(const struct nlattr *nest,
			   struct netlink_ext_ack *extack)
{
	struct pghot_hw_params p = hw_params;

	return hw_parse(nest, &p, extack);
}

static void hw_apply_params(const struct nlattr *nest)
{
	struct pghot_hw_params p = hw_params;

	hw_parse(nest, &p, NULL);
	mutex_lock(&hw_lock);
	hw_params = p;
	mutex_unlock(&hw_lock);
}

static void hw_restart(void)
{
	publish(hw_prepared);
	hw_prepared = NULL;
}

/* Ends what a successful hw_prepare() began, and releases hw_setup_lock. */
static void hw_finish(void)
{
	pghot_hw_free(hw_prepared);
	hw_prepared = NULL;
	pghot_hw_free(hw_retired);
	hw_retired = NULL;
	mutex_unlock(&hw_setup_lock);
}

/* Returns with hw_setup_lock held, unless it fails. */
static int hw_prepare(int enable, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	struct pghot_hw_params p;
	int err;

	mutex_lock(&hw_setup_lock);
	p = hw_params;
	err = nest ? hw_parse(nest, &p, extack) : 0;
	if (err)
		goto unlock;

	/*
	 * What is only stored is built as well, to be thrown away: that it cannot
	 * work is better said now than when somebody enables the source.
	 */
	if (!nest && (hw_set || enable <= 0))
		return 0;

	hw_prepared = pghot_hw_build(&p, extack);
	if (!IS_ERR(hw_prepared))
		return 0;

	err = PTR_ERR(hw_prepared);
	hw_prepared = NULL;
unlock:
	mutex_unlock(&hw_setup_lock);
	return err;
}

static int put_params(struct sk_buff *skb, const struct pghot_hw_params *p)
{
	return nla_put_u32(skb, PGHOT_A_HWHINT_PMU_TYPE, p->type) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG, p->config) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG1, p->config1) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_CONFIG2, p->config2) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_SAMPLE_PERIOD, p->period) ?:
	       nla_put_u32(skb, PGHOT_A_HWHINT_SAMPLES_PER_SEC, p->per_sec) ?:
	       nla_put_u8(skb, PGHOT_A_HWHINT_COUNT_KERNEL, p->count_kernel) ?:
	       nla_put_u8(skb, PGHOT_A_HWHINT_ISOLATED_CPUS, p->isolated_cpus);
}

static int hw_fill_params(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_SOURCE_HWHINT);
	struct pghot_hw_params p;

	if (!nest)
		return -EMSGSIZE;

	mutex_lock(&hw_lock);
	p = hw_params;
	mutex_unlock(&hw_lock);
	if (put_params(skb, &p)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* What the running set does; nothing if there is none. */
static void get_usage(struct pghot_hw_usage *usage)
{
	*usage = (struct pghot_hw_usage) {};
	mutex_lock(&hw_lock);
	if (hw_set)
		pghot_hw_get_usage(hw_set, usage);
	mutex_unlock(&hw_lock);
}

static int put_counters(struct sk_buff *skb, const unsigned long *ev)
{
	struct pghot_hw_usage usage;

	get_usage(&usage);
	return nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD,
			    usage.longest) ?:
	       nla_put_u32(skb, PGHOT_A_HWHINT_COUNTERS_CPUS, usage.cpus) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_RECEIVED,
			    ev[PGHOT_HWHINT_RECEIVED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_USER,
			    ev[PGHOT_HWHINT_USER]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_KERNEL,
			    ev[PGHOT_HWHINT_KERNEL]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_UNADDRESSED,
			    ev[PGHOT_HWHINT_UNADDRESSED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_DROPPED,
			    ev[PGHOT_HWHINT_DROPPED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_THROTTLED,
			    ev[PGHOT_HWHINT_THROTTLED]) ?:
	       nla_put_uint(skb, PGHOT_A_HWHINT_COUNTERS_CACHED,
			    ev[PGHOT_HWHINT_CACHED]) ?:
	       nla_put_u32(skb, PGHOT_A_HWHINT_COUNTERS_WEIGHT, usage.weight);
}

static int hw_fill_counters(struct sk_buff *skb, const unsigned long *ev)
{
	struct nlattr *nest = nla_nest_start(skb,
					     PGHOT_A_SOURCE_HWHINT_COUNTERS);

	if (!nest)
		return -EMSGSIZE;
	if (put_counters(skb, ev)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static u64 hw_bytes(void)
{
	u64 bytes;

	mutex_lock(&hw_lock);
	bytes = hw_set ? pghot_hw_bytes() : 0;
	mutex_unlock(&hw_lock);
	return bytes;
}

/* ---- CPUs come and go ------------------------------------------------------------ */

static void follow_cpus(struct work_struct *work)
{
	mutex_lock(&hw_setup_lock);
	if (hw_set)
		pghot_hw_follow_cpus(hw_set);
	mutex_unlock(&hw_setup_lock);
}

static DECLARE_WORK(follow_work, follow_cpus);

static int hw_cpu_online(unsigned int cpu)
{
	pghot_hw_cpu_back(cpu);
	schedule_work(&follow_work);
	return 0;
}

static int hw_cpu_offline(unsigned int cpu)
{
	pghot_hw_cpu_gone(cpu);
	schedule_work(&follow_work);
	return 0;
}

static const struct pghot_source_ops hwhint_ops = {
	.id = PGHOT_SOURCE_ID_HWHINT,
	.name = "hwhint",
	.available = pghot_need_lower_tier,
	.prepare = hw_prepare,
	.finish = hw_finish,
	.restart = hw_restart,
	.disable = hw_disable,
	.fill_params = hw_fill_params,
	.fill_counters = hw_fill_counters,
	.check_params = hw_check_params,
	.apply_params = hw_apply_params,
	.param_attr = PGHOT_A_SOURCE_HWHINT,
	.bytes = hw_bytes,
};

static int __init hwhint_init(void)
{
	int err;

	err = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "mm/pghot:hwhint",
					hw_cpu_online, hw_cpu_offline);
	return err < 0 ? err : pghot_register_source(&hwhint_ops);
}
late_initcall(hwhint_init);
