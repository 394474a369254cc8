/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recordings: what the kernel's pghot said, sample by sample, in a file.
 *
 * pghot-recording(5) describes the format; recording-format.h has it in C. A
 * recording keeps the messages of the family as they came, so that whoever reads
 * it decodes them with lib/family as if they came from the kernel.
 *
 * A sample reaches the file in one piece when it is complete. So whatever ends
 * the writer, all samples but the one under way are there, and a reader that
 * finds half a sample at the end knows that it may leave it out.
 */
#ifndef PGHOT_LIB_RECORDING_H
#define PGHOT_LIB_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "extack.h"

/* The one version of the format that there is. */
#define PGHOT_RECORDING_VERSION 1

/* Room for a line of the description. */
#define PGHOT_RECORDING_TEXT 96

/* ---- writing ------------------------------------------------------------- */

struct pghot_recorder;

/**
 * pghot_recorder_open() - begin a recording
 * @recp: where the recorder goes
 * @fd: file, pipe or socket to write to; stays the caller's
 * @program: name and version of the writer, for the description
 * @err: says what failed, may be NULL
 *
 * Writes the header at once.
 *
 * Return: 0 or a negative errno.
 */
int pghot_recorder_open(struct pghot_recorder **recp, int fd, const char *program,
			struct pghot_error *err);

/**
 * pghot_recorder_close() - free a recorder, with the sample under way if any
 * @rec: recorder, may be NULL
 */
void pghot_recorder_close(struct pghot_recorder *rec);

/**
 * struct pghot_rec_time - when a sample was taken and what that cost
 * @real_ns: CLOCK_REALTIME
 * @mono_ns: CLOCK_MONOTONIC
 * @wall_us: time that taking it took
 * @cpu_us: processor time of that, including the kernel's
 */
struct pghot_rec_time {
	uint64_t real_ns;
	uint64_t mono_ns;
	uint32_t wall_us;
	uint32_t cpu_us;
};

/**
 * pghot_recorder_begin() - begin a sample; one under way is forgotten
 * @rec: recorder
 *
 * What the following functions add stays in memory until the sample is committed.
 * When one of them fails, with -ENOMEM, the sample is spoilt and
 * pghot_recorder_commit() returns the same.
 */
void pghot_recorder_begin(struct pghot_recorder *rec);

/**
 * pghot_recorder_dump() - what follows is a dump of entries
 * @rec: recorder
 * @cmd: PGHOT_CMD_HEAP_GET, PGHOT_CMD_RECORD_GET or PGHOT_CMD_PROMOTED_GET
 *
 * The first message to follow is the request, the others are its answer. Before
 * the first call messages are answers to the requests for the state.
 */
void pghot_recorder_dump(struct pghot_recorder *rec, uint8_t cmd);

/**
 * pghot_recorder_message() - add a message of the family
 * @rec: recorder
 * @payload: what follows the netlink header, from the generic-netlink header on
 * @len: its bytes
 */
void pghot_recorder_message(struct pghot_recorder *rec, const void *payload, size_t len);

/**
 * pghot_recorder_refused() - the dump under way failed
 * @rec: recorder
 * @cmd: its command
 * @error: why
 *
 * What there is of the dump is taken back.
 */
void pghot_recorder_refused(struct pghot_recorder *rec, uint8_t cmd,
			    const struct pghot_error *error);

/**
 * pghot_recorder_cgroup() - add the path of a cgroup that entries name
 * @rec: recorder
 * @ino: its inode number
 * @path: from the root of the hierarchy
 */
void pghot_recorder_cgroup(struct pghot_recorder *rec, uint64_t ino, const char *path);

/**
 * struct pghot_span - page frames that a node has in one zone, or in a part of it;
 *	small holes included
 * @nid: node
 * @start: first page frame
 * @end: first page frame after
 */
struct pghot_span {
	uint32_t nid;
	uint64_t start;
	uint64_t end;
};

/**
 * pghot_recorder_span() - add where the memory of a node lies
 * @rec: recorder
 * @span: where
 */
void pghot_recorder_span(struct pghot_recorder *rec, const struct pghot_span *span);

/* Of a span of memory that is offline, where the system does not tell the node. */
#define PGHOT_SPAN_NID_UNKNOWN UINT32_MAX

/**
 * pghot_recorder_offline() - add memory blocks that are offline
 * @rec: recorder
 * @span: where; @nid may be PGHOT_SPAN_NID_UNKNOWN
 */
void pghot_recorder_offline(struct pghot_recorder *rec, const struct pghot_span *span);

/**
 * pghot_recorder_commit() - write the sample
 * @rec: recorder
 * @time: of the sample
 * @err: says what failed, may be NULL
 *
 * After an error a file ends with the sample before, as far as that can be
 * arranged, and nothing more should be written to it.
 *
 * Return: 0 or a negative errno.
 */
int pghot_recorder_commit(struct pghot_recorder *rec, const struct pghot_rec_time *time,
			  struct pghot_error *err);

/**
 * pghot_recorder_written() - what is in the recording so far
 * @rec: recorder
 * @samples: set to the number of samples, may be NULL
 *
 * Return: bytes.
 */
