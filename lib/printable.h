/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings of other people, made fit for a terminal. */
#ifndef PGHOT_LIB_PRINTABLE_H
#define PGHOT_LIB_PRINTABLE_H

#include <stddef.h>

/* U+FFFD, for what is not UTF-8. */
#define PGHOT_UTF8_REPLACEMENT "\xef\xbf\xbd"

/* What a byte can become, \xNN. */
#define PGHOT_PRINTABLE_MAX 4

/**
 * pghot_printable() - copy a string, with what a terminal would obey escaped
 * @dst: buffer; always terminated
 * @size: its bytes, at least 1
 * @src: string, such as the name of a process or a cgroup
 *
 * Control characters (C0, DEL, C1), bidirectional overrides and what is not
 * UTF-8 become \xNN byte by byte, a backslash becomes two. Valid UTF-8 stays.
 * The result is cut between characters when @dst is too small; @size of
 * PGHOT_PRINTABLE_MAX * strlen(@src) + 1 always suffices.
 *
 * Return: bytes written, without the terminator.
 */
size_t pghot_printable(char *dst, size_t size, const char *src);

/**
 * pghot_plain_length() - how much of a string means nothing but itself
 * @s: string
 * @len: its bytes, or as many as are of interest
 *
 * Nearly all of nearly all strings is printable ASCII without quotes and backslashes, which
 * goes to a terminal and into JSON as it is.
 *
 * Return: bytes up to the first that is not so, or @len.
 */
size_t pghot_plain_length(const char *s, size_t len);

/**
 * pghot_utf8_len() - length of the UTF-8 character at the start of a string
 * @s: string
 *
 * Return: 1 to 4, or 0 when it is no valid UTF-8 (or the end).
 */
size_t pghot_utf8_len(const char *s);

/**
 * pghot_utf8_valid() - copy a string, with U+FFFD for each byte that is not UTF-8
 * @s: string
 *
 * Return: string to free(), NULL when out of memory.
 */
char *pghot_utf8_valid(const char *s);

#endif /* PGHOT_LIB_PRINTABLE_H */
