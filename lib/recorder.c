// SPDX-License-Identifier: GPL-2.0-or-later
/* Writing recordings: a sample is put together in memory and written at once. */

#include "recording.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <zlib.h>

#include "recording-format.h"

/* Bytes that grow; a failure to do so is kept until somebody asks. */
struct bytes {
	uint8_t *at;
	size_t len, max;
	bool failed;
};

/* The part at the end of a struct bytes that is open; offset 0 is the frame. */
#define NO_PART 0

/**
 * struct pghot_recorder - a recording being written
 * @fd: where to
 * @samples: written
 * @written: bytes of them and of the header
 * @broken: a write failed
 * @frame: sample under way: room for its header, then parts
 * @part: offset of the part that is open, NO_PART when none is
 * @nr_parts: parts in @frame
 * @cgroups: items of that part
 * @nr_cgroups: how many
 * @spans: items of that part
 * @nr_spans: how many
 * @offline: items of that part
 * @nr_offline: how many
 */
struct pghot_recorder {
	int fd;
	uint64_t samples;
	uint64_t written;
	bool broken;
	struct bytes frame;
	size_t part;
	uint32_t nr_parts;
	struct bytes cgroups;
	uint32_t nr_cgroups;
	struct bytes spans;
	uint32_t nr_spans;
	struct bytes offline;
	uint32_t nr_offline;
};

/* Appends zeros and returns them, or NULL; NULL once there was no memory. */
static uint8_t *append(struct bytes *b, size_t len)
{
	uint8_t *at;

	if (b->failed)
		return NULL;
	if (len > b->max - b->len) {
		size_t max = b->max ? b->max : 4096;

		while (max - b->len < len)
			max *= 2;
		at = realloc(b->at, max);
		if (!at) {
			b->failed = true;
			return NULL;
		}
		b->at = at;
		b->max = max;
	}
	at = b->at + b->len;
	memset(at, 0, len);
	b->len += len;
	return at;
}

static void align(struct bytes *b, size_t to)
{
	append(b, (to - b->len % to) % to);
}

static void begin_bytes(struct bytes *b)
{
	b->len = 0;
	b->failed = false;
}

/* Returns 0 or a negative errno, with *done telling how much went out. */
static int write_all(int fd, const void *data, size_t len, size_t *done)
{
	for (*done = 0; *done < len;) {
		ssize_t n = write(fd, (const char *)data + *done, len - *done);

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0)
			*done += (size_t)n;
	}
	return 0;
}

static uint32_t header_crc(const struct rec_header *h, const void *text, size_t len)
{
	struct rec_header copy = *h;

	copy.crc = 0;
	return (uint32_t)crc32_z(crc32_z(0, (const Bytef *)&copy, sizeof(copy)), text, len);
}

