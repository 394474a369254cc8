// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * settings.c - settings as data: one table of keys, read and written by the same
 * lines of text
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic.h"
#include "place.h"
#include "printable.h"
#include "setup/settings.h"
#include "units.h"

/* Larger than any file of settings; one that is must be something else. */
#define FILE_MAX 65536

static const char first_line[] = "# Settings of pghottop; pghottop(8) describes them.";

struct setting {
	const char *section, *key;
	/* The view that the section is about, where it is about one. */
	enum view view;
	/* Returns 0, or -EINVAL with the reason. */
	int (*set)(struct ui *ui, enum view view, const char *text, char *error, size_t size);
	void (*get)(const struct ui *ui, enum view view, char *buf, size_t size);
};

static int set_view(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	char names[96];

	(void)view;
	for (int v = 0; v < NR_VIEWS; v++) {
		if (!strcmp(view_name(v)->name, text)) {
			ui->view = v;
			return 0;
		}
	}
	snprintf(error, size, "no view \"%s\"; there are %s", text,
		 view_list(names, sizeof(names)));
	return -EINVAL;
}

static void get_view(const struct ui *ui, enum view view, char *buf, size_t size)
{
	(void)view;
	snprintf(buf, size, "%s", view_name(ui->view)->name);
}

static int set_columns(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	struct column_list list;
	int err = columns_parse(view_rows(view), &list, text, error, size);

	if (!err)
		ui->lists[view_rows(view)].columns = list;
	return err;
}

static void get_columns(const struct ui *ui, enum view view, char *buf, size_t size)
{
	const struct column_list *list = &ui->lists[view_rows(view)].columns;
	size_t used = 0;

	for (size_t i = 0; i < list->nr && used < size; i++)
		used += snprintf(buf + used, size - used, "%s%s", i ? "," : "", list->col[i]->name);
}

static int set_interval(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	uint64_t ms;

	(void)view;
	if (pghot_parse_ms(text, 1000, &ms) || ms < INTERVAL_MIN_MS || ms > INTERVAL_MAX_MS) {
		snprintf(error, size, "\"%s\" is not a time from 100ms to 1h", text);
		return -EINVAL;
	}
	ui->interval_ms = ms;
	return 0;
}

static void get_interval(const struct ui *ui, enum view view, char *buf, size_t size)
{
	(void)view;
	snprintf(buf, size, "%ums", ui->interval_ms);
}

static int set_theme(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	const struct theme *theme = theme_find(text);

	(void)view;
	if (!theme) {
		snprintf(error, size, "no theme \"%s\"; \"pghottop --theme help\" lists them",
			 text);
		return -EINVAL;
	}
	ui->theme = theme;
	return 0;
}

static void get_theme(const struct ui *ui, enum view view, char *buf, size_t size)
{
	(void)view;
	snprintf(buf, size, "%s", ui->theme->name);
}

static int set_units(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	(void)view;
	if (strcmp(text, "raw") != 0 && strcmp(text, "human") != 0) {
		snprintf(error, size, "\"%s\" is neither human nor raw", text);
		return -EINVAL;
	}
	ui->raw = *text == 'r';
	return 0;
}

static void get_units(const struct ui *ui, enum view view, char *buf, size_t size)
{
	(void)view;
	snprintf(buf, size, "%s", ui->raw ? "raw" : "human");
}

static int set_shape(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	(void)view;
	if (strcmp(text, "tree") != 0 && strcmp(text, "list") != 0) {
		snprintf(error, size, "\"%s\" is neither tree nor list", text);
		return -EINVAL;
	}
	ui->tree = *text == 't';
	return 0;
}

static void get_shape(const struct ui *ui, enum view view, char *buf, size_t size)
{
	(void)view;
	snprintf(buf, size, "%s", ui->tree ? "tree" : "list");
}

static int set_sort(struct ui *ui, enum view view, const char *text, char *error, size_t size)
{
	return sort_key_parse(view_rows(view), text, &ui->views[view].sort,
			      &ui->views[view].descending, error, size);
}

static void get_sort(const struct ui *ui, enum view view, char *buf, size_t size)
{
	const struct view_state *vs = &ui->views[view];

	snprintf(buf, size, "%c%s", vs->descending ? '-' : '+', vs->sort->name);
}

static const struct setting settings[] = {
	{ "screen", "view", 0, set_view, get_view },
	{ "screen", "columns", 0, set_columns, get_columns },
	{ "screen", "interval", 0, set_interval, get_interval },
	{ "screen", "units", 0, set_units, get_units },
	{ "screen", "theme", 0, set_theme, get_theme },
	{ "queue", "sort", VIEW_QUEUE, set_sort, get_sort },
	{ "records", "sort", VIEW_RECORDS, set_sort, get_sort },
	{ "promotions", "sort", VIEW_PROMOTED, set_sort, get_sort },
	{ "cgroups", "columns", VIEW_CGROUPS, set_columns, get_columns },
	{ "cgroups", "sort", VIEW_CGROUPS, set_sort, get_sort },
	{ "cgroups", "shape", VIEW_CGROUPS, set_shape, get_shape },
	{ "processes", "columns", VIEW_PROCESSES, set_columns, get_columns },
	{ "processes", "sort", VIEW_PROCESSES, set_sort, get_sort },
	{ "mappings", "columns", VIEW_MAPPINGS, set_columns, get_columns },
	{ "mappings", "sort", VIEW_MAPPINGS, set_sort, get_sort },
};

