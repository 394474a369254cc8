// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how much may be promoted now.
 *
 * A token bucket per target node. Tokens are base pages, counted in units of
 * 1 / NSEC_PER_SEC page so that a page per second at a clock in nanoseconds
 * loses nothing. The largest rate, 64 GiB/s, fills 1.7e16 units a second, so
 * the level stays far from overflow for any burst that is allowed.
 *
 * A folio is promoted whole or not at all. While the level is at least one
 * page the next folio may go, whatever its size, and drives the level below
 * zero; the debt is repaid before the next one goes. A limit below 2 MiB/s
 * thus promotes huge pages more rarely instead of never.
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "promote/ratelimit.h"

/**
 * pghot_ratelimit_init - start with an empty bucket
 * @rl: the bucket
 * @now_ns: present time
 */
void pghot_ratelimit_init(struct pghot_ratelimit *rl, u64 now_ns)
{
	rl->level = 0;
	rl->filled_ns = now_ns;
}

/**
 * pghot_ratelimit_fill - add what time has earned
 * @rl: the bucket
 * @now_ns: present time, not before that of the previous call
 * @pages_per_sec: rate in base pages
 * @burst_ms: how long unused allowance is kept, 1 to 60000
 *
 * Return: base pages that may be promoted now.
 */
u64 pghot_ratelimit_fill(struct pghot_ratelimit *rl, u64 now_ns,
			 u64 pages_per_sec, u32 burst_ms)
{
	u64 burst_ns = (u64)burst_ms * NSEC_PER_MSEC;
	u64 elapsed = now_ns - rl->filled_ns;
	s64 cap = max_t(s64, pages_per_sec * burst_ns, NSEC_PER_SEC);

	rl->filled_ns = now_ns;
	/*
	 * A debt may take longer than the burst to repay, so only the level is
	 * capped; the time is too, well above it, against overflow.
	 */
	elapsed = min(elapsed, burst_ns + 100ULL * NSEC_PER_SEC);
	rl->level = min(rl->level + (s64)(elapsed * pages_per_sec), cap);

	return rl->level > 0 ? div_u64(rl->level, NSEC_PER_SEC) : 0;
}

/**
 * pghot_ratelimit_charge - take pages out of the bucket
 * @rl: the bucket
 * @pages: base pages; negative gives back what was not promoted after all
 */
void pghot_ratelimit_charge(struct pghot_ratelimit *rl, s64 pages)
{
	rl->level -= pages * NSEC_PER_SEC;
}
