// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-witness - where the accesses of programs go that nobody here wrote
 *
 * Samples memory accesses with AMD's Instruction Based Sampling, as "perf record -a -d
 * --phys-data" would, and looks up the node of each physical address.  Counted are
 * accesses by the processes of one control group:
 *
 *	hit	the share of those in user mode that the fast node served
 *
 * It samples for one window, then rests for much longer: a detector that uses IBS as
 * well shares the hardware with it only meanwhile.  Nobody's accessed bits are touched.
 *
 * Output, one JSON object per line, as bench-load does: ready, after one window by
 * which somebody may judge the time before; then, from SIGUSR1 on, a sample per window
 * and a summary.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/arguments.h"
#include "common/clock.h"
#include "common/complain.h"
#include "common/random.h"
#include "common/ring.h"
#include "nodes.h"

#define MAX_CPUS   64
#define MAX_NODES  64
#define MAX_PIDS   1024
#define RING_PAGES 256

/* Micro-ops are counted, not cycles: samples are distributed as instructions are. */
#define IBS_OP_CNT_CTL (1ULL << 19)

/* Between two visits to the ring buffers, and changes of the period. */
#define SLICE_NS 20000000LL

#define IBS_TYPE "/sys/bus/event_source/devices/ibs_op/type"

/** struct counter - IBS on one CPU, and its ring buffer */
struct counter {
	int fd;
	struct ring ring;
};

/**
 * struct witness - everything
 * @cgroup: directory of the control group
 * @fast_node: the one that serves hits
 * @period: micro-ops between two samples
 * @seconds: length of the run, from SIGUSR1
 * @every_s: from window to window
 * @window_ms: length of a window
 * @counters: one for each of @cpus
 * @nodes: which node an address is on
 * @random: state of a random sequence
 * @pids: processes of the group, as of the start of the window
 */
struct witness {
	const char *cgroup;
	unsigned long fast_node;
	unsigned long period;
	unsigned long seconds;
	unsigned long every_s;
	unsigned long window_ms;
	struct counter counters[MAX_CPUS];
	unsigned int cpus;
	struct nodes nodes;
	uint64_t random;
	uint32_t pids[MAX_PIDS];
	unsigned int nr_pids;
};

/** struct tally - samples of one window, or of all */
struct tally {
	unsigned long user;
	unsigned long user_fast;
	unsigned long kernel;
	unsigned long kernel_fast;
	unsigned long others;
	unsigned long lost;
};

/* What sample_type asks for, in the kernel's order. */
struct sample {
	struct perf_event_header header;
	uint32_t pid, tid;
	uint64_t phys_addr;
};

static void usage(void)
{
	printf("Usage: bench-witness --cgroup DIR [OPTION]...\n"
	       "Report what share of the memory accesses of a control group the fast node\n"
	       "serves, by samples of AMD's IBS.\n"
	       "\n"
	       "  --cgroup DIR     the group, such as /sys/fs/cgroup/load\n"
	       "  --seconds N      length of the run, from SIGUSR1 (default 90)\n"
	       "  --every N        seconds from window to window (default 5)\n"
	       "  --window MS      length of a window (default 1000)\n"
	       "  --period N       micro-ops between two samples, on average (default 8192)\n"
	       "  --fast-node N    the node that serves hits (default 0)\n"
	       "  --help\n"
	       "\n"
	       "Exit status: 0 done, 1 failed, 2 wrong usage.\n");
}