static int write_header(struct pghot_recorder *rec, const char *program, struct pghot_error *err)
{
	struct {
		struct rec_header h;
		char text[512];
	} out = { .h = { .byte_order = REC_BYTE_ORDER, .version = PGHOT_RECORDING_VERSION } };
	struct utsname uts;
	struct timespec ts;
	size_t done;
	int len, ret;

	if (uname(&uts))
		return pghot_error_set(err, errno, "cannot tell which kernel this is");
	len = snprintf(out.text, sizeof(out.text),
		       "format=pghot-recording\nprogram=%s\nkernel=%s\nmachine=%s\n", program,
		       uts.release, uts.machine);
	if (len < 0 || (size_t)len >= sizeof(out.text))
		len = sizeof(out.text) - 1;
	clock_gettime(CLOCK_REALTIME, &ts);
	memcpy(out.h.magic, REC_MAGIC, REC_MAGIC_LEN);
	out.h.real_ns = (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
	out.h.bytes = (uint32_t)rec_align(sizeof(out.h) + (size_t)len);
	out.h.crc = header_crc(&out.h, out.text, out.h.bytes - sizeof(out.h));
	ret = write_all(rec->fd, &out, out.h.bytes, &done);
	if (ret)
		return pghot_error_set(err, -ret, "cannot write");
	rec->written = done;
	return 0;
}

int pghot_recorder_open(struct pghot_recorder **recp, int fd, const char *program,
			struct pghot_error *err)
{
	struct pghot_recorder *rec = calloc(1, sizeof(*rec));
	int ret;

	if (!rec)
		return pghot_error_set(err, ENOMEM, "out of memory");
	rec->fd = fd;
	ret = write_header(rec, program, err);
	if (ret) {
		pghot_recorder_close(rec);
		return ret;
	}
	pghot_recorder_begin(rec);
	*recp = rec;
	return 0;
}

void pghot_recorder_close(struct pghot_recorder *rec)
{
	if (!rec)
		return;
	free(rec->frame.at);
	free(rec->cgroups.at);
	free(rec->spans.at);
	free(rec->offline.at);
	free(rec);
}

void pghot_recorder_begin(struct pghot_recorder *rec)
{
	begin_bytes(&rec->frame);
	begin_bytes(&rec->cgroups);
	begin_bytes(&rec->spans);
	begin_bytes(&rec->offline);
	append(&rec->frame, sizeof(struct rec_frame));
	rec->part = NO_PART;
	rec->nr_parts = rec->nr_cgroups = rec->nr_spans = rec->nr_offline = 0;
}

static struct rec_part *open_part(struct pghot_recorder *rec)
{
	return (struct rec_part *)(rec->frame.at + rec->part);
}

static void end_part(struct pghot_recorder *rec)
{
	struct rec_part *part;

	if (rec->part == NO_PART)
		return;
	if (!rec->frame.failed) {
		part = open_part(rec);
		part->bytes = rec->frame.len - rec->part - sizeof(*part);
		part->crc = (uint32_t)crc32_z(0, (const Bytef *)part, sizeof(*part) + part->bytes);
		align(&rec->frame, REC_ALIGN);
	}
	rec->part = NO_PART;
}

static void begin_part(struct pghot_recorder *rec, enum rec_kind kind, uint8_t cmd)
{
	struct rec_part *part;
	size_t at;

	end_part(rec);
	at = rec->frame.len;
	part = (struct rec_part *)append(&rec->frame, sizeof(*part));
	if (!part)
		return;
	part->kind = kind;
	part->cmd = cmd;
	rec->part = at;
	rec->nr_parts++;
}

/* Room for an item of the open part, whose size is padded to a multiple of @to. */
static void *add_item(struct pghot_recorder *rec, size_t len, size_t to)
{
	void *item = append(&rec->frame, (len + to - 1) / to * to);

	if (item)
		open_part(rec)->items++;
	return item;
}

void pghot_recorder_dump(struct pghot_recorder *rec, uint8_t cmd)
{
	begin_part(rec, REC_DUMP, cmd);
}

void pghot_recorder_message(struct pghot_recorder *rec, const void *payload, size_t len)
{
	const size_t bytes_len = sizeof(uint32_t);
	uint8_t *item;

	/* From @cmd on the item is the message. */
	if (len < sizeof(struct rec_message) - bytes_len || len > UINT32_MAX)
		return;
	if (rec->part == NO_PART)
		begin_part(rec, REC_STATE, 0);
	if (rec->frame.failed)
		return;
	item = add_item(rec, bytes_len + len, 4);
	if (!item)
		return;
	*(uint32_t *)item = (uint32_t)len;
	memcpy(item + bytes_len, payload, len);
}

void pghot_recorder_refused(struct pghot_recorder *rec, uint8_t cmd,
			    const struct pghot_error *error)
{
	size_t text = strlen(error->message) + 1;
	struct rec_refused *item;

	if (rec->part != NO_PART && !rec->frame.failed && open_part(rec)->kind == REC_DUMP &&
	    open_part(rec)->cmd == cmd) {
		rec->frame.len = rec->part;
		rec->part = NO_PART;
		rec->nr_parts--;
	}
	begin_part(rec, REC_REFUSED, cmd);
	if (rec->frame.failed)
		return;
	item = add_item(rec, sizeof(*item) + text, 1);
	if (!item)
		return;
	item->errnum = (uint32_t)error->errnum;
	item->bytes = (uint32_t)text;
	memcpy(item + 1, error->message, text);
	end_part(rec);
}

void pghot_recorder_cgroup(struct pghot_recorder *rec, uint64_t ino, const char *path)
{
	size_t text = strlen(path) + 1;
	struct rec_cgroup *item =
		(struct rec_cgroup *)append(&rec->cgroups, (size_t)rec_align(sizeof(*item) + text));

	if (!item)
		return;
	item->ino = ino;
	item->bytes = (uint32_t)text;
	memcpy(item + 1, path, text);
	rec->nr_cgroups++;
}

static void add_span(struct bytes *items, uint32_t *nr, const struct pghot_span *span)
{
	struct rec_span *item = (struct rec_span *)append(items, sizeof(*item));

	if (!item)
		return;
	*item = (struct rec_span){ .nid = span->nid, .start = span->start, .end = span->end };
	(*nr)++;
}

void pghot_recorder_span(struct pghot_recorder *rec, const struct pghot_span *span)
{
	add_span(&rec->spans, &rec->nr_spans, span);
}

void pghot_recorder_offline(struct pghot_recorder *rec, const struct pghot_span *span)
{
	add_span(&rec->offline, &rec->nr_offline, span);
}

static void append_part(struct pghot_recorder *rec, enum rec_kind kind, const struct bytes *items,
			uint32_t nr)
{
	uint8_t *at;

	if (!nr)
		return;
	begin_part(rec, kind, 0);
	at = append(&rec->frame, items->len);
	if (!at)
		return;
	memcpy(at, items->at, items->len);
	open_part(rec)->items = nr;
	end_part(rec);
}

/* A file shall end with a whole sample; what is no file cannot be helped. */
static void take_back(const struct pghot_recorder *rec, size_t done)
{
	off_t end = lseek(rec->fd, 0, SEEK_CUR);
	struct stat st;

	if (!done || end < (off_t)done || fstat(rec->fd, &st) || !S_ISREG(st.st_mode))
		return;
	/* If that fails too, a reader leaves the piece out. */
	if (!ftruncate(rec->fd, end - (off_t)done))
		lseek(rec->fd, end - (off_t)done, SEEK_SET);
}

int pghot_recorder_commit(struct pghot_recorder *rec, const struct pghot_rec_time *time,
			  struct pghot_error *err)
{
	struct rec_frame *frame;
	size_t done;
	int ret;

	if (rec->broken)
		return pghot_error_set(err, EIO, "writing failed before");
	append_part(rec, REC_CGROUPS, &rec->cgroups, rec->nr_cgroups);
	append_part(rec, REC_SPANS, &rec->spans, rec->nr_spans);
	append_part(rec, REC_OFFLINE, &rec->offline, rec->nr_offline);
	end_part(rec);
	if (rec->frame.failed || rec->cgroups.failed || rec->spans.failed || rec->offline.failed) {
		pghot_recorder_begin(rec);
		return pghot_error_set(err, ENOMEM, "out of memory");
	}

	frame = (struct rec_frame *)rec->frame.at;
	*frame = (struct rec_frame){
		.magic = REC_FRAME_MAGIC,
		.nr_parts = rec->nr_parts,
		.number = rec->samples,
		.bytes = rec->frame.len,
		.real_ns = time->real_ns,
		.mono_ns = time->mono_ns,
		.wall_us = time->wall_us,
		.cpu_us = time->cpu_us,
	};
	frame->crc = (uint32_t)crc32_z(0, (const Bytef *)frame, offsetof(struct rec_frame, crc));
	ret = write_all(rec->fd, frame, rec->frame.len, &done);
	if (ret) {
		take_back(rec, done);
		rec->broken = true;
		return pghot_error_set(err, -ret, "cannot write");
	}
	rec->written += done;
	rec->samples++;
	pghot_recorder_begin(rec);
	return 0;
}

uint64_t pghot_recorder_written(const struct pghot_recorder *rec, uint64_t *samples)
{
	if (samples)
		*samples = rec->samples;
	return rec->written;
}
