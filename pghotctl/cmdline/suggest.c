// SPDX-License-Identifier: GPL-2.0-or-later

#include "cmdline/suggest.h"

#include <stddef.h>
#include <string.h>

#define LEN_MAX 63

static unsigned int min3(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m = a < b ? a : b;

	return m < c ? m : c;
}

unsigned int edit_distance(const char *a, const char *b)
{
	unsigned int rows[3][LEN_MAX + 1];
	unsigned int *before = rows[0], *last = rows[1], *row = rows[2];
	size_t la = strnlen(a, LEN_MAX), lb = strnlen(b, LEN_MAX);

	for (size_t j = 0; j <= lb; j++)
		last[j] = (unsigned int)j;
	for (size_t i = 1; i <= la; i++) {
		unsigned int *spare = before;

		row[0] = (unsigned int)i;
		for (size_t j = 1; j <= lb; j++) {
			row[j] = min3(last[j] + 1, row[j - 1] + 1,
				      last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[lb];
}

void suggest(struct suggestion *s, const char *typed, const char *word)
{
	size_t longer = strlen(typed) > strlen(word) ? strlen(typed) : strlen(word);
	unsigned int distance = edit_distance(typed, word);

	if (distance > (longer + 2) / 3)
		return;
	if (!s->word || distance < s->distance) {
		s->word = word;
		s->distance = distance;
	}
}
