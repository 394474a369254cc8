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
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "placement.h"

#define PAGE_BYTES    4096UL
#define HUGE_BYTES    (2UL << 20)
#define PAGES_PER_MIB ((1UL << 20) / PAGE_BYTES)
#define NSEC_PER_SEC  1000000000LL

/* What counts as "the hot set has been promoted". */
#define ENOUGH_RECALL 0.95

#define MAX_THREADS 64

/* Accesses between two looks at the stop flag and the clock. */
#define BURST 8192

/**
 * struct options - the command line
 * @size_mib: size of the range
 * @hot_mib: size of the hot set
 * @skew: share of the accesses that goes to the hot set
 * @rate: upper limit in million accesses per second, over all threads; 0: none
 * @threads: worker threads
 * @seconds: length of the run after ready or the last mark; 0: until a signal
 * @interval_ms: time between two samples
 * @node: where the range is faulted in
 * @fast_node: where the hot set is wanted
 * @seed: of the choice of the hot set and of the access sequence
 * @thp: madvise the range for huge pages, rather than against
 * @bind: leave the range bound to @node, so that promoting it would be wrong
 * @memfd: a shared mapping of a memfd instead of private anonymous memory
 * @mlock: lock the range in memory
 * @read_only: read instead of read-modify-write
 * @flat: uniform accesses: there is a hot set only in name
 * @json: one JSON object per line
 */
struct options {
	unsigned long size_mib;
	unsigned long hot_mib;
	double skew;
	unsigned long rate;
	unsigned long threads;
	unsigned long seconds;
	unsigned long interval_ms;
	unsigned long node;
	unsigned long fast_node;
	unsigned long seed;
	bool thp;
	bool bind;
	bool memfd;
	bool mlock;
	bool read_only;
	bool flat;
	bool json;
};

/**
 * struct workload - the range and who works on it
 * @opt: the command line
 * @base: first byte of the range, aligned to HUGE_BYTES
 * @pages: its length
 * @order: a permutation of the page numbers; the first @hot are the hot set
 * @hot: size of the hot set in pages
 * @is_hot: the same by page number
 * @stop: tells the workers to end
 * @accesses: made so far by all workers, in steps of BURST
 */
struct workload {
	struct options opt;
	char *base;
	size_t pages;
	uint32_t *order;
	size_t hot;
	uint8_t *is_hot;
	atomic_bool stop;
	_Atomic uint64_t accesses;
};

/**
 * struct worker - one access thread
 * @w: what it works on
 * @thread: its handle
 * @random: state of its random sequence, never 0
 */
struct worker {
	struct workload *w;
	pthread_t thread;
	uint64_t random;
};

/**
 * struct verdict - what the judge has seen since the last mark
 * @since: the mark, CLOCK_MONOTONIC ns
 * @samples: number of samples
 * @max_recall: the highest
 * @reached: seconds until ENOUGH_RECALL, negative while it was not reached
 * @recall: the latest
 * @precision: the latest
 * @has_precision: whether there is one
 */
struct verdict {
	int64_t since;
	unsigned long samples;
	double max_recall;
	double reached;
	double recall;
	double precision;
	bool has_precision;
};

static void usage(FILE *f)
{
	fprintf(f,
		"Usage: pghot-workload [OPTION]...\n"
		"Access memory on a slow NUMA node with a scattered hot set, and report what\n"
		"share of the hot set is on the fast node, by move_pages(2).\n"
		"\n"
		"  --size MIB       memory to map and access (default 256)\n"
		"  --hot MIB        of which hot, in scattered 4 KiB pages (default 16)\n"
		"  --skew SHARE     of the accesses that goes to the hot set (default 0.9999)\n"
		"  --flat           access all pages alike\n"
		"  --read           only read (default: read and write back)\n"
		"  --rate N         at most N million accesses per second, the rest of the time\n"
		"                   spent computing; 0 (default): as many as the CPU can make\n"
		"  --threads N      that access the memory (default 1)\n"
		"  --seconds N      length of the run, since ready or the last SIGUSR1;\n"
		"                   0 (default): until SIGINT or SIGTERM\n"
		"  --interval MS    between two samples (default 1000)\n"
		"  --node N         where the memory is faulted in (default 1)\n"
		"  --fast-node N    where the hot set is wanted (default 0)\n"
		"  --bind           leave the memory bound to --node\n"
		"  --thp on|off     advise for or against huge pages (default off)\n"
		"  --memfd          a shared mapping of a memfd (default: private, anonymous)\n"
		"  --mlock          lock the memory\n"
		"  --seed N         of the random choices (default 1)\n"
		"  --json           one JSON object per line\n"
		"  --help\n"
		"\n"
		"SIGUSR1 sets the clock to 0.  Exit status: 0 done, 1 failed, 2 wrong usage.\n");
}

