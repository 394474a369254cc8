// SPDX-License-Identifier: GPL-2.0-or-later
/* The list of commands of pghotctl(8), between two marks of man/pghotctl.8. */

#include <stdio.h>

#include "gen.h"
#include "names.h"
#include "params.h"
#include "table.h"
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
		printf("Ar %s%s%s", a->name, a->flags & ARG_REPEAT ? " ..." : "",
		       a->flags & ARG_OR_ALL ? " | Cm all" : "");
	}
	putchar('\n');
}

static void print_command(const struct command *cmd)
{
	bool list = false;

	printf(".It Xo\n.Cm %s\n", cmd->path);
	for (int options = 0; options < 2; options++) {
		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a) == options)
				print_arg(a);
		}
	}
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

void gen_mdoc(void)
{
	const struct pghot_source_name *src;
	const struct pghot_param_desc *desc;
	const struct command *cmd;
	const struct arg *opt;

	printf(".Sh OPTIONS\nThey may stand before or after the command.\n");
	printf(".Bl -tag -width Ds\n");
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		printf(".It Fl %c , Fl Fl %s\n", opt->metavar[1], opt->name + 2);
		print_text(opt->help);
		printf(".\n");
	}
	printf(".El\n.Sh COMMANDS\n.Bl -tag -width Ds\n");
	for (unsigned int i = 0; (cmd = command_at(i)); i++)
		print_command(cmd);
	printf(".El\n.Sh PARAMETERS\n.Bl -tag -width Ds\n");
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		print_param(desc);
	printf(".El\n");
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		if (!pghot_source_param_at(src->id, 0))
			continue;
		printf(".Pp\nThe source\n.Cm %s\nhas its own, for\n.Cm source set :\n", src->name);
		printf(".Bl -tag -width Ds\n");
		for (unsigned int p = 0; (desc = pghot_source_param_at(src->id, p)); p++)
			print_param(desc);
		printf(".El\n");
	}
}
