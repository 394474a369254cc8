/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of a streaming table as JSON, written member by member: of a million rows
 * no tree of values has to be made and taken down again.
 */
#ifndef PGHOTCTL_OUTPUT_ROWTEXT_H
#define PGHOTCTL_OUTPUT_ROWTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

/**
 * struct row_text - a row being written; zero it to start
 * @used: bytes in @buf
 * @members: the row has some
 * @buf: what has not been written yet
 */
struct row_text {
	size_t used;
	bool members;
	char buf[4096];
};

/**
 * row_text_key() - begin a member; its value follows
 * @r: row
 * @to: stream, for what @r has no room for; of all functions here
 * @key: key, in which nothing needs escaping
 */
void row_text_key(struct row_text *r, FILE *to, const char *key);

/* The value of a member, or an element of an array. */
void row_text_u64(struct row_text *r, FILE *to, uint64_t v);
void row_text_literal(struct row_text *r, FILE *to, const char *literal);
/* @s is UTF-8; NULL is null. */
void row_text_string(struct row_text *r, FILE *to, const char *s);
void row_text_json(struct row_text *r, FILE *to, const json_t *v);

/**
 * row_text_end() - the row has all its members
 * @r: row, ready for the next afterwards
 * @to: stream, which gets all of it
 */
void row_text_end(struct row_text *r, FILE *to);

#endif /* PGHOTCTL_OUTPUT_ROWTEXT_H */
