/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One writer for text and JSON. A handler says each fact once, with its JSON key
 * and its label for people, so that what the text shows is also in the JSON.
 *
 * JSON is one envelope, {"schema", "command", "data"}, and for a failure
 * {"schema", "command", "error"}. Its data is kept until the command has
 * succeeded, except for the rows of a streaming table: those go out as they
 * come, and memory does not grow with them. If the command fails after that,
 * the envelope is closed properly and has "error" beside "data".
 *
 * In text, labels and cells pass through pghot_printable(): names of processes
 * and cgroups are other people's.
 */
#ifndef PGHOTCTL_OUTPUT_OUT_H
#define PGHOTCTL_OUTPUT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "output/rowtext.h"

/* Cells of text are cut there, with the final zero. */
#define CELL_MAX 512

struct failure;

/**
 * enum unit - what a number counts, and so how people read it
 * @UNIT_NONE: printed as it is
 * @UNIT_COUNT: large, shortened: "1.23M"
 * @UNIT_BYTES: "1.5 MiB"
 * @UNIT_PAGES: base pages, as bytes
 * @UNIT_MS: "4 s"
 * @UNIT_HEX: "0x1a2b3", raw too
 */
enum unit {
	UNIT_NONE,
	UNIT_COUNT,
	UNIT_BYTES,
	UNIT_PAGES,
	UNIT_MS,
	UNIT_HEX,
};

/**
 * struct column - one column of a table
 * @key: JSON key, with the unit of the raw number
 * @title: of the column; NULL keeps it to the JSON
 * @unit: of its numbers
 * @left: aligned to the left, as names are
 * @width: least width; of a streaming table, what most values need
 */
struct column {
	const char *key;
	const char *title;
	enum unit unit;
	bool left;
	unsigned int width;
};

struct out_table;

/**
 * struct out - the writer
 * @file: where it goes
 * @json: JSON, not text
 * @pretty: indented
 * @raw: no units in text
 * @page_size: bytes of UNIT_PAGES
 * @command: path of the command
 * @data: the envelope's data
 * @notes: what the user should know, beside the data
 * @open: object that fields go into, part of @data
 * @table: table under way
 * @streaming: the envelope has begun to go out
 * @more: a row has gone out, so that the next needs a comma
 * @errnum: why writing failed, 0 as far as is known
 * @section: a line has gone out, so that a heading needs a blank one
 */
struct out {
	FILE *file;
	bool json;
	bool pretty;
	bool raw;
	uint32_t page_size;
	const char *command;
	json_t *data;
	json_t *notes;
	json_t *open;
	struct out_table *table;
	int errnum;
	bool streaming;
	bool more;
	bool section;
};

/**
 * out_set_up() - before anything else, once: have jansson end the program without memory
 *
 * It would drop what it has no memory for, and an answer with a hole in it would look like
 * one that is complete.
 */
void out_set_up(void);

/**
 * out_begin() - start the answer of a command, forgetting what was not ended
 * @o: writer
 * @command: path of the command
 */
void out_begin(struct out *o, const char *command);

/**
 * out_end() - finish the answer: JSON goes out, and all is flushed
 * @o: writer
 */
void out_end(struct out *o);

/**
 * out_fail() - end with a failure instead
 * @o: writer
 * @f: failure
 *
 * JSON only; failure_print() is for people.
 */
void out_fail(struct out *o, const struct failure *f);

/**
 * out_flush() - write what is buffered, keeping the errno if that fails
 * @o: writer
 *
 * Return: true when all was written since the start.
 */
bool out_flush(struct out *o);

/**
 * out_wait() - wait, as long as there is somebody who reads
 * @o: output
 * @fd: what is waited for besides, until there is something to read from it; or -1
 * @ms: how long, in milliseconds; less than 0 for ever
 *
 * A pipe whose reader has gone tells at the next line only; a monitor may have to wait for
 * that until tomorrow.
 *
 * Return: 1 when there is something to read from @fd, 0 after that time, -EPIPE when
 * nobody reads the output any more, or another negative errno.
 */
int out_wait(struct out *o, int fd, int64_t ms);

