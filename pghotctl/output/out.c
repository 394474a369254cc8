// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/out.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "digits.h"
#include "errname.h"
#include "jsontext.h"
#include "output/failure.h"
#include "printable.h"
#include "units.h"

#define LABEL_WIDTH 23

/*
 * The tables of a command: rows of text wait in @cells until all widths are
 * known. Those of a table that streams are written elsewhere, into @stream_row.
 */
struct out_table {
	const char *key;
	const struct column *columns;
	size_t nr;
	bool stream;
	json_t *array;
	json_t *row;
	size_t at; /* column of the next cell */
	char **cells; /* rows times columns */
	size_t used;
	size_t alloc;
	uint64_t rows;
	struct row_text stream_row;
};

/* Out of memory: nothing sensible can be said any more. */
static void *must(void *p)
{
	if (!p) {
		fputs("pghotctl: out of memory\n", stderr);
		exit(STATUS_FAILED);
	}
	return p;
}

static void *must_malloc(size_t size)
{
	return must(malloc(size));
}

void out_set_up(void)
{
	json_set_alloc_funcs(must_malloc, free);
}

json_t *json_text(const char *s)
{
	json_t *v;
	char *valid;

	if (!s)
		return json_null();
	v = json_string(s);
	if (v)
		return v;
	valid = must(pghot_utf8_valid(s));
	v = must(json_string(valid));
	free(valid);
	return v;
}

char *out_format(const struct out *o, uint64_t v, enum unit unit, char *buf)
{
	if (unit == UNIT_HEX)
		*pghot_put_hex(buf, v) = '\0';
	else if (o->raw || unit == UNIT_NONE)
		*pghot_put_u64(buf, v) = '\0';
	else if (unit == UNIT_COUNT)
		pghot_format_count(buf, PGHOT_UNIT_LEN, v);
	else if (unit == UNIT_MS)
		pghot_format_age(buf, PGHOT_UNIT_LEN, v);
	else if (unit == UNIT_PAGES)
		pghot_format_size(buf, PGHOT_UNIT_LEN, v * o->page_size);
	else
		pghot_format_size(buf, PGHOT_UNIT_LEN, v);
	return buf;
}

/* ---- the envelope -------------------------------------------------------- */

static void table_free(struct out *o)
{
	struct out_table *t = o->table;

	if (!t)
		return;
	for (size_t i = 0; i < t->used; i++)
		free(t->cells[i]);
	free(t->cells);
	json_decref(t->array);
	json_decref(t->row);
	free(t);
	o->table = NULL;
}

void out_free(struct out *o)
{
	table_free(o);
	json_decref(o->data);
	json_decref(o->notes);
	o->data = o->notes = o->open = NULL;
}

void out_begin(struct out *o, const char *command)
{
	out_free(o);
	o->command = command;
	o->data = must(json_object());
	o->open = o->data;
	o->streaming = o->more = o->section = false;
	if (!o->page_size)
		o->page_size = 4096;
}

/* "dump heap" is described by "pghot/dump-heap/1". */
static void schema_name(const char *command, char *buf, size_t size)
{
	snprintf(buf, size, "pghot/%s/1", command);
	for (char *c = buf; *c; c++) {
		if (*c == ' ')
			*c = '-';
	}
}

static int put_piece(const char *text, size_t len, void *file)
{
	return fwrite(text, 1, len, file) == len ? 0 : -1;
}

/* A failure to write shows when all is flushed. */
static void dump(const json_t *v, bool pretty, FILE *file)
{
	pghot_json_dump(v, pretty, put_piece, file);
}

static json_t *failure_json(const struct failure *f)
{
	json_t *e = must(json_object());

	json_object_set_new(e, "code", json_string(failure_word(f->status)));
	json_object_set_new(e, "errno",
			    f->errnum ? json_text(pghot_errname(f->errnum)) : json_null());
	json_object_set_new(e, "message", json_text(f->message));
	json_object_set_new(e, "attribute",
			    f->attribute[0] ? json_text(f->attribute) : json_null());
	json_object_set_new(e, "cause", f->cause[0] ? json_string(f->cause) : json_null());
	json_object_set_new(e, "location", f->location[0] ? json_text(f->location) : json_null());
	json_object_set_new(e, "hint", f->hint[0] ? json_text(f->hint) : json_null());
	json_object_set_new(e, "usage", f->usage[0] ? json_text(f->usage) : json_null());
	return e;
}

