// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rules of sysctl.d(5): of files with one name only the first directory's counts;
 * files apply in the order of their names, and the last wins; a key in full wins over
 * patterns, and one that has a "-" and no value is out of reach for them.
 */

#include "neighbours/sysctld.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "neighbours/confdir.h"

static const char *const dirs[] = { "/etc/sysctl.d",	 "/run/sysctl.d", "/usr/local/lib/sysctl.d",
				    "/usr/lib/sysctl.d", "/lib/sysctl.d", NULL };

/* systemd does not read it but by a link in the first of them; procps and tuned do, last. */
#define SYSCTL_CONF "/etc/sysctl.conf"

struct found {
	struct setting_owner by_name[SETTINGS];
	struct setting_owner by_pattern[SETTINGS];
	bool excluded[SETTINGS];
};

static void take_line(char *line, const char *file, unsigned int number, void *data)
{
	struct found *found = data;
	bool minus = line[0] == '-';
	char *key = line, *value;

	if (!line[0] || line[0] == '#' || line[0] == ';')
		return;
	value = strchr(line, '=');
	if (value)
		*value++ = '\0';
	else if (!minus)
		return;
	key = conf_trim(key + minus);
	setting_normalize(key);
	for (enum setting s = 0; s < SETTINGS; s++) {
		const char *name = setting_path(s) + strlen("/proc/sys/");

		if (!setting_is_sysctl(s))
			continue;
		if (!strcmp(key, name)) {
			found->excluded[s] = !value;
			if (value)
				setting_own(&found->by_name[s], conf_trim(value), file, number);
		} else if (value && !fnmatch(key, name, FNM_PATHNAME)) {
			setting_own(&found->by_pattern[s], conf_trim(value), file, number);
		}
	}
}

void sysctld_read(const char *root, struct setting_owners *owners)
{
	struct found *found = calloc(1, sizeof(*found));
	int err;

	if (!found) {
		owners->err = -ENOMEM;
		snprintf(owners->err_file, sizeof(owners->err_file), "%s", dirs[0]);
		return;
	}
	err = confdir_read(root, dirs, take_line, found, owners->err_file);
	if (err)
		owners->err = err;
	err = confdir_read_file(root, SYSCTL_CONF, take_line, found);
	if (err && err != -ENOENT) {
		owners->err = err;
		snprintf(owners->err_file, sizeof(owners->err_file), "%s", SYSCTL_CONF);
	}
	for (enum setting s = 0; s < SETTINGS; s++) {
		if (found->by_name[s].found)
			owners->at[s] = found->by_name[s];
		else if (found->by_pattern[s].found && !found->excluded[s])
			owners->at[s] = found->by_pattern[s];
	}
	free(found);
}
