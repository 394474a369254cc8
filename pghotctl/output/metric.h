/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures in the text format of OpenMetrics 1.0: families of metrics, each with
 * type, unit and help before its samples, "# EOF" at the end. Base units as is the
 * custom there: bytes and seconds, not pages and milliseconds.
 *
 * The older text format of Prometheus differs where it hurts: there the metadata of
 * a counter have its name with "_total", and a reader that knows no type "info", such
 * as node_exporter's collector of text files, refuses the whole file.
 */
#ifndef PGHOTCTL_OUTPUT_METRIC_H
#define PGHOTCTL_OUTPUT_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "params.h"

/**
 * struct sink - where figures go: text, or a JSON array of families
 * @text: text, or NULL
 * @prometheus: in the older format
 * @families: array that gets them when there is no text
 * @samples: of the family under way
 * @suffix: of the samples of the family under way
 * @name: its name
 */
struct sink {
	FILE *text;
	bool prometheus;
	json_t *families;
	json_t *samples;
	const char *suffix;
	char name[96];
};

/* What a family is. */
enum metric_kind {
	GAUGE,
	COUNTER,
	INFO,
};

struct label {
	const char *name;
	const char *value;
};

/**
 * metric_family() - begin a family, whose samples follow
 * @s: sink
 * @name: its name
 * @kind: what it is
 * @unit: the end of its name, or NULL
 * @help: a sentence
 */
void metric_family(struct sink *s, const char *name, enum metric_kind kind, const char *unit,
		   const char *help);

/**
 * metric_sample() - one sample of the family
 * @s: sink
 * @labels: labels
 * @nr: their number
 * @value: value, taken over
 */
void metric_sample(struct sink *s, const struct label *labels, size_t nr, json_t *value);

/**
 * metric_number() - a sample that is a number
 * @s: sink
 * @label: name of its label, or NULL
 * @of: value of the label
 * @value: number
 */
void metric_number(struct sink *s, const char *label, const char *of, uint64_t value);

/**
 * metric_seconds() - a sample that is a time
 * @s: sink
 * @label: name of its label, or NULL
 * @of: value of the label
 * @ms: milliseconds
 */
void metric_seconds(struct sink *s, const char *label, const char *of, uint64_t ms);

/**
 * metric_parameter() - a family of one parameter
 * @s: sink
 * @prefix: of its name
 * @desc: parameter
 * @value: value
 */
void metric_parameter(struct sink *s, const char *prefix, const struct pghot_param_desc *desc,
		      int64_t value);

/**
 * metric_end() - there are no more families
 * @s: sink
 */
void metric_end(struct sink *s);

#endif /* PGHOTCTL_OUTPUT_METRIC_H */
