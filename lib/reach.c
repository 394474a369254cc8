// SPDX-License-Identifier: GPL-2.0-or-later

#include "reach.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NET_CORE "/proc/sys/net/core/"

/* 0 when there is such a file, or a negative errno. */
static int look(const char *root, const char *path)
{
	char whole[PATH_MAX];

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	return access(whole, F_OK) ? -errno : 0;
}

enum pghot_reach pghot_reach(const char *root, char *why, size_t size)
{
	int err;

	if (why)
		snprintf(why, size, "%s", "");
	/* Of each of the two kinds one that every kernel has. */
	err = look(root, NET_CORE "dev_weight");
	if (!err)
		return PGHOT_REACH_FIRST;
	if (err == -ENOENT)
		err = look(root, NET_CORE "somaxconn");
	if (!err) {
		if (why)
			snprintf(why, size, "%s", PGHOT_REACH_OTHER_TEXT);
		return PGHOT_REACH_OTHER;
	}
	if (why)
		snprintf(why, size, "cannot read " NET_CORE ": %s", strerror(-err));
	return PGHOT_REACH_UNKNOWN;
}
