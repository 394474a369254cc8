// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-mem - memory that is somewhere, used somehow; and where it is
 *
 *	pghot-e2e-mem hold [OPTION]...	map memory on a node, access some of it
 *					until a signal ends the program
 *	pghot-e2e-mem where PID LIST	nodes of the pages in LIST, by
 *					move_pages(2): "node0=N node1=N absent=N"
 *	pghot-e2e-mem pfns PID LIST	their page frame numbers, one per line, by
 *					/proc/PID/pagemap
 *	pghot-e2e-mem move PID NODE ADDRESS PAGES
 *					move every other one of the pages from ADDRESS on
 *					to NODE, by move_pages(2): "moved=N"
 *	pghot-e2e-mem churn SECONDS	short-lived processes that access memory on
 *					node 1, fork, write to shared pages, exec,
 *					unmap and exit at any moment
 *
 *	pghot-e2e-mem keep FILE...	keep what is read of these files in memory
 *					until a signal ends the program; prints "ready"
 *
 * A LIST is a file with one address per line, as hold writes it.
 *
 *	--mib N		size (default 16)
 *	--hot N		access N randomly chosen pages (default: all of them)
 *	--seed N	of the choice
 *	--node N	where it is faulted in (default 1)
 *	--policy P	what is left on it: default; bind, by mbind(2); bind-numab,
 *			the same and subject to NUMA balancing; bind-both, the same, but
 *			to nodes 0 and 1; task-bind, by
 *			set_mempolicy(2); preferred, set_mempolicy to prefer --node,
 *			not insisting
 *	--thp		huge pages, please
 *	--halve		unmap the second half of each of these
 *	--mlock		lock it
 *	--shm-lock	System V shared memory, locked by SHM_LOCK before it is accessed
 *	--pin		keep the first 256 pages pinned, as direct I/O does
 *	--idle		do not access it after the first time
 *	--keep-tlb	let the CPU keep their translations, as long as it does
 *	--list FILE	write the addresses of the accessed pages there
 *	--all FILE	and those of all pages there
 *	--child		fork: parent and child share the pages (shmem), only the child
 *			accesses them; its pid is told
 *	--users N	fork N processes that share the pages (shmem), access them once
 *			and sleep
 *	--writer	hold the mmap lock for writing two thirds of the time: that of the
 *			first of these N, or else one's own, in a second thread
 *	--change	the same, while changing the protection of these very pages, which
 *			stay readable and writable
 *	--threads N	N threads more, which sleep; the policy of the last one binds it
 *			to --node
 *
 * hold prints "ready pid=N pages=N hot=N" when the memory is where it should be
 * and any pin is in place.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/mempolicy.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE	  4096UL
