// SPDX-License-Identifier: GPL-2.0-or-later

#include "capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cgroup.h"
#include "round.h"
#include "spans.h"

/* What a sample has beside the state. */
enum question {
	ASK_HEAP = PGHOT_ASK_MORE,
	ASK_RECORDS,
	ASK_PROMOTED,
};

/* Cgroups of a sample that are in it, by inode number: open addressing. */
struct seen {
	uint64_t *ino;
	size_t nr, max;
};

/* Memory that is offline, as long as @key says that nothing has changed. */
struct offline {
	uint64_t key;
	struct pghot_span *at;
	size_t nr, max;
};

/**
 * struct pghot_capture - samples being taken
 * @rec: where they go
 * @what: they have
 * @round: questions to the kernel
 * @cgroups: their paths
 * @seen: cgroups whose path is in the sample
 * @offline: memory that is offline
 * @places: a sum of where memory is in this sample
 * @active: a sample is under way
 * @refusal: of the last sample
 * @lost: writing failed
 * @wall_ns: CLOCK_MONOTONIC at the beginning
 * @cpu_ns: processor time at the beginning
 */
struct pghot_capture {
	struct pghot_recorder *rec;
	struct pghot_capture_what what;
	struct pghot_round *round;
	struct pghot_cgroups *cgroups;
	struct seen seen;
	struct offline offline;
	uint64_t places;
	bool active;
	struct pghot_error refusal;
	bool lost;
	uint64_t wall_ns, cpu_ns;
};

static const struct {
	enum pghot_dump_kind kind;
	uint8_t cmd;
} dumps[] = {
	[ASK_HEAP] = { PGHOT_DUMP_HEAP, PGHOT_CMD_HEAP_GET },
	[ASK_RECORDS] = { PGHOT_DUMP_RECORDS, PGHOT_CMD_RECORD_GET },
	[ASK_PROMOTED] = { PGHOT_DUMP_PROMOTED, PGHOT_CMD_PROMOTED_GET },
};

static uint64_t clock_ns(clockid_t id)
{
	struct timespec ts;

	/* Cannot fail: every clock asked for here always exists. */
	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* Requests for the state say nothing that is not known. */
static void tapped(bool request, const void *payload, size_t len, void *data)
{
	struct pghot_capture *cap = data;

	if (!request || pghot_round_question(cap->round) >= PGHOT_ASK_MORE)
		pghot_recorder_message(cap->rec, payload, len);
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
	const uint64_t words[] = { span->nid, span->start, span->end };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		cap->places = (cap->places ^ words[i]) * 0x9e3779b97f4a7c15ULL;
	pghot_recorder_span(cap->rec, span);
	return 0;
}

static int take_offline(const struct pghot_span *span, void *data)
{
	struct offline *off = data;

	if (off->nr == off->max) {
		size_t max = off->max ? 2 * off->max : 16;
		struct pghot_span *at = reallocarray(off->at, max, sizeof(*at));

		if (!at)
			return -ENOMEM;
		off->at = at;
		off->max = max;
	}
	off->at[off->nr++] = *span;
	return 0;
}

/*
 * Where memory is, and where there is some that is offline. To look at each block takes
 * long on a large machine, and they hardly ever change.
 */
static void write_places(struct pghot_capture *cap)
{
	struct offline *off = &cap->offline;
	uint64_t key;

	/* Without, a reader has to guess from the entries: no reason to fail. */
	cap->places = 1;
	pghot_spans_read(NULL, take_span, cap);
	key = (cap->places ^ pghot_spans_blocks(NULL)) | 1;
	if (key != off->key) {
		off->nr = 0;
		off->key = pghot_spans_offline(NULL, take_offline, off) ? 0 : key;
	}
	for (size_t i = 0; i < off->nr; i++)
		pghot_recorder_offline(cap->rec, &off->at[i]);
}

static int start_dump(struct pghot_conn *conn, unsigned int question, void *data,
		      struct pghot_error *err)
{
	struct pghot_capture *cap = data;
	const struct pghot_dump_filter filter = {
		.present = cap->what.limit ? 1 << PGHOT_A_DUMP_LIMIT : 0,
		.limit = cap->what.limit,
	};

	pghot_recorder_dump(cap->rec, dumps[question].cmd);
	return pghot_start_dump(conn, dumps[question].kind, &filter, take_entry, cap, err);
}

/* A dump that is refused is part of the sample, too. */
static int failed(unsigned int question, int ret, struct pghot_error *err, void *data)
{
	struct pghot_capture *cap = data;

	if (question < PGHOT_ASK_MORE || (ret != -EPERM && ret != -EACCES))
		return ret;
	err->errnum = -ret;
	cap->refusal = *err;
	pghot_recorder_refused(cap->rec, dumps[question].cmd, err);
	return 0;
}

static const struct pghot_round_ops round_ops = {
	.start = start_dump,
	.failed = failed,
	.tap = tapped,
};

int pghot_capture_open(struct pghot_capture **capp, struct pghot_recorder *rec,
		       const struct pghot_capture_what *what)
{
	struct pghot_capture *cap = calloc(1, sizeof(*cap));

	if (!cap)
		return -ENOMEM;
	cap->rec = rec;
	cap->what = *what;
	cap->round = pghot_round_open(&round_ops, cap);
	cap->cgroups = pghot_cgroups_open(NULL);
	if (!cap->round || !cap->cgroups) {
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
	pghot_round_close(cap->round);
	pghot_cgroups_close(cap->cgroups);
	free(cap->seen.ino);
	free(cap->offline.at);
	free(cap);
}

void pghot_capture_begin(struct pghot_capture *cap)
{
	unsigned int questions = PGHOT_ASK_STATE;

	for (unsigned int i = ASK_HEAP; i <= ASK_PROMOTED; i++)
		if (cap->what.dumps & 1U << dumps[i].kind)
			questions |= 1U << i;
	pghot_recorder_begin(cap->rec);
	cap->refusal = (struct pghot_error){ 0 };
	if (cap->seen.max)
		memset(cap->seen.ino, 0, cap->seen.max * sizeof(*cap->seen.ino));
	cap->seen.nr = 0;
	cap->active = true;
	cap->wall_ns = clock_ns(CLOCK_MONOTONIC);
	cap->cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	pghot_round_begin(cap->round, questions);
}

static int write_sample(struct pghot_capture *cap, struct pghot_error *err)
{
	struct pghot_rec_time time;
	int ret;

	write_places(cap);
	time = (struct pghot_rec_time){
		.real_ns = clock_ns(CLOCK_REALTIME),
		.mono_ns = clock_ns(CLOCK_MONOTONIC),
	};
	time.wall_us = (uint32_t)((time.mono_ns - cap->wall_ns) / 1000);
	time.cpu_us = (uint32_t)((clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cap->cpu_ns) / 1000);
	ret = pghot_recorder_commit(cap->rec, &time, err);
	cap->lost = ret;
	return ret;
}

int pghot_capture_step(struct pghot_capture *cap, struct pghot_error *err)
{
	int ret;

	if (!cap->active)
		return PGHOT_STEP_DONE;
	ret = pghot_round_step(cap->round, err);
	if (ret == PGHOT_STEP_MORE)
		return ret;
	cap->active = false;
	return ret ? ret : write_sample(cap, err);
}

int pghot_capture_fd(const struct pghot_capture *cap)
{
	return cap->active ? pghot_round_fd(cap->round) : -1;
}

bool pghot_capture_lost(const struct pghot_capture *cap)
{
	return cap->lost;
}

const struct pghot_error *pghot_capture_refusal(const struct pghot_capture *cap)
{
	return &cap->refusal;
}
