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
 * which is exact: nothing is sampled, and pghot is not asked.  (move_pages(2) says the
 * same, and takes ten times as long: half of a CPU of the emulated machine.)  For comparison:
 *
 *	oracle	the hit if the heaviest pages were there, as many as have room
 *
 * Output, one JSON object per line:
 *
 *	ready    the memory is there and being accessed; the clock waits for SIGUSR1
 *	sample   one look; t_s counts from SIGUSR1
 *	summary  CPU time of the workers and what they did since then
 *
 * Draws take the alias method (M. D. Vose, 1991): one random number, one look into a
 * table of 8 bytes per page, whatever the distribution.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/mempolicy.h>
#include <math.h>
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
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nodes.h"

#define PAGE_BYTES    4096UL
#define HUGE_BYTES    (2UL << 20)
#define PAGES_PER_MIB ((1UL << 20) / PAGE_BYTES)
#define NSEC_PER_SEC  1000000000LL

#define MAX_PROCESSES 8
#define MAX_THREADS   16
#define MAX_PHASES    64

/* Accesses between two looks at the stop flag. */
#define BURST 4096

/* Entries of pagemap per read(2). */
#define CHUNK 8192

/* An entry of pagemap, see Documentation/admin-guide/mm/pagemap.rst. */
#define PAGEMAP_PRESENT (1ULL << 63)
#define PAGEMAP_PFN	((1ULL << 55) - 1)

/** enum memory - what is accessed, and how */
enum memory {
	MEMORY_ANON, /* private anonymous memory, 4 KiB pages */
	MEMORY_THP, /* the same, advised for huge pages */
	MEMORY_READ, /* a file, by pread(2): the page cache alone */
	MEMORY_MMAP, /* a file, by a shared mapping */
};

/** enum shape - how the accesses are distributed over the ranks of the pages */
enum shape {
	SHAPE_UNIFORM,
	SHAPE_ZIPF, /* 1 / rank^exponent */
	SHAPE_HOT, /* a share goes to a hot set, evenly, the rest elsewhere */
};

/**
 * struct options - the command line
 * @mib: memory of each process
 * @shape: of the distribution
 * @exponent: of SHAPE_ZIPF
 * @hot_mib: size of the hot set of SHAPE_HOT
 * @share: of the accesses, that goes there
 * @unit: pages that are neighbours in rank as well: 1, or 512 for whole huge pages
 * @memory: what is accessed
 * @file: for MEMORY_READ and MEMORY_MMAP
 * @processes: worker processes
 * @threads: of each
 * @seconds: length of the run, from SIGUSR1
 * @interval_ms: between two looks
 * @shift_s: every so often the ranks are drawn anew; 0: never
 * @idle_after_s: then the first process stops; 0: never
 * @node: where memory is faulted in; -1: where the kernel puts it
 * @fast_node: the one that serves hits
 * @seed: of everything random
 */
struct options {
	unsigned long mib;
	enum shape shape;
	double exponent;
	unsigned long hot_mib;
	double share;
	unsigned long unit;
	enum memory memory;
	const char *file;
	unsigned long processes;
	unsigned long threads;
	unsigned long seconds;
	unsigned long interval_ms;
	unsigned long shift_s;
	unsigned long idle_after_s;
	long node;
	unsigned long fast_node;
	unsigned long seed;
};

/**
 * struct slot - an entry of the alias table
 * @prob: of 2^32, that it stands for its own page
 * @alias: the page that it stands for otherwise
 */
struct slot {
	uint32_t prob;
	uint32_t alias;
};

/**
 * struct phase - the popularity of the pages, for a while
 * @weight: by page; the sum is 1
 * @table: to draw from it
 */
struct phase {
	float *weight;
	struct slot *table;
};

/**
 * struct control - what the processes share
 * @phase: number of the current one
 * @stop: workers end
 * @base: address of each process's memory, once all of it is there
 * @idle: which have stopped
 * @accesses: that each has made, in steps of BURST
 */
struct control {
	_Atomic uint32_t phase;
	atomic_bool stop;
	_Atomic uintptr_t base[MAX_PROCESSES];
	atomic_bool idle[MAX_PROCESSES];
	_Atomic uint64_t accesses[MAX_PROCESSES];
};

