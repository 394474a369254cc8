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
#include "names.h"
#include "output/failure.h"

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

static void print_words(const char *set, const char *(*name)(unsigned int))
{
	const char *word;

	for (unsigned int i = 0; (word = name(i)); i++)
		printf("%s %u %s\n", set, i, word);
}

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

/* The statuses that are failures, one after the other. */
static const char *status_word(unsigned int i)
{
	static const enum status failures[] = {
		STATUS_FAILED,	   STATUS_USAGE,	  STATUS_UNSUPPORTED,
		STATUS_PERMISSION, STATUS_CANNOT_EXECUTE, STATUS_NOT_FOUND,
	};

	return i < sizeof(failures) / sizeof(failures[0]) ? failure_word(failures[i]) : NULL;
}

/* Words that the kernel, the tools, the schemas and the pages share. */
static void gen_words(void)
{
	print_words("source-id", source_name);
	print_words("fail-reason", pghot_fail_reason_name);
	print_words("page-flag", pghot_page_flag_name);
	print_words("page-type", pghot_page_type_at);
	print_words("entry-state", pghot_entry_state_name);
	print_words("reset-what", pghot_reset_what_name);
	print_words("promotion-kind", pghot_promotion_kind_name);
	print_words("queue-place", pghot_queue_place_name);
	print_words("exchange", pghot_exchange_name);
	print_words("status", status_word);
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
	{ "words", gen_words },
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
