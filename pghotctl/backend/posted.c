// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/posted.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "system/mprof.h"
#include "system/system.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define SYSCTLS	 "/proc/sys/vm/"
#define PREFIX	 "pghot_"
#define SYSCTL	 SYSCTLS PREFIX
#define DEBUGFS	 "/sys/kernel/debug/pghot/"
#define VMSTAT	 "/proc/vmstat"
/* Only those revisions that scan page tables count it. */
#define PGTSCANS "pghot_recorded_pgtscans"

#define SOURCES_SYSCTL	SYSCTL "enabled_sources"
#define SOURCES_DEBUGFS DEBUGFS "enabled_sources"
#define SLEEP_DEBUGFS	DEBUGFS "kmigrated_sleep_ms"
#define WINDOW_SYSCTL	SYSCTL "promote_freq_window_ms"
#define LIMIT_SYSCTL	SYSCTL "promote_rate_limit_MBps"
/* The same value by the name that it had before there was pghot. */
#define LIMIT_ALIAS	"/proc/sys/kernel/numa_balancing_promote_rate_limit_MBps"

/* clang-format off */

/* Where the kernel does not say what it takes, it is asked by trying. */
static const struct pghot_param_desc debugfs_params[] = {
	{ PGHOT_A_PARAM_FREQ_THRESHOLD, "freq-threshold", "threshold", PGHOT_UNIT_NONE,
	  1, UINT32_MAX, 2, 4, "accesses within a window that make a page hot" },
	{ PGHOT_A_PARAM_WINDOW_MS, "window-ms", "window", PGHOT_UNIT_MS,
	  0, INT32_MAX, 3000, 4, "window in which accesses count" },
	{ PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, "promote-rate-limit-mbps", "rate-limit",
	  PGHOT_UNIT_MBPS, 0, INT32_MAX, 65536, 4,
	  "most that is promoted to one node per second" },
	{ PGHOT_A_PARAM_BATCH_NR, "batch-nr", "batch", PGHOT_UNIT_PAGES,
	  1, UINT32_MAX, 512, 4, "folios that migrate together" },
	{ PGHOT_A_PARAM_SLEEP_MS, "sleep-ms", "sleep", PGHOT_UNIT_MS,
	  0, UINT32_MAX, 100, 4, "rest of kmigrated between two rounds" },
	{ PGHOT_A_PARAM_TARGET_NID, "target-nid", "target", PGHOT_UNIT_NODE,
	  0, PGHOT_NODES_MAX - 1, 0, 4, "where to promote to when a report names no node" },
};

static const struct pghot_param_desc v8_params[] = {
	{ PGHOT_A_PARAM_FREQ_THRESHOLD, "freq-threshold", "threshold", PGHOT_UNIT_NONE,
	  1, UINT32_MAX, 2, 4, "accesses within a window that make a page hot" },
	{ PGHOT_A_PARAM_WINDOW_MS, "window-ms", "window", PGHOT_UNIT_MS,
	  0, INT32_MAX, 3000, 4, "window in which accesses count" },
	{ PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, "promote-rate-limit-mbps", "rate-limit",
	  PGHOT_UNIT_MBPS, 0, INT32_MAX, 65536, 4,
	  "most that is promoted to one node per second" },
	{ PGHOT_A_PARAM_BATCH_NR, "batch-nr", "batch", PGHOT_UNIT_PAGES,
	  64, 1024, 512, 4, "folios that migrate together" },
	{ PGHOT_A_PARAM_SLEEP_MS, "sleep-ms", "sleep", PGHOT_UNIT_MS,
	  50, 1000, 100, 4, "rest of kmigrated between two rounds" },
	{ PGHOT_A_PARAM_TARGET_NID, "target-nid", "target", PGHOT_UNIT_NODE,
	  -1, PGHOT_NODES_MAX - 1, -1, 4, "where to promote to when a report names no node" },
};

static const struct {
	unsigned int attr;
	const char *sysctl; /* from v8 on, or always when there is no other */
	const char *debugfs;
} paths[] = {
	{ PGHOT_A_PARAM_FREQ_THRESHOLD, SYSCTL "freq_threshold", DEBUGFS "freq_threshold" },
	{ PGHOT_A_PARAM_WINDOW_MS, WINDOW_SYSCTL, NULL },
	{ PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, LIMIT_SYSCTL, NULL },
	{ PGHOT_A_PARAM_BATCH_NR, NULL, DEBUGFS "kmigrated_batch_nr" },
	{ PGHOT_A_PARAM_SLEEP_MS, NULL, SLEEP_DEBUGFS },
	{ PGHOT_A_PARAM_TARGET_NID, SYSCTL "target_nid", DEBUGFS "target_nid" },
};

static const struct posted_source v5_sources[] = {
	{ "hwhint", 0x1, "hardware samples: AMD IBS", "pghot_recorded_hwhints",
	  true, PGHOT_SOURCE_ID_HWHINT },
	{ "pgtscan", 0x2, "scans of page tables: klruscand or kmmscand, whichever is built",
	  PGTSCANS, false, 0 },
	{ "hintfault", 0x4, "NUMA hint faults of tasks", "pghot_recorded_hintfaults",
	  true, PGHOT_SOURCE_ID_HINTFAULT },
};

