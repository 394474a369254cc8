// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * text.c - a sample as text, for people who read it in a pipe, a file or a mail
 */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "batch/text.h"
#include "printable.h"
#include "screen/say.h"
#include "state/notice.h"
#include "table/nodes.h"
#include "units.h"

/* Texts of one column, padded to the widest when they are printed. */
static void print_padded(FILE *out, const char *text, int width, enum align align, bool last,
			 bool ascii)
{
	int pad = width - text_width(text, ascii);
	/* As long as a path can be, escaped. */
	char clean[4096 * 4];

	if (align == ALIGN_RIGHT && pad > 0)
		fprintf(out, "%*s", pad, "");
	fputs(text_clean(clean, sizeof(clean), text, ascii), out);
	if (align != ALIGN_RIGHT && pad > 0 && !last)
		fprintf(out, "%*s", pad, "");
	fputs(last ? "\n" : " ", out);
}

/* What bars are numbers for here; a picture of the past is none. */
static const char *field_text(const struct node_field *f, const struct row_env *env,
			      const struct node_track *t, struct field_value *v)
{
	node_field_get(f, env, t, v);
	if (f->kind == FIELD_BAR && v->fill >= 0)
		snprintf(v->text, sizeof(v->text), "%.1f%%", v->fill * 100);
	else if (f->kind == FIELD_BAR)
		strcpy(v->text, "-");
	return v->text;
}

static void print_nodes(FILE *out, const struct row_env *env, const struct model *m)
{
	const struct node_field *f;
	int widths[MAX_NODE_FIELDS] = { 0 };
	size_t last = 0;

	for (size_t i = 0; (f = node_field_at(i)); i++) {
		if (f->kind == FIELD_SPARK)
			continue;
		last = i;
		widths[i] = text_width(env->raw && f->title_raw ? f->title_raw : f->title, true);
		for (size_t n = 0; n < m->nr_nodes; n++) {
			struct field_value v;
			int w = text_width(field_text(f, env, &m->nodes[n], &v), env->ascii);

			if (w > widths[i])
				widths[i] = w;
		}
	}

	for (size_t i = 0; i <= last; i++)
		if (widths[i])
			print_padded(out,
				     env->raw && node_field_at(i)->title_raw
					     ? node_field_at(i)->title_raw
					     : node_field_at(i)->title,
				     widths[i], node_field_at(i)->align, i == last, true);
	for (size_t n = 0; n < m->nr_nodes; n++) {
		for (size_t i = 0; i <= last; i++) {
			struct field_value v;

			if (widths[i])
				print_padded(
					out, field_text(node_field_at(i), env, &m->nodes[n], &v),
					widths[i], node_field_at(i)->align, i == last, env->ascii);
		}
	}
}

static const char *cell_text(const struct column *col, const struct row_env *env, struct row row,
			     struct value *v, char *buf, size_t size)
{
	column_value(col, env, row, v);
	return column_text(col, env, v, buf, size);
}

/* Columns that a name in a tree is moved to the right. */
static int cell_indent(const struct value *v, bool ascii)
{
	return v->mark ? v->indent + text_width(v->mark, ascii) : 0;
}

static void print_rows(FILE *out, const struct options *o, const struct row_env *env,
		       const struct model *m, const struct rows *rows, size_t nr)
{
	const struct column_list *list = &ui_list(&o->ui)->columns;
	int widths[MAX_COLUMNS];
	char buf[PGHOT_UNIT_LEN];
	struct value v;

	for (size_t i = 0; i < list->nr; i++) {
		widths[i] = text_width(column_title(list->col[i], env), env->ascii);
		for (size_t at = 0; at < nr; at++) {
			const char *text = cell_text(list->col[i], env, row_at(rows, m, at), &v,
						     buf, sizeof(buf));
			int w = text_width(text, env->ascii) + cell_indent(&v, env->ascii);

			if (w > widths[i])
				widths[i] = w;
		}
	}

	for (size_t i = 0; i < list->nr; i++)
		print_padded(out, column_title(list->col[i], env), widths[i], list->col[i]->align,
			     i == list->nr - 1, env->ascii);
	for (size_t at = 0; at < nr; at++) {
		struct row row = row_at(rows, m, at);

		for (size_t i = 0; i < list->nr; i++) {
			const char *text = cell_text(list->col[i], env, row, &v, buf, sizeof(buf));

			if (v.mark)
				fprintf(out, "%*s%s", v.indent, "", v.mark);
			print_padded(out, text, widths[i] - cell_indent(&v, env->ascii),
				     /* A number is a number here, not a bar. */
				     list->col[i]->unit == UNIT_PERMILLE ? ALIGN_RIGHT
									 : list->col[i]->align,
				     i == list->nr - 1, env->ascii);
		}
	}
}

