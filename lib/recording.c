// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading recordings. The file is somebody else's: nothing in it is believed
 * before it was checked, and nothing is allocated that the file is too small for.
 *
 * Opening goes from frame to frame by their headers, 64 bytes each, so that a huge
 * recording opens soon. Parts are read and checked when somebody asks for them.
 */

#include "recording.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "recording-format.h"

/**
 * struct place - where a sample is
 * @at: offset of its frame
 * @bytes: of its frame
 * @nr_parts: parts of it
 * @time: when it was taken
 */
struct place {
	uint64_t at;
	uint64_t bytes;
	uint32_t nr_parts;
	struct pghot_rec_time time;
};

/**
 * struct pghot_recording - a recording being read
 * @fd: file, -1 when it is in memory
 * @memory: if it is there
 * @info: what it is
 * @places: its samples
 * @max: room for them
 * @part: the items of the part read last
 * @part_max: room for them
 */
struct pghot_recording {
	int fd;
	const uint8_t *memory;
	struct pghot_recording_info info;
	struct place *places;
	size_t max;
	uint8_t *part;
	size_t part_max;
};

/* Checksums of what a fuzzer makes up never fit, and it shall get behind them. */
static bool crc_fits(uint32_t have, uLong want)
{
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
	(void)have;
	(void)want;
	return true;
#else
	return have == (uint32_t)want;
#endif
}

/* All of @len bytes or nothing: 0, -ENODATA behind the end, or an errno. */
static int read_at(const struct pghot_recording *rec, uint64_t at, void *buf, size_t len)
{
	size_t done = 0;

	if (at > rec->info.bytes || len > rec->info.bytes - at)
		return -ENODATA;
	if (!len)
		return 0;
	if (rec->memory) {
		memcpy(buf, rec->memory + at, len);
		return 0;
	}
	while (done < len) {
		ssize_t n = pread(rec->fd, (char *)buf + done, len - done, (off_t)(at + done));

		if (n < 0 && errno != EINTR)
			return -errno;
		/* Somebody cut it since it was opened. */
		if (!n)
			return -ENODATA;
		if (n > 0)
			done += (size_t)n;
	}
	return 0;
}

/* ---- opening ------------------------------------------------------------- */

static void take_text(char *dst, const char *line, size_t len)
{
	if (len >= PGHOT_RECORDING_TEXT)
		len = PGHOT_RECORDING_TEXT - 1;
	memcpy(dst, line, len);
	dst[len] = '\0';
}

static void read_description(struct pghot_recording_info *info, const char *text, size_t len)
{
	const struct {
		const char *key;
		char *value;
	} keys[] = {
		{ "program=", info->program },
		{ "kernel=", info->kernel },
		{ "machine=", info->machine },
	};

	while (len) {
		const char *end = memchr(text, '\n', len);
		size_t line = end ? (size_t)(end - text) : strnlen(text, len);

		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			size_t key = strlen(keys[i].key);

			if (line > key && !memcmp(text, keys[i].key, key))
				take_text(keys[i].value, text + key, line - key);
		}
		if (!end)
			break;
		text += line + 1;
		len -= line + 1;
	}
}

static int no_recording(struct pghot_error *err, const char *why)
{
	return pghot_error_set(err, EINVAL, "not a pghot recording: %s", why);
}

static int read_header(struct pghot_recording *rec, uint64_t *end, struct pghot_error *err)
{
	struct rec_header h;
	char *text;
	size_t len;
	uint32_t crc;
	int ret;

	if (!rec->info.bytes)
		return no_recording(err, "the file is empty");
	ret = read_at(rec, 0, &h, sizeof(h));
	if (ret == -ENODATA)
		return no_recording(err, "too short for a header");
	if (ret)
		return pghot_error_set(err, -ret, "cannot read");
	if (memcmp(h.magic, REC_MAGIC, REC_MAGIC_LEN))
		return no_recording(err, "it begins differently");
	if (h.byte_order == __builtin_bswap32(REC_BYTE_ORDER))
		return pghot_error_set(err, EINVAL,
				       "recorded on a machine of the other byte order; "
				       "it can be read on such a machine only");
	if (h.byte_order != REC_BYTE_ORDER)
		return no_recording(err, "the header is damaged");
	if (h.version != PGHOT_RECORDING_VERSION)
		return pghot_error_set(err, EPROTONOSUPPORT,
				       "recording of version %u; this program reads version %u",
				       h.version, PGHOT_RECORDING_VERSION);
	if (h.bytes < sizeof(h) || h.bytes > REC_HEADER_MAX || h.bytes % REC_ALIGN)
		return no_recording(err, "the header is damaged");

	len = h.bytes - sizeof(h);
	text = malloc(len + 1);
	if (!text)
		return pghot_error_set(err, ENOMEM, "out of memory");
	ret = read_at(rec, sizeof(h), text, len);
	crc = h.crc;
	h.crc = 0;
	if (!ret && !crc_fits(crc, crc32_z(crc32_z(0, (const Bytef *)&h, sizeof(h)),
					   (const Bytef *)text, len)))
		ret = no_recording(err, "the header is damaged");
	else if (ret == -ENODATA)
		ret = no_recording(err, "too short for a header");
	else if (ret)
		pghot_error_set(err, -ret, "cannot read");
	if (!ret)
		read_description(&rec->info, text, len);
	free(text);
	rec->info.version = h.version;
	rec->info.real_ns = h.real_ns;
	*end = h.bytes;
	return ret;
}

