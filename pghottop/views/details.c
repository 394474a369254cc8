// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * details.c - one page in words: pghot's record and what was seen of it before, the
 * kernel's flags, its cgroup, and who maps it where
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "data/entry.h"
#include "data/history.h"
#include "data/kpage.h"
#include "names.h"
#include "table/columns.h"
#include "units.h"
#include "views/details.h"

/* A line with a label, as all of the first part are. */
#define FIELD " %-10s "

static const char *node_text(uint16_t nid, char *buf, size_t size)
{
	if (nid == PGHOT_NID_UNKNOWN)
		snprintf(buf, size, "unknown");
	else
		snprintf(buf, size, "%u", nid);
	return buf;
}

static const char *time_text(uint64_t real_ms, char *buf, size_t size)
{
	time_t seconds = real_ms / 1000;
	struct tm tm;

	if (!localtime_r(&seconds, &tm) || !strftime(buf, size, "%H:%M:%S", &tm))
		snprintf(buf, size, "?");
	return buf;
}

static const char *size_text(bool raw, uint64_t bytes, char *buf, size_t size)
{
	if (raw)
		snprintf(buf, size, "%" PRIu64 " bytes", bytes);
	else
		pghot_format_size(buf, size, bytes);
	return buf;
}

static const char *age_text(bool raw, uint64_t ms, char *buf, size_t size)
{
	if (raw)
		snprintf(buf, size, "%" PRIu64 " ms", ms);
	else
		pghot_format_ms(buf, size, ms);
	return buf;
}

static void append(char *buf, size_t size, const char *word)
{
	size_t used = strlen(buf);

	snprintf(buf + used, size - used, "%s%s", used ? ", " : "", word);
}

static void entry_lines(const struct details *d, const struct model *m, bool raw, struct lines *l)
{
	const struct pghot_entry *e = &d->e;
	char buf[PGHOT_UNIT_LEN], target[16], words[512] = "";
	uint32_t page_size = m->sample.page_size;
	const struct flag_letter *fl;
	uint32_t window =
		sample_param(&m->sample, PGHOT_A_PARAM_WINDOW_MS, PGHOT_WINDOW_MS_DEFAULT);
	unsigned int score = entry_score(e, window);

	lines_add(l, false, FIELD "0x%" PRIx64 ", physical address 0x%" PRIx64, "page frame",
		  (uint64_t)e->pfn, (uint64_t)e->pfn * page_size);
	if (e->order < 32)
		lines_add(l, false, FIELD "%s, order %u, %s", "folio",
			  size_text(raw, (uint64_t)page_size << e->order, buf, sizeof(buf)),
			  e->order, pghot_page_type(e->page_flags));
	lines_add(l, false, FIELD "%s, %s %s", "node", node_text(e->nid, buf, sizeof(buf)),
		  d->view == VIEW_PROMOTED ? "went to" : "bound for",
		  node_text(e->target_nid, target, sizeof(target)));
	age_text(raw, e->age_ms, buf, sizeof(buf));
	if (d->view == VIEW_PROMOTED)
		lines_add(l, false, FIELD "promoted %s before the sample, frequency %u", "record",
			  buf, e->freq);
	else if (d->gone)
		lines_add(l, false, FIELD "none any more; frequency was %u", "record", e->freq);
	else
		lines_add(l, false, FIELD "frequency %u, last access %s ago, score %u.%u", "record",
			  e->freq, buf, score / 10, score % 10);

	for (unsigned int id = 0; id < 8; id++) {
		const struct pghot_source_name *src = pghot_source_by_id(id);

		if (e->sources & 1 << id)
			append(words, sizeof(words), src ? src->name : "one of a newer kernel");
	}
	lines_add(l, false, FIELD "%s", "seen by", *words ? words : "no source");
	*words = 0;
	for (size_t i = 0; (fl = flag_letter_at(i)); i++)
		if (e->page_flags & fl->flag || e->state & fl->state)
			append(words, sizeof(words), fl->name);
	lines_add(l, false, FIELD "%s", "state", *words ? words : "-");
	if (*d->cgroup)
		lines_add(l, false, FIELD "%s (inode %" PRIu64 ")", "cgroup", d->cgroup_shown,
			  (uint64_t)e->cgroup_ino);
	else if (e->cgroup_ino)
		lines_add(l, false, FIELD "inode %" PRIu64 ", gone or not visible from here",
			  "cgroup", (uint64_t)e->cgroup_ino);
	else
		lines_add(l, false, FIELD "none", "cgroup");
}

