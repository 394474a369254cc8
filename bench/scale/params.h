/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parameters of pghot that the model has: the kernel's defaults, unless told otherwise. */
#ifndef SCALE_PARAMS_H
#define SCALE_PARAMS_H

#include <stddef.h>
#include <stdint.h>

enum scale_param {
	PARAM_FREQ_THRESHOLD,
	PARAM_WINDOW_MS,
	PARAM_HOT_LATENCY_MS,
	PARAM_SAMPLES_PER_SEC,
	PARAM_INTERVAL_MS,
	PARAM_BUDGET_PAGES,
	PARAM_LRUSCAN_CPU_PERCENT,
	PARAM_SCAN_SIZE_MIB,
	PARAM_SCAN_PERIOD_MIN_MS,
	PARAM_SCAN_PERIOD_MAX_MS,
	PARAM_CPU_PERCENT,
	SCALE_PARAMS,
};

/*
 * A parameter as `pghotctl set` and `pghotctl source set` name it; where two sources have
 * one of that name, with the name of one before it.
 */
struct param {
	const char *name;
	uint32_t value;
	uint32_t least;
	uint32_t most;
};

extern struct param scale_params[SCALE_PARAMS];

static inline uint32_t param_value(enum scale_param param)
{
	return scale_params[param].value;
}

/* NULL when there is no such name. */
struct param *param_by_name(const char *name, size_t len);

#endif