static void vcomplain(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

static void vcomplain(const char *fmt, va_list ap)
{
	fflush(stdout);
	fputs("pghot-workload: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	exit(1);
}

__attribute__((format(printf, 1, 2), noreturn)) static void wrong_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	fputs("Try 'pghot-workload --help'.\n", stderr);
	exit(2);
}

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

/* Marsaglia's xorshift64*; the multiplication whitens the upper bits. */
static inline uint64_t next_random(uint64_t *state)
{
	uint64_t x = *state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return x * 0x2545f4914f6cdd1dULL;
}

/* Evenly one of 0 .. n-1 out of 32 random bits, without a division. */
static inline uint32_t pick(uint32_t random, uint32_t n)
{
	return ((uint64_t)random * n) >> 32;
}

/* Distinct, non-zero states out of small consecutive seeds (splitmix64). */
static uint64_t seed_random(uint64_t seed)
{
	uint64_t z = seed * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	z ^= z >> 31;
	return z ? z : 1;
}

static unsigned long parse_number(const char *option, const char *text, unsigned long min,
				  unsigned long max)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end || errno || value < min || value > max)
		wrong_usage("--%s '%s': must be a number from %lu to %lu", option, text, min, max);
	return value;
}

static double parse_share(const char *option, const char *text)
{
	double value;
	char *end;

	errno = 0;
	value = strtod(text, &end);
	/* Written so that NaN fails it, too. */
	if (end == text || *end || errno || !(value >= 0.0 && value <= 1.0))
		wrong_usage("--%s '%s': must be a share from 0 to 1", option, text);
	return value;
}

static bool parse_switch(const char *option, const char *text)
{
	if (!strcmp(text, "on"))
		return true;
	if (strcmp(text, "off"))
		wrong_usage("--%s '%s': must be on or off", option, text);
	return false;
}

