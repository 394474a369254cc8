// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cgstat.c - the files of a memory cgroup
 *
 * memory.numa_stat has what is mapped or cached, node by node; what the kernel has for
 * itself is in neither tier for promotion. Both files are about the cgroups below, too.
 * Those of cgroup v1 have other words, and nothing of tiers.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/cgstat.h"

static FILE *open_at(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	FILE *f;

	if (fd < 0)
		return NULL;
	f = fdopen(fd, "r");
	if (!f)
		close(fd);
	return f;
}

/* Adds the fields "N0=4096" of a line up. */
static void add_nodes(const struct sample *s, int nid, const char *fields, uint64_t unit,
		      struct owner *own)
{
	const char *at = fields;

	while ((at = strstr(at, " N"))) {
		const struct pghot_node *node;
		unsigned int number;
		uint64_t value;

		at += 2;
		if (sscanf(at, "%u=%" SCNu64, &number, &value) != 2)
			continue;
		node = sample_node(s, (int)number);
		if (!node)
			continue;
		/* The tab of a node is about its own tier only. */
		if (sample_node(s, nid) && sample_node(s, nid)->toptier == node->toptier &&
		    nid != (int)number)
			continue;
		*(node->toptier ? &own->fast : &own->slow) += value / unit;
		own->placed = true;
	}
}

static void read_places(int dir, const struct sample *s, int nid, struct owner *own)
{
	FILE *f = open_at(dir, "memory.numa_stat");
	uint64_t page = s->page_size ? s->page_size : 1;
	char *line = NULL;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0) {
		if (!strncmp(line, "anon ", 5) || !strncmp(line, "file ", 5))
			add_nodes(s, nid, line, page, own);
		else if (!strncmp(line, "hierarchical_total=", 19))
			add_nodes(s, nid, line, 1, own);
	}
	free(line);
	if (f)
		fclose(f);
}

static void read_moves(int dir, struct owner *own)
{
	FILE *f = open_at(dir, "memory.stat");
	char name[64];
	uint64_t value;

	while (f && fscanf(f, "%63s %" SCNu64, name, &value) == 2) {
		if (!strcmp(name, "pgpromote_success")) {
			own->promoted = value;
			own->counted = true;
		} else if (!strncmp(name, "pgdemote_", 9)) {
			own->demoted += value;
		}
	}
	if (f)
		fclose(f);
}

void cgstat_read(const char *root, const struct sample *s, int nid, struct owner *own)
{
	struct stat st;
	int top, dir;

	if (!own->path)
		return;
	top = open(root, O_RDONLY | O_DIRECTORY | O_PATH | O_CLOEXEC);
	if (top < 0)
		return;
	dir = openat(top, own->path[1] ? own->path + 1 : ".",
		     O_RDONLY | O_DIRECTORY | O_PATH | O_CLOEXEC);
	close(top);
	if (dir < 0)
		return;
	if (!own->ino && !fstat(dir, &st))
		own->ino = st.st_ino;
	read_places(dir, s, nid, own);
	read_moves(dir, own);
	close(dir);
}
