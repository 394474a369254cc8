// SPDX-License-Identifier: GPL-2.0-or-later

#include <stdio.h>
#include <string.h>

#include "backend/ctx.h"
#include "cmdline/command.h"
#include "cmdline/suggest.h"
#include "commands/commands.h"
#include "jsontext.h"
#include "names.h"
#include "params.h"
#include "units.h"

static const char *type_name(enum arg_type type)
{
	switch (type) {
	case ARG_FLAG:
		return "flag";
	case ARG_COUNT:
		return "count";
	case ARG_NODE:
		return "node";
	case ARG_PFN:
		return "pfn";
	case ARG_ADDRESS:
		return "address";
	case ARG_PFN_RANGE:
		return "pfn-range";
	case ARG_SECONDS:
		return "duration";
	case ARG_SOURCE:
		return "source";
	case ARG_WORD:
		return "word";
	case ARG_PARAM:
		return "parameter";
	case ARG_PARAM_ASSIGN:
	case ARG_SOURCE_ASSIGN:
		return "assignment";
	case ARG_COMMAND:
		return "command";
	case ARG_FILE:
		return "file";
	case ARG_CGROUP:
		return "cgroup";
	case ARG_WORDS:
		return "words";
	case ARG_PROGRAM:
		return "program";
	}
	return "unknown";
}

static json_t *text_or_null(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *arg_json(const struct arg *a)
{
	bool ranged = a->type == ARG_COUNT || a->type == ARG_SECONDS;
	char letter[2] = { a->letter, '\0' };
	json_t *v = json_object(), *words = a->words ? json_array() : json_null();

	for (const char *const *w = a->words; w && *w; w++)
		json_array_append_new(words, json_string(*w));
	json_object_set_new(v, "name", json_string(a->name));
	json_object_set_new(v, "type", json_string(type_name(a->type)));
	json_object_set_new(v, "metavar", text_or_null(a->metavar));
	json_object_set_new(v, "letter", text_or_null(a->letter ? letter : NULL));
	json_object_set_new(v, "required", json_boolean(a->flags & ARG_REQUIRED));
	json_object_set_new(v, "repeat", json_boolean(a->flags & ARG_REPEAT));
	json_object_set_new(v, "or_all", json_boolean(a->flags & ARG_OR_ALL));
	json_object_set_new(v, "min", ranged ? pghot_json_u64(a->min) : json_null());
	json_object_set_new(v, "max", ranged ? pghot_json_u64(a->max) : json_null());
	json_object_set_new(v, "words", words);
	json_object_set_new(v, "help", json_string(a->help));
	return v;
}

static const char *unit_name(enum pghot_param_unit unit)
{
	switch (unit) {
	case PGHOT_UNIT_NONE:
	case PGHOT_UNIT_BITS:
	case PGHOT_UNIT_PMU:
	case PGHOT_UNIT_INODE:
		break;
	case PGHOT_UNIT_BOOL:
		return "bool";
	case PGHOT_UNIT_MS:
		return "ms";
	case PGHOT_UNIT_MBPS:
		return "MiB/s";
	case PGHOT_UNIT_MIB:
		return "MiB";
	case PGHOT_UNIT_PERCENT:
		return "percent";
	case PGHOT_UNIT_PAGES:
		return "pages";
	case PGHOT_UNIT_ENTRIES:
		return "folios";
	case PGHOT_UNIT_NODE:
		return "node";
	}
	return NULL;
}

static json_t *param_help(const struct pghot_param_desc *desc)
{
	json_t *v = json_object();
	char accepts[64];

	json_object_set_new(v, "name", json_string(desc->name));
	json_object_set_new(v, "alias", text_or_null(desc->alias));
	json_object_set_new(v, "help", json_string(desc->help));
	json_object_set_new(v, "accepts",
			    json_string(pghot_param_accepts(desc, accepts, sizeof(accepts))));
	json_object_set_new(v, "min", json_integer(desc->min));
	json_object_set_new(v, "max", json_integer(desc->max));
	json_object_set_new(v, "default", json_integer(desc->def));
	json_object_set_new(v, "unit", text_or_null(unit_name(desc->unit)));
	return v;
}

static json_t *sources_json(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;
	json_t *list = json_array();

	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		json_t *v = json_object(), *aliases = json_array(), *params = json_array();

		for (const char *const *a = src->aliases; *a; a++)
			json_array_append_new(aliases, json_string(*a));
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++)
			json_array_append_new(params, param_help(desc));
		json_object_set_new(v, "name", json_string(src->name));
		json_object_set_new(v, "aliases", aliases);
		json_object_set_new(v, "help", json_string(src->help));
		json_object_set_new(v, "parameters", params);
		json_array_append_new(list, v);
	}
	return list;
}

