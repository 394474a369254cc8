/* SPDX-License-Identifier: GPL-2.0-or-later */
#define cpus_read_lock()   ((void)0)
#define cpus_read_unlock() ((void)0)
