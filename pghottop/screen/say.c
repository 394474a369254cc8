// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "screen/canvas.h"
#include "screen/say.h"

static void say(FILE *out, bool ascii, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static void say(FILE *out, bool ascii, const char *fmt, va_list ap)
{
	/* What replaces a character is not longer than it. */
	char *text = NULL, *clean, *line, *next;
	size_t size;

	if (vasprintf(&text, fmt, ap) < 0) {
		fputs("out of memory", out);
		return;
	}
	size = strlen(text) + 1;
	clean = malloc(size);
	for (line = text; clean && line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		fputs(text_clean(clean, size, line, ascii), out);
		if (next)
			putc('\n', out);
	}
	free(clean);
	free(text);
}

void say_text(FILE *out, bool ascii, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(out, ascii, fmt, ap);
	va_end(ap);
}

void say_error(const char *fmt, ...)
{
	va_list ap;

	fputs("pghottop: ", stderr);
	va_start(ap, fmt);
	say(stderr, false, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
}