#define NR_SETTINGS (sizeof(settings) / sizeof(settings[0]))

const char *settings_name_at(size_t i, const char **section)
{
	if (i >= NR_SETTINGS)
		return NULL;
	*section = settings[i].section;
	return settings[i].key;
}

int settings_path(char *buf, size_t size)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int len;

	/* The specification says that relative paths are to be ignored. */
	if (config && *config == '/')
		len = snprintf(buf, size, "%s/pghottop/pghottop.ini", config);
	else if (home && *home == '/')
		len = snprintf(buf, size, "%s/.config/pghottop/pghottop.ini", home);
	else
		return -ENOENT;
	return (size_t)len < size ? 0 : -ENAMETOOLONG;
}

/* --- lines -------------------------------------------------------------------- */

/**
 * struct file - the lines of a file
 * @nr: how many
 * @max: room
 * @line: they, without their newlines
 */
struct file {
	size_t nr, max;
	char **line;
};

static void release_file(struct file *f)
{
	for (size_t i = 0; i < f->nr; i++)
		free(f->line[i]);
	free(f->line);
	memset(f, 0, sizeof(*f));
}

static int insert_line(struct file *f, size_t at, const char *text, size_t len)
{
	char *copy;

	if (f->nr == f->max) {
		size_t max = f->max ? 2 * f->max : 64;
		char **line = reallocarray(f->line, max, sizeof(*line));

		if (!line)
			return -ENOMEM;
		f->line = line;
		f->max = max;
	}
	copy = strndup(text, len);
	if (!copy)
		return -ENOMEM;
	memmove(&f->line[at + 1], &f->line[at], (f->nr - at) * sizeof(*f->line));
	f->line[at] = copy;
	f->nr++;
	return 0;
}

