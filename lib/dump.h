/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The data plane: requests and streaming dumps of the pghot family over libmnl.
 *
 * A connection carries one request at a time. A request is started, which sends
 * it, and then stepped until it is done; every element of its answer goes to a
 * callback as it arrives, so memory does not grow with the size of a dump.
 *
 *	err = pghot_start_dump(conn, PGHOT_DUMP_HEAP, &filter, row, data, &error);
 *	while (err >= 0 && (err = pghot_conn_step(conn, &error)) == PGHOT_STEP_MORE)
 *		… poll() pghot_conn_fd() for POLLIN together with all else …
 *
 * or, when there is nothing else to wait for, pghot_conn_finish(). One that is of
 * no interest any more is given up with pghot_conn_cancel().
 */
#ifndef PGHOT_LIB_DUMP_H
#define PGHOT_LIB_DUMP_H

#include "extack.h"
#include "family.h"

struct pghot_conn;

/* pghot_conn_step(): the request is answered, or wait for the socket. */
#define PGHOT_STEP_DONE 0
#define PGHOT_STEP_MORE 1

/**
 * pghot_conn_open() - connect to the kernel's pghot
 * @connp: where the connection goes
 * @err: says what failed, may be NULL
 *
 * The socket does not block and has a receive buffer of some MiB.
 *
 * Return: 0, -ENOENT when this kernel has no pghot family, or another negative
 * errno.
 */
int pghot_conn_open(struct pghot_conn **connp, struct pghot_error *err);

/**
 * pghot_conn_close() - give the connection back
 * @conn: connection, may be NULL
 */
void pghot_conn_close(struct pghot_conn *conn);

/* Gets a request or a part of an answer, from the generic-netlink header on. */
typedef void (*pghot_tap_fn)(bool request, const void *payload, size_t len, void *data);

/**
 * pghot_conn_tap() - listen to what is said, for a recording
 * @conn: connection
 * @fn: called for each request and for each part of its answer, before callbacks
 *	get it; NULL to end that
 * @data: passed to @fn
 */
void pghot_conn_tap(struct pghot_conn *conn, pghot_tap_fn fn, void *data);

/**
 * pghot_conn_fd() - descriptor to poll for POLLIN
 * @conn: connection
 *
 * pghot_conn_cancel() may change it: ask again before each poll.
 */
int pghot_conn_fd(const struct pghot_conn *conn);

/**
 * pghot_conn_busy() - is a request under way?
 * @conn: connection
 */
bool pghot_conn_busy(const struct pghot_conn *conn);

/**
 * pghot_conn_interrupted() - was the last dump inconsistent?
 * @conn: connection
 *
 * The kernel marks a dump (NLM_F_DUMP_INTR) when what it dumps changed between
 * two messages. It is still complete enough to show; who needs a consistent
 * one repeats it.
 */
bool pghot_conn_interrupted(const struct pghot_conn *conn);

/**
 * enum pghot_dump_kind - what to dump entries of
 * @PGHOT_DUMP_HEAP: what waits for promotion, hottest first
 * @PGHOT_DUMP_RECORDS: tracked pages by page frame, hottest first with a limit
 * @PGHOT_DUMP_PROMOTED: the most recent promotions, latest first
 */
enum pghot_dump_kind {
	PGHOT_DUMP_HEAP,
	PGHOT_DUMP_RECORDS,
	PGHOT_DUMP_PROMOTED,
};

/**
 * struct pghot_dump_filter - which entries the kernel shall send
 * @present: the fields that apply, 1 << PGHOT_A_DUMP_…; none by default
 * @nid: PGHOT_A_DUMP_NID
 * @limit: PGHOT_A_DUMP_LIMIT, up to PGHOT_DUMP_LIMIT_MAX
 * @min_freq: PGHOT_A_DUMP_MIN_FREQ, not for promotions
 * @pfn_start: PGHOT_A_DUMP_PFN_START, records only
 * @pfn_end: PGHOT_A_DUMP_PFN_END, inclusive, records only
 */
struct pghot_dump_filter {
	uint64_t present;
	uint32_t nid;
	uint32_t limit;
	uint32_t min_freq;
	uint64_t pfn_start;
	uint64_t pfn_end;
};

/*
 * Callbacks get one element each, valid during the call only. A return other
 * than 0 ends the request: pghot_conn_step() returns it, and it should be a
 * negative errno. They must not start another request.
 */
typedef int (*pghot_info_fn)(const struct pghot_info *info, void *data);
typedef int (*pghot_source_fn)(const struct pghot_source *src, void *data);
typedef int (*pghot_params_fn)(const struct pghot_params *params, void *data);
typedef int (*pghot_node_fn)(const struct pghot_node *node, void *data);
typedef int (*pghot_stats_fn)(const struct pghot_stats *stats, void *data);
/* @nid: node that the dump has the entry under; of a heap, the target. */
typedef int (*pghot_entry_fn)(const struct pghot_entry *entry, uint32_t nid, void *data);