/**
 * out_mixes() - would JSON and what is written to a file end up in the same place?
 * @o: writer
 * @fd: file
 */
bool out_mixes(const struct out *o, int fd);

/**
 * out_free() - free what out_begin() started, when nothing is to be said
 * @o: writer
 */
void out_free(struct out *o);

/**
 * out_heading() - text only: a title over what follows
 * @o: writer
 * @title: title
 */
void out_heading(struct out *o, const char *title);

/**
 * out_text() - text only: a line of its own
 * @o: writer
 * @fmt: printf format; trusted, so not escaped
 */
void out_text(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * out_object() - the fields that follow go into an object of their own
 * @o: writer
 * @key: its key
 */
void out_object(struct out *o, const char *key);

/**
 * out_object_end() - fields go into the data again
 * @o: writer
 */
void out_object_end(struct out *o);

/* Fields. @label is for text; NULL keeps the field to the JSON. */
void out_u64(struct out *o, const char *key, const char *label, uint64_t v, enum unit unit);
void out_s64(struct out *o, const char *key, const char *label, int64_t v);
void out_bool(struct out *o, const char *key, const char *label, bool v, const char *yes,
	      const char *no);
/* @v may be NULL: null, and "-" in text. */
void out_str(struct out *o, const char *key, const char *label, const char *v);

/**
 * out_value() - a field whose text is not its JSON value
 * @o: writer
 * @key: JSON key
 * @label: label, or NULL
 * @v: value, taken over
 * @text: what people read
 */
void out_value(struct out *o, const char *key, const char *label, json_t *v, const char *text);

/**
 * out_note() - something that the user should know
 * @o: writer
 * @fmt: printf format
 *
 * In text a line "note: …" at the end, in JSON an element of data.notes.
 */
void out_note(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * out_notes() - the answer has notes, if only none
 * @o: writer
 */
void out_notes(struct out *o);

/**
 * out_table_begin() - start a table, an array of objects
 * @o: writer
 * @key: its key in the data
 * @columns: columns, which outlive the table
 * @nr: their number
 * @stream: rows go out at once
 */
void out_table_begin(struct out *o, const char *key, const struct column *columns, size_t nr,
		     bool stream);

/**
 * out_column_width() - how wide a column of a table that streams is
 * @c: column, with a title
 *
 * Return: bytes; a longer cell moves what follows.
 */
size_t out_column_width(const struct column *c);

/**
 * out_stream_row() - begin a row of a table that streams
 * @o: writer
 *
 * Return: where the row is to be written: an object of JSON, or a line of text without
 * blanks at its end.
 */
struct row_text *out_stream_row(struct out *o);

/**
 * out_stream_row_end() - that row is complete, and goes out
 * @o: writer
 */
void out_stream_row_end(struct out *o);

/* Cells of a row, in the order of the columns; not of a table that streams. */
void cell_u64(struct out *o, uint64_t v);
void cell_s64(struct out *o, int64_t v);
void cell_str(struct out *o, const char *v);
void cell_bool(struct out *o, bool v, const char *yes, const char *no);
void cell_none(struct out *o);

/* A fact that not every kernel tells, or that only some of what is listed have. */
void cell_u64_if(struct out *o, bool has, uint64_t v);
void cell_value(struct out *o, json_t *v, const char *text);

/**
 * out_row_end() - the row has all its cells
 * @o: writer
 */
void out_row_end(struct out *o);

/**
 * out_table_end() - print a table that does not stream
 * @o: writer
 * @empty: text for a table without rows
 *
 * Return: number of rows.
 */
uint64_t out_table_end(struct out *o, const char *empty);

/**
 * out_format() - a number as text has it
 * @o: writer, for raw and the page size
 * @v: number
 * @unit: what it counts
 * @buf: buffer of PGHOT_UNIT_LEN bytes
 *
 * Return: @buf.
 */
char *out_format(const struct out *o, uint64_t v, enum unit unit, char *buf);

/**
 * json_text() - a JSON string from bytes that may not be UTF-8
 * @s: string; each wrong byte becomes U+FFFD; NULL becomes null
 */
json_t *json_text(const char *s);

#endif /* PGHOTCTL_OUTPUT_OUT_H */
