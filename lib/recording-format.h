/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The format of recordings; pghot-recording(5) describes it in words.
 *
 *	header, description
 *	frame	a sample: header, then parts
 *		part	header, then items, then zeros up to a multiple of 8
 *		part
 *	frame
 *	…
 *
 * All numbers have the byte order of the machine that wrote them, as netlink has.
 * Every structure has a multiple of 8 bytes and stands at an offset that is one.
 * Checksums are the CRC-32 of zlib, PNG and Ethernet.
 */
#ifndef PGHOT_LIB_RECORDING_FORMAT_H
#define PGHOT_LIB_RECORDING_FORMAT_H

#include <stdint.h>

/* As PNG's: what mangles line ends or strips the eighth bit shows at once. */
#define REC_MAGIC	"\211PGHOT\r\n"
#define REC_MAGIC_LEN	8
#define REC_BYTE_ORDER	0x1a2b3c4dU
#define REC_FRAME_MAGIC 0x53484750U /* "PGHS" where the least byte comes first */
#define REC_ALIGN	8
/* A description is a handful of lines. */
#define REC_HEADER_MAX	65536
/* State, three dumps, refusals, cgroups, spans twice; the rest is for the future. */
#define REC_PARTS_MAX	64

/**
 * struct rec_header - beginning of the file; the description follows
 * @magic: REC_MAGIC
 * @byte_order: REC_BYTE_ORDER
 * @version: of the format
 * @reserved: 0
 * @bytes: of header and description, where the first frame is
 * @crc: checksum of the header with @crc 0, and of the description
 * @real_ns: CLOCK_REALTIME when it was written
 *
 * The description has lines "key=value", and zeros at its end.
 */
struct rec_header {
	char magic[REC_MAGIC_LEN];
	uint32_t byte_order;
	uint16_t version;
	uint16_t reserved;
	uint32_t bytes;
	uint32_t crc;
	uint64_t real_ns;
};

/**
 * struct rec_frame - header of a sample
 * @magic: REC_FRAME_MAGIC
 * @nr_parts: parts that follow
 * @number: of the sample, from 0
 * @bytes: of header and parts, where the next frame is
 * @real_ns: CLOCK_REALTIME of the sample
 * @mono_ns: CLOCK_MONOTONIC of the sample
 * @wall_us: time that taking the sample took
 * @cpu_us: processor time of that
 * @reserved: 0
 * @crc: checksum of all before it
 */
struct rec_frame {
	uint32_t magic;
	uint32_t nr_parts;
	uint64_t number;
	uint64_t bytes;
	uint64_t real_ns;
	uint64_t mono_ns;
	uint32_t wall_us;
	uint32_t cpu_us;
	uint32_t reserved[3];
	uint32_t crc;
};

/**
 * enum rec_kind - what a part has; a reader passes over what it does not know
 * @REC_STATE: struct rec_message, answers to requests for the state
 * @REC_DUMP: struct rec_message, a request for entries and its answers
 * @REC_REFUSED: struct rec_refused, instead of a dump
 * @REC_CGROUPS: struct rec_cgroup
 * @REC_SPANS: struct rec_span
 * @REC_OFFLINE: struct rec_span, memory blocks that are offline; their node is
 *	REC_NID_UNKNOWN where the system does not tell it
 */
enum rec_kind {
	REC_STATE = 1,
	REC_DUMP,
	REC_REFUSED,
	REC_CGROUPS,
	REC_SPANS,
	REC_OFFLINE,
};

#define REC_NID_UNKNOWN UINT32_MAX

/**
 * struct rec_part - header of a part
 * @kind: enum rec_kind
 * @cmd: REC_DUMP and REC_REFUSED: command of the dump, else 0
 * @crc: checksum of the header with @crc 0, and of the items without the zeros
 * @bytes: of the items, without the zeros behind them
 * @items: how many
 * @reserved: 0
 */
struct rec_part {
	uint16_t kind;
	uint16_t cmd;
	uint32_t crc;
	uint64_t bytes;
	uint32_t items;
	uint32_t reserved;
};

/**
 * struct rec_message - a message of the family, from its generic-netlink header on
 * @bytes: of what follows @bytes, without padding: 4 of struct genlmsghdr, which
 *	starts here, and the attributes
 * @cmd: struct genlmsghdr
 * @version: struct genlmsghdr
 * @reserved: struct genlmsghdr
 *
 * Zeros up to a multiple of 4 follow the attributes.
 */
struct rec_message {
	uint32_t bytes;
	uint8_t cmd;
	uint8_t version;
	uint16_t reserved;
};

/**
 * struct rec_refused - why there is no dump
 * @errnum: errno
 * @bytes: of the kernel's words, which follow with a zero at the end
 */
struct rec_refused {
	uint32_t errnum;
	uint32_t bytes;
};

/**
 * struct rec_cgroup - path of a cgroup
 * @ino: inode number, as entries have it
 * @bytes: of the path, which follows with a zero at the end, counted, and zeros up
 *	to a multiple of 8
 * @reserved: 0
 */
struct rec_cgroup {
	uint64_t ino;
	uint32_t bytes;
	uint32_t reserved;
};

/**
 * struct rec_span - page frames of a node in one zone or a part of it, small holes included
 * @nid: node
 * @reserved: 0
 * @start: first page frame
 * @end: first page frame after
 */
struct rec_span {
	uint32_t nid;
	uint32_t reserved;
	uint64_t start;
	uint64_t end;
};

_Static_assert(sizeof(struct rec_header) == 32, "as documented");
_Static_assert(sizeof(struct rec_frame) == 64, "as documented");
_Static_assert(sizeof(struct rec_part) == 24, "as documented");
_Static_assert(sizeof(struct rec_message) == 8, "as documented");
_Static_assert(sizeof(struct rec_refused) == 8, "as documented");
_Static_assert(sizeof(struct rec_cgroup) == 16, "as documented");
_Static_assert(sizeof(struct rec_span) == 24, "as documented");

static inline uint64_t rec_align(uint64_t bytes)
{
	return (bytes + REC_ALIGN - 1) & ~(uint64_t)(REC_ALIGN - 1);
}

#endif /* PGHOT_LIB_RECORDING_FORMAT_H */
