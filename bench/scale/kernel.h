/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's files find around them: the clock, two nodes, and page frames. Those
 * from 0 on are the sample of slow memory, one for each page of it, whatever its size.
 */
#ifndef SCALE_KERNEL_H
#define SCALE_KERNEL_H

#include <linux/mm.h>
#include <linux/types.h>

/* Compact index of the one target. */
#define KERNEL_TARGET 1

/* What has been demoted is found from here on; so many are kept apart. */
#define KERNEL_DEMOTED	    (1UL << 40)
#define KERNEL_DEMOTED_KEPT 4096U

/**
 * struct kernel_world - what the model says of the machine
 * @fast_pages: base pages of the target
 * @page_pages: base pages of a page of the sample
 * @full: fast memory is full, not plenty
 * @is_up: has a page of the sample been promoted?
 * @young: has a page been accessed since it was asked for last?
 * @arg: passed to both
 */
struct kernel_world {
	unsigned long fast_pages;
	unsigned int page_pages;
	bool full;
	bool (*is_up)(void *arg, unsigned long pfn);
	bool (*young)(void *arg, unsigned long pfn);
	void *arg;
};

void kernel_set_world(const struct kernel_world *world);

#endif
