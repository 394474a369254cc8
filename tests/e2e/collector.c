// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-collector - what pghottop's collector makes of a kernel that refuses
 *
 * Takes samples, and between them loses and regains CAP_SYS_ADMIN and the network
 * namespace that the family lives in. Prints a line for each sample: what was done
 * before, the state, the errno of the pages, how many nodes and pages.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "data/kernel.h"

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* The effective set only, so that it can be had again. */
static void admin(bool on)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &head, data))
		die("capget");
	if (on)
		data[0].effective |= 1U << CAP_SYS_ADMIN;
	else
		data[0].effective &= ~(1U << CAP_SYS_ADMIN);
	if (syscall(SYS_capset, &head, data))
		die("capset");
}

static void sample(void *ctx, const char *after)
{
	static const char *const states[] = {
		[SAMPLE_NONE] = "none",
		[SAMPLE_OK] = "ok",
		[SAMPLE_NO_FAMILY] = "no-family",
		[SAMPLE_FAILED] = "failed",
	};
	const struct query q = { .view = VIEW_QUEUE, .nid = ALL_NODES, .limit = 10 };
	static struct sample s;

	kernel_collector.begin(ctx, &q, &s);
	while (kernel_collector.step(ctx) == COLLECT_MORE) {
		struct pollfd pfd = { .fd = kernel_collector.fd(ctx), .events = POLLIN };

		if (poll(&pfd, 1, 10000) <= 0)
			die("poll");
	}
	printf("%s %s %d %zu %zu\n", after, states[s.state], s.entries_error.errnum, s.nr_nodes,
	       s.nr_entries);
	fflush(stdout);
}

int main(void)
{
	int ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	void *ctx = NULL;

	if (ns < 0 || kernel_collector.open(&ctx))
		die("open");
	sample(ctx, "start");
	admin(false);
	sample(ctx, "refused");
	sample(ctx, "still-refused");
	admin(true);
	sample(ctx, "allowed");
	/* A connection outlives the move; one that must be made anew does not. */
	if (unshare(CLONE_NEWNET))
		die("unshare");
	sample(ctx, "moved");
	admin(false);
	sample(ctx, "moved-refused");
	admin(true);
	sample(ctx, "gone");
	sample(ctx, "still-gone");
	if (setns(ns, CLONE_NEWNET))
		die("setns");
	sample(ctx, "back");
	kernel_collector.close(ctx);
	return 0;
}