static int add_place(struct pghot_recording *rec, const struct rec_frame *f, uint64_t at)
{
	if (rec->info.samples == rec->max) {
		size_t max = rec->max ? rec->max * 2 : 64;
		struct place *places = reallocarray(rec->places, max, sizeof(*places));

		if (!places)
			return -ENOMEM;
		rec->places = places;
		rec->max = max;
	}
	rec->places[rec->info.samples++] = (struct place){
		.at = at,
		.bytes = f->bytes,
		.nr_parts = f->nr_parts,
		.time = {
			.real_ns = f->real_ns,
			.mono_ns = f->mono_ns,
			.wall_us = f->wall_us,
			.cpu_us = f->cpu_us,
		},
	};
	return 0;
}

static bool frame_ok(const struct pghot_recording *rec, const struct rec_frame *f)
{
	return f->magic == REC_FRAME_MAGIC && f->number == rec->info.samples &&
	       f->nr_parts <= REC_PARTS_MAX && f->bytes >= sizeof(*f) &&
	       f->bytes % REC_ALIGN == 0 &&
	       crc_fits(f->crc, crc32_z(0, (const Bytef *)f, offsetof(struct rec_frame, crc)));
}

static int find_samples(struct pghot_recording *rec, uint64_t at, struct pghot_error *err)
{
	struct pghot_recording_info *info = &rec->info;

	while (at < info->bytes && !info->damage) {
		struct rec_frame f;
		int ret = read_at(rec, at, &f, sizeof(f));

		info->damage_at = at;
		if (ret == -ENODATA) {
			info->damage = PGHOT_DAMAGE_CUT;
		} else if (ret) {
			return pghot_error_set(err, -ret, "cannot read");
		} else if (!frame_ok(rec, &f)) {
			info->damage = PGHOT_DAMAGE_CORRUPT;
		} else if (f.bytes > info->bytes - at) {
			info->damage = PGHOT_DAMAGE_CUT;
		} else if (add_place(rec, &f, at)) {
			return pghot_error_set(err, ENOMEM, "out of memory");
		} else {
			at += f.bytes;
		}
	}
	if (!info->damage)
		info->damage_at = info->bytes;
	if (info->samples)
		return 0;
	if (info->damage == PGHOT_DAMAGE_CORRUPT)
		return pghot_error_set(err, ENODATA,
				       "the recording is damaged before its first sample");
	return pghot_error_set(err, ENODATA, "the recording has no complete sample");
}

static int open_with(struct pghot_recording **recp, struct pghot_recording *rec,
		     struct pghot_error *err)
{
	uint64_t at = 0;
	int ret = read_header(rec, &at, err);

	if (!ret)
		ret = find_samples(rec, at, err);
	if (ret) {
		pghot_recording_close(rec);
		return ret;
	}
	*recp = rec;
	return 0;
}

static int open_file(struct pghot_recording *rec, const char *path, struct pghot_error *err)
{
	struct stat st;

	/* A FIFO must not make us wait; it is refused below. */
	rec->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (rec->fd < 0)
		return pghot_error_set(err, errno, "cannot open");
	if (fstat(rec->fd, &st))
		return pghot_error_set(err, errno, "cannot open");
	if (!S_ISREG(st.st_mode))
		return pghot_error_set(err, EINVAL,
				       "not a regular file; a recording is read out of order");
	rec->info.bytes = (uint64_t)st.st_size;
	return 0;
}

int pghot_recording_open(struct pghot_recording **recp, const char *path, struct pghot_error *err)
{
	struct pghot_recording *rec = calloc(1, sizeof(*rec));
	int ret;

	if (!rec)
		return pghot_error_set(err, ENOMEM, "out of memory");
	ret = open_file(rec, path, err);
	if (ret) {
		pghot_recording_close(rec);
		return ret;
	}
	return open_with(recp, rec, err);
}

