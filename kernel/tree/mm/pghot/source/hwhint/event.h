/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the events that hwhint samples, on which CPUs, with which parameters. */
#ifndef _MM_PGHOT_HWHINT_EVENT_H
#define _MM_PGHOT_HWHINT_EVENT_H

#include <linux/types.h>

struct netlink_ext_ack;
struct pghot_hw_params;

struct pghot_hw_set;

/**
 * struct pghot_hw_usage - what a set does at present
 * @cpus: CPUs that are sampled
 * @longest: longest period that is in use on any of them, 0 if there are none
 * @weight: heat that a sample adds
 */
struct pghot_hw_usage {
	u32 cpus;
	u64 longest;
	u32 weight;
};

struct pghot_hw_set *pghot_hw_build(const struct pghot_hw_params *params,
				    struct netlink_ext_ack *extack);
void pghot_hw_enable(struct pghot_hw_set *set);
void pghot_hw_disable(struct pghot_hw_set *set);
void pghot_hw_free(struct pghot_hw_set *set);
void pghot_hw_cpu_gone(unsigned int cpu);
void pghot_hw_cpu_back(unsigned int cpu);
void pghot_hw_follow_cpus(struct pghot_hw_set *set);
const struct pghot_hw_params *pghot_hw_parameters(const struct pghot_hw_set *set);
void pghot_hw_get_usage(const struct pghot_hw_set *set,
			struct pghot_hw_usage *usage);
u64 pghot_hw_bytes(void);

#endif /* _MM_PGHOT_HWHINT_EVENT_H */
