/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: on and off. What control/ asks for.
 */
#ifndef _MM_PGHOT_CORE_H
#define _MM_PGHOT_CORE_H

#include <linux/types.h>

struct netlink_ext_ack;
struct nlattr;
struct pghot_params;
struct pghot_source_ops;

bool pghot_running(void);
u64 pghot_memory_bytes(void);
int pghot_prepare(const struct pghot_source_ops *ops,
		  struct netlink_ext_ack *extack);
void pghot_finish(void);
int pghot_source_set(const struct pghot_source_ops *ops, bool enable,
		     const struct nlattr *nest, struct netlink_ext_ack *extack);
int pghot_set_params(const struct pghot_params *new);
void pghot_reset_records(void);
void pghot_reset_heaps(void);
void pghot_reset_targets(void);

#endif /* _MM_PGHOT_CORE_H */
