/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the system that pghot depends on, and the files that set them at boot. */
#ifndef PGHOTCTL_NEIGHBOURS_SETTING_H
#define PGHOTCTL_NEIGHBOURS_SETTING_H

#include <limits.h>
#include <stdbool.h>

enum setting {
	SETTING_BALANCING,
	SETTING_RATE_LIMIT,
	SETTING_DEMOTION,
	SETTING_MGLRU,
	SETTINGS,
};

/* Longer values are of none of them, and are cut. */
#define SETTING_VALUE 64

/**
 * struct setting_owner - who sets one
 * @found: anybody does
 * @value: to what, as written there
 * @file: where, without the root
 * @line: of it
 */
struct setting_owner {
	bool found;
	char value[SETTING_VALUE];
	char file[PATH_MAX];
	unsigned int line;
};

/**
 * struct setting_owners - who sets each
 * @at: by enum setting
 * @err: a negative errno when a file could not be read, else 0
 * @err_file: that file
 */
struct setting_owners {
	struct setting_owner at[SETTINGS];
	int err;
	char err_file[PATH_MAX];
};

/**
 * setting_path() - the file of the kernel
 * @setting: which
 *
 * Return: path in /proc/sys or /sys.
 */
const char *setting_path(enum setting setting);

/**
 * setting_name() - what people call it
 * @setting: which
 *
 * Return: name of a sysctl, such as "kernel.numa_balancing", or the path.
 */
const char *setting_name(enum setting setting);

/**
 * setting_is_sysctl() - is it below /proc/sys?
 * @setting: which
 */
bool setting_is_sysctl(enum setting setting);

/**
 * setting_normalize() - path below /proc/sys of a key as sysctl.d(5) has it
 * @key: "kernel.x" or "kernel/x", changed in place
 *
 * Where the first separator is a point, points and slashes change places.
 */
void setting_normalize(char *key);

/**
 * setting_own() - note who sets one
 * @owner: filled
 * @value: cut if it is too long
 * @file: where
 * @line: of it
 */
void setting_own(struct setting_owner *owner, const char *value, const char *file,
		 unsigned int line);

#endif /* PGHOTCTL_NEIGHBOURS_SETTING_H */