static const struct posted_source v6_sources[] = {
	{ "hintfault", 0x1, "NUMA hint faults of tasks", "pghot_recorded_hintfaults",
	  true, PGHOT_SOURCE_ID_HINTFAULT },
	{ "hwhint", 0x2, "hardware samples: AMD IBS", "pghot_recorded_hwhints",
	  true, PGHOT_SOURCE_ID_HWHINT },
};

/* Knobs of the IBS memory profiler, in the order of enum posted_knob. */
static const struct pghot_param_desc knobs[] = {
	{ POSTED_KNOB_L3MISS_ONLY, "l3miss-only", NULL, PGHOT_UNIT_BOOL,
	  0, 1, 1, 4, "only accesses that miss the L3 cache are sampled" },
	{ POSTED_KNOB_PERIOD, "period", NULL, PGHOT_UNIT_NONE,
	  0, UINT32_MAX, 10000, 4, "micro-ops from one sample to the next" },
	{ POSTED_KNOB_LAT_FILTER, "lat-filter", NULL, PGHOT_UNIT_BOOL,
	  0, 1, 0, 4, "only loads that take longer than lat-thresh are sampled" },
	{ POSTED_KNOB_LAT_THRESH, "lat-thresh", NULL, PGHOT_UNIT_NONE,
	  0, UINT32_MAX, 0, 4, "more than so many times 128 cycles, and 128 on top" },
};

/* What else is counted that has to do with it. */
static const char *const counter_prefixes[] = {
	"pghot_", "hwhint_", "kmigrated_", "kpromoted_", "klruscand_", "kmmscand_", "pgpromote_",
	"pgdemote_", "numa_hint_faults", "numa_pages_migrated",
};

/* clang-format on */

static bool exists(const char *root, const char *path, int *err)
{
	char whole[PATH_MAX];

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	if (!access(whole, F_OK))
		return true;
	*err = errno;
	return false;
}

static void see_counter(const char *name, uint64_t value, void *data)
{
	(void)value;
	if (!strcmp(name, PGTSCANS))
		*(bool *)data = true;
}

bool posted_find(const char *root, struct posted *p)
{
	bool sysctl, debugfs, window, pgtscans = false;
	int err = 0;

	*p = (struct posted){ .root = root };
	sysctl = exists(root, SOURCES_SYSCTL, &err);
	window = exists(root, WINDOW_SYSCTL, &err);
	debugfs = exists(root, SOURCES_DEBUGFS, &err);
	/* All revisions have it there; an unprivileged user sees only a closed door. */
	p->hidden = !exists(root, SLEEP_DEBUGFS, &err);
	p->mounted = !p->hidden || err == EACCES || err == EPERM;
	if (sysctl) {
		p->revision = POSTED_V8;
		p->limit_is_alias = !exists(root, LIMIT_SYSCTL, &err) &&
				    exists(root, LIMIT_ALIAS, &err);
		return true;
	}
	if (!debugfs && !window)
		return false;
	posted_counters(p, see_counter, &pgtscans);
	p->revision = pgtscans ? POSTED_V5 : POSTED_V7;
	return true;
}

const char *posted_revision_text(enum posted_revision revision)
{
	switch (revision) {
	case POSTED_V5:
		return "up to v5";
	case POSTED_V7:
		return "v6 or v7";
	case POSTED_V8:
		break;
	}
	return "v8";
}

static const struct pghot_param_desc *debugfs_param_at(unsigned int i)
{
	return i < ARRAY_LEN(debugfs_params) ? &debugfs_params[i] : NULL;
}

static const struct pghot_param_desc *v8_param_at(unsigned int i)
{
	return i < ARRAY_LEN(v8_params) ? &v8_params[i] : NULL;
}

param_at_fn posted_param_at(enum posted_revision revision)
{
	return revision == POSTED_V8 ? v8_param_at : debugfs_param_at;
}

const char *posted_param_path(const struct posted *p, unsigned int attr)
{
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		if (paths[i].attr != attr)
			continue;
		if (p->revision == POSTED_V8 && attr == PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS)
			return p->limit_is_alias ? LIMIT_ALIAS : LIMIT_SYSCTL;
		if (p->revision == POSTED_V8)
			return paths[i].sysctl ? paths[i].sysctl : paths[i].debugfs;
		return paths[i].debugfs ? paths[i].debugfs : paths[i].sysctl;
	}
	return NULL;
}

const struct posted_source *posted_source_at(const struct posted *p, unsigned int i)
{
	if (p->revision == POSTED_V5)
		return i < ARRAY_LEN(v5_sources) ? &v5_sources[i] : NULL;
	return i < ARRAY_LEN(v6_sources) ? &v6_sources[i] : NULL;
}

const struct posted_source *posted_source_by_id(const struct posted *p, uint32_t id)
{
	bool scanner = id == PGHOT_SOURCE_ID_LRUSCAN || id == PGHOT_SOURCE_ID_MMSCAN;
	const struct posted_source *src;

	for (unsigned int i = 0; (src = posted_source_at(p, i)); i++) {
		if (src->has_id ? src->id == id : scanner)
			return src;
	}
	return NULL;
}

