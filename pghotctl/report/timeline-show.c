// SPDX-License-Identifier: GPL-2.0-or-later
/* A timeline as text and as JSON: text has several rows and columns in one. */

#include <stdio.h>
#include <string.h>

#include "jsontext.h"
#include "report/plot.h"
#include "report/timeline.h"
#include "units.h"

#define TEXT_COLUMNS 60
#define TEXT_ROWS    16

/* By level: nothing seen, 1, 2-3, … */
static const char levels[] = " .:+*#@";

/* Columns of text, and how many of the timeline each has. */
static size_t text_columns(const struct timeline *t, size_t *each)
{
	*each = (t->nr_columns + TEXT_COLUMNS - 1) / TEXT_COLUMNS;
	return (t->nr_columns + *each - 1) / *each;
}

static char cell_char(struct timeline_cell cell)
{
	switch (cell.state) {
	case CELL_MEMORY:
		return levels[plot_level(cell.freq)];
	case CELL_OFFLINE:
		return 'x';
	case CELL_HOLE:
		return '/';
	default:
		return '?';
	}
}

/* Memory counts for more than none, and the hottest page for all. */
static struct timeline_cell sum_cells(const struct timeline *t, const struct timeline_node *node,
				      size_t row, size_t nr_rows, size_t column, size_t each)
{
	struct timeline_cell sum = { 0 };

	for (size_t r = row; r < row + nr_rows; r++) {
		for (size_t c = column; c < column + each && c < t->nr_columns; c++) {
			struct timeline_cell cell = node->cells[r * t->nr_columns + c];

			if (cell.state > sum.state)
				sum.state = cell.state;
			if (cell.freq > sum.freq)
				sum.freq = cell.freq;
		}
	}
	return sum;
}

static void show_row(const struct timeline *t, struct out *o, const struct timeline_node *node,
		     size_t row, size_t nr_rows)
{
	const struct timeline_row *first = &node->rows[row], *last = &node->rows[row + nr_rows - 1];
	char line[TEXT_COLUMNS + 1], size[PGHOT_UNIT_LEN];
	size_t each, nr = text_columns(t, &each);

	for (size_t c = 0; c < nr; c++)
		line[c] = cell_char(sum_cells(t, node, row, nr_rows, c * each, each));
	line[nr] = '\0';
	out_format(o, last->end - first->start, UNIT_PAGES, size);
	out_text(o, "  0x%-16llx |%s| %s%s", (unsigned long long)first->start, line,
		 first->hole ? "hole of " : "", size);
}

static void show_node(const struct timeline *t, struct out *o, const struct timeline_node *node)
{
	size_t each = (node->nr_rows + TEXT_ROWS - 1) / TEXT_ROWS, nr;
	char title[32];

	snprintf(title, sizeof(title), "node %u", node->nid);
	out_heading(o, title);
	for (size_t row = 0; row < node->nr_rows; row += nr) {
		for (nr = 1; nr < each && row + nr < node->nr_rows; nr++) {
			if (node->rows[row].hole || node->rows[row + nr].hole)
				break;
		}
		show_row(t, o, node, row, nr);
	}
}

/* Is there anything to see? Fast memory has no records. */
static bool worth_showing(const struct timeline_node *node)
{
	return node->records || !node->toptier;
}

static void show_rate(const struct timeline *t, struct out *o, enum timeline_rate rate)
{
	bool pages = rate == RATE_PROMOTED || rate == RATE_FAILED;
	char line[TEXT_COLUMNS + 1], text[PGHOT_UNIT_LEN];
	size_t each, nr = text_columns(t, &each);
	double most = 0, value[TEXT_COLUMNS];
	bool known[TEXT_COLUMNS];

	for (size_t c = 0; c < nr; c++) {
		struct timeline_column sum = { 0 };

		for (size_t k = c * each; k < (c + 1) * each && k < t->nr_columns; k++) {
			sum.ms += t->columns[k].ms;
			sum.count[rate] += t->columns[k].count[rate];
		}
		known[c] = timeline_per_s(&sum, rate, &value[c]);
		if (value[c] > most)
			most = value[c];
	}
	for (size_t c = 0; c < nr; c++) {
		/* Anything at all is more than nothing. */
		unsigned int level = value[c] > 0 ? 1 + (unsigned int)(value[c] * 5 / most) : 0;

		line[c] = known[c] ? levels[level] : '?';
	}
	line[nr] = '\0';
	out_format(o, timeline_whole(most), pages ? UNIT_PAGES : UNIT_COUNT, text);
	out_text(o, "  %-18s |%s| %s/s at most", timeline_rate_title(rate), line, text);
}

static void show_text(const struct timeline *t, struct out *o)
{
	char from[32], to[32], each_text[PGHOT_UNIT_LEN];
	size_t each;

	text_columns(t, &each);
	out_format(o, t->column_ns / 1000000 * each, UNIT_MS, each_text);
	out_text(o, "%s to %s, a column is %s", sample_time_text(from, sizeof(from), t->from_ns),
		 sample_time_text(to, sizeof(to), t->to_ns), each_text);
	for (size_t i = 0; i < t->nr_nodes; i++) {
		if (worth_showing(&t->nodes[i]))
			show_node(t, o, &t->nodes[i]);
	}
	out_text(o, "  the hottest page: . 1  : 2-3  + 4-7  * 8-15  # 16-31  @ 32-63; "
		    "/ no memory  x offline  ? not recorded");
	out_heading(o, "per second");
	for (int r = 0; r < NR_TIMELINE_RATES; r++)
		show_rate(t, o, (enum timeline_rate)r);
}

