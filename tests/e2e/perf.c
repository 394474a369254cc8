// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-perf - somebody else who samples memory accesses
 *
 *	pghot-e2e-perf TYPE CONFIG PERIOD SECONDS
 *
 * Does what "perf record -a -d --phys-data" would: opens the event on every CPU
 * that is online, takes its samples out of the ring buffers for so many seconds,
 * and prints
 *
 *	samples=N addressed=N lost=N throttled=N running=P
 *
 * with P the share of the time in percent that the event was on the hardware,
 * the lowest of all CPUs: below 100 it shared it with others.
 */
#include <errno.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CPUS	   64
#define RING_PAGES 128
#define RING_BYTES (RING_PAGES * 4096UL)

struct counter {
	int fd;
	struct perf_event_mmap_page *page;
};

struct sums {
	unsigned long samples;
	unsigned long addressed;
	unsigned long lost;
	unsigned long throttled;
};

/* What sample_type asks for, in the kernel's order. */
struct sample {
	struct perf_event_header header;
	uint64_t addr;
	uint64_t phys_addr;
};

static void copy_out(const struct counter *c, uint64_t at, void *to, size_t bytes)
{
	const uint8_t *ring = (const uint8_t *)c->page + 4096;

	for (size_t i = 0; i < bytes; i++)
		((uint8_t *)to)[i] = ring[(at + i) % RING_BYTES];
}

static void take_samples(struct counter *c, struct sums *sums)
{
	uint64_t head = __atomic_load_n(&c->page->data_head, __ATOMIC_ACQUIRE);
	uint64_t tail = c->page->data_tail;
	struct sample s;
	uint64_t lost[2];

	while (tail < head) {
		copy_out(c, tail, &s.header, sizeof(s.header));
		switch (s.header.type) {
		case PERF_RECORD_SAMPLE:
			copy_out(c, tail, &s, sizeof(s));
			sums->samples++;
			sums->addressed += s.addr && s.phys_addr;
			break;
		case PERF_RECORD_LOST:
			copy_out(c, tail + sizeof(s.header), lost, sizeof(lost));
			sums->lost += lost[1];
			break;
		case PERF_RECORD_THROTTLE:
			sums->throttled++;
			break;
		}
		tail += s.header.size;
	}
	__atomic_store_n(&c->page->data_tail, tail, __ATOMIC_RELEASE);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

static void open_on(struct counter *c, struct perf_event_attr *attr, int cpu)
{
	c->fd = (int)syscall(SYS_perf_event_open, attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
	if (c->fd < 0 && errno == ENODEV)
		return;
	if (c->fd < 0) {
		fprintf(stderr, "pghot-e2e-perf: CPU %d: %s\n", cpu, strerror(errno));
		exit(1);
	}
	c->page = mmap(NULL, 4096 + RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, c->fd, 0);
	if (c->page == MAP_FAILED) {
		perror("pghot-e2e-perf: mmap");
		exit(1);
	}
}

static double running(const struct counter *c)
{
	uint64_t v[3];

	if (read(c->fd, v, sizeof(v)) != sizeof(v)) {
		perror("pghot-e2e-perf: read");
		exit(1);
	}
	return v[1] ? 100.0 * (double)v[2] / (double)v[1] : 0;
}

int main(int argc, char **argv)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.sample_type = PERF_SAMPLE_ADDR | PERF_SAMPLE_PHYS_ADDR,
		.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
	};
	struct counter counters[CPUS];
	struct sums sums = { 0 };
	double end, least = 100;
	int cpus;

	if (argc != 5) {
		fprintf(stderr, "usage: pghot-e2e-perf TYPE CONFIG PERIOD SECONDS\n");
		return 2;
	}
	attr.type = (uint32_t)strtoul(argv[1], NULL, 0);
	attr.config = strtoull(argv[2], NULL, 0);
	attr.sample_period = strtoull(argv[3], NULL, 0);
	end = now() + atof(argv[4]);

	cpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	if (cpus > CPUS)
		cpus = CPUS;
	for (int cpu = 0; cpu < cpus; cpu++)
		open_on(&counters[cpu], &attr, cpu);
	while (now() < end) {
		usleep(20000);
		for (int cpu = 0; cpu < cpus; cpu++) {
			if (counters[cpu].fd >= 0)
				take_samples(&counters[cpu], &sums);
		}
	}
	for (int cpu = 0; cpu < cpus; cpu++) {
		double share = counters[cpu].fd >= 0 ? running(&counters[cpu]) : 100;

		if (share < least)
			least = share;
	}
	printf("samples=%lu addressed=%lu lost=%lu throttled=%lu running=%.0f\n", sums.samples,
	       sums.addressed, sums.lost, sums.throttled, least);
	return 0;
}
