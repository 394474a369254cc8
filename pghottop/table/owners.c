// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * owners.c - the tables of cgroups, processes and mappings, as data: a column is one line here
 */
#include <inttypes.h>
#include <stdio.h>

#include "table/owners.h"

/* Columns that a level of the tree is moved to the right. */
#define INDENT 2

static void get_hot(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->hot;
}

static void get_warm(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->warm;
}

static void get_own_hot(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->own_hot;
}

static void get_own_warm(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->own_warm;
}

static void get_fast(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->known = o->placed;
	v->num = o->fast;
}

static void get_slow(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->known = o->placed;
	v->num = o->slow;
}

static void get_share(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->known = o->placed && o->fast + o->slow;
	if (v->known)
		v->num = (uint64_t)(1000.0 * (double)o->fast / (double)(o->fast + o->slow));
}

/* What counters of another machine give need not fit. */
static void set_rate(double per_second, struct value *v)
{
	v->known = per_second >= 0;
	if (v->known)
		v->num = per_second < 0x1p50 ? (uint64_t)(per_second * 1000) : UINT64_MAX;
}

static void get_promoted(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	set_rate(o->promoted_per_s, v);
}

static void get_demoted(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	set_rate(o->demoted_per_s, v);
}

static void get_promotions(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->known = o->counted;
	v->num = o->promoted;
}

static void get_demotions(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->known = o->counted;
	v->num = o->demoted;
}

static void get_name(const struct row_env *env, const struct owner *o, struct value *v)
{
	if (env->tree) {
		v->indent = (int)(o->depth < 64 ? o->depth : 64) * INDENT;
		v->mark = !o->below			   ? "  "
			  : folds_has(env->folds, o->path) ? env->ascii ? "+ " : "▸ "
			  : env->ascii			   ? "- "
							   : "▾ ";
	}
	if (o->path) {
		v->text = env->tree ? o->leaf : o->shown;
		v->raw = o->path;
		return;
	}
	/* One that is gone, or not visible from here, still has a number. */
	if (o->ino)
		snprintf(v->buf, sizeof(v->buf), "#%" PRIu64, o->ino);
	else
		snprintf(v->buf, sizeof(v->buf), "(none)");
	v->text = v->buf;
}

static void get_shared(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->shared;
}

static void get_pid(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = (uint64_t)o->pid;
}

static void get_size(const struct row_env *env, const struct owner *o, struct value *v)
{
	v->known = env->page_size != 0;
	v->num = v->known ? (o->end - o->start) / env->page_size : 0;
}

static void get_addr(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->num = o->start;
}

static void get_perms(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->text = o->perms;
}

static void get_what(const struct row_env *env, const struct owner *o, struct value *v)
{
	(void)env;
	v->text = *o->shown ? o->shown : "(anonymous)";
	v->raw = o->path;
}

#define CG (1u << ROW_CGROUP)
#define PR (1u << ROW_PROCESS)
#define MA (1u << ROW_MAPPING)

