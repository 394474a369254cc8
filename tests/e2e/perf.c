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
#include <sys/syscall.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/complain.h"
#include "common/ring.h"

#define CPUS	   64
#define RING_PAGES 128

struct counter {
	int fd;
	struct ring ring;
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

static void take_record(const struct perf_event_header *record, void *data)
{
	const struct sample *s = (const struct sample *)record;
	struct sums *sums = data;

	switch (record->type) {
	case PERF_RECORD_SAMPLE:
		sums->samples++;
		sums->addressed += s->addr && s->phys_addr;
		break;
	case PERF_RECORD_LOST:
		sums->lost += ring_lost(record);
		break;
	case PERF_RECORD_THROTTLE:
		sums->throttled++;
		break;
	}
}

static void open_on(struct counter *c, struct perf_event_attr *attr, int cpu)
{
	int err;

	c->fd = (int)syscall(SYS_perf_event_open, attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
	if (c->fd < 0 && errno == ENODEV)
		return;
	if (c->fd < 0)
		die("CPU %d: %s", cpu, strerror(errno));
	err = ring_map(&c->ring, c->fd, RING_PAGES);
	if (err)
		die("mmap: %s", strerror(-err));
}

static double running(const struct counter *c)
{
	uint64_t v[3];

	if (read(c->fd, v, sizeof(v)) != sizeof(v))
		die("read: %s", strerror(errno));
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
	double least = 100;
	int64_t end;
	int cpus;

	if (argc != 5) {
		fprintf(stderr, "usage: pghot-e2e-perf TYPE CONFIG PERIOD SECONDS\n");
		return 2;
	}
	attr.type = (uint32_t)strtoul(argv[1], NULL, 0);
	attr.config = strtoull(argv[2], NULL, 0);
	attr.sample_period = strtoull(argv[3], NULL, 0);
	end = now_ns() + (int64_t)(atof(argv[4]) * NSEC_PER_SEC);

	cpus = (int)sysconf(_SC_NPROCESSORS_CONF);
	if (cpus > CPUS)
		cpus = CPUS;
	for (int cpu = 0; cpu < cpus; cpu++)
		open_on(&counters[cpu], &attr, cpu);
	while (now_ns() < end) {
		usleep(20000);
		for (int cpu = 0; cpu < cpus; cpu++) {
			if (counters[cpu].fd >= 0)
				ring_read(&counters[cpu].ring, take_record, &sums);
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
