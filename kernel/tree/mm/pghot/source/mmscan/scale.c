// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: what a process asks for, its scan scale, see
 * uapi/linux/pghot_prctl.h. It needs no privilege: a process cannot have itself
 * scanned more often than the administrator's scan-period-min-ms says.
 *
 * A scale is kept as itself plus one. What mm_alloc() zeroes for an execve so has
 * the default, and what dup_mm() copies for a fork has that of the parent, also
 * for processes that were there before the source was ever enabled.
 */
#include <linux/mm.h>
#include <linux/pghot.h>
#include <linux/prctl.h>
#include <linux/sched.h>

#include "source/mmscan/mmscan.h"

/* Behind pghot_mm_init(). */
void __pghot_mm_init(struct mm_struct *mm)
{
	mm->pghot = (struct pghot_mm){
		.scale = mm->pghot.scale,
		.exec_scale = mm->pghot.exec_scale,
	};
}

/**
 * pghot_mm_exec - an address space replaces another
 * @mm: the new one, not yet in use
 * @old: of the process until now; NULL when it is a kernel thread
 *
 * What was asked for the next execve is used up: after vfork the old address space is
 * that of the parent, who goes on with it.
 */
void pghot_mm_exec(struct mm_struct *mm, struct mm_struct *old)
{
	mm->pghot.scale = old ? xchg(&old->pghot.exec_scale, 0) : 0;
}

static long set_scale(unsigned long scale, unsigned long flags)
{
	struct pghot_mm *pm = &current->mm->pghot;

	if (scale > PGHOT_SCAN_SCALE_MAX || flags & ~PR_PGHOT_SCAN_SCALE_EXEC)
		return -EINVAL;

	if (flags & PR_PGHOT_SCAN_SCALE_EXEC) {
		WRITE_ONCE(pm->exec_scale, scale + 1);
		return 0;
	}
	WRITE_ONCE(pm->scale, scale + 1);
	/* When that is heard of, and what comes of it, is for the daemon to say. */
	WRITE_ONCE(pm->asked, 1);
	return 0;
}

static long get_scale(unsigned long flags)
{
	u8 exec_scale = READ_ONCE(current->mm->pghot.exec_scale);

	if (flags & ~PR_PGHOT_SCAN_SCALE_EXEC)
		return -EINVAL;
	if (flags & PR_PGHOT_SCAN_SCALE_EXEC)
		return (exec_scale ?: PGHOT_SCAN_SCALE_DEFAULT + 1) - 1;

	return mmscan_scale(&current->mm->pghot);
}

/**
 * pghot_prctl - prctl(PR_PGHOT, ...)
 * @op: PR_PGHOT_SET_SCAN_SCALE or PR_PGHOT_GET_SCAN_SCALE
 * @arg3: the scale, or flags
 * @arg4: flags, or 0
 * @arg5: 0
 *
 * Context: the process that asks.
 * Return: 0, the scale, or -EINVAL.
 */
long pghot_prctl(unsigned long op, unsigned long arg3, unsigned long arg4,
		 unsigned long arg5)
{
	if (arg5)
		return -EINVAL;

	switch (op) {
	case PR_PGHOT_SET_SCAN_SCALE:
		return set_scale(arg3, arg4);
	case PR_PGHOT_GET_SCAN_SCALE:
		return arg4 ? -EINVAL : get_scale(arg3);
	default:
		return -EINVAL;
	}
}
