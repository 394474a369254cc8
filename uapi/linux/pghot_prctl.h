/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * prctl(2) operations of pghot: how eagerly the source mmscan looks at the
 * memory of this process.
 *
 *	prctl(PR_PGHOT, PR_PGHOT_SET_SCAN_SCALE, scale, flags, 0)
 *	prctl(PR_PGHOT, PR_PGHOT_GET_SCAN_SCALE, flags, 0, 0)
 *
 * A scale is a number from 0 to PGHOT_SCAN_SCALE_MAX: 0 keeps the process from
 * being scanned, and higher ones have it scanned sooner and more often. A child
 * process inherits it. What is started by execve(2) begins with
 * PGHOT_SCAN_SCALE_DEFAULT, unless its predecessor has set another scale with
 * the flag PR_PGHOT_SCAN_SCALE_EXEC; that sets nothing for itself, and holds for
 * the next execve(2) only, not for those that follow.
 *
 * The first returns 0, the second the scale. EINVAL: an operation, scale or flag
 * that there is not, or a kernel without the source.
 */
#ifndef _UAPI_LINUX_PGHOT_PRCTL_H
#define _UAPI_LINUX_PGHOT_PRCTL_H

#define PR_PGHOT			0x50474854	/* "PGHT" */
#define PR_PGHOT_SET_SCAN_SCALE		1
#define PR_PGHOT_GET_SCAN_SCALE		2

/* Flags: the scale of what this process executes next, not its own. */
#define PR_PGHOT_SCAN_SCALE_EXEC	1

#define PGHOT_SCAN_SCALE_DEFAULT	1
#define PGHOT_SCAN_SCALE_MAX		10

#endif /* _UAPI_LINUX_PGHOT_PRCTL_H */
