// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fake.c - a machine with hot pages, made up
 *
 * It answers as the kernel does: filtered by node and frequency, ordered, cut at
 * the limit, refused without privilege. Numbers follow from the tick, so that a
 * golden screen stays the same.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/entry.h"
#include "fake.h"

#define PAGE_SIZE 4096u
#define FIRST_PFN 0x140000u

void fake_init(struct fake *f)
{
	*f = (struct fake){ .nr_nodes = 2, .nr_pages = 400 };
}

/* Sebastiano Vigna's splitmix64: a number out of a number. */
static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

static bool toptier(unsigned int nid)
{
	return nid == 0 || nid == 2;
}

/* Promotions of one second: a busy phase, a pause, and noise. */
static uint64_t promoted_at(unsigned int nid, unsigned int tick)
{
	unsigned int phase = (tick + nid * 5) % 24;

	return phase < 16 ? 400 + 120 * phase + mix(tick + nid) % 200 : 0;
}

static uint64_t promoted_until(unsigned int nid, unsigned int tick)
{
	uint64_t sum = 0;

	for (unsigned int t = 1; t <= tick; t++)
		sum += promoted_at(nid, t);
	return sum;
}

/* What the machine calls its node. */
static unsigned int number_of(const struct fake *f, unsigned int nid)
{
	return f->far ? 100 + nid : nid;
}

static void fake_node(const struct fake *f, unsigned int nid, struct pghot_node *n)
{
	*n = (struct pghot_node){
		.present = ~0ULL,
		.nid = number_of(f, nid),
		.toptier = toptier(nid),
		.tier = toptier(nid) ? 4
			: f->far     ? 540
				     : 22,
		.present_pages = 262144,
		.free_pages = 262144 / (3 + nid) - f->tick * 100,
	};
	if (!n->toptier) {
		n->tracked_pages = 262144;
		n->refill_sections = nid % 3;
		return;
	}
	n->heap_capacity = 65536;
	n->heap_length = f->nr_pages / (f->nr_nodes > 2 ? 2 : 1);
	n->threshold = 2 + nid;
	n->promoted = promoted_until(nid, f->tick);
	n->promoted_per_sec = promoted_at(nid, f->tick);
	n->hot = n->promoted + n->heap_length;
	n->failed.present = ~0ULL;
	n->failed.pages[PGHOT_FAIL_REASON_BUSY] = f->tick * 3;
	n->failed.pages[PGHOT_FAIL_REASON_POLICY] = f->tick;
	n->rate_limited = nid == 2;
	n->dropped = nid == 2 ? f->tick * 7 : 0;
}

static void fake_sources(const struct fake *f, struct sample *s)
{
	static const char *const names[] = { "hintfault", "hwhint", "lruscan", "mmscan" };

	s->nr_sources = 4;
	for (unsigned int id = 0; id < 4; id++) {
		struct pghot_source *src = &s->sources[id];

		*src = (struct pghot_source){
			.present = ~0ULL,
			.id = id,
			.available = id != 1,
			.enabled = !f->idle && id == 0,
			.window_ms = 4000,
		};
		strcpy(src->name, names[id]);
		if (id == 1)
			strcpy(src->unavailable_reason, "no PMU that samples memory accesses");
		if (src->enabled) {
			src->recorded = f->tick * 12345ULL;
			src->useful = f->tick * 12000ULL;
			src->window_ms = 21000;
			src->pace_ms = 10500;
		} else {
			src->present &= ~(1ULL << PGHOT_A_SOURCE_PACE_MS);
		}
	}
	memcpy(s->stats.sources, s->sources, sizeof(s->stats.sources));
	s->stats.nr_sources = 4;
}

static void fake_params(struct sample *s)
{
	int64_t *value = s->params.value;

	s->params.present = (1ULL << (PGHOT_A_PARAM_MAX + 1)) - 2;
	value[PGHOT_A_PARAM_PROMOTE] = 1;
	value[PGHOT_A_PARAM_FREQ_THRESHOLD] = 2;
	value[PGHOT_A_PARAM_WINDOW_MS] = 4000;
	value[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS] = 1024;
	value[PGHOT_A_PARAM_BATCH_NR] = 512;
	value[PGHOT_A_PARAM_SLEEP_MS] = 100;
	value[PGHOT_A_PARAM_TARGET_NID] = -1;
	value[PGHOT_A_PARAM_HEAP_CAPACITY] = 65536;
	value[PGHOT_A_PARAM_ADAPTIVE] = 1;
	value[PGHOT_A_PARAM_WINDOW_MAX_MS] = 64000;
}

