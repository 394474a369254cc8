/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: how hot the hottest page of many may be, in 32 bits.
 *
 *	 31       19 18    16 15  12 11      6 5       0
 *	+-----------+--------+------+---------+---------+
 *	|   epoch   |   0    | run  | lately  | earlier |
 *	+-----------+--------+------+---------+---------+
 *
 * lately   largest frequency that a report left in a record, in the epoch
 * earlier  bound of the frequencies of what was last reported before it
 * epoch    of the last report that said something new
 * run      of epochs, see base/window.h
 *
 * It bounds the frequencies of the records from above; it is no maximum. Reports are all
 * that makes pages hotter, and each shows its result here. Everything else, which is time
 * and being promoted, forgotten or cooled, makes them colder, and needs not be told: nobody
 * walks over records for this.
 *
 * An epoch is at least twice as long as any window. What was reported before it began is
 * 2d windows old when it has been over for d - 1 epochs, wherever it was reported and by
 * whichever window it is counted; and has halved 2d - 1 times at least, for a window that has
 * grown moves the last accesses, which are stored as parts of it, by three quarters of one.
 * What was reported in it is an epoch behind. So of a word that is d epochs old nothing is
 * hotter than
 *
 *	max(lately >> (2d - 3), earlier >> (2d - 1))
 *
 * where the first does not shift if d is 1. This is what becomes the new "earlier" when the
 * next report comes. A bound is as high as the hottest record was in this epoch or the last,
 * and 0 after five epochs without a report. When epochs change their length what was counted
 * in the others may be anything; it counts as PGHOT_FREQ_MAX at the time of the change.
 *
 * 2^13 epochs are 18 hours with the default window, and 70 minutes with the shortest. After
 * that a word looks new for a few epochs, and the bound is larger than need be. Records wrap
 * around earlier, after 1048 s, and then look fresh for a window, see record.h: such a one
 * may be above the bound, and is as cold as the bound says.
 *
 * The functions here are pure: the caller passes the time and stores the result. They may
 * be called from any context.
 */
#ifndef _MM_PGHOT_RECORD_SUMMARY_H
#define _MM_PGHOT_RECORD_SUMMARY_H

#include <linux/bitfield.h>
#include <linux/build_bug.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "base/heat.h"
#include "base/window.h"

#define PGHOT_BOUND_EARLIER	GENMASK(5, 0)
#define PGHOT_BOUND_LATELY	GENMASK(11, 6)
#define PGHOT_BOUND_RUN		GENMASK(15, 12)
#define PGHOT_BOUND_EPOCH	GENMASK(31, 19)

/* Reports may be so many epochs late; they count as of the epoch of the word. */
#define PGHOT_BOUND_LATE	16U

static_assert(FIELD_PREP_CONST(PGHOT_BOUND_LATELY, PGHOT_FREQ_MAX) ==
	      PGHOT_BOUND_LATELY);
/* The longest epochs wrap around when time does, and shorter ones a whole number of times. */
static_assert(FIELD_PREP_CONST(PGHOT_BOUND_EPOCH,
			       PGHOT_TIME_MASK >> PGHOT_EPOCHS_SHIFT_MAX) ==
	      PGHOT_BOUND_EPOCH);
static_assert(PGHOT_BOUND_RUN >> 8 == PGHOT_EPOCHS_RUN);

static inline u32 pghot_bound_epoch(u32 epochs, u32 time)
{
	return (time >> FIELD_GET(PGHOT_EPOCHS_SHIFT, epochs)) &
	       FIELD_MAX(PGHOT_BOUND_EPOCH);
}

static inline u32 pghot_bound_make(u32 epochs, u32 epoch, u32 earlier, u32 lately)
{
	return FIELD_PREP(PGHOT_BOUND_EPOCH, epoch) |
	       FIELD_PREP(PGHOT_BOUND_RUN,
			  FIELD_GET(PGHOT_EPOCHS_RUN, epochs)) |
	       FIELD_PREP(PGHOT_BOUND_EARLIER, earlier) |
	       FIELD_PREP(PGHOT_BOUND_LATELY, lately);
}

