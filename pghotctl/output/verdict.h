/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page waits for, of all that is known of it. */
#ifndef PGHOTCTL_OUTPUT_VERDICT_H
#define PGHOTCTL_OUTPUT_VERDICT_H

#include <stddef.h>

#include "family.h"

#define VERDICT_TEXT_MAX    512
#define VERDICT_COMMAND_MAX 128

/**
 * struct verdict - what a page waits for
 * @name: for programs
 * @text: for people, what follows "not promoted because"
 * @commands: what shows more or would change it; empty where nothing would
 * @nr: their number
 */
struct verdict {
	const char *name;
	char text[VERDICT_TEXT_MAX];
	char commands[3][VERDICT_COMMAND_MAX];
	size_t nr;
};

/**
 * verdict_of() - decide what a page waits for
 * @v: filled
 * @x: what the kernel tells of the page
 * @params: parameters of the kernel
 *
 * By the order in which promotion meets it: is there anything that looks, may the page
 * move, is it its turn, has anybody seen it, and is that enough.
 */
void verdict_of(struct verdict *v, const struct pghot_explanation *x,
		const struct pghot_params *params);

#endif /* PGHOTCTL_OUTPUT_VERDICT_H */
