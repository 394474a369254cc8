// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dumps of entries. They may have millions of rows, so they come over lib/dump
 * and go out one by one.
 */

#include <errno.h>
#include <stdio.h>
#include <stdbool.h>

#include "cgroup.h"
#include "commands.h"
#include "ctx.h"
#include "dump.h"
#include "names.h"
#include "parse.h"
#include "query.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* The kernel may be busy with other dumps, but not for this long. */
#define TIMEOUT_MS 30000

/* clang-format off */
static const struct column columns[] = {
	{ "pfn", "PFN", UNIT_HEX, .width = 10 },
	{ "nid", "NODE", .width = 4 },
	{ "target_nid", "TO", .width = 3 },
	{ "freq", "FREQ", .width = 4 },
	{ "age_ms", "AGE", UNIT_MS, .width = 8 },
	{ "pages", "SIZE", UNIT_PAGES, .width = 8 },
	{ "sources", "SRC", .left = true, .width = 4 },
	{ "state", "STATE", .left = true, .width = 10 },
	{ "type", "TYPE", .left = true, .width = 7 },
	{ "flags" },
	{ "cgroup_ino" },
	{ "cgroup", "CGROUP", .left = true },
};
/* clang-format on */

struct dump {
	struct out *out;
	struct pghot_cgroups *cgroups;
	bool begun;
};

/* Not before there is an answer: a refusal has an envelope of its own. */
static void begin(struct dump *d)
{
	if (!d->begun)
		out_table_begin(d->out, "entries", columns, ARRAY_LEN(columns), true);
	d->begun = true;
}

static json_t *names_json(uint64_t mask, const char *(*name)(unsigned int))
{
	json_t *v = json_array();

	for (unsigned int i = 0; name(i); i++) {
		if (mask >> i & 1)
			json_array_append_new(v, json_string(name(i)));
	}
	return v;
}

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

static const char *state_text(uint8_t state)
{
	switch (state & (PGHOT_ENTRY_STATE_QUEUED | PGHOT_ENTRY_STATE_HOT)) {
	case PGHOT_ENTRY_STATE_QUEUED:
		return "queued";
	case PGHOT_ENTRY_STATE_HOT:
		return "hot";
	case PGHOT_ENTRY_STATE_QUEUED | PGHOT_ENTRY_STATE_HOT:
		return "hot,queued";
	default:
		return "";
	}
}

static int print_entry(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct dump *d = data;
	struct out *o = d->out;
	char letters[16];

	(void)nid;
	begin(d);
	cell_u64(o, e->pfn);
	cell_u64(o, e->nid);
	if (e->target_nid == PGHOT_NID_UNKNOWN)
		cell_none(o);
	else
		cell_u64(o, e->target_nid);
	cell_u64(o, e->freq);
	cell_u64(o, e->age_ms);
	cell_u64(o, e->order < 64 ? 1ULL << e->order : 0);
	cell_value(o, names_json(e->sources, source_name),
		   pghot_sources_letters(letters, sizeof(letters), e->sources));
	cell_value(o, names_json(e->state, pghot_entry_state_name), state_text(e->state));
	cell_str(o, pghot_page_type(e->page_flags));
	cell_value(o, names_json(e->page_flags, pghot_page_flag_name), "");
	cell_u64(o, e->cgroup_ino);
	cell_str(o, pghot_cgroup_path(d->cgroups, e->cgroup_ino));
	out_row_end(o);
	/* Nobody reads any more: no need to go on. */
	return ferror(o->file) ? -EPIPE : 0;
}

static void fill_filter(const struct call *call, struct pghot_dump_filter *f)
{
	const struct value *v;

	v = call_get(call, "--node");
	if (v) {
		f->nid = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_NID;
	}
	v = call_get(call, "--limit");
	if (v) {
		f->limit = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_LIMIT;
	}
	v = call_get(call, "--min-freq");
	if (v) {
		f->min_freq = (uint32_t)v->number;
		f->present |= 1ULL << PGHOT_A_DUMP_MIN_FREQ;
	}
	v = call_get(call, "--pfn-range");
	if (v) {
		f->pfn_start = v->number;
		f->pfn_end = v->end;
		f->present |= 1ULL << PGHOT_A_DUMP_PFN_START | 1ULL << PGHOT_A_DUMP_PFN_END;
	}
}

static int run(struct ctx *ctx, const struct call *call, enum pghot_dump_kind kind,
	       const char *empty)
{
	struct dump d = { .out = &ctx->out };
	struct pghot_dump_filter filter = { 0 };
	struct pghot_conn *conn;
	struct pghot_info info;
	struct pghot_error err;
	uint64_t rows;
	int ret;

	/* The page size, and the one place that explains a missing family. */
	ret = query_info(ctx, &info);
	if (ret)
		return ret;
	if (pghot_conn_open(&conn, &err))
		return fail_kernel(&ctx->failure, &err, call->cmd->path);
	d.cgroups = pghot_cgroups_open(NULL);
	if (!d.cgroups) {
		pghot_conn_close(conn);
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}

	fill_filter(call, &filter);
	ret = pghot_start_dump(conn, kind, &filter, print_entry, &d, &err);
	if (!ret)
		ret = pghot_conn_finish(conn, TIMEOUT_MS, &err);
	if (ret == -EPIPE && ferror(ctx->out.file))
		ret = 0; /* told by main, with what standard output says */
	else if (ret)
		ret = fail_kernel(&ctx->failure, &err, call->cmd->path);
	if (!ret) {
		begin(&d);
		rows = out_table_end(&ctx->out, empty);
		out_u64(&ctx->out, "entries_count", NULL, rows, UNIT_NONE);
		out_bool(&ctx->out, "interrupted", NULL, pghot_conn_interrupted(conn), "yes", "no");
		out_notes(&ctx->out);
		if (pghot_conn_interrupted(conn))
			out_note(&ctx->out, "the entries changed during the dump: some may be "
					    "missing or there twice");
	}
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
