/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command has to work with; main owns the only one. */
#ifndef PGHOTCTL_CTX_H
#define PGHOTCTL_CTX_H

#include "failure.h"
#include "out.h"

struct ctl;

/**
 * struct ctx - context of the program
 * @out: writer of standard output
 * @failure: why the command failed, filled before it returns a status
 * @ctl: connection of the control plane, opened when first needed
 * @sigpipe: what SIGPIPE did when the program was started
 * @root: prefix of /proc and /sys, empty on a running system
 */
struct ctx {
	struct out out;
	struct failure failure;
	struct ctl *ctl;
	void (*sigpipe)(int signal);
	const char *root;
};

#endif /* PGHOTCTL_CTX_H */
