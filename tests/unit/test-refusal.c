// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Of every command: what is no word of it, what is missing and what is too much is
 * refused with a usage line, and nothing shorter stands for a word.
 */

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmdline/parse.h"
#include "cmdline/words.h"
#include "commands/table.h"

static struct call call;
static struct failure failure;

static int parse_line(const char *line)
{
	struct words w;
	int status;

	assert_int_equal(words_split(&w, line), 0);
	status = parse(&command_table, pghot_param_at, w.nr, w.argv, NULL, &call, &failure);
	/* The call refers to the words. */
	words_free(&w);
	return status;
}

static void refused(const char *line, const char *about)
{
	if (parse_line(line) != STATUS_USAGE)
		fail_msg("accepted: %s", line);
	if (!failure.message[0] || !failure.usage[0])
		fail_msg("%s: no message or no usage", line);
	if (about && !strstr(failure.message, about))
		fail_msg("%s: not about %s: %s", line, about, failure.message);
}

/* A value that the argument takes. */
static const char *example(const struct arg *a)
{
	static char buf[32];

	switch (a->type) {
	case ARG_FLAG:
		break;
	case ARG_COUNT:
		snprintf(buf, sizeof(buf), "%llu", (unsigned long long)a->min);
		return buf;
	case ARG_SECONDS:
		snprintf(buf, sizeof(buf), "%llums", (unsigned long long)a->min);
		return buf;
	case ARG_NODE:
	case ARG_PFN:
	case ARG_ADDRESS:
		return "0";
	case ARG_PFN_RANGE:
		return "0-1";
	case ARG_SOURCE:
		return "hintfault";
	case ARG_WORD:
	case ARG_WORDS:
		return a->words[0];
	case ARG_PARAM:
		return "window-ms";
	case ARG_PARAM_ASSIGN:
		return "window-ms=1s";
	case ARG_SOURCE_ASSIGN:
		return "enabled=on";
	case ARG_COMMAND:
		return "help";
	case ARG_FILE:
	case ARG_CGROUP:
		return "/";
	case ARG_PROGRAM:
		return "true";
	}
	return "";
}

/* The command with all that it must have, but for @without. */
static char *whole(const struct command *cmd, const struct arg *without, char *buf, size_t size)
{
	size_t used = (size_t)snprintf(buf, size, "%s", cmd->path);

	/* Options first, for a program takes all that comes behind it. */
	for (int options = 1; options >= 0; options--) {
		for (const struct arg *a = cmd->args; a->name; a++) {
			if (a == without || !(a->flags & ARG_REQUIRED) ||
			    arg_is_option(a) != options)
				continue;
			used += (size_t)snprintf(buf + used, size - used, " %s%s%s",
						 options ? a->name : "", options ? "=" : "",
						 example(a));
		}
	}
	return buf;
}

static void shorter_words_are_none(void **state)
{
	const struct command *cmd;
	char line[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		size_t len = strlen(cmd->path);

		for (size_t cut = 1; cut < len; cut++) {
			bool other = false;
			const struct command *c;

			snprintf(line, sizeof(line), "%.*s", (int)(len - cut), cmd->path);
			for (unsigned int n = 0; (c = command_at(n)); n++)
				other |= !strcmp(c->path, line);
			if (!other && line[len - cut - 1] != ' ')
				refused(line, NULL);
		}
		/* Neither are options. */
		for (const struct arg *a = cmd->args; a->name; a++) {
			char *end;

			if (!arg_is_option(a) || command_runs(cmd))
				continue;
			whole(cmd, NULL, line, sizeof(line));
			end = line + strlen(line);
			snprintf(end, sizeof(line) - (size_t)(end - line), " %.*s",
				 (int)strlen(a->name) - 1, a->name);
			refused(line, "unknown option");
			assert_non_null(strstr(failure.hint, "did you mean"));
		}
	}
}

static void misspelt_commands_have_a_suggestion(void **state)
{
	const struct command *cmd;
	char line[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const char *last = strrchr(cmd->path, ' ');

		last = last ? last + 1 : cmd->path;
		if (strlen(last) < 4)
			continue;
		snprintf(line, sizeof(line), "%sx", cmd->path);
		refused(line, "unknown command");
		if (!strstr(failure.hint, "did you mean") || !strstr(failure.hint, last))
			fail_msg("%s: %s", line, failure.hint);
	}
}

static void what_is_missing_is_named(void **state)
{
	const struct command *cmd;
	char line[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		for (const struct arg *a = cmd->args; a->name; a++) {
			/* Without an earlier one it would be taken for that. */
			if (!(a->flags & ARG_REQUIRED) || a[1].flags & ARG_REQUIRED)
				continue;
			refused(whole(cmd, a, line, sizeof(line)), a->name);
		}
		for (const struct arg *a = cmd->args; a->name; a++) {
			char *end;

			if (!arg_is_option(a) || a->type == ARG_FLAG || command_runs(cmd))
				continue;
			whole(cmd, NULL, line, sizeof(line));
			end = line + strlen(line);
			snprintf(end, sizeof(line) - (size_t)(end - line), " %s", a->name);
			refused(line, "needs a value");
		}
	}
}

static void what_is_too_much_is_named(void **state)
{
	const struct command *cmd;
	char line[512];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		size_t used = (size_t)snprintf(line, sizeof(line), "%s", cmd->path);
		bool repeats = false;

		for (const struct arg *a = cmd->args; a->name; a++) {
			if (arg_is_option(a))
				continue;
			repeats |= a->flags & ARG_REPEAT;
			used += (size_t)snprintf(line + used, sizeof(line) - used, " %s",
						 example(a));
		}
		if (repeats || command_runs(cmd))
			continue;
		snprintf(line + used, sizeof(line) - used, " surplus");
		refused(line, "surplus");
		/* An option twice, and a flag with a value. */
		for (const struct arg *a = cmd->args; a->name; a++) {
			if (!arg_is_option(a))
				continue;
			if (a->type == ARG_FLAG) {
				snprintf(line + used, sizeof(line) - used, " %s=1", a->name);
				refused(line, "takes no value");
			} else {
				snprintf(line + used, sizeof(line) - used, " %s=%s", a->name,
					 example(a));
				snprintf(line + strlen(line), sizeof(line) - strlen(line), " %s=%s",
					 a->name, example(a));
				refused(line, "twice");
			}
		}
	}
}

static void what_is_right_is_taken(void **state)
{
	const struct command *cmd;
	char line[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		/* Some have rules about several arguments. */
		if (cmd->check)
			continue;
		if (parse_line(whole(cmd, NULL, line, sizeof(line))))
			fail_msg("%s: %s", line, failure.message);
		assert_ptr_equal(call.cmd, cmd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shorter_words_are_none),
		cmocka_unit_test(misspelt_commands_have_a_suggestion),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(what_is_too_much_is_named),
		cmocka_unit_test(what_is_right_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
