/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which parts of the tree of cgroups are folded, by their paths: they last over samples. */
#ifndef PGHOTTOP_TABLE_FOLDS_H
#define PGHOTTOP_TABLE_FOLDS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct folds - cgroups below which nothing is shown
 * @nr: how many
 * @max: room
 * @path: their paths
 */
struct folds {
	size_t nr, max;
	char **path;
};

/**
 * folds_has() - is a cgroup folded?
 * @f: folds, may be NULL
 * @path: its path, may be NULL
 */
bool folds_has(const struct folds *f, const char *path);

/**
 * folds_set() - fold a cgroup, or unfold it; without memory it stays as it was
 * @f: folds
 * @path: its path
 * @on: fold it
 */
void folds_set(struct folds *f, const char *path, bool on);

/**
 * folds_release() - unfold all
 * @f: zeroed afterwards
 */
void folds_release(struct folds *f);

#endif
