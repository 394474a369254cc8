// SPDX-License-Identifier: GPL-2.0-or-later
/* The fish completion: a line per word, option and kind of value. */

#include <stdio.h>
#include <string.h>

#include "commands/table.h"
#include "generate/gen.h"
#include "generate/shells.h"
#include "names.h"
#include "params.h"

/* Text within '…'. */
static void print_text(const char *s)
{
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
}

static void print_words(const struct arg *a)
{
	for (const char *const *w = a->words; *w; w++)
		printf("%s%s", w > a->words ? " " : "", *w);
}

/* What completes a value: the rest of a call of complete. */
static void print_value(const struct arg *a)
{
	switch (a->type) {
	case ARG_NODE:
		printf(" -a '(__pghotctl_nodes)'");
		break;
	case ARG_PFN_RANGE:
		printf(" -a '(__pghotctl_ranges)'");
		break;
	case ARG_SOURCE:
		printf(" -a '(__pghotctl_sources)%s'",
		       a->flags & ARG_OR_ALL ? " all\\t\"all that are enabled\"" : "");
		break;
	case ARG_WORD:
		printf(" -a '");
		print_words(a);
		putchar('\'');
		break;
	case ARG_WORDS:
		printf(" -a '(__pghotctl_list ");
		print_words(a);
		printf(")'");
		break;
	case ARG_PARAM:
		printf(" -a '(__pghotctl_params)'");
		break;
	case ARG_PARAM_ASSIGN:
		printf(" -a '(__pghotctl_assign)'");
		break;
	case ARG_SOURCE_ASSIGN:
		printf(" -a '(__pghotctl_source_assign)'");
		break;
	case ARG_CGROUP:
		printf(" -a '(__pghotctl_cgroups)'");
		break;
	case ARG_FILE:
		printf(" -F");
		break;
	case ARG_PROGRAM:
		printf(" -a '(__fish_complete_command)'");
		break;
	case ARG_FLAG:
	case ARG_COUNT:
	case ARG_PFN:
	case ARG_ADDRESS:
	case ARG_SECONDS:
	case ARG_COMMAND:
		break;
	}
}

static void print_option(const char *condition, const struct arg *a)
{
	printf("complete -c pghotctl%s -l %s", condition, a->name + 2);
	if (a->letter)
		printf(" -s %c", a->letter);
	printf(" -d '");
	print_text(a->help);
	putchar('\'');
	if (a->type != ARG_FLAG) {
		printf(a->type == ARG_FILE ? " -r" : " -x");
		print_value(a);
	}
	putchar('\n');
}

/* Does a command before @before take @name with a value? */
static bool valued_before(const char *name, unsigned int before)
{
	for (unsigned int i = 0; i < before; i++) {
		for (const struct arg *a = command_at(i)->args; a->name; a++) {
			if (a->type != ARG_FLAG && !strcmp(a->name, name))
				return true;
		}
	}
	return false;
}

static void print_valued(void)
{
	const struct command *cmd;
	const struct arg *opt;

	printf("# Options with a value.\nset -g __pghotctl_valued");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (opt->type != ARG_FLAG)
			printf(" %s", opt->name);
	}
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a) && a->type != ARG_FLAG && !valued_before(a->name, i))
				printf(" %s", a->name);
		}
	}
	printf("\n");
}

static void print_described(const char *echo, const char *word, const char *help)
{
	printf("    %s '", echo);
	print_text(word);
	printf("'\\t'");
	print_text(help);
	printf("'\n");
}

static void print_sources(void)
{
	const struct pghot_source_name *src;

	printf("\nfunction __pghotctl_sources\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		print_described("echo", src->name, src->help);
		for (const char *const *a = src->aliases; *a; a++)
			print_described("echo", *a, src->help);
	}
	printf("end\n");
}

static void print_name(const struct pghot_param_desc *desc)
{
	char word[80];

	snprintf(word, sizeof(word), "%s=", desc->name);
	print_described("__pghotctl_name", word, desc->help);
}