/**
 * struct load - everything
 * @opt: the command line
 * @pages: of each process
 * @phases: @nr_phases of them
 * @control: shared by all processes
 * @pid: the worker processes
 * @pagemap: of the worker processes, or the judge's own for a file that it maps
 * @nodes: which node a page frame is on
 * @file_view: the judge's mapping of a file that no worker maps
 * @room: pages of all processes that the fast node could hold, at SIGUSR1
 */
struct load {
	struct options opt;
	size_t pages;
	struct phase phases[MAX_PHASES];
	unsigned int nr_phases;
	struct control *control;
	pid_t pid[MAX_PROCESSES];
	int pagemap[MAX_PROCESSES];
	struct nodes nodes;
	char *file_view;
	size_t room;
};

/**
 * struct look - where everything was at one time
 * @hit: weight on the fast node
 * @fast: pages there
 * @slow: pages on other nodes
 * @absent: pages nowhere, or on their way
 */
struct look {
	double hit;
	size_t fast;
	size_t slow;
	size_t absent;
};

/** struct worker - one thread of a worker process */
struct worker {
	const struct load *l;
	unsigned long process;
	char *base;
	int fd;
	uint64_t random;
	pthread_t thread;
};

static void usage(FILE *f)
{
	fprintf(f,
		"Usage: bench-load [OPTION]...\n"
		"Access memory with a known popularity of every page, and report once a second\n"
		"what share of the accesses the fast node serves.\n"
		"\n"
		"  --mib N            memory of each process (default 1400)\n"
		"  --zipf S           popularity 1/rank^S (default 0.99)\n"
		"  --uniform          all pages alike\n"
		"  --hot MIB:SHARE    that share of the accesses goes to that much memory\n"
		"  --huge-ranks       popularity by 2 MiB instead of by 4 KiB\n"
		"  --memory KIND      anon (default), thp, read or mmap\n"
		"  --file FILE        for read and mmap; as large as --mib says\n"
		"  --threads N        of each process (default 1)\n"
		"  --processes N      each with memory of its own (default 1)\n"
		"  --idle-after S     then the first process stops\n"
		"  --shift S          every S seconds other pages are popular\n"
		"  --node N           fault the memory in on that node (default: where it falls)\n"
		"  --fast-node N      the node that serves hits (default 0)\n"
		"  --seconds N        length of the run, from SIGUSR1 (default 90)\n"
		"  --interval MS      between two looks (default 1000)\n"
		"  --seed N           of all that is random (default 1)\n"
		"  --help\n"
		"\n"
		"Exit status: 0 done, 1 failed, 2 wrong usage.\n");
}

