/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: kpromotedN, the thread that promotes to node N. */
#ifndef _MM_PGHOT_PROMOTE_KPROMOTED_H
#define _MM_PGHOT_PROMOTE_KPROMOTED_H

struct pghot_target;

int pghot_kpromoted_start(struct pghot_target *t);
void pghot_kpromoted_stop(struct pghot_target *t);

#endif /* _MM_PGHOT_PROMOTE_KPROMOTED_H */