static void dump_envelope(struct out *o, const char *schema, const char *key, json_t *value)
{
	json_t *env = must(json_object());

	json_object_set_new(env, "schema", json_string(schema));
	json_object_set_new(env, "command", json_text(o->command));
	json_object_set(env, key, value);
	dump(env, o->pretty, o->file);
	putc('\n', o->file);
	json_decref(env);
}

/* A member of the data that went out before, or goes out now. */
static void stream_member(struct out *o, const char *key, json_t *v)
{
	if (o->more)
		putc(',', o->file);
	o->more = true;
	if (o->pretty)
		fputs("\n    ", o->file);
	fprintf(o->file, o->pretty ? "\"%s\": " : "\"%s\":", key);
	if (v)
		dump(v, false, o->file);
}

static void stream_members(struct out *o)
{
	const char *key;
	json_t *v;

	json_object_foreach(o->data, key, v)
		stream_member(o, key, v);
	json_object_clear(o->data);
}

static void stream_begin(struct out *o)
{
	char schema[64];

	schema_name(o->command, schema, sizeof(schema));
	if (o->pretty)
		fprintf(o->file, "{\n  \"schema\": \"%s\",\n  \"command\": \"%s\",\n  \"data\": {",
			schema, o->command);
	else
		fprintf(o->file, "{\"schema\":\"%s\",\"command\":\"%s\",\"data\":{", schema,
			o->command);
	o->streaming = true;
	o->more = false;
	stream_members(o);
}

static void stream_end(struct out *o, const struct failure *f)
{
	stream_members(o);
	fputs(o->pretty ? "\n  }" : "}", o->file);
	if (f) {
		json_t *e = failure_json(f);

		fputs(o->pretty ? ",\n  \"error\": " : ",\"error\":", o->file);
		dump(e, false, o->file);
		json_decref(e);
	}
	fputs(o->pretty ? "\n}\n" : "}\n", o->file);
	o->streaming = false;
}

static void print_notes(struct out *o)
{
	json_t *note;
	size_t i;

	json_array_foreach(o->notes, i, note) {
		const char *text = json_string_value(note);
		size_t size = strlen(text) * PGHOT_PRINTABLE_MAX + 1;
		char *safe = must(malloc(size));

		pghot_printable(safe, size, text);
		fprintf(o->file, "note: %s\n", safe);
		free(safe);
	}
}