__attribute__((format(printf, 1, 0))) static void vcomplain(const char *fmt, va_list ap)
{
	fflush(stdout);
	fputs("bench-load: ", stderr);
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
	fputs("Try 'bench-load --help'.\n", stderr);
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

/* Distinct, non-zero states out of small consecutive seeds (splitmix64). */
static uint64_t seed_random(uint64_t seed)
{
	uint64_t z = seed * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	z ^= z >> 31;
	return z ? z : 1;
}

/* Evenly one of 0 .. n-1 out of 32 random bits, without a division. */
static inline uint32_t pick(uint32_t random, uint32_t n)
{
	return ((uint64_t)random * n) >> 32;
}

static void *allocate(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		die("out of memory");
	return p;
}

/* --- the command line ------------------------------------------------------------ */

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

static double parse_real(const char *option, const char *text, double max)
{
	double value;
	char *end;

	errno = 0;
	value = strtod(text, &end);
	/* Written so that NaN fails it, too. */
	if (end == text || *end || errno || !(value >= 0.0 && value <= max))
		wrong_usage("--%s '%s': must be a number from 0 to %g", option, text, max);
	return value;
}

static enum memory parse_memory(const char *text)
{
	static const char *const names[] = {
		[MEMORY_ANON] = "anon",
		[MEMORY_THP] = "thp",
		[MEMORY_READ] = "read",
		[MEMORY_MMAP] = "mmap",
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(text, names[i]))
			return i;
	wrong_usage("--memory '%s': must be anon, thp, read or mmap", text);
}

static void parse_hot(struct options *o, char *text)
{
	char *share = strchr(text, ':');

	if (!share)
		wrong_usage("--hot '%s': must be MIB:SHARE", text);
	*share++ = '\0';
	o->shape = SHAPE_HOT;
	o->hot_mib = parse_number("hot", text, 1, 1UL << 20);
	o->share = parse_real("hot", share, 1.0);
}

static void parse_options(struct options *o, int argc, char **argv)
{
	enum {
		OPT_MIB = 256,
		OPT_ZIPF,
		OPT_UNIFORM,
		OPT_HOT,
		OPT_HUGE_RANKS,
		OPT_MEMORY,
		OPT_FILE,
		OPT_THREADS,
		OPT_PROCESSES,
		OPT_IDLE_AFTER,
		OPT_SHIFT,
		OPT_NODE,
		OPT_FAST_NODE,
		OPT_SECONDS,
		OPT_INTERVAL,
		OPT_SEED,
		OPT_HELP,
	};
	static const struct option options[] = {
		{ "mib", required_argument, NULL, OPT_MIB },
		{ "zipf", required_argument, NULL, OPT_ZIPF },
		{ "uniform", no_argument, NULL, OPT_UNIFORM },
		{ "hot", required_argument, NULL, OPT_HOT },
		{ "huge-ranks", no_argument, NULL, OPT_HUGE_RANKS },
		{ "memory", required_argument, NULL, OPT_MEMORY },
		{ "file", required_argument, NULL, OPT_FILE },
		{ "threads", required_argument, NULL, OPT_THREADS },
		{ "processes", required_argument, NULL, OPT_PROCESSES },
		{ "idle-after", required_argument, NULL, OPT_IDLE_AFTER },
		{ "shift", required_argument, NULL, OPT_SHIFT },
		{ "node", required_argument, NULL, OPT_NODE },
		{ "fast-node", required_argument, NULL, OPT_FAST_NODE },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "interval", required_argument, NULL, OPT_INTERVAL },
		{ "seed", required_argument, NULL, OPT_SEED },
		{ "help", no_argument, NULL, OPT_HELP },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*o = (struct options){
		.mib = 1400,
		.shape = SHAPE_ZIPF,
		.exponent = 0.99,
		.unit = 1,
		.processes = 1,
		.threads = 1,
		.seconds = 90,
		.interval_ms = 1000,
		.node = -1,
		.seed = 1,
	};
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case OPT_MIB:
			o->mib = parse_number("mib", optarg, 2, 1UL << 20);
			break;
		case OPT_ZIPF:
			o->shape = SHAPE_ZIPF;
			o->exponent = parse_real("zipf", optarg, 10.0);
			break;
		case OPT_UNIFORM:
			o->shape = SHAPE_UNIFORM;
			break;
		case OPT_HOT:
			parse_hot(o, optarg);
			break;
		case OPT_HUGE_RANKS:
			o->unit = HUGE_BYTES / PAGE_BYTES;
			break;
		case OPT_MEMORY:
			o->memory = parse_memory(optarg);
			break;
		case OPT_FILE:
			o->file = optarg;
			break;
		case OPT_THREADS:
			o->threads = parse_number("threads", optarg, 1, MAX_THREADS);
			break;
		case OPT_PROCESSES:
			o->processes = parse_number("processes", optarg, 1, MAX_PROCESSES);
			break;
		case OPT_IDLE_AFTER:
			o->idle_after_s = parse_number("idle-after", optarg, 1, 86400);
			break;
		case OPT_SHIFT:
			o->shift_s = parse_number("shift", optarg, 1, 86400);
			break;
		case OPT_NODE:
			o->node = parse_number("node", optarg, 0, 63);
			break;
		case OPT_FAST_NODE:
			o->fast_node = parse_number("fast-node", optarg, 0, 63);
			break;
		case OPT_SECONDS:
			o->seconds = parse_number("seconds", optarg, 1, 86400);
			break;
		case OPT_INTERVAL:
			o->interval_ms = parse_number("interval", optarg, 10, 3600000);
			break;
		case OPT_SEED:
			o->seed = parse_number("seed", optarg, 0, UINT32_MAX);
			break;
		case OPT_HELP:
			usage(stdout);
			exit(fflush(stdout) ? 1 : 0);
		default:
			fputs("Try 'bench-load --help'.\n", stderr);
			exit(2);
		}
	}
	if (optind < argc)
		wrong_usage("unexpected argument '%s'", argv[optind]);
	if (o->shape == SHAPE_HOT && o->hot_mib > o->mib)
		wrong_usage("--hot: more than the %lu MiB that there are", o->mib);
	if (!o->file && (o->memory == MEMORY_READ || o->memory == MEMORY_MMAP))
		wrong_usage("--memory read and mmap need --file");
	if (o->unit > 1 && o->mib % 2)
		wrong_usage("--huge-ranks: --mib must be even");
	if (o->shift_s && o->seconds / o->shift_s >= MAX_PHASES)
		wrong_usage("--shift: more than %d times in a run", MAX_PHASES);
}

