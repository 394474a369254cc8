// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * placement - the outside judge: move_pages(2) without a list of target nodes
 * moves nothing and reports the node of every page it is asked about
 *
 * The system call takes mmap_lock for reading and looks each page up; it does
 * not touch accessed bits, so that judging does not make a page look used.
 */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "placement.h"

/* Pages per call: bounds the time that mmap_lock is held at a stretch. */
#define CHUNK 4096

/**
 * placement_take - count the pages of a range by node
 * @p: filled in
 * @base: first byte of the range, aligned to @page_size
 * @pages: length of the range in pages
 * @page_size: the unit to ask in, in bytes; huge pages are asked about piecewise
 * @is_hot: for each page, non-zero when it is of the hot set
 *
 * Not a snapshot: pages may move while the census is being taken.
 *
 * Return: 0, or a negative errno of move_pages(2).
 */
int placement_take(struct placement *p, const void *base, size_t pages, size_t page_size,
		   const uint8_t *is_hot)
{
	const void *addr[CHUNK];
	int node[CHUNK];
	size_t done, i, n;

	memset(p, 0, sizeof(*p));
	for (done = 0; done < pages; done += n) {
		n = pages - done < CHUNK ? pages - done : CHUNK;
		for (i = 0; i < n; i++)
			addr[i] = (const char *)base + (done + i) * page_size;

		if (syscall(SYS_move_pages, 0, n, addr, NULL, node, 0) < 0)
			return -errno;

		for (i = 0; i < n; i++) {
			bool hot = is_hot[done + i];

			p->hot += hot;
			if (node[i] < 0 || node[i] >= PLACEMENT_NODES) {
				p->absent++;
				continue;
			}
			p->on_node[node[i]]++;
			p->hot_on_node[node[i]] += hot;
		}
	}
	return 0;
}

/**
 * placement_recall - share of the hot set that is on a node
 * @p: a census
 * @node: the node, less than PLACEMENT_NODES
 *
 * Return: 0.0 to 1.0; 0.0 when the hot set is empty.
 */
double placement_recall(const struct placement *p, int node)
{
	return p->hot ? (double)p->hot_on_node[node] / p->hot : 0.0;
}

/**
 * placement_precision - hot share of the pages that are on a node
 * @p: a census
 * @node: the node, less than PLACEMENT_NODES
 * @precision: 0.0 to 1.0, set only when there is one
 *
 * Return: false when the node holds no page of the range: no precision then.
 */
bool placement_precision(const struct placement *p, int node, double *precision)
{
	if (!p->on_node[node])
		return false;
	*precision = (double)p->hot_on_node[node] / p->on_node[node];
	return true;
}
