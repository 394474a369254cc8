/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals that end a program, Ctrl-C first of all, read from a descriptor: so they end a
 * wait, and what has been done until then is not lost.
 */
#ifndef PGHOTCTL_BACKEND_STOP_H
#define PGHOTCTL_BACKEND_STOP_H

#include <signal.h>
#include <stdbool.h>

#include "backend/ctx.h"

/**
 * struct stop - SIGINT, SIGTERM and SIGHUP, caught
 * @fd: descriptor that delivers them, -1 while they are not caught
 * @mask: signals that were blocked before: the shell goes on afterwards
 * @asked: one came
 */
struct stop {
	int fd;
	sigset_t mask;
	bool asked;
};

/**
 * stop_catch() - catch them from now on
 * @s: filled
 * @ctx: context; gets the failure
 *
 * Return: exit status.
 */
int stop_catch(struct stop *s, struct ctx *ctx);

/**
 * stop_release() - let them do what they did before, and forget those that came
 * @s: caught or not
 *
 * What ended one command has been dealt with: it shall not end the shell too.
 */
void stop_release(struct stop *s);

/**
 * stop_wait() - wait for a signal, or something else
 * @s: caught; @s->asked is set when one came
 * @fd: what is waited for besides, or -1
 * @ms: how long at most, 0 only looks, -1 for ever
 *
 * Return: 1 when there is something to read from @fd, 0, or a negative errno.
 */
int stop_wait(struct stop *s, int fd, int ms);

#endif /* PGHOTCTL_BACKEND_STOP_H */
