/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source mmscan: whose turn it is. Processes wait in the order in which their address
 * spaces are due. Those that are new, and those that slept and have run again, are found by
 * sweeps over all of them: a few at a time, so that what this costs is bounded.
 *
 * The functions are pure. What they are about belongs to kmmscand alone.
 */
#ifndef _MM_PGHOT_MMSCAN_QUEUE_H
#define _MM_PGHOT_MMSCAN_QUEUE_H

#include <linux/jiffies.h>
#include <linux/math.h>
#include <linux/rbtree.h>
#include <linux/time64.h>
#include <linux/types.h>

/* What is due within this time is done now, to wake up less often. */
#define MMSCAN_SLACK_MS		20

/* kmmscand wakes up for a sweep after so long, so that new processes are noticed ... */
#define MMSCAN_NOTICE_MS	2000

/* ... but where it is awake the next one may begin as soon as this. */
#define MMSCAN_SWEEP_MIN_MS	100

/*
 * Sweeps meet so many processes and threads per ms, on average: at some 150 ns each two
 * thousandths of a CPU. 20,000 of them are met within MMSCAN_NOTICE_MS, 100,000 within 10 s.
 */
#define MMSCAN_MET_PER_MS	10

/* But so many at once. */
#define MMSCAN_SWEEP_STEP	1000

/* ---- the queue ------------------------------------------------------------------ */

/**
 * struct mmscan_waiter - one who waits
 * @node: in the queue
 * @due: jiffies until when
 * @shares: in the time that there is for walks in stretches
 */
struct mmscan_waiter {
	struct rb_node node;
	unsigned long due;
	bool shares;
};

/**
 * struct mmscan_queue - those who wait, in the order of their turns
 * @waiters: they; zeroed is empty
 * @sharing: how many share, whether they wait or not
 */
struct mmscan_queue {
	struct rb_root_cached waiters;
	unsigned int sharing;
};

/* Is what is due at @due to be done at @now? */
static inline bool mmscan_is_due(unsigned long due, unsigned long now)
{
	return !time_after(due, now + msecs_to_jiffies(MMSCAN_SLACK_MS));
}

static inline bool __mmscan_sooner(struct rb_node *a, const struct rb_node *b)
{
	return time_before(rb_entry(a, struct mmscan_waiter, node)->due,
			   rb_entry(b, struct mmscan_waiter, node)->due);
}

/**
 * mmscan_queue_add - have somebody wait
 * @q: the queue
 * @w: who is in none
 * @due: jiffies until when
 * @now: jiffies
 *
 * Who is late already waits behind all others who are: nobody can keep them from their
 * turns by being late always, however much there is to do.
 */
static inline void mmscan_queue_add(struct mmscan_queue *q, struct mmscan_waiter *w,
				    unsigned long due, unsigned long now)
{
	w->due = time_before(due, now) ? now : due;
	rb_add_cached(&w->node, &q->waiters, __mmscan_sooner);
}

static inline void mmscan_queue_del(struct mmscan_queue *q, struct mmscan_waiter *w)
{
	rb_erase_cached(&w->node, &q->waiters);
}

/* Does @w share in the time that there is for walks in stretches? Who is forgotten does not. */
static inline void mmscan_queue_share(struct mmscan_queue *q, struct mmscan_waiter *w,
				      bool shares)
{
	q->sharing += shares - w->shares;
	w->shares = shares;
}

/* Who is due first, or %NULL. */
static inline struct mmscan_waiter *mmscan_queue_first(const struct mmscan_queue *q)
{
	struct rb_node *first = rb_first_cached(&q->waiters);

	return first ? rb_entry(first, struct mmscan_waiter, node) : NULL;
}

/**
 * mmscan_queue_take - whose turn it is
 * @q: the queue
 * @now: jiffies
 *
 * Return: who waits no longer, or %NULL when nobody is due.
 */
static inline struct mmscan_waiter *mmscan_queue_take(struct mmscan_queue *q,
						      unsigned long now)
{
	struct mmscan_waiter *w = mmscan_queue_first(q);

	if (!w || !mmscan_is_due(w->due, now))
		return NULL;

	mmscan_queue_del(q, w);
	return w;
}

/**
 * mmscan_go_ns - how long kmmscand works at once, at most
 * @percent: share of a CPU that it may use
 *
 * With the rest after it no longer than new processes have to wait for being noticed.
 */
static inline u64 mmscan_go_ns(u32 percent)
{
	return MMSCAN_NOTICE_MS * NSEC_PER_MSEC / 100 * percent;
}

/**
 * mmscan_queue_goes_on - is there more to do before a rest?
 * @q: the queue
 * @began: jiffies when those who are due began to have their turns
 *
 * Each has one: a second one comes after the rest, so that the turns of somebody who has much
 * to be walked are spread evenly, and those who are due at the same time stay together.
 */
static inline bool mmscan_queue_goes_on(const struct mmscan_queue *q,
					unsigned long began)
{
	struct mmscan_waiter *w = mmscan_queue_first(q);

	return w && time_before(w->due, began);
}

/* Jiffies until when there is nothing to do, if that is not so at @due. */
static inline unsigned long mmscan_queue_due(const struct mmscan_queue *q,
					     unsigned long due)
{
	struct mmscan_waiter *w = mmscan_queue_first(q);

	return w && time_before(w->due, due) ? w->due : due;
}

/* ---- sweeps ---------------------------------------------------------------------- */

/**
 * struct mmscan_sweep - a sweep over all processes
 * @nr: number of the process at which it goes on, 0 between two sweeps
 * @began: jiffies when it began
 * @due: jiffies from when on it may go on, or the next one begin
 * @wake: jiffies when to wake up for that
 */
struct mmscan_sweep {
	int nr;
	unsigned long began;
	unsigned long due;
	unsigned long wake;
};

/* Begin a sweep at once. */
static inline void mmscan_sweep_now(struct mmscan_sweep *s, unsigned long now)
{
	s->nr = 0;
	s->due = now;
	s->wake = now;
}

/**
 * mmscan_sweep_begin - is there something to do for a sweep?
 * @s: the sweep; its number is where to go on
 * @now: jiffies
 */
static inline bool mmscan_sweep_begin(struct mmscan_sweep *s, unsigned long now)
{
	if (time_after(s->due, now))
		return false;

	if (!s->nr) {
		s->nr = 1;
		s->began = now;
	}
	return true;
}

/**
 * mmscan_sweep_end - a step of a sweep is over
 * @s: the sweep; its number is where it goes on, 0 when it has met all
 * @met: processes and threads that the step has met
 * @now: jiffies
 */
static inline void mmscan_sweep_end(struct mmscan_sweep *s, unsigned int met,
				    unsigned long now)
{
	unsigned long again = s->began + msecs_to_jiffies(MMSCAN_SWEEP_MIN_MS);
	unsigned long wake = s->began + msecs_to_jiffies(MMSCAN_NOTICE_MS);

	s->due = now + msecs_to_jiffies(DIV_ROUND_UP(met, MMSCAN_MET_PER_MS));
	s->wake = s->due;
	if (s->nr)
		return;

	if (time_before(s->due, again))
		s->due = again;
	if (time_before(s->wake, wake))
		s->wake = wake;
}

#endif /* _MM_PGHOT_MMSCAN_QUEUE_H */
