/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recordings as reports read them: what a sample says, decoded. */
#ifndef PGHOTCTL_REPORT_SAMPLE_H
#define PGHOTCTL_REPORT_SAMPLE_H

#include "backend/ctx.h"
#include "dump.h"
#include "family.h"
#include "recording.h"

/**
 * struct sample_state - state of the kernel's pghot in a sample
 * @info: what it is
 * @params: parameters
 * @stats: counters
 * @nr_nodes: used elements of @nodes
 * @nodes: nodes
 * @max_nodes: room
 * @nr_sources: used elements of @sources
 * @sources: sources
 */
struct sample_state {
	struct pghot_info info;
	struct pghot_params params;
	struct pghot_stats stats;
	size_t nr_nodes, max_nodes;
	struct pghot_node *nodes;
	unsigned int nr_sources;
	struct pghot_source sources[PGHOT_SOURCES_MAX];
};

/**
 * sample_open() - open a recording
 * @ctx: context; gets the failure
 * @path: of the file
 * @rec: where it goes
 *
 * Return: exit status.
 */
int sample_open(struct ctx *ctx, const char *path, struct pghot_recording **rec);

/**
 * sample_failed() - a recording could not be read
 * @ctx: context; gets the failure
 * @path: of the file
 * @ret: negative errno
 * @err: what was said of it
 *
 * Return: exit status.
 */
int sample_failed(struct ctx *ctx, const char *path, int ret, const struct pghot_error *err);

/**
 * sample_state_new() - room for a state, which is too large for a stack
 *
 * Return: for sample_state_free(), or NULL without memory.
 */
struct sample_state *sample_state_new(void);

/**
 * sample_state_free() - free a state
 * @s: state, may be NULL
 */
void sample_state_free(struct sample_state *s);

/**
 * sample_state_read() - the state in a sample
 * @rec: recording
 * @i: sample
 * @s: filled; what it had before is forgotten
 * @err: says what failed
 *
 * Return: 0, -EBADMSG, or another negative errno.
 */
int sample_state_read(struct pghot_recording *rec, size_t i, struct sample_state *s,
		      struct pghot_error *err);

/**
 * sample_node() - a node of a state
 * @s: state
 * @nid: node
 *
 * Return: node, or NULL when there is none.
 */
const struct pghot_node *sample_node(const struct sample_state *s, uint32_t nid);

/**
 * sample_records() - the tracked pages of a sample
 * @rec: recording
 * @i: sample
 * @limit: set to the most that were asked for, 0 for all; may be NULL
 * @fn: called for each; another return than 0 ends it
 * @data: passed to @fn
 * @err: says what failed
 *
 * Return: 0, what @fn returned, -ENODATA when the sample has no records, the negative
 * errno with which the kernel refused them, -EBADMSG, or another one.
 */
int sample_records(struct pghot_recording *rec, size_t i, uint32_t *limit, pghot_entry_fn fn,
		   void *data, struct pghot_error *err);

/**
 * sample_time_text() - a time of day of the recording: "2026-11-29 12:00:01"
 * @buf: buffer of 32 bytes
 * @size: its bytes
 * @real_ns: CLOCK_REALTIME
 *
 * In the time zone of who reads.
 *
 * Return: @buf.
 */
char *sample_time_text(char *buf, size_t size, uint64_t real_ns);

#endif /* PGHOTCTL_REPORT_SAMPLE_H */