static json_t *command_json(const struct command *cmd)
{
	json_t *v = json_object(), *args = json_array();
	char synopsis[256];

	for (const struct arg *a = cmd->args; a->name; a++)
		json_array_append_new(args, arg_json(a));
	json_object_set_new(v, "path", json_string(cmd->path));
	json_object_set_new(v, "synopsis",
			    json_string(command_synopsis(cmd, synopsis, sizeof(synopsis))));
	json_object_set_new(v, "help", json_string(cmd->help));
	json_object_set_new(v, "details", text_or_null(cmd->details));
	json_object_set_new(v, "needs_admin", json_boolean(cmd->privilege == ADMIN));
	json_object_set_new(v, "arguments", args);
	return v;
}

static void show_options(struct out *o)
{
	const struct arg *opt;

	out_heading(o, "Options, before or after the command:");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		char left[32];

		snprintf(left, sizeof(left), "%s%s%s", opt->name, opt->metavar ? " " : "",
			 opt->metavar ? opt->metavar : "");
		if (opt->letter)
			out_text(o, "  -%c, %-14s  %s", opt->letter, left, opt->help);
		else
			out_text(o, "      %-14s  %s", left, opt->help);
	}
}

static void show_overview(struct out *o, const struct command_table *table)
{
	const struct command *cmd;

	out_text(o, "pghotctl controls and shows the promotion of hot pages out of slow memory.");
	out_text(o, "usage: pghotctl [-jpr] COMMAND [ARGUMENT...]");
	out_heading(o, "Commands (* needs privilege):");
	for (unsigned int i = 0; (cmd = table->at(i)); i++)
		out_text(o, " %c%-14s  %s", cmd->privilege == ADMIN ? '*' : ' ', cmd->path,
			 cmd->help);
	show_options(o);
	out_text(o, "\npghotctl help COMMAND tells more; so do pghotctl(8) and pghot(7).");
}

static void show_param_help(struct out *o, const struct pghot_param_desc *desc)
{
	char accepts[64], def[PGHOT_UNIT_LEN];

	out_text(o, "  %-24s  %s", desc->name, desc->help);
	out_text(o, "  %-24s  %s; at boot %s", "",
		 pghot_param_accepts(desc, accepts, sizeof(accepts)),
		 pghot_param_format(desc, desc->def, def, sizeof(def)));
	if (desc->alias)
		out_text(o, "  %-24s  also called %s", "", desc->alias);
}

/* The words of a list, in lines; of a single word its help has them. */
static void show_words(struct out *o, const struct arg *a)
{
	char line[96] = "";
	size_t used = 0;

	out_text(o, "\n%s:", a->metavar);
	for (const char *const *w = a->words; *w; w++) {
		used += (size_t)snprintf(line + used, sizeof(line) - used, "%s%s%s",
					 used ? " " : "", *w, w[1] ? "," : "");
		if (w[1] && used + strlen(w[1]) < 72)
			continue;
		out_text(o, "  %s", line);
		used = 0;
	}
}

