/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pghot family as the tests' client knows it: commands, and the attributes of
 * each by name, number and kind. Written by hand, from the header alone, so that a
 * fault of the tools' own tables does not hide one of the kernel.
 */
#ifndef PGHOT_E2E_NL_FAMILY_H
#define PGHOT_E2E_NL_FAMILY_H

#include <stddef.h>
#include <stdint.h>

enum kind {
	U,
	S32,
	STR,
	NEST,
	ENTRIES,
	NUMBERS
};

/**
 * struct attr_name - one attribute of a set
 * @name: YNL name, NULL at the end of a set
 * @number: PGHOT_A_…
 * @kind: what it carries
 * @nest: NEST: its set
 * @bytes: what to send for NAME=VALUE
 */
struct attr_name {
	const char *name;
	int number;
	enum kind kind;
	const struct attr_name *nest;
	int bytes;
};

/**
 * struct command_name - one command or event
 * @name: YNL name, NULL at the end
 * @cmd: PGHOT_CMD_…
 * @set: its attributes
 */
struct command_name {
	const char *name;
	uint8_t cmd;
	const struct attr_name *set;
};

/* Every command, up to one without a name. */
extern const struct command_name commands[];

/* Sets that the client looks into by itself. */
extern const struct attr_name failed_set[];
extern const struct attr_name source_set[];
extern const struct attr_name dump_set[];

/* NULL when there is none; @set may be NULL. */
const struct attr_name *by_name(const struct attr_name *set, const char *name, size_t len);
const struct attr_name *by_number(const struct attr_name *set, int number);

#endif /* PGHOT_E2E_NL_FAMILY_H */
