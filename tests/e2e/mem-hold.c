// SPDX-License-Identifier: GPL-2.0-or-later
/* pghot-e2e-mem hold: memory that is somewhere, used somehow. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/mempolicy.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"

#define PIN_PAGES 256

#ifndef MPOL_F_NUMA_BALANCING
#define MPOL_F_NUMA_BALANCING (1 << 13)
#endif

struct options {
	size_t pages;
	size_t hot;
	unsigned int seed;
	int node;
	const char *policy;
	const char *list;
	const char *all;
	bool thp;
	bool halve;
	bool mlock;
	bool shm_lock;
	bool pin;
	bool idle;
	bool keep_tlb;
	bool child;
	unsigned int users;
	bool writer;
	bool change;
	unsigned int threads;
};

/* To nodes 0 and 1. */
static void bind_both(void *base, size_t bytes)
{
	unsigned long mask = 3;

	if (syscall(SYS_mbind, base, bytes, MPOL_BIND | MPOL_F_NUMA_BALANCING, &mask, 64UL, 0) < 0)
		die("mbind");
}

static void bind_task(int mode, int node)
{
	unsigned long mask = 1UL << node;

	if (syscall(SYS_set_mempolicy, mode, &mask, 64UL) < 0)
		die("set_mempolicy");
}

static void write_list(const char *path, char *base, const uint32_t *order, size_t n)
{
	FILE *f = fopen(path, "w");
	size_t i;

	if (!f)
		die("%s", path);
	for (i = 0; i < n; i++)
		fprintf(f, "%lx\n", (unsigned long)base + order[i] * PAGE);
	if (fclose(f))
		die("%s", path);
}

static uint32_t *shuffle(size_t pages, unsigned int seed)
{
	uint32_t *order = malloc(pages * sizeof(*order));
	size_t i;

	if (!order)
		die("out of memory");
	srandom(seed);
	for (i = 0; i < pages; i++)
		order[i] = i;
	for (i = 0; i + 1 < pages; i++) {
		size_t j = i + random() % (pages - i);
		uint32_t page = order[j];

		order[j] = order[i];
		order[i] = page;
	}
	return order;
}

struct pin {
	char *base;
	char *hole;
	size_t bytes;
};

/*
 * process_vm_readv() pins what it reads and copies it to a place of which the
 * first page never comes: the pages stay pinned for as long as nobody answers.
 */
static void *read_into_hole(void *arg)
{
	struct pin *p = arg;
	struct iovec to = { p->hole, p->bytes }, from = { p->base, p->bytes };

	if (syscall(SYS_process_vm_readv, getpid(), &to, 1UL, &from, 1UL, 0UL) < 0)
		die("process_vm_readv");
	die("process_vm_readv came back");
}

static void pin_pages(char *base, size_t pages)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	static struct pin p;
	struct pollfd pfd;
	pthread_t thread;
	int fd;

	p.base = base;
	p.bytes = pages * PAGE;
	p.hole = mmap(NULL, p.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (p.hole == MAP_FAILED || fd < 0 || ioctl(fd, UFFDIO_API, &api) < 0)
		die("userfaultfd");
	reg.range.start = (unsigned long)p.hole;
	reg.range.len = p.bytes;
	if (ioctl(fd, UFFDIO_REGISTER, &reg) < 0)
		die("UFFDIO_REGISTER");
	if (pthread_create(&thread, NULL, read_into_hole, &p))
		die("thread");
	/* The fault on the hole comes after the pinning. */
	pfd = (struct pollfd){ .fd = fd, .events = POLLIN };
	if (poll(&pfd, 1, 20000) != 1)
		die("nothing was pinned");
}

static char *map_locked_shm(size_t pages)
{
	int id = shmget(IPC_PRIVATE, pages * PAGE, IPC_CREAT | 0600);
	char *map;

	if (id < 0 || shmctl(id, SHM_LOCK, NULL) < 0)
		die("SHM_LOCK");
	map = shmat(id, NULL, 0);
	/* It goes with the last one who has it. */
	if (map == (void *)-1 || shmctl(id, IPC_RMID, NULL) < 0)
		die("shmat");
	return map;
}

