/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_RCUPDATE_H
#define SHIM_LINUX_RCUPDATE_H

#include <linux/lockdep.h>
#include <linux/types.h>

#define rcu_read_lock()				((void)0)
#define rcu_read_unlock()			((void)0)
#define rcu_read_lock_held()			1
#define synchronize_rcu()			((void)0)
#define rcu_dereference(p)			(p)
#define rcu_access_pointer(p)			(p)
#define rcu_dereference_protected(p, condition) ((void)(condition), (p))
#define rcu_assign_pointer(p, value)		((void)((p) = (value)))
#define rcu_replace_pointer(p, value, condition) \
	({                                       \
		__auto_type shim_old = (p);      \
		(void)(condition);               \
		(p) = (value);                   \
		shim_old;                        \
	})
#define cond_resched()	   ((void)0)
#define cond_resched_rcu() ((void)0)

#endif
