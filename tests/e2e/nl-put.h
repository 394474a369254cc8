/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes of requests from words, for the clients of the tests. */
#ifndef PGHOT_E2E_NL_PUT_H
#define PGHOT_E2E_NL_PUT_H

#include <libmnl/libmnl.h>

#include "nl-family.h"

/**
 * put_attrs() - append attributes to a request, or end the program with status 2
 * @nlh: the request
 * @set: those that have names, or NULL
 * @argv: NAME=VALUE or NUMBER/TYPE=VALUE each, as nl.c tells; changed. Up to a "]" or
 *	NULL
 *
 * Return: how many words these were.
 */
int put_attrs(struct nlmsghdr *nlh, const struct attr_name *set, char **argv);

/* End the program with a message. */
__attribute__((format(printf, 2, 3), noreturn)) void die(int status, const char *fmt, ...);

#endif /* PGHOT_E2E_NL_PUT_H */
