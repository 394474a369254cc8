// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot in debugfs: what it knows, as text for people. Read-only; programs use
 * the netlink family.
 *
 *	pghot/state		sources, parameters, nodes, counters
 *	pghot/heap/<nid>	what waits for promotion to a node, hottest first
 *	pghot/records/<nid>	records of a node by ascending page frame number
 *	pghot/<source>		what a source has to show, as mmscan of each process
 *
 * There is a file per possible node in either directory, whatever the node is
 * at present: memory comes and goes and tiers change with it, and files that
 * do the same would race with whoever has them open. A node that has no heap,
 * or no records, has a file with nothing but the header line.
 */

#include <linux/capability.h>
#include <linux/debugfs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/node.h"
#include "base/window.h"
#include "control/dump.h"
#include "control/nodes.h"
#include "control/stats.h"
#include "core.h"
#include "source/source.h"

static const char * const verdicts[] = {
	[PGHOT_VERDICT_NONE] = "none",
	[PGHOT_VERDICT_GOOD] = "good",
	[PGHOT_VERDICT_FAIR] = "fair",
	[PGHOT_VERDICT_POOR] = "poor",
	[PGHOT_VERDICT_BAD] = "bad",
};

/* ---- state --------------------------------------------------------------- */

static void show_params(struct seq_file *m)
{
	struct pghot_params p;

	/* Without the hotplug locks, as in param-get. */
	mutex_lock(&pghot_lock);
	p = pghot_params;
	mutex_unlock(&pghot_lock);

	seq_printf(m, "running %d\n", pghot_running());
	seq_printf(m, "memory_bytes %llu\n", pghot_memory_bytes());
	seq_printf(m, "promote %d\n", p.promote);
	seq_printf(m, "freq_threshold %u\n", p.freq_threshold);
	seq_printf(m, "window_ms %u\n", p.window_ms);
	seq_printf(m, "window_max_ms %u\n", p.window_max_ms);
	seq_printf(m, "promote_rate_limit_mbps %u\n", p.rate_limit_mbps);
	seq_printf(m, "batch_nr %u\n", p.batch_nr);
	seq_printf(m, "sleep_ms %u\n", p.sleep_ms);
	seq_printf(m, "target_nid %d\n", p.target_nid);
	seq_printf(m, "heap_capacity %u\n", p.heap_capacity);
	seq_printf(m, "adaptive %d\n", p.adaptive);
}

static void show_sources(struct seq_file *m, const unsigned long *ev)
{
	u32 window_ms, pace_ms;
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(id);

		if (!ops)
			continue;
		window_ms = pghot_window_tell(id, &pace_ms);
		seq_printf(m, "source %s enabled %d recorded %lu useful %lu window_ms %u pace_ms %u\n",
			   ops->name, pghot_source_is_enabled(id),
			   ev[PGHOT_RECORDED_HINTFAULT + id],
			   ev[PGHOT_USEFUL_HINTFAULT + id],
			   window_ms, pace_ms);
	}
}

static void show_failed(struct seq_file *m, const u64 *failed)
{
	int i;

	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		seq_printf(m, " %s %llu", pghot_fail_reasons[i], failed[i]);
}

static void show_node(struct seq_file *m, struct pghot_node *node)
{
	struct pghot_node_stats s;
	const struct pghot_target_stats *t = &s.target;
	const struct pghot_queue_stats *q = &t->queue;

	pghot_node_get_stats(node, &s);
	seq_printf(m, "node %d tier %d present %llu free %llu", s.nid, s.tier,
		   s.present_pages, s.free_pages);
	if (!s.toptier) {
		seq_printf(m, " tracked %llu refill_sections %u\n",
			   s.tracked_pages, s.refill_sections);
		return;
	}
	seq_printf(m, " heap %u/%u threshold %u hot %llu promoted %llu",
		   q->length, q->capacity, t->threshold, q->hot,
		   t->result.promoted);
	seq_printf(m, " promoted_per_sec %llu rate_limited %d dropped %llu",
		   t->promoted_per_sec, t->limited, q->dropped);
	seq_puts(m, " failed");
	show_failed(m, t->result.failed);
	seq_putc(m, '\n');
	seq_printf(m, "exchange %d full %d verdict %s ratio_percent %u grant %llu look_ms %u\n",
		   s.nid, t->full, verdicts[t->watch.verdict],
		   t->watch.ratio, t->watch.grant, t->watch.look_ms);
}

static void show_counters(struct seq_file *m, const unsigned long *ev)
{
	u64 failed[PGHOT_NR_FAIL_REASONS];

	pghot_failed_events(ev, failed);
	seq_printf(m, "hot %lu\n", ev[PGHOT_HOT]);
	seq_printf(m, "promoted %lu\n", ev[PGHOT_PROMOTED]);
	seq_puts(m, "failed");
	show_failed(m, failed);
	seq_putc(m, '\n');
	seq_printf(m, "dropped_ring %lu\n", ev[PGHOT_DROPPED_RING]);
	seq_printf(m, "dropped_heap %lu\n", ev[PGHOT_DROPPED_HEAP]);
	seq_printf(m, "refilled %lu\n", ev[PGHOT_REFILLED]);
	seq_printf(m, "pruned %lu\n", ev[PGHOT_PRUNED]);
	seq_printf(m, "batches %lu\n", ev[PGHOT_BATCHES]);
	seq_printf(m, "rate_limited %lu\n", ev[PGHOT_RATE_LIMITED]);
}

