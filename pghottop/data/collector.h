/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_DATA_COLLECTOR_H
#define PGHOTTOP_DATA_COLLECTOR_H

#include <stdint.h>

#include "data/player.h"
#include "data/sample.h"

#define COLLECT_DONE 0
#define COLLECT_MORE 1

/**
 * struct host - file systems that tell about processes and their pages
 * @proc: where proc is mounted
 * @cgroup: where memory cgroups are mounted, "" when they are not
 */
struct host {
	const char *proc, *cgroup;
};

/**
 * struct collector_ops - where samples come from
 * @open: *ctx is set to what the others get; 0 or a negative errno. That there
 *	is no pghot here is no error but the state of samples
 * @begin: start to take a sample; the last one must be done or cancelled.
 *	The sample is cleared and belongs to the collector until it is done
 * @step: go on without waiting: COLLECT_DONE, with what failed told in the
 *	sample, or COLLECT_MORE
 * @fd: descriptor that becomes readable when a step is worthwhile, -1 when none
 *	has to be waited for; ask before each poll
 * @cancel: give the sample under way up
 * @close: free all, ctx may be NULL
 * @record: from now on write each sample that is not of entries only to a file,
 *	which must not exist; NULL when that makes no sense. 0 or a negative errno
 *	with @err
 * @player: what moves through a recording, NULL when there is none to move
 *	through. Samples are those of its position
 * @host: where the machine that samples are of tells more about its pages; NULL,
 *	or returns NULL, when that is not the machine here
 * @progress: how many processes of a sample of processes were looked at, and how many
 *	there are; NULL, or false when that is not what is under way
 *
 * The kernel is one, recordings are another, the tests have a third.
 */
struct collector_ops {
	int (*open)(void **ctx);
	void (*begin)(void *ctx, const struct query *query, struct sample *s);
	int (*step)(void *ctx);
	int (*fd)(void *ctx);
	void (*cancel)(void *ctx);
	void (*close)(void *ctx);
	int (*record)(void *ctx, const char *path, struct pghot_error *err);
	struct player *(*player)(void *ctx);
	const struct host *(*host)(void *ctx);
	bool (*progress)(void *ctx, size_t *done, size_t *all);
};

#endif
