// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/rowtext.h"

#include <errno.h>
#include <string.h>

#include "printable.h"

static void put(struct row_text *r, FILE *to, const char *text, size_t len)
{
	if (fwrite(text, 1, len, to) != len && !r->errnum)
		r->errnum = errno;
}

void row_text_flush(struct row_text *r, FILE *to)
{
	put(r, to, r->buf, r->used);
	r->used = 0;
}

static void add(struct row_text *r, FILE *to, const char *text, size_t len)
{
	if (len > sizeof(r->buf)) {
		row_text_flush(r, to);
		put(r, to, text, len);
		return;
	}
	memcpy(row_text_room(r, to, len), text, len);
	r->used += len;
}

static void add_escaped(struct row_text *r, FILE *to, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char text[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	if (c == '"' || c == '\\') {
		text[1] = (char)c;
		add(r, to, text, 2);
	} else {
		add(r, to, text, sizeof(text));
	}
}

/* The character at the start of @s, which is not plain. Return: its bytes. */
static size_t add_special(struct row_text *r, FILE *to, const char *s)
{
	unsigned char c = (unsigned char)s[0];
	size_t len = pghot_utf8_len(s);

	if (!len) {
		add(r, to, PGHOT_UTF8_REPLACEMENT, strlen(PGHOT_UTF8_REPLACEMENT));
		return 1;
	}
	if (c < ' ' || c == '"' || c == '\\')
		add_escaped(r, to, c);
	else
		add(r, to, s, len);
	return len;
}

void row_text_string(struct row_text *r, FILE *to, const char *s)
{
	const char *end;

	if (!s) {
		add(r, to, "null", 4);
		return;
	}
	add(r, to, "\"", 1);
	for (end = s + strlen(s); s < end;) {
		size_t plain = pghot_plain_length(s, (size_t)(end - s));

		add(r, to, s, plain);
		s += plain;
		if (s < end)
			s += add_special(r, to, s);
	}
	add(r, to, "\"", 1);
}