static void parse_options(struct options *o, int argc, char **argv)
{
	enum {
		OPT_SIZE = 256,
		OPT_HOT,
		OPT_SKEW,
		OPT_FLAT,
		OPT_READ,
		OPT_RATE,
		OPT_THREADS,
		OPT_SECONDS,
		OPT_INTERVAL,
		OPT_NODE,
		OPT_FAST_NODE,
		OPT_BIND,
		OPT_THP,
		OPT_MEMFD,
		OPT_MLOCK,
		OPT_SEED,
		OPT_JSON,
		OPT_HELP,
	};
	static const struct option options[] = {
		{ "size", required_argument, NULL, OPT_SIZE },
		{ "hot", required_argument, NULL, OPT_HOT },
		{ "skew", required_argument, NULL, OPT_SKEW },
		{ "flat", no_argument, NULL, OPT_FLAT },
		{ "read", no_argument, NULL, OPT_READ },
		{ "rate", required_argument, NULL, OPT_RATE },
		{ "threads", required_argument, NULL, OPT_THREADS },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "interval", required_argument, NULL, OPT_INTERVAL },
		{ "node", required_argument, NULL, OPT_NODE },
		{ "fast-node", required_argument, NULL, OPT_FAST_NODE },
		{ "bind", no_argument, NULL, OPT_BIND },
		{ "thp", required_argument, NULL, OPT_THP },
		{ "memfd", no_argument, NULL, OPT_MEMFD },
		{ "mlock", no_argument, NULL, OPT_MLOCK },
		{ "seed", required_argument, NULL, OPT_SEED },
		{ "json", no_argument, NULL, OPT_JSON },
		{ "help", no_argument, NULL, OPT_HELP },
		{}
	};
	int opt, index;

	*o = (struct options){
		.size_mib = 256,
		.hot_mib = 16,
		.skew = 0.9999,
		.threads = 1,
		.interval_ms = 1000,
		.node = 1,
		.seed = 1,
	};
	while ((opt = getopt_long(argc, argv, "", options, &index)) != -1) {
		const char *name = opt >= OPT_SIZE ? options[opt - OPT_SIZE].name : NULL;

		switch (opt) {
		case OPT_SIZE:
			o->size_mib = parse_number(name, optarg, 1, 1 << 20);
			break;
		case OPT_HOT:
			o->hot_mib = parse_number(name, optarg, 1, 1 << 20);
			break;
		case OPT_SKEW:
			o->skew = parse_share(name, optarg);
			break;
		case OPT_FLAT:
			o->flat = true;
			break;
		case OPT_READ:
			o->read_only = true;
			break;
		case OPT_RATE:
			o->rate = parse_number(name, optarg, 0, 100000);
			break;
		case OPT_THREADS:
			o->threads = parse_number(name, optarg, 1, MAX_THREADS);
			break;
		case OPT_SECONDS:
			o->seconds = parse_number(name, optarg, 0, 1000000);
			break;
		case OPT_INTERVAL:
			o->interval_ms = parse_number(name, optarg, 10, 60000);
			break;
		case OPT_NODE:
			o->node = parse_number(name, optarg, 0, PLACEMENT_NODES - 1);
			break;
		case OPT_FAST_NODE:
			o->fast_node = parse_number(name, optarg, 0, PLACEMENT_NODES - 1);
			break;
		case OPT_BIND:
			o->bind = true;
			break;
		case OPT_THP:
			o->thp = parse_switch(name, optarg);
			break;
		case OPT_MEMFD:
			o->memfd = true;
			break;
		case OPT_MLOCK:
			o->mlock = true;
			break;
		case OPT_SEED:
			o->seed = parse_number(name, optarg, 0, ULONG_MAX);
			break;
		case OPT_JSON:
			o->json = true;
			break;
		case OPT_HELP:
			usage(stdout);
			exit(0);
		default:
			/* getopt has said what is wrong. */
			fputs("Try 'pghot-workload --help'.\n", stderr);
			exit(2);
		}
	}
	if (optind < argc)
		wrong_usage("unexpected argument '%s'", argv[optind]);
	if (o->hot_mib > o->size_mib)
		wrong_usage("--hot %lu: must be at most --size, which is %lu", o->hot_mib,
			    o->size_mib);
	if (o->node == o->fast_node)
		wrong_usage("--node %lu: must differ from --fast-node", o->node);
}

/* The hot set: the first @hot of a shuffled deck of page numbers. */
static void choose_hot_set(struct workload *w)
{
	uint64_t random = seed_random(w->opt.seed);
	size_t i;

	w->order = malloc(w->pages * sizeof(*w->order));
	w->is_hot = calloc(w->pages, sizeof(*w->is_hot));
	if (!w->order || !w->is_hot)
		die("out of memory");

	for (i = 0; i < w->pages; i++)
		w->order[i] = i;
	for (i = 0; i < w->pages; i++) {
		size_t j = i + pick(next_random(&random) >> 32, w->pages - i);
		uint32_t page = w->order[j];

		w->order[j] = w->order[i];
		w->order[i] = page;
	}
	for (i = 0; i < w->hot; i++)
		w->is_hot[w->order[i]] = 1;
}

