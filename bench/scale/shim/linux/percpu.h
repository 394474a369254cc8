/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_PERCPU_H
#define SHIM_LINUX_PERCPU_H

#include <linux/bits.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <stdlib.h>

/* CPUs that there are; what they would do happens on the first. */
extern unsigned int shim_cpus;

/*
 * A page of the sample stands for so many of the machine, and each counts: an increment
 * of a counter is one for all of them.
 */
extern u32 shim_count;

#define num_possible_cpus()	   shim_cpus
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < (int)shim_cpus; (cpu)++)
#define alloc_percpu(type)	   ((type *)calloc(shim_cpus, sizeof(type)))
#define free_percpu(p)		   free(p)
#define per_cpu_ptr(p, cpu)	   ((p) + (cpu))
#define this_cpu_ptr(p)		   (p)
#define this_cpu_inc(x)		   ((void)((x) += shim_count))
#define this_cpu_dec(x)		   ((void)((x) -= shim_count))

#endif
