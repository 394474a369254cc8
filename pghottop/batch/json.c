// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json.c - a sample as one line of JSON
 *
 * The envelope is the one of pghotctl, and so are the names: raw numbers with
 * their unit in the key, null for what is not known, [] for what is empty. The
 * shape does not depend on options: -o and -u choose what people see.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "batch/json.h"
#include "data/entry.h"
#include "errname.h"
#include "jsontext.h"
#include "names.h"
#include "params.h"
#include "printable.h"
#include "state/notice.h"

#define SCHEMA	     "pghot/top/1"
#define SCHEMA_ERROR "pghot/error/1"

/* A document with holes would be worse than none. */
static void *must(void *p)
{
	if (!p) {
		fputs("pghottop: out of memory\n", stderr);
		exit(EXIT_FAILED);
	}
	return p;
}

static void *must_malloc(size_t size)
{
	return must(malloc(size));
}

static json_t *number(uint64_t value)
{
	return pghot_json_u64(value);
}

/* Of a rate, thousandths are what a counter and a clock can tell. */
static json_t *rate(double per_second)
{
	if (per_second < 0)
		return json_null();
	/* Beyond that a double has no thousandths. */
	return json_real(per_second < 1e12 ? (double)(int64_t)(per_second * 1000 + 0.5) / 1000
					   : per_second);
}

/* Text of others need not be UTF-8, which JSON is. */
static json_t *text(const char *s)
{
	json_t *j = json_string(s);
	char *valid;

	if (j)
		return j;
	valid = must(pghot_utf8_valid(s));
	j = json_string(valid);
	free(valid);
	return j;
}

static json_t *nid_or_null(uint16_t nid)
{
	return nid == PGHOT_NID_UNKNOWN ? json_null() : number(nid);
}

static json_t *bit_names(uint64_t mask, const char *(*name)(unsigned int bit))
{
	json_t *list = json_array();

	for (unsigned int bit = 0; name(bit); bit++)
		if (mask >> bit & 1)
			json_array_append_new(list, json_string(name(bit)));
	return list;
}

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

/* Names of the YNL spec as keys: '_' for '-'. */
static void put(json_t *object, const char *name, json_t *value)
{
	char key[64];

	snprintf(key, sizeof(key), "%s", name);
	for (char *c = key; *c; c++)
		if (*c == '-')
			*c = '_';
	json_object_set_new(object, key, value);
}

static json_t *failed(const struct pghot_failed *f)
{
	json_t *j = json_object();

	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		put(j, pghot_fail_reason_name(i), number(f->pages[i]));
	return j;
}

/* What only one kind of node has is null for the other. */
static json_t *only(bool has, json_t *value)
{
	if (has)
		return value;
	json_decref(value);
	return json_null();
}

static json_t *node(const struct node_track *t)
{
	const struct pghot_node *n = &t->node;
	bool top = n->toptier;
	json_t *j = json_object();

	json_object_set_new(j, "nid", number(n->nid));
	json_object_set_new(j, "toptier", json_boolean(top));
	json_object_set_new(j, "tier", n->tier < 0 ? json_null() : json_integer(n->tier));
	json_object_set_new(j, "present_pages", number(n->present_pages));
	json_object_set_new(j, "free_pages", number(n->free_pages));
	json_object_set_new(j, "tracked_pages", only(!top, number(n->tracked_pages)));
	json_object_set_new(j, "refill_sections", only(!top, number(n->refill_sections)));
	json_object_set_new(j, "heap_length", only(top, number(n->heap_length)));
	json_object_set_new(j, "heap_capacity", only(top, number(n->heap_capacity)));
	json_object_set_new(j, "threshold", only(top, number(n->threshold)));
	json_object_set_new(j, "rate_limited", only(top, json_boolean(n->rate_limited)));
	json_object_set_new(j, "hot_pages", only(top, number(n->hot)));
	json_object_set_new(j, "promoted_pages", only(top, number(n->promoted)));
	json_object_set_new(j, "failed_pages", only(top, failed(&n->failed)));
	json_object_set_new(j, "dropped", only(top, number(n->dropped)));
	json_object_set_new(j, "hot_pages_per_s", only(top, rate(t->hot)));
	json_object_set_new(j, "promoted_pages_per_s", only(top, rate(t->promoted)));
	json_object_set_new(j, "failed_pages_per_s", only(top, rate(t->failed)));
	json_object_set_new(j, "dropped_per_s", only(top, rate(t->dropped)));
	return j;
}

