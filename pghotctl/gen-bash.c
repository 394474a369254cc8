// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bash completion: tables made from the command table, then a driver that
 * is the same for every command. It needs nothing of the bash-completion
 * package.
 */

#include <stdio.h>
#include <string.h>

#include "gen.h"
#include "names.h"
#include "params.h"
#include "table.h"

/* What kind of value an argument completes to; the driver knows these words. */
static const char *kind(const struct arg *a)
{
	switch (a->type) {
	case ARG_NODE:
		return "node";
	case ARG_SOURCE:
		return a->flags & ARG_OR_ALL ? "source_or_all" : "source";
	case ARG_PARAM:
		return "param";
	case ARG_PARAM_ASSIGN:
		return "assign";
	case ARG_SOURCE_ASSIGN:
		return "source_assign";
	case ARG_COMMAND:
		return "command";
	case ARG_PROGRAM:
		return "program";
	case ARG_WORD:
		return "word";
	case ARG_FLAG:
	case ARG_COUNT:
	case ARG_PFN:
	case ARG_PFN_RANGE:
	case ARG_SECONDS:
		break;
	}
	return "none";
}

static void print_sources(void)
{
	const struct pghot_source_name *src;

	printf("_pghotctl_sources='");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		printf("%s%s", i ? " " : "", src->name);
		for (const char *const *a = src->aliases; *a; a++)
			printf(" %s", *a);
	}
	printf("'\n");
}

static void print_params(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;

	printf("_pghotctl_params='");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		printf("%s%s", i ? " " : "", desc->name);
	printf("'\n_pghotctl_switches=' enabled ");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (desc->unit == PGHOT_UNIT_BOOL)
			printf("%s ", desc->name);
	}
	printf("'\n\n_pghotctl_source_params() {\n\tcase $1 in\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		printf("\t%s", src->name);
		for (const char *const *a = src->aliases; *a; a++)
			printf("|%s", *a);
		printf(") echo 'enabled");
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++)
			printf(" %s", desc->name);
		printf("' ;;\n");
	}
	printf("\tesac\n}\n\n");
}

/* The words that may follow others, up to the depth of the table. */
static void print_next_words(void)
{
	const struct command *cmd;
	char last[64] = "";

	printf("_pghotctl_next() {\n\tcase $1 in\n\t'') echo '");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		char first[64];

		snprintf(first, sizeof(first), "%.*s", (int)strcspn(cmd->path, " "), cmd->path);
		if (strcmp(first, last))
			printf("%s%s", i ? " " : "", first);
		snprintf(last, sizeof(last), "%s", first);
	}
	printf("' ;;\n");
	last[0] = '\0';
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const char *space = strchr(cmd->path, ' ');
		char first[64];

		snprintf(first, sizeof(first), "%.*s", space ? (int)(space - cmd->path) : 0,
			 cmd->path);
		if (strcmp(first, last) && last[0])
			printf("' ;;\n");
		if (space && strcmp(first, last))
			printf("\t%s) echo '%s", first, space + 1);
		else if (space)
			printf(" %s", space + 1);
		snprintf(last, sizeof(last), "%s", first);
	}
	if (last[0])
		printf("' ;;\n");
	printf("\tesac\n}\n\n");
}

static void print_value(const char *path, const struct arg *a)
{
	printf("\t'%s:%s') echo '%s", path, arg_is_option(a) ? a->name : "", kind(a));
	for (const char *const *w = a->words; w && *w; w++)
		printf(" %s", *w);
	printf("' ;;\n");
}

static void print_commands(void)
{
	const struct command *cmd;
	const struct arg *opt;

	printf("_pghotctl_options() {\n\tcase $1 in\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		bool any = false;

		for (const struct arg *a = cmd->args; a->name; a++) {
			if (!arg_is_option(a))
				continue;
			if (any)
				printf(" %s", a->name);
			else
				printf("\t'%s') echo '%s", cmd->path, a->name);
			any = true;
		}
		if (any)
			printf("' ;;\n");
	}
	printf("\tesac\n}\n\n_pghotctl_globals='");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++)
		printf("%s%s", i ? " " : "", opt->name);

	printf("'\n\n# PATH:OPTION, or PATH: for what is no option\n");
	printf("_pghotctl_value() {\n\tcase $1 in\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const struct arg *last = NULL;

		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a) && a->type != ARG_FLAG)
				print_value(cmd->path, a);
			/* SRC comes first, what it is set to after that. */
			if (!arg_is_option(a))
				last = last && a->type == ARG_SOURCE_ASSIGN ? a : last ? last : a;
		}
		if (last)
			print_value(cmd->path, last);
	}
	printf("\tesac\n}\n\n");
}