static void fake_entry(const struct fake *f, enum view view, unsigned int i, struct pghot_entry *e)
{
	uint64_t r = mix((uint64_t)view << 32 | i);
	unsigned int kind = r >> 8 & 15;
	bool thp = kind == 0;

	*e = (struct pghot_entry){
		.pfn = FIRST_PFN + (r >> 16) % 262144,
		.cgroup_ino = i % 5 == 4 ? 999 : i % 5 + 1,
		.age_ms = (r >> 40) % 3900,
		.nid = number_of(f, f->nr_nodes > 3 && i % 2 ? 3 : 1),
		.target_nid = number_of(f, f->nr_nodes > 2 && i % 4 == 1 ? 2 : 0),
		.freq = 2 + (r >> 52) % 8 * ((r >> 60) == 1 ? 8 : 1),
		.sources = 1 | (kind == 5 ? 1 << PGHOT_SOURCE_ID_MMSCAN : 0),
		.state = PGHOT_ENTRY_STATE_QUEUED | PGHOT_ENTRY_STATE_HOT,
		.page_flags = PGHOT_PAGE_FLAG_MAPPED | PGHOT_PAGE_FLAG_REFERENCED,
	};
	if (kind > 12)
		e->page_flags |= PGHOT_PAGE_FLAG_FILE | PGHOT_PAGE_FLAG_DIRTY;
	else if (kind == 12)
		e->page_flags |= PGHOT_PAGE_FLAG_SHMEM | PGHOT_PAGE_FLAG_SWAPBACKED;
	else
		e->page_flags |= PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_SWAPBACKED;
	if (thp) {
		e->page_flags |= PGHOT_PAGE_FLAG_LARGE;
		e->order = 9;
		e->pfn &= ~511ULL;
	}
	if (view == VIEW_RECORDS && i % 3) {
		e->freq = 1;
		e->state = 0;
	}
	if (view == VIEW_PROMOTED) {
		e->age_ms = i * 37;
		e->state = 0;
	}
}

static int by_heat(const void *a, const void *b)
{
	return entry_hotter(a, b);
}

static int by_age(const void *a, const void *b)
{
	const struct pghot_entry *ea = a, *eb = b;

	return ea->age_ms < eb->age_ms ? -1 : ea->age_ms > eb->age_ms;
}

static bool selected(const struct query *q, const struct pghot_entry *e)
{
	if (e->freq < q->min_freq)
		return false;
	if (q->pfns && (e->pfn < q->pfn_first || e->pfn > q->pfn_last))
		return false;
	if (q->nid == ALL_NODES)
		return true;
	return q->view == VIEW_QUEUE	 ? e->target_nid == q->nid
	       : q->view == VIEW_RECORDS ? e->nid == q->nid
					 : e->nid == q->nid || e->target_nid == q->nid;
}

static const char *fake_cgroup(void *ctx, uint64_t ino)
{
	static const char *const paths[] = {
		"/",
		"/system.slice/db.service",
		/* Wide characters, and one that a terminal would obey. */
		"/user.slice/テスト",
		"/bad\033[31mname",
		"/kubepods.slice/kubepods-burstable.slice/a-very-long-name-of-a-pod.slice/web",
	};

	(void)ctx;
	return ino < sizeof(paths) / sizeof(paths[0]) ? paths[ino] : NULL;
}

/* As the kernel adds up; where the memory is follows from how much of it is hot. */
static void fake_owners(const struct fake *f, const struct query *q, struct sample *s)
{
	struct owners *o = &s->owners;

	if (f->denied) {
		s->entries_error.errnum = EPERM;
		return;
	}
	o->hot_from = 2;
	for (unsigned int i = 0; i < f->nr_pages && !f->idle; i++) {
		const struct pghot_node *node = sample_node(s, q->nid);
		struct pghot_entry e;
		bool hot;

		fake_entry(f, VIEW_RECORDS, i, &e);
		hot = e.freq >= o->hot_from;
		if ((node && !node->toptier && e.nid != q->nid) || e.freq < q->min_freq)
			continue;
		if (owners_add(o, e.cgroup_ino, hot ? 1U << e.order : 0, hot ? 0 : 1U << e.order))
			abort();
	}
	if (owners_finish(o, fake_cgroup, NULL))
		abort();
	for (size_t i = 0; i < o->nr; i++) {
		struct owner *own = &o->at[i];

		if (!own->path)
			continue;
		own->placed = own->counted = true;
		own->slow = own->hot * 2 + own->warm * 3;
		own->fast = own->slow * (1 + own->depth) / 2;
		own->promoted = own->hot * f->tick;
		own->demoted = own->warm * f->tick / 16;
		if (!own->ino)
			own->ino = 100 + i;
	}
	s->owners_ns = s->mono_ns;
}