static void kernel_lines(const struct details *d, struct lines *l)
{
	char words[1024] = "", hex[32];

	if (!d->host)
		return;
	if (d->flags_errnum) {
		lines_add(l, false, FIELD "not known: %s", "kpageflags",
			  d->flags_errnum == ENXIO ? "there is no such page frame now"
						   : strerror(d->flags_errnum));
		return;
	}
	for (unsigned int bit = 0; bit < 64; bit++)
		if (d->kflags & 1ULL << bit && kpage_flag_name(bit))
			append(words, sizeof(words), kpage_flag_name(bit));
	snprintf(hex, sizeof(hex), "0x%" PRIx64, d->kflags);
	lines_add(l, false, FIELD "%s%s%s", "kpageflags", hex, *words ? ": " : "", words);
	if (!d->count_errnum)
		lines_add(l, false, FIELD "%" PRIu64 " time%s%s", "mapped", d->count,
			  d->count == 1 ? "" : "s",
			  d->e.order ? ", the first page of the folio" : "");
	if (d->view == VIEW_PROMOTED)
		lines_add(l, false, FIELD "%s", "",
			  "that is what is in the frame now; the page has left it");
}

static void history_lines(const struct details *d, const struct model *m, bool raw, bool ascii,
			  struct lines *l)
{
	const struct page_history *ph = history_find(m->history, d->e.pfn);
	const struct history_point *hp;
	char buf[PGHOT_UNIT_LEN], when[16];
	uint64_t now = m->sample.real_ms;

	if (!ph)
		return;
	lines_add(l, false, "%s", "");
	lines_add(l, true, "History");
	lines_add(l, false,
		  " first seen at %s, %s before the sample; in %" PRIu32
		  " sample%s; largest frequency %u",
		  time_text(ph->first_ms, when, sizeof(when)),
		  age_text(raw, now > ph->first_ms ? now - ph->first_ms : 0, buf, sizeof(buf)),
		  ph->seen, ph->seen == 1 ? "" : "s", ph->max_freq);
	if (ph->nr > HISTORY_POINTS)
		lines_add(l, false, " %" PRIu32 " changes, of which the last %d:", ph->nr,
			  HISTORY_POINTS);
	for (size_t i = 0; (hp = history_at(ph, i)); i++) {
		char nid[16], target[16], words[96] = "";
		const struct flag_letter *fl;

		time_text(hp->real_ms, when, sizeof(when));
		if (hp->gone) {
			lines_add(l, false, " %s  no record", when);
			continue;
		}
		for (size_t k = 0; (fl = flag_letter_at(k)); k++)
			if (hp->state & fl->state)
				append(words, sizeof(words), fl->name);
		if (hp->promoted)
			append(words, sizeof(words), "promoted");
		lines_add(l, false, " %s  frequency %2u  %s%s%s  %s", when, hp->freq,
			  node_text(hp->nid, nid, sizeof(nid)), ascii ? ">" : "→",
			  node_text(hp->target_nid, target, sizeof(target)), words);
	}
}