/* As "source list" of pghotctl has it. */
static json_t *problems(const struct pghot_source *src, const struct pghot_surroundings *sys)
{
	struct pghot_problem found[PGHOT_PROBLEMS_MAX];
	unsigned int nr = pghot_source_problems(src, sys, found);
	json_t *list = json_array(), *j;

	for (unsigned int i = 0; i < nr; i++) {
		j = json_object();
		json_object_set_new(j, "cause", json_string(found[i].cause));
		json_object_set_new(j, "message", text(found[i].message));
		json_object_set_new(j, "way_out", json_string(found[i].way_out));
		json_array_append_new(list, j);
	}
	return list;
}

static json_t *source(const struct source_track *t, const struct pghot_surroundings *sys)
{
	json_t *j = json_object();

	json_object_set_new(j, "id", number(t->src.id));
	json_object_set_new(j, "name", text(t->src.name));
	json_object_set_new(j, "available", json_boolean(t->src.available));
	json_object_set_new(j, "unavailable_reason",
			    only(!t->src.available, text(t->src.unavailable_reason)));
	json_object_set_new(j, "enabled", json_boolean(t->src.enabled));
	json_object_set_new(j, "problems", problems(&t->src, sys));
	json_object_set_new(j, "recorded", number(t->src.recorded));
	json_object_set_new(j, "useful", number(t->src.useful));
	json_object_set_new(j, "window_ms",
			    only(pghot_has(t->src.present, PGHOT_A_SOURCE_WINDOW_MS),
				 number(t->src.window_ms)));
	json_object_set_new(
		j, "pace_ms",
		only(pghot_has(t->src.present, PGHOT_A_SOURCE_PACE_MS), number(t->src.pace_ms)));
	json_object_set_new(j, "recorded_per_s", rate(t->recorded));
	json_object_set_new(j, "useful_per_s", rate(t->useful));
	return j;
}

static json_t *params(const struct pghot_params *p)
{
	const struct pghot_param_desc *desc;
	json_t *j = json_object();

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		if (pghot_has(p->present, desc->attr))
			put(j, desc->name,
			    desc->unit == PGHOT_UNIT_BOOL ? json_boolean(p->value[desc->attr])
							  : json_integer(p->value[desc->attr]));
	return j;
}

static json_t *stats(const struct pghot_stats *st)
{
	json_t *j = json_object();

	json_object_set_new(j, "hot", number(st->hot));
	json_object_set_new(j, "promoted_pages", number(st->promoted));
	json_object_set_new(j, "failed_pages", failed(&st->failed));
	json_object_set_new(j, "dropped_ring", number(st->dropped_ring));
	json_object_set_new(j, "dropped_heap", number(st->dropped_heap));
	json_object_set_new(j, "refilled", number(st->refilled));
	json_object_set_new(j, "pruned", number(st->pruned));
	json_object_set_new(j, "batches", number(st->batches));
	json_object_set_new(j, "rate_limited", number(st->rate_limited));
	return j;
}

static json_t *entry(const struct sample *s, const struct row_env *env, const struct pghot_entry *e)
{
	const struct cgroup_name *cg = sample_cgroup(s, e->cgroup_ino);
	json_t *j = json_object();

	json_object_set_new(j, "pfn", number(e->pfn));
	json_object_set_new(j, "address", number(e->pfn * s->page_size));
	json_object_set_new(j, "nid", nid_or_null(e->nid));
	json_object_set_new(j, "target_nid", nid_or_null(e->target_nid));
	json_object_set_new(j, "freq", number(e->freq));
	json_object_set_new(j, "age_ms", number(e->age_ms));
	json_object_set_new(j, "score_percent", json_real(entry_score(e, env->window_ms) / 10.0));
	json_object_set_new(j, "pages", number(e->order < 64 ? 1ULL << e->order : 0));
	json_object_set_new(j, "sources", bit_names(e->sources, source_name));
	json_object_set_new(j, "type", json_string(pghot_page_type(e->page_flags)));
	json_object_set_new(j, "flags", bit_names(e->page_flags, pghot_page_flag_name));
	json_object_set_new(j, "state", bit_names(e->state, pghot_entry_state_name));
	json_object_set_new(j, "cgroup_ino", number(e->cgroup_ino));
	json_object_set_new(j, "cgroup", cg ? text(cg->path) : json_null());
	return j;
}