/*
 * Each sends one request: 0, -EBUSY while another is under way, or another
 * negative errno with @err (may be NULL) filled. Sources and nodes are dumps
 * with a callback for each, the others have one answer. @fn may be NULL when a tap
 * is all that listens.
 */
int pghot_start_info(struct pghot_conn *conn, pghot_info_fn fn, void *data,
		     struct pghot_error *err);
int pghot_start_sources(struct pghot_conn *conn, pghot_source_fn fn, void *data,
			struct pghot_error *err);
int pghot_start_params(struct pghot_conn *conn, pghot_params_fn fn, void *data,
		       struct pghot_error *err);
int pghot_start_nodes(struct pghot_conn *conn, pghot_node_fn fn, void *data,
		      struct pghot_error *err);
int pghot_start_stats(struct pghot_conn *conn, pghot_stats_fn fn, void *data,
		      struct pghot_error *err);

/**
 * pghot_start_dump() - ask for entries
 * @conn: connection
 * @kind: which
 * @filter: which of them, NULL for all
 * @fn: called for each
 * @data: passed to @fn
 * @err: says what failed, may be NULL
 *
 * Needs CAP_SYS_ADMIN in the initial user namespace: -EPERM otherwise, most
 * often from the first step.
 *
 * Return: 0, -EBUSY, -EINVAL when @filter has what @kind does not take, or
 * another negative errno.
 */
int pghot_start_dump(struct pghot_conn *conn, enum pghot_dump_kind kind,
		     const struct pghot_dump_filter *filter, pghot_entry_fn fn, void *data,
		     struct pghot_error *err);

typedef int (*pghot_explain_fn)(const struct pghot_explanation *x, void *data);

/**
 * pghot_start_explain() - ask what there is between a page and its promotion
 * @conn: connection
 * @pfn: page frame
 * @fn: gets the answer
 * @data: passed to @fn
 * @err: says what failed, may be NULL
 *
 * Needs what pghot_start_dump() needs, and moves nothing.
 *
 * Return: 0, -EBUSY, or another negative errno.
 */
int pghot_start_explain(struct pghot_conn *conn, uint64_t pfn, pghot_explain_fn fn, void *data,
			struct pghot_error *err);

typedef int (*pghot_summary_fn)(const struct pghot_summary_part *part, void *data);

/**
 * pghot_start_summary() - ask how much memory is how hot, and whose
 * @conn: connection
 * @nid: only memory of this node, or -1
 * @min_freq: only pages with at least this frequency, from 1
 * @fn: called for each part; those about the same memory are to be added up, see summary.h
 * @data: passed to @fn
 * @err: says what failed, may be NULL
 *
 * Needs what pghot_start_dump() needs. The kernel adds up what was accessed, so that the
 * answer has no page by itself.
 *
 * Return: 0, -EBUSY, or another negative errno.
 */
int pghot_start_summary(struct pghot_conn *conn, int nid, uint32_t min_freq, pghot_summary_fn fn,
			void *data, struct pghot_error *err);

/**
 * pghot_conn_step() - take in what has arrived, without waiting
 * @conn: connection with a request under way
 * @err: says what failed, may be NULL
 *
 * Takes at most a few buffers at a time, so that a caller with a screen stays
 * responsive during a long dump.
 *
 * Return: PGHOT_STEP_DONE, PGHOT_STEP_MORE, what a callback returned, or a
 * negative errno; the request is over in all cases but PGHOT_STEP_MORE.
 */
int pghot_conn_step(struct pghot_conn *conn, struct pghot_error *err);

/**
 * pghot_conn_finish() - step until done, waiting
 * @conn: connection with a request under way
 * @timeout_ms: longest wait for the next message, -1 for ever
 * @err: says what failed, may be NULL
 *
 * A signal ends it with -EINTR.
 *
 * Return: 0, what a callback returned, -ETIMEDOUT, or another negative errno.
 */
int pghot_conn_finish(struct pghot_conn *conn, int timeout_ms, struct pghot_error *err);

/**
 * pghot_conn_cancel() - give up the request under way
 * @conn: connection
 * @err: says what failed, may be NULL
 *
 * The kernel keeps an unfinished dump on its socket, so this replaces the
 * socket. No-op when nothing is under way.
 *
 * Return: 0 or a negative errno, after which @conn can only be closed.
 */
int pghot_conn_cancel(struct pghot_conn *conn, struct pghot_error *err);

#endif /* PGHOT_LIB_DUMP_H */