static void print_assigned(const struct pghot_param_desc *desc)
{
	const char *names[] = { desc->name, desc->alias };

	for (int i = 0; i < 2; i++) {
		if (names[i] && desc->unit == PGHOT_UNIT_BOOL)
			printf("    __pghotctl_values %s on off\n", names[i]);
		else if (names[i] && desc->unit == PGHOT_UNIT_NODE)
			printf("    __pghotctl_values %s -1 "
			       "(__pghotctl_nodes | string replace -r '\\t.*' '')\n",
			       names[i]);
	}
}

static void print_params(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;

	printf("\nfunction __pghotctl_params\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_described("echo", desc->name, desc->help);
	printf("end\n\nfunction __pghotctl_assign\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_name(desc);
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_assigned(desc);
	printf("end\n\nfunction __pghotctl_source_assign\n    set -l words (__pghotctl_words)\n");
	print_described("__pghotctl_name", "enabled=", "on or off");
	printf("    __pghotctl_values enabled on off\n    switch \"$words[3]\"\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		if (!pghot_source_param_at(src->id, 0))
			continue;
		printf("    case %s", src->name);
		for (const char *const *a = src->aliases; *a; a++)
			printf(" %s", *a);
		putchar('\n');
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++) {
			print_name(desc);
			print_assigned(desc);
		}
	}
	printf("    end\nend\n\n");
}

static void print_word(const char *before, const char *prefix, const char *word, const char *help)
{
	printf("complete -c pghotctl -n '__pghotctl_at \"%s%s\"' -a %s -d '", prefix, before, word);
	print_text(help);
	printf("'\n");
}

/* Where a word may stand, and again behind help. */
static void print_path_words(const char *prefix)
{
	const struct command *cmd;
	char word[64], help[128];

	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const char *space = strchr(cmd->path, ' ');
		bool first = gen_group(cmd, word, sizeof(word));

		if (first)
			print_word("", prefix, word,
				   space ? gen_group_help(word, help, sizeof(help)) : cmd->help);
		if (space) {
			snprintf(word, sizeof(word), "%s%.*s", prefix[0] ? " " : "",
				 (int)(space - cmd->path), cmd->path);
			print_word(word, prefix, space + 1, cmd->help);
		}
	}
}

static void print_command(const struct command *cmd)
{
	char condition[128], after[128], past[128];
	const struct arg *last = NULL;

	snprintf(condition, sizeof(condition), " -n '__pghotctl_in \"%s\"'", cmd->path);
	snprintf(after, sizeof(after), " -n '__pghotctl_at \"%s\"'", cmd->path);
	snprintf(past, sizeof(past), " -n '__pghotctl_past \"%s\"'", cmd->path);
	for (const struct arg *a = cmd->args; a->name; a++) {
		if (arg_is_option(a)) {
			print_option(condition, a);
			continue;
		}
		if (a->type == ARG_COMMAND)
			continue;
		/* The first of two stands right behind the command, as a program does. */
		printf("complete -c pghotctl%s", last ? past
						 : a->flags & ARG_REPEAT && a->type != ARG_PROGRAM
							 ? condition
							 : after);
		print_value(a);
		putchar('\n');
		if (a->type == ARG_PROGRAM)
			printf("complete -c pghotctl%s -F\n", past);
		last = a;
	}
}

