// SPDX-License-Identifier: GPL-2.0-or-later
/* The synopsis and the list of commands of man/pghotctl.8, between marks there. */

#include <stdio.h>

#include "commands/table.h"
#include "generate/gen.h"
#include "names.h"
#include "params.h"
#include "units.h"

/*
 * A backslash or a leading point or quote would mean something to roff, and a new
 * sentence begins a new line.
 */
static void print_text(const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", stdout);
	for (const char *start = s; *s; s++) {
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (s > start && s[0] == ' ' && s[-1] == '.' && s[1] >= 'A' && s[1] <= 'Z')
			putchar('\n');
		else
			putchar(*s);
	}
}

static void print_arg(const struct arg *a)
{
	bool optional = !(a->flags & ARG_REQUIRED);

	printf(optional ? ".Op " : ".");
	if (arg_is_option(a)) {
		printf("Fl Fl %s", a->name + 2);
		if (a->metavar)
			printf(" Ar %s", a->metavar);
	} else {
		printf("%sAr %s%s%s%s", a->type == ARG_PROGRAM ? "Cm \\-\\- " : "", a->name,
		       a->flags & ARG_REPEAT ? " ..." : "",
		       a->flags & ARG_OR_ALL ? " | Cm all" : "",
		       a->type == ARG_PROGRAM ? " Op Ar ARG ..." : "");
	}
	putchar('\n');
}

/* The words of a command, and then its options; those of what it runs come last. */
static void print_usage(const struct command *cmd)
{
	printf(".Cm %s\n", cmd->path);
	for (int pass = 0; pass < 2; pass++) {
		bool options = pass ^ command_runs(cmd);

		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a) == options)
				print_arg(a);
		}
	}
}

static void print_command(const struct command *cmd)
{
	bool list = false;

	printf(".It Xo\n");
	print_usage(cmd);
	printf(".Xc\n");
	print_text(cmd->help);
	printf(".\n");
	if (cmd->privilege == ADMIN)
		printf("Needs privilege.\n");
	if (cmd->details) {
		print_text(cmd->details);
		putchar('\n');
	}
	for (const struct arg *a = cmd->args; a->name; a++) {
		if (!list)
			printf(".Bl -tag -width Ds -compact\n");
		list = true;
		printf(arg_is_option(a) ? ".It Fl Fl %s" : ".It Ar %s",
		       arg_is_option(a) ? a->name + 2 : a->name);
		if (a->metavar)
			printf(" Ar %s", a->metavar);
		putchar('\n');
		print_text(a->help);
		if (a->type == ARG_WORDS) {
			printf(":\n");
			for (const char *const *w = a->words; *w; w++)
				printf("%s%s", w == a->words ? "" : ",\n", *w);
		}
		putchar('\n');
	}
	if (list)
		printf(".El\n");
}

static void print_param(const struct pghot_param_desc *desc)
{
	char accepts[64], def[PGHOT_UNIT_LEN];

	printf(".It Cm %s", desc->name);
	if (desc->alias)
		printf(" , Cm %s", desc->alias);
	putchar('\n');
	print_text(desc->help);
	printf(";\n%s, at boot %s.\n", pghot_param_accepts(desc, accepts, sizeof(accepts)),
	       pghot_param_format(desc, desc->def, def, sizeof(def)));
}

void gen_synopsis(void)
{
	const struct command *cmd;
	const struct arg *opt;

	printf(".Nm\n.Op Fl ");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++)
		if (opt->letter)
			putchar(opt->letter);
	putchar('\n');
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (opt->letter)
			continue;
		printf(".Op Fl Fl %s", opt->name + 2);
		if (opt->metavar)
			printf(" Ar %s", opt->metavar);
		putchar('\n');
	}
	printf(".Ar command\n.Op Ar argument ...\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		printf(".Nm\n");
		print_usage(cmd);
	}
}

void gen_mdoc(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;
	const struct command *cmd;
	const struct arg *opt;

	printf(".Sh OPTIONS\nThey may stand before or after the command.\n");
	printf(".Bl -tag -width Ds\n");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (opt->letter)
			printf(".It Fl %c , Fl Fl %s", opt->letter, opt->name + 2);
		else
			printf(".It Fl Fl %s", opt->name + 2);
		if (opt->metavar)
			printf(" Ar %s", opt->metavar);
		putchar('\n');
		print_text(opt->help);
		printf(".\n");
	}
	printf(".El\n.Sh COMMANDS\n.Bl -tag -width Ds\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++)
		print_command(cmd);
	printf(".El\n.Sh PARAMETERS\n.Bl -tag -width Ds\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_param(desc);
	printf(".El\n.Pp\nSources have parameters of their own, for\n.Cm source set :\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		if (!pghot_source_param_at(src->id, 0))
			continue;
		printf(".Ss Of the source %s\n.Bl -tag -width Ds\n", src->name);
		for (unsigned int n = 0; (desc = pghot_source_param_at(src->id, n)); n++)
			print_param(desc);
		printf(".El\n");
	}
}