const char *posted_sources_path(const struct posted *p)
{
	return p->revision == POSTED_V8 ? SOURCES_SYSCTL : SOURCES_DEBUGFS;
}

int posted_read(const struct posted *p, const char *path, int64_t *value)
{
	char buf[64];
	int err = system_read(p->root, path, buf, sizeof(buf));

	return err ? err : pghot_parse_s64(buf, value);
}

int posted_write(const struct posted *p, const char *path, int64_t value)
{
	char buf[32];
	int64_t now;
	int err;

	snprintf(buf, sizeof(buf), "%" PRId64 "\n", value);
	err = system_write(p->root, path, buf);
	if (err)
		return err;
	err = posted_read(p, path, &now);
	if (err)
		return err;
	return now == value ? 0 : -ESTALE;
}

int posted_read_mask(const struct posted *p, uint64_t *mask)
{
	int64_t value;
	int err = posted_read(p, posted_sources_path(p), &value);

	if (!err)
		*mask = (uint64_t)value;
	return err;
}

const struct pghot_param_desc *posted_knob_at(unsigned int i)
{
	return i < ARRAY_LEN(knobs) ? &knobs[i] : NULL;
}

const char *posted_knob_path(unsigned int knob)
{
	static const char *const knob_paths[] = {
		[POSTED_KNOB_L3MISS_ONLY] = MPROF_DEBUGFS "l3miss-only",
		[POSTED_KNOB_PERIOD] = MPROF_DEBUGFS "period",
		[POSTED_KNOB_LAT_FILTER] = MPROF_DEBUGFS "lat-filter",
		[POSTED_KNOB_LAT_THRESH] = MPROF_DEBUGFS "lat-thresh",
	};

	return knob_paths[knob];
}

/* ---- files that nobody knows yet ------------------------------------------ */

static bool is_known(const struct posted *p, const char *path)
{
	const struct pghot_param_desc *desc;
	const char *known;

	if (!strcmp(path, posted_sources_path(p)))
		return true;
	for (unsigned int i = 0; (desc = posted_param_at(p->revision)(i)); i++) {
		known = posted_param_path(p, desc->attr);
		if (known && !strcmp(path, known))
			return true;
	}
	for (unsigned int i = 0; i < ARRAY_LEN(knobs); i++) {
		if (!strcmp(path, posted_knob_path(knobs[i].attr)))
			return true;
	}
	return false;
}

/* The unknown files of one directory, in the order of their names. */
static int other_files(const struct posted *p, const char *directory, const char *prefix,
		       const char *called, posted_file_fn fn, void *data)
{
	char whole[PATH_MAX], path[512], name[300];
	struct dirent **entries;
	int nr;

	snprintf(whole, sizeof(whole), "%s%s", p->root, directory);
	nr = scandir(whole, &entries, NULL, alphasort);
	if (nr < 0)
		return errno == ENOMEM ? -errno : 0;
	for (int i = 0; i < nr; i++) {
		const struct dirent *d = entries[i];

		snprintf(path, sizeof(path), "%s%s", directory, d->d_name);
		snprintf(name, sizeof(name), "%s%s", called, d->d_name);
		if (d->d_type != DT_DIR && !strncmp(d->d_name, prefix, strlen(prefix)) &&
		    !is_known(p, path))
			fn(name, path, data);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int posted_other_files(const struct posted *p, posted_file_fn fn, void *data)
{
	/* clang-format off */
	static const struct {
		const char *directory;
		const char *prefix;
		const char *called;
	} places[] = {
		{ SYSCTLS, PREFIX, "vm." },
		{ DEBUGFS, "", "pghot/" },
		{ MPROF_DEBUGFS, "", "ibs-mprof/" },
	};
	/* clang-format on */
	int err = 0;

	for (size_t i = 0; i < ARRAY_LEN(places) && !err; i++)
		err = other_files(p, places[i].directory, places[i].prefix, places[i].called, fn,
				  data);
	return err;
}

/* ---- counters -------------------------------------------------------------- */

int posted_counters(const struct posted *p, posted_counter_fn fn, void *data)
{
	char whole[PATH_MAX], line[128];
	FILE *f;
	int err = 0;

	snprintf(whole, sizeof(whole), "%s%s", p->root, VMSTAT);
	f = fopen(whole, "re");
	if (!f)
		return -errno;
	while (fgets(line, sizeof(line), f)) {
		char *value = strchr(line, ' ');
		uint64_t number;

		if (!value)
			continue;
		*value++ = '\0';
		value[strcspn(value, "\n")] = '\0';
		for (size_t i = 0; i < ARRAY_LEN(counter_prefixes); i++) {
			size_t len = strlen(counter_prefixes[i]);

			if (strncmp(line, counter_prefixes[i], len) ||
			    pghot_parse_u64(value, &number))
				continue;
			fn(line, number, data);
			break;
		}
	}
	if (ferror(f))
		err = -errno;
	fclose(f);
	return err;
}
