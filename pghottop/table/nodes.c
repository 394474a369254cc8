// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nodes.c - the table of nodes, as data: a column is one line here
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "table/nodes.h"
#include "units.h"

/* The largest for what is larger, as what a recording claims can be. */
static uint64_t to_whole(double value)
{
	return value < 0x1p64 ? (uint64_t)value : UINT64_MAX;
}

char *format_rate(char *buf, size_t size, bool raw, double per_second)
{
	if (per_second < 0)
		snprintf(buf, size, "-");
	else if (raw || (per_second > 0 && per_second < 10))
		snprintf(buf, size, "%.1f", per_second);
	else
		pghot_format_count(buf, size, to_whole(per_second + 0.5));
	return buf;
}

char *format_pages(char *buf, size_t size, const struct row_env *env, uint64_t pages)
{
	uint64_t bytes;

	if (env->raw || !env->page_size)
		snprintf(buf, size, "%" PRIu64, pages);
	else if (__builtin_mul_overflow(pages, (uint64_t)env->page_size, &bytes))
		pghot_format_size(buf, size, UINT64_MAX);
	else
		pghot_format_size(buf, size, bytes);
	return buf;
}

char *format_page_rate(char *buf, size_t size, const struct row_env *env, double pages)
{
	if (pages < 0 || env->raw)
		return format_rate(buf, size, env->raw, pages);
	return format_pages(buf, size, env, to_whole(pages + 0.5));
}

static void get_nid(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	(void)env;
	snprintf(v->text, sizeof(v->text), "%" PRIu32, t->node.nid);
	v->style = STYLE_STRONG;
}

static void get_tier(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	const char *kind = t->node.toptier ? "top" : "lower";

	(void)env;
	if (t->node.tier < 0)
		snprintf(v->text, sizeof(v->text), "%s", kind);
	else
		snprintf(v->text, sizeof(v->text), "%" PRId32 " %s", t->node.tier, kind);
}

static void get_free(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	format_pages(v->text, sizeof(v->text), env, t->node.free_pages);
	if (t->node.toptier && t->node.free_pages < t->node.present_pages / 50)
		v->style = STYLE_WARN;
}

static void get_total(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	format_pages(v->text, sizeof(v->text), env, t->node.present_pages);
}

static void get_tracked(const struct row_env *env, const struct node_track *t,
			struct field_value *v)
{
	if (!t->node.toptier)
		format_pages(v->text, sizeof(v->text), env, t->node.tracked_pages);
}

static void get_hot(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	if (t->node.toptier)
		format_page_rate(v->text, sizeof(v->text), env, t->hot);
}

static void get_heap(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	(void)env;
	if (!t->node.toptier || !t->node.heap_capacity)
		return;
	v->fill = (double)t->node.heap_length / t->node.heap_capacity;
	v->style = v->fill > 0.9 ? STYLE_BAR_HIGH : v->fill > 0.5 ? STYLE_BAR_MID : STYLE_BAR_LOW;
}

static void get_queued(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	if (!t->node.toptier)
		return;
	if (env->raw)
		snprintf(v->text, sizeof(v->text), "%" PRIu32, t->node.heap_length);
	else
		pghot_format_count(v->text, sizeof(v->text), t->node.heap_length);
}

static void get_promoted(const struct row_env *env, const struct node_track *t,
			 struct field_value *v)
{
	if (!t->node.toptier)
		return;
	format_page_rate(v->text, sizeof(v->text), env, t->promoted);
	if (t->promoted > 0)
		v->style = STYLE_GOOD;
}

static void get_history(const struct row_env *env, const struct node_track *t,
			struct field_value *v)
{
	(void)env;
	(void)t;
	v->style = STYLE_SPARK;
}

static void get_failed(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	if (!t->node.toptier)
		return;
	format_rate(v->text, sizeof(v->text), env->raw, t->failed);
	if (t->failed > 0)
		v->style = STYLE_WARN;
}

static void get_dropped(const struct row_env *env, const struct node_track *t,
			struct field_value *v)
{
	if (!t->node.toptier)
		return;
	format_rate(v->text, sizeof(v->text), env->raw, t->dropped);
	if (t->dropped > 0)
		v->style = STYLE_WARN;
}

