/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row of a streaming table, which goes out at once: of a million rows no tree of values
 * and no list of cells has to be made and taken down again.
 *
 * Who writes it asks for room, writes with a pointer, and says how far it got:
 *
 *	at = row_text_room(r, to, 100);
 *	at = pghot_put_u64(at, pfn);
 *	...
 *	row_text_upto(r, at);
 */
#ifndef PGHOTCTL_OUTPUT_ROWTEXT_H
#define PGHOTCTL_OUTPUT_ROWTEXT_H

#include <stddef.h>
#include <stdio.h>

#define ROW_TEXT_BYTES 8192

/**
 * struct row_text - a row being written; zero it to start
 * @used: bytes in @buf
 * @errnum: why writing failed first, 0 as far as is known
 * @buf: what has not been written yet
 */
struct row_text {
	size_t used;
	int errnum;
	char buf[ROW_TEXT_BYTES];
};

/**
 * row_text_flush() - write what is in the buffer
 * @r: row
 * @to: stream that it goes to
 *
 * A failure is the stream's, for ferror(3), and in @r->errnum.
 */
void row_text_flush(struct row_text *r, FILE *to);

/**
 * row_text_room() - where the next bytes go
 * @r: row
 * @to: stream, which gets what is in the way
 * @len: most bytes that will be written, up to ROW_TEXT_BYTES
 */
static inline char *row_text_room(struct row_text *r, FILE *to, size_t len)
{
	if (len > sizeof(r->buf) - r->used)
		row_text_flush(r, to);
	return r->buf + r->used;
}

/**
 * row_text_upto() - the row now reaches that far
 * @r: row
 * @end: end of what was written to row_text_room()
 */
static inline void row_text_upto(struct row_text *r, const char *end)
{
	r->used = (size_t)(end - r->buf);
}

/**
 * row_text_string() - a string as JSON has it, of any length
 * @r: row
 * @to: stream
 * @s: string; each byte that is not UTF-8 becomes U+FFFD; NULL is null
 */
void row_text_string(struct row_text *r, FILE *to, const char *s);

#endif /* PGHOTCTL_OUTPUT_ROWTEXT_H */