/* What a word says in the present run of epochs. */
static inline u32 pghot_bound_translate(u32 bound, u32 epochs)
{
	if (!bound || FIELD_GET(PGHOT_BOUND_RUN, bound) ==
		      FIELD_GET(PGHOT_EPOCHS_RUN, epochs))
		return bound;
	return pghot_bound_make(epochs,
				pghot_bound_epoch(epochs,
						  FIELD_GET(PGHOT_EPOCHS_SINCE,
							    epochs)),
				PGHOT_FREQ_MAX, PGHOT_FREQ_MAX);
}

/* Epochs from that of a word to @epoch, 0 when it comes late. */
static inline u32 pghot_bound_age(u32 bound, u32 epoch)
{
	u32 age = (epoch - FIELD_GET(PGHOT_BOUND_EPOCH, bound)) &
		  FIELD_MAX(PGHOT_BOUND_EPOCH);

	return age > FIELD_MAX(PGHOT_BOUND_EPOCH) - PGHOT_BOUND_LATE ? 0 : age;
}

/* The bound of all that was reported before a word that is @age epochs old, at least 1. */
static inline u32 pghot_bound_fallen(u32 bound, u32 age)
{
	return max(pghot_decay(FIELD_GET(PGHOT_BOUND_LATELY, bound),
			       age > 1 ? 2 * age - 3 : 0),
		   pghot_decay(FIELD_GET(PGHOT_BOUND_EARLIER, bound),
			       2 * age - 1));
}

/**
 * pghot_bound_at - the bound at present
 * @bound: the word, 0 when there was no report
 * @epochs: pghot_epochs
 * @now: pghot_time() of the present
 *
 * Return: 0 to PGHOT_FREQ_MAX; no page is hotter, see above.
 */
static inline u32 pghot_bound_at(u32 bound, u32 epochs, u32 now)
{
	u32 age;

	bound = pghot_bound_translate(bound, epochs);
	age = pghot_bound_age(bound, pghot_bound_epoch(epochs, now));
	if (age)
		return pghot_bound_fallen(bound, age);
	return max(FIELD_GET(PGHOT_BOUND_LATELY, bound),
		   FIELD_GET(PGHOT_BOUND_EARLIER, bound));
}

/**
 * pghot_bound_covers - does a report say nothing new?
 * @bound: the word
 * @epochs: pghot_epochs
 * @now: pghot_time() of the report
 * @freq: frequency that it left in the record
 *
 * Return: true when pghot_bound_add() would change nothing; false does not tell.
 */
static inline bool pghot_bound_covers(u32 bound, u32 epochs, u32 now, u32 freq)
{
	/* At every report: 0 but for what is below, if it is of this epoch. */
	u32 rest = bound ^ pghot_bound_make(epochs,
					    now >> FIELD_GET(PGHOT_EPOCHS_SHIFT,
							     epochs), 0, 0);

	return rest <= (PGHOT_BOUND_LATELY | PGHOT_BOUND_EARLIER) &&
	       rest >= FIELD_PREP(PGHOT_BOUND_LATELY, freq);
}

/**
 * pghot_bound_add - what a word becomes by a report
 * @bound: the word so far
 * @epochs: pghot_epochs
 * @now: pghot_time() of the report
 * @freq: frequency that it left in the record
 *
 * Return: the new word, never 0 unless @freq and all that is known is.
 */
static inline u32 pghot_bound_add(u32 bound, u32 epochs, u32 now, u32 freq)
{
	u32 epoch = pghot_bound_epoch(epochs, now);
	u32 age;

	if (!bound)
		return pghot_bound_make(epochs, epoch, 0, freq);

	bound = pghot_bound_translate(bound, epochs);
	age = pghot_bound_age(bound, epoch);
	if (age)
		return pghot_bound_make(epochs, epoch,
					pghot_bound_fallen(bound, age), freq);

	freq = max(freq, FIELD_GET(PGHOT_BOUND_LATELY, bound));
	return (bound & ~PGHOT_BOUND_LATELY) |
	       FIELD_PREP(PGHOT_BOUND_LATELY, freq);
}

#endif /* _MM_PGHOT_RECORD_SUMMARY_H */
