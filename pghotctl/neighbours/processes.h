/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Daemons that move pages between nodes, by the names of their processes. */
#ifndef PGHOTCTL_NEIGHBOURS_PROCESSES_H
#define PGHOTCTL_NEIGHBOURS_PROCESSES_H

#include <stdbool.h>

#include "neighbours/neighbour.h"

/* Of the table in processes.c. */
#define PROCESSES_DAEMONS 3

/**
 * struct processes - what the list of processes tells
 * @daemons: for each that is known, how many processes there are, and the lowest PID
 * @tuned: the daemon of tuned(8) runs
 * @kdamonds: threads of DAMON
 * @hidden: not all processes can be seen from here
 * @elsewhere: this is a PID namespace of its own, as in a container
 */
struct processes {
	struct {
		unsigned int nr;
		int pid;
	} daemons[PROCESSES_DAEMONS];
	bool tuned;
	unsigned int kdamonds;
	bool hidden;
	bool elsewhere;
};

/**
 * processes_read() - go through /proc once
 * @root: prefix of /proc
 * @p: filled
 */
void processes_read(const char *root, struct processes *p);

/**
 * look_at_processes() - which of them interfere?
 * @p: from processes_read()
 * @n: added to
 */
void look_at_processes(const struct processes *p, struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_PROCESSES_H */
