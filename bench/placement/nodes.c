// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nodes - which NUMA node a physical address is on, from the links that sysfs has from
 * every node to its memory blocks
 *
 * A block is of one node.  That of a page frame is thus known without asking the kernel
 * for each page.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nodes.h"

#define NODES_MAX 64

static int find_blocks_of(struct nodes *n, unsigned int node)
{
	struct dirent *entry;
	char path[64];
	int found = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%u", node);
	dir = opendir(path);
	if (!dir)
		return 0;
	while ((entry = readdir(dir))) {
		unsigned int block;
		char rest;

		if (sscanf(entry->d_name, "memory%u%c", &block, &rest) != 1 ||
		    block >= NODES_MAX_BLOCKS)
			continue;
		n->of_block[block] = node;
		found++;
	}
	closedir(dir);
	return found;
}

/**
 * nodes_find - look at all nodes
 * @n: filled in
 *
 * Memory that comes or goes later is not noticed.
 *
 * Return: NULL, or what is wrong, as a sentence's end.
 */
const char *nodes_find(struct nodes *n)
{
	static const char path[] = "/sys/devices/system/memory/block_size_bytes";
	FILE *f = fopen(path, "re");
	unsigned int node;
	char line[64];
	int found = 0;

	memset(n->of_block, -1, sizeof(n->of_block));
	if (!f)
		return "there are no memory blocks: the kernel is without CONFIG_MEMORY_HOTPLUG";
	n->block_bytes = fgets(line, sizeof(line), f) ? strtoull(line, NULL, 16) : 0;
	fclose(f);
	for (node = 0; node < NODES_MAX; node++)
		found += find_blocks_of(n, node);
	if (!n->block_bytes || !found)
		return "the nodes of the memory blocks are not known";
	return NULL;
}
