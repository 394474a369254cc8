/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tuned(8) and its profiles, which set sysctls and files of sysfs. */
#ifndef PGHOTCTL_NEIGHBOURS_TUNED_H
#define PGHOTCTL_NEIGHBOURS_TUNED_H

#include "neighbours/setting.h"

/* Longer ones are cut. */
#define TUNED_PROFILE 256

/**
 * struct tuned - the profile that is active, with what it includes
 * @profile: its name, several with blanks between, empty when there is none; any bytes
 * @reapply: sysctls of /etc and /run are set again after those of the profile
 * @owners: who sets what
 */
struct tuned {
	char profile[TUNED_PROFILE];
	bool reapply;
	struct setting_owners owners;
};

/**
 * tuned_read() - read it, whether the daemon runs or not
 * @root: prefix of the paths
 * @t: filled
 */
void tuned_read(const char *root, struct tuned *t);

/**
 * tuned_is_enabled() - does it start with the machine?
 * @root: prefix of the paths
 */
bool tuned_is_enabled(const char *root);

#endif /* PGHOTCTL_NEIGHBOURS_TUNED_H */
