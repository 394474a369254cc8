/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * The fixed-size element of pghot's bulk dumps. The YNL schema for new
 * families has no structs, so this stands beside the generated header.
 */
#ifndef _UAPI_LINUX_PGHOT_ENTRY_H
#define _UAPI_LINUX_PGHOT_ENTRY_H

#include <linux/types.h>

/**
 * struct pghot_entry - one page in a heap, record or promotion dump
 * @pfn: page frame number of the folio's head page
 * @cgroup_ino: inode number of the memory cgroup that the folio is charged to,
 *	0 when there is none
 * @age_ms: milliseconds since the last recorded access, or since the promotion
 * @page_flags: enum pghot_page_flag
 * @nid: node that the page is on, or came from in a promotion dump
 * @target_nid: node to promote to, U16_MAX when not known
 * @freq: accesses within the window, decayed to the present
 * @order: the folio has 1 << @order base pages
 * @sources: 1 << enum pghot_source_id for every source that saw the page
 * @state: enum pghot_entry_state
 *
 * All fields have host byte order. The structure may grow at its end: step
 * through an array by the message's entry-size, not by sizeof().
 */
struct pghot_entry {
	__u64 pfn;
	__u64 cgroup_ino;
	__u32 age_ms;
	__u32 page_flags;
	__u16 nid;
	__u16 target_nid;
	__u8 freq;
	__u8 order;
	__u8 sources;
	__u8 state;
};

#endif /* _UAPI_LINUX_PGHOT_ENTRY_H */