static void search_line(const struct details *d, bool raw, struct lines *l)
{
	const struct pagemap_status *st = mapscan_status(d->scan);
	size_t found = mapscan_found(d->scan);
	const char *where = d->all ? "of the machine" : "of its cgroup";
	char buf[PGHOT_UNIT_LEN];

	size_text(raw, st->bytes, buf, sizeof(buf));
	if (st->errnum)
		lines_add(l, false, " The processes %s cannot be listed: %s.%s", where,
			  strerror(st->errnum), d->all ? "" : " a looks at all processes.");
	else if (st->running)
		lines_add(l, false, " Looking at process %zu of %zu %s, %s so far. Esc stops.",
			  st->done + 1, st->processes, where, buf);
	else if (st->done < st->processes)
		lines_add(l, false, " Stopped at process %zu of %zu %s. r looks again.",
			  st->done + 1, st->processes, where);
	else
		lines_add(l, false, " Looked at %zu process%s %s, %s. r looks again%s.",
			  st->processes, st->processes == 1 ? "" : "es", where, buf,
			  d->all ? "" : ", a at all processes");
	if (st->denied)
		lines_add(l, false, " %zu of them may not be looked at.", st->denied);
	if (st->hidden)
		lines_add(l, false, " Page frames are hidden: this takes CAP_SYS_ADMIN.");
	if (!st->running && !st->errnum && !found)
		lines_add(l, false, " No mapping was found.");
	else if (!st->running && !d->e.order && !d->count_errnum && d->count > found)
		lines_add(l, false, " The page is mapped %" PRIu64 " times in all.", d->count);
}

/* Of the columns of mappings that others follow, by what is in them. */
static void mapping_widths(const struct mapscan *scan, bool ascii, int widths[3])
{
	const struct mapping *map;

	widths[0] = 7;
	widths[1] = 15;
	widths[2] = 14;
	for (size_t i = 0; (map = mapscan_at(scan, i)); i++) {
		const int needed[] = {
			snprintf(NULL, 0, "%d", map->pid),
			text_width(map->comm, ascii),
			snprintf(NULL, 0, "0x%" PRIx64, map->addr),
		};

		for (int k = 0; k < 3; k++)
			if (needed[k] > widths[k])
				widths[k] = needed[k];
	}
}

static void mapping_lines(const struct details *d, const struct model *m, bool raw, bool ascii,
			  struct lines *l)
{
	const struct mapping *map;
	int w[3];

	lines_add(l, false, "%s", "");
	lines_add(l, true, "Mapped by");
	if (!d->host) {
		lines_add(l, false, " not known: the sample is of a recording");
		return;
	}
	if (!d->scan) {
		lines_add(l, false, " not known: out of memory");
		return;
	}
	search_line(d, raw, l);
	mapping_widths(d->scan, ascii, w);
	if (mapscan_at(d->scan, 0))
		lines_add(l, false, " %*s %-*s %-*s %-4s %s", w[0], "PID", w[1], "PROCESS", w[2],
			  "ADDRESS", "MODE", "MAPPING");
	for (size_t i = 0; (map = mapscan_at(d->scan, i)); i++) {
		char part[64] = "", buf[PGHOT_UNIT_LEN], addr[32];

		if (d->e.order)
			snprintf(part, sizeof(part), "%s of it%s",
				 size_text(raw, (uint64_t)map->pages * m->sample.page_size, buf,
					   sizeof(buf)),
				 ", ");
		snprintf(addr, sizeof(addr), "0x%" PRIx64, map->addr);
		lines_add(l, false, " %*d %s%*s %-*s %-4s %s%s", w[0], map->pid, map->comm,
			  w[1] - text_width(map->comm, ascii), "", w[2], addr, map->perms, part,
			  *map->what ? map->what : "anonymous");
	}
	if (mapscan_found(d->scan) > MAPSCAN_MAX)
		lines_add(l, false, " and %zu more", mapscan_found(d->scan) - (size_t)MAPSCAN_MAX);
}

void details_lines(const struct details *d, const struct model *m, bool raw, bool ascii,
		   struct lines *l)
{
	entry_lines(d, m, raw, l);
	kernel_lines(d, l);
	history_lines(d, m, raw, ascii, l);
	mapping_lines(d, m, raw, ascii, l);
}
