/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Did you mean": the nearest of some words to one that is none of them. */
#ifndef PGHOTCTL_CMDLINE_SUGGEST_H
#define PGHOTCTL_CMDLINE_SUGGEST_H

/**
 * struct suggestion - the best word so far; zero it to start
 * @word: nearest word, NULL while none is near
 * @distance: its edits
 */
struct suggestion {
	const char *word;
	unsigned int distance;
};

/**
 * edit_distance() - edits that make one word of another
 * @a: word
 * @b: word
 *
 * Insertions, deletions, substitutions and swaps of neighbours count 1 each
 * (optimal string alignment). Words are cut at 63 characters.
 */
unsigned int edit_distance(const char *a, const char *b);

/**
 * suggest() - consider a word
 * @s: suggestion
 * @typed: what the user typed
 * @word: a word that would have been accepted
 *
 * A third of the letters may be wrong.
 */
void suggest(struct suggestion *s, const char *typed, const char *word);

#endif /* PGHOTCTL_CMDLINE_SUGGEST_H */
