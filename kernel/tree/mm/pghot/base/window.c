// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how long what a source reports is remembered.
 *
 * Heat is halved for each window that passes. A window that is shorter than the time
 * between two looks at a page forgets each look before the next one comes: then all
 * that is left to compare pages by is when they were looked at. So the window of a
 * source follows its pace. It is the parameter window-ms where looks are frequent
 * enough for that, and PGHOT_WINDOW_LOOKS times the time between two looks where they
 * are not, up to the parameter window-max-ms. So the window is window-ms, whatever the
 * pace, if window-max-ms is not above it. A source that does not look at one page after
 * the other but samples accesses has no pace; it wishes for a window, within the same
 * bounds.
 *
 * A source that tells its pace or wish while a parameter is changing may go by the old value
 * until it tells it the next time.
 *
 * A record is kept in the window of the source that leads it, see record/record.h.
 */
#include <linux/atomic.h>
#include <linux/jiffies.h>

#include "base/heat.h"
#include "base/window.h"

u16 pghot_windows[PGHOT_NR_SOURCES] = {
	[0 ... PGHOT_NR_SOURCES - 1] =
		(PGHOT_WINDOW_MS_DEFAULT + PGHOT_BUCKET_MS / 2) >>
		PGHOT_BUCKET_SHIFT,
};

/* Those that fit the windows above. */
u32 pghot_epochs =
	FIELD_PREP_CONST(PGHOT_EPOCHS_SHIFT,
			 const_ilog2(2 * ((PGHOT_WINDOW_MS_DEFAULT +
					   PGHOT_BUCKET_MS / 2) >>
					  PGHOT_BUCKET_SHIFT) - 1) + 1);

/* By source: time between two looks, in ms; 0 when nothing is known. */
static u32 paces[PGHOT_NR_SOURCES];

/* By source: window that it wishes for, in ms; 0 when it has none. */
static u32 wishes[PGHOT_NR_SOURCES];

/* The pace that a window is made for: the slower one of what is told and wished. */
static u32 pace_of(unsigned int src)
{
	return max(READ_ONCE(paces[src]),
		   READ_ONCE(wishes[src]) / PGHOT_WINDOW_LOOKS);
}

/**
 * pghot_window_tell - the window of a source and its pace, for people
 * @src: number of the source
 * @pace_ms: set to the time between two looks at a page in ms, 0 when it is not known
 *
 * Context: any.
 * Return: length of the window in ms, as it follows from that pace or from what the
 * source wishes. What is counted in is
 * pghot_window(), the same in whole buckets.
 */
u32 pghot_window_tell(unsigned int src, u32 *pace_ms)
{
	*pace_ms = READ_ONCE(paces[src]);
	return pghot_window_ms_for(READ_ONCE(pghot_params.window_ms),
				   READ_ONCE(pghot_params.window_max_ms),
				   pace_of(src));
}

/* Epochs that fit all windows, and one of @widest buckets. */
static void fit_epochs(u32 widest)
{
	u32 now = pghot_time(jiffies);
	u32 old = READ_ONCE(pghot_epochs);
	unsigned int src;
	u32 new;

	for (src = 0; src < PGHOT_NR_SOURCES; src++)
		widest = max(widest, pghot_window(src));
	do {
		new = pghot_epochs_for(old, widest, now);
	} while (new != old && !try_cmpxchg(&pghot_epochs, &old, new));
}

static void set_window(unsigned int src)
{
	u32 window = pghot_window_for(READ_ONCE(pghot_params.window_ms),
				      READ_ONCE(pghot_params.window_max_ms),
				      pace_of(src));

	/* Never is a window longer than epochs allow: they come first. */
	fit_epochs(window);
	WRITE_ONCE(pghot_windows[src], window);
	/*
	 * Others did the same meanwhile, who may have made epochs shorter without knowing
	 * of this window; or they know of it. Pairs with itself.
	 */
	smp_mb();
	fit_epochs(window);
}

/**
 * pghot_window_follow - a source tells its pace
 * @src: the source
 * @pace_ms: time between two looks at a page, 0 when there are none
 *
 * Context: any.
 */
void pghot_window_follow(enum pghot_source_id src, u32 pace_ms)
{
	WRITE_ONCE(paces[src], pace_ms);
	set_window(src);
}

/**
 * pghot_window_wish - a source that samples tells what window fits its samples
 * @src: the source
 * @window_ms: length of the window, 0 for the parameter window-ms
 *
 * Context: any.
 */
void pghot_window_wish(enum pghot_source_id src, u32 window_ms)
{
	WRITE_ONCE(wishes[src], window_ms);
	set_window(src);
}

/* The parameters window-ms and window-max-ms may have changed. Context: pghot_lock held. */
void pghot_window_update(void)
{
	unsigned int src;

	for (src = 0; src < PGHOT_NR_SOURCES; src++)
		set_window(src);
}

/**
 * pghot_slowest_pace - time within which all sources have looked at every page once
 *
 * Context: any.
 * Return: milliseconds, 0 when there are none that go by time.
 */
u32 pghot_slowest_pace(void)
{
	unsigned int src;
	u32 pace = 0;

	for (src = 0; src < PGHOT_NR_SOURCES; src++)
		pace = max(pace, READ_ONCE(paces[src]));
	return pace;
}
