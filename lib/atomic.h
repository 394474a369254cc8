/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that others read while they are written: there as a whole, or not at all. */
#ifndef PGHOT_LIB_ATOMIC_H
#define PGHOT_LIB_ATOMIC_H

#include <limits.h>
#include <stdio.h>
#include <sys/types.h>

/**
 * struct atomic_file - a file being written
 * @file: write here
 * @path: what it becomes
 * @temp: what it is until then; empty when @path is no regular file (a device, a
 *	pipe), which is written to directly
 */
struct atomic_file {
	FILE *file;
	char path[PATH_MAX];
	char temp[PATH_MAX];
};

/**
 * atomic_open() - begin to write a file
 * @f: filled
 * @path: name of the file; if it is a symbolic link, what that points at is replaced
 * @mode: permissions of a file that is new, less the umask
 *
 * Return: 0 or a negative errno.
 */
int atomic_open(struct atomic_file *f, const char *path, mode_t mode);

/**
 * atomic_commit() - the file is complete: bring it to the disk and into its place
 * @f: file, which is closed in any case
 *
 * Permissions are those of the file that is replaced, if there was one.
 *
 * Return: 0, or a negative errno with the former file still in its place.
 */
int atomic_commit(struct atomic_file *f);

/**
 * atomic_abort() - forget it
 * @f: file, which is closed
 */
void atomic_abort(struct atomic_file *f);

#endif /* PGHOT_LIB_ATOMIC_H */