/* --- popularity -------------------------------------------------------------------- */

/* What rank @rank of @n has, not normalised. */
static double weight_of_rank(const struct options *o, size_t rank, size_t n)
{
	size_t hot;

	switch (o->shape) {
	case SHAPE_ZIPF:
		return pow(rank + 1, -o->exponent);
	case SHAPE_HOT:
		hot = o->hot_mib * PAGES_PER_MIB / o->unit;
		if (rank < hot)
			return o->share / hot;
		return (1.0 - o->share) / (n - hot);
	default:
		return 1.0;
	}
}

/* The alias table of @weight, which adds up to 1. */
static struct slot *make_table(const float *weight, size_t n)
{
	struct slot *table = allocate(n, sizeof(*table));
	uint32_t *small = allocate(n, sizeof(*small)), *large = allocate(n, sizeof(*large));
	double *scaled = allocate(n, sizeof(*scaled));
	size_t smalls = 0, larges = 0, i;

	for (i = 0; i < n; i++) {
		scaled[i] = (double)weight[i] * n;
		if (scaled[i] < 1.0)
			small[smalls++] = i;
		else
			large[larges++] = i;
	}
	while (smalls && larges) {
		uint32_t less = small[--smalls], more = large[larges - 1];

		table[less].prob = scaled[less] * 4294967296.0;
		table[less].alias = more;
		scaled[more] -= 1.0 - scaled[less];
		if (scaled[more] < 1.0) {
			larges--;
			small[smalls++] = more;
		}
	}
	/* What rounding left over is 1. */
	while (larges)
		small[smalls++] = large[--larges];
	while (smalls) {
		i = small[--smalls];
		table[i].prob = UINT32_MAX;
		table[i].alias = i;
	}
	free(scaled);
	free(small);
	free(large);
	return table;
}

/* A random permutation of the units decides which page has which rank. */
static void make_phase(struct load *l, struct phase *p, uint64_t seed)
{
	const struct options *o = &l->opt;
	size_t units = l->pages / o->unit, i, k;
	uint32_t *order = allocate(units, sizeof(*order));
	uint64_t random = seed_random(seed);
	double sum = 0;

	for (i = 0; i < units; i++)
		order[i] = i;
	for (i = units - 1; i > 0; i--) {
		k = pick(next_random(&random) >> 32, i + 1);
		{
			uint32_t swap = order[i];

			order[i] = order[k];
			order[k] = swap;
		}
	}
	for (i = 0; i < units; i++)
		sum += weight_of_rank(o, i, units) * o->unit;

	p->weight = allocate(l->pages, sizeof(*p->weight));
	for (i = 0; i < units; i++)
		for (k = 0; k < o->unit; k++)
			p->weight[order[i] * o->unit + k] = weight_of_rank(o, i, units) / sum;
	free(order);
	p->table = make_table(p->weight, l->pages);
}

static int heavier_first(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x < y) - (x > y);
}

/* What the fast node would serve if it held the heaviest pages of the active processes. */
static double oracle(const struct load *l, unsigned int phase, size_t active)
{
	size_t each = active ? l->room / active : 0, i;
	float *sorted = allocate(l->pages, sizeof(*sorted));
	double sum = 0;

	memcpy(sorted, l->phases[phase].weight, l->pages * sizeof(*sorted));
	qsort(sorted, l->pages, sizeof(*sorted), heavier_first);
	for (i = 0; i < each && i < l->pages; i++)
		sum += sorted[i];
	free(sorted);
	return sum < 1.0 ? sum : 1.0;
}

