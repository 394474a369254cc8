/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What hardware tells of an access: the part of it that source/hwhint/evidence.h asks for. */
#ifndef SHIM_UAPI_LINUX_PERF_EVENT_H
#define SHIM_UAPI_LINUX_PERF_EVENT_H

#include <linux/bits.h>
#include <linux/types.h>

#define PERF_MEM_LVL_HIT      BIT(1)
#define PERF_MEM_LVL_MISS     BIT(2)
#define PERF_MEM_LVL_L1	      BIT(3)
#define PERF_MEM_LVL_L2	      BIT(5)
#define PERF_MEM_LVL_L3	      BIT(6)
#define PERF_MEM_LVL_LOC_RAM  BIT(7)
#define PERF_MEM_LVL_REM_RAM1 BIT(8)
#define PERF_MEM_LVL_REM_RAM2 BIT(9)
#define PERF_MEM_LVL_REM_CCE1 BIT(10)
#define PERF_MEM_LVL_REM_CCE2 BIT(11)

#define PERF_MEM_LVLNUM_L1	  1
#define PERF_MEM_LVLNUM_L2	  2
#define PERF_MEM_LVLNUM_L3	  3
#define PERF_MEM_LVLNUM_ANY_CACHE 11
#define PERF_MEM_LVLNUM_NA	  15

union perf_mem_data_src {
	u64 val;
	struct {
		u64 mem_op : 5, mem_lvl : 14, mem_snoop : 5, mem_lock : 2, mem_dtlb : 7,
			mem_lvl_num : 4;
	};
};

#endif
