/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of pghot-e2e-mem share. */
#ifndef PGHOT_E2E_MEM_H
#define PGHOT_E2E_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE 4096UL
#define HUGE (2UL << 20)

/* mem.c: say so, and why errno says, and exit with status 1 */
__attribute__((format(printf, 1, 2), noreturn)) void die(const char *fmt, ...);
int64_t now_ms(void);
void bind_range(void *base, size_t bytes, int mode, int node);
char *map_pages(size_t pages, bool thp, bool shared);

/* mem-pages.c: where pages of a process are; @on: how many on node 0, on node 1, and absent */
void count_nodes(int pid, unsigned long *addresses, size_t n, size_t on[3]);
int do_where(int pid, const char *path);
int do_pfns(int pid, const char *path);
int do_move(int pid, int node, unsigned long address, size_t pages);

/* mem-hold.c: memory that is used until a signal ends the program */
int do_hold(int argc, char **argv);

/* mem-churn.c: short-lived processes */
int do_churn(unsigned int seconds);
__attribute__((noreturn)) void live(unsigned int fate);

#endif
