/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples of the running kernel, on their way into a recording. What `pghotctl
 * record` and `pghottop --record` have in common, which is all but when.
 */
#ifndef PGHOT_LIB_CAPTURE_H
#define PGHOT_LIB_CAPTURE_H

#include "dump.h"
#include "recording.h"

/* Entries of each dump unless something else is asked for. */
#define PGHOT_CAPTURE_LIMIT 4096

/**
 * struct pghot_capture_what - what samples have beside the state
 * @dumps: 1 << enum pghot_dump_kind
 * @limit: entries of each dump, the hottest or most recent ones; 0 for all
 */
struct pghot_capture_what {
	unsigned int dumps;
	uint32_t limit;
};

struct pghot_capture;

/**
 * pghot_capture_open() - prepare to take samples
 * @capp: where it goes
 * @rec: recorder that they go to; must outlive it
 * @what: what they shall have
 *
 * The kernel is connected to when a sample is taken.
 *
 * Return: 0 or -ENOMEM.
 */
int pghot_capture_open(struct pghot_capture **capp, struct pghot_recorder *rec,
		       const struct pghot_capture_what *what);

/**
 * pghot_capture_close() - free
 * @cap: may be NULL
 */
void pghot_capture_close(struct pghot_capture *cap);

/**
 * pghot_capture_begin() - begin a sample; one under way is forgotten
 * @cap: capture
 */
void pghot_capture_begin(struct pghot_capture *cap);

/**
 * pghot_capture_step() - go on with a sample, without waiting
 * @cap: capture
 * @err: says what failed
 *
 * A dump that the kernel refuses is no failure of the sample: the recording says
 * that it was refused.
 *
 * Return: PGHOT_STEP_MORE when pghot_capture_fd() has to be waited for,
 * PGHOT_STEP_DONE when the sample was written, or a negative errno.
 * pghot_capture_lost() tells the failures of writing from those of the kernel.
 */
int pghot_capture_step(struct pghot_capture *cap, struct pghot_error *err);

/**
 * pghot_capture_fd() - descriptor to poll for POLLIN, -1 when there is none
 * @cap: capture
 */
int pghot_capture_fd(const struct pghot_capture *cap);

/**
 * pghot_capture_lost() - did writing fail, so that the recording has ended?
 * @cap: capture
 */
bool pghot_capture_lost(const struct pghot_capture *cap);

/**
 * pghot_capture_refusal() - what the kernel said when it refused a dump
 * @cap: capture
 *
 * Return: the refusal of the last sample, @errnum 0 when there was none.
 */
const struct pghot_error *pghot_capture_refusal(const struct pghot_capture *cap);

#endif /* PGHOT_LIB_CAPTURE_H */