int pghot_recording_open_memory(struct pghot_recording **recp, const void *data, size_t len,
				struct pghot_error *err)
{
	struct pghot_recording *rec = calloc(1, sizeof(*rec));

	if (!rec)
		return pghot_error_set(err, ENOMEM, "out of memory");
	rec->fd = -1;
	rec->memory = data;
	rec->info.bytes = len;
	return open_with(recp, rec, err);
}

void pghot_recording_close(struct pghot_recording *rec)
{
	if (!rec)
		return;
	if (!rec->memory && rec->fd >= 0)
		close(rec->fd);
	free(rec->places);
	free(rec->part);
	free(rec);
}

const struct pghot_recording_info *pghot_recording_info(const struct pghot_recording *rec)
{
	return &rec->info;
}

const struct pghot_rec_time *pghot_recording_time(const struct pghot_recording *rec, size_t i)
{
	return &rec->places[i].time;
}

/* ---- parts --------------------------------------------------------------- */

static int damaged(struct pghot_error *err, size_t i)
{
	return pghot_error_set(err, EBADMSG, "sample %zu of the recording is damaged", i);
}

static int read_items(struct pghot_recording *rec, uint64_t at, struct rec_part *part, size_t i,
		      struct pghot_error *err)
{
	uint32_t crc = part->crc;
	uLong sum;
	int ret;

	if (part->bytes > rec->part_max) {
		uint8_t *items = realloc(rec->part, part->bytes);

		if (!items)
			return pghot_error_set(err, ENOMEM, "out of memory");
		rec->part = items;
		rec->part_max = part->bytes;
	}
	ret = read_at(rec, at, rec->part, part->bytes);
	if (ret == -ENODATA)
		return damaged(err, i);
	if (ret)
		return pghot_error_set(err, -ret, "cannot read");
	part->crc = 0;
	sum = crc32_z(0, (const Bytef *)part, sizeof(*part));
	/* Without items there may be no buffer, which zlib takes for a question. */
	if (part->bytes)
		sum = crc32_z(sum, rec->part, part->bytes);
	return crc_fits(crc, sum) ? 0 : damaged(err, i);
}

/* Finds a part, reads its items to rec->part; @cmd 0 for any. */
static int find_part(struct pghot_recording *rec, size_t i, enum rec_kind kind, uint8_t cmd,
		     struct rec_part *part, struct pghot_error *err)
{
	const struct place *place = &rec->places[i];
	uint64_t at = place->at + sizeof(struct rec_frame), end = place->at + place->bytes;

	for (uint32_t k = 0; k < place->nr_parts; k++) {
		int ret;

		if (end - at < sizeof(*part))
			return damaged(err, i);
		ret = read_at(rec, at, part, sizeof(*part));
		if (ret == -ENODATA)
			return damaged(err, i);
		if (ret)
			return pghot_error_set(err, -ret, "cannot read");
		at += sizeof(*part);
		if (part->bytes > end - at || rec_align(part->bytes) > end - at)
			return damaged(err, i);
		if (part->kind == kind && (!cmd || part->cmd == cmd))
			return read_items(rec, at, part, i, err);
		at += rec_align(part->bytes);
	}
	return -ENODATA;
}

static int nothing(struct pghot_error *err, size_t i, const char *what)
{
	return pghot_error_set(err, ENODATA, "sample %zu of the recording has no %s", i, what);
}

/*
 * The next item of a part, with what follows a fixed beginning of @fixed bytes.
 * The beginning of every item that varies says how many bytes follow.
 */
static const uint8_t *next_item(const struct pghot_recording *rec, const struct rec_part *part,
				uint64_t *at, size_t fixed)
{
	uint64_t here = *at;

	if (part->bytes - here < fixed)
		return NULL;
	*at += fixed;
	return rec->part + here;
}

static int each_message(struct pghot_recording *rec, size_t i, const struct rec_part *part,
			pghot_rec_message_fn first, pghot_rec_message_fn fn, void *data,
			struct pghot_error *err)
{
	const size_t genl = sizeof(struct rec_message) - sizeof(uint32_t);
	uint64_t at = 0;

	for (uint32_t k = 0; k < part->items; k++) {
		const struct rec_message *m = (const struct rec_message *)next_item(
			rec, part, &at, sizeof(struct rec_message));
		pghot_rec_message_fn call = k || part->kind != REC_DUMP ? fn : first;
		uint64_t attrs;
		int ret = 0;

		if (!m || m->bytes < genl || m->bytes - genl > part->bytes - at)
			return damaged(err, i);
		attrs = m->bytes - genl;
		if (call)
			ret = call(m->cmd, m + 1, attrs, data);
		if (ret == -EBADMSG)
			return damaged(err, i);
		if (ret)
			return pghot_error_set(err, ret < 0 ? -ret : 0, "stopped"), ret;
		attrs = (attrs + 3) & ~3ULL;
		if (attrs > part->bytes - at)
			return damaged(err, i);
		at += attrs;
	}
	return 0;
}