#define HUGE	  (2UL << 20)
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

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("pghot-e2e-mem: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, " (errno: %s)\n", strerror(errno));
	exit(1);
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void bind_range(void *base, size_t bytes, int mode, int node)
{
	unsigned long mask = 1UL << node;
	bool none = mode == MPOL_DEFAULT;

	if (syscall(SYS_mbind, base, bytes, mode, none ? NULL : &mask, none ? 0UL : 64UL, 0) < 0)
		die("mbind");
}

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

/* ---- pages of a process ----------------------------------------------------- */

static size_t read_list(const char *path, unsigned long **addresses)
{
	size_t n = 0, room = 1024;
	unsigned long *list = malloc(room * sizeof(*list));
	FILE *f = fopen(path, "r");

	if (!f || !list)
		die("%s", path);
	while (fscanf(f, "%lx", &list[n]) == 1) {
		if (++n == room) {
			room *= 2;
			list = realloc(list, room * sizeof(*list));
			if (!list)
				die("out of memory");
		}
	}
	fclose(f);
	*addresses = list;
	return n;
}

static void count_nodes(int pid, unsigned long *addresses, size_t n, size_t on[3])
{
	size_t done, i;

	memset(on, 0, 3 * sizeof(on[0]));
	for (done = 0; done < n; done += 512) {
		size_t part = n - done < 512 ? n - done : 512;
		void *pages[512];
		int status[512];

		for (i = 0; i < part; i++)
			pages[i] = (void *)addresses[done + i];
		if (syscall(SYS_move_pages, pid, part, pages, NULL, status, 0) < 0)
			die("move_pages");
		for (i = 0; i < part; i++)
			on[status[i] == 0 || status[i] == 1 ? status[i] : 2]++;
	}
}

static int do_where(int pid, const char *path)
{
	unsigned long *addresses;
	size_t on[3], n = read_list(path, &addresses);

	count_nodes(pid, addresses, n, on);
	printf("node0=%zu node1=%zu absent=%zu\n", on[0], on[1], on[2]);
	return 0;
}

static int do_move(int pid, int node, unsigned long address, size_t pages)
{
	void *part[512];
	int nodes[512], status[512];
	size_t done = 0, moved = 0;

	while (done < pages) {
		size_t n, i;

		for (n = 0; n < 512 && done < pages; n++, done += 2) {
			part[n] = (void *)(address + done * PAGE);
			nodes[n] = node;
		}
		/* A positive result: so many could not be moved, as when it is full. */
		if (syscall(SYS_move_pages, pid, n, part, nodes, status, MPOL_MF_MOVE) < 0)
			die("move_pages");
		for (i = 0; i < n; i++)
			moved += status[i] == node;
	}
	printf("moved=%zu\n", moved);
	return 0;
}

static int do_pfns(int pid, const char *path)
{
	unsigned long *addresses;
	size_t i, n = read_list(path, &addresses);
	char name[64];
	int fd;

	snprintf(name, sizeof(name), "/proc/%d/pagemap", pid);
	fd = open(name, O_RDONLY);
	if (fd < 0)
		die("%s", name);
	for (i = 0; i < n; i++) {
		unsigned long long entry;

		if (pread(fd, &entry, 8, addresses[i] / PAGE * 8) != 8)
			die("%s", name);
		/* Bit 63: present; bits 0-54: page frame number. */
		printf("%llu\n", entry >> 63 ? entry & ((1ULL << 55) - 1) : 0ULL);
	}
	return 0;
}

/* ---- hold ------------------------------------------------------------------- */

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

static char *map_pages(size_t pages, bool thp, bool shared)
{
	size_t bytes = pages * PAGE;
	char *map = mmap(NULL, bytes + HUGE, PROT_READ | PROT_WRITE,
			 (shared ? MAP_SHARED : MAP_PRIVATE) | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		die("mmap");
	map = (char *)(((uintptr_t)map + HUGE - 1) & ~(HUGE - 1));
	madvise(map, bytes, thp ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	return map;
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

static int do_hold(const struct options *o)
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

/* ---- churn ------------------------------------------------------------------ */

static void touch_for(char *base, size_t pages, unsigned int ms)
{
	int64_t end = now_ms() + ms;
	size_t i;

	while (now_ms() < end)
		for (i = 0; i < pages; i++)
			(*(volatile unsigned long *)(base + i * PAGE))++;
}

/* A life: memory on node 1, used for a while, and then one of several ends. */
__attribute__((noreturn)) static void live(unsigned int fate)
{
	size_t pages = 128 + fate % 384;
	char *base = map_pages(pages, fate % 7 == 0, false);
	unsigned int ms = 100 + fate * 37 % 500;
	size_t i;

	bind_range(base, pages * PAGE, MPOL_BIND, 1);
	for (i = 0; i < pages; i++)
		*(volatile unsigned long *)(base + i * PAGE) = i;
	bind_range(base, pages * PAGE, MPOL_DEFAULT, 0);
	touch_for(base, pages, ms);

	switch (fate % 5) {
	case 0: /* killed while accessing */
		alarm(1);
		touch_for(base, pages, 3000);
		break;
	case 1: /* parent and child write to what they share */
		if (!fork()) {
			touch_for(base, pages, ms / 2);
			_exit(0);
		}
		touch_for(base, pages, ms);
		wait(NULL);
		break;
	case 2: /* the address space is replaced under the promoter */
		execl("/proc/self/exe", "pghot-e2e-mem", "live", "3", (char *)NULL);
		_exit(1);
	case 3: /* so is part of it */
		munmap(base, pages / 2 * PAGE);
		touch_for(base + pages / 2 * PAGE, pages - pages / 2, ms / 2);
		madvise(base + pages / 2 * PAGE, PAGE * 32, MADV_DONTNEED);
		break;
	}
	_exit(0);
}

static int do_churn(unsigned int seconds)
{
	int64_t end = now_ms() + seconds * 1000LL;
	unsigned long born = 0, failed = 0;
	unsigned int alive = 0;

	while (now_ms() < end || alive) {
		int status;

		if (now_ms() < end && alive < 4) {
			pid_t pid = fork();

			if (pid < 0)
				die("fork");
			if (!pid)
				live(born);
			born++;
			alive++;
			continue;
		}
		if (wait(&status) < 0)
			die("wait");
		alive--;
		if (!(WIFEXITED(status) && !WEXITSTATUS(status)) &&
		    !(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)) {
			fprintf(stderr, "a child ended with status %#x\n", status);
			failed++;
		}
	}
	printf("born=%lu failed=%lu\n", born, failed);
	return failed != 0;
}

static int parse_hold(int argc, char **argv)
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
	return do_hold(&o);
}

/* On a machine that is short of memory a test's own programs go first, and come back slowly. */
static int do_keep(char **files)
{
	for (; *files; files++) {
		int fd = open(*files, O_RDONLY | O_CLOEXEC);
		off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
		void *map;

		if (size < 0)
			die("%s", *files);
		map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
		if (map == MAP_FAILED || mlock(map, size))
			die("keeping %s", *files);
		close(fd);
	}
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "hold"))
		return parse_hold(argc - 1, argv + 1);
	if (!strcmp(what, "where") && argc == 4)
		return do_where(atoi(argv[2]), argv[3]);
	if (!strcmp(what, "pfns") && argc == 4)
		return do_pfns(atoi(argv[2]), argv[3]);
	if (!strcmp(what, "move") && argc == 6)
		return do_move(atoi(argv[2]), atoi(argv[3]), strtoul(argv[4], NULL, 0),
			       strtoul(argv[5], NULL, 0));
	if (!strcmp(what, "churn") && argc == 3)
		return do_churn(atoi(argv[2]));
	if (!strcmp(what, "keep") && argc > 2)
		return do_keep(argv + 2);
	if (!strcmp(what, "live") && argc == 3)
		live(atoi(argv[2]));
	fputs("pghot-e2e-mem: hold, where, pfns, move, churn or keep; see the source\n", stderr);
	return 2;
}
