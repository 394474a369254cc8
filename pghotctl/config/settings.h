/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What pghot.conf(5) can set, as the kernel has it now. */
#ifndef PGHOTCTL_CONFIG_SETTINGS_H
#define PGHOTCTL_CONFIG_SETTINGS_H

#include "backend/ctx.h"
#include "backend/query.h"
#include "config/conf.h"

/**
 * struct settings - all that can be set
 * @params: parameters
 * @sources: sources with their parameters
 * @numa_balancing: kernel.numa_balancing
 * @numa_balancing_err: why that is not known, a negative errno
 * @demotion: may reclaim demote?
 * @demotion_err: why that is not known
 */
struct settings {
	struct pghot_params params;
	struct source_list sources;
	int numa_balancing;
	int numa_balancing_err;
	bool demotion;
	int demotion_err;
};

/**
 * settings_read() - ask the kernel
 * @ctx: context
 * @s: filled
 *
 * Return: exit status.
 */
int settings_read(struct ctx *ctx, struct settings *s);

/**
 * settings_get() - the present value of a setting
 * @s: settings
 * @section: where it stands
 * @source: CONF_SOURCE: enum pghot_source_id
 * @desc: what is asked for
 * @value: result
 *
 * Return: 0, -ENOENT when the kernel has no such thing, or another negative errno.
 */
int settings_get(const struct settings *s, enum conf_section section, uint32_t source,
		 const struct pghot_param_desc *desc, int64_t *value);

#endif /* PGHOTCTL_CONFIG_SETTINGS_H */