/*
 * Make the CPU look into the page tables again, and set accessed bits: a real one has
 * to, soon enough, but the TLB of an emulated one has room for every page that does not
 * happen to share its slot with another. What is unmapped here, first and last page of
 * a range, is more than Linux invalidates page by page.
 */
#define FLUSH_PAGES 64

static void flush_tlb(char *range)
{
	range[0] = 1;
	range[(FLUSH_PAGES - 1) * PAGE] = 1;
	if (madvise(range, FLUSH_PAGES * PAGE, MADV_DONTNEED) < 0)
		die("madvise");
}

__attribute__((noreturn)) static void access_forever(char *base, const uint32_t *order, size_t n,
						     bool keep_tlb)
{
	/*
	 * Half of the time: the test has only two CPUs, and is slow enough. Not less: the
	 * kernel scans for hint faults by the CPU time of who is scanned, and a scan takes
	 * a 32nd of that at most.
	 */
	const struct timespec rest = { .tv_nsec = 5000000 };
	char *range = map_pages(FLUSH_PAGES, false, false);
	int64_t flushed = 0;
	size_t i;

	for (;;) {
		int64_t start = now_ms();

		if (!keep_tlb && start - flushed >= 100) {
			flush_tlb(range);
			flushed = start;
		}
		do {
			for (i = 0; i < n; i++)
				(*(volatile unsigned long *)(base + order[i] * PAGE))++;
		} while (now_ms() - start < 5);
		nanosleep(&rest, NULL);
	}
}

/* Fault everything in on --node, and leave behind the policy that is wanted. */
static void place(const struct options *o, char *base)
{
	size_t bytes = o->pages * PAGE, i;
	const char *p = o->policy;

	if (!strcmp(p, "task-bind"))
		bind_task(MPOL_BIND, o->node);
	else if (!strcmp(p, "preferred"))
		bind_task(MPOL_PREFERRED, o->node);
	else if (!strcmp(p, "bind-numab"))
		bind_range(base, bytes, MPOL_BIND | MPOL_F_NUMA_BALANCING, o->node);
	else if (!strcmp(p, "bind") || !strcmp(p, "bind-both") || !strcmp(p, "default"))
		bind_range(base, bytes, MPOL_BIND, o->node);
	else
		die("--policy '%s'", p);

	/* Not 0: a huge page that is split gives up pages that hold nothing. */
	for (i = 0; i < o->pages; i++)
		*(volatile unsigned long *)(base + i * PAGE) = i + 1;
	if (!strcmp(p, "default"))
		bind_range(base, bytes, MPOL_DEFAULT, 0);
	if (!strcmp(p, "bind-both"))
		bind_both(base, bytes);
}

static void check_placed(const struct options *o, char *base)
{
	unsigned long *addresses = malloc(o->pages * sizeof(*addresses));
	size_t on[3], i;

	if (!addresses)
		die("out of memory");
	for (i = 0; i < o->pages; i++)
		addresses[i] = (unsigned long)base + i * PAGE;
	count_nodes(0, addresses, o->pages, on);
	if (on[o->node] != o->pages)
		die("only %zu of %zu pages are on node %d", on[o->node], o->pages, o->node);
	free(addresses);
}

/* Huge pages of which only the first half is mapped any more. */
static void halve(const struct options *o, char *base)
{
	size_t at;

	for (at = 0; at < o->pages * PAGE; at += HUGE)
		if (madvise(base + at + HUGE / 2, HUGE / 2, MADV_DONTNEED) < 0)
			die("madvise");
}

/*
 * Changing the protection of many pages takes time, and the mmap lock is held for writing
 * all the while. Those that were only read are all one page of zeros.
 */
#define WRITER_BYTES (16UL << 20)

