// SPDX-License-Identifier: GPL-2.0-or-later

#include "neighbours/setting.h"

#include <stdio.h>
#include <string.h>

#include "system/system.h"

#define PROC_SYS "/proc/sys/"

static const struct {
	const char *name;
	const char *path;
} settings[SETTINGS] = {
	[SETTING_BALANCING] = { "kernel.numa_balancing", NUMA_BALANCING_PATH },
	[SETTING_RATE_LIMIT] = { "kernel.numa_balancing_promote_rate_limit_MBps",
				 PROC_SYS "kernel/numa_balancing_promote_rate_limit_MBps" },
	[SETTING_DEMOTION] = { DEMOTION_PATH, DEMOTION_PATH },
	[SETTING_MGLRU] = { MGLRU_PATH, MGLRU_PATH },
};

const char *setting_path(enum setting setting)
{
	return settings[setting].path;
}

const char *setting_name(enum setting setting)
{
	return settings[setting].name;
}

bool setting_is_sysctl(enum setting setting)
{
	return !strncmp(settings[setting].path, PROC_SYS, strlen(PROC_SYS));
}

void setting_normalize(char *key)
{
	char *first = strpbrk(key, "./");

	if (!first || *first == '/')
		return;
	for (char *c = first; *c; c++) {
		if (*c == '.')
			*c = '/';
		else if (*c == '/')
			*c = '.';
	}
}

void setting_own(struct setting_owner *owner, const char *value, const char *file,
		 unsigned int line)
{
	owner->found = true;
	owner->line = line;
	snprintf(owner->value, sizeof(owner->value), "%s", value);
	snprintf(owner->file, sizeof(owner->file), "%s", file);
}
