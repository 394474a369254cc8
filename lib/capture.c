// SPDX-License-Identifier: GPL-2.0-or-later

#include "capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cgroup.h"
#include "spans.h"

enum stage {
	STAGE_INFO,
	STAGE_PARAMS,
	STAGE_NODES,
	STAGE_SOURCES,
	STAGE_STATS,
	STAGE_HEAP,
	STAGE_RECORDS,
	STAGE_PROMOTED,
	STAGE_WRITE,
	STAGE_NONE,
};

/* Cgroups of a sample that are in it, by inode number: open addressing. */
struct seen {
	uint64_t *ino;
	size_t nr, max;
};

/**
 * struct pghot_capture - samples being taken
 * @rec: where they go
 * @what: they have
 * @conn: connection, NULL when there is none
 * @cgroups: their paths
 * @seen: cgroups whose path is in the sample
 * @stage: what is asked for
 * @refusal: of the last sample
 * @lost: writing failed
 * @wall_ns: CLOCK_MONOTONIC at the beginning
 * @cpu_ns: processor time at the beginning
 */
struct pghot_capture {
	struct pghot_recorder *rec;
	struct pghot_capture_what what;
	struct pghot_conn *conn;
	struct pghot_cgroups *cgroups;
	struct seen seen;
	enum stage stage;
	struct pghot_error refusal;
	bool lost;
	uint64_t wall_ns, cpu_ns;
};

static const struct {
	enum pghot_dump_kind kind;
	uint8_t cmd;
} dumps[] = {
	[STAGE_HEAP] = { PGHOT_DUMP_HEAP, PGHOT_CMD_HEAP_GET },
	[STAGE_RECORDS] = { PGHOT_DUMP_RECORDS, PGHOT_CMD_RECORD_GET },
	[STAGE_PROMOTED] = { PGHOT_DUMP_PROMOTED, PGHOT_CMD_PROMOTED_GET },
};

static bool is_dump(enum stage stage)
{
	return stage >= STAGE_HEAP && stage <= STAGE_PROMOTED;
}

