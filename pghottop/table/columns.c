// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * columns.c - the table of pages, as data
 *
 * A column is one line here; the live table, the batch output, the sort menu,
 * --sort-key help and the man page's list (a test compares them) follow it.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "data/entry.h"
#include "family.h"
#include "names.h"
#include "table/columns.h"
#include "table/nodes.h"
#include "table/owners.h"
#include "units.h"

static const struct flag_letter flag_letters[] = {
	{ 'q', 0, PGHOT_ENTRY_STATE_QUEUED, "queued" },
	{ 'h', 0, PGHOT_ENTRY_STATE_HOT, "hot" },
	{ 'm', PGHOT_PAGE_FLAG_MAPPED, 0, "mapped" },
	{ 'y', PGHOT_PAGE_FLAG_YOUNG, 0, "young" },
	{ 'r', PGHOT_PAGE_FLAG_REFERENCED, 0, "referenced" },
	{ 'a', PGHOT_PAGE_FLAG_ACTIVE, 0, "active" },
	{ 'd', PGHOT_PAGE_FLAG_DIRTY, 0, "dirty" },
	{ 'w', PGHOT_PAGE_FLAG_WRITEBACK, 0, "writeback" },
	{ 'P', PGHOT_PAGE_FLAG_PINNED, 0, "pinned" },
	{ 'L', PGHOT_PAGE_FLAG_MLOCKED, 0, "mlocked" },
	{ 'U', PGHOT_PAGE_FLAG_UNEVICTABLE, 0, "unevictable" },
};

#define NR_FLAG_LETTERS (sizeof(flag_letters) / sizeof(flag_letters[0]))

const struct flag_letter *flag_letter_at(size_t i)
{
	return i < NR_FLAG_LETTERS ? &flag_letters[i] : NULL;
}

static const struct cgroup_name *find_cgroup(void *ctx, uint64_t ino)
{
	return sample_cgroup(ctx, ino);
}

struct row_env row_env_of(const struct model *m, bool raw, bool ascii)
{
	const struct sample *s = &m->sample;

	return (struct row_env){
		.page_size = s->page_size,
		.window_ms = sample_param(s, PGHOT_A_PARAM_WINDOW_MS, PGHOT_WINDOW_MS_DEFAULT),
		.raw = raw,
		.ascii = ascii,
		.cgroup = find_cgroup,
		.cgroup_ctx = (void *)s,
	};
}

static void get_pfn(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->num = e->pfn;
}

static void get_addr(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	v->known = env->page_size != 0;
	v->num = e->pfn * env->page_size;
}

static void get_node(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	char nid[8] = "?", target[8] = "?";

	if (e->nid != PGHOT_NID_UNKNOWN)
		snprintf(nid, sizeof(nid), "%u", e->nid);
	if (e->target_nid != PGHOT_NID_UNKNOWN)
		snprintf(target, sizeof(target), "%u", e->target_nid);
	snprintf(v->buf, sizeof(v->buf), "%s%s%s", nid, env->ascii ? ">" : "→", target);
	v->num = (uint64_t)e->nid << 16 | e->target_nid;
	v->text = v->buf;
}

static void get_target(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->known = e->target_nid != PGHOT_NID_UNKNOWN;
	v->num = e->target_nid;
}

static void get_freq(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->num = e->freq;
}

static void get_age(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->num = e->age_ms;
}

static void get_score(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	v->num = entry_score(e, env->window_ms);
}

static void get_sources(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->text = pghot_sources_letters(v->buf, sizeof(v->buf), e->sources);
	v->num = e->sources;
}

static void get_size(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	v->known = env->page_size != 0 && e->order < 32;
	v->num = v->known ? (uint64_t)env->page_size << e->order : 0;
}

static void get_order(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->num = e->order;
}

static void get_type(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	v->text = pghot_page_type(e->page_flags);
}

static void get_flags(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	(void)env;
	for (size_t i = 0; i < NR_FLAG_LETTERS; i++) {
		const struct flag_letter *fl = &flag_letters[i];
		bool set = e->page_flags & fl->flag || e->state & fl->state;

		v->buf[i] = set ? fl->letter : '-';
	}
	v->buf[NR_FLAG_LETTERS] = 0;
	v->text = v->buf;
	v->num = (uint64_t)e->state << 32 | e->page_flags;
}