/* clang-format off */
static const char driver[] =
"_pghotctl_nodes() {\n"
"\tlocal d\n"
"\tfor d in /sys/devices/system/node/node[0-9]*; do\n"
"\t\t[ -d \"$d\" ] && echo \"${d##*node}\"\n"
"\tdone\n"
"}\n"
"\n"
"_pghotctl() {\n"
"\tlocal cur=${COMP_WORDS[COMP_CWORD]} path='' src='' opt='' prev='' w i n=0 kind words=''\n"
"\n"
"\tCOMPREPLY=()\n"
"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
"\t\tw=${COMP_WORDS[i]}\n"
"\t\tprev=$w\n"
"\t\tcase $w in\n"
"\t\t-*)\n"
"\t\t\topt=$w\n"
"\t\t\tcontinue ;;\n"
"\t\tesac\n"
"\t\t# The value of an option is no word of the command.\n"
"\t\tif [ -n \"$opt\" ] && [ -n \"$(_pghotctl_value \"$path:$opt\")\" ]; then\n"
"\t\t\topt=''\n"
"\t\t\tcontinue\n"
"\t\tfi\n"
"\t\topt=''\n"
"\t\tif [[ \" $(_pghotctl_next \"$path\") \" == *\" $w \"* ]]; then\n"
"\t\t\tpath=${path:+$path }$w\n"
"\t\telif ((n++ == 0)); then\n"
"\t\t\tsrc=$w\n"
"\t\tfi\n"
"\tdone\n"
"\n"
"\t# bash splits words at '=': NAME = VALUE.\n"
"\tif [[ $cur == = || $prev == = ]]; then\n"
"\t\ti=$((COMP_CWORD - 1))\n"
"\t\t[[ $cur == = ]] && cur='' || i=$((i - 1))\n"
"\t\t[[ $_pghotctl_switches == *\" ${COMP_WORDS[i]} \"* ]] && words='on off'\n"
"\t\t# shellcheck disable=SC2207\n"
"\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
"\t\treturn\n"
"\tfi\n"
"\tif [[ $cur == -* ]]; then\n"
"\t\tkind='word '\"$(_pghotctl_options \"$path\") $_pghotctl_globals\"\n"
"\telif [ -n \"$opt\" ] && [ -n \"$(_pghotctl_value \"$path:$opt\")\" ]; then\n"
"\t\tkind=$(_pghotctl_value \"$path:$opt\")\n"
"\telif [ -n \"$(_pghotctl_next \"$path\")\" ]; then\n"
"\t\tkind='word '$(_pghotctl_next \"$path\")\n"
"\telse\n"
"\t\tkind=$(_pghotctl_value \"$path:\")\n"
"\tfi\n"
"\n"
"\tcase $kind in\n"
"\tword*) words=${kind#word } ;;\n"
"\tnode) words=$(_pghotctl_nodes) ;;\n"
"\tsource) words=$_pghotctl_sources ;;\n"
"\tsource_or_all) words=\"$_pghotctl_sources all\" ;;\n"
"\tparam) words=$_pghotctl_params ;;\n"
"\tprogram) [ -n \"$src\" ] || words=$(compgen -c -- \"$cur\") ;;\n"
"\tcommand) words=$(_pghotctl_next \"${src:-}\") ;;\n"
"\tassign)\n"
"\t\tcompopt -o nospace 2>/dev/null\n"
"\t\tfor w in $_pghotctl_params; do words+=\" $w=\"; done ;;\n"
"\tsource_assign)\n"
"\t\tif [ -z \"$src\" ]; then\n"
"\t\t\twords=$_pghotctl_sources\n"
"\t\telse\n"
"\t\t\tcompopt -o nospace 2>/dev/null\n"
"\t\t\tfor w in $(_pghotctl_source_params \"$src\"); do words+=\" $w=\"; done\n"
"\t\tfi ;;\n"
"\tesac\n"
"\t# shellcheck disable=SC2207\n"
"\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
"}\n"
"\n"
"complete -F _pghotctl pghotctl\n";
/* clang-format on */

void gen_bash(void)
{
	printf("# SPDX-License-Identifier: GPL-2.0-or-later\n"
	       "# bash completion of pghotctl. Made from its command table: do not edit,\n"
	       "# run pghotctl-gen bash.\n"
	       "# shellcheck shell=bash\n\n");
	print_sources();
	print_params();
	print_next_words();
	print_commands();
	fputs(driver, stdout);
}
