// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include <linux/types.h>
#include <uapi/linux/pghot.h>

#include "params.h"

#define PARAM(name, id)                                                        \
	{                                                                      \
		name, PGHOT_##id##_DEFAULT, PGHOT_##id##_MIN, PGHOT_##id##_MAX \
	}

struct param scale_params[SCALE_PARAMS] = {
	[PARAM_FREQ_THRESHOLD] = PARAM("freq-threshold", FREQ_THRESHOLD),
	[PARAM_WINDOW_MS] = PARAM("window-ms", WINDOW_MS),
	[PARAM_HOT_LATENCY_MS] = PARAM("hot-latency-ms", HOT_LATENCY_MS),
	[PARAM_SAMPLES_PER_SEC] = PARAM("samples-per-sec", SAMPLES_PER_SEC),
	[PARAM_INTERVAL_MS] = PARAM("interval-ms", LRUSCAN_INTERVAL_MS),
	[PARAM_BUDGET_PAGES] = PARAM("budget-pages", LRUSCAN_BUDGET_PAGES),
	[PARAM_LRUSCAN_CPU_PERCENT] = PARAM("lruscan-cpu-percent", LRUSCAN_CPU_PERCENT),
	[PARAM_SCAN_SIZE_MIB] = PARAM("scan-size-mib", MMSCAN_SCAN_SIZE_MIB),
	[PARAM_SCAN_PERIOD_MIN_MS] = PARAM("scan-period-min-ms", MMSCAN_SCAN_PERIOD_MIN_MS),
	[PARAM_SCAN_PERIOD_MAX_MS] = PARAM("scan-period-max-ms", MMSCAN_SCAN_PERIOD_MAX_MS),
	[PARAM_CPU_PERCENT] = PARAM("cpu-percent", MMSCAN_CPU_PERCENT),
};

struct param *param_by_name(const char *name, size_t len)
{
	for (struct param *p = scale_params; p < scale_params + SCALE_PARAMS; p++) {
		if (strlen(p->name) == len && !strncmp(p->name, name, len))
			return p;
	}
	return NULL;
}