static int read_text(int fd, char *text, size_t size)
{
	size_t used = 0;
	struct stat st;
	ssize_t len;

	if (fstat(fd, &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	while ((len = read(fd, text + used, size - used)) > 0) {
		used += len;
		if (used == size)
			return -EFBIG;
	}
	if (len < 0)
		return -errno;
	text[used] = 0;
	return strlen(text) == used ? 0 : -EILSEQ;
}

/* Return: 0, also when there is no such file, or a negative errno. */
static int read_file(const char *path, struct file *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), err;
	char *text;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	text = malloc(FILE_MAX);
	err = text ? read_text(fd, text, FILE_MAX) : -ENOMEM;
	close(fd);
	for (const char *line = text; !err && *line;) {
		size_t len = strcspn(line, "\n");

		err = insert_line(f, f->nr, line, len);
		line += len + (line[len] == '\n');
	}
	free(text);
	if (err)
		release_file(f);
	return err;
}

static const char *read_failure(int err)
{
	return err == -EFBIG	? "too large for settings"
	       : err == -EINVAL ? "not a regular file"
	       : err == -EILSEQ ? "has zero bytes, so it is no text"
				: strerror(-err);
}

enum line_kind {
	LINE_NOTHING,
	LINE_SECTION,
	LINE_SETTING,
	LINE_WRONG,
};

/**
 * struct line - a line, taken apart
 * @name: name of the section, or the key
 * @value: LINE_SETTING: the value
 */
struct line {
	char name[64];
	char value[512];
};

static void copy_trimmed(char *buf, size_t size, const char *text, size_t len)
{
	while (len && strchr(" \t\r", text[len - 1]))
		len--;
	while (len && strchr(" \t", *text)) {
		text++;
		len--;
	}
	snprintf(buf, size, "%.*s", (int)len, text);
}

static enum line_kind parse_line(const char *text, struct line *l)
{
	size_t len;

	memset(l, 0, sizeof(*l));
	text += strspn(text, " \t\r");
	if (!*text || *text == '#' || *text == ';')
		return LINE_NOTHING;
	if (*text == '[') {
		len = strcspn(text, "]");
		if (!text[len] || text[len + 1 + strspn(text + len + 1, " \t\r")])
			return LINE_WRONG;
		copy_trimmed(l->name, sizeof(l->name), text + 1, len - 1);
		return LINE_SECTION;
	}
	len = strcspn(text, "=");
	if (!text[len])
		return LINE_WRONG;
	copy_trimmed(l->name, sizeof(l->name), text, len);
	copy_trimmed(l->value, sizeof(l->value), text + len + 1, strlen(text + len + 1));
	return *l->name ? LINE_SETTING : LINE_WRONG;
}

static const struct setting *find_setting(const char *section, const char *key)
{
	for (size_t i = 0; i < NR_SETTINGS; i++)
		if (!strcmp(settings[i].section, section) && !strcmp(settings[i].key, key))
			return &settings[i];
	return NULL;
}

/* --- reading ------------------------------------------------------------------ */

/**
 * struct warnings - where news of what makes no sense goes
 */
struct warnings {
	const char *path;
	settings_warn_fn warn;
	void *data;
};

static void warn(const struct warnings *w, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void warn(const struct warnings *w, size_t line, const char *fmt, ...)
{
	char text[1024], shown[sizeof(text)];
	size_t used;
	va_list ap;

	used = snprintf(text, sizeof(text), line ? "%s:%zu: " : "%s: ", w->path, line);
	va_start(ap, fmt);
	if (used < sizeof(text))
		vsnprintf(text + used, sizeof(text) - used, fmt, ap);
	va_end(ap);
	pghot_printable(shown, sizeof(shown), text);
	w->warn(w->data, shown);
}

static void take_setting(struct ui *ui, const struct warnings *w, size_t line, const char *section,
			 const struct line *l)
{
	const struct setting *s = find_setting(section, l->name);
	char error[256];

	if (!s && *section)
		warn(w, line, "no setting \"%s\" in [%s]; left alone", l->name, section);
	else if (!s)
		warn(w, line, "setting \"%s\" before any [section]; left alone", l->name);
	else if (s->set(ui, s->view, l->value, error, sizeof(error)))
		warn(w, line, "%s: %s", s->key, error);
}

int settings_read(const char *path, struct ui *ui, settings_warn_fn warn_fn, void *data)
{
	const struct warnings w = { path, warn_fn, data };
	struct file f = { 0 };
	char section[64] = "";
	int err = read_file(path, &f);

	if (err)
		warn(&w, 0, "%s", read_failure(err));
	for (size_t i = 0; i < f.nr; i++) {
		struct line l;

		switch (parse_line(f.line[i], &l)) {
		case LINE_SECTION:
			strcpy(section, l.name);
			break;
		case LINE_SETTING:
			take_setting(ui, &w, i + 1, section, &l);
			break;
		case LINE_WRONG:
			warn(&w, i + 1, "neither \"[section]\" nor \"key = value\"; left alone");
			break;
		case LINE_NOTHING:
			break;
		}
	}
	release_file(&f);
	return err;
}

/* --- writing ------------------------------------------------------------------ */

/* Puts a setting into every line that has it, or where it belongs. */
static int put_setting(struct file *f, const struct setting *s, const char *text)
{
	size_t last = SIZE_MAX;
	bool inside = false, found = false;
	int err = 0;

	for (size_t i = 0; i < f->nr && !err; i++) {
		struct line l;

		switch (parse_line(f->line[i], &l)) {
		case LINE_SECTION:
			inside = !strcmp(l.name, s->section);
			break;
		case LINE_SETTING:
			if (!inside || strcmp(l.name, s->key) != 0)
				break;
			found = true;
			/* One that says the same already keeps its looks. */
			if (!strcmp(l.value, strchr(text, '=') + 2))
				break;
			free(f->line[i]);
			memmove(&f->line[i], &f->line[i + 1], (--f->nr - i) * sizeof(*f->line));
			err = insert_line(f, i, text, strlen(text));
			break;
		case LINE_NOTHING:
			/* A comment that ends a section is more likely about the next. */
			continue;
		case LINE_WRONG:
			break;
		}
		if (inside)
			last = i;
	}
	if (err || found)
		return err;
	if (last != SIZE_MAX)
		return insert_line(f, last + 1, text, strlen(text));

	if (f->nr)
		err = insert_line(f, f->nr, "", 0);
	if (!err) {
		char heading[64];

		snprintf(heading, sizeof(heading), "[%s]", s->section);
		err = insert_line(f, f->nr, heading, strlen(heading));
	}
	return err ? err : insert_line(f, f->nr, text, strlen(text));
}

/* With the directories above it, and not through links of others. */
static int replace_file(const char *path, const struct file *f)
{
	struct pghot_place place;
	struct atomic_file out;
	int err = pghot_place_own(&place, path, true);

	if (!err)
		err = atomic_open_at(&out, &place, 0666);
	if (err)
		return err;
	/* What fails here fails when it is committed, too. */
	for (size_t i = 0; i < f->nr; i++)
		fprintf(out.file, "%s\n", f->line[i]);
	return atomic_commit(&out);
}

int settings_write(const char *path, const struct ui *ui, char *error, size_t error_size)
{
	struct file f = { 0 };
	int err = read_file(path, &f);

	if (err) {
		snprintf(error, error_size, "%s: %s", path, read_failure(err));
		return err;
	}
	if (!f.nr)
		err = insert_line(&f, 0, first_line, strlen(first_line));
	for (size_t i = 0; i < NR_SETTINGS && !err; i++) {
		char value[512], text[640];

		settings[i].get(ui, settings[i].view, value, sizeof(value));
		snprintf(text, sizeof(text), "%s = %s", settings[i].key, value);
		err = put_setting(&f, &settings[i], text);
	}
	if (!err)
		err = replace_file(path, &f);
	if (err)
		snprintf(error, error_size, "%s: %s", path, strerror(-err));
	release_file(&f);
	return err;
}
