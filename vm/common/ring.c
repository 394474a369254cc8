// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "pages.h"

/* More than any record has of what programs here ask for. */
#define RECORD_BYTES 256

/**
 * ring_map - map the buffer of an event
 * @r: filled in
 * @fd: the event, from perf_event_open(2)
 * @pages: size of the buffer, a power of two
 *
 * Return: 0, or a negative errno of mmap(2).
 */
int ring_map(struct ring *r, int fd, size_t pages)
{
	void *p = mmap(NULL, (pages + 1) * PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED)
		return -errno;
	*r = (struct ring){
		.page = p,
		.records = (const uint8_t *)p + PAGE_BYTES,
		.bytes = pages * PAGE_BYTES,
	};
	return 0;
}

/* A record may begin at the end of the buffer and go on at its start. */
static void copy_out(const struct ring *r, uint64_t at, void *to, size_t bytes)
{
	size_t from = at % r->bytes, first = r->bytes - from;

	if (first > bytes)
		first = bytes;
	memcpy(to, r->records + from, first);
	memcpy((uint8_t *)to + first, r->records, bytes - first);
}

/**
 * ring_read - take all records out of the buffer
 * @r: the buffer
 * @take: called with each record, as long as its header says
 * @data: for @take
 */
void ring_read(struct ring *r, void (*take)(const struct perf_event_header *record, void *data),
	       void *data)
{
	uint64_t head = __atomic_load_n(&r->page->data_head, __ATOMIC_ACQUIRE);
	uint64_t tail = r->page->data_tail;
	union {
		struct perf_event_header header;
		uint8_t bytes[RECORD_BYTES];
	} record;

	while (tail < head) {
		copy_out(r, tail, &record.header, sizeof(record.header));
		if (record.header.size <= sizeof(record)) {
			copy_out(r, tail, &record, record.header.size);
			take(&record.header, data);
		}
		tail += record.header.size;
	}
	__atomic_store_n(&r->page->data_tail, tail, __ATOMIC_RELEASE);
}

/**
 * ring_lost - how many records the buffer had no room for
 * @record: of type PERF_RECORD_LOST
 */
uint64_t ring_lost(const struct perf_event_header *record)
{
	uint64_t lost;

	/* The id of the event comes first. */
	memcpy(&lost, (const uint8_t *)record + sizeof(*record) + sizeof(uint64_t), sizeof(lost));
	return lost;
}
