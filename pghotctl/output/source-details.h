/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that is known of a source, whatever kernel tells it: a row in JSON, lines in text.
 * What a kernel does not tell is null there and left out here.
 */
#ifndef PGHOTCTL_OUTPUT_SOURCE_DETAILS_H
#define PGHOTCTL_OUTPUT_SOURCE_DETAILS_H

#include "family.h"
#include "health.h"
#include "output/out.h"

/**
 * source_details_begin() - before the first source
 * @o: writer
 */
void source_details_begin(struct out *o);

/**
 * source_details_row() - one source in JSON
 * @o: writer
 * @src: source
 * @help: what it is, or NULL
 * @sys: the system
 * @parameters: object, taken over
 * @counters: object, taken over
 */
void source_details_row(struct out *o, const struct pghot_source *src, const char *help,
			const struct pghot_surroundings *sys, json_t *parameters, json_t *counters);

/**
 * source_details_lines() - one source in text; its parameters and counters come after it
 * @o: writer
 * @src: source
 * @help: what it is, or NULL
 * @sys: the system
 */
void source_details_lines(struct out *o, const struct pghot_source *src, const char *help,
			  const struct pghot_surroundings *sys);

/**
 * source_details_end() - after the last source
 * @o: writer
 */
void source_details_end(struct out *o);

#endif /* PGHOTCTL_OUTPUT_SOURCE_DETAILS_H */
