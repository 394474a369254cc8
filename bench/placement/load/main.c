// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-load - memory with a known popularity of every page, and a judge of where
 * the accesses go
 *
 * Each page has a weight, the probability that an access is one of it.  Worker
 * processes draw pages by these weights as fast as they can.  Once per interval the
 * judge, a process of its own, looks up the page frame of every page in
 * /proc/PID/pagemap, and the node of that; the weights of what is on the fast node add up to
 *
 *	hit	the share of accesses that the fast node serves
 *
 * which is exact: nothing is sampled, and pghot is not asked.  For comparison:
 *
 *	oracle	the hit if the heaviest pages were there, as many as have room
 *
 * Output, one JSON object per line:
 *
 *	ready    the memory is there and being accessed; the clock waits for SIGUSR1
 *	sample   one look; t_s counts from SIGUSR1
 *	summary  CPU time of the workers and what they did since then
 */
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "census.h"
#include "common/clock.h"
#include "common/complain.h"
#include "judge.h"
#include "load.h"
#include "options.h"
#include "common/pages.h"
#include "popularity.h"
#include "workers.h"

static void make_phases(struct load *l)
{
	unsigned int i;

	l->nr_phases = 1;
	/* The last second of a run is not the first of another phase. */
	if (l->opt.shift_s)
		l->nr_phases += (l->opt.seconds - 1) / l->opt.shift_s;
	for (i = 0; i < l->nr_phases; i++)
		popularity_make(&l->phases[i], &l->opt, l->pages, l->opt.seed * 1000 + i);
}

int main(int argc, char **argv)
{
	static struct census census;
	static struct load l;
	sigset_t signals;

	parse_options(&l.opt, argc, argv);
	census_find_nodes(&census);
	setvbuf(stdout, NULL, _IOLBF, 0);
	l.pages = l.opt.mib * PAGES_PER_MIB;
	make_phases(&l);

	l.control = mmap(NULL, sizeof(*l.control), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (l.control == MAP_FAILED)
		die("out of memory");

	block_signals(&signals);
	workers_start(&l);
	census_open(&census, &l);
	judge(&l, &census, &signals);
	workers_stop(&l);
	return finish_output();
}
