// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-workload - memory with a known hot set, and a judge of where it is
 *
 * The workload maps a range, faults it in on the slow node and then accesses it
 * at random: nearly always in a hot set of 4 KiB pages that are scattered over
 * the range, and now and then elsewhere.
 *
 *	range   . . # . . . . # . # . . . . . # . . . . . . # . .	# hot
 *
 * A perfect promoter moves all of # to the fast node and nothing else.  Once per
 * interval the judge asks move_pages(2), which knows nothing of pghot, and prints
 *
 *	recall     share of the hot set that is on the fast node
 *	precision  hot share of what is on the fast node
 *
 * so that "promote everything" and "promote nothing" both look as bad as they
 * are.  The worker threads never stop while the judge looks.
 *
 * Output, a line each, flushed (--json writes an object each instead):
 *
 *	ready pid=N address=0xN pages=N hot=N node=N
 *	mark
 *	sample t=S node0=N node1=N absent=N recall=R precision=R maccess=R
 *	summary seconds=S samples=N max_recall=R reached=S recall=R precision=R
 *
 * t is in seconds since the last SIGUSR1 (a "mark": scripts send it when they
 * turn a detector on) or else since ready; maccess is in million accesses per
 * second; "reached" is when recall first was 0.95 or more after the mark, "-"
 * if it never was; a precision of "-" means that nothing is on the fast node.
 * SIGINT and SIGTERM end the run with a summary.
 */
#include <signal.h>
#include <stdio.h>

#include "common/clock.h"
#include "common/complain.h"
#include "judge.h"
#include "options.h"
#include "range.h"
#include "workers.h"
#include "workload.h"

int main(int argc, char **argv)
{
	struct worker workers[MAX_THREADS];
	struct workload w = { 0 };
	sigset_t signals;

	parse_options(&w.opt, argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	block_signals(&signals);

	range_set_up(&w);
	workers_start(&w, workers);
	judge(&w, &signals);
	workers_stop(&w, workers);
	return finish_output();
}
