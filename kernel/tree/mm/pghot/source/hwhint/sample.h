/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: between the hwhint source, hwhint.c, and its sampling, hwhint_sample.c.
 */
#ifndef _MM_PGHOT_HWHINT_H
#define _MM_PGHOT_HWHINT_H

#include <linux/types.h>

struct netlink_ext_ack;

/* Samples of one CPU that wait to be looked at, at most; a power of two. */
#define PGHOT_HW_RING_SIZE	512

/**
 * struct pghot_hw_params - what to sample, and how often
 * @type: PMU
 * @config: of the event
 * @config1: of the event
 * @config2: of the event
 * @period: shortest sampling period
 * @per_sec: samples per second and CPU, at most
 * @count_kernel: report accesses made in kernel mode
 */
struct pghot_hw_params {
	u32 type;
	u64 config;
	u64 config1;
	u64 config2;
	u64 period;
	u32 per_sec;
	bool count_kernel;
};

/* Sampling with one set of parameters: an event and a ring for each CPU. */
struct pghot_hw_set;

struct pghot_hw_set *pghot_hw_build(const struct pghot_hw_params *params,
				    struct netlink_ext_ack *extack);
void pghot_hw_enable(struct pghot_hw_set *set);
void pghot_hw_disable(struct pghot_hw_set *set);
void pghot_hw_free(struct pghot_hw_set *set);
void pghot_hw_cpu_gone(unsigned int cpu);
void pghot_hw_cpu_back(unsigned int cpu);
void pghot_hw_follow_cpus(struct pghot_hw_set *set);
const struct pghot_hw_params *pghot_hw_parameters(const struct pghot_hw_set *set);
u64 pghot_hw_usage(const struct pghot_hw_set *set, u32 *cpus);
u64 pghot_hw_bytes(void);

#endif /* _MM_PGHOT_HWHINT_H */
