// SPDX-License-Identifier: GPL-2.0-or-later

#include "system/demoted.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int demoted_pages(const char *root, unsigned int nid, uint64_t *pages)
{
	/* One for each reclaimer, and the kernel may get more of them. */
	static const char prefix[] = "pgdemote_";
	char path[PATH_MAX], line[256];
	bool found = false;
	uint64_t value;
	FILE *file;
	int len;

	*pages = 0;
	len = snprintf(path, sizeof(path), "%s/sys/devices/system/node/node%u/vmstat", root, nid);
	if (len >= (int)sizeof(path))
		return -ENAMETOOLONG;
	file = fopen(path, "re");
	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, prefix, strlen(prefix)) ||
		    sscanf(line, "%*s %" SCNu64, &value) != 1)
			continue;
		*pages += value;
		found = true;
	}
	if (ferror(file)) {
		fclose(file);
		return -EIO;
	}
	fclose(file);
	return found ? 0 : -ENOENT;
}
