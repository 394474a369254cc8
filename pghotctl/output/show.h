/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of answers that several commands have in common. */
#ifndef PGHOTCTL_OUTPUT_SHOW_H
#define PGHOTCTL_OUTPUT_SHOW_H

#include "family.h"
#include "health.h"
#include "output/out.h"
#include "params.h"

/**
 * show_sources() - table of sources, with what is wrong with those that are enabled
 * @o: writer
 * @root: prefix of /proc and /sys
 * @sources: sources
 * @nr: their number
 */
void show_sources(struct out *o, const char *root, const struct pghot_source *sources, size_t nr);

/**
 * problems_json() - what is wrong with a source, as all its answers have it
 * @src: source
 * @sys: the system
 *
 * Return: array of objects, empty when all is well.
 */
json_t *problems_json(const struct pghot_source *src, const struct pghot_surroundings *sys);

/**
 * show_nodes() - table of nodes
 * @o: writer
 * @nodes: nodes
 * @nr: their number
 */
void show_nodes(struct out *o, const struct pghot_node *nodes, size_t nr);

/**
 * show_params() - fields for parameters
 * @o: writer
 * @params: values; those not present are left out
 */
void show_params(struct out *o, const struct pghot_params *params);

/**
 * show_params_of() - the same for other parameters than the family's
 * @o: writer
 * @param_at: gives one after the other
 * @params: values; those not present are left out
 */
void show_params_of(struct out *o, const struct pghot_param_desc *(*param_at)(unsigned int),
		    const struct pghot_params *params);

/**
 * show_system() - settings of the system that promotion depends on
 * @o: writer
 * @root: prefix of /proc and /sys
 */
void show_system(struct out *o, const char *root);

/**
 * show_stats_sources() - table of what sources have recorded
 * @o: writer
 * @sources: sources
 * @nr: their number
 */
void show_stats_sources(struct out *o, const struct pghot_source *sources, size_t nr);

/**
 * show_switched() - table of the sources that were switched
 * @o: writer
 * @before: sources as they were before
 * @nr: their number
 * @on: as they are now
 * @changed: for each of them, if anything of it was changed; NULL when there is
 *	nothing but being on
 */
void show_switched(struct out *o, const struct pghot_source *before, size_t nr, bool on,
		   const bool *changed);

/**
 * param_json() - the value of a parameter or of a counter of a source
 * @desc: what it is of
 * @value: value
 */
json_t *param_json(const struct pghot_param_desc *desc, int64_t value);

/**
 * show_param() - one field for a parameter
 * @o: writer
 * @desc: parameter
 * @value: its value
 */
void show_param(struct out *o, const struct pghot_param_desc *desc, int64_t value);

/**
 * param_key() - JSON key of a parameter: its name with '_' for '-'
 * @name: YNL name
 * @buf: buffer
 * @size: its bytes
 *
 * Return: @buf.
 */
char *param_key(const char *name, char *buf, size_t size);

/**
 * failed_json() - failures by reason as an object
 * @failed: counters
 */
json_t *failed_json(const struct pghot_failed *failed);

/**
 * failed_text() - failures by reason as text: "12 (busy 10, policy 2)"
 * @o: writer, for the units
 * @failed: counters
 * @buf: buffer
 * @size: its bytes
 *
 * Return: @buf.
 */
char *failed_text(const struct out *o, const struct pghot_failed *failed, char *buf, size_t size);

/**
 * source_label() - what to call a source
 * @src: source
 *
 * Return: the kernel's name, or ours when it gave none.
 */
const char *source_label(const struct pghot_source *src);

#endif /* PGHOTCTL_OUTPUT_SHOW_H */
