// SPDX-License-Identifier: GPL-2.0-or-later
/* Recordings: what is written is read again, and what is damaged is told so. */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "family.h"
#include "recording.h"
#include "recording-format.h"

#define SAMPLES 3
#define ENTRIES 5

/* A message of the family under construction. */
struct message {
	union {
		struct nlmsghdr nlh;
		char bytes[4096];
	};
};

static void start(struct message *m, uint8_t cmd)
{
	struct genlmsghdr *genl;

	memset(m, 0, sizeof(*m));
	mnl_nlmsg_put_header(m->bytes);
	genl = mnl_nlmsg_put_extra_header(&m->nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
}

static void add(struct pghot_recorder *rec, struct message *m)
{
	pghot_recorder_message(rec, m->bytes + MNL_NLMSG_HDRLEN,
			       m->nlh.nlmsg_len - MNL_NLMSG_HDRLEN);
}

static void add_sample(struct pghot_recorder *rec, unsigned int n)
{
	const struct pghot_rec_time time = {
		.real_ns = 1700000000000000000ULL + n,
		.mono_ns = n * 1000000000ULL,
		.wall_us = 10 + n,
		.cpu_us = n,
	};
	const struct pghot_span span = { 1, 0x1000, 0x2000 };
	const struct pghot_span off = { PGHOT_SPAN_NID_UNKNOWN, 0x2000, 0x3000 };
	const struct pghot_error denied = { .errnum = EPERM, .message = "no" };
	struct pghot_entry entries[ENTRIES] = { 0 };
	struct message m;

	pghot_recorder_begin(rec);
	start(&m, PGHOT_CMD_INFO_GET);
	mnl_attr_put_u32(&m.nlh, PGHOT_A_INFO_PAGE_SIZE, 4096 + n);
	add(rec, &m);
	/* Its size is no multiple of 4. */
	start(&m, PGHOT_CMD_SOURCE_GET);
	mnl_attr_put_u32(&m.nlh, PGHOT_A_SOURCE_ID, 0);
	mnl_attr_put_strz(&m.nlh, PGHOT_A_SOURCE_NAME, "hint");
	add(rec, &m);

	pghot_recorder_dump(rec, PGHOT_CMD_HEAP_GET);
	start(&m, PGHOT_CMD_HEAP_GET);
	mnl_attr_put_u32(&m.nlh, PGHOT_A_DUMP_LIMIT, 77);
	add(rec, &m);
	for (unsigned int i = 0; i < ENTRIES; i++)
		entries[i].pfn = n * 100 + i;
	start(&m, PGHOT_CMD_HEAP_GET);
	mnl_attr_put_u32(&m.nlh, PGHOT_A_DUMP_ENTRY_SIZE, sizeof(entries[0]));
	mnl_attr_put(&m.nlh, PGHOT_A_DUMP_ENTRIES, sizeof(entries), entries);
	add(rec, &m);

	/* Begun, and then refused. */
	pghot_recorder_dump(rec, PGHOT_CMD_RECORD_GET);
	start(&m, PGHOT_CMD_RECORD_GET);
	add(rec, &m);
	pghot_recorder_refused(rec, PGHOT_CMD_RECORD_GET, &denied);

	pghot_recorder_cgroup(rec, 42, "/a");
	pghot_recorder_cgroup(rec, 43, "/a/path of some length");
	pghot_recorder_span(rec, &span);
	/* Now and then, as in recordings of earlier versions. */
	if (n)
		pghot_recorder_offline(rec, &off);
	assert_int_equal(pghot_recorder_commit(rec, &time, NULL), 0);
}

/* The bytes of a recording of SAMPLES samples; sizes[i] is where sample i begins. */
static uint8_t *record(size_t *len, uint64_t sizes[SAMPLES + 1])
{
	int fd = memfd_create("recording", MFD_CLOEXEC);
	struct pghot_recorder *rec;
	uint64_t samples;
	uint8_t *bytes;

	assert_true(fd >= 0);
	assert_int_equal(pghot_recorder_open(&rec, fd, "test 1", NULL), 0);
	for (unsigned int i = 0; i < SAMPLES; i++) {
		sizes[i] = pghot_recorder_written(rec, &samples);
		assert_int_equal(samples, i);
		add_sample(rec, i);
	}
	*len = sizes[SAMPLES] = pghot_recorder_written(rec, NULL);
	/* One under way is no part of it. */
	pghot_recorder_begin(rec);
	pghot_recorder_close(rec);
	assert_int_equal(lseek(fd, 0, SEEK_END), *len);
	bytes = malloc(*len);
	assert_non_null(bytes);
	assert_int_equal(pread(fd, bytes, *len, 0), *len);
	close(fd);
	return bytes;
}

/* ---- what is read -------------------------------------------------------- */

struct seen {
	unsigned int state, requests, parts, cgroups, spans, offline;
	uint32_t page_size;
	char source[32];
	uint64_t first_pfn;
	size_t entries;
};

static int see_state(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	static struct pghot_info info;
	struct pghot_source src;
	struct seen *seen = data;
	int err = 0;

	seen->state++;
	if (cmd == PGHOT_CMD_INFO_GET) {
		err = pghot_decode_info(attrs, len, &info);
		seen->page_size = info.page_size;
	} else if (cmd == PGHOT_CMD_SOURCE_GET) {
		err = pghot_decode_source(attrs, len, &src);
		snprintf(seen->source, sizeof(seen->source), "%s", src.name);
	}
	return err;
}

static int see_request(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct seen *seen = data;

	(void)attrs;
	(void)len;
	(void)cmd;
	seen->requests++;
	return 0;
}

static int see_part(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct seen *seen = data;
	struct pghot_entries part;
	struct pghot_entry e;
	int err = pghot_decode_entries(attrs, len, &part);

	(void)cmd;
	seen->parts++;
	if (!err && part.count) {
		pghot_entry_at(&part, 0, &e);
		seen->first_pfn = e.pfn;
		seen->entries += part.count;
	}
	return err;
}

static int see_cgroup(uint64_t ino, const char *path, void *data)
{
	struct seen *seen = data;

	seen->cgroups++;
	return (ino == 42 && !strcmp(path, "/a")) ||
			       (ino == 43 && !strcmp(path, "/a/path of some length"))
		       ? 0
		       : -EINVAL;
}

static int see_span(const struct pghot_span *span, void *data)
{
	struct seen *seen = data;

	seen->spans++;
	return span->nid == 1 && span->start == 0x1000 && span->end == 0x2000 ? 0 : -EINVAL;
}

static int see_offline(const struct pghot_span *span, void *data)
{
	struct seen *seen = data;

	seen->offline++;
	return span->nid == PGHOT_SPAN_NID_UNKNOWN && span->start == 0x2000 && span->end == 0x3000
		       ? 0
		       : -EINVAL;
}

/* Reads all of a sample; 0, or the first error. */
static int read_all(struct pghot_recording *rec, size_t i, struct seen *seen)
{
	struct pghot_error err = { 0 };
	int ret;

	memset(seen, 0, sizeof(*seen));
	ret = pghot_recording_state(rec, i, see_state, seen, &err);
	if (!ret)
		ret = pghot_recording_dump(rec, i, PGHOT_CMD_HEAP_GET, see_request, see_part, seen,
					   &err);
	if (!ret) {
		ret = pghot_recording_dump(rec, i, PGHOT_CMD_RECORD_GET, see_request, see_part,
					   seen, &err);
		ret = ret == -EPERM ? 0 : ret ? ret : -EINVAL;
	}
	if (!ret)
		ret = pghot_recording_cgroups(rec, i, see_cgroup, seen, &err);
	if (!ret)
		ret = pghot_recording_spans(rec, i, see_span, seen, &err);
	if (!ret) {
		ret = pghot_recording_offline(rec, i, see_offline, seen, &err);
		if (ret == -ENODATA && !i)
			ret = 0;
	}
	return ret;
}

static void reads_what_was_written(void **state)
{
	const struct pghot_recording_info *info;
	uint64_t sizes[SAMPLES + 1];
	struct pghot_recording *rec;
	struct pghot_error err;
	struct seen seen;
	size_t len;
	uint8_t *bytes = record(&len, sizes);

	(void)state;
	assert_int_equal(pghot_recording_open_memory(&rec, bytes, len, &err), 0);
	info = pghot_recording_info(rec);
	assert_int_equal(info->version, 1);
	assert_int_equal(info->samples, SAMPLES);
	assert_int_equal(info->damage, PGHOT_DAMAGE_NONE);
	assert_string_equal(info->program, "test 1");
	assert_true(*info->kernel && *info->machine);
	for (size_t i = 0; i < SAMPLES; i++) {
		assert_int_equal(pghot_recording_time(rec, i)->mono_ns, i * 1000000000ULL);
		assert_int_equal(pghot_recording_time(rec, i)->wall_us, 10 + i);
		assert_int_equal(read_all(rec, i, &seen), 0);
		assert_int_equal(seen.state, 2);
		assert_int_equal(seen.page_size, 4096 + i);
		assert_string_equal(seen.source, "hint");
		assert_int_equal(seen.requests, 1);
		assert_int_equal(seen.parts, 1);
		assert_int_equal(seen.entries, ENTRIES);
		assert_int_equal(seen.first_pfn, i * 100);
		assert_int_equal(seen.cgroups, 2);
		assert_int_equal(seen.spans, 1);
		assert_int_equal(seen.offline, i ? 1 : 0);
		/* What the kernel said when it refused, and what was not asked for. */
		assert_int_equal(pghot_recording_dump(rec, i, PGHOT_CMD_RECORD_GET, NULL, see_part,
						      &seen, &err),
				 -EPERM);
		assert_string_equal(err.message, "no");
		assert_int_equal(pghot_recording_dump(rec, i, PGHOT_CMD_PROMOTED_GET, NULL,
						      see_part, &seen, &err),
				 -ENODATA);
	}
	pghot_recording_close(rec);
	free(bytes);
}

/* ---- what is damaged ----------------------------------------------------- */

/* Wherever it is cut, the samples before the cut are there and no others. */
static void cut_anywhere(void **state)
{
	uint64_t sizes[SAMPLES + 1];
	struct pghot_recording *rec;
	struct pghot_error err;
	struct seen seen;
	size_t len;
	uint8_t *bytes = record(&len, sizes);

	(void)state;
	for (size_t cut = 0; cut < len; cut++) {
		const struct pghot_recording_info *info;
		/* Out of bounds is behind the end of the allocation. */
		uint8_t *copy = malloc(cut ? cut : 1);
		size_t whole = 0;
		int ret;

		memcpy(copy, bytes, cut);
		while (whole < SAMPLES && sizes[whole + 1] <= cut)
			whole++;
		ret = pghot_recording_open_memory(&rec, copy, cut, &err);
		if (!whole) {
			assert_int_equal(ret, cut < sizes[0] ? -EINVAL : -ENODATA);
			assert_true(*err.message);
			free(copy);
			continue;
		}
		assert_int_equal(ret, 0);
		info = pghot_recording_info(rec);
		assert_int_equal(info->samples, whole);
		assert_int_equal(info->damage,
				 cut == sizes[whole] ? PGHOT_DAMAGE_NONE : PGHOT_DAMAGE_CUT);
		assert_int_equal(info->damage_at, sizes[whole]);
		for (size_t i = 0; i < whole; i++)
			assert_int_equal(read_all(rec, i, &seen), 0);
		pghot_recording_close(rec);
		free(copy);
	}
	free(bytes);
}

/* Every bit flipped anywhere is found, and what lies before it can be read. */
static void flipped_anywhere(void **state)
{
	uint64_t sizes[SAMPLES + 1];
	struct pghot_recording *rec;
	struct pghot_error err;
	struct seen seen;
	size_t len;
	uint8_t *bytes = record(&len, sizes);

	(void)state;
	for (size_t at = 0; at < len; at++) {
		bool found = false;
		int ret;

		bytes[at] ^= 1 << at % 8;
		ret = pghot_recording_open_memory(&rec, bytes, len, &err);
		bytes[at] ^= 1 << at % 8;
		if (ret) {
			/* The header, or the first frame's. */
			assert_true(at < sizes[0] + sizeof(struct rec_frame));
			assert_true(*err.message);
			continue;
		}
		bytes[at] ^= 1 << at % 8;
		for (size_t i = 0; i < pghot_recording_info(rec)->samples; i++) {
			ret = read_all(rec, i, &seen);
			found |= ret != 0;
			assert_true(!ret || (at >= sizes[i] && at < sizes[i + 1]));
		}
		/* Zeros between parts mean nothing. */
		found |= pghot_recording_info(rec)->damage != PGHOT_DAMAGE_NONE;
		if (!found)
			assert_int_equal(bytes[at] ^ 1 << at % 8, 0);
		pghot_recording_close(rec);
		bytes[at] ^= 1 << at % 8;
	}
	free(bytes);
}

static void refused(const void *bytes, size_t len, int want, const char *words)
{
	struct pghot_recording *rec;
	struct pghot_error err;

	assert_int_equal(pghot_recording_open_memory(&rec, bytes, len, &err), want);
	if (!strstr(err.message, words))
		fail_msg("\"%s\" says nothing of \"%s\"", err.message, words);
}

static void says_what_is_wrong(void **state)
{
	uint64_t sizes[SAMPLES + 1];
	struct pghot_recording *rec;
	struct pghot_error err;
	struct rec_header *h;
	size_t len;
	uint8_t *bytes = record(&len, sizes);

	(void)state;
	h = (struct rec_header *)bytes;
	refused("", 0, -EINVAL, "empty");
	refused("\211PGHOT\r\n", 8, -EINVAL, "too short");
	refused("{\"schema\":\"pghot/top/1\",\"command\":\"top\"}", 40, -EINVAL,
		"begins differently");
	refused(bytes, sizes[0], -ENODATA, "no complete sample");
	h->version = 2;
	refused(bytes, len, -EPROTONOSUPPORT, "version 2");
	h->version = 1;
	h->byte_order = __builtin_bswap32(h->byte_order);
	refused(bytes, len, -EINVAL, "byte order");
	h->byte_order = __builtin_bswap32(h->byte_order);
	h->bytes = UINT32_MAX - 7;
	refused(bytes, len, -EINVAL, "damaged");
	h->bytes = 0;
	refused(bytes, len, -EINVAL, "damaged");
	free(bytes);

	assert_int_equal(pghot_recording_open(&rec, "/nowhere/at all", &err), -ENOENT);
	assert_int_equal(pghot_recording_open(&rec, "/", &err), -EINVAL);
	assert_int_equal(pghot_recording_open(&rec, "/dev/null", &err), -EINVAL);
	assert_non_null(strstr(err.message, "regular"));
}

/* A file that says that it is huge, and is, in holes. */
static void huge_and_empty(void **state)
{
	char path[] = "/tmp/test-recording-XXXXXX";
	int fd = mkstemp(path);
	struct pghot_recording *rec;
	uint64_t sizes[SAMPLES + 1];
	struct pghot_error err;
	size_t len;
	uint8_t *bytes = record(&len, sizes);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	assert_int_equal(ftruncate(fd, 1LL << 36), 0);
	assert_int_equal(pghot_recording_open(&rec, path, &err), 0);
	assert_int_equal(pghot_recording_info(rec)->samples, SAMPLES);
	assert_int_equal(pghot_recording_info(rec)->damage, PGHOT_DAMAGE_CORRUPT);
	assert_int_equal(pghot_recording_info(rec)->damage_at, len);
	pghot_recording_close(rec);
	close(fd);
	unlink(path);
	free(bytes);
}

/* A full disk: the file ends with a whole sample, and nothing more is written. */
static void full_disk(void **state)
{
	char path[] = "/tmp/test-recording-XXXXXX";
	const struct pghot_rec_time time = { 0 };
	struct rlimit old, small;
	struct pghot_recording *rd;
	struct pghot_recorder *rec;
	struct pghot_error err;
	uint64_t size;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(pghot_recorder_open(&rec, fd, "test 1", NULL), 0);
	add_sample(rec, 0);
	size = pghot_recorder_written(rec, NULL);

	/* A limit cuts a write short, as a disk does. */
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = size + 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	pghot_recorder_begin(rec);
	for (int i = 0; i < 50; i++)
		pghot_recorder_cgroup(rec, 1, "/some path");
	assert_int_equal(pghot_recorder_commit(rec, &time, &err), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(lseek(fd, 0, SEEK_END), size);
	assert_int_equal(pghot_recorder_commit(rec, &time, &err), -EIO);
	assert_int_equal(lseek(fd, 0, SEEK_END), size);
	pghot_recorder_close(rec);
	close(fd);
	assert_int_equal(pghot_recording_open(&rd, path, &err), 0);
	assert_int_equal(pghot_recording_info(rd)->samples, 1);
	assert_int_equal(pghot_recording_info(rd)->damage, PGHOT_DAMAGE_NONE);
	pghot_recording_close(rd);
	unlink(path);
}

/* ---- where memory lies --------------------------------------------------- */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_was_written), cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(flipped_anywhere),	  cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(huge_and_empty),	  cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
