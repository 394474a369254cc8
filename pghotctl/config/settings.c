// SPDX-License-Identifier: GPL-2.0-or-later

#include "config/settings.h"

#include <errno.h>

#include "system/system.h"

int settings_read(struct ctx *ctx, struct settings *s)
{
	int ret = query_params(ctx, &s->params);

	if (!ret)
		ret = query_sources(ctx, &s->sources);
	if (ret)
		return ret;
	s->numa_balancing_err = numa_balancing_get(ctx->root, &s->numa_balancing);
	s->demotion_err = demotion_get(ctx->root, &s->demotion);
	return STATUS_OK;
}

int settings_get(const struct settings *s, enum conf_section section, uint32_t source,
		 const struct pghot_param_desc *desc, int64_t *value)
{
	switch (section) {
	case CONF_PARAMETERS:
		if (!pghot_has(s->params.present, desc->attr))
			return -ENOENT;
		*value = s->params.value[desc->attr];
		return 0;
	case CONF_SOURCE:
		for (size_t i = 0; i < s->sources.nr; i++) {
			const struct pghot_source *src = &s->sources.at[i];

			if (src->id != source)
				continue;
			*value = desc->attr == CONF_ENABLED ? src->enabled
							    : src->params.value[desc->attr];
			return 0;
		}
		return -ENOENT;
	case CONF_SYSTEM:
		if (desc->attr == CONF_NUMA_BALANCING) {
			*value = s->numa_balancing;
			return s->numa_balancing_err;
		}
		*value = s->demotion;
		return s->demotion_err;
	}
	return -EINVAL;
}
