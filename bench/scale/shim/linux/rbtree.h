/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trees in order, of a few hundred nodes at most: lists. */
#ifndef SHIM_LINUX_RBTREE_H
#define SHIM_LINUX_RBTREE_H

#include <linux/types.h>

struct rb_node {
	struct rb_node *next;
};

struct rb_root_cached {
	struct rb_node *first;
};

#define rb_entry(ptr, type, member) container_of(ptr, type, member)

static inline struct rb_node *rb_first_cached(const struct rb_root_cached *tree)
{
	return tree->first;
}

/* Behind those that are equal. */
static inline void rb_add_cached(struct rb_node *node, struct rb_root_cached *tree,
				 bool (*less)(struct rb_node *, const struct rb_node *))
{
	struct rb_node **at = &tree->first;

	while (*at && !less(node, *at))
		at = &(*at)->next;
	node->next = *at;
	*at = node;
}

static inline void rb_erase_cached(struct rb_node *node, struct rb_root_cached *tree)
{
	struct rb_node **at = &tree->first;

	while (*at != node)
		at = &(*at)->next;
	*at = node->next;
}

#endif