/* ---- JSON ------------------------------------------------------------------ */

static json_t *cell_json(struct timeline_cell cell)
{
	switch (cell.state) {
	case CELL_MEMORY:
		return json_integer(cell.freq);
	case CELL_OFFLINE:
		return json_string("offline");
	case CELL_HOLE:
		return json_string("hole");
	default:
		return json_null();
	}
}

static json_t *row_json(const struct timeline *t, const struct timeline_node *node, size_t row)
{
	json_t *j = json_object(), *cells = json_array();

	json_object_set_new(j, "start_pfn", pghot_json_u64(node->rows[row].start));
	json_object_set_new(j, "end_pfn", pghot_json_u64(node->rows[row].end));
	json_object_set_new(j, "hole", json_boolean(node->rows[row].hole));
	for (size_t c = 0; c < t->nr_columns; c++)
		json_array_append_new(cells, cell_json(node->cells[row * t->nr_columns + c]));
	json_object_set_new(j, "freq", cells);
	return j;
}

static json_t *node_json(const struct timeline *t, const struct timeline_node *node)
{
	json_t *j = json_object(), *rows = json_array();

	json_object_set_new(j, "nid", json_integer(node->nid));
	json_object_set_new(j, "toptier", json_boolean(node->toptier));
	json_object_set_new(j, "records", pghot_json_u64(node->records));
	for (size_t r = 0; r < node->nr_rows; r++)
		json_array_append_new(rows, row_json(t, node, r));
	json_object_set_new(j, "rows", rows);
	return j;
}

static json_t *column_json(const struct timeline *t, size_t column)
{
	const struct timeline_column *c = &t->columns[column];
	json_t *j = json_object();
	double per_s;

	json_object_set_new(j, "time_ms",
			    pghot_json_u64((t->from_ns + column * t->column_ns) / 1000000));
	json_object_set_new(j, "samples_count", pghot_json_u64(c->samples));
	for (int r = 0; r < NR_TIMELINE_RATES; r++) {
		bool known = timeline_per_s(c, (enum timeline_rate)r, &per_s);

		json_object_set_new(j, timeline_rate_key((enum timeline_rate)r),
				    known ? json_real(per_s) : json_null());
	}
	return j;
}

static json_t *file_json(const struct timeline_file *f)
{
	const struct pghot_recording_info *info = pghot_recording_info(f->rec);
	json_t *j = json_object();

	json_object_set_new(j, "file", json_text(f->path));
	json_object_set_new(j, "kernel", json_text(info->kernel));
	json_object_set_new(j, "samples_count", json_integer((json_int_t)info->samples));
	json_object_set_new(j, "damaged", json_boolean(info->damage != PGHOT_DAMAGE_NONE));
	return j;
}

static void show_json(const struct timeline *t, struct out *o)
{
	json_t *files = json_array(), *nodes = json_array(), *columns = json_array();

	for (size_t i = 0; i < t->nr_files; i++)
		json_array_append_new(files, file_json(&t->files[i]));
	for (size_t c = 0; c < t->nr_columns; c++)
		json_array_append_new(columns, column_json(t, c));
	for (size_t i = 0; i < t->nr_nodes; i++)
		json_array_append_new(nodes, node_json(t, &t->nodes[i]));
	out_value(o, "files", NULL, files, "");
	out_u64(o, "page_size_bytes", NULL, t->page_size, UNIT_NONE);
	out_u64(o, "from_ms", NULL, t->from_ns / 1000000, UNIT_NONE);
	out_u64(o, "to_ms", NULL, t->to_ns / 1000000, UNIT_NONE);
	out_u64(o, "column_ms", NULL, t->column_ns / 1000000, UNIT_NONE);
	out_value(o, "columns", NULL, columns, "");
	out_value(o, "nodes", NULL, nodes, "");
}

static void show_notes(const struct timeline *t, struct out *o)
{
	bool same = true;

	out_notes(o);
	for (size_t i = 0; i < t->nr_files; i++) {
		const struct pghot_recording_info *info = pghot_recording_info(t->files[i].rec);

		if (info->damage != PGHOT_DAMAGE_NONE)
			out_note(o, "%s: what follows sample %zu cannot be read", t->files[i].path,
				 info->samples);
		same &= !strcmp(info->kernel, pghot_recording_info(t->files[0].rec)->kernel);
	}
	if (!same)
		out_note(o, "the recordings are of different kernels, perhaps of different "
			    "machines");
	if (t->limit)
		out_note(o,
			 "samples have the %u hottest records at most: the rest looks cold; "
			 "pghotctl record --limit 0 takes all",
			 t->limit);
	if (t->unread)
		out_note(o, "%llu of %llu samples have no records", (unsigned long long)t->unread,
			 (unsigned long long)t->samples);
	for (size_t i = 0; i < t->nr_nodes; i++) {
		if (!worth_showing(&t->nodes[i]))
			out_note(o, "node %u is fast memory: what is hot there is not tracked",
				 t->nodes[i].nid);
	}
}

void timeline_show(const struct timeline *t, struct out *o)
{
	o->page_size = t->page_size;
	if (o->json)
		show_json(t, o);
	else
		show_text(t, o);
	show_notes(t, o);
}
