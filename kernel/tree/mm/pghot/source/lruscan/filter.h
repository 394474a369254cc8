/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: two Bloom filters, by which klruscand remembers from one round to the next where
 * it found something. What for is told in scan.c.
 */
#ifndef _MM_PGHOT_LRUSCAN_FILTER_H
#define _MM_PGHOT_LRUSCAN_FILTER_H

#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/slab.h>

/**
 * struct lruscan_filters - what was remembered for a round, and is for the next
 * @bits: by turns, the one of even and the one of odd rounds
 * @shift: log2 of the bits of each
 *
 * klruscand's own: no lock.
 */
struct lruscan_filters {
	unsigned long *bits[2];
	unsigned int shift;
};

static inline size_t lruscan_filter_bytes(const struct lruscan_filters *f)
{
	return BITS_TO_BYTES(BIT(f->shift));
}

static inline void lruscan_filters_free(struct lruscan_filters *f)
{
	kvfree(f->bits[0]);
	kvfree(f->bits[1]);
}

/**
 * lruscan_filters_alloc - two filters in which nothing is known
 * @f: them
 * @shift: log2 of the bits of each, as lruscan_filter_shift() has it
 *
 * Context: may sleep.
 * Return: false when there is no memory.
 */
static inline bool lruscan_filters_alloc(struct lruscan_filters *f,
					 unsigned int shift)
{
	f->shift = shift;
	f->bits[0] = kvzalloc(lruscan_filter_bytes(f), GFP_KERNEL);
	f->bits[1] = kvzalloc(lruscan_filter_bytes(f), GFP_KERNEL);
	if (f->bits[0] && f->bits[1])
		return true;
	lruscan_filters_free(f);
	return false;
}

static inline void lruscan_filter_keys(const struct lruscan_filters *f, u64 item,
				       u32 *key)
{
	u64 hash = hash_64(item, 2 * f->shift);

	key[0] = hash & (BIT(f->shift) - 1);
	key[1] = hash >> f->shift;
}

/* Was @item remembered in the round before @round? */
static inline bool lruscan_is_known(const struct lruscan_filters *f,
				    unsigned long round, u64 item)
{
	const unsigned long *bits = f->bits[round & 1];
	u32 key[2];

	lruscan_filter_keys(f, item, key);
	return test_bit(key[0], bits) && test_bit(key[1], bits);
}

/* Remember @item for the round after @round. */
static inline void lruscan_remember(struct lruscan_filters *f, unsigned long round,
				    u64 item)
{
	unsigned long *bits = f->bits[~round & 1];
	u32 key[2];

	lruscan_filter_keys(f, item, key);
	__set_bit(key[0], bits);
	__set_bit(key[1], bits);
}

/* @round begins: nothing is known yet for the one after it. */
static inline void lruscan_filters_begin(struct lruscan_filters *f,
					 unsigned long round)
{
	bitmap_zero(f->bits[~round & 1], BIT(f->shift));
}

#endif /* _MM_PGHOT_LRUSCAN_FILTER_H */