static void print_sources(FILE *out, const struct model *m, bool raw, bool ascii)
{
	fputs("sources:", out);
	for (unsigned int i = 0; i < m->nr_sources; i++) {
		const struct source_track *t = &m->sources[i];
		struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
		char name[PGHOT_PRINTABLE_MAX * sizeof(t->src.name)], buf[PGHOT_UNIT_LEN];

		pghot_printable(name, sizeof(name), t->src.name);
		say_text(out, ascii, "%s %s ", i ? ";" : "", name);
		if (pghot_source_problems(&t->src, &m->sample.surroundings, problems))
			fprintf(out, "on, but %s", problems[0].brief);
		else if (!t->src.available)
			fputs("unavailable", out);
		else if (!t->src.enabled)
			fputs("off", out);
		else if (t->recorded < 0)
			fprintf(out, "on, %" PRIu64 " recorded", t->src.recorded);
		else
			fprintf(out, "%s/s", format_rate(buf, sizeof(buf), raw, t->recorded));
	}
	fputs(m->nr_sources ? "\n" : " none built in\n", out);
}

/* What the pages below were chosen by, and from which. */
static void print_scope(FILE *out, const struct options *o, const struct model *m,
			const struct rows *rows)
{
	const struct sample *s = &m->sample;

	if (!ui_list(&o->ui)->filter)
		return;
	say_text(out, o->ui.ascii, "filter: %s; ", ui_list(&o->ui)->filter_text);
	if (row_is_owner(rows->kind)) {
		fprintf(out, "%zu of %zu %s pass%s\n", rows->nr, s->owners.nr,
			row_name(rows->kind)->many,
			rows->kind == ROW_CGROUP && o->ui.tree ? ", with those above" : "");
		return;
	}
	if (sample_complete(s) && !s->query.chosen)
		fprintf(out, "%zu pages pass\n", rows->nr);
	else if (sample_complete(s))
		fprintf(out, "%zu of %zu pages pass\n", rows->nr, s->nr_entries);
	else if (!s->query.chosen)
		fprintf(out, "the %zu %s of those that pass\n", rows->nr, scope_order(o->ui.view));
	else
		fprintf(out, "%zu of the %zu %s pages pass, and there may be more\n", rows->nr,
			s->nr_entries, scope_order(o->ui.view));
}

void batch_text(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
		size_t nr)
{
	struct row_env env = ui_row_env(&o->ui, m);
	const struct sample *s = &m->sample;
	time_t seconds = s->real_ms / 1000;
	char when[32] = "?", text[NOTICE_LEN];
	struct tm tm;

	if (localtime_r(&seconds, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	fprintf(out, "pghottop - %s, %s, %s\n", when, view_name(o->ui.view)->name,
		!s->running				    ? "no source enabled"
		: sample_param(s, PGHOT_A_PARAM_PROMOTE, 1) ? "promoting"
							    : "promotion off");
	if (o->limit && !s->entries_error.errnum)
		print_scope(out, o, m, rows);
	print_nodes(out, &env, m);
	print_sources(out, m, o->ui.raw, o->ui.ascii);
	if (o->limit) {
		fputc('\n', out);
		if (entries_notice(m, o->ui.view, NULL, text, sizeof(text)))
			say_text(out, o->ui.ascii, "%s\n", text);
		else if (!nr)
			say_text(out, o->ui.ascii, "%s\n",
				 empty_notice(&o->ui, m, text, sizeof(text)));
		else
			print_rows(out, o, &env, m, rows, nr);
	}
	fputc('\n', out);
}
