/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_LOCKDEP_H
#define SHIM_LINUX_LOCKDEP_H

#define lockdep_assert(condition) ((void)0)
#define lockdep_assert_held(lock) ((void)(lock))
#define lockdep_is_held(lock)	  ((void)(lock), 1)

#endif
