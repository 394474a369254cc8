// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes the present settings as pghot.conf(5), each with a word about what it is. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "atomic.h"
#include "backend/ctx.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "config/settings.h"
#include "names.h"
#include "output/show.h"
#include "units.h"

static bool any_enabled(const struct settings *s)
{
	for (size_t i = 0; i < s->sources.nr; i++) {
		if (s->sources.at[i].enabled)
			return true;
	}
	return false;
}

/*
 * What is outside of pghot is only to be set if pghot needs it: with no source
 * enabled it is written down, but commented out.
 */
static bool is_live(const struct settings *s, enum conf_section section)
{
	return section != CONF_SYSTEM || any_enabled(s);
}

static void write_section(FILE *to, const struct settings *s, enum conf_section section,
			  uint32_t source)
{
	const struct pghot_param_desc *desc;
	char name[48], value[24], text[PGHOT_UNIT_LEN], accepts[64];
	bool begun = false;

	for (unsigned int i = 0; (desc = conf_desc_at(section, source, i)); i++) {
		int64_t v;

		if (settings_get(s, section, source, desc, &v))
			continue;
		if (!begun)
			fprintf(to, "\n[%s]\n",
				conf_section_name(section, source, name, sizeof(name)));
		begun = true;
		fprintf(to, "# %s;\n# %s", desc->help,
			pghot_param_accepts(desc, accepts, sizeof(accepts)));
		if (section != CONF_SYSTEM && desc->attr != CONF_ENABLED)
			fprintf(to, ", at boot %s",
				pghot_param_format(desc, desc->def, text, sizeof(text)));
		fprintf(to, "\n%s%s = %s\n", is_live(s, section) ? "" : "#", desc->name,
			conf_value(desc, v, value, sizeof(value)));
	}
}

static void write_conf(FILE *to, const struct settings *s)
{
	char date[32] = "";
	time_t now = time(NULL);
	struct tm tm;

	if (localtime_r(&now, &tm))
		strftime(date, sizeof(date), " on %F %T", &tm);
	fprintf(to,
		"# pghot.conf(5), written by pghotctl save%s.\n"
		"# pghotctl apply FILE makes it so; what is not in it stays as it is.\n",
		date);
	write_section(to, s, CONF_PARAMETERS, 0);
	for (size_t i = 0; i < s->sources.nr; i++)
		write_section(to, s, CONF_SOURCE, s->sources.at[i].id);
	write_section(to, s, CONF_SYSTEM, 0);
}

static void add_json(struct out *o, const struct settings *s, enum conf_section section,
		     uint32_t source)
{
	const struct pghot_param_desc *desc;
	char name[48];

	for (unsigned int i = 0; (desc = conf_desc_at(section, source, i)); i++) {
		int64_t v;

		if (settings_get(s, section, source, desc, &v))
			continue;
		cell_str(o, conf_section_name(section, source, name, sizeof(name)));
		cell_str(o, desc->name);
		cell_value(o, param_json(desc, v), "");
		cell_bool(o, is_live(s, section), "", "");
		out_row_end(o);
	}
}

/* clang-format off */
static const struct column columns[] = {
	{ "section" },
	{ "name" },
	{ "value" },
	{ "active" },
};
/* clang-format on */

static void show_json(struct out *o, const struct settings *s, const char *path)
{
	out_str(o, "file", NULL, path);
	out_table_begin(o, "settings", columns, sizeof(columns) / sizeof(columns[0]), false);
	add_json(o, s, CONF_PARAMETERS, 0);
	for (size_t i = 0; i < s->sources.nr; i++)
		add_json(o, s, CONF_SOURCE, s->sources.at[i].id);
	add_json(o, s, CONF_SYSTEM, 0);
	out_table_end(o, NULL);
}

static int save_file(struct ctx *ctx, const struct settings *s, const char *path)
{
	struct atomic_file f;
	int err = atomic_open(&f, path, 0666);

	if (!err && out_mixes(&ctx->out, fileno(f.file))) {
		atomic_abort(&f);
		return fail_with(&ctx->failure, STATUS_USAGE, 0,
				 "save: %s cannot be both the settings and JSON", path);
	}
	if (!err) {
		write_conf(f.file, s);
		err = atomic_commit(&f);
	}
	if (err)
		return fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot write %s: %s",
				 path, strerror(-err));
	return STATUS_OK;
}

int cmd_save(struct ctx *ctx, const struct call *call)
{
	const struct value *file = call_get(call, "FILE");
	struct out *o = &ctx->out;
	struct settings s;
	int ret = settings_read(ctx, &s);

	if (!ret && file && strcmp(file->text, "-"))
		ret = save_file(ctx, &s, file->text);
	else if (!ret && !o->json)
		write_conf(o->file, &s);
	if (!ret && o->json)
		show_json(o, &s, file && strcmp(file->text, "-") ? file->text : NULL);
	return ret;
}
