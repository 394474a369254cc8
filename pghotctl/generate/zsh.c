// SPDX-License-Identifier: GPL-2.0-or-later
/* The zsh completion: a call of _arguments per command, and helpers for values. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/table.h"
#include "generate/gen.h"
#include "generate/shells.h"
#include "names.h"
#include "params.h"
#include "units.h"

/* Text within '…' of a specification, where some characters mean something. */
static void print_text(const char *s)
{
	for (; *s; s++) {
		if (*s == '\'')
			fputs("'\\''", stdout);
		else if (strchr("[]:\\", *s))
			printf("\\%c", *s);
		else
			putchar(*s);
	}
}

/* What stands for the value, and what completes it. */
static void print_value(const struct arg *a)
{
	char lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];

	putchar(':');
	print_text(a->metavar ? a->metavar : a->name);
	switch (a->type) {
	case ARG_FLAG:
		break;
	case ARG_COUNT:
		printf(", %" PRIu64 " to %" PRIu64 ": ", a->min, a->max);
		break;
	case ARG_SECONDS:
		printf(", %s to %s: ", pghot_format_ms(lo, sizeof(lo), a->min),
		       pghot_format_ms(hi, sizeof(hi), a->max));
		break;
	case ARG_PFN:
		printf(", a page frame number: ");
		break;
	case ARG_ADDRESS:
		printf(", a virtual address: ");
		break;
	case ARG_NODE:
		printf(":_pghotctl_nodes");
		break;
	case ARG_PFN_RANGE:
		printf(":_pghotctl_ranges");
		break;
	case ARG_SOURCE:
		printf(a->flags & ARG_OR_ALL ? ":_pghotctl_sources_or_all" : ":_pghotctl_sources");
		break;
	case ARG_WORD:
	case ARG_WORDS:
		printf(a->type == ARG_WORD ? ":(" : ":_values -s , word");
		for (const char *const *w = a->words; *w; w++)
			printf("%s%s", a->type == ARG_WORDS || w > a->words ? " " : "", *w);
		if (a->type == ARG_WORD)
			putchar(')');
		break;
	case ARG_PARAM:
		printf(":_pghotctl_params");
		break;
	case ARG_PARAM_ASSIGN:
		printf(":_pghotctl_assign");
		break;
	case ARG_SOURCE_ASSIGN:
		printf(":_pghotctl_source_assign");
		break;
	case ARG_COMMAND:
		printf(":_pghotctl_help_words");
		break;
	case ARG_FILE:
		printf(":_files");
		break;
	case ARG_PROGRAM:
		/* Its words are completed as if they stood alone, options of ours are over. */
		printf(": _command_names -e' '*::arguments: _normal");
		break;
	case ARG_CGROUP:
		printf(":_pghotctl_cgroups");
		break;
	}
}

static void print_option(const struct arg *a)
{
	/* The letter means the same. */
	if (a->letter)
		printf("'(-%c %s)'{-%c,%s}'[", a->letter, a->name, a->letter, a->name);
	else
		printf("'%s%s[", a->name, a->type == ARG_FLAG ? "" : "=");
	print_text(a->help);
	putchar(']');
	if (a->type != ARG_FLAG)
		print_value(a);
	putchar('\'');
}

static void print_globals(void)
{
	const struct arg *opt;

	printf("_pghotctl_globals() {\n\tglobals=(\n");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		printf("\t\t");
		print_option(opt);
		putchar('\n');
	}
	printf("\t)\n}\n\n");
}

/* "word:help" elements of an array. */
static void print_described(const char *word, const char *help)
{
	printf("\t\t'%s:", word);
	for (; *help; help++) {
		if (*help == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*help);
	}
	printf("'\n");
}

static void print_first(void)
{
	const struct command *cmd;
	char word[64], help[128];

	printf("_pghotctl_first() {\n\tlocal -a commands=(\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		if (gen_group(cmd, word, sizeof(word)))
			print_described(word, strchr(cmd->path, ' ')
						      ? gen_group_help(word, help, sizeof(help))
						      : cmd->help);
	}
	printf("\t)\n\t_describe -t commands command commands\n}\n\n");
}

