// SPDX-License-Identifier: GPL-2.0-or-later
#include "workers.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/complain.h"
#include "memory.h"
#include "common/pages.h"
#include "common/random.h"

/* Accesses between two looks at the stop flag. */
#define BURST 4096

/** struct worker - one thread of a worker process */
struct worker {
	const struct load *l;
	unsigned long process;
	struct area area;
	uint64_t random;
	pthread_t thread;
};

static void burst_memory(struct worker *w, const struct slot *table)
{
	const uint32_t pages = w->l->pages;
	const bool write = w->l->opt.memory != MEMORY_MMAP;
	char *base = w->area.base;
	uint64_t random = w->random;
	int i;

	for (i = 0; i < BURST; i++)
		page_access(base, popularity_draw(table, pages, &random), write);
	w->random = random;
}

static void burst_read(struct worker *w, const struct slot *table)
{
	const uint32_t pages = w->l->pages;
	char buffer[64];
	int i;

	for (i = 0; i < BURST; i++) {
		uint32_t page = popularity_draw(table, pages, &w->random);

		if (pread(w->area.fd, buffer, sizeof(buffer), page_word(page)) != sizeof(buffer))
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

/* The life of worker process @process. */
static int run_process(struct load *l, unsigned long process)
{
	struct worker workers[MAX_THREADS];
	struct area area;
	unsigned long i;
	int err;

	/* It does not outlive the judge. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	memory_set_up(&area, &l->opt, l->pages);

	for (i = 0; i < l->opt.threads; i++) {
		workers[i] = (struct worker){
			.l = l,
			.process = process,
			.area = area,
			.random = seed_random(l->opt.seed * 1000 + process * MAX_THREADS + i + 500),
		};
		err = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		if (err)
			die("cannot start thread %lu: %s", i + 1, strerror(err));
	}
	/* The judge waits for that; a file that nobody maps has no address. */
	atomic_store(&l->control->base[process], area.base ? (uintptr_t)area.base : 1);
	for (i = 0; i < l->opt.threads; i++)
		pthread_join(workers[i].thread, NULL);
	return 0;
}

/**
 * workers_check - end the program if a worker process has ended before its time
 * @l: the load
 */
void workers_check(const struct load *l)
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

/**
 * workers_start - one process after the other, each when all the memory of the one
 *		   before is there
 * @l: the load; @pid is filled in
 */
void workers_start(struct load *l)
{
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++) {
		fflush(stdout);
		l->pid[i] = fork();
		if (l->pid[i] < 0)
			die("cannot fork: %s", strerror(errno));
		if (!l->pid[i])
			_exit(run_process(l, i));
		while (!atomic_load(&l->control->base[i])) {
			workers_check(l);
			usleep(10000);
		}
	}
}

/** workers_stop - end the worker processes, and wait for that */
void workers_stop(struct load *l)
{
	unsigned long i;

	atomic_store(&l->control->stop, true);
	for (i = 0; i < l->opt.processes; i++)
		if (waitpid(l->pid[i], NULL, 0) < 0 && errno != ECHILD)
			die("waiting for process %d: %s", l->pid[i], strerror(errno));
}

/** workers_active - how many processes are not idle */
size_t workers_active(const struct load *l)
{
	size_t active = 0;
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++)
		active += !atomic_load(&l->control->idle[i]);
	return active;
}

/** workers_accesses - how many accesses all processes have made */
uint64_t workers_accesses(const struct load *l)
{
	uint64_t sum = 0;
	unsigned long i;

	for (i = 0; i < l->opt.processes; i++)
		sum += atomic_load(&l->control->accesses[i]);
	return sum;
}

/* CPU time since its start, from /proc/PID/stat, added to @e. */
static void add_cpu_time(pid_t pid, struct effort *e)
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
	e->user_s += (double)user / sysconf(_SC_CLK_TCK);
	e->system_s += (double)system / sysconf(_SC_CLK_TCK);
}

/**
 * workers_effort - what the worker processes have done so far
 * @l: the load
 * @e: filled in
 */
void workers_effort(const struct load *l, struct effort *e)
{
	unsigned long i;

	*e = (struct effort){ 0 };
	for (i = 0; i < l->opt.processes; i++)
		add_cpu_time(l->pid[i], e);
	e->accesses = workers_accesses(l);
}
