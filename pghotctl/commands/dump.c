// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dumps of entries. They may have millions of rows, so they come over lib/dump
 * and go out one by one.
 *
 * What the kernel can select, it selects; the rest is selected here, as entries
 * come. A limit then is for what is left: of what comes in order the first ones are
 * taken, and of records by page frame the hottest are kept aside until the end.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/named-cgroup.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "dump.h"
#include "names.h"
#include "output/fields.h"
#include "output/hottest.h"

/* The kernel may be busy with other dumps, but not for this long. */
#define TIMEOUT_MS 30000

/* From a callback: enough rows. */
#define ENOUGH (-ECANCELED)

/**
 * struct select - what the kernel does not select
 * @active: there is anything of it
 * @min_freq: least frequency
 * @first: first page frame
 * @last: last one
 * @types: mask of page types, 1 << index of pghot_page_type_at(); 0 is any
 * @cgroup: path whose subtree it is, or NULL
 * @limit: most rows, 0 for all
 */
struct select {
	bool active;
	uint64_t min_freq;
	uint64_t first;
	uint64_t last;
	uint64_t types;
	char *cgroup;
	uint64_t limit;
};

struct dump {
	struct out *out;
	struct pghot_cgroups *cgroups;
	struct field_set fields;
	struct select select;
	struct hottest *keep; /* NULL: rows go out as they come */
	uint64_t rows;
	bool begun;
};

/* Not before there is an answer: a refusal has an envelope of its own. */
static void begin(struct dump *d)
{
	if (!d->begun)
		out_table_begin(d->out, "entries", d->fields.columns, d->fields.nr, true);
	d->begun = true;
}

/* ---- selecting ----------------------------------------------------------- */

static bool of_type(uint64_t types, uint32_t flags)
{
	const char *type = pghot_page_type(flags), *name;

	for (unsigned int i = 0; (name = pghot_page_type_at(i)); i++) {
		if (types >> i & 1 && !strcmp(name, type))
			return true;
	}
	return false;
}

static bool selected(const struct dump *d, const struct pghot_entry *e)
{
	const struct select *s = &d->select;

	if (!s->active)
		return true;
	if (e->freq < s->min_freq || e->pfn < s->first || e->pfn > s->last)
		return false;
	if (s->types && !of_type(s->types, e->page_flags))
		return false;
	return !s->cgroup ||
	       named_cgroup_holds(pghot_cgroup_path(d->cgroups, e->cgroup_ino), s->cgroup);
}

static int take_entry(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct dump *d = data;

	(void)nid;
	if (!selected(d, e))
		return 0;
	if (d->keep)
		return hottest_add(d->keep, e);
	begin(d);
	fields_row(&d->fields, d->out, e, d->cgroups);
	/* Nobody reads any more: no need to go on. */
	if (ferror(d->out->file))
		return -EPIPE;
	return ++d->rows == d->select.limit ? ENOUGH : 0;
}

/* Splits what is asked for between the kernel and us. */
static int fill_filter(struct ctx *ctx, const struct call *call, enum pghot_dump_kind kind,
		       struct dump *d, struct pghot_dump_filter *f)
{
	struct select *s = &d->select;
	const struct value *v;

	s->last = UINT64_MAX;
	v = call_get(call, "--node");
	if (v) {
		f->nid = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_NID;
	}
	v = call_get(call, "--min-freq");
	if (v && kind != PGHOT_DUMP_PROMOTED) {
		f->min_freq = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_MIN_FREQ;
	} else if (v) {
		s->min_freq = v->number;
		s->active = true;
	}
	v = call_get(call, "--pfn-range");
	if (v && kind == PGHOT_DUMP_RECORDS) {
		f->pfn_start = v->number;
		f->pfn_end = v->end;
		f->present |= 1ULL << PGHOT_A_DUMP_PFN_START | 1ULL << PGHOT_A_DUMP_PFN_END;
	} else if (v) {
		s->first = v->number;
		s->last = v->end;
		s->active = true;
	}
	v = call_get(call, "--type");
	if (v) {
		s->types = v->number;
		s->active = true;
	}
	v = call_get(call, "--cgroup");
	if (v && named_cgroup_find(ctx, d->cgroups, v->text, &s->cgroup))
		return ctx->failure.status;
	s->active |= v != NULL;
	v = call_get(call, "--limit");
	if (v && s->active) {
		s->limit = v->number;
	} else if (v) {
		f->limit = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_LIMIT;
	}
	return STATUS_OK;
}

