// SPDX-License-Identifier: GPL-2.0-or-later
/* What the shell completes is what the command table has: all of it, and no more. */

#include "unit.h"

#include <stdio.h>

#include "cmdline/words.h"
#include "commands/table.h"
#include "shell/complete.h"
#include "tree.h"

/* The candidates behind a line, or at its last word, separated by blanks. */
static char *at(const char *line, char *buf, size_t size)
{
	struct words w;
	struct completion c;
	size_t used = 0, len = strlen(line);
	bool blank = !len || line[len - 1] == ' ';

	words_split(&w, line);
	complete(&c, &command_table, tree_root, blank ? w.nr : w.nr - 1, w.argv,
		 blank ? "" : w.argv[w.nr - 1]);
	buf[0] = '\0';
	for (size_t i = 0; i < c.nr && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? " " : "",
					 c.at[i].word);
	if (!c.nr)
		snprintf(buf, size, "%s", c.hint[0] ? c.hint : "-");
	completion_free(&c);
	words_free(&w);
	return buf;
}

static void check(const char *line, const char *wanted)
{
	char buf[4096];

	assert_string_equal(at(line, buf, sizeof(buf)), wanted);
}

/* Is @word one of those separated by blanks? */
static bool among(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = list; (s = strstr(s, word)); s++) {
		if ((s == list || s[-1] == ' ') && (!s[len] || s[len] == ' '))
			return true;
	}
	return false;
}

static void offers_every_command(void **state)
{
	const struct command *cmd;
	char buf[4096], line[256], word[64];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		const char *space = strrchr(cmd->path, ' ');
		int before = space ? (int)(space + 1 - cmd->path) : 0;

		snprintf(line, sizeof(line), "%.*s", before, cmd->path);
		snprintf(word, sizeof(word), "%s", cmd->path + before);
		assert_true(among(at(line, buf, sizeof(buf)), word));
		/* And help about it. */
		snprintf(line, sizeof(line), "help %.*s", before, cmd->path);
		assert_true(among(at(line, buf, sizeof(buf)), word));
	}
}

static void offers_every_argument(void **state)
{
	const struct command *cmd;
	const struct arg *opt;
	char buf[4096], line[256];

	(void)state;
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		for (const struct arg *a = cmd->args; a->name; a++) {
			snprintf(line, sizeof(line), "%s %s", cmd->path,
				 arg_is_option(a) ? "--" : "");
			at(line, buf, sizeof(buf));
			if (arg_is_option(a))
				assert_true(among(buf, a->name));
			if (!arg_is_option(a) || a->type == ARG_FLAG)
				continue;
			/* A value is either listed or described. */
			snprintf(line, sizeof(line), "%s %s ", cmd->path, a->name);
			assert_string_not_equal(at(line, buf, sizeof(buf)), "-");
			snprintf(line, sizeof(line), "%s %s=", cmd->path, a->name);
			assert_string_not_equal(at(line, buf, sizeof(buf)), "-");
		}
		for (unsigned int n = 0; (opt = global_option_at(n)); n++) {
			snprintf(line, sizeof(line), "%s --", cmd->path);
			assert_true(among(at(line, buf, sizeof(buf)), opt->name));
		}
	}
}

static void knows_where_it_is(void **state)
{
	(void)state;
	check("dump h", "heap");
	check("dump heap --lim", "--limit");
	check("--backend p", "posted");
	check("--backend posted dump h", "heap");
	check("--backend=n", "--backend=netlink");
	/* An option that was given is not offered again, nor behind "--". */
	check("dump heap --limit 3 --lim", "-");
	check("enable -- --no", "-");
	check("nonsense ", "-");
	check("dump nonsense h", "-");
	check("status ", "nothing more: status takes options at most");
	check("dump heap --limit ", "--limit: 1 to 4194304");
}

static void offers_values(void **state)
{
	(void)state;
	check("enable hintfault ibs kl", "klruscand");
	check("enable ibs h", "hintfault");
	check("disable a", "all");
	check("disable all a", "-");
	check("get freq", "freq-threshold");
	check("set freq-threshold=5 freq", "-");
	check("set adaptive=", "adaptive=on adaptive=off");
	check("set window=", "window: 500 ms to 60 s");
	check("source set hintfault e", "enabled=");
	check("source set hintfault enabled=of", "enabled=off");
	check("source set nonsense e", "-");
	check("reset heaps co", "counters");
}

static void offers_what_the_machine_has(void **state)
{
	(void)state;
	tree_put("/sys/devices/system/node/node0/meminfo", "");
	tree_put("/sys/devices/system/node/node1/meminfo", "");
	tree_put("/sys/devices/system/node/node10/meminfo", "");
	tree_put("/sys/devices/system/node/possible", "0-10\n");
	tree_put("/proc/zoneinfo",
		 "Node 0, zone      DMA\n  pages free     1\n        spanned  4095\n"
		 "  start_pfn:           1\n"
		 "Node 0, zone   Normal\n        spanned  1048576\n"
		 "  start_pfn:           1048576\n"
		 "Node 1, zone   Normal\n        spanned  0\n  start_pfn:           0\n"
		 "Node 1, zone  Movable\n        spanned  256\n"
		 "  start_pfn:           4194304\n");
	check("node ", "0 1 10");
	check("node 1 ", "0 10");
	check("dump heap --node 1", "1 10");
	check("set target-nid=", "target-nid=0 target-nid=1 target-nid=10 target-nid=-1");
	check("dump records --pfn-range ", "0x1-0x1fffff 0x400000-0x4000ff");
}

static void offers_elements_of_lists(void **state)
{
	(void)state;
	check("dump heap --fields pf", "pfn");
	check("dump heap --fields pfn,fre", "pfn,freq");
	check("dump heap --fields=pfn,fre", "--fields=pfn,freq");
	check("dump heap --fields freq,fre", "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offers_every_command),
		cmocka_unit_test(offers_every_argument),
		cmocka_unit_test(knows_where_it_is),
		cmocka_unit_test(offers_values),
		cmocka_unit_test(offers_what_the_machine_has),
		cmocka_unit_test(offers_elements_of_lists),
	};

	return cmocka_run_group_tests(tests, tree_make, tree_remove);
}
