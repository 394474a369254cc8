// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * filter-match.c - does a row pass?
 */
#include <fnmatch.h>
#include <string.h>

#include "data/entry.h"
#include "family.h"
#include "names.h"
#include "table/filter-tree.h"

static bool compare(enum op op, uint64_t a, uint64_t b)
{
	switch (op) {
	case OP_LT:
		return a < b;
	case OP_LE:
		return a <= b;
	case OP_GT:
		return a > b;
	case OP_GE:
		return a >= b;
	default:
		return a == b;
	}
}

static bool cgroup_is(const char *path, const char *pattern)
{
	size_t len = strlen(pattern);

	/* Names of systemd have backslashes, which stand for themselves. */
	if (strpbrk(pattern, "*?["))
		return !fnmatch(pattern, path, FNM_NOESCAPE);
	while (len > 1 && pattern[len - 1] == '/')
		len--;
	if (strncmp(path, pattern, len) != 0)
		return false;
	return !path[len] || path[len] == '/' || (len == 1 && *pattern == '/');
}

/* The number that a field has; false when the page has none. */
static bool number_of(enum field_id field, const struct row_env *env, const struct pghot_entry *e,
		      uint64_t *num)
{
	switch (field) {
	case FIELD_NODE:
		*num = e->nid;
		return e->nid != PGHOT_NID_UNKNOWN;
	case FIELD_TARGET:
		*num = e->target_nid;
		return e->target_nid != PGHOT_NID_UNKNOWN;
	case FIELD_FREQ:
		*num = e->freq;
		return true;
	case FIELD_AGE:
		*num = e->age_ms;
		return true;
	case FIELD_SCORE:
		*num = entry_score(e, env->window_ms);
		return true;
	case FIELD_SOURCE:
		*num = e->sources;
		return true;
	case FIELD_FLAG:
		*num = flags_of(e->page_flags, e->state);
		return true;
	case FIELD_SIZE:
		/* No folio is larger; what says so is no folio. */
		if (e->order >= 32)
			return false;
		*num = (uint64_t)env->page_size << e->order;
		return true;
	case FIELD_ORDER:
		*num = e->order;
		return true;
	case FIELD_PFN:
		*num = e->pfn;
		return true;
	case FIELD_ADDR:
		*num = e->pfn * env->page_size;
		return true;
	default:
		return false;
	}
}

/* What a cgroup has is what its columns show. */
static bool owner_number(enum row_kind kind, enum field_id field, const struct row_env *env,
			 struct row row, uint64_t *num)
{
	static const char *const columns[NR_FIELDS] = {
		[FIELD_HOT] = "hot",	    [FIELD_WARM] = "warm", [FIELD_FAST] = "fast",
		[FIELD_SLOW] = "slow",	    [FIELD_PROM] = "prom", [FIELD_DEM] = "dem",
		[FIELD_IN_FAST] = "infast", [FIELD_PID] = "pid",
	};
	const char *name = columns[field];
	const struct column *col = column_find(kind, name, strlen(name));
	struct value v;

	column_value(col, env, row, &v);
	*num = v.num;
	if (col->unit == UNIT_PAGES && __builtin_mul_overflow(v.num, env->page_size, num))
		*num = UINT64_MAX;
	/* What a recording claims may be more than fits. */
	if (col->unit == UNIT_RATE && (double)v.num / 1000 * env->page_size < 0x1p64)
		*num = (uint64_t)((double)v.num / 1000 * env->page_size);
	else if (col->unit == UNIT_RATE)
		*num = UINT64_MAX;
	return v.known;
}

static bool matches_one(const struct filter *f, const struct node *term, const struct operand *v,
			const struct row_env *env, struct row row)
{
	const char *want = f->text + v->text, *text;
	const struct pghot_entry *e = row.page;
	struct value cell;
	uint64_t num = 0;

	switch (term->field) {
	case FIELD_TYPE:
		return !strcmp(pghot_page_type(e->page_flags), want);
	case FIELD_COMMAND:
	case FIELD_MAPPING:
		if (term->op == OP_HAS || term->op == OP_HAS_NOT)
			return strcasestr(row.owner->path, want) != NULL;
		return !fnmatch(want, row.owner->path, FNM_NOESCAPE);
	case FIELD_CGROUP:
		column_value(column_find(f->kind, "cgroup", 6), env, row, &cell);
		text = cell.known ? cell.raw : "";
		if (term->op == OP_HAS || term->op == OP_HAS_NOT)
			return strcasestr(text, want) != NULL;
		return cgroup_is(text, want);
	default:
		if (e ? !number_of(term->field, env, e, &num)
		      : !owner_number(f->kind, term->field, env, row, &num))
			return false;
		if (term->field == FIELD_SOURCE || term->field == FIELD_FLAG)
			return num & v->num;
		return compare(term->op, num, v->num);
	}
}

static bool matches_term(const struct filter *f, const struct node *term, const struct row_env *env,
			 struct row row)
{
	bool one = false;

	for (uint16_t i = 0; i < term->nr && !one; i++)
		one = matches_one(f, term, &f->values[term->first + i], env, row);
	return term->op == OP_NE || term->op == OP_HAS_NOT ? !one : one;
}

static bool matches(const struct filter *f, uint16_t index, const struct row_env *env,
		    struct row row)
{
	const struct node *node = &f->nodes[index];

	switch (node->kind) {
	case NODE_AND:
		return matches(f, node->a, env, row) && matches(f, node->b, env, row);
	case NODE_OR:
		return matches(f, node->a, env, row) || matches(f, node->b, env, row);
	case NODE_NOT:
		return !matches(f, node->a, env, row);
	case NODE_TERM:
		break;
	}
	return matches_term(f, node, env, row);
}

bool filter_match(const struct filter *f, const struct row_env *env, struct row row,
		  enum row_kind kind)
{
	return !f || (f->kind == kind && matches(f, f->root, env, row));
}
