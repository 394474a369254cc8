/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page waits for, of all that is known of it. */
#ifndef PGHOT_LIB_VERDICT_H
#define PGHOT_LIB_VERDICT_H

#include <stddef.h>

#include "family.h"

#define PGHOT_VERDICT_TEXT    512
#define PGHOT_VERDICT_COMMAND 128

/**
 * struct pghot_verdict - what a page waits for
 * @name: for programs
 * @text: for people, what follows "not promoted because"
 * @commands: what shows more or would change it; empty where nothing would
 * @nr: their number
 */
struct pghot_verdict {
	const char *name;
	char text[PGHOT_VERDICT_TEXT];
	char commands[3][PGHOT_VERDICT_COMMAND];
	size_t nr;
};

/**
 * pghot_verdict_of() - decide what a page waits for
 * @v: filled
 * @x: what the kernel tells of the page
 * @params: parameters of the kernel
 *
 * By the order in which promotion meets it: is there anything that looks, may the page
 * move, is it its turn, has anybody seen it, and is that enough.
 */
void pghot_verdict_of(struct pghot_verdict *v, const struct pghot_explanation *x,
		      const struct pghot_params *params);

#endif /* PGHOT_LIB_VERDICT_H */
