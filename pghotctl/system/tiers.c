// SPDX-License-Identifier: GPL-2.0-or-later

#include "system/tiers.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system/system.h"

#define TIERING "/sys/devices/virtual/memory_tiering"
#define HAS_CPU "/sys/devices/system/node/has_cpu"

/* Lists of nodes may be long. */
#define LIST_BYTES 4096

int tiers_parse_list(const char *list, void (*fn)(unsigned int nid, void *data), void *data)
{
	while (*list) {
		unsigned long first, last;
		char *end;

		if (*list < '0' || *list > '9')
			return -EINVAL;
		first = last = strtoul(list, &end, 10);
		if (*end == '-') {
			list = end + 1;
			if (*list < '0' || *list > '9')
				return -EINVAL;
			last = strtoul(list, &end, 10);
		}
		if (first > last || last >= PGHOT_NODES_MAX)
			return -EINVAL;
		for (unsigned long nid = first; nid <= last; nid++)
			fn((unsigned int)nid, data);
		if (*end == ',' && end[1])
			end++;
		else if (*end)
			return -EINVAL;
		list = end;
	}
	return 0;
}

/* Tier of each node, -1 for none; which have CPUs. */
struct map {
	int32_t tier[PGHOT_NODES_MAX];
	bool has_cpu[PGHOT_NODES_MAX];
	int32_t current;
};

static void take_tier(unsigned int nid, void *data)
{
	struct map *m = data;

	m->tier[nid] = m->current;
}

static void take_cpu(unsigned int nid, void *data)
{
	struct map *m = data;

	m->has_cpu[nid] = true;
}

static int read_list(const char *root, const char *path, void (*fn)(unsigned int, void *),
		     struct map *m)
{
	char list[LIST_BYTES];
	int err = system_read(root, path, list, sizeof(list));

	return err ? err : tiers_parse_list(list, fn, m);
}

static int read_tiers(const char *root, struct map *m)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;
	int err = 0;

	snprintf(path, sizeof(path), "%s%s", root, TIERING);
	dir = opendir(path);
	if (!dir)
		return -errno;
	while (!err && (entry = readdir(dir))) {
		if (sscanf(entry->d_name, "memory_tier%d", &m->current) != 1)
			continue;
		snprintf(path, sizeof(path), TIERING "/memory_tier%d/nodelist", m->current);
		err = read_list(root, path, take_tier, m);
	}
	closedir(dir);
	return err;
}

int tiers_read(const char *root, struct pghot_info *info)
{
	struct map *m = malloc(sizeof(*m));
	int32_t top = -1;
	int err;

	if (!m)
		return -ENOMEM;
	memset(m->tier, 0xff, sizeof(m->tier));
	memset(m->has_cpu, 0, sizeof(m->has_cpu));
	err = read_tiers(root, m);
	if (!err)
		err = read_list(root, HAS_CPU, take_cpu, m);
	for (unsigned int nid = 0; !err && nid < PGHOT_NODES_MAX; nid++) {
		if (m->has_cpu[nid] && m->tier[nid] > top)
			top = m->tier[nid];
	}
	info->nr_tiers = 0;
	for (unsigned int nid = 0; !err && nid < PGHOT_NODES_MAX; nid++) {
		if (m->tier[nid] < 0)
			continue;
		info->tiers[info->nr_tiers++] = (struct pghot_tier){
			.nid = nid, .tier = m->tier[nid], .toptier = m->tier[nid] <= top
		};
	}
	free(m);
	return err;
}
