// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * status.c - the last line. What stays on a narrow screen is a matter of priorities.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "printable.h"
#include "screen/chunks.h"
#include "state/notice.h"
#include "state/query.h"
#include "units.h"
#include "views/status.h"

static void format_us(char *buf, size_t size, uint64_t us)
{
	if (us < 1000)
		snprintf(buf, size, "%" PRIu64 " us", us);
	else
		snprintf(buf, size, "%.1f ms", us / 1000.0);
}

static struct chunk *status_chunk(struct chunk_line *line, int priority, enum style style,
				  const char *label, const char *value)
{
	struct chunk *ch = chunk_add(line, priority, label, style, "%s", value);

	ch->label_style = style == STYLE_FROZEN ? STYLE_FROZEN : STYLE_STATUS;
	return ch;
}

static void status_sort(struct chunk_line *line, const struct ui *ui, const struct model *m,
			enum style style)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct sample *s = &m->sample;
	char text[64];

	/* Sorted is only what was asked for: the hottest of what there is. */
	if (!s->query.chosen && s->nr_entries && s->nr_entries >= s->query.limit &&
	    s->query.limit >= SORT_WINDOW)
		snprintf(text, sizeof(text), "%s%s of the first %" PRIu32, vs->sort->name,
			 vs->descending ? "" : " ascending", s->query.limit);
	else
		snprintf(text, sizeof(text), "%s%s", vs->sort->name,
			 vs->descending ? "" : " ascending");
	status_chunk(line, 3, style, "sort", text);
}

/* Pages that the view has in the kernel, 0 when that is not known. */
static uint64_t view_total(const struct ui *ui, const struct model *m)
{
	uint64_t total = 0;

	if (ui->view != VIEW_QUEUE || ui->min_freq || ui_list(ui)->filter)
		return 0;
	for (size_t i = 0; i < m->nr_nodes; i++) {
		const struct pghot_node *n = &m->nodes[i].node;

		if (!n->toptier && ui->nid == (int)n->nid)
			return 0;
		if (ui->nid == ALL_NODES || ui->nid == (int)n->nid)
			total += n->heap_length;
	}
	return total;
}

static void status_row(struct chunk_line *line, const struct ui *ui, const struct model *m,
		       size_t rows, enum style style)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct sample *s = &m->sample;
	uint64_t total = view_total(ui, m);
	char text[64];

	if (!rows)
		return;
	/* Of how many: fetched are no more than can be scrolled to soon. */
	if (total > rows)
		snprintf(text, sizeof(text), "%zu/%" PRIu64, vs->selected + 1, total);
	else
		snprintf(text, sizeof(text), "%zu/%zu%s", vs->selected + 1, rows,
			 s->nr_entries >= s->query.limit ? "+" : "");
	status_chunk(line, 5, style, "row", text);
}

/* Whole seconds, and those of the beginning too. */
static void format_whole(char *buf, size_t size, uint64_t ms)
{
	if (ms < 1000)
		snprintf(buf, size, "0 s");
	else
		pghot_format_ms(buf, size, ms / 1000 * 1000);
}

static void status_pace(struct chunk_line *line, const struct ui *ui, uint64_t age_ms,
			enum style base, enum style key)
{
	char buf[PGHOT_UNIT_LEN];

	if (ui->frozen) {
		format_whole(buf, sizeof(buf), age_ms);
		status_chunk(line, 0, key, "FROZEN", "");
		status_chunk(line, 1, base, buf, "ago, Space goes on");
	} else {
		pghot_format_ms(buf, sizeof(buf), ui->interval_ms);
		/* It does without that sooner than without saying that pages are left out. */
		status_chunk(line, ui_list(ui)->filter ? 2 : 0, key, "every", buf);
	}
}

/* Bytes of a text's beginning that fit. */
static size_t text_cut(const char *text, int width, bool ascii)
{
	size_t len = 0;

	for (size_t next = 1; text[len]; next++) {
		char part[FILTER_LEN];

		/* Not within a character. */
		if ((text[next] & 0xc0) == 0x80)
			continue;
		snprintf(part, sizeof(part), "%.*s", (int)next, text);
		if (text_width(part, ascii) > width)
			break;
		len = next;
	}
	return len;
}

/* A long one is cut: it must be seen that there is one. */
static void status_filter(struct chunk_line *line, const struct ui *ui, int cols, enum style style)
{
	int width = cols > 60 ? cols / 3 : cols - 8;
	char text[FILTER_LEN + 4];

	if (width > 70)
		width = 70;
	if (width < 1 || text_width(ui_list(ui)->filter_text, ui->ascii) <= width)
		snprintf(text, sizeof(text), "%s", ui_list(ui)->filter_text);
	else
		snprintf(text, sizeof(text), "%.*s%s",
			 (int)text_cut(ui_list(ui)->filter_text, width - (ui->ascii ? 3 : 1),
				       ui->ascii),
			 ui_list(ui)->filter_text, ui->ascii ? "..." : "…");
	status_chunk(line, ui->frozen ? 1 : 0, style, "filter", text);
}

/* Whose pages the view is of, when it is not of all. */
static void status_within(struct chunk_line *line, const struct ui *ui, enum style style)
{
	char shown[PGHOT_PRINTABLE_MAX * 64], text[sizeof(shown) + 4];
	size_t len = strlen(ui->within), from = len > 60 ? len - 60 : 0;

	/* Not within a character. */
	while ((ui->within[from] & 0xc0) == 0x80)
		from++;
	pghot_printable(shown, sizeof(shown), ui->within + from);
	snprintf(text, sizeof(text), "%s%s", from ? ui->ascii ? "..." : "…" : "", shown);
	status_chunk(line, 0, style, "in", text);
}

