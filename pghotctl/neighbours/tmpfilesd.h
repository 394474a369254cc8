/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of sysfs that are written at boot: tmpfiles.d(5). */
#ifndef PGHOTCTL_NEIGHBOURS_TMPFILESD_H
#define PGHOTCTL_NEIGHBOURS_TMPFILESD_H

#include "neighbours/setting.h"

/**
 * tmpfilesd_read() - who writes them
 * @root: prefix of the paths
 * @owners: those of sysfs are filled
 */
void tmpfilesd_read(const char *root, struct setting_owners *owners);

#endif /* PGHOTCTL_NEIGHBOURS_TMPFILESD_H */
