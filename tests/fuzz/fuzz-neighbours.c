// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of others that set what pghot depends on: of sysctl.d(5), tmpfiles.d(5) and tuned.conf(5).
 * The same bytes are one of each.
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "neighbours/sysctld.h"
#include "neighbours/tmpfilesd.h"
#include "neighbours/tuned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const dirs[] = { "/etc", "/etc/sysctl.d", "/etc/tmpfiles.d", "/etc/tuned",
				    "/etc/tuned/a" };
static const char *const files[] = { "/etc/sysctl.d/a.conf", "/etc/tmpfiles.d/a.conf",
				     "/etc/tuned/a/tuned.conf", "/etc/tuned/tuned-main.conf" };
static char root[] = "/tmp/fuzz-neighbours-XXXXXX";

static void remove_all(void)
{
	char path[128];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", root, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/etc/tuned/active_profile", root);
	unlink(path);
	for (size_t i = sizeof(dirs) / sizeof(dirs[0]); i; i--) {
		snprintf(path, sizeof(path), "%s%s", root, dirs[i - 1]);
		rmdir(path);
	}
	rmdir(root);
}

static void put(const char *name, const void *data, size_t size)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s%s", root, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
}

static void make_all(void)
{
	char path[128];

	if (!mkdtemp(root))
		abort();
	atexit(remove_all);
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", root, dirs[i]);
		if (mkdir(path, 0700))
			abort();
	}
	put("/etc/tuned/active_profile", "a\n", 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct setting_owners owners;
	static struct tuned tuned;
	static bool made;

	if (!made)
		make_all();
	made = true;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		put(files[i], data, size);
	memset(&owners, 0, sizeof(owners));
	sysctld_read(root, &owners);
	tmpfilesd_read(root, &owners);
	tuned_read(root, &tuned);
	return 0;
}
