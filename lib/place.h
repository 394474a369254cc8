/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a file that is to be written is: the directory, opened, and the name in it.
 * Symbolic links are followed step by step, so that one that a stranger left for root
 * to follow is noticed, and nobody can exchange a part of the way afterwards.
 */
#ifndef PGHOT_LIB_PLACE_H
#define PGHOT_LIB_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>

/**
 * struct pghot_place - a place for a file
 * @dir: directory, for openat(2) and the like
 * @name: name in it, which is no link that may be followed any more
 * @exists: there is something
 * @st: what there is
 * @magic: @name is a link of /proc to a file that is open; only the kernel can follow it
 */
struct pghot_place {
	int dir;
	char name[NAME_MAX + 1];
	bool exists;
	struct stat st;
	bool magic;
};

/**
 * pghot_place_find() - find the place that a user names
 * @p: filled, for pghot_place_close()
 * @path: name of the file
 *
 * In a directory where everybody may leave files (sticky and writable for all), what
 * belongs neither to us nor to the owner of the directory is refused, link or file.
 * That is the rule of fs.protected_symlinks and fs.protected_regular, whether they
 * are on or not.
 *
 * Return: 0, -EACCES for a link or a file of a stranger, -EISDIR when @path is no
 * name of a file, or another negative errno.
 */
int pghot_place_find(struct pghot_place *p, const char *path);

/**
 * pghot_place_own() - find the place of a file of our own, such as settings
 * @p: filled, for pghot_place_close()
 * @path: absolute name of the file
 * @create: make missing directories, accessible to us only; but never $HOME
 *
 * Links are followed anywhere if they are ours or root's, and no others.
 *
 * Return: 0, -ENOENT when a directory is missing, -EACCES for a link of somebody else,
 * or another negative errno.
 */
int pghot_place_own(struct pghot_place *p, const char *path, bool create);

/**
 * pghot_place_close() - close the directory
 * @p: found
 */
void pghot_place_close(struct pghot_place *p);

#endif /* PGHOT_LIB_PLACE_H */
