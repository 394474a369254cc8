/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_JIFFIES_H
#define SHIM_LINUX_JIFFIES_H

#include <linux/time64.h>
#include <linux/types.h>

/* As Debian has it. */
#define HZ	      250
#define SHIM_JIFFY_MS (MSEC_PER_SEC / HZ)

/* Simulated time: moved by shim_set_time() alone. */
extern unsigned long jiffies;

void shim_set_time(u64 ns);
u64 ktime_get_ns(void);

static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return j * SHIM_JIFFY_MS;
}

static inline unsigned long msecs_to_jiffies(unsigned int ms)
{
	return (ms + SHIM_JIFFY_MS - 1) / SHIM_JIFFY_MS;
}

static inline unsigned long nsecs_to_jiffies(u64 ns)
{
	return ns / (SHIM_JIFFY_MS * NSEC_PER_MSEC);
}

static inline bool time_after(unsigned long a, unsigned long b)
{
	return (long)(b - a) < 0;
}

static inline bool time_before(unsigned long a, unsigned long b)
{
	return time_after(b, a);
}

#endif
