// SPDX-License-Identifier: GPL-2.0-or-later

#include "params.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define U64_MAX ((int64_t)UINT64_MAX)

/* clang-format off */
static const struct pghot_param_desc params[] = {
	{ PGHOT_A_PARAM_PROMOTE, "promote", NULL, PGHOT_UNIT_BOOL, 0, 1, 1, 1,
	  "promote hot pages; off makes pghot a profiler that moves nothing" },
	{ PGHOT_A_PARAM_FREQ_THRESHOLD, "freq-threshold", "threshold", PGHOT_UNIT_NONE,
	  PGHOT_FREQ_THRESHOLD_MIN, PGHOT_FREQ_THRESHOLD_MAX, PGHOT_FREQ_THRESHOLD_DEFAULT, 4,
	  "accesses within a window that make a page hot" },
	{ PGHOT_A_PARAM_WINDOW_MS, "window-ms", "window", PGHOT_UNIT_MS, PGHOT_WINDOW_MS_MIN,
	  PGHOT_WINDOW_MS_MAX, PGHOT_WINDOW_MS_DEFAULT, 4, "window in which accesses count" },
	{ PGHOT_A_PARAM_WINDOW_MAX_MS, "window-max-ms", "window-max", PGHOT_UNIT_MS,
	  PGHOT_WINDOW_MAX_MS_MIN, PGHOT_WINDOW_MAX_MS_MAX, PGHOT_WINDOW_MAX_MS_DEFAULT, 4,
	  "longest window of a slow source; at window-ms or less no window grows" },
	{ PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, "promote-rate-limit-mbps", "rate-limit",
	  PGHOT_UNIT_MBPS, PGHOT_RATE_LIMIT_MBPS_MIN, PGHOT_RATE_LIMIT_MBPS_MAX,
	  PGHOT_RATE_LIMIT_MBPS_DEFAULT, 4, "most that is promoted to one node per second" },
	{ PGHOT_A_PARAM_BATCH_NR, "batch-nr", "batch", PGHOT_UNIT_PAGES, PGHOT_BATCH_NR_MIN,
	  PGHOT_BATCH_NR_MAX, PGHOT_BATCH_NR_DEFAULT, 4, "base pages that migrate together" },
	{ PGHOT_A_PARAM_SLEEP_MS, "sleep-ms", "sleep", PGHOT_UNIT_MS, PGHOT_SLEEP_MS_MIN,
	  PGHOT_SLEEP_MS_MAX, PGHOT_SLEEP_MS_DEFAULT, 4, "rest of kpromoted between two rounds" },
	{ PGHOT_A_PARAM_TARGET_NID, "target-nid", "target", PGHOT_UNIT_NODE, -1,
	  PGHOT_NODES_MAX - 1, -1, 4, "where to promote to when a report names no node" },
	{ PGHOT_A_PARAM_HEAP_CAPACITY, "heap-capacity", NULL, PGHOT_UNIT_ENTRIES,
	  PGHOT_HEAP_CAPACITY_MIN, PGHOT_HEAP_CAPACITY_MAX, PGHOT_HEAP_CAPACITY_DEFAULT, 4,
	  "folios that can wait for promotion, per node" },
	{ PGHOT_A_PARAM_ADAPTIVE, "adaptive", NULL, PGHOT_UNIT_BOOL, 0, 1, 1, 1,
	  "the threshold follows the flow of candidates" },
};

static const struct pghot_param_desc hintfault_params[] = {
	{ PGHOT_A_HINTFAULT_HOT_LATENCY_MS, "hot-latency-ms", "hot-latency", PGHOT_UNIT_MS,
	  PGHOT_HOT_LATENCY_MS_MIN, PGHOT_HOT_LATENCY_MS_MAX, PGHOT_HOT_LATENCY_MS_DEFAULT, 4,
	  "a page whose hint faults come so soon is hot" },
};