/* clang-format off */
static const char helpers[] =
"\n"
"# The words so far that are no options and no values of options.\n"
"function __pghotctl_words\n"
"    set -l tokens (commandline -opc)\n"
"    set -l skip 0\n"
"    set -e tokens[1]\n"
"    for token in $tokens\n"
"        if test $skip -eq 1\n"
"            set skip 0\n"
"        else if contains -- $token $__pghotctl_valued\n"
"            set skip 1\n"
"        else if not string match -q -- '-*' $token\n"
"            echo $token\n"
"        end\n"
"    end\n"
"end\n"
"\n"
"# Are these words all that there are?\n"
"function __pghotctl_at\n"
"    set -l words (__pghotctl_words)\n"
"    test \"$words\" = \"$argv[1]\"\n"
"end\n"
"\n"
"# Are these the first of them, with others behind?\n"
"function __pghotctl_past\n"
"    set -l words (__pghotctl_words)\n"
"    string match -q -- \"$argv[1] *\" \"$words\"\n"
"end\n"
"\n"
"# Do they begin with these?\n"
"function __pghotctl_in\n"
"    set -l words (__pghotctl_words)\n"
"    string match -q -- \"$argv[1] *\" \"$words \"\n"
"end\n"
"\n"
"function __pghotctl_nodes\n"
"    for node in /sys/devices/system/node/node*\n"
"        string match -qr -- '/node\\d+$' $node\n"
"        and printf '%s\\tnode\\n' (string replace -r '.*/node' '' $node)\n"
"    end\n"
"end\n"
"\n"
"# The page frames of each node.\n"
"function __pghotctl_ranges\n"
"    awk '$1 == \"Node\" { nid = $2 + 0 }\n"
"    $1 == \"spanned\" { spanned = $2 }\n"
"    $1 == \"start_pfn:\" && spanned > 0 {\n"
"        if (!(nid in end) || $2 < start[nid]) start[nid] = $2\n"
"        if (!(nid in end) || $2 + spanned > end[nid]) end[nid] = $2 + spanned\n"
"    }\n"
"    END { for (nid in end) printf \"%#x-%#x\\tnode %d\\n\", start[nid], end[nid] - 1, nid }' /proc/zoneinfo 2>/dev/null\n"
"end\n"
"\n"
"# Paths below the root of the hierarchy.\n"
"function __pghotctl_cgroups\n"
"    set -l root /sys/fs/cgroup\n"
"    test -e $root/cgroup.controllers\n"
"    or set root $root/unified\n"
"    set -l typed (string replace -r '^(--[^=]*=)?/?' '' -- (commandline -ct))\n"
"    for dir in $root/$typed*/\n"
"        echo /(string replace -- $root/ '' $dir)\n"
"    end\n"
"end\n"
"\n"
"# __pghotctl_list WORD...: the list with commas that was typed, with one word more\n"
"function __pghotctl_list\n"
"    set -l typed (string replace -r '^--[^=]*=' '' -- (commandline -ct))\n"
"    set -l before (string replace -r '[^,]*$' '' -- $typed)\n"
"    set -l given (string split , -- $before)\n"
"    for word in $argv\n"
"        contains -- $word $given\n"
"        or echo $before$word\n"
"    end\n"
"end\n"
"\n"
"# __pghotctl_name NAME=\\tHELP: unless a value is being typed already\n"
"function __pghotctl_name\n"
"    string match -q -- '*=*' (commandline -ct)\n"
"    or echo $argv\n"
"end\n"
"\n"
"# __pghotctl_values NAME VALUE...: for what is typed as NAME=\n"
"function __pghotctl_values\n"
"    set -l typed (commandline -ct)\n"
"    string match -q -- \"$argv[1]=*\" $typed\n"
"    and printf \"$argv[1]=%s\\n\" $argv[2..-1]\n"
"end\n";
/* clang-format on */

void gen_fish(void)
{
	const struct command *cmd;
	const struct arg *opt;

	printf("# SPDX-License-Identifier: GPL-2.0-or-later\n"
	       "# fish completion of pghotctl. Made from its command table: do not edit,\n"
	       "# run pghotctl-gen fish.\n\n");
	print_valued();
	fputs(helpers, stdout);
	print_sources();
	print_params();
	printf("complete -c pghotctl -f\n");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++)
		print_option("", opt);
	print_path_words("");
	print_path_words("help");
	for (unsigned int i = 0; (cmd = command_at(i)); i++)
		print_command(cmd);
}