/* Values that an argument may have, when there is a list of them. */
static void show_values(struct out *o, const struct arg *a)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;

	if (a->type == ARG_PARAM || a->type == ARG_PARAM_ASSIGN) {
		out_heading(o, "Parameters:");
		for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
			show_param_help(o, desc);
	}
	if (a->type == ARG_WORDS)
		show_words(o, a);
	if (a->type == ARG_SOURCE || a->type == ARG_SOURCE_ASSIGN) {
		if (a->type == ARG_SOURCE)
			out_heading(o, "Sources:");
		else
			out_heading(o, "Parameters of sources, besides enabled:");
		for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
			if (a->type == ARG_SOURCE)
				out_text(o, "  %-12s %s%s%s%s%s", src->name, src->help,
					 src->aliases[0] ? "; also called " : "",
					 src->aliases[0] ? src->aliases[0] : "",
					 src->aliases[0] && src->aliases[1] ? ", " : "",
					 src->aliases[0] && src->aliases[1] ? src->aliases[1] : "");
			for (unsigned int n = 0; a->type == ARG_SOURCE_ASSIGN &&
						 (desc = pghot_source_param_at(src->id, n));
			     n++) {
				out_text(o, "  %s:", src->name);
				show_param_help(o, desc);
			}
		}
	}
}

static void show_command(struct out *o, const struct command *cmd)
{
	char synopsis[256];

	out_text(o, "usage: pghotctl %s", command_synopsis(cmd, synopsis, sizeof(synopsis)));
	out_text(o, "  %s%s", cmd->help, cmd->privilege == ADMIN ? " (needs privilege)" : "");
	if (cmd->details)
		out_text(o, "\n%s", cmd->details);
	if (cmd->args->name)
		out_heading(o, "Arguments:");
	for (const struct arg *a = cmd->args; a->name; a++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%s%s", a->name, a->metavar ? " " : "",
			 a->metavar ? a->metavar : "");
		out_text(o, "  %-20s  %s", left, a->help);
	}
	for (const struct arg *a = cmd->args; a->name; a++)
		show_values(o, a);
}

/* Words that name a command, or the beginning of the paths of several. */
static bool matches(const struct command *cmd, const struct call *call)
{
	const char *at = cmd->path;

	for (const struct value *v = call_get(call, "COMMAND"); v;
	     v = call_next(call, "COMMAND", v)) {
		size_t len = strlen(v->text);

		if (strncmp(at, v->text, len) || (at[len] && at[len] != ' '))
			return false;
		at += len + (at[len] == ' ');
	}
	return true;
}

static int show_named(struct ctx *ctx, const struct call *call)
{
	const struct value *word = call_get(call, "COMMAND");
	struct suggestion s = { 0 };
	const struct command *cmd;
	bool found = false;

	for (unsigned int i = 0; (cmd = call->table->at(i)); i++) {
		suggest(&s, word->text, cmd->path);
		if (!matches(cmd, call))
			continue;
		if (found)
			out_text(&ctx->out, "%s", "");
		show_command(&ctx->out, cmd);
		found = true;
	}
	if (found) {
		show_options(&ctx->out);
		return STATUS_OK;
	}
	fail_with(&ctx->failure, STATUS_USAGE, 0, "no such command: %s", word->text);
	if (s.word)
		fail_hint(&ctx->failure, "did you mean %s?", s.word);
	return STATUS_USAGE;
}

int cmd_help(struct ctx *ctx, const struct call *call)
{
	const struct command *about = call->cmd && call->globals.help ? call->cmd : NULL;
	const struct pghot_param_desc *desc;
	const struct command *cmd;
	const struct arg *option;
	json_t *list;

	if (!ctx->out.json) {
		if (about) {
			show_command(&ctx->out, about);
			show_options(&ctx->out);
		} else if (call_get(call, "COMMAND")) {
			return show_named(ctx, call);
		} else {
			show_overview(&ctx->out, call->table);
		}
		return STATUS_OK;
	}
	list = json_array();
	for (unsigned int i = 0; (cmd = call->table->at(i)); i++) {
		if (about ? about == cmd : matches(cmd, call))
			json_array_append_new(list, command_json(cmd));
	}
	if (!json_array_size(list)) {
		json_decref(list);
		return show_named(ctx, call);
	}
	out_value(&ctx->out, "commands", NULL, list, "");
	list = json_array();
	for (unsigned int i = 0; (option = global_option_at(i)); i++)
		json_array_append_new(list, arg_json(option));
	out_value(&ctx->out, "options", NULL, list, "");
	list = json_array();
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		json_array_append_new(list, param_help(desc));
	out_value(&ctx->out, "parameters", NULL, list, "");
	out_value(&ctx->out, "sources", NULL, sources_json(), "");
	return STATUS_OK;
}
