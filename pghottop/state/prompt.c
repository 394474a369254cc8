// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "state/prompt.h"

void prompt_open(struct prompt *p, enum prompt_kind kind, const char *text)
{
	p->kind = kind;
	snprintf(p->text, sizeof(p->text), "%s", text);
	p->len = p->cursor = strlen(p->text);
	p->error[0] = 0;
}

void prompt_close(struct prompt *p)
{
	memset(p, 0, sizeof(*p));
}

void prompt_fail(struct prompt *p, size_t pos, const char *error)
{
	snprintf(p->error, sizeof(p->error), "%s", error);
	p->cursor = pos < p->len ? pos : p->len;
}

size_t prompt_char_length(const struct prompt *p, size_t pos)
{
	mbstate_t state = { 0 };
	size_t len = mbrlen(p->text + pos, p->len - pos, &state);

	return len && len <= p->len - pos ? len : 1;
}
