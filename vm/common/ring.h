/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ring - the buffer in which the kernel leaves the records of a perf event
 */
#ifndef PGHOT_VM_RING_H
#define PGHOT_VM_RING_H

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct ring - one event's buffer
 * @page: the kernel's and our positions in it
 * @records: the buffer itself
 * @bytes: its length
 */
struct ring {
	struct perf_event_mmap_page *page;
	const uint8_t *records;
	size_t bytes;
};

int ring_map(struct ring *r, int fd, size_t pages);
void ring_read(struct ring *r, void (*take)(const struct perf_event_header *record, void *data),
	       void *data);
uint64_t ring_lost(const struct perf_event_header *record);

#endif /* PGHOT_VM_RING_H */