/* Of a cgroup, with those below it but for what is its own. */
static json_t *cgroup(const struct owner *o)
{
	json_t *j = json_object();

	json_object_set_new(j, "cgroup", o->path ? text(o->path) : json_null());
	json_object_set_new(j, "cgroup_ino", o->ino ? number(o->ino) : json_null());
	json_object_set_new(j, "depth", number(o->depth));
	json_object_set_new(j, "below_count", number(o->below));
	json_object_set_new(j, "hot_pages", number(o->hot));
	json_object_set_new(j, "warm_pages", number(o->warm));
	json_object_set_new(j, "own_hot_pages", number(o->own_hot));
	json_object_set_new(j, "own_warm_pages", number(o->own_warm));
	json_object_set_new(j, "fast_pages", only(o->placed, number(o->fast)));
	json_object_set_new(j, "slow_pages", only(o->placed, number(o->slow)));
	json_object_set_new(j, "promoted_pages", only(o->counted, number(o->promoted)));
	json_object_set_new(j, "demoted_pages", only(o->counted, number(o->demoted)));
	json_object_set_new(j, "promoted_pages_per_s", rate(o->promoted_per_s));
	json_object_set_new(j, "demoted_pages_per_s", rate(o->demoted_per_s));
	return j;
}

static json_t *joined(const struct owner *o, const char *name)
{
	json_t *j = json_object();

	json_object_set_new(j, "pid", json_integer(o->pid));
	json_object_set_new(j, name, text(o->path));
	json_object_set_new(j, "hot_pages", number(o->hot));
	json_object_set_new(j, "warm_pages", number(o->warm));
	json_object_set_new(j, "fast_pages", number(o->fast));
	json_object_set_new(j, "slow_pages", number(o->slow));
	json_object_set_new(j, "shared_pages", number(o->shared));
	return j;
}

static json_t *process(const struct owner *o)
{
	return joined(o, "command");
}

static json_t *mapping(const struct owner *o)
{
	json_t *j = joined(o, "mapping");

	json_object_set_new(j, "start", number(o->start));
	json_object_set_new(j, "end", number(o->end));
	json_object_set_new(j, "perms", text(o->perms));
	return j;
}

/* A notice says what in its first line, and what to do about it in the rest. */
static json_t *error_object(const struct pghot_error *error, const char *code, char *notice)
{
	const char *name = pghot_errname(error->errnum);
	char *hint = strchr(notice, '\n');
	json_t *j = json_object();

	if (hint)
		*hint++ = 0;

	json_object_set_new(j, "code", json_string(code));
	json_object_set_new(j, "errno", name ? json_string(name) : json_null());
	json_object_set_new(j, "message", text(notice));
	json_object_set_new(j, "attribute",
			    error->attribute[0] ? text(error->attribute) : json_null());
	json_object_set_new(j, "cause", json_null());
	json_object_set_new(j, "location", json_null());
	json_object_set_new(j, "hint", hint ? text(hint) : json_null());
	json_object_set_new(j, "usage", json_null());
	return j;
}

static json_t *entries_error(const struct options *o, const struct model *m)
{
	const struct pghot_error *error = &m->sample.entries_error;
	bool permission = error->errnum == EPERM || error->errnum == EACCES;
	char buf[NOTICE_LEN];

	if (!entries_notice(m, o->ui.view, NULL, buf, sizeof(buf)))
		return json_null();
	return error_object(error, permission ? "permission" : "failed", buf);
}

static json_t *sample_error(const struct model *m)
{
	const struct sample *s = &m->sample;
	bool permission = s->error.errnum == EPERM || s->error.errnum == EACCES;
	char buf[NOTICE_LEN];

	if (s->state == SAMPLE_NO_FAMILY) {
		absence_notice(s, buf, sizeof(buf));
		return error_object(&s->error, "unsupported", buf);
	}
	failure_notice(&s->error, "pghot", buf, sizeof(buf));
	return error_object(&s->error, permission ? "permission" : "failed", buf);
}

/* Where a sample is in its recording; null for a live one. */
static json_t *recording(const struct sample *s)
{
	json_t *j;

	if (!s->recorded)
		return json_null();
	j = json_object();
	json_object_set_new(j, "sample", number(s->recorded));
	json_object_set_new(j, "samples_count", number(s->recorded_of));
	return j;
}

static json_t *sort(const struct options *o)
{
	const struct view_state *vs = &o->ui.views[o->ui.view];
	json_t *j = json_object();

	json_object_set_new(j, "column", json_string(vs->sort->name));
	json_object_set_new(j, "descending", json_boolean(vs->descending));
	return j;
}

