// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bash completion: tables made from the command table, then a driver that
 * is the same for every command. It needs nothing of the bash-completion
 * package.
 */

#include <stdio.h>
#include <string.h>

#include "commands/table.h"
#include "generate/gen.h"
#include "generate/shells.h"
#include "names.h"
#include "params.h"

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
	case ARG_FILE:
		return "file";
	case ARG_CGROUP:
		return "cgroup";
	case ARG_WORDS:
		return "words";
	case ARG_PFN_RANGE:
		return "range";
	case ARG_FLAG:
	case ARG_COUNT:
	case ARG_PFN:
	case ARG_ADDRESS:
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

static void print_names(const struct pghot_param_desc *desc, const char *before)
{
	printf("%s%s", before, desc->name);
	if (desc->alias)
		printf("|%s", desc->alias);
}

static void print_params(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;

	printf("_pghotctl_params='");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		printf("%s%s", i ? " " : "", desc->name);
	printf("'\n\n# What may be assigned to a parameter, if there is a list.\n");
	printf("_pghotctl_assigned() {\n\tcase $1 in\n\tenabled");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (desc->unit == PGHOT_UNIT_BOOL)
			print_names(desc, "|");
	}
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++) {
			if (desc->unit == PGHOT_UNIT_BOOL)
				print_names(desc, "|");
		}
	}
	printf(") echo 'on off' ;;\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (desc->unit != PGHOT_UNIT_NODE)
			continue;
		putchar('\t');
		print_names(desc, "");
		printf(") echo \"-1 $(_pghotctl_nodes)\" ;;\n");
	}
	printf("\tesac\n}\n\n_pghotctl_source_params() {\n\tcase $1 in\n");
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
	bool more = false;
	char word[64];

	printf("_pghotctl_next() {\n\tcase $1 in\n\t'') echo '");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		if (!gen_group(cmd, word, sizeof(word)))
			continue;
		printf("%s%s", more ? " " : "", word);
		more = true;
	}
	printf("' ;;\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const struct command *c;
		size_t len;

		if (!gen_group(cmd, word, sizeof(word)) || !strchr(cmd->path, ' '))
			continue;
		len = strlen(word);
		printf("\t%s) echo '", word);
		more = false;
		for (unsigned int n = 0; (c = command_at(n)); n++) {
			if (strncmp(c->path, word, len) || c->path[len] != ' ')
				continue;
			printf("%s%s", more ? " " : "", c->path + len + 1);
			more = true;
		}
		printf("' ;;\n");
	}
	printf("\tesac\n}\n\n");
}