static void fake_processes(const struct fake *f, const struct query *q, struct sample *s)
{
	static const char *const commands[] = { "postgres", "nginx", "bad\033[31mname", "テスト" };
	static const char *const files[] = { "/usr/lib/libc.so.6", "", "[heap]",
					     "/dev/zero (deleted)" };
	bool mappings = view_rows(q->view) == ROW_MAPPING;

	if (f->denied) {
		s->entries_error.errnum = EPERM;
		return;
	}
	if (mappings && (q->pid < 100 || q->pid >= 112)) {
		s->entries_error.errnum = ESRCH;
		return;
	}
	s->owners.hot_from = 2;
	/* A process of each cgroup, and one more: as fake_cgroup() has them. */
	for (unsigned int i = 0; i < (mappings ? 4 : 12); i++) {
		uint64_t r = mix(mappings ? (uint64_t)q->pid << 8 | i : i);
		struct owner own = { .pid = mappings ? q->pid : (pid_t)(100 + i), .placed = true };

		if (!mappings && q->cgroup_ino && i % 6 + 1 != q->cgroup_ino)
			continue;
		own.hot = own.own_hot = r % 5000;
		own.warm = own.own_warm = r >> 16 & 0xfff;
		own.slow = own.hot + own.warm + (r >> 32 & 0xff);
		own.fast = r >> 40 & 0xffff;
		own.shared = own.fast / 8;
		own.start = 0x7f0000000000 + i * 0x10000000ULL;
		own.end = own.start + (own.fast + own.slow) * PAGE_SIZE;
		memcpy(own.perms, i ? "rw-p" : "r-xp", sizeof(own.perms));
		if (owners_put(&s->owners, &own, mappings ? files[i % 4] : commands[i % 4]))
			abort();
	}
	s->owners_ns = s->mono_ns;
}

static void fake_entries(const struct fake *f, const struct query *q, struct sample *s)
{
	if (f->denied) {
		s->entries_error.errnum = EPERM;
		return;
	}
	for (unsigned int i = 0; i < f->nr_pages && !f->idle; i++) {
		struct pghot_entry e;

		fake_entry(f, q->view, i, &e);
		/* Some are in the mapping. */
		if (q->pid && i % 16 != q->start / 0x10000000 % 4)
			continue;
		if (selected(q, &e) && sample_add_entry(s, &e))
			abort();
	}
	if (s->nr_entries)
		qsort(s->entries, s->nr_entries, sizeof(s->entries[0]),
		      q->view == VIEW_PROMOTED ? by_age : by_heat);
	if (s->nr_entries > q->limit)
		s->nr_entries = q->limit;
	if (sample_name_cgroups(s, fake_cgroup, NULL))
		abort();
}

/* Each lower node has its pages where the entries lie. */
static void fake_heat(const struct fake *f, struct sample *s)
{
	struct pghot_entry e;

	for (unsigned int nid = 0; nid < f->nr_nodes; nid++) {
		struct pghot_span low = { nid, FIRST_PFN, FIRST_PFN + 131072 };
		struct pghot_span high = { nid, FIRST_PFN + 147456, FIRST_PFN + 262144 };

		if (!toptier(nid) && (sample_add_span(s, &low) || sample_add_span(s, &high)))
			abort();
	}
	if (f->denied) {
		s->heat_error.errnum = EPERM;
		return;
	}
	if (sample_begin_heat(s))
		return;
	for (unsigned int i = 0; i < f->nr_pages && !f->idle; i++) {
		fake_entry(f, VIEW_RECORDS, i, &e);
		heat_add(&s->heat, &e);
	}
}

static void fake_page(const struct fake *f, const struct query *q, struct sample *s)
{
	s->page_known = true;
	for (unsigned int i = 0; i < f->nr_pages && !f->idle && !s->page_found; i++) {
		fake_entry(f, q->view, i, &s->page);
		s->page_found = s->page.pfn == q->pfn;
	}
}

/* It waits, behind others. */
static void fake_explanation(const struct query *q, struct sample *s)
{
	struct pghot_explanation *x = &s->explanation;

	*x = (struct pghot_explanation){
		.present = ~0ULL & ~(1ULL << PGHOT_A_EXPLAIN_REASON) &
			   ~(1ULL << PGHOT_A_EXPLAIN_FAILED_REASON),
		.pfn = q->pfn,
		.page_nid = 1,
		.running = true,
		.tracked = true,
		.freq = 9,
		.age_ms = 1500,
		.window_ms = 4000,
		.threshold = 2,
		.place = PGHOT_QUEUE_PLACE_HEAP,
		.hotter = 12,
		.as_hot = 3,
		.heap_length = 400,
		.mappings = 1,
		.references = 2,
		.asked = 1,
		.policy_nodes = "0-1",
		.cpuset_nodes = "0-1",
		.free_pages = 85381,
		.room = true,
		.promote = true,
		.rate_limited = true,
		.promoted_per_sec = 1000,
	};
	s->explained = true;
}