bool out_flush(struct out *o)
{
	errno = 0;
	if (fflush(o->file) && !o->errnum)
		o->errnum = errno;
	return !ferror(o->file) && !o->errnum;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int out_wait(struct out *o, int fd, int64_t ms)
{
	/* That a reader has gone need not be asked for. */
	struct pollfd fds[] = { { .fd = fileno(o->file) }, { .fd = fd, .events = POLLIN } };
	int64_t end = now_ms() + ms;

	for (;;) {
		int64_t left = ms < 0 ? -1 : end - now_ms();

		if (ms >= 0 && left <= 0)
			return 0;
		if (poll(fds, 2, left > INT_MAX ? INT_MAX : (int)left) < 0 && errno != EINTR)
			return -errno;
		if (fds[0].revents & (POLLERR | POLLHUP)) {
			o->errnum = EPIPE;
			return -EPIPE;
		}
		/* It cannot be asked: a closed one, say. */
		if (fds[0].revents)
			fds[0].fd = -1;
		if (fds[1].revents)
			return 1;
		fds[0].revents = 0;
	}
}

bool out_mixes(const struct out *o, int fd)
{
	struct stat out, st;

	/* On a terminal or in /dev/null that is harmless. */
	return o->json && !fstat(fileno(o->file), &out) && !fstat(fd, &st) &&
	       out.st_dev == st.st_dev && out.st_ino == st.st_ino && !S_ISCHR(st.st_mode);
}

void out_end(struct out *o)
{
	char schema[64];

	if (!o->json) {
		print_notes(o);
	} else {
		if (o->notes)
			json_object_set(o->data, "notes", o->notes);
		if (o->streaming) {
			stream_end(o, NULL);
		} else {
			schema_name(o->command, schema, sizeof(schema));
			dump_envelope(o, schema, "data", o->data);
		}
	}
	out_free(o);
	out_flush(o);
}

void out_fail(struct out *o, const struct failure *f)
{
	json_t *e;

	if (o->json && o->streaming) {
		if (o->table)
			out_table_end(o, NULL);
		stream_end(o, f);
	} else if (o->json) {
		e = failure_json(f);
		dump_envelope(o, "pghot/error/1", "error", e);
		json_decref(e);
	}
	out_free(o);
	out_flush(o);
}

/* ---- fields -------------------------------------------------------------- */

void out_heading(struct out *o, const char *title)
{
	if (o->json)
		return;
	fprintf(o->file, "%s%s\n", o->section ? "\n" : "", title);
	o->section = true;
}

void out_text(struct out *o, const char *fmt, ...)
{
	va_list ap;

	if (o->json)
		return;
	va_start(ap, fmt);
	vfprintf(o->file, fmt, ap);
	va_end(ap);
	putc('\n', o->file);
	o->section = true;
}

void out_object(struct out *o, const char *key)
{
	json_t *sub;

	if (!o->json)
		return;
	sub = must(json_object());
	json_object_set_new(o->data, key, sub);
	o->open = sub;
}

void out_object_end(struct out *o)
{
	o->open = o->data;
}

void out_value(struct out *o, const char *key, const char *label, json_t *v, const char *text)
{
	char safe[CELL_MAX];

	if (o->json) {
		json_object_set_new(o->open, key, v);
		return;
	}
	json_decref(v);
	if (!label)
		return;
	pghot_printable(safe, sizeof(safe), text);
	fprintf(o->file, "  %-*s  %s\n", LABEL_WIDTH, label, safe);
	o->section = true;
}

void out_u64(struct out *o, const char *key, const char *label, uint64_t v, enum unit unit)
{
	char buf[PGHOT_UNIT_LEN];

	out_value(o, key, label, pghot_json_u64(v), out_format(o, v, unit, buf));
}

void out_s64(struct out *o, const char *key, const char *label, int64_t v)
{
	char buf[PGHOT_UNIT_LEN];

	snprintf(buf, sizeof(buf), "%" PRId64, v);
	out_value(o, key, label, json_integer(v), buf);
}

void out_bool(struct out *o, const char *key, const char *label, bool v, const char *yes,
	      const char *no)
{
	out_value(o, key, label, json_boolean(v), v ? yes : no);
}

void out_str(struct out *o, const char *key, const char *label, const char *v)
{
	out_value(o, key, label, json_text(v), v ? v : "-");
}

void out_notes(struct out *o)
{
	if (!o->notes)
		o->notes = must(json_array());
}

void out_note(struct out *o, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out_notes(o);
	json_array_append_new(o->notes, json_text(text));
}

/* ---- tables -------------------------------------------------------------- */

/* Is the column for people, and is there anything to see in it? */
static bool column_shown(const struct out_table *t, size_t column)
{
	if (!t->columns[column].title)
		return false;
	if (t->stream)
		return true;
	for (size_t i = column; i < t->used; i += t->nr) {
		if (t->cells[i][0])
			return true;
	}
	return false;
}

size_t out_column_width(const struct column *c)
{
	size_t width = strlen(c->title);

	return c->width > width ? c->width : width;
}

static int column_width(const struct out_table *t, size_t column)
{
	size_t width = out_column_width(&t->columns[column]);

	for (size_t i = column; !t->stream && i < t->used; i += t->nr) {
		size_t len = strlen(t->cells[i]);

		if (len > width)
			width = len;
	}
	return (int)width;
}

/* A line without blanks at its end: those of a cell wait for the next one. */
static void print_line(struct out *o, char *const *cells)
{
	struct out_table *t = o->table;
	int blanks = 0;

	for (size_t i = 0; i < t->nr; i++) {
		const char *text = cells ? cells[i] : t->columns[i].title;
		int width, len;

		if (!column_shown(t, i))
			continue;
		len = (int)strlen(text);
		width = column_width(t, i);
		if (len > width)
			width = len;
		blanks += 2;
		if (!len) {
			blanks += width;
			continue;
		}
		if (!t->columns[i].left)
			blanks += width - len;
		fprintf(o->file, "%*s%s", blanks, "", text);
		blanks = t->columns[i].left ? width - len : 0;
	}
	putc('\n', o->file);
}

static void print_titles(struct out *o)
{
	print_line(o, NULL);
	o->section = true;
}

void out_table_begin(struct out *o, const char *key, const struct column *columns, size_t nr,
		     bool stream)
{
	struct out_table *t = must(calloc(1, sizeof(*t)));

	t->key = key;
	t->columns = columns;
	t->nr = nr;
	t->stream = stream;
	o->table = t;
	if (!o->json)
		return;
	if (stream) {
		stream_begin(o);
		stream_member(o, key, NULL);
		putc('[', o->file);
	} else {
		t->array = must(json_array());
	}
}

static void add_text(struct out_table *t, const char *text)
{
	char safe[CELL_MAX];

	if (t->used == t->alloc) {
		t->alloc = t->alloc ? 2 * t->alloc : 8 * t->nr;
		t->cells = must(realloc(t->cells, t->alloc * sizeof(*t->cells)));
	}
	pghot_printable(safe, sizeof(safe), text);
	t->cells[t->used++] = must(strdup(safe));
}

void cell_value(struct out *o, json_t *v, const char *text)
{
	struct out_table *t = o->table;

	if (o->json) {
		if (!t->row)
			t->row = must(json_object());
		json_object_set_new(t->row, t->columns[t->at].key, v);
	} else {
		json_decref(v);
		add_text(t, text);
	}
	t->at++;
}

void cell_u64(struct out *o, uint64_t v)
{
	enum unit unit = o->table->columns[o->table->at].unit;
	char buf[PGHOT_UNIT_LEN];

	cell_value(o, o->json ? pghot_json_u64(v) : NULL, out_format(o, v, unit, buf));
}

void cell_s64(struct out *o, int64_t v)
{
	char buf[PGHOT_UNIT_LEN];

	snprintf(buf, sizeof(buf), "%" PRId64, v);
	cell_value(o, json_integer(v), buf);
}

void cell_str(struct out *o, const char *v)
{
	cell_value(o, o->json ? json_text(v) : NULL, v ? v : "-");
}

void cell_bool(struct out *o, bool v, const char *yes, const char *no)
{
	cell_value(o, o->json ? json_boolean(v) : NULL, v ? yes : no);
}

void cell_u64_if(struct out *o, bool has, uint64_t v)
{
	if (has)
		cell_u64(o, v);
	else
		cell_none(o);
}

void cell_none(struct out *o)
{
	cell_value(o, o->json ? json_null() : NULL, "-");
}

void out_row_end(struct out *o)
{
	struct out_table *t = o->table;

	if (o->json) {
		json_array_append_new(t->array, t->row);
		t->row = NULL;
	}
	t->at = 0;
	t->rows++;
}

struct row_text *out_stream_row(struct out *o)
{
	struct out_table *t = o->table;
	struct row_text *r = &t->stream_row;

	if (!o->json) {
		if (!t->rows)
			print_titles(o);
		return r;
	}
	if (t->rows)
		row_text_upto(r, stpcpy(row_text_room(r, o->file, 2), ","));
	if (o->pretty)
		row_text_upto(r, stpcpy(row_text_room(r, o->file, 8), "\n      "));
	return r;
}

void out_stream_row_end(struct out *o)
{
	struct out_table *t = o->table;

	row_text_flush(&t->stream_row, o->file);
	/* When all is flushed in the end there may be nothing left that fails. */
	if (!o->errnum)
		o->errnum = t->stream_row.errnum;
	t->rows++;
}

uint64_t out_table_end(struct out *o, const char *empty)
{
	struct out_table *t = o->table;
	uint64_t rows = t->rows;

	if (o->json && t->stream) {
		fputs(o->pretty && rows ? "\n    ]" : "]", o->file);
	} else if (o->json) {
		json_object_set(o->data, t->key, t->array);
	} else if (!rows) {
		if (empty)
			out_text(o, "  %s", empty);
	} else if (!t->stream) {
		print_titles(o);
		for (size_t row = 0; row < t->used / t->nr; row++)
			print_line(o, t->cells + row * t->nr);
	}
	table_free(o);
	return rows;
}