static void parse_options(struct witness *w, int argc, char **argv)
{
	enum {
		OPT_CGROUP = 256,
		OPT_SECONDS,
		OPT_EVERY,
		OPT_WINDOW,
		OPT_PERIOD,
		OPT_FAST_NODE,
		OPT_HELP,
	};
	static const struct option options[] = {
		{ "cgroup", required_argument, NULL, OPT_CGROUP },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "every", required_argument, NULL, OPT_EVERY },
		{ "window", required_argument, NULL, OPT_WINDOW },
		{ "period", required_argument, NULL, OPT_PERIOD },
		{ "fast-node", required_argument, NULL, OPT_FAST_NODE },
		{ "help", no_argument, NULL, OPT_HELP },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*w = (struct witness){
		.period = 8192,
		.seconds = 90,
		.every_s = 5,
		.window_ms = 1000,
		.random = seed_random(1),
	};
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case OPT_CGROUP:
			w->cgroup = optarg;
			break;
		case OPT_SECONDS:
			w->seconds = parse_number("seconds", optarg, 1, 86400);
			break;
		case OPT_EVERY:
			w->every_s = parse_number("every", optarg, 1, 86400);
			break;
		case OPT_WINDOW:
			w->window_ms = parse_number("window", optarg, 10, 60000);
			break;
		case OPT_PERIOD:
			w->period = parse_number("period", optarg, 1024, 1UL << 26);
			break;
		case OPT_FAST_NODE:
			w->fast_node = parse_number("fast-node", optarg, 0, MAX_NODES - 1);
			break;
		case OPT_HELP:
			usage();
			exit(finish_output());
		default:
			refer_to_help();
		}
	}
	if (optind < argc)
		wrong_usage("unexpected argument '%s'", argv[optind]);
	if (!w->cgroup)
		wrong_usage("--cgroup is needed");
}

static unsigned long read_number(const char *path, int base)
{
	FILE *f = fopen(path, "re");
	char line[64];

	if (!f || !fgets(line, sizeof(line), f))
		die("%s: %s", path, strerror(errno));
	fclose(f);
	return strtoul(line, NULL, base);
}

/* --- whose accesses ------------------------------------------------------------------ */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void find_pids(struct witness *w)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/cgroup.procs", w->cgroup);
	f = fopen(path, "re");
	if (!f)
		die("%s: %s", path, strerror(errno));
	w->nr_pids = 0;
	while (w->nr_pids < MAX_PIDS && fscanf(f, "%" SCNu32, &w->pids[w->nr_pids]) == 1)
		w->nr_pids++;
	fclose(f);
	qsort(w->pids, w->nr_pids, sizeof(w->pids[0]), by_number);
}

static bool is_of_group(const struct witness *w, uint32_t pid)
{
	return bsearch(&pid, w->pids, w->nr_pids, sizeof(pid), by_number);
}

/* --- sampling ------------------------------------------------------------------------ */

static void open_counters(struct witness *w)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = read_number(IBS_TYPE, 10),
		.config = IBS_OP_CNT_CTL,
		.sample_period = w->period,
		.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_PHYS_ADDR,
		.disabled = 1,
	};
	long cpus = sysconf(_SC_NPROCESSORS_ONLN), cpu;
	int err;

	if (cpus > MAX_CPUS)
		die("more than %d CPUs", MAX_CPUS);
	for (cpu = 0; cpu < cpus; cpu++) {
		struct counter *c = &w->counters[cpu];

		c->fd = syscall(SYS_perf_event_open, &attr, -1, (int)cpu, -1, PERF_FLAG_FD_CLOEXEC);
		if (c->fd < 0)
			die("perf_event_open on CPU %ld: %s", cpu, strerror(errno));
		err = ring_map(&c->ring, c->fd, RING_PAGES);
		if (err)
			die("a ring buffer of CPU %ld: %s", cpu, strerror(-err));
	}
	w->cpus = cpus;
}

static void switch_counters(const struct witness *w, bool on)
{
	unsigned int cpu;

	for (cpu = 0; cpu < w->cpus; cpu++)
		if (ioctl(w->counters[cpu].fd, on ? PERF_EVENT_IOC_ENABLE : PERF_EVENT_IOC_DISABLE,
			  0))
			die("switching the counter of CPU %u: %s", cpu, strerror(errno));
}

/*
 * A loop takes the same number of micro-ops each time: with a fixed period, samples would
 * always hit the same of its instructions.
 */