/* Alternate between two protections of a range, with a rest for others in between. */
__attribute__((noreturn)) static void protect_forever(char *range, size_t bytes, int one, int other)
{
	for (;;) {
		struct timespec from, to, rest = { 0 };

		clock_gettime(CLOCK_MONOTONIC, &from);
		if (mprotect(range, bytes, one) < 0 || mprotect(range, bytes, other) < 0)
			die("mprotect");
		clock_gettime(CLOCK_MONOTONIC, &to);
		rest.tv_nsec =
			((to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec) / 2;
		if (rest.tv_nsec > 999999999L)
			rest.tv_nsec = 999999999L;
		nanosleep(&rest, NULL);
	}
}

static void read_zeros(const char *range)
{
	size_t at;

	for (at = 0; at < WRITER_BYTES; at += PAGE)
		(void)*(const volatile char *)(range + at);
}

static void *write_lock_forever(void *unused)
{
	char *range = mmap(NULL, WRITER_BYTES, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	if (range == MAP_FAILED)
		die("mmap");
	madvise(range, WRITER_BYTES, MADV_NOHUGEPAGE);
	read_zeros(range);
	protect_forever(range, WRITER_BYTES, PROT_NONE, PROT_READ);
}

struct changed {
	char *base;
	size_t bytes;
};

/*
 * The mapping of these pages is locked first, and until the protection of what is behind
 * them has been changed as well.
 */
static void *change_forever(void *arg)
{
	const struct changed *c = arg;

	read_zeros(c->base + c->bytes);
	protect_forever(c->base, c->bytes + WRITER_BYTES, PROT_READ | PROT_WRITE | PROT_EXEC,
			PROT_READ | PROT_WRITE);
}

/* A thread that sleeps, after binding itself to a node if there is one. */
struct sleeper {
	int node;
	sem_t up;
};

static void *sleep_forever(void *arg)
{
	struct sleeper *s = arg;

	if (s->node >= 0)
		bind_task(MPOL_BIND, s->node);
	if (sem_post(&s->up) < 0)
		die("sem_post");
	for (;;)
		pause();
	return NULL;
}

/* One after the other: the kernel lists the threads of a process by age. */
static void start_threads(unsigned int nr, int node)
{
	static struct sleeper s;
	pthread_attr_t attr;
	pthread_t thread;

	if (sem_init(&s.up, 0, 0) < 0 || pthread_attr_init(&attr) ||
	    pthread_attr_setstacksize(&attr, 64 << 10))
		die("threads");
	while (nr) {
		s.node = --nr ? -1 : node;
		if (pthread_create(&thread, &attr, sleep_forever, &s))
			die("thread");
		while (sem_wait(&s.up) < 0)
			if (errno != EINTR)
				die("sem_wait");
	}
	pthread_attr_destroy(&attr);
}

static void use_and_sleep(const struct options *o, char *base, int tell, bool writer)
{
	size_t i;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		die("prctl");
	for (i = 0; i < o->pages; i++)
		(void)*(volatile unsigned long *)(base + i * PAGE);
	if (write(tell, "", 1) != 1)
		die("telling the parent");
	if (writer)
		write_lock_forever(NULL);
	for (;;)
		pause();
}

static void fork_users(const struct options *o, char *base)
{
	unsigned int i;
	int told[2];
	char byte;

	if (pipe(told) < 0)
		die("pipe");
	for (i = 0; i < o->users; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (!pid)
			use_and_sleep(o, base, told[1], o->writer && !i);
	}
	for (i = 0; i < o->users; i++)
		if (read(told[0], &byte, 1) != 1)
			die("not all users came up");
	close(told[0]);
	close(told[1]);
}

static int run(const struct options *o)
{
	uint32_t *order = shuffle(o->pages, o->seed);
	size_t behind = o->change ? WRITER_BYTES / PAGE : 0;
	char *base = o->shm_lock ? map_locked_shm(o->pages)
				 : map_pages(o->pages + behind, o->thp, o->child || o->users);
	struct changed changed = { .base = base, .bytes = o->pages * PAGE };
	int pid = getpid();
	pthread_t writer;

	place(o, base);
	if (o->mlock && mlock(base, o->pages * PAGE) < 0)
		die("mlock");
	if (strcmp(o->policy, "preferred"))
		check_placed(o, base);
	if (o->halve)
		halve(o, base);
	if (o->list)
		write_list(o->list, base, order, o->hot);
	if (o->all)
		write_list(o->all, base, order, o->pages);
	if (o->pin)
		pin_pages(base, PIN_PAGES);
	if (o->users)
		fork_users(o, base);
	else if (o->writer && pthread_create(&writer, NULL, write_lock_forever, NULL))
		die("thread");
	if (o->change && pthread_create(&writer, NULL, change_forever, &changed))
		die("thread");
	start_threads(o->threads, o->node);
	if (o->child) {
		pid = fork();
		if (pid < 0)
			die("fork");
		if (!pid && prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
			die("prctl");
	}
	if (pid) {
		printf("ready pid=%d pages=%zu hot=%zu\n", pid, o->pages, o->hot);
		fflush(stdout);
	}
	while (o->idle || (o->child && pid))
		pause();
	access_forever(base, order, o->hot, o->keep_tlb);
}

int do_hold(int argc, char **argv)
{
	static const struct option options[] = { { "mib", required_argument, NULL, 'm' },
						 { "hot", required_argument, NULL, 'h' },
						 { "seed", required_argument, NULL, 's' },
						 { "node", required_argument, NULL, 'n' },
						 { "policy", required_argument, NULL, 'p' },
						 { "list", required_argument, NULL, 'l' },
						 { "all", required_argument, NULL, 'a' },
						 { "thp", no_argument, NULL, 't' },
						 { "halve", no_argument, NULL, 'H' },
						 { "mlock", no_argument, NULL, 'k' },
						 { "shm-lock", no_argument, NULL, 'S' },
						 { "pin", no_argument, NULL, 'P' },
						 { "idle", no_argument, NULL, 'i' },
						 { "keep-tlb", no_argument, NULL, 'K' },
						 { "child", no_argument, NULL, 'c' },
						 { "users", required_argument, NULL, 'u' },
						 { "writer", no_argument, NULL, 'w' },
						 { "change", no_argument, NULL, 'C' },
						 { "threads", required_argument, NULL, 'T' },
						 { 0 } };
	struct options o = {
		.pages = 16 * 256,
		.seed = 1,
		.node = 1,
		.policy = "default",
	};
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (opt) {
		case 'm':
			o.pages = strtoul(optarg, NULL, 0) * 256;
			break;
		case 'h':
			o.hot = strtoul(optarg, NULL, 0);
			break;
		case 's':
			o.seed = strtoul(optarg, NULL, 0);
			break;
		case 'n':
			o.node = atoi(optarg);
			break;
		case 'p':
			o.policy = optarg;
			break;
		case 'l':
			o.list = optarg;
			break;
		case 'a':
			o.all = optarg;
			break;
		case 't':
			o.thp = true;
			break;
		case 'H':
			o.halve = true;
			break;
		case 'k':
			o.mlock = true;
			break;
		case 'S':
			o.shm_lock = true;
			break;
		case 'P':
			o.pin = true;
			break;
		case 'i':
			o.idle = true;
			break;
		case 'K':
			o.keep_tlb = true;
			break;
		case 'c':
			o.child = true;
			break;
		case 'u':
			o.users = strtoul(optarg, NULL, 0);
			break;
		case 'w':
			o.writer = true;
			break;
		case 'C':
			o.change = true;
			break;
		case 'T':
			o.threads = strtoul(optarg, NULL, 0);
			break;
		default:
			return 2;
		}
	}
	if (!o.hot || o.hot > o.pages)
		o.hot = o.pages;
	return run(&o);
}
