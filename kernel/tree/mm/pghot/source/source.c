// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the sources, who report accesses.
 *
 * A source registers itself at boot and is enabled and disabled by the
 * administrator. What else has to be there before the first one is enabled, and goes
 * after the last one, is for core.c to see to.
 */
#include <linux/init.h>
#include <linux/memory-tiers.h>
#include <linux/netlink.h>
#include <linux/string.h>

#include "base/config.h"
#include "source/source.h"

/* Set at boot, by initcalls that run before anybody can ask. */
static const struct pghot_source_ops *sources[PGHOT_NR_SOURCES];

/* Bit of a source's id; changed under pghot_lock. */
static unsigned long enabled;

/**
 * pghot_register_source - make a source known
 * @ops: the source
 *
 * Context: initcalls before late_initcall_sync.
 * Return: 0, -EINVAL or -EEXIST.
 */
int pghot_register_source(const struct pghot_source_ops *ops)
{
	if (WARN_ON((unsigned int)ops->id >= PGHOT_NR_SOURCES))
		return -EINVAL;
	if (WARN_ON(sources[ops->id]))
		return -EEXIST;

	sources[ops->id] = ops;
	return 0;
}

/* The source with a number, NULL when it is not built. Context: any. */
const struct pghot_source_ops *pghot_source_by_id(unsigned int id)
{
	return id < PGHOT_NR_SOURCES ? sources[id] : NULL;
}

/* The source with a name, NULL when it is not built. Context: any. */
const struct pghot_source_ops *pghot_source_by_name(const char *name)
{
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		if (sources[id] && !strcmp(sources[id]->name, name))
			return sources[id];
	}
	return NULL;
}

/* Mask of the sources that are built. Context: any. */
u32 pghot_sources_known(void)
{
	u32 mask = 0;
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		if (sources[id])
			mask |= BIT(id);
	}
	return mask;
}

/* Context: any; stable under pghot_lock. */
bool pghot_source_is_enabled(unsigned int id)
{
	return test_bit(id, &enabled);
}

/**
 * pghot_need_lower_tier - is there memory that pages could be promoted from?
 * @why: takes the reason when there is none
 * @len: bytes of @why
 *
 * For the available() of sources.
 *
 * Context: may sleep.
 * Return: 0 or -ENODEV.
 */
int pghot_need_lower_tier(char *why, size_t len)
{
	int nid;

	for_each_node_state(nid, N_MEMORY) {
		if (!node_is_toptier(nid))
			return 0;
	}
	strscpy(why, "no node with memory is in a lower tier", len);
	return -ENODEV;
}

/**
 * pghot_sources_bytes - memory in use by the sources themselves
 *
 * A source that is being enabled or disabled counts or does not.
 *
 * Context: with or without pghot_lock; may sleep.
 */
u64 pghot_sources_bytes(void)
{
	u64 bytes = 0;
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		if (sources[id] && sources[id]->bytes)
			bytes += sources[id]->bytes();
	}
	return bytes;
}

/* Context: any; stable under pghot_lock. */
bool pghot_any_source_is_enabled(void)
{
	return READ_ONCE(enabled);
}

/**
 * pghot_source_start - enable a source
 * @ops: the source, not enabled
 * @nest: parameters that it has checked, and prepared for if it wants to; NULL for
 *	none
 * @extack: takes the reason of a failure, and advice on success
 *
 * Context: pghot_config_lock() held, with maps and threads in place.
 * Return: 0 or a negative errno with nothing changed.
 */
int pghot_source_start(const struct pghot_source_ops *ops,
		       const struct nlattr *nest,
		       struct netlink_ext_ack *extack)
{
	int err;

	lockdep_assert_held(&pghot_lock);

	if (ops->restart) {
		ops->restart();
	} else {
		/* Applying checked parameters cannot fail: this order. */
		err = ops->enable(extack);
		if (err)
			return err;
		if (nest)
			ops->apply_params(nest);
	}
	set_bit(ops->id, &enabled);
	return 0;
}

/**
 * pghot_source_stop - disable a source
 * @ops: the source, enabled
 *
 * Context: pghot_config_lock() held; may sleep until no report is under way.
 */
void pghot_source_stop(const struct pghot_source_ops *ops)
{
	lockdep_assert_held(&pghot_lock);

	ops->disable();
	clear_bit(ops->id, &enabled);
}

/**
 * pghot_source_change - change the parameters of a source that stays on or off
 * @ops: the source
 * @nest: parameters that it has checked, and prepared for if it wants to
 *
 * Context: pghot_config_lock() held.
 */
void pghot_source_change(const struct pghot_source_ops *ops,
			 const struct nlattr *nest)
{
	lockdep_assert_held(&pghot_lock);

	if (ops->restart && pghot_source_is_enabled(ops->id))
		ops->restart();
	else
		ops->apply_params(nest);
}