/* clang-format off */
static const struct column columns[] = {
	{
		.name = "pid", .title = "PID", .summary = "number of the process",
		.width = 7, .want = 7, .priority = 2, .align = ALIGN_RIGHT,
		.unit = UNIT_COUNT, .shown = true, .get_owner = get_pid, .kinds = PR,
	}, {
		.name = "hot", .title = "HOT", .title_raw = "HOT_PG",
		.summary = "memory on lower tiers that is hot; of a cgroup with those below",
		.width = 8, .want = 8, .priority = 1, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .shown = true, .get_owner = get_hot, .kinds = CG | PR | MA,
	}, {
		.name = "warm", .title = "WARM", .title_raw = "WARM_PG",
		.summary = "memory on lower tiers that was accessed and is not hot, likewise",
		.width = 8, .want = 8, .priority = 3, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .shown = true, .get_owner = get_warm, .kinds = CG | PR | MA,
	}, {
		.name = "ownhot", .title = "OWN HOT", .title_raw = "OWNHOT_PG",
		.summary = "the same as hot, without cgroups below",
		.width = 8, .want = 8, .priority = 9, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .get_owner = get_own_hot, .kinds = CG,
	}, {
		.name = "ownwarm", .title = "OWN WARM", .title_raw = "OWNWARM_PG",
		.summary = "the same as warm, without cgroups below",
		.width = 8, .want = 8, .priority = 10, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .get_owner = get_own_warm, .kinds = CG,
	}, {
		.name = "fast", .title = "FAST", .title_raw = "FAST_PG",
		.summary = "memory on top tiers; of a cgroup with those below",
		.width = 8, .want = 8, .priority = 4, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .shown = true, .get_owner = get_fast, .kinds = CG | PR | MA,
	}, {
		.name = "slow", .title = "SLOW", .title_raw = "SLOW_PG",
		.summary = "memory on lower tiers, hot or not, likewise",
		.width = 8, .want = 8, .priority = 5, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .shown = true, .get_owner = get_slow, .kinds = CG | PR | MA,
	}, {
		.name = "infast", .title = "IN FAST", .title_raw = "INFAST",
		.summary = "share of its memory that is on top tiers, in per cent",
		.width = 7, .want = 10, .weight = 1, .priority = 6, .align = ALIGN_LEFT,
		.descending = true, .unit = UNIT_PERMILLE, .shown = true, .get_owner = get_share, .kinds = CG | PR | MA,
	}, {
		.name = "prom", .title = "PROMOTED/s", .title_raw = "PROM_PG/s",
		.summary = "memory promoted since the last sample",
		.width = 10, .want = 10, .priority = 2, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_RATE, .shown = true, .get_owner = get_promoted, .kinds = CG,
	}, {
		.name = "dem", .title = "DEMOTED/s", .title_raw = "DEM_PG/s",
		.summary = "memory demoted since the last sample",
		.width = 9, .want = 9, .priority = 7, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_RATE, .shown = true, .get_owner = get_demoted, .kinds = CG,
	}, {
		.name = "promsum", .title = "PROMOTED", .title_raw = "PROM_PG",
		.summary = "memory promoted since the cgroup was made",
		.width = 8, .want = 8, .priority = 11, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .get_owner = get_promotions, .kinds = CG,
	}, {
		.name = "demsum", .title = "DEMOTED", .title_raw = "DEM_PG",
		.summary = "memory demoted since then",
		.width = 8, .want = 8, .priority = 12, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .get_owner = get_demotions, .kinds = CG,
	}, {
		.name = "cgroup", .title = "CGROUP", .summary = "the cgroup",
		.width = 16, .want = 24, .weight = 4, .priority = 0, .align = ALIGN_LEFT,
		.elide = ELIDE_START, .by_text = true,
		.unit = UNIT_TEXT, .shown = true, .get_owner = get_name, .kinds = CG,
	}, {
		.name = "shared", .title = "SHARED", .title_raw = "SHARED_PG",
		.summary = "of its memory, what others map, too",
		.width = 8, .want = 8, .priority = 9, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .shown = true, .get_owner = get_shared, .kinds = PR | MA,
	}, {
		.name = "size", .title = "SIZE", .title_raw = "SIZE_PG",
		.summary = "address space that it takes",
		.width = 8, .want = 8, .priority = 10, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_PAGES, .get_owner = get_size, .kinds = MA,
	}, {
		.name = "addr", .title = "ADDRESS", .summary = "its first address",
		.width = 14, .want = 14, .priority = 2, .align = ALIGN_RIGHT,
		.unit = UNIT_HEX, .shown = true, .get_owner = get_addr, .kinds = MA,
	}, {
		.name = "perms", .title = "PERM", .summary = "what may be done, and whether it is private",
		.width = 4, .want = 4, .priority = 8, .align = ALIGN_LEFT,
		.unit = UNIT_TEXT, .shown = true, .get_owner = get_perms, .kinds = MA,
	}, {
		.name = "command", .title = "COMMAND", .summary = "name of the process",
		.width = 12, .want = 16, .weight = 4, .priority = 0, .align = ALIGN_LEFT,
		.by_text = true,
		.unit = UNIT_TEXT, .shown = true, .get_owner = get_what, .kinds = PR,
	}, {
		.name = "mapping", .title = "MAPPING", .summary = "what is mapped",
		.width = 16, .want = 24, .weight = 4, .priority = 0, .align = ALIGN_LEFT,
		.elide = ELIDE_START, .by_text = true,
		.unit = UNIT_TEXT, .shown = true, .get_owner = get_what, .kinds = MA,
	},
};
/* clang-format on */

#define NR_COLUMNS (sizeof(columns) / sizeof(columns[0]))

const struct column *owner_column_at(enum row_kind kind, size_t i)
{
	for (size_t k = 0; k < NR_COLUMNS; k++)
		if (column_is_of(&columns[k], kind) && !i--)
			return &columns[k];
	return NULL;
}
