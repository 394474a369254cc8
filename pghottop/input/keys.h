/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_KEYS_H
#define PGHOTTOP_INPUT_KEYS_H

#include <stddef.h>

#include "screen/keycodes.h"
#include "state/action.h"

/* Where a key has its meaning; a popup takes the keys of its own first. */
enum key_scope {
	SCOPE_MAIN,
	SCOPE_MAP,
	SCOPE_MENU,
	SCOPE_HELP,
	SCOPE_DETAILS,
	SCOPE_COLUMNS,
};

/**
 * struct binding - what some keys do
 * @scope: where
 * @inputs: the keys, ended by INPUT_NONE
 * @arg: given to the action
 * @action: what they do
 * @keys: the keys as the help shows them, NULL when an earlier binding speaks
 *	for this one too
 * @summary: what they do, for the help
 */
struct binding {
	enum key_scope scope;
	int inputs[4];
	int arg;
	enum action action;
	const char *keys;
	const char *summary;
};

/**
 * key_binding() - find what a key does
 * @scope: where it was pressed
 * @input: the key
 *
 * Return: its binding, NULL when it has none there.
 */
const struct binding *key_binding(enum key_scope scope, int input);

/**
 * key_bindings() - all bindings, in the order of the help
 * @nr: set to their number
 */
const struct binding *key_bindings(size_t *nr);

#endif
