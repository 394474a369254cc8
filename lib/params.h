/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each parameter is: its name, unit and range, all from the YNL spec. */
#ifndef PGHOT_LIB_PARAMS_H
#define PGHOT_LIB_PARAMS_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#include "family.h"

/**
 * enum pghot_param_unit - what the value of a parameter counts
 * @PGHOT_UNIT_NONE: a plain number
 * @PGHOT_UNIT_BOOL: off or on
 * @PGHOT_UNIT_MS: milliseconds
 * @PGHOT_UNIT_MBPS: MiB per second
 * @PGHOT_UNIT_MIB: MiB
 * @PGHOT_UNIT_PERCENT: of one CPU
 * @PGHOT_UNIT_PAGES: base pages
 * @PGHOT_UNIT_ENTRIES: entries of a heap
 * @PGHOT_UNIT_NODE: node, -1 for the nearest
 * @PGHOT_UNIT_BITS: a mask of bits, in hexadecimal
 * @PGHOT_UNIT_PMU: number of a performance monitoring unit
 * @PGHOT_UNIT_INODE: inode number of a cgroup, 0 for none
 */
enum pghot_param_unit {
	PGHOT_UNIT_NONE,
	PGHOT_UNIT_BOOL,
	PGHOT_UNIT_MS,
	PGHOT_UNIT_MBPS,
	PGHOT_UNIT_MIB,
	PGHOT_UNIT_PERCENT,
	PGHOT_UNIT_PAGES,
	PGHOT_UNIT_ENTRIES,
	PGHOT_UNIT_NODE,
	PGHOT_UNIT_BITS,
	PGHOT_UNIT_PMU,
	PGHOT_UNIT_INODE,
};

/**
 * struct pghot_param_desc - one parameter
 * @attr: number of the attribute in its set
 * @name: YNL name
 * @alias: short name without the unit, or NULL
 * @unit: what it counts
 * @min: smallest value
 * @max: largest value
 * @def: value at boot
 * @bytes: of the attribute's payload, 1, 4, or 8 for one of YNL type uint, whose values,
 *	ends of its range included, are an uint64_t in the bits of the int64_t
 * @help: one line
 */
struct pghot_param_desc {
	unsigned int attr;
	const char *name;
	const char *alias;
	enum pghot_param_unit unit;
	int64_t min;
	int64_t max;
	int64_t def;
	unsigned int bytes;
	const char *help;
};

/**
 * pghot_param_at() - parameters of the subsystem
 * @i: index from 0
 *
 * Return: description, NULL behind the last.
 */
const struct pghot_param_desc *pghot_param_at(unsigned int i);

/**
 * pghot_source_param_at() - parameters of a source
 * @id: enum pghot_source_id
 * @i: index from 0
 *
 * Return: description, NULL behind the last. All of one source travel in the
 * attribute that pghot_source_param_nest() names.
 */
const struct pghot_param_desc *pghot_source_param_at(uint32_t id, unsigned int i);

/**
 * pghot_source_counter_at() - counters of a source, beyond what all sources have
 * @id: enum pghot_source_id
 * @i: index from 0
 *
 * Return: description, NULL behind the last.
 */
const struct pghot_param_desc *pghot_source_counter_at(uint32_t id, unsigned int i);

/**
 * pghot_source_param_nest() - attribute that nests a source's parameters
 * @id: enum pghot_source_id
 *
 * Return: PGHOT_A_SOURCE_…, 0 when the source has no parameters.
 */
unsigned int pghot_source_param_nest(uint32_t id);

/**
 * pghot_param_parse() - read the value of a parameter, with units where natural
 * @desc: parameter
 * @s: "4s", "100M", "on", "-1", …
 * @value: result, in range
 *
 * Return: 0, -EINVAL when it cannot be read, -ERANGE when out of range;
 * pghot_param_accepts() has the words for both.
 */
int pghot_param_parse(const struct pghot_param_desc *desc, const char *s, int64_t *value);

/**
 * pghot_param_is_unsigned() - are the values of a parameter an uint64_t?
 * @desc: parameter
 */
static inline bool pghot_param_is_unsigned(const struct pghot_param_desc *desc)
{
	return desc->bytes == 8;
}

/**
 * pghot_param_number() - a value as a plain number, for programs
 * @desc: parameter
 * @value: value
 * @buf: buffer
 * @size: its bytes, 24 is enough
 *
 * Return: @buf.
 */
char *pghot_param_number(const struct pghot_param_desc *desc, int64_t value, char *buf,
			 size_t size);

/**
 * pghot_param_accepts() - what a parameter accepts: "500 ms to 60 s"
 * @desc: parameter
 * @buf: buffer
 * @size: its bytes, 64 is enough
 *
 * Return: @buf.
 */
char *pghot_param_accepts(const struct pghot_param_desc *desc, char *buf, size_t size);

/**
 * pghot_param_format() - a value with its unit: "4 s", "100 MiB/s", "on"
 * @desc: parameter
 * @value: value
 * @buf: buffer
 * @size: its bytes, PGHOT_UNIT_LEN or more
 *
 * Return: @buf.
 */
char *pghot_param_format(const struct pghot_param_desc *desc, int64_t value, char *buf,
			 size_t size);

#endif /* PGHOT_LIB_PARAMS_H */
