/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Binary heaps in arrays: the children of entry i are 2i + 1 and 2i + 2. */
#ifndef SHIM_LINUX_MIN_HEAP_H
#define SHIM_LINUX_MIN_HEAP_H

#include <linux/types.h>
#include <string.h>

#define DEFINE_MIN_HEAP(type, name) \
	struct name {               \
		int nr;             \
		int size;           \
		type *data;         \
	}

struct min_heap_callbacks {
	bool (*less)(const void *lhs, const void *rhs, void *args);
	void (*swp)(void *lhs, void *rhs, void *args);
};

static inline void shim_sift_down(char *data, size_t size, int nr, int at,
				  const struct min_heap_callbacks *f, void *args)
{
	for (;;) {
		int child = 2 * at + 1;

		if (child >= nr)
			return;
		if (child + 1 < nr && f->less(data + (child + 1) * size, data + child * size, args))
			child++;
		if (!f->less(data + child * size, data + at * size, args))
			return;
		f->swp(data + child * size, data + at * size, args);
		at = child;
	}
}

static inline void shim_sift_up(char *data, size_t size, int at, const struct min_heap_callbacks *f,
				void *args)
{
	while (at > 0) {
		int parent = (at - 1) / 2;

		if (!f->less(data + at * size, data + parent * size, args))
			return;
		f->swp(data + at * size, data + parent * size, args);
		at = parent;
	}
}

static inline void shim_heapify(char *data, size_t size, int nr, const struct min_heap_callbacks *f,
				void *args)
{
	for (int at = nr / 2 - 1; at >= 0; at--)
		shim_sift_down(data, size, nr, at, f, args);
}

#define min_heap_init(heap, storage, capacity) \
	((void)((heap)->nr = 0, (heap)->size = (capacity), (heap)->data = (storage)))
#define min_heap_full(heap) ((heap)->nr == (heap)->size)
#define min_heap_peek(heap) ((heap)->nr ? (heap)->data : NULL)
#define min_heapify_all(heap, f, args) \
	shim_heapify((char *)(heap)->data, sizeof(*(heap)->data), (heap)->nr, f, args)
#define min_heap_push(heap, entry, f, args)                                                        \
	({                                                                                         \
		bool shim_room = !min_heap_full(heap);                                             \
		if (shim_room) {                                                                   \
			(heap)->data[(heap)->nr] = *(entry);                                       \
			shim_sift_up((char *)(heap)->data, sizeof(*(heap)->data), (heap)->nr++, f, \
				     args);                                                        \
		}                                                                                  \
		shim_room;                                                                         \
	})
#define min_heap_pop(heap, f, args)                                                                \
	({                                                                                         \
		bool shim_any = (heap)->nr;                                                        \
		if (shim_any) {                                                                    \
			(heap)->data[0] = (heap)->data[--(heap)->nr];                              \
			shim_sift_down((char *)(heap)->data, sizeof(*(heap)->data), (heap)->nr, 0, \
				       f, args);                                                   \
		}                                                                                  \
		shim_any;                                                                          \
	})

#endif
