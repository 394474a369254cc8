// SPDX-License-Identifier: GPL-2.0-or-later

#include "cmdline/words.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS " \t\r\n\v\f"

/* What a word outside of quotes has to be quoted for. */
#define SPECIAL BLANKS "'\"\\#"

static bool is_blank(char c)
{
	return c && strchr(BLANKS, c);
}

/* Room for one more word and the NULL behind it. */
static int grow(struct words *w)
{
	size_t nr = (size_t)w->nr;
	void *p;

	/* A power of two words have been allocated; that many are in use. */
	if (nr && (nr < 8 || nr & (nr - 1)))
		return 0;
	nr = nr < 8 ? 8 : 2 * nr;
	p = realloc(w->argv, (nr + 1) * sizeof(*w->argv));
	if (!p)
		return -ENOMEM;
	w->argv = p;
	p = realloc(w->span, nr * sizeof(*w->span));
	if (!p)
		return -ENOMEM;
	w->span = p;
	return 0;
}

/* Copies the word at @s to @to without quotes; returns where it ends. */
static const char *take_word(struct words *w, const char *line, const char *s, char *to)
{
	enum words_end in = WORDS_COMPLETE;

	for (; *s && (in || !is_blank(*s)); s++) {
		bool single = *s == '\'' && in != WORDS_IN_DOUBLE;
		bool twofold = *s == '"' && in != WORDS_IN_SINGLE;

		if (single || twofold) {
			if (!in)
				w->at = (size_t)(s - line);
			if (in)
				in = WORDS_COMPLETE;
			else
				in = single ? WORDS_IN_SINGLE : WORDS_IN_DOUBLE;
		} else if (*s != '\\' || in == WORDS_IN_SINGLE) {
			*to++ = *s;
		} else if (in == WORDS_IN_DOUBLE) {
			/* At the end of the line it is the quote that is missing. */
			if (s[1] == '"' || s[1] == '\\')
				s++;
			*to++ = *s;
		} else if (!s[1]) {
			w->at = (size_t)(s - line);
			in = WORDS_IN_ESCAPE;
		} else {
			*to++ = *++s;
		}
	}
	*to = '\0';
	w->end = in;
	return s;
}

int words_split(struct words *w, const char *line)
{
	const char *s = line;
	char *word;

	memset(w, 0, sizeof(*w));
	for (;;) {
		if (grow(w))
			return -ENOMEM;
		w->argv[w->nr] = NULL;
		while (is_blank(*s))
			s++;
		if (!*s || *s == '#')
			break;
		word = malloc(strlen(s) + 1);
		if (!word)
			return -ENOMEM;
		w->argv[w->nr] = word;
		w->span[w->nr].start = (size_t)(s - line);
		s = take_word(w, line, s, word);
		w->span[w->nr].end = (size_t)(s - line);
		w->nr++;
	}
	w->comment = *s == '#';
	if (w->end)
		return -EINVAL;
	w->at = strlen(line);
	return 0;
}

void words_free(struct words *w)
{
	for (int i = 0; i < w->nr; i++)
		free(w->argv[i]);
	free(w->argv);
	free(w->span);
	memset(w, 0, sizeof(*w));
}

const char *words_end_text(enum words_end end)
{
	switch (end) {
	case WORDS_IN_SINGLE:
		return "a ' is not closed";
	case WORDS_IN_DOUBLE:
		return "a \" is not closed";
	case WORDS_IN_ESCAPE:
		return "nothing follows the \\ at the end";
	case WORDS_COMPLETE:
		break;
	}
	return "complete";
}

/* In single quotes but for the single quotes themselves, as in a shell. */
static void put_single(char *to, const char *word)
{
	for (; *word; word++) {
		if (*word == '\'') {
			memcpy(to, "'\\''", 4);
			to += 4;
		} else {
			*to++ = *word;
		}
	}
	*to = '\0';
}

static void put_double(char *to, const char *word)
{
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			*to++ = '\\';
		*to++ = *word;
	}
	*to = '\0';
}

char *words_quote(const char *word, enum words_end open)
{
	char *quoted;

	if (open == WORDS_COMPLETE && *word && !strpbrk(word, SPECIAL))
		return strdup(word);
	quoted = malloc(4 * strlen(word) + 3);
	if (!quoted)
		return NULL;
	if (open == WORDS_IN_DOUBLE) {
		put_double(quoted, word);
	} else if (open == WORDS_IN_SINGLE) {
		put_single(quoted, word);
	} else {
		quoted[0] = '\'';
		put_single(quoted + 1, word);
		strcat(quoted, "'");
	}
	return quoted;
}