void fake_sample(struct fake *f, const struct query *q, struct sample *s)
{
	sample_clear(s);
	s->query = *q;
	if (!q->entries_only)
		f->tick++;
	/* 2026-01-02 03:04:05 UTC. */
	s->mono_ns = f->tick * 1000000000ULL;
	s->real_ms = (1767323045ULL + f->tick) * 1000;
	s->wall_us = 900;
	s->cpu_us = 420;

	if (f->missing) {
		f->missing--;
		s->state = SAMPLE_NO_FAMILY;
		s->error.errnum = ENOENT;
		return;
	}
	if (f->failing) {
		f->failing--;
		s->state = SAMPLE_FAILED;
		s->error.errnum = EBADMSG;
		strcpy(s->error.message, "attribute nid of 3 bytes");
		return;
	}

	s->state = SAMPLE_OK;
	s->version = 1;
	s->page_size = PAGE_SIZE;
	s->memory_bytes = 1835008;
	s->running = !f->idle;
	s->surroundings = (struct pghot_surroundings){ f->unbalanced ? 0 : 2, 7 };
	fake_params(s);
	fake_sources(f, s);
	for (unsigned int nid = 0; nid < f->nr_nodes; nid++) {
		struct pghot_node n;

		fake_node(f, nid, &n);
		if (sample_add_node(s, &n))
			abort();
		s->stats.promoted += n.promoted;
		s->stats.hot += n.hot;
		s->stats.failed.present = ~0ULL;
		for (int i = 0; i < PGHOT_FAIL_REASONS; i++)
			s->stats.failed.pages[i] += n.failed.pages[i];
		s->stats.dropped_ring += n.dropped;
	}
	s->stats.present = ~0ULL;
	s->stats.batches = f->tick * 2;
	if (q->limit && view_rows(q->view) == ROW_PAGE)
		fake_entries(f, q, s);
	if (q->limit && view_rows(q->view) == ROW_CGROUP)
		fake_owners(f, q, s);
	else if (q->limit && row_is_owner(view_rows(q->view)))
		fake_processes(f, q, s);
	if (q->heat)
		fake_heat(f, s);
	if (q->page && !f->denied)
		fake_page(f, q, s);
	if (q->explain)
		fake_explanation(q, s);
}

/* --- as a collector, for the real loop on a real terminal ------------------ */

static int fake_open(void **ctxp)
{
	const char *how = getenv("PGHOTTOP_FAKE");
	struct fake *f = malloc(sizeof(*f));

	if (!f)
		return -ENOMEM;
	fake_init(f);
	while (how && *how) {
		size_t len = strcspn(how, "="), end = strcspn(how, ",");
		unsigned int value = len < end ? strtoul(how + len + 1, NULL, 10) : 1;

		if (!strncmp(how, "denied", 6))
			f->denied = true;
		else if (!strncmp(how, "idle", 4))
			f->idle = true;
		else if (!strncmp(how, "unbalanced", 10))
			f->unbalanced = true;
		else if (!strncmp(how, "missing", 7))
			f->missing = value;
		else if (!strncmp(how, "failing", 7))
			f->failing = value;
		else if (!strncmp(how, "nodes", 5))
			f->nr_nodes = value;
		else if (!strncmp(how, "pages", 5))
			f->nr_pages = value;
		else
			abort();
		how += end + (how[end] == ',');
	}
	*ctxp = f;
	return 0;
}

static void fake_begin(void *ctx, const struct query *q, struct sample *s)
{
	struct fake *f = ctx;

	sample_clear(s);
	s->query = *q;
	f->s = s;
}

static int fake_step(void *ctx)
{
	struct fake *f = ctx;
	struct query q = f->s->query;
	struct timespec ts;

	fake_sample(f, &q, f->s);
	clock_gettime(CLOCK_MONOTONIC, &ts);
	f->s->mono_ns = (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
	f->s->owners_ns = f->s->mono_ns;
	return COLLECT_DONE;
}

static int fake_fd(void *ctx)
{
	(void)ctx;
	return -1;
}

static void fake_cancel(void *ctx)
{
	(void)ctx;
}

static const struct host *fake_host(void *ctx)
{
	static struct host host;

	(void)ctx;
	host.proc = getenv("PGHOTTOP_FAKE_PROC");
	host.cgroup = getenv("PGHOTTOP_FAKE_CGROUP");
	return host.proc && host.cgroup ? &host : NULL;
}

static void fake_close(void *ctx)
{
	free(ctx);
}

const struct collector_ops fake_collector = {
	.open = fake_open,
	.begin = fake_begin,
	.step = fake_step,
	.fd = fake_fd,
	.cancel = fake_cancel,
	.close = fake_close,
	.host = fake_host,
};
