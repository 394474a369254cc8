/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard input, output and error, which a program may be started without. */
#ifndef PGHOT_LIB_STANDARD_H
#define PGHOT_LIB_STANDARD_H

/**
 * pghot_standard_open() - see that nothing else gets the descriptors 0, 1 and 2
 *
 * Call it before anything is opened. A file or a socket that got one of them would be
 * sent what is meant for people. What stands in for a descriptor that was closed can
 * neither be read nor written, so that both still fail with EBADF.
 *
 * Return: 0 or a negative errno, after which the program should end.
 */
int pghot_standard_open(void);

#endif /* PGHOT_LIB_STANDARD_H */
