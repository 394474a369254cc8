/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The family as the fuzzer knows it: fuzz-tables.h has it, made from uapi/pghot.yaml. */
#ifndef PGHOT_E2E_FUZZ_H
#define PGHOT_E2E_FUZZ_H

#include <stddef.h>
#include <stdint.h>

enum fuzz_type {
	FUZZ_U8,
	FUZZ_U32,
	FUZZ_S32,
	FUZZ_UINT,
	FUZZ_STRING,
	FUZZ_BINARY,
	FUZZ_NEST,
};

struct fuzz_set;

/**
 * struct fuzz_attr - one attribute of a set
 * @name: YNL name
 * @number: PGHOT_A_…
 * @type: what it carries
 * @nest: FUZZ_NEST: its set
 * @min: smallest number that is accepted, as far as the specification says
 * @max: largest one
 */
struct fuzz_attr {
	const char *name;
	uint16_t number;
	enum fuzz_type type;
	const struct fuzz_set *nest;
	uint64_t min;
	uint64_t max;
};

struct fuzz_set {
	const char *name;
	const struct fuzz_attr *attrs;
	size_t nr;
};

/* How a command can be asked; an event cannot. */
#define FUZZ_DO	  0x1
#define FUZZ_DUMP 0x2

/**
 * struct fuzz_command - one command or event
 * @name: YNL name
 * @cmd: PGHOT_CMD_…
 * @set: its attributes
 * @flags: FUZZ_DO, FUZZ_DUMP
 * @request: those of @set that requests have, 1 << number
 */
struct fuzz_command {
	const char *name;
	uint8_t cmd;
	const struct fuzz_set *set;
	unsigned int flags;
	uint64_t request;
};

#endif /* PGHOT_E2E_FUZZ_H */
