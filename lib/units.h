/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers as people read and write them.
 *
 * Formatters write into the caller's buffer, of PGHOT_UNIT_LEN bytes or more,
 * and return it. Parsers take the whole string or nothing: 0, -EINVAL when it is
 * not such a number, -ERANGE when it does not fit.
 */
#ifndef PGHOT_LIB_UNITS_H
#define PGHOT_LIB_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PGHOT_UNIT_LEN 32

/**
 * pghot_format_size() - bytes with binary prefixes: "512 B", "1.5 MiB"
 * @buf: buffer
 * @size: its bytes
 * @bytes: number
 */
char *pghot_format_size(char *buf, size_t size, uint64_t bytes);

/**
 * pghot_format_count() - a count with decimal prefixes: "99999", "123k", "1.23M"
 * @buf: buffer
 * @size: its bytes
 * @count: number
 */
char *pghot_format_count(char *buf, size_t size, uint64_t count);

/**
 * pghot_format_ms() - a duration: "250 ms", "4 s", "1.5 s", "3m20s", "2h05m"
 * @buf: buffer
 * @size: its bytes
 * @ms: milliseconds
 */
char *pghot_format_ms(char *buf, size_t size, uint64_t ms);

/**
 * pghot_format_age() - the same for a column: "917 ms", "4.00 s", "12.3 s"
 * @buf: buffer
 * @size: its bytes
 * @ms: milliseconds
 *
 * Always three digits: without the zeros points would not stand below each other.
 */
char *pghot_format_age(char *buf, size_t size, uint64_t ms);

/**
 * pghot_parse_u64() - a number, decimal or hexadecimal with 0x
 * @s: string; no sign, no blanks
 * @value: result
 */
int pghot_parse_u64(const char *s, uint64_t *value);

/**
 * pghot_parse_s64() - a number with an optional minus sign
 * @s: string
 * @value: result
 */
int pghot_parse_s64(const char *s, int64_t *value);

/**
 * pghot_parse_count() - a count, with k, M or G for powers of 1000
 * @s: "65536", "64k", "1.5M"
 * @value: result
 */
int pghot_parse_count(const char *s, uint64_t *value);

/**
 * pghot_parse_ms() - a duration in milliseconds
 * @s: "4s", "4000ms", "1.5s", "2m", "1h"; a bare number is @bare_ms each
 * @bare_ms: milliseconds of the unit that a bare number has
 * @value: result; -EINVAL when it is no whole number of milliseconds
 */
int pghot_parse_ms(const char *s, uint64_t bare_ms, uint64_t *value);

/**
 * pghot_parse_size() - bytes, with K, M, G or T for powers of 1024
 * @s: "100M", "100MiB", "1.5G"; a bare number is @bare_bytes each
 * @bare_bytes: bytes of the unit that a bare number has
 * @value: result; -EINVAL when it is no whole number of bytes
 */
int pghot_parse_size(const char *s, uint64_t bare_bytes, uint64_t *value);

/**
 * pghot_parse_bool() - on/off, yes/no, true/false, enabled/disabled, 1/0
 * @s: string
 * @value: result
 */
int pghot_parse_bool(const char *s, bool *value);

#endif /* PGHOT_LIB_UNITS_H */
