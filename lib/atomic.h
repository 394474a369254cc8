/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that others read while they are written: there as a whole, or not at all. */
#ifndef PGHOT_LIB_ATOMIC_H
#define PGHOT_LIB_ATOMIC_H

#include <limits.h>
#include <stdio.h>
#include <sys/types.h>

#include "place.h"

/**
 * struct atomic_file - a file being written
 * @file: write here
 * @place: what it becomes
 * @temp: its name in the same directory until then; empty when it is written to
 *	directly, because it is no regular file (a device, a pipe) or because its owner
 *	could not be kept
 * @fresh: it must not replace anything
 */
struct atomic_file {
	FILE *file;
	struct pghot_place place;
	bool fresh;
	char temp[NAME_MAX + 1];
};

/**
 * atomic_open() - begin to write a file
 * @f: filled
 * @path: name of the file; if it is a symbolic link, what that points at is written.
 *	What strangers left is refused: pghot_place_find()
 * @mode: permissions of a file that is new, less the umask
 *
 * Owner, group, permissions and access list are those of the file that is replaced, if
 * there is one. A group that cannot be kept loses its permissions. Where a process may not
 * give a file away, and the file belongs to somebody else, it is written to directly, as by
 * a shell's redirection. SIGXFSZ should
 * be ignored, so that a file that grows too long fails instead of ending the process.
 *
 * Return: 0 or a negative errno.
 */
int atomic_open(struct atomic_file *f, const char *path, mode_t mode);

/**
 * atomic_open_beside() - begin to write a file that may come to nothing
 * @f: filled
 * @path: as of atomic_open()
 * @mode: likewise
 *
 * As atomic_open(), but what is replaced is never written to directly before, unless it is
 * no regular file.
 *
 * Return: 0, -EPERM when the file belongs to somebody to whom it cannot be given, or
 * another negative errno.
 */
int atomic_open_beside(struct atomic_file *f, const char *path, mode_t mode);

/**
 * atomic_open_new() - begin to write a file that must not be there yet
 * @f: filled
 * @path: name of the file
 * @mode: permissions, less the umask
 *
 * One that somebody else makes before this one takes its place is not replaced, either.
 *
 * Return: 0, -EEXIST, or another negative errno.
 */
int atomic_open_new(struct atomic_file *f, const char *path, mode_t mode);

/**
 * atomic_open_at() - begin to write a file whose place is known
 * @f: filled
 * @place: where it goes, which is taken over
 * @mode: as of atomic_open()
 *
 * Return: 0 or a negative errno.
 */
int atomic_open_at(struct atomic_file *f, const struct pghot_place *place, mode_t mode);

/**
 * atomic_commit() - the file is complete: bring it to the disk and into its place
 * @f: file, which is closed in any case
 *
 * Return: 0, or a negative errno with the former file still in its place.
 */
int atomic_commit(struct atomic_file *f);

/**
 * atomic_place() - give the file its name while it goes on being written
 * @f: file, which stays open; a no-op when it has been done, or is not to be done
 *
 * For what grows for long and whose beginning is of use.
 *
 * Return: 0 or a negative errno.
 */
int atomic_place(struct atomic_file *f);

/**
 * atomic_abort() - forget it
 * @f: file, which is closed
 */
void atomic_abort(struct atomic_file *f);

#endif /* PGHOT_LIB_ATOMIC_H */