static void get_cgroup(const struct row_env *env, const struct pghot_entry *e, struct value *v)
{
	const struct cgroup_name *cg = NULL;

	if (e->cgroup_ino && env->cgroup)
		cg = env->cgroup(env->cgroup_ctx, e->cgroup_ino);
	if (cg) {
		v->text = cg->shown;
		v->raw = cg->path;
		return;
	}
	/* A cgroup that is gone, or not visible from here, still has a number. */
	v->known = e->cgroup_ino != 0;
	snprintf(v->buf, sizeof(v->buf), "#%" PRIu64, (uint64_t)e->cgroup_ino);
	v->text = v->buf;
}

/* clang-format off */
static const struct column columns[] = {
	{
		.name = "pfn", .title = "PFN", .summary = "page frame number of the first page",
		.width = 8, .want = 10, .priority = 0, .align = ALIGN_RIGHT,
		.unit = UNIT_HEX, .shown = true, .get = get_pfn,
	}, {
		.name = "addr", .title = "PHYSICAL", .summary = "physical address",
		.width = 11, .want = 13, .priority = 9, .align = ALIGN_RIGHT,
		.unit = UNIT_HEX, .shown = true, .get = get_addr,
	}, {
		.name = "node", .title = "NODE",
		.summary = "node that the page is on, and the one it goes to",
		.width = 4, .want = 4, .priority = 2, .align = ALIGN_CENTRE,
		.unit = UNIT_TEXT, .shown = true, .get = get_node,
	}, {
		.name = "target", .title = "TARGET", .summary = "node that the page goes to, alone",
		.width = 6, .want = 6, .priority = 12, .align = ALIGN_RIGHT,
		.unit = UNIT_COUNT, .get = get_target,
	}, {
		.name = "freq", .title = "FREQ", .summary = "accesses within the window, decayed",
		.width = 4, .want = 4, .priority = 1, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_COUNT, .shown = true, .get = get_freq,
	}, {
		.name = "age", .title = "AGE", .title_raw = "AGE_MS",
		.summary = "time since the last access, or since the promotion",
		.width = 6, .want = 7, .priority = 3, .align = ALIGN_RIGHT,
		.unit = UNIT_MS, .shown = true, .get = get_age,
	}, {
		.name = "score", .title = "SCORE",
		.summary = "how hot: frequency, then recency, on a logarithmic scale",
		.width = 5, .want = 10, .weight = 1, .priority = 5, .align = ALIGN_LEFT,
		.descending = true, .unit = UNIT_PERMILLE, .shown = true, .get = get_score,
	}, {
		.name = "sources", .title = "SRC", .summary = "sources that saw it, a letter each",
		.width = 4, .want = 4, .priority = 6, .align = ALIGN_LEFT, .descending = true,
		.unit = UNIT_TEXT, .shown = true, .get = get_sources,
	}, {
		.name = "size", .title = "SIZE", .title_raw = "BYTES",
		.summary = "size of the folio",
		.width = 7, .want = 7, .priority = 7, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_BYTES, .shown = true, .get = get_size,
	}, {
		.name = "order", .title = "ORDER", .summary = "the folio has 2^order pages",
		.width = 5, .want = 5, .priority = 11, .align = ALIGN_RIGHT, .descending = true,
		.unit = UNIT_COUNT, .get = get_order,
	}, {
		.name = "type", .title = "TYPE",
		.summary = "anon, thp, file, shmem, ksm, hugetlb or other",
		.width = 7, .want = 7, .priority = 4, .align = ALIGN_LEFT, .by_text = true,
		.unit = UNIT_TEXT, .shown = true, .get = get_type,
	}, {
		.name = "flags", .title = "FLAGS", .summary = "state of the page, a letter each",
		.width = 11, .want = 11, .priority = 10, .align = ALIGN_LEFT, .descending = true,
		.unit = UNIT_TEXT, .shown = true, .get = get_flags,
	}, {
		.name = "cgroup", .title = "CGROUP", .summary = "memory cgroup that it is charged to",
		.width = 16, .want = 20, .weight = 3, .priority = 8, .align = ALIGN_LEFT,
		.elide = ELIDE_START, .by_text = true,
		.unit = UNIT_TEXT, .shown = true, .get = get_cgroup,
	},
};
/* clang-format on */

#define NR_COLUMNS (sizeof(columns) / sizeof(columns[0]))

_Static_assert(NR_COLUMNS <= MAX_COLUMNS, "column_list too small");
_Static_assert(NR_FLAG_LETTERS < sizeof(((struct value *)0)->buf), "value too small");

const struct column *column_at(enum row_kind kind, size_t i)
{
	if (row_is_owner(kind))
		return owner_column_at(kind, i);
	return i < NR_COLUMNS ? &columns[i] : NULL;
}