/* ---- the commands -------------------------------------------------------- */

static int run_dump(struct dump *d, struct pghot_conn *conn, enum pghot_dump_kind kind,
		    const struct pghot_dump_filter *filter, struct pghot_error *err)
{
	struct hottest keep = { .limit = d->select.limit };
	int ret;

	if (keep.limit && kind == PGHOT_DUMP_RECORDS)
		d->keep = &keep;
	ret = pghot_start_dump(conn, kind, filter, take_entry, d, err);
	if (!ret)
		ret = pghot_conn_finish(conn, TIMEOUT_MS, err);
	if (ret == ENOUGH)
		ret = 0;
	if (!ret && d->keep) {
		hottest_sort(d->keep);
		begin(d);
		for (size_t i = 0; i < keep.nr && !ferror(d->out->file); i++)
			fields_row(&d->fields, d->out, &keep.at[i], d->cgroups);
	}
	hottest_free(&keep);
	d->keep = NULL;
	return ret;
}

static int dump_entries(struct ctx *ctx, const struct call *call, enum pghot_dump_kind kind,
			const char *empty, struct dump *d, struct pghot_conn *conn)
{
	struct pghot_dump_filter filter = { 0 };
	struct out *o = &ctx->out;
	struct pghot_error err = { 0 };
	uint64_t rows;
	int ret;

	ret = fill_filter(ctx, call, kind, d, &filter);
	if (ret)
		return ret;
	ret = run_dump(d, conn, kind, &filter, &err);
	/* That of a closed pipe is told by main, with what standard output says. */
	if (ret && ret != -EPIPE && !err.errnum)
		pghot_error_set(&err, -ret, "%s", strerror(-ret));
	if (ret && !(ret == -EPIPE && ferror(o->file)))
		return fail_kernel(&ctx->failure, &err, call->cmd->path);
	begin(d);
	rows = out_table_end(o, empty);
	out_u64(o, "entries_count", NULL, rows, UNIT_NONE);
	out_bool(o, "interrupted", NULL, pghot_conn_interrupted(conn), "yes", "no");
	out_notes(o);
	if (pghot_conn_interrupted(conn))
		out_note(o, "the entries changed during the dump: some may be missing or there "
			    "twice");
	return STATUS_OK;
}

static int run(struct ctx *ctx, const struct call *call, enum pghot_dump_kind kind,
	       const char *empty)
{
	const struct value *fields = call_get(call, "--fields");
	struct dump d = { .out = &ctx->out };
	struct pghot_conn *conn;
	struct pghot_info *info;
	struct pghot_error err;
	int ret;

	/* The page size, and the one place that explains a missing family. */
	info = calloc(1, sizeof(*info));
	if (!info)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = query_info(ctx, info);
	free(info);
	if (ret)
		return ret;
	if (pghot_conn_open(&conn, &err))
		return fail_kernel(&ctx->failure, &err, call->cmd->path);
	if (fields)
		fields_named(&d.fields, fields->text);
	else
		fields_all(&d.fields);
	d.cgroups = named_cgroups_open(ctx->root);
	if (d.cgroups)
		ret = dump_entries(ctx, call, kind, empty, &d, conn);
	else
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	free(d.select.cgroup);
	pghot_cgroups_close(d.cgroups);
	pghot_conn_close(conn);
	return ret;
}

int cmd_dump_heap(struct ctx *ctx, const struct call *call)
{
	return run(ctx, call, PGHOT_DUMP_HEAP, "nothing waits for promotion");
}

int cmd_dump_records(struct ctx *ctx, const struct call *call)
{
	return run(ctx, call, PGHOT_DUMP_RECORDS, "no page is tracked");
}

int cmd_dump_promoted(struct ctx *ctx, const struct call *call)
{
	return run(ctx, call, PGHOT_DUMP_PROMOTED, "nothing was promoted");
}