static const struct pghot_param_desc hwhint_params[] = {
	{ PGHOT_A_HWHINT_PMU_TYPE, "pmu-type", "pmu", PGHOT_UNIT_PMU, 0, INT32_MAX, 1, 4,
	  "PMU that samples, by its number in sysfs; 1 is software events" },
	{ PGHOT_A_HWHINT_CONFIG, "config", NULL, PGHOT_UNIT_BITS, 0, U64_MAX, 5, 8,
	  "event of the PMU; of software events, 5 is minor page faults" },
	{ PGHOT_A_HWHINT_CONFIG1, "config1", NULL, PGHOT_UNIT_BITS, 0, U64_MAX, 0, 8,
	  "more of the event, as the PMU needs it" },
	{ PGHOT_A_HWHINT_CONFIG2, "config2", NULL, PGHOT_UNIT_BITS, 0, U64_MAX, 0, 8,
	  "more of the event, as the PMU needs it" },
	{ PGHOT_A_HWHINT_SAMPLE_PERIOD, "sample-period", "period", PGHOT_UNIT_NONE,
	  PGHOT_SAMPLE_PERIOD_MIN, PGHOT_SAMPLE_PERIOD_MAX, PGHOT_SAMPLE_PERIOD_DEFAULT, 8,
	  "events from one sample to the next; more where that would be too many samples" },
	{ PGHOT_A_HWHINT_SAMPLES_PER_SEC, "samples-per-sec", "samples", PGHOT_UNIT_NONE,
	  PGHOT_SAMPLES_PER_SEC_MIN, PGHOT_SAMPLES_PER_SEC_MAX, PGHOT_SAMPLES_PER_SEC_DEFAULT, 4,
	  "most samples per second that are taken on one CPU" },
	{ PGHOT_A_HWHINT_COUNT_KERNEL, "count-kernel", NULL, PGHOT_UNIT_BOOL, 0, 1, 0, 1,
	  "accesses made in kernel mode count, too" },
	{ PGHOT_A_HWHINT_ISOLATED_CPUS, "isolated-cpus", NULL, PGHOT_UNIT_BOOL, 0, 1, 0, 1,
	  "isolated and nohz_full CPUs are sampled, too" },
};

#define COUNTER(attr, name, help) { attr, name, NULL, PGHOT_UNIT_NONE, 0, U64_MAX, 0, 8, help }
static const struct pghot_param_desc hwhint_counters[] = {
	COUNTER(PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD, "current-period",
		"longest period in use on any CPU"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_CPUS, "cpus", "CPUs that are sampled"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_RECEIVED, "received", "samples"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_USER, "user", "samples of user mode"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_KERNEL, "kernel", "samples of kernel mode"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_UNADDRESSED, "unaddressed",
		"samples without a physical address"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_DROPPED, "dropped", "samples that met a full ring"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_THROTTLED, "throttled",
		"times that perf stopped the event for a tick"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_CACHED, "cached", "samples that a cache has answered"),
	COUNTER(PGHOT_A_HWHINT_COUNTERS_WEIGHT, "weight", "accesses that a sample counts for"),
};

static const struct pghot_param_desc mmscan_params[] = {
	{ PGHOT_A_MMSCAN_SCAN_SIZE_MIB, "scan-size-mib", "scan-size", PGHOT_UNIT_MIB,
	  PGHOT_MMSCAN_SCAN_SIZE_MIB_MIN, PGHOT_MMSCAN_SCAN_SIZE_MIB_MAX,
	  PGHOT_MMSCAN_SCAN_SIZE_MIB_DEFAULT, 4, "mapped memory of a process looked at in one go" },
	{ PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS, "scan-period-min-ms", "scan-period-min",
	  PGHOT_UNIT_MS, PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_MIN,
	  PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_MAX, PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_DEFAULT, 4,
	  "time between two passes over a process that uses slow memory" },
	{ PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS, "scan-period-max-ms", "scan-period-max",
	  PGHOT_UNIT_MS, PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MIN,
	  PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MAX, PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_DEFAULT, 4,
	  "time between two passes over one that does not" },
	{ PGHOT_A_MMSCAN_SCAN_DELAY_MS, "scan-delay-ms", "scan-delay", PGHOT_UNIT_MS, 0,
	  PGHOT_MMSCAN_SCAN_DELAY_MS_MAX, PGHOT_MMSCAN_SCAN_DELAY_MS_DEFAULT, 4,
	  "age before which a process is left alone" },
	{ PGHOT_A_MMSCAN_CPU_PERCENT, "cpu-percent", "cpu", PGHOT_UNIT_PERCENT,
	  PGHOT_MMSCAN_CPU_PERCENT_MIN, PGHOT_MMSCAN_CPU_PERCENT_MAX,
	  PGHOT_MMSCAN_CPU_PERCENT_DEFAULT, 4, "most of one CPU that kmmscand may use" },
};

