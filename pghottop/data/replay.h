/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_DATA_REPLAY_H
#define PGHOTTOP_DATA_REPLAY_H

#include "data/collector.h"
#include "data/model.h"
#include "data/player.h"

/* Samples of a recording, made by replay_open(). */
extern const struct collector_ops replay_collector;

/**
 * replay_open() - show a recording instead of the kernel
 * @ctx: set to what &replay_collector takes
 * @rec: recording; closed with it, also when this fails
 *
 * Return: 0 or -ENOMEM.
 */
int replay_open(void **ctx, struct pghot_recording *rec);

/**
 * replay_catch_up() - learn what came before the sample to be shown
 * @p: player
 * @ops: where samples come from
 * @ctx: opened by @ops
 * @m: model; forgets what it knew
 * @s: sample to collect into
 *
 * After a jump rates and histories start anew, from as far back as they reach.
 *
 * Return: 0, or -ENOMEM.
 */
int replay_catch_up(struct player *p, const struct collector_ops *ops, void *ctx, struct model *m,
		    struct sample *s);

/**
 * replay_damage() - say that a recording goes no further
 * @rec: recording
 * @buf: written to
 * @size: its size
 *
 * Return: @buf, NULL when it is whole.
 */
char *replay_damage(const struct pghot_recording *rec, char *buf, size_t size);

#endif