/* --- the workers --------------------------------------------------------------------- */

static void burst_memory(struct worker *w, const struct slot *table)
{
	const uint32_t n = w->l->pages;
	const bool write = w->l->opt.memory != MEMORY_MMAP;
	uint64_t random = w->random;
	int i;

	for (i = 0; i < BURST; i++) {
		uint64_t r = next_random(&random), value;
		uint32_t page = pick(r >> 32, n);
		uint64_t *word;

		if ((uint32_t)r >= table[page].prob)
			page = table[page].alias;
		/* Not always the same set of the CPU's caches. */
		word = (uint64_t *)(w->base + page * PAGE_BYTES + (page & 63) * 64);
		/* Other threads may be at the same word: no matter. */
		value = __atomic_load_n(word, __ATOMIC_RELAXED);
		if (write)
			__atomic_store_n(word, value + 1, __ATOMIC_RELAXED);
	}
	w->random = random;
}

static void burst_read(struct worker *w, const struct slot *table)
{
	const uint32_t n = w->l->pages;
	char buffer[64];
	int i;

	for (i = 0; i < BURST; i++) {
		uint64_t r = next_random(&w->random);
		uint32_t page = pick(r >> 32, n);

		if ((uint32_t)r >= table[page].prob)
			page = table[page].alias;
		if (pread(w->fd, buffer, sizeof(buffer), page * PAGE_BYTES + (page & 63) * 64) !=
		    sizeof(buffer))
			die("%s: cannot read page %u: %s", w->l->opt.file, page, strerror(errno));
	}
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct control *c = w->l->control;

	while (!atomic_load_explicit(&c->stop, memory_order_relaxed)) {
		const struct phase *p =
			&w->l->phases[atomic_load_explicit(&c->phase, memory_order_relaxed)];

		if (atomic_load_explicit(&c->idle[w->process], memory_order_relaxed)) {
			usleep(200000);
			continue;
		}
		if (w->l->opt.memory == MEMORY_READ)
			burst_read(w, p->table);
		else
			burst_memory(w, p->table);
		atomic_fetch_add_explicit(&c->accesses[w->process], BURST, memory_order_relaxed);
	}
	return NULL;
}