/* What the kernel was asked for, and whether that was all there is. */
static json_t *scope(const struct sample *s, const struct rows *rows)
{
	const struct query *q = &s->query;
	json_t *j;

	/* Of cgroups there are all. */
	if (!q->limit || s->entries_error.errnum || rows->kind != ROW_PAGE)
		return json_null();
	j = json_object();
	json_object_set_new(j, "nid", q->nid == ALL_NODES ? json_null() : json_integer(q->nid));
	json_object_set_new(j, "min_freq", q->min_freq ? number(q->min_freq) : json_null());
	json_object_set_new(j, "pfn_first", q->pfns ? number(q->pfn_first) : json_null());
	json_object_set_new(j, "pfn_last",
			    q->pfns && q->pfn_last <= INT64_MAX ? number(q->pfn_last)
								: json_null());
	json_object_set_new(j, "limit_count", number(q->limit));
	json_object_set_new(j, "examined_count", number(s->nr_entries));
	json_object_set_new(j, "passed_count", number(rows->nr));
	json_object_set_new(j, "complete", json_boolean(sample_complete(s)));
	return j;
}

static json_t *data(const struct options *o, const struct model *m, const struct rows *rows,
		    size_t nr)
{
	const struct row_env env = row_env_of(m, true, true);
	const struct sample *s = &m->sample;
	const struct list_state *list = ui_list(&o->ui);
	json_t *j = json_object(), *array;

	json_object_set_new(j, "time_ms", number(s->real_ms));
	json_object_set_new(j, "recording", recording(s));
	json_object_set_new(j, "cost_us", number(s->cpu_us));
	json_object_set_new(j, "page_size_bytes", number(s->page_size));
	json_object_set_new(j, "memory_bytes", number(s->memory_bytes));
	json_object_set_new(j, "running", json_boolean(s->running));
	json_object_set_new(j, "parameters", params(&s->params));

	array = json_array();
	for (size_t i = 0; i < m->nr_nodes; i++)
		json_array_append_new(array, node(&m->nodes[i]));
	json_object_set_new(j, "nodes", array);
	array = json_array();
	for (unsigned int i = 0; i < m->nr_sources; i++)
		json_array_append_new(array, source(&m->sources[i], &s->surroundings));
	json_object_set_new(j, "sources", array);
	json_object_set_new(j, "stats", stats(&s->stats));

	json_object_set_new(j, "view", json_string(view_name(o->ui.view)->name));
	json_object_set_new(j, "nid",
			    o->ui.nid == ALL_NODES ? json_null() : json_integer(o->ui.nid));
	json_object_set_new(j, "filter", list->filter ? text(list->filter_text) : json_null());
	json_object_set_new(j, "sort", sort(o));
	json_object_set_new(j, "scope", scope(s, rows));
	array = json_array();
	for (size_t i = 0; i < nr && rows->kind == ROW_PAGE; i++)
		json_array_append_new(array, entry(s, &env, row_at(rows, m, i).page));
	json_object_set_new(j, "entries", array);
	array = json_array();
	for (size_t i = 0; i < nr && rows->kind == ROW_CGROUP; i++)
		json_array_append_new(array, cgroup(row_at(rows, m, i).owner));
	json_object_set_new(j, "cgroups", array);
	array = json_array();
	for (size_t i = 0; i < nr && rows->kind == ROW_PROCESS; i++)
		json_array_append_new(array, process(row_at(rows, m, i).owner));
	json_object_set_new(j, "processes", array);
	array = json_array();
	for (size_t i = 0; i < nr && rows->kind == ROW_MAPPING; i++)
		json_array_append_new(array, mapping(row_at(rows, m, i).owner));
	json_object_set_new(j, "mappings", array);
	json_object_set_new(j, "hot_from_freq",
			    s->owners.hot_from ? number(s->owners.hot_from) : json_null());
	json_object_set_new(j, "entries_error", entries_error(o, m));
	return j;
}

static int put_piece(const char *piece, size_t len, void *file)
{
	return fwrite(piece, 1, len, file) == len ? 0 : -1;
}

void batch_json(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
		size_t nr)
{
	bool ok = m->sample.state == SAMPLE_OK;
	json_t *top;

	json_set_alloc_funcs(must_malloc, free);
	top = json_object();
	json_object_set_new(top, "schema", json_string(ok ? SCHEMA : SCHEMA_ERROR));
	json_object_set_new(top, "command", json_string("top"));
	if (ok)
		json_object_set_new(top, "data", data(o, m, rows, nr));
	else
		json_object_set_new(top, "error", sample_error(m));

	/* A failure to write shows when all is flushed. */
	pghot_json_dump(top, false, put_piece, out);
	json_decref(top);
	fputc('\n', out);
}