static void set_policy(struct workload *w, int mode)
{
	unsigned long mask[PLACEMENT_NODES / (8 * sizeof(unsigned long))] = { 0 };
	const unsigned long bits = 8 * sizeof(mask[0]);
	const char *what;

	mask[w->opt.node / bits] = 1UL << (w->opt.node % bits);
	what = mode == MPOL_BIND ? "bind the memory to" : "lift the binding to";
	if (syscall(SYS_mbind, w->base, w->pages * PAGE_BYTES, mode,
		    mode == MPOL_BIND ? mask : NULL,
		    mode == MPOL_BIND ? PLACEMENT_NODES + 1UL : 0UL, 0) < 0)
		die("cannot %s node %lu: %s%s", what, w->opt.node, strerror(errno),
		    errno == EINVAL ? " (is there such a node, with memory?)" : "");
}

static void map_memory(struct workload *w)
{
	size_t bytes = w->pages * PAGE_BYTES;
	/*
	 * More on both sides, and inaccessible: room to align the range, and
	 * nothing for the kernel to merge it with, so that it has a line of
	 * its own in /proc/PID/numa_maps.
	 */
	size_t padded = bytes + 2 * HUGE_BYTES;
	int fd = -1;
	char *map;

	if (w->opt.memfd) {
		fd = memfd_create("pghot-workload", MFD_CLOEXEC);
		if (fd < 0 || ftruncate(fd, padded) < 0)
			die("cannot create the memfd: %s", strerror(errno));
	}
	map = mmap(NULL, padded, PROT_NONE, fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, fd,
		   0);
	if (map == MAP_FAILED)
		die("cannot map %lu MiB: %s", w->opt.size_mib, strerror(errno));
	if (fd >= 0)
		close(fd);
	w->base = (char *)(((uintptr_t)map + HUGE_BYTES) & ~(HUGE_BYTES - 1));
	if (mprotect(w->base, bytes, PROT_READ | PROT_WRITE) < 0)
		die("cannot map %lu MiB: %s", w->opt.size_mib, strerror(errno));

	/* A kernel without huge pages has none to be advised against. */
	if (madvise(w->base, bytes, w->opt.thp ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) < 0 && w->opt.thp)
		die("cannot ask for huge pages: %s", strerror(errno));
}

static void census(struct workload *w, struct placement *p)
{
	int err = placement_take(p, w->base, w->pages, PAGE_BYTES, w->is_hot);

	if (err)
		die("move_pages: %s", strerror(-err));
}

/*
 * Binding memory to a node without room for it does not fail: it ends in the
 * OOM killer.  So ask beforehand.
 */
static void check_room(const struct workload *w)
{
	unsigned long free_kib, free_mib;
	char path[64], line[128];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%lu/meminfo", w->opt.node);
	f = fopen(path, "r");
	if (!f)
		die("there is no node %lu (%s: %s)", w->opt.node, path, strerror(errno));
	while (!found && fgets(line, sizeof(line), f))
		found = sscanf(line, "Node %*u MemFree: %lu kB", &free_kib) == 1;
	fclose(f);
	if (!found)
		die("%s does not tell how much memory is free", path);

	free_mib = free_kib / 1024;
	if (free_mib < w->opt.size_mib)
		die("node %lu has %lu MiB free: --size %lu does not fit", w->opt.node, free_mib,
		    w->opt.size_mib);
}

static void fault_in(struct workload *w)
{
	struct placement p;
	size_t i;

	set_policy(w, MPOL_BIND);
	for (i = 0; i < w->pages; i++)
		*(volatile uint64_t *)(w->base + i * PAGE_BYTES) = i;
	if (w->opt.mlock && mlock(w->base, w->pages * PAGE_BYTES) < 0)
		die("cannot lock %lu MiB: %s", w->opt.size_mib, strerror(errno));

	census(w, &p);
	if (p.on_node[w->opt.node] != w->pages)
		die("only %zu of %zu pages came to be on node %lu: does it have %lu MiB free?",
		    p.on_node[w->opt.node], w->pages, w->opt.node, w->opt.size_mib);
	if (!w->opt.bind)
		set_policy(w, MPOL_DEFAULT);
}

/*
 * Wait until @due, CLOCK_MONOTONIC ns, on the CPU: a thread that slept would be
 * scanned less often by NUMA balancing, whose pace follows a task's run time.
 */
static void compute_until(const struct workload *w, int64_t due)
{
	while (now_ns() < due && !atomic_load_explicit(&w->stop, memory_order_relaxed))
		;
}