static void get_threshold(const struct row_env *env, const struct node_track *t,
			  struct field_value *v)
{
	(void)env;
	if (t->node.toptier)
		snprintf(v->text, sizeof(v->text), "%" PRIu32, t->node.threshold);
}

static void get_limited(const struct row_env *env, const struct node_track *t,
			struct field_value *v)
{
	(void)env;
	if (!t->node.toptier)
		return;
	snprintf(v->text, sizeof(v->text), "%s", t->node.rate_limited ? "limited" : "free");
	if (t->node.rate_limited)
		v->style = STYLE_ALARM;
}

static void get_refill(const struct row_env *env, const struct node_track *t, struct field_value *v)
{
	(void)env;
	if (!t->node.toptier)
		snprintf(v->text, sizeof(v->text), "%" PRIu32, t->node.refill_sections);
}

/* clang-format off */
static const struct node_field fields[] = {
	{ .title = "NODE", .width = 4, .want = 4, .priority = 0, .align = ALIGN_RIGHT,
	  .get = get_nid },
	{ .title = "TIER", .width = 8, .want = 8, .priority = 6, .align = ALIGN_LEFT,
	  .get = get_tier },
	{ .title = "FREE", .title_raw = "FREE_PG", .width = 8, .want = 8, .priority = 9,
	  .align = ALIGN_RIGHT, .get = get_free },
	{ .title = "TOTAL", .title_raw = "TOTAL_PG", .width = 8, .want = 8, .priority = 11,
	  .align = ALIGN_RIGHT, .get = get_total },
	{ .title = "TRACKED", .title_raw = "TRACK_PG", .width = 8, .want = 8, .priority = 8,
	  .align = ALIGN_RIGHT, .get = get_tracked },
	{ .title = "HOT/s", .title_raw = "HOT_PG/s", .width = 8, .want = 8, .priority = 10,
	  .align = ALIGN_RIGHT, .get = get_hot },
	{ .title = "HEAP", .kind = FIELD_BAR, .width = 6, .want = 10, .weight = 1, .priority = 5,
	  .align = ALIGN_LEFT, .get = get_heap },
	{ .title = "QUEUED", .width = 6, .want = 6, .priority = 2, .align = ALIGN_RIGHT,
	  .get = get_queued },
	{ .title = "PROMOTED/s", .title_raw = "PROM_PG/s", .width = 10, .want = 10, .priority = 1,
	  .align = ALIGN_RIGHT, .get = get_promoted },
	{ .title = "", .kind = FIELD_SPARK, .width = 12, .want = 24, .weight = 2, .priority = 3,
	  .align = ALIGN_RIGHT, .get = get_history },
	{ .title = "FAIL/s", .width = 6, .want = 6, .priority = 4, .align = ALIGN_RIGHT,
	  .get = get_failed },
	{ .title = "DROP/s", .width = 6, .want = 6, .priority = 4, .align = ALIGN_RIGHT,
	  .get = get_dropped },
	{ .title = "THRESH", .width = 6, .want = 6, .priority = 7, .align = ALIGN_RIGHT,
	  .get = get_threshold },
	{ .title = "RATE", .width = 7, .want = 7, .priority = 7, .align = ALIGN_LEFT,
	  .get = get_limited },
	{ .title = "REFILL", .width = 6, .want = 6, .priority = 12, .align = ALIGN_RIGHT,
	  .get = get_refill },
};
/* clang-format on */

#define NR_FIELDS (sizeof(fields) / sizeof(fields[0]))

_Static_assert(NR_FIELDS <= MAX_NODE_FIELDS, "MAX_NODE_FIELDS too small");

const struct node_field *node_field_at(size_t i)
{
	return i < NR_FIELDS ? &fields[i] : NULL;
}

void node_field_get(const struct node_field *field, const struct row_env *env,
		    const struct node_track *t, struct field_value *v)
{
	*v = (struct field_value){ .style = STYLE_NORMAL, .fill = -1 };
	field->get(env, t, v);
	if (field->kind == FIELD_TEXT && !v->text[0]) {
		strcpy(v->text, "-");
		v->style = STYLE_DIM;
	}
}
