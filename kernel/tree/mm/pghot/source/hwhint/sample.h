/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: samples, from the processor to a report; what sample.c and event.c share.
 */
#ifndef _MM_PGHOT_HWHINT_SAMPLE_H
#define _MM_PGHOT_HWHINT_SAMPLE_H

#include <linux/irq_work.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <asm/local.h>

#include "source/hwhint/evidence.h"
#include "source/hwhint/rate.h"

struct perf_event;
struct perf_sample_data;
struct pghot_hw_set;
struct pt_regs;

/**
 * struct pghot_hw_params - what to sample, and how often
 * @type: PMU
 * @config: of the event
 * @config1: of the event
 * @config2: of the event
 * @period: shortest sampling period
 * @per_sec: samples per second and CPU, at most
 * @count_kernel: report accesses made in kernel mode
 * @isolated_cpus: sample CPUs that are isolated from others' work, too
 */
struct pghot_hw_params {
	u32 type;
	u64 config;
	u64 config1;
	u64 config2;
	u64 period;
	u32 per_sec;
	bool count_kernel;
	bool isolated_cpus;
};

/**
 * struct pghot_hw_cpu - sampling on one CPU
 * @event: the event; NULL when the CPU is not sampled
 * @presence: state of the CPU when @event was made, see event.c
 * @set: what it belongs to
 * @rate: of its samples
 * @period: in use
 * @head: slots ever reserved; the handler, see sample.c
 * @tail: slots ever taken; the drain
 * @pages: base pages of the folios that were reported, ever; the drain
 * @cached: samples that a cache has answered and were not yet counted
 * @unaddressed: samples without an address that were not yet counted
 * @dropped: samples that met a full ring and were not yet counted
 * @throttled: times that perf throttled the event, not yet counted
 * @soon: drains at the next tick
 * @now: drains as soon as interrupts are on
 * @ring: page frame numbers, possibly with the bit of kernel mode
 */
struct pghot_hw_cpu {
	struct perf_event *event;
	unsigned int presence;
	struct pghot_hw_set *set;
	struct pghot_hw_rate rate;
	u64 period;
	local_t head;
	unsigned long tail;
	u64 pages;
	local_t cached;
	local_t unaddressed;
	local_t dropped;
	local_t throttled;
	struct irq_work soon;
	struct irq_work now;
	unsigned long ring[PGHOT_HW_RING_SIZE];
};

/**
 * struct pghot_hw_set - sampling on all CPUs
 * @params: with these parameters
 * @precise: attr.precise_ip that the PMU needs to deliver addresses
 * @exclude: the PMU can leave out kernel mode and guests by itself
 * @ask_source: the PMU tells who answered an access
 * @translate: the PMU tells linear addresses only, which are those of the host
 * @is_hardware: samples are of accesses, not of page faults
 * @weight: heat that a sample adds at present
 * @follow_at: jiffies at which @weight is to follow the number of samples
 * @follow: does so
 * @followed_at: jiffies at which it last did
 * @followed_pages: sum of pghot_hw_cpu.pages at that time
 * @pace: of samples
 * @cpus: one per possible CPU
 */
struct pghot_hw_set {
	struct pghot_hw_params params;
	unsigned int precise;
	bool exclude;
	bool ask_source;
	bool translate;
	bool is_hardware;

	unsigned int weight;
	unsigned long follow_at;
	struct work_struct follow;
	unsigned long followed_at;
	u64 followed_pages;
	struct pghot_hw_pace pace;

	struct pghot_hw_cpu __percpu *cpus;
};

void pghot_hw_overflow(struct perf_event *event, struct perf_sample_data *data,
		       struct pt_regs *regs);
void pghot_hw_init_samples(struct pghot_hw_set *set);
void pghot_hw_begin_samples(struct pghot_hw_set *set);
void pghot_hw_sync_cpu(struct pghot_hw_cpu *hc);
void pghot_hw_end_samples(struct pghot_hw_set *set);

#endif /* _MM_PGHOT_HWHINT_SAMPLE_H */