/* @path is quoted, but for the '*' of an option of all commands. */
static void print_value(const char *path, const struct arg *a)
{
	printf("\t%s':%s') echo '%s", path, arg_is_option(a) ? a->name : "", kind(a));
	/* What follows a file, for the driver to offer once there is one. */
	if (a->type == ARG_FILE && a[1].name && !arg_is_option(&a[1]))
		a++;
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
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (opt->type != ARG_FLAG)
			print_value("*", opt);
	}
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const struct arg *last = NULL;
		char quoted[80];

		snprintf(quoted, sizeof(quoted), "'%s'", cmd->path);
		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a) && a->type != ARG_FLAG)
				print_value(quoted, a);
			/* SRC comes first, what it is set to after that. */
			if (!arg_is_option(a))
				last = last && a->type == ARG_SOURCE_ASSIGN ? a : last ? last : a;
		}
		if (last)
			print_value(quoted, last);
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
"# The page frames of each node.\n"
"_pghotctl_ranges() {\n"
"\tawk '$1 == \"Node\" { nid = $2 + 0 }\n"
"\t$1 == \"spanned\" { spanned = $2 }\n"
"\t$1 == \"start_pfn:\" && spanned > 0 {\n"
"\t\tif (!(nid in end) || $2 < start[nid]) start[nid] = $2\n"
"\t\tif (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned\n"
"\t}\n"
"\tEND { for (nid in end) printf \"%#x-%#x\\n\", start[nid], end[nid] - 1 }' /proc/zoneinfo 2>/dev/null\n"
"}\n"
"\n"
"# _pghotctl_cgroups TYPED: paths below the root of the hierarchy\n"
"_pghotctl_cgroups() {\n"
"\tlocal root=/sys/fs/cgroup lead=/ d\n"
"\t[ -e $root/cgroup.controllers ] || root=$root/unified\n"
"\t[[ -z $1 || $1 == /* ]] || lead=''\n"
"\tfor d in \"$root/${1#/}\"*/; do\n"
"\t\t[ -d \"$d\" ] && echo \"$lead${d#\"$root\"/}\"\n"
"\tdone\n"
"}\n"
"\n"
"# _pghotctl_list TYPED WORD...: TYPED, a list with commas, with one word more\n"
"_pghotctl_list() {\n"
"\tlocal before=${1%\"${1##*,}\"} w\n"
"\tshift\n"
"\tfor w; do\n"
"\t\t[[ ,$before == *,$w,* ]] || echo \"$before$w\"\n"
"\tdone\n"
"}\n"
"\n"
"_pghotctl() {\n"
"\tlocal cur=${COMP_WORDS[COMP_CWORD]} path='' src='' opt='' prev='' before='' w i n=0 kind words=''\n"
"\n"
"\tCOMPREPLY=()\n"
"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
"\t\tw=${COMP_WORDS[i]}\n"
"\t\tprev=$w\n"
"\t\tcase $w in\n"
"\t\t=)\n"
"\t\t\tcontinue ;;\n"
"\t\t-*)\n"
"\t\t\topt=${w%%=*}\n"
"\t\t\t[[ $w != *=* ]] || opt=''\n"
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
"\t# NAME=VALUE and --OPTION=VALUE; bash may have split them at the '='.\n"
"\tw=''\n"
"\tif [[ $cur == = || $prev == = ]]; then\n"
"\t\ti=$((COMP_CWORD - 1))\n"
"\t\t[[ $cur == = ]] && cur='' || i=$((i - 1))\n"
"\t\tw=${COMP_WORDS[i]}\n"
"\telif [[ $cur == *=* ]]; then\n"
"\t\tw=${cur%%=*}\n"
"\t\tbefore=$w=\n"
"\t\tcur=${cur#*=}\n"
"\tfi\n"
"\tif [[ $w == -* ]]; then\n"
"\t\tkind=$(_pghotctl_value \"$path:$w\")\n"
"\telif [ -n \"$w\" ]; then\n"
"\t\tkind=\"word $(_pghotctl_assigned \"$w\")\"\n"
"\telif [[ -n $src && $(_pghotctl_value \"$path:\") == program ]]; then\n"
"\t\tkind='file'\n"
"\telif [[ $cur == -* ]]; then\n"
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
"\tfile\\ *)\n"
"\t\twords=${kind#* }\n"
"\t\t[ -n \"$src\" ] || kind='file' ;;\n"
"\tword*\\ *) words=${kind#* } ;;\n"
"\tesac\n"
"\tcase $kind in\n"
"\tnode) words=$(_pghotctl_nodes) ;;\n"
"\trange) words=$(_pghotctl_ranges) ;;\n"
"\tsource) words=$_pghotctl_sources ;;\n"
"\tsource_or_all) words=\"$_pghotctl_sources all\" ;;\n"
"\tparam) words=$_pghotctl_params ;;\n"
"\tprogram) words=$(compgen -c -- \"$cur\") ;;\n"
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
"\tfile)\n"
"\t\tcompopt -o filenames 2>/dev/null\n"
"\t\tmapfile -t COMPREPLY < <(compgen -f -P \"$before\" -- \"$cur\")\n"
"\t\treturn ;;\n"
"\tcgroup)\n"
"\t\tcompopt -o nospace 2>/dev/null\n"
"\t\tmapfile -t COMPREPLY < <(_pghotctl_cgroups \"$cur\")\n"
"\t\tCOMPREPLY=(\"${COMPREPLY[@]/#/$before}\")\n"
"\t\treturn ;;\n"
"\tesac\n"
"\tif [[ $kind == words\\ * ]]; then\n"
"\t\tcompopt -o nospace 2>/dev/null\n"
"\t\t# shellcheck disable=SC2086\n"
"\t\twords=$(_pghotctl_list \"$cur\" $words)\n"
"\tfi\n"
"\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -P \"$before\" -- \"$cur\")\n"
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
