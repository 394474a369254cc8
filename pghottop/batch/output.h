/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard output of the batch modes: why it failed, and whether somebody still reads. */
#ifndef PGHOTTOP_BATCH_OUTPUT_H
#define PGHOTTOP_BATCH_OUTPUT_H

#include <poll.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct output - a stream that remembers why it failed
 * @file: to print to
 * @fd: where that goes
 * @errnum: errno of the first write that failed, 0 when none did; stdio has only a flag
 */
struct output {
	FILE *file;
	int fd;
	int errnum;
};

/**
 * output_open() - begin
 * @o: filled in, and to stay where it is
 * @fd: descriptor to write to; it stays open
 *
 * Return: 0 or a negative errno.
 */
int output_open(struct output *o, int fd);

/**
 * output_flush() - write what was printed
 * @o: output
 *
 * Return: 0, or the negative errno of the first write that failed.
 */
int output_flush(struct output *o);

/**
 * output_close() - end, without a word about what was not written
 * @o: output
 */
void output_close(struct output *o);

/**
 * output_poll() - the entry of a poll() that wakes up when nobody reads any more
 * @o: output
 */
struct pollfd output_poll(const struct output *o);

/**
 * output_gone() - did the reader go away?
 * @o: output; the error is noted
 * @pfd: as poll() left it
 *
 * Return: 0, or -EPIPE.
 */
int output_gone(struct output *o, const struct pollfd *pfd);

/**
 * output_wait() - sleep, but not longer than somebody reads
 * @o: output
 * @until_ns: CLOCK_MONOTONIC
 *
 * Return: 0, or -EPIPE.
 */
int output_wait(struct output *o, uint64_t until_ns);

#endif
