/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOT_LIB_ERRNAME_H
#define PGHOT_LIB_ERRNAME_H

/**
 * pghot_errname() - the name of an error, as errno(3) lists them
 * @errnum: positive errno
 *
 * What strerrorname_np() is in glibc, and not in every C library.
 *
 * Return: such as "EPERM", NULL for a number without a name.
 */
const char *pghot_errname(int errnum);

#endif /* PGHOT_LIB_ERRNAME_H */
