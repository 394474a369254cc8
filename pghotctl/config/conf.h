/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pghot.conf(5): settings in sections, a NAME = VALUE per line.
 *
 *	[parameters]		those of pghotctl set
 *	[source NAME]		enabled, and what pghotctl source set takes
 *	[system]		numa-balancing and demotion
 *
 * A '#' or ';' at the start of a line makes it a comment. A setting may stand once.
 */
#ifndef PGHOTCTL_CONFIG_CONF_H
#define PGHOTCTL_CONFIG_CONF_H

#include <stddef.h>
#include <stdint.h>

#include "output/failure.h"
#include "params.h"

/* Nobody's settings are longer; it bounds what a wrong file can do. */
#define CONF_SIZE_MAX (1 << 20)

/**
 * enum conf_section - where a setting stands
 * @CONF_PARAMETERS: [parameters]
 * @CONF_SOURCE: [source NAME]
 * @CONF_SYSTEM: [system]
 */
enum conf_section {
	CONF_PARAMETERS,
	CONF_SOURCE,
	CONF_SYSTEM,
};

/* Numbers of the settings that are no attributes, in struct pghot_param_desc. */
#define CONF_ENABLED	    0 /* of a source; attributes begin at 1 */
#define CONF_NUMA_BALANCING 1
#define CONF_DEMOTION	    2

/**
 * struct conf_setting - one line of a file
 * @section: where it stands
 * @source: CONF_SOURCE: enum pghot_source_id
 * @called: CONF_SOURCE: the name by which the section calls it, which may be an alias
 * @desc: what is set
 * @value: to what
 * @line: where, from 1
 */
struct conf_setting {
	enum conf_section section;
	uint32_t source;
	const char *called;
	const struct pghot_param_desc *desc;
	int64_t value;
	unsigned int line;
};

/**
 * struct conf - a file
 * @nr: settings
 * @at: settings in the order of the file
 */
struct conf {
	size_t nr;
	struct conf_setting *at;
};

/**
 * conf_parse() - read settings
 * @text: the file's contents
 * @len: its bytes
 * @name: of the file, for messages
 * @conf: filled; conf_free() it in any case
 * @f: says what is wrong, with FILE:LINE
 *
 * Return: STATUS_OK, or STATUS_USAGE with @f filled.
 */
int conf_parse(const char *text, size_t len, const char *name, struct conf *conf,
	       struct failure *f);

/**
 * conf_read() - read settings from a file
 * @path: file, "-" for standard input
 * @conf: filled; conf_free() it in any case
 * @f: says what is wrong
 *
 * Return: STATUS_OK, STATUS_FAILED when it cannot be read, or STATUS_USAGE.
 */
int conf_read(const char *path, struct conf *conf, struct failure *f);

/**
 * conf_free() - forget settings
 * @conf: settings
 */
void conf_free(struct conf *conf);

/**
 * conf_desc_at() - what can be set in a section
 * @section: section
 * @source: CONF_SOURCE: enum pghot_source_id
 * @i: index from 0
 *
 * Return: description, NULL behind the last.
 */
const struct pghot_param_desc *conf_desc_at(enum conf_section section, uint32_t source,
					    unsigned int i);

/**
 * conf_section_name() - a section without its brackets: "source hintfault"
 * @section: section
 * @source: CONF_SOURCE: enum pghot_source_id
 * @buf: buffer
 * @size: its bytes, 48 is enough
 *
 * Return: @buf.
 */
char *conf_section_name(enum conf_section section, uint32_t source, char *buf, size_t size);

/**
 * conf_value() - a value as it stands in a file
 * @desc: what it is of
 * @value: value
 * @buf: buffer
 * @size: its bytes, 24 is enough
 *
 * Return: @buf.
 */
char *conf_value(const struct pghot_param_desc *desc, int64_t value, char *buf, size_t size);

#endif /* PGHOTCTL_CONFIG_CONF_H */