int pghot_recording_state(struct pghot_recording *rec, size_t i, pghot_rec_message_fn fn,
			  void *data, struct pghot_error *err)
{
	struct rec_part part;
	int ret = find_part(rec, i, REC_STATE, 0, &part, err);

	if (ret == -ENODATA)
		return nothing(err, i, "state");
	return ret ? ret : each_message(rec, i, &part, NULL, fn, data, err);
}

static int read_refusal(struct pghot_recording *rec, size_t i, uint8_t cmd, struct pghot_error *err)
{
	const struct rec_refused *item;
	struct rec_part part;
	uint64_t at = 0;
	int ret = find_part(rec, i, REC_REFUSED, cmd, &part, err);

	if (ret == -ENODATA)
		return nothing(err, i, "dump of this kind");
	if (ret)
		return ret;
	item = (const struct rec_refused *)next_item(rec, &part, &at, sizeof(*item));
	if (!item || item->bytes > part.bytes - at || !item->errnum || item->errnum > 4095)
		return damaged(err, i);
	return pghot_error_set(err, (int)item->errnum, "%.*s",
			       (int)strnlen((const char *)(item + 1), item->bytes),
			       (const char *)(item + 1));
}

int pghot_recording_dump(struct pghot_recording *rec, size_t i, uint8_t cmd,
			 pghot_rec_message_fn request, pghot_rec_message_fn fn, void *data,
			 struct pghot_error *err)
{
	struct rec_part part;
	int ret = find_part(rec, i, REC_DUMP, cmd, &part, err);

	if (ret == -ENODATA)
		return read_refusal(rec, i, cmd, err);
	return ret ? ret : each_message(rec, i, &part, request, fn, data, err);
}

int pghot_recording_cgroups(struct pghot_recording *rec, size_t i, pghot_rec_cgroup_fn fn,
			    void *data, struct pghot_error *err)
{
	struct rec_part part;
	uint64_t at = 0;
	int ret = find_part(rec, i, REC_CGROUPS, 0, &part, err);

	if (ret == -ENODATA)
		return nothing(err, i, "cgroups");
	for (uint32_t k = 0; !ret && k < part.items; k++) {
		const struct rec_cgroup *cg =
			(const struct rec_cgroup *)next_item(rec, &part, &at, sizeof(*cg));
		const char *path;
		uint64_t step;

		if (!cg || !cg->bytes || cg->bytes > part.bytes - at)
			return damaged(err, i);
		path = (const char *)(cg + 1);
		if (path[cg->bytes - 1])
			return damaged(err, i);
		ret = fn(cg->ino, path, data);
		if (ret)
			pghot_error_set(err, ret < 0 ? -ret : 0, "stopped");
		step = rec_align(cg->bytes);
		if (step > part.bytes - at)
			return damaged(err, i);
		at += step;
	}
	return ret;
}

static int each_span(struct pghot_recording *rec, size_t i, enum rec_kind kind, const char *what,
		     pghot_rec_span_fn fn, void *data, struct pghot_error *err)
{
	struct rec_part part;
	uint64_t at = 0;
	int ret = find_part(rec, i, kind, 0, &part, err);

	if (ret == -ENODATA)
		return nothing(err, i, what);
	for (uint32_t k = 0; !ret && k < part.items; k++) {
		const struct rec_span *s =
			(const struct rec_span *)next_item(rec, &part, &at, sizeof(*s));
		struct pghot_span span;

		/* Physical addresses have 64 bits at most, and pages at least 12. */
		if (!s || s->start >= s->end || s->end > 1ULL << 52)
			return damaged(err, i);
		span = (struct pghot_span){ .nid = s->nid, .start = s->start, .end = s->end };
		ret = fn(&span, data);
		if (ret)
			pghot_error_set(err, ret < 0 ? -ret : 0, "stopped");
	}
	return ret;
}

int pghot_recording_spans(struct pghot_recording *rec, size_t i, pghot_rec_span_fn fn, void *data,
			  struct pghot_error *err)
{
	return each_span(rec, i, REC_SPANS, "places of memory", fn, data, err);
}

int pghot_recording_offline(struct pghot_recording *rec, size_t i, pghot_rec_span_fn fn, void *data,
			    struct pghot_error *err)
{
	return each_span(rec, i, REC_OFFLINE, "memory that is offline", fn, data, err);
}
