// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/player.h"
#include "units.h"

/* A sample that is this much too late does not make the ones after it hurry. */
#define LATE_NS 500000000ULL

/* As many thousandths of the time in the recording as pass. */
static const struct speed {
	const char *name;
	unsigned int thousandths;
} speeds[] = {
	{ "x1/8", 125 }, { "x1/4", 250 }, { "x1/2", 500 },  { "x1", 1000 },   { "x2", 2000 },
	{ "x4", 4000 },	 { "x8", 8000 },  { "x16", 16000 }, { "x64", 64000 },
};

#define NR_SPEEDS    (sizeof(speeds) / sizeof(speeds[0]))
#define SPEED_NORMAL 3

const char player_speeds[] = "1/8, 1/4, 1/2, 1, 2, 4, 8, 16 and 64";

void player_init(struct player *p, struct pghot_recording *rec)
{
	*p = (struct player){
		.rec = rec,
		.nr = pghot_recording_info(rec)->samples,
		.speed = SPEED_NORMAL,
		.moved = true,
		.jumped = true,
	};
}

/* Time from a sample to the one after it, at the speed chosen. */
static uint64_t delay_ns(const struct player *p)
{
	uint64_t from, to;

	if (p->pos + 1 >= p->nr)
		return 0;
	from = pghot_recording_time(p->rec, p->pos)->mono_ns;
	to = pghot_recording_time(p->rec, p->pos + 1)->mono_ns;
	/* A clock that went back is another boot, or a forgery. */
	if (to <= from)
		return 0;
	/* Longer than an hour is a pause of the recording; nobody waits for it. */
	to -= from;
	if (to > 3600000000000ULL)
		to = 3600000000000ULL;
	return to / speeds[p->speed].thousandths * 1000;
}

bool player_turn(struct player *p, uint64_t now_ns)
{
	if (!p->moved) {
		if (p->paused || now_ns < p->due_ns)
			return false;
		if (!player_next(p)) {
			p->paused = true;
			return false;
		}
		if (now_ns < p->due_ns + LATE_NS)
			now_ns = p->due_ns;
	}
	p->moved = false;
	p->due_ns = now_ns + delay_ns(p);
	return true;
}

bool player_next(struct player *p)
{
	if (p->pos + 1 >= p->nr)
		return false;
	p->pos++;
	return true;
}

static void go(struct player *p, size_t pos)
{
	if (pos >= p->nr)
		pos = p->nr - 1;
	if (pos == p->pos)
		return;
	p->jumped |= pos != p->pos + 1;
	p->moved = true;
	p->pos = pos;
}

void player_toggle(struct player *p)
{
	if (p->paused && p->pos + 1 >= p->nr)
		go(p, 0);
	p->paused = !p->paused;
	p->due_ns = 0;
}

void player_step(struct player *p, long by)
{
	p->paused = true;
	if (by < 0 && p->pos < (size_t)-by)
		go(p, 0);
	else
		go(p, p->pos + (size_t)by);
}

void player_seek(struct player *p, size_t pos)
{
	go(p, pos);
}

void player_faster(struct player *p, int by)
{
	size_t speed = p->speed + (size_t)by;

	if (speed >= NR_SPEEDS)
		return;
	p->speed = speed;
	p->due_ns = 0;
}

uint64_t player_time_ms(const struct player *p, size_t pos)
{
	uint64_t from = pghot_recording_time(p->rec, 0)->mono_ns;
	uint64_t to = pghot_recording_time(p->rec, pos)->mono_ns;

	return to > from ? (to - from) / 1000000 : 0;
}

size_t player_find(const struct player *p, uint64_t ms)
{
	size_t pos = 0;

	while (pos + 1 < p->nr && player_time_ms(p, pos + 1) <= ms)
		pos++;
	return pos;
}

int player_parse(const struct player *p, const char *text, size_t *pos)
{
	uint64_t value;

	if (*text == '#') {
		if (pghot_parse_u64(text + 1, &value) || !value || value > p->nr)
			return -EINVAL;
		*pos = value - 1;
		return 0;
	}
	if (pghot_parse_ms(text, 1000, &value))
		return -EINVAL;
	*pos = player_find(p, value);
	return 0;
}

const char *player_speed(const struct player *p)
{
	return speeds[p->speed].name;
}

int player_speed_parse(struct player *p, const char *text)
{
	double value;
	char *end;

	if (*text == 'x')
		text++;
	value = strtod(text, &end);
	for (size_t i = 0; i < NR_SPEEDS; i++) {
		bool same = *text && !*end && value * 1000 == speeds[i].thousandths;

		if (same || !strcmp(text, speeds[i].name + 1)) {
			p->speed = i;
			return 0;
		}
	}
	return -EINVAL;
}
