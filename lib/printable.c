// SPDX-License-Identifier: GPL-2.0-or-later

#include "printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Decodes one character; 0 for overlong forms, surrogates and past U+10FFFF. */
static size_t utf8_decode(const char *s, uint32_t *cp)
{
	const uint8_t *b = (const uint8_t *)s;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len;

	if (!b[0])
		return 0;
	if (b[0] < 0x80) {
		*cp = b[0];
		return 1;
	}
	if ((b[0] & 0xe0) == 0xc0)
		len = 2;
	else if ((b[0] & 0xf0) == 0xe0)
		len = 3;
	else if ((b[0] & 0xf8) == 0xf0)
		len = 4;
	else
		return 0;

	*cp = b[0] & (0x7f >> len);
	for (size_t i = 1; i < len; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (b[i] & 0x3f);
	}
	if (*cp < least[len] || *cp > 0x10ffff || (*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return len;
}

static bool obeyed_by_terminals(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x200e || cp == 0x200f ||
	       cp == 0x2028 || cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

size_t pghot_utf8_len(const char *s)
{
	uint32_t cp;

	return utf8_decode(s, &cp);
}

char *pghot_utf8_valid(const char *s)
{
	static const char replacement[] = PGHOT_UTF8_REPLACEMENT;
	char *valid = malloc(strlen(s) * (sizeof(replacement) - 1) + 1), *to = valid;

	if (!valid)
		return NULL;
	while (*s) {
		size_t len = pghot_utf8_len(s);

		to = mempcpy(to, len ? s : replacement, len ? len : sizeof(replacement) - 1);
		s += len ? len : 1;
	}
	*to = '\0';
	return valid;
}

/* Is one of eight bytes not plain? Each test sets the top bit of such a byte. */
static bool any_special(uint64_t bytes)
{
	const uint64_t each = 0x0101010101010101ULL;
	uint64_t del = bytes ^ 0x7f * each, backslash = bytes ^ '\\' * each,
		 quote = bytes ^ '"' * each;

	return (bytes | (bytes - ' ' * each) | ((del - each) & ~del) |
		((backslash - each) & ~backslash) | ((quote - each) & ~quote)) &
	       0x80 * each;
}

size_t pghot_plain_length(const char *s, size_t len)
{
	size_t plain = 0;
	uint64_t bytes;

	for (; plain + sizeof(bytes) <= len; plain += sizeof(bytes)) {
		memcpy(&bytes, s + plain, sizeof(bytes));
		if (any_special(bytes))
			break;
	}
	while (plain < len && s[plain] >= ' ' && s[plain] < 0x7f && s[plain] != '\\' &&
	       s[plain] != '"')
		plain++;
	return plain;
}

/* The same from where @used bytes are done and @src has what is not plain. */
static size_t printable_rest(char *dst, size_t size, size_t used, const char *src)
{
	while (*src) {
		char out[5 * PGHOT_PRINTABLE_MAX];
		uint32_t cp = 0;
		size_t in = utf8_decode(src, &cp), n = 0;

		if (in && cp == '\\') {
			n = (size_t)snprintf(out, sizeof(out), "\\\\");
		} else if (in && !obeyed_by_terminals(cp)) {
			memcpy(out, src, in);
			n = in;
		} else {
			if (!in)
				in = 1;
			for (size_t i = 0; i < in; i++)
				n += (size_t)snprintf(out + n, sizeof(out) - n, "\\x%02x",
						      (uint8_t)src[i]);
		}
		if (used + n + 1 > size)
			break;
		memcpy(dst + used, out, n);
		used += n;
		src += in;
	}
	dst[used] = '\0';
	return used;
}

size_t pghot_printable(char *dst, size_t size, const char *src)
{
	size_t len = strnlen(src, size - 1), plain = pghot_plain_length(src, len);

	memcpy(dst, src, plain);
	if (src[plain])
		return printable_rest(dst, size, plain, src + plain);
	dst[plain] = '\0';
	return plain;
}