static const struct pghot_param_desc lruscan_params[] = {
	{ PGHOT_A_LRUSCAN_INTERVAL_MS, "interval-ms", "interval", PGHOT_UNIT_MS,
	  PGHOT_LRUSCAN_INTERVAL_MS_MIN, PGHOT_LRUSCAN_INTERVAL_MS_MAX,
	  PGHOT_LRUSCAN_INTERVAL_MS_DEFAULT, 4, "time from one pass over page tables to the next" },
	{ PGHOT_A_LRUSCAN_BUDGET_PAGES, "budget-pages", "budget", PGHOT_UNIT_PAGES,
	  PGHOT_LRUSCAN_BUDGET_PAGES_MIN, PGHOT_LRUSCAN_BUDGET_PAGES_MAX,
	  PGHOT_LRUSCAN_BUDGET_PAGES_DEFAULT, 4, "page table entries that a pass looks at" },
	{ PGHOT_A_LRUSCAN_CPU_PERCENT, "cpu-percent", "cpu", PGHOT_UNIT_PERCENT,
	  PGHOT_LRUSCAN_CPU_PERCENT_MIN, PGHOT_LRUSCAN_CPU_PERCENT_MAX,
	  PGHOT_LRUSCAN_CPU_PERCENT_DEFAULT, 4, "most of one CPU that klruscand may use" },
};

static const struct pghot_param_desc lruscan_counters[] = {
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_PASSES, "passes", "passes over page tables"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_SCANNED, "scanned", "page table entries looked at"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_ACCESSED, "accessed",
		"entries of lower tiers that had been accessed"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_ROUNDS, "rounds",
		"rounds over all memory cgroups since the source was enabled"),
	{ PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS, "round-ms", NULL, PGHOT_UNIT_MS, 0, UINT32_MAX, 0, 4,
	  "time between two looks at a page, of the last round" },
	{ PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR, "memcg-cursor", NULL, PGHOT_UNIT_INODE,
	  0, U64_MAX, 0, 8, "memory cgroup in which the next pass goes on" },
};

/* What is a source's own. */
static const struct own {
	uint32_t id;
	unsigned int nest;
	const struct pghot_param_desc *params;
	unsigned int nr_params;
	const struct pghot_param_desc *counters;
	unsigned int nr_counters;
} own[] = {
	{ PGHOT_SOURCE_ID_HINTFAULT, PGHOT_A_SOURCE_HINTFAULT,
	  hintfault_params, ARRAY_LEN(hintfault_params), NULL, 0 },
	{ PGHOT_SOURCE_ID_HWHINT, PGHOT_A_SOURCE_HWHINT,
	  hwhint_params, ARRAY_LEN(hwhint_params),
	  hwhint_counters, ARRAY_LEN(hwhint_counters) },
	{ PGHOT_SOURCE_ID_MMSCAN, PGHOT_A_SOURCE_MMSCAN,
	  mmscan_params, ARRAY_LEN(mmscan_params), NULL, 0 },
	{ PGHOT_SOURCE_ID_LRUSCAN, PGHOT_A_SOURCE_LRUSCAN,
	  lruscan_params, ARRAY_LEN(lruscan_params),
	  lruscan_counters, ARRAY_LEN(lruscan_counters) },
};

/* clang-format on */

const struct pghot_param_desc *pghot_param_at(unsigned int i)
{
	return i < ARRAY_LEN(params) ? &params[i] : NULL;
}

static const struct own *own_of(uint32_t id)
{
	for (unsigned int i = 0; i < ARRAY_LEN(own); i++) {
		if (own[i].id == id)
			return &own[i];
	}
	return NULL;
}

const struct pghot_param_desc *pghot_source_param_at(uint32_t id, unsigned int i)
{
	const struct own *o = own_of(id);

	return o && i < o->nr_params ? &o->params[i] : NULL;
}

const struct pghot_param_desc *pghot_source_counter_at(uint32_t id, unsigned int i)
{
	const struct own *o = own_of(id);

	return o && i < o->nr_counters ? &o->counters[i] : NULL;
}

unsigned int pghot_source_param_nest(uint32_t id)
{
	const struct own *o = own_of(id);

	return o ? o->nest : 0;
}

int pghot_param_parse(const struct pghot_param_desc *desc, const char *s, int64_t *value)
{
	int64_t parsed = 0;
	uint64_t v = 0;
	bool on;
	int err;

	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		err = pghot_parse_bool(s, &on);
		v = !err && on;
		break;
	case PGHOT_UNIT_MS:
		err = pghot_parse_ms(s, 1, &v);
		break;
	case PGHOT_UNIT_MBPS:
	case PGHOT_UNIT_MIB:
		err = pghot_parse_size(s, 1 << 20, &v);
		if (!err && v % (1 << 20))
			err = -EINVAL;
		v >>= 20;
		break;
	case PGHOT_UNIT_NODE:
		err = pghot_parse_s64(s, &parsed);
		break;
	case PGHOT_UNIT_BITS:
	case PGHOT_UNIT_PMU:
		err = pghot_parse_u64(s, &v);
		break;
	case PGHOT_UNIT_NONE:
	case PGHOT_UNIT_PERCENT:
	case PGHOT_UNIT_PAGES:
	case PGHOT_UNIT_ENTRIES:
	default:
		err = pghot_parse_count(s, &v);
		break;
	}
	if (err)
		return err;
	if (pghot_param_is_unsigned(desc)) {
		if (v < (uint64_t)desc->min || v > (uint64_t)desc->max)
			return -ERANGE;
		*value = (int64_t)v;
		return 0;
	}
	if (desc->unit != PGHOT_UNIT_NODE) {
		if (v > INT64_MAX)
			return -ERANGE;
		parsed = (int64_t)v;
	}
	if (parsed < desc->min || parsed > desc->max)
		return -ERANGE;
	*value = parsed;
	return 0;
}

