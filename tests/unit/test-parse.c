// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <stdlib.h>

#include "cmdline/parse.h"
#include "commands/table.h"
#include "names.h"

#define WORDS_MAX 16

static struct call call;
static struct failure failure;
static char line_copy[512];

/* Parses a line, split at blanks; the results stay in @call and @failure. */
static int parse_line(const char *line)
{
	char *words[WORDS_MAX], *save = NULL;
	int nr = 0;

	strncpy(line_copy, line, sizeof(line_copy) - 1);
	for (char *w = strtok_r(line_copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
		words[nr++] = w;
	return parse(&command_table, pghot_param_at, nr, words, NULL, &call, &failure);
}

static void ok(const char *line)
{
	if (parse_line(line))
		fail_msg("\"%s\": %s", line, failure.message);
}

/* Usage errors name what is wrong. */
static void wrong(const char *line, const char *in_message, const char *in_hint)
{
	if (parse_line(line) != STATUS_USAGE)
		fail_msg("\"%s\" is accepted", line);
	assert_int_equal(failure.status, STATUS_USAGE);
	if (!strstr(failure.message, in_message))
		fail_msg("\"%s\": \"%s\" lacks \"%s\"", line, failure.message, in_message);
	if (in_hint && !strstr(failure.hint, in_hint))
		fail_msg("\"%s\": hint \"%s\" lacks \"%s\"", line, failure.hint, in_hint);
	assert_string_not_equal(failure.usage, "");
}

static void finds_commands(void **state)
{
	const struct command *cmd;

	(void)state;
	ok("status");
	assert_string_equal(call.cmd->path, "status");
	ok("dump heap");
	assert_string_equal(call.cmd->path, "dump heap");
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
		parse_line(cmd->path);
		assert_ptr_equal(call.cmd, cmd);
	}
}

static void has_no_prefixes(void **state)
{
	(void)state;
	wrong("stat", "unknown command: stat", "stats");
	wrong("dump h", "unknown command: h", NULL);
	wrong("dump heap --lim 4", "unknown option: --lim", "--limit");
	wrong("set freq=4", "unknown parameter: freq", NULL);
	wrong("enable hint", "unknown source: hint", NULL);
}

static void suggests(void **state)
{
	(void)state;
	wrong("stauts", "unknown command: stauts", "did you mean status?");
	wrong("source lsit", "unknown command: lsit", "did you mean list?");
	wrong("enable hitnfault", "unknown source", "did you mean hintfault?");
	wrong("enable isb", "unknown source", "did you mean ibs?");
	wrong("set windw-ms=4s", "unknown parameter", "did you mean window-ms?");
	wrong("reset record", "unknown word", "did you mean records?");
	wrong("status --jason", "unknown option", "did you mean --json?");
	wrong("frobnicate", "unknown command", "status, probe, source");
}

static void tells_missing_and_surplus(void **state)
{
	(void)state;
	wrong("", "no command", "status, probe, source");
	wrong("source", "a word is missing: list, show, set", NULL);
	wrong("set", "NAME=VALUE is missing", NULL);
	wrong("enable", "SRC is missing", NULL);
	wrong("status now", "surplus argument: now", NULL);
	wrong("promote 1 2", "surplus argument: 2", NULL);
	wrong("dump heap --limit", "--limit needs a value", NULL);
	wrong("dump heap --limit 1 --limit 2", "--limit is given twice", NULL);
	wrong("enable hintfault --no-sysctl=1", "takes no value", NULL);
}

static void reads_globals_anywhere(void **state)
{
	(void)state;
	ok("-j status");
	assert_true(call.globals.json);
	ok("status -p");
	assert_true(call.globals.json && call.globals.pretty);
	ok("dump heap -jr --limit 4");
	assert_true(call.globals.json && call.globals.raw);
	assert_false(call.globals.pretty);
	ok("--json --raw status");
	assert_true(call.globals.json && call.globals.raw);
	/* How to tell the error is known even if the command is not. */
	wrong("nonsense -j", "unknown command", NULL);
	assert_true(call.globals.json);
	wrong("set a=b --pretty", "unknown parameter", NULL);
	assert_true(call.globals.pretty);
	wrong("-x", "unknown option: -x", NULL);
	wrong("-jx status", "unknown option: -jx", NULL);
}

static void help_needs_nothing_else(void **state)
{
	(void)state;
	ok("--help");
	assert_null(call.cmd);
	ok("set --help");
	assert_string_equal(call.cmd->path, "set");
	ok("-V");
	assert_true(call.globals.version);
}

static void reads_values(void **state)
{
	(void)state;
	ok("dump records --node 1 --limit=64k --min-freq 3 --pfn-range 0x100-0x1ff");
	assert_int_equal(call_get(&call, "--node")->number, 1);
	assert_int_equal(call_get(&call, "--limit")->number, 64000);
	assert_int_equal(call_get(&call, "--min-freq")->number, 3);
	assert_int_equal(call_get(&call, "--pfn-range")->number, 0x100);
	assert_int_equal(call_get(&call, "--pfn-range")->end, 0x1ff);
	ok("dump records --pfn-range 0x100+16");
	assert_int_equal(call_get(&call, "--pfn-range")->end, 0x10f);
	ok("stats --watch 2 --count 3");
	assert_int_equal(call_get(&call, "--watch")->number, 2000);
	ok("stats --watch 500ms");
	assert_int_equal(call_get(&call, "--watch")->number, 500);
	ok("disable all");
	assert_true(call_get(&call, "SRC")->all);
	ok("enable ibs lruscan");
	assert_int_equal(call_get(&call, "SRC")->source->id, PGHOT_SOURCE_ID_HWHINT);
	assert_int_equal(call_next(&call, "SRC", call_get(&call, "SRC"))->source->id,
			 PGHOT_SOURCE_ID_LRUSCAN);
	assert_null(call_get(&call, "--no-sysctl"));
	ok("reset records all");
	assert_int_equal(call_get(&call, "WHAT")->number, 0);
	ok("monitor -- promotion");
	assert_int_equal(call_get(&call, "TOPIC")->number, 1);
}

static void names_ranges(void **state)
{
	(void)state;
	wrong("dump heap --limit 0", "0 is out of range, accepted: 1 to 4194304", NULL);
	wrong("dump heap --min-freq 64", "accepted: 1 to 63", NULL);
	wrong("dump heap --node x", "cannot read \"x\", accepted: a node", NULL);
	wrong("dump heap --node 1024", "out of range", NULL);
	wrong("dump records --pfn-range 5", "START-END", NULL);
	wrong("dump records --pfn-range 9-5", "ends before it starts", NULL);
	wrong("dump records --pfn-range 5+0", "out of range", NULL);
	wrong("dump records --pfn-range -5", "START-END", NULL);
	wrong("dump records --pfn-range 1-2-3", "cannot read", NULL);
	wrong("promote 0x", "page frame number", NULL);
	wrong("stats --watch 10ms", "accepted: 100 ms to 1h00m", NULL);
	wrong("disable all none", "unknown source: none", NULL);
	wrong("enable all", "unknown source: all", NULL);
}

static void reads_assignments(void **state)
{
	const struct value *v;

	(void)state;
	ok("set window-ms=4s promote=off rate-limit=100M target-nid=-1");
	v = call_get(&call, "NAME=VALUE");
	assert_int_equal(v->param->attr, PGHOT_A_PARAM_WINDOW_MS);
	assert_int_equal(v->assigned, 4000);
	v = call_next(&call, "NAME=VALUE", v);
	assert_int_equal(v->assigned, 0);
	v = call_next(&call, "NAME=VALUE", v);
	assert_int_equal(v->assigned, 100);
	v = call_next(&call, "NAME=VALUE", v);
	assert_int_equal(v->assigned, -1);
	assert_null(call_next(&call, "NAME=VALUE", v));

	wrong("set freq-threshold=99", "freq-threshold: 99 is out of range, accepted: 1 to 63",
	      NULL);
	wrong("set window=4q", "cannot read \"4q\", accepted: 500 ms to 60 s", NULL);
	wrong("set window 4s", "expected NAME=VALUE", NULL);
	wrong("set =4", "expected NAME=VALUE", NULL);
	wrong("set window-ms=1s window=2s", "given twice", NULL);
	wrong("set promote=maybe", "accepted: on or off", NULL);
	assert_string_equal(failure.attribute, "promote");
}

static void reads_assignments_of_sources(void **state)
{
	const struct value *v;

	(void)state;
	ok("source set hintfault hot-latency-ms=16ms enabled=on");
	v = call_get(&call, "NAME=VALUE");
	assert_int_equal(v->param->attr, PGHOT_A_HINTFAULT_HOT_LATENCY_MS);
	assert_int_equal(v->assigned, 16);
	v = call_next(&call, "NAME=VALUE", v);
	assert_null(v->param);
	assert_int_equal(v->assigned, 1);
	wrong("source set ibs hot-latency-ms=16", "accepted: enabled, pmu-type, config", NULL);
	ok("source set hwhint pmu=10 config=0x80000 period=4k samples=1000 count-kernel=on");
	wrong("source set hwhint samples-per-sec=9", "accepted: 10 to 100000", NULL);
	wrong("source set hwhint config=0x10000000000000000", "0 to 0xffffffffffffffff", NULL);
	ok("enable ibs --period 4096");
	wrong("enable ibs --period 0", "accepted: 1 to 1073741824", NULL);
	wrong("source set hintfault", "NAME=VALUE is missing", NULL);
	wrong("source set hintfault enabled=2", "enabled: cannot read \"2\"", NULL);
	wrong("source set hintfault enabled=1 enabled=0", "given twice", NULL);
	wrong("source set hintfault hot-latency=3s", "accepted: 1 ms to 2 s", NULL);
}

static void leaves_a_program_its_arguments(void **state)
{
	const struct value *v;

	(void)state;
	ok("run --scan-scale 3 -- ls -l --json -- x");
	assert_int_equal(call_get(&call, "--scan-scale")->number, 3);
	v = call_get(&call, "CMD");
	assert_string_equal(v->text, "ls");
	assert_string_equal(v->rest[0], "ls");
	assert_string_equal(v->rest[1], "-l");
	assert_string_equal(v->rest[3], "--");
	assert_string_equal(v->rest[4], "x");
	assert_false(call.globals.json);
	/* Its name ends the options, too, but for those that tell of errors. */
	ok("run --scan-scale=0 ls -r --scan-scale 4");
	assert_int_equal(call_get(&call, "--scan-scale")->number, 0);
	assert_string_equal(call_get(&call, "CMD")->rest[1], "-r");
	assert_false(call.globals.raw);
	wrong("run --scan-scale 3", "run: CMD is missing", NULL);
	wrong("run --scan-scale 3 --", "run: CMD is missing", NULL);
	wrong("run -- ls", "--scan-scale is missing", NULL);
	wrong("run --scan-scale 11 -- ls", "accepted: 0 to 10", NULL);
	wrong("run --scan-scale -1 -- ls", "--scan-scale", NULL);
	wrong("run --nosuch -- ls", "unknown option: --nosuch", NULL);
}

static void checks_what_goes_together(void **state)
{
	(void)state;
	ok("promote 0x1000");
	ok("promote 0x1000 --node 0");
	ok("promote --node 0 --count 5");
	wrong("promote", "either PFN, or --node and --count", NULL);
	wrong("promote --node 0", "either PFN", NULL);
	wrong("promote --count 5", "either PFN", NULL);
	wrong("promote 5 --count 5", "--count has no place", NULL);
	wrong("stats --count 5", "--count needs --watch", NULL);
}

static void takes_no_more_than_it_can_hold(void **state)
{
	char *words[VALUES_MAX + 4];
	int nr = 0;

	(void)state;
	words[nr++] = strdup("node");
	while (nr < VALUES_MAX + 4)
		words[nr++] = (char *)"1";
	assert_int_equal(
		parse(&command_table, pghot_param_at, VALUES_MAX + 1, words, NULL, &call, &failure),
		STATUS_OK);
	assert_int_equal(call.nr, VALUES_MAX);
	assert_int_equal(parse(&command_table, pghot_param_at, nr, words, NULL, &call, &failure),
			 STATUS_USAGE);
	free(words[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_commands),
		cmocka_unit_test(has_no_prefixes),
		cmocka_unit_test(suggests),
		cmocka_unit_test(tells_missing_and_surplus),
		cmocka_unit_test(reads_globals_anywhere),
		cmocka_unit_test(help_needs_nothing_else),
		cmocka_unit_test(reads_values),
		cmocka_unit_test(names_ranges),
		cmocka_unit_test(reads_assignments),
		cmocka_unit_test(reads_assignments_of_sources),
		cmocka_unit_test(leaves_a_program_its_arguments),
		cmocka_unit_test(checks_what_goes_together),
		cmocka_unit_test(takes_no_more_than_it_can_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
