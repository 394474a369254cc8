/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory of files for a test, in place of those that the machine has. */
#ifndef PGHOT_TESTS_TREE_H
#define PGHOT_TESTS_TREE_H

/* Where it is, between tree_make() and tree_remove(). */
extern char tree_root[];

/**
 * tree_make() - make an empty one
 * @state: of cmocka, as of a setup function
 *
 * Return: 0, or -1.
 */
int tree_make(void **state);

/**
 * tree_remove() - remove it with all that is in it
 * @state: of cmocka, as of a teardown function
 *
 * Return: 0, or something else.
 */
int tree_remove(void **state);

/**
 * tree_put() - write a file, and the directories on the way to it
 * @path: from the root, begins with a slash
 * @text: its content
 */
void tree_put(const char *path, const char *text);

#endif /* PGHOT_TESTS_TREE_H */