static void print_second(const char *group)
{
	size_t len = strlen(group);
	const struct command *cmd;

	printf("_pghotctl_%s_words() {\n\tlocal -a commands=(\n", group);
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		if (!strncmp(cmd->path, group, len) && cmd->path[len] == ' ')
			print_described(cmd->path + len + 1, cmd->help);
	}
	printf("\t)\n\t_describe -t commands '%s command' commands\n}\n\n", group);
	printf("_pghotctl_%s() {\n", group);
	printf("\t_arguments -C -S -s $globals '1:command:_pghotctl_%s_words' "
	       "'*:: :->arguments' && return\n",
	       group);
	printf("\t[[ $state == arguments ]] || return 1\n"
	       "\t(( $+functions[_pghotctl_%s_$words[1]] )) && _pghotctl_%s_$words[1]\n}\n\n",
	       group, group);
}

static char *function_name(const struct command *cmd, char *buf, size_t size)
{
	snprintf(buf, size, "_pghotctl_%s", cmd->path);
	for (char *c = buf; *c; c++) {
		if (*c == ' ')
			*c = '_';
	}
	return buf;
}

/* The first command that takes the same arguments. */
static const struct command *like(const struct command *cmd)
{
	const struct command *other;

	for (unsigned int i = 0; (other = command_at(i)) && other != cmd; i++)
		if (other->args == cmd->args && cmd->args->name)
			break;
	return other;
}

static void print_command(const struct command *cmd)
{
	const struct command *other = like(cmd);
	const struct arg *a;
	int position = 1;
	char name[64];

	printf("%s() {\n", function_name(cmd, name, sizeof(name)));
	if (other != cmd) {
		printf("\t%s\n}\n\n", function_name(other, name, sizeof(name)));
		return;
	}
	printf("\t_arguments -S -s $globals");
	for (a = cmd->args; a->name; a++) {
		printf(" \\\n\t\t");
		if (arg_is_option(a)) {
			print_option(a);
			continue;
		}
		putchar('\'');
		if (a->flags & ARG_REPEAT)
			printf(a->type == ARG_PROGRAM ? "(-)1" : "*");
		else
			printf("%d%s", position++, a->flags & ARG_REQUIRED ? "" : ":");
		print_value(a);
		putchar('\'');
	}
	printf("\n}\n\n");
}

static void print_sources(void)
{
	const struct pghot_source_name *src;

	printf("_pghotctl_sources() {\n\tlocal -a sources=(\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		print_described(src->name, src->help);
		for (const char *const *a = src->aliases; *a; a++)
			print_described(*a, src->help);
	}
	/* The arguments are options of compadd. */
	printf("\t\t$more\n\t)\n\t_describe -t sources source sources \"$@\"\n}\n\n");
	printf("_pghotctl_sources_or_all() {\n"
	       "\tlocal -a more=('all:all that are enabled')\n"
	       "\t_pghotctl_sources \"$@\"\n}\n\n");
}

static void print_assigned(const struct pghot_param_desc *desc)
{
	char accepts[64];

	printf("\t%s=*", desc->name);
	if (desc->alias)
		printf("|%s=*", desc->alias);
	printf(") compset -P '*='\n\t\t");
	if (desc->unit == PGHOT_UNIT_BOOL)
		printf("compadd on off");
	else if (desc->unit == PGHOT_UNIT_NODE)
		printf("compadd -- -1; _pghotctl_nodes");
	else
		printf("_message '%s: %s'", desc->name,
		       pghot_param_accepts(desc, accepts, sizeof(accepts)));
	printf(" ;;\n");
}

