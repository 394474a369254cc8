/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room queue: what waits for a target node.
 *
 *	origin	what the queue asks of whoever made a page a candidate
 *	ring	carries candidates, lock-free, from any CPU to a target node
 *	heap	orders them, hottest first
 *	queue	the rings and the heap of a target, and their lifetime
 *	submit	the way in, from anywhere: pghot_submit()
 *	flow	how many pages become how hot
 *	update	keeps rings, heap and origins in step
 *
 * It stands on base and takes candidates from any caller: see pghot_submit(). What it
 * wants to know of them later on, and what it has to say, goes to their origin, if
 * that has registered for it.
 */
#ifndef _MM_PGHOT_QUEUE_ORIGIN_H
#define _MM_PGHOT_QUEUE_ORIGIN_H

#include <linux/pghot.h>
#include <linux/types.h>

/**
 * enum pghot_leave - why a candidate leaves the queue
 * @PGHOT_LEAVE_PROMOTED: its page has moved to the target
 * @PGHOT_LEAVE_GONE: there is no such page on a lower tier any more
 * @PGHOT_LEAVE_FAILED: it could not be promoted, and will not be tried again
 * @PGHOT_LEAVE_COLD: it was not promoted in time and is not hot any more
 * @PGHOT_LEAVE_NO_ROOM: it is as hot as ever, but ring or heap were full, or its
 *	target does not run
 * @PGHOT_LEAVE_DROPPED: the queue is being emptied or closed
 */
enum pghot_leave {
	PGHOT_LEAVE_PROMOTED,
	PGHOT_LEAVE_GONE,
	PGHOT_LEAVE_FAILED,
	PGHOT_LEAVE_COLD,
	PGHOT_LEAVE_NO_ROOM,
	PGHOT_LEAVE_DROPPED,
};

/**
 * struct pghot_view - what an origin knows of a page at present
 * @time: bucket of its last access
 * @freq: its heat
 * @target_idx: compact index of the node that it should go to, 0 for any
 * @sources: mask of BIT(enum pghot_source_id), who saw it
 * @queued: it is a candidate
 */
struct pghot_view {
	u16 time;
	u8 freq;
	u8 target_idx;
	u8 sources;
	bool queued;
};

/**
 * enum pghot_found - what becomes of a candidate that an origin has found
 * @PGHOT_FOUND_DONE: it is taken, or is none
 * @PGHOT_FOUND_LATER: it is not hot enough at present: come back for it
 * @PGHOT_FOUND_FULL: there is no more room; come back for it and what follows
 */
enum pghot_found {
	PGHOT_FOUND_DONE,
	PGHOT_FOUND_LATER,
	PGHOT_FOUND_FULL,
};

/**
 * typedef pghot_found_fn - takes a candidate that an origin has found
 * @pfn: first page frame of the folio
 * @view: what is known of it
 * @arg: as passed with the function
 *
 * Return: what becomes of it.
 */
typedef enum pghot_found (*pghot_found_fn)(unsigned long pfn,
					   const struct pghot_view *view,
					   void *arg);

/**
 * struct pghot_origin - what the queue asks of whoever made pages candidates
 * @sources: of all its candidates, where it has no @look
 * @look: tell what is known of a page; false when nothing is. Without it the heat
 *	is as it was submitted, halved for each window since then
 * @leave: a candidate leaves the queue of the target with index @idx
 * @queue: a page that @more has found becomes a candidate; false when it is one
 * @retarget: a candidate is sent to another target; false when it is none any more
 * @has_more: are there candidates for a target that had found no room?
 * @more: find these, until @found says that it is full
 * @forget: a page frame has been given to another page
 *
 * Each member but @sources may be %NULL. All may be called with pghot_queue.lock
 * held; @look, @leave, @queue, @retarget and @forget in an RCU read side or with a
 * spinlock held too, the others may sleep.
 */
struct pghot_origin {
	u8 sources;
	bool (*look)(unsigned long pfn, struct pghot_view *view);
	void (*leave)(unsigned long pfn, u8 idx, enum pghot_leave why);
	bool (*queue)(unsigned long pfn);
	bool (*retarget)(unsigned long pfn, u8 idx);
	bool (*has_more)(u8 idx);
	void (*more)(u8 idx, pghot_found_fn found, void *arg);
	void (*forget)(unsigned long pfn);
};

void pghot_register_origin(enum pghot_origin_id id,
			   const struct pghot_origin *origin);
const struct pghot_origin *pghot_origin(enum pghot_origin_id id);

bool pghot_origin_look(enum pghot_origin_id id, unsigned long pfn,
		       struct pghot_view *view);
void pghot_origin_leave(enum pghot_origin_id id, unsigned long pfn, u8 idx,
			enum pghot_leave why);
void pghot_origin_forget(enum pghot_origin_id id, unsigned long pfn);
bool pghot_origin_has_more(enum pghot_origin_id id, u8 idx);
bool pghot_any_origin_has_more(u8 idx);

#endif /* _MM_PGHOT_QUEUE_ORIGIN_H */
