// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of processes can be had for the asking, by prctl(2). So one is only ever a hint,
 * which names the process for people to look at; and there may be ten thousand of them,
 * so that of each name only the number and the lowest PID are kept.
 */

#include "neighbours/processes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Inode of the PID namespace that the machine starts with, include/linux/proc_ns.h. */
#define PROC_PID_INIT_INO 0xEFFFFFFCU

/* clang-format off */
static const struct {
	const char *comm;
	enum neighbour_severity severity;
	const char *does;
	const char *way_out; /* NULL: kill it by its PID */
} daemons[PROCESSES_DAEMONS] = {
	/*
	 * github.com/intel/memtierd: promotes and demotes by move_pages(2), after trackers
	 * that clear accessed bits. Under Kubernetes nri-memtierd starts one per container.
	 */
	{ "memtierd", NEIGHBOUR_CONFLICT,
	  "it moves pages between fast and slow nodes by its own policy, and its trackers clear "
	  "the accessed bits that lruscan and mmscan look at", NULL },
	/* numad(8), in Debian and Fedora: migrate_pages(2) for whole processes. */
	{ "numad", NEIGHBOUR_CONFLICT,
	  "it moves all memory of a process to the nodes that it chooses, whatever is hot",
	  "systemctl disable --now numad" },
	/* github.com/intel/memory-optimizer: move_pages(2) to DRAM and to persistent memory. */
	{ "sys-refs", NEIGHBOUR_CONFLICT,
	  "the memory-optimizer moves pages between fast and slow nodes by its own policy", NULL },
	/*
	 * No daemons: damo(1) and the HMSDK write to DAMON's files and leave the rest to its
	 * thread, which damon.c looks at; hmctl and the library of HeMem work within a process.
	 */
};
/* clang-format on */

/* Return: bytes read, with a final zero behind them; 0 for none or a failure. */
static size_t read_at(int proc, const char *pid, const char *name, char *buf, size_t size)
{
	char path[NAME_MAX + 16];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", pid, name);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	len = fd < 0 ? -1 : read(fd, buf, size - 1);
	if (fd >= 0)
		close(fd);
	if (len < 0)
		len = 0;
	buf[len] = '\0';
	return (size_t)len;
}

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "/usr/bin/python3 -Es /usr/sbin/tuned -l": what the interpreter runs. */
static bool interprets(const char *args, size_t len, const char *script)
{
	const char *end = args + len;

	for (const char *arg = args + strlen(args) + 1; arg < end; arg += strlen(arg) + 1) {
		if (arg[0] != '-')
			return !strcmp(base(arg), script);
	}
	return false;
}

static void take_process(int proc, const char *pid, struct processes *p)
{
	char comm[64], args[4096];
	size_t len;

	if (!read_at(proc, pid, "comm", comm, sizeof(comm)))
		return;
	/* A name may have a newline in it, and the file ends with one. */
	len = strlen(comm);
	if (len && comm[len - 1] == '\n')
		comm[len - 1] = '\0';
	if (!strncmp(comm, "kdamond.", 8)) {
		p->kdamonds++;
		return;
	}
	for (size_t i = 0; i < PROCESSES_DAEMONS; i++) {
		int nr = atoi(pid);

		if (strcmp(comm, daemons[i].comm))
			continue;
		/* What has ended has no arguments, nor has a thread of the kernel. */
		if (!read_at(proc, pid, "cmdline", args, sizeof(args)))
			return;
		if (!p->daemons[i].nr++ || nr < p->daemons[i].pid)
			p->daemons[i].pid = nr;
		return;
	}
	if (!strcmp(comm, "tuned")) {
		p->tuned = true;
	} else if (!strncmp(comm, "python", 6)) {
		len = read_at(proc, pid, "cmdline", args, sizeof(args));
		p->tuned |= interprets(args, len, "tuned");
	}
}

void processes_read(const char *root, struct processes *p)
{
	bool any = false, first = false;
	char path[PATH_MAX];
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	memset(p, 0, sizeof(*p));
	snprintf(path, sizeof(path), "%s/proc/self/ns/pid", root);
	p->elsewhere = !stat(path, &st) && st.st_ino != PROC_PID_INIT_INO;
	snprintf(path, sizeof(path), "%s/proc", root);
	dir = opendir(path);
	if (!dir) {
		/* That it is not mounted is told once, elsewhere. */
		p->hidden = errno != ENOENT;
		return;
	}
	while ((entry = readdir(dir))) {
		const char *pid = entry->d_name;

		if (pid[0] < '1' || pid[0] > '9' || pid[strspn(pid, "0123456789")])
			continue;
		any = true;
		first |= !strcmp(pid, "1");
		take_process(dirfd(dir), pid, p);
	}
	closedir(dir);
	/* With hidepid= the first process, which is root's, is not among them. */
	p->hidden = any && !first;
}

void look_at_processes(const struct processes *p, struct neighbours *n)
{
	for (size_t i = 0; i < PROCESSES_DAEMONS; i++) {
		const char *way_out = daemons[i].way_out;
		char kill[32], more[32] = "";

		if (!p->daemons[i].nr)
			continue;
		if (!way_out) {
			snprintf(kill, sizeof(kill), "kill %d", p->daemons[i].pid);
			way_out = kill;
		}
		if (p->daemons[i].nr > 1)
			snprintf(more, sizeof(more), " and %u more", p->daemons[i].nr - 1);
		neighbour_add(n, "tiering-daemon", daemons[i].severity, way_out,
			      "%s runs (process %d%s): %s", daemons[i].comm, p->daemons[i].pid,
			      more, daemons[i].does);
	}
	if (p->hidden)
		neighbour_add(n, "processes-hidden", NEIGHBOUR_UNKNOWN, "run it as root",
			      "processes of others are hidden: it is not known whether one of them "
			      "moves pages");
	else if (p->elsewhere)
		neighbour_add(
			n, "processes-elsewhere", NEIGHBOUR_UNKNOWN,
			"run it on the host, outside of the container",
			"this is a PID namespace of its own: it is not known whether a process "
			"outside of it moves pages");
}
