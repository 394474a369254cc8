/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ways to talk to a kernel, and the parameters that differ between them. */
#ifndef PGHOTCTL_BACKEND_KIND_H
#define PGHOTCTL_BACKEND_KIND_H

#include "params.h"

/**
 * enum backend - how to talk to the kernel
 * @BACKEND_AUTO: the family if there is one, else the posted series if that is
 *	there
 * @BACKEND_NETLINK: the family
 * @BACKEND_POSTED: debugfs and sysctl files of the posted series
 *
 * In the order of the words that --backend takes.
 */
enum backend {
	BACKEND_AUTO,
	BACKEND_NETLINK,
	BACKEND_POSTED,
};

/* The parameters that there are, one after the other: pghot_param_at(). */
typedef const struct pghot_param_desc *(*param_at_fn)(unsigned int i);

#endif /* PGHOTCTL_BACKEND_KIND_H */
