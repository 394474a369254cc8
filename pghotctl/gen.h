/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Printers of pghotctl-gen, one per kind of file. */
#ifndef PGHOTCTL_GEN_H
#define PGHOTCTL_GEN_H

/**
 * gen_bash() - print completions/pghotctl.bash
 */
void gen_bash(void);

/**
 * gen_mdoc() - print the list of commands of man/pghotctl.8
 */
void gen_mdoc(void);

#endif /* PGHOTCTL_GEN_H */