uint64_t pghot_recorder_written(const struct pghot_recorder *rec, uint64_t *samples);

/* ---- reading ------------------------------------------------------------- */

struct pghot_recording;

/**
 * enum pghot_damage - whether a recording can be read to its end
 * @PGHOT_DAMAGE_NONE: it can
 * @PGHOT_DAMAGE_CUT: it ends in the middle of a sample, as it does when its writer
 *	was killed or the disk was full
 * @PGHOT_DAMAGE_CORRUPT: something else than a sample follows
 */
enum pghot_damage {
	PGHOT_DAMAGE_NONE,
	PGHOT_DAMAGE_CUT,
	PGHOT_DAMAGE_CORRUPT,
};

/**
 * struct pghot_recording_info - what a recording is
 * @version: of the format
 * @real_ns: CLOCK_REALTIME when it was begun
 * @program: what wrote it
 * @kernel: release of the kernel that it is about
 * @machine: its architecture
 * @bytes: of the file
 * @samples: that can be read
 * @damage: why there are no more
 * @damage_at: offset of what cannot be read
 */
struct pghot_recording_info {
	unsigned int version;
	uint64_t real_ns;
	char program[PGHOT_RECORDING_TEXT];
	char kernel[PGHOT_RECORDING_TEXT];
	char machine[PGHOT_RECORDING_TEXT];
	uint64_t bytes;
	size_t samples;
	enum pghot_damage damage;
	uint64_t damage_at;
};

/**
 * pghot_recording_open() - open a recording
 * @recp: where it goes
 * @path: file; must be a regular one, for samples are read when they are needed
 * @err: says what is wrong with the file, may be NULL
 *
 * Finds the samples, without reading what is in them. A recording that is damaged
 * after at least one sample opens, and its info says so.
 *
 * Return: 0; -EINVAL when it is no recording or one of another kind of machine,
 * -ENODATA when it has no sample, -EPROTONOSUPPORT when its version is not known,
 * or another negative errno.
 */
int pghot_recording_open(struct pghot_recording **recp, const char *path, struct pghot_error *err);

/**
 * pghot_recording_open_memory() - open a recording that is in memory
 * @recp: where it goes
 * @data: the recording; must outlive it
 * @len: its bytes
 * @err: says what is wrong with it, may be NULL
 *
 * Return: as pghot_recording_open().
 */
int pghot_recording_open_memory(struct pghot_recording **recp, const void *data, size_t len,
				struct pghot_error *err);

/**
 * pghot_recording_close() - free a recording
 * @rec: recording, may be NULL
 */
void pghot_recording_close(struct pghot_recording *rec);

/**
 * pghot_recording_info() - what a recording is
 * @rec: recording
 */
const struct pghot_recording_info *pghot_recording_info(const struct pghot_recording *rec);

/**
 * pghot_recording_time() - when a sample was taken
 * @rec: recording
 * @i: sample, from 0 and less than there are
 */
const struct pghot_rec_time *pghot_recording_time(const struct pghot_recording *rec, size_t i);

/* Gets a message: command and attributes. Another return than 0 ends the reading. */
typedef int (*pghot_rec_message_fn)(uint8_t cmd, const void *attrs, size_t len, void *data);
typedef int (*pghot_rec_cgroup_fn)(uint64_t ino, const char *path, void *data);
typedef int (*pghot_rec_span_fn)(const struct pghot_span *span, void *data);

/*
 * Each reads a part of sample @i, checks it, and then calls @fn for each element.
 * What @fn gets is valid during the call only. They return 0, what @fn returned,
 * -ENODATA when the sample has no such part, -EBADMSG when it is damaged, or
 * another negative errno; @err says why.
 */
int pghot_recording_state(struct pghot_recording *rec, size_t i, pghot_rec_message_fn fn,
			  void *data, struct pghot_error *err);
int pghot_recording_cgroups(struct pghot_recording *rec, size_t i, pghot_rec_cgroup_fn fn,
			    void *data, struct pghot_error *err);
int pghot_recording_spans(struct pghot_recording *rec, size_t i, pghot_rec_span_fn fn, void *data,
			  struct pghot_error *err);
/* Memory blocks that are offline; -ENODATA also when there is none, or it was not recorded. */
int pghot_recording_offline(struct pghot_recording *rec, size_t i, pghot_rec_span_fn fn, void *data,
			    struct pghot_error *err);

/**
 * pghot_recording_dump() - read a dump of entries
 * @rec: recording
 * @i: sample
 * @cmd: which dump
 * @request: called for the request, may be NULL
 * @fn: called for each part of the answer
 * @data: for both
 * @err: says what failed; when the kernel refused the dump, what it said
 *
 * Return: as above, or the negative errno with which the kernel refused.
 */
int pghot_recording_dump(struct pghot_recording *rec, size_t i, uint8_t cmd,
			 pghot_rec_message_fn request, pghot_rec_message_fn fn, void *data,
			 struct pghot_error *err);

#endif /* PGHOT_LIB_RECORDING_H */