char *pghot_param_number(const struct pghot_param_desc *desc, int64_t value, char *buf, size_t size)
{
	if (pghot_param_is_unsigned(desc))
		snprintf(buf, size, "%" PRIu64, (uint64_t)value);
	else
		snprintf(buf, size, "%" PRId64, value);
	return buf;
}

char *pghot_param_accepts(const struct pghot_param_desc *desc, char *buf, size_t size)
{
	char lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];

	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		snprintf(buf, size, "on or off");
		break;
	case PGHOT_UNIT_MS:
		snprintf(buf, size, "%s to %s",
			 pghot_format_ms(lo, sizeof(lo), (uint64_t)desc->min),
			 pghot_format_ms(hi, sizeof(hi), (uint64_t)desc->max));
		break;
	case PGHOT_UNIT_MBPS:
		snprintf(buf, size, "%" PRId64 " to %" PRId64 " MiB/s, whole ones", desc->min,
			 desc->max);
		break;
	case PGHOT_UNIT_MIB:
		snprintf(buf, size, "%" PRId64 " to %" PRId64 " MiB, whole ones", desc->min,
			 desc->max);
		break;
	case PGHOT_UNIT_PERCENT:
		snprintf(buf, size, "%" PRId64 " to %" PRId64 " %% of one CPU", desc->min,
			 desc->max);
		break;
	case PGHOT_UNIT_NODE:
		snprintf(buf, size, "a node, or -1 for the nearest");
		break;
	case PGHOT_UNIT_BITS:
		snprintf(buf, size, "0 to 0x%" PRIx64, (uint64_t)desc->max);
		break;
	case PGHOT_UNIT_NONE:
	case PGHOT_UNIT_PAGES:
	case PGHOT_UNIT_ENTRIES:
	case PGHOT_UNIT_PMU:
	default:
		snprintf(buf, size, "%s to %s", pghot_param_number(desc, desc->min, lo, sizeof(lo)),
			 pghot_param_number(desc, desc->max, hi, sizeof(hi)));
		break;
	}
	return buf;
}

char *pghot_param_format(const struct pghot_param_desc *desc, int64_t value, char *buf, size_t size)
{
	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		snprintf(buf, size, "%s", value ? "on" : "off");
		break;
	case PGHOT_UNIT_MS:
		pghot_format_ms(buf, size, value < 0 ? 0 : (uint64_t)value);
		break;
	case PGHOT_UNIT_MBPS:
		snprintf(buf, size, "%" PRId64 " MiB/s", value);
		break;
	case PGHOT_UNIT_MIB:
		snprintf(buf, size, "%" PRId64 " MiB", value);
		break;
	case PGHOT_UNIT_PERCENT:
		snprintf(buf, size, "%" PRId64 " %%", value);
		break;
	case PGHOT_UNIT_PAGES:
		snprintf(buf, size, "%" PRId64 " page%s", value, value == 1 ? "" : "s");
		break;
	case PGHOT_UNIT_ENTRIES:
		snprintf(buf, size, "%" PRId64 " folios", value);
		break;
	case PGHOT_UNIT_INODE:
		if (value)
			snprintf(buf, size, "inode %" PRIu64, (uint64_t)value);
		else
			snprintf(buf, size, "none");
		break;
	case PGHOT_UNIT_NODE:
		if (value < 0)
			snprintf(buf, size, "nearest");
		else
			snprintf(buf, size, "node %" PRId64, value);
		break;
	case PGHOT_UNIT_BITS:
		snprintf(buf, size, "0x%" PRIx64, (uint64_t)value);
		break;
	case PGHOT_UNIT_PMU:
	case PGHOT_UNIT_NONE:
	default:
		pghot_param_number(desc, value, buf, size);
		break;
	}
	return buf;
}