static void vary_period(struct witness *w)
{
	unsigned int cpu;
	uint64_t period;

	period = w->period * 3 / 4 + pick(next_random(&w->random) >> 32, w->period / 2);
	/* The hardware counts in steps of 16. */
	period &= ~15ULL;
	for (cpu = 0; cpu < w->cpus; cpu++)
		if (ioctl(w->counters[cpu].fd, PERF_EVENT_IOC_PERIOD, &period))
			die("the period of CPU %u: %s", cpu, strerror(errno));
}

static void count(const struct witness *w, const struct sample *s, struct tally *t)
{
	bool fast = nodes_of(&w->nodes, s->phys_addr) == (int)w->fast_node;

	/* Instructions that access no memory have no address. */
	if (!s->phys_addr)
		return;
	if (!is_of_group(w, s->pid)) {
		t->others++;
	} else if ((s->header.misc & PERF_RECORD_MISC_CPUMODE_MASK) == PERF_RECORD_MISC_USER) {
		t->user++;
		t->user_fast += fast;
	} else {
		t->kernel++;
		t->kernel_fast += fast;
	}
}

/** struct count_args - for take_record() */
struct count_args {
	const struct witness *w;
	struct tally *tally;
};

static void take_record(const struct perf_event_header *record, void *data)
{
	const struct count_args *args = data;

	if (record->type == PERF_RECORD_SAMPLE)
		count(args->w, (const struct sample *)record, args->tally);
	else if (record->type == PERF_RECORD_LOST)
		args->tally->lost += ring_lost(record);
}

/* One window. */
static struct tally look(struct witness *w, const sigset_t *none)
{
	int64_t end = now_ns() + w->window_ms * 1000000LL;
	struct tally t = { 0 };
	struct count_args args = { w, &t };
	unsigned int cpu;
	bool more;

	find_pids(w);
	switch_counters(w, true);
	do {
		/* A ring holds what comes in that time. */
		int64_t next = now_ns() + SLICE_NS;

		vary_period(w);
		more = next < end;
		sleep_until(more ? next : end, none);
		if (!more)
			switch_counters(w, false);
		for (cpu = 0; cpu < w->cpus; cpu++)
			ring_read(&w->counters[cpu].ring, take_record, &args);
	} while (more);
	return t;
}

static void say(const char *event, double t_s, const struct tally *t)
{
	printf("{\"event\":\"%s\",\"t_s\":%.3f", event, t_s);
	if (t->user)
		printf(",\"hit\":%.5f", (double)t->user_fast / t->user);
	else
		printf(",\"hit\":null");
	if (t->kernel)
		printf(",\"kernel_hit\":%.5f", (double)t->kernel_fast / t->kernel);
	else
		printf(",\"kernel_hit\":null");
	printf(",\"samples\":%lu,\"kernel_samples\":%lu,\"other_samples\":%lu,\"lost\":%lu}\n",
	       t->user, t->kernel, t->others, t->lost);
}

int main(int argc, char **argv)
{
	static struct witness w;
	struct tally t, all = { 0 };
	sigset_t signals, none;
	const char *wrong;
	int64_t since, next;
	double t_s;
	int sig;

	parse_options(&w, argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	sigemptyset(&none);
	block_signals(&signals);

	wrong = nodes_find(&w.nodes);
	if (wrong)
		die("%s", wrong);
	open_counters(&w);
	t = look(&w, &none);
	say("ready", 0, &t);
	if (sigwait(&signals, &sig) || sig != SIGUSR1)
		die("stopped before it began");

	since = next = now_ns();
	do {
		sig = sleep_until(next, &signals);
		if (sig == SIGINT || sig == SIGTERM)
			break;
		if (sig)
			continue;
		t_s = seconds_between(since, now_ns());
		t = look(&w, &none);
		say("sample", t_s + w.window_ms / 2e3, &t);
		all.user += t.user;
		all.user_fast += t.user_fast;
		all.kernel += t.kernel;
		all.kernel_fast += t.kernel_fast;
		all.others += t.others;
		all.lost += t.lost;
		while (next <= now_ns())
			next += w.every_s * NSEC_PER_SEC;
	} while ((next - since) / NSEC_PER_SEC <= (int64_t)w.seconds);
	say("summary", seconds_between(since, now_ns()), &all);
	return finish_output();
}
