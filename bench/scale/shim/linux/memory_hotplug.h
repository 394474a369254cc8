/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/mm.h>

#define get_online_mems() ((void)0)
#define put_online_mems() ((void)0)
