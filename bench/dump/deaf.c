// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a kernel that is made up does not have: all of pghotctl/backend/netlink.c but the
 * requests, which the program that this is linked into answers itself. The connection is
 * there and has no state; nothing ever happens.
 */

#include <errno.h>

#include "backend/netlink.h"

static int no_events(struct pghot_error *err)
{
	return pghot_error_set(err, EOPNOTSUPP, "this kernel is made up, and has no events");
}

int ctl_open(struct ctl **ctlp, struct pghot_error *err)
{
	static char there;

	(void)err;
	*ctlp = (struct ctl *)&there;
	return 0;
}

void ctl_close(struct ctl *ctl)
{
	(void)ctl;
}

int ctl_join(struct ctl *ctl, const char *group, struct pghot_error *err)
{
	(void)ctl;
	(void)group;
	return no_events(err);
}

int ctl_fd(const struct ctl *ctl)
{
	(void)ctl;
	return -1;
}

int ctl_wait(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err)
{
	(void)ctl;
	(void)fn;
	(void)data;
	return no_events(err);
}

int ctl_drain(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err)
{
	return ctl_wait(ctl, fn, data, err);
}
