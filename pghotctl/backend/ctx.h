/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command has to work with; main owns the only one. */
#ifndef PGHOTCTL_BACKEND_CTX_H
#define PGHOTCTL_BACKEND_CTX_H

#include "backend/kind.h"
#include "backend/posted.h"
#include "output/failure.h"
#include "output/out.h"

struct ctl;

/**
 * struct ctx - context of the program
 * @out: writer of standard output
 * @failure: why the command failed, filled before it returns a status
 * @ctl: connection of the control plane, opened when first needed
 * @sigpipe: what SIGPIPE did when the program was started
 * @sigxfsz: likewise SIGXFSZ
 * @root: prefix of /proc and /sys, empty on a running system
 * @asked: backend that was asked for last
 * @backend: how to talk to the kernel, BACKEND_AUTO until it is known
 * @posted: the posted series, if that is there
 * @posted_found: it is there
 * @location: of the line that is being run: "FILE:LINE", empty outside of files
 */
struct ctx {
	struct out out;
	struct failure failure;
	struct ctl *ctl;
	void (*sigpipe)(int signal);
	void (*sigxfsz)(int signal);
	const char *root;
	enum backend asked;
	enum backend backend;
	struct posted posted;
	bool posted_found;
	const char *location;
};

#endif /* PGHOTCTL_BACKEND_CTX_H */
