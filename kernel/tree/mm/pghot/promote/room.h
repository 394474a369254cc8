/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: has a node room for what is promoted to it? */
#ifndef _MM_PGHOT_PROMOTE_ROOM_H
#define _MM_PGHOT_PROMOTE_ROOM_H

#include <linux/types.h>

bool pghot_target_has_room(int nid, unsigned int nr_pages);
bool pghot_target_has_plenty(int nid);
bool pghot_target_is_full(int nid);
void pghot_target_forget_full(int nid);
unsigned int pghot_room_for(int nid, unsigned int want, unsigned int first);
void pghot_reclaim_target(int nid, unsigned int order);

#endif /* _MM_PGHOT_PROMOTE_ROOM_H */
