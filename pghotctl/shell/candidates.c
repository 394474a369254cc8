// SPDX-License-Identifier: GPL-2.0-or-later

#include "shell/candidates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void completion_free(struct completion *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		free(c->at[i].word);
		free(c->at[i].help);
	}
	free(c->at);
	memset(c, 0, sizeof(*c));
}

/* Out of memory a completion has fewer candidates, and that is all. */
void completion_add(struct completion *c, const char *typed, const char *prefix, const char *word,
		    const char *help, bool open)
{
	struct candidate new = { .open = open };

	if (asprintf(&new.word, "%s%s", prefix, word) < 0)
		return;
	new.help = strdup(help ? help : "");
	if (!new.help || strncmp(new.word, typed, strlen(typed)))
		goto drop;
	for (size_t i = 0; i < c->nr; i++) {
		if (!strcmp(c->at[i].word, new.word))
			goto drop;
	}
	if (c->nr == c->alloc) {
		size_t alloc = c->alloc ? 2 * c->alloc : 16;
		void *p = realloc(c->at, alloc * sizeof(*c->at));

		if (!p)
			goto drop;
		c->at = p;
		c->alloc = alloc;
	}
	c->at[c->nr++] = new;
	return;
drop:
	free(new.word);
	free(new.help);
}