const struct column *column_find(enum row_kind kind, const char *name, size_t len)
{
	const struct column *col;

	for (size_t i = 0; (col = column_at(kind, i)); i++)
		if (strlen(col->name) == len && !strncmp(col->name, name, len))
			return col;
	return NULL;
}

void columns_default(enum row_kind kind, struct column_list *list)
{
	const struct column *col;

	list->nr = 0;
	for (size_t i = 0; (col = column_at(kind, i)); i++)
		if (col->shown)
			list->col[list->nr++] = col;
}

static int unknown_column(enum row_kind kind, const char *name, size_t len, char *error,
			  size_t error_size)
{
	const struct column *col;
	size_t used;

	used = snprintf(error, error_size, "%s have no column \"%.*s\"; there are",
			row_name(kind)->many, (int)len, name);
	for (size_t i = 0; (col = column_at(kind, i)) && used < error_size; i++)
		used += snprintf(error + used, error_size - used, "%s %s", i ? "," : "", col->name);
	return -EINVAL;
}

int columns_parse(enum row_kind kind, struct column_list *list, const char *text, char *error,
		  size_t error_size)
{
	list->nr = 0;
	if (*text == '+') {
		columns_default(kind, list);
		text++;
	}

	for (;;) {
		size_t len = strcspn(text, ",");
		const struct column *col = column_find(kind, text, len);

		if (!col)
			return unknown_column(kind, text, len, error, error_size);
		for (size_t i = 0; i < list->nr; i++) {
			if (list->col[i] == col) {
				snprintf(error, error_size, "column \"%s\" is listed twice",
					 col->name);
				return -EINVAL;
			}
		}
		/* None twice, so there is room for all. */
		list->col[list->nr++] = col;
		if (!text[len])
			return 0;
		text += len + 1;
	}
}

int sort_key_parse(enum row_kind kind, const char *text, const struct column **sort,
		   bool *descending, char *error, size_t error_size)
{
	char sign = *text == '-' || *text == '+' ? *text : 0;
	const struct column *col;

	if (sign)
		text++;
	col = column_find(kind, text, strlen(text));
	if (!col)
		return unknown_column(kind, text, strlen(text), error, error_size);
	*sort = col;
	*descending = sign ? sign == '-' : col->descending;
	return 0;
}

void columns_help(FILE *out)
{
	static const char *const rows[NR_ROW_KINDS] = {
		[ROW_PAGE] = "PAGES",
		[ROW_CGROUP] = "CGROUPS",
		[ROW_PROCESS] = "PROCESSES",
		[ROW_MAPPING] = "MAPPINGS",
	};

	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		const struct column *col;

		fprintf(out, "%sCOLUMN   SHOWN  ORDER       WHAT IT SHOWS OF %s\n",
			kind ? "\n" : "", rows[kind]);
		for (size_t i = 0; (col = column_at(kind, i)); i++)
			fprintf(out, "%-8s %-6s %-11s %s\n", col->name, col->shown ? "yes" : "no",
				col->descending ? "descending" : "ascending", col->summary);
	}
}

void column_value(const struct column *col, const struct row_env *env, struct row row,
		  struct value *v)
{
	v->known = true;
	v->num = 0;
	v->text = v->raw = NULL;
	v->indent = 0;
	v->mark = NULL;
	if (col->get_owner)
		col->get_owner(env, row.owner, v);
	else
		col->get(env, row.page, v);
	if (!v->raw)
		v->raw = v->text;
}

const char *column_text(const struct column *col, const struct row_env *env, const struct value *v,
			char *buf, size_t size)
{
	if (!v->known)
		return "-";
	switch (col->unit) {
	case UNIT_TEXT:
		return v->text;
	case UNIT_HEX:
		snprintf(buf, size, "0x%" PRIx64, v->num);
		return buf;
	case UNIT_MS:
		if (!env->raw)
			return pghot_format_age(buf, size, v->num);
		break;
	case UNIT_BYTES:
		if (!env->raw)
			return pghot_format_size(buf, size, v->num);
		break;
	case UNIT_PAGES:
		return format_pages(buf, size, env, v->num);
	case UNIT_RATE:
		return format_page_rate(buf, size, env, v->num / 1000.0);
	case UNIT_PERMILLE:
		snprintf(buf, size, "%" PRIu64 ".%" PRIu64, v->num / 10, v->num % 10);
		return buf;
	case UNIT_COUNT:
		break;
	}
	snprintf(buf, size, "%" PRIu64, v->num);
	return buf;
}

const char *column_title(const struct column *col, const struct row_env *env)
{
	return env->raw && col->title_raw ? col->title_raw : col->title;
}
