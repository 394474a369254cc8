/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sysctls that are set at boot: sysctl.d(5) and sysctl.conf(5). */
#ifndef PGHOTCTL_NEIGHBOURS_SYSCTLD_H
#define PGHOTCTL_NEIGHBOURS_SYSCTLD_H

#include "neighbours/setting.h"

/**
 * sysctld_read() - who sets them last
 * @root: prefix of the paths
 * @owners: those of sysctls are filled
 */
void sysctld_read(const char *root, struct setting_owners *owners);

#endif /* PGHOTCTL_NEIGHBOURS_SYSCTLD_H */