static int open_file(const struct load *l)
{
	size_t bytes = l->pages * PAGE_BYTES;
	struct stat st;
	int fd = open(l->opt.file, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		die("%s: %s", l->opt.file, strerror(errno));
	if ((size_t)st.st_size < bytes)
		die("%s: has %lld bytes, %zu are needed", l->opt.file, (long long)st.st_size,
		    bytes);
	return fd;
}

/* Aligned to huge pages, of which there are some only when they are asked for. */
static char *map_anonymous(const struct load *l)
{
	size_t bytes = l->pages * PAGE_BYTES;
	int advice = l->opt.memory == MEMORY_THP ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
	char *p = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		die("cannot map %lu MiB: %s", l->opt.mib, strerror(errno));
	p = (char *)(((uintptr_t)p + HUGE_BYTES - 1) & ~(HUGE_BYTES - 1));
	/* A kernel without huge pages knows neither advice; then there are none. */
	if (madvise(p, bytes, advice) && l->opt.memory == MEMORY_THP)
		die("no huge pages here: %s", strerror(errno));
	return p;
}

/* Where faults of this process get their memory: the node, or anywhere again. */
static void set_policy(long node)
{
	unsigned long mask = node < 0 ? 0 : 1UL << node;

	if (syscall(SYS_set_mempolicy, node < 0 ? MPOL_DEFAULT : MPOL_BIND, node < 0 ? NULL : &mask,
		    sizeof(mask) * CHAR_BIT))
		die("set_mempolicy, node %ld: %s", node, strerror(errno));
}

/* Page by page in the order of the addresses, so that fast memory fills up first. */
static void first_touch(const struct load *l, char *base, int fd)
{
	size_t i;

	for (i = 0; i < l->pages; i++) {
		char byte;

		if (l->opt.memory == MEMORY_READ) {
			if (pread(fd, &byte, 1, i * PAGE_BYTES) != 1)
				die("%s: cannot read page %zu: %s", l->opt.file, i,
				    strerror(errno));
		} else if (l->opt.memory == MEMORY_MMAP) {
			byte = *(volatile char *)(base + i * PAGE_BYTES);
			(void)byte;
		} else {
			*(volatile char *)(base + i * PAGE_BYTES) = 1;
		}
	}
}

/* The life of worker process @process. */
static int run_worker(struct load *l, unsigned long process)
{
	struct worker workers[MAX_THREADS];
	char *base = NULL;
	unsigned long i;
	int fd = -1, err;

	/* It does not outlive the judge. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (l->opt.file)
		fd = open_file(l);
	if (l->opt.memory == MEMORY_MMAP) {
		base = mmap(NULL, l->pages * PAGE_BYTES, PROT_READ, MAP_SHARED, fd, 0);
		if (base == MAP_FAILED)
			die("%s: cannot be mapped: %s", l->opt.file, strerror(errno));
	} else if (l->opt.memory != MEMORY_READ) {
		base = map_anonymous(l);
	}
	if (l->opt.node >= 0)
		set_policy(l->opt.node);
	first_touch(l, base, fd);
	if (l->opt.node >= 0)
		set_policy(-1);

	for (i = 0; i < l->opt.threads; i++) {
		workers[i] = (struct worker){
			.l = l,
			.process = process,
			.base = base,
			.fd = fd,
			.random = seed_random(l->opt.seed * 1000 + process * MAX_THREADS + i + 500),
		};
		err = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		if (err)
			die("cannot start thread %lu: %s", i + 1, strerror(err));
	}
	/* The judge waits for that; a file that nobody maps has no address. */
	atomic_store(&l->control->base[process], base ? (uintptr_t)base : 1);
	for (i = 0; i < l->opt.threads; i++)
		pthread_join(workers[i].thread, NULL);
	return 0;
}

static void check_workers(const struct load *l)
{
	int status;
	pid_t pid = waitpid(-1, &status, WNOHANG);

	if (pid <= 0)
		return;
	if (WIFSIGNALED(status))
		die("worker process %d was killed by signal %d", pid, WTERMSIG(status));
	if (WEXITSTATUS(status) || !atomic_load(&l->control->stop))
		die("worker process %d ended with status %d", pid, WEXITSTATUS(status));
}

/* One process after the other, each when all the memory of the one before is there. */
static void start_workers(struct load *l)
{
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++) {
		fflush(stdout);
		l->pid[i] = fork();
		if (l->pid[i] < 0)
			die("cannot fork: %s", strerror(errno));
		if (!l->pid[i])
			_exit(run_worker(l, i));
		while (!atomic_load(&l->control->base[i])) {
			check_workers(l);
			usleep(10000);
		}
	}
}

/* CPU time since its start, from /proc/PID/stat. */
static void cpu_time(pid_t pid, double *user_s, double *system_s)
{
	unsigned long long user, system;
	char path[64], line[1024];
	char *after;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (!f || !fgets(line, sizeof(line), f))
		die("%s: %s", path, strerror(errno));
	fclose(f);
	/* The name, in parentheses, may hold blanks. */
	after = strrchr(line, ')');
	if (!after || sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu",
			     &user, &system) != 2)
		die("%s: cannot be understood", path);
	*user_s = (double)user / sysconf(_SC_CLK_TCK);
	*system_s = (double)system / sysconf(_SC_CLK_TCK);
}

/* --- the judge ----------------------------------------------------------------------- */

/*
 * No worker maps a file that is read; the judge does, so that there is something to ask
 * about, and never touches it.  MADV_RANDOM tells reclaim to take no notice of it.
 */
static void map_file_view(struct load *l)
{
	size_t bytes = l->pages * PAGE_BYTES;
	int fd = open_file(l);

	l->file_view = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	if (l->file_view == MAP_FAILED || madvise(l->file_view, bytes, MADV_RANDOM) ||
	    madvise(l->file_view, bytes, MADV_POPULATE_READ))
		die("%s: cannot be mapped: %s", l->opt.file, strerror(errno));
	close(fd);
}

