/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moving through a recording: which sample is shown, and when the next is due.
 * No file in here, and no screen.
 */
#ifndef PGHOTTOP_DATA_PLAYER_H
#define PGHOTTOP_DATA_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "recording.h"

/**
 * struct player - where in a recording somebody is
 * @rec: recording
 * @nr: samples
 * @pos: sample that is shown, from 0
 * @paused: stays there
 * @speed: index of the speed
 * @moved: another sample is to be shown at once
 * @jumped: it is not the one that followed: what was known from before is void
 * @due_ns: CLOCK_MONOTONIC when the next sample is due
 */
struct player {
	struct pghot_recording *rec;
	size_t nr, pos;
	bool paused;
	size_t speed;
	bool moved, jumped;
	uint64_t due_ns;
};

/**
 * player_init() - stand at the first sample, playing
 * @p: filled in
 * @rec: recording; must outlive it
 */
void player_init(struct player *p, struct pghot_recording *rec);

/**
 * player_turn() - is another sample to be shown?
 * @p: player
 * @now_ns: CLOCK_MONOTONIC
 *
 * Goes on to the next sample when it is due, and pauses at the last.
 *
 * Return: true when @pos is to be shown.
 */
bool player_turn(struct player *p, uint64_t now_ns);

/**
 * player_next() - go on to the next sample, whatever the time
 * @p: player
 *
 * Return: false at the last one.
 */
bool player_next(struct player *p);

/**
 * player_toggle() - pause or go on; at the end, begin anew
 * @p: player
 */
void player_toggle(struct player *p);

/**
 * player_step() - go some samples on or back, and pause there
 * @p: player
 * @by: samples, negative for back; stops at the ends
 */
void player_step(struct player *p, long by);

/**
 * player_seek() - go to a sample; goes on from there if it was playing
 * @p: player
 * @pos: sample; past the last is the last
 */
void player_seek(struct player *p, size_t pos);

/**
 * player_faster() - change the speed by a step
 * @p: player
 * @by: 1 for faster, -1 for slower
 */
void player_faster(struct player *p, int by);

/**
 * player_find() - the sample that was shown at some time
 * @p: player
 * @ms: since the first sample
 *
 * Return: sample, the last one when the recording is shorter.
 */
size_t player_find(const struct player *p, uint64_t ms);

/**
 * player_parse() - where somebody wants to go
 * @p: player
 * @text: "1m20s" since the first sample, or "#12" for a sample, from 1
 * @pos: set to the sample
 *
 * Return: 0, or -EINVAL.
 */
int player_parse(const struct player *p, const char *text, size_t *pos);

/**
 * player_time_ms() - time from the first sample to one
 * @p: player
 * @pos: sample
 */
uint64_t player_time_ms(const struct player *p, size_t pos);

/**
 * player_speed() - the speed in a word: "x1", "x1/4"
 * @p: player
 */
const char *player_speed(const struct player *p);

/**
 * player_speed_parse() - choose a speed
 * @p: player
 * @text: "4", "x4", "1/4", "0.25"
 *
 * Return: 0, or -EINVAL when there is no such speed.
 */
int player_speed_parse(struct player *p, const char *text);

/* The speeds that there are, for messages. */
extern const char player_speeds[];

#endif