/*
 * One random number per access: its upper half decides between hot and cold,
 * its lower half which page.  The word within the page depends on the page, so
 * that the hot set does not fall into a few sets of the CPU's caches.
 */
static void *work(void *arg)
{
	struct worker *worker = arg;
	struct workload *w = worker->w;
	const uint32_t *order = w->order;
	const uint32_t hot = w->hot, cold = w->pages - w->hot;
	const bool read_only = w->opt.read_only;
	uint64_t random = worker->random;
	uint64_t hot_below = w->opt.skew * 4294967296.0;
	int64_t burst_ns = 0, due = now_ns();

	if (w->opt.rate)
		burst_ns = BURST * 1000 * w->opt.threads / w->opt.rate;
	if (!cold)
		hot_below = UINT64_MAX;
	if (w->opt.flat)
		hot_below = (double)hot / w->pages * 4294967296.0;

	while (!atomic_load_explicit(&w->stop, memory_order_relaxed)) {
		int i;

		for (i = 0; i < BURST; i++) {
			uint64_t r = next_random(&random);
			uint32_t page;
			uint64_t *word;
			uint64_t value;

			if ((r >> 32) < hot_below)
				page = order[pick(r, hot)];
			else
				page = order[hot + pick(r, cold)];
			word = (uint64_t *)(w->base + page * PAGE_BYTES + (page & 63) * 64);
			/* Other workers may be at the same word: no matter. */
			value = __atomic_load_n(word, __ATOMIC_RELAXED);
			if (!read_only)
				__atomic_store_n(word, value + 1, __ATOMIC_RELAXED);
		}
		atomic_fetch_add_explicit(&w->accesses, BURST, memory_order_relaxed);

		if (burst_ns) {
			int64_t now = now_ns();

			/* A thread that fell behind does not catch up. */
			due = due + burst_ns > now ? due + burst_ns : now;
			compute_until(w, due);
		}
	}
	return NULL;
}

static void say_ready(const struct workload *w)
{
	int pid = getpid();
	uintptr_t address = (uintptr_t)w->base;

	if (w->opt.json)
		printf("{\"event\":\"ready\",\"pid\":%d,\"address\":%" PRIuPTR
		       ",\"pages\":%zu,\"hot_pages\":%zu,\"node\":%lu}\n",
		       pid, address, w->pages, w->hot, w->opt.node);
	else
		printf("ready pid=%d address=0x%" PRIxPTR " pages=%zu hot=%zu node=%lu\n", pid,
		       address, w->pages, w->hot, w->opt.node);
}

static void say_sample(const struct workload *w, const struct placement *p, const struct verdict *v,
		       double t, double maccess)
{
	char precision[16] = "";

	if (v->has_precision)
		snprintf(precision, sizeof(precision), "%.4f", v->precision);
	if (w->opt.json)
		printf("{\"event\":\"sample\",\"t_s\":%.3f,\"fast_pages\":%zu,\"slow_pages\":%zu,"
		       "\"absent_pages\":%zu,\"recall\":%.4f,\"precision\":%s,\"accesses_per_s\":%."
		       "0f}\n",
		       t, p->on_node[w->opt.fast_node], p->on_node[w->opt.node], p->absent,
		       v->recall, v->has_precision ? precision : "null", maccess * 1e6);
	else
		printf("sample t=%.1f node%lu=%zu node%lu=%zu absent=%zu recall=%.4f precision=%s "
		       "maccess=%.1f\n",
		       t, w->opt.fast_node, p->on_node[w->opt.fast_node], w->opt.node,
		       p->on_node[w->opt.node], p->absent, v->recall,
		       v->has_precision ? precision : "-", maccess);
}