static size_t active_processes(const struct load *l)
{
	size_t active = 0;
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++)
		active += !atomic_load(&l->control->idle[i]);
	return active;
}

static void open_pagemaps(struct load *l)
{
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++) {
		char path[64];

		snprintf(path, sizeof(path), "/proc/%d/pagemap",
			 l->file_view ? getpid() : l->pid[i]);
		l->pagemap[i] = open(path, O_RDONLY | O_CLOEXEC);
		if (l->pagemap[i] < 0)
			die("%s: %s", path, strerror(errno));
	}
}

/* The pages of one process, each with a weight of @scale times its own. */
static void look_at(const struct load *l, unsigned long process, double scale, struct look *look)
{
	const float *weight = l->phases[atomic_load(&l->control->phase)].weight;
	uintptr_t base = l->file_view ? (uintptr_t)l->file_view
				      : atomic_load(&l->control->base[process]);
	static uint64_t entries[CHUNK];
	size_t done, i, n;

	for (done = 0; done < l->pages; done += n) {
		off_t at = (base / PAGE_BYTES + done) * sizeof(*entries);

		n = l->pages - done < CHUNK ? l->pages - done : CHUNK;
		if (pread(l->pagemap[process], entries, n * sizeof(*entries), at) !=
		    (ssize_t)(n * sizeof(*entries)))
			die("pagemap of process %d: %s", l->pid[process], strerror(errno));
		for (i = 0; i < n; i++) {
			uint64_t pfn = entries[i] & PAGEMAP_PFN;

			if (!(entries[i] & PAGEMAP_PRESENT)) {
				look->absent++;
			} else if (nodes_of(&l->nodes, pfn * PAGE_BYTES) == (int)l->opt.fast_node) {
				look->fast++;
				look->hit += weight[done + i] * scale;
			} else {
				look->slow++;
			}
		}
	}
}

static void look_at_all(const struct load *l, struct look *look)
{
	size_t active = active_processes(l);
	unsigned long i;

	*look = (struct look){ 0 };
	for (i = 0; i < l->opt.processes; i++)
		look_at(l, i, atomic_load(&l->control->idle[i]) ? 0.0 : 1.0 / active, look);
}

/* Pages free on @node above the marks up to which reclaim frees it. */
static size_t free_pages(unsigned long node)
{
	FILE *f = fopen("/proc/zoneinfo", "re");
	unsigned long zone_node = ULONG_MAX, value, free_here = 0;
	size_t sum = 0;
	char line[256];

	if (!f)
		die("/proc/zoneinfo: %s", strerror(errno));
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "Node %lu, zone", &zone_node) == 1 || zone_node != node)
			continue;
		if (sscanf(line, " pages free %lu", &value) == 1)
			free_here = value;
		else if (sscanf(line, " high %lu", &value) == 1 && free_here > value)
			sum += free_here - value;
	}
	fclose(f);
	return sum;
}

static double seconds_since(int64_t start)
{
	return (double)(now_ns() - start) / NSEC_PER_SEC;
}

static uint64_t all_accesses(const struct load *l)
{
	uint64_t sum = 0;
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++)
		sum += atomic_load(&l->control->accesses[i]);
	return sum;
}

static void say_ready(const struct load *l)
{
	unsigned long i;

	printf("{\"event\":\"ready\",\"pids\":[");
	for (i = 0; i < l->opt.processes; i++)
		printf("%s%d", i ? "," : "", l->pid[i]);
	printf("],\"pages\":%zu}\n", l->pages * l->opt.processes);
}

/**
 * say_sample - one look, and a line about it
 * @since: when the clock began to run
 * @accesses: those until then
 * @best: the oracle of this phase
 */
static void say_sample(const struct load *l, int64_t since, uint64_t accesses, double best)
{
	double t = seconds_since(since);
	int64_t before = now_ns();
	struct look look;

	look_at_all(l, &look);
	printf("{\"event\":\"sample\",\"t_s\":%.3f,\"hit\":%.5f,\"oracle\":%.5f,"
	       "\"fast_pages\":%zu,\"slow_pages\":%zu,\"absent_pages\":%zu,"
	       "\"accesses\":%" PRIu64 ",\"look_ms\":%.1f}\n",
	       t, look.hit, best, look.fast, look.slow, look.absent, all_accesses(l) - accesses,
	       (now_ns() - before) / 1e6);
}