/* Which pages the filter and the order chose from, when that is not all. */
static void status_scope(struct chunk_line *line, const struct ui *ui, const struct model *m,
			 enum style style)
{
	const struct sample *s = &m->sample;
	char text[64];

	if (ui->frozen && ui_narrowed(ui, m)) {
		status_chunk(line, 1, style, "", "not all in the frozen sample");
	} else if (ui_kind(ui) == ROW_CGROUP && s->cut) {
		/* A recording has no other. */
		status_chunk(line, 1, style, "of the", "hottest records");
	} else if (s->query.chosen && s->nr_entries && !sample_complete(s)) {
		snprintf(text, sizeof(text), "%zu %s", s->nr_entries, scope_order(ui->view));
		status_chunk(line, 1, style, "of the", text);
	}
}

static void status_play(struct chunk_line *line, const struct player *p, enum style base,
			enum style key)
{
	char now[PGHOT_UNIT_LEN], all[PGHOT_UNIT_LEN], text[80];

	snprintf(text, sizeof(text), "%zu/%zu", p->pos + 1, p->nr);
	status_chunk(line, 0, key,
		     !p->paused		  ? "PLAYING"
		     : p->pos + 1 < p->nr ? "PAUSED"
					  : "END",
		     text);
	format_whole(now, sizeof(now), player_time_ms(p, p->pos));
	format_whole(all, sizeof(all), player_time_ms(p, p->nr - 1));
	snprintf(text, sizeof(text), "%s of %s", now, all);
	status_chunk(line, 1, base, "", text);
	status_chunk(line, 2, base, "", player_speed(p));
}

/* That a recording is no longer written must not be overlooked. */
static void status_written(struct chunk_line *line, const struct sample *s, enum style base)
{
	char text[160], buf[PGHOT_UNIT_LEN];

	if (s->write_error.errnum) {
		snprintf(text, sizeof(text), "%s", strerror(s->write_error.errnum));
		status_chunk(line, 0, STYLE_ALARM, "RECORDING ENDED", text)->label_style =
			STYLE_ALARM;
	} else if (s->written) {
		snprintf(text, sizeof(text), "%" PRIu64 ", %s", s->written,
			 pghot_format_size(buf, sizeof(buf), s->written_bytes));
		status_chunk(line, 1, base, "recorded", text);
	}
}

void status_draw(struct canvas *c, struct rect r, struct ui *ui, const struct model *m, size_t rows,
		 uint64_t now_ns)
{
	const struct sample *s = &m->sample;
	bool still = ui->player ? ui->player->paused : ui->frozen;
	enum style base = still ? STYLE_FROZEN : STYLE_STATUS;
	enum style key = still ? STYLE_FROZEN : STYLE_STATUS_KEY;
	struct chunk_line line = { .gap = 2 };
	uint64_t age_ms = now_ns > s->mono_ns ? (now_ns - s->mono_ns) / 1000000 : 0;
	char buf[PGHOT_UNIT_LEN];

	canvas_clear(c, r, base);
	if (ui->message[0]) {
		canvas_field(c, r.row, r.col, r.cols, ALIGN_LEFT, ELIDE_END,
			     ui->alarm ? STYLE_ALARM : base, ui->message);
		return;
	}
	if (ui->player)
		status_play(&line, ui->player, base, key);
	else
		status_pace(&line, ui, age_ms, base, key);
	status_written(&line, s, base);
	if (s->state == SAMPLE_OK) {
		/* The map is of all pages. */
		if (ui_list(ui)->filter && !ui->map.on)
			status_filter(&line, ui, r.cols, key);
		if (ui_of_mapping(ui) && !ui->map.on) {
			snprintf(buf, sizeof(buf), "0x%" PRIx64, ui->start);
			status_chunk(&line, 0, key, "mapping", buf);
		} else if (ui->within && ui->view != VIEW_CGROUPS && !ui->map.on) {
			status_within(&line, ui, key);
		}
		if ((ui->view == VIEW_MAPPINGS || ui_of_mapping(ui)) && ui->pid && !ui->map.on) {
			snprintf(buf, sizeof(buf), "%d", (int)ui->pid);
			status_chunk(&line, 0, key, "process", buf);
		}
		if (s->denied) {
			snprintf(buf, sizeof(buf), "%zu processes", s->denied);
			status_chunk(&line, 1, STYLE_ALARM, "without", buf);
		}
		if (!ui->map.on)
			status_scope(&line, ui, m, base);
		if (!ui->frozen && !ui->player) {
			/* Tenths, so that it does not flicker. */
			snprintf(buf, sizeof(buf), "%.1f s", age_ms / 1000.0);
			status_chunk(&line, 4, base, "age", buf);
		}
		format_us(buf, sizeof(buf), s->cpu_us);
		status_chunk(&line, 6, base, "cost", buf);
		if (!ui->map.on) {
			status_sort(&line, ui, m, base);
			status_row(&line, ui, m, rows, base);
		}
	}
	status_chunk(&line, 2, key, "h help", "")->right = true;
	line.chunk[line.nr - 1].label_style = key;
	status_chunk(&line, 7, key, "q quit", "")->right = true;
	line.chunk[line.nr - 1].label_style = key;
	chunk_draw(c, r.row, r.col, r.cols, &line);
	for (size_t i = line.nr - 2; i < line.nr; i++)
		hits_add(&ui->hits,
			 (struct rect){ r.row, line.chunk[i].pos, 1, line.chunk[i].width },
			 i == line.nr - 1 ? ACT_QUIT : ACT_HELP, 0);
}
