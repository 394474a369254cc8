/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What /proc/kpageflags and its like say of a page frame. */
#ifndef PGHOTTOP_DATA_KPAGE_H
#define PGHOTTOP_DATA_KPAGE_H

#include <stddef.h>
#include <stdint.h>

/**
 * kpage_read() - the number that a file has for a page frame
 * @proc: where proc is mounted
 * @file: "kpageflags" or "kpagecount"
 * @pfn: page frame
 * @value: set to the number
 *
 * Return: 0, -ENXIO when there is no such frame, or another negative errno.
 */
int kpage_read(const char *proc, const char *file, uint64_t pfn, uint64_t *value);

/**
 * kpage_flag_name() - name of a flag of kpageflags
 * @bit: number of the bit
 *
 * Return: name, NULL when it has none.
 */
const char *kpage_flag_name(unsigned int bit);

#endif
