// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghotctl-gen: what is made from the command table at build time and committed,
 * the completions and the parts of pghotctl(8) that list commands. It is not
 * installed. tests/static/generated.sh fails when a committed file differs.
 */

#include <stdio.h>
#include <string.h>

#include "commands/table.h"
#include "family.h"
#include "generate/gen.h"

/* One per line, for checks. */
static void gen_commands(void)
{
	const struct command *cmd;

	for (unsigned int i = 0; (cmd = command_at(i)); i++)
		puts(cmd->path);
}

static void print_attribute(const char *set, unsigned int type, const char *name, const char *kind,
			    void *data)
{
	(void)data;
	printf("%s %u %s %s\n", set, type, name, kind);
}

static void gen_attributes(void)
{
	pghot_attr_each(print_attribute, NULL);
}

static const struct {
	const char *what;
	void (*print)(void);
} outputs[] = {
	{ "bash", gen_bash },
	{ "zsh", gen_zsh },
	{ "fish", gen_fish },
	{ "synopsis", gen_synopsis },
	{ "mdoc", gen_mdoc },
	{ "commands", gen_commands },
	{ "attributes", gen_attributes },
};

#define NR_OUTPUTS (sizeof(outputs) / sizeof(outputs[0]))

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < NR_OUTPUTS; i++) {
		if (!strcmp(argv[1], outputs[i].what)) {
			outputs[i].print();
			return fflush(stdout) || ferror(stdout);
		}
	}
	fputs("usage: pghotctl-gen", stderr);
	for (size_t i = 0; i < NR_OUTPUTS; i++)
		fprintf(stderr, "%s%s", i ? "|" : " ", outputs[i].what);
	fputs("\n", stderr);
	return 2;
}
