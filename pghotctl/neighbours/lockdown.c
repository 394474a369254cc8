// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the levels take, by Linux 6.12:
 *  integrity        files of debugfs that can be written, or have more mode bits than
 *                   0444 (fs/debugfs/file.c). Those of pghot are 0400 and stay; knobs of
 *                   the posted series are 0644 and go.
 *  confidentiality  tracefs (LOCKDOWN_TRACEFS), and with it the trace events.
 * What stays: the netlink family with its dumps of page frame numbers, sysfs and sysctls,
 * and hwhint, for LOCKDOWN_PERF refuses only samples of registers in perf_event_open(2),
 * and the events of hwhint are the kernel's own and have none.
 */

#include "neighbours/lockdown.h"

#include <string.h>

#include "system/system.h"

#define LOCKDOWN_PATH "/sys/kernel/security/lockdown"

void look_at_lockdown(const char *root, const struct neighbours_pghot *pghot, struct neighbours *n)
{
	bool confidential;
	char line[128];

	/* Without the file the kernel has no lockdown, or securityfs is not mounted. */
	if (system_read(root, LOCKDOWN_PATH, line, sizeof(line)))
		return;
	confidential = strstr(line, "[confidentiality]");
	if (pghot->posted && (confidential || strstr(line, "[integrity]")))
		neighbour_add(n, "lockdown-debugfs", NEIGHBOUR_CAVEAT,
			      "boot without lockdown= and with Secure Boot off; until then only "
			      "sysctls can be set",
			      "the kernel is locked down (%s): the posted series has parameters in "
			      "debugfs, which can be neither read nor set",
			      confidential ? "confidentiality" : "integrity");
	if (confidential)
		neighbour_add(n, "lockdown-tracefs", NEIGHBOUR_CAVEAT,
			      pghot->family ? "pghotctl monitor promotion"
					    : "pghotctl stats --watch 1",
			      "the kernel is locked down (confidentiality): trace events of pghot "
			      "cannot be used; all else of it works");
}