static uint64_t clock_ns(clockid_t id)
{
	struct timespec ts;

	/* Cannot fail: every clock asked for here always exists. */
	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

int pghot_capture_open(struct pghot_capture **capp, struct pghot_recorder *rec,
		       const struct pghot_capture_what *what)
{
	struct pghot_capture *cap = calloc(1, sizeof(*cap));

	if (!cap)
		return -ENOMEM;
	cap->rec = rec;
	cap->what = *what;
	cap->stage = STAGE_NONE;
	cap->cgroups = pghot_cgroups_open(NULL);
	if (!cap->cgroups) {
		pghot_capture_close(cap);
		return -ENOMEM;
	}
	*capp = cap;
	return 0;
}

void pghot_capture_close(struct pghot_capture *cap)
{
	if (!cap)
		return;
	pghot_conn_close(cap->conn);
	pghot_cgroups_close(cap->cgroups);
	free(cap->seen.ino);
	free(cap);
}

/* Requests for the state say nothing that is not known. */
static void tapped(bool request, const void *payload, size_t len, void *data)
{
	struct pghot_capture *cap = data;

	if (!request || is_dump(cap->stage))
		pghot_recorder_message(cap->rec, payload, len);
}

static int take_info(const struct pghot_info *info, void *data)
{
	(void)info;
	(void)data;
	return 0;
}

static int take_params(const struct pghot_params *params, void *data)
{
	(void)params;
	(void)data;
	return 0;
}

static int take_node(const struct pghot_node *node, void *data)
{
	(void)node;
	(void)data;
	return 0;
}

static int take_source(const struct pghot_source *src, void *data)
{
	(void)src;
	(void)data;
	return 0;
}

static int take_stats(const struct pghot_stats *stats, void *data)
{
	(void)stats;
	(void)data;
	return 0;
}

static size_t seen_slot(const struct seen *seen, uint64_t ino)
{
	size_t i = (size_t)(ino * 0x9e3779b97f4a7c15ULL >> 32) & (seen->max - 1);

	while (seen->ino[i] && seen->ino[i] != ino)
		i = (i + 1) & (seen->max - 1);
	return i;
}

/* Returns 1 when the cgroup is new, 0, or -ENOMEM. */
static int seen_add(struct seen *seen, uint64_t ino)
{
	size_t i;

	if (seen->nr * 2 >= seen->max) {
		struct seen larger = { .max = seen->max ? seen->max * 2 : 64 };

		larger.ino = calloc(larger.max, sizeof(*larger.ino));
		if (!larger.ino)
			return -ENOMEM;
		for (i = 0; i < seen->max; i++)
			if (seen->ino[i])
				larger.ino[seen_slot(&larger, seen->ino[i])] = seen->ino[i];
		larger.nr = seen->nr;
		free(seen->ino);
		*seen = larger;
	}
	i = seen_slot(seen, ino);
	if (seen->ino[i])
		return 0;
	seen->ino[i] = ino;
	seen->nr++;
	return 1;
}

static int take_entry(const struct pghot_entry *entry, uint32_t nid, void *data)
{
	struct pghot_capture *cap = data;
	const char *path;
	int ret;

	(void)nid;
	if (!entry->cgroup_ino)
		return 0;
	ret = seen_add(&cap->seen, entry->cgroup_ino);
	if (ret <= 0)
		return ret;
	path = pghot_cgroup_path(cap->cgroups, entry->cgroup_ino);
	if (path)
		pghot_recorder_cgroup(cap->rec, entry->cgroup_ino, path);
	return 0;
}

static int take_span(const struct pghot_span *span, void *data)
{
	struct pghot_capture *cap = data;

	pghot_recorder_span(cap->rec, span);
	return 0;
}

static int start_dump(struct pghot_capture *cap, struct pghot_error *err)
{
	const struct pghot_dump_filter filter = {
		.present = cap->what.limit ? 1 << PGHOT_A_DUMP_LIMIT : 0,
		.limit = cap->what.limit,
	};

	pghot_recorder_dump(cap->rec, dumps[cap->stage].cmd);
	return pghot_start_dump(cap->conn, dumps[cap->stage].kind, &filter, take_entry, cap, err);
}

static int start(struct pghot_capture *cap, struct pghot_error *err)
{
	switch (cap->stage) {
	case STAGE_INFO:
		return pghot_start_info(cap->conn, take_info, cap, err);
	case STAGE_PARAMS:
		return pghot_start_params(cap->conn, take_params, cap, err);
	case STAGE_NODES:
		return pghot_start_nodes(cap->conn, take_node, cap, err);
	case STAGE_SOURCES:
		return pghot_start_sources(cap->conn, take_source, cap, err);
	case STAGE_STATS:
		return pghot_start_stats(cap->conn, take_stats, cap, err);
	case STAGE_HEAP:
	case STAGE_RECORDS:
	case STAGE_PROMOTED:
		return start_dump(cap, err);
	case STAGE_WRITE:
	case STAGE_NONE:
		break;
	}
	return 0;
}

static void disconnect(struct pghot_capture *cap)
{
	pghot_conn_close(cap->conn);
	cap->conn = NULL;
}

void pghot_capture_begin(struct pghot_capture *cap)
{
	if (cap->conn && pghot_conn_busy(cap->conn))
		disconnect(cap);
	pghot_recorder_begin(cap->rec);
	cap->refusal = (struct pghot_error){ 0 };
	if (cap->seen.max)
		memset(cap->seen.ino, 0, cap->seen.max * sizeof(*cap->seen.ino));
	cap->seen.nr = 0;
	cap->stage = STAGE_INFO;
	cap->wall_ns = clock_ns(CLOCK_MONOTONIC);
	cap->cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

static void next_stage(struct pghot_capture *cap)
{
	do
		cap->stage++;
	while (is_dump(cap->stage) && !(cap->what.dumps & 1U << dumps[cap->stage].kind));
}

static int write_sample(struct pghot_capture *cap, struct pghot_error *err)
{
	struct pghot_rec_time time;
	int ret;

	/* Without, a reader has to guess from the entries: no reason to fail. */
	pghot_spans_read(NULL, take_span, cap);
	time = (struct pghot_rec_time){
		.real_ns = clock_ns(CLOCK_REALTIME),
		.mono_ns = clock_ns(CLOCK_MONOTONIC),
	};
	time.wall_us = (uint32_t)((time.mono_ns - cap->wall_ns) / 1000);
	time.cpu_us = (uint32_t)((clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cap->cpu_ns) / 1000);
	ret = pghot_recorder_commit(cap->rec, &time, err);
	cap->lost = ret;
	cap->stage = STAGE_NONE;
	return ret;
}

/* Return: 0 to go on, or what pghot_capture_step() shall return. */
static int failed(struct pghot_capture *cap, int ret, struct pghot_error *err)
{
	if (is_dump(cap->stage) && (ret == -EPERM || ret == -EACCES)) {
		err->errnum = -ret;
		cap->refusal = *err;
		pghot_recorder_refused(cap->rec, dumps[cap->stage].cmd, err);
		next_stage(cap);
		return 0;
	}
	disconnect(cap);
	cap->stage = STAGE_NONE;
	return ret;
}

int pghot_capture_step(struct pghot_capture *cap, struct pghot_error *err)
{
	while (cap->stage < STAGE_WRITE) {
		int ret = 0;

		if (!cap->conn) {
			ret = pghot_conn_open(&cap->conn, err);
			if (!ret)
				pghot_conn_tap(cap->conn, tapped, cap);
		}
		if (!ret && !pghot_conn_busy(cap->conn))
			ret = start(cap, err);
		if (!ret)
			ret = pghot_conn_step(cap->conn, err);
		if (ret == PGHOT_STEP_MORE)
			return ret;
		if (!ret)
			next_stage(cap);
		else
			ret = failed(cap, ret, err);
		if (ret)
			return ret;
	}
	return cap->stage == STAGE_WRITE ? write_sample(cap, err) : PGHOT_STEP_DONE;
}

int pghot_capture_fd(const struct pghot_capture *cap)
{
	return cap->stage < STAGE_WRITE && cap->conn ? pghot_conn_fd(cap->conn) : -1;
}

bool pghot_capture_lost(const struct pghot_capture *cap)
{
	return cap->lost;
}

const struct pghot_error *pghot_capture_refusal(const struct pghot_capture *cap)
{
	return &cap->refusal;
}
