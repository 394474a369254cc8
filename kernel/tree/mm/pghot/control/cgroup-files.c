// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: files of memory cgroups, memory.pghot.*, in cgroup v2.
 */
#include <linux/cgroup.h>
#include <linux/init.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/seq_file.h>

#include "control/stats.h"
#include "promote/cgroup.h"

static u64 promote_read(struct cgroup_subsys_state *css, struct cftype *cft)
{
	struct pghot_cgroup_view view;

	pghot_cgroup_view(mem_cgroup_from_css(css), &view);
	return view.promote;
}

static int promote_write(struct cgroup_subsys_state *css, struct cftype *cft,
			 u64 promote)
{
	const struct pghot_cgroup_settings s = {
		.sets_promote = true,
		.promote = promote,
	};

	if (promote > 1)
		return -ERANGE;
	return pghot_cgroup_set(mem_cgroup_from_css(css), &s);
}

static u64 share_read(struct cgroup_subsys_state *css, struct cftype *cft)
{
	struct pghot_cgroup_view view;

	pghot_cgroup_view(mem_cgroup_from_css(css), &view);
	return view.share;
}

static int share_write(struct cgroup_subsys_state *css, struct cftype *cft,
		       u64 share)
{
	const struct pghot_cgroup_settings s = {
		.sets_share = true,
		.share = share,
	};

	if (share < PGHOT_CGROUP_SHARE_MIN || share > PGHOT_CGROUP_SHARE_MAX)
		return -ERANGE;
	return pghot_cgroup_set(mem_cgroup_from_css(css), &s);
}

/* Names in files have no dashes. */
static void show_failed(struct seq_file *m, const char *reason, u64 pages)
{
	seq_puts(m, "failed_");
	for (; *reason; reason++)
		seq_putc(m, *reason == '-' ? '_' : *reason);
	seq_printf(m, " %llu\n", pages);
}

static int stat_show(struct seq_file *m, void *v)
{
	struct pghot_cgroup_view view;
	unsigned int i;

	pghot_cgroup_view(mem_cgroup_from_seq(m), &view);
	seq_printf(m, "promoted %llu\n", view.counts.n[PGHOT_CGROUP_PROMOTED]);
	seq_printf(m, "demoted %llu\n", view.counts.n[PGHOT_CGROUP_DEMOTED]);
	seq_printf(m, "returned %llu\n", view.counts.n[PGHOT_CGROUP_RETURNED]);
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		show_failed(m, pghot_fail_reasons[i],
			    view.counts.n[PGHOT_CGROUP_FAILED + i]);
	return 0;
}

static struct cftype files[] = {
	{
		.name = "pghot.promote",
		.flags = CFTYPE_NOT_ON_ROOT,
		.read_u64 = promote_read,
		.write_u64 = promote_write,
	},
	{
		.name = "pghot.share",
		.flags = CFTYPE_NOT_ON_ROOT,
		.read_u64 = share_read,
		.write_u64 = share_write,
	},
	{
		.name = "pghot.stat",
		.seq_show = stat_show,
	},
	{}
};

static int __init cgroup_files_init(void)
{
	return cgroup_add_dfl_cftypes(&memory_cgrp_subsys, files);
}
late_initcall(cgroup_files_init);