static void print_params(void)
{
	const struct pghot_param_desc *desc;
	const struct pghot_source_name *src;

	printf("_pghotctl_params() {\n\tlocal -a params=(\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_described(desc->name, desc->help);
	printf("\t)\n\t_describe -t parameters parameter params \"$@\"\n}\n\n");

	printf("_pghotctl_assign() {\n\tcase $PREFIX in\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_assigned(desc);
	printf("\t*) _pghotctl_params -S = ;;\n\tesac\n}\n\n");

	printf("_pghotctl_source_assign() {\n"
	       "\tlocal -a params=('enabled:on or off')\n"
	       "\t# The first word of source set that is no option.\n"
	       "\tcase ${${(@)words[2,-1]:#-*}[1]} in\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		if (!pghot_source_param_at(src->id, 0))
			continue;
		printf("\t%s", src->name);
		for (const char *const *a = src->aliases; *a; a++)
			printf("|%s", *a);
		printf(") params+=(\n");
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++)
			print_described(desc->name, desc->help);
		printf("\t\t) ;;\n");
	}
	printf("\tesac\n\tcase $PREFIX in\n\tenabled=*) compset -P '*='\n\t\tcompadd on off ;;\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++)
			print_assigned(desc);
	}
	printf("\t*) _describe -t parameters parameter params -S = ;;\n\tesac\n}\n\n");
}

static void print_help_words(void)
{
	const struct command *cmd;
	char word[64];

	printf("_pghotctl_help_words() {\n\tcase $CURRENT,$words[2] in\n");
	printf("\t2,*) _pghotctl_first ;;\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		if (gen_group(cmd, word, sizeof(word)) && strchr(cmd->path, ' '))
			printf("\t3,%s) _pghotctl_%s_words ;;\n", word, word);
	}
	printf("\tesac\n}\n\n");
}

/* clang-format off */
static const char helpers[] =
"_pghotctl_nodes() {\n"
"\tlocal -a nodes expl\n"
"\tnodes=(/sys/devices/system/node/node<->(N:t))\n"
"\tnodes=(${nodes#node})\n"
"\t_wanted nodes expl node compadd \"$@\" -a - nodes\n"
"}\n"
"\n"
"# The page frames of each node.\n"
"_pghotctl_ranges() {\n"
"\tlocal -a ranges\n"
"\tranges=(${(f)\"$(awk '$1 == \"Node\" { nid = $2 + 0 }\n"
"\t$1 == \"spanned\" { spanned = $2 }\n"
"\t$1 == \"start_pfn:\" && spanned > 0 {\n"
"\t\tif (!(nid in end) || $2 < start[nid]) start[nid] = $2\n"
"\t\tif (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned\n"
"\t}\n"
"\tEND { for (nid in end) printf \"%#x-%#x:node %d\\n\", start[nid], end[nid] - 1, nid }' /proc/zoneinfo 2>/dev/null)\"})\n"
"\t_describe -t ranges 'page frames, START-END or START+COUNT' ranges\n"
"}\n"
"\n"
"_pghotctl_cgroups() {\n"
"\tlocal root=/sys/fs/cgroup\n"
"\t[[ -e $root/cgroup.controllers ]] || root=$root/unified\n"
"\tcompset -P /\n"
"\t_path_files -W $root -/\n"
"}\n"
"\n";

static const char driver[] =
"_pghotctl() {\n"
"\tlocal curcontext=$curcontext state\n"
"\tlocal -a line globals\n"
"\n"
"\t_pghotctl_globals\n"
"\t_arguments -C -S -s $globals '1:command:_pghotctl_first' '*:: :->arguments' && return\n"
"\t[[ $state == arguments ]] || return 1\n"
"\t(( $+functions[_pghotctl_$words[1]] )) && _pghotctl_$words[1]\n"
"}\n";
/* clang-format on */

void gen_zsh(void)
{
	const struct command *cmd;
	char word[64];

	printf("#compdef pghotctl\n"
	       "# SPDX-License-Identifier: GPL-2.0-or-later\n"
	       "# zsh completion of pghotctl. Made from its command table: do not edit,\n"
	       "# run pghotctl-gen zsh.\n\n");
	fputs(helpers, stdout);
	print_sources();
	print_params();
	print_globals();
	print_first();
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		if (gen_group(cmd, word, sizeof(word)) && strchr(cmd->path, ' '))
			print_second(word);
		print_command(cmd);
	}
	print_help_words();
	fputs(driver, stdout);
	printf("\n_pghotctl \"$@\"\n");
}
