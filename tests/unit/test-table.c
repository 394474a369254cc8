// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules that the command table keeps, so that what is made from it is right. */

#include "unit.h"

#include "commands/table.h"

static void paths_are_unique_and_whole(void **state)
{
	const struct command *a, *b;

	(void)state;
	for (unsigned int i = 0; (a = command_at(i)); i++) {
		assert_non_null(a->run);
		assert_non_null(a->args);
		for (unsigned int j = i + 1; (b = command_at(j)); j++) {
			size_t len = strlen(a->path);

			assert_string_not_equal(a->path, b->path);
			/* No command is the beginning of another's path. */
			assert_false(!strncmp(a->path, b->path, len) && b->path[len] == ' ');
		}
	}
	assert_null(command_at(1000));
}

static void commands_of_a_word_stand_together(void **state)
{
	const struct command *a, *b, *c;

	(void)state;
	for (unsigned int i = 0; (a = command_at(i)); i++) {
		size_t len = strcspn(a->path, " ");
		bool apart = false;

		for (unsigned int j = i + 1; (b = command_at(j)); j++) {
			bool same = !strncmp(a->path, b->path, len) && b->path[len] == ' ';

			c = same && apart ? b : NULL;
			assert_null(c);
			apart |= !same;
		}
	}
}

static void arguments_make_sense(void **state)
{
	const struct command *cmd;

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		bool repeated = false, optional = false;

		for (const struct arg *a = cmd->args; a->name; a++) {
			assert_non_null(a->help);
			if (arg_is_option(a)) {
				assert_true(!strncmp(a->name, "--", 2));
				assert_true(a->type == ARG_FLAG || a->metavar);
				assert_false(a->flags & ARG_REPEAT);
			} else {
				/* Nothing could follow a repeated or be required after
				 * an optional one. */
				assert_false(repeated);
				assert_false(optional && a->flags & ARG_REQUIRED);
				repeated = a->flags & ARG_REPEAT;
				optional = !(a->flags & ARG_REQUIRED);
			}
			if (a->type == ARG_COUNT || a->type == ARG_SECONDS)
				assert_true(a->min < a->max);
			if (a->type == ARG_WORD)
				assert_non_null(a->words[0]);
		}
	}
}

static void writes_a_synopsis(void **state)
{
	const struct command *cmd;
	char buf[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		command_synopsis(cmd, buf, sizeof(buf));
		assert_true(strlen(buf) < sizeof(buf) - 1);
		if (!strcmp(cmd->path, "disable"))
			assert_string_equal(buf, "disable SRC|all...");
		if (!strcmp(cmd->path, "enable"))
			assert_string_equal(buf, "enable SRC... [--no-sysctl] [--period N]");
		if (!strcmp(cmd->path, "run"))
			assert_string_equal(buf, "run --scan-scale N -- CMD [ARG]...");
		if (!strcmp(cmd->path, "dump promoted"))
			assert_string_equal(buf,
					    "dump promoted [--node NID] [--limit N] [--min-freq N] "
					    "[--pfn-range RANGE] [--type TYPE,...] "
					    "[--cgroup PATH] [--fields FIELD,...]");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_unique_and_whole),
		cmocka_unit_test(commands_of_a_word_stand_together),
		cmocka_unit_test(arguments_make_sense),
		cmocka_unit_test(writes_a_synopsis),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