static int state_show(struct seq_file *m, void *unused)
{
	unsigned long *ev = pghot_get_events();
	int nid;

	if (!ev)
		return -ENOMEM;

	show_params(m);
	show_sources(m, ev);
	show_counters(m, ev);
	kfree(ev);
	for_each_node_state(nid, N_MEMORY) {
		struct pghot_node *node = pghot_node(nid);

		if (node)
			show_node(m, node);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

/* ---- entries ------------------------------------------------------------- */

#define READ_AHEAD	128

/**
 * struct entry_file - an open file of entries
 * @q: which entries
 * @stream: read on from @cursor at the end of @entries
 * @cursor: where to
 * @base: position of the first of @entries in the file, the header being 0
 * @nr: number of @entries
 * @entries: a whole heap, or the part of the records around the position
 */
struct entry_file {
	struct pghot_query q;
	bool stream;
	unsigned long cursor;
	loff_t base;
	size_t nr;
	struct pghot_entry *entries;
};

/* Read the next part of the records. */
static void read_ahead(struct entry_file *f)
{
	f->base += f->nr;
	f->nr = pghot_dump_records(&f->q, &f->cursor, f->entries, READ_AHEAD);
}

/* Go back to the beginning; the records may be others by now. */
static void rewind(struct entry_file *f)
{
	f->cursor = 0;
	f->base = 1;
	f->nr = 0;
	read_ahead(f);
}

/* The entry at a position, or %NULL behind the last. */
static struct pghot_entry *entry_at(struct entry_file *f, loff_t pos)
{
	if (f->stream && pos < f->base)
		rewind(f);
	while (f->stream && f->nr && pos >= f->base + f->nr)
		read_ahead(f);

	return pos < f->base + f->nr ? &f->entries[pos - f->base] : NULL;
}

static void *entries_start(struct seq_file *m, loff_t *pos)
{
	return *pos ? entry_at(m->private, *pos) : SEQ_START_TOKEN;
}

static void *entries_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return entry_at(m->private, *pos);
}

static void entries_stop(struct seq_file *m, void *v)
{
}

/* A node, or "-" when it is not known. */
static void show_nid(struct seq_file *m, u16 nid)
{
	if (nid == U16_MAX)
		seq_puts(m, " -");
	else
		seq_printf(m, " %u", nid);
}

static int entries_show(struct seq_file *m, void *v)
{
	const struct pghot_entry *e = v;

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, "pfn nid target freq age_ms sources state order page_flags cgroup_ino\n");
		return 0;
	}
	seq_printf(m, "0x%llx", e->pfn);
	show_nid(m, e->nid);
	show_nid(m, e->target_nid);
	seq_printf(m, " %u %u 0x%x 0x%x %u 0x%x %llu\n", e->freq, e->age_ms,
		   e->sources, e->state, e->order, e->page_flags,
		   e->cgroup_ino);
	return 0;
}

static const struct seq_operations entries_seq_ops = {
	.start = entries_start,
	.next = entries_next,
	.stop = entries_stop,
	.show = entries_show,
};

/* Make the @entries of a file that has just been opened. */
static int entries_load(struct entry_file *f, struct inode *inode)
{
	f->q.nid = (unsigned long)inode->i_private;
	f->q.pfn_end = ULONG_MAX;
	f->base = 1;
	if (!f->stream)
		return pghot_dump_heaps(&f->q, &f->entries, &f->nr);

	f->entries = kvmalloc_array(READ_AHEAD, sizeof(*f->entries),
				    GFP_KERNEL_ACCOUNT);
	if (!f->entries)
		return -ENOMEM;
	rewind(f);
	return 0;
}

static int entries_open(struct inode *inode, struct file *file, bool stream)
{
	struct entry_file *f;
	int err;

	/* The mode of a file can be changed, the rule cannot. */
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;

	f = __seq_open_private(file, &entries_seq_ops, sizeof(*f));
	if (!f)
		return -ENOMEM;
	f->stream = stream;
	err = entries_load(f, inode);
	if (err)
		seq_release_private(inode, file);
	return err;
}

static int heap_open(struct inode *inode, struct file *file)
{
	return entries_open(inode, file, false);
}

static int records_open(struct inode *inode, struct file *file)
{
	return entries_open(inode, file, true);
}

static int entries_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;
	struct entry_file *f = m->private;

	kvfree(f->entries);
	return seq_release_private(inode, file);
}

static const struct file_operations heap_fops = {
	.owner = THIS_MODULE,
	.open = heap_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = entries_release,
};

static const struct file_operations records_fops = {
	.owner = THIS_MODULE,
	.open = records_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = entries_release,
};

/* ---- files of the sources' own ---------------------------------------------- */

static int source_open(struct inode *inode, struct file *file)
{
	const struct pghot_source_ops *ops = inode->i_private;

	return single_open(file, ops->show, NULL);
}

static const struct file_operations source_fops = {
	.owner = THIS_MODULE,
	.open = source_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static void create_sources(struct dentry *dir)
{
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(id);

		if (ops && ops->show)
			debugfs_create_file(ops->name, 0400, dir, (void *)ops,
					    &source_fops);
	}
}

/* After the sources have registered. */
static int __init debugfs_init(void)
{
	struct dentry *dir, *heap, *records;
	char name[12];
	long nid;

	dir = debugfs_create_dir("pghot", NULL);
	debugfs_create_file("state", 0400, dir, NULL, &state_fops);
	create_sources(dir);

	heap = debugfs_create_dir("heap", dir);
	records = debugfs_create_dir("records", dir);
	for_each_node(nid) {
		snprintf(name, sizeof(name), "%ld", nid);
		debugfs_create_file(name, 0400, heap, (void *)nid, &heap_fops);
		debugfs_create_file(name, 0400, records, (void *)nid,
				    &records_fops);
	}
	return 0;
}

late_initcall_sync(debugfs_init);
