// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/rowtext.h"

#include <string.h>

#include "jsontext.h"

static void add(struct row_text *r, FILE *to, const char *text, size_t len)
{
	if (len > sizeof(r->buf) - r->used) {
		fwrite(r->buf, 1, r->used, to);
		r->used = 0;
	}
	if (len > sizeof(r->buf)) {
		fwrite(text, 1, len, to);
		return;
	}
	memcpy(r->buf + r->used, text, len);
	r->used += len;
}

void row_text_key(struct row_text *r, FILE *to, const char *key)
{
	add(r, to, r->members ? ",\"" : "{\"", 2);
	add(r, to, key, strlen(key));
	add(r, to, "\":", 2);
	r->members = true;
}

void row_text_u64(struct row_text *r, FILE *to, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	add(r, to, digits + at, sizeof(digits) - at);
}

void row_text_literal(struct row_text *r, FILE *to, const char *literal)
{
	add(r, to, literal, strlen(literal));
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

void row_text_string(struct row_text *r, FILE *to, const char *s)
{
	const char *plain;

	if (!s) {
		row_text_literal(r, to, "null");
		return;
	}
	add(r, to, "\"", 1);
	for (plain = s; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		add(r, to, plain, (size_t)(s - plain));
		add_escaped(r, to, c);
		plain = s + 1;
	}
	add(r, to, plain, (size_t)(s - plain));
	add(r, to, "\"", 1);
}

struct piece {
	struct row_text *r;
	FILE *to;
};

static int add_piece(const char *text, size_t len, void *data)
{
	struct piece *p = data;

	add(p->r, p->to, text, len);
	return 0;
}

void row_text_json(struct row_text *r, FILE *to, const json_t *v)
{
	struct piece p = { r, to };

	pghot_json_dump(v, false, add_piece, &p);
}

void row_text_end(struct row_text *r, FILE *to)
{
	add(r, to, r->members ? "}" : "{}", r->members ? 1 : 2);
	fwrite(r->buf, 1, r->used, to);
	r->used = 0;
	r->members = false;
}