/* The main process's life after ready. */
static void judge(struct load *l, const sigset_t *signals)
{
	double user_0[MAX_PROCESSES], system_0[MAX_PROCESSES], user = 0, system = 0, best, t;
	const int64_t interval = l->opt.interval_ms * 1000000LL;
	int64_t since, next;
	uint64_t accesses;
	struct look look;
	unsigned long i;
	int sig;

	if (sigwait(signals, &sig) || sig != SIGUSR1)
		die("stopped before it began");

	look_at_all(l, &look);
	l->room = look.fast + free_pages(l->opt.fast_node);
	best = oracle(l, 0, active_processes(l));
	for (i = 0; i < l->opt.processes; i++)
		cpu_time(l->pid[i], &user_0[i], &system_0[i]);
	since = next = now_ns();
	accesses = all_accesses(l);

	for (;;) {
		int64_t left = next - now_ns();
		struct timespec ts = { 0 };
		bool changed = false;

		if (left > 0) {
			ts.tv_sec = left / NSEC_PER_SEC;
			ts.tv_nsec = left % NSEC_PER_SEC;
		}
		sig = sigtimedwait(signals, NULL, &ts);
		if (sig == SIGINT || sig == SIGTERM)
			break;
		if (sig >= 0 || errno != EAGAIN)
			continue;
		check_workers(l);

		t = seconds_since(since);
		if (l->opt.shift_s) {
			uint32_t phase = t / l->opt.shift_s;

			if (phase >= l->nr_phases)
				phase = l->nr_phases - 1;
			changed = atomic_exchange(&l->control->phase, phase) != phase;
		}
		if (l->opt.idle_after_s && t >= l->opt.idle_after_s)
			changed |= !atomic_exchange(&l->control->idle[0], true);
		if (changed)
			best = oracle(l, atomic_load(&l->control->phase), active_processes(l));
		say_sample(l, since, accesses, best);
		if (t >= l->opt.seconds)
			break;
		/* Late looks are not caught up with. */
		while (next <= now_ns())
			next += interval;
	}

	t = seconds_since(since);
	for (i = 0; i < l->opt.processes; i++) {
		double u, s;

		cpu_time(l->pid[i], &u, &s);
		user += u - user_0[i];
		system += s - system_0[i];
	}
	printf("{\"event\":\"summary\",\"seconds\":%.3f,\"accesses\":%" PRIu64
	       ",\"user_s\":%.2f,\"system_s\":%.2f,\"room_pages\":%zu}\n",
	       t, all_accesses(l) - accesses, user, system, l->room);
}

int main(int argc, char **argv)
{
	static struct load l;
	const char *wrong;
	sigset_t signals;
	unsigned long i;

	parse_options(&l.opt, argc, argv);
	wrong = nodes_find(&l.nodes);
	if (wrong)
		die("%s", wrong);
	setvbuf(stdout, NULL, _IOLBF, 0);
	l.pages = l.opt.mib * PAGES_PER_MIB;
	l.nr_phases = 1;
	/* The last second of a run is not the first of another phase. */
	if (l.opt.shift_s)
		l.nr_phases += (l.opt.seconds - 1) / l.opt.shift_s;
	for (i = 0; i < l.nr_phases; i++)
		make_phase(&l, &l.phases[i], l.opt.seed * 1000 + i);

	l.control = mmap(NULL, sizeof(*l.control), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (l.control == MAP_FAILED)
		die("out of memory");

	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);

	start_workers(&l);
	if (l.opt.memory == MEMORY_READ)
		map_file_view(&l);
	open_pagemaps(&l);
	say_ready(&l);
	judge(&l, &signals);

	atomic_store(&l.control->stop, true);
	for (i = 0; i < l.opt.processes; i++)
		if (waitpid(l.pid[i], NULL, 0) < 0 && errno != ECHILD)
			die("waiting for process %d: %s", l.pid[i], strerror(errno));
	if (fflush(stdout) || ferror(stdout))
		die("cannot write the output");
	return 0;
}
