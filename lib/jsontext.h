/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What jansson lacks: its integers have a sign, and so no room for the upper half of the
 * kernel's 64-bit numbers. Here such a number is a value of its own, which the writer
 * below knows. Everything else is jansson's.
 */
#ifndef PGHOT_LIB_JSONTEXT_H
#define PGHOT_LIB_JSONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

/**
 * pghot_json_u64() - an unsigned number
 * @v: number
 *
 * Return: value for pghot_json_dump(), and to nothing else that reads it, or NULL.
 */
json_t *pghot_json_u64(uint64_t v);

/**
 * pghot_json_dump() - write a value
 * @v: any value
 * @indent: with each member on a line of its own, by two blanks; otherwise compact
 * @fn: gets the text, piece by piece; a return other than 0 ends it
 * @data: passed to @fn
 *
 * Doubles have 15 digits: 0.1 is 0.1.
 *
 * Return: 0, or what @fn returned, or -1 without memory.
 */
int pghot_json_dump(const json_t *v, bool indent, json_dump_callback_t fn, void *data);

#endif /* PGHOT_LIB_JSONTEXT_H */
