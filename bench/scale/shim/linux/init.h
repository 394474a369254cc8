/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_INIT_H
#define SHIM_LINUX_INIT_H

#include <linux/types.h>

/* Booting is what happens before main(). */
#define late_initcall(fn)                                            \
	static void __attribute__((constructor)) shim_initcall(void) \
	{                                                            \
		(void)fn();                                          \
	}

#endif
