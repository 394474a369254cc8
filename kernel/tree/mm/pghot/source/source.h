/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room source: who reports accesses.
 *
 *	source		registration, and being enabled or not
 *	hintfault	NUMA hint faults
 *	hwhint/		samples of the hardware
 *	lruscan/	page table walks of the multi-gen LRU
 *	mmscan/		accessed bits of address spaces
 *
 * A detector is one file, or a folder, that registers itself at boot; nobody includes
 * it. It reports by pghot_record_access(). Where it wants to know what is tracked, or
 * if a report is worth it, it asks the rooms below.
 */
#ifndef _MM_PGHOT_SOURCE_SOURCE_H
#define _MM_PGHOT_SOURCE_SOURCE_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

struct netlink_ext_ack;
struct nlattr;
struct seq_file;
struct sk_buff;

/**
 * struct pghot_source_ops - a detector of accesses
 * @id: its number, and bit in records
 * @name: what users call it
 * @available: 0, or a negative errno with the reason written to @why (of @len
 *	bytes); may sleep
 * @enable: start reporting; called under pghot_lock with maps and threads in
 *	place; may sleep; 0 or a negative errno, with @extack set
 * @prepare: get ready to be enabled (@enable 1) or not (0, or -1 to stay as it
 *	is) with the parameters changed by @nest (%NULL: as they are), for a
 *	source that needs locks of its own for that, or whose parameters decide
 *	if it can run; no locks held; 0, to be followed by the change, if
 *	nothing else prevents it, and by @finish, or a negative errno with
 *	@extack set; %NULL if there is no need
 * @finish: clear away what the change, or its not being made, has left; no
 *	locks held; %NULL if there is no @prepare
 * @restart: in place of @enable, for a source with @prepare: begin, or when it
 *	runs already go on, with what has been prepared, and store the
 *	parameters; cannot fail
 * @disable: stop reporting, and return only when no report is under way; under
 *	pghot_lock; may sleep
 * @fill_params: append the source's nest of parameters to @skb; -EMSGSIZE when
 *	it does not fit; %NULL when there are none
 * @fill_counters: append the source's nest of counters to @skb, as
 *	@fill_params, from @ev, the vm events by enum vm_event_item since they were
 *	last reset; not under pghot_lock; may sleep; %NULL when there are none
 * @check_params: validate @nest, the attribute of the source's own, changing
 *	nothing; errors set @extack, naming attribute and range
 * @apply_params: apply @nest, which @check_params accepted; cannot fail
 * @param_attr: number of the source's nest in the source attribute set, 0 when
 *	it has no parameters
 * @bytes: memory in use by the source; with or without pghot_lock; may sleep;
 *	%NULL when it uses none
 * @show: write what it knows, a file of its own in debugfs; may sleep; %NULL when
 *	there is none
 */
struct pghot_source_ops {
	enum pghot_source_id id;
	const char *name;
	int (*available)(char *why, size_t len);
	int (*enable)(struct netlink_ext_ack *extack);
	int (*prepare)(int enable, const struct nlattr *nest,
		       struct netlink_ext_ack *extack);
	void (*finish)(void);
	void (*restart)(void);
	void (*disable)(void);
	int (*fill_params)(struct sk_buff *skb);
	int (*fill_counters)(struct sk_buff *skb, const unsigned long *ev);
	int (*check_params)(const struct nlattr *nest,
			    struct netlink_ext_ack *extack);
	void (*apply_params)(const struct nlattr *nest);
	unsigned int param_attr;
	u64 (*bytes)(void);
	int (*show)(struct seq_file *m, void *unused);
};

int pghot_register_source(const struct pghot_source_ops *ops);
const struct pghot_source_ops *pghot_source_by_id(unsigned int id);
const struct pghot_source_ops *pghot_source_by_name(const char *name);
bool pghot_source_is_enabled(unsigned int id);
bool pghot_any_source_is_enabled(void);
int pghot_source_start(const struct pghot_source_ops *ops,
		       const struct nlattr *nest,
		       struct netlink_ext_ack *extack);
void pghot_source_stop(const struct pghot_source_ops *ops);
void pghot_source_change(const struct pghot_source_ops *ops,
			 const struct nlattr *nest);
u32 pghot_sources_known(void);
u64 pghot_sources_bytes(void);
int pghot_need_lower_tier(char *why, size_t len);

#endif /* _MM_PGHOT_SOURCE_SOURCE_H */
