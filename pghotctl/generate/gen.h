/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Printers of pghotctl-gen, one per kind of file. */
#ifndef PGHOTCTL_GENERATE_GEN_H
#define PGHOTCTL_GENERATE_GEN_H

/**
 * gen_bash() - print completions/pghotctl.bash
 */
void gen_bash(void);

/**
 * gen_zsh() - print completions/pghotctl.zsh
 */
void gen_zsh(void);

/**
 * gen_fish() - print completions/pghotctl.fish
 */
void gen_fish(void);

/**
 * gen_synopsis() - print the synopsis of man/pghotctl.8
 */
void gen_synopsis(void);

/**
 * gen_mdoc() - print the list of commands of man/pghotctl.8
 */
void gen_mdoc(void);

#endif /* PGHOTCTL_GENERATE_GEN_H */