static void say_summary(const struct workload *w, const struct verdict *v, double t)
{
	char precision[16] = "", reached[16] = "";

	if (v->has_precision)
		snprintf(precision, sizeof(precision), "%.4f", v->precision);
	if (v->reached >= 0)
		snprintf(reached, sizeof(reached), "%.1f", v->reached);
	if (w->opt.json)
		printf("{\"event\":\"summary\",\"seconds\":%.3f,\"samples\":%lu,\"max_recall\":%."
		       "4f,\"reached_s\":%s,\"recall\":%.4f,\"precision\":%s}\n",
		       t, v->samples, v->max_recall, v->reached >= 0 ? reached : "null", v->recall,
		       v->has_precision ? precision : "null");
	else
		printf("summary seconds=%.1f samples=%lu max_recall=%.4f reached=%s recall=%.4f "
		       "precision=%s\n",
		       t, v->samples, v->max_recall, v->reached >= 0 ? reached : "-", v->recall,
		       v->has_precision ? precision : "-");
}

static double seconds_since(int64_t start, int64_t now)
{
	return (double)(now - start) / NSEC_PER_SEC;
}

static void judge_once(struct workload *w, struct verdict *v, double maccess)
{
	struct placement p;
	double t;

	census(w, &p);
	t = seconds_since(v->since, now_ns());
	v->samples++;
	v->recall = placement_recall(&p, w->opt.fast_node);
	v->has_precision = placement_precision(&p, w->opt.fast_node, &v->precision);
	if (v->recall > v->max_recall)
		v->max_recall = v->recall;
	if (v->recall >= ENOUGH_RECALL && v->reached < 0)
		v->reached = t;
	say_sample(w, &p, v, t, maccess);
}

/*
 * The main thread's life after ready: a sample per interval, a new start per
 * mark, until a signal or the time says stop.  @signals are blocked everywhere.
 */
static void judge(struct workload *w, const sigset_t *signals)
{
	const int64_t interval = w->opt.interval_ms * 1000000LL;
	const struct verdict fresh = { .since = now_ns(), .reached = -1 };
	struct verdict v = fresh;
	int64_t next = v.since + interval, last = v.since;
	uint64_t accesses = 0;

	for (;;) {
		int64_t left = next - now_ns();
		struct timespec ts;
		int sig;

		if (left < 0)
			left = 0;
		ts.tv_sec = left / NSEC_PER_SEC;
		ts.tv_nsec = left % NSEC_PER_SEC;
		sig = sigtimedwait(signals, NULL, &ts);

		if (sig == SIGUSR1) {
			v = fresh;
			v.since = now_ns();
			next = v.since + interval;
			puts(w->opt.json ? "{\"event\":\"mark\"}" : "mark");
			continue;
		}
		if (sig == SIGINT || sig == SIGTERM)
			break;
		if (sig < 0 && errno != EAGAIN)
			continue;

		{
			uint64_t total = atomic_load(&w->accesses);
			int64_t now = now_ns();

			judge_once(w, &v, (total - accesses) * 1e3 / (now - last));
			accesses = total;
			last = now;
			/* Late samples are not caught up with. */
			while (next <= now)
				next += interval;
		}
		if (w->opt.seconds && seconds_since(v.since, last) >= w->opt.seconds)
			break;
	}
	say_summary(w, &v, seconds_since(v.since, now_ns()));
}

int main(int argc, char **argv)
{
	struct worker workers[MAX_THREADS];
	struct workload w = { 0 };
	sigset_t signals;
	unsigned long i;
	int err;

	parse_options(&w.opt, argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	w.pages = w.opt.size_mib * PAGES_PER_MIB;
	w.hot = w.opt.hot_mib * PAGES_PER_MIB;

	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);

	check_room(&w);
	choose_hot_set(&w);
	map_memory(&w);
	fault_in(&w);

	for (i = 0; i < w.opt.threads; i++) {
		workers[i].w = &w;
		workers[i].random = seed_random(w.opt.seed + 1 + i);
		err = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		if (err)
			die("cannot start thread %lu: %s", i + 1, strerror(err));
	}
	say_ready(&w);
	judge(&w, &signals);

	atomic_store(&w.stop, true);
	for (i = 0; i < w.opt.threads; i++)
		pthread_join(workers[i].thread, NULL);
	if (fflush(stdout) || ferror(stdout))
		die("cannot write the output");
	return 0;
}
